//! Questions to a million kept seasons of a Champions League from the start: its head opened, the planes of the
//! question read from memory and held against their digests, and counted.

use std::hint::black_box;
use std::io::Cursor;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use matchday::edition::{Edition, When};
use matchday::fit::{Fit, Settings};
use matchday::model::Strengths;
use matchday::project::query::ask;
use matchday::project::{KeptSample, Names, write_sample};
use matchday::simulate::{Layout, Plan, Run, Sample};

const SEASONS: u64 = 1_000_000;

const QUESTIONS: [(&str, &str); 5] = [
    ("one outcome", "Arsenal in semi-finals"),
    (
        "two outcomes, given a fixture",
        "Arsenal in quarter-finals & Real Madrid in quarter-finals | Arsenal beat Sevilla at home",
    ),
    ("a meeting", "Arsenal meets Real Madrid in quarter-finals"),
    ("points", "Arsenal points >= 13"),
    (
        "several of these",
        "(Arsenal is champion or Real Madrid is champion) & not Barcelona 1st in Group H | Arsenal points >= 10 & \
         Bayern München at most 2nd in Group A",
    ),
];

fn file() -> Vec<u8> {
    let snapshot = Edition::open("uefa-champions-league-2023-24")
        .unwrap()
        .as_of(When::Start)
        .unwrap();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
    let layout = Arc::new(Layout::of(&plan, false));
    let run = Run::new(1, SEASONS).unwrap();
    let sample = run.play(&plan, 0..run.batches(), || Sample::empty(&layout), |_| {});
    let mut file = Vec::new();
    write_sample(&sample, &Names::of(&snapshot, &layout), &(), &mut file).unwrap();
    file
}

fn questions(criterion: &mut Criterion) {
    let file = file();
    let mut group = criterion.benchmark_group("query a million seasons");
    for (name, question) in QUESTIONS {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut kept = KeptSample::open("memory", Cursor::new(&file)).unwrap();
                black_box(ask(&mut kept, &[question]).unwrap())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, questions);
criterion_main!(benches);
