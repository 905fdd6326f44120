//! A plain Elo forecaster [Hvattum & Arntzen 2010].
//!
//! A team gains `20 × (score − expected score)` points a match, where a win scores 1, a draw ½, and
//! the expected score is `1 / (1 + 10^(−difference / 400))`; everybody starts at 0. The outcome is an
//! ordered logit of the difference before the match:
//!
//! P(home win) = σ(slope × difference + advantage − threshold)
//! P(away win) = σ(−slope × difference − advantage − threshold)
//!
//! The advantage is left out on neutral ground. Slope, advantage and threshold are fitted by maximum
//! likelihood to all matches before the date, each with the ratings before it.

use jiff::civil::Date;
use nalgebra::{Matrix3, Vector3};

use super::past::played;
use super::{Forecast, Forecaster, Past, Upcoming};
use crate::error::Error;
use crate::fixture::{Outcome, Venue};
use crate::model::Pairing;

/// Points at stake in a match.
const STAKE: f64 = 20.0;
/// The difference at which the odds of the expected score are ten to one.
const SCALE: f64 = 400.0;

/// Elo ratings with an ordered logit for the outcome.
#[derive(Clone, Debug)]
pub struct Elo {
    /// `[team]`: the rating.
    ratings: Vec<f64>,
    /// Every match seen, as the logit sees it.
    seen: Vec<(Level, Outcome)>,
    /// Before this date everything has been seen.
    until: Date,
    logit: OrderedLogit,
}

impl Default for Elo {
    fn default() -> Self {
        Self {
            ratings: Vec::new(),
            seen: Vec::new(),
            until: Date::MIN,
            logit: OrderedLogit(Vector3::new(1.0, 0.3, 0.6)),
        }
    }
}

impl Elo {
    fn level(&self, pairing: Pairing) -> Level {
        Level {
            difference: (self.ratings[pairing.home.index()] - self.ratings[pairing.away.index()])
                / SCALE,
            advantage: match pairing.venue {
                Venue::Home => 1.0,
                Venue::Neutral => 0.0,
                Venue::Away => -1.0,
            },
        }
    }

    fn learn(&mut self, past: &Past<'_>) {
        self.ratings.resize(past.teams(), 0.0);
        for (played, goals) in played(past.since(self.until)) {
            let pairing = Pairing {
                home: played.home,
                away: played.away,
                venue: played.venue,
            };
            let level = self.level(pairing);
            let outcome = goals.outcome();
            let score = match outcome {
                Outcome::HomeWin => 1.0,
                Outcome::Draw => 0.5,
                Outcome::AwayWin => 0.0,
            };
            let expected = 1.0 / (1.0 + libm::exp10(-level.difference));
            let gain = STAKE * (score - expected);
            self.ratings[pairing.home.index()] += gain;
            self.ratings[pairing.away.index()] -= gain;
            self.seen.push((level, outcome));
        }
        self.until = past.date();
        self.logit.fit(&self.seen);
    }
}

impl Forecaster for Elo {
    fn name(&self) -> String {
        "elo-outcomes".into()
    }

    fn forecast(
        &mut self,
        past: &Past<'_>,
        fixtures: &[Upcoming],
    ) -> Result<Vec<Option<Forecast>>, Error> {
        self.learn(past);
        let forecast = |fixture: &Upcoming| Some(self.logit.forecast(self.level(fixture.pairing)));
        Ok(fixtures.iter().map(forecast).collect())
    }
}

/// Who is better, before a match.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// Rating of home less that of away, in units of [`SCALE`].
    difference: f64,
    /// 1 where home is at home, 0 on neutral ground, −1 where away is.
    advantage: f64,
}

/// Slope, advantage and threshold.
#[derive(Clone, Copy, Debug)]
struct OrderedLogit(Vector3<f64>);

const MOST_STEPS: usize = 30;
/// The draw keeps some room, and with it the likelihood its logarithm.
const LEAST_THRESHOLD: f64 = 0.01;
/// A match's worth of belief in where the fit starts, so that few matches do not lead it astray.
const BELIEF: f64 = 1.0;

