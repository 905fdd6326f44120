//! Bivariate Poisson goals with more draws [Karlis & Ntzoufras 2003, section 3.3]: with probability
//! p a match is a draw of a geometric number of goals each, else as in the bivariate law:
//!
//! P(x, y) = (1 − p) · B(x, y) + p · [x = y] · (1 − θ) θˣ.
//!
//! Of the diagonals in the paper the geometric one needs a single parameter, falls as draws do, and
//! leaves no score out. p and θ are the same in extra time, where the rates are a third.

use super::bivariate_poisson::{self, COMMON_RATE, Common, EXCHANGE, Shared};
use super::law::{Belief, Density, Expansion, Shape, Told};
use super::{GRID_SIDE, ScoreGrid};
use crate::fixture::Scoreline;

pub(super) const SHAPES: [Shape; 3] = [
    COMMON_RATE,
    Shape {
        name: "share of forced draws (p)",
        belief: Belief {
            mean: -4.0,
            deviation: 1.0,
        },
        value: probability,
    },
    Shape {
        name: "fall of forced draws (θ)",
        belief: Belief {
            mean: -0.5,
            deviation: 1.0,
        },
        value: probability,
    },
];

/// From log odds.
fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds))
}

/// The log of the probability at some log odds.
fn log_probability(log_odds: f64) -> f64 {
    log_odds.min(0.0) - libm::log1p(libm::exp(-log_odds.abs()))
}

/// Whether a score's probability is not a product.
pub(super) fn is_mixed(score: Scoreline) -> bool {
    score.home == score.away || bivariate_poisson::is_shared(score)
}

/// The law with its λ₃, p and θ.
pub(super) struct Inflated {
    common: Common,
    /// Log odds of a forced draw, p.
    forced: f64,
    /// Log odds of one more goal each in a forced draw, θ.
    fall: f64,
}

const AXES: usize = 5;

impl Inflated {
    pub(super) fn new([log_rate, forced, fall]: [f64; 3]) -> Self {
        let common = Common { log_rate };
        Self {
            common,
            forced,
            fall,
        }
    }
}

impl Density for Inflated {
    /// That of matches that are all free, and for each draw how much likelier being forced makes it.
    fn log_density(&self, log_rates: [f64; 2], log_share: f64, told: &Told) -> Expansion {
        let mut expansion = self.common.log_density(log_rates, log_share, told);
        let [p, theta] = [self.forced, self.fall].map(probability);
        expansion.value += told.weight * log_probability(-self.forced);
        expansion.gradient[3] -= told.weight * p;
        expansion.hessian[3][3] -= told.weight * p * (1.0 - p);
        let log_rates = self.common.log_rates(log_rates, log_share);
        let rates = log_rates.map(libm::exp);
        let log_ratio = log_rates[2] - log_rates[0] - log_rates[1];
        let draws = told
            .scores
            .iter()
            .filter(|(score, _)| score.home == score.away);
        for &(score, weight) in draws {
            let goals = f64::from(score.home);
            let shared = Shared::of(score, log_ratio);
            let free = log_probability(-self.forced) + goals * (log_rates[0] + log_rates[1])
                - rates.iter().sum::<f64>()
                - 2.0 * libm::lgamma(goals + 1.0)
                + shared.log_sum;
            let forced = log_probability(self.forced)
                + log_probability(-self.fall)
                + goals * log_probability(self.fall);
            let was_forced = probability(forced - free);
            expansion.value += weight * log_sum(free, forced) - weight * free;
            // What a forced draw changes in the gradient, against a free one.
            let mut change = [0.0; AXES];
            for (axis, change) in change.iter_mut().enumerate().take(3) {
                let own = if axis < 2 { goals } else { 0.0 };
                *change = rates[axis] - own - shared.mean * EXCHANGE[axis];
            }
            change[3] = 1.0;
            change[4] = goals * (1.0 - theta) - theta;
            for a in 0..AXES {
                expansion.gradient[a] += weight * was_forced * change[a];
                for b in 0..=a {
                    let mut bend = (1.0 - was_forced) * change[a] * change[b];
                    if a < 3 {
                        bend -= shared.variance * EXCHANGE[a] * EXCHANGE[b];
                    }
                    if a == b && a < 3 {
                        bend += rates[a];
                    }
                    if b == 4 {
                        bend -= (1.0 + goals) * theta * (1.0 - theta);
                    }
                    expansion.hessian[a][b] += weight * was_forced * bend;
                }
            }
        }
        expansion
    }

    fn grid(&self, log_rates: [f64; 2], log_share: f64) -> ScoreGrid {
        let free = self.common.grid(log_rates, log_share);
        let [p, theta] = [self.forced, self.fall].map(probability);
        let mut forced = [(1.0 - theta).max(f64::MIN_POSITIVE); GRID_SIDE];
        for goals in 1..GRID_SIDE {
            forced[goals] = forced[goals - 1] * theta;
        }
        let sum: f64 = forced.iter().sum();
        ScoreGrid::from_weights(|x, y| {
            let draw = if x == y { forced[x] / sum } else { 0.0 };
            (1.0 - p) * free.probability(x, y) + p * draw
        })
    }
}

/// log(eᵃ + eᵇ).
fn log_sum(a: f64, b: f64) -> f64 {
    a.max(b) + libm::log1p(libm::exp(-(a - b).abs()))
}
