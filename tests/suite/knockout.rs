//! Ties, brackets, draws and tables of seats inside seasons, against exact answers.

use std::collections::HashMap;

use matchday::competition::Seating;
use matchday::edition::{Edition, Snapshot};
use matchday::fit::{Fit, Settings};
use matchday::fixture::{Scoreline, Venue};
use matchday::model::{EXTRA_TIME, GoalModel, Pairing, Strengths};
use matchday::project::{Projection, Verdict};
use matchday::simulate::{Block, LANES, Plan, PlannedGroup, PlannedPlace, Sampler, simulate};
use matchday::standings::Metric;
use matchday::team::TeamId;

fn cut(edition: &str, when: &str) -> (Snapshot, Fit) {
    let edition = Edition::open(edition).unwrap();
    let snapshot = edition.as_of(when.parse().unwrap()).unwrap();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    (snapshot, fit)
}

fn stage(snapshot: &Snapshot, id: &str) -> usize {
    let stages = &snapshot.edition().competition.stages;
    stages.iter().position(|stage| stage.id == id).unwrap()
}

/// Exactly the probabilities that seasons draw from.
fn cells(fit: &Fit, home: TeamId, away: TeamId, venue: Venue, share: f64) -> Vec<(Scoreline, f64)> {
    let pairing = Pairing { home, away, venue };
    let grid = fit
        .model
        .grid_of_share(fit.model.estimate(), pairing, share);
    let cells = Sampler::new(&grid).probabilities().into_iter().enumerate();
    let cells = cells.map(|(code, p)| (Scoreline::new(code as u8 / 16, code as u8 % 16), p));
    cells.filter(|(_, p)| *p > 1e-12).collect()
}

/// How a tie is decided, as its list says it; nothing here is shared with the program.
#[derive(Clone, Copy)]
struct Law {
    away_goals: bool,
    extra_time: bool,
    extra_time_away_goals: bool,
}

impl Law {
    fn of(metrics: &[Metric]) -> Self {
        Self {
            away_goals: metrics.contains(&Metric::AwayGoals),
            extra_time: metrics.contains(&Metric::ExtraTime),
            extra_time_away_goals: metrics.contains(&Metric::ExtraTimeAwayGoals),
        }
    }

    /// The probability that `a` goes through, given goals and away goals of both and where the last leg
    /// is played.
    fn decide(self, fit: &Fit, a: TeamId, [goals, away]: [[i32; 2]; 2], last: Pairing) -> f64 {
        if goals[0] != goals[1] {
            return f64::from(u8::from(goals[0] > goals[1]));
        }
        if self.away_goals && away[0] != away[1] {
            return f64::from(u8::from(away[0] > away[1]));
        }
        if !self.extra_time {
            return 0.5;
        }
        let extra = cells(fit, last.home, last.away, last.venue, EXTRA_TIME);
        let through = extra.into_iter().map(|(score, p)| {
            let (home, away) = (score.home, score.away);
            let home_wins = match home.cmp(&away) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Less => 0.0,
                std::cmp::Ordering::Equal if self.extra_time_away_goals && away > 0 => 0.0,
                std::cmp::Ordering::Equal => 0.5,
            };
            p * if last.home == a {
                home_wins
            } else {
                1.0 - home_wins
            }
        });
        through.sum()
    }

    /// The probability that `a` beats `b`, the legs being these pairings, some of them played.
    fn through(self, fit: &Fit, a: TeamId, legs: &[(Pairing, Option<Scoreline>)]) -> f64 {
        let mut states = HashMap::from([([[0; 2]; 2], 1.0)]);
        for (pairing, played) in legs {
            let scores = match played {
                Some(score) => vec![(*score, 1.0)],
                None => cells(fit, pairing.home, pairing.away, pairing.venue, 1.0),
            };
            let mut next: HashMap<[[i32; 2]; 2], f64> = HashMap::new();
            for (state, probability) in states {
                for &(score, p) in &scores {
                    let (home, away) = (i32::from(score.home), i32::from(score.away));
                    let mut state: [[i32; 2]; 2] = state;
                    let at_home = usize::from(pairing.home != a);
                    state[0][at_home] += home;
                    state[0][1 - at_home] += away;
                    state[1][1 - at_home] += away;
                    *next.entry(state).or_default() += probability * p;
                }
            }
            states = next;
        }
        let last = legs.last().unwrap().0;
        let decided = states.into_iter();
        decided
            .map(|(state, p)| p * self.decide(fit, a, state, last))
            .sum()
    }
}

