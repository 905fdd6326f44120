//! Walks are held against worlds whose strengths are known.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use statrs::distribution::{ContinuousCDF, Normal};

use super::*;
use crate::fit::{Fit, PlayedMatch, Settings};
use crate::fixture::Scoreline;

const TEAMS: usize = 20;
const START: Date = date(2020, 8, 1);

fn normal(random: &mut ChaCha8Rng) -> f64 {
    let law = Normal::new(0.0, 1.0).unwrap();
    law.inverse_cdf(random.random_range(1e-12..1.0))
}

fn poisson(random: &mut ChaCha8Rng, rate: f64) -> f64 {
    let mut left = random.random::<f64>();
    let mut probability = libm::exp(-rate);
    let mut count = 0.0;
    while left > probability && count < 50.0 {
        left -= probability;
        count += 1.0;
        probability *= rate / count;
    }
    count
}

/// A league as its own settings say: every team meets every other at home and away, a round a week.
struct World {
    evidence: Vec<Evidence>,
    attack: Vec<f64>,
    defence: Vec<f64>,
}

fn world(settings: &WalkSettings, seasons: u16, seed: u64) -> World {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut pair = |deviation: f64| {
        let (x, y) = (normal(&mut random), normal(&mut random));
        let together = settings.together;
        [
            deviation * x,
            deviation * (together * x + (1.0 - together * together).sqrt() * y),
        ]
    };
    let first: Vec<[f64; 2]> = (0..TEAMS).map(|_| pair(settings.spread)).collect();
    let weekly = settings.per_year * libm::sqrt(7.0 / DAYS_PER_YEAR);
    let rounds = usize::from(seasons) * 2 * (TEAMS - 1);
    let moves: Vec<[f64; 2]> = (0..rounds * TEAMS).map(|_| pair(weekly)).collect();
    let mut strengths = first;
    let mut evidence = Vec::new();
    for round in 0..rounds {
        for (team, strength) in strengths.iter_mut().enumerate() {
            let moved = moves[round * TEAMS + team];
            strength[0] += moved[0];
            strength[1] += moved[1];
        }
        for seat in 0..TEAMS / 2 {
            // The circle method: the last team stays, the others turn.
            let turn = |seat: usize| match seat {
                0 => TEAMS - 1,
                seat => (round + seat) % (TEAMS - 1),
            };
            let (a, b) = (turn(seat), turn(TEAMS - 1 - seat));
            let (home, away) = if (round / (TEAMS - 1)).is_multiple_of(2) {
                (a, b)
            } else {
                (b, a)
            };
            let rate = |base: f64, attacker: usize, defender: usize| {
                libm::exp(base + strengths[attacker][0] - strengths[defender][1])
            };
            let goals = [
                poisson(
                    &mut random,
                    rate(GOALS_BASE + HOME_ADVANTAGE.mean, home, away),
                ),
                poisson(&mut random, rate(GOALS_BASE, away, home)),
            ];
            evidence.push(Evidence {
                date: START + (7 * round as i64).days(),
                league: 0,
                season: 0,
                pairing: Pairing {
                    home: TeamId(home as u16),
                    away: TeamId(away as u16),
                    venue: Venue::Home,
                },
                goals: Some(goals),
                share: 1.0,
                shots_on_target: None,
                expected: None,
            });
        }
    }
    World {
        evidence,
        attack: strengths.iter().map(|strength| strength[0]).collect(),
        defence: strengths.iter().map(|strength| strength[1]).collect(),
    }
}

fn settings(per_year: f64) -> WalkSettings {
    WalkSettings {
        per_year,
        ..WalkSettings::of_goals()
    }
}

fn walked(settings: &WalkSettings, evidence: &[Evidence]) -> Walk {
    let mut walk = Walk::new(Law::Poisson, settings.clone());
    for evidence in evidence {
        walk.learn(evidence).unwrap();
    }
    walk
}

