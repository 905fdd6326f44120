//! What is still to be played in a group, and where.

use super::build::Builder;
use super::plan::{LastLeg, OpenFixture};
use super::set_result::SetResult;
use crate::edition::Listed;
use crate::fixture::{Kind, Status};
use crate::model::Pairing;
use crate::standings::Table;
use crate::team::TeamId;

impl Builder<'_> {
    /// What is to be played in a group: as the file says, else as the schedule says.
    /// `turned` exchanges the sides of what the schedule says.
    pub(super) fn open_fixtures(
        &self,
        stage: usize,
        group: usize,
        teams: &[TeamId],
        turned: bool,
    ) -> Vec<OpenFixture> {
        let competition = &self.snapshot.edition().competition;
        let declared = self.declared(stage);
        let pairing = |home: u8, away: u8, venue| {
            let (home, away) = (
                *teams.get(usize::from(home))?,
                *teams.get(usize::from(away))?,
            );
            let venue = competition.venue(venue, home, away);
            Some(Pairing { home, away, venue })
        };
        let position = |team| {
            teams
                .iter()
                .position(|&member| member == team)
                .unwrap_or_default() as u8
        };
        let mut listed = self.snapshot.fixtures(stage, group).peekable();
        if listed.peek().is_none() {
            let meetings = declared.meetings(group).into_iter();
            let first = self.addresses[stage][group];
            return (first..)
                .zip(meetings)
                .map(|(address, meeting)| {
                    let [home, away] = meeting.sides(turned);
                    OpenFixture {
                        address,
                        matchday: meeting.matchday,
                        home,
                        away,
                        venue: declared.venue,
                        broken_off: None,
                        pairing: pairing(home, away, declared.venue),
                    }
                })
                .collect();
        }
        let open = |listed: &Listed| {
            let fixture = &listed.fixture;
            let broken_off = match fixture.score {
                None => None,
                Some(score) if score.status == Status::Abandoned => score.on_pitch,
                Some(_) => return None,
            };
            let (home, away) = (position(fixture.home), position(fixture.away));
            (fixture.kind == Kind::Regular).then(|| OpenFixture {
                address: listed.address,
                matchday: fixture.matchday,
                home,
                away,
                venue: fixture.venue,
                broken_off,
                pairing: pairing(home, away, fixture.venue),
            })
        };
        listed.filter_map(open).collect()
    }

    /// The fixtures of a league phase that every season draws: who meets whom is open.
    pub(super) fn undrawn_fixtures(&self, stage: usize, group: usize) -> Vec<OpenFixture> {
        let declared = self.declared(stage);
        let first = self.addresses[stage][group];
        let fixture = |index| OpenFixture {
            address: first + index,
            matchday: 0,
            home: 0,
            away: 0,
            venue: declared.venue,
            broken_off: None,
            pairing: None,
        };
        (0..declared.matches(group)).map(fixture).collect()
    }

    /// Counts the results that the user supposes; what is left is still to be played.
    pub(super) fn suppose(
        &mut self,
        teams: &[TeamId],
        table: &mut Table,
        open: &mut Vec<OpenFixture>,
    ) -> Vec<OpenFixture> {
        open.retain(|fixture| {
            let Some(pairing) = fixture.pairing.filter(|_| !teams.is_empty()) else {
                return true;
            };
            let same = |set: &&SetResult| (set.home, set.away) == (pairing.home, pairing.away);
            match self.open_set.iter().position(same) {
                Some(index) => {
                    let set = self.open_set.remove(index);
                    table.record(fixture.home, fixture.away, set.goals);
                    false
                }
                None => true,
            }
        });
        std::mem::take(open)
    }

    /// Whether the first of two teams stood higher in the last table before a stage.
    pub(super) fn is_better_placed(&self, stage: usize, first: TeamId, second: TeamId) -> bool {
        let place = |team| self.snapshot.earlier_place(stage, team);
        place(first)
            .zip(place(second))
            .is_some_and(|(first, second)| first < second)
    }

    /// The last leg of a tie, by the file or by the schedule.
    pub(super) fn last_leg(
        &self,
        stage: usize,
        group: usize,
        teams: &[TeamId],
        turned: bool,
    ) -> Option<LastLeg> {
        let declared = self.declared(stage);
        if declared.groups[group].size != 2 {
            return None;
        }
        let listed = self
            .snapshot
            .fixtures(stage, group)
            .map(|listed| &listed.fixture);
        let listed = listed.max_by_key(|fixture| fixture.matchday);
        if let Some(fixture) = listed.filter(|_| !teams.is_empty()) {
            let home = u8::from(fixture.home == teams[1]);
            return Some(LastLeg {
                home,
                away: 1 - home,
                venue: fixture.venue,
            });
        }
        let last = declared.meetings(group).into_iter().next_back()?;
        let [home, away] = last.sides(turned);
        Some(LastLeg {
            home,
            away,
            venue: declared.venue,
        })
    }
}