fn law(snapshot: &Snapshot, stage: usize) -> Law {
    let order = snapshot.edition().competition.order(stage);
    Law::of(&order.last.metrics().collect::<Vec<_>>())
}

/// Five standard errors of a share: a false alarm in about 1.7 million.
fn assert_share(seen: u64, seasons: u64, exact: f64, of: &str) {
    let share = seen as f64 / seasons as f64;
    let error = f64::sqrt(exact * (1.0 - exact) / seasons as f64).max(1e-5);
    assert!(
        (share - exact).abs() < 5.0 * error,
        "{of}: {share} instead of {exact}"
    );
}

/// Ties with and without a first leg, with away goals or extra time, under three laws.
#[test]
fn ties_agree_with_exact_enumeration() {
    const SEASONS: u64 = 100_000;
    let mut ties = 0;
    for (edition, when) in [
        ("caf-confederation-cup-2023-24", "2023-09-23"),
        ("caf-confederation-cup-2023-24", "2024-03-12"),
        ("uefa-champions-league-2023-24", "2024-02-01"),
        ("uefa-champions-league-2023-24", "2024-02-25"),
        ("uefa-champions-league-2023-24", "2024-05-20"),
    ] {
        let (snapshot, fit) = cut(edition, when);
        let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
        let tally = simulate(&plan, 7, SEASONS, |_| {}).unwrap();
        for (group, counted) in plan.groups.iter().zip(&tally.groups) {
            if group.teams.len() != 2 || group.open.is_empty() {
                continue;
            }
            let legs: Vec<_> = snapshot
                .fixtures(group.stage, group.group)
                .map(|listed| {
                    let fixture = &listed.fixture;
                    let pairing = Pairing {
                        home: fixture.home,
                        away: fixture.away,
                        venue: fixture.venue,
                    };
                    (pairing, fixture.score.map(|score| score.goals))
                })
                .collect();
            let law = law(&snapshot, group.stage);
            let exact = law.through(&fit, group.teams[0], &legs);
            let of = format!(
                "{edition} {when} {}",
                snapshot.edition().teams.name(group.teams[0])
            );
            assert_share(counted.positions.hits(0, 0).seasons, SEASONS, exact, &of);
            ties += 1;
        }
    }
    assert_eq!(ties, 16 + 4 + 8 + 8 + 1);
}

/// From the quarter-finals on, the bracket being drawn: every club's probability of the title, summed
/// over all ways to it.
#[test]
fn a_whole_bracket_agrees_with_exact_enumeration() {
    const SEASONS: u64 = 200_000;
    let (snapshot, fit) = cut("uefa-champions-league-2023-24", "2024-03-20");
    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
    let tally = simulate(&plan, 3, SEASONS, |_| {}).unwrap();
    let stages = &snapshot.edition().competition.stages;
    let quarters = stage(&snapshot, "quarter-finals");
    let law = law(&snapshot, quarters);
    let beats = |a: TeamId, b: TeamId, legs: u32| {
        let leg = |home, away, venue| (Pairing { home, away, venue }, None);
        match legs {
            1 => law.through(&fit, a, &[leg(a, b, Venue::Neutral)]),
            _ => law.through(&fit, a, &[leg(a, b, Venue::Home), leg(b, a, Venue::Home)]),
        }
    };
    // Who leaves a tie as its winner, by team; slots are `stage/group/1` of the stage before.
    let meet = |first: &HashMap<TeamId, f64>, second: &HashMap<TeamId, f64>, legs: u32| {
        let mut winners: HashMap<TeamId, f64> = HashMap::new();
        for (&a, p) in first {
            for (&b, q) in second {
                let wins = beats(a, b, legs);
                *winners.entry(a).or_default() += p * q * wins;
                *winners.entry(b).or_default() += p * q * (1.0 - wins);
            }
        }
        winners
    };
    let mut rounds: Vec<Vec<HashMap<TeamId, f64>>> = Vec::new();
    for (index, declared) in stages.iter().enumerate().skip(quarters) {
        let legs = declared.schedule.legs();
        let winners = (0..declared.groups.len()).map(|group| {
            let sides = match snapshot.members(index, group) {
                Some(teams) => [0, 1].map(|seat| HashMap::from([(teams[seat], 1.0)])),
                None => [0, 1].map(|seat| match declared.groups[group].entrants[seat] {
                    matchday::competition::Slot::Place(place) => {
                        rounds[place.stage - quarters][place.group].clone()
                    }
                    matchday::competition::Slot::Team(team) => HashMap::from([(team, 1.0)]),
                }),
            };
            meet(&sides[0], &sides[1], legs)
        });
        let winners = winners.collect();
        rounds.push(winners);
    }
    let champion = plan.outcomes.iter().position(|outcome| {
        snapshot.edition().competition.outcomes[outcome.outcome].name == "champion"
    });
    let exact = &rounds.last().unwrap()[0];
    assert_eq!(exact.len(), 8);
    for (&team, &exact) in exact {
        let seen = tally.outcomes.hits(champion.unwrap(), team.index()).seasons;
        assert_share(seen, SEASONS, exact, snapshot.edition().teams.name(team));
    }
}

