//! League phases that were drawn, and all that can go wrong with small ones.

use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use statrs::distribution::{ChiSquared, ContinuousCDF};

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
        fixed: vec![],
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
            fixed: vec![],
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
            fixed: vec![],
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
        let league = LeaguePhase { size, associations, most, fixed: vec![] };
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
        fixed: vec![],
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
            fixed: vec![],
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

fn set(pairs: &[(u8, u8)]) -> Vec<Pairing> {
    let mut set = pairings(pairs);
    set.sort_unstable();
    set
}

/// Every valid draw, as a sorted list of fixtures.
fn enumerate(league: &LeaguePhase) -> Vec<Vec<Pairing>> {
    fn go_on(rules: &Rules, fixtures: &mut Fixtures, slot: usize, all: &mut Vec<Vec<Pairing>>) {
        if slot == rules.teams * rules.pots {
            let guests = fixtures.guest.iter().enumerate();
            let fixture = |(slot, &away): (usize, &u8)| Pairing {
                home: (slot / rules.pots) as u8,
                away,
            };
            return all.push(guests.map(fixture).collect());
        }
        let (home, pot) = (slot / rules.pots, slot % rules.pots);
        if fixtures.no_guest[pot] >> home & 1 == 0 {
            return go_on(rules, fixtures, slot + 1, all);
        }
        for away in members(fixtures.guests(rules, home, pot)) {
            fixtures.place(rules, home, away);
            go_on(rules, fixtures, slot + 1, all);
            fixtures.lift(rules, home, away);
        }
    }
    let (mut rules, mut fixtures) = (Rules::default(), Fixtures::default());
    rules.read(league).unwrap();
    fixtures.clear(&rules);
    for fixture in &league.fixed {
        fixtures.place(&rules, fixture.home.into(), fixture.away.into());
    }
    let mut all = Vec::new();
    go_on(&rules, &mut fixtures, 0, &mut all);
    all
}

/// 100 draws of each outcome of small leagues. Error probability 3 in 10,000.
#[test]
fn small_leagues_come_out_every_way_equally_often() {
    for (size, associations, most, fixed) in [
        (4, vec![1, 2, 3, 4, 1, 2, 3, 4], 8, vec![]),
        (4, vec![1, 1, 2, 3, 4, 2, 5, 6], 2, vec![]),
        (
            3,
            vec![1, 2, 3, 1, 4, 6, 7, 5, 1],
            3,
            set(&[(2, 3), (8, 4)]),
        ),
    ] {
        let league = LeaguePhase {
            size,
            associations,
            most,
            fixed,
        };
        let all = enumerate(&league);
        assert!(all.len() > 50, "{}", all.len());
        let mut counts = vec![0.0; all.len()];
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        let mut workspace = LeagueWorkspace::default();
        for _ in 0..100 * all.len() {
            let drawn = league.uniform(&mut workspace, &mut rng).unwrap();
            let outcome = all.binary_search_by(|outcome| outcome.as_slice().cmp(drawn));
            counts[outcome.unwrap()] += 1.0;
        }
        let off = |count: &f64| (count - 100.0).powi(2) / 100.0;
        let statistic: f64 = counts.iter().map(off).sum();
        let law = ChiSquared::new(all.len() as f64 - 1.0).unwrap();
        let p = law.sf(statistic);
        assert!(
            p > 1e-4,
            "{} outcomes, chi-square {statistic}, p = {p}",
            all.len()
        );
    }
}

/// How often fixtures come up after three sweeps and after ten. Error probability 1 in 10,000.
#[test]
fn more_sweeps_change_no_fixture_noticeably() {
    const DRAWS: u32 = 4_000;
    let league = champions_league();
    let count = |sweeps: usize, seed: u64| {
        let (mut workspace, mut rng) =
            (LeagueWorkspace::default(), ChaCha8Rng::seed_from_u64(seed));
        let mut seen = vec![0.0; 36 * 36];
        for _ in 0..DRAWS {
            for fixture in league.sweep(&mut workspace, sweeps, &mut rng).unwrap() {
                seen[usize::from(fixture.home) * 36 + usize::from(fixture.away)] += 1.0;
            }
        }
        seen
    };
    let [few, many] = [count(3, 1), count(10, 2)];
    let (mut statistic, mut cells) = (0.0, 0);
    for (few, many) in few
        .iter()
        .zip(&many)
        .filter(|(few, many)| **few + **many > 20.0)
    {
        let chance: f64 = (few + many) / f64::from(2 * DRAWS);
        let off: f64 = few - many;
        statistic += off.powi(2) / (f64::from(2 * DRAWS) * chance * (1.0 - chance));
        cells += 1;
    }
    // Fixtures of one draw depend on each other, 144 of some 1,180: the law of independent ones is
    // near enough here, since a row and a column of each pair of pots sum to the number of draws.
    let p = ChiSquared::new(f64::from(cells)).unwrap().sf(statistic);
    assert!(
        p > 1e-4,
        "{cells} fixtures, chi-square {statistic}, p = {p}"
    );
}

#[test]
fn fixtures_that_are_drawn_stay() {
    let mut league = champions_league();
    league.fixed = pairings(&[(0, 6), (4, 0), (35, 0), (0, 35 - 9)]);
    let (mut workspace, mut rng) = (LeagueWorkspace::default(), ChaCha8Rng::seed_from_u64(5));
    for draw in 0..60 {
        let drawn = match draw % 2 {
            0 => league.draw(&mut workspace, &mut rng).unwrap(),
            _ => league.uniform(&mut workspace, &mut rng).unwrap(),
        };
        assert_eq!((drawn.len(), flaw(&league, drawn)), (144, None));
        assert!(league.fixed.iter().all(|fixture| drawn.contains(fixture)));
    }
    // Twice, with itself, within an association, both ways round, a second guest of a pot, nobody.
    for (fixture, number) in [
        ((0, 6), 1),
        ((3, 3), 1),
        ((1, 4), 1),
        ((6, 0), 1),
        ((0, 7), 1),
        ((0, 64), 1),
    ] {
        league.fixed = pairings(&[(0, 6), fixture]);
        assert_eq!(
            league.check(),
            Err(LeagueFault::Fixed { number }),
            "{fixture:?}"
        );
    }
}
