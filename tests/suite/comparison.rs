//! Two scenarios side by side: each is what it is by itself, and what lies between them is exact.

use std::collections::BTreeMap;

use matchday::edition::Edition;
use matchday::fit::{Fit, Settings};
use matchday::model::Strengths;
use matchday::project::{Comparison, Side};
use matchday::simulate::{Plan, Run, SetResult, Tally};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::scenario::{Scenario, run_in};

const CUP: &str = "caf-confederation-cup-2023-24";
const SET: &str = "Abu Salim 2-0 Zamalek";

/// Runs beside nothing.
fn accepted(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let run = run_in(folder.path(), arguments);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), ""),
        "{arguments:?}"
    );
    run.stdout
}

fn document(json: &str) -> Value {
    serde_json::from_str(json).expect("a JSON document")
}

/// `measure of stage, team` of every probability in a projection.
fn probabilities(projection: &Value) -> BTreeMap<String, Value> {
    let mut seen = BTreeMap::new();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let mut note = |place: &str, team: &Value, probability: &Value| {
        let of = [&probability["outcome"], &probability["position"]].map(Value::to_string);
        let probability =
            ["value", "standard_error", "seasons", "verdict"].map(|key| &probability[key]);
        let key = format!("{place} {team} {}", of.join(" "));
        seen.insert(key, probability.into_iter().cloned().collect());
    };
    for career in list(&projection["teams"]) {
        for outcome in list(&career["outcomes"]) {
            note("outcome null", &career["team"], &outcome);
        }
    }
    for kind in ["groups", "stages"] {
        for of in list(&projection[kind]) {
            for team in list(&of["teams"]) {
                if kind == "stages" {
                    note(
                        &format!("entering {}", of["stage"]),
                        &team["team"],
                        &team["entering"],
                    );
                }
                for position in list(&team["positions"]) {
                    note(
                        &format!("position {}", of["stage"]),
                        &team["team"],
                        &position,
                    );
                }
            }
        }
    }
    seen
}

/// Holds every number of a comparison against the two projections that it compares.
fn is_the_difference_of_two_projections(compare: &[&str], projects: [&[&str]; 2]) {
    let ends = ["-n", "5000", "--format", "json"];
    let comparison = document(&accepted(&[&["compare"], compare, &ends].concat()));
    let projects =
        projects.map(|words| document(&accepted(&[&["project"], words, &ends].concat())));
    let sides = [0, 1].map(|side| probabilities(&projects[side]));
    let (mut told, mut moved) = ([0, 0], 0);
    for event in comparison["events"].as_array().unwrap() {
        let name = |key: &str| event[key].to_string();
        let measure = event["measure"].as_str().unwrap();
        let [stage, team, outcome, position] = ["stage", "team", "outcome", "position"].map(name);
        let key = format!("{measure} {stage} {team} {outcome} {position}");
        let mut values = [None, None];
        for (side, name) in ["first", "other"].into_iter().enumerate() {
            if event[name].is_null() {
                assert!(!sides[side].contains_key(&key), "{key} is in {name}");
                continue;
            }
            let keys = ["value", "standard_error", "seasons", "verdict"];
            let here: Value = keys.iter().map(|key| event[name][*key].clone()).collect();
            values[side] = here[0].as_f64();
            match sides[side].get(&key) {
                Some(there) => {
                    told[side] += 1;
                    assert_eq!(&here, there, "{key} in {name}");
                }
                None => assert_eq!(here[3], "impossible", "{key} in {name}"),
            }
        }
        match values {
            [Some(first), Some(other)] => {
                assert_eq!(event["difference"]["value"], other - first, "{key}");
                moved += u64::from(other != first);
            }
            _ => assert!(event["difference"].is_null(), "{key}"),
        }
    }
    assert_eq!(told, [sides[0].len(), sides[1].len()], "everything is told");
    assert!(moved > 20, "{moved} differences");
    let mut manifests = ["manifest", "other_manifest"].map(|name| comparison[name].clone());
    for (manifest, project) in manifests.iter_mut().zip(&projects) {
        assert_eq!(manifest["command"], "compare");
        manifest["command"] = "project".into();
        assert_eq!(*manifest, project["manifest"]);
    }
}

