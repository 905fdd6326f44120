//! Independent Poisson goals [Maher 1982]:
//! P(x, y) = λˣ e^−λ / x! · μʸ e^−μ / y!, with the rates λ of the home and μ of the away side.
//!
//! Its log likelihood needs no more than the sums of goals of a pairing, and holds for goals that are
//! not whole numbers as a quasi-likelihood [Wedderburn 1974].

use super::law::{Density, Expansion, Told};
use super::{GRID_SIDE, ScoreGrid};

/// The highest rate a side is given, in goals per match: no team is expected to score more.
pub(super) const HIGHEST_RATE: f64 = 12.0;

/// Log rates beyond this are not worth telling apart, and their exponential stays finite.
pub(super) const LARGEST_LOG_RATE: f64 = 50.0;

/// The law; nothing shapes it.
pub(super) struct Independent;

impl Density for Independent {
    fn log_density(&self, log_rates: [f64; 2], log_share: f64, told: &Told) -> Expansion {
        let mut expansion = Expansion {
            value: -told.log_factorials,
            ..Expansion::default()
        };
        for (side, log_rate) in log_rates.into_iter().enumerate() {
            let log_rate = (log_rate + log_share).clamp(-LARGEST_LOG_RATE, LARGEST_LOG_RATE);
            let expected = told.weight * libm::exp(log_rate);
            expansion.value += told.goals[side] * log_rate - expected;
            expansion.gradient[side] = told.goals[side] - expected;
            expansion.hessian[side][side] = -expected;
        }
        expansion
    }

    fn grid(&self, log_rates: [f64; 2], log_share: f64) -> ScoreGrid {
        let [home, away] = log_rates.map(|log_rate| goals(log_rate + log_share));
        ScoreGrid::independent(&home, &away)
    }
}

/// 1 / goals.
const INVERSES: [f64; GRID_SIDE] = {
    let mut inverses = [0.0; GRID_SIDE];
    let mut goals = 1;
    while goals < GRID_SIDE {
        inverses[goals] = 1.0 / goals as f64;
        goals += 1;
    }
    inverses
};

/// The probability of 0 to 15 goals at a log rate, scaled to sum to one.
pub(super) fn goals(log_rate: f64) -> [f64; GRID_SIDE] {
    let rate = libm::exp(log_rate).min(HIGHEST_RATE);
    let mut probabilities = [libm::exp(-rate); GRID_SIDE];
    for goals in 1..GRID_SIDE {
        probabilities[goals] = probabilities[goals - 1] * (rate * INVERSES[goals]);
    }
    let scale = 1.0 / probabilities.iter().sum::<f64>();
    probabilities.map(|probability| probability * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_follow_the_poisson_law() {
        use statrs::distribution::{Discrete, Poisson};
        let law = Poisson::new(1.7).unwrap();
        for (count, probability) in goals(libm::log(1.7)).into_iter().enumerate() {
            assert!((probability - law.pmf(count as u64)).abs() < 1e-9);
        }
    }

    #[test]
    fn absurd_rates_still_give_probabilities() {
        for log_rate in [-800.0, -30.0, 5.0, 800.0, f64::INFINITY] {
            let sum: f64 = goals(log_rate).iter().sum();
            assert!((sum - 1.0).abs() < 1e-12, "{log_rate}: {sum}");
        }
    }
}
