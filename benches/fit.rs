//! Strengths from past results: the whole fit, spread included.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;
use matchday::edition::{Edition, When, embedded_editions};
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

/// Three seasons of the same 20 teams, of known strengths.
fn seasons() -> Vec<PlayedMatch> {
    let mut generator = ChaCha8Rng::seed_from_u64(4);
    let mut uniform = || generator.random::<f64>();
    let strengths: Vec<[f64; 2]> = (0..20).map(|_| [0; 2].map(|_| uniform() - 0.5)).collect();
    let mut matches = Vec::new();
    for year in 2015..2018 {
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
    let matches = seasons();
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

criterion_group!(benches, editions, laws);
criterion_main!(benches);
