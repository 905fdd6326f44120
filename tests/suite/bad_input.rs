//! Bad editions are refused in one line that says where, what, and what to do.

use std::path::Path;

use crate::scenario::*;

#[test]
fn the_scenario_itself_is_valid() {
    let check = Scenario::new().accepted(&CHECK);
    assert!(check.ends_with("no errors\n"), "{check}");
    let table = Scenario::finished().accepted(&TABLE);
    assert!(table.contains("1–1, 5–4 on penalties"), "{table}");
}

#[test]
fn the_minimal_edition_of_the_docs_works_and_is_quoted_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = std::fs::read_to_string(root.join("docs/editions.md")).expect("the guide");
    for file in [
        "edition.toml",
        "four-towns.toml",
        "teams.csv",
        "matches.csv",
    ] {
        let path = root.join("docs/minimal-edition").join(file);
        let text = std::fs::read_to_string(path).expect("a file of the minimal edition");
        assert!(guide.contains(&format!("\n{text}```\n")), "{file} differs");
    }
    for command in ["check", "project", "table", "show", "fit"] {
        let run = run_in(root, &[command, "docs/minimal-edition"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{command}");
    }
}

#[test]
fn an_edition_that_is_not_there_is_refused_with_the_nearest() {
    let scenario = Scenario::new();
    let offered =
        "`caf-confederation-cup-2023-25` | `caf-confederation-cup-2023-24` | matchday list";
    for command in ["show", "table", "fit", "project", "check"] {
        scenario.refused(&[command, "caf-confederation-cup-2023-25"], offered);
    }
    scenario.refused(
        &["match", "caf-confederation-cup-2023-25", "A", "B"],
        offered,
    );
    let unlike = "unknown edition `no/where` | matchday list | nor a folder";
    scenario.refused(&["show", "no/where"], unlike);
}

#[test]
fn a_folder_without_an_edition_is_refused() {
    let scenario = Scenario::new().remove("edition.toml");
    scenario.refused(&CHECK, "league: | no edition.toml | docs/editions.md");
    std::fs::create_dir(scenario.path("edition.toml")).expect("a folder for the test");
    scenario.refused(&CHECK, "edition.toml | not a file");
}

#[test]
fn an_unknown_team_is_refused_with_the_nearest() {
    refuses_each(
        "matches.csv",
        "
03-08,Calder   => 03-08,Calda    ! matches.csv:4: | `Calda` | did you mean `Calder`?
Bexley,Ashford => Bexley,Ashfrod ! matches.csv:8: | `Ashfrod` | did you mean `Ashford`?
03-08,Calder   => 03-08,         ! matches.csv:4: | unknown team ``
",
    );
    refuses_each(
        "edition.toml",
        "\"Farley\" => \"Farly\" ! edition.toml:15: | `Farly` | did you mean `Farley`?",
    );
    let values = "value,team,known,amount\nlots,Denbi,2025-03-01,1\n";
    let scenario = Scenario::new().write("values.csv", values);
    scenario.refused(&CHECK, "values.csv:2: | `Denbi` | did you mean `Denby`?");
    let scenario = Scenario::new();
    let offered = "unknown team `Calda` | did you mean `Calder`?";
    for set in ["Calda 1-0 Bexley", "Bexley 1-0 Calda"] {
        scenario.refused(&["project", "league", "--set", set], offered);
    }
    for [home, away] in [["Calda", "Bexley"], ["Bexley", "Calda"]] {
        scenario.refused(&["match", "league", home, away], offered);
    }
}

#[test]
fn columns_that_cannot_be_are_refused() {
    refuses_each(
        "matches.csv",
        "
home_goals    => home_gaols    ! matches.csv:1: | `home_gaols` | did you mean `home_goals`
matchday,date => date,date     ! matches.csv:1: | `date` | appears twice | remove one
,penalties    => ,             ! matches.csv:1: | unknown column `` | known: stage, group
2,1,played,,  => 2,1,played,   ! matches.csv:2: | 10 cells | the header has 11 | quote cells
2,1,played,,  => 2,1,played,,, ! matches.csv:2: | 12 cells | the header has 11 | quote cells
",
    );
    refuses_each(
        "teams.csv",
        "
association => asociation ! teams.csv:1: | `asociation` | did you mean `association`
name,       => note,      ! teams.csv:1: | column `name` is missing | add it
aliases     => name       ! teams.csv:1: | `name` | appears twice | remove one
",
    );
    Scenario::new()
        .write("values.csv", "value,team,amount\n")
        .refused(&CHECK, "values.csv:1: | `known` is missing | add it");
}

#[test]
fn a_column_that_is_missing_is_refused() {
    let needed = "stage group matchday date home away home_goals away_goals status";
    for column in needed.split(' ') {
        let position = MATCHES.split([',', '\n']).position(|name| name == column);
        let without = |line: &str| {
            let cells = line.split(',').enumerate();
            let kept = cells.filter(|(index, _)| Some(*index) != position);
            kept.map(|(_, cell)| cell).collect::<Vec<_>>().join(",") + "\n"
        };
        let matches: String = MATCHES.lines().map(without).collect();
        let words = format!("matches.csv:1: | column `{column}` is missing | add it");
        Scenario::new()
            .write("matches.csv", matches)
            .refused(&CHECK, &words);
    }
}

#[test]
fn keys_that_are_not_known_are_refused() {
    refuses_each(
        "edition.toml",
        r#"
rulebook =  => rulebok =               ! edition.toml:2: | `rulebok` | `rulebook`
places =    => place =                 ! edition.toml:4: | `place` | `places`
legs =      => leg =                   ! edition.toml:12: | `leg` | `legs`
entrants =  => teams =                 ! edition.toml:14: | `teams` | `entrants`
[[stage]]   => [strength]\n[[stage]]   ! edition.toml:8: | `strength` | `strengths`
[[stage]]   => [strengths]\ncovariate = "coeficient"\nbetter = "higher"\n[[stage]] ! edition.toml:9: | `coeficient` | `coefficient`
[[stage]]   => [strengths]\ncovariate = "coefficient"\nbetter = "high"\n[[stage]] ! edition.toml:10: | `high` | `higher`
"#,
    );
    refuses_each(
        "county.toml",
        r#"
source =        => sources =       ! county.toml:2: | `sources` | `source`
win =           => wins =          ! county.toml:3: | `wins` | `win`
cite = "rule 2" => site = "rule 2" ! county.toml:8: | `site` | `cite`
"#,
    );
}

#[test]
fn text_that_is_not_toml_is_refused_with_its_line() {
    refuses_each(
        "edition.toml",
        r#"
"County Cup 2025" => County Cup 2025                 ! edition.toml:1:
legs = 2          => legs = two                      ! edition.toml:12:
legs = 2          => legs = "2"                      ! edition.toml:12: | "2"
rulebook =        => name = ""\nrulebook =           ! edition.toml:2: | duplicate
legs = 2          => legs = 2\ndrawn = 2025-02-30    ! edition.toml:13: | date
legs = 2          => legs = 2\ndrawn = 2025-02-01T12:00:00 ! edition.toml:13: | `2025-02-01T12:00:00` | a date such as
legs = 2          => legs = 2\ndrawn = "2025-02-01"  ! edition.toml:13: | "2025-02-01" | a date without quotes
"#,
    );
    let deep = format!("name = {}", "[".repeat(100_000));
    Scenario::new()
        .write("edition.toml", deep)
        .refused(&CHECK, "edition.toml:1: ");
}

#[test]
fn stages_that_cannot_be_are_refused() {
    refuses_each(
        "edition.toml",
        r#"
legs = 2     => legs = 0      ! edition.toml:12: | without matches | `carry`
legs = 2     => legs = 11     ! edition.toml:12: | `11` | from 0 to 10
id = "final" => id = "groups" ! edition.toml:19: | stage `groups` | declared twice | rename
id = "final" => id = ""       ! edition.toml:19: | stage `` | a name
id = "B"     => id = "A"      ! edition.toml:15: | group `A` | declared twice | rename
"champion"   => "finalists"   ! edition.toml:5: | outcome `finalists` | declared twice | rename
"champion"   => " "           ! edition.toml:5: | outcome `` | a name
{ id = "A",  => { id = "A", unknown = "?", ! edition.toml:14: | group `A` | two entrants | `unknown`
"Ashford", "Bexley", "Calder" => "Ashford" ! edition.toml:14: | group `A` | two entrants | `unknown`
{ id = "1", entrants = ["groups/A/1", "groups/B/1"] }, => ! edition.toml:19: | groups `[]` | at least one
"#,
    );
    let league = Scenario::league(&team_names(65), 2, |_, _| ",,");
    league.refused(&CHECK, "edition.toml:9: | 65 entrants | at most 64");
}

#[test]
fn slots_that_lead_nowhere_are_refused() {
    refuses_each(
        "edition.toml",
        r#"
"groups/A/1 => "final/1/1      ! edition.toml:24: | `final/1/1` | not before it | name an earlier stage
"Calder"    => "final/1/1"     ! edition.toml:14: | `final/1/1` | not before it | name an earlier stage
"Calder"    => "groups/B/1"    ! edition.toml:14: | `groups/B/1` | not before it | name an earlier stage
"groups/A/1 => "groups/C/1     ! edition.toml:24: | `groups/C/1` | no group `C` | known: A, B
"groups/A/1 => "groups/A/4     ! edition.toml:24: | `groups/A/4` | positions 1 to 3
"groups/A/1 => "groups/A/0     ! edition.toml:24: | `groups/A/0` | positions 1 to 3
"groups/A/1 => "groups/A/first ! edition.toml:24: | `first` | positions 1 to 3
"groups/A/1 => "group/A/1      ! edition.toml:24: | stage `group` | did you mean `groups`?
"groups/A/1 => "A/1            ! edition.toml:24: | `A/1` | stage/group/position
"#,
    );
}

#[test]
fn outcomes_of_places_that_do_not_exist_are_refused() {
    refuses_each(
        "edition.toml",
        r#"
final/1/1" }  => finals/1/1" }    ! edition.toml:5: | stage `finals` | did you mean `final`?
final/1/1" }  => final/2/1" }     ! edition.toml:5: | no group `2` | known: 1
groups/*/1" } => groups/*/4" }    ! edition.toml:4: | `4` | positions 1 to 3
groups/*/1" } => groups/*/1..4" } ! edition.toml:4: | `1..4` | positions 1 to 3
groups/*/1" } => groups/*/2..1" } ! edition.toml:4: | `2..1` | positions 1 to 3
groups/*/1" } => groups/*/*" }    ! edition.toml:4: | `*` | positions 1 to 3
groups/*/1" } => groups/1" }      ! edition.toml:4: | `groups/1` | stage/group/position
"#,
    );
}

#[test]
fn a_team_or_place_enters_a_stage_once() {
    refuses_each(
        "edition.toml",
        r#"
"Denby"     => "Bexley"    ! edition.toml:15: | `Bexley` | enters stage `groups` twice
"Denby"     => "AFC"       ! edition.toml:15: | `AFC` | enters stage `groups` twice
"groups/B/1 => "groups/A/1 ! edition.toml:24: | `groups/A/1` | enters stage `final` twice
"#,
    );
}

#[test]
fn a_team_does_not_enter_a_stage_by_name_and_again_by_place() {
    Scenario::finished()
        .replace("edition.toml", "\"groups/B/1\"", "\"Ashford\"")
        .replace(
            "matches.csv",
            "final,1,1,2025-04-12,Ashford,Denby,1,1,played,0-0,5-4\n",
            "",
        )
        .refused(&CHECK, "Ashford | twice");
}

#[test]
fn rulebooks_that_are_not_there_are_refused() {
    refuses_each(
        "edition.toml",
        r#"
"county"  => "uefa-club-2022" ! edition.toml:2: | `uefa-club-2022` | did you mean `uefa-club-2021` | uefa-club-2022.toml
"county"  => "../county"      ! edition.toml:2: | `../county` | matchday rules
order = "groups" => order = "group" ! edition.toml:11: | `group` | did you mean `groups`? | known: groups, ties
"#,
    );
    Scenario::new().remove("county.toml").refused(
        &CHECK,
        "edition.toml:2: | `county` | put county.toml beside",
    );
}

#[test]
fn rules_that_say_nothing_known_are_refused() {
    refuses_each(
        "county.toml",
        r#"
"goal difference"   => "goal diference"    ! county.toml:11: | `goal diference` | did you mean `goal difference`
head-to-head points => head-to-head point  ! county.toml:8: | `point` | did you mean `points`
head-to-head points => head to head points ! county.toml:8: | `head to head points` | did you mean `points`
"extra time"        => "extra-time"        ! county.toml:16: | `extra-time` | did you mean `extra time`
"lots"              => "penalties"         ! county.toml:12: | `penalties` | known: points
play = "penalties"  => play = "lots"       ! county.toml:17: | `lots` | known: replay, play-off, extra time, penalties
"subset"            => "subsets"           ! county.toml:10: | `subsets` | did you mean `subset` or
by = "goal difference" => again = "pair"   ! county.toml:11: | `again` must follow head-to-head
by = "points"       => again = "subset"    ! county.toml:7: | `again` must follow head-to-head
by = "lots",        =>                     ! county.toml:12: | exactly one of `by`, `play`, `again`
by = "lots"         => by = "lots", play = "penalties" ! county.toml:12: | exactly one of `by`, `play`, `again`
by = "lots"         => by = "lots", again = "pair" ! county.toml:12: | exactly one of `by`, `play`, `again`
, cite = "rule 5"   =>                     ! county.toml:11: | missing field `cite`
win = 3             => win = 11            ! county.toml:3: | win = 11 | at most 10
head-to-head points => head-to-head lots   ! county.toml:8: | `lots` | known: points, goal difference, goals
head-to-head points => head-to-head aggregate ! county.toml:8: | `aggregate` | known: points
by = "lots"         => by = "lots", teams = 1 ! county.toml:12: | `teams` is a number from 2
by = "lots"         => by = "lots", teams = "3" ! county.toml:12: | a text such as "3+"
by = "lots"         => by = "lots", when = "all meet" ! county.toml:12: | `all meet` | did you mean `all met`
by = "lots"         => by = "lots", at = "champion" ! county.toml:12: | `at` is "any outcome", or a list
by = "lots"         => by = "lots", at = []  ! county.toml:12: | `at` is "any outcome", or a list
by = "lots"         => by = "lots", from = "points" ! county.toml:12: | `from` goes with `again = "all but best"` alone
by = "lots"         => share = false        ! county.toml:12: | exactly one of `by`, `play`, `again`, `share = true`
by = "lots"         => share = true, teams = 2 ! county.toml:12: | `teams` goes with `by`
by = "goal difference" => share = true      ! county.toml:12: | no line can follow a shared place
again = "subset"    => again = "subset", when = "all met" ! county.toml:10: | neither `at` nor `when`
again = "subset"    => again = "all but best" ! county.toml:10: | needs `from`
again = "subset"    => again = "all but best", from = "wins" ! county.toml:10: | from `wins` is unknown
again = "subset"    => again = "all but best", from = "points" ! county.toml:10: | goes back over lines that compare all matches
source = "made up"  => source = "made up"\nwithdrawal = "award all" ! county.toml:3: | `award all` | `annul`, `award`, `average`
"#,
    );
    let top = RULEBOOK.split("[order]").next().unwrap_or_default();
    let empty = format!("{top}[order]\ngroups = []\nties = []\n");
    Scenario::new()
        .write("county.toml", empty)
        .refused(&CHECK, "county.toml | at least one line");
}

#[test]
fn rules_that_cannot_decide_are_refused() {
    // A list that looks at nothing the matches gave.
    let lots = "groups = [{ by = \"lots\", cite = \"rule 1\" }]\n";
    let ties = RULEBOOK.split("ties = [").nth(1).unwrap_or_default();
    let top = RULEBOOK.split("groups = [").next().unwrap_or_default();
    Scenario::new()
        .write("county.toml", format!("{top}{lots}ties = [{ties}"))
        .refused(
            &CHECK,
            "edition.toml:11: | compares what the matches gave | `by = \"points\"`",
        );
    // The final is a tie; its list must not end level. A group may stay undecided.
    refuses_each(
        "county.toml",
        r#"
{ play = "penalties", cite = "rule 9" }, => ! edition.toml:21: | rulebook `county` | list `ties` | level | `play = "penalties"`
play = "penalties" => by = "coefficient"    ! edition.toml:21: | list `ties` | level
play = "penalties", => play = "penalties", when = "all met", ! edition.toml:21: | list `ties` | level
play = "penalties", => play = "penalties", at = "any outcome", ! edition.toml:21: | list `ties` | level
"#,
    );
    for decided in [
        "by = \"lots\"",
        "by = \"ranking\"",
        "by = \"earlier place\"",
        "share = true",
    ] {
        let scenario = Scenario::new().replace("county.toml", "play = \"penalties\"", decided);
        scenario.accepted(&CHECK);
    }
    let open = Scenario::new().replace("county.toml", "{ by = \"lots\", cite = \"rule 6\" },", "");
    open.accepted(&CHECK);
}

#[test]
fn rules_for_outcomes_that_the_edition_lacks_are_refused() {
    let staked = |outcome: &str| {
        let lots = format!("by = \"lots\", at = [\"finalists\", \"{outcome}\"]");
        Scenario::new().replace("county.toml", "by = \"lots\"", &lots)
    };
    staked("champion").accepted(&CHECK);
    staked("champions").refused(
        &CHECK,
        "edition.toml:11: | rulebook `county` | list `groups` | `champions` | did you mean `champion`? | declare it",
    );
}

#[test]
fn empty_files_are_refused_with_what_they_should_hold() {
    for (file, words) in [
        (
            "edition.toml",
            "edition.toml: | is empty | name, rulebook and stages",
        ),
        ("teams.csv", "teams.csv: | is empty | one team a line"),
        (
            "matches.csv",
            "matches.csv: | is empty | one fixture a line",
        ),
        ("values.csv", "values.csv: | is empty | remove it"),
    ] {
        for blank in ["", "\n\n", "\u{feff}"] {
            Scenario::new().write(file, blank).refused(&CHECK, words);
        }
    }
    Scenario::new()
        .write("county.toml", "")
        .refused(&CHECK, "county.toml | `name`");
    Scenario::new()
        .write("teams.csv", header_of(TEAMS))
        .refused(&CHECK, "teams.csv: | at least 2");
    let missing = "matches.csv: | Group A has 0 of its 6 | Ashford v Bexley is missing | add it";
    Scenario::new()
        .write("matches.csv", header_of(MATCHES))
        .refused(&CHECK, missing);
}

#[test]
fn files_that_are_no_utf_8_are_refused_with_the_line() {
    let latin = |text: &str| -> Vec<u8> {
        let accented = text.replace("Bexley", "B\u{e9}xley");
        accented.chars().map(|character| character as u8).collect()
    };
    let words = "not UTF-8 text | save the file as UTF-8";
    Scenario::new()
        .write("teams.csv", latin(TEAMS))
        .refused(&CHECK, &format!("teams.csv:3: | {words}"));
    Scenario::new()
        .write("matches.csv", latin(MATCHES))
        .refused(&CHECK, &format!("matches.csv:2: | {words}"));
    Scenario::new()
        .write("edition.toml", latin(EDITION))
        .refused(&CHECK, &format!("edition.toml:14: | {words}"));
    let utf16 = TEAMS.encode_utf16().flat_map(u16::to_le_bytes);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16).collect();
    Scenario::new()
        .write("teams.csv", utf16)
        .refused(&CHECK, &format!("teams.csv:1: | {words}"));
}

#[test]
fn a_file_of_more_than_64_mib_is_refused_unread() {
    let scenario = Scenario::new();
    let file = std::fs::File::create(scenario.path("matches.csv")).expect("a file for the test");
    file.set_len((64 << 20) + 1).expect("a sparse file");
    scenario.refused(&CHECK, "matches.csv: | 67108865 bytes | at most 67108864");
}

#[test]
fn names_that_two_teams_share_are_refused() {
    refuses_each(
        "teams.csv",
        "
Bexley,       => Ashford,             ! teams.csv:3: | `Ashford` already names Ashford | must differ
Bexley,       => ashford,             ! teams.csv:3: | `ashford` already names Ashford | must differ
Bexley,       => Ash,                 ! teams.csv:3: | `Ash` already names Ashford | must differ
Bexley,North, => Bexley,North,afc     ! teams.csv:3: | `afc` already names Ashford | must differ
Bexley,North, => Bexley,North,Bex|bex ! teams.csv:3: | `bex` already names Bexley | must differ
Bexley,North, => ,North,              ! teams.csv:3: | name `` | the name of a team
",
    );
}

#[test]
fn numbers_of_teams_that_cannot_be_are_refused() {
    for (column, value, expected) in [
        ("association_rank", "0", "a whole number from 1"),
        ("association_rank", "first", "a whole number from 1"),
        ("pot", "-1", "a whole number"),
        ("coefficient", "0", "a positive number"),
        ("coefficient", "1.2345", "three decimals"),
        ("coefficient", "12e3", "a positive number"),
    ] {
        let words = format!("teams.csv:2: | {column} `{value}` | {expected}");
        Scenario::new()
            .write("teams.csv", with_column(TEAMS, column, &[(2, value)]))
            .refused(&CHECK, &words);
    }
}

#[test]
fn values_that_cannot_be_are_refused() {
    for (row, words) in [
        ("lot,Denby,2025-03-01,1", "`lot` | did you mean `lots`?"),
        (
            "points,Denby,2025-03-01,1",
            "`points` | known: disciplinary points",
        ),
        (
            "lots,Denby,2025-02-30,1",
            "known `2025-02-30` | a date such as",
        ),
        ("lots,Denby,,1", "known `` | a date such as"),
        ("lots,Denby,2025-03-01,one", "amount `one` | a whole number"),
        ("lots,Denby,2025-03-01,", "amount `` | a whole number"),
        (
            "coefficient,Denby,2025-03-01,-2",
            "amount `-2` | a positive number",
        ),
    ] {
        Scenario::new()
            .write("values.csv", format!("value,team,known,amount\n{row}\n"))
            .refused(&CHECK, &format!("values.csv:2: | {words}"));
    }
}
