//! Bad fixtures, scores and arguments are refused in one line that says where, what, and what to do.

use crate::scenario::*;

#[test]
fn fixtures_that_do_not_belong_are_refused() {
    refuses_each(
        "matches.csv",
        "
Ashford,Calder,, => Ashford,Denby,,  ! matches.csv:10: | Denby is not in Group A | Ashford, Bexley, Calder | correct
Ashford,Calder,, => Ashford,AFC,,    ! matches.csv:10: | Ashford cannot play itself | correct
Ashford,Calder,, => Ashford,Bexley,, ! matches.csv:10: | Ashford v Bexley is already on line 2 | Group A has 2 legs
groups,A,5       => group,A,5        ! matches.csv:10: | stage `group` | did you mean `groups`?
groups,A,5       => groups,C,5       ! matches.csv:10: | group `C` | known: A, B
groups,A,5       => groups,A,0       ! matches.csv:10: | matchday `0` | a whole number from 1
groups,A,5       => groups,A,1001    ! matches.csv:10: | matchday `1001` | a whole number from 1 to 1000
groups,A,5       => groups,A,five    ! matches.csv:10: | matchday `five` | a whole number from 1
groups,A,6,2025-04-05,Calder,Bexley,,,,,\\n => ! matches.csv: | Group A has 5 of its 6 | Calder v Bexley is missing | add it
",
    );
    Scenario::new()
        .write("matches.csv", with_column(MATCHES, "venue", &[(3, "moon")]))
        .refused(&CHECK, "matches.csv:3: | venue `moon` | `neutral`");
}

#[test]
fn a_tie_of_other_teams_than_its_places_is_refused() {
    Scenario::finished()
        .replace("matches.csv", "Ashford,Denby,1,1", "Ashford,Elston,1,1")
        .refused(
            &CHECK,
            "matches.csv:14: | Elston is not in Final | Ashford, Denby",
        );
    Scenario::finished()
        .replace(
            "matches.csv",
            "Ashford,Calder,3,0,played",
            "Ashford,Calder,,,",
        )
        .refused(
            &CHECK,
            "matches.csv:14: | Final | position 1 of Group A | not all played",
        );
    let scenario =
        Scenario::finished().replace("edition.toml", "legs = 1", "legs = 1\ndrawn = 2025-04-20");
    scenario.accepted(&CHECK);
    scenario.refused(
        &["table", "league", "--after", "2025-04-15"],
        "matches.csv:14: | a score in Final before its draw on 2025-04-20 | correct",
    );
}

#[test]
fn dates_that_cannot_be_are_refused() {
    let impossible = "2025-02-30 2025-13-01 2025-00-10 2025-3-1 20250301 01/03/2025 soon";
    let windows = "2025-03-02/2025-03-01 2025-03-01/ /2025-03-01 2025-03-01/2025-03-02/2025-03-03";
    let times = "2025-03-01T20:00 -2025-03-01";
    let texts = ["1 March 2025", ""];
    let words = [impossible, windows, times].map(|list| list.split(' '));
    for date in words.into_iter().flatten().chain(texts) {
        let words =
            format!("matches.csv:2: | date `{date}` | a date such as 2024-03-03, or a window");
        Scenario::new()
            .replace(
                "matches.csv",
                "2025-03-01,Ashford",
                &format!("{date},Ashford"),
            )
            .refused(&CHECK, &words);
    }
}

