//! Leverage in a million kept seasons of a Champions League from the start: 96 fixtures, 32 teams, 6 outcomes.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use matchday::edition::{Edition, When};
use matchday::fit::{Fit, Settings};
use matchday::model::Strengths;
use matchday::project::{Leverage, PointsNeeded};
use matchday::simulate::{Layout, Plan, Run, Sample};

const SEASONS: u64 = 1_000_000;

fn sample() -> Sample {
    let snapshot = Edition::open("uefa-champions-league-2023-24")
        .unwrap()
        .as_of(When::Start)
        .unwrap();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
    let layout = Arc::new(Layout::of(&plan, false));
    let run = Run::new(1, SEASONS).unwrap();
    run.play(&plan, 0..run.batches(), || Sample::empty(&layout), |_| {})
}

fn questions(criterion: &mut Criterion) {
    let sample = sample();
    let mut group = criterion.benchmark_group("a million kept seasons");
    group.sample_size(20);
    group.bench_function("leverage of every fixture for everybody", |bencher| {
        bencher.iter(|| black_box(Leverage::in_sample(&sample, None, None)));
    });
    group.bench_function("points and records of a team", |bencher| {
        bencher.iter(|| black_box(PointsNeeded::in_sample(&sample, (0, 0), None)));
    });
    group.finish();
}

criterion_group!(benches, questions);
criterion_main!(benches);
