//! What is believed before any match is seen.

use serde::{Deserialize, Serialize};

use crate::model::Belief;

/// The prior of a model of strengths, on the natural-log scale of goal rates.
///
/// Attack and defence of a team are normal around `slope × covariate`, both with the same spread;
/// the spread is estimated, under a belief about its logarithm that keeps it off zero where matches
/// are few. Beliefs about the shape of a law stand with the law.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// Log of the goals of an average side against another on neutral ground.
    pub base: Belief,
    /// Added to the home side's log rate.
    pub home_advantage: Belief,
    /// Attack, and defence, per standard deviation of the covariate.
    pub slope: Belief,
    /// Log of the standard deviation of attacks and defences around their mean.
    pub log_spread: Belief,
}

impl Prior {
    /// Next to nothing is believed: what matches cannot tell stays finite, and everything else is as
    /// the likelihood alone has it.
    pub(crate) const FLAT: Self = Self {
        base: Belief {
            mean: 0.15,
            deviation: 100.0,
        },
        home_advantage: Belief {
            mean: 0.28,
            deviation: 100.0,
        },
        slope: Belief {
            mean: 0.0,
            deviation: 1.0,
        },
        log_spread: Belief {
            mean: 4.6,
            deviation: 1.0,
        },
    };
    /// The spread that goes with [`Prior::FLAT`].
    pub(crate) const FLAT_SPREAD: f64 = 100.0;
}

impl Default for Prior {
    /// Measured on past competitions; `docs/models.md` has the figures.
    fn default() -> Self {
        Self {
            base: Belief {
                mean: 0.15,
                deviation: 0.2,
            },
            home_advantage: Belief {
                mean: 0.28,
                deviation: 0.15,
            },
            slope: Belief {
                mean: 0.2,
                deviation: 0.1,
            },
            log_spread: Belief {
                mean: -1.35,
                deviation: 0.35,
            },
        }
    }
}

/// What is known of teams before any match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beforehand {
    /// `[team]`: a number that more of is better, standardised; 0 where nothing is known.
    pub covariate: Vec<f64>,
    /// `[team]`: added to the prior means of attack and defence, such as those of a team that was
    /// promoted; empty where there is nothing to add.
    pub offsets: Vec<[f64; 2]>,
}

impl From<Vec<f64>> for Beforehand {
    fn from(covariate: Vec<f64>) -> Self {
        Self {
            covariate,
            offsets: Vec::new(),
        }
    }
}
