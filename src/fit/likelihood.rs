//! The posterior of a model of strengths: value, gradient and curvature.

use nalgebra::{DMatrix, DVector};

use super::Settings;
use super::played::{self, Meeting, PlayedMatch};
use super::prior::{Beforehand, Prior};
use crate::error::Error;
use crate::model::{Belief, Elo, Expansion, Law, Parameters, Terms};
use crate::team::TeamId;

/// Everything the parameters are judged by.
pub(super) struct Posterior {
    pub(super) law: Law,
    pub(super) parameters: Parameters,
    pub(super) prior: Prior,
    /// `[team]`: ratings after the last match; empty where teams have strengths of their own.
    pub(super) ratings: Vec<f64>,
    meetings: Vec<Meeting>,
    /// Sums of parameters, and what is believed of them.
    beliefs: Vec<(Terms, Belief)>,
    /// Sums of parameters whose deviation from a mean is the spread.
    held: Vec<(Terms, f64)>,
    start: Vec<f64>,
}

/// The negative log posterior at a point, up to a constant.
pub(super) struct Curve {
    pub(super) value: f64,
    pub(super) gradient: DVector<f64>,
    /// The lower triangle.
    pub(super) hessian: DMatrix<f64>,
}

impl Posterior {
    pub(super) fn new(
        matches: &[PlayedMatch],
        beforehand: &Beforehand,
        settings: &Settings,
    ) -> Result<Self, Error> {
        let law = settings.law;
        let parameters = Parameters {
            teams: match settings.elo {
                None => beforehand.covariate.len(),
                Some(_) => 0,
            },
            own_grounds: settings.own_grounds.is_some() && settings.elo.is_none(),
            shapes: law.shapes().len(),
        };
        let weights = played::weights(matches, settings)?;
        let mut prior = settings.prior.unwrap_or(Prior::FLAT);
        let mut ratings = Vec::new();
        let meetings = match &settings.elo {
            None => played::meetings(matches, &weights, law, parameters)?,
            Some(elo) => {
                prior.slope = Elo::SLOPE;
                ratings = elo.start(&beforehand.covariate);
                played::rated(matches, &weights, law, parameters, elo, &mut ratings)?
            }
        };
        let mut posterior = Self {
            law,
            parameters,
            prior,
            ratings,
            meetings,
            beliefs: Vec::new(),
            held: Vec::new(),
            start: vec![0.0; parameters.count()],
        };
        posterior.believe(beforehand, settings);
        Ok(posterior)
    }

    /// Where the prior peaks.
    pub(super) fn start(&self) -> Vec<f64> {
        self.start.clone()
    }

    /// How many strengths the spread is the deviation of.
    pub(super) fn held(&self) -> usize {
        self.held.len()
    }

    fn believe(&mut self, beforehand: &Beforehand, settings: &Settings) {
        let (parameters, prior) = (self.parameters, self.prior);
        self.believe_in(Parameters::BASE, prior.base);
        self.believe_in(Parameters::HOME_ADVANTAGE, prior.home_advantage);
        self.believe_in(Parameters::ATTACK_SLOPE, prior.slope);
        self.believe_in(Parameters::DEFENCE_SLOPE, prior.slope);
        let teams = beforehand.covariate.iter().take(parameters.teams);
        for (position, &covariate) in teams.enumerate() {
            let team = TeamId(position as u16);
            let offset = beforehand.offsets.get(position).copied();
            let [attack, defence] = offset.unwrap_or_default();
            let strengths = [
                (parameters.attack(team), Parameters::ATTACK_SLOPE, attack),
                (parameters.defence(team), Parameters::DEFENCE_SLOPE, defence),
            ];
            for (strength, slope, offset) in strengths {
                let mut terms = Terms::default();
                terms.add(slope, -covariate);
                terms.add(strength, 1.0);
                self.held.push((terms, offset));
                self.start[strength] = prior.slope.mean * covariate + offset;
            }
            if let Some((index, deviation)) = parameters.own_ground(team).zip(settings.own_grounds)
            {
                let mean = 0.0;
                self.believe_in(index, Belief { mean, deviation });
            }
        }
        for (position, shape) in self.law.shapes().iter().enumerate() {
            let belief = match settings.prior {
                Some(_) => shape.belief,
                None => Belief {
                    mean: shape.belief.mean,
                    deviation: Prior::FLAT.base.deviation,
                },
            };
            self.believe_in(parameters.first_shape() + position, belief);
        }
    }