#[test]
fn scores_that_cannot_be_are_refused() {
    refuses_each(
        "matches.csv",
        "
2,1,played   => -2,1,played      ! matches.csv:2: | home_goals `-2` | from 0 to 99
2,1,played   => 2,100,played     ! matches.csv:2: | away_goals `100` | from 0 to 99
2,1,played   => 2,256,played     ! matches.csv:2: | away_goals `256` | from 0 to 99
2,1,played   => two,1,played     ! matches.csv:2: | home_goals `two` | from 0 to 99
2,1,played   => 2.0,1,played     ! matches.csv:2: | home_goals `2.0` | from 0 to 99
2,1,played   => 2,1,             ! matches.csv:2: | a score 2-1 without a status | `played`, or `awarded`
2,1,played   => ,,played         ! matches.csv:2: | status `played` without a score | give the goals
2,1,played   => ,,awarded        ! matches.csv:2: | status `awarded` without a score | give the goals
2,1,played   => 2,,played        ! matches.csv:2: | goals of one side only | give both
2,1,played   => ,1,              ! matches.csv:2: | goals of one side only | give both
2,1,played   => 2,1,finished     ! matches.csv:2: | status `finished` | `played`, `awarded`
2,1,played   => 2,1,Played       ! matches.csv:2: | status `Played` | `played`, `awarded`
Calder,,,,,  => Calder,,,,1-0,   ! matches.csv:10: | extra time or penalties without a score | give the goals
Calder,,,,,  => Calder,,,,,5-4   ! matches.csv:10: | extra time or penalties without a score | give the goals
2,1,played,, => 2,1,played,1,    ! matches.csv:2: | extra_time `1` | a pair such as 4-2
2,1,played,, => 2,1,played,,5-100 ! matches.csv:2: | penalties `5-100` | a pair such as 4-2
2,1,played,, => 2,1,played,1-0,  ! matches.csv:2: | extra time given | none in Group stage
2,1,played,, => 2,1,played,,5-4  ! matches.csv:2: | penalties given | none in Group stage
",
    );
}

#[test]
fn decisions_belong_to_awarded_scores() {
    let decided = |status: &str, day: &str| {
        let matches = with_column(MATCHES, "decided", &[(2, day)]);
        Scenario::new()
            .write("matches.csv", matches)
            .replace("matches.csv", "2,1,played", status)
    };
    decided("3,0,awarded", "2025-03-20").accepted(&CHECK);
    decided("3,0,awarded", "").accepted(&CHECK);
    decided("3,0,awarded", "soon")
        .refused(&CHECK, "matches.csv:2: | decided `soon` | a date such as");
    decided("2,1,played", "2025-03-20")
        .refused(&CHECK, "matches.csv:2: | decided `2025-03-20` | `awarded`");
    decided(",,", "2025-03-20")
        .refused(&CHECK, "matches.csv:2: | decided `2025-03-20` | `awarded`");
}

#[test]
fn shoot_outs_that_cannot_have_been_are_refused() {
    for (score, problem) in [
        (
            "2,1,played,,5-4",
            "penalties given, but the tie was decided before",
        ),
        (
            "1,1,played,1-0,5-4",
            "penalties given, but the tie was decided before",
        ),
        (
            "2,1,played,0-0,",
            "extra time given, but the tie was decided before",
        ),
        ("1,1,played,0-0,4-4", "a penalty shoot-out cannot end level"),
    ] {
        Scenario::finished()
            .replace("matches.csv", "1,1,played,0-0,5-4", score)
            .refused(&TABLE, &format!("matches.csv:14: | {problem}"));
    }
}

#[test]
fn points_in_time_that_cannot_be_are_refused() {
    let scenario = Scenario::new();
    let shape = "expected a date such as | `matchday 4`, `start` or `entries`";
    let number = "whole numbers from 1 | `start` is before the first";
    for (when, words) in [
        (
            "2024-02-28",
            "more than a year before | 2025-03-01 | `start` or `entries`",
        ),
        ("matchday 7", "the matchdays are 1 to 6"),
        ("matchday 9", "the matchdays are 1 to 6"),
        ("matchday 4294967295", "the matchdays are 1 to 6"),
        ("matchday 4294967296", number),
        ("matchday 0", number),
        ("matchday -1", number),
        ("matchday four", number),
        ("matchday", shape),
        ("yesterday", shape),
        ("2025-02-30", shape),
        ("2025-03", shape),
        ("", shape),
    ] {
        let words = format!("--after `{when}` | {words}");
        for command in ["table", "fit", "project"] {
            scenario.refused(&[command, "league", "--after", when], &words);
        }
        let pairing = ["match", "league", "Ashford", "Calder", "--after", when];
        scenario.refused(&pairing, &words);
    }
}

#[test]
fn numbers_of_seasons_that_cannot_be_run_are_refused() {
    let scenario = Scenario::new();
    for seasons in ["0", "1000000000001", "18446744073709551615"] {
        let words = format!("{seasons} seasons | from 1 to 1000000000000");
        scenario.refused(&["project", "league", "-n", seasons], &words);
    }
}