impl OrderedLogit {
    fn forecast(&self, level: Level) -> Forecast {
        let [home, away] = self.logits(level).map(sigmoid);
        [home, 1.0 - home - away, away]
    }

    /// Log odds of a home win, and of an away win.
    fn logits(
        &self,
        Level {
            difference,
            advantage,
        }: Level,
    ) -> [f64; 2] {
        let ahead = self.0[0] * difference + self.0[1] * advantage;
        [ahead - self.0[2], -ahead - self.0[2]]
    }

    /// Newton's method from where it stands; the likelihood is concave [Pratt 1981].
    fn fit(&mut self, seen: &[(Level, Outcome)]) {
        let start = Self(Vector3::new(1.0, 0.3, 0.6));
        for _ in 0..MOST_STEPS {
            let mut gradient = (start.0 - self.0) * BELIEF;
            let mut curvature = Matrix3::identity() * BELIEF;
            for &(level, outcome) in seen {
                let ahead = Vector3::new(level.difference, level.advantage, 0.0);
                let threshold = Vector3::new(0.0, 0.0, 1.0);
                let rows = [ahead - threshold, -ahead - threshold];
                let [home, away] = self.logits(level).map(sigmoid);
                let (dh, da) = (home * (1.0 - home), away * (1.0 - away));
                match outcome {
                    Outcome::HomeWin => {
                        gradient += rows[0] * (1.0 - home);
                        curvature += rows[0] * rows[0].transpose() * dh;
                    }
                    Outcome::AwayWin => {
                        gradient += rows[1] * (1.0 - away);
                        curvature += rows[1] * rows[1].transpose() * da;
                    }
                    Outcome::Draw => {
                        let draw = 1.0 - home - away;
                        let slope = (rows[0] * dh + rows[1] * da) / draw;
                        let bends = [
                            (rows[0], dh * (1.0 - 2.0 * home)),
                            (rows[1], da * (1.0 - 2.0 * away)),
                        ];
                        gradient -= slope;
                        curvature += slope * slope.transpose();
                        for (row, bend) in bends {
                            curvature += row * row.transpose() * (bend / draw);
                        }
                    }
                }
            }
            let Some(step) = curvature.cholesky().map(|factor| factor.solve(&gradient)) else {
                break;
            };
            self.0 += step * (1.0 / step.amax().max(1.0));
            self.0[2] = self.0[2].max(LEAST_THRESHOLD);
            if step.amax() < 1e-9 {
                break;
            }
        }
    }
}

fn sigmoid(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds))
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    #[test]
    fn the_logit_finds_what_outcomes_were_drawn_with() {
        let truth = OrderedLogit(Vector3::new(1.6, 0.4, 0.65));
        let mut generator = ChaCha8Rng::seed_from_u64(3);
        let mut uniform = || f64::from(generator.next_u32()) / 4_294_967_296.0;
        let mut outcome = |level| {
            let [home, draw, _] = truth.forecast(level);
            match uniform() {
                drawn if drawn < home => Outcome::HomeWin,
                drawn if drawn < home + draw => Outcome::Draw,
                _ => Outcome::AwayWin,
            }
        };
        let seen: Vec<_> = (0..40_000)
            .map(|number| {
                let level = Level {
                    difference: f64::from(number % 101 - 50) / 50.0,
                    advantage: f64::from(number % 3 - 1),
                };
                (level, outcome(level))
            })
            .collect();
        let mut found = Elo::default().logit;
        found.fit(&seen);
        // Standard errors are about 0.02, 0.014 and 0.01; four of them.
        for (index, bound) in [0.08, 0.055, 0.04].into_iter().enumerate() {
            assert!((found.0[index] - truth.0[index]).abs() < bound, "{found:?}");
        }
    }

    #[test]
    fn nothing_seen_still_gives_probabilities() {
        let mut logit = Elo::default().logit;
        logit.fit(&[]);
        for difference in [-9.0, 0.0, 9.0] {
            let level = Level {
                difference,
                advantage: 1.0,
            };
            let forecast = logit.forecast(level);
            assert!(forecast.iter().all(|p| *p > 0.0), "{forecast:?}");
        }
    }
}