#[test]
fn a_comparison_is_the_difference_of_two_projections() {
    let after = ["--after", "matchday 4"];
    let [plain, start] = [[CUP, after[0], after[1]], [CUP, after[0], "matchday 3"]];
    is_the_difference_of_two_projections(
        &[&plain[..], &["--set", SET]].concat(),
        [&plain, &[&plain[..], &["--set", SET]].concat()],
    );
    is_the_difference_of_two_projections(
        &[&start[..], &["--other-after", "matchday 4"]].concat(),
        [&start, &plain],
    );
    is_the_difference_of_two_projections(
        &[&plain[..], &["--seed", "9", "--other-model", "elo"]].concat(),
        [
            &[&plain[..], &["--seed", "9"]].concat(),
            &[&plain[..], &["--seed", "9", "--model", "elo"]].concat(),
        ],
    );
    // Stages whose teams are known in one and not in the other, and teams that one of them lacks.
    let others = [
        "uefa-champions-league-2023-24",
        "uefa-champions-league-2024-25",
    ];
    is_the_difference_of_two_projections(
        &[
            others[0],
            others[1],
            "--after",
            "entries",
            "--other-after",
            "start",
        ],
        [
            &[others[0], "--after", "entries"],
            &[others[1], "--after", "start"],
        ],
    );
}

#[test]
fn nothing_lies_between_a_thing_and_itself() {
    let compare = ["compare", CUP, "--after", "matchday 4", "-n", "3000"];
    for twice in [&[][..], &[CUP], &["--other-after", "matchday 4"]] {
        let json = accepted(&[&compare[..], twice, &["--format", "json"]].concat());
        let events = document(&json)["events"].as_array().unwrap().clone();
        assert!(events.len() > 100);
        for event in events {
            assert_eq!(event["difference"]["value"], 0.0, "{event}");
            assert_eq!(event["difference"]["standard_error"], 0.0, "{event}");
        }
    }
    assert!(accepted(&compare).contains("\nNothing differs by 0.05 or more.\n"));
}

/// Every difference and its error, from batches played one by one and counted by hand.
#[test]
fn the_error_of_a_difference_is_that_of_its_batch_means() {
    const BATCHES: u64 = 30;
    let snapshot = Edition::open(CUP)
        .unwrap()
        .as_of("matchday 4".parse().unwrap())
        .unwrap();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let set = [SetResult::parse(SET, &snapshot).unwrap()];
    let plans = [&[][..], &set]
        .map(|set| Plan::new(&snapshot, &fit.model, Strengths::Posterior, set).unwrap());
    let sides = [0, 1].map(|side| Side {
        snapshot: &snapshot,
        plan: &plans[side],
    });
    let counters = Comparison::counters(sides);
    let run = Run::new(3, BATCHES * 512).unwrap();
    let both = [&plans[0], &plans[1]];
    let paired = run.play_paired(both, &counters, 0..BATCHES, |_| ());
    let batch = |side: usize, batch: u64| {
        let empty = || Tally::empty(&plans[side]);
        run.play(&plans[side], batch..batch + 1, empty, |_| ())
    };
    let batches: Vec<[Tally; 2]> = (0..BATCHES)
        .map(|number| [batch(0, number), batch(1, number)])
        .collect();
    let (mut smaller, mut seen) = (0, 0);
    for (pair, difference) in counters.iter().zip(&paired.differences) {
        let means = |side: usize| {
            let share =
                |tallies: &[Tally; 2]| pair[side].hits(&tallies[side]).seasons as f64 / 512.0;
            batches.iter().map(share).collect::<Vec<f64>>()
        };
        let [first, second] = [means(0), means(1)];
        let moment =
            |of: &dyn Fn(usize) -> f64| (0..first.len()).map(of).sum::<f64>() / BATCHES as f64;
        let mean = moment(&|batch| second[batch] - first[batch]);
        let variance = moment(&|batch| (second[batch] - first[batch] - mean).powi(2));
        let error = (variance / (BATCHES - 1) as f64).sqrt();
        let (share, stated) = difference.share(paired.batches());
        assert!((share - mean).abs() < 1e-12, "{pair:?}: {share} and {mean}");
        assert!(
            (stated - error).abs() < 1e-9,
            "{pair:?}: {stated} and {error}"
        );
        assert_eq!(
            difference.is_seen(),
            (0..first.len()).any(|batch| first[batch] != second[batch])
        );
        if difference.is_seen() {
            let alone = [0, 1].map(|side| {
                paired
                    .batches()
                    .share(pair[side].hits(&paired.tallies[side]))
                    .1
            });
            seen += 1;
            smaller += u32::from(stated < 0.9 * alone[0].hypot(alone[1]));
        }
    }
    assert!(
        seen > 50 && smaller > seen * 3 / 4,
        "{smaller} of {seen} errors are smaller"
    );
}