/// Forecast errors of what matches hinge on, the difference of two teams' strengths, are as large as the
/// walk says: over 30 worlds the mean square of the standardised errors is 1 within four standard errors,
/// which chance alone misses once in 15,000 tests.
#[test]
fn beliefs_are_as_sure_as_they_say() {
    let settings = settings(0.2);
    let squares: Vec<f64> = (0..30)
        .map(|seed| {
            let world = world(&settings, 1, seed);
            let walk = walked(&settings, &world.evidence);
            let (one, other) = (TeamId(0), TeamId(1));
            let rates = walk.log_rates(
                0,
                Pairing {
                    home: one,
                    away: other,
                    venue: Venue::Neutral,
                },
            );
            let (mean, variance) = (rates.mean[0], rates.variance[0]);
            let truth = GOALS_BASE + world.attack[0] - world.defence[1];
            (truth - mean) * (truth - mean) / variance
        })
        .collect();
    let mean = squares.iter().sum::<f64>() / squares.len() as f64;
    let error = (2.0 / squares.len() as f64).sqrt();
    assert!((mean - 1.0).abs() < 4.0 * error, "{mean} ± {error}");
}

#[test]
fn in_a_world_that_stands_still_it_agrees_with_the_static_fit() {
    let still = WalkSettings {
        per_year: 1e-9,
        shared_per_year: 1e-9,
        together: 1e-9,
        ..WalkSettings::of_goals()
    };
    let world = world(&still, 1, 7);
    let walk = walked(&still, &world.evidence);
    let matches = world.evidence.iter().map(|evidence| {
        let [home, away] = evidence.goals.unwrap();
        PlayedMatch::new(
            evidence.pairing,
            Scoreline::new(home as u8, away as u8),
            evidence.date,
        )
    });
    let settings = Settings {
        spread: Some(still.spread),
        ..Settings::default()
    };
    let fit = Fit::to_matches(matches.collect(), vec![0.0; TEAMS], &settings).unwrap();
    let parameters = fit.model.parameters();
    let estimate = crate::model::GoalModel::estimate(&fit.model);
    for (home, away) in [(0, 1), (5, 12), (19, 3)] {
        let pairing = Pairing {
            home: TeamId(home),
            away: TeamId(away),
            venue: Venue::Home,
        };
        let walking = walk.log_rates(0, pairing);
        let [standing, _] = parameters.log_rates(pairing).map(|rate| rate.at(estimate));
        let apart = (walking.mean[0] - standing).abs();
        assert!(apart < 0.25 * walking.variance[0].sqrt(), "{apart}");
    }
}

#[test]
fn tuning_tells_a_world_that_moves_from_one_that_stands() {
    let start = settings(0.1);
    let tuned = |per_year: f64, seed: u64| {
        let world = world(&settings(per_year), 4, seed);
        let walked = Walked {
            evidence: world.evidence,
            burn_in: 100,
        };
        let (settings, gain) = start.tuned(&[walked]);
        assert!(gain >= 0.0);
        settings.per_year
    };
    assert!(tuned(0.4, 1) > 0.2);
    assert!(tuned(0.01, 2) < 0.1);
}

#[test]
fn newcomers_start_below_the_average_and_who_comes_back_keeps_most() {
    let settings = WalkSettings::of_goals();
    let world = world(&settings, 1, 3);
    let mut walk = Walk::new(Law::Poisson, settings.clone());
    for evidence in &world.evidence {
        walk.learn(evidence).unwrap();
    }
    let before = walk.state.mean(walk.strengths(TeamId(0))[0]);
    let average: f64 = (0..TEAMS as u16)
        .map(|team| walk.state.mean(walk.strengths(TeamId(team))[0]) / TEAMS as f64)
        .sum();
    walk.advance(date(2021, 8, 1));
    let newcomer = TeamId(TEAMS as u16);
    walk.enter(newcomer, 0, 1);
    let expected = average + settings.newcomer.mean;
    assert!((walk.state.mean(walk.strengths(newcomer)[0]) - expected).abs() < 1e-9);
    walk.enter(TeamId(0), 0, 1);
    let after = walk.state.mean(walk.strengths(TeamId(0))[0]);
    assert!((after - before).abs() < 0.2 * (before - average).abs() + 0.02);
    assert!(after != before);
}

#[test]
fn odds_tell_more_than_goals() {
    let world = world(&WalkSettings::of_goals(), 1, 5);
    let with_odds = world.evidence.iter().map(|evidence| Evidence {
        expected: Some([0.5, 0.1]),
        ..*evidence
    });
    let with_odds: Vec<Evidence> = with_odds.collect();
    let pairing = with_odds[0].pairing;
    let variance = |walk: &Walk| walk.log_rates(0, pairing).variance[0];
    let goals = walked(&WalkSettings::of_goals(), &world.evidence);
    let odds = walked(&WalkSettings::of_odds(), &with_odds);
    assert!(variance(&odds) < variance(&goals));
}
