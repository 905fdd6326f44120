//! Strengths that walk through a history up to an edition: what counts of it, what never does, and what
//! the program says to histories that do not go with an edition.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use matchday::evaluate::{Choice, Contender, Start, TestSet};
use matchday::fixture::Scoreline;
use matchday::history::{History, Odds, OddsSource};
use matchday::io::{Aliases, parse};

use crate::scenario::{MATCHES, Scenario, with_column};

const TEAMS: [&str; 6] = ["Ashford", "Bexley", "Calder", "Denby", "Elston", "Farley"];

/// The day of matchday 3 of four that have been played.
const KNOWN: &str = "2025-03-15";

/// A line of a file in the columns of football-data.co.uk.
#[derive(Clone)]
struct Row {
    league: &'static str,
    date: Date,
    teams: [&'static str; 2],
    goals: [u8; 2],
    shots: Option<[u8; 2]>,
    odds: Option<[f64; 3]>,
}

impl Row {
    /// Goals, shots and odds that look like nothing in particular.
    fn new(league: &'static str, date: Date, teams: [&'static str; 2], seed: usize) -> Self {
        let mixed = 37 * seed % 101;
        let home = 0.25 + mixed as f64 / 300.0;
        Self {
            league,
            date,
            teams,
            goals: [(mixed % 4) as u8, (mixed / 7 % 3) as u8],
            shots: Some([(2 + mixed % 8) as u8, (1 + mixed % 5) as u8]),
            odds: Some([home, 0.25, 0.75 - home].map(|chance| 0.95 / chance)),
        }
    }
}

/// Everybody at home to everybody, a match every fourth day from the first of August on.
fn season(year: i16) -> Vec<Row> {
    let mut rows = Vec::new();
    for home in TEAMS {
        for away in TEAMS.into_iter().filter(|&away| away != home) {
            let seed = rows.len() + usize::from(year as u16);
            let day = date(year, 8, 1) + (4 * rows.len() as i64).days();
            rows.push(Row::new("C1", day, [home, away], seed));
        }
    }
    rows
}

/// The cup itself, all of whose group matches the history has as played, some a day late.
fn cup() -> Vec<Row> {
    let fixtures = [
        (1, "Ashford", "Bexley"),
        (1, "Denby", "Elston"),
        (8, "Calder", "Ashford"),
        (9, "Farley", "Denby"),
        (15, "Bexley", "Calder"),
        (15, "Elston", "Farley"),
        (22, "Bexley", "Ashford"),
        (23, "Elston", "Denby"),
        (29, "Ashford", "Calder"),
        (29, "Denby", "Farley"),
    ];
    let rows = fixtures.into_iter().enumerate();
    rows.map(|(seed, (day, home, away))| {
        Row::new("CUP", date(2025, 3, day), [home, away], 50 + seed)
    })
    .collect()
}

fn file(rows: &[Row]) -> String {
    let mut text =
        String::from("Div,Season,Date,HomeTeam,AwayTeam,FTHG,FTAG,HST,AST,PSCH,PSCD,PSCA\n");
    for row in rows {
        let Row {
            league,
            teams: [home, away],
            goals: [scored, conceded],
            ..
        } = row;
        let day = row.date.strftime("%d/%m/%Y");
        let from = row.date.year() - i16::from(row.date.month() < 8);
        let shots = row
            .shots
            .map_or(",".into(), |[home, away]| format!("{home},{away}"));
        let odds = row.odds.map_or(",,".into(), |[home, draw, away]| {
            format!("{home},{draw},{away}")
        });
        text += &format!(
            "{league},{from}/{},{day},{home},{away},{scored},{conceded},{shots},{odds}\n",
            from + 1
        );
    }
    text
}

/// The county cup with a history of one season before it, itself, and two seasons after it.
struct Past {
    scenario: Scenario,
    before: Vec<Row>,
    cup: Vec<Row>,
    after: Vec<Row>,
}

