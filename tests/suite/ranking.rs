//! What the engine does with rules that depend on who is level, what is at stake and what is known,
//! held against plain definitions.

use std::cmp::Reverse;

use matchday::fixture::Scoreline;
use matchday::standings::{
    Among, Condition, Criterion, External, Metric, Needs, Observer, Restart, Rule, Scope,
    Standings, Step, Table, rank,
};
use proptest::prelude::*;

use crate::draft::Draft;

/// The sets that the rules leave level, best first; most hold one team. Whatever they ask for that
/// the table lacks, `decide` gives.
#[derive(Default)]
struct Level {
    undecided: Vec<(Vec<u8>, Needs)>,
    /// `[team]`: strength in a play-off; empty where nobody plays on.
    play_offs: Vec<i64>,
}

impl Observer for Level {
    fn supply(&mut self, metric: Metric, level: &[u8], values: &mut [i64]) -> bool {
        let plays = metric == Metric::PlayOff && !self.play_offs.is_empty();
        for &team in level.iter().filter(|_| plays) {
            values[usize::from(team)] = self.play_offs[usize::from(team)];
        }
        plays
    }

    fn undecided(&mut self, level: &mut [u8], needs: Needs) {
        level.sort_unstable();
        self.undecided.push((level.to_vec(), needs));
    }
}

/// Ranks some teams of a table: who stands where, and who is left level with whom.
fn ranked(teams: &[u8], rules: &[Rule], table: &Table, mut level: Level) -> (Vec<u8>, Level) {
    let mut order = teams.to_vec();
    order.sort_unstable();
    rank(&mut order, rules, table, &mut level);
    level.undecided.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    (order, level)
}

fn order_and_levels(teams: &[u8], rules: &[Rule], table: &Table) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (order, level) = ranked(teams, rules, table, Level::default());
    (
        order,
        level.undecided.into_iter().map(|(set, _)| set).collect(),
    )
}

fn all(table: &Table) -> Vec<u8> {
    (0..table.size() as u8).collect()
}

/// A double round robin; scores are taken in turn.
fn double_round_robin(size: usize, scores: &[(u8, u8)]) -> Table {
    let mut table = Table::new(size, 3, 1);
    let pairs = (0..size as u8).flat_map(|home| (0..size as u8).map(move |away| (home, away)));
    for ((home, away), &(goals, against)) in pairs.filter(|(a, b)| a != b).zip(scores) {
        table.record(home, away, Scoreline::new(goals, against));
    }
    table
}

fn scores() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec((0_u8..3, 0_u8..3), 30)
}

fn meetings(restart: Restart) -> Rule {
    Rule::head_to_head(vec![Metric::Points, Metric::GoalDifference], restart)
}

fn with(condition: Condition, rule: Rule) -> Rule {
    Rule { condition, ..rule }
}

/// The places that sets of teams level on points take, best first.
fn level_on_points(table: &Table) -> Vec<(usize, Vec<u8>)> {
    let mut teams = all(table);
    teams.sort_by_key(|&team| Reverse(table.value(Metric::Points, team, Scope::All)));
    let mut first = 0;
    let sets = teams.chunk_by(|&a, &b| table.points(a) == table.points(b));
    sets.map(|set| {
        first += set.len();
        (first - set.len(), set.to_vec())
    })
    .collect()
}

