//! Draws that were held, and all that can be held with a handful of balls.

mod brute;
mod faults;
mod real;
mod sampling;

use super::*;

fn set(balls: &[u8]) -> u64 {
    balls.iter().fold(0, |set, &ball| set | 1 << ball)
}

/// Pots of which every group takes one ball, in the order of the balls.
fn pots(count: u8, size: u8) -> Vec<Pot> {
    let pot = |number| Pot::new(number * size..(number + 1) * size);
    (0..count).map(pot).collect()
}

fn by_pot() -> Held {
    Held::ByPot {
        first_admissible: false,
    }
}

/// The round of 16 of the 2023–24 Champions League: Copenhagen, PSV, Napoli, Inter, Lazio, Paris, Leipzig
/// and Porto (0–7), then Bayern, Arsenal, Real Madrid, Real Sociedad, Atlético, Dortmund, Manchester City
/// and Barcelona (8–15), both in the order of the groups A to H they came from.
fn round_of_16() -> Draw {
    let germany = set(&[6, 8, 13]);
    let england = set(&[9, 14]);
    let italy = set(&[2, 3, 4]);
    let spain = set(&[10, 11, 12, 15]);
    let same_group = (0..8).map(|group| set(&[group, group + 8]));
    Draw {
        pots: pots(2, 8),
        groups: 8,
        constraints: ([germany, england, italy, spain]
            .into_iter()
            .chain(same_group))
        .map(Constraint::apart)
        .collect(),
        held: Held::ByGroup,
        ..Draw::default()
    }
}

/// The groups of the 2023–24 Champions League: four pots of eight, in the order of the edition's
/// `teams.csv`, no two of an association in a group.
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
        held: by_pot(),
        ..Draw::default()
    }
}

/// The groups of the 2023–24 CAF Confederation Cup: USM Alger, Zamalek, Rivers United, Berkane (0–3),
/// Modern Future, Sagrada Esperança, Club Africain, Diables Noirs (4–7); SuperSport, Al Hilal Benghazi,
/// SOAR, Abu Salim, Dreams, Académica do Lobito, Stade Malien, Sekhukhune (8–15), two a group. Kept apart
/// here: the four pairs of an association, whether or not a rule did so.
fn confederation_cup() -> Draw {
    let third = Pot {
        balls: (8..16).collect(),
        per_group: 2,
    };
    let pairs: [&[u8]; 4] = [&[1, 4], &[9, 11], &[5, 13], &[8, 15]];
    Draw {
        pots: vec![Pot::new(0..4), Pot::new(4..8), third],
        groups: 4,
        constraints: pairs.map(|pair| Constraint::apart(set(pair))).into(),
        held: by_pot(),
        ..Draw::default()
    }
}

/// The quarters of the bracket of the 2026 World Cup, as sets of the groups whose winners are in them:
/// who can first meet in a semi-final.
fn quarters() -> [u64; 4] {
    // Of the round of 32 the matches with group winners, then who meets whom by match number.
    let winners = [
        (74, 'E'),
        (75, 'F'),
        (76, 'C'),
        (77, 'I'),
        (79, 'A'),
        (80, 'L'),
        (81, 'D'),
        (82, 'G'),
        (84, 'H'),
        (85, 'B'),
        (86, 'J'),
        (87, 'K'),
    ];
    let next = [
        (89, [74, 77]),
        (90, [73, 75]),
        (91, [76, 78]),
        (92, [79, 80]),
        (93, [83, 84]),
        (94, [81, 82]),
        (95, [86, 88]),
        (96, [85, 87]),
        (97, [89, 90]),
        (98, [93, 94]),
        (99, [91, 92]),
        (100, [95, 96]),
    ];
    let mut groups = [0; 101];
    for (number, winner) in winners {
        groups[number] = 1 << (winner as u8 - b'A');
    }
    for (number, [one, other]) in next {
        groups[number] = groups[one] | groups[other];
    }
    [groups[97], groups[98], groups[99], groups[100]]
}

