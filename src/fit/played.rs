//! Matches that tell of strength, and what those of one pairing tell together.

use jiff::civil::Date;

use super::Settings;
use crate::error::Error;
use crate::fixture::Scoreline;
use crate::model::{Elo, Law, Pairing, Parameters, Terms, Told};
use crate::team::TeamId;

/// A match that tells of strength: goals on the pitch, or another measure on their scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayedMatch {
    /// Who met where.
    pub pairing: Pairing,
    /// Goals of both sides. Only the Poisson law takes fractions, such as scaled shots on target.
    pub goals: [f64; 2],
    /// How much of 90 minutes was played, above 0 and up to 1.
    pub share: f64,
    /// The day it was over.
    pub day: Date,
    /// How much it counts beside its age, above 0; 1 for a plain match.
    pub weight: f64,
}

impl PlayedMatch {
    /// A whole match that counts fully.
    pub fn new(pairing: Pairing, goals: Scoreline, day: Date) -> Self {
        Self {
            pairing,
            goals: [goals.home, goals.away].map(f64::from),
            share: 1.0,
            day,
            weight: 1.0,
        }
    }
}

/// Weights by age: half as much after every half-life.
pub(super) fn weights(matches: &[PlayedMatch], settings: &Settings) -> Result<Vec<f64>, Error> {
    let last = matches.iter().map(|played| played.day).max();
    let as_of = settings.as_of.or(last).unwrap_or(Date::ZERO);
    if let Some(last) = last.filter(|&last| last > as_of) {
        return Err(Error::MatchAhead { day: last, as_of });
    }
    let Some(half_life) = settings.half_life else {
        return Ok(matches.iter().map(|played| played.weight).collect());
    };
    if !(half_life > 0.0 && half_life.is_finite()) {
        return Err(Error::HalfLife { days: half_life });
    }
    let rate = -std::f64::consts::LN_2 / half_life;
    let weight = |played: &PlayedMatch| {
        let age = (as_of - played.day).get_days();
        played.weight * libm::exp(rate * f64::from(age))
    };
    Ok(matches.iter().map(weight).collect())
}

/// All matches of one pairing over the same share of 90 minutes.
pub(super) struct Meeting {
    pub(super) log_rates: [Terms; 2],
    pub(super) log_share: f64,
    pub(super) told: Told,
}

/// Puts matches of the same pairing together: the fit costs by pairings, not by matches.
pub(super) fn meetings(
    matches: &[PlayedMatch],
    weights: &[f64],
    law: Law,
    parameters: Parameters,
) -> Result<Vec<Meeting>, Error> {
    let mut meetings: Vec<Meeting> = Vec::new();
    // `[venue][home][away]`: position of the meeting over 90 minutes, from 1.
    let mut known = vec![0_u32; 3 * parameters.teams * parameters.teams];
    for (played, &weight) in matches.iter().zip(weights) {
        let Pairing { home, away, venue } = played.pairing;
        let [row, column]: [usize; 2] = [home, away].map(TeamId::index);
        let cell = (venue as usize * parameters.teams + row) * parameters.teams + column;
        let position = match known[cell] as usize {
            known if known > 0 && played.share == 1.0 => known - 1,
            _ => {
                meetings.push(Meeting {
                    log_rates: parameters.log_rates(played.pairing),
                    log_share: libm::log(played.share),
                    told: Told::default(),
                });
                if played.share == 1.0 {
                    known[cell] = meetings.len() as u32;
                }
                meetings.len() - 1
            }
        };
        meetings[position].told.add(played.goals, weight, law)?;
    }
    Ok(meetings)
}

/// Every match at the ratings before it, in the order of days; leaves the ratings after the last.
pub(super) fn rated(
    matches: &[PlayedMatch],
    weights: &[f64],
    law: Law,
    parameters: Parameters,
    elo: &Elo,
    ratings: &mut [f64],
) -> Result<Vec<Meeting>, Error> {
    let mut order: Vec<usize> = (0..matches.len()).collect();
    order.sort_by_key(|&index| matches[index].day);
    let rate = |index: usize| {
        let played = &matches[index];
        let mut told = Told::default();
        told.add(played.goals, weights[index], law)?;
        let log_rates = parameters.log_rates_by_ratings(played.pairing, ratings);
        elo.update(ratings, played.pairing, played.goals);
        Ok(Meeting {
            log_rates,
            log_share: libm::log(played.share),
            told,
        })
    };
    order.into_iter().map(rate).collect()
}

impl Told {
    fn add(&mut self, goals: [f64; 2], weight: f64, law: Law) -> Result<(), Error> {
        self.weight += weight;
        for (sum, goals) in self.goals.iter_mut().zip(goals) {
            *sum += weight * goals;
            self.log_factorials += weight * log_factorial(goals);
        }
        if law.takes_fractions() {
            return Ok(());
        }
        if let Some(&goals) = goals.iter().find(|goals| goals.fract() != 0.0) {
            return Err(Error::FractionOfGoals {
                law: law.name(),
                goals,
            });
        }
        let score = Scoreline::new(goals[0] as u8, goals[1] as u8);
        if law.tells_apart(score) {
            match self.scores.iter_mut().find(|(known, _)| *known == score) {
                Some((_, sum)) => *sum += weight,
                None => self.scores.push((score, weight)),
            }
        }
        Ok(())
    }
}

/// ln goals!, by the gamma function for fractions.
fn log_factorial(goals: f64) -> f64 {
    if goals == 0.0 || goals == 1.0 {
        0.0
    } else {
        libm::lgamma(goals + 1.0)
    }
}
