//! Strengths from past results: the whole fit, spread included.

use std::hint::black_box;
use std::ops::Range;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::ToSpan;
use jiff::civil::date;
use matchday::edition::{Edition, When, embedded_editions};
use matchday::fit::walk::{Evidence, Walk, WalkSettings};
use matchday::fit::{Fit, PlayedMatch, Settings};
use matchday::fixture::{Scoreline, Venue};
use matchday::model::{Law, Pairing};
use matchday::team::TeamId;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn editions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fit");
    for edition in embedded_editions() {
        let snapshot = Edition::open(edition).unwrap().as_of(When::Now).unwrap();
        group.throughput(Throughput::Elements(snapshot.played().count() as u64));
        group.bench_function(edition, |bencher| {
            bencher.iter(|| Fit::of(black_box(&snapshot), &Settings::default()).unwrap());
        });
    }
    group.finish();
}

/// Seasons of the same 20 teams, of known strengths, all matches of a season on one day.
fn seasons(years: Range<i16>) -> Vec<PlayedMatch> {
    let mut generator = ChaCha8Rng::seed_from_u64(4);
    let mut uniform = || generator.random::<f64>();
    let strengths: Vec<[f64; 2]> = (0..20).map(|_| [0; 2].map(|_| uniform() - 0.5)).collect();
    let mut matches = Vec::new();
    for year in years {
        for (home, [home_attack, home_defence]) in strengths.iter().enumerate() {
            for (away, [away_attack, away_defence]) in strengths.iter().enumerate() {
                if home == away {
                    continue;
                }
                let rates = [
                    0.4 + home_attack - away_defence,
                    0.1 + away_attack - home_defence,
                ];
                // The last arrival before the end of a match, by exponential waiting times.
                let [home_goals, away_goals] = rates.map(|log_rate: f64| {
                    let (mut time, mut goals) = (0.0, 0);
                    loop {
                        time -= (1.0 - uniform()).ln() / log_rate.exp();
                        if time > 1.0 {
                            return goals;
                        }
                        goals += 1;
                    }
                });
                let pairing = Pairing {
                    home: TeamId(home as u16),
                    away: TeamId(away as u16),
                    venue: Venue::Home,
                };
                let goals = Scoreline::new(home_goals, away_goals);
                matches.push(PlayedMatch::new(pairing, goals, date(year, 1, 1)));
            }
        }
    }
    matches
}

fn laws(criterion: &mut Criterion) {
    let matches = seasons(2015..2018);
    let mut group = criterion.benchmark_group("fit-1140-matches");
    group.throughput(Throughput::Elements(matches.len() as u64));
    for law in Law::ALL {
        let settings = Settings {
            law,
            ..Settings::default()
        };
        let fit = |matches: &[PlayedMatch]| {
            Fit::to_matches(matches.to_vec(), vec![0.0; 20], &settings).unwrap()
        };
        group.bench_function(law.name(), |bencher| {
            bencher.iter(|| fit(black_box(&matches)));
        });
        let earlier = fit(&matches);
        group.bench_function(format!("{} again", law.name()), |bencher| {
            bencher.iter(|| {
                let matches = black_box(&matches).to_vec();
                earlier.again(matches, vec![0.0; 20], &settings).unwrap()
            });
        });
        let known = Settings {
            spread: Some(earlier.spread),
            ..settings
        };
        group.bench_function(format!("{} known", law.name()), |bencher| {
            bencher.iter(|| {
                let matches = black_box(&matches).to_vec();
                earlier.again(matches, vec![0.0; 20], &known).unwrap()
            });
        });
    }
    group.finish();
}

/// Six seasons, ten matches a week, with shots on target and the rates behind odds.
fn walks(criterion: &mut Criterion) {
    let matches = seasons(2012..2018);
    let evidence = matches.iter().enumerate().map(|(index, played)| Evidence {
        date: played
            .day
            .saturating_add((index as i64 % 380 / 10 * 7).days()),
        league: 0,
        season: (index / 380) as u16,
        pairing: played.pairing,
        goals: Some(played.goals),
        share: 1.0,
        shots_on_target: Some(played.goals.map(|goals| goals + 3.0)),
        expected: Some([0.4, 0.1]),
    });
    let evidence: Vec<Evidence> = evidence.collect();
    let mut group = criterion.benchmark_group("walk-2280-matches");
    group.throughput(Throughput::Elements(evidence.len() as u64));
    for (name, settings) in [
        ("walk", WalkSettings::of_goals()),
        ("walk-shots", WalkSettings::of_shots()),
        ("walk-odds", WalkSettings::of_odds()),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut walk = Walk::new(Law::DixonColes, settings.clone());
                for evidence in black_box(&evidence) {
                    walk.learn(evidence).unwrap();
                }
                walk
            });
        });
    }
    group.finish();
}

criterion_group!(benches, editions, laws, walks);
criterion_main!(benches);
