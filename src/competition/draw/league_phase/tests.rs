//! League phases that were drawn, and all that can go wrong with small ones.

use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;

/// The Champions League of 2024–25.
fn champions_league() -> LeaguePhase {
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
    }
}

/// What is wrong with fixtures, if anything.
fn flaw(league: &LeaguePhase, pairings: &[Pairing]) -> Option<String> {
    let teams = league.associations.len();
    let pot = |team: usize| team / league.size;
    let pairs: Vec<[usize; 2]> = (pairings.iter())
        .map(|pairing| [pairing.home.into(), pairing.away.into()])
        .collect();
    for team in 0..teams {
        let guests = pairs
            .iter()
            .filter(|pair| pair[0] == team)
            .map(|pair| pair[1]);
        let hosts = pairs
            .iter()
            .filter(|pair| pair[1] == team)
            .map(|pair| pair[0]);
        let others: Vec<usize> = guests.clone().chain(hosts.clone()).collect();
        for number in 0..teams / league.size {
            let here = |&other: &usize| pot(other) == number;
            if [
                guests.clone().filter(here).count(),
                hosts.clone().filter(here).count(),
            ] != [1, 1]
            {
                return Some(format!("{team} against pot {number}"));
            }
        }
        for &other in &others {
            if others.iter().filter(|&&again| again == other).count() > 1 {
                return Some(format!("{team} meets {other} twice"));
            }
            let association = league.associations[other];
            let same = |&&other: &&usize| league.associations[other] == association;
            if association == league.associations[team] {
                return Some(format!("{team} meets {other} of its association"));
            }
            if others.iter().filter(same).count() > league.most.into() {
                return Some(format!(
                    "{team} meets too many of association {association}"
                ));
            }
        }
    }
    None
}

fn assert_split(pairings: &[Pairing], days: &[u8], teams: usize) {
    let fixtures = |team: usize| {
        let plays = move |pairing: &Pairing| [pairing.home, pairing.away].contains(&(team as u8));
        let mut days: Vec<u8> = (pairings.iter().zip(days))
            .filter(|(pairing, _)| plays(pairing))
            .map(|(_, &day)| day)
            .collect();
        days.sort_unstable();
        days
    };
    let expected: Vec<u8> = (0..(2 * pairings.len() / teams) as u8).collect();
    assert!((0..teams).all(|team| fixtures(team) == expected));
}

#[test]
fn the_champions_league_is_drawn_and_split_into_eight_matchdays() {
    let league = champions_league();
    let mut rng = ChaCha8Rng::seed_from_u64(2024);
    let (mut workspace, mut days) = (LeagueWorkspace::default(), Vec::new());
    for _ in 0..200 {
        let pairings = league.draw(&mut workspace, &mut rng).unwrap();
        assert_eq!((pairings.len(), flaw(&league, pairings)), (144, None));
        matchdays(pairings, &mut days, &mut rng).unwrap();
        assert_split(pairings, &days, 36);
    }
}

/// How often one of two teams is at home to the other, `[home][away]`.
fn seen(league: &LeaguePhase, draws: u32, seed: u64) -> Vec<Vec<u32>> {
    let (mut workspace, mut rng) = (LeagueWorkspace::default(), ChaCha8Rng::seed_from_u64(seed));
    let teams = league.associations.len();
    let mut seen = vec![vec![0; teams]; teams];
    for _ in 0..draws {
        for pairing in league.draw(&mut workspace, &mut rng).unwrap() {
            seen[usize::from(pairing.home)][usize::from(pairing.away)] += 1;
        }
    }
    seen
}

/// No two of an association: within a pot everybody meets everybody as often, 2 in `size - 1`, and
/// across pots 2 in `size`, half of it at home.
#[test]
fn teams_that_nothing_tells_apart_meet_equally_often() {
    for (size, teams, draws) in [(4, 8, 10_000_u32), (9, 36, 2_000)] {
        let league = LeaguePhase {
            size,
            associations: (0..teams).collect(),
            most: 2,
        };
        for (home, guests) in seen(&league, draws, 9).iter().enumerate() {
            for (away, &count) in guests.iter().enumerate() {
                let opponents = match (home == away, home / size == away / size) {
                    (true, _) => continue,
                    (_, true) => size - 1,
                    (_, false) => size,
                };
                let chance = 1.0 / opponents as f64;
                let mean = f64::from(draws) * chance;
                // 5.5 standard errors: a false alarm in 20,000 runs, over all 1,316 counts.
                let error = (mean * (1.0 - chance)).sqrt();
                assert!(
                    (f64::from(count) - mean).abs() < 5.5 * error,
                    "{home} {away} {count}"
                );
            }
        }
    }
}

