//! How strengths walk, and what tells of them.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::history::PastMatch;
use crate::model::{Belief, Law, Margin};

/// Strengths that walk, and the law of goals around them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walks {
    /// How goals come about, given both sides' rates.
    #[serde(rename = "goals")]
    pub law: Law,
    /// How the margin is taken out of odds.
    pub margin: Margin,
    /// How strengths walk.
    pub settings: WalkSettings,
}

impl Walks {
    /// With the usual margin.
    pub fn new(law: Law, settings: WalkSettings) -> Self {
        Self {
            law,
            margin: Margin::default(),
            settings,
        }
    }
}

/// How strengths of teams differ at first, how they change, and which measures tell of them.
///
/// All on the natural-log scale of goal rates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WalkSettings {
    /// Standard deviation of attacks, and of defences, of the teams a league starts with.
    pub spread: f64,
    /// Correlation of attack and defence, of teams and of what changes in them: 0 to below 1.
    pub together: f64,
    /// Standard deviation of what a strength changes by within a year.
    pub per_year: f64,
    /// Standard deviation of what it changes by between two seasons, beside the days.
    pub per_break: f64,
    /// The share of its distance from the average of the league that it keeps between two seasons.
    pub kept: f64,
    /// Attack, and defence, of a team that comes into a league, against the average of those there.
    pub newcomer: Belief,
    /// Standard deviation of what the goals of a league, and its home advantage, change by within a year.
    pub shared_per_year: f64,
    /// What tells of strength.
    pub sources: Vec<Source>,
}

/// A measure of what both sides of a match did, and how it tells of their strengths.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "measure", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Source {
    /// Goals.
    Goals,
    /// Shots on target.
    ShotsOnTarget {
        /// How much of a difference in strength they show, against goals.
        loading: f64,
        /// How much more they vary than a Poisson count.
        dispersion: f64,
    },
    /// The rates at which the bookmaker's odds before the match expect goals, their margin removed.
    Odds {
        /// How much of a difference in strength they show, against goals: they also tell of what holds for
        /// the one match only, such as who is injured.
        loading: f64,
        /// Variance of the error in the logarithm of the ratio of both rates.
        difference: f64,
        /// Variance of the error in the logarithm of their product, of which odds on outcomes say little.
        total: f64,
    },
}

impl Source {
    /// Whether a match that was played has it.
    pub(in crate::fit) fn is_of(&self, played: &PastMatch) -> bool {
        match self {
            Self::Goals => true,
            Self::ShotsOnTarget { .. } => played.shots_on_target.is_some(),
            Self::Odds { .. } => played.odds.is_some(),
        }
    }
}

impl WalkSettings {
    /// What tells of strength where goals alone are known.
    pub fn of_goals() -> Self {
        Self {
            spread: 0.3,
            together: 0.6,
            per_year: 0.075,
            per_break: 0.08,
            kept: 0.95,
            newcomer: Belief {
                mean: -0.2,
                deviation: 0.15,
            },
            shared_per_year: 0.02,
            sources: vec![Source::Goals],
        }
    }

    /// Goals and shots on target.
    pub fn of_shots() -> Self {
        let shots = Source::ShotsOnTarget {
            loading: 0.7,
            dispersion: 2.5,
        };
        Self {
            sources: vec![Source::Goals, shots],
            ..Self::of_goals()
        }
    }

    /// Goals, shots on target, and the odds before matches that are past: odds follow strength more
    /// closely than scores can, so strengths may move faster.
    pub fn of_odds() -> Self {
        let odds = Source::Odds {
            loading: 1.05,
            difference: 0.008,
            total: 0.1,
        };
        let mut settings = Self {
            together: 0.9,
            per_year: 0.17,
            per_break: 0.1,
            kept: 0.85,
            spread: 0.4,
            ..Self::of_shots()
        };
        settings.sources.push(odds);
        settings
    }

    /// Checks that every number can be.
    ///
    /// # Errors
    /// [`Error::FitSetting`] with the first that cannot.
    pub fn check(&self) -> Result<(), Error> {
        let positive = |value: f64| value > 0.0 && value <= MOST;
        let share = |value: f64| (0.0..=1.0).contains(&value);
        let near = |value: f64| value.abs() <= MOST;
        let mut numbers = vec![
            ("spread", self.spread, positive(self.spread), "above 0"),
            (
                "together",
                self.together,
                (0.0..1.0).contains(&self.together),
                "from 0 to below 1",
            ),
            (
                "per_year",
                self.per_year,
                positive(self.per_year),
                "above 0",
            ),
            (
                "per_break",
                self.per_break,
                positive(self.per_break),
                "above 0",
            ),
            ("kept", self.kept, share(self.kept), "from 0 to 1"),
            (
                "newcomer.mean",
                self.newcomer.mean,
                near(self.newcomer.mean),
                "near 0",
            ),
            (
                "newcomer.deviation",
                self.newcomer.deviation,
                positive(self.newcomer.deviation),
                "above 0",
            ),
            (
                "shared_per_year",
                self.shared_per_year,
                positive(self.shared_per_year),
                "above 0",
            ),
        ];
        for source in &self.sources {
            match *source {
                Source::Goals => {}
                Source::ShotsOnTarget {
                    loading,
                    dispersion,
                } => numbers.extend([
                    ("loading", loading, positive(loading), "above 0"),
                    ("dispersion", dispersion, positive(dispersion), "above 0"),
                ]),
                Source::Odds {
                    loading,
                    difference,
                    total,
                } => numbers.extend([
                    ("loading", loading, positive(loading), "above 0"),
                    ("difference", difference, positive(difference), "above 0"),
                    ("total", total, positive(total), "above 0"),
                ]),
            }
        }
        let wrong = numbers.into_iter().find(|(_, _, fits, _)| !fits);
        match wrong {
            Some((name, value, _, expected)) => Err(Error::FitSetting {
                name,
                value,
                expected,
            }),
            None if self.sources.is_empty() => Err(Error::FitSetting {
                name: "sources",
                value: 0.0,
                expected: "one or more",
            }),
            None => Ok(()),
        }
    }
}

/// Nothing on the log scale is larger.
const MOST: f64 = 100.0;
