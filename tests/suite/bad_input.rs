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
    stdout: Vec<u8>,
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

    /// One league with these teams and legs; `score` gives goals and status of a fixture, `,,` for none.
    fn league(teams: &[String], legs: usize, score: impl Fn(usize, usize) -> String) -> Self {
        let names: Vec<String> = teams.iter().map(|name| format!("{name:?}")).collect();
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

    /// Runs and demands a refusal in one line that contains every one of `words`.
    fn refused(&self, arguments: &[&str], words: &[&str]) {
        let Run {
            code,
            stdout,
            stderr,
        } = self.run(arguments);
        assert_eq!(code, Some(1), "{arguments:?} {words:?}: {stderr}");
        assert!(
            stdout.is_empty(),
            "{arguments:?} {words:?}: output before the error"
        );
        assert!(
            stderr.starts_with("error: ") && stderr.ends_with('\n'),
            "{stderr:?}"
        );
        assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr:?}");
        for word in words {
            assert!(
                stderr.contains(word),
                "{arguments:?}: `{word}` is not in {stderr}"
            );
        }
    }

    /// Runs and demands success without a word on standard error.
    fn accepted(&self, arguments: &[&str]) -> String {
        let Run {
            code,
            stdout,
            stderr,
        } = self.run(arguments);
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{arguments:?}");
        String::from_utf8(stdout).expect("output in UTF-8")
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
    let output = program(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs");
    let stderr = String::from_utf8(output.stderr).expect("messages in UTF-8");
    Run {
        code: output.status.code(),
        stdout: output.stdout,
        stderr,
    }
}

/// A text of a file, what stands there instead, and what the refusal must say.
type Spoilt<'a> = (&'a str, &'a str, &'a [&'a str]);

fn refuses_each(file: &str, cases: &[Spoilt<'_>]) {
    for (from, to, words) in cases {
        Scenario::new()
            .replace(file, from, to)
            .refused(&CHECK, words);
    }
}

fn team_names(count: usize) -> Vec<String> {
    (1..=count)
        .map(|number| format!("Team {number:02}"))
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
        assert!(
            guide.contains(&format!("\n{text}```\n")),
            "docs/editions.md quotes {file} otherwise"
        );
    }
    for arguments in [
        &["check", "docs/minimal-edition"][..],
        &["project", "docs/minimal-edition"],
    ] {
        let Run { code, stderr, .. } = run_in(root, arguments);
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn an_edition_that_is_not_there_is_refused_with_the_nearest() {
    let scenario = Scenario::new();
    let offered = "did you mean `caf-confederation-cup-2023-24`";
    for command in ["show", "table", "fit", "project", "check"] {
        scenario.refused(
            &[command, "caf-confederation-cup-2023-25"],
            &["`caf-confederation-cup-2023-25`", offered, "matchday list"],
        );
    }
    scenario.refused(
        &["match", "caf-confederation-cup-2023-25", "A", "B"],
        &["`caf-confederation-cup-2023-25`", offered],
    );
    scenario.refused(
        &["show", "nowhere/at/all"],
        &["`nowhere/at/all`", "matchday list", "folder"],
    );
}

#[test]
fn a_folder_without_an_edition_is_refused() {
    let scenario = Scenario::new().remove("edition.toml");
    scenario.refused(&CHECK, &["league", "no edition.toml", "docs/editions.md"]);
    std::fs::create_dir(scenario.path("edition.toml")).expect("a folder for the test");
    scenario.refused(&CHECK, &["edition.toml", "not a file"]);
}

#[test]
fn an_unknown_team_is_refused_with_the_nearest() {
    refuses_each(
        "matches.csv",
        &[
            (
                "03-08,Calder",
                "03-08,Calda",
                &["matches.csv:4: ", "`Calda`", "did you mean `Calder`?"],
            ),
            (
                "Bexley,0,2",
                "Ashfrod,0,2",
                &["matches.csv:8: ", "`Ashfrod`", "did you mean `Ashford`?"],
            ),
            (
                "03-08,Calder",
                "03-08,",
                &["matches.csv:4: ", "unknown team ``"],
            ),
        ],
    );
    refuses_each(
        "edition.toml",
        &[(
            "\"Farley\"",
            "\"Farly\"",
            &["edition.toml:15: ", "`Farly`", "did you mean `Farley`?"],
        )],
    );
    let scenario = Scenario::new().write(
        "values.csv",
        "value,team,known,amount\nlots,Denbi,2025-03-01,1\n",
    );
    scenario.refused(
        &CHECK,
        &["values.csv:2: ", "`Denbi`", "did you mean `Denby`?"],
    );
    let scenario = Scenario::new();
    for (set, name) in [
        ("Calda 1-0 Bexley", "`Calda`"),
        ("Bexley 1-0 Calda", "`Calda`"),
    ] {
        scenario.refused(
            &["project", "league", "--set", set],
            &["--set", name, "did you mean `Calder`?"],
        );
    }
    for sides in [["Calda", "Bexley"], ["Bexley", "Calda"]] {
        scenario.refused(
            &["match", "league", sides[0], sides[1]],
            &["`Calda`", "did you mean `Calder`?"],
        );
    }
}

#[test]
fn columns_that_cannot_be_are_refused() {
    refuses_each(
        "matches.csv",
        &[
            (
                "home_goals",
                "home_gaols",
                &[
                    "matches.csv:1: ",
                    "`home_gaols`",
                    "did you mean `home_goals`",
                ],
            ),
            (
                "matchday,date",
                "date,date",
                &["matches.csv:1: ", "`date`", "twice", "remove one"],
            ),
            (
                "penalties",
                "",
                &[
                    "matches.csv:1: ",
                    "unknown column ``",
                    "known: stage, group",
                ],
            ),
            (
                "2,1,played,,",
                "2,1,played,",
                &[
                    "matches.csv:2: ",
                    "10 cells",
                    "the header has 11",
                    "quote cells",
                ],
            ),
            (
                "2,1,played,,",
                "2,1,played,,,",
                &[
                    "matches.csv:2: ",
                    "12 cells",
                    "the header has 11",
                    "quote cells",
                ],
            ),
        ],
    );
    refuses_each(
        "teams.csv",
        &[
            (
                "association",
                "asociation",
                &[
                    "teams.csv:1: ",
                    "`asociation`",
                    "did you mean `association`",
                ],
            ),
            (
                "name,",
                "note,",
                &["teams.csv:1: ", "`name`", "missing", "add it"],
            ),
            (
                "aliases",
                "name",
                &["teams.csv:1: ", "`name`", "twice", "remove one"],
            ),
        ],
    );
    Scenario::new()
        .write("values.csv", "value,team,amount\n")
        .refused(&CHECK, &["values.csv:1: ", "`known`", "missing"]);
}

#[test]
fn a_column_that_is_missing_is_refused() {
    for column in [
        "stage",
        "group",
        "matchday",
        "date",
        "home",
        "away",
        "home_goals",
        "status",
    ] {
        let position = MATCHES.split([',', '\n']).position(|name| name == column);
        let without = |line: &str| {
            let cells = line.split(',').enumerate();
            let kept = cells
                .filter(|(index, _)| Some(*index) != position)
                .map(|(_, cell)| cell);
            kept.collect::<Vec<_>>().join(",") + "\n"
        };
        let matches: String = MATCHES.lines().map(without).collect();
        let named = format!("`{column}`");
        Scenario::new()
            .write("matches.csv", matches)
            .refused(&CHECK, &["matches.csv:1: ", &named, "missing", "add it"]);
    }
}

#[test]
fn keys_that_are_not_known_are_refused() {
    refuses_each(
        "edition.toml",
        &[
            (
                "rulebook =",
                "rulebok =",
                &["edition.toml:2: ", "`rulebok`", "`rulebook`"],
            ),
            (
                "places =",
                "place =",
                &["edition.toml:4: ", "`place`", "`places`"],
            ),
            ("legs =", "leg =", &["edition.toml:12: ", "`leg`", "`legs`"]),
            (
                "entrants =",
                "teams =",
                &["edition.toml:14: ", "`teams`", "`entrants`"],
            ),
            (
                "[[stage]]",
                "[strength]\n[[stage]]",
                &["edition.toml:8: ", "`strength`", "`strengths`"],
            ),
            (
                "[[stage]]",
                "[strengths]\ncovariate = \"coeficient\"\nbetter = \"higher\"\n[[stage]]",
                &["edition.toml:9: ", "`coeficient`", "`coefficient`"],
            ),
        ],
    );
    refuses_each(
        "county.toml",
        &[
            (
                "source =",
                "sources =",
                &["county.toml:2: ", "`sources`", "`source`"],
            ),
            ("win =", "wins =", &["county.toml:3: ", "`wins`", "`win`"]),
            (
                "cite = \"rule 2\"",
                "site = \"rule 2\"",
                &["county.toml:8: ", "`site`", "`cite`"],
            ),
        ],
    );
}

#[test]
fn text_that_is_not_toml_is_refused_with_its_line() {
    refuses_each(
        "edition.toml",
        &[
            (
                "\"County Cup 2025\"",
                "County Cup 2025",
                &["edition.toml:1: "],
            ),
            ("legs = 2", "legs = two", &["edition.toml:12: "]),
            ("legs = 2", "legs = \"2\"", &["edition.toml:12: ", "\"2\""]),
            (
                "rulebook =",
                "name = \"\"\nrulebook =",
                &["edition.toml:2: ", "duplicate"],
            ),
            (
                "legs = 2",
                "legs = 2\ndrawn = 2025-02-30",
                &["edition.toml:13: ", "date"],
            ),
            (
                "legs = 2",
                "legs = 2\ndrawn = 2025-02-01T12:00:00",
                &[
                    "edition.toml:13: ",
                    "`2025-02-01T12:00:00`",
                    "a date such as",
                ],
            ),
        ],
    );
    let deep = format!("name = {}", "[".repeat(100_000));
    Scenario::new()
        .write("edition.toml", deep)
        .refused(&CHECK, &["edition.toml:1: "]);
}

#[test]
fn stages_that_cannot_be_are_refused() {
    refuses_each(
        "edition.toml",
        &[
            (
                "legs = 2",
                "legs = 0",
                &["edition.toml:12: ", "`0`", "1 to 10"],
            ),
            (
                "legs = 2",
                "legs = 11",
                &["edition.toml:12: ", "`11`", "1 to 10"],
            ),
            (
                "id = \"final\"",
                "id = \"groups\"",
                &["edition.toml:19: ", "`groups`", "twice", "rename"],
            ),
            (
                "id = \"final\"",
                "id = \"\"",
                &["edition.toml:19: ", "``", "a name"],
            ),
            (
                "id = \"B\"",
                "id = \"A\"",
                &["edition.toml:15: ", "`A`", "twice", "rename"],
            ),
            (
                "\"champion\"",
                "\"finalists\"",
                &["edition.toml:5: ", "`finalists`", "twice", "rename"],
            ),
            (
                "\"Ashford\", \"Bexley\", \"Calder\"",
                "\"Ashford\"",
                &["edition.toml:14: ", "`A`", "two entrants"],
            ),
            (
                "{ id = \"A\",",
                "{ id = \"A\", unknown = \"?\",",
                &["edition.toml:14: ", "`A`", "two entrants", "`unknown`"],
            ),
        ],
    );
    let teams = team_names(65);
    Scenario::league(&teams, 2, |_, _| ",,".into())
        .refused(&CHECK, &["edition.toml:8: ", "65", "at most 64"]);
}

#[test]
fn slots_that_lead_nowhere_are_refused() {
    refuses_each(
        "edition.toml",
        &[
            (
                "groups/A/1",
                "final/1/1",
                &[
                    "edition.toml:24: ",
                    "`final/1/1`",
                    "not before it",
                    "earlier stage",
                ],
            ),
            (
                "\"Calder\"",
                "\"final/1/1\"",
                &[
                    "edition.toml:14: ",
                    "`final/1/1`",
                    "not before it",
                    "earlier stage",
                ],
            ),
            (
                "groups/A/1",
                "groups/C/1",
                &[
                    "edition.toml:24: ",
                    "`groups/C/1`",
                    "no group `C`",
                    "known: A, B",
                ],
            ),
            (
                "groups/A/1",
                "groups/A/4",
                &["edition.toml:24: ", "`groups/A/4`", "1 to 3"],
            ),
            (
                "groups/A/1",
                "groups/A/0",
                &["edition.toml:24: ", "`groups/A/0`", "1 to 3"],
            ),
            (
                "groups/A/1",
                "groups/A/first",
                &["edition.toml:24: ", "`first`", "1 to 3"],
            ),
            (
                "\"groups/A/1",
                "\"group/A/1",
                &["edition.toml:24: ", "`group`", "did you mean `groups`?"],
            ),
            (
                "\"groups/A/1",
                "\"A/1",
                &["edition.toml:24: ", "`A/1`", "stage/group/position"],
            ),
        ],
    );
}

#[test]
fn outcomes_of_places_that_do_not_exist_are_refused() {
    refuses_each(
        "edition.toml",
        &[
            (
                "final/1/1\" }",
                "finals/1/1\" }",
                &["edition.toml:5: ", "`finals`", "did you mean `final`?"],
            ),
            (
                "final/1/1\" }",
                "final/2/1\" }",
                &["edition.toml:5: ", "no group `2`", "known: 1"],
            ),
            (
                "groups/*/1\" }",
                "groups/*/4\" }",
                &["edition.toml:4: ", "`4`", "1 to 3"],
            ),
            (
                "groups/*/1\" }",
                "groups/*/1..4\" }",
                &["edition.toml:4: ", "`1..4`", "1 to 3"],
            ),
            (
                "groups/*/1\" }",
                "groups/*/2..1\" }",
                &["edition.toml:4: ", "`2..1`", "1 to 3"],
            ),
            (
                "groups/*/1\" }",
                "groups/1\" }",
                &["edition.toml:4: ", "`groups/1`", "stage/group/position"],
            ),
        ],
    );
}

#[test]
fn a_team_enters_a_stage_once() {
    let words: &[&str] = &["edition.toml:15: ", "enters stage `groups` twice"];
    refuses_each(
        "edition.toml",
        &[
            ("\"Denby\"", "\"Bexley\"", words),
            ("\"Denby\"", "\"AFC\"", words),
        ],
    );
    refuses_each(
        "edition.toml",
        &[(
            "groups/B/1",
            "groups/A/1",
            &["edition.toml:24: ", "`groups/A/1`", "`final` twice"],
        )],
    );
}

#[test]
fn rulebooks_that_say_nothing_known_are_refused() {
    let rule = "{ by = \"goal difference\", cite = \"rule 5\" }";
    refuses_each(
        "edition.toml",
        &[
            (
                "\"county\"",
                "\"uefa-club-2022\"",
                &[
                    "edition.toml:2: ",
                    "`uefa-club-2022`",
                    "did you mean `uefa-club-2021`",
                    "uefa-club-2022.toml",
                ],
            ),
            (
                "\"county\"",
                "\"../county\"",
                &["edition.toml:2: ", "`../county`", "embedded:"],
            ),
            (
                "order = \"groups\"",
                "order = \"group\"",
                &[
                    "edition.toml:11: ",
                    "`group`",
                    "did you mean `groups`?",
                    "known: groups, ties",
                ],
            ),
        ],
    );
    refuses_each(
        "county.toml",
        &[
            (
                "\"goal difference\"",
                "\"goal diference\"",
                &["county.toml:11: ", "`goal diference`", "`goal difference`"],
            ),
            (
                "head-to-head points",
                "head-to-head point",
                &["county.toml:8: ", "`point`", "did you mean `points`"],
            ),
            (
                "head-to-head points",
                "head to head points",
                &["county.toml:8: ", "`head to head points`", "`points`"],
            ),
            (
                "\"extra time\"",
                "\"extra-time\"",
                &[
                    "county.toml:16: ",
                    "`extra-time`",
                    "did you mean `extra time`",
                ],
            ),
            (
                "\"lots\"",
                "\"penalties\"",
                &["county.toml:12: ", "`penalties`", "known: points"],
            ),
            (
                "\"subset\"",
                "\"subsets\"",
                &["county.toml:10: ", "`subsets`", "did you mean `subset`?"],
            ),
            (
                rule,
                "{ again = \"pair\", cite = \"\" }",
                &["county.toml:11: ", "`again` must follow head-to-head"],
            ),
            (
                rule,
                "{ cite = \"rule 5\" }",
                &["county.toml:11: ", "exactly one of `by`, `play`, `again`"],
            ),
            (
                rule,
                "{ by = \"wins\", play = \"penalties\", cite = \"\" }",
                &["county.toml:11: ", "exactly one of `by`, `play`, `again`"],
            ),
            (
                ", cite = \"rule 5\"",
                "",
                &["county.toml:11: ", "missing field `cite`"],
            ),
        ],
    );
    let after_a_plain_rule =
        "{ by = \"points\", cite = \"rule 1\" },\n  { again = \"subset\", cite = \"\" }";
    refuses_each(
        "county.toml",
        &[(
            "{ by = \"points\", cite = \"rule 1\" }",
            after_a_plain_rule,
            &["county.toml:8: ", "`again` must follow head-to-head"],
        )],
    );
    let empty = "name = \"\"\nsource = \"\"\npoints = { win = 3, draw = 1 }\n[order]\ngroups = []\nties = []\n";
    Scenario::new()
        .write("county.toml", empty)
        .refused(&CHECK, &["county.toml", "at least one line"]);
}

#[test]
fn empty_files_are_refused_with_what_they_should_hold() {
    for blank in ["", "\n\n", "\u{feff}"] {
        for (file, expected) in [
            ("edition.toml", "name, rulebook and stages"),
            ("teams.csv", "one team a line"),
            ("matches.csv", "one fixture a line"),
        ] {
            Scenario::new()
                .write(file, blank)
                .refused(&CHECK, &[file, "is empty", expected]);
        }
    }
    Scenario::new()
        .write("values.csv", "")
        .refused(&CHECK, &["values.csv", "is empty", "remove it"]);
    Scenario::new()
        .write("county.toml", "")
        .refused(&CHECK, &["county.toml", "missing field `name`"]);
    let header = |text: &str| format!("{}\n", text.lines().next().unwrap_or_default());
    Scenario::new()
        .write("teams.csv", header(TEAMS))
        .refused(&CHECK, &["teams.csv", "at least two teams"]);
    Scenario::new()
        .write("matches.csv", header(MATCHES))
        .refused(
            &CHECK,
            &[
                "matches.csv",
                "Group A",
                "0 of its 6",
                "Ashford v Bexley is missing",
                "add it",
            ],
        );
}

#[test]
fn files_that_are_not_there_are_refused() {
    for file in ["teams.csv", "matches.csv"] {
        Scenario::new().remove(file).refused(&CHECK, &[file]);
    }
    Scenario::new()
        .remove("county.toml")
        .refused(&CHECK, &["edition.toml:2: ", "`county`", "county.toml"]);
}

#[test]
fn files_that_are_no_text_are_refused_with_the_line() {
    let latin =
        |text: &str, from: &str| text.replace(from, "B\u{1}xley").replace('\u{1}', "\u{e9}");
    for (file, text, line) in [
        ("teams.csv", TEAMS, ":3: "),
        ("matches.csv", MATCHES, ":2: "),
    ] {
        let bytes: Vec<u8> = latin(text, "Bexley").chars().map(|c| c as u8).collect();
        let place = format!("{file}{line}");
        Scenario::new()
            .write(file, bytes)
            .refused(&CHECK, &[&place, "not UTF-8", "save the file as UTF-8"]);
    }
    let utf16: Vec<u8> = "\u{feff}name"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    Scenario::new()
        .write("teams.csv", utf16)
        .refused(&CHECK, &["teams.csv:1: ", "not UTF-8"]);
}

#[test]
fn a_file_of_more_than_64_mib_is_refused_unread() {
    let scenario = Scenario::new();
    let file = std::fs::File::create(scenario.path("matches.csv")).expect("a file for the test");
    file.set_len((64 << 20) + 1).expect("a sparse file");
    scenario.refused(
        &CHECK,
        &["matches.csv", "67108865 bytes", "at most 67108864"],
    );
}

#[test]
fn names_that_two_teams_share_are_refused() {
    refuses_each(
        "teams.csv",
        &[
            (
                "Bexley,",
                "Ashford,",
                &["teams.csv:3: ", "`Ashford`", "must differ"],
            ),
            (
                "Bexley,",
                "ashford,",
                &["teams.csv:3: ", "`ashford`", "Ashford", "must differ"],
            ),
            (
                "Bexley,",
                "Ash,",
                &["teams.csv:3: ", "`Ash`", "Ashford", "must differ"],
            ),
            (
                "Bexley,North,",
                "Bexley,North,afc",
                &["teams.csv:3: ", "`afc`", "Ashford", "must differ"],
            ),
            (
                "Bexley,North,",
                "Bexley,North,Bex|bex",
                &["teams.csv:3: ", "`bex`", "Bexley", "must differ"],
            ),
            (
                "Bexley,",
                ",",
                &["teams.csv:3: ", "``", "the name of a team"],
            ),
        ],
    );
}

#[test]
fn numbers_of_teams_that_cannot_be_are_refused() {
    let with = |column: &str, value: &str| {
        let cells = TEAMS
            .lines()
            .skip(1)
            .map(|line| format!("{},{value}\n", line.replace(',', ";")));
        format!("name,{column}\n{}", cells.collect::<String>())
    };
    for (column, value, expected) in [
        ("association_rank", "0", "a whole number from 1"),
        ("association_rank", "first", "a whole number from 1"),
        ("pot", "-1", "a whole number"),
        ("coefficient", "0", "a positive number"),
        ("coefficient", "1.2345", "three decimals"),
        ("coefficient", "12e3", "a positive number"),
    ] {
        let named = format!("{column} `{value}`");
        Scenario::new()
            .write("teams.csv", with(column, value))
            .refused(&CHECK, &["teams.csv:2: ", &named, expected]);
    }
}

#[test]
fn values_that_cannot_be_are_refused() {
    for (row, words) in [
        ("lot,Denby,2025-03-01,1", ["`lot`", "did you mean `lots`?"]),
        (
            "points,Denby,2025-03-01,1",
            ["`points`", "known: disciplinary points"],
        ),
        (
            "lots,Denby,2025-02-30,1",
            ["known `2025-02-30`", "a date such as"],
        ),
        ("lots,Denby,,1", ["known ``", "a date such as"]),
        (
            "lots,Denby,2025-03-01,one",
            ["amount `one`", "a whole number"],
        ),
        (
            "coefficient,Denby,2025-03-01,-2",
            ["amount `-2`", "a positive number"],
        ),
    ] {
        Scenario::new()
            .write("values.csv", format!("value,team,known,amount\n{row}\n"))
            .refused(&CHECK, &["values.csv:2: ", words[0], words[1]]);
    }
}

#[test]
fn fixtures_that_do_not_belong_are_refused() {
    refuses_each(
        "matches.csv",
        &[
            (
                "Ashford,Calder,,",
                "Ashford,Denby,,",
                &[
                    "matches.csv:10: ",
                    "Denby is not in Group A",
                    "Ashford, Bexley, Calder",
                    "correct",
                ],
            ),
            (
                "Ashford,Calder,,",
                "Ashford,AFC,,",
                &["matches.csv:10: ", "Ashford", "cannot play itself"],
            ),
            (
                "Ashford,Calder,,",
                "Ashford,Bexley,,",
                &[
                    "matches.csv:10: ",
                    "Ashford v Bexley",
                    "line 2",
                    "Group A has 2 legs",
                ],
            ),
            (
                "groups,A,5",
                "group,A,5",
                &["matches.csv:10: ", "`group`", "did you mean `groups`?"],
            ),
            (
                "groups,A,5",
                "groups,C,5",
                &["matches.csv:10: ", "`C`", "known: A, B"],
            ),
            (
                "groups,A,5",
                "groups,A,0",
                &["matches.csv:10: ", "matchday `0`", "from 1"],
            ),
            (
                "groups,A,5",
                "groups,A,1001",
                &["matches.csv:10: ", "matchday `1001`", "from 1"],
            ),
            (
                "groups,A,5",
                "groups,A,five",
                &["matches.csv:10: ", "matchday `five`", "from 1"],
            ),
            (
                "groups,A,6,2025-04-05,Calder,Bexley,,,,,\n",
                "",
                &[
                    "matches.csv: ",
                    "Group A",
                    "5 of its 6",
                    "Calder v Bexley is missing",
                    "add it",
                ],
            ),
        ],
    );
}

#[test]
fn a_tie_of_other_teams_than_its_places_is_refused() {
    let scenario =
        Scenario::finished().replace("matches.csv", "Ashford,Denby,1,1", "Ashford,Elston,1,1");
    scenario.refused(
        &CHECK,
        &[
            "matches.csv:14: ",
            "Elston is not in Final",
            "Ashford, Denby",
        ],
    );
    let scenario = Scenario::finished().replace(
        "matches.csv",
        "Ashford,Calder,3,0,played",
        "Ashford,Calder,,,",
    );
    scenario.refused(
        &CHECK,
        &[
            "matches.csv:14: ",
            "Final",
            "position 1 of Group A",
            "not all played",
        ],
    );
    let scenario =
        Scenario::finished().replace("edition.toml", "legs = 1", "legs = 1\ndrawn = 2025-04-20");
    scenario.accepted(&CHECK);
    scenario.refused(
        &["table", "league", "--after", "2025-04-15"],
        &[
            "matches.csv:14: ",
            "before its draw on 2025-04-20",
            "correct",
        ],
    );
}

#[test]
fn dates_that_cannot_be_are_refused() {
    let expected = "a date such as 2024-03-03, or a window";
    for date in [
        "2025-02-30",
        "2025-13-01",
        "1 March 2025",
        "soon",
        "01/03/2025",
        "2025-3-1",
        "20250301",
        "",
        "2025-03-02/2025-03-01",
        "2025-03-01/",
        "2025-03-01/2025-03-02/2025-03-03",
        "2025-03-01T20:00",
    ] {
        let named = format!("`{date}`");
        Scenario::new()
            .replace(
                "matches.csv",
                "2025-03-01,Ashford",
                &format!("{date},Ashford"),
            )
            .refused(&CHECK, &["matches.csv:2: ", &named, expected]);
    }
}

#[test]
fn scores_that_cannot_be_are_refused() {
    refuses_each(
        "matches.csv",
        &[
            (
                "2,1,played",
                "-2,1,played",
                &["matches.csv:2: ", "home_goals `-2`", "from 0 to 99"],
            ),
            (
                "2,1,played",
                "2,100,played",
                &["matches.csv:2: ", "away_goals `100`", "from 0 to 99"],
            ),
            (
                "2,1,played",
                "2,256,played",
                &["matches.csv:2: ", "away_goals `256`", "from 0 to 99"],
            ),
            (
                "2,1,played",
                "two,1,played",
                &["matches.csv:2: ", "home_goals `two`", "from 0 to 99"],
            ),
            (
                "2,1,played",
                "2.0,1,played",
                &["matches.csv:2: ", "home_goals `2.0`", "from 0 to 99"],
            ),
            (
                "2,1,played",
                "2,1,",
                &["matches.csv:2: ", "2-1", "without a status", "`played`"],
            ),
            (
                "2,1,played",
                ",,played",
                &["matches.csv:2: ", "`played`", "without a score"],
            ),
            (
                "2,1,played",
                "2,,played",
                &["matches.csv:2: ", "one side only", "give both"],
            ),
            (
                "2,1,played",
                ",1,",
                &["matches.csv:2: ", "one side only", "give both"],
            ),
            (
                "2,1,played",
                "2,1,finished",
                &["matches.csv:2: ", "`finished`", "`played`, `awarded`"],
            ),
            (
                "Calder,,,,,",
                "Calder,,,,1-0,",
                &["matches.csv:10: ", "without a score", "give the goals"],
            ),
            (
                "2,1,played,,",
                "2,1,played,1,",
                &["matches.csv:2: ", "extra_time `1`", "a pair such as"],
            ),
            (
                "2,1,played,,",
                "2,1,played,,5-100",
                &["matches.csv:2: ", "penalties `5-100`", "a pair such as"],
            ),
            (
                "2,1,played,,",
                "2,1,played,1-0,",
                &["matches.csv:2: ", "extra time", "none in Group stage"],
            ),
            (
                "2,1,played,,",
                "2,1,played,,5-4",
                &["matches.csv:2: ", "penalties", "none in Group stage"],
            ),
        ],
    );
}

#[test]
fn shoot_outs_that_cannot_have_been_are_refused() {
    for (from, to, problem) in [
        (
            "1,1,played,0-0,5-4",
            "2,1,played,,5-4",
            "penalties given, but the tie was decided before",
        ),
        (
            "1,1,played,0-0,5-4",
            "1,1,played,1-0,5-4",
            "penalties given, but the tie was decided before",
        ),
        (
            "1,1,played,0-0,5-4",
            "2,1,played,0-0,",
            "extra time given, but the tie was decided before",
        ),
        (
            "1,1,played,0-0,5-4",
            "1,1,played,0-0,4-4",
            "a penalty shoot-out cannot end level",
        ),
    ] {
        Scenario::finished()
            .replace("matches.csv", from, to)
            .refused(&TABLE, &["matches.csv:14: ", problem]);
    }
}

#[test]
fn points_in_time_that_cannot_be_are_refused() {
    let scenario = Scenario::new();
    for (when, words) in [
        (
            "2025-02-28",
            [
                "before the start: the first match is on 2025-03-01",
                "or `start`",
            ],
        ),
        ("matchday 9", ["the matchdays are 1 to 6", "matchday 9"]),
        ("matchday 0", ["from 1", "`start` is before the first"]),
        ("matchday -1", ["from 1", "`start`"]),
        ("matchday four", ["from 1", "`start`"]),
        (
            "matchday",
            ["expected a date such as", "`matchday 4` or `start`"],
        ),
        (
            "yesterday",
            ["expected a date such as", "`matchday 4` or `start`"],
        ),
        (
            "2025-02-30",
            ["expected a date such as", "`matchday 4` or `start`"],
        ),
        (
            "2025-03",
            ["expected a date such as", "`matchday 4` or `start`"],
        ),
        ("", ["expected a date such as", "`matchday 4` or `start`"]),
    ] {
        let named = format!("--after `{when}`");
        for command in [
            &["table", "league"][..],
            &["fit", "league"],
            &["project", "league"],
        ] {
            let arguments = [command, &["--after", when]].concat();
            scenario.refused(&arguments, &[&named, words[0], words[1]]);
        }
    }
}

#[test]
fn numbers_of_seasons_that_cannot_be_run_are_refused() {
    let scenario = Scenario::new();
    for seasons in ["0", "1000000000001", "18446744073709551615"] {
        let asked = format!("{seasons} seasons");
        scenario.refused(
            &["project", "league", "-n", seasons],
            &[&asked, "from 1 to 1000000000000"],
        );
    }
}

#[test]
fn results_that_cannot_be_supposed_are_refused() {
    let scenario = Scenario::new();
    let shape = "expected HOME GOALS-GOALS AWAY";
    for (set, words) in [
        (
            "Ashford 2-0 Denby",
            ["Ashford are in Group A, Denby in Group B", "do not meet"],
        ),
        (
            "Ashford 2-0 Bexley",
            ["already played on 2025-03-01, 2-1", "only open fixtures"],
        ),
        (
            "Calder 2-0 Ashford",
            ["already played on 2025-03-08, 1-1", "only open fixtures"],
        ),
        (
            "Bexley 2-0 Calder",
            ["already played on 2025-03-15, 3-2", "only open fixtures"],
        ),
        (
            "Ashford 2-0 AFC",
            ["cannot play itself", "`Ashford 2-0 AFC`"],
        ),
        ("Ashford Calder", [shape, "goals up to 99"]),
        ("Ashford 2-0", [shape, "goals up to 99"]),
        ("2-0 Calder", [shape, "goals up to 99"]),
        ("Ashford 2 0 Calder", [shape, "goals up to 99"]),
        ("Ashford 2-100 Calder", [shape, "goals up to 99"]),
        ("Ashford -2-0 Calder", [shape, "goals up to 99"]),
        ("", [shape, "goals up to 99"]),
    ] {
        let named = format!("--set `{set}`");
        scenario.refused(
            &["project", "league", "--set", set],
            &[&named, words[0], words[1]],
        );
    }
    let reversed = Scenario::league(&team_names(3), 2, |home, _| {
        if home == 0 { "1,0,played" } else { ",," }.into()
    })
    .replace("edition.toml", "legs = 2", "legs = 1")
    .write(
        "matches.csv",
        "stage,group,matchday,date,home,away,home_goals,away_goals,status\n\
             league,1,1,2025-03-01,Team 01,Team 02,,,\n\
             league,1,2,2025-03-08,Team 02,Team 03,,,\n\
             league,1,3,2025-03-15,Team 03,Team 01,,,\n",
    );
    reversed.refused(
        &["project", "league", "--set", "Team 02 1-0 Team 01"],
        &[
            "--set `Team 02 1-0 Team 01`",
            "Team 01 are the home side",
            "name them first",
        ],
    );
}

#[test]
fn a_team_against_itself_is_refused_as_a_pairing() {
    Scenario::new().refused(
        &["match", "league", "Ashford", "afc"],
        &["Ashford", "cannot play itself"],
    );
}

#[test]
fn what_cannot_be_projected_is_refused_with_the_reason() {
    let scenario =
        Scenario::new().replace("edition.toml", "legs = 2", "legs = 2\ndrawn = 2025-03-10");
    scenario.refused(
        &["project", "league", "--after", "2025-03-01"],
        &[
            "County Cup 2025, after 2025-03-01",
            "teams of Group stage are not known yet",
        ],
    );
    let scenario =
        Scenario::new().replace("edition.toml", "order = \"groups\"", "order = \"ties\"");
    scenario.refused(
        &["project", "league"],
        &["County Cup 2025", "no stage is ranked by scores alone"],
    );
}

#[test]
fn bad_usage_exits_with_2_and_prints_nothing_else() {
    let scenario = Scenario::new();
    let cases: [&[&str]; 14] = [
        &[],
        &["guess"],
        &["list", "--fast"],
        &["show"],
        &["table"],
        &["project"],
        &["match", "league", "Ashford"],
        &["project", "league", "-n", "abc"],
        &["project", "league", "-n", "-1"],
        &["project", "league", "-n", "1.5"],
        &["project", "league", "--seed", "x"],
        &["project", "league", "--threads", "0"],
        &["project", "league", "--strengths", "best"],
        &["table", "league", "--format", "xml"],
    ];
    for arguments in cases {
        let Run {
            code,
            stdout,
            stderr,
        } = scenario.run(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {stderr}");
        assert!(
            stdout.is_empty() && !stderr.is_empty(),
            "{arguments:?}: {stderr}"
        );
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
    }
}

/// Every command and format, on a finished edition and an open one.
fn outputs(scenario: &Scenario) -> String {
    let mut all = String::new();
    for format in ["table", "json", "csv"] {
        for command in [
            &["show", "league"][..],
            &TABLE,
            &["fit", "league"],
            &PROJECT,
        ] {
            all += &scenario.accepted(&[command, &["--format", format]].concat());
        }
        all += &scenario.accepted(&["match", "league", "Ash", "Calder", "--format", format]);
    }
    all + &scenario.accepted(&CHECK)
}

#[test]
fn how_a_file_is_written_changes_no_byte_of_the_output() {
    let plain = outputs(&Scenario::new());
    let quoted = |text: &str| {
        let line = |line: &str| {
            let cells = line.split(',').map(|cell| format!("\"{cell}\""));
            cells.collect::<Vec<_>>().join(",") + "\n"
        };
        text.lines().map(line).collect::<String>()
    };
    let spaced = |text: &str| text.replace(',', " , ");
    let csv = |change: &dyn Fn(&str) -> String| {
        Scenario::new()
            .write("teams.csv", change(TEAMS))
            .write("matches.csv", change(MATCHES))
    };
    let variants = [
        (
            "a byte-order mark",
            Scenario::new().rewrite(|text| format!("\u{feff}{text}")),
        ),
        (
            "Windows line ends",
            Scenario::new().rewrite(|text| text.replace('\n', "\r\n")),
        ),
        (
            "both",
            Scenario::new().rewrite(|text| format!("\u{feff}{}", text.replace('\n', "\r\n"))),
        ),
        (
            "trailing blank lines",
            Scenario::new().rewrite(|text| format!("{text}\n\n \n")),
        ),
        (
            "trailing empty rows",
            csv(&|text| format!("{text},,,\n,,\n")),
        ),
        (
            "no end of the last line",
            Scenario::new().rewrite(|text| text.trim_end().to_owned()),
        ),
        ("quoted cells", csv(&quoted)),
        ("spaces round cells", csv(&spaced)),
        ("old line ends", csv(&|text| text.replace('\n', "\r"))),
        (
            "aliases",
            csv(&|text| text.replacen(",Calder,Ashford", ",CALDER,ash", 1)),
        ),
    ];
    for (written, scenario) in variants {
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
        &["match", "league", "Ashford", "Calder"],
    ] {
        scenario.accepted(command);
    }
    scenario.accepted(&[
        "project",
        "league",
        "-n",
        "300",
        "--set",
        "Ashford 99-0 Calder",
    ]);
    let extreme = |home: usize, away: usize| {
        let score = match (home, away) {
            (0, 1 | 2) => "99,0,played",
            (3, 1 | 2) => "0,99,played",
            _ => ",,",
        };
        score.to_owned()
    };
    Scenario::league(&team_names(4), 2, extreme).accepted(&PROJECT);
}

#[test]
fn a_league_of_64_teams_works() {
    let scenario = Scenario::league(&team_names(64), 2, |home, away| {
        if (home + away) % 2 == 0 {
            "1,0,played".into()
        } else {
            ",,".into()
        }
    });
    assert!(scenario.accepted(&CHECK).contains("64 teams"));
    assert_eq!(
        scenario
            .accepted(&["table", "league", "--format", "csv"])
            .lines()
            .count(),
        65
    );
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
    let names = LONG_NAMES.map(str::to_owned);
    Scenario::league(&names, 2, |home, away| {
        if home < away {
            "1,1,played".into()
        } else {
            ",,".into()
        }
    })
}

fn fits_80_columns(scenario: &Scenario, arguments: &[&str]) {
    for line in scenario.accepted(arguments).lines() {
        assert!(
            line.width() <= 80,
            "{arguments:?}: {} columns: {line}",
            line.width()
        );
    }
}

#[test]
fn long_names_with_accents_stay_within_80_columns() {
    let scenario = long_names();
    for command in ["show", "fit", "project", "check"] {
        fits_80_columns(&scenario, &[command, "league"]);
    }
    fits_80_columns(
        &scenario,
        &["match", "league", LONG_NAMES[2], LONG_NAMES[3]],
    );
    fits_80_columns(
        &Scenario::new(),
        &["project", "league", "--set", "Ashford 2-0 Calder"],
    );
}

#[test]
fn long_names_stay_within_80_columns_in_tables_of_groups() {
    fits_80_columns(&long_names(), &TABLE);
}

#[test]
fn long_names_stay_within_80_columns_in_ties() {
    let [home, _, away, _] = LONG_NAMES;
    let scenario =
        Scenario::finished().rewrite(|text| text.replace("Ashford", home).replace("Denby", away));
    fits_80_columns(&scenario, &TABLE);
}

#[test]
fn large_groups_stay_within_80_columns() {
    for size in [4, 8, 9, 20, 64] {
        let scenario = Scenario::league(&team_names(size), 2, |home, away| {
            if home < away {
                "1,1,played".into()
            } else {
                ",,".into()
            }
        });
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
        assert_eq!(
            (output.status.code(), stderr.as_ref()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_not_a_crash() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("the device");
    let output = program(&["list"])
        .stdout(full)
        .output()
        .expect("the program runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(
        stderr.starts_with("error: ") && stderr.lines().count() == 1,
        "{stderr}"
    );
}

#[test]
fn escapes_are_printed_only_where_they_are_wanted() {
    let scenario = Scenario::new();
    let run = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = program(arguments);
        command
            .current_dir(scenario.folder.path())
            .envs(variables.iter().copied());
        let output = command.output().expect("the program runs");
        [output.stdout, output.stderr].concat()
    };
    let escape = |bytes: &[u8]| bytes.contains(&0x1b);
    for arguments in [
        &["list"][..],
        &TABLE,
        &["fit", "league"],
        &PROJECT,
        &["show", "leage"],
    ] {
        let plain = run(arguments, &[]);
        assert!(!escape(&plain), "{arguments:?} without a terminal");
        for variables in [
            [("NO_COLOR", "1")],
            [("TERM", "dumb")],
            [("TERM", "xterm-256color")],
        ] {
            assert_eq!(
                plain,
                run(arguments, &variables),
                "{arguments:?} with {variables:?}"
            );
        }
    }
    assert!(
        escape(&run(&TABLE, &[("CLICOLOR_FORCE", "1")])),
        "styles can be forced"
    );
    let json = [&TABLE[..], &["--format", "json"]].concat();
    assert!(
        !escape(&run(&json, &[("CLICOLOR_FORCE", "1")])),
        "never in JSON"
    );
}

#[test]
fn the_current_folder_is_a_folder() {
    let scenario = Scenario::new();
    let folder = scenario.path("");
    for path in [".", "./"] {
        let Run { code, stderr, .. } = run_in(&folder, &["check", path]);
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{path}");
    }
    scenario.refused(&["check", ""], &["unknown edition ``"]);
}

#[test]
fn a_path_to_a_folder_means_the_folder_even_if_an_edition_has_its_name() {
    let scenario = Scenario::new();
    let name = "caf-confederation-cup-2007";
    std::fs::rename(scenario.path(""), scenario.folder.path().join(name)).expect("a free name");
    for path in [format!("./{name}"), format!("{name}/")] {
        let check = scenario.accepted(&["check", &path]);
        assert!(check.starts_with("County Cup 2025"), "{path}: {check}");
    }
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    let spoilt = MATCHES.replacen("Bexley,Ashford,0,2", "Bexley,Ashfrod,0,2", 1);
    for (ends, text) in [
        ("\\n", spoilt.clone()),
        ("\\r\\n", spoilt.replace('\n', "\r\n")),
        ("\\r", spoilt.replace('\n', "\r")),
    ] {
        let scenario = Scenario::new().write("matches.csv", text);
        let Run { stderr, .. } = scenario.run(&CHECK);
        assert!(
            stderr.contains("matches.csv:8: "),
            "line ends {ends}: {stderr}"
        );
    }
}

#[test]
fn lines_are_counted_across_blank_ones() {
    let spoilt = MATCHES.replacen("groups,A,4", "\n\ngroups,A,four", 1);
    Scenario::new()
        .write("matches.csv", spoilt)
        .refused(&CHECK, &["matches.csv:10: ", "matchday `four`"]);
    let header = MATCHES.replacen("home_goals", "home_gaols", 1);
    Scenario::new()
        .write("matches.csv", format!("\n\n{header}"))
        .refused(&CHECK, &["matches.csv:3: ", "`home_gaols`"]);
}

#[test]
fn a_line_break_in_a_value_does_not_break_the_message() {
    let scenario = Scenario::new().replace("matches.csv", "Calder,Ashford", "\"Cal\nda\",Ashford");
    scenario.refused(&CHECK, &["matches.csv:4: "]);
    let scenario = Scenario::new();
    scenario.refused(&["show", "no\nwhere"], &["unknown edition"]);
    scenario.refused(&["table", "league", "--after", "so\non"], &["--after"]);
    scenario.refused(
        &["project", "league", "--set", "Ashford\nCalder"],
        &["--set"],
    );
}

#[test]
fn a_line_break_in_a_name_is_refused_or_harmless() {
    let name = "\"Ash\\nford\"";
    let scenario = Scenario::new()
        .replace("edition.toml", "\"Ashford\"", name)
        .write("teams.csv", TEAMS.replacen("Ashford", "\"Ash\nford\"", 1))
        .write("matches.csv", MATCHES.replace("Ashford", "\"Ash\nford\""));
    let Run { code, stdout, .. } = scenario.run(&TABLE);
    let table = String::from_utf8(stdout).expect("output in UTF-8");
    assert!(code == Some(1) || !table.contains("Ash\nford"), "{table}");
}

#[test]
fn a_quote_never_closed_swallows_nothing() {
    let matches: String = FINISHED
        .lines()
        .enumerate()
        .map(|(index, line)| match index {
            0 => format!("{line},note\n"),
            12 => format!("{line},\"abandoned\n"),
            _ => format!("{line},\n"),
        })
        .collect();
    Scenario::new()
        .write("matches.csv", matches)
        .refused(&CHECK, &["matches.csv:13: "]);
}

#[test]
fn a_plus_sign_is_no_part_of_a_number() {
    refuses_each(
        "matches.csv",
        &[
            ("2,1,played", "+2,1,played", &["matches.csv:2: ", "`+2`"]),
            ("groups,A,1", "groups,A,+1", &["matches.csv:2: ", "`+1`"]),
        ],
    );
    refuses_each(
        "edition.toml",
        &[("groups/A/1", "groups/A/+1", &["edition.toml:24: ", "`+1`"])],
    );
}

#[test]
fn extra_time_and_penalties_belong_to_ties_of_two() {
    let scenario = Scenario::new()
        .replace("edition.toml", "order = \"groups\"", "order = \"ties\"")
        .replace("matches.csv", "2,1,played,,", "2,2,played,0-0,5-4");
    scenario.refused(&TABLE, &["matches.csv:2: "]);
    let level = MATCHES
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            if cells[0] == "stage" {
                return format!("{line}\n");
            }
            format!("{},1,1,played,0-0,5-4\n", cells[..6].join(","))
        })
        .collect::<String>();
    Scenario::new()
        .replace("edition.toml", "order = \"groups\"", "order = \"ties\"")
        .write("matches.csv", level)
        .refused(&TABLE, &["matches.csv:"]);
}

#[test]
fn penalties_belong_to_the_last_leg() {
    let two_legs = |first: &str, second: &str| {
        let legs = format!(
            "final,1,1,2025-04-12,Ashford,Denby,1,0,played,{first}\n\
             final,1,2,2025-04-19,Denby,Ashford,1,0,played,{second}\n"
        );
        let matches = FINISHED.replacen(
            "final,1,1,2025-04-12,Ashford,Denby,1,1,played,0-0,5-4\n",
            &legs,
            1,
        );
        Scenario::new()
            .replace("edition.toml", "legs = 1", "legs = 2")
            .write("matches.csv", matches)
    };
    two_legs(",", "0-0,4-5").accepted(&TABLE);
    two_legs("0-0,5-4", ",").refused(&TABLE, &["matches.csv:14: "]);
    two_legs("0-0,5-4", "0-0,4-2").refused(&TABLE, &["matches.csv:14: "]);
}

#[test]
fn penalties_without_the_extra_time_before_them_are_refused_for_that_reason() {
    let scenario =
        Scenario::finished().replace("matches.csv", "1,1,played,0-0,5-4", "1,1,played,,5-4");
    scenario.refused(&TABLE, &["matches.csv:14: ", "extra time"]);
}

#[test]
fn a_value_given_twice_is_refused() {
    let twice = "value,team,known,amount\nlots,Denby,2025-03-01,1\nlots,Denby,2025-03-01,2\n";
    Scenario::new()
        .write("values.csv", twice)
        .refused(&CHECK, &["values.csv:3: ", "Denby", "line 2"]);
}

#[test]
fn a_covariate_that_no_team_has_is_refused() {
    let strengths = "[strengths]\ncovariate = \"coefficient\"\nbetter = \"higher\"\n\n[[stage]]";
    Scenario::new()
        .replace("edition.toml", "[[stage]]", strengths)
        .refused(&CHECK, &["coefficient", "teams.csv"]);
}

#[test]
fn a_result_supposed_twice_is_refused_for_that_reason() {
    let arguments = [
        "project",
        "league",
        "--set",
        "Ashford 1-0 Calder",
        "--set",
        "Ashford 2-0 Calder",
    ];
    Scenario::new().refused(&arguments, &["--set `Ashford 2-0 Calder`", "twice"]);
}

/// A side's counts pass 32,767: by points worth 255 a win, or by goals at 99 a match.
#[test]
fn tables_with_very_large_numbers_are_counted_right_or_refused() {
    for (size, win) in [(15, "255"), (36, "3")] {
        let last = size - 1;
        let score = |home: usize, away: usize| match (home, away) {
            (home, _) if home == last => ",,".to_owned(),
            (home, away) if home < away => "99,0,played".to_owned(),
            _ => "0,99,played".to_owned(),
        };
        let scenario = Scenario::league(&team_names(size), 10, score).replace(
            "county.toml",
            "win = 3",
            &format!("win = {win}"),
        );
        let Run {
            code,
            stdout,
            stderr,
        } = scenario.run(&["project", "league", "-n", "256", "--format", "csv"]);
        if code == Some(1) {
            continue;
        }
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{size} teams");
        let text = String::from_utf8(stdout).expect("output in UTF-8");
        let number = |start: &str| -> f64 {
            let row = text
                .lines()
                .find(|line| line.starts_with(start))
                .expect("the row");
            row[start.len()..]
                .split(',')
                .next()
                .expect("a cell")
                .parse()
                .expect("a number")
        };
        let now = number("league,1,Team 01,,points now,,");
        assert!(
            number("league,1,Team 01,,points,mean,") >= now,
            "{size} teams: points shrank"
        );
        let difference = number("league,1,Team 01,,goal difference,mean,");
        assert!(
            difference > 10_000.0,
            "{size} teams: goal difference {difference}"
        );
    }
}

/// The fit holds a square of twice the teams: 20,000 of them would take 13 GB and days.
#[test]
fn more_teams_than_can_be_fitted_are_refused() {
    let extra: String = (0..20_000)
        .map(|number| format!("Extra {number},,\n"))
        .collect();
    Scenario::new()
        .write("teams.csv", format!("{TEAMS}{extra}"))
        .refused(&CHECK, &["teams.csv", "20006", "at most"]);
}

#[test]
fn messages_name_no_type_of_the_program() {
    for (file, from, to) in [
        ("county.toml", "win = 3", "win = 256"),
        ("county.toml", "draw = 1", "draw = -1"),
        ("edition.toml", "legs = 2", "legs = 1.5"),
        ("edition.toml", "legs = 2", "legs = -1"),
    ] {
        let Run { code, stderr, .. } = Scenario::new().replace(file, from, to).run(&CHECK);
        assert_eq!(code, Some(1), "{to}");
        assert!(
            !stderr.contains(" u8") && !stderr.contains(" u32"),
            "{stderr}"
        );
    }
}

#[test]
fn a_file_that_is_missing_or_short_is_not_called_empty() {
    Scenario::new()
        .remove("teams.csv")
        .refused(&CHECK, &["teams.csv", "no such file"]);
    let Run { stderr, .. } = Scenario::new()
        .write("teams.csv", "name\nAshford\n")
        .run(&CHECK);
    assert!(
        stderr.contains("at least two teams") && !stderr.contains("is empty"),
        "{stderr}"
    );
}
