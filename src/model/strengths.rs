//! A model of strengths: log rates that are sums of parameters, and a law of goals given them.
//!
//! log rate of the home side = base + home advantage + attack(home) − defence(away)
//! log rate of the away side = base + attack(away) − defence(home)
//!
//! Home advantage is left out on neutral ground. A bigger defence concedes less. Attack and defence
//! are held in place by their prior; printed ones are centred on the average team of the edition.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::law::{Density, Law};
use super::parameters::{Parameters, Terms};
use super::{GRID_SIDE, GoalModel, Pairing, ScoreGrid};
use crate::fixture::Venue;
use crate::team::TeamId;

/// Fitted strengths under a law of goals, with the posterior of all parameters.
#[derive(Clone, Debug)]
pub struct StrengthsModel {
    law: Law,
    parameters: Parameters,
    /// `[team]`: ratings from which attack and defence follow; empty where teams have their own.
    ratings: Vec<f64>,
    estimate: Vec<f64>,
    /// Lower Cholesky factor of the posterior precision.
    precision_factor: DMatrix<f64>,
    covariance: DMatrix<f64>,
}

impl StrengthsModel {
    /// A model from its estimate and the Cholesky factor of its posterior precision [Tierney & Kadane 1986].
    pub(crate) fn new(
        law: Law,
        parameters: Parameters,
        ratings: Vec<f64>,
        estimate: Vec<f64>,
        precision: &Cholesky<f64, Dyn>,
    ) -> Self {
        let precision_factor = precision.l();
        let covariance = precision.inverse();
        Self {
            law,
            parameters,
            ratings,
            estimate,
            precision_factor,
            covariance,
        }
    }

    /// A model from its estimate and the covariance of what is believed; `None` unless all is finite.
    pub(crate) fn of_covariance(
        law: Law,
        parameters: Parameters,
        estimate: Vec<f64>,
        covariance: DMatrix<f64>,
    ) -> Option<Self> {
        let is_finite = |numbers: &[f64]| numbers.iter().all(|number| number.is_finite());
        if !is_finite(&estimate) || !is_finite(covariance.as_slice()) {
            return None;
        }
        let precision_factor = factor_of_inverse(&covariance)?;
        Some(Self {
            law,
            parameters,
            estimate,
            precision_factor,
            covariance,
            ratings: Vec::new(),
        })
    }

    /// The law of goals.
    pub fn law(&self) -> Law {
        self.law
    }

    /// Where each parameter stands.
    pub fn parameters(&self) -> Parameters {
        self.parameters
    }

    /// The model of some of its teams, in this order: what it says of them is the same.
    pub(crate) fn of_teams(&self, teams: &[TeamId]) -> Self {
        let parameters = match self.ratings.is_empty() {
            true => Parameters {
                teams: teams.len(),
                ..self.parameters
            },
            false => self.parameters,
        };
        // `[parameter]`: which one of this model it is.
        let mut origin: Vec<usize> = (0..parameters.count()).collect();
        if self.ratings.is_empty() {
            for (place, &team) in teams.iter().enumerate() {
                let place = TeamId(place as u16);
                origin[parameters.attack(place)] = self.parameters.attack(team);
                origin[parameters.defence(place)] = self.parameters.defence(team);
                let own_grounds = [(parameters, place), (self.parameters, team)];
                if let [Some(here), Some(there)] =
                    own_grounds.map(|(parameters, team)| parameters.own_ground(team))
                {
                    origin[here] = there;
                }
            }
            for shape in 0..parameters.shapes {
                origin[parameters.first_shape() + shape] = self.parameters.first_shape() + shape;
            }
        }
        let ratings = match self.ratings.is_empty() {
            true => Vec::new(),
            false => teams
                .iter()
                .map(|team| self.ratings[team.index()])
                .collect(),
        };
        let count = origin.len();
        let covariance = DMatrix::from_fn(count, count, |row, column| {
            self.covariance[(origin[row], origin[column])]
        });
        let precision_factor = factor_of_inverse(&covariance);
        Self {
            law: self.law,
            parameters,
            ratings,
            estimate: origin.iter().map(|&there| self.estimate[there]).collect(),
            precision_factor: precision_factor.expect("a part of a covariance is one"),
            covariance,
        }
    }

    /// The attack of a team: a parameter and its weight.
    pub fn attack(&self, team: TeamId) -> (usize, f64) {
        match self.ratings.get(team.index()) {
            Some(&rating) => (Parameters::ATTACK_SLOPE, rating),
            None => (self.parameters.attack(team), 1.0),
        }
    }

    /// The defence of a team: a parameter and its weight.
    pub fn defence(&self, team: TeamId) -> (usize, f64) {
        match self.ratings.get(team.index()) {
            Some(&rating) => (Parameters::DEFENCE_SLOPE, rating),
            None => (self.parameters.defence(team), 1.0),
        }
    }

