//! Simulated seasons against exact answers.

use matchday::edition::{Edition, Snapshot, When, embedded_editions};
use matchday::fit::{Fit, Settings};
use matchday::model::{GoalModel, Strengths};
use matchday::project::{Probability, Projection, Verdict, possible_ranks};
use matchday::simulate::{Block, LANES, Plan, PlannedGroup, Sampler, SetResult, simulate};
use matchday::standings::{Needs, Observer, Rule, Table, rank};
use proptest::prelude::*;

use crate::draft::{Draft, HEAD_TO_HEAD_FIRST};

fn embedded(edition: &str, when: &str) -> Snapshot {
    Edition::open(edition)
        .unwrap()
        .as_of(when.parse().unwrap())
        .unwrap()
}

fn fit(snapshot: &Snapshot) -> Fit {
    Fit::of(snapshot, &Settings::default()).unwrap()
}

/// The order of a table, and the sets of teams that the rules leave level.
#[derive(Default)]
struct Level(Vec<Vec<u8>>);

impl Observer for Level {
    fn undecided(&mut self, level: &mut [u8], _needs: Needs) {
        self.0.push(level.to_vec());
    }
}

fn ranked(table: &Table, rules: &[Rule]) -> (Vec<u8>, Level) {
    let mut teams: Vec<u8> = (0..table.size() as u8).collect();
    let mut level = Level::default();
    rank(&mut teams, rules, table, &mut level);
    (teams, level)
}

/// `[team][rank]`: the exact probability, lots shared evenly, over all scorelines of what is open.
fn enumerate(group: &PlannedGroup, grids: &[[f64; 256]]) -> Vec<Vec<f64>> {
    let size = group.teams.len();
    let mut exact = vec![vec![0.0; size]; size];
    let mut visit = |table: &Table, probability: f64| {
        let (order, level) = ranked(table, &group.rules);
        for (place, &team) in order.iter().enumerate() {
            let set = level.0.iter().find(|set| set.contains(&team));
            match set {
                None => exact[usize::from(team)][place] += probability,
                Some(set) => {
                    let first = order.iter().position(|other| set.contains(other)).unwrap();
                    let places = first..first + set.len();
                    for exact in &mut exact[usize::from(team)][places] {
                        *exact += probability / set.len() as f64;
                    }
                }
            }
        }
    };
    play_all(group, grids, 0, &group.table, 1.0, &mut visit);
    exact
}

fn play_all(
    group: &PlannedGroup,
    grids: &[[f64; 256]],
    next: usize,
    table: &Table,
    probability: f64,
    visit: &mut impl FnMut(&Table, f64),
) {
    let Some(open) = group.open.get(next) else {
        return visit(table, probability);
    };
    for (code, &share) in grids[next]
        .iter()
        .enumerate()
        .filter(|(_, share)| **share > 1e-9)
    {
        let mut table = table.clone();
        table.record(
            open.home,
            open.away,
            matchday::fixture::Scoreline::new(code as u8 / 16, code as u8 % 16),
        );
        play_all(group, grids, next + 1, &table, probability * share, visit);
    }
}

/// The number of matchdays of the main stage.
fn matchdays(edition: &str) -> u32 {
    let edition = Edition::open(edition).unwrap();
    let main = edition.competition.main_stage().unwrap();
    let fixtures = edition.fixtures.iter().map(|listed| &listed.fixture);
    let of_main = fixtures.filter(|fixture| fixture.stage == main);
    of_main.map(|fixture| fixture.matchday).max().unwrap()
}

/// Every embedded edition before the last matchday of its main stage.
fn last_matchdays() -> impl Iterator<Item = Snapshot> {
    let before = |edition| embedded(edition, &format!("matchday {}", matchdays(edition) - 1));
    embedded_editions().map(before)
}

