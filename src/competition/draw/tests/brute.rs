//! Small draws, enumerated whole: whatever the fast ways say must be what counting says.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::subsequence;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;

/// Every outcome, groups told apart.
fn outcomes(draw: &Draw) -> Vec<Vec<u8>> {
    let balls: usize = draw.pots.iter().map(|pot| pot.balls.len()).sum();
    let mut outcomes = vec![vec![0; balls]];
    for pot in &draw.pots {
        for &ball in &pot.balls {
            let before = pot.balls.iter().take_while(|&&other| other != ball);
            let before: Vec<usize> = before.map(|&other| other.into()).collect();
            outcomes = outcomes
                .iter()
                .flat_map(|outcome| (0..draw.groups as u8).map(move |group| (outcome, group)))
                .filter(|(outcome, group)| {
                    let there = before.iter().filter(|&&other| outcome[other] == *group);
                    there.count() < pot.per_group.into()
                })
                .map(|(outcome, group)| {
                    let mut next = outcome.clone();
                    next[usize::from(ball)] = group;
                    next
                })
                .collect();
        }
    }
    outcomes.retain(|outcome| is_valid(draw, outcome));
    outcomes
}

const NOT_YET: u8 = u8::MAX;

/// How likely a ceremony makes each of the outcomes, by going through all that can happen, ball by ball.
fn ceremony(draw: &Draw, outcomes: &[Vec<u8>]) -> Vec<f64> {
    let mut start = vec![NOT_YET; outcomes[0].len()];
    for fixed in &draw.fixed {
        start[usize::from(fixed.ball)] = fixed.group;
    }
    let drawn = start.iter().filter(|&&group| group == NOT_YET).count();
    let mut chances = BTreeMap::from([(start, 1.0)]);
    for _ in 0..drawn {
        let mut next = BTreeMap::new();
        for (placed, chance) in chances {
            for (ball, group, share) in steps(draw, outcomes, &placed) {
                let mut placed = placed.clone();
                placed[usize::from(ball)] = group;
                *next.entry(placed).or_insert(0.0) += chance * share;
            }
        }
        chances = next;
    }
    assert!(chances.keys().all(|placed| outcomes.contains(placed)));
    outcomes
        .iter()
        .map(|outcome| chances.get(outcome).copied().unwrap_or(0.0))
        .collect()
}

/// What may happen next, and how likely it is.
fn steps(draw: &Draw, outcomes: &[Vec<u8>], placed: &[u8]) -> Vec<(u8, u8, f64)> {
    let agrees = |outcome: &&Vec<u8>| {
        let mut pairs = placed.iter().zip(*outcome);
        pairs.all(|(&placed, &group)| placed == NOT_YET || placed == group)
    };
    let possible: Vec<&Vec<u8>> = outcomes.iter().filter(agrees).collect();
    let is_admissible = |ball: u8, group: u8| {
        possible
            .iter()
            .any(|outcome| outcome[usize::from(ball)] == group)
    };
    let left = |pot: &Pot| -> Vec<u8> {
        let is_left = |ball: &&u8| placed[usize::from(**ball)] == NOT_YET;
        pot.balls.iter().filter(is_left).copied().collect()
    };
    let groups = 0..draw.groups as u8;
    match draw.held {
        Held::ByPot { first_admissible } => {
            let balls = draw
                .pots
                .iter()
                .map(left)
                .find(|balls| !balls.is_empty())
                .unwrap();
            let share = 1.0 / balls.len() as f64;
            let open = |ball: u8| {
                let open: Vec<u8> = groups
                    .clone()
                    .filter(|&group| is_admissible(ball, group))
                    .collect();
                let kept = if first_admissible { 1 } else { open.len() };
                open.into_iter()
                    .take(kept)
                    .map(move |group| (ball, group, share / kept as f64))
            };
            balls.into_iter().flat_map(open).collect()
        }
        Held::ByGroup => {
            let lacks = |pot: &Pot, group: u8| {
                let here = pot
                    .balls
                    .iter()
                    .filter(|&&ball| placed[usize::from(ball)] == group);
                here.count() < pot.per_group.into()
            };
            let mut seats = groups.flat_map(|group| draw.pots.iter().map(move |pot| (pot, group)));
            let (pot, group) = seats.find(|&(pot, group)| lacks(pot, group)).unwrap();
            let open: Vec<u8> = left(pot)
                .into_iter()
                .filter(|&ball| is_admissible(ball, group))
                .collect();
            let share = 1.0 / open.len() as f64;
            open.into_iter().map(|ball| (ball, group, share)).collect()
        }
    }
}

