//! Competitions that cannot be are refused before the first season: in one line that says where, what,
//! and what to do.

mod draws;
mod files;
mod stages;

use matchday::edition::{Edition, When};
use matchday::fit::{Fit, Settings};
use matchday::model::Strengths;
use matchday::simulate::{Plan, check_draws};
use tempfile::TempDir;

/// Three groups that are drawn, best third-placed teams seated by a table, a draw of semi-finals.
const CUP: Files = &[
    ("edition.toml", CUP_EDITION),
    ("shire.toml", RULEBOOK),
    ("teams.csv", CUP_TEAMS),
    ("matches.csv", HEADER),
    ("two-of-three.csv", "thirds,1A,1B\nAB,B,A\nAC,C,A\nBC,C,B\n"),
];

const CUP_EDITION: &str = r#"name = "Shire Cup 2025"
rulebook = "shire"
outcomes = [
  { name = "quarter-finals", places = ["groups/*/1..2", "thirds/1/1..2"] },
  { name = "champion", places = "final/1/1" },
]

[[stage]]
id = "groups"
name = "Groups"
order = "groups"
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"]
groups = [
  { id = "A" },
  { id = "B" },
  { id = "C" },
]

[stage.draw]
held = "by pot"
bounds = [
  { of = "association", most = 2 },
  { of = "confederation", is = "East", least = 1, most = 3 },
  { of = ["Bexley", "Calder"], parts = [["A", "B"], ["C"]], most = 1 },
]
fixed = [{ team = "Ashford", group = "A" }]
cite = "article 3"

[[stage]]
id = "thirds"
name = "Third-placed teams"
order = "thirds"
legs = 0
carry = { from = "groups" }
groups = [{ id = "1", entrants = ["groups/*/3"] }]

[[stage]]
id = "seats"
name = "Seats of third-placed teams"
groups = [{ id = "1A" }, { id = "1B" }]

[stage.allocation]
table = "two-of-three"
of = "thirds"

[[stage]]
id = "quarter-finals"
name = "Quarter-finals"
order = "ties"
legs = 1
groups = [
  { id = "1", entrants = ["groups/A/1", "seats/1A/1"] },
  { id = "2", entrants = ["groups/B/1", "seats/1B/1"] },
  { id = "3", entrants = ["groups/C/1", "groups/A/2"] },
  { id = "4", entrants = ["groups/B/2", "groups/C/2"] },
]

[[stage]]
id = "semi-finals"
name = "Semi-finals"
order = "ties"
legs = 2
second_leg = "drawn"
groups = [{ id = "1" }, { id = "2" }]

[stage.draw]
pots = [["quarter-finals/1/1", "quarter-finals/2/1"], ["quarter-finals/3/1", "quarter-finals/4/1"]]
held = "by group"
bounds = [{ of = "association", most = 1 }]
cite = "article 4"

[[stage]]
id = "final"
name = "Final"
order = "ties"
legs = 1
venue = "neutral"
groups = [{ id = "1", entrants = ["semi-finals/*/1"] }]
"#;

const RULEBOOK: &str = r#"name = "Shire rules"
source = "made up"
points = { win = 3, draw = 1 }

[order]
groups = [
  { by = "points", cite = "rule 1" },
  { by = "goal difference", cite = "rule 2" },
  { by = "lots", cite = "rule 3" },
]
thirds = [
  { by = "points", cite = "rule 4" },
  { by = "lots", cite = "rule 5" },
]
ties = [
  { by = "aggregate", cite = "rule 6" },
  { play = "penalties", cite = "rule 7" },
]
"#;

const CUP_TEAMS: &str = "\
name,aliases,association,confederation,pot,coefficient,entry_round
Ashford,Ash|AFC,North,East,1,12.5,groups
Bexley,,South,West,1,11,groups
Calder,,West,West,1,10,groups
Denby,,North,West,2,9,groups
Elston,,South,East,2,8,groups
Farley,,West,West,2,7,groups
Grange,,North,West,3,6,groups
Hollis,,South,West,3,5,groups
Ilford,,West,East,3,4,groups
Jarrow,,Isles,West,4,3,groups
Kelso,,Isles,East,4,2,groups
Linton,,Isles,West,4,1,groups
";

const HEADER: &str = "stage,group,matchday,date,home,away,home_goals,away_goals,status\n";

/// A league that splits, half played, with a deduction and a withdrawal.
const LEAGUE: Files = &[
    ("edition.toml", LEAGUE_EDITION),
    ("shire.toml", RULEBOOK),
    (
        "teams.csv",
        "name,group\nAshford,1\nBexley,1\nCalder,1\nDenby,1\nElston,\n",
    ),
    ("matches.csv", LEAGUE_MATCHES),
    (
        "values.csv",
        "value,team,known,amount,stage\ndeduction,Denby,2025-03-05,3,\n",
    ),
];

const LEAGUE_EDITION: &str = r#"name = "Shire League 2025"
rulebook = "shire"
hosts = ["Ashford"]
outcomes = [{ name = "champion", places = "upper/1/1" }]

[[withdrawal]]
team = "Calder"
stage = "league"
date = 2025-03-20
policy = "award"