const FILES: [&str; 3] = ["league/before.csv", "league/cup.csv", "league/after.csv"];

impl Past {
    fn new() -> Self {
        Self {
            scenario: Scenario::new(),
            before: season(2024),
            cup: cup(),
            after: [season(2025), season(2026)].concat(),
        }
    }

    /// Passes every line of the history through `change`; `None` takes it out.
    fn changed(self, change: impl Fn(&Row) -> Option<Row>) -> Self {
        let change = |rows: Vec<Row>| rows.iter().filter_map(&change).collect();
        Self {
            scenario: self.scenario,
            before: change(self.before),
            cup: change(self.cup),
            after: change(self.after),
        }
    }

    fn with(self, change: impl FnOnce(Scenario) -> Scenario) -> Self {
        Self {
            scenario: change(self.scenario),
            ..self
        }
    }

    /// Writes the files; what is empty stays away.
    fn written(self) -> Scenario {
        let files = [
            ("before.csv", self.before),
            ("cup.csv", self.cup),
            ("after.csv", self.after),
        ];
        files.iter().fold(self.scenario, |scenario, (name, rows)| {
            scenario.write(name, file(rows))
        })
    }

    fn run(self, command: &[&str]) -> String {
        let history = [&["--history"], &FILES[..]].concat();
        self.written().accepted(&[command, &history].concat())
    }
}

/// All commands that learn from histories, in a format each, up to a day.
const COMMANDS: [&[&str]; 6] = [
    &["project", "league", "-n", "300", "--after", KNOWN],
    &[
        "project", "league", "-n", "300", "--after", KNOWN, "--format", "json",
    ],
    &["fit", "league", "--after", KNOWN],
    &["fit", "league", "--after", KNOWN, "--format", "json"],
    &[
        "match", "league", "Ashford", "Denby", "--after", KNOWN, "--format", "csv",
    ],
    &[
        "fit",
        "league",
        "--after",
        KNOWN,
        "--model",
        "dixon-coles/300",
        "--format",
        "json",
    ],
];

fn is_known(row: &Row) -> bool {
    row.date.to_string().as_str() <= KNOWN
}

#[test]
fn nothing_after_the_date_is_seen() {
    let spoilt = |row: &Row| {
        Some(match is_known(row) {
            true => row.clone(),
            false => Row {
                goals: [9, 0],
                shots: None,
                odds: None,
                ..row.clone()
            },
        })
    };
    let cut = |row: &Row| is_known(row).then(|| row.clone());
    let later = |scenario: Scenario| {
        scenario
            .replace("matches.csv", "Bexley,Ashford,0,2", "Bexley,Ashford,7,0")
            .replace("matches.csv", "Elston,Denby,1,1,played", "Elston,Denby,,,")
    };
    for command in COMMANDS {
        let seen = Past::new().run(command);
        assert_eq!(
            seen,
            Past::new().changed(spoilt).run(command),
            "{command:?}"
        );
        assert_eq!(seen, Past::new().with(later).run(command), "{command:?}");
        let mut shorter = Past::new().changed(cut);
        shorter.after = vec![Row::new("C1", date(2031, 8, 1), ["Ashford", "Bexley"], 1)];
        assert_eq!(seen, shorter.run(command), "{command:?}");
    }
}

#[test]
fn what_was_known_by_the_date_is_seen() {
    let command = COMMANDS[2];
    let seen = Past::new().run(command);
    for changed in ["2024-11-01", "2025-03-01"] {
        let change = |row: &Row| {
            let is_it = *row.date.to_string() >= *changed && is_known(row);
            Some(Row {
                shots: row.shots.map(|shots| if is_it { [9, 1] } else { shots }),
                ..row.clone()
            })
        };
        assert_ne!(seen, Past::new().changed(change).run(command), "{changed}");
    }
}

