//! Draws that were held.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;

fn near(value: f64, expected: f64) -> bool {
    (value - expected).abs() < 1e-12
}

/// Reference: exact recursions over the same draw, published with the fractions.
#[test]
fn the_round_of_16_of_2023_has_the_published_probabilities() {
    let (paris, leipzig, copenhagen) = (5, 6, 0);
    let (bayern, dortmund, city) = (8, 13, 14);
    let draw = round_of_16();
    let ceremony = draw.exact(Procedure::Ceremony).unwrap();
    let uniform = draw.exact(Procedure::Uniform).unwrap();
    assert_eq!((ceremony.outcomes(), uniform.outcomes()), (10_595, 10_595));
    assert!(near(
        ceremony.together(paris, bayern),
        131_840_657.0 / 762_048_000.0
    ));
    assert!(near(uniform.together(bayern, paris), 362.0 / 2119.0));
    for exact in [&ceremony, &uniform] {
        for winner in 8..16 {
            let possible = ![bayern, dortmund, city].contains(&winner);
            let expected = if possible { 0.2 } else { 0.0 };
            assert!(near(exact.together(leipzig, winner), expected));
        }
    }
    let percent = |exact: &Exact, winner| 100.0 * exact.together(copenhagen, winner);
    assert_eq!(format!("{:.2}", percent(&ceremony, dortmund)), "17.30");
    assert_eq!(format!("{:.2}", percent(&uniform, dortmund)), "17.08");
    assert_eq!(format!("{:.2}", percent(&ceremony, city)), "14.75");
    assert_eq!(format!("{:.2}", percent(&uniform, city)), "14.58");
    // No pairing differs by more than Paris and Bayern.
    let gap = |(one, other)| (ceremony.together(one, other) - uniform.together(one, other)).abs();
    let pairs = (0..8).flat_map(|one| (8..16).map(move |other| (one, other)));
    let largest = pairs.map(gap).fold(0.0, f64::max);
    assert!(near(largest, gap((paris, bayern))));
}

#[test]
fn a_draw_with_two_balls_of_a_pot_in_every_group_is_computed_exactly() {
    let draw = confederation_cup();
    let free = Draw {
        constraints: vec![],
        ..draw.clone()
    };
    for procedure in [Procedure::Ceremony, Procedure::Uniform] {
        let exact = free.exact(procedure).unwrap();
        assert_eq!(exact.outcomes(), 24 * 2520);
        assert!(near(exact.together(0, 5), 0.25));
        assert!(near(exact.together(2, 12), 0.25));
        assert!(near(exact.together(8, 9), 1.0 / 7.0));
        assert!(near(exact.in_group(9, 3), 0.25));

        let exact = draw.exact(procedure).unwrap();
        assert!(
            [(1, 4), (9, 11), (5, 13), (8, 15)]
                .iter()
                .all(|&(one, other)| exact.together(one, other) == 0.0)
        );
        for ball in 0..16 {
            let company: f64 = (0..16).map(|other| exact.together(ball, other)).sum();
            assert!(near(company, 4.0));
            assert!((0..4).all(|group| near(exact.in_group(ball, group), 0.25)));
        }
    }
}

#[test]
fn the_groups_of_the_2023_champions_league_are_a_valid_outcome() {
    // A to H, by position in the edition's list of teams.
    let groups: [[u8; 4]; 8] = [
        [4, 9, 23, 26],
        [1, 15, 20, 31],
        [3, 8, 19, 29],
        [6, 10, 17, 25],
        [7, 12, 21, 27],
        [5, 11, 18, 28],
        [0, 13, 22, 24],
        [2, 14, 16, 30],
    ];
    let mut draw = group_stage();
    fix(&mut draw, &groups);
    assert_eq!(draw.check(), Ok(()));
    // Newcastle for Antwerp in the group of Manchester City.
    draw.fixed.retain(|fixed| ![24, 28].contains(&fixed.ball));
    draw.fixed.push(Placed { ball: 28, group: 6 });
    assert_eq!(draw.check(), Err(Fault::FixedAgainst { constraint: 0 }));
}

