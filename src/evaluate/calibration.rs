//! Whether what is given 30 % happens in 30 of 100 cases.

use nalgebra::{Matrix2, Vector2};
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::bootstrap::{Interval, LEVEL};

/// A probability that was stated, and whether it happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// The probability.
    pub probability: f64,
    /// Whether it happened.
    pub happened: bool,
    /// Claims of one cluster, a week or a season, may depend on one another.
    pub cluster: i32,
}

/// What claims are worth: `log odds of it happening = intercept + slope × log odds claimed`
/// [Cox 1958]. A slope of 1 is right, below it claims are too bold, above it too timid.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Recalibration {
    /// The log odds that happened where even odds were claimed; 0 is right.
    pub intercept: f64,
    /// The slope.
    pub slope: Interval,
}

/// Claims of about the same probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// The least probability in it.
    pub from: f64,
    /// What is no longer in it; the last bin holds 1.
    pub to: f64,
    /// How many claims.
    pub claims: usize,
    /// The mean of the claims.
    pub claimed: f64,
    /// The share that happened.
    pub happened: f64,
    /// The standard error of that share, were the claims right and independent.
    pub standard_error: f64,
}

/// How many bins the probabilities are put in, of equal width.
const BINS: usize = 10;

/// Claims by their probability; bins that hold none are left out.
pub fn bins(claims: &[Claim]) -> Vec<Bin> {
    let mut bins: Vec<Vec<&Claim>> = vec![Vec::new(); BINS];
    for claim in claims {
        let bin = (claim.probability * BINS as f64) as usize;
        bins[bin.min(BINS - 1)].push(claim);
    }
    let filled = bins.iter().enumerate().filter(|(_, bin)| !bin.is_empty());
    let bin = |(number, claims): (usize, &Vec<&Claim>)| {
        let count = claims.len() as f64;
        let sum =
            |value: &dyn Fn(&Claim) -> f64| claims.iter().map(|claim| value(claim)).sum::<f64>();
        Bin {
            from: number as f64 / BINS as f64,
            to: (number + 1) as f64 / BINS as f64,
            claims: claims.len(),
            claimed: sum(&|claim| claim.probability) / count,
            happened: sum(&|claim| f64::from(claim.happened)) / count,
            standard_error: sum(&|claim| claim.probability * (1.0 - claim.probability)).sqrt()
                / count,
        }
    };
    filled.map(bin).collect()
}

/// Claims nearer to 0 or 1 count as this, so that their log odds are finite.
const CLOSEST: f64 = 1e-6;
const MOST_STEPS: usize = 50;

/// Fits the recalibration by maximum likelihood. The interval of the slope takes claims of one cluster
/// as one observation (sandwich estimate, Student's t with one degree of freedom less than clusters)
/// [Liang & Zeger 1986]. `None` where the claims do not tell: all alike, all or none happened, or what
/// happened is told by the claims without error.
pub fn recalibration(claims: &[Claim]) -> Option<Recalibration> {
    let log_odds = |claim: &Claim| {
        let probability = claim.probability.clamp(CLOSEST, 1.0 - CLOSEST);
        libm::log(probability / (1.0 - probability))
    };
    let rows: Vec<(Vector2<f64>, f64, i32)> = claims
        .iter()
        .map(|claim| {
            let row = Vector2::new(1.0, log_odds(claim));
            (row, f64::from(claim.happened), claim.cluster)
        })
        .collect();
    let expected = |at: Vector2<f64>, row: Vector2<f64>| 1.0 / (1.0 + libm::exp(-at.dot(&row)));
    let mut at = Vector2::new(0.0, 1.0);
    for _ in 0..MOST_STEPS {
        let (mut gradient, mut curvature) = (Vector2::zeros(), Matrix2::zeros());
        for &(row, happened, _) in &rows {
            let expected = expected(at, row);
            gradient += row * (happened - expected);
            curvature += row * row.transpose() * (expected * (1.0 - expected));
        }
        let inverse = curvature.try_inverse()?;
        let step: Vector2<f64> = inverse * gradient;
        // A step of more than 1 is taken by halves, as the curve is far from a parabola there.
        at += step * (1.0 / step.amax().max(1.0));
        if step.amax() < 1e-10 {
            let spread = spread(&rows, |row| expected(at, row));
            let variance = (inverse * spread? * inverse)[(1, 1)];
            return Some(Recalibration {
                intercept: at[0],
                slope: around(at[1], variance.sqrt(), clusters(&rows)),
            });
        }
    }
    None
}

