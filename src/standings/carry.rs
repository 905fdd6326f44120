//! What teams bring along from an earlier stage.

use serde::Serialize;

use super::table::{Scope, Table};
use super::team_set::TeamSet;
use super::totals::Totals;

/// What teams bring along from an earlier stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Carry {
    /// Which matches.
    pub matches: CarriedMatches,
    /// How many of the points.
    pub points: CarriedPoints,
    /// Whether the goals, or only points and matches won, drawn and lost.
    pub goals: bool,
}

/// Which matches of an earlier stage count on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CarriedMatches {
    /// All of them.
    All,
    /// Those among the teams that go on together.
    AmongEntrants,
    /// All but, in groups larger than the smallest, those against the last (UEFA's runners-up).
    WithoutLast,
}

/// How many points of an earlier stage count on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CarriedPoints {
    /// All.
    All,
    /// Half, rounded up (Belgium).
    HalfRoundedUp,
    /// Half, rounded down (Austria).
    HalfRoundedDown,
}

/// Where an entrant stood in the earlier stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Position of its group among the tables given.
    pub group: usize,
    /// Its position in that group.
    pub team: u8,
}

impl Carry {
    /// Whether every team's totals are simply added up: no mini-table and no rounding depends on them.
    pub fn is_plain(&self) -> bool {
        *self
            == Self {
                matches: CarriedMatches::All,
                points: CarriedPoints::All,
                goals: true,
            }
    }
}

impl Table {
    /// Starts this table, in which nothing is counted yet, with what its teams bring along from an
    /// earlier stage. `origins` holds for each
    /// of them where it stood; `table` and `last` give the table of a group of that stage and who came
    /// last in it, `smallest` is the size of the smallest of those groups.
    pub fn carry_over<'t>(
        &mut self,
        carry: Carry,
        origins: &[Origin],
        smallest: usize,
        table: impl Fn(usize) -> &'t Table,
        last: impl Fn(usize) -> Option<u8>,
    ) {
        for (team, origin) in origins.iter().enumerate() {
            let table = table(origin.group);
            let keeps_pairs = carry.goals && carry.matches != CarriedMatches::WithoutLast;
            let mut together = TeamSet::of(&[origin.team]);
            for (other, met) in origins.iter().enumerate() {
                if met.group == origin.group && other != team {
                    together = together.with(met.team);
                    if keeps_pairs {
                        let here = (team as u8, other as u8);
                        self.copy_meetings(here, table, (origin.team, met.team));
                    }
                }
            }
            let all = table.totals(origin.team, Scope::All);
            let mutual = table.totals(origin.team, Scope::Between(together));
            let dropped = last(origin.group).filter(|&last| {
                carry.matches == CarriedMatches::WithoutLast
                    && table.size() > smallest
                    && last != origin.team
            });
            let mut totals = match (carry.matches, dropped) {
                (CarriedMatches::AmongEntrants, _) => mutual,
                (_, None) => all,
                (_, Some(last)) => {
                    let pair = TeamSet::of(&[origin.team, last]);
                    all.less(&table.totals(origin.team, Scope::Between(pair)))
                }
            };
            if keeps_pairs {
                // What those who go on together played against each other is kept pair by pair.
                totals = totals.less(&mutual);
            }
            if !carry.goals {
                totals = Totals {
                    won: totals.won,
                    drawn: totals.drawn,
                    lost: totals.lost,
                    ..Totals::default()
                };
            }
            self.carry(team as u8, totals);
        }
        for (team, origin) in origins.iter().enumerate() {
            let table = table(origin.group);
            let team = team as u8;
            if carry.matches != CarriedMatches::AmongEntrants {
                let beyond_matches = table.points(origin.team) as i64
                    - table.worth(&table.totals(origin.team, Scope::All));
                self.adjust_points(team, beyond_matches);
            }
            let full = self.points(team) as i64;
            let kept = match carry.points {
                CarriedPoints::All => full,
                CarriedPoints::HalfRoundedUp => full - full.div_euclid(2),
                CarriedPoints::HalfRoundedDown => full.div_euclid(2),
            };
            if carry.points != CarriedPoints::All {
                self.adjust_points(team, kept - full);
                self.set_rounding(team, full - 2 * kept);
            }
        }
    }
}
