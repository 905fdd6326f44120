//! One line of a rulebook, and what it counts.

use std::fmt;

use serde::Serialize;

use super::table::External;

/// What a rulebook counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Points from wins and draws.
    Points,
    /// Goals scored less goals conceded.
    GoalDifference,
    /// Goals scored.
    Goals,
    /// Goals scored as the away side.
    AwayGoals,
    /// Matches won.
    Wins,
    /// Matches won as the away side.
    AwayWins,
    /// Goals over the matches of a tie.
    Aggregate,
    /// Goals in the extra time of a tie.
    ExtraTime,
    /// Kicks scored in the shoot-out of a tie.
    Penalties,
    /// What scores cannot tell.
    External(External),
}

impl Metric {
    /// Every metric with its name in rulebook files, which is also its name in print.
    pub const NAMES: [(&'static str, Metric); 13] = [
        ("points", Metric::Points),
        ("goal difference", Metric::GoalDifference),
        ("goals", Metric::Goals),
        ("away goals", Metric::AwayGoals),
        ("wins", Metric::Wins),
        ("away wins", Metric::AwayWins),
        ("aggregate", Metric::Aggregate),
        ("extra time", Metric::ExtraTime),
        ("penalties", Metric::Penalties),
        (
            "disciplinary points",
            Metric::External(External::DisciplinaryPoints),
        ),
        ("coefficient", Metric::External(External::Coefficient)),
        ("ranking", Metric::External(External::Ranking)),
        ("lots", Metric::External(External::Lots)),
    ];

    /// Whether the metric is the outcome of further play between teams still level.
    pub fn is_play(self) -> bool {
        matches!(self, Metric::ExtraTime | Metric::Penalties)
    }
}

impl Serialize for Metric {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Metric::NAMES.iter().find(|(_, metric)| metric == self);
        f.write_str(named.expect("every metric has a name").0)
    }
}

/// Which matches count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Among {
    /// All matches of the group.
    Everyone,
    /// Only those between the teams still level when the rule begins: head-to-head.
    LevelTeams,
}

/// Who meets the same rule again, among themselves, once it has separated some but not all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Restart {
    /// Nobody: who is still level moves on to the next rule.
    Never,
    /// Any smaller set still level after the whole rule (UEFA since 2015, CAF clubs).
    Subset,
    /// Only two teams still level after the whole rule (UEFA 2009–15, AFCON art. 74.2.4).
    Pair,
    /// Any smaller set as soon as one metric separates (La Liga, where who is placed leaves).
    EachSplit,
}

/// Compare by these metrics, in this order, over these matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Which matches count.
    pub among: Among,
    /// What is compared, most important first.
    pub by: Vec<Metric>,
    /// Who meets the rule again.
    pub restart: Restart,
}

impl Rule {
    /// A rule over all matches of the group.
    pub fn overall(metric: Metric) -> Self {
        Self {
            among: Among::Everyone,
            by: vec![metric],
            restart: Restart::Never,
        }
    }

    /// A head-to-head rule: one mini-table for all its metrics.
    pub fn head_to_head(by: Vec<Metric>, restart: Restart) -> Self {
        Self {
            among: Among::LevelTeams,
            by,
            restart,
        }
    }
}
