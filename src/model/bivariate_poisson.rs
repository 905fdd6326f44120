//! Poisson goals with a part in common [Karlis & Ntzoufras 2003]: X = U + W and Y = V + W, where U, V
//! and W are independent Poisson counts with the rates λ₁, λ₂ and λ₃. With r = λ₃ / λ₁λ₂,
//!
//! P(x, y) = e^−(λ₁+λ₂+λ₃) · λ₁ˣ/x! · λ₂ʸ/y! · Σₖ C(x, k) C(y, k) k! rᵏ, k from 0 to min(x, y).
//!
//! λ₁ and λ₂ are the rates of home and away side apart from what they share, so each side expects λ₃
//! more goals than its own rate; λ₃ ≥ 0 is the covariance of the goals.
//!
//! With the vector v of how many goals came from U, V and W, every term of the sum is an exponential
//! of v · log rates. The derivatives of its logarithm are therefore the mean and the covariance of v,
//! and only k varies: by one more it is one less of each side's own.

use super::ScoreGrid;
use super::law::{Belief, Density, Expansion, Shape, Told};
use super::poisson::{LARGEST_LOG_RATE, goals};
use crate::fixture::Scoreline;

pub(super) const SHAPES: [Shape; 1] = [COMMON_RATE];

/// λ₃; estimated by its logarithm.
pub(super) const COMMON_RATE: Shape = Shape {
    name: "rate of common goals (λ₃)",
    belief: Belief {
        mean: -3.0,
        deviation: 1.0,
    },
    value: libm::exp,
};

/// Whether a score's probability is not a product.
pub(super) fn is_shared(score: Scoreline) -> bool {
    score.home.min(score.away) > 0
}

/// The law with its λ₃.
pub(super) struct Common {
    pub(super) log_rate: f64,
}

/// Log of the sum of a score over how many goals are in common, the mean and the variance of that
/// number.
pub(super) struct Shared {
    pub(super) log_sum: f64,
    pub(super) mean: f64,
    pub(super) variance: f64,
}

impl Shared {
    /// Of a score where `log_ratio` is log(λ₃ / λ₁λ₂).
    pub(super) fn of(score: Scoreline, log_ratio: f64) -> Self {
        let ratio = libm::exp(log_ratio);
        let (mut term, mut sum, mut first, mut second) = (1.0, 1.0, 0.0, 0.0);
        let mut log_scale = 0.0;
        for k in 1..=score.home.min(score.away) {
            let (home, away) = (score.home - k + 1, score.away - k + 1);
            let k = f64::from(k);
            term *= f64::from(home) * f64::from(away) / k * ratio;
            sum += term;
            first += k * term;
            second += k * k * term;
            // Absurd scores must not overflow.
            if sum > 1e100 {
                let scale = 1.0 / sum;
                log_scale += libm::log(sum);
                (term, first, second) = (term * scale, first * scale, second * scale);
                sum = 1.0;
            }
        }
        let mean = first / sum;
        Self {
            log_sum: log_scale + libm::log(sum),
            mean,
            variance: second / sum - mean * mean,
        }
    }
}

/// What one goal more in common changes: one less of each side's own.
pub(super) const EXCHANGE: [f64; 3] = [-1.0, -1.0, 1.0];

impl Common {
    /// Log rates of both sides and of the goals in common.
    pub(super) fn log_rates(&self, [home, away]: [f64; 2], log_share: f64) -> [f64; 3] {
        [home, away, self.log_rate]
            .map(|rate| (rate + log_share).clamp(-LARGEST_LOG_RATE, LARGEST_LOG_RATE))
    }
}

impl Density for Common {
    fn log_density(&self, log_rates: [f64; 2], log_share: f64, told: &Told) -> Expansion {
        let log_rates = self.log_rates(log_rates, log_share);
        let mut expansion = Expansion {
            value: -told.log_factorials,
            ..Expansion::default()
        };
        for (axis, log_rate) in log_rates.into_iter().enumerate() {
            let goals = told.goals.get(axis).copied().unwrap_or(0.0);
            let expected = told.weight * libm::exp(log_rate);
            expansion.value += goals * log_rate - expected;
            expansion.gradient[axis] = goals - expected;
            expansion.hessian[axis][axis] = -expected;
        }
        let log_ratio = log_rates[2] - log_rates[0] - log_rates[1];
        for &(score, weight) in &told.scores {
            let shared = Shared::of(score, log_ratio);
            expansion.value += weight * shared.log_sum;
            for (a, change) in EXCHANGE.into_iter().enumerate() {
                expansion.gradient[a] += weight * shared.mean * change;
                for (b, other) in EXCHANGE[..=a].iter().enumerate() {
                    expansion.hessian[a][b] += weight * shared.variance * change * other;
                }
            }
        }
        expansion
    }

    fn grid(&self, log_rates: [f64; 2], log_share: f64) -> ScoreGrid {
        let [home, away] = log_rates.map(|log_rate| goals(log_rate + log_share));
        let common = goals(self.log_rate + log_share);
        ScoreGrid::from_weights(|x, y| {
            (0..=x.min(y))
                .map(|k| home[x - k] * away[y - k] * common[k])
                .sum()
        })
    }
}
