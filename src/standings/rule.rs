//! One line of a rulebook, what it counts, and when it applies.

use std::fmt;

use serde::Serialize;

use super::external::External;

/// What a rulebook counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Points from wins and draws, less deductions.
    Points,
    /// Points that the matches played could have brought and did not; fewer are better.
    PointsLost,
    /// Goals scored less goals conceded.
    GoalDifference,
    /// Goals scored.
    Goals,
    /// Goal difference in matches at home.
    HomeGoalDifference,
    /// Goals scored at home.
    HomeGoals,
    /// Goal difference in matches away.
    AwayGoalDifference,
    /// Goals scored as the away side.
    AwayGoals,
    /// Matches won.
    Wins,
    /// Matches won as the away side.
    AwayWins,
    /// Points of all opponents together.
    OpponentsPoints,
    /// Goal differences of all opponents together.
    OpponentsGoalDifference,
    /// Goals of all opponents together.
    OpponentsGoals,
    /// What halving the points rounded off: in favour of whom it was rounded down.
    Rounding,
    /// Matches lost by decision; fewer are better.
    Forfeits,
    /// Goals over the matches of a tie.
    Aggregate,
    /// Goals in the replay of a tie.
    Replay,
    /// Who won the match that decides between two level teams.
    PlayOff,
    /// Goals in the extra time of a tie.
    ExtraTime,
    /// Goals in the extra time of a tie, scored as the away side.
    ExtraTimeAwayGoals,
    /// Kicks scored in a shoot-out.
    Penalties,
    /// The place in the last stage of more than two teams that all have been in; 1 is best.
    EarlierPlace,
    /// What scores cannot tell.
    External(External),
}

impl Metric {
    /// Every metric with its name in rulebook files, which is also its name in print.
    pub const NAMES: [(&'static str, Metric); 29] = [
        ("points", Metric::Points),
        ("points lost", Metric::PointsLost),
        ("goal difference", Metric::GoalDifference),
        ("goals", Metric::Goals),
        ("home goal difference", Metric::HomeGoalDifference),
        ("home goals", Metric::HomeGoals),
        ("away goal difference", Metric::AwayGoalDifference),
        ("away goals", Metric::AwayGoals),
        ("wins", Metric::Wins),
        ("away wins", Metric::AwayWins),
        ("opponents' points", Metric::OpponentsPoints),
        (
            "opponents' goal difference",
            Metric::OpponentsGoalDifference,
        ),
        ("opponents' goals", Metric::OpponentsGoals),
        ("rounding", Metric::Rounding),
        ("forfeits", Metric::Forfeits),
        ("aggregate", Metric::Aggregate),
        ("replay", Metric::Replay),
        ("play-off", Metric::PlayOff),
        ("extra time", Metric::ExtraTime),
        ("extra-time away goals", Metric::ExtraTimeAwayGoals),
        ("penalties", Metric::Penalties),
        ("earlier place", Metric::EarlierPlace),
        (
            "disciplinary points",
            Metric::External(External::DisciplinaryPoints),
        ),
        ("red cards", Metric::External(External::RedCards)),
        ("yellow cards", Metric::External(External::YellowCards)),
        ("coefficient", Metric::External(External::Coefficient)),
        ("ranking", Metric::External(External::Ranking)),
        ("seed", Metric::External(External::Seed)),
        ("lots", Metric::External(External::Lots)),
    ];

    /// Whether the metric is the outcome of further play between teams still level.
    pub fn is_play(self) -> bool {
        matches!(
            self,
            Metric::ExtraTime | Metric::Penalties | Metric::Replay | Metric::PlayOff
        )
    }

    /// Whether the matches of the teams gave it: neither further play, nor anything from outside.
    pub fn is_earned(self) -> bool {
        let given = [Metric::Rounding, Metric::EarlierPlace];
        !self.is_play() && !matches!(self, Metric::External(_)) && !given.contains(&self)
    }

    /// Whether so many teams can never have the same value, once it is known.
    pub fn never_level(self, teams: usize) -> bool {
        match self {
            Metric::Penalties | Metric::PlayOff | Metric::EarlierPlace => teams == 2,
            Metric::External(external) => matches!(external, External::Ranking | External::Lots),
            _ => false,
        }
    }

    /// More is always better inside: a metric of which fewer are better is held negated. Said twice it
    /// gives the value as people know it.
    pub(super) fn signed(self, value: i64) -> i64 {
        let fewer_is_better = match self {
            Metric::PointsLost | Metric::Forfeits | Metric::EarlierPlace => true,
            Metric::External(external) => external != External::Coefficient,
            _ => false,
        };
        if fewer_is_better { -value } else { value }
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
    /// All but the best, once the whole rule has found the best (MLS).
    AllButBest,
    /// Any smaller set; if even that does not separate all, the rule counts for nothing (Indonesia).
    SubsetOrNothing,
}

/// A range of sizes of a set of level teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sizes {
    /// The smallest.
    pub least: usize,
    /// The largest.
    pub most: usize,
}

impl Sizes {
    /// Any number of teams.
    pub const ANY: Self = Self {
        least: 2,
        most: usize::MAX,
    };

