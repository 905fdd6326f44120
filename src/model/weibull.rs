//! Goals as the events of a Weibull renewal process, both sides joined by Frank's copula [Boshnakov,
//! Kharrat & McHale 2017].
//!
//! Waiting times between goals of a side have the survival e^(−λtᶜ), t in matches: with c > 1 a side
//! that has just scored is less likely to score at once, with c < 1 more, and c = 1 is Poisson. With
//! the distributions F and G of both sides' goals [McShane, Adrian, Bradlow & Fader 2008] and
//!
//! C(u, v) = −ln(1 + (e^−κu − 1)(e^−κv − 1) / (e^−κ − 1)) / κ,
//!
//! P(x, y) = C(F(x), G(y)) − C(F(x−1), G(y)) − C(F(x), G(y−1)) + C(F(x−1), G(y−1)).
//!
//! κ > 0 lets both sides score many or few together; κ = 0 is independence. c lies between 0.70 and
//! 1.42 and κ between −20 and 20. λ is the rate of the process; the goals expected are λ only where
//! c = 1. A share s of a match has the rate λsᶜ.

use std::sync::OnceLock;

use super::jet::{Jet, Partials};
use super::law::{Belief, Density, Expansion, Shape, Told};
use super::poisson::LARGEST_LOG_RATE;
use super::renewal::{self, Coefficients, HIGHEST_RATE, LARGEST_LOG_SHAPE};
use super::{GRID_SIDE, ScoreGrid};

pub(super) const SHAPES: [Shape; 2] = [
    Shape {
        name: "shape of waiting times (c)",
        belief: Belief {
            mean: 0.0,
            deviation: 0.1,
        },
        value: |free| libm::exp(log_shape(free)[0]),
    },
    Shape {
        name: "dependence (κ)",
        belief: Belief {
            mean: 0.0,
            deviation: 1.0,
        },
        value: |free| bounded(free, LARGEST_KAPPA)[0],
    },
];

const LARGEST_KAPPA: f64 = 20.0;
/// Below this, Frank's copula is its expansion at independence.
const SMALL_KAPPA: f64 = 1e-3;
/// Added to every cell before its logarithm: below, differences of the copula are rounding.
const SMALLEST_CELL: f64 = 1e-11;
/// How sharply rates bend where they come to the highest one; a rate of 8 loses a hundredth of 1 %.
const SHARPNESS: f64 = 16.0;

/// A number within ± `most` with its derivatives, from a scale without bounds: the same near 0.
fn bounded(free: f64, most: f64) -> [f64; 3] {
    let bent = libm::tanh(free / most);
    let slope = 1.0 - bent * bent;
    [most * bent, slope, -2.0 * bent * slope / most]
}

fn log_shape(free: f64) -> [f64; 3] {
    bounded(free, LARGEST_LOG_SHAPE)
}

/// The rate at a log rate, bent below the highest one, so that the likelihood has no corner there.
fn rate<const N: usize>(log_rate: Jet<N>) -> Jet<N> {
    let highest = libm::log(HIGHEST_RATE);
    if log_rate.value > highest + 2.0 {
        return Jet::constant(HIGHEST_RATE);
    }
    let excess = (log_rate - Jet::constant(highest)) * SHARPNESS;
    (log_rate - excess.exp().ln_1p() * (1.0 / SHARPNESS)).exp()
}

/// The law with its c and κ.
pub(super) struct Renewed {
    free_shape: f64,
    free_kappa: f64,
    /// Of the distribution of goals at c.
    coefficients: Box<Coefficients>,
    /// Of its first and second derivatives by log c; grids need none.
    derivatives: OnceLock<[Box<Coefficients>; 2]>,
}

const AXES: usize = 4;

impl Renewed {
    pub(super) fn new(free_shape: f64, free_kappa: f64) -> Self {
        Self {
            free_shape,
            free_kappa,
            coefficients: renewal::coefficients(log_shape(free_shape)[0], 0),
            derivatives: OnceLock::new(),
        }
    }

    /// The distribution of a side's goals on 0 to 15, scaled to end at one, with 0 in front.
    fn distribution(&self, log_rate: f64, log_share: f64) -> [f64; GRID_SIDE + 1] {
        let shape = libm::exp(log_shape(self.free_shape)[0]);
        let rate = rate(Jet::<0>::constant(log_rate + shape * log_share));
        let polynomials = renewal::of_rate(rate.value);
        let mut distribution = [0.0; GRID_SIDE + 1];
        for (n, row) in self.coefficients.iter().enumerate() {
            // Rounding must not make it fall.
            distribution[n + 1] = renewal::sum(row, &polynomials[0]).max(distribution[n]);
        }
        let all = distribution[GRID_SIDE];
        distribution.map(|value| value / all)
    }
}

