//! Bad input is refused in one line that says where, what, and what to do; odd but good input works.

use std::io::pipe;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

const EDITION: &str = r#"name = "County Cup 2025"
rulebook = "county"
outcomes = [
  { name = "finalists", places = "groups/*/1" },
  { name = "champion", places = "final/1/1" },
]

[[stage]]
id = "groups"
name = "Group stage"
order = "groups"
legs = 2
groups = [
  { id = "A", entrants = ["Ashford", "Bexley", "Calder"] },
  { id = "B", entrants = ["Denby", "Elston", "Farley"] },
]

[[stage]]
id = "final"
name = "Final"
order = "ties"
legs = 1
groups = [
  { id = "1", entrants = ["groups/A/1", "groups/B/1"] },
]
"#;

const RULEBOOK: &str = r#"name = "County Cup rules"
source = "made up"
points = { win = 3, draw = 1 }

[order]
groups = [
  { by = "points", cite = "rule 1" },
  { by = "head-to-head points", cite = "rule 2" },
  { by = "head-to-head goal difference", cite = "rule 3" },
  { again = "subset", cite = "rule 4" },
  { by = "goal difference", cite = "rule 5" },
  { by = "lots", cite = "rule 6" },
]
ties = [
  { by = "aggregate", cite = "rule 7" },
  { play = "extra time", cite = "rule 8" },
  { play = "penalties", cite = "rule 9" },
]
"#;

const TEAMS: &str = "\
name,association,aliases
Ashford,North,Ash|AFC
Bexley,North,
Calder,North,
Denby,South,
Elston,South,
Farley,South,
";

/// Four of six matchdays are played.
const MATCHES: &str = "\
stage,group,matchday,date,home,away,home_goals,away_goals,status,extra_time,penalties
groups,A,1,2025-03-01,Ashford,Bexley,2,1,played,,
groups,B,1,2025-03-01,Denby,Elston,0,0,played,,
groups,A,2,2025-03-08,Calder,Ashford,1,1,played,,
groups,B,2,2025-03-08,Farley,Denby,1,2,played,,
groups,A,3,2025-03-15,Bexley,Calder,3,2,played,,
groups,B,3,2025-03-15,Elston,Farley,1,0,played,,
groups,A,4,2025-03-22,Bexley,Ashford,0,2,played,,
groups,B,4,2025-03-22,Elston,Denby,1,1,played,,
groups,A,5,2025-03-29,Ashford,Calder,,,,,
groups,B,5,2025-03-29,Denby,Farley,,,,,
groups,A,6,2025-04-05,Calder,Bexley,,,,,
groups,B,6,2025-04-05,Farley,Elston,,,,,
";

/// Ashford and Denby win their groups; the final is on line 14.
const FINISHED: &str = "\
stage,group,matchday,date,home,away,home_goals,away_goals,status,extra_time,penalties
groups,A,1,2025-03-01,Ashford,Bexley,2,1,played,,
groups,B,1,2025-03-01,Denby,Elston,0,0,played,,
groups,A,2,2025-03-08,Calder,Ashford,1,1,played,,
groups,B,2,2025-03-08,Farley,Denby,1,2,played,,
groups,A,3,2025-03-15,Bexley,Calder,3,2,played,,
groups,B,3,2025-03-15,Elston,Farley,1,0,played,,
groups,A,4,2025-03-22,Bexley,Ashford,0,2,played,,
groups,B,4,2025-03-22,Elston,Denby,1,1,played,,
groups,A,5,2025-03-29,Ashford,Calder,3,0,played,,
groups,B,5,2025-03-29,Denby,Farley,2,0,played,,
groups,A,6,2025-04-05,Calder,Bexley,0,0,played,,
groups,B,6,2025-04-05,Farley,Elston,2,2,played,,
final,1,1,2025-04-12,Ashford,Denby,1,1,played,0-0,5-4
";

const CHECK: [&str; 2] = ["check", "league"];
const PROJECT: [&str; 4] = ["project", "league", "-n", "300"];
const TABLE: [&str; 2] = ["table", "league"];