#[test]
fn the_groups_of_the_2026_world_cup_are_a_valid_outcome() {
    let groups: [[u8; 4]; 12] = [
        [1, 20, 35, 45],
        [0, 16, 33, 42],
        [7, 13, 28, 40],
        [2, 23, 29, 44],
        [11, 21, 31, 39],
        [9, 17, 30, 43],
        [10, 19, 26, 41],
        [3, 15, 34, 37],
        [5, 18, 24, 47],
        [4, 22, 27, 36],
        [8, 14, 32, 46],
        [6, 12, 25, 38],
    ];
    let mut draw = world_cup();
    assert_eq!(draw.check(), Ok(()));
    fix(&mut draw, &groups);
    assert_eq!(draw.check(), Ok(()));
}

#[test]
fn the_world_cup_is_drawn_without_dead_ends() {
    let draw = world_cup();
    let (mut workspace, mut rng) = (Workspace::default(), ChaCha8Rng::seed_from_u64(2026));
    for _ in 0..1000 {
        assert_sound(&draw, draw.ceremony(&mut workspace, &mut rng).unwrap());
    }
}

#[test]
fn a_ball_joins_the_first_group_it_may_in_the_order_of_the_groups() {
    // Two pots of three; the second ball of the first pot must not meet those of the second but one.
    let mut draw = Draw {
        pots: pots(2, 3),
        groups: 3,
        constraints: vec![
            Constraint::apart(set(&[1, 3])),
            Constraint::apart(set(&[1, 4])),
        ],
        held: Held::ByPot {
            first_admissible: true,
        },
        ..Draw::default()
    };
    draw.fixed = vec![Placed { ball: 0, group: 0 }, Placed { ball: 1, group: 1 }];
    // Ball 5 must not take the seat beside ball 0, which the others need less than ball 1 needs it.
    let mut workspace = Workspace::default();
    assert_eq!(draw.admissible(&mut workspace, 5), Ok(0b010));
    assert_eq!(draw.admissible(&mut workspace, 3), Ok(0b101));
    assert_eq!(draw.admissible(&mut workspace, 2), Ok(0b100));
    assert_eq!(draw.admissible(&mut workspace, 0), Ok(0));
    let exact = draw.exact(Procedure::Ceremony).unwrap();
    // Balls 3 and 4 go to group 0 and then to group 2, in the order in which they come out.
    assert_eq!(exact.in_group(5, 1), 1.0);
    assert_eq!(exact.in_group(3, 0), 0.5);
    assert_eq!(exact.in_group(4, 2), 0.5);
}

/// The search against the count, on draws larger than can be enumerated: some of the balls are where a
/// ceremony has put them, and every question about the others is asked.
#[test]
fn admissible_is_where_a_counted_outcome_has_the_ball() {
    let (mut workspace, mut rng) = (Workspace::default(), ChaCha8Rng::seed_from_u64(5));
    for draw in [round_of_16(), confederation_cup()] {
        for kept in 4..14 {
            let group_of = draw
                .ceremony(&mut workspace, &mut rng)
                .unwrap()
                .group_of()
                .to_vec();
            let mut balls: Vec<u8> = (0..16).collect();
            chance::shuffle(&mut rng, &mut balls);
            let placed = |&ball: &u8| Placed {
                ball,
                group: group_of[usize::from(ball)],
            };
            let fixed = balls[..kept].iter().map(placed).collect();
            let begun = Draw {
                fixed,
                ..draw.clone()
            };
            let exact = begun.exact(Procedure::Uniform).unwrap();
            for &ball in &balls[kept..] {
                let groups = (0..8).filter(|&group| usize::from(group) < draw.groups);
                let there = groups.filter(|&group| exact.in_group(ball, group) > 0.0);
                let expected = there.fold(0, |set, group| set | 1 << group);
                assert_eq!(begun.admissible(&mut workspace, ball), Ok(expected));
            }
        }
    }
}

/// Fixes all balls that are not, group by group.
fn fix<const SIZE: usize>(draw: &mut Draw, groups: &[[u8; SIZE]]) {
    let known: Vec<u8> = draw.fixed.iter().map(|fixed| fixed.ball).collect();
    for (group, balls) in groups.iter().enumerate() {
        let group = group as u8;
        let new = balls.iter().filter(|ball| !known.contains(ball));
        draw.fixed.extend(new.map(|&ball| Placed { ball, group }));
    }
}