    /// Whether a set of that size is meant.
    pub fn contains(self, size: usize) -> bool {
        (self.least..=self.most).contains(&size)
    }
}

/// What is compared, and between how many teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Criterion {
    /// What is compared.
    pub metric: Metric,
    /// How many teams must have entered the rule for it to count.
    pub teams: Sizes,
}

impl From<Metric> for Criterion {
    fn from(metric: Metric) -> Self {
        Self {
            metric,
            teams: Sizes::ANY,
        }
    }
}

/// When a rule applies; where it does not, the teams go on to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Only if the level teams take places on both sides of one of these boundaries: bit *b* lies
    /// between rank *b* and the next.
    pub at_stake: Option<u64>,
    /// Only once the level teams have played all their matches against each other.
    pub all_met: bool,
    /// Only if just two teams are level, and met in the last match of both.
    pub met_last: bool,
    /// Only if the two level teams, equal in goals too, met in their last match and drew it.
    pub after_last_match: bool,
    /// Not if the value is known of some of them and not of all.
    pub all_known: bool,
}

impl Condition {
    /// Whether the rule always applies.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a rule does with teams still level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Compares them by these criteria, in this order, over these matches.
    Compare {
        /// Which matches count.
        among: Among,
        /// What is compared, most important first.
        by: Vec<Criterion>,
        /// Who meets the rule again.
        restart: Restart,
    },
    /// The rules that follow order them; then the two either side of a boundary play each other.
    PlayOff,
    /// They share their place.
    Share,
}

/// One rule: when it applies, and what it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// When it applies.
    pub condition: Condition,
    /// What it does.
    pub step: Step,
}

impl Rule {
    /// A rule over all matches of the group.
    pub fn overall(metric: Metric) -> Self {
        Self::compare(Among::Everyone, vec![metric.into()], Restart::Never)
    }

    /// A head-to-head rule: one mini-table for all its metrics.
    pub fn head_to_head(by: Vec<Metric>, restart: Restart) -> Self {
        let by = by.into_iter().map(Criterion::from).collect();
        Self::compare(Among::LevelTeams, by, restart)
    }

    fn compare(among: Among, by: Vec<Criterion>, restart: Restart) -> Self {
        Self {
            condition: Condition::default(),
            step: Step::Compare { among, by, restart },
        }
    }

    /// The metric, where the rule always applies and compares all matches by it alone.
    pub fn plain(&self) -> Option<Metric> {
        match &self.step {
            Step::Compare {
                among: Among::Everyone,
                by,
                restart: Restart::Never,
            } if self.condition.is_empty() => match by[..] {
                [
                    Criterion {
                        metric,
                        teams: Sizes::ANY,
                    },
                ] => Some(metric),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether, wherever it applies, so many teams cannot be left level, but by sharing their place.
    pub fn always_decides(&self, teams: usize) -> bool {
        match &self.step {
            Step::Compare { by, .. } => by.iter().any(|criterion| {
                criterion.teams.contains(teams) && criterion.metric.never_level(teams)
            }),
            Step::PlayOff => teams == 2,
            Step::Share => true,
        }
    }

    /// Every metric it may ask for.
    pub fn metrics(&self) -> impl Iterator<Item = Metric> + '_ {
        let (by, play_off) = match &self.step {
            Step::Compare { by, .. } => (by.as_slice(), None),
            Step::PlayOff => (&[][..], Some(Metric::PlayOff)),
            Step::Share => (&[][..], None),
        };
        by.iter().map(|criterion| criterion.metric).chain(play_off)
    }
}