/// Every season of every embedded edition, from several days, respects what every season must.
#[test]
fn every_season_keeps_its_books() {
    for (edition, when) in [
        ("caf-confederation-cup-2023-24", "2023-08-01"),
        ("caf-confederation-cup-2023-24", "2023-10-01"),
        ("caf-confederation-cup-2007", "start"),
        ("uefa-champions-league-2023-24", "2023-08-30"),
        ("uefa-champions-league-2023-24", "matchday 6"),
        ("uefa-champions-league-2024-25", "matchday 7"),
        ("uefa-euro-2024", "start"),
        ("fifa-world-cup-2026", "start"),
    ] {
        let (snapshot, fit) = cut(edition, when);
        let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
        let mut block = Block::new(&plan, 5);
        for number in 0..2 {
            block.play(number);
            assert!(block.unmet().iter().all(|unmet| !unmet), "{edition} {when}");
            crate::formats::assert_books(&plan, &mut block, number);
        }
    }
}

#[test]
fn titles_sum_to_one_and_what_happened_is_certain() {
    const SEASONS: u64 = 20_000;
    for when in ["2023-08-01", "2023-10-05", "matchday 4", "2024-04-01"] {
        let (snapshot, fit) = cut("caf-confederation-cup-2023-24", when);
        let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
        let tally = simulate(&plan, 1, SEASONS, |_| {}).unwrap();
        let projection = Projection::new(&snapshot, &plan, &tally);
        let titles = projection
            .careers
            .iter()
            .filter_map(|career| *career.outcomes.last().unwrap());
        let seasons: u64 = titles.map(|title| title.seasons).sum();
        let told = !projection
            .careers
            .iter()
            .all(|career| career.outcomes.last().unwrap().is_none());
        assert_eq!((seasons, told), (SEASONS, true), "{when}");
    }
    let (snapshot, fit) = cut("caf-confederation-cup-2023-24", "2024-05-20");
    let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
    let tally = simulate(&plan, 1, 1000, |_| {}).unwrap();
    let projection = Projection::new(&snapshot, &plan, &tally);
    let first = &projection.careers[0];
    assert_eq!(snapshot.edition().teams.name(first.team), "Zamalek");
    let title = first.outcomes.last().unwrap().unwrap();
    assert_eq!((title.verdict, title.seasons), (Verdict::Certain, 1000));
}

/// In every season the third-placed teams that go on sit where the table of seats puts them.
#[test]
fn third_placed_teams_sit_where_the_table_says() {
    for edition in ["uefa-euro-2024", "fifa-world-cup-2026"] {
        let (snapshot, fit) = cut(edition, "start");
        let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
        let mut block = Block::new(&plan, 5);
        let groups = stage(&snapshot, "groups");
        let (thirds, seats) = (stage(&snapshot, "thirds"), stage(&snapshot, "third-seats"));
        let Seating::Table(table) = &snapshot.edition().competition.stages[seats].seating else {
            panic!("a table of seats");
        };
        let of = |stage: usize| {
            let groups = plan.groups.iter().enumerate();
            groups
                .filter(move |(_, group)| group.stage == stage)
                .map(|(index, _)| index)
        };
        let mut sets = std::collections::HashSet::new();
        for number in 0..4 {
            let played = block.play(number);
            for lane in 0..LANES {
                let team = |group: usize, rank: usize| {
                    played[group].finisher(&plan.groups[group], rank, lane)
                };
                let third: Vec<TeamId> = of(groups).map(|group| team(group, 2)).collect();
                let ranking = of(thirds).next().unwrap();
                let going: Vec<TeamId> = (0..table.count).map(|rank| team(ranking, rank)).collect();
                let letters = (0..third.len()).filter(|&group| going.contains(&third[group]));
                let key = letters.fold(0_u64, |set, group| set | 1 << group);
                assert_eq!(key.count_ones() as usize, table.count);
                let row = table.table.row(key).unwrap();
                for (seat, &group) in of(seats).zip(row) {
                    assert_eq!(team(seat, 0), third[usize::from(group)]);
                }
                sets.insert(key);
            }
        }
        assert!(
            sets.len() > 14,
            "{edition}: {} sets of groups came up",
            sets.len()
        );
    }
}

