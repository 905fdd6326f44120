//! The posterior of a Poisson goals model: value, gradient and curvature.

use nalgebra::{DMatrix, DVector};

use super::prior::{Belief, Prior};
use crate::fixture::Scoreline;
use crate::model::{Pairing, Parameters};
use crate::team::TeamId;

/// A match that tells of strength: goals on the pitch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayedMatch {
    /// Who met where.
    pub pairing: Pairing,
    /// The score.
    pub goals: Scoreline,
    /// How much of 90 minutes was played, above 0 and up to 1.
    pub share: f64,
}

/// Everything the parameters are judged by.
#[derive(Clone, Copy)]
pub(super) struct Posterior<'a> {
    pub(super) matches: &'a [PlayedMatch],
    /// `[team]`
    pub(super) covariate: &'a [f64],
    pub(super) prior: &'a Prior,
}

/// The negative log posterior at a point, up to a constant.
pub(super) struct Curve {
    pub(super) value: f64,
    pub(super) gradient: DVector<f64>,
    pub(super) hessian: DMatrix<f64>,
}

/// Log rates beyond this are not worth telling apart, and their exponential stays finite.
const LARGEST_LOG_RATE: f64 = 50.0;

impl Posterior<'_> {
    pub(super) fn parameters(&self) -> Parameters {
        Parameters {
            teams: self.covariate.len(),
        }
    }

    /// Where the prior peaks.
    pub(super) fn start(&self) -> Vec<f64> {
        let Prior {
            base,
            home_advantage,
            slope,
            ..
        } = self.prior;
        let parameters = self.parameters();
        let mut start = vec![0.0; parameters.count()];
        start[Parameters::BASE] = base.mean;
        start[Parameters::HOME_ADVANTAGE] = home_advantage.mean;
        start[Parameters::ATTACK_SLOPE] = slope.mean;
        start[Parameters::DEFENCE_SLOPE] = slope.mean;
        for (team, covariate) in self.team_covariates() {
            start[parameters.attack(team)] = slope.mean * covariate;
            start[parameters.defence(team)] = slope.mean * covariate;
        }
        start
    }

    /// Value, gradient and Hessian of the negative log posterior, given the spread.
    pub(super) fn curve(&self, at: &[f64], spread: f64) -> Curve {
        let count = at.len();
        let mut curve = Curve {
            value: 0.0,
            gradient: DVector::zeros(count),
            hessian: DMatrix::zeros(count, count),
        };
        for (terms, rate, goals) in self.rates(at) {
            curve.value += rate - goals * libm::log(rate);
            for (i, sign_i) in terms.clone() {
                curve.gradient[i] += sign_i * (rate - goals);
                for (j, sign_j) in terms.clone() {
                    curve.hessian[(i, j)] += sign_i * sign_j * rate;
                }
            }
        }
        self.add_prior(at, spread, &mut curve);
        curve
    }

    /// For every side of every match: the parameters of its log rate, its rate and its goals.
    pub(super) fn rates<'b>(
        &'b self,
        at: &'b [f64],
    ) -> impl Iterator<Item = (impl Iterator<Item = (usize, f64)> + Clone, f64, f64)> + 'b {
        let parameters = self.parameters();
        self.matches.iter().flat_map(move |played| {
            let [home, away] = parameters.log_rates(played.pairing);
            let goals = played.goals;
            let log_share = libm::log(played.share);
            [(home, goals.home), (away, goals.away)].map(move |(log_rate, goals)| {
                let log = log_rate.at(at) + log_share;
                let log = log.clamp(-LARGEST_LOG_RATE, LARGEST_LOG_RATE);
                (log_rate.terms(), libm::exp(log), f64::from(goals))
            })
        })
    }

    fn team_covariates(&self) -> impl Iterator<Item = (TeamId, f64)> + '_ {
        self.covariate
            .iter()
            .enumerate()
            .map(|(team, &value)| (TeamId(team as u16), value))
    }

    fn add_prior(&self, at: &[f64], spread: f64, curve: &mut Curve) {
        let Prior {
            base,
            home_advantage,
            slope,
            ..
        } = *self.prior;
        let shared = [
            (Parameters::BASE, base),
            (Parameters::HOME_ADVANTAGE, home_advantage),
            (Parameters::ATTACK_SLOPE, slope),
            (Parameters::DEFENCE_SLOPE, slope),
        ];
        for (index, Belief { mean, deviation }) in shared {
            let precision = 1.0 / (deviation * deviation);
            let distance = at[index] - mean;
            curve.value += 0.5 * precision * distance * distance;
            curve.gradient[index] += precision * distance;
            curve.hessian[(index, index)] += precision;
        }
        let precision = 1.0 / (spread * spread);
        let parameters = self.parameters();
        for (team, covariate) in self.team_covariates() {
            let pairs = [
                (parameters.attack(team), Parameters::ATTACK_SLOPE),
                (parameters.defence(team), Parameters::DEFENCE_SLOPE),
            ];
            for (strength, slope) in pairs {
                let distance = at[strength] - at[slope] * covariate;
                curve.value += 0.5 * precision * distance * distance;
                curve.gradient[strength] += precision * distance;
                curve.gradient[slope] -= precision * distance * covariate;
                curve.hessian[(strength, strength)] += precision;
                curve.hessian[(slope, slope)] += precision * covariate * covariate;
                curve.hessian[(strength, slope)] -= precision * covariate;
                curve.hessian[(slope, strength)] -= precision * covariate;
            }
        }
    }
}