/// Draws of up to eight balls, with every kind of constraint; some of them impossible.
fn draws() -> impl Strategy<Value = Draw> {
    let shape = prop_oneof![
        Just((2, vec![1])),
        Just((2, vec![2])),
        Just((2, vec![1, 1])),
        Just((2, vec![1, 2])),
        Just((2, vec![1, 1, 1])),
        Just((2, vec![2, 1, 1])),
        Just((3, vec![2])),
        Just((3, vec![1, 1])),
        Just((4, vec![1])),
        Just((4, vec![1, 1])),
    ];
    shape.prop_flat_map(|(groups, pots): (usize, Vec<u8>)| {
        let balls = groups * pots.iter().map(|&pot| usize::from(pot)).sum::<usize>();
        let numbers: Vec<u8> = (0..balls as u8).collect();
        let all = (1_u64 << groups) - 1;
        let scope = prop_oneof![
            3 => (0..=1_u8, 0..=1_u8).prop_map(|(least, more)| Scope::Group {
                least,
                most: (least + more).max(1),
            }),
            2 => (0..2_usize, 1..=2_u8).prop_map(|(partition, most)| Scope::Parts { partition, most }),
            1 => (1..=all).prop_map(|groups| Scope::Only { groups }),
        ];
        let constraint = (subsequence(numbers.clone(), 1..=balls.min(4)), scope)
            .prop_map(|(balls, scope)| Constraint { balls: set(&balls), scope });
        let fixed = (subsequence(numbers.clone(), 0..=2), prop::collection::vec(0..groups as u8, 2))
            .prop_map(|(balls, groups)| {
                let placed = |(ball, group)| Placed { ball, group };
                balls.into_iter().zip(groups).map(placed).collect::<Vec<_>>()
            });
        let held = prop_oneof![
            Just(by_pot()),
            Just(Held::ByPot {
                first_admissible: true
            }),
            Just(Held::ByGroup),
        ];
        (
            Just(numbers).prop_shuffle(),
            prop::collection::vec(constraint, 0..5),
            fixed,
            held,
        )
            .prop_map(move |(mut numbers, constraints, fixed, held)| {
                let pots = pots.iter().map(|&per_group| Pot {
                    balls: numbers.split_off(numbers.len() - groups * usize::from(per_group)),
                    per_group,
                });
                Draw {
                    pots: pots.collect(),
                    groups,
                    constraints,
                    partitions: vec![vec![1, all & !1], vec![0b11, all & !0b11]]
                        .into_iter()
                        .map(|parts| parts.into_iter().filter(|&part| part != 0).collect())
                        .collect(),
                    fixed,
                    held,
                }
            })
    })
}