#[test]
fn results_that_cannot_be_supposed_are_refused() {
    let scenario = Scenario::new();
    let shape = "expected HOME GOALS-GOALS AWAY | goals up to 99";
    for (set, words) in [
        (
            "Ashford 2-0 Denby",
            "Ashford are in Group A, Denby in Group B | do not meet",
        ),
        (
            "Ashford 2-0 Bexley",
            "already played on 2025-03-01, 2-1 | only open fixtures",
        ),
        (
            "Calder 2-0 Ashford",
            "already played on 2025-03-08, 1-1 | only open fixtures",
        ),
        ("Ashford 2-0 AFC", "a team cannot play itself"),
        ("Ashford Calder", shape),
        ("Ashford 2-0", shape),
        ("2-0 Calder", shape),
        ("Ashford 2 0 Calder", shape),
        ("Ashford 2-100 Calder", shape),
        ("Ashford -2-0 Calder", shape),
        ("Ashford 2-x Calder", shape),
        ("", shape),
    ] {
        let words = format!("--set `{set}` | {words}");
        scenario.refused(&["project", "league", "--set", set], &words);
    }
    let matches = "\
        stage,group,matchday,date,home,away,home_goals,away_goals,status\n\
        league,1,1,2025-03-01,Team 01,Team 02,,,\n\
        league,1,2,2025-03-08,Team 02,Team 03,,,\n\
        league,1,3,2025-03-15,Team 03,Team 01,,,\n";
    Scenario::league(&team_names(3), 2, |_, _| ",,")
        .replace("edition.toml", "legs = 2", "legs = 1")
        .write("matches.csv", matches)
        .refused(
            &["project", "league", "--set", "Team 02 1-0 Team 01"],
            "--set `Team 02 1-0 Team 01` | Team 01 are the home side | name them first",
        );
}

#[test]
fn a_pairing_of_one_team_is_refused() {
    let words = "Ashford cannot play itself | correct";
    Scenario::new().refused(&["match", "league", "Ashford", "afc"], words);
}

#[test]
fn what_cannot_be_projected_is_refused_with_the_reason() {
    Scenario::new()
        .replace("edition.toml", "legs = 2", "legs = 2\ndrawn = 2025-03-10")
        .refused(
            &["project", "league", "--after", "start"],
            "County Cup 2025, before matchday 1 | Group stage is not drawn yet",
        );
    let unknown = r#"name = "County Cup 2025"
rulebook = "county"
[[stage]]
id = "groups"
name = "Group stage"
order = "groups"
legs = 2
groups = [{ id = "A", unknown = "the records are lost" }]
"#;
    Scenario::new()
        .write("edition.toml", unknown)
        .write("matches.csv", header_of(MATCHES))
        .refused(
            &["project", "league"],
            "County Cup 2025, after the last result | the teams of Group stage are not known",
        );
}

#[test]
fn a_line_break_in_a_value_does_not_break_the_message() {
    refuses_each(
        "matches.csv",
        "Calder,Ashford => \"Cal\\nda\",Ashford ! matches.csv:4: | quote",
    );
    let scenario = Scenario::new();
    scenario.refused(&["show", "no\nwhere"], "unknown edition");
    scenario.refused(&["table", "league", "--after", "so\non"], "--after");
    scenario.refused(&["project", "league", "--set", "Ash\nCalder"], "--set");
}

#[test]
fn a_line_break_in_a_name_is_refused_or_harmless() {
    let named = |text: &str| text.replace("Ashford", "\"Ash\nford\"");
    let run = Scenario::new()
        .replace("edition.toml", "Ashford", "Ash\\nford")
        .write("teams.csv", named(TEAMS))
        .write("matches.csv", named(MATCHES))
        .run(&TABLE);
    assert!(!run.stdout.contains("Ash\n"), "{}", run.stdout);
}

#[test]
fn a_quote_never_closed_swallows_nothing() {
    let matches = with_column(FINISHED, "note", &[(13, "\"abandoned")]);
    Scenario::new()
        .write("matches.csv", matches)
        .refused(&CHECK, "matches.csv:13: | a quote is not closed | close it");
}

