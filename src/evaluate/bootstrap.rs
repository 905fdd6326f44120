//! How sure a mean of scores is.
//!
//! Matches of one week are kept together, whatever their league: what a model does not know on a
//! weekend it does not know of any match of it. Whole weeks are drawn with replacement and the mean
//! taken over their matches [Efron & Tibshirani 1993, chapters 13 and 8.6].

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

/// The share of intervals that hold the truth.
pub const LEVEL: f64 = 0.95;

/// A mean and where it would be expected, had other weeks been played.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The mean.
    pub value: f64,
    /// The lower end, at [`LEVEL`].
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether zero is outside.
    pub fn is_clear_of_zero(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// How weeks are drawn anew. The same seed draws the same weeks, so models are compared in pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Resampling {
    /// The key of ChaCha8.
    pub seed: u64,
    /// How often all weeks are drawn.
    pub resamples: usize,
}

impl Default for Resampling {
    fn default() -> Self {
        Self {
            seed: 1,
            resamples: 10_000,
        }
    }
}

/// The mean of `values` and its percentile interval. `weeks` holds one number a value, those of a week
/// being equal.
pub fn interval(values: &[f64], weeks: &[i32], resampling: Resampling) -> Interval {
    let totals = totals(values, weeks);
    let mean = |(sum, count): (f64, f64)| sum / count;
    let add = |a: (f64, f64), b: (f64, f64)| (a.0 + b.0, a.1 + b.1);
    let value = mean(totals.iter().copied().fold((0.0, 0.0), add));
    let mut generator = generator(resampling.seed);
    let mut means: Vec<f64> = (0..resampling.resamples)
        .map(|_| {
            let drawn = (0..totals.len()).map(|_| totals[below(&mut generator, totals.len())]);
            mean(drawn.fold((0.0, 0.0), add))
        })
        .collect();
    means.sort_by(f64::total_cmp);
    let tail = (1.0 - LEVEL) / 2.0;
    let quantile = |share: f64| {
        let last = means.len().saturating_sub(1);
        means.get((share * last as f64).round() as usize).copied()
    };
    Interval {
        value,
        low: quantile(tail).unwrap_or(value),
        high: quantile(1.0 - tail).unwrap_or(value),
    }
}

/// Sum and count of every week.
fn totals(values: &[f64], weeks: &[i32]) -> Vec<(f64, f64)> {
    let mut totals = std::collections::BTreeMap::new();
    for (value, week) in values.iter().zip(weeks) {
        let total = totals.entry(week).or_insert((0.0, 0.0));
        *total = (total.0 + value, total.1 + 1.0);
    }
    totals.into_values().collect()
}

fn generator(seed: u64) -> ChaCha8Rng {
    // Written out, so that no library's way of stretching a seed can change the words.
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    ChaCha8Rng::from_seed(key)
}

/// A number below `bound`; the bias is less than `bound` in 2³².
fn below(generator: &mut ChaCha8Rng, bound: usize) -> usize {
    ((u64::from(generator.next_u32()) * bound as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weeks of `each` values that share half of their variance, around zero.
    fn sample(generator: &mut ChaCha8Rng, weeks: i32, each: usize) -> (Vec<f64>, Vec<i32>) {
        let mut uniform = || f64::from(generator.next_u32()) / 4_294_967_296.0 - 0.5;
        let (mut values, mut numbers) = (Vec::new(), Vec::new());
        for week in 0..weeks {
            let shared = uniform();
            for _ in 0..each {
                values.push(shared + uniform());
                numbers.push(week);
            }
        }
        (values, numbers)
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        const SAMPLES: usize = 600;
        let mut generator = generator(5);
        let resampling = Resampling {
            seed: 1,
            resamples: 400,
        };
        let holds = |(values, weeks): (Vec<f64>, Vec<i32>)| {
            let Interval { low, high, .. } = interval(&values, &weeks, resampling);
            low <= 0.0 && 0.0 <= high
        };
        let held = (0..SAMPLES)
            .filter(|_| holds(sample(&mut generator, 60, 10)))
            .count();
        let covered = held as f64 / SAMPLES as f64;
        // Sixty weeks give some 94 % (Student's t against the normal law); 3.9 standard errors of the
        // share around it: a false alarm in 10,000. Values drawn one by one would cover about 60 %.
        assert!(
            (covered - 0.94).abs() < 3.9 * f64::sqrt(0.94 * 0.06 / SAMPLES as f64),
            "{covered}"
        );
    }

    #[test]
    fn a_constant_has_no_doubt_about_it() {
        let Interval { value, low, high } = interval(
            &[0.25; 40],
            &(0..40).collect::<Vec<_>>(),
            Resampling::default(),
        );
        assert_eq!((value, low, high), (0.25, 0.25, 0.25));
    }

    #[test]
    fn the_order_of_matches_within_weeks_does_not_matter() {
        let values = [0.5, 0.25, 0.125, 0.75];
        let resampling = Resampling::default();
        let forth = interval(&values, &[1, 1, 2, 2], resampling);
        let back = interval(&[0.75, 0.125, 0.25, 0.5], &[2, 2, 1, 1], resampling);
        assert_eq!(forth, back);
    }
}