    /// The log rates of both sides as sums of parameters.
    pub fn log_rates(&self, pairing: Pairing) -> [Terms; 2] {
        match self.ratings.is_empty() {
            true => self.parameters.log_rates(pairing),
            false => self.parameters.log_rates_by_ratings(pairing, &self.ratings),
        }
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

    /// The law, shaped by these parameters.
    pub(crate) fn density(&self, parameters: &[f64]) -> Box<dyn Density> {
        self.law
            .shaped(&parameters[self.parameters.first_shape()..])
    }

    /// The posterior covariance of two sums of parameters.
    pub(crate) fn covariance_of(&self, a: &Terms, b: &Terms) -> f64 {
        let term = |&(i, wi): &(usize, f64)| {
            b.terms()
                .iter()
                .map(|&(j, wj)| wi * wj * self.covariance[(i, j)])
                .sum::<f64>()
        };
        a.terms().iter().map(term).sum()
    }
}

/// The share of the largest variance that rounding may have taken from others.
const ROUNDING: f64 = 1e-15;

/// The lower Cholesky factor of the inverse of a covariance, which rounding may have left not quite one.
///
/// With all numbers in reverse order the factor C of the covariance, C Cᵀ, becomes an upper one, U, in
/// their own order: the inverse of U Uᵀ is L Lᵀ with L = U⁻ᵀ, which is lower.
fn factor_of_inverse(covariance: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let count = covariance.nrows();
    let reversed = |matrix: &DMatrix<f64>| {
        DMatrix::from_fn(count, count, |row, column| {
            matrix[(count - 1 - row, count - 1 - column)]
        })
    };
    let turned = reversed(covariance);
    let least = ROUNDING * turned.amax().max(f64::MIN_POSITIVE / ROUNDING);
    // The last addition outweighs every row.
    let added = std::iter::successors(Some(least), |added| Some(10.0 * added));
    let added = added.take_while(|&added| added <= 100.0 * count as f64 * least / ROUNDING);
    let factors = std::iter::once(0.0)
        .chain(added)
        .find_map(|added| Cholesky::new(&turned + DMatrix::identity(count, count) * added));
    let inverse = factors?
        .l()
        .solve_lower_triangular(&DMatrix::identity(count, count))?;
    Some(reversed(&inverse).transpose())
}

impl GoalModel for StrengthsModel {
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
        let log_rates = self.log_rates(pairing);
        let log_rates = log_rates.map(|rate| rate.at(parameters));
        self.density(parameters).grid(log_rates, libm::log(share))
    }

    fn difference(&self, parameters: &[f64], first: TeamId, second: TeamId) -> f64 {
        let pairing = Pairing {
            home: first,
            away: second,
            venue: Venue::Neutral,
        };
        let [first, second] = self.log_rates(pairing);
        first.at(parameters) - second.at(parameters)
    }

    /// The shape of the law stays at its estimate: it is known far better than the strengths.
    fn grid_over_posterior(&self, pairing: Pairing) -> ScoreGrid {
        let [home, away] = self.log_rates(pairing);
        LogRates {
            mean: [&home, &away].map(|rate| rate.at(&self.estimate)),
            variance: [&home, &away].map(|rate| self.covariance_of(rate, rate)),
            covariance: self.covariance_of(&home, &away),
        }
        .grid(&*self.density(&self.estimate))
    }
}

/// A joint normal belief about the logarithms of both sides' rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRates {
    /// Of the home and the away side.
    pub mean: [f64; 2],
    /// Of the home and the away side.
    pub variance: [f64; 2],
    /// Of both together.
    pub covariance: f64,
}

impl LogRates {
    /// The probability of every scoreline of a match, averaged over the belief by a two-dimensional
    /// Gauss–Hermite sum.
    pub(crate) fn grid(&self, density: &dyn Density) -> ScoreGrid {
        let [home, away] = self.mean;
        let [sd_home, _] = self.variance.map(|variance| variance.max(0.0).sqrt());
        let shared = match sd_home > 0.0 {
            true => self.covariance / sd_home,
            false => 0.0,
        };
        let rest = (self.variance[1] - shared * shared).max(0.0).sqrt();
        let mut cells = [0.0; GRID_SIDE * GRID_SIDE];
        for (x, weight_x) in nodes() {
            for (y, weight_y) in nodes() {
                let log_rates = [home + sd_home * x, away + shared * x + rest * y];
                let grid = density.grid(log_rates, 0.0);
                for (cell, probability) in cells.iter_mut().zip(grid.cells()) {
                    *cell += weight_x * weight_y * probability;
                }
            }
        }
        ScoreGrid::from_weights(|home, away| cells[home * GRID_SIDE + away])
    }
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

    /// What may come from rounding or worse: of rank one to full, with numbers that are known for sure.
    #[test]
    fn every_finite_covariance_has_a_factor_of_its_inverse() {
        for count in 2..=80 {
            for rank in [0, 1, count / 2, count] {
                let root = DMatrix::from_fn(count, rank, |row, column| {
                    libm::sin((1 + row * row + 7 * column * (row + 2)) as f64)
                });
                let covariance = &root * root.transpose();
                let factor = factor_of_inverse(&covariance).unwrap();
                let identity = DMatrix::identity(count, count);
                let drawn = factor
                    .transpose()
                    .solve_upper_triangular(&identity)
                    .unwrap();
                let apart = (&drawn * drawn.transpose() - &covariance).amax();
                assert!(
                    apart <= 1e-9 * (1.0 + covariance.amax()),
                    "{count}, {rank}: {apart}"
                );
            }
        }
    }

    #[test]
    fn a_belief_that_is_not_finite_is_no_model() {
        let parameters = Parameters {
            teams: 2,
            own_grounds: false,
            shapes: 0,
        };
        let count = parameters.count();
        let model = |estimate: f64, variance: f64| {
            let covariance = DMatrix::identity(count, count) * variance;
            StrengthsModel::of_covariance(
                Law::Poisson,
                parameters,
                vec![estimate; count],
                covariance,
            )
        };
        assert!(model(0.1, 0.2).is_some() && model(0.1, -0.2).is_some());
        for wrong in [f64::NAN, f64::INFINITY] {
            assert!(model(wrong, 0.2).is_none() && model(0.1, wrong).is_none());
        }
    }
}
