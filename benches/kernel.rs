//! What each part of a block costs, in matches a second: of the group stage of the Champions League, where
//! head-to-head results come first, and of its league phase of 36, ranked by points and goals.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use matchday::edition::{Edition, When};
use matchday::fit::{Fit, Settings};
use matchday::model::Strengths;
use matchday::simulate::{Block, LANES, Observation, Options, Plan, Tally, Work};

fn parts(criterion: &mut Criterion) {
    for (edition, through, short) in [
        (
            "uefa-champions-league-2023-24",
            Some("groups"),
            "ucl groups",
        ),
        (
            "uefa-champions-league-2024-25",
            Some("league"),
            "league phase",
        ),
    ] {
        let edition = Edition::open(edition).unwrap();
        let through = through.map(|stage| edition.stage(stage).unwrap());
        let snapshot = edition.as_of(When::Start).unwrap();
        let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
        let options = Options {
            strengths: Strengths::Posterior,
            through,
            ..Options::default()
        };
        let plan = Plan::new(&snapshot, &fit.model, options, &[]).unwrap();
        let mut block = Block::new(&plan, 1);
        let mut tally = Tally::empty(&plan);
        let mut group = criterion.benchmark_group(format!("kernel/{short}"));
        group.throughput(Throughput::Elements((LANES * plan.open_fixtures()) as u64));
        let mut number = 0;
        group.bench_function("whole", |bencher| {
            bencher.iter(|| {
                number += 1;
                block.play(number);
            });
        });
        for part in Work::ALL {
            group.bench_function(format!("{part:?}").to_lowercase(), |bencher| {
                bencher.iter(|| {
                    number += 1;
                    block.repeat(part, number);
                });
            });
        }
        group.bench_function("events", |bencher| {
            bencher.iter(|| tally.observe(&plan, &block, LANES));
        });
        group.finish();
    }
}

criterion_group!(benches, parts);
criterion_main!(benches);
