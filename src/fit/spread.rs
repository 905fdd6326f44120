//! The spread of strengths, by marginal likelihood.
//!
//! With the strengths integrated out by Laplace's method, the log density of the goals given the
//! spread s is, up to a constant, log posterior at its peak − ½ log |H| − 2 · teams · log s
//! [Tierney & Kadane 1986]. A belief about log s is added and the sum maximised over log s.

use super::likelihood::Posterior;
use super::newton::{Peak, maximise};
use crate::error::Error;

/// Spreads are sought between these logarithms: 0.02 and 2.
const LOWEST: f64 = -3.9;
const HIGHEST: f64 = 0.7;
/// How close to the peak the search comes, in log spread.
const TOLERANCE: f64 = 1e-7;
const MOST_STEPS: usize = 60;

/// The spread that the matches and the belief about it make most likely.
pub(super) fn most_likely(posterior: &Posterior<'_>) -> Result<f64, Error> {
    let mut start = posterior.start();
    let mut objective = |log_spread: f64| -> Result<f64, Error> {
        let peak = maximise(posterior, libm::exp(log_spread), start.clone())?;
        let value = -log_marginal(posterior, log_spread, &peak);
        // The next spread is near, so its peak is near this one.
        start = peak.at;
        Ok(value)
    };
    minimise(&mut objective).map(libm::exp)
}

fn log_marginal(posterior: &Posterior<'_>, log_spread: f64, peak: &Peak) -> f64 {
    let factor = peak.precision.l_dirty();
    let half_log_determinant: f64 = (0..factor.nrows()).map(|i| libm::log(factor[(i, i)])).sum();
    let teams = posterior.covariate.len() as f64;
    let belief = posterior.prior.log_spread;
    let surprise = (log_spread - belief.mean) / belief.deviation;
    -peak.value - half_log_determinant - 2.0 * teams * log_spread - 0.5 * surprise * surprise
}

/// Brent's method: golden sections, and parabolas where they help [Brent 1973, chapter 5].
fn minimise(objective: &mut impl FnMut(f64) -> Result<f64, Error>) -> Result<f64, Error> {
    let golden = 0.5 * (3.0 - 5.0_f64.sqrt());
    let (mut low, mut high) = (LOWEST, HIGHEST);
    let mut best = low + golden * (high - low);
    let (mut second, mut third) = (best, best);
    let mut at_best = objective(best)?;
    let (mut at_second, mut at_third) = (at_best, at_best);
    let (mut step, mut last_step) = (0.0_f64, 0.0_f64);
    for _ in 0..MOST_STEPS {
        let middle = 0.5 * (low + high);
        if (best - middle).abs() <= 2.0 * TOLERANCE - 0.5 * (high - low) {
            break;
        }
        let r = (best - second) * (at_best - at_third);
        let q = (best - third) * (at_best - at_second);
        let p = (best - third) * q - (best - second) * r;
        let q = 2.0 * (q - r);
        let parabola = if q != 0.0 { -p / q } else { f64::INFINITY };
        let inside = low < best + parabola && best + parabola < high;
        if inside && parabola.abs() < 0.5 * last_step.abs() {
            (step, last_step) = (parabola, step);
        } else {
            last_step = if best < middle {
                high - best
            } else {
                low - best
            };
            step = golden * last_step;
        }
        let step_taken = if step.abs() >= TOLERANCE {
            step
        } else {
            TOLERANCE.copysign(step)
        };
        let next = best + step_taken;
        let at_next = objective(next)?;
        if at_next <= at_best {
            if next < best {
                high = best
            } else {
                low = best
            }
            (third, at_third) = (second, at_second);
            (second, at_second) = (best, at_best);
            (best, at_best) = (next, at_next);
        } else {
            if next < best {
                low = next
            } else {
                high = next
            }
            if at_next <= at_second || second == best {
                (third, at_third) = (second, at_second);
                (second, at_second) = (next, at_next);
            } else if at_next <= at_third || third == best || third == second {
                (third, at_third) = (next, at_next);
            }
        }
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_finds_a_minimum_inside_and_at_the_border() {
        for target in [-3.0, -1.2, 0.3] {
            let found = minimise(&mut |x| Ok(libm::cosh(x - target))).unwrap();
            assert!((found - target).abs() < 1e-6, "{found}");
        }
        let found = minimise(&mut |x| Ok(x)).unwrap();
        assert!((found - LOWEST).abs() < 1e-5, "{found}");
    }
}
