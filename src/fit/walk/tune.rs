//! Which settings would have foretold the past best.

use rayon::prelude::*;

use super::{Evidence, Source, Walk, WalkSettings};
use crate::fit::Belief;
use crate::model::Law;

/// Matches of leagues that share no team with any other: they are walked through by themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Walked {
    /// Every match by date.
    pub evidence: Vec<Evidence>,
    /// How many of them, from the first, are learnt from without being foretold.
    pub burn_in: usize,
}

/// How far a setting is sought from where it starts, as a factor.
const WIDEST: f64 = 8.0;
/// Settings are believed to be within this factor of where they start, as a standard deviation.
const BELIEVED: f64 = 2.0;
/// How the steps shrink from round to round.
const STEPS: [f64; 3] = [2.0, 1.5, 1.2];

impl Walked {
    /// Sum over matches of the log probability of both sides' goals, each given all matches before: the
    /// prequential likelihood [Dawid 1984].
    pub fn log_likelihood(&self, settings: &WalkSettings) -> f64 {
        let mut walk = Walk::new(Law::Poisson, settings.clone());
        let mut before = 0.0;
        for (index, evidence) in self.evidence.iter().enumerate() {
            if index == self.burn_in {
                before = walk.log_likelihood();
            }
            walk.learn(evidence)
                .expect("the Poisson law takes any goals");
        }
        walk.log_likelihood() - before
    }
}

impl WalkSettings {
    /// The settings near these that foretell goals best, and the gain in log likelihood, what is believed
    /// of settings counted in.
    #[must_use]
    pub fn tuned(&self, walked: &[Walked]) -> (Self, f64) {
        let value = |settings: &Self| -> f64 {
            let likelihoods: Vec<f64> = walked
                .par_iter()
                .map(|walked| walked.log_likelihood(settings))
                .collect();
            likelihoods.iter().sum::<f64>() + settings.belief(self)
        };
        let start = value(self);
        let (mut best, mut most) = (self.clone(), start);
        for step in STEPS {
            for number in 0..self.numbers().len() {
                for factor in [step, 1.0 / step] {
                    loop {
                        let mut next = best.clone();
                        *next.numbers_mut()[number] *= factor;
                        next.together = next.together.min(MOST_TOGETHER);
                        next.kept = next.kept.min(1.0);
                        let log_factor = libm::log(next.numbers()[number] / self.numbers()[number]);
                        if next == best || log_factor.abs() > libm::log(WIDEST) {
                            break;
                        }
                        let found = value(&next);
                        if found <= most {
                            break;
                        }
                        (best, most) = (next, found);
                    }
                }
            }
        }
        (best, most - start)
    }

    fn belief(&self, start: &Self) -> f64 {
        let (numbers, starts) = (self.numbers(), start.numbers());
        let pairs = numbers.iter().zip(&starts);
        pairs
            .map(|(number, start)| {
                let distance = libm::log(number / start) / libm::log(BELIEVED);
                -0.5 * distance * distance
            })
            .sum()
    }

    /// Every number that is sought; none is zero.
    fn numbers_mut(&mut self) -> Vec<&mut f64> {
        let Self {
            spread,
            together,
            per_year,
            per_break,
            kept,
            newcomer: Belief { mean, deviation },
            shared_per_year,
            sources,
        } = self;
        let mut numbers = vec![
            spread,
            together,
            per_year,
            per_break,
            kept,
            mean,
            deviation,
            shared_per_year,
        ];
        for source in sources {
            match source {
                Source::Goals => {}
                Source::ShotsOnTarget {
                    loading,
                    dispersion,
                } => numbers.extend([loading, dispersion]),
                Source::Odds {
                    loading,
                    difference,
                    total,
                } => numbers.extend([loading, difference, total]),
            }
        }
        numbers
    }

    fn numbers(&self) -> Vec<f64> {
        let mut copy = self.clone();
        copy.numbers_mut()
            .into_iter()
            .map(|number| *number)
            .collect()
    }
}

/// Attack and defence that always move as one could not be told apart.
const MOST_TOGETHER: f64 = 0.98;