/// The draws that were really held obey the bounds that the editions state.
#[test]
fn real_draws_obey_their_bounds() {
    use matchday::competition::{Limit, Slot, Trait};
    let mut checked = 0;
    for edition in matchday::edition::embedded_editions() {
        let edition = Edition::open(edition).unwrap();
        let snapshot = edition.as_of(matchday::edition::When::Now).unwrap();
        for (index, declared) in edition.competition.stages.iter().enumerate() {
            let Seating::Drawn(drawing) = &declared.seating else {
                continue;
            };
            for (group, seats) in declared.groups.iter().enumerate() {
                let members = snapshot.members(index, group).unwrap();
                for bound in &drawing.bounds {
                    let has = |seat: usize, other: usize| {
                        let [a, b] = [seat, other].map(|seat| &edition.teams[members[seat]]);
                        match &bound.of {
                            Trait::Association => a.association == b.association,
                            Trait::EarlierGroup => {
                                let origin = |slot: Slot| match slot {
                                    Slot::Place(place) => Some((place.stage, place.group)),
                                    Slot::Team(_) => None,
                                };
                                let [a, b] = [seat, other].map(|seat| origin(seats.entrants[seat]));
                                a.is_some() && a == b
                            }
                            Trait::Confederation => {
                                let is = |team: &matchday::team::Team| {
                                    let mut all = team.confederations();
                                    all.any(|name| bound.value.as_deref().is_none_or(|v| v == name))
                                };
                                is(a) && is(b)
                            }
                            Trait::OneOf(slots) => [seat, other]
                                .iter()
                                .all(|&seat| slots.contains(&seats.entrants[seat])),
                        }
                    };
                    match &bound.limit {
                        Limit::Group { most, .. } => {
                            for seat in 0..members.len() {
                                let alike = (0..members.len()).filter(|&other| has(seat, other));
                                let alike = alike.filter(|&other| other != seat).count() + 1;
                                assert!(
                                    alike <= usize::from(*most),
                                    "{} {}",
                                    edition.id,
                                    declared.id
                                );
                                checked += 1;
                            }
                        }
                        Limit::Only { groups } => {
                            let Trait::OneOf(slots) = &bound.of else {
                                continue;
                            };
                            let here = seats.entrants.iter().any(|slot| slots.contains(slot));
                            assert!(
                                !here || groups.contains(&group),
                                "{} {}",
                                edition.id,
                                declared.id
                            );
                            checked += 1;
                        }
                        Limit::Parts { .. } => {}
                    }
                }
            }
        }
    }
    assert!(checked > 100, "only {checked} checks");
}

/// A planned outcome counts exactly its places.
#[test]
fn outcomes_count_their_places() {
    const SEASONS: u64 = 1_000;
    let (snapshot, fit) = cut("uefa-champions-league-2024-25", "matchday 4");
    let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
    let tally = simulate(&plan, 1, SEASONS, |_| {}).unwrap();
    assert_eq!(
        plan.outcomes.len(),
        snapshot.edition().competition.outcomes.len()
    );
    for (index, outcome) in plan.outcomes.iter().enumerate() {
        let hits: u64 = tally
            .outcomes
            .row(index)
            .iter()
            .map(|hits| hits.seasons)
            .sum();
        assert_eq!(hits, SEASONS * outcome.places.len() as u64);
        let open = |place: &&PlannedPlace| matches!(place, PlannedPlace::Open { .. });
        assert_eq!(
            outcome.places.iter().filter(open).count(),
            outcome.places.len()
        );
    }
    let known = |group: &&PlannedGroup| group.is_known();
    assert_eq!(plan.groups.iter().filter(known).count(), 1);
}