    fn believe_in(&mut self, index: usize, belief: Belief) {
        let mut terms = Terms::default();
        terms.add(index, 1.0);
        self.beliefs.push((terms, belief));
        self.start[index] = belief.mean;
    }

    /// Value, gradient and Hessian of the negative log posterior, given the spread.
    pub(super) fn curve(&self, at: &[f64], spread: f64) -> Curve {
        let count = at.len();
        let mut curve = Curve {
            value: 0.0,
            gradient: DVector::zeros(count),
            hessian: DMatrix::zeros(count, count),
        };
        let first_shape = self.parameters.first_shape();
        let density = self.law.shaped(&at[first_shape..]);
        let mut axes = [Terms::default(); 5];
        for (shape, axis) in axes[2..]
            .iter_mut()
            .take(self.parameters.shapes)
            .enumerate()
        {
            axis.add(first_shape + shape, 1.0);
        }
        let axes_used = 2 + self.parameters.shapes;
        for meeting in &self.meetings {
            axes[..2].copy_from_slice(&meeting.log_rates);
            let log_rates = [0, 1].map(|side| axes[side].at(at));
            let expansion = density.log_density(log_rates, meeting.log_share, &meeting.told);
            curve.subtract(&expansion, &axes[..axes_used]);
        }
        self.add_prior(at, spread, &mut curve);
        curve
    }

    /// The log likelihood of the weighted matches, without any prior.
    pub(super) fn log_likelihood(&self, at: &[f64]) -> f64 {
        let density = self.law.shaped(&at[self.parameters.first_shape()..]);
        let of = |meeting: &Meeting| {
            let log_rates = meeting.log_rates.map(|rate| rate.at(at));
            density
                .log_density(log_rates, meeting.log_share, &meeting.told)
                .value
        };
        self.meetings.iter().map(of).sum()
    }

    /// How the gradient changes with the logarithm of the spread.
    pub(super) fn gradient_by_log_spread(&self, at: &[f64], spread: f64) -> DVector<f64> {
        let precision = 1.0 / (spread * spread);
        let mut change = DVector::zeros(at.len());
        for (terms, mean) in &self.held {
            let pull = -2.0 * precision * (terms.at(at) - mean);
            for &(index, weight) in terms.terms() {
                change[index] += weight * pull;
            }
        }
        change
    }

    fn add_prior(&self, at: &[f64], spread: f64, curve: &mut Curve) {
        let believed = self
            .beliefs
            .iter()
            .map(|(terms, Belief { mean, deviation })| (terms, *mean, *deviation));
        let held = self.held.iter().map(|(terms, mean)| (terms, *mean, spread));
        for (terms, mean, deviation) in believed.chain(held) {
            let precision = 1.0 / (deviation * deviation);
            let distance = terms.at(at) - mean;
            let mut expansion = Expansion {
                value: -0.5 * precision * distance * distance,
                ..Expansion::default()
            };
            expansion.gradient[0] = -precision * distance;
            expansion.hessian[0][0] = -precision;
            curve.subtract(&expansion, std::slice::from_ref(terms));
        }
    }
}

impl Curve {
    /// Subtracts a log density that depends on some sums of parameters.
    fn subtract(&mut self, expansion: &Expansion, axes: &[Terms]) {
        self.value -= expansion.value;
        let rows = self.gradient.len();
        let gradient = self.gradient.as_mut_slice();
        let hessian = self.hessian.as_mut_slice();
        for (a, axis) in axes.iter().enumerate() {
            let (slope, curvature) = (expansion.gradient[a], expansion.hessian[a][a]);
            // Terms stand in the order of the parameters, so these pairs are below the diagonal.
            for (place, &(i, weight)) in axis.terms().iter().enumerate() {
                gradient[i] -= weight * slope;
                for &(j, other) in &axis.terms()[..=place] {
                    hessian[j * rows + i] -= curvature * weight * other;
                }
            }
            for (b, other) in axes[..a].iter().enumerate() {
                let curvature = expansion.hessian[a][b];
                if curvature == 0.0 {
                    continue;
                }
                for &(i, weight) in axis.terms() {
                    for &(j, other) in other.terms() {
                        let twice = if i == j { 2.0 } else { 1.0 };
                        hessian[i.min(j) * rows + i.max(j)] -= twice * curvature * weight * other;
                    }
                }
            }
        }
    }
}
