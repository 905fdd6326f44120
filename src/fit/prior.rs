//! What is believed before any match is seen.

use serde::{Deserialize, Serialize};

/// A normal belief about one number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Belief {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
}

/// The prior of a goals model, on the natural-log scale of goal rates.
///
/// Attack and defence of a team are normal around `slope × covariate`, both with the same spread;
/// the spread is estimated, under a belief about its logarithm that keeps it off zero where matches
/// are few.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
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