/// 32 groups of two open fixtures with 16 probabilities each; the league phase has too many. Four
/// standard errors: by the normal law all 512 lie within with probability 0.97.
#[test]
fn the_last_matchday_agrees_with_exact_enumeration() {
    const SEASONS: u64 = 200_000;
    let mut groups = 0;
    for snapshot in last_matchdays() {
        let fit = fit(&snapshot);
        let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
        let tally = simulate(&plan, 20_240_303, SEASONS, |_| {}).unwrap();
        let small = |group: &PlannedGroup| group.teams.len() == 4 && group.open.len() == 2;
        let groups_of = plan.groups.iter().zip(&tally.groups);
        for (group, counted) in groups_of.filter(|(group, _)| small(group)) {
            groups += 1;
            let grid = |open: &matchday::simulate::OpenFixture| {
                Sampler::new(
                    &fit.model
                        .grid_at(fit.model.estimate(), open.pairing.unwrap()),
                )
                .probabilities()
            };
            let exact = enumerate(group, &group.open.iter().map(grid).collect::<Vec<_>>());
            for (team, exact) in exact.iter().enumerate() {
                for (rank, &exact) in exact.iter().enumerate() {
                    let seen = counted.positions.hits(team, rank).seasons as f64 / SEASONS as f64;
                    let error = f64::sqrt(exact * (1.0 - exact) / SEASONS as f64).max(1e-5);
                    let place = format!("{} {team} {rank}", snapshot.edition().name);
                    assert!(
                        (seen - exact).abs() < 4.0 * error,
                        "{place}: {seen} instead of {exact}"
                    );
                }
            }
        }
    }
    assert_eq!(groups, 32);
}

/// A probability against what is proved of it.
fn assert_proof(probability: &Probability, seasons: u64, of: &str) {
    match probability.verdict {
        Verdict::Open => {}
        Verdict::Impossible => assert_eq!(probability.seasons, 0, "{of}"),
        Verdict::Certain => assert_eq!(probability.seasons, seasons, "{of}"),
    }
}

#[test]
fn what_is_proved_is_never_contradicted_by_a_season() {
    const SEASONS: u64 = 10_000;
    for edition in embedded_editions() {
        let matchdays = (1..=matchdays(edition)).map(|number| format!("matchday {number}"));
        for when in ["start".to_owned()].into_iter().chain(matchdays) {
            let snapshot = embedded(edition, &when);
            let fit = fit(&snapshot);
            let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
            let tally = simulate(&plan, 5, SEASONS, |_| {}).unwrap();
            let projection = Projection::new(&snapshot, &plan, &tally);
            let name = |team| snapshot.edition().teams.name(team);
            for team in projection.groups.iter().flat_map(|group| &group.teams) {
                for (rank, position) in team.positions.iter().enumerate() {
                    let of = format!("{edition} {when} {} {rank}", name(team.team));
                    assert_proof(position, SEASONS, &of);
                }
            }
            for entrant in projection.stages.iter().flat_map(|stage| &stage.entrants) {
                let of = format!("{edition} {when} {}", name(entrant.team));
                assert_proof(&entrant.entering, SEASONS, &of);
                entrant
                    .positions
                    .iter()
                    .for_each(|p| assert_proof(p, SEASONS, &of));
            }
            for career in &projection.careers {
                for (outcome, probability) in career.outcomes.iter().enumerate() {
                    let of = format!("{edition} {when} {} outcome {outcome}", name(career.team));
                    probability
                        .iter()
                        .for_each(|p| assert_proof(p, SEASONS, &of));
                }
            }
        }
    }
}

#[test]
fn a_finished_group_is_certain() {
    for edition in embedded_editions() {
        let snapshot = embedded(edition, &format!("matchday {}", matchdays(edition)));
        let fit = fit(&snapshot);
        let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
        let finished = |group: &&PlannedGroup| group.open.is_empty() && group.is_known();
        for group in plan.groups.iter().filter(finished) {
            let standings = snapshot.standings(group.stage, group.group).unwrap();
            let possible = possible_ranks(group);
            for (rank, team) in standings.teams().enumerate() {
                if standings.decided(rank).is_some() {
                    assert_eq!(possible[usize::from(team)], 1 << rank);
                }
            }
        }
    }
}

#[test]
fn a_lead_that_head_to_head_has_settled_is_certain() {
    // Two teams can end level on points; their meetings are over and favour Team A.
    let draft = Draft::league(2, HEAD_TO_HEAD_FIRST);
    let (_folder, snapshot) = draft
        .play(|_, home, _| Some(if home == 0 { (2, 0) } else { (1, 0) }))
        .open();
    let fit = fit(&snapshot);
    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
    assert_eq!(possible_ranks(&plan.groups[0]), [0b01, 0b10]);
}

