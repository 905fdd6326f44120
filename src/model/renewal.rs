//! How many events a Weibull renewal process has had [McShane, Adrian, Bradlow & Fader 2008].
//!
//! Waiting times have the survival e^(−λtᶜ); N is how many have passed at t = 1. The power series of
//! the paper is Pₙ = Σ (−1)ʲ⁺ⁿ λʲ αⱼⁿ / Γ(cj + 1), whose terms cancel: at a rate of 12 and c = 0.8 no
//! digit is left. Here the process is renewed at its first event instead, which adds nothing but
//! positive numbers. With w = sᶜ for the time s of that event,
//!
//! P₀(λ) = e^−λ, Pₙ(λ) = λ ∫ Pₙ₋₁(λ (1 − w^1/c)ᶜ) e^−λw dw, w from 0 to 1.
//!
//! Pₙ is an entire function of λ and smooth in log c, so all of it is tabulated once as Chebyshev
//! polynomials in both, and derivatives are those of the polynomials [Trefethen 2013].

use std::sync::OnceLock;

use super::GRID_SIDE;

/// Rates the table holds: from 0 to this.
pub(super) const HIGHEST_RATE: f64 = super::poisson::HIGHEST_RATE;
/// Logarithms of c that the table holds: up to this, either way.
pub(super) const LARGEST_LOG_SHAPE: f64 = 0.35;

/// Polynomials in the rate.
const RATES: usize = 48;
/// Polynomials in log c.
const SHAPES: usize = 26;

/// Chebyshev coefficients in the rate of P(N ≤ n), `[n][degree]`.
pub(super) type Coefficients = [[f64; RATES]; GRID_SIDE];

/// Coefficients of P(N ≤ n) at a c, or of a derivative of it by log c.
pub(super) fn coefficients(log_shape: f64, derivative: usize) -> Box<Coefficients> {
    static TABLE: OnceLock<Vec<Coefficients>> = OnceLock::new();
    let table = TABLE.get_or_init(tabulate);
    let polynomials = chebyshev::<SHAPES>(log_shape / LARGEST_LOG_SHAPE)[derivative];
    let scale = 1.0 / LARGEST_LOG_SHAPE.powi(derivative as i32);
    let mut sum = Box::new([[0.0; RATES]; GRID_SIDE]);
    for (part, polynomial) in table.iter().zip(polynomials) {
        for (row, part) in sum.iter_mut().zip(part) {
            for (cell, part) in row.iter_mut().zip(part) {
                *cell += scale * polynomial * part;
            }
        }
    }
    sum
}

/// Chebyshev polynomials of a rate with their first and second derivatives by it.
pub(super) fn of_rate(rate: f64) -> [[f64; RATES]; 3] {
    let scale = 2.0 / HIGHEST_RATE;
    let mut polynomials = chebyshev::<RATES>(scale * rate - 1.0);
    polynomials[1].iter_mut().for_each(|value| *value *= scale);
    polynomials[2]
        .iter_mut()
        .for_each(|value| *value *= scale * scale);
    polynomials
}

/// The sum of polynomials by coefficients.
pub(super) fn sum(coefficients: &[f64; RATES], polynomials: &[f64; RATES]) -> f64 {
    coefficients
        .iter()
        .zip(polynomials)
        .map(|(a, b)| a * b)
        .sum()
}

/// Chebyshev polynomials at x with their first and second derivatives.
fn chebyshev<const N: usize>(x: f64) -> [[f64; N]; 3] {
    let mut all = [[0.0; N]; 3];
    all[0][0] = 1.0;
    all[0][1] = x;
    all[1][1] = 1.0;
    for k in 2..N {
        all[0][k] = 2.0 * x * all[0][k - 1] - all[0][k - 2];
        all[1][k] = 2.0 * all[0][k - 1] + 2.0 * x * all[1][k - 1] - all[1][k - 2];
        all[2][k] = 4.0 * all[1][k - 1] + 2.0 * x * all[2][k - 1] - all[2][k - 2];
    }
    all
}

/// Where Chebyshev polynomials are interpolated: the roots of the next one.
fn roots<const N: usize>() -> [f64; N] {
    std::array::from_fn(|i| libm::cos(std::f64::consts::PI * (i as f64 + 0.5) / N as f64))
}

/// Coefficients of the polynomial through values at the [`roots`].
fn interpolate<const N: usize>(values: &[f64; N]) -> [f64; N] {
    let mut coefficients = [0.0; N];
    for (value, root) in values.iter().zip(roots::<N>()) {
        for (k, polynomial) in chebyshev::<N>(root)[0].iter().enumerate() {
            let share = if k == 0 { 1.0 } else { 2.0 };
            coefficients[k] += share / N as f64 * value * polynomial;
        }
    }
    coefficients
}