#[test]
fn a_plus_sign_is_no_part_of_a_number() {
    refuses_each(
        "matches.csv",
        "
2,1,played => +2,1,played ! matches.csv:2: | `+2`
groups,A,1 => groups,A,+1 ! matches.csv:2: | `+1`
",
    );
    refuses_each(
        "edition.toml",
        "\"groups/A/1 => \"groups/A/+1 ! edition.toml:24: | `+1`",
    );
}

#[test]
fn extra_time_and_penalties_belong_to_ties_of_two() {
    let level = |line: &str| match line.split_once(",,") {
        None if line.starts_with("stage") => format!("{line}\n"),
        _ => {
            let cells: Vec<&str> = line.split(',').take(6).collect();
            format!("{},1,1,played,0-0,5-4\n", cells.join(","))
        }
    };
    let all: String = MATCHES.lines().map(level).collect();
    let one = MATCHES.replace("2,1,played,,", "2,2,played,0-0,5-4");
    for matches in [one, all] {
        Scenario::new()
            .replace("county.toml", "by = \"lots\"", "play = \"penalties\"")
            .replace(
                "county.toml",
                "by = \"goal difference\"",
                "play = \"extra time\"",
            )
            .write("matches.csv", matches)
            .refused(&TABLE, "matches.csv:2: | outside a tie of two");
    }
}

#[test]
fn penalties_belong_to_the_last_leg() {
    let two_legs = |first: &str, second: &str| {
        let legs = format!(
            "final,1,1,2025-04-12,Ashford,Denby,1,0,played,{first}\n\
             final,1,2,2025-04-19,Denby,Ashford,1,0,played,{second}"
        );
        let single = "final,1,1,2025-04-12,Ashford,Denby,1,1,played,0-0,5-4";
        Scenario::finished()
            .replace("edition.toml", "legs = 1", "legs = 2")
            .replace("matches.csv", single, &legs)
    };
    let words = "matches.csv:14: | before the last leg";
    two_legs(",", "0-0,4-5").accepted(&TABLE);
    two_legs("0-0,5-4", ",").refused(&TABLE, words);
    two_legs("0-0,5-4", "0-0,4-2").refused(&TABLE, words);
}

#[test]
fn legs_of_one_tie_are_told_apart() {
    let legs = "final,1,1,2025-04-12,Ashford,Denby,1,0,played,0-0,5-4\n\
                final,1,1,2025-04-19,Denby,Ashford,1,0,played,0-0,4-2";
    let single = "final,1,1,2025-04-12,Ashford,Denby,1,1,played,0-0,5-4";
    Scenario::finished()
        .replace("edition.toml", "legs = 1", "legs = 2")
        .replace("matches.csv", single, legs)
        .refused(&TABLE, "matches.csv:1");
}

#[test]
fn penalties_without_the_extra_time_before_them_are_refused_for_that_reason() {
    Scenario::finished()
        .replace("matches.csv", "1,1,played,0-0,5-4", "1,1,played,,5-4")
        .refused(&TABLE, "matches.csv:14: | penalties | extra time");
}

#[test]
fn a_value_given_twice_is_refused() {
    let twice = "value,team,known,amount\nlots,Denby,2025-03-01,1\nlots,Denby,2025-03-01,2\n";
    Scenario::new()
        .write("values.csv", twice)
        .refused(&CHECK, "values.csv:3: | Denby | line 2");
}

#[test]
fn a_covariate_that_no_team_has_is_refused() {
    let strengths = "[strengths]\ncovariate = \"coefficient\"\nbetter = \"higher\"\n\n[[stage]]";
    Scenario::new()
        .replace("edition.toml", "[[stage]]", strengths)
        .refused(&CHECK, "`coefficient` | teams.csv");
}

#[test]
fn a_result_supposed_twice_is_refused_for_that_reason() {
    let [first, second] = ["Ash 1-0 Calder", "Ash 2-0 Calder"];
    let arguments = ["project", "league", "--set", first, "--set", second];
    Scenario::new().refused(&arguments, "--set `Ash 2-0 Calder` | twice");
}

#[test]
fn the_remedy_is_not_what_was_tried() {
    let run = Scenario::new()
        .replace("edition.toml", "legs = 2", "legs = 2\ndrawn = 2025-03-10")
        .run(&["project", "league", "--after", "start"]);
    assert!(
        !run.stderr.contains("use `--after start`"),
        "{}",
        run.stderr
    );
}