/// The second match of Bexley is put off: in the history it was played, a week late or on its day.
#[test]
fn what_the_edition_has_still_to_play_never_counts() {
    let command = ["fit", "league", "--format", "csv"];
    let open = |past: Past| {
        past.with(|scenario| {
            scenario.replace(
                "matches.csv",
                "Bexley,Calder,3,2,played",
                "Bexley,Calder,,,",
            )
        })
    };
    let is_it = |row: &Row| row.league == "CUP" && row.teams == ["Bexley", "Calder"];
    let without = |row: &Row| (!is_it(row)).then(|| row.clone());
    let expected = open(Past::new()).changed(without).run(&command);
    for day in [15, 20] {
        let moved = |row: &Row| {
            Some(Row {
                date: if is_it(row) {
                    date(2025, 3, day)
                } else {
                    row.date
                },
                ..row.clone()
            })
        };
        assert_eq!(
            open(Past::new()).changed(moved).run(&command),
            expected,
            "{day}"
        );
    }
}

#[test]
fn a_match_that_both_have_counts_once_by_the_score_of_the_edition() {
    let command = ["fit", "league"];
    let seen = Past::new().run(&command);
    assert!(
        seen.contains("learnt from 8 matches of the edition\nand 30 before"),
        "{seen}"
    );
    let other_score = |row: &Row| {
        Some(Row {
            goals: if row.league == "CUP" {
                [5, 5]
            } else {
                row.goals
            },
            ..row.clone()
        })
    };
    assert_eq!(Past::new().changed(other_score).run(&command), seen);
    let changed = [
        Past::new().changed(|row| {
            (row.league != "CUP").then(|| row.clone()).or_else(|| {
                Some(Row {
                    shots: None,
                    ..row.clone()
                })
            })
        }),
        Past::new().changed(|row| {
            (row.league != "CUP").then(|| row.clone()).or_else(|| {
                Some(Row {
                    odds: None,
                    ..row.clone()
                })
            })
        }),
        Past::new().with(|scenario| {
            scenario.replace("matches.csv", "Ashford,Bexley,2,1", "Ashford,Bexley,1,2")
        }),
    ];
    for changed in changed {
        assert_ne!(changed.run(&command), seen);
    }
}

#[test]
fn sides_may_be_named_the_other_way_round() {
    let lines: Vec<(usize, &str)> = (2..=9).map(|line| (line, "neutral")).collect();
    let matches = with_column(MATCHES, "venue", &lines);
    let neutral = |past: Past| past.with(|scenario| scenario.write("matches.csv", &matches));
    let turned = |row: &Row| {
        let is_it = row.league == "CUP";
        let [home, away] = row.teams;
        let turn = |[home, away]: [u8; 2]| if is_it { [away, home] } else { [home, away] };
        Some(Row {
            teams: if is_it { [away, home] } else { row.teams },
            goals: turn(row.goals),
            shots: row.shots.map(turn),
            odds: None,
            ..row.clone()
        })
    };
    let plain = |row: &Row| {
        Some(Row {
            odds: None,
            ..row.clone()
        })
    };
    let command = ["fit", "league", "--format", "csv"];
    let seen = neutral(Past::new()).changed(plain).run(&command);
    assert_eq!(neutral(Past::new()).changed(turned).run(&command), seen);
}

#[test]
fn neither_the_order_of_files_nor_of_lines_nor_of_teams_matters() {
    for command in COMMANDS {
        let seen = Past::new().run(command);
        let mut turned = Past::new();
        for rows in [&mut turned.before, &mut turned.cup, &mut turned.after] {
            rows.reverse();
        }
        let [before, cup, after] = FILES;
        let history = ["--history", after, before, cup];
        let turned = turned.written();
        assert_eq!(
            turned.accepted(&[command, &history].concat()),
            seen,
            "{command:?}"
        );
    }
    let sorted = |text: String| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let command = ["fit", "league"];
    let teams = "name,association,aliases\nFarley,South,\nBexley,North,\nElston,South,\n\
                 Ashford,North,Ash|AFC\nDenby,South,\nCalder,North,\n";
    let other = Past::new().with(|scenario| scenario.write("teams.csv", teams));
    assert_eq!(
        sorted(other.run(&command)),
        sorted(Past::new().run(&command))
    );
}

