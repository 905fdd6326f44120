//! Teams that left in the middle of a stage, and what happens to their matches.

use super::Snapshot;
use crate::competition::Withdrawal;
use crate::edition::Listed;
use crate::fixture::{Kind, Score, Scoreline, Status};
use crate::standings::Table;
use crate::team::TeamId;

impl Snapshot {
    /// Does with the matches of teams that left what the rules say.
    pub(super) fn withdraw(&mut self, stage: usize) {
        let forfeit = self.edition.competition.rulebook.forfeit;
        let left: Vec<(TeamId, Withdrawal)> = self.left(stage).collect();
        for (team, policy) in left {
            for Listed { fixture, .. } in &mut self.edition.fixtures {
                let plays = [fixture.home, fixture.away].contains(&team);
                if fixture.stage != stage || !plays || fixture.kind != Kind::Regular {
                    continue;
                }
                let counts = fixture.score.is_some_and(|score| score.counts());
                let on_pitch = fixture.score.and_then(|score| score.on_pitch());
                let void = Score {
                    on_pitch,
                    ..Score::by(Status::Annulled, Scoreline::new(0, 0))
                };
                match policy {
                    Withdrawal::Annul => fixture.score = Some(void),
                    Withdrawal::Award if !counts => {
                        let goals = match fixture.home == team {
                            true => Scoreline::new(0, forfeit),
                            false => Scoreline::new(forfeit, 0),
                        };
                        fixture.score = Some(Score {
                            on_pitch,
                            ..Score::by(Status::Awarded, goals)
                        });
                    }
                    Withdrawal::Average if !counts => fixture.score = Some(void),
                    Withdrawal::Award | Withdrawal::Average => {}
                }
            }
        }
    }

    /// The teams that left a stage, and what happens to their matches.
    fn left(&self, stage: usize) -> impl Iterator<Item = (TeamId, Withdrawal)> + '_ {
        let left = self.edition.withdrawn.iter();
        left.filter(move |left| left.stage == stage)
            .map(|left| (left.team, left.policy))
    }

    pub(super) fn leave_out_withdrawn(&self, stage: usize, members: &[TeamId], table: &mut Table) {
        let position = |team| members.iter().position(|&member| member == team);
        for (team, policy) in self.left(stage) {
            let Some(seat) = position(team) else { continue };
            match policy {
                Withdrawal::Annul => table.annul(seat as u8),
                Withdrawal::Award => {}
                Withdrawal::Average => {
                    let fixtures = self.edition.fixtures.iter().map(|listed| &listed.fixture);
                    let void = fixtures.filter(|fixture| {
                        fixture.stage == stage
                            && fixture
                                .score
                                .is_some_and(|score| score.status == Status::Annulled)
                    });
                    for fixture in void {
                        let other = match (fixture.home == team, fixture.away == team) {
                            (true, _) => position(fixture.away).zip(Some(true)),
                            (_, true) => position(fixture.home).zip(Some(false)),
                            _ => None,
                        };
                        if let Some((other, away)) = other {
                            table.average(other as u8, away);
                        }
                    }
                }
            }
        }
    }
}