/// The sum over clusters of their squared scores.
fn spread(
    rows: &[(Vector2<f64>, f64, i32)],
    expected: impl Fn(Vector2<f64>) -> f64,
) -> Option<Matrix2<f64>> {
    let mut scores = std::collections::BTreeMap::new();
    for &(row, happened, cluster) in rows {
        *scores.entry(cluster).or_insert(Vector2::zeros()) += row * (happened - expected(row));
    }
    let count = scores.len() as f64;
    let sum: Matrix2<f64> = scores.values().map(|score| score * score.transpose()).sum();
    (scores.len() > 1).then(|| sum * (count / (count - 1.0)))
}

fn clusters(rows: &[(Vector2<f64>, f64, i32)]) -> usize {
    let clusters = rows.iter().map(|(_, _, cluster)| cluster);
    clusters.collect::<std::collections::BTreeSet<_>>().len()
}

fn around(value: f64, standard_error: f64, clusters: usize) -> Interval {
    let law =
        StudentsT::new(0.0, 1.0, (clusters - 1) as f64).expect("there are two clusters or more");
    let half = law.inverse_cdf((1.0 + LEVEL) / 2.0) * standard_error;
    Interval {
        value,
        low: value - half,
        high: value + half,
    }
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// Claims whose log odds are those of the truth, times `boldness`, plus `bias`.
    fn distorted(boldness: f64, bias: f64, seed: u64) -> Vec<Claim> {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        let mut uniform = || (f64::from(generator.next_u32()) + 0.5) / 4_294_967_296.0;
        let probability = |log_odds: f64| 1.0 / (1.0 + libm::exp(-log_odds));
        (0..20_000)
            .map(|number| {
                let log_odds = 4.0 * uniform() - 2.0;
                Claim {
                    probability: probability(boldness * log_odds + bias),
                    happened: uniform() < probability(log_odds),
                    cluster: number / 50,
                }
            })
            .collect()
    }

    #[test]
    fn the_slope_finds_out_how_bold_claims_are() {
        for (boldness, bias) in [(1.0, 0.0), (1.25, 0.0), (0.8, 0.3)] {
            let found = recalibration(&distorted(boldness, bias, 7)).unwrap();
            // log odds of the truth = (log odds claimed − bias) / boldness. The intervals are widened
            // to 4 standard errors: a false alarm in about 16,000 each.
            let Interval { value, low, high } = found.slope;
            let error = (high - low) / (2.0 * 1.966);
            assert!(
                (value - 1.0 / boldness).abs() < 4.0 * error,
                "{boldness}: {found:?}"
            );
            assert!(error < 0.03, "{error}");
            assert!(
                (found.intercept + bias / boldness).abs() < 4.0 * 0.02,
                "{found:?}"
            );
        }
    }

    #[test]
    fn intervals_of_slopes_hold_the_truth_as_often_as_they_say() {
        let holds = |seed: &u64| {
            let claims = &distorted(1.25, 0.0, *seed)[..2_000];
            let Interval { low, high, .. } = recalibration(claims).unwrap().slope;
            low <= 0.8 && 0.8 <= high
        };
        let held = (0..300).filter(holds).count() as f64 / 300.0;
        // Forty clusters, 95 % nominal; 3.9 standard errors either side: a false alarm in 10,000.
        assert!(
            (held - LEVEL).abs() < 3.9 * f64::sqrt(LEVEL * (1.0 - LEVEL) / 300.0),
            "{held}"
        );
    }

    #[test]
    fn claims_that_tell_nothing_have_no_slope() {
        let alike = |number| Claim {
            probability: 1.0 / 3.0,
            happened: number % 3 == 0,
            cluster: number,
        };
        assert_eq!(recalibration(&(0..60).map(alike).collect::<Vec<_>>()), None);
        let certain = |number| Claim {
            probability: f64::from(number) / 60.0,
            happened: number > 30,
            cluster: number,
        };
        assert_eq!(
            recalibration(&(0..60).map(certain).collect::<Vec<_>>()),
            None
        );
        assert_eq!(recalibration(&[]), None);
    }

    #[test]
    fn bins_hold_every_claim_once_with_its_mean_and_share() {
        let claim = |probability, happened| Claim {
            probability,
            happened,
            cluster: 0,
        };
        let bins = bins(&[
            claim(0.1, true),
            claim(0.15, false),
            claim(1.0, true),
            claim(0.0, false),
        ]);
        let shown: Vec<_> = bins
            .iter()
            .map(|bin| (bin.from, bin.claims, bin.claimed, bin.happened))
            .collect();
        assert_eq!(
            shown,
            [(0.0, 1, 0.0, 0.0), (0.1, 2, 0.125, 0.5), (0.9, 1, 1.0, 1.0)]
        );
    }
}
