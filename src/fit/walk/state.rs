//! A normal belief about many numbers at once, and how an observation of a sum of them changes it.

/// Which numbers an observation adds up, with which weights.
pub(super) type Weights = [(usize, f64)];

/// The mean and the covariance of what is believed.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    mean: Vec<f64>,
    /// `[row * numbers + column]`, symmetric.
    covariance: Vec<f64>,
    /// The covariance of every number with the sum last asked for.
    with_sum: Vec<f64>,
}

/// Newton's method on one concave curve settles within a few steps; this many are never needed.
const MOST_STEPS: usize = 50;
const LONGEST_STEP: f64 = 1.0;
const TOLERANCE: f64 = 1e-10;

impl State {
    /// Adds so many numbers, known to be zero, and says where they start.
    pub(super) fn grow(&mut self, by: usize) -> usize {
        let (before, after) = (self.numbers(), self.numbers() + by);
        let mut covariance = vec![0.0; after * after];
        for number in 0..before {
            let row = &self.covariance[number * before..(number + 1) * before];
            covariance[number * after..number * after + before].copy_from_slice(row);
        }
        self.covariance = covariance;
        self.mean.resize(after, 0.0);
        self.with_sum.resize(after, 0.0);
        before
    }

    pub(super) fn numbers(&self) -> usize {
        self.mean.len()
    }

    pub(super) fn mean(&self, number: usize) -> f64 {
        self.mean[number]
    }

    pub(super) fn set_mean(&mut self, number: usize, mean: f64) {
        self.mean[number] = mean;
    }

    pub(super) fn covariance(&self, a: usize, b: usize) -> f64 {
        self.covariance[a * self.numbers() + b]
    }

    /// Adds noise to one number, or to two of them at once.
    pub(super) fn add_covariance(&mut self, a: usize, b: usize, variance: f64) {
        let numbers = self.numbers();
        self.covariance[a * numbers + b] += variance;
        if a != b {
            self.covariance[b * numbers + a] += variance;
        }
    }

    /// Moves a number towards a point, keeping a share of the distance.
    pub(super) fn shrink(&mut self, number: usize, towards: f64, kept: f64) {
        self.mean[number] = towards + kept * (self.mean[number] - towards);
        let numbers = self.numbers();
        for other in 0..numbers {
            self.covariance[number * numbers + other] *= kept;
            self.covariance[other * numbers + number] *= kept;
        }
    }

    /// Forgets a number, and believes it to be the average of others. Without others it is zero.
    pub(super) fn set_to_average(&mut self, number: usize, others: &[usize]) {
        let numbers = self.numbers();
        let share = 1.0 / others.len().max(1) as f64;
        let mut average = vec![0.0; numbers];
        for &other in others {
            for (sum, covariance) in average.iter_mut().zip(&self.covariance[other * numbers..]) {
                *sum += share * covariance;
            }
        }
        let variance: f64 = others.iter().map(|&other| share * average[other]).sum();
        average[number] = variance;
        self.mean[number] = others.iter().map(|&other| share * self.mean[other]).sum();
        for (other, covariance) in average.into_iter().enumerate() {
            self.covariance[number * numbers + other] = covariance;
            self.covariance[other * numbers + number] = covariance;
        }
    }

    /// Mean and variance of a sum.
    pub(super) fn sum(&self, weights: &Weights) -> (f64, f64) {
        let mean = weights
            .iter()
            .map(|&(n, weight)| weight * self.mean[n])
            .sum();
        (mean, self.covariance_of(weights, weights))
    }

    /// Covariance of two sums.
    pub(super) fn covariance_of(&self, a: &Weights, b: &Weights) -> f64 {
        let with = |&(n, weight): &(usize, f64)| {
            let terms = b.iter();
            weight
                * terms
                    .map(|&(m, other)| other * self.covariance(n, m))
                    .sum::<f64>()
        };
        a.iter().map(with).sum()
    }

    /// Learns the value of a sum, measured with a normal error.
    pub(super) fn observe_value(&mut self, weights: &Weights, value: f64, error: f64) {
        let (mean, variance) = self.look_along(weights);
        let left = variance * error / (variance + error);
        self.settle(
            variance,
            (value - mean) * variance / (variance + error),
            left,
        );
    }

