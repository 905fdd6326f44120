//! Newton's method on a convex curve, with step halving.

use nalgebra::{Cholesky, DVector, Dyn};

use super::likelihood::Posterior;
use crate::error::Error;

const MOST_STEPS: usize = 100;
const MOST_HALVINGS: usize = 40;
/// The largest element of the gradient at which a point counts as the peak.
const FLAT: f64 = 1e-9;

/// The peak of a posterior and its curvature there.
pub(super) struct Peak {
    pub(super) at: Vec<f64>,
    /// The negative log posterior.
    pub(super) value: f64,
    pub(super) precision: Cholesky<f64, Dyn>,
}

/// Finds the peak of the posterior for a given spread, from `start`.
///
/// The negative log posterior is strictly convex: every Poisson log likelihood is concave in its log
/// rate and every prior is normal, so there is one peak and the Hessian is positive definite.
pub(super) fn maximise(
    posterior: &Posterior<'_>,
    spread: f64,
    start: Vec<f64>,
) -> Result<Peak, Error> {
    let mut at = DVector::from_vec(start);
    let mut curve = posterior.curve(at.as_slice(), spread);
    for steps in 0..MOST_STEPS {
        let gradient = curve.gradient.amax();
        let diverged = Error::FitDiverged { steps, gradient };
        let Some(precision) = Cholesky::new(curve.hessian) else {
            return Err(diverged);
        };
        let step = precision.solve(&curve.gradient);
        let decrease = curve.gradient.dot(&step);
        if gradient < FLAT || decrease < f64::EPSILON * f64::EPSILON {
            let at = at.as_slice().to_vec();
            return Ok(Peak {
                at,
                value: curve.value,
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
