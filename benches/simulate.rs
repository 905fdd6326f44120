//! Whole seasons, draws and knockout rounds included, in seasons and in matches a second, on one thread
//! and on two.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use matchday::edition::{Edition, When};
use matchday::fit::{Fit, Settings};
use matchday::model::Strengths;
use matchday::simulate::{Plan, simulate};

const SEASONS: u64 = 20_000;

fn seasons(criterion: &mut Criterion) {
    for (edition, when, short) in [
        ("caf-confederation-cup-2023-24", When::Start, "caf"),
        (
            "uefa-champions-league-2023-24",
            When::Entries,
            "ucl, undrawn",
        ),
        ("uefa-champions-league-2024-25", When::Start, "league phase"),
        ("fifa-world-cup-2026", When::Entries, "world cup, undrawn"),
    ] {
        let snapshot = Edition::open(edition).unwrap().as_of(when).unwrap();
        let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
        for (strengths, name) in [
            (Strengths::PlugIn, "plug-in"),
            (Strengths::Posterior, "posterior"),
        ] {
            let plan = Plan::new(&snapshot, &fit.model, strengths, &[]).unwrap();
            let matches = SEASONS * plan.open_fixtures() as u64;
            for (unit, elements) in [("seasons", SEASONS), ("matches", matches)] {
                let mut group =
                    criterion.benchmark_group(format!("simulate/{short}/{name}/{unit}"));
                group
                    .sample_size(10)
                    .throughput(Throughput::Elements(elements));
                for threads in [1, 2] {
                    let pool = rayon::ThreadPoolBuilder::new()
                        .num_threads(threads)
                        .build()
                        .unwrap();
                    group.bench_function(BenchmarkId::new("threads", threads), |bencher| {
                        bencher
                            .iter(|| pool.install(|| simulate(&plan, 1, SEASONS, |_| {}).unwrap()));
                    });
                }
                group.finish();
            }
        }
    }
}

criterion_group!(benches, seasons);
criterion_main!(benches);