/// The history calls Farley something else.
fn renamed() -> Past {
    Past::new().changed(|row| {
        let name = |team| if team == "Farley" { "Farleigh" } else { team };
        Some(Row {
            teams: row.teams.map(name),
            ..row.clone()
        })
    })
}

#[test]
fn a_team_that_the_history_does_not_have_must_be_named() {
    let scenario = renamed()
        .written()
        .write("aliases.csv", "alias,name\nFarleigh,Farley\n");
    let history = ["fit", "league", "--history", FILES[0], FILES[1], FILES[2]];
    scenario.refused(
        &history,
        "the history has no team `Farley` | did you mean `Farleigh` | `--newcomer`",
    );
    let new = scenario.accepted(&[&history[..], &["--newcomer", "Farley"]].concat());
    let known = scenario.accepted(&[&history[..], &["--aliases", "league/aliases.csv"]].concat());
    assert_ne!(new, known);
    assert_eq!(known, Past::new().run(&["fit", "league"]));
    scenario.refused(
        &[&history[..], &["--newcomer", "Farly"]].concat(),
        "--newcomer: unknown team `Farly` | did you mean `Farley`",
    );
}

#[test]
fn a_team_of_later_matches_is_not_known_yet() {
    let later = |row: &Row| {
        (row.teams[0] != "Farley" && row.teams[1] != "Farley" || !is_known(row))
            .then(|| row.clone())
    };
    let scenario = Past::new().changed(later).written();
    let command = [
        "fit",
        "league",
        "--after",
        KNOWN,
        "--history",
        FILES[0],
        FILES[1],
        FILES[2],
    ];
    scenario.refused(&command, "the history has no team `Farley`");
    scenario.accepted(&[&command[..], &["--newcomer", "Farley"]].concat());
}

#[test]
fn histories_that_tell_nothing_are_refused() {
    let others = "Date,HomeTeam,AwayTeam,FTHG,FTAG\n2024-08-13,Gorley,Hexham,2,1\n";
    let scenario = Scenario::new()
        .write("others.csv", others)
        .write("header.csv", "Date,HomeTeam,AwayTeam,FTHG,FTAG\n")
        .write("empty.csv", "");
    let fit = |file| ["fit", "league", "--history", file];
    scenario.refused(
        &fit("league/others.csv"),
        "the history has no team `Ashford`",
    );
    scenario.refused(&fit("league/header.csv"), "league/header.csv");
    scenario.refused(&fit("league/empty.csv"), "league/empty.csv");
    scenario.refused(&fit("league/none.csv"), "league/none.csv: no such file");
    let newcomers = TEAMS.map(|team| ["--newcomer", team]).concat();
    let new = scenario.accepted(&[&fit("league/others.csv")[..], &newcomers].concat());
    assert!(
        new.contains("learnt from 8 matches of the edition\nand 1 before"),
        "{new}"
    );
}

