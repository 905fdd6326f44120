//! What a fit says, in numbers people can read: centred on the average team.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use super::{Fit, Method};
use crate::model::{GoalModel, Law, Parameters};
use crate::team::TeamId;

/// A number and its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Its posterior standard deviation.
    pub standard_error: f64,
}

/// The strength of one team, on the log scale, against the average team of the edition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TeamStrength {
    /// The team.
    pub team: TeamId,
    /// Matches it was fitted to.
    pub played: usize,
    /// +0.1 scores about 10 % more.
    pub attack: Estimate,
    /// +0.1 concedes about 10 % fewer.
    pub defence: Estimate,
    /// Attack and defence together.
    pub overall: Estimate,
    /// Added to its log rate at home; `None` where that is the same for all.
    pub home_advantage: Option<Estimate>,
}

/// How much goals vary about their fitted rates, against what Poisson goals would.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Dispersion {
    /// Pearson's statistic over its expectation: 1 if Poisson, more if more varied.
    pub ratio: f64,
    /// Probability of a ratio at least as far from 1 under Poisson goals, by the normal law.
    pub p_value: f64,
}

/// A parameter that shapes the law.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ShapeEstimate {
    /// What it is called.
    pub name: &'static str,
    /// Its value, with the standard error to first order.
    #[serde(flatten)]
    pub estimate: Estimate,
}

/// What a fit says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Matches of the edition it learnt from.
    pub matches: usize,
    /// Matches of earlier seasons and other competitions beside.
    pub past: usize,
    /// Log of the goals the average side scores against another on neutral ground.
    pub base: Estimate,
    /// Added to the home side's log rate.
    pub home_advantage: Estimate,
    /// Prior attack and defence per standard deviation of the covariate; `None` without one.
    pub slopes: Option<[Estimate; 2]>,
    /// Standard deviation of attacks, and of defences, around their prior mean; `None` without a prior.
    pub spread: Option<f64>,
    /// What shapes the law beside the rates.
    pub shape: Vec<ShapeEstimate>,
    /// Goals the average side is expected to score against another on neutral ground, and at home.
    pub expected_goals: [f64; 2],
    /// The log likelihood of the matches at the estimate; where strengths walk, of every match as it was
    /// foretold.
    pub log_likelihood: f64,
    /// `None` without matches, where they count differently, for ratings, and for laws that are not Poisson.
    pub dispersion: Option<Dispersion>,
    /// Strongest first.
    pub teams: Vec<TeamStrength>,
}

