//! Probabilities from bookmakers' odds: inverse odds sum to more than one, and the margin is taken out.

use serde::{Deserialize, Serialize};

use super::Law;
use super::law::Density;
use crate::fixture::Outcome;

/// How the margin is thought to lie on home win, draw and away win.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Margin {
    /// In proportion to the inverse odds, which are scaled to sum to one.
    Proportional,
    /// Heavier on long shots: all inverse odds are raised to the one power that makes them sum to one
    /// [Clarke et al. 2017].
    #[default]
    Power,
    /// Heavier on long shots, as if a share of the bets came from who knows the outcome [Shin 1993].
    Shin,
}

/// Halvings of a bracket of width 100 that leave less than rounding.
const HALVINGS: usize = 60;

impl Margin {
    /// The probabilities behind decimal odds above 1. They sum to one; where the inverse odds sum to
    /// no more, Shin's share is zero.
    pub fn probabilities(self, odds: [f64; 3]) -> [f64; 3] {
        let inverses = odds.map(|odds| 1.0 / odds);
        let at = |solution: f64| match self {
            Self::Proportional => inverses,
            Self::Power => inverses.map(|inverse| libm::pow(inverse, solution)),
            Self::Shin => shin(inverses, solution),
        };
        // Sums fall as the power or the share of insiders grows.
        let (mut low, mut high) = match self {
            Self::Proportional => (0.0, 0.0),
            Self::Power => (0.0, 100.0),
            Self::Shin => (0.0, 1.0 - f64::EPSILON),
        };
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            match at(middle).iter().sum::<f64>() > 1.0 {
                true => low = middle,
                false => high = middle,
            }
        }
        let found = at(low);
        let sum: f64 = found.iter().sum();
        found.map(|probability| probability / sum)
    }
}

/// Probabilities given the share of insiders, by the closed form of Jullien & Salanié [1994].
fn shin(inverses: [f64; 3], insiders: f64) -> [f64; 3] {
    let booksum: f64 = inverses.iter().sum();
    inverses.map(|inverse| {
        let root = insiders * insiders + 4.0 * (1.0 - insiders) * inverse * inverse / booksum;
        (root.sqrt() - insiders) / (2.0 * (1.0 - insiders))
    })
}

const MOST_STEPS: usize = 100;
/// How near a grid's outcomes come to those asked for.
const NEAR: f64 = 1e-9;
/// Rates are sought between these, as logarithms.
const LOG_RATES: [f64; 2] = [-4.0, 2.4];

/// The log rates of both sides at which independent Poisson goals win, draw and lose this often; the
/// nearest found where none do, as with fewer draws than goals can have.
pub fn log_rates_behind(outcomes: [f64; 3]) -> [f64; 2] {
    nearest_log_rates(&*Law::Poisson.shaped(&[]), outcomes).0
}

