//! Independent Poisson goals [Maher 1982].
//!
//! log rate of the home side = base + home advantage + attack(home) − defence(away)
//! log rate of the away side = base + attack(away) − defence(home)
//!
//! Home advantage is left out on neutral ground. A bigger defence concedes less. Attack and defence
//! are held in place by their prior; printed ones are centred on the average team of the edition.

use nalgebra::{DMatrix, DVector};

use super::{GRID_SIDE, GoalModel, Pairing, ScoreGrid};
use crate::fixture::Venue;
use crate::team::TeamId;

/// The highest rate a side is given, in goals per match: no team is expected to score more.
const HIGHEST_RATE: f64 = 12.0;

/// Where each parameter stands in the vector of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// How many teams there are.
    pub teams: usize,
}

impl Parameters {
    /// Log of the goals an average side scores against another on neutral ground.
    pub const BASE: usize = 0;
    /// Added to the log rate of the home side.
    pub const HOME_ADVANTAGE: usize = 1;
    /// Prior mean of attack per standard deviation of the covariate.
    pub const ATTACK_SLOPE: usize = 2;
    /// Prior mean of defence per standard deviation of the covariate.
    pub const DEFENCE_SLOPE: usize = 3;
    const SHARED: usize = 4;

    /// How many parameters there are.
    pub fn count(self) -> usize {
        Self::SHARED + 2 * self.teams
    }

    /// The attack of a team; +0.1 scores about 10 % more.
    pub fn attack(self, team: TeamId) -> usize {
        Self::SHARED + team.index()
    }

    /// The defence of a team; +0.1 concedes about 10 % fewer.
    pub fn defence(self, team: TeamId) -> usize {
        Self::SHARED + self.teams + team.index()
    }

    /// The log rates of both sides: which parameters are added, and with which sign.
    pub fn log_rates(self, pairing: Pairing) -> [LogRate; 2] {
        let Pairing { home, away, venue } = pairing;
        let rate = |attacker, defender, at_home| LogRate {
            added: [Self::BASE, self.attack(attacker)],
            subtracted: self.defence(defender),
            home_advantage: at_home,
        };
        [
            rate(home, away, venue == Venue::Home),
            rate(away, home, venue == Venue::Away),
        ]
    }
}

/// A log rate as a sum of parameters.
#[derive(Clone, Copy, Debug)]
pub struct LogRate {
    added: [usize; 2],
    subtracted: usize,
    home_advantage: bool,
}

impl LogRate {
    /// Every parameter in it with its sign.
    pub fn terms(self) -> impl Iterator<Item = (usize, f64)> + Clone {
        let [base, attack] = self.added;
        let home = self
            .home_advantage
            .then_some((Parameters::HOME_ADVANTAGE, 1.0));
        [(base, 1.0), (attack, 1.0), (self.subtracted, -1.0)]
            .into_iter()
            .chain(home)
    }

    /// Its value.
    pub fn at(self, parameters: &[f64]) -> f64 {
        self.terms()
            .map(|(index, sign)| sign * parameters[index])
            .sum()
    }
}

/// A fitted model of independent Poisson goals, with the posterior of its parameters.
#[derive(Clone, Debug)]
pub struct PoissonModel {
    parameters: Parameters,
    estimate: Vec<f64>,
    /// Lower Cholesky factor of the posterior precision.
    precision_factor: DMatrix<f64>,
    covariance: DMatrix<f64>,
}

impl PoissonModel {
    /// A model from its estimate and the Cholesky factor of its posterior precision [Tierney & Kadane 1986].
    pub(crate) fn new(
        parameters: Parameters,
        estimate: Vec<f64>,
        precision: &nalgebra::Cholesky<f64, nalgebra::Dyn>,
    ) -> Self {
        let precision_factor = precision.l();
        let covariance = precision.inverse();
        Self {
            parameters,
            estimate,
            precision_factor,
            covariance,
        }
    }

    /// Where each parameter stands.
    pub fn parameters(&self) -> Parameters {
        self.parameters
    }

    /// The posterior covariance, `[parameter, parameter]`.
    pub fn covariance(&self) -> &DMatrix<f64> {
        &self.covariance
    }

    /// Estimate and standard error of a weighted sum of parameters.
    pub fn contrast(&self, weights: &[f64]) -> (f64, f64) {
        let weights = DVector::from_row_slice(weights);
        let estimate = weights.iter().zip(&self.estimate).map(|(w, p)| w * p).sum();
        (
            estimate,
            (&self.covariance * &weights).dot(&weights).max(0.0).sqrt(),
        )
    }

    fn covariance_of(&self, a: LogRate, b: LogRate) -> f64 {
        let term = |(i, si): (usize, f64)| {
            b.terms()
                .map(|(j, sj)| si * sj * self.covariance[(i, j)])
                .sum::<f64>()
        };
        a.terms().map(term).sum()
    }
}