#[test]
fn a_set_result_leaves_every_other_score_in_place() {
    let snapshot = embedded("caf-confederation-cup-2023-24", "matchday 4");
    let fit = fit(&snapshot);
    let set = SetResult::parse("Zamalek 3-0 Académie SOAR", &snapshot).unwrap();
    for strengths in [Strengths::Posterior, Strengths::PlugIn] {
        let plain = Plan::new(&snapshot, &fit.model, strengths, &[]).unwrap();
        let supposed =
            Plan::new(&snapshot, &fit.model, strengths, std::slice::from_ref(&set)).unwrap();
        assert_eq!(plain.open_fixtures(), supposed.open_fixtures() + 1);
        let (mut plain_block, mut supposed_block) =
            (Block::new(&plain, 3), Block::new(&supposed, 3));
        for number in 0..5 {
            let scores = scores(&plain, plain_block.play(number));
            for (address, lanes) in self::scores(&supposed, supposed_block.play(number)) {
                assert_eq!(
                    scores
                        .iter()
                        .find(|(other, _)| *other == address)
                        .unwrap()
                        .1,
                    lanes
                );
            }
        }
    }
}

type Scores = Vec<(usize, Vec<matchday::fixture::Scoreline>)>;

fn scores(plan: &Plan<'_>, played: &[matchday::simulate::PlayedGroup]) -> Scores {
    let groups = plan.groups.iter().zip(played);
    let fixtures = groups.flat_map(|(group, played)| {
        let open = group.open.iter().enumerate();
        let known = open.filter(|(_, open)| open.pairing.is_some());
        known.map(move |(index, open)| {
            (
                open.address,
                (0..LANES)
                    .map(|lane| played.scoreline(index, lane))
                    .collect(),
            )
        })
    });
    fixtures.collect()
}