#[test]
fn a_model_file_of_select_is_what_project_plays_by() {
    let scenario = Past::new().written();
    let select = [
        "select",
        FILES[0],
        FILES[1],
        FILES[2],
        "--skip-seasons",
        "1",
    ];
    scenario.accepted(
        &[
            &select[..],
            &["--model", "walk-shots,uniform", "-o", "walk.toml"],
        ]
        .concat(),
    );
    scenario.accepted(&[&select[..], &["--model", "elo", "-o", "still.toml"]].concat());
    let choice = |name: &str| {
        let text = std::fs::read_to_string(scenario.folder.path().join(name)).unwrap();
        let choice = Choice::parse(name, &text).unwrap();
        (choice.model, serde_json::to_value(&choice.method).unwrap())
    };
    let model = |arguments: &[&str]| {
        let project = ["project", "league", "-n", "300", "--format", "json"];
        let text = scenario.accepted(&[&project, arguments].concat());
        let shown: serde_json::Value = serde_json::from_str(&text).unwrap();
        shown["manifest"]["model"].clone()
    };
    let history = [&["--history"], &FILES[..]].concat();
    let (chosen, walking) = choice("walk.toml");
    assert_eq!(chosen, "walk-shots");
    let walk = [&["--model", "walk.toml"], &history[..]].concat();
    assert_eq!(model(&walk), walking);
    assert_eq!(model(&["--model", "still.toml"]), choice("still.toml").1);
}

#[test]
fn one_fit_to_everything_learns_from_a_history_too() {
    let fit = |options: &[&str]| Past::new().run(&[&["fit", "league"], options].concat());
    for model in ["poisson", "weibull", "elo", "plain-dixon-coles"] {
        let text = fit(&["--model", model]);
        let counts = "fitted to 8 matches of the edition and 30 before";
        assert!(text.replace('\n', " ").contains(counts), "{text}");
    }
    let [common, own] = ["common", "per-team"].map(|home| fit(&["--home-advantage", home]));
    assert_ne!(common, own);
    assert_ne!(
        fit(&["--model", "poisson/30"]),
        fit(&["--model", "poisson"])
    );
}

#[test]
fn options_that_do_not_go_with_a_walk_are_refused() {
    let scenario = Past::new().written();
    for command in [
        &["fit", "league"][..],
        &["project", "league"],
        &["match", "league", "Ashford", "Denby"],
    ] {
        let refused = |options: &[&str], words| {
            let history = [&["--history"], &FILES[..]].concat();
            scenario.refused(&[command, options, &history].concat(), words);
        };
        refused(
            &["--model", "wolk"],
            "unknown model `wolk`, did you mean `walk`",
        );
        refused(
            &["--model", "walk", "--half-life", "200"],
            "neither a half-life, nor another prior",
        );
        refused(
            &["--model", "walk", "--prior", "none"],
            "neither a half-life, nor another prior",
        );
        refused(
            &["--model", "walk", "--home-advantage", "per-team"],
            "nor a home advantage of every team",
        );
        let alone = [command, &["--model", "walk-odds"]].concat();
        scenario.refused(&alone, "need a past | `--history`");
    }
}

#[test]
fn projections_from_a_history_are_the_same_bytes_on_any_number_of_threads() {
    let with =
        |threads| Past::new().run(&["project", "league", "-n", "3000", "--threads", threads]);
    assert_eq!(with("1"), with("3"));
}

#[test]
fn the_manifest_names_the_history() {
    let manifest = |past: Past| {
        let text = past.run(&["fit", "league", "--format", "json"]);
        let shown: serde_json::Value = serde_json::from_str(&text).unwrap();
        shown["manifest"]["history"].clone()
    };
    let history = manifest(Past::new());
    assert_eq!(history["matches"], 30);
    assert_eq!(
        history["files"],
        serde_json::json!(["league/before.csv", "league/cup.csv"])
    );
    let hash = |history: &serde_json::Value| history["content_sha256"].as_str().unwrap().to_owned();
    assert_eq!(hash(&history).len(), 64);
    let other = manifest(Past::new().changed(|row| {
        Some(Row {
            odds: row.odds.map(|[home, draw, away]| [home, draw - 0.01, away]),
            ..row.clone()
        })
    }));
    assert_ne!(hash(&other), hash(&history));
}