impl Fit {
    /// Centred strengths with their errors, strongest first.
    pub fn summary(&self) -> Summary {
        let parameters = self.model.parameters();
        let estimate = |terms: &dyn Fn(&mut [f64])| {
            let mut weights = vec![0.0; parameters.count()];
            terms(&mut weights);
            let (value, standard_error) = self.model.contrast(&weights);
            Estimate {
                value,
                standard_error,
            }
        };
        let count = self.beforehand.covariate.len();
        let share = 1.0 / count as f64;
        let ids = || (0..count).map(|team| TeamId(team as u16));
        let average =
            |weights: &mut [f64], strength: &dyn Fn(TeamId) -> (usize, f64), weight: f64| {
                for team in ids() {
                    let (index, own) = strength(team);
                    weights[index] += weight * own * share;
                }
            };
        let attack = |team| self.model.attack(team);
        let defence = |team| self.model.defence(team);
        let one = |weights: &mut [f64], (index, own): (usize, f64)| weights[index] += own;
        let played = |team| {
            let plays =
                |pairing: crate::model::Pairing| pairing.home == team || pairing.away == team;
            self.matches
                .iter()
                .filter(|played| plays(played.pairing))
                .count()
        };
        let mut teams: Vec<TeamStrength> = ids()
            .map(|team| TeamStrength {
                team,
                played: played(team),
                attack: estimate(&|weights| {
                    one(weights, attack(team));
                    average(weights, &attack, -1.0);
                }),
                defence: estimate(&|weights| {
                    one(weights, defence(team));
                    average(weights, &defence, -1.0);
                }),
                overall: estimate(&|weights| {
                    one(weights, attack(team));
                    one(weights, defence(team));
                    average(weights, &attack, -1.0);
                    average(weights, &defence, -1.0);
                }),
                home_advantage: parameters.own_ground(team).map(|own_ground| {
                    estimate(&|weights| {
                        weights[Parameters::HOME_ADVANTAGE] = 1.0;
                        weights[own_ground] = 1.0;
                    })
                }),
            })
            .collect();
        teams.sort_by(|a, b| b.overall.value.total_cmp(&a.overall.value));
        let is_own = self
            .method
            .still()
            .is_none_or(|settings| settings.elo.is_none());
        let single = |index: usize| estimate(&|weights| weights[index] = 1.0);
        let with_covariate = self.beforehand.covariate.iter().any(|&value| value != 0.0);
        let base = estimate(&|weights| {
            weights[Parameters::BASE] = 1.0;
            average(weights, &attack, 1.0);
            average(weights, &defence, -1.0);
        });
        let home_advantage = single(Parameters::HOME_ADVANTAGE);
        let density = self.model.density(self.model.estimate());
        let expected_goals = [0.0, home_advantage.value].map(|advantage| {
            let grid = density.grid([base.value + advantage, base.value], 0.0);
            grid.expected_goals()[0]
        });
        let shapes = self.model.law().shapes().iter().enumerate();
        let shape = shapes.map(|(position, shape)| ShapeEstimate {
            name: shape.name,
            estimate: single(parameters.first_shape() + position).through(shape.value),
        });
        let shape = shape.collect();
        Summary {
            matches: self.matches.len(),
            past: self.past,
            base,
            home_advantage,
            slopes: (with_covariate && is_own).then(|| {
                [
                    single(Parameters::ATTACK_SLOPE),
                    single(Parameters::DEFENCE_SLOPE),
                ]
            }),
            spread: match &self.method {
                Method::Still(settings) => settings.prior.filter(|_| is_own).map(|_| self.spread),
                Method::Walking(_) => None,
            },
            shape,
            expected_goals,
            log_likelihood: self.log_likelihood,
            dispersion: self.dispersion(),
            teams,
        }
    }

    /// Pearson's statistic, with the parameters spent counted by the trace of the hat matrix.
    fn dispersion(&self) -> Option<Dispersion> {
        let settings = self.method.still()?;
        let plain = self.past == 0
            && settings.half_life.is_none()
            && settings.elo.is_none()
            && self.matches.iter().all(|played| played.weight == 1.0);
        if !plain || self.model.law() != Law::Poisson {
            return None;
        }
        let (mut statistic, mut degrees, mut variance) = (0.0, 0.0, 0.0);
        for played in &self.matches {
            let log_rates = self.model.log_rates(played.pairing);
            for (log_rate, goals) in log_rates.iter().zip(played.goals) {
                let rate = played.share * libm::exp(log_rate.at(self.model.estimate()));
                statistic += (goals - rate) * (goals - rate) / rate;
                degrees += 1.0 - rate * self.model.covariance_of(log_rate, log_rate);
                // The variance of a squared Pearson residual of a Poisson count.
                variance += 2.0 + 1.0 / rate;
            }
        }
        let law = Normal::new(0.0, 1.0).ok().filter(|_| degrees > 0.0)?;
        let score = (statistic - degrees) / f64::sqrt(variance);
        Some(Dispersion {
            ratio: statistic / degrees,
            // Four decimals, so that no machine's last digits show.
            p_value: (2e4 * law.sf(score.abs())).round() / 1e4,
        })
    }
}

impl Estimate {
    /// The estimate of a function of the number, by its slope.
    fn through(self, value: fn(f64) -> f64) -> Self {
        const STEP: f64 = 1e-4;
        let slope = (value(self.value + STEP) - value(self.value - STEP)) / (2.0 * STEP);
        Self {
            value: value(self.value),
            standard_error: self.standard_error * slope.abs(),
        }
    }
}
