//! Editions made up for a test: written to a folder, opened like any user's.

use std::fmt::Write as _;

use matchday::edition::{Edition, Snapshot, When};
use tempfile::TempDir;

/// Head-to-head before goals, as UEFA and CAF have it, then lots.
pub const HEAD_TO_HEAD_FIRST: &str = r#"
  { by = "points", cite = "-" },
  { by = "head-to-head points", cite = "-" },
  { by = "head-to-head goal difference", cite = "-" },
  { by = "head-to-head goals", cite = "-" },
  { by = "head-to-head away goals", cite = "-" },
  { again = "subset", cite = "-" },
  { by = "goal difference", cite = "-" },
  { by = "goals", cite = "-" },
  { by = "lots", cite = "-" },
"#;

/// One group, double round robin.
pub struct Draft {
    pub teams: Vec<String>,
    pub rules: String,
    pub fixtures: Vec<DraftFixture>,
}

/// Matchday, home and away by position in the teams, and the score once played.
pub type DraftFixture = (u32, usize, usize, Option<(u8, u8)>);

impl Draft {
    /// `size` teams and their fixtures, none played.
    pub fn league(size: usize, rules: &str) -> Self {
        let teams = (0..size)
            .map(|team| format!("Team {}", (b'A' + team as u8) as char))
            .collect();
        let pairs = (0..size).flat_map(|home| (0..size).map(move |away| (home, away)));
        let fixtures = pairs.filter(|(home, away)| home != away);
        let fixtures = fixtures
            .enumerate()
            .map(|(index, (home, away))| (index as u32 + 1, home, away, None));
        Self {
            teams,
            rules: rules.into(),
            fixtures: fixtures.collect(),
        }
    }

    /// Gives every fixture the score that `score` says.
    pub fn play(mut self, score: impl Fn(usize, usize, usize) -> Option<(u8, u8)>) -> Self {
        for (index, (_, home, away, played)) in self.fixtures.iter_mut().enumerate() {
            *played = score(index, *home, *away);
        }
        self
    }

    /// Writes the folder and opens it.
    pub fn open(&self) -> (TempDir, Snapshot) {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let write = |file: &str, text: String| {
            std::fs::write(folder.path().join(file), text).expect("a file for the test");
        };
        let names: Vec<String> = self.teams.iter().map(|name| format!("{name:?}")).collect();
        write(
            "edition.toml",
            format!(
                "name = \"League\"\nrulebook = \"rules\"\n\
                 outcomes = [{{ name = \"champion\", places = \"league/1/1\" }}]\n\
                 [[stage]]\nid = \"league\"\nname = \"League\"\norder = \"groups\"\nlegs = 2\n\
                 groups = [{{ id = \"1\", entrants = [{}] }}]\n",
                names.join(", ")
            ),
        );
        write(
            "rules.toml",
            format!(
                "name = \"Rules\"\nsource = \"made up\"\npoints = {{ win = 3, draw = 1 }}\n[order]\ngroups = [{}]\n",
                self.rules
            ),
        );
        write("teams.csv", format!("name\n{}\n", self.teams.join("\n")));
        let mut matches =
            String::from("stage,group,matchday,date,home,away,home_goals,away_goals,status\n");
        for (matchday, home, away, score) in &self.fixtures {
            let (home, away) = (&self.teams[*home], &self.teams[*away]);
            let score = score.map_or(",,".into(), |(h, a)| format!("{h},{a},played"));
            writeln!(
                matches,
                "league,1,{matchday},2024-01-01,{home},{away},{score}"
            )
            .expect("text");
        }
        write("matches.csv", matches);
        let path = folder.path().to_str().expect("a path in UTF-8");
        let snapshot = Edition::open(path)
            .expect("a valid edition")
            .as_of(When::Now)
            .expect("valid scores");
        (folder, snapshot)
    }
}
