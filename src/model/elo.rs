//! Elo ratings of teams from results [Elo 1978], as the World Football Elo Ratings have them: after a
//! match the winner takes k · G · (result − expectation) points from the loser, where the result is 1,
//! ½ or 0, the expectation 1 / (1 + 10^(−d / 400)) for a difference d that includes the points of the
//! home ground, and G is 1 for a margin of up to one goal, 1.5 for two, and (11 + margin) / 8 beyond.
//!
//! Ratings alone give no scores. They take the place of a team's own strengths:
//! attack = attack slope · rating, defence = defence slope · rating, with the rating in units of 400
//! points around 0, and both slopes fitted with base and home advantage to all matches, each at the
//! ratings before it.

use serde::{Deserialize, Serialize};

use super::Pairing;
use super::law::Belief;
use crate::fixture::Venue;

/// How ratings follow results.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elo {
    /// Most points a match by one goal moves, above 0.
    pub k: f64,
    /// What the home ground counts in the difference, in points.
    pub home: f64,
    /// Points a team starts with per standard deviation of its covariate.
    pub start: f64,
}

impl Default for Elo {
    /// `k` of club football and friendly matches, and a home ground as large as the strengths' own.
    fn default() -> Self {
        Self {
            k: 20.0,
            home: 65.0,
            start: 100.0,
        }
    }
}

/// Points of one unit of a rating: ten to one.
const UNIT: f64 = 400.0;

impl Elo {
    /// What is believed of both slopes, per unit of 400 points.
    pub(crate) const SLOPE: Belief = Belief {
        mean: 0.7,
        deviation: 0.4,
    };

    /// `[team]`: ratings before the first match, in units of 400 points.
    pub(crate) fn start(&self, covariate: &[f64]) -> Vec<f64> {
        let rating = |value: &f64| value * self.start / UNIT;
        covariate.iter().map(rating).collect()
    }

    /// Moves ratings by a result.
    pub(crate) fn update(&self, ratings: &mut [f64], pairing: Pairing, goals: [f64; 2]) {
        let Pairing { home, away, venue } = pairing;
        let ground = match venue {
            Venue::Home => self.home,
            Venue::Neutral => 0.0,
            Venue::Away => -self.home,
        };
        let difference = ratings[home.index()] - ratings[away.index()] + ground / UNIT;
        let expectation = 1.0 / (1.0 + libm::exp(-std::f64::consts::LN_10 * difference));
        let margin = goals[0] - goals[1];
        let result = match margin {
            margin if margin > 0.0 => 1.0,
            margin if margin < 0.0 => 0.0,
            _ => 0.5,
        };
        let grade = match margin.abs() {
            margin if margin < 2.0 => 1.0,
            margin if margin < 3.0 => 1.5,
            margin => (11.0 + margin) / 8.0,
        };
        let points = self.k / UNIT * grade * (result - expectation);
        ratings[home.index()] += points;
        ratings[away.index()] -= points;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::TeamId;

    #[test]
    fn an_underdog_wins_what_the_favourite_loses() {
        let mut ratings = vec![0.25, -0.25];
        let pairing = Pairing {
            home: TeamId(0),
            away: TeamId(1),
            venue: Venue::Neutral,
        };
        Elo::default().update(&mut ratings, pairing, [0.0, 3.0]);
        // 20 points, times 1.75 for three goals, times an expectation of 0.7597.
        let points = 400.0 * (ratings[1] + 0.25);
        assert!(
            (points - 20.0 * 1.75 * 0.759_746_927).abs() < 1e-6,
            "{points}"
        );
        assert!((ratings[0] + ratings[1]).abs() < 1e-15);
    }
}