impl GoalModel for PoissonModel {
    fn estimate(&self) -> &[f64] {
        &self.estimate
    }

    fn draw(&self, deviates: &[f64], parameters: &mut [f64]) {
        // With precision L Lᵀ, the solution of Lᵀ x = z has the covariance (L Lᵀ)⁻¹.
        let factor = &self.precision_factor;
        for row in (0..parameters.len()).rev() {
            let below = factor.column(row);
            let known: f64 = (row + 1..parameters.len())
                .map(|k| below[k] * parameters[k])
                .sum();
            parameters[row] = (deviates[row] - known) / below[row];
        }
        for (parameter, estimate) in parameters.iter_mut().zip(&self.estimate) {
            *parameter += estimate;
        }
    }

    fn grid_of_share(&self, parameters: &[f64], pairing: Pairing, share: f64) -> ScoreGrid {
        let log_share = libm::log(share);
        let [home, away] = self
            .parameters
            .log_rates(pairing)
            .map(|rate| goals(rate.at(parameters) + log_share));
        ScoreGrid::independent(&home, &away)
    }

    fn difference(&self, parameters: &[f64], first: TeamId, second: TeamId) -> f64 {
        let pairing = Pairing {
            home: first,
            away: second,
            venue: Venue::Neutral,
        };
        let [first, second] = self.parameters.log_rates(pairing);
        first.at(parameters) - second.at(parameters)
    }

    /// Both log rates are jointly normal, so the average is a two-dimensional Gauss–Hermite sum.
    fn grid_over_posterior(&self, pairing: Pairing) -> ScoreGrid {
        let [home, away] = self.parameters.log_rates(pairing);
        let [mean_home, mean_away] = [home, away].map(|rate| rate.at(&self.estimate));
        let sd_home = self.covariance_of(home, home).max(0.0).sqrt();
        let shared = if sd_home > 0.0 {
            self.covariance_of(home, away) / sd_home
        } else {
            0.0
        };
        let rest = (self.covariance_of(away, away) - shared * shared)
            .max(0.0)
            .sqrt();
        let mut cells = [[0.0; GRID_SIDE]; GRID_SIDE];
        for (x, weight_x) in nodes() {
            let home = goals(mean_home + sd_home * x);
            let mut away = [0.0; GRID_SIDE];
            for (y, weight_y) in nodes() {
                let at_y = goals(mean_away + shared * x + rest * y);
                for (sum, probability) in away.iter_mut().zip(at_y) {
                    *sum += weight_y * probability;
                }
            }
            for (row, home) in cells.iter_mut().zip(home) {
                for (cell, away) in row.iter_mut().zip(away) {
                    *cell += weight_x * home * away;
                }
            }
        }
        ScoreGrid::from_weights(|h, a| cells[h][a])
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
fn goals(log_rate: f64) -> [f64; GRID_SIDE] {
    let rate = libm::exp(log_rate).min(HIGHEST_RATE);
    let mut probabilities = [libm::exp(-rate); GRID_SIDE];
    for goals in 1..GRID_SIDE {
        probabilities[goals] = probabilities[goals - 1] * (rate * INVERSES[goals]);
    }
    let scale = 1.0 / probabilities.iter().sum::<f64>();
    probabilities.map(|probability| probability * scale)
}

/// Nine-point Gauss–Hermite rule for a standard normal: where, and with which weight
/// [Abramowitz & Stegun 1964, table 25.10].
fn nodes() -> impl Iterator<Item = (f64, f64)> {
    const POSITIVE: [(f64, f64); 4] = [
        (0.723_551_018_752_838, 0.432_651_559_002_556),
        (1.468_553_289_216_668, 0.088_474_527_394_377),
        (2.266_580_584_531_843, 0.004_943_624_275_537),
        (3.190_993_201_781_528, 0.000_039_606_977_263),
    ];
    const CENTRE: f64 = 0.720_235_215_606_051;
    let scaled = |x: f64, weight: f64| {
        (
            std::f64::consts::SQRT_2 * x,
            weight * std::f64::consts::FRAC_2_SQRT_PI / 2.0,
        )
    };
    let pair = move |(x, weight)| [scaled(x, weight), scaled(-x, weight)];
    POSITIVE
        .into_iter()
        .flat_map(pair)
        .chain([scaled(0.0, CENTRE)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quadrature_has_the_moments_of_a_standard_normal() {
        let moment = |power: i32| {
            nodes()
                .map(|(x, weight)| weight * x.powi(power))
                .sum::<f64>()
        };
        for (power, expected) in [
            (0, 1.0),
            (1, 0.0),
            (2, 1.0),
            (4, 3.0),
            (6, 15.0),
            (8, 105.0),
        ] {
            assert!(
                (moment(power) - expected).abs() < 1e-8,
                "moment {power}: {}",
                moment(power)
            );
        }
    }

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
