//! What kept seasons say of leverage, points, meetings and orders, against plain counting season by season.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use matchday::edition::{Edition, Snapshot, When};
use matchday::error::Error;
use matchday::project::query::{Named, ask};
use matchday::project::{
    Conditional, FinalOrders, KeptSample, Leverage, Meetings, PointsNeeded, SHARES,
};
use matchday::simulate::{Layout, Options, Plan, Run, Sample};
use matchday::team::TeamId;
use matchday::{Fit, Settings};

use crate::draft::{Draft, HEAD_TO_HEAD_FIRST};
use crate::kept::kept;

fn snapshot(edition: &str, when: &str) -> Snapshot {
    let when: When = when.parse().unwrap();
    Edition::open(edition).unwrap().as_of(when).unwrap()
}

fn caf() -> Snapshot {
    snapshot("caf-confederation-cup-2023-24", "matchday 4")
}

fn open(file: &[u8]) -> KeptSample<Cursor<&[u8]>> {
    KeptSample::open("file", Cursor::new(file)).unwrap()
}

/// A share with its error from what happened season by season, over runs of so many batches of 512.
struct Plain {
    runs: Vec<std::ops::Range<usize>>,
}

impl Plain {
    fn new(seasons: usize) -> Self {
        let batches = seasons.div_ceil(512);
        let runs = batches.min(64);
        let from = |run: usize| (run * batches / runs * 512).min(seasons);
        Self {
            runs: (0..runs).map(|run| from(run)..from(run + 1)).collect(),
        }
    }

    /// `[run]`: how many seasons are so.
    fn count(&self, is: impl Fn(usize) -> bool) -> Vec<f64> {
        let runs = self.runs.iter();
        runs.map(|run| run.clone().filter(|&season| is(season)).count() as f64)
            .collect()
    }

    /// Holds a share against one by hand: its counts exactly, its error to rounding.
    fn check(
        &self,
        answer: &Conditional,
        met: impl Fn(usize) -> bool,
        happens: impl Fn(usize) -> bool,
    ) {
        let given = self.count(&met);
        let joint = self.count(|season| met(season) && happens(season));
        let sum = |counts: &[f64]| counts.iter().sum::<f64>();
        assert_eq!(
            [answer.given as f64, answer.seasons as f64],
            [sum(&given), sum(&joint)]
        );
        let Some((share, error)) = answer.share else {
            assert_eq!(answer.given, 0);
            return;
        };
        assert_eq!(share, sum(&joint) / sum(&given));
        let count = given.iter().filter(|given| **given > 0.0).count() as f64;
        if count > 1.0 && share > 0.0 && share < 1.0 {
            let squares = joint
                .iter()
                .zip(&given)
                .map(|(joint, given)| (joint - share * given).powi(2));
            let squares: f64 = squares.sum();
            let by_hand = match squares > 1e-6 {
                true => (squares * count / (count - 1.0)).sqrt() / sum(&given),
                // Batches that all agree: the binomial law says how sure that is.
                false => (share * (1.0 - share) / sum(&given)).sqrt(),
            };
            assert!((error - by_hand).abs() < 1e-9, "{error}, {by_hand}");
        }
        assert!(error > 0.0 || share > 0.0 && share < 1.0);
    }
}

/// `[result][season]` of a fixture, from who won.
fn results(sample: &Sample, group: usize, fixture: usize) -> [Vec<bool>; 3] {
    let layout = sample.layout();
    let home = sample.seasons_with(&layout.home_win(group, fixture));
    let away = sample.seasons_with(&layout.away_win(group, fixture));
    let draw = home.iter().zip(&away).map(|(home, away)| !home && !away);
    [home.clone(), draw.collect(), away]
}

