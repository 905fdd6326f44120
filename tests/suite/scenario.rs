//! A small valid edition to be spoilt, and what the program says to it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

pub const EDITION: &str = r#"name = "County Cup 2025"
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

pub const RULEBOOK: &str = r#"name = "County Cup rules"
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

pub const TEAMS: &str = "\
name,association,aliases
Ashford,North,Ash|AFC
Bexley,North,
Calder,North,
Denby,South,
Elston,South,
Farley,South,
";

/// Four of six matchdays are played.
pub const MATCHES: &str = "\
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
pub const FINISHED: &str = "\
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

pub const CHECK: [&str; 2] = ["check", "league"];
pub const PROJECT: [&str; 4] = ["project", "league", "-n", "300"];
pub const TABLE: [&str; 2] = ["table", "league"];

/// A valid edition in a folder `league`, to be spoilt.
pub struct Scenario {
    pub folder: TempDir,
}

/// What a run left behind.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Scenario {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        std::fs::create_dir(folder.path().join("league")).expect("a folder for the test");
        Self { folder }
            .write("edition.toml", EDITION)
            .write("county.toml", RULEBOOK)
            .write("teams.csv", TEAMS)
            .write("matches.csv", MATCHES)
    }

    /// As [`Scenario::new`], with every match played, the final after penalties.
    pub fn finished() -> Self {
        Self::new().write("matches.csv", FINISHED)
    }

    /// One league with these teams and legs; `score` gives goals and status of a fixture.
    pub fn league(
        teams: &[String],
        legs: usize,
        score: impl Fn(usize, usize) -> &'static str,
    ) -> Self {
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

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("league").join(file)
    }

    pub fn write(self, file: &str, bytes: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.path(file), bytes).expect("a file for the test");
        self
    }

    pub fn remove(self, file: &str) -> Self {
        std::fs::remove_file(self.path(file)).expect("the file is there");
        self
    }

    /// Replaces the first occurrence of a text, which must be there.
    pub fn replace(self, file: &str, from: &str, to: &str) -> Self {
        let text = std::fs::read_to_string(self.path(file)).expect("the file is there");
        assert!(text.contains(from), "{file} has no `{from}`");
        self.write(file, text.replacen(from, to, 1))
    }

    /// Passes every file through `change`.
    pub fn rewrite(self, change: impl Fn(&str) -> String) -> Self {
        ["edition.toml", "county.toml", "teams.csv", "matches.csv"]
            .iter()
            .fold(self, |scenario, file| {
                let text = std::fs::read_to_string(scenario.path(file)).expect("the file is there");
                scenario.write(file, change(&text))
            })
    }

    /// Runs the program beside the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.folder.path(), arguments)
    }

    /// Runs and demands a refusal in one line that holds every one of `words`, divided by ` | `.
    pub fn refused(&self, arguments: &[&str], words: &str) {
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
    pub fn accepted(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(
            (run.code, run.stderr.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
        run.stdout
    }
}

pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_matchday"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    Run::of(program(arguments).current_dir(folder))
}

impl Run {
    pub fn of(command: &mut Command) -> Self {
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
pub fn refuses_each(file: &str, table: &str) {
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
pub fn with_column(text: &str, column: &str, cells: &[(usize, &str)]) -> String {
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

pub fn team_names(count: usize) -> Vec<String> {
    (1..=count)
        .map(|number| format!("Team {number:02}"))
        .collect()
}

pub fn header_of(text: &str) -> String {
    text.lines()
        .take(1)
        .map(|line| format!("{line}\n"))
        .collect()
}