/// Frank's copula.
fn copula(u: Jet<AXES>, v: Jet<AXES>, kappa: Jet<AXES>) -> Jet<AXES> {
    if kappa.value.abs() < SMALL_KAPPA {
        let one = Jet::constant(1.0);
        let both = u * v;
        let apart = (one - u) * (one - v);
        let skew = (one - u * 2.0) * (one - v * 2.0);
        let first = both * apart * kappa * 0.5;
        return both + first + first * skew * kappa * (1.0 / 6.0);
    }
    let negative = kappa * -1.0;
    let product = (negative * u).exp_m1() * (negative * v).exp_m1();
    (product * negative.exp_m1().inverse()).ln_1p() * negative.inverse()
}

impl Density for Renewed {
    fn log_density(&self, log_rates: [f64; 2], log_share: f64, told: &Told) -> Expansion {
        let [first, second] = self.derivatives.get_or_init(|| {
            let log_shape = log_shape(self.free_shape)[0];
            [1, 2].map(|derivative| renewal::coefficients(log_shape, derivative))
        });
        let log_shape = Jet::<AXES>::variable(self.free_shape, 2).map(log_shape(self.free_shape));
        let kappa = Jet::variable(self.free_kappa, 3).map(bounded(self.free_kappa, LARGEST_KAPPA));
        let rates = [0, 1].map(|side| {
            let log_rate = log_rates[side].clamp(-LARGEST_LOG_RATE, LARGEST_LOG_RATE);
            rate(Jet::variable(log_rate, side) + log_shape.exp() * log_share)
        });
        let polynomials = rates.map(|rate| renewal::of_rate(rate.value));
        // P(N < goals) of a side.
        let below = |side: usize, goals: usize| {
            if goals == 0 {
                return Jet::constant(0.0);
            }
            let n = goals.min(GRID_SIDE) - 1;
            let polynomials = &polynomials[side];
            let value = |order: usize| renewal::sum(&self.coefficients[n], &polynomials[order]);
            let slope = |order: usize| renewal::sum(&first[n], &polynomials[order]);
            let partials = Partials {
                value: value(0),
                first: [value(1), slope(0)],
                second: [
                    value(2),
                    slope(1),
                    renewal::sum(&second[n], &polynomials[0]),
                ],
            };
            partials.at(rates[side], log_shape)
        };
        let mut sum = Jet::constant(0.0);
        for &(score, weight) in &told.scores {
            // Beyond 15 goals all scores are alike to the table.
            let [home, away] =
                [score.home, score.away].map(|goals| usize::from(goals).min(GRID_SIDE - 1));
            let [u, v] = [(0, home), (1, away)]
                .map(|(side, goals)| [below(side, goals), below(side, goals + 1)]);
            let corner = |i: usize, j: usize| copula(u[i], v[j], kappa);
            let cell = corner(1, 1) - corner(0, 1) - corner(1, 0) + corner(0, 0);
            sum = sum + (cell + Jet::constant(SMALLEST_CELL)).ln() * weight;
        }
        let mut expansion = Expansion {
            value: sum.value,
            ..Expansion::default()
        };
        for a in 0..AXES {
            expansion.gradient[a] = sum.gradient[a];
            expansion.hessian[a][..=a].copy_from_slice(&sum.hessian[a][..=a]);
        }
        expansion
    }

    fn grid(&self, log_rates: [f64; 2], log_share: f64) -> ScoreGrid {
        let [home, away] = log_rates.map(|log_rate| self.distribution(log_rate, log_share));
        let kappa = bounded(self.free_kappa, LARGEST_KAPPA)[0];
        let corner = |i: usize, j: usize| {
            let (u, v) = (home[i], away[j]);
            if kappa.abs() < SMALL_KAPPA {
                let first = 0.5 * kappa * u * v * (1.0 - u) * (1.0 - v);
                return u * v + first * (1.0 + kappa / 6.0 * (1.0 - 2.0 * u) * (1.0 - 2.0 * v));
            }
            let product = libm::expm1(-kappa * u) * libm::expm1(-kappa * v);
            -libm::log1p(product / libm::expm1(-kappa)) / kappa
        };
        let corners: [[f64; GRID_SIDE + 1]; GRID_SIDE + 1] =
            std::array::from_fn(|i| std::array::from_fn(|j| corner(i, j)));
        ScoreGrid::from_weights(|x, y| {
            let cell =
                corners[x + 1][y + 1] - corners[x][y + 1] - corners[x + 1][y] + corners[x][y];
            cell.max(0.0)
        })
    }
}
