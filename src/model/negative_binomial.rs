//! Negative binomial goals: Poisson goals whose rate is multiplied, for each side of each match, by a
//! gamma variable with mean 1 and variance 1/r [Reep, Pollard & Benjamin 1971]:
//!
//! P(x) = Γ(x + r) / (Γ(r) x!) · (r / (r + λ))ʳ · (λ / (r + λ))ˣ, independent for both sides.
//!
//! The variance is λ + λ²/r. The size r > 0 is the same for all; Poisson goals are its limit at
//! infinity. Part of a match multiplies the rate and leaves the size.
//!
//! With Γ(x + r) / Γ(r) = rˣ Π (1 + j/r), j from 0 to x − 1, nothing cancels at large sizes.

use super::law::{Belief, Density, Expansion, Shape, Told};
use super::poisson::{HIGHEST_RATE, LARGEST_LOG_RATE};
use super::{GRID_SIDE, ScoreGrid};
use crate::fixture::Scoreline;

pub(super) const SHAPES: [Shape; 1] = [Shape {
    name: "size (r)",
    belief: Belief {
        mean: 4.0,
        deviation: 1.0,
    },
    value: libm::exp,
}];

/// Whether a score tells more than its goals.
pub(super) fn is_spread(score: Scoreline) -> bool {
    score.home.max(score.away) > 1
}

/// The law with its size r.
pub(super) struct Spread {
    size: f64,
}

impl Spread {
    pub(super) fn new(log_size: f64) -> Self {
        let size = libm::exp(log_size.clamp(-LARGEST_LOG_RATE, LARGEST_LOG_RATE));
        Self { size }
    }

    /// The probability of 0 to 15 goals, scaled to sum to one.
    fn goals(&self, log_rate: f64) -> [f64; GRID_SIDE] {
        let rate = libm::exp(log_rate).min(HIGHEST_RATE);
        let further = rate / (self.size + rate);
        let none = libm::exp(-self.size * libm::log1p(rate / self.size));
        let mut probabilities = [none; GRID_SIDE];
        for goals in 1..GRID_SIDE {
            let before = (goals - 1) as f64;
            let ratio = further * (self.size + before) / (before + 1.0);
            probabilities[goals] = probabilities[goals - 1] * ratio;
        }
        let sum: f64 = probabilities.iter().sum();
        probabilities.map(|probability| probability / sum)
    }
}

impl Density for Spread {
    fn log_density(&self, log_rates: [f64; 2], log_share: f64, told: &Told) -> Expansion {
        let size = self.size;
        let mut expansion = Expansion {
            value: -told.log_factorials,
            ..Expansion::default()
        };
        for (side, log_rate) in log_rates.into_iter().enumerate() {
            let log_rate = (log_rate + log_share).clamp(-LARGEST_LOG_RATE, LARGEST_LOG_RATE);
            let rate = libm::exp(log_rate);
            let further = rate / (size + rate);
            let log_odds = libm::log1p(rate / size);
            let total = told.goals[side] + told.weight * size;
            let bend = total * further * (1.0 - further);
            expansion.value += told.goals[side] * log_rate - total * log_odds;
            expansion.gradient[side] = told.goals[side] - total * further;
            expansion.gradient[2] += total * further - told.weight * size * log_odds;
            expansion.hessian[side][side] = -bend;
            expansion.hessian[2][side] = bend - told.weight * size * further;
            expansion.hessian[2][2] += told.weight * size * (2.0 * further - log_odds) - bend;
        }
        for &(score, weight) in &told.scores {
            for goals in [score.home, score.away] {
                for earlier in (1..goals).map(f64::from) {
                    let share = earlier / (size + earlier);
                    expansion.value += weight * libm::log1p(earlier / size);
                    expansion.gradient[2] -= weight * share;
                    expansion.hessian[2][2] += weight * share * (1.0 - share);
                }
            }
        }
        expansion
    }

    fn grid(&self, log_rates: [f64; 2], log_share: f64) -> ScoreGrid {
        let [home, away] = log_rates.map(|log_rate| self.goals(log_rate + log_share));
        ScoreGrid::independent(&home, &away)
    }
}