/// Finds the best of `level` by the whole list, takes it out, and begins again with the others.
fn pick_best(level: &[u8], by: &[Metric], table: &Table, sets: &mut Vec<Vec<u8>>) {
    let mut candidates = level.to_vec();
    for &metric in by {
        let values: Vec<_> = candidates
            .iter()
            .map(|&team| table.value(metric, team, Scope::All))
            .collect();
        if candidates.len() == 1 || values.iter().any(Option::is_none) {
            break;
        }
        let best = values.iter().max().copied().flatten();
        candidates.retain(|&team| table.value(metric, team, Scope::All) == best);
    }
    let rest: Vec<u8> = level
        .iter()
        .copied()
        .filter(|team| !candidates.contains(team))
        .collect();
    sets.push(candidates);
    if !rest.is_empty() {
        pick_best(&rest, by, table, sets);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// MLS: find the best with the whole list, remove it, start over.
    #[test]
    fn all_but_best_is_picking_the_best_again_and_again(
        size in 2_usize..6,
        scores in scores(),
        cards in prop::collection::vec(prop::option::weighted(0.7, 1_i64..3), 6),
    ) {
        let mut table = double_round_robin(size, &scores);
        for (team, cards) in cards.iter().take(size).enumerate() {
            if let Some(cards) = cards {
                table.set_value(team as u8, External::DisciplinaryPoints, *cards);
            }
        }
        let by = [
            Metric::Wins,
            Metric::External(External::DisciplinaryPoints),
            Metric::GoalDifference,
            Metric::AwayGoals,
        ];
        let rule = Rule {
            condition: Condition::default(),
            step: Step::Compare {
                among: Among::Everyone,
                by: by.map(Criterion::from).to_vec(),
                restart: Restart::AllButBest,
            },
        };
        let mut expected = Vec::new();
        for (_, level) in level_on_points(&table) {
            pick_best(&level, &by, &table, &mut expected);
        }
        let rules = [Rule::overall(Metric::Points), rule];
        let (order, level) = ranked(&all(&table), &rules, &table, Level::default());
        let mut places = order.iter();
        for mut set in expected {
            let mut seen: Vec<u8> = places.by_ref().take(set.len()).copied().collect();
            set.sort_unstable();
            seen.sort_unstable();
            prop_assert_eq!(&seen, &set);
            let undecided = level.undecided.iter().any(|(level, _)| *level == set);
            prop_assert_eq!(undecided, set.len() > 1, "{:?}", set);
        }
    }

    /// Indonesia: unless the meetings separate all of a set, it is as if they had not been looked at.
    #[test]
    fn subset_or_nothing_restores_the_set(size in 3_usize..6, scores in scores()) {
        let table = double_round_robin(size, &scores);
        let later = [Rule::overall(Metric::GoalDifference), Rule::overall(Metric::Goals)];
        let rules = [&[Rule::overall(Metric::Points), meetings(Restart::SubsetOrNothing)], &later[..]].concat();
        let (order, levels) = order_and_levels(&all(&table), &rules, &table);
        let mut expected = (Vec::new(), Vec::new());
        for (_, level) in level_on_points(&table) {
            let (by_meetings, left) = order_and_levels(&level, &[meetings(Restart::Subset)], &table);
            if left.is_empty() {
                expected.0.extend(by_meetings);
            } else {
                let (order, left) = order_and_levels(&level, &later, &table);
                expected.0.extend(order);
                expected.1.extend(left);
            }
        }
        expected.1.sort_unstable();
        prop_assert_eq!((order, levels), expected);
    }

    /// A rule with a stake applies to a set of level teams exactly if a boundary lies inside it.
    #[test]
    fn a_stake_matters_only_at_its_boundaries(size in 2_usize..6, scores in scores(), at: u64) {
        let table = double_round_robin(size, &scores);
        let staked = |at_stake| with(Condition { at_stake, ..Condition::default() }, meetings(Restart::Never));
        let later = Rule::overall(Metric::GoalDifference);
        let rules = [Rule::overall(Metric::Points), staked(Some(at)), later.clone()];
        let (order, levels) = order_and_levels(&all(&table), &rules, &table);
        let mut expected = (Vec::new(), Vec::new());
        for (first, level) in level_on_points(&table) {
            let inside = (first..first + level.len() - 1).any(|rank| at >> rank & 1 == 1);
            let rules = if inside { vec![staked(None), later.clone()] } else { vec![later.clone()] };
            let (order, left) = order_and_levels(&level, &rules, &table);
            expected.0.extend(order);
            expected.1.extend(left);
        }
        expected.1.sort_unstable();
        prop_assert_eq!((order, levels), expected);
    }

    /// Whoever wins it, a play-off swaps the two next to a boundary at stake and nobody else, and only
    /// where those two are level on points.
    #[test]
    fn a_play_off_swaps_only_across_a_boundary(
        size in 2_usize..6,
        scores in scores(),
        boundary in 0_usize..5,
        play_offs in Just((0..6).collect::<Vec<i64>>()).prop_shuffle(),
    ) {
        let table = double_round_robin(size, &scores);
        let at_stake = Some(1 << boundary);
        let play_off = with(
            Condition { at_stake, ..Condition::default() },
            Rule { condition: Condition::default(), step: Step::PlayOff },
        );
        // Lots last, so that only the play-off can change the order.
        let mut table = table;
        for team in 0..size as u8 {
            table.set_value(team, External::Lots, i64::from(team) + 1);
        }
        let lots = Rule::overall(Metric::External(External::Lots));
        let without = [Rule::overall(Metric::Points), Rule::overall(Metric::GoalDifference), lots];
        let rules = [&without[..1], &[play_off], &without[1..]].concat();
        let (mut expected, _) = ranked(&all(&table), &without, &table, Level::default());
        if let Some([above, below]) = expected.get_mut(boundary..boundary + 2) {
            let level = table.points(*above) == table.points(*below);
            if level && play_offs[usize::from(*below)] > play_offs[usize::from(*above)] {
                std::mem::swap(above, below);
            }
        }
        let observer = Level { play_offs, ..Level::default() };
        prop_assert_eq!(ranked(&all(&table), &rules, &table, observer).0, expected);
        // On a real table without its result the two are undecided, and only they.
        let (_, open) = ranked(&all(&table), &rules, &table, Level::default());
        for (set, needs) in open.undecided {
            prop_assert_eq!((set.len(), needs), (2, Needs::Value(Metric::PlayOff)));
        }
    }

    /// Kicks are asked for exactly where two teams, and no third, are level on points, equal in goals
    /// scored and conceded, and drew the one match between them, the last of both.
    #[test]
    fn after_last_match_needs_exactly_its_conditions(
        scores in prop::collection::vec((0_u8..2, 0_u8..2), 6),
        rounds in Just([[(0_u8, 1_u8), (2, 3)], [(0, 2), (1, 3)], [(0, 3), (1, 2)]]).prop_shuffle(),
    ) {
        let mut table = Table::new(4, 3, 1);
        let mut last = [0; 4];
        let mut played = std::collections::HashMap::new();
        for (&(home, away), &(goals, against)) in rounds.iter().flatten().zip(&scores) {
            table.record(home, away, Scoreline::new(goals, against));
            for (team, opponent) in [(home, away), (away, home)] {
                table.set_last_opponent(team, opponent);
                last[usize::from(team)] = opponent;
            }
            played.insert((home.min(away), home.max(away)), goals == against);
        }
        let condition = |after_last_match, met_last| Condition { after_last_match, met_last, ..Condition::default() };
        let kicks = |condition| [
            Rule::overall(Metric::Points),
            with(condition, Rule::overall(Metric::Penalties)),
        ];
        let goals = |team: u8| {
            let totals = table.totals(team, Scope::All);
            (totals.goals_for, totals.goals_against)
        };
        let asked = |rules: &[Rule]| {
            let (_, level) = ranked(&all(&table), rules, &table, Level::default());
            let asks = |needs: &Needs| *needs == Needs::Value(Metric::Penalties);
            level.undecided.into_iter().filter(|(_, needs)| asks(needs)).map(|(set, _)| set).collect::<Vec<_>>()
        };
        let (mut drew, mut met) = (Vec::new(), Vec::new());
        for (_, mut set) in level_on_points(&table) {
            set.sort_unstable();
            let &[a, b] = &set[..] else { continue };
            if last[usize::from(a)] == b && last[usize::from(b)] == a {
                met.push(set.clone());
                if played[&(a, b)] && goals(a) == goals(b) {
                    drew.push(set);
                }
            }
        }
        drew.sort_unstable();
        met.sort_unstable();
        prop_assert_eq!(asked(&kicks(condition(true, false))), drew);
        prop_assert_eq!(asked(&kicks(condition(false, true))), met);
    }

    /// Known of all or of nobody, a value is compared or asked for; known of some, it is passed over.
    #[test]
    fn all_known_passes_over_what_is_known_in_part(known in prop::collection::vec(any::<bool>(), 3)) {
        let mut table = Table::new(3, 3, 1);
        for (team, _) in known.iter().enumerate().filter(|(_, known)| **known) {
            table.set_value(team as u8, External::Ranking, team as i64 + 1);
        }
        let all_known = Condition { all_known: true, ..Condition::default() };
        let ranking = Rule::overall(Metric::External(External::Ranking));
        let lots = Rule::overall(Metric::External(External::Lots));
        let rules = [Rule::overall(Metric::Points), with(all_known, ranking), lots];
        let (order, level) = ranked(&all(&table), &rules, &table, Level::default());
        let needs: Vec<Needs> = level.undecided.iter().map(|(_, needs)| *needs).collect();
        match known.iter().filter(|known| **known).count() {
            0 => prop_assert_eq!(needs, [Needs::Value(Metric::External(External::Ranking))]),
            3 => prop_assert_eq!((order, needs), (vec![0, 1, 2], vec![])),
            _ => prop_assert_eq!(needs, [Needs::Value(Metric::External(External::Lots))]),
        }
    }

    /// Before all matches between level teams are played, a rule on their meetings is passed over.
    #[test]
    fn all_met_waits_for_the_last_meeting(size in 2_usize..6, scores in scores(), played in 0_usize..30) {
        let mut table = double_round_robin(size, &scores[..played]);
        table.set_legs(2);
        let all_met = Condition { all_met: true, ..Condition::default() };
        let rules = [
            Rule::overall(Metric::Points),
            with(all_met, meetings(Restart::Subset)),
            Rule::overall(Metric::GoalDifference),
        ];
        let (order, levels) = order_and_levels(&all(&table), &rules, &table);
        let mut expected = (Vec::new(), Vec::new());
        for (_, level) in level_on_points(&table) {
            let met = |a: u8, b: u8| {
                let between = matchday::standings::TeamSet::of(&[a, b]);
                a == b || table.totals(a, Scope::Between(between)).played() == 2
            };
            let all_met = level.iter().all(|&a| level.iter().all(|&b| met(a, b)));
            let rules = if all_met { vec![meetings(Restart::Subset), rules[2].clone()] } else { vec![rules[2].clone()] };
            let (order, left) = order_and_levels(&level, &rules, &table);
            expected.0.extend(order);
            expected.1.extend(left);
        }
        expected.1.sort_unstable();
        prop_assert_eq!((order, levels), expected);
    }
}

#[test]
fn a_shared_place_is_one_position_that_nobody_holds_alone() {
    let mut table = Table::new(3, 3, 1);
    table.record(0, 2, Scoreline::new(1, 0));
    table.record(1, 2, Scoreline::new(1, 0));
    let share = Rule {
        condition: Condition::default(),
        step: Step::Share,
    };
    let standings = Standings::of(&table, &[Rule::overall(Metric::Points), share]);
    let positions: Vec<usize> = standings.order.iter().map(|row| row.position).collect();
    assert_eq!(positions, [1, 1, 3]);
    let needs: Vec<Option<&str>> = standings
        .order
        .iter()
        .map(|row| row.needs.as_deref())
        .collect();
    assert_eq!(needs, [None, Some("the place is shared"), None]);
    assert_eq!(
        [0, 1, 2].map(|place| standings.decided(place)),
        [None, None, Some(2)]
    );
}

#[test]
fn a_list_that_decides_names_what_never_ties() {
    let decides = |rule: &Rule| [2, 3].map(|teams| rule.always_decides(teams));
    assert_eq!(
        decides(&Rule::overall(Metric::External(External::Lots))),
        [true, true]
    );
    assert_eq!(
        decides(&Rule::overall(Metric::External(External::Ranking))),
        [true, true]
    );
    assert_eq!(decides(&Rule::overall(Metric::Penalties)), [true, false]);
    assert_eq!(decides(&Rule::overall(Metric::EarlierPlace)), [true, false]);
    assert_eq!(
        decides(&Rule::overall(Metric::External(External::Coefficient))),
        [false, false]
    );
    assert_eq!(
        decides(&Rule::overall(Metric::GoalDifference)),
        [false, false]
    );
    assert_eq!(decides(&meetings(Restart::Subset)), [false, false]);
}

/// Points, then goals; while matches are left points, then goal difference, then a shared place.
const WITH_INTERIM: &str = r#"
  { by = "points", cite = "-" }, { by = "goals", cite = "-" }, { by = "lots", cite = "-" }
]
[interim]
groups = [
  { by = "points", cite = "-" }, { by = "goal difference", cite = "-" }, { share = true, cite = "-" }
"#;

#[test]
fn a_group_under_way_has_its_own_list() {
    // Team A wins 3–2 and Team B 1–0 against Team C; all other matches end goalless, the last two are open.
    let scores = |last: Option<(u8, u8)>| {
        move |index: usize, home: usize, away: usize| match (index, home, away) {
            (4 | 5, ..) => last,
            (_, 0, 2) => Some((3, 2)),
            (_, 1, 2) => Some((1, 0)),
            _ => Some((0, 0)),
        }
    };
    let order = |last| {
        let (_folder, snapshot) = Draft::league(3, WITH_INTERIM).play(scores(last)).open();
        let standings = snapshot.standings(0, 0).expect("the teams are known");
        let needs: Vec<Option<String>> = standings
            .order
            .iter()
            .map(|row| row.needs.clone())
            .collect();
        (standings.teams().collect::<Vec<_>>(), needs)
    };
    let shared = Some("the place is shared".to_owned());
    assert_eq!(order(None), (vec![0, 1, 2], vec![None, shared, None]));
    assert_eq!(order(Some((0, 0))), (vec![0, 1, 2], vec![None; 3]));
}

#[test]
fn meetings_count_once_both_are_played_and_the_season_knows_it() {
    let rules = r#"
      { by = "points", cite = "-" },
      { by = "head-to-head goal difference", when = "all met", cite = "-" },
      { by = "goal difference", cite = "-" }, { by = "lots", cite = "-" }"#;
    // Team B beat Team A 1–0, Team A beat Team C 5–0, Team C beat Team B 1–0: three points each.
    let played = |_: usize, home: usize, away: usize| match (home, away) {
        (1, 0) | (2, 1) => Some((1, 0)),
        (0, 2) => Some((5, 0)),
        _ => None,
    };
    let (_folder, snapshot) = Draft::league(3, rules).play(played).open();
    let standings = snapshot.standings(0, 0).expect("the teams are known");
    assert_eq!(standings.teams().collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(
        standings.order[1].reason(),
        "tied on 3: goal difference +4 v 0"
    );
}

#[test]
fn nobody_plays_off_before_the_last_match() {
    let rules = r#"
      { by = "points", cite = "-" }, { play = "play-off", at = ["champion"], cite = "-" },
      { by = "goal difference", cite = "-" }, { by = "lots", cite = "-" }"#;
    // Teams A and B end level, A with the better goal difference; the two last
    // fixtures are those of C at home.
    let scores = |last: Option<(u8, u8)>| {
        move |_: usize, home: usize, away: usize| match (home, away) {
            (2, 0 | 1) => last,
            (0, 2) => Some((3, 0)),
            (1, 2) => Some((1, 0)),
            _ => Some((0, 0)),
        }
    };
    let needs = |last| {
        let (_folder, snapshot) = Draft::league(3, rules).play(scores(last)).open();
        let standings = snapshot.standings(0, 0).expect("the teams are known");
        assert_eq!(standings.teams().collect::<Vec<_>>(), [0, 1, 2]);
        standings.order[1].needs.clone()
    };
    assert_eq!(needs(Some((0, 0))).as_deref(), Some("needs play-off"));
    assert_eq!(needs(None), None);
}