/// Every place of every team within five standard errors of an even share: a false alarm in fewer
/// than 100,000 runs of this test.
fn assert_even(snapshot: &Snapshot, size: usize) {
    const SEASONS: u64 = 40_000;
    let fit = fit(snapshot);
    let plan = Plan::new(snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
    let tally = simulate(&plan, 1, SEASONS, |_| {}).unwrap();
    let share = 1.0 / size as f64;
    let error = f64::sqrt(share * (1.0 - share) / SEASONS as f64);
    for hits in (0..size).flat_map(|team| tally.groups[0].positions.row(team)) {
        let seen = hits.seasons as f64 / SEASONS as f64;
        assert!(
            (seen - share).abs() < 5.0 * error,
            "{seen} instead of {share}"
        );
    }
}

#[test]
fn equal_teams_share_every_place_evenly() {
    assert_even(&Draft::league(4, HEAD_TO_HEAD_FIRST).open().1, 4);
}

#[test]
fn teams_level_in_everything_share_every_place_evenly_by_lot() {
    let goalless = Draft::league(5, HEAD_TO_HEAD_FIRST).play(|_, _, _| Some((0, 0)));
    assert_even(&goalless.open().1, 5);
}

#[test]
fn the_order_of_teams_and_fixtures_changes_no_probability_beyond_chance() {
    const SEASONS: u64 = 100_000;
    let results = |index: usize, home: usize, away: usize| {
        (!index.is_multiple_of(3))
            .then_some(((home * 2 + away) as u8 % 4, (away + index) as u8 % 3))
    };
    let draft = Draft::league(5, HEAD_TO_HEAD_FIRST).play(results);
    let champions = |draft: &Draft| {
        let (_folder, snapshot) = draft.open();
        let fit = fit(&snapshot);
        let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
        let tally = simulate(&plan, 11, SEASONS, |_| {}).unwrap();
        let share = |(team, hits): (&matchday::team::TeamId, &[matchday::simulate::Hits])| {
            (
                snapshot.edition().teams.name(*team).to_owned(),
                tally.batches.share(&hits[0]),
            )
        };
        let mut shares: Vec<_> = plan.groups[0]
            .teams
            .iter()
            .zip((0..).map(|team| tally.groups[0].positions.row(team)))
            .map(share)
            .collect();
        shares.sort_by(|a, b| a.0.cmp(&b.0));
        shares
    };
    let mut reversed = Draft {
        teams: draft.teams.clone(),
        rules: draft.rules.clone(),
        fixtures: Vec::new(),
    };
    reversed.teams.reverse();
    let flip = |team: usize| draft.teams.len() - 1 - team;
    let flipped = draft
        .fixtures
        .iter()
        .rev()
        .map(|&(day, home, away, score)| (day, flip(home), flip(away), score));
    reversed.fixtures = flipped.collect();
    for ((team, (share, error)), (other, (other_share, other_error))) in
        champions(&draft).into_iter().zip(champions(&reversed))
    {
        assert_eq!(team, other);
        // Five standard errors of a difference: a false alarm in about 340,000 runs a team.
        let bound = 5.0 * f64::hypot(error, other_error);
        assert!(
            (share - other_share).abs() < bound,
            "{team}: {share} and {other_share}"
        );
    }
}

/// The share of home wins over blocks with drawn strengths, against the grid over the posterior.
/// Five standard errors from block means over 12 fixtures: a false alarm in about 140,000 runs.
#[test]
fn seasons_draw_what_the_grid_over_the_posterior_says() {
    const BATCHES: u64 = 400;
    let snapshot = embedded("caf-confederation-cup-2023-24", "matchday 5");
    let fit = fit(&snapshot);
    let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
    let mut block = Block::new(&plan, 77);
    let mut wins = vec![Vec::new(); plan.open_fixtures()];
    for batch in 0..BATCHES {
        let mut batch_wins = vec![0.0; plan.open_fixtures()];
        for number in [2 * batch, 2 * batch + 1] {
            for (count, (_, lanes)) in batch_wins.iter_mut().zip(scores(&plan, block.play(number)))
            {
                *count += lanes.iter().filter(|score| score.home > score.away).count() as f64;
            }
        }
        for (shares, count) in wins.iter_mut().zip(batch_wins) {
            shares.push(count / (2 * LANES) as f64);
        }
    }
    let open: Vec<_> = plan.groups.iter().flat_map(|group| &group.open).collect();
    for (open, shares) in open.iter().zip(wins) {
        let Some(pairing) = open.pairing else {
            continue;
        };
        let mean = shares.iter().sum::<f64>() / BATCHES as f64;
        let variance = shares
            .iter()
            .map(|share| (share - mean).powi(2))
            .sum::<f64>()
            / (BATCHES - 1) as f64;
        let exact = plan
            .grid(pairing)
            .outcome(matchday::fixture::Outcome::HomeWin);
        let error = f64::sqrt(variance / BATCHES as f64);
        assert!(
            (mean - exact).abs() < 5.0 * error,
            "{mean} ± {error} instead of {exact}"
        );
    }
}

const RULES: [&str; 7] = [
    HEAD_TO_HEAD_FIRST,
    r#"{ by = "points", cite = "-" }, { by = "goal difference", cite = "-" }, { by = "goals", cite = "-" },
       { by = "head-to-head points", cite = "-" }, { by = "head-to-head goal difference", cite = "-" },
       { by = "head-to-head goals", cite = "-" }, { by = "lots", cite = "-" }"#,
    r#"{ by = "points", cite = "-" }, { by = "goal difference", cite = "-" }, { by = "goals", cite = "-" },
       { by = "away goals", cite = "-" }, { by = "wins", cite = "-" }, { by = "away wins", cite = "-" }"#,
    r#"{ by = "points", cite = "-" }, { by = "head-to-head points", cite = "-" },
       { by = "head-to-head away goals", cite = "-" }, { again = "each split", cite = "-" },
       { by = "wins", cite = "-" }, { by = "goals", cite = "-" }"#,
    r#"{ by = "wins", cite = "-" }, { by = "head-to-head goals", cite = "-" }, { again = "pair", cite = "-" },
       { by = "disciplinary points", cite = "-" }, { by = "goals", cite = "-" }"#,
    r#"{ by = "points", cite = "-" }, { by = "away goals", cite = "-" }, { by = "head-to-head goal difference", cite = "-" }"#,
    r#"{ by = "head-to-head points", cite = "-" }, { by = "head-to-head goals", cite = "-" },
       { again = "subset", cite = "-" }, { by = "goal difference", cite = "-" }"#,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// In every lane the block's order is the reference engine's; sets it leaves to lots hold the
    /// same places; and no team stands where it is proved that it cannot.
    #[test]
    fn the_fast_path_equals_the_reference_engine(
        size in 2_usize..7,
        rules in 0..RULES.len(),
        scores in prop::collection::vec(prop::option::weighted(0.8, (0_u8..3, 0_u8..3)), 42),
        seed in any::<u64>(),
    ) {
        // A league of two is a tie, whose rules must decide.
        let last = if size == 2 { r#", { by = "lots", cite = "-" }"# } else { "" };
        let rules = RULES[rules].trim_end().trim_end_matches(',').to_owned() + last;
        let draft = Draft::league(size, &rules).play(|index, _, _| scores[index]);
        let (_folder, snapshot) = draft.open();
        let fit = fit(&snapshot);
        let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
        // A decided group of two that no rule on points orders is not planned at all.
        prop_assume!(!plan.groups.is_empty());
        let mut block = Block::new(&plan, seed);
        let group = &plan.groups[0];
        let possible = possible_ranks(group);
        let played = &block.play(seed % 1000)[0];
        for lane in 0..LANES {
            let mut table = group.table.clone();
            for (index, open) in group.open.iter().enumerate() {
                table.record(open.home, open.away, played.scoreline(index, lane));
            }
            let (order, level) = ranked(&table, &group.rules);
            for (place, &team) in order.iter().enumerate() {
                let seen = played.rank(usize::from(team), lane);
                match level.0.iter().find(|set| set.contains(&team)) {
                    None => prop_assert_eq!(seen, place),
                    Some(set) => {
                        let places: Vec<usize> =
                            (0..size).filter(|&place| set.contains(&order[place])).collect();
                        prop_assert!(places.contains(&seen));
                    }
                }
            }
            for (team, possible) in possible.iter().enumerate() {
                let rank = played.rank(team, lane);
                prop_assert!(possible >> rank & 1 == 1, "team {} at rank {}", team, rank);
            }
            let mut places: Vec<usize> = (0..size).map(|team| played.rank(team, lane)).collect();
            places.sort_unstable();
            prop_assert_eq!(places, (0..size).collect::<Vec<_>>());
        }
    }

    /// Whatever the teams are called and in whatever order they come, the ranking is the same.
    #[test]
    fn ranking_does_not_depend_on_the_order_of_teams(
        rules in 0..RULES.len(),
        scores in prop::collection::vec((0_u8..3, 0_u8..3), 20),
        order in Just([0_u8, 1, 2, 3, 4]).prop_shuffle(),
    ) {
        let (_folder, snapshot) = Draft::league(5, RULES[rules]).play(|index, _, _| Some(scores[index])).open();
        let rules = &snapshot.edition().competition.rules(0, 0, true);
        let table = snapshot.table(0, 0).unwrap();
        let (expected, level) = ranked(&table, rules);
        let mut teams = order;
        rank(&mut teams, rules, &table, &mut Level::default());
        let label = |team: u8| level.0.iter().position(|set| set.contains(&team)).map_or(team, |set| 100 + set as u8);
        prop_assert_eq!(teams.map(label).to_vec(), expected.iter().map(|&team| label(team)).collect::<Vec<_>>());
    }
}

#[test]
fn seasons_outside_the_range_are_refused() {
    let snapshot = embedded("caf-confederation-cup-2007", "start");
    let fit = fit(&snapshot);
    let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
    for seasons in [0, 1_000_000_000_001] {
        assert!(simulate(&plan, 1, seasons, |_| {}).is_err());
    }
}

#[test]
fn the_end_of_an_edition_can_still_be_projected() {
    for edition in embedded_editions() {
        let snapshot = Edition::open(edition).unwrap().as_of(When::Now).unwrap();
        let fit = fit(&snapshot);
        let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
        assert_eq!(plan.open_fixtures(), 0);
        let tally = simulate(&plan, 1, 1000, |_| {}).unwrap();
        let settled = |group: &PlannedGroup| {
            let standings = snapshot.standings(group.stage, group.group).unwrap();
            standings.order.iter().all(|row| row.needs.is_none())
        };
        let groups = plan.groups.iter().zip(&tally.groups);
        for (_, group) in groups.filter(|(planned, _)| settled(planned)) {
            let mut hits = (0..group.positions.rows()).flat_map(|team| group.positions.row(team));
            assert!(hits.all(|hits| [0, 1000].contains(&hits.seasons)));
        }
    }
}