/// `[degree in log c][n][degree in the rate]`.
fn tabulate() -> Vec<Coefficients> {
    let at_roots = roots::<SHAPES>().map(|root| at_shape(libm::exp(LARGEST_LOG_SHAPE * root)));
    let mut table = vec![[[0.0; RATES]; GRID_SIDE]; SHAPES];
    for n in 0..GRID_SIDE {
        for degree in 0..RATES {
            let values: [f64; SHAPES] = std::array::from_fn(|root| at_roots[root][n][degree]);
            for (part, coefficient) in table.iter_mut().zip(interpolate(&values)) {
                part[n][degree] = coefficient;
            }
        }
    }
    table
}

/// The coefficients at one c, by renewal.
fn at_shape(shape: f64) -> Box<Coefficients> {
    let rates = roots::<RATES>().map(|root| 0.5 * HIGHEST_RATE * (1.0 + root));
    // `[rate][degree]`: what the integral makes of every polynomial.
    let mut renewed = vec![[0.0; RATES]; RATES];
    for (w, rest, weight) in quadrature() {
        // 1 − w^(1/c), without a difference of numbers that are nearly the same.
        let log_w = if w < 0.5 {
            libm::log(w)
        } else {
            libm::log1p(-rest)
        };
        let left = libm::pow(-libm::expm1(log_w / shape), shape);
        for (row, rate) in renewed.iter_mut().zip(rates) {
            let factor = weight * rate * libm::exp(-rate * w);
            let polynomials = chebyshev::<RATES>(2.0 * rate * left / HIGHEST_RATE - 1.0)[0];
            for (cell, polynomial) in row.iter_mut().zip(polynomials) {
                *cell += factor * polynomial;
            }
        }
    }
    let mut part = interpolate(&rates.map(|rate| libm::exp(-rate)));
    let mut cumulative = Box::new([[0.0; RATES]; GRID_SIDE]);
    let mut total = [0.0; RATES];
    for row in cumulative.iter_mut() {
        for (total, part) in total.iter_mut().zip(part) {
            *total += part;
        }
        *row = total;
        let values: [f64; RATES] = std::array::from_fn(|rate| sum(&renewed[rate], &part));
        part = interpolate(&values);
    }
    cumulative
}

/// Double-exponential rule for 0 to 1 [Takahasi & Mori 1974]: w, 1 − w and the weight. It does not
/// mind that the integrand has no derivative at the ends.
fn quadrature() -> impl Iterator<Item = (f64, f64, f64)> {
    const STEPS: i32 = 40;
    const STEP: f64 = 0.08;
    (-STEPS..=STEPS).map(|step| {
        let t = STEP * f64::from(step);
        let bend = std::f64::consts::PI * libm::sinh(t);
        let w = 1.0 / (1.0 + libm::exp(-bend));
        let rest = 1.0 / (1.0 + libm::exp(bend));
        (
            w,
            rest,
            STEP * std::f64::consts::PI * libm::cosh(t) * w * rest,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cumulative(rate: f64, log_shape: f64) -> [f64; GRID_SIDE] {
        let polynomials = of_rate(rate);
        coefficients(log_shape, 0).map(|row| sum(&row, &polynomials[0]))
    }

    #[test]
    fn exponential_waiting_times_give_poisson_counts() {
        for rate in [0.01, 1.4, 5.0, 12.0] {
            let (mut share, mut total) = (libm::exp(-rate), 0.0);
            for (n, stated) in cumulative(rate, 0.0).into_iter().enumerate() {
                total += share;
                share *= rate / (n + 1) as f64;
                assert!(
                    (stated - total).abs() < 1e-10,
                    "{rate} {n}: {stated} and {total}"
                );
            }
        }
    }

    /// The series of the paper, where its terms do not cancel.
    #[test]
    fn small_rates_have_the_series_of_the_paper() {
        const TERMS: usize = 60;
        for log_shape in [-0.34, -0.1, 0.2, 0.34] {
            let shape = libm::exp(log_shape);
            let gamma = |j: usize| libm::lgamma(shape * j as f64 + 1.0);
            let factorial = |j: usize| libm::lgamma(j as f64 + 1.0);
            let first = |j: usize| libm::exp(gamma(j) - factorial(j));
            for rate in [0.3, 1.5] {
                let mut total = 0.0;
                let mut alpha: Vec<f64> = (0..TERMS).map(first).collect();
                for (n, stated) in cumulative(rate, log_shape).into_iter().enumerate().take(6) {
                    let term = |j: usize| {
                        let sign = if (j + n).is_multiple_of(2) { 1.0 } else { -1.0 };
                        sign * alpha[j] * libm::exp(j as f64 * libm::log(rate) - gamma(j))
                    };
                    total += (n..TERMS).map(term).sum::<f64>();
                    assert!(
                        (stated - total).abs() < 1e-9,
                        "{shape} {rate} {n}: {stated} {total}"
                    );
                    let next = |j: usize| (n..j).map(|m| alpha[m] * first(j - m)).sum();
                    alpha = (0..TERMS).map(next).collect();
                }
            }
        }
    }
}