/// The same clubs under other numbers: the pots turned round.
#[test]
fn the_numbers_of_the_teams_decide_nothing() {
    const DRAWS: u32 = 2_000;
    let league = champions_league();
    let turned = |team: usize| team / 9 * 9 + 8 - team % 9;
    let other = LeaguePhase {
        associations: (0..36)
            .map(|team| league.associations[turned(team)])
            .collect(),
        ..league.clone()
    };
    let (one, other) = (seen(&league, DRAWS, 1), seen(&other, DRAWS, 2));
    for home in 0..36 {
        for away in 0..36 {
            let counts = [one[home][away], other[turned(home)][turned(away)]].map(f64::from);
            let chance = (counts[0] + counts[1]) / (2.0 * f64::from(DRAWS));
            // 5.5 standard errors of the difference: a false alarm in 20,000 runs, over all 1,136 fixtures.
            let error = (2.0 * f64::from(DRAWS) * chance * (1.0 - chance)).sqrt();
            assert!(
                (counts[0] - counts[1]).abs() <= 5.5 * error,
                "{home} {away} {counts:?}"
            );
        }
    }
}

/// Every way to give one home fixture against each pot to everybody, as long as nothing is wrong.
fn is_possible(league: &LeaguePhase) -> bool {
    fn go_on(league: &LeaguePhase, pairings: &mut Vec<Pairing>, slot: usize) -> bool {
        let (teams, size) = (league.associations.len(), league.size);
        let pots = teams / size;
        if slot == teams * pots {
            return flaw(league, pairings).is_none();
        }
        let (home, pot) = (slot / pots, slot % pots);
        (pot * size..(pot + 1) * size).any(|away| {
            let again = |pairing: &Pairing| {
                let (one, other) = (usize::from(pairing.home), usize::from(pairing.away));
                one / size == home / size && other == away || (one, other) == (away, home)
            };
            if league.associations[home] == league.associations[away] || pairings.iter().any(again)
            {
                return false;
            }
            pairings.push(Pairing {
                home: home as u8,
                away: away as u8,
            });
            let found = go_on(league, pairings, slot + 1);
            pairings.pop();
            found
        })
    }
    go_on(league, &mut Vec::new(), 0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_small_league_passes_the_check_if_and_only_if_it_can_be_drawn(
        size in 3..=4_usize,
        associations in prop::collection::vec(0..6_u8, 8),
        most in 0..=2_u8,
    ) {
        let league = LeaguePhase {
            size,
            associations: associations[..2 * size].to_vec(),
            most,
        };
        let expected = match is_possible(&league) {
            true => Ok(()),
            false => Err(LeagueFault::Impossible),
        };
        prop_assert_eq!(league.check(), expected);
    }

    #[test]
    fn whatever_is_drawn_is_valid_whoever_takes_part(
        (pots, size) in prop_oneof![Just((4, 9)), Just((3, 6)), Just((2, 8)), Just((6, 6))],
        mut associations in prop::collection::vec(0..16_u8, 36),
        most in 1..=3_u8,
        seed: u64,
    ) {
        associations.truncate(pots * size);
        let league = LeaguePhase { size, associations, most };
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (mut workspace, mut days) = (LeagueWorkspace::default(), Vec::new());
        match league.draw(&mut workspace, &mut rng) {
            Ok(pairings) => {
                prop_assert_eq!(flaw(&league, pairings), None);
                // Of fewer teams a draw may come out, now and then, that cannot be split.
                if pots * size == 36 {
                    matchdays(pairings, &mut days, &mut rng).unwrap();
                    assert_split(pairings, &days, 36);
                }
            }
            Err(fault) => prop_assert!(matches!(fault, LeagueFault::Impossible | LeagueFault::TooHard)),
        }
    }
}

#[test]
fn what_comes_out_does_not_depend_on_what_came_before() {
    let league = champions_league();
    let other = LeaguePhase {
        size: 4,
        associations: (0..12).collect(),
        most: 1,
    };
    let mut used = LeagueWorkspace::default();
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    league.draw(&mut used, &mut rng).unwrap();
    other.draw(&mut used, &mut rng).unwrap();
    let mut fresh = LeagueWorkspace::default();
    for seed in 0..20 {
        let again = ChaCha8Rng::seed_from_u64(seed);
        assert_eq!(
            league.draw(&mut used, &mut again.clone()),
            league.draw(&mut fresh, &mut again.clone())
        );
    }
}

#[test]
fn pots_must_be_full_and_large_enough() {
    for (size, teams) in [(0, 4), (2, 4), (3, 0), (3, 4), (5, 65)] {
        let league = LeaguePhase {
            size,
            associations: (0..teams).collect(),
            most: 2,
        };
        let fault = LeagueFault::Size {
            teams: teams.into(),
            size,
        };
        assert_eq!(league.check(), Err(fault));
    }
}

fn pairings(pairs: &[(u8, u8)]) -> Vec<Pairing> {
    pairs
        .iter()
        .map(|&(home, away)| Pairing { home, away })
        .collect()
}

#[test]
fn fixtures_that_cannot_be_split_are_refused() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut split = |pairs: &[(u8, u8)]| matchdays(&pairings(pairs), &mut Vec::new(), &mut rng);
    // Two rings of three; a ring of five; the graph of Petersen, whose edges need a fourth colour.
    let rings = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)];
    assert_eq!(
        split(&rings),
        Err(LeagueFault::NoMatchdays { matchdays: 2 })
    );
    let ring = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)];
    assert_eq!(split(&ring), Err(LeagueFault::NoMatchdays { matchdays: 2 }));
    let petersen: Vec<(u8, u8)> = (0..5)
        .flat_map(|team| {
            [
                (team, (team + 1) % 5),
                (team, team + 5),
                (team + 5, (team + 2) % 5 + 5),
            ]
        })
        .collect();
    assert_eq!(
        split(&petersen),
        Err(LeagueFault::NoMatchdays { matchdays: 3 })
    );
    // Not equally many, against itself, twice the same, and nobody.
    assert_eq!(
        split(&[(0, 1), (1, 2)]),
        Err(LeagueFault::Uneven { team: 1 })
    );
    assert_eq!(split(&[(3, 3)]), Err(LeagueFault::Uneven { team: 3 }));
    assert_eq!(
        split(&[(0, 1), (1, 0)]),
        Err(LeagueFault::Uneven { team: 1 })
    );
    assert_eq!(split(&[(0, 64)]), Err(LeagueFault::Uneven { team: 64 }));
    assert_eq!(split(&[]), Ok(()));
}

/// Everybody against everybody, ten teams: each fixture on each of nine days as often.
#[test]
fn every_fixture_is_on_every_matchday_as_often() {
    const SPLITS: u32 = 9_000;
    let all: Vec<(u8, u8)> = (0..10)
        .flat_map(|one| (0..one).map(move |other| (one, other)))
        .collect();
    let all = pairings(&all);
    let (mut rng, mut days) = (ChaCha8Rng::seed_from_u64(10), Vec::new());
    let mut seen = vec![[0_u32; 9]; all.len()];
    for _ in 0..SPLITS {
        matchdays(&all, &mut days, &mut rng).unwrap();
        assert_split(&all, &days, 10);
        seen.iter_mut()
            .zip(&days)
            .for_each(|(seen, &day)| seen[usize::from(day)] += 1);
    }
    // Five standard errors: a false alarm in 4,000 runs, over all 405 counts.
    let error = (f64::from(SPLITS) / 9.0 * 8.0 / 9.0).sqrt();
    let off = |count: &u32| (f64::from(*count) - f64::from(SPLITS) / 9.0).abs();
    assert!(seen.iter().flatten().all(|count| off(count) < 5.0 * error));
}
