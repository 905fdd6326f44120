//! Laws of goals: how the goals of both sides are distributed, given their log rates and a few
//! parameters of shape. One file for each.

use serde::{Deserialize, Serialize};

use super::{ScoreGrid, poisson};
use crate::fixture::Scoreline;

/// A normal belief about one number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belief {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
}

/// How goals of both sides are distributed, given their log rates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Law {
    /// Independent Poisson goals [Maher 1982].
    #[default]
    Poisson,
}

impl Law {
    /// Every law.
    pub const ALL: [Self; 1] = [Self::Poisson];

    /// Its name in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Poisson => "Poisson",
        }
    }

    /// What shapes it beside the rates, in the order of the parameters.
    pub fn shapes(self) -> &'static [Shape] {
        match self {
            Self::Poisson => &[],
        }
    }

    /// Whether it can be fitted to goals that are not whole numbers.
    pub fn takes_fractions(self) -> bool {
        self == Self::Poisson
    }

    /// The law with its shape known, `[shape]` on the scale it is estimated on.
    pub(crate) fn shaped(self, _shape: &[f64]) -> Box<dyn Density> {
        match self {
            Self::Poisson => Box::new(poisson::Independent),
        }
    }

    /// Whether matches that end so have to be told apart from the sums of goals.
    pub(crate) fn tells_apart(self, _score: Scoreline) -> bool {
        match self {
            Self::Poisson => false,
        }
    }
}

/// A parameter that shapes a law. It is estimated on a scale without bounds.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// What it is called, in lower case.
    pub name: &'static str,
    /// What is believed of it before any match is seen, on the scale without bounds.
    pub belief: Belief,
    /// From the scale without bounds to its own.
    pub value: fn(f64) -> f64,
}

/// The most parameters of shape a law has.
pub(crate) const MOST_SHAPES: usize = 3;

const MOST_AXES: usize = 2 + MOST_SHAPES;

/// A log density with its derivatives by home log rate, away log rate and parameters of shape.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Expansion {
    pub(crate) value: f64,
    pub(crate) gradient: [f64; MOST_AXES],
    /// The lower triangle of second derivatives.
    pub(crate) hessian: [[f64; MOST_AXES]; MOST_AXES],
}

/// What the matches of one pairing tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// The sum of the matches' weights.
    pub(crate) weight: f64,
    /// The weighted sum of goals of each side.
    pub(crate) goals: [f64; 2],
    /// The weighted sum of the logarithms of the factorials of all goals.
    pub(crate) log_factorials: f64,
    /// The weight of every score that the law tells apart.
    pub(crate) scores: Vec<(Scoreline, f64)>,
}

/// A law whose shape is known.
pub(crate) trait Density: Sync {
    /// The weighted log density of matches of a pairing over a share of 90 minutes.
    fn log_density(&self, log_rates: [f64; 2], log_share: f64, told: &Told) -> Expansion;

    /// The probability of every scoreline over a share of 90 minutes.
    fn grid(&self, log_rates: [f64; 2], log_share: f64) -> ScoreGrid;
}
