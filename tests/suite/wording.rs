//! What the text says of editions whose outcome is known.

use matchday::evaluate::Contender;
use matchday::fit::Method;

use crate::scenario::{Run, Scenario, program, team_names};

/// What the program prints on these arguments, its line breaks and indents taken out.
fn words(arguments: &[&str]) -> String {
    in_one_line(&text(arguments))
}

fn text(arguments: &[&str]) -> String {
    let run = Run::of(&mut program(arguments));
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), ""),
        "{arguments:?}"
    );
    run.stdout
}

pub fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Demands each of `expected` in what the program says.
fn says(arguments: &[&str], expected: &[&str]) {
    let words = words(arguments);
    for expected in expected {
        assert!(
            words.contains(expected),
            "{arguments:?}: no `{expected}` in {words}"
        );
    }
}

#[test]
fn outcomes_name_the_places_of_every_stage_they_come_from() {
    says(
        &["show", "uefa-euro-2024"],
        &[
            "round of 16: 1st and 2nd of every group of Group stage; 1st to 4th of Third-placed \
             teams quarter-finals: 1st of every tie of Round of 16",
        ],
    );
    says(
        &["show", "uefa-champions-league-2024-25"],
        &["play-offs: 9th to 24th of League phase"],
    );
    let some = Scenario::new().replace(
        "edition.toml",
        "places = \"groups/*/1\"",
        "places = [\"groups/A/1..2\", \"groups/B/1\", \"groups/B/3\"]",
    );
    let shown = in_one_line(&some.accepted(&["show", "league"]));
    assert!(
        shown.contains("finalists: 1st and 2nd of Group A; 1st and 3rd of Group B"),
        "{shown}"
    );
}

#[test]
fn stages_are_as_large_as_they_will_be_though_their_teams_are_not_known() {
    says(
        &["show", "fifa-world-cup-2026"],
        &["Seats of third-placed teams 8 seats"],
    );
    says(
        &["show", "caf-confederation-cup-2023-24"],
        &["16 ties, 4 not known"],
    );
}

#[test]
fn what_a_rulebook_leaves_out_is_said_with_the_edition() {
    says(
        &["show", "fifa-world-cup-2026"],
        &[
            "Simplified: one world ranking",
            "Not verified: that only the teams",
        ],
    );
}

#[test]
fn the_champion_is_the_last_outcome_by_which_teams_are_sorted() {
    let text = text(&[
        "project",
        "fifa-world-cup-2026",
        "--after",
        "start",
        "-n",
        "600",
    ]);
    let careers = text.lines().skip_while(|line| !line.starts_with("How far"));
    let careers: Vec<&str> = careers.collect();
    assert!(
        careers[1].starts_with("they go") && careers[1].ends_with("champion"),
        "{}",
        careers[1]
    );
    let champion = |line: &&str| {
        line.rsplit_once(" ±").map(|(front, _)| {
            front
                .rsplit(' ')
                .next()
                .and_then(|value| value.trim_start_matches('<').parse::<f64>().ok())
        })
    };
    let shares: Vec<f64> = careers[2..]
        .iter()
        .map_while(|line| champion(line)?)
        .collect();
    assert_eq!(shares.len(), 48);
    assert!(shares.is_sorted_by(|a, b| a >= b), "{shares:?}");
}

#[test]
fn a_shared_place_leads_where_all_its_ranks_lead() {
    says(
        &["table", "fifa-world-cup-2026"],
        &["3 Ecuador 3 1 1 1 2:2 0 4 round of 32 3 Ghana 3 1 1 1 2:2 0 4 round of 32"],
    );
    // Three level teams, of whom the rules name no champion; all three stay up.
    let level = Scenario::league(&team_names(3), 2, |_, _| "0,0,played")
        .replace(
            "county.toml",
            "  { by = \"lots\", cite = \"rule 6\" },\n",
            "",
        )
        .replace(
            "edition.toml",
            "outcomes = [",
            "outcomes = [{ name = \"stays up\", places = \"league/1/1..3\" }, ",
        );
    let table = level.accepted(&["table", "league"]);
    assert_eq!(table.matches("stays up").count(), 3, "{table}");
    assert!(!table.contains("champion"), "{table}");
}

#[test]
fn a_ranking_known_beforehand_is_no_table_of_matches() {
    let table = text(&["table", "caf-confederation-cup-2023-24"]);
    assert!(
        !table.contains("Seeding") && !table.contains("0:0"),
        "{table}"
    );
}

#[test]
fn every_reason_why_ties_are_not_known_is_given() {
    let edition = Scenario::new().replace(
        "edition.toml",
        "[[stage]]\nid = \"final\"",
        "[[stage]]\nid = \"preliminary\"\nname = \"Preliminary round\"\norder = \"ties\"\nlegs = 1\n\
         groups = [\n{ id = \"1\", unknown = \"the press is silent\" },\n\
         { id = \"2\", unknown = \"a page is torn\" },\n\
         { id = \"3\", unknown = \"the press is silent\" },\n]\n\n[[stage]]\nid = \"final\"",
    );
    let table = in_one_line(&edition.accepted(&["table", "league"]));
    let reasons = "2 more not known: the press is silent. 1 more not known: a page is torn.";
    assert!(table.contains(reasons), "{table}");
}

