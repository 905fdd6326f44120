//! What has been counted in a group: matches, what teams bring along, deductions, known values.

use super::{Counted, Snapshot};
use crate::competition::Carried;
use crate::edition::{Known, KnownValue, Listed};
use crate::fixture::{Kind, Score, Scoreline, Status};
use crate::standings::{Metric, Origin, Standings, Table};
use crate::team::TeamId;

impl Snapshot {
    pub(super) fn counted(&self, stage: usize, group: usize) -> Option<&Counted> {
        let count = || {
            let table = self.count(stage, group)?;
            let finished = self.is_complete(stage, group);
            let rules = self.edition.competition.rules(stage, group, finished);
            let standings = Standings::of(&table, &rules);
            Some(Counted { table, standings })
        };
        self.counted[stage][group].get_or_init(count).as_ref()
    }

    fn count(&self, stage: usize, group: usize) -> Option<Table> {
        let members = self.members(stage, group)?;
        let competition = &self.edition.competition;
        let rulebook = &competition.rulebook;
        let mut table = Table::new(members.len(), rulebook.win, rulebook.draw);
        table.set_legs(competition.stages[stage].schedule.legs() as u16);
        if let Some(carried) = &competition.stages[stage].carry {
            self.bring_along(carried, members, &mut table)?;
        }
        let position = |team| members.iter().position(|&member| member == team);
        let mut last_rounds = vec![0; members.len()];
        for Listed { fixture, .. } in self.fixtures(stage, group) {
            let sides = position(fixture.home).zip(position(fixture.away));
            let Some((home, away)) = sides else { continue };
            if fixture.kind == Kind::Regular {
                for (team, opponent) in [(home, away), (away, home)] {
                    if last_rounds[team] < fixture.matchday {
                        last_rounds[team] = fixture.matchday;
                        table.set_last_opponent(team as u8, opponent as u8);
                    }
                }
            }
            let Some(score) = fixture.score else { continue };
            if score.counts() {
                record(&mut table, (home as u8, away as u8), fixture.kind, &score);
            }
        }
        for value in &self.edition.values {
            let Some(team) = position(value.team) else {
                continue;
            };
            if let Known::External(external) = value.what {
                table.set_value(team as u8, external, value.value);
            }
        }
        for (team, &member) in members.iter().enumerate() {
            table.adjust_points(team as u8, -self.deducted(stage, member));
            if competition
                .order(stage)
                .lists()
                .any(|list| list.metrics().any(|m| m == Metric::EarlierPlace))
                && let Some(place) = self.earlier_place(stage, member)
            {
                table.set_earlier_place(team as u8, place as i64);
            }
        }
        self.leave_out_withdrawn(stage, members, &mut table);
        Some(table)
    }

    /// Starts a table with what its teams bring along from an earlier stage.
    fn bring_along(&self, carried: &Carried, members: &[TeamId], table: &mut Table) -> Option<()> {
        let origins = self.origins(carried.stage, members)?;
        let sources = 0..self.edition.competition.stages[carried.stage].groups.len();
        let tables: Vec<Table> = sources
            .clone()
            .map(|source| self.table(carried.stage, source))
            .collect::<Option<_>>()?;
        let last = |source: usize| {
            let standings = self.standings(carried.stage, source)?;
            standings.decided(standings.order.len() - 1)
        };
        let last: Vec<Option<u8>> = sources.map(last).collect();
        let smallest = tables.iter().map(Table::size).min().unwrap_or(0);
        let source = |group: usize| &tables[group];
        table.carry_over(carried.what, &origins, smallest, source, |group| {
            last[group]
        });
        Some(())
    }

    /// The points taken from a team in a stage; of several decisions the last one known counts.
    fn deducted(&self, stage: usize, team: TeamId) -> i64 {
        let meant =
            |value: &&KnownValue| value.team == team && value.what == Known::Deduction { stage };
        let mut values = self.edition.values.iter().rev();
        values.find(meant).map_or(0, |value| value.value)
    }

    /// Where each of these teams stands in an earlier stage.
    fn origins(&self, stage: usize, teams: &[TeamId]) -> Option<Vec<Origin>> {
        let origin = |&team: &TeamId| {
            let groups = self.members[stage].iter().enumerate();
            groups
                .filter_map(|(group, members)| Some((group, members.as_ref()?)))
                .find_map(|(group, members)| {
                    let seat = members.iter().position(|&member| member == team)?;
                    Some(Origin {
                        group,
                        team: seat as u8,
                    })
                })
        };
        teams.iter().map(origin).collect()
    }

    /// The place, from 1, of a team in the last stage of more than two teams that it was in before.
    pub(crate) fn earlier_place(&self, stage: usize, team: TeamId) -> Option<usize> {
        (0..stage).rev().find_map(|earlier| {
            let stages = &self.edition.competition.stages;
            if !stages[earlier].is_table() {
                return None;
            }
            let origin = self.origins(earlier, &[team])?[0];
            let standings = self
                .standings(earlier, origin.group)
                .filter(|_| self.is_complete(earlier, origin.group))?;
            let row = standings.order.iter().find(|row| row.team == origin.team)?;
            Some(row.position)
        })
    }
}

/// Counts a match for what it is.
fn record(table: &mut Table, (home, away): (u8, u8), kind: Kind, score: &Score) {
    match kind {
        Kind::Regular => {
            table.record(home, away, score.goals);
            let winner = score.goals.home.cmp(&score.goals.away);
            if score.status == Status::Awarded && winner.is_ne() {
                table.record_forfeit(if winner.is_gt() { away } else { home });
            }
        }
        Kind::Replay => table.record_replay(home, away, score.goals),
        Kind::PlayOff => {
            let ahead = |goals: Scoreline| {
                Some(goals.home > goals.away).filter(|_| goals.home != goals.away)
            };
            let home_wins = ahead(score.goals)
                .or_else(|| score.extra_time.and_then(ahead))
                .or_else(|| score.penalties.and_then(ahead));
            if let Some(home_wins) = home_wins {
                let winner = Scoreline::new(home_wins.into(), (!home_wins).into());
                table.record_play_off(home, away, winner);
            }
            return;
        }
    }
    if let Some(goals) = score.extra_time {
        table.record_extra_time(home, away, goals);
    }
    if let Some(kicks) = score.penalties {
        table.record_penalties(home, away, kicks);
    }
}