/// 345 matches of 99 goals pass 32,767, the most that a season counts.
#[test]
fn more_goals_than_can_be_counted_are_refused() {
    let score = |home, away| match (home, away) {
        (35, _) => ",,",
        (home, away) if home < away => "99,0,played",
        _ => "0,99,played",
    };
    let scenario = Scenario::league(&team_names(36), 10, score);
    scenario.accepted(&CHECK);
    scenario.refused(&PROJECT, "34230 goals of one team | at most 32767");
}

/// A fit holds a square of twice the teams: 20,000 of them would take 13 GB and days.
#[test]
fn more_teams_than_can_be_fitted_are_refused() {
    let extra: String = (0..20_000)
        .map(|number| format!("Extra {number},,\n"))
        .collect();
    Scenario::new()
        .write("teams.csv", format!("{TEAMS}{extra}"))
        .refused(&CHECK, "teams.csv | 20006 teams | at most");
}

#[test]
fn messages_name_no_type_of_the_program() {
    for (file, from, to) in [
        ("county.toml", "win = 3", "win = 256"),
        ("county.toml", "draw = 1", "draw = -1"),
        ("edition.toml", "legs = 2", "legs = 1.5"),
        ("edition.toml", "legs = 2", "legs = -1"),
    ] {
        let run = Scenario::new().replace(file, from, to).run(&CHECK);
        assert_eq!(run.code, Some(1), "{to}");
        let jargon = [" u8", " u32"].iter().any(|word| run.stderr.contains(word));
        assert!(!jargon, "{}", run.stderr);
    }
}

#[test]
fn a_file_that_is_missing_or_short_is_not_called_empty() {
    for file in ["teams.csv", "matches.csv"] {
        let run = Scenario::new().remove(file).run(&CHECK);
        assert!(run.stderr.contains(file), "{}", run.stderr);
        assert!(!run.stderr.contains("is empty"), "{}", run.stderr);
    }
    let run = Scenario::new()
        .write("teams.csv", "name\nAshford\n")
        .run(&CHECK);
    assert!(run.stderr.contains("at least 2"), "{}", run.stderr);
    assert!(!run.stderr.contains("is empty"), "{}", run.stderr);
}

/// A group whose last match, Calder v Bexley, is for third place; kicks follow it if drawn.
fn with_kicks(last: &str) -> Scenario {
    let kicks = "{ play = \"penalties\", when = \"both on the field\", cite = \"rule 1a\" },\n  \
                 { by = \"head-to-head points\"";
    Scenario::new()
        .replace("county.toml", "{ by = \"head-to-head points\"", kicks)
        .replace("matches.csv", "3,2,played,,", "2,2,played,,")
        .replace(
            "matches.csv",
            "groups,A,5,2025-03-29,Ashford,Calder,,,,,",
            "groups,A,5,2025-03-29,Ashford,Calder,1,0,played,,",
        )
        .replace(
            "matches.csv",
            "groups,A,2,2025-03-08,Calder,Ashford,1,1,played,,",
            "groups,A,2,2025-03-08,Calder,Ashford,0,1,played,,",
        )
        .replace("matches.csv", "Calder,Bexley,,,,,", last)
}

#[test]
fn kicks_after_the_last_match_of_a_group_count_where_the_rules_come_to_them() {
    let table = with_kicks("Calder,Bexley,1,1,played,,4-2").accepted(&TABLE);
    assert!(
        table.contains("Calder – Bexley: tied on 2: penalties 4 v 2"),
        "{table}"
    );
    let open = with_kicks("Calder,Bexley,1,1,played,,").accepted(&CHECK);
    assert!(
        open.contains("Group A: undecided, needs penalties"),
        "{open}"
    );
    with_kicks("Calder,Bexley,1,0,played,,4-2").refused(
        &TABLE,
        "matches.csv:12: | the rules do not come to them here",
    );
    with_kicks("Calder,Bexley,1,1,played,0-0,4-2").refused(
        &TABLE,
        "matches.csv:12: | extra time given, but the rulebook has none",
    );
    with_kicks("Calder,Bexley,1,1,played,,4-2")
        .replace("matches.csv", "2,2,played,,", "2,2,played,,5-4")
        .refused(&TABLE, "matches.csv:6: | before the last leg");
}