#[test]
fn lots_decide_only_where_the_rules_provide_for_them() {
    let causes = |edition, format| {
        let start = [
            "project", edition, "--after", "start", "-n", "2000", "--causes",
        ];
        text(&[&start[..], &["--format", format]].concat())
    };
    for format in ["table", "json", "csv"] {
        // The manifest says of the rulebook that it never comes to lots.
        let world_cup = causes("fifa-world-cup-2026", format).replace("never to lots", "");
        assert!(!world_cup.contains("lots"), "{format}");
        assert!(world_cup.contains("undecided by the rules"), "{format}");
        let with_lots = causes("caf-confederation-cup-2007", format);
        assert!(with_lots.contains("lots"), "{format}");
        assert!(!with_lots.contains("undecided by the rules"), "{format}");
    }
}

#[test]
fn whatever_rests_on_the_rules_says_that_they_are_not_certain() {
    let note = "Rules simplified, and in part not verified: see `matchday show`.";
    let world_cup = "fifa-world-cup-2026";
    says(&["project", world_cup, "-n", "100"], &[note]);
    says(&["draw", world_cup, "-n", "100"], &[note]);
    says(
        &["table", world_cup],
        &["Rules simplified: one world ranking", "Rules not verified:"],
    );
    says(
        &["project", "caf-confederation-cup-2007", "-n", "100"],
        &["Rules not verified: see `matchday show`."],
    );
    let json = text(&["draw", world_cup, "-n", "100", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json).expect("a document");
    for doubt in ["rules_simplified", "rules_unverified"] {
        assert!(document["manifest"][doubt].is_string(), "{doubt}");
    }
    let euro = text(&["project", "uefa-euro-2024", "-n", "100"]);
    assert!(!euro.contains("Rules"), "{euro}");
}

#[test]
fn what_is_not_certain_of_a_draw_is_said_with_it() {
    let world_cup = "fifa-world-cup-2026";
    let doubt = "those of DR Congo and Iraq stood for three confederations each is how it is told";
    says(
        &["show", world_cup],
        &[
            "Draw of Group stage not verified: it was held on 5 December",
            doubt,
        ],
    );
    says(
        &["draw", world_cup, "-n", "100"],
        &["Draw not verified: it was held on 5 December", doubt],
    );
    says(
        &["check", world_cup],
        &["note: the draw of Group stage is not verified:", doubt],
    );
    let json = words(&["draw", world_cup, "-n", "100", "--format", "json"]);
    assert!(
        json.contains("\"unverified\": \"it was held on 5 December"),
        "{json}"
    );
}

#[test]
fn check_notes_lists_that_can_leave_teams_level() {
    let note =
        "note: rule list `thirds` has no lots; where it leaves teams level, seasons draw them";
    says(&["check", "fifa-world-cup-2026"], &[note, "no errors"]);
    assert!(
        !Scenario::new()
            .accepted(&["check", "league"])
            .contains("note:")
    );
    let without = Scenario::new().replace(
        "county.toml",
        "  { by = \"lots\", cite = \"rule 6\" },\n",
        "",
    );
    let checked = without.accepted(&["check", "league"]);
    assert!(
        checked.contains("note: rule list `groups` has no lots"),
        "{checked}"
    );
}

#[test]
fn points_below_zero_have_the_sign_of_goal_differences() {
    let deducted = Scenario::new().write(
        "values.csv",
        "value,team,known,amount\ndeduction,Ashford,2025-03-16,20\n",
    );
    for command in [
        &["table", "league"][..],
        &["project", "league", "-n", "100"],
    ] {
        let text = deducted.accepted(command);
        let row = text.lines().find(|line| line.contains("Ashford"));
        let row = row.expect("a row of Ashford");
        assert!(row.contains(" −13") && !row.contains('-'), "{text}");
    }
}

#[test]
fn draws_of_groups_give_an_error_and_say_whose_odds_they_are() {
    let groups = ["draw", "uefa-champions-league-2023-24", "groups"];
    let sampled = [&groups[..], &["-n", "10000"]].concat();
    says(
        &sampled,
        &["10,000 draws, in %, standard errors up to 0.4; ball by ball"],
    );
    says(
        &[
            "draw",
            "uefa-champions-league-2024-25",
            "league",
            "-n",
            "1000",
        ],
        &["1,000 draws, in %, standard errors up to 1.6; team by team"],
    );
    let exact = words(&[
        "draw",
        "caf-confederation-cup-2023-24",
        "groups",
        "--procedure",
        "exact",
    ]);
    for words in [
        "exact probabilities, in %, as the ceremony has them.",
        "All pairs, and as uniform outcomes have them: --format csv.",
    ] {
        assert!(exact.contains(words), "{exact}");
    }
}

#[test]
fn what_balls_drawn_already_settle_is_proved() {
    let fix = "Porto v Arsenal";
    let draw = [
        "draw",
        "uefa-champions-league-2023-24",
        "round-of-16",
        "-n",
        "1000",
        "--fix",
        fix,
    ];
    says(&draw, &["Arsenal – Porto 100 "]);
    let csv = text(&[&draw[..], &["--format", "csv"]].concat());
    let drawn = |line: &&str| line.contains("Porto") && line.contains("Arsenal");
    let pair = csv.lines().find(drawn).expect("the pair");
    assert!(pair.ends_with(",1.0,0.0"), "{pair}");
}

#[test]
fn opponents_worth_naming_are_named_and_the_others_summed() {
    let edition = "uefa-champions-league-2023-24";
    let project = [
        "project",
        edition,
        "--after",
        "2023-12-17",
        "-n",
        "5000",
        "--opponents",
    ];
    let table = text(&project);
    assert!(!table.contains(" more"), "{table}");
    let round = table
        .split("\n\n")
        .find(|part| part.starts_with("Quarter-finals: opponents"));
    let round = in_one_line(round.expect("the quarter-finals"));
    let json = text(&[&project[..], &["--format", "json"]].concat());
    let document: serde_json::Value = serde_json::from_str(&json).expect("a document");
    let opponents = document["opponents"].as_array().expect("a list");
    let of = |team: &str| {
        opponents
            .iter()
            .find(|of| of["stage"] == "quarter-finals" && of["team"] == team)
            .and_then(|of| of["opponents"].as_array())
            .expect("its opponents")
    };
    let team = "Real Madrid";
    let line = &round[round.find(team).expect("its line")..];
    for met in of(team) {
        let name = met["team"].as_str().expect("a name");
        let value = met["value"].as_f64().expect("a share");
        if value >= 0.01 {
            assert!(
                line.contains(&format!("{name} {:.1}", 100.0 * value)),
                "{name}: {line}"
            );
        }
    }
}

#[test]
fn what_is_proved_of_rounds_and_pairings_is_not_a_share_of_seasons() {
    // Every quarter-finalist is known and drawn; who meets whom in the semi-finals is not.
    let project = |when| {
        let edition = "uefa-champions-league-2023-24";
        let options = ["--after", when, "-n", "1000", "--opponents"];
        text(&[&["project", edition][..], &options].concat())
    };
    let round = |text: &str, name: &str| {
        let part = text.split("\n\n").find(|part| part.starts_with(name));
        in_one_line(part.unwrap_or_else(|| panic!("no {name} in {text}")))
    };
    let ahead = round(&project("2023-12-17"), "Round of 16: opponents");
    assert!(ahead.contains("Porto 100 "), "{ahead}");
    let semi_finals = round(&project("2024-04-18"), "Final: opponents");
    assert!(!semi_finals.contains(">99.9"), "{semi_finals}");

    let finished = [
        "project",
        "uefa-champions-league-2023-24",
        "-n",
        "1000",
        "--causes",
    ];
    let causes = words(&finished);
    assert!(
        causes.contains("Group A, 1st place: points 100 "),
        "{causes}"
    );
}

#[test]
fn a_ball_that_cannot_be_drawn_so_is_told_why() {
    let world_cup = ["draw", "fifa-world-cup-2026", "-n", "1"];
    for (fix, reason) in [
        (
            "Spain in A",
            "`Spain in A`: group `A` has no room left for its pot",
        ),
        ("Mexico in C", "`Mexico in C`: Mexico are drawn already"),
    ] {
        let run = Run::of(&mut program(&[&world_cup[..], &["--fix", fix]].concat()));
        assert_eq!(run.code, Some(1), "{fix}");
        assert!(run.stderr.contains(reason), "{}", run.stderr);
    }
}

#[test]
fn help_names_every_model() {
    let missing = |command: &str, names: Vec<(String, String)>| {
        let help = words(&[command, "--help"]);
        let is_name = |letter: char| letter.is_ascii_lowercase() || letter == '-';
        let known: Vec<&str> = help.split(|letter| !is_name(letter)).collect();
        let names = names.into_iter().map(|(name, _)| name);
        let missing: Vec<String> = names.filter(|name| !known.contains(&&**name)).collect();
        missing
    };
    assert!(missing("evaluate", Contender::names()).is_empty());
    for command in ["fit", "match", "project"] {
        let mut names = Method::names();
        // One of them stands for all.
        names.retain(|(name, _)| !name.starts_with("plain-") || name == "plain-poisson");
        assert_eq!(missing(command, names), [""; 0], "{command}");
    }
}