[[stage]]
id = "league"
name = "League"
order = "groups"
legs = 1
groups = [{ id = "1", entrants = ["Ashford", "Bexley", "Calder", "Denby"] }]

[[stage]]
id = "upper"
name = "Championship group"
order = "groups"
legs = 2
carry = { from = "league", matches = "all", points = "half, rounded up" }
groups = [{ id = "1", entrants = ["league/1/1..2"] }]

[[stage]]
id = "play-off"
name = "Play-off"
order = "ties"
matches = 1
groups = [{ id = "1", entrants = ["Elston", "Denby"] }]
"#;

const LEAGUE_MATCHES: &str = "\
stage,group,matchday,date,home,away,home_goals,away_goals,status
league,1,1,2025-03-01,Ashford,Bexley,2,1,played
league,1,1,2025-03-01,Calder,Denby,0,0,played
league,1,2,2025-03-08,Ashford,Calder,1,1,played
league,1,2,2025-03-08,Bexley,Denby,,,
league,1,3,2025-03-15,Ashford,Denby,,,
league,1,3,2025-03-15,Bexley,Calder,,,
play-off,1,1,2025-04-15,Elston,Denby,,,
";

/// A league phase of three pots, not drawn yet.
const PHASE: Files = &[
    ("edition.toml", PHASE_EDITION),
    ("shire.toml", RULEBOOK),
    ("teams.csv", PHASE_TEAMS),
    ("matches.csv", HEADER),
];

const PHASE_EDITION: &str = r#"name = "Shire Phase 2025"
rulebook = "shire"
outcomes = [{ name = "winner", places = "league/1/1" }]

[[stage]]
id = "league"
name = "League phase"
order = "groups"
matches = 6
groups = [{ id = "1" }]

[stage.draw]
kind = "league phase"
most_of_association = 3
seeding = [{ by = "coefficient", cite = "article 2" }]
cite = "article 3"
"#;

const PHASE_TEAMS: &str = "\
name,association,coefficient,pot
Ashford,North,12,1
Bexley,South,11,1
Calder,West,10,1
Denby,North,9,2
Elston,South,8,2
Farley,West,7,2
Grange,North,6,3
Hollis,South,5,3
Ilford,West,4,3
";

type Files = &'static [(&'static str, &'static str)];

/// What is wrong with an edition, as `matchday check` and `matchday project` find it; nothing is simulated.
fn refusal(files: &[(&str, String)]) -> Option<String> {
    let folder = TempDir::new().expect("a folder for the test");
    for (file, text) in files {
        std::fs::write(folder.path().join(file), text).expect("a file for the test");
    }
    let opened = Edition::open(folder.path().to_str().expect("a path in UTF-8"));
    let snapshot = match opened.and_then(|edition| edition.as_of(When::Now)) {
        Ok(snapshot) => snapshot,
        Err(error) => return Some(error.to_string()),
    };
    let checked = check_draws(&snapshot).map_err(|error| error.to_string());
    let fit = Fit::of(&snapshot, &Settings::default()).expect("few results");
    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]);
    let planned = plan.map(|_| ()).map_err(|error| error.to_string());
    assert_eq!(checked, planned, "check and project");
    checked.err()
}

/// The files with some texts replaced: `file: from => to`, several divided by ` && `. Without a file
/// edition.toml is meant; `\n` is a line end.
fn spoilt(files: Files, changes: &str) -> Vec<(&'static str, String)> {
    let text = |&(file, text): &(&'static str, &str)| (file, text.to_owned());
    let mut files: Vec<(&str, String)> = files.iter().map(text).collect();
    for change in changes.split(" && ") {
        let (from, to) = change.split_once("=>").expect("what stands there instead");
        let [from, to] = [from, to].map(|text| text.trim().replace("\\n", "\n"));
        let named = from.split_once(": ");
        let named = named.filter(|(file, _)| files.iter().any(|(known, _)| known == file));
        let (file, from) = named.unwrap_or(("edition.toml", &from));
        let mut texts = files.iter_mut().filter(|(known, _)| *known == file);
        let (_, text) = texts.next().expect("a file of the edition");
        assert!(text.contains(from), "{file} has no `{from}`");
        *text = text.replacen(from, &to, 1);
    }
    files
}

/// Spoils the files as each line of a table says: `changes ! words of the refusal`, divided by ` | `.
fn refuses_each(files: Files, table: &str) {
    let unlike = |case: &str| {
        let (changes, words) = case.split_once(" ! ").expect("words of the refusal");
        let refused = refusal(&spoilt(files, changes)).unwrap_or_else(|| "no refusal".into());
        let told = words.split(" | ").all(|word| refused.contains(word.trim()));
        let in_one_line = refused.lines().count() == 1;
        (!told || !in_one_line).then(|| format!("{case}\n  {refused}\n"))
    };
    let unlike: String = table.trim().lines().filter_map(unlike).collect();
    assert!(unlike.is_empty(), "{unlike}");
}

#[test]
fn the_competitions_themselves_are_valid() {
    for files in [CUP, LEAGUE, PHASE] {
        assert_eq!(refusal(&spoilt(files, "name => name")), None);
    }
}
