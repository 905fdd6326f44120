//! Strengths from past results: the whole fit, spread included.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use matchday::edition::{Edition, When, embedded_editions};
use matchday::fit::{Fit, Prior};

fn fit(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fit");
    for edition in embedded_editions() {
        let snapshot = Edition::open(edition).unwrap().as_of(When::Now).unwrap();
        group.throughput(Throughput::Elements(snapshot.played().count() as u64));
        group.bench_function(edition, |bencher| {
            bencher.iter(|| Fit::of(black_box(&snapshot), &Prior::default()).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, fit);
criterion_main!(benches);
