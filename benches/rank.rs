//! The reference engine: one table through a whole rulebook, without and with its reasons.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use matchday::edition::{Edition, When};
use matchday::standings::{Needs, Observer, Standings, rank};

struct Silent;

impl Observer for Silent {
    fn undecided(&mut self, _level: &mut [u8], _needs: Needs) {}
}

fn ranking(criterion: &mut Criterion) {
    let snapshot = Edition::open("uefa-champions-league-2023-24")
        .unwrap()
        .as_of(When::Now)
        .unwrap();
    let rules = &snapshot.edition().competition.rules(0, 0, true);
    let tables: Vec<_> = (0..8)
        .map(|group| snapshot.table(0, group).unwrap())
        .collect();
    let mut group = criterion.benchmark_group("rank");
    group.throughput(Throughput::Elements(tables.len() as u64));
    group.bench_function("eight real groups", |bencher| {
        bencher.iter(|| {
            for table in &tables {
                let mut teams = [0, 1, 2, 3];
                rank(&mut teams, rules, black_box(table), &mut Silent);
                black_box(teams);
            }
        });
    });
    group.bench_function("eight real groups with reasons", |bencher| {
        bencher.iter(|| {
            tables
                .iter()
                .map(|table| Standings::of(black_box(table), rules))
                .collect::<Vec<_>>()
        });
    });
    group.finish();
}

criterion_group!(benches, ranking);
criterion_main!(benches);