/// The log rates at which a law's grid comes nearest to these outcomes, by Newton's method with halved
/// steps, and by how much it misses a probability.
pub(super) fn nearest_log_rates(density: &dyn Density, outcomes: [f64; 3]) -> ([f64; 2], f64) {
    const STEP: f64 = 1e-6;
    let misses = |at: [f64; 2]| {
        let grid = density.grid(at, 0.0);
        [
            grid.outcome(Outcome::HomeWin) - outcomes[0],
            grid.outcome(Outcome::AwayWin) - outcomes[2],
        ]
    };
    let size = |miss: [f64; 2]| miss[0].abs().max(miss[1].abs());
    let within = |rate: f64| rate.clamp(LOG_RATES[0], LOG_RATES[1]);
    let mut at = [0.3, 0.1];
    let mut miss = misses(at);
    for _ in 0..MOST_STEPS {
        if size(miss) < NEAR {
            break;
        }
        let slope = |side: usize| {
            let mut moved = at;
            moved[side] += STEP;
            let moved = misses(moved);
            [0, 1].map(|equation| (moved[equation] - miss[equation]) / STEP)
        };
        let [home, away] = [slope(0), slope(1)];
        let determinant = home[0] * away[1] - away[0] * home[1];
        let step = [
            (miss[0] * away[1] - away[0] * miss[1]) / determinant,
            (home[0] * miss[1] - miss[0] * home[1]) / determinant,
        ];
        if !step.iter().all(|step| step.is_finite()) {
            break;
        }
        let mut length = f64::min(1.0, 1.0 / size(step));
        let next = loop {
            let next = [0, 1].map(|side| within(at[side] - length * step[side]));
            if size(misses(next)) < size(miss) || length < 1e-6 {
                break next;
            }
            length /= 2.0;
        };
        if next == at {
            break;
        }
        (at, miss) = (next, misses(next));
    }
    (at, size(miss))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARGINS: [Margin; 3] = [Margin::Proportional, Margin::Power, Margin::Shin];

    #[test]
    fn probabilities_sum_to_one_whatever_the_odds() {
        for odds in [
            [1.44, 4.75, 8.0],
            [1.01, 21.0, 101.0],
            [3.0, 3.0, 3.0],
            [2.0, 4.0, 4.0],
            [2.2, 4.0, 4.4],
        ] {
            for margin in MARGINS {
                let found = margin.probabilities(odds);
                assert!(
                    (found.iter().sum::<f64>() - 1.0).abs() < 1e-12,
                    "{margin:?}"
                );
                assert!(
                    found.iter().all(|&p| p > 0.0 && p < 1.0),
                    "{margin:?}: {found:?}"
                );
            }
        }
    }

    #[test]
    fn fair_odds_are_the_inverse_probabilities_by_every_method() {
        for margin in MARGINS {
            let found = margin.probabilities([2.0, 4.0, 4.0]);
            for (found, expected) in found.iter().zip([0.5, 0.25, 0.25]) {
                assert!((found - expected).abs() < 1e-9, "{margin:?}: {found}");
            }
        }
    }

    #[test]
    fn each_method_takes_out_what_its_bookmaker_puts_in() {
        let truth: [f64; 3] = [0.6, 0.25, 0.15];
        let proportional = truth.map(|p| 1.0 / (1.05 * p));
        let power = truth.map(|p| 1.0 / p.powf(0.93));
        // Shin's bookmaker with 3 % of insiders: inverse odds are sqrt(B) × sqrt(z p + (1 − z) p²),
        // where sqrt(B) is the sum of the second roots.
        let roots = truth.map(|p: f64| (0.03 * p + 0.97 * p * p).sqrt());
        let shin = roots.map(|root| 1.0 / (root * roots.iter().sum::<f64>()));
        for (margin, odds) in MARGINS.into_iter().zip([proportional, power, shin]) {
            for (found, expected) in margin.probabilities(odds).iter().zip(truth) {
                assert!((found - expected).abs() < 1e-9, "{margin:?}: {found}");
            }
        }
    }

    #[test]
    fn long_shots_carry_more_of_the_margin_by_power_and_shin() {
        let odds = [1.2, 7.0, 15.0];
        let [proportional, power, shin] = MARGINS.map(|margin| margin.probabilities(odds)[2]);
        assert!(power < proportional && shin < proportional);
    }

    #[test]
    fn rates_are_found_behind_the_outcomes_they_give() {
        for log_rates in [[0.4, 0.1], [1.2, -0.9], [-0.5, -0.6], [-1.0, 1.5]] {
            let grid = Law::Poisson.shaped(&[]).grid(log_rates, 0.0);
            let outcomes = [Outcome::HomeWin, Outcome::Draw, Outcome::AwayWin]
                .map(|outcome| grid.outcome(outcome));
            let found = log_rates_behind(outcomes);
            for (found, expected) in found.iter().zip(log_rates) {
                assert!((found - expected).abs() < 1e-5, "{log_rates:?}: {found}");
            }
        }
    }

    #[test]
    fn outcomes_that_no_rates_give_still_give_rates() {
        for outcomes in [
            [0.5, 0.0, 0.5],
            [0.99, 0.005, 0.005],
            [0.0, 0.0, 1.0],
            [0.1, 0.8, 0.1],
        ] {
            let found = log_rates_behind(outcomes);
            assert!(
                found.iter().all(|rate| rate.is_finite()),
                "{outcomes:?}: {found:?}"
            );
        }
    }
}
