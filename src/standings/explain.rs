//! Which rule separated whom, and with which values.

use std::fmt::Write as _;

use serde::Serialize;

use super::external::External;
use super::rank::{Comparison, Needs, Observer, rank};
use super::rule::{Among, Metric, Rule};
use super::table::Table;

/// The ordered table of a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standings {
    /// Best first. Teams that the rules cannot separate stand in the order of the group.
    pub order: Vec<Standing>,
}

/// One row of the standings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// Position of the team in its group.
    pub team: u8,
    /// The position, from 1; shared by teams that the rules cannot separate.
    pub position: usize,
    /// How the team compares with the one right above it; empty for the first row.
    pub steps: Vec<Compared>,
    /// What it would take to separate it from the team right above it, where the rules did not.
    pub needs: Option<String>,
}

/// One comparison between a team and the one right above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// What was compared.
    pub metric: Metric,
    /// Over which matches.
    pub among: Among,
    /// The value of the team above and of the team itself, as printed in the source.
    pub values: [i64; 2],
    /// What the values are to be divided by: 1, but for averaged points and for coefficients, which are
    /// in thousandths.
    pub unit: i64,
}

impl Standings {
    /// Ranks a group and keeps every reason.
    pub fn of(table: &Table, rules: &[Rule]) -> Self {
        let mut teams: Vec<u8> = (0..table.size() as u8).collect();
        let mut journal = Journal {
            points_unit: table.points_unit(),
            ..Journal::default()
        };
        rank(&mut teams, rules, table, &mut journal);
        let mut position = 1;
        let order = teams.iter().enumerate().map(|(place, &team)| {
            let above = place.checked_sub(1).map(|above| teams[above]);
            let needs = above.and_then(|above| journal.undecided_between(above, team));
            if needs.is_none() {
                position = place + 1;
            }
            Standing {
                team,
                position,
                steps: above.map_or_else(Vec::new, |above| journal.steps(above, team)),
                needs: needs.map(|needs| needs.to_string()),
            }
        });
        Self {
            order: order.collect(),
        }
    }

    /// Teams, best first, as positions in the group.
    pub fn teams(&self) -> impl Iterator<Item = u8> {
        self.order.iter().map(|standing| standing.team)
    }

    /// The first `count` teams, in some order, if the rules have decided who they are.
    pub fn leading(&self, count: usize) -> Option<Vec<u8>> {
        let below = self.order.get(count);
        let decided = below.is_none_or(|row| row.needs.is_none());
        (decided && count <= self.order.len()).then(|| self.teams().take(count).collect())
    }

    /// The team in a place (0 = best), if the rules have decided it alone.
    pub fn decided(&self, place: usize) -> Option<u8> {
        let below_open = self
            .order
            .get(place + 1)
            .is_some_and(|below| below.needs.is_some());
        let standing = self.order.get(place)?;
        (standing.needs.is_none() && !below_open).then_some(standing.team)
    }
}

impl Standing {
    /// The comparison that separated the team from the one above it.
    pub fn decisive(&self) -> Option<&Compared> {
        self.steps
            .last()
            .filter(|step| step.values[0] != step.values[1])
    }

    /// The whole comparison with the team above, in words:
    /// `tied on 12: head-to-head points 3–3, goal difference 0–0; goal difference +4 v +2`.
    ///
    /// Empty where the first comparison already separated them.
    pub fn reason(&self) -> String {
        let [first, rest @ ..] = self.steps.as_slice() else {
            return String::new();
        };
        if first.values[0] != first.values[1] {
            return String::new();
        }
        let mut text = match first.metric {
            Metric::Points => format!("tied on {}", first.value(first.values[0])).replace('-', "−"),
            metric => format!("{metric} {}", first.compared()),
        };
        let mut clause: Option<&Compared> = None;
        for step in rest {
            // A new mini-table, or the way back to all matches, begins a new clause.
            let same = clause.is_some_and(|first| {
                let head_to_head = step.among == Among::LevelTeams;
                first.among == step.among && !(head_to_head && first.metric == step.metric)
            });
            text.push_str(match (clause, same) {
                (None, _) => ": ",
                (_, true) => ", ",
                (_, false) => "; ",
            });
            if !same {
                clause = Some(step);
                if step.among == Among::LevelTeams {
                    text.push_str("head-to-head ");
                }
            }
            write!(text, "{} {}", step.metric, step.compared()).expect("writing to a string");
        }
        if let Some(needs) = &self.needs {
            write!(
                text,
                "{} undecided: {needs}",
                if rest.is_empty() { ":" } else { ";" }
            )
            .expect("writing to a string");
        }
        text
    }
}

impl Compared {
    /// One value as people write it.
    fn value(&self, value: i64) -> String {
        let signed = matches!(
            self.metric,
            Metric::GoalDifference
                | Metric::HomeGoalDifference
                | Metric::AwayGoalDifference
                | Metric::OpponentsGoalDifference
        );
        match (self.metric, self.unit) {
            (Metric::Rounding, _) => format!("{:+.1}", value as f64 / 2.0),
            (Metric::External(External::Coefficient), unit) => {
                format!("{:.3}", value as f64 / unit as f64)
            }
            (_, 1) if signed && value != 0 => format!("{value:+}"),
            (_, 1) => value.to_string(),
            (_, unit) => format!("{:.2}", value as f64 / unit as f64),
        }
    }

    /// Both values, `3–3` where equal and `+4 v +2` where not.
    pub fn compared(&self) -> String {
        let [above, below] = self.values.map(|value| self.value(value));
        let text = match self.values[0] == self.values[1] {
            true if above.starts_with(['+', '-']) => format!("{above} each"),
            true => format!("{above}–{below}"),
            false => format!("{above} v {below}"),
        };
        text.replace('-', "−")
    }
}

/// Everything the engine was asked while it ranked.
#[derive(Default)]
struct Journal {
    points_unit: i64,
    compared: Vec<(Compared, Vec<(u8, i64)>)>,
    undecided: Vec<(Vec<u8>, Needs)>,
}

impl Observer for Journal {
    fn compared(&mut self, comparison: Comparison<'_>) {
        let Comparison {
            metric,
            among,
            teams,
            values,
        } = comparison;
        let values = teams
            .iter()
            .map(|&team| (team, values[usize::from(team)]))
            .collect();
        let unit = match metric {
            Metric::External(External::Coefficient) => 1000,
            Metric::Points | Metric::PointsLost if among == Among::Everyone => self.points_unit,
            _ => 1,
        };
        self.compared.push((
            Compared {
                metric,
                among,
                values: [0, 0],
                unit,
            },
            values,
        ));
    }

    fn undecided(&mut self, level: &mut [u8], needs: Needs) {
        level.sort_unstable();
        self.undecided.push((level.to_vec(), needs));
    }
}

impl Journal {
    fn steps(&self, above: u8, team: u8) -> Vec<Compared> {
        let both = |(step, values): &(Compared, Vec<(u8, i64)>)| {
            let value = |wanted| {
                values
                    .iter()
                    .find(|(team, _)| *team == wanted)
                    .map(|found| found.1)
            };
            Some(Compared {
                values: [value(above)?, value(team)?].map(|value| step.metric.signed(value)),
                ..*step
            })
        };
        self.compared.iter().filter_map(both).collect()
    }

    fn undecided_between(&self, above: u8, team: u8) -> Option<Needs> {
        let both = |level: &[u8]| level.contains(&above) && level.contains(&team);
        self.undecided
            .iter()
            .find(|(level, _)| both(level))
            .map(|(_, needs)| *needs)
    }
}
