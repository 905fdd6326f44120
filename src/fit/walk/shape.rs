//! The shape of the law of goals around rates that were foretold.

use nalgebra::{DMatrix, DVector};

use crate::error::Error;
use crate::model::{Density, Law, Told};

/// What the matches so far tell of the shape, and its estimate.
#[derive(Clone, Debug)]
pub(super) struct ShapeOfGoals {
    law: Law,
    /// The log rates that were foretold, the logarithm of the share played, and the goals.
    foretold: Vec<Foretold>,
    /// On the scales without bounds.
    estimate: Vec<f64>,
    /// The variance of each.
    variance: Vec<f64>,
    /// How many matches it rests on.
    estimated: usize,
}

#[derive(Clone, Debug)]
struct Foretold {
    log_rates: [f64; 2],
    log_share: f64,
    told: Told,
}

/// A new estimate is worth its time once the matches have grown by this share.
const GROWTH: f64 = 0.05;
const MOST_STEPS: usize = 30;
const LONGEST_STEP: f64 = 0.5;
const SETTLED: f64 = 1e-8;

impl ShapeOfGoals {
    pub(super) fn new(law: Law) -> Self {
        let beliefs = law.shapes().iter().map(|shape| shape.belief);
        Self {
            law,
            foretold: Vec::new(),
            estimate: beliefs.clone().map(|belief| belief.mean).collect(),
            variance: beliefs
                .map(|belief| belief.deviation * belief.deviation)
                .collect(),
            estimated: 0,
        }
    }

    pub(super) fn law(&self) -> Law {
        self.law
    }

    pub(super) fn estimate(&self) -> &[f64] {
        &self.estimate
    }

    pub(super) fn variance(&self) -> &[f64] {
        &self.variance
    }

    pub(super) fn density(&self) -> Box<dyn Density> {
        self.law.shaped(&self.estimate)
    }

    /// Learns the goals of a match whose rates were foretold, and says how probable they were, as a
    /// logarithm; the estimate follows now and then.
    ///
    /// # Errors
    /// [`Error::FractionOfGoals`].
    pub(super) fn learn(
        &mut self,
        log_rates: [f64; 2],
        share: f64,
        goals: [f64; 2],
    ) -> Result<f64, Error> {
        let mut told = Told::default();
        told.add(goals, 1.0, self.law)?;
        let log_share = libm::log(share);
        let probability = self
            .density()
            .log_density(log_rates, log_share, &told)
            .value;
        if !self.law.shapes().is_empty() {
            self.foretold.push(Foretold {
                log_rates,
                log_share,
                told,
            });
            let grown = self.foretold.len() as f64;
            if grown >= (1.0 + GROWTH) * self.estimated as f64 + 20.0 {
                self.maximise();
                self.estimated = self.foretold.len();
            }
        }
        Ok(probability)
    }

    /// Newton's method on the log posterior of the shape alone, a step at most so long.
    fn maximise(&mut self) {
        let shapes = self.law.shapes();
        let count = shapes.len();
        for _ in 0..MOST_STEPS {
            let density = self.density();
            let mut gradient = DVector::<f64>::zeros(count);
            let mut curvature = DMatrix::<f64>::zeros(count, count);
            for (index, shape) in shapes.iter().enumerate() {
                let precision = 1.0 / (shape.belief.deviation * shape.belief.deviation);
                gradient[index] -= precision * (self.estimate[index] - shape.belief.mean);
                curvature[(index, index)] += precision;
            }
            for foretold in &self.foretold {
                let Foretold {
                    log_rates,
                    log_share,
                    told,
                } = foretold;
                let there = density.log_density(*log_rates, *log_share, told);
                for row in 0..count {
                    gradient[row] += there.gradient[2 + row];
                    for column in 0..count {
                        let (low, high) = (row.min(column), row.max(column));
                        curvature[(row, column)] -= there.hessian[2 + high][2 + low];
                    }
                }
            }
            let Some(factor) = curvature.clone().cholesky() else {
                return;
            };
            let step = factor.solve(&gradient);
            let covariance = factor.inverse();
            for index in 0..count {
                self.estimate[index] += step[index].clamp(-LONGEST_STEP, LONGEST_STEP);
                self.variance[index] = covariance[(index, index)];
            }
            if step.amax() < SETTLED {
                return;
            }
        }
    }
}