/// Draws that can be held, and their outcomes.
fn possible_draws() -> impl Strategy<Value = (Draw, Vec<Vec<u8>>)> {
    let possible = draws().prop_filter_map("no valid outcome", |draw| {
        let outcomes = outcomes(&draw);
        (!outcomes.is_empty()).then_some((draw, outcomes))
    });
    possible.boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_draw_passes_the_check_if_and_only_if_an_outcome_is_valid(draw in draws()) {
        let with = |constraints: usize, fixed: &[Placed]| {
            let draw = Draw {
                constraints: draw.constraints[..constraints].to_vec(),
                fixed: fixed.to_vec(),
                ..draw.clone()
            };
            !outcomes(&draw).is_empty()
        };
        match draw.check() {
            Ok(()) => prop_assert!(with(draw.constraints.len(), &draw.fixed)),
            Err(Fault::Unmet { constraint }) => {
                prop_assert!(with(constraint, &draw.fixed));
                prop_assert!(!with(constraint + 1, &[]));
            }
            Err(Fault::FixedAgainst { constraint }) => {
                prop_assert!(with(constraint, &draw.fixed));
                prop_assert!(!with(constraint + 1, &draw.fixed));
                prop_assert!(with(constraint + 1, &[]));
            }
            Err(Fault::FixedContradict { fixed }) => {
                prop_assert!(with(0, &draw.fixed[..fixed]));
                prop_assert!(!with(0, &draw.fixed[..=fixed]));
            }
            Err(fault) => prop_assert!(false, "{fault}"),
        }
    }

    #[test]
    fn admissible_is_what_leaves_a_valid_outcome((draw, outcomes) in possible_draws()) {
        let mut workspace = Workspace::default();
        for ball in 0..outcomes[0].len() {
            let groups = outcomes.iter().fold(0_u64, |groups, outcome| groups | 1 << outcome[ball]);
            let is_fixed = draw.fixed.iter().any(|fixed| usize::from(fixed.ball) == ball);
            let expected = if is_fixed { 0 } else { groups };
            prop_assert_eq!(draw.admissible(&mut workspace, ball as u8), Ok(expected));
        }
    }

    #[test]
    fn whatever_is_drawn_is_valid((draw, _) in possible_draws(), seed: u64) {
        let (mut workspace, mut rng) = (Workspace::default(), ChaCha8Rng::seed_from_u64(seed));
        let all = draw.outcomes().unwrap();
        for _ in 0..5 {
            assert_sound(&draw, draw.ceremony(&mut workspace, &mut rng).unwrap());
            assert_sound(&draw, draw.uniform(&mut workspace, &mut rng, 1_000_000).unwrap());
            assert_sound(&draw, all.draw(&mut workspace, &mut rng));
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exact_probabilities_are_those_of_the_whole_tree((draw, outcomes) in possible_draws()) {
        let even = vec![1.0 / outcomes.len() as f64; outcomes.len()];
        for (procedure, chances) in [
            (Procedure::Ceremony, ceremony(&draw, &outcomes)),
            (Procedure::Uniform, even),
        ] {
            let exact = draw.exact(procedure).unwrap();
            let chance = |is_so: &dyn Fn(&[u8]) -> bool| -> f64 {
                let chances = outcomes.iter().zip(&chances);
                chances.filter(|(outcome, _)| is_so(outcome)).map(|(_, chance)| chance).sum()
            };
            for one in 0..outcomes[0].len() {
                for group in 0..draw.groups as u8 {
                    let expected = chance(&|outcome| outcome[one] == group);
                    let computed = exact.in_group(one as u8, group);
                    prop_assert!((computed - expected).abs() < 1e-12, "{procedure:?} {one} in {group}: {computed} {expected}");
                }
                for other in 0..outcomes[0].len() {
                    let expected = chance(&|outcome| outcome[one] == outcome[other]);
                    let computed = exact.together(one as u8, other as u8);
                    prop_assert!((computed - expected).abs() < 1e-12, "{procedure:?} {one} with {other}: {computed} {expected}");
                }
            }
            // Groups that can be renamed at will, and in how many ways.
            let touched = draw.fixed.iter().fold(0_u64, |set, fixed| set | 1 << fixed.group);
            let alike = draw.groups - touched.count_ones() as usize;
            let names: u128 = (1..=alike as u128).product();
            let plain = draw.constraints.iter().all(|constraint| matches!(constraint.scope, Scope::Group { .. }));
            let counted = outcomes.len() as u128;
            prop_assert!(counted.is_multiple_of(exact.outcomes()) && names.is_multiple_of(counted / exact.outcomes()));
            prop_assert!(!plain || counted == exact.outcomes() * names);
        }
    }
}