/// Everything that `walk-odds` answers for a history, by date.
fn answers(history: &History) -> Vec<(Date, Option<[f64; 3]>)> {
    let set = TestSet::new(history, Start::AfterSeasons(1)).unwrap();
    let contender = Contender::named("walk-odds").unwrap();
    let answers = set.walk(&|| contender.start(), |_| {}).unwrap();
    let dates = set.matches().map(|(played, _)| played.date);
    dates.zip(answers).collect()
}

#[test]
fn a_walk_does_not_see_the_odds_of_the_match_it_forecasts() {
    let text = file(&[season(2024), season(2025)].concat());
    let history = parse("past.csv", text.as_bytes(), &Aliases::default()).unwrap();
    let plain = answers(&history);
    for position in [30, 41, 58] {
        let mut spoilt = history.clone();
        let day = spoilt.matches[position].date;
        for played in spoilt
            .matches
            .iter_mut()
            .filter(|played| played.date >= day)
        {
            played.goals = Some(Scoreline::new(8, 0));
            played.shots_on_target = Some([30, 0]);
            played.odds = Some(Odds {
                home: 1.01,
                draw: 20.0,
                away: 50.0,
                source: OddsSource::PinnacleClosing,
            });
        }
        let spoilt = answers(&spoilt);
        let (mut seen, mut changed) = (0, 0);
        for (before, after) in plain.iter().zip(&spoilt) {
            if before.0 <= day {
                assert_eq!(before, after);
                seen += 1;
            } else {
                changed += usize::from(before != after);
            }
        }
        assert!(seen > 0 && (changed > 0 || position == 58), "{position}");
    }
}

/// Settings are tuned to the season before the test: what is tested may change as it likes.
#[test]
fn walks_to_choose_from_are_those_of_the_columns_and_a_tuned_one() {
    let walks = |change: &dyn Fn(&mut Row)| {
        let mut rows = [season(2024), season(2025)].concat();
        rows.iter_mut().for_each(change);
        let history = parse("past.csv", file(&rows).as_bytes(), &Aliases::default()).unwrap();
        let set = TestSet::new(&history, Start::AfterSeasons(1)).unwrap();
        let walks = Contender::walks(&set).into_iter();
        walks
            .map(|walk| (walk.name().to_owned(), walk.method().cloned()))
            .collect::<Vec<_>>()
    };
    let all = walks(&|_| {});
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["walk", "walk-shots", "walk-odds", "walk-odds-tuned"]
    );
    assert_ne!(all[2].1, all[3].1);
    let tested = |row: &mut Row| {
        if row.date >= date(2025, 8, 1) {
            row.goals = [7, 7];
            row.shots = Some([20, 20]);
        }
    };
    assert_eq!(walks(&tested), all);
    let without = walks(&|row| row.odds = None);
    assert_eq!(without[2].0, "walk-shots-tuned");
    let goals_alone = walks(&|row| (row.odds, row.shots) = (None, None));
    assert_eq!(
        (goals_alone.len(), goals_alone[1].0.as_str()),
        (2, "walk-tuned")
    );
}

#[test]
fn every_team_may_have_a_home_advantage_of_its_own() {
    let scenario = Scenario::new();
    let own = ["fit", "league", "--home-advantage", "per-team"];
    let header = |command: &[&str]| {
        let text = scenario.accepted(command);
        let header = text.lines().find(|line| line.starts_with("team"));
        header.expect("a table of teams").trim_end().to_owned()
    };
    assert!(header(&own).ends_with("at home"));
    assert!(header(&own[..2]).ends_with("overall"));
    let rows = scenario.accepted(&[&own[..], &["--format", "csv"]].concat());
    assert!(
        rows.lines()
            .next()
            .unwrap()
            .ends_with("home_advantage_standard_error")
    );
    scenario.accepted(&[
        "project",
        "league",
        "-n",
        "300",
        "--home-advantage",
        "per-team",
    ]);
    scenario.refused(
        &[&own[..], &["--model", "elo"]].concat(),
        "one home advantage for all teams",
    );
}