#[test]
fn what_only_one_side_has_is_said() {
    let scenario = Scenario::new();
    let other = scenario.folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    for file in ["edition.toml", "county.toml", "teams.csv", "matches.csv"] {
        let text = std::fs::read_to_string(scenario.path(file)).unwrap();
        let text = text
            .replace("Farley", "Fenwick")
            .replace("\"champion\"", "\"cup winner\"");
        std::fs::write(other.join(file), text).unwrap();
    }
    let text = scenario.accepted(&["compare", "league", "other", "-n", "2000"]);
    for line in [
        "Only the first has the teams Farley.",
        "Only the first has the outcomes champion.",
        "Only the other has the teams Fenwick.",
        "Only the other has the outcomes cup winner.",
    ] {
        assert!(text.contains(&format!("{line}\n")), "no `{line}` in {text}");
    }
    let csv = scenario.accepted(&[
        "compare", "league", "other", "-n", "2000", "--format", "csv",
    ]);
    let champion = csv
        .lines()
        .find(|line| line.starts_with("Ashford,outcome,,champion,"))
        .unwrap();
    assert!(champion.ends_with(",open,,,,,"), "{champion}");
    let winner = csv
        .lines()
        .find(|line| line.starts_with("Ashford,outcome,,cup winner,,,,"))
        .unwrap();
    assert!(winner.ends_with(",open,,"), "{winner}");
    scenario.refused(
        &["compare", "league", "elsewhere"],
        "unknown edition `elsewhere`",
    );
    scenario.refused(
        &["compare", "league", "--set", "Ashford 1-0 Nobody"],
        "Nobody",
    );
}

#[test]
fn comparisons_are_the_same_on_any_threads_and_however_they_end() {
    let compare = [
        "compare",
        CUP,
        "--after",
        "matchday 4",
        "--set",
        SET,
        "--format",
        "json",
    ];
    let seasons = |count: &str| accepted(&[&compare[..], &["-n", count]].concat());
    let whole = seasons("4000");
    for threads in ["1", "2", "5"] {
        let words = ["-n", "4000", "--threads", threads];
        assert_eq!(accepted(&[&compare[..], &words].concat()), whole);
    }
    let folder = tempfile::tempdir().unwrap();
    let words = ["-n", "1000000000", "--time-limit", "0.1s"];
    let run = run_in(folder.path(), &[&compare[..], &words].concat());
    let done = document(&run.stdout)["manifest"]["run"]["seasons"].to_string();
    assert_eq!(
        run.stderr,
        format!("note: time is up after {done} seasons\n")
    );
    assert_eq!(run.stdout, seasons(&done));
}

#[test]
fn no_comparison_is_wider_than_eighty_columns() {
    let words = [
        "compare",
        "uefa-champions-league-2023-24",
        "uefa-champions-league-2024-25",
    ];
    let cases = [
        &words[..],
        &["compare", CUP, "--after", "matchday 4", "--set", SET],
    ];
    for case in cases {
        let text = accepted(&[case, &["-n", "600", "--positions"]].concat());
        for line in text.lines() {
            assert!(line.width() <= 80, "{case:?}: {line}");
        }
    }
}
