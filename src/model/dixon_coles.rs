//! Poisson goals whose four lowest scores are shifted [Dixon & Coles 1997]:
//! P(x, y) = τ(x, y) · Poisson(x; λ) · Poisson(y; μ), where
//!
//! τ(0, 0) = 1 − λμρ, τ(0, 1) = 1 + λρ, τ(1, 0) = 1 + μρ, τ(1, 1) = 1 − ρ, and 1 elsewhere.
//!
//! A negative ρ makes 0–0 and 1–1 likelier, 1–0 and 0–1 less likely; the expected goals stay. Every
//! cell is non-negative where max(−1/λ, −1/μ) ≤ ρ ≤ min(1/λμ, 1). What a pairing's rates do not admit
//! is cut to that range for this pairing alone.

use super::ScoreGrid;
use super::law::{Belief, Density, Expansion, Shape, Told};
use super::poisson::{HIGHEST_RATE, Independent, LARGEST_LOG_RATE, goals};
use crate::fixture::Scoreline;

pub(super) const SHAPES: [Shape; 1] = [Shape {
    name: "shift of low scores (ρ)",
    belief: Belief {
        mean: -0.05,
        deviation: 0.1,
    },
    value: |rho| rho,
}];

/// The likelihood of a score does not fall below this share of its Poisson probability.
const LOWEST: f64 = 1e-9;

/// Whether a score's probability is shifted.
pub(super) fn is_shifted(score: Scoreline) -> bool {
    score.home <= 1 && score.away <= 1
}

/// The law with its ρ.
pub(super) struct Shifted {
    pub(super) rho: f64,
}

/// τ − 1 = ρ · factor · exp(own · log rates): the factor, and how often each log rate is in it.
fn shift(score: Scoreline) -> (f64, [f64; 2]) {
    match (score.home, score.away) {
        (0, 0) => (-1.0, [1.0, 1.0]),
        (0, 1) => (1.0, [1.0, 0.0]),
        (1, 0) => (1.0, [0.0, 1.0]),
        (1, 1) => (-1.0, [0.0, 0.0]),
        _ => (0.0, [0.0, 0.0]),
    }
}

impl Density for Shifted {
    fn log_density(&self, log_rates: [f64; 2], log_share: f64, told: &Told) -> Expansion {
        let mut expansion = Independent.log_density(log_rates, log_share, told);
        let log_rates = log_rates
            .map(|log_rate| (log_rate + log_share).clamp(-LARGEST_LOG_RATE, LARGEST_LOG_RATE));
        for &(score, weight) in &told.scores {
            let (factor, own) = shift(score);
            let by_rho = factor * libm::exp(own[0] * log_rates[0] + own[1] * log_rates[1]);
            let change = self.rho * by_rho;
            let tau = (1.0 + change).max(LOWEST);
            expansion.value += weight * libm::log(tau);
            if tau > LOWEST {
                let (relative, by_rho) = (change / tau, by_rho / tau);
                for a in 0..2 {
                    expansion.gradient[a] += weight * own[a] * relative;
                    expansion.hessian[2][a] += weight * own[a] * by_rho * (1.0 - relative);
                    for b in 0..=a {
                        let both = own[a] * own[b];
                        expansion.hessian[a][b] += weight * both * relative * (1.0 - relative);
                    }
                }
                expansion.gradient[2] += weight * by_rho;
                expansion.hessian[2][2] -= weight * by_rho * by_rho;
            }
        }
        expansion
    }

    fn grid(&self, log_rates: [f64; 2], log_share: f64) -> ScoreGrid {
        let log_rates = log_rates.map(|log_rate| log_rate + log_share);
        let [home, away] = log_rates.map(goals);
        let [home_rate, away_rate] = log_rates.map(|rate| libm::exp(rate).min(HIGHEST_RATE));
        let least = f64::max(-1.0 / home_rate, -1.0 / away_rate);
        let most = f64::min(1.0 / (home_rate * away_rate), 1.0);
        let rho = self.rho.clamp(least, most);
        let low = [
            [1.0 - rho * home_rate * away_rate, 1.0 + rho * home_rate],
            [1.0 + rho * away_rate, 1.0 - rho],
        ];
        ScoreGrid::from_weights(|x, y| {
            let tau = if x < 2 && y < 2 {
                low[x][y].max(0.0)
            } else {
                1.0
            };
            tau * home[x] * away[y]
        })
    }
}
