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
/// How far apart points are where nothing is known of the spread, as logarithms.
const FAR: f64 = 0.25;
/// How far apart points are whose parabola is trusted: its lowest point is wrong by a thousandth.
const NEAR: f64 = 0.05;
const MOST_ROUNDS: usize = 10;
/// Peaks on the way are found to this share of a standard deviation, squared.
const ENOUGH: f64 = 1e-8;

/// The spread that the matches and the belief about it make most likely, and the peak there, nearly.
/// The search starts at the spread of an `earlier` fit where there is one.
pub(super) fn most_likely(
    posterior: &Posterior,
    earlier: Option<f64>,
    start: Vec<f64>,
) -> Result<(f64, Vec<f64>), Error> {
    let mut from = start;
    let mut last: Option<(f64, Peak)> = None;
    let mut objective = |log_spread: f64| -> Result<f64, Error> {
        if let Some((earlier, peak)) = &last {
            from = peak.moved(posterior, libm::exp(*earlier), log_spread - earlier);
        }
        let peak = maximise(posterior, libm::exp(log_spread), from.clone(), ENOUGH)?;
        let value = -log_marginal(posterior, log_spread, &peak);
        last = Some((log_spread, peak));
        Ok(value)
    };
    let (log_spread, step) = match earlier {
        Some(spread) => (libm::log(spread), NEAR),
        None => (posterior.prior.log_spread.mean, FAR),
    };
    let found = minimise(log_spread.clamp(LOWEST, HIGHEST), step, &mut objective)?;
    let start = match &last {
        Some((earlier, peak)) => peak.moved(posterior, libm::exp(*earlier), found - earlier),
        None => from,
    };
    Ok((libm::exp(found), start))
}

fn log_marginal(posterior: &Posterior, log_spread: f64, peak: &Peak) -> f64 {
    let factor = peak.precision.l_dirty();
    let half_log_determinant: f64 = (0..factor.nrows()).map(|i| libm::log(factor[(i, i)])).sum();
    let belief = posterior.prior.log_spread;
    let surprise = (log_spread - belief.mean) / belief.deviation;
    let held = posterior.held() as f64;
    -peak.value - half_log_determinant - held * log_spread - 0.5 * surprise * surprise
}

/// A point and the objective there.
type Point = (f64, f64);

/// Finds a minimum from `start`: brackets it by steps that double, goes to the lowest point of the
/// parabola through the bracket, and brackets again from there until the bracket is narrow.
fn minimise(
    start: f64,
    step: f64,
    objective: &mut impl FnMut(f64) -> Result<f64, Error>,
) -> Result<f64, Error> {
    let (mut lowest, mut step) = (start, step);
    for _ in 0..MOST_ROUNDS {
        let [back, best, ahead] = bracket(lowest, step, objective)?;
        if best.0 == ahead.0 {
            return Ok(best.0);
        }
        lowest = vertex(back, best, ahead);
        if (ahead.0 - back.0).abs() < 3.5 * NEAR {
            break;
        }
        step = NEAR;
    }
    Ok(lowest)
}

/// Three points in a row, the middle one the lowest; the last two are one where that is the border.
fn bracket(
    start: f64,
    step: f64,
    objective: &mut impl FnMut(f64) -> Result<f64, Error>,
) -> Result<[Point; 3], Error> {
    let mut point = |x: f64| -> Result<Point, Error> { Ok((x, objective(x)?)) };
    let mut step = if start + step > HIGHEST { -step } else { step };
    let (mut back, mut best) = (point(start)?, point(start + step)?);
    if back.1 < best.1 {
        (back, best, step) = (best, back, -step);
    }
    loop {
        let next = (best.0 + step).clamp(LOWEST, HIGHEST);
        if next == best.0 {
            return Ok([back, best, best]);
        }
        let next = point(next)?;
        if next.1 >= best.1 {
            return Ok([back, best, next]);
        }
        (back, best, step) = (best, next, 2.0 * step);
    }
}

/// Where the parabola through three points is level.
fn vertex(a: Point, b: Point, c: Point) -> f64 {
    let (left, right) = ((b.0 - a.0) * (b.1 - c.1), (b.0 - c.0) * (b.1 - a.1));
    let bend = left - right;
    if bend == 0.0 {
        return b.0;
    }
    b.0 - 0.5 * ((b.0 - a.0) * left - (b.0 - c.0) * right) / bend
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_finds_a_minimum_inside_and_at_the_border() {
        for start in [-3.9, -1.35, 0.7] {
            for target in [-3.0, -1.2, 0.3] {
                let found = minimise(start, FAR, &mut |x| Ok(libm::cosh(x - target))).unwrap();
                assert!((found - target).abs() < 1e-3, "{found}");
            }
            let found = minimise(start, FAR, &mut |x| Ok(x)).unwrap();
            assert!((found - LOWEST).abs() < 1e-5, "{found}");
        }
    }
}
