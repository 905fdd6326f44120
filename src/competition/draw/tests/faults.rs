//! Draws that cannot be held, and why.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;

/// Two pots of two, as good as it gets.
fn small() -> Draw {
    Draw {
        pots: pots(2, 2),
        groups: 2,
        partitions: vec![vec![0b01, 0b10]],
        ..Draw::default()
    }
}

fn placed(ball: u8, group: u8) -> Placed {
    Placed { ball, group }
}

fn constraint(balls: u64, scope: Scope) -> Constraint {
    Constraint { balls, scope }
}

#[test]
fn what_does_not_fit_is_named() {
    type Change = fn(&mut Draw);
    let parts = |partition, most| Scope::Parts { partition, most };
    let cases: [(Change, Fault); 14] = [
        (
            |draw| draw.pots.clear(),
            Fault::Size {
                balls: 0,
                groups: 2,
            },
        ),
        (
            |draw| draw.groups = 65,
            Fault::Size {
                balls: 4,
                groups: 65,
            },
        ),
        (
            |draw| draw.pots[1].per_group = 2,
            Fault::PotSize {
                pot: 1,
                balls: 2,
                seats: 4,
            },
        ),
        (|draw| draw.pots[1].balls[0] = 1, Fault::Ball { ball: 1 }),
        (|draw| draw.pots[1].balls[0] = 4, Fault::Ball { ball: 4 }),
        (
            |draw| draw.partitions[0] = vec![0b01],
            Fault::Partition { partition: 0 },
        ),
        (
            |draw| draw.partitions.push(vec![0b11, 0b10]),
            Fault::Partition { partition: 1 },
        ),
        (
            |draw| draw.constraints[1].balls = 0b1_0000,
            Fault::Constraint { constraint: 1 },
        ),
        (
            |draw| {
                draw.constraints[1].scope = Scope::Parts {
                    partition: 1,
                    most: 1,
                }
            },
            Fault::Constraint { constraint: 1 },
        ),
        (
            |draw| draw.constraints[1].scope = Scope::Group { least: 2, most: 1 },
            Fault::Constraint { constraint: 1 },
        ),
        (
            |draw| draw.fixed.push(placed(1, 2)),
            Fault::Fixed { fixed: 1 },
        ),
        (
            |draw| draw.fixed.push(placed(0, 0)),
            Fault::FixedContradict { fixed: 1 },
        ),
        (
            |draw| draw.fixed.push(placed(1, 0)),
            Fault::FixedContradict { fixed: 1 },
        ),
        (
            |draw| draw.fixed.push(placed(2, 0)),
            Fault::FixedAgainst { constraint: 0 },
        ),
    ];
    let mut draw = small();
    draw.constraints = vec![Constraint::apart(0b0101), constraint(0b1001, parts(0, 2))];
    draw.fixed = vec![placed(0, 0)];
    assert_eq!(draw.check(), Ok(()));
    for (change, fault) in cases {
        let mut changed = draw.clone();
        change(&mut changed);
        assert_eq!(changed.check(), Err(fault), "{changed:?}");
        let (mut workspace, mut rng) = (Workspace::default(), ChaCha8Rng::seed_from_u64(0));
        draw.ceremony(&mut workspace, &mut rng).unwrap();
        assert_eq!(changed.ceremony(&mut workspace, &mut rng), Err(fault));
        assert_sound(&draw, draw.ceremony(&mut workspace, &mut rng).unwrap());
    }
}

#[test]
fn the_first_constraint_that_cannot_be_met_with_those_before_is_named() {
    let mut draw = small();
    draw.constraints = vec![
        Constraint::apart(0b0101),
        constraint(0b0001, Scope::Only { groups: 0b01 }),
        constraint(0b0100, Scope::Only { groups: 0b01 }),
        Constraint::apart(0b1010),
    ];
    assert_eq!(draw.check(), Err(Fault::Unmet { constraint: 2 }));
    draw.constraints[2].scope = Scope::Only { groups: 0 };
    assert_eq!(draw.check(), Err(Fault::Unmet { constraint: 2 }));
    draw.constraints.truncate(2);
    draw.constraints
        .insert(0, constraint(0b0011, Scope::Group { least: 2, most: 2 }));
    assert_eq!(draw.check(), Err(Fault::Unmet { constraint: 0 }));
}

/// Thirty-two teams of two camps to be paired, each within its camp: fifteen are odd, but no count of
/// seats or candidates says so.
#[test]
fn a_question_too_hard_to_decide_is_given_up() {
    let camp = |ball: u8| ball < 15;
    let pairs = (0..32).flat_map(|one| (0..one).map(move |other| (one, other)));
    let enemies = pairs.filter(|&(one, other)| camp(one) != camp(other));
    let draw = Draw {
        pots: vec![Pot {
            balls: (0..32).collect(),
            per_group: 2,
        }],
        groups: 16,
        constraints: enemies
            .map(|(one, other)| Constraint::apart(1 << one | 1 << other))
            .collect(),
        ..Draw::default()
    };
    assert_eq!(draw.check(), Err(Fault::TooHard));
}

#[test]
fn a_uniform_draw_that_runs_out_of_tries_says_so() {
    let (mut workspace, mut rng) = (Workspace::default(), ChaCha8Rng::seed_from_u64(8));
    let draw = world_cup();
    let fault = Fault::NoneValid { tries: 10 };
    assert_eq!(draw.uniform(&mut workspace, &mut rng, 10), Err(fault));
}

#[test]
fn what_is_too_large_to_count_is_refused() {
    let mut draw = Draw {
        pots: pots(1, 64),
        groups: 64,
        ..Draw::default()
    };
    // 64! does not fit into 128 bits.
    assert_eq!(draw.outcomes().err(), Some(Fault::TooLarge));
    draw.groups = 32;
    draw.pots[0].per_group = 2;
    assert_eq!(draw.exact(Procedure::Uniform), Err(Fault::TooLarge));
}

/// Drawn from the other way round and back, with impossible draws in between.
#[test]
fn what_comes_out_does_not_depend_on_what_came_before() {
    let mut used = Workspace::default();
    let impossible = Draw {
        constraints: vec![Constraint::apart(0b1111)],
        ..small()
    };
    for seed in 0..20 {
        let rng = ChaCha8Rng::seed_from_u64(seed);
        for draw in [
            round_of_16(),
            world_cup(),
            impossible.clone(),
            group_stage(),
        ] {
            assert_eq!(
                draw.ceremony(&mut used, &mut rng.clone()),
                draw.ceremony(&mut Workspace::default(), &mut rng.clone())
            );
        }
    }
}