fn leverage_by_hand(sample: &Sample, every: usize) {
    let leverage = Leverage::in_sample(sample, None, None);
    let layout = sample.layout();
    let seasons = sample.seasons() as usize;
    let plain = Plain::new(seasons);
    let reached: Vec<Vec<bool>> = leverage
        .prospects
        .iter()
        .map(|of| sample.seasons_with(&layout.reaches(of.outcome, of.team)))
        .collect();
    let fixtures: usize = layout.groups.iter().map(|group| group.fixtures.len()).sum();
    assert_eq!(leverage.fixtures.len(), fixtures);
    let mut compared = 0;
    for fixture in leverage.fixtures.iter().step_by(every) {
        let results = results(sample, fixture.group, fixture.fixture);
        let mut in_all = BTreeMap::new();
        for ((prospect, moved), reached) in
            leverage.prospects.iter().zip(&fixture.moves).zip(&reached)
        {
            // What the results have is, weighed by their seasons, exactly what all have.
            let counts = moved.given.map(|given| given.seasons);
            assert_eq!(counts.iter().sum::<u64>(), prospect.overall.seasons);
            let mut square = 0.0;
            let all = plain.count(|_| true);
            let happened = plain.count(|season| reached[season]);
            let overall = happened.iter().sum::<f64>() / seasons as f64;
            for (result, is) in results.iter().enumerate() {
                let given = &moved.given[result];
                plain.check(given, |season| is[season], |season| reached[season]);
                let Some((difference, error)) = moved.differences[result] else {
                    continue;
                };
                let conditional = given.share.unwrap().0;
                assert!((difference - (conditional - overall)).abs() < 1e-12);
                let weight = given.given as f64 / seasons as f64;
                square += weight * (difference * difference - error * error);
                let met = plain.count(|season| is[season]);
                let runs_met = met.iter().filter(|met| **met > 0.0).count();
                if given.seasons > 0 && given.seasons < given.given && runs_met > 1 {
                    let joint = plain.count(|season| is[season] && reached[season]);
                    let influence = |run: usize| {
                        (joint[run] - conditional * met[run]) / given.given as f64
                            - (happened[run] - overall * all[run]) / seasons as f64
                    };
                    let count = plain.runs.len() as f64;
                    let squares: f64 = (0..plain.runs.len())
                        .map(|run| influence(run).powi(2))
                        .sum();
                    let by_hand = (squares * count / (count - 1.0)).sqrt();
                    assert!((error - by_hand).abs() < 1e-9, "{error}, {by_hand}");
                }
                compared += 1;
            }
            assert!((moved.swing.value - square.max(0.0).sqrt()).abs() < 1e-9);
            *in_all.entry(prospect.outcome).or_insert(0.0) += square;
        }
        for (outcome, all) in fixture.in_all.iter().enumerate() {
            let by_hand = in_all
                .get(&outcome)
                .map(|square: &f64| square.max(0.0).sqrt());
            let all = all.map(|all| all.value);
            assert_eq!(all.is_some(), by_hand.is_some());
            let apart = all.unwrap_or_default() - by_hand.unwrap_or_default();
            assert!(apart.abs() < 1e-9, "{all:?}, {by_hand:?}");
        }
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn leverage_is_what_counting_season_by_season_gives() {
    leverage_by_hand(&kept(&caf(), false, 3000).0, 1);
    let start = snapshot("uefa-champions-league-2023-24", "start");
    leverage_by_hand(&kept(&start, true, 1100).0, 17);
    // A single batch, and more batches than runs.
    let (_folder, league) = Draft::league(4, HEAD_TO_HEAD_FIRST).open();
    leverage_by_hand(&kept(&league, false, 100).0, 1);
    leverage_by_hand(&kept(&league, false, 70_001).0, 5);
}

#[test]
fn leverage_of_a_team_and_an_outcome_is_that_of_all() {
    let (_, file) = kept(&caf(), false, 3000);
    let all = Leverage::of(&mut open(&file), None, None).unwrap();
    let team = all.prospects[5].team;
    let one = Leverage::of(&mut open(&file), Some(team), Some(0)).unwrap();
    let is = |of: &&matchday::project::Prospect| of.team == team && of.outcome == 0;
    let index = all.prospects.iter().position(|of| is(&of)).unwrap();
    assert_eq!(one.prospects, [all.prospects[index]]);
    for (one, all) in one.fixtures.iter().zip(&all.fixtures) {
        assert_eq!(one.moves, [all.moves[index]]);
        assert_eq!(one.results, all.results);
        assert_eq!(one.in_all[0], Some(one.moves[0].swing));
    }
}

/// The stated errors are what independent runs really vary.
#[test]
fn errors_of_leverage_are_the_spread_of_independent_runs() {
    let (_folder, snapshot) = Draft::league(4, HEAD_TO_HEAD_FIRST).open();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let plan = Plan::new(&snapshot, &fit.model, Options::default(), &[]).unwrap();
    let layout = Arc::new(Layout::of(&plan, false));
    let runs = 60;
    // Of the first fixture and its home side: the difference of a home win, of a draw, the swing.
    let mut figures: Vec<[(f64, f64); 4]> = Vec::new();
    for seed in 0..runs {
        let run = Run::new(seed, 10_240).unwrap();
        let sample = run.play(&plan, 0..run.batches(), || Sample::empty(&layout), |_| {});
        let leverage = Leverage::in_sample(&sample, None, None);
        let fixture = &leverage.fixtures[0];
        let home = sample.layout().groups[0].teams[sample.layout().groups[0].fixtures[0].home].team;
        let index = leverage
            .prospects
            .iter()
            .position(|of| of.team == home)
            .unwrap();
        let moved = fixture.moves[index];
        let all = fixture.in_all[0].unwrap();
        figures.push([
            moved.differences[0].unwrap(),
            moved.differences[1].unwrap(),
            (moved.swing.value, moved.swing.standard_error),
            (all.value, all.standard_error),
        ]);
    }
    for figure in 0..4 {
        let of = |run: &[(f64, f64); 4]| run[figure];
        let mean = figures.iter().map(|run| of(run).0).sum::<f64>() / runs as f64;
        let spread = figures
            .iter()
            .map(|run| (of(run).0 - mean).powi(2))
            .sum::<f64>();
        let spread = (spread / (runs - 1) as f64).sqrt();
        let stated = figures.iter().map(|run| of(run).1.powi(2)).sum::<f64>() / runs as f64;
        let ratio = spread / stated.sqrt();
        assert!(
            (0.7..1.4).contains(&ratio),
            "figure {figure}: {spread}, {stated}"
        );
    }
}

/// The points of a seat at the end and its record in the matches left, season by season.
fn played(sample: &Sample, group: usize, seat: usize) -> Vec<(i64, [usize; 3])> {
    let of = &sample.layout().groups[group];
    let mut played = vec![(of.teams[seat].points, [0; 3]); sample.seasons() as usize];
    for (index, fixture) in of.fixtures.iter().enumerate() {
        let [home, draw, away] = results(sample, group, index);
        let (won, lost) = match [fixture.home, fixture.away] {
            [home_seat, _] if home_seat == seat => (home, away),
            [_, away_seat] if away_seat == seat => (away, home),
            _ => continue,
        };
        for (season, (points, record)) in played.iter_mut().enumerate() {
            let what = [won[season], draw[season], lost[season]];
            for (count, is) in record.iter_mut().zip(what) {
                *count += usize::from(is);
            }
            *points += 3 * i64::from(won[season]) + i64::from(draw[season]);
        }
    }
    played
}

#[test]
fn points_and_records_are_what_counting_season_by_season_gives() {
    let start = snapshot("uefa-champions-league-2023-24", "start");
    let mut undone_outcomes = 0;
    for (snapshot, seasons) in [(caf(), 3000), (start, 1100)] {
        let (sample, file) = kept(&snapshot, false, seasons);
        let layout = sample.layout();
        let plain = Plain::new(seasons as usize);
        for seat in 0..4 {
            let group = 1;
            let team = layout.groups[group].teams[seat].team;
            let needed = match PointsNeeded::of(&mut open(&file), (group, seat), None) {
                Ok(needed) => needed,
                Err(error) => panic!("{error}"),
            };
            let played = played(&sample, group, seat);
            let reached = needed.prospects.iter().map(|prospect| {
                assert_eq!(prospect.team, team);
                sample.seasons_with(&layout.reaches(prospect.outcome, team))
            });
            let reached: Vec<Vec<bool>> = reached.collect();
            let points = needed.points.iter().map(|(points, ending)| {
                let is = |season: usize| played[season].0 == *points;
                plain.check(&ending.overall, |_| true, is);
                for (outcome, reached) in ending.outcomes.iter().zip(&reached) {
                    plain.check(outcome, is, |season| reached[season]);
                }
                ending.overall.seasons
            });
            assert_eq!(points.sum::<u64>(), seasons, "points come to all seasons");
            assert!(needed.points.is_sorted_by_key(|(points, _)| *points));
            let records = needed.records.iter().map(|(record, ending)| {
                let is = |season: usize| played[season].1 == *record;
                plain.check(&ending.overall, |_| true, is);
                for (outcome, reached) in ending.outcomes.iter().zip(&reached) {
                    plain.check(outcome, is, |season| reached[season]);
                }
                ending.overall.seasons
            });
            assert_eq!(records.sum::<u64>(), seasons, "records come to all seasons");
            for (index, takes) in needed.takes.iter().enumerate() {
                let mean = |is: bool| {
                    let those = reached[index].iter().zip(&played);
                    let those = those.filter(|(reached, _)| **reached == is);
                    let points: Vec<i64> = those.map(|(_, (points, _))| *points).collect();
                    points.iter().sum::<i64>() as f64 / points.len() as f64
                };
                let avoiding = mean(false) > mean(true);
                // The points that came up, each with the share and its error.
                let ends = needed.points.iter().map(|(points, ending)| {
                    let (share, error) = ending.outcomes[index].share.unwrap();
                    (*points, if avoiding { 1.0 - share } else { share }, error)
                });
                let ends: Vec<(i64, f64, f64)> = ends.collect();
                let undone = SHARES.iter().any(|wanted| {
                    let clear = |of: &&(i64, f64, f64)| (of.1 - wanted).abs() >= 2.0 * of.2;
                    let clear: Vec<_> = ends.iter().filter(clear).collect();
                    let pairs = clear
                        .iter()
                        .flat_map(|few| clear.iter().map(move |many| (few, many)));
                    let mut pairs = pairs.filter(|(few, many)| few.0 < many.0);
                    pairs.any(|(few, many)| few.1 >= *wanted && many.1 < *wanted)
                });
                assert_eq!(takes.is_none(), undone);
                let Some(takes) = takes else {
                    undone_outcomes += 1;
                    continue;
                };
                assert_eq!(takes.avoiding, avoiding);
                for (wanted, least) in SHARES.into_iter().zip(takes.points) {
                    let suffice = |from: &i64| {
                        let mut above = ends.iter().filter(|of| of.0 >= *from);
                        above.all(|of| of.1 >= wanted)
                    };
                    let by_hand = ends.iter().map(|of| of.0).find(suffice);
                    assert_eq!(least.points, by_hand);
                    let clear = |of: &(i64, f64, f64)| (of.1 - wanted).abs() >= 2.0 * of.2;
                    let at = ends.iter().find(|of| Some(of.0) == by_hand);
                    let below = |of: &&(i64, f64, f64)| by_hand.is_none_or(|points| of.0 < points);
                    let next = ends.iter().rev().find(below);
                    let settled = at.is_none_or(clear) && next.is_none_or(clear);
                    assert_eq!(least.settled, settled);
                }
            }
        }
    }
    assert!(undone_outcomes > 0, "third places of the Champions League");
}

/// Below 64 batches runs are batches, and errors those of `query`.
#[test]
fn points_say_what_a_query_says() {
    let (_, file) = kept(&caf(), false, 3000);
    let mut kept = open(&file);
    let named = Named {
        names: kept.names(),
        layout: kept.layout(),
    };
    let team = named.team("sagrada esperança").unwrap();
    let table = named.table(team, None).unwrap();
    assert_eq!(named.table(team, Some("Group B")).unwrap(), table);
    let outcome = named.outcome("quarter-finals").unwrap();
    let needed = PointsNeeded::of(&mut kept, table, Some(outcome)).unwrap();
    assert!(needed.points.len() > 3);
    for (points, ending) in &needed.points {
        let question =
            format!("Sagrada Esperança in quarter-finals | Sagrada Esperança points = {points}");
        let answer = ask(&mut kept, &[question]).unwrap().remove(0);
        let by_points = ending.outcomes[0];
        assert_eq!(by_points.share, answer.share);
        assert_eq!(
            [by_points.given, by_points.seasons],
            [answer.given, answer.seasons]
        );
    }
}

#[test]
fn meetings_are_what_counting_season_by_season_gives() {
    let (sample, file) = kept(&caf(), false, 3000);
    let layout = sample.layout();
    let plain = Plain::new(3000);
    for team in (0..layout.teams).step_by(3).map(|team| TeamId(team as u16)) {
        let rounds = Meetings::of(&mut open(&file), team).unwrap();
        assert_eq!(rounds.len(), 3);
        for round in rounds {
            let enters = sample.seasons_with(&layout.enters(round.stage, team));
            plain.check(&round.entering, |_| true, |season| enters[season]);
            for (other, met) in &round.opponents {
                let meets = sample.seasons_with(&layout.meets(round.stage, team, *other));
                plain.check(met, |season| enters[season], |season| meets[season]);
            }
            // Who gets there meets somebody.
            let met: u64 = round.opponents.iter().map(|(_, met)| met.seasons).sum();
            assert_eq!(met, round.entering.seasons);
        }
    }
}

#[test]
fn orders_are_what_counting_season_by_season_gives() {
    let (sample, file) = kept(&caf(), false, 3000);
    let layout = sample.layout();
    let plain = Plain::new(3000);
    let groups = FinalOrders::of(&mut open(&file), 0..layout.groups.len()).unwrap();
    assert_eq!(groups.len(), 4);
    for FinalOrders { group, orders } in groups {
        let teams = &layout.groups[group].teams;
        let mut ended = vec![[TeamId(0); 4]; 3000];
        for member in teams {
            for rank in 0..4 {
                let is = sample.seasons_with(&layout.finishes(group, member.team, &[rank]));
                let is = ended.iter_mut().zip(is).filter(|(_, is)| *is);
                is.for_each(|(ended, _)| ended[rank] = member.team);
            }
        }
        for (order, share) in &orders {
            plain.check(share, |_| true, |season| ended[season] == order[..]);
        }
        let seasons = |of: &(Vec<TeamId>, Conditional)| of.1.seasons;
        assert_eq!(orders.iter().map(seasons).sum::<u64>(), 3000);
        assert!(orders.is_sorted_by(|one, other| seasons(one) >= seasons(other)));
    }
}

#[test]
fn what_seasons_cannot_tell_is_an_error_that_says_why() {
    let file = kept(&caf(), false, 600).1;
    let mut seasons = open(&file);
    let named = Named {
        names: seasons.names(),
        layout: seasons.layout(),
    };
    let says = |error: Error, words: &str| {
        let error = error.to_string();
        assert!(error.contains(words), "{error}");
    };
    says(named.team("Zamalec").unwrap_err(), "\n  Zamalec\n  ^^^^^^^");
    says(named.team("").unwrap_err(), "no team is called ``");
    says(
        named.outcome("quarter-final").unwrap_err(),
        "did you mean `quarter-finals`",
    );
    says(
        named.outcome("Group B").unwrap_err(),
        "no outcome is called",
    );
    says(
        named.groups("Group X").unwrap_err(),
        "no stage or group is called",
    );
    assert_eq!(named.groups("groups").unwrap().len(), 4);
    let zamalek = named.team("Zamalek").unwrap();
    says(
        named.table(zamalek, Some("Group A")).unwrap_err(),
        "has no table there",
    );
    says(
        named.table(zamalek, Some("final")).unwrap_err(),
        "has no table there",
    );
    // Ties have no final order.
    let ties = named.groups("final").unwrap();
    says(
        FinalOrders::of(&mut seasons, ties).unwrap_err(),
        "a tie has no order beyond who goes through",
    );
    let everything = 0..seasons.layout().groups.len();
    let is_open = |group: &usize| !seasons.layout().groups[*group].is_known();
    let open_ties = everything.clone().find(is_open).unwrap();
    says(
        FinalOrders::of(&mut seasons, open_ties..everything.end).unwrap_err(),
        "a tie has no order",
    );

    // Everything is played: nothing is left to matter, and nobody to be met.
    let over = kept(
        &snapshot("caf-confederation-cup-2023-24", "2024-06-01"),
        false,
        10,
    );
    let mut over = open(&over.1);
    says(
        Leverage::of(&mut over, None, None).unwrap_err(),
        "no fixture",
    );
    says(
        Meetings::of(&mut over, zamalek).unwrap_err(),
        "no round of ties is to come whose teams are open; keep seasons from an earlier point in time",
    );

    // Whoever is out has no outcome to reach or miss.
    let semi_finals = snapshot("caf-confederation-cup-2023-24", "2024-04-10");
    let semi_finals = kept(&semi_finals, false, 10);
    let mut semi_finals = open(&semi_finals.1);
    let named = Named {
        names: semi_finals.names(),
        layout: semi_finals.layout(),
    };
    let (out, outcome) = (
        named.team("Abu Salim").unwrap(),
        named.outcome("final").unwrap(),
    );
    let error = Leverage::of(&mut semi_finals, Some(out), Some(outcome)).unwrap_err();
    says(error, "`final` is not open for Abu Salim");

    // A league of eleven hardly ends the same way twice.
    let (_folder, league) = Draft::league(11, HEAD_TO_HEAD_FIRST).open();
    let league = kept(&league, false, 10);
    let error = FinalOrders::of(&mut open(&league.1), 0..1).unwrap_err();
    says(error, "hardly end the same way twice");
}

/// What is printed, as the README shows it and in every other format.
#[test]
fn the_readme_shows_what_ready_made_questions_print() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_matchday"));
        let output = command.args(arguments).current_dir(folder.path()).output();
        let output = output.unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let [printed, error] = [output.stdout, output.stderr].map(text);
        (output.status.code(), printed, error)
    };
    let edition = "caf-confederation-cup-2023-24";
    let keep = [
        "project",
        edition,
        "--after",
        "matchday 4",
        "--keep",
        "caf.seasons",
    ];
    assert_eq!(run(&keep).0, Some(0));
    let readme = std::fs::read_to_string("README.md").unwrap();
    let blocks = readme.split("```sh\nmatchday ").skip(1);
    let mut shown = 0;
    for block in blocks {
        let command = block.lines().next().unwrap();
        let (words, quoted) = command.split_once(" caf.seasons").unwrap_or_default();
        if !["leverage", "points", "orders"].contains(&words) {
            continue;
        }
        shown += 1;
        let mut arguments = vec![words, "caf.seasons"];
        for (index, part) in quoted.split('"').enumerate() {
            match index % 2 {
                0 => arguments.extend(part.split_whitespace()),
                _ => arguments.push(part),
            }
        }
        let (code, printed, error) = run(&arguments);
        assert_eq!((code, error.as_str()), (Some(0), ""), "{arguments:?}");
        let expected = format!("matchday {command}\n```\n\n```text\n{printed}```");
        assert!(readme.contains(&expected), "{arguments:?}\n{printed}");
    }
    assert_eq!(shown, 4);
    for command in [
        &["leverage", "caf.seasons"][..],
        &["leverage", "caf.seasons", "Zamalek"],
        &["points", "caf.seasons", "Zamalek"],
        &["opponents", "caf.seasons", "Zamalek"],
        &["orders", "caf.seasons"],
    ] {
        let (code, text, _) = run(command);
        assert_eq!(code, Some(0), "{command:?}");
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        for claim in ["  0 ", " 100 ±", " 0.0 ±0.0"] {
            assert!(!text.contains(claim), "{command:?} claims {claim}: {text}");
        }
        let (code, json, _) = run(&[command, &["--format", "json"]].concat());
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(code, Some(0));
        assert_eq!(json["kept_seasons"], 100_000);
        assert_eq!(json["manifest"]["command"], "project");
        assert_eq!(json["asked_with"]["command"], command[0]);
        let (code, table, _) = run(&[command, &["--format", "csv"]].concat());
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        assert_eq!(code, Some(0));
        assert!(reader.records().map(Result::unwrap).count() > 10);
    }
    let (code, printed, error) = run(&["points", "caf.seasons", "Zamalec"]);
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    assert!(
        error.starts_with("error: no team is called `Zamalec`"),
        "{error}"
    );
}