    /// Learns a count over a share of a match, whose logarithm of the rate is a sum, by Laplace's method
    /// along that sum: the quasi-likelihood of a count that varies `dispersion` times as much as a Poisson
    /// count.
    pub(super) fn observe_count(
        &mut self,
        weights: &Weights,
        count: f64,
        share: f64,
        dispersion: f64,
    ) {
        let (mean, variance) = self.look_along(weights);
        if variance <= 0.0 {
            return;
        }
        let mut at = mean;
        for _ in 0..MOST_STEPS {
            let rate = share * libm::exp(at);
            let slope = (count - rate) / dispersion - (at - mean) / variance;
            let step = slope / (rate / dispersion + 1.0 / variance);
            let step = step.clamp(-LONGEST_STEP, LONGEST_STEP);
            at += step;
            if step.abs() < TOLERANCE {
                break;
            }
        }
        let left = 1.0 / (1.0 / variance + share * libm::exp(at) / dispersion);
        self.settle(variance, at - mean, left);
    }

    /// Mean and variance of a sum, keeping how every number varies with it.
    fn look_along(&mut self, weights: &Weights) -> (f64, f64) {
        let numbers = self.numbers();
        self.with_sum.fill(0.0);
        for &(number, weight) in weights {
            let row = &self.covariance[number * numbers..(number + 1) * numbers];
            for (sum, covariance) in self.with_sum.iter_mut().zip(row) {
                *sum += weight * covariance;
            }
        }
        let mean = weights
            .iter()
            .map(|&(n, weight)| weight * self.mean[n])
            .sum();
        let variance = weights
            .iter()
            .map(|&(n, weight)| weight * self.with_sum[n])
            .sum();
        (mean, variance)
    }

    /// The sum looked along turned out to be `moved` from its mean, with the variance `left`.
    fn settle(&mut self, variance: f64, moved: f64, left: f64) {
        if variance <= 0.0 {
            return;
        }
        let numbers = self.numbers();
        let gain = moved / variance;
        let known = (1.0 - left / variance) / variance;
        for number in 0..numbers {
            let with_sum = self.with_sum[number];
            if with_sum == 0.0 {
                continue;
            }
            self.mean[number] += gain * with_sum;
            let row = &mut self.covariance[number * numbers..(number + 1) * numbers];
            for (covariance, other) in row.iter_mut().zip(&self.with_sum) {
                *covariance -= known * with_sum * other;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn independent(variances: &[f64]) -> State {
        let mut state = State::default();
        state.grow(variances.len());
        for (number, &variance) in variances.iter().enumerate() {
            state.add_covariance(number, number, variance);
        }
        state
    }

    #[test]
    fn a_measured_sum_is_learnt_as_regression_says() {
        let mut state = independent(&[2.0, 1.0, 5.0]);
        state.observe_value(&[(0, 1.0), (1, -1.0)], 4.0, 1.0);
        // Variance of the sum 3, of the error 1: three quarters of the 4 are believed, two to one.
        let expected = [2.0, -1.0, 0.0];
        for (number, expected) in expected.into_iter().enumerate() {
            assert!((state.mean(number) - expected).abs() < 1e-12);
        }
        assert!((state.covariance(0, 0) - (2.0 - 4.0 / 4.0)).abs() < 1e-12);
        assert!((state.covariance(0, 1) - 2.0 / 4.0).abs() < 1e-12);
        assert!((state.covariance(2, 2) - 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_count_is_learnt_as_the_peak_of_its_posterior() {
        let mut state = independent(&[0.3]);
        state.observe_count(&[(0, 1.0)], 3.0, 0.5, 1.0);
        let at = state.mean(0);
        assert!((3.0 - 0.5 * libm::exp(at) - at / 0.3).abs() < 1e-8);
        let expected = 1.0 / (1.0 / 0.3 + 0.5 * libm::exp(at));
        assert!((state.covariance(0, 0) - expected).abs() < 1e-10);
    }

    #[test]
    fn absurd_counts_stay_finite() {
        for count in [0.0, 1e3, 1e9] {
            let mut state = independent(&[1e6, 1e-12]);
            state.observe_count(&[(0, 1.0), (1, 1.0)], count, 1.0, 1.0);
            assert!(
                state.mean(0).is_finite() && state.covariance(0, 0) >= 0.0,
                "{count}"
            );
        }
    }

    #[test]
    fn a_newcomer_counts_as_the_average() {
        let mut state = independent(&[2.0, 4.0, 7.0]);
        state.set_mean(0, 1.0);
        state.set_mean(1, 3.0);
        state.set_to_average(2, &[0, 1]);
        assert_eq!(state.mean(2), 2.0);
        assert_eq!(state.covariance(2, 2), 1.5);
        assert_eq!(state.covariance(2, 0), 1.0);
        assert_eq!(state.covariance(1, 2), 2.0);
    }
}