/// A valid edition in a folder `league`, to be spoilt.
struct Scenario {
    folder: TempDir,
}

/// What a run left behind.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Scenario {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        std::fs::create_dir(folder.path().join("league")).expect("a folder for the test");
        Self { folder }
            .write("edition.toml", EDITION)
            .write("county.toml", RULEBOOK)
            .write("teams.csv", TEAMS)
            .write("matches.csv", MATCHES)
    }

    /// As [`Scenario::new`], with every match played, the final after penalties.
    fn finished() -> Self {
        Self::new().write("matches.csv", FINISHED)
    }

    /// One league with these teams and legs; `score` gives goals and status of a fixture.
    fn league(teams: &[String], legs: usize, score: impl Fn(usize, usize) -> &'static str) -> Self {
        let names: Vec<String> = teams.iter().map(|name| format!("\"{name}\"")).collect();
        let edition = format!(
            "name = \"League\"\nrulebook = \"county\"\n\
             outcomes = [{{ name = \"champion\", places = \"league/1/1\" }}]\n\
             [[stage]]\nid = \"league\"\nname = \"League\"\norder = \"groups\"\nlegs = {legs}\n\
             groups = [{{ id = \"1\", entrants = [{}] }}]\n",
            names.join(", ")
        );
        let mut matches =
            String::from("stage,group,matchday,date,home,away,home_goals,away_goals,status\n");
        for home in 0..teams.len() {
            for away in (0..teams.len()).filter(|&away| away != home) {
                let (first, second) = (&teams[home], &teams[away]);
                for _ in 0..legs / 2 {
                    let score = score(home, away);
                    matches += &format!("league,1,1,2025-03-01,{first},{second},{score}\n");
                }
            }
        }
        Self::new()
            .write("edition.toml", edition)
            .write("teams.csv", format!("name\n{}\n", teams.join("\n")))
            .write("matches.csv", matches)
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("league").join(file)
    }

    fn write(self, file: &str, bytes: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.path(file), bytes).expect("a file for the test");
        self
    }

    fn remove(self, file: &str) -> Self {
        std::fs::remove_file(self.path(file)).expect("the file is there");
        self
    }

    /// Replaces the first occurrence of a text, which must be there.
    fn replace(self, file: &str, from: &str, to: &str) -> Self {
        let text = std::fs::read_to_string(self.path(file)).expect("the file is there");
        assert!(text.contains(from), "{file} has no `{from}`");
        self.write(file, text.replacen(from, to, 1))
    }

    /// Passes every file through `change`.
    fn rewrite(self, change: impl Fn(&str) -> String) -> Self {
        ["edition.toml", "county.toml", "teams.csv", "matches.csv"]
            .iter()
            .fold(self, |scenario, file| {
                let text = std::fs::read_to_string(scenario.path(file)).expect("the file is there");
                scenario.write(file, change(&text))
            })
    }

    /// Runs the program beside the folder.
    fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.folder.path(), arguments)
    }

    /// Runs and demands a refusal in one line that holds every one of `words`, divided by ` | `.
    fn refused(&self, arguments: &[&str], words: &str) {
        let run = self.run(arguments);
        let stderr = &run.stderr;
        assert_eq!(run.code, Some(1), "{arguments:?}, {words}: {stderr}");
        assert!(run.stdout.is_empty(), "{arguments:?}, {words}: output");
        assert!(stderr.starts_with("error: "), "{words}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{words}: {stderr:?}");
        for word in words.split(" | ") {
            assert!(stderr.contains(word), "no `{word}` in {stderr}");
        }
    }

    /// Runs and demands success without a word on standard error.
    fn accepted(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(
            (run.code, run.stderr.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
        run.stdout
    }
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_matchday"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    Run::of(program(arguments).current_dir(folder))
}

impl Run {
    fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("output in UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// Runs `matchday check` on the edition with one thing changed, for every line of a table: what the
/// file says => what it says instead ! words of the refusal, divided by ` | `. `\n` is a line end.
fn refuses_each(file: &str, table: &str) {
    for case in table.trim().lines() {
        let (change, words) = case.split_once(" ! ").expect("words of the refusal");
        let (from, to) = change.split_once("=>").expect("what stands there instead");
        let [from, to] = [from, to].map(|text| text.trim().replace("\\n", "\n"));
        Scenario::new()
            .replace(file, &from, &to)
            .refused(&CHECK, words.trim());
    }
}

/// As text, with one more column: these cells on these lines (the header is line 1), else none.
fn with_column(text: &str, column: &str, cells: &[(usize, &str)]) -> String {
    let cell = |line: usize| match cells.iter().find(|cell| cell.0 == line) {
        _ if line == 1 => column,
        Some((_, cell)) => cell,
        None => "",
    };
    let lines = text.lines().enumerate();
    lines
        .map(|(index, line)| format!("{line},{}\n", cell(index + 1)))
        .collect()
}

fn team_names(count: usize) -> Vec<String> {
    (1..=count)
        .map(|number| format!("Team {number:02}"))
        .collect()
}

fn header_of(text: &str) -> String {
    text.lines()
        .take(1)
        .map(|line| format!("{line}\n"))
        .collect()
}

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
legs = 2          => legs = 2\ndrawn = "2025-02-01"  ! edition.toml:13: | "2025-02-01" | datetime
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
legs = 2     => legs = 0      ! edition.toml:12: | `0` | from 1 to 10
legs = 2     => legs = 11     ! edition.toml:12: | `11` | from 1 to 10
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
fn rulebooks_that_are_not_there_are_refused() {
    refuses_each(
        "edition.toml",
        r#"
"county"  => "uefa-club-2022" ! edition.toml:2: | `uefa-club-2022` | did you mean `uefa-club-2021` | uefa-club-2022.toml
"county"  => "../county"      ! edition.toml:2: | `../county` | embedded: caf-club-2007
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
play = "penalties"  => play = "lots"       ! county.toml:17: | `lots` | known: extra time, penalties
"subset"            => "subsets"           ! county.toml:10: | `subsets` | did you mean `subset`?
by = "goal difference" => again = "pair"   ! county.toml:11: | `again` must follow head-to-head
by = "points"       => again = "subset"    ! county.toml:7: | `again` must follow head-to-head
by = "lots",        =>                     ! county.toml:12: | exactly one of `by`, `play`, `again`
by = "lots"         => by = "lots", play = "penalties" ! county.toml:12: | exactly one of `by`, `play`, `again`
by = "lots"         => by = "lots", again = "pair" ! county.toml:12: | exactly one of `by`, `play`, `again`
, cite = "rule 5"   =>                     ! county.toml:11: | missing field `cite`
win = 3             => win = 11            ! county.toml:3: | `11` | at most 10
"#,
    );
    let top = RULEBOOK.split("[order]").next().unwrap_or_default();
    let empty = format!("{top}[order]\ngroups = []\nties = []\n");
    Scenario::new()
        .write("county.toml", empty)
        .refused(&CHECK, "county.toml | at least one line");
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
    let shape = "expected a date such as | `matchday 4` or `start`";
    let number = "whole numbers from 1 | `start` is before the first";
    for (when, words) in [
        (
            "2025-02-28",
            "before the start | the first match is on 2025-03-01 | or `start`",
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
            "County Cup 2025, before matchday 1 | teams of Group stage are not known yet",
        );
    Scenario::new()
        .replace("edition.toml", "order = \"groups\"", "order = \"ties\"")
        .refused(
            &["project", "league"],
            "County Cup 2025, after the last result | no stage is ranked by scores alone",
        );
}

#[test]
fn bad_usage_exits_with_2_and_prints_no_output() {
    let scenario = Scenario::new();
    for usage in [
        "",
        "guess",
        "list --fast",
        "list extra",
        "show",
        "table",
        "project",
        "check",
        "match league Ashford",
        "project league -n abc",
        "project league -n -1",
        "project league -n 1.5",
        "project league -n 18446744073709551616",
        "project league --seed x",
        "project league --threads 0",
        "project league --strengths best",
        "project league --after",
        "table league --format xml",
        "fit league --neutral",
    ] {
        let run = scenario.run(&usage.split_whitespace().collect::<Vec<_>>());
        assert_eq!(run.code, Some(2), "{usage}: {}", run.stderr);
        assert!(run.stdout.is_empty(), "{usage}: {}", run.stdout);
        assert!(
            run.stderr.contains("Usage: ") || run.stderr.contains("--help"),
            "{usage}: {}",
            run.stderr
        );
    }
}

/// What every command prints in every format.
fn outputs(scenario: &Scenario) -> String {
    let pairing = ["match", "league", "Ash", "Calder"];
    let mut all = scenario.accepted(&CHECK);
    for format in ["table", "json", "csv"] {
        for command in [
            &["show", "league"][..],
            &TABLE,
            &["fit", "league"],
            &pairing,
            &PROJECT,
        ] {
            all += &scenario.accepted(&[command, &["--format", format]].concat());
        }
    }
    all
}

#[test]
fn how_a_file_is_written_changes_no_byte_of_the_output() {
    let plain = outputs(&Scenario::new());
    let quoted = |text: &str| {
        let line = |line: &str| format!("\"{}\"\n", line.replace(',', "\",\""));
        text.lines().map(line).collect::<String>()
    };
    let windows = |text: &str| text.replace('\n', "\r\n");
    let all = |change: &dyn Fn(&str) -> String| Scenario::new().rewrite(change);
    let tables = |change: &dyn Fn(&str) -> String| {
        Scenario::new()
            .write("teams.csv", change(TEAMS))
            .write("matches.csv", change(MATCHES))
    };
    for (written, scenario) in [
        ("a byte-order mark", all(&|text| format!("\u{feff}{text}"))),
        ("Windows line ends", all(&windows)),
        ("both", all(&|text| format!("\u{feff}{}", windows(text)))),
        (
            "trailing blank lines",
            all(&|text| format!("{text}\n\n \n")),
        ),
        (
            "no end of the last line",
            all(&|text| text.trim_end().into()),
        ),
        (
            "trailing empty rows",
            tables(&|text| format!("{text},,,\n,,\n")),
        ),
        ("quoted cells", tables(&quoted)),
        (
            "spaces round cells",
            tables(&|text| text.replace(',', " , ")),
        ),
        ("old line ends", tables(&|text| text.replace('\n', "\r"))),
        (
            "aliases",
            tables(&|text| text.replace(",Calder,Ashford,", ",CALDER,ash,")),
        ),
    ] {
        assert!(plain == outputs(&scenario), "{written} changed the output");
    }
}

#[test]
fn columns_stand_in_any_order() {
    let turned = |text: &str| {
        let line = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",") + "\n";
        text.lines().map(line).collect::<String>()
    };
    let scenario = Scenario::new()
        .write("teams.csv", turned(TEAMS))
        .write("matches.csv", turned(MATCHES));
    assert!(outputs(&Scenario::new()) == outputs(&scenario));
}

#[test]
fn a_folder_is_found_however_its_path_is_written() {
    let scenario = Scenario::new();
    let plain = scenario.accepted(&PROJECT);
    let absolute = scenario.path("").display().to_string();
    for path in [
        "league/",
        "./league",
        "league/../league",
        "league/.",
        absolute.as_str(),
    ] {
        assert_eq!(
            plain,
            scenario.accepted(&["project", path, "-n", "300"]),
            "{path}"
        );
    }
}

#[test]
fn many_goals_are_no_error() {
    let scenario = Scenario::new()
        .replace("matches.csv", "2,1,played", "99,0,played")
        .replace("matches.csv", "0,0,played", "99,99,played")
        .replace("matches.csv", "1,1,played", "0,99,played");
    let table = scenario.accepted(&TABLE);
    assert!(table.contains("200:0"), "{table}");
    for command in [
        &["fit", "league"][..],
        &PROJECT,
        &["match", "league", "Ash", "Calder"],
    ] {
        scenario.accepted(command);
    }
    scenario.accepted(&["project", "league", "-n", "300", "--set", "Ash 99-0 Calder"]);
    let extreme = |home: usize, away: usize| match (home, away) {
        (0, 1 | 2) => "99,0,played",
        (3, 1 | 2) => "0,99,played",
        _ => ",,",
    };
    Scenario::league(&team_names(4), 2, extreme).accepted(&PROJECT);
}

fn half_played(size: usize) -> Scenario {
    let score = |home, away| if home < away { "1,1,played" } else { ",," };
    Scenario::league(&team_names(size), 2, score)
}

#[test]
fn a_league_of_64_teams_works() {
    let scenario = half_played(64);
    assert!(scenario.accepted(&CHECK).contains("64 teams"));
    let table = scenario.accepted(&["table", "league", "--format", "csv"]);
    assert_eq!(table.lines().count(), 65);
    let projection = scenario.accepted(&["project", "league", "-n", "256", "--format", "csv"]);
    let positions = projection
        .lines()
        .filter(|line| line.contains(",position,"));
    assert_eq!(positions.count(), 64 * 64);
}

/// Accents, combining marks, wide characters, and more than 60 of them.
const LONG_NAMES: [&str; 4] = [
    "Ångermanländska Fotbollsförbundets Östra Ungdomslag av Örnsköldsvik 1923",
    "Clube Recreativo e Desportivo União Operária São João da Conceição",
    "Cercle Athle\u{301}tique de l’E\u{301}toile Ge\u{301}ne\u{301}rale du Haut-Ogooue\u{301} Re\u{301}unie",
    "東京武蔵野ユナイテッドフットボールクラブ一九三九年創立記念選手団連合会東京武蔵野ユナイテッドフットボールクラブ",
];

fn long_names() -> Scenario {
    let score = |home, away| if home < away { "1,1,played" } else { ",," };
    Scenario::league(&LONG_NAMES.map(str::to_owned), 2, score)
}

fn fits_80_columns(scenario: &Scenario, arguments: &[&str]) {
    for line in scenario.accepted(arguments).lines() {
        let width = line.width();
        assert!(width <= 80, "{arguments:?}: {width} columns: {line}");
    }
}

#[test]
fn long_names_with_accents_stay_within_80_columns() {
    let scenario = long_names();
    for command in [&["show", "league"][..], &["fit", "league"], &PROJECT] {
        fits_80_columns(&scenario, command);
    }
    fits_80_columns(
        &scenario,
        &["match", "league", LONG_NAMES[2], LONG_NAMES[3]],
    );
}

#[test]
fn long_names_stay_within_80_columns_in_tables_of_groups() {
    fits_80_columns(&long_names(), &TABLE);
}

#[test]
fn long_names_stay_within_80_columns_in_ties() {
    let [home, _, away, _] = LONG_NAMES;
    let named = |text: &str| text.replace("Ashford", home).replace("Denby", away);
    fits_80_columns(&Scenario::finished().rewrite(named), &TABLE);
}

#[test]
fn large_groups_stay_within_80_columns() {
    for size in [4, 8, 9, 20, 64] {
        let scenario = half_played(size);
        for command in [
            &TABLE[..],
            &["show", "league"],
            &["fit", "league"],
            &PROJECT,
        ] {
            fits_80_columns(&scenario, command);
        }
    }
}

#[test]
fn a_closed_pipe_ends_the_program_without_a_word() {
    let scenario = Scenario::new();
    for arguments in [
        &["list"][..],
        &["list", "--format", "json"],
        &["--help"],
        &PROJECT,
    ] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let child = program(arguments)
            .current_dir(scenario.folder.path())
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = child.wait_with_output().expect("the program ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        let quiet = (output.status.code(), stderr.as_ref()) == (Some(0), "");
        assert!(quiet, "{arguments:?}: {} {stderr}", output.status);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_not_a_crash() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let run = Run::of(program(&["list"]).stdout(full.expect("the device")));
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
}

#[test]
fn escapes_are_printed_only_where_they_are_wanted() {
    let scenario = Scenario::new();
    let printed = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = program(arguments);
        command.envs(variables.iter().copied());
        let run = Run::of(command.current_dir(scenario.folder.path()));
        run.stdout + &run.stderr
    };
    for arguments in [
        &["list"][..],
        &TABLE,
        &["fit", "league"],
        &PROJECT,
        &["show", "leage"],
    ] {
        let plain = printed(arguments, &[]);
        assert!(
            !plain.contains('\u{1b}'),
            "{arguments:?} without a terminal"
        );
        for variable in [
            ("NO_COLOR", "1"),
            ("TERM", "dumb"),
            ("TERM", "xterm-256color"),
        ] {
            assert_eq!(
                plain,
                printed(arguments, &[variable]),
                "{arguments:?}, {variable:?}"
            );
        }
        let both = [("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")];
        assert_eq!(plain, printed(arguments, &both[..1]), "{arguments:?}");
    }
    let forced = [("CLICOLOR_FORCE", "1")];
    assert!(
        printed(&TABLE, &forced).contains('\u{1b}'),
        "styles can be forced"
    );
    let json = [&TABLE[..], &["--format", "json"]].concat();
    assert!(!printed(&json, &forced).contains('\u{1b}'), "never in JSON");
}

#[test]
fn the_current_folder_is_a_folder() {
    let scenario = Scenario::new();
    for path in [".", "./"] {
        let run = run_in(&scenario.path(""), &["check", path]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{path}");
    }
    scenario.refused(&["check", ""], "unknown edition ``");
}

#[test]
fn a_path_means_a_folder_even_if_an_edition_has_its_name() {
    let scenario = Scenario::new();
    let name = "caf-confederation-cup-2007";
    let renamed = scenario.folder.path().join(name);
    std::fs::rename(scenario.path(""), renamed).expect("a free name");
    for path in [format!("./{name}"), format!("{name}/")] {
        let check = scenario.accepted(&["check", &path]);
        assert!(check.starts_with("County Cup 2025"), "{path}: {check}");
    }
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    let spoilt = MATCHES.replace("Bexley,Ashford", "Bexley,Ashfrod");
    for end in ["\n", "\r\n", "\r"] {
        Scenario::new()
            .write("matches.csv", spoilt.replace('\n', end))
            .refused(&CHECK, "matches.csv:8: | `Ashfrod`");
    }
}

#[test]
fn lines_are_counted_across_blank_ones() {
    refuses_each(
        "matches.csv",
        "
groups,A,4 => \\n\\ngroups,A,four   ! matches.csv:10: | matchday `four`
groups,A,4 => ,,\\n\\ngroups,A,four ! matches.csv:10: | matchday `four`
",
    );
    let header = MATCHES.replace("home_goals", "home_gaols");
    Scenario::new()
        .write("matches.csv", format!("\n\n{header}"))
        .refused(&CHECK, "matches.csv:3: | `home_gaols`");
}

#[test]
fn a_line_break_in_a_value_does_not_break_the_message() {
    refuses_each(
        "matches.csv",
        "Calder,Ashford => \"Cal\\nda\",Ashford ! matches.csv:4: ",
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
        .refused(&CHECK, "matches.csv:13: ");
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
            .replace("edition.toml", "order = \"groups\"", "order = \"ties\"")
            .write("matches.csv", matches)
            .refused(&TABLE, "matches.csv:2: ");
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
    two_legs(",", "0-0,4-5").accepted(&TABLE);
    two_legs("0-0,5-4", ",").refused(&TABLE, "matches.csv:14: ");
    two_legs("0-0,5-4", "0-0,4-2").refused(&TABLE, "matches.csv:14: ");
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
    scenario.refused(&PROJECT, "36780 goals of one team | at most 32767");
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