/// Whether 12 points are enough in 90 % of seasons is too close to call with few of them.
#[test]
fn that_no_points_are_enough_is_claimed_of_enough_seasons_only() {
    let needed = |seasons: u64| {
        let file = kept(&caf(), false, seasons).1;
        let mut kept = open(&file);
        let named = Named {
            names: kept.names(),
            layout: kept.layout(),
        };
        let team = named.team("Rivers United").unwrap();
        let table = named.table(team, None).unwrap();
        let outcome = named.outcome("quarter-finals").unwrap();
        let needed = PointsNeeded::of(&mut kept, table, Some(outcome)).unwrap();
        let (most, ending) = needed.points.last().unwrap().clone();
        assert_eq!(most, 12);
        let [_, least, _] = needed.takes[0].unwrap().points;
        (least, ending.outcomes[0].share.unwrap())
    };
    let (few, _) = needed(2000);
    assert!(!few.settled, "{few:?}");
    let (many, (share, error)) = needed(100_000);
    assert!(share + 2.0 * error < 0.9, "{share} ± {error}");
    assert_eq!((many.points, many.settled), (None, true));
}

/// The play-offs take the places from the 9th to the 24th: eleven points bring them, twenty undo them.
#[test]
fn what_more_points_undo_takes_no_points() {
    let file = kept(
        &snapshot("uefa-champions-league-2024-25", "start"),
        false,
        3000,
    )
    .1;
    let mut kept = open(&file);
    let named = Named {
        names: kept.names(),
        layout: kept.layout(),
    };
    let table = named.table(named.team("Arsenal").unwrap(), None).unwrap();
    let needed = PointsNeeded::of(&mut kept, table, None).unwrap();
    for (prospect, takes) in needed.prospects.iter().zip(&needed.takes) {
        let name = kept.names().outcome(kept.layout(), prospect.outcome);
        assert_eq!(takes.is_none(), name == "play-offs", "{name}: {takes:?}");
    }
}

#[test]
fn rounds_that_were_not_played_are_told_from_those_that_are_over() {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_matchday"));
        let output = command.args(words).current_dir(folder.path()).output();
        String::from_utf8(output.unwrap().stderr).unwrap()
    };
    let edition = "uefa-champions-league-2024-25";
    for (option, value, says) in [
        (
            "--through",
            "league",
            "before `quarter-finals`; keep seasons of all stages, without --through",
        ),
        ("--after", "2025-06-02", "to come whose teams are open"),
    ] {
        let project = [
            "project", edition, option, value, "-n", "600", "--keep", value,
        ];
        run(&project);
        let error = run(&["opponents", value, "Arsenal"]);
        assert!(error.contains(says), "{error}");
        assert_eq!(
            error.contains("--through"),
            option == "--through",
            "{error}"
        );
    }
}