/// The draw of the 2026 World Cup: the pots in the order in which they are printed, Canada, Mexico and the
/// United States being 0, 1 and 2.
fn world_cup() -> Draw {
    let quarters = quarters();
    let parts = |balls: &[u8], partition| Constraint {
        balls: set(balls),
        scope: Scope::Parts { partition, most: 1 },
    };
    let europe = Constraint {
        balls: set(&[3, 5, 6, 8, 9, 10, 11, 12, 16, 22, 24, 28, 42, 43, 44, 45]),
        scope: Scope::Group { least: 1, most: 2 },
    };
    // The winner of play-off 1 (46) is of Africa, Oceania or North America, that of play-off 2 (47) of
    // South America, Asia or North America.
    let confederations: [&[u8]; 5] = [
        &[4, 7, 14, 15, 21, 29, 47],
        &[0, 1, 2, 25, 39, 40, 46, 47],
        &[13, 18, 26, 27, 30, 31, 35, 37, 38, 46],
        &[17, 19, 20, 23, 32, 33, 34, 36, 47],
        &[41, 46],
    ];
    // Spain and Argentina, France and England in opposite halves, the four in different quarters.
    let mut constraints = vec![
        parts(&[3, 4], 0),
        parts(&[5, 6], 0),
        parts(&[3, 4, 5, 6], 1),
        europe,
    ];
    constraints.extend(confederations.map(|teams| Constraint::apart(set(teams))));
    Draw {
        pots: pots(4, 12),
        groups: 12,
        constraints,
        partitions: vec![
            vec![quarters[0] | quarters[1], quarters[2] | quarters[3]],
            quarters.into(),
        ],
        fixed: [(1, 0), (0, 1), (2, 3)]
            .map(|(ball, group)| Placed { ball, group })
            .into(),
        held: Held::ByPot {
            first_admissible: true,
        },
    }
}

/// Whether an outcome obeys a draw, said once more and plainly.
fn is_valid(draw: &Draw, group_of: &[u8]) -> bool {
    let count = |balls: u64, groups: u64| {
        let here = |&ball: &usize| balls >> ball & 1 == 1 && groups >> group_of[ball] & 1 == 1;
        (0..group_of.len()).filter(here).count()
    };
    let groups = || (0..draw.groups).map(|group| 1_u64 << group);
    let seated = draw.pots.iter().all(|pot| {
        let balls = set(&pot.balls);
        groups().all(|group| count(balls, group) == usize::from(pot.per_group))
    });
    let fixed = draw.fixed.iter();
    seated
        && fixed
            .clone()
            .all(|fixed| group_of[usize::from(fixed.ball)] == fixed.group)
        && draw
            .constraints
            .iter()
            .all(|&Constraint { balls, scope }| match scope {
                Scope::Group { least, most } => groups().all(|group| {
                    (usize::from(least)..=usize::from(most)).contains(&count(balls, group))
                }),
                Scope::Parts { partition, most } => draw.partitions[partition]
                    .iter()
                    .all(|&part| count(balls, part) <= usize::from(most)),
                Scope::Only { groups } => count(balls, !groups) == 0,
            })
}

/// Asserts that what was drawn is valid, and that its seats say the same as its groups.
fn assert_sound(draw: &Draw, drawn: &Drawn) {
    assert!(is_valid(draw, drawn.group_of()), "{draw:?}\n{drawn:?}");
    assert_eq!(drawn.groups().len(), draw.groups);
    for (number, group) in drawn.groups().enumerate() {
        let mut seats = group.iter();
        for pot in &draw.pots {
            for &ball in seats.by_ref().take(pot.per_group.into()) {
                assert!(pot.balls.contains(&ball));
                assert_eq!(usize::from(drawn.group_of()[usize::from(ball)]), number);
            }
        }
        assert_eq!(seats.next(), None);
    }
}
