//! Newton's method, damped where the curve is not convex, with step halving.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::likelihood::Posterior;
use crate::error::Error;

const MOST_STEPS: usize = 200;
const MOST_HALVINGS: usize = 40;
/// Damping starts here, as a share of the largest element of the diagonal, and grows tenfold.
const LEAST_DAMPING: f64 = 1e-6;
const MOST_DAMPINGS: usize = 20;

/// The peak of a posterior and its curvature there.
pub(super) struct Peak {
    pub(super) at: Vec<f64>,
    /// The negative log posterior.
    pub(super) value: f64,
    pub(super) precision: Cholesky<f64, Dyn>,
}

impl Peak {
    /// Where the peak of another spread is, to first order.
    pub(super) fn moved(&self, posterior: &Posterior, spread: f64, log_ratio: f64) -> Vec<f64> {
        let change = posterior.gradient_by_log_spread(&self.at, spread);
        let step = self.precision.solve(&change);
        self.at
            .iter()
            .zip(&step)
            .map(|(at, step)| at - step * log_ratio)
            .collect()
    }
}

/// Finds the peak of the posterior for a given spread, from `start`, to a distance of about
/// `√enough` standard deviations before the last step, which squares it.
pub(super) fn maximise(
    posterior: &Posterior,
    spread: f64,
    start: Vec<f64>,
    enough: f64,
) -> Result<Peak, Error> {
    let mut at = DVector::from_vec(start);
    let mut curve = posterior.curve(at.as_slice(), spread);
    for steps in 0..MOST_STEPS {
        let gradient = curve.gradient.amax();
        let diverged = Error::FitDiverged { steps, gradient };
        let Some((precision, damped)) = factorise(curve.hessian) else {
            return Err(diverged);
        };
        let step = precision.solve(&curve.gradient);
        let decrease = curve.gradient.dot(&step);
        if decrease <= enough && !damped {
            at -= &step;
            return Ok(Peak {
                at: at.as_slice().to_vec(),
                value: curve.value - 0.5 * decrease,
                precision,
            });
        }
        let mut length = 1.0;
        let mut next = None;
        for _ in 0..MOST_HALVINGS {
            let candidate = &at - &step * length;
            let there = posterior.curve(candidate.as_slice(), spread);
            // Near the peak rounding hides the decrease, and the full step is right.
            let rounding = 1e-12 * curve.value.abs();
            if there.value <= curve.value - 1e-4 * length * decrease + rounding {
                next = Some((candidate, there));
                break;
            }
            length /= 2.0;
        }
        let Some((candidate, there)) = next else {
            return Err(diverged);
        };
        (at, curve) = (candidate, there);
    }
    Err(Error::FitDiverged {
        steps: MOST_STEPS,
        gradient: curve.gradient.amax(),
    })
}

/// The Cholesky factor of a curvature, and whether its diagonal had to be raised to have one
/// [Levenberg 1944].
fn factorise(hessian: DMatrix<f64>) -> Option<(Cholesky<f64, Dyn>, bool)> {
    // Poisson goals are convex, so the copy is for the few laws that are not.
    if let Some(factor) = Cholesky::new(hessian.clone()) {
        return Some((factor, false));
    }
    let diagonal = hessian.diagonal();
    let mut damping = LEAST_DAMPING * diagonal.amax();
    for _ in 0..MOST_DAMPINGS {
        let mut raised = hessian.clone();
        for i in 0..raised.nrows() {
            raised[(i, i)] += damping;
        }
        if let Some(factor) = Cholesky::new(raised) {
            return Some((factor, true));
        }
        damping *= 10.0;
    }
    None
}
