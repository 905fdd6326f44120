//! Seeding draws, held on stage and taken uniformly: time a draw, on one core.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use matchday::competition::draw::{
    Constraint, Draw, Held, LeaguePhase, LeagueWorkspace, Placed, Pot, Scope, Workspace, matchdays,
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

fn set(balls: &[u8]) -> u64 {
    balls.iter().fold(0, |set, &ball| set | 1 << ball)
}

fn pots(count: u8, size: u8) -> Vec<Pot> {
    let pot = |number| Pot::new(number * size..(number + 1) * size);
    (0..count).map(pot).collect()
}

/// The 2023–24 Champions League: 32 clubs in the order of their pots, no two of an association together.
fn group_stage() -> Draw {
    let associations: [&[u8]; 7] = [
        &[0, 9, 15, 28],
        &[1, 2, 8, 12, 25],
        &[3, 10, 18, 21],
        &[4, 11, 13, 29],
        &[5, 31],
        &[6, 14, 19],
        &[7, 20],
    ];
    Draw {
        pots: pots(4, 8),
        groups: 8,
        constraints: associations
            .map(|clubs| Constraint::apart(set(clubs)))
            .into(),
        held: Held::ByPot {
            first_admissible: false,
        },
        ..Draw::default()
    }
}

/// Its round of 16: runners-up 0–7 and winners 8–15 in the order of their groups.
fn round_of_16() -> Draw {
    let associations: [&[u8]; 4] = [&[8, 6, 13], &[9, 14], &[2, 3, 4], &[10, 11, 12, 15]];
    let groups = (0..8).map(|group| set(&[group, group + 8]));
    Draw {
        pots: pots(2, 8),
        groups: 8,
        constraints: (associations.map(set).into_iter().chain(groups))
            .map(Constraint::apart)
            .collect(),
        held: Held::ByGroup,
        ..Draw::default()
    }
}

/// The 2026 World Cup: 48 teams in the order of their pots, placeholders in every confederation they may
/// turn out to belong to.
fn world_cup() -> Draw {
    let europe: Vec<u8> = [3, 5, 6, 8, 9, 10, 11, 12, 16, 22, 24, 28, 42, 43, 44, 45].into();
    let confederations: [&[u8]; 5] = [
        &[4, 7, 14, 15, 21, 29, 47],
        &[0, 1, 2, 25, 39, 40, 46, 47],
        &[13, 18, 26, 27, 30, 31, 35, 37, 38, 46],
        &[17, 19, 20, 23, 32, 33, 34, 36, 47],
        &[41, 46],
    ];
    let parts = |balls: &[u8], partition| Constraint {
        balls: set(balls),
        scope: Scope::Parts { partition, most: 1 },
    };
    let mut constraints = vec![
        Constraint {
            balls: set(&europe),
            scope: Scope::Group { least: 1, most: 2 },
        },
        parts(&[3, 4], 0),
        parts(&[5, 6], 0),
        parts(&[3, 4, 5, 6], 1),
    ];
    constraints.extend(confederations.map(|teams| Constraint::apart(set(teams))));
    let quarters = [[4, 5, 8], [3, 6, 7], [0, 2, 11], [1, 9, 10]].map(|quarter| set(&quarter));
    Draw {
        pots: pots(4, 12),
        groups: 12,
        constraints,
        partitions: vec![
            vec![quarters[0] | quarters[1], quarters[2] | quarters[3]],
            quarters.into(),
        ],
        fixed: vec![
            Placed { ball: 1, group: 0 },
            Placed { ball: 0, group: 1 },
            Placed { ball: 2, group: 3 },
        ],
        held: Held::ByPot {
            first_admissible: true,
        },
    }
}

fn draws(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draw");
    let free = Draw {
        constraints: vec![],
        ..group_stage()
    };
    for (name, draw) in [
        ("32 teams, no constraint", free),
        ("Champions League groups", group_stage()),
        ("Champions League round of 16", round_of_16()),
        ("World Cup 2026", world_cup()),
    ] {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut workspace = Workspace::default();
        group.bench_function(format!("{name}, ceremony"), |bencher| {
            bencher.iter(|| {
                let drawn = draw.ceremony(&mut workspace, &mut rng).unwrap();
                black_box(drawn.group_of()[0])
            });
        });
        // As in a season whose entrants are not those of the last: another draw every time.
        let mut other = draw.clone();
        other.constraints.reverse();
        let mut turns = [&draw, &other].into_iter().cycle();
        group.bench_function(format!("{name}, ceremony, read anew"), |bencher| {
            bencher.iter(|| {
                let next = turns.next().unwrap();
                let drawn = next.ceremony(&mut workspace, &mut rng).unwrap();
                black_box(drawn.group_of()[0])
            });
        });
        // Of the World Cup one in eight million outcomes is valid: these are counted out instead.
        if draw.partitions.is_empty() {
            group.bench_function(format!("{name}, uniform"), |bencher| {
                bencher.iter(|| {
                    let drawn = draw.uniform(&mut workspace, &mut rng, u32::MAX).unwrap();
                    black_box(drawn.group_of()[0])
                });
            });
        } else {
            let outcomes = draw.outcomes().unwrap();
            group.bench_function(format!("{name}, uniform, counted out"), |bencher| {
                bencher.iter(|| black_box(outcomes.draw(&mut workspace, &mut rng).group_of()[0]));
            });
        }
    }
    group.finish();
}

/// The Champions League of 2024–25: 36 teams in four pots, and their associations.
fn league_phase() -> LeaguePhase {
    let associations = "ESP ENG GER FRA ENG ITA GER GER ESP \
                        GER ESP ITA ITA POR ENG BEL UKR ITA \
                        NED POR NED CRO AUT FRA SRB SUI SCO \
                        SVK FRA CZE ENG ITA ESP GER AUT FRA";
    let known: Vec<&str> = associations.split(' ').collect();
    let number = |name: &&str| known.iter().position(|other| other == name).unwrap() as u8;
    LeaguePhase {
        size: 9,
        associations: known.iter().map(number).collect(),
        most: 2,
        fixed: vec![],
    }
}

fn league_phases(criterion: &mut Criterion) {
    let league = league_phase();
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut workspace = LeagueWorkspace::default();
    let mut group = criterion.benchmark_group("league phase");
    group.bench_function("Champions League 2024–25", |bencher| {
        bencher.iter(|| black_box(league.draw(&mut workspace, &mut rng).unwrap()[143]));
    });
    group.bench_function("Champions League 2024–25, uniform", |bencher| {
        bencher.iter(|| black_box(league.uniform(&mut workspace, &mut rng).unwrap()[143]));
    });
    let pairings = league.draw(&mut workspace, &mut rng).unwrap().to_vec();
    let mut days = Vec::new();
    group.bench_function("its matchdays", |bencher| {
        bencher.iter(|| {
            matchdays(&pairings, &mut days, &mut rng).unwrap();
            black_box(days[0])
        });
    });
    group.finish();
}

criterion_group!(benches, draws, league_phases);
criterion_main!(benches);
