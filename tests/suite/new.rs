//! Editions written from templates: valid, ready to be projected, and never over anything.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use matchday::competition::{Slot, Stage};
use matchday::edition::template::{Template, embedded_templates};
use matchday::edition::{Edition, When};
use tempfile::TempDir;

use crate::scenario::{Run, run_in};

/// A folder to write editions into.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    fn with(teams: &str) -> Self {
        let desk = Self::new();
        desk.write("teams.csv", teams);
        desk
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.0.path().join(file), text).expect("a file for the test");
    }

    fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.0.path(), arguments)
    }

    /// Runs `matchday new` on `teams.csv` into the folder `mine`.
    fn new_edition(&self, template: &str, options: &[&str]) -> Run {
        let fixed = ["new", template, "--teams", "teams.csv", "-o", "mine"];
        self.run(&[&fixed, options].concat())
    }

    /// Does so with success, checks and projects what was written, and opens it.
    fn accepted(&self, template: &str, options: &[&str]) -> Edition {
        let run = self.new_edition(template, options);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{template}");
        for arguments in [
            &["check", "mine"][..],
            &["project", "mine", "-n", "600"],
            &["project", "mine", "-n", "600", "--after", "entries"],
            &["ranking", "mine"],
            &["table", "mine"],
            &["show", "mine"],
        ] {
            let run = self.run(arguments);
            assert_eq!(
                (run.code, run.stderr.as_str()),
                (Some(0), ""),
                "{template}: {arguments:?}"
            );
        }
        let path = self.0.path().join("mine");
        Edition::open(path.to_str().expect("a path in UTF-8")).expect("a valid edition")
    }

    /// Demands a refusal in one line that holds every one of `words`, and that nothing is written.
    fn refused(&self, template: &str, options: &[&str], words: &str) {
        let before = self.entries();
        let run = self.new_edition(template, options);
        let stderr = &run.stderr;
        assert_eq!(
            (run.code, stderr.lines().count()),
            (Some(1), 1),
            "{words}: {stderr}"
        );
        assert!(
            stderr.starts_with("error: ") && run.stdout.is_empty(),
            "{stderr}"
        );
        for word in words.split(" | ") {
            assert!(stderr.contains(word), "no `{word}` in {stderr}");
        }
        assert_eq!(self.entries(), before, "{words}: something was left behind");
    }

    /// The names of what is there, hidden files too.
    fn entries(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).expect("the folder");
        let name = |entry: std::io::Result<std::fs::DirEntry>| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        };
        let mut names: Vec<String> = entries.map(name).collect();
        names.sort();
        names
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.path().join("mine").join(file)).expect("a file written")
    }

    /// Every file of the edition, by name.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(self.0.path().join("mine")).expect("the folder");
        let file = |entry: std::io::Result<std::fs::DirEntry>| {
            let entry = entry.expect("an entry");
            let bytes = std::fs::read(entry.path()).expect("a file");
            (entry.file_name().to_string_lossy().into_owned(), bytes)
        };
        entries.map(file).collect()
    }
}

/// `count` teams with these columns, given the position of a team.
fn teams(count: usize, columns: &str, cells: impl Fn(usize) -> String) -> String {
    let mut text = format!("name{columns}\n");
    for team in 0..count {
        writeln!(text, "Team {:02}{}", team + 1, cells(team)).expect("text");
    }
    text
}

fn names(count: usize) -> String {
    teams(count, "", |_| String::new())
}

/// In pots of equal size, the best first.
fn potted(count: usize, pots: usize) -> String {
    teams(count, ",pot", |team| {
        format!(",{}", 1 + team * pots / count)
    })
}

fn embedded(edition: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("models/editions")
        .join(edition)
        .join("teams.csv");
    std::fs::read_to_string(path).expect("the teams of an embedded edition")
}

/// Teams that fit a template, with their groups to be drawn.
fn undrawn(template: &str) -> String {
    match template {
        "league" => names(20),
        "groups" => potted(32, 4),
        "league-phase" => embedded("uefa-champions-league-2024-25"),
        "world-cup-2026" => embedded("fifa-world-cup-2026"),
        "euro" => embedded("uefa-euro-2024"),
        other => panic!("no teams for template {other}"),
    }
}

/// Groups A, B, … in turn.
fn grouped(count: usize, groups: usize) -> String {
    teams(count, ",group", |team| {
        format!(",{}", char::from(b'A' + (team % groups) as u8))
    })
}

fn stage<'a>(edition: &'a Edition, id: &str) -> &'a Stage {
    let mut stages = edition.competition.stages.iter();
    stages.find(|stage| stage.id == id).expect("the stage")
}

#[test]
fn every_template_gives_an_edition_that_is_valid_and_can_be_projected() {
    for template in embedded_templates() {
        let desk = Desk::with(&undrawn(template));
        let edition = desk.accepted(template, &[]);
        assert!(edition.as_of(When::Now).is_ok());
        let given = desk.read("teams.csv");
        assert_eq!(given, undrawn(template), "{template}: teams.csv is another");
        let readme = desk.read("README.md");
        assert!(
            readme.contains("## Assumed") && !readme.contains("{{"),
            "{readme}"
        );
        assert!(!desk.read("edition.toml").contains("{{"), "{template}");
        assert!(
            readme.lines().all(|line| line.chars().count() <= 120),
            "{readme}"
        );
    }
}

#[test]
fn groups_that_are_given_stand_in_file_order_with_all_their_fixtures() {
    for (template, count, groups, each) in [
        ("groups", 32, 8, 12),
        ("euro", 24, 6, 6),
        ("world-cup-2026", 48, 12, 6),
    ] {
        let desk = Desk::with(&grouped(count, groups));
        let edition = desk.accepted(template, &["--from", "2026-06-11"]);
        assert_eq!(edition.fixtures.len(), groups * each, "{template}");
        let groups_stage = stage(&edition, "groups");
        for (position, group) in groups_stage.groups.iter().enumerate() {
            let expected = (0..count / groups).map(|row| position + row * groups);
            let seated = group.entrants.iter().map(|slot| match slot {
                Slot::Team(team) => team.index(),
                Slot::Place(_) => panic!("a place in a group of teams"),
            });
            assert!(seated.eq(expected), "{template}, group {}", group.id);
        }
        let matches = desk.read("matches.csv");
        assert!(matches.contains("groups,A,1,2026-06-11,"), "{matches}");
        assert!(matches.contains("groups,A,3,2026-06-25,"), "{matches}");
    }
}

#[test]
fn undrawn_groups_list_nobody_and_every_season_draws_them() {
    let desk = Desk::with(&undrawn("euro"));
    let edition = desk.accepted("euro", &["--host", "Germany"]);
    assert!(edition.fixtures.is_empty());
    assert!(
        stage(&edition, "groups")
            .groups
            .iter()
            .all(|group| group.entrants.is_empty())
    );
    let snapshot = edition.as_of(When::Now).expect("nothing is played");
    assert!(snapshot.is_undrawn(0));
    let pots = snapshot.pots(0).expect("a draw of groups");
    let germany = edition.teams.find("Germany").expect("it takes part");
    assert!(pots[0].balls.iter().any(|ball| ball.team == Some(germany)));
    assert_eq!(edition.competition.hosts, [germany]);
    let text = desk.read("edition.toml");
    assert!(
        text.contains("{ team = \"Germany\", group = \"A\" },"),
        "{text}"
    );
}

#[test]
fn leagues_of_any_size_have_all_their_fixtures_a_week_apart() {
    for (size, legs) in [(2, 2), (3, 1), (5, 2), (20, 2), (12, 3), (64, 2)] {
        let desk = Desk::with(&names(size));
        let legs_text = legs.to_string();
        let options = [
            "--legs",
            &legs_text,
            "--from",
            "2025-08-02",
            "--name",
            "Süd \"1\"",
        ];
        let edition = desk.accepted("league", &options);
        assert_eq!(edition.name, "Süd \"1\"");
        assert_eq!(
            edition.fixtures.len(),
            size * (size - 1) / 2 * legs,
            "{size} teams"
        );
        let first = edition.fixtures[0].fixture.dates.expect("a date").first;
        for listed in &edition.fixtures {
            let day = listed.fixture.dates.expect("a date").first;
            let days = first.until(day).expect("later").get_days();
            assert_eq!(days, 7 * (listed.fixture.matchday as i32 - 1));
        }
    }
    let desk = Desk::with(&names(4));
    let edition = desk.accepted("league", &[]);
    assert_eq!(edition.fixtures.len(), 12, "twice, if nothing is said");
    assert!(
        edition
            .fixtures
            .iter()
            .all(|listed| listed.fixture.dates.is_none())
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for template in embedded_templates() {
        let [one, other] = [(), ()].map(|()| {
            let desk = Desk::with(&undrawn(template));
            let run = desk.new_edition(template, &[]);
            assert_eq!(run.code, Some(0), "{template}");
            desk.files()
        });
        assert_eq!(one, other, "{template}");
    }
}

#[test]
fn brackets_of_every_size_end_in_one_final() {
    for (count, groups, through, stages) in [
        (8, 1, 4, 3),
        (12, 2, 1, 2),
        (16, 4, 2, 4),
        (16, 2, 4, 4),
        (48, 16, 2, 6),
        (4, 1, 2, 2),
    ] {
        let desk = Desk::with(&potted(count, count / groups));
        let [groups, through] = [groups, through].map(|number: usize| number.to_string());
        let edition = desk.accepted("groups", &["--groups", &groups, "--through", &through]);
        assert_eq!(
            edition.competition.stages.len(),
            stages,
            "{groups} groups, {through}"
        );
        assert_eq!(stage(&edition, "final").groups.len(), 1);
        assert_eq!(
            edition
                .competition
                .outcomes
                .last()
                .expect("an outcome")
                .name,
            "champion"
        );
    }
}

#[test]
fn pots_follow_from_coefficients_and_seeds_where_no_column_gives_them() {
    let columns = ",association,seed,coefficient";
    let text = teams(32, columns, |team| {
        let seed = if team == 31 { "1" } else { "" };
        format!(",Land {},{seed},{}.5", team % 9, 100 - team)
    });
    let desk = Desk::with(&text);
    let edition = desk.accepted("groups", &[]);
    let pots = edition
        .as_of(When::Now)
        .expect("nothing is played")
        .pots(0)
        .expect("a draw");
    let names: Vec<&str> = pots[0]
        .balls
        .iter()
        .filter_map(|ball| ball.team.map(|team| edition.teams.name(team)))
        .collect();
    assert_eq!(names[0], "Team 32", "its seed");
    assert_eq!(
        names[1..],
        [
            "Team 01", "Team 02", "Team 03", "Team 04", "Team 05", "Team 06", "Team 07"
        ]
    );
    let readme = desk.read("README.md");
    assert!(readme.contains("`seed`, then `coefficient`"), "{readme}");
    assert!(readme.contains("at most 1 of one association"), "{readme}");
}

#[test]
fn bounds_of_the_draw_give_way_where_the_teams_are_too_many_for_them() {
    let of = |associations: usize| {
        teams(16, ",pot,association", move |team| {
            format!(",{},Land {}", 1 + team / 4, team % associations)
        })
    };
    // Four groups: eight of one association are two a group, sixteen are no bound at all.
    for (associations, words) in [
        (4, "at most 1 of one association."),
        (2, "at most 2 of one association (the nearest"),
        (
            1,
            "Bounds left out of the draw: one association, which 16 of 16 teams share.",
        ),
    ] {
        let desk = Desk::with(&of(associations));
        desk.accepted("groups", &["--groups", "4"]);
        let readme = desk.read("README.md").replace("\n  ", " ");
        assert!(readme.contains(words), "{associations}: {readme}");
    }
}

#[test]
fn the_parts_of_the_bracket_are_those_of_the_draw() {
    // Ranked, the best two and the next two are sent to halves, the four to quarters of the bracket.
    let text = teams(48, ",ranking", |team| format!(",{}", team + 1));
    let desk = Desk::with(&text);
    let edition = desk.accepted("world-cup-2026", &[]);
    let stages = &edition.competition.stages;
    let round = |id: &str| {
        stages
            .iter()
            .position(|stage| stage.id == id)
            .expect("the round")
    };
    // Which ties of a round the winner of a group can reach.
    let reached = |group: usize, id: &str| {
        let mut at = (round("groups"), group, 0);
        let last = round(id);
        while at.0 != last {
            let next = stages.iter().enumerate().find_map(|(index, stage)| {
                let seat = |slot: &Slot| matches!(slot, Slot::Place(place) if (place.stage, place.group, place.rank) == at);
                let tie = stage.groups.iter().position(|tie| tie.entrants.iter().any(seat));
                tie.map(|tie| (index, tie, 0))
            });
            at = next.expect("winners go on");
        }
        at.1
    };
    let text = desk.read("edition.toml");
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("parts = "))
        .collect();
    assert_eq!(lines.len(), 3, "{text}");
    for (line, id) in lines
        .iter()
        .zip(["semi-finals", "semi-finals", "quarter-finals"])
    {
        let (_, parts) = line.split_once("parts = ").expect("parts");
        let parts = parts.split("], [").map(|part| {
            let letters = part
                .split('"')
                .filter(|id| id.len() == 1 && id.as_bytes()[0].is_ascii_uppercase());
            letters
                .map(|id| usize::from(id.as_bytes()[0] - b'A'))
                .collect::<Vec<_>>()
        });
        let ties: Vec<Vec<usize>> = parts
            .map(|part| {
                let mut ties: Vec<usize> = part.iter().map(|&group| reached(group, id)).collect();
                ties.dedup();
                ties
            })
            .collect();
        assert!(ties.iter().all(|ties| ties.len() == 1), "{line}: {ties:?}");
        let mut different: Vec<usize> = ties.concat();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), ties.len(), "{line}: {ties:?}");
    }
}

#[test]
fn names_with_quotes_and_commas_survive() {
    let text = "name,aliases\n\"Team \"\"A\"\", first\",A\nTeam \\ B,\nC/1/1,\n";
    let desk = Desk::with(text);
    let edition = desk.accepted("league", &[]);
    let names: Vec<&str> = edition
        .teams
        .ids()
        .map(|team| edition.teams.name(team))
        .collect();
    assert_eq!(names, ["Team \"A\", first", "Team \\ B", "C/1/1"]);
}

#[test]
fn nothing_is_ever_overwritten() {
    let desk = Desk::with(&names(4));
    desk.accepted("league", &[]);
    let before = desk.files();
    desk.refused(
        "league",
        &["--legs", "1"],
        "mine: | nothing is overwritten | -o",
    );
    assert_eq!(desk.files(), before);
    // Neither is a file, nor an edition whose template cannot be filled.
    desk.write("taken", "mine");
    let run = desk.run(&["new", "league", "--teams", "teams.csv", "-o", "taken"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("nothing is overwritten"),
        "{}",
        run.stderr
    );
    // An empty folder is as good as none; folders on the way are made.
    std::fs::create_dir(desk.0.path().join("empty")).expect("a folder for the test");
    for folder in ["empty", "on/the/way"] {
        let run = desk.run(&["new", "league", "--teams", "teams.csv", "-o", folder]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{folder}");
        assert_eq!(desk.run(&["check", folder]).code, Some(0), "{folder}");
    }
    let run = desk.run(&["new", "league", "--teams", "teams.csv"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        desk.entries(),
        ["empty", "league", "mine", "on", "taken", "teams.csv"]
    );
}

#[test]
fn the_folder_one_is_in_is_not_replaced() {
    let desk = Desk::with(&names(4));
    let inside = desk.0.path().join("inside");
    std::fs::create_dir(&inside).expect("a folder for the test");
    let run = run_in(
        &inside,
        &["new", "league", "--teams", "../teams.csv", "-o", "."],
    );
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("the folder you are in"),
        "{}",
        run.stderr
    );
    assert_eq!(desk.entries(), ["inside", "teams.csv"]);
}

#[test]
fn teams_that_do_not_fit_the_template_are_refused() {
    let bare = |count, extra: &str| names(count) + extra;
    let pots = |text: &str| text.to_owned();
    for (template, text, options, words) in [
        (
            "world-cup-2026",
            names(47),
            &[][..],
            "teams.csv: template `world-cup-2026`: 47 teams where it needs 48",
        ),
        ("league-phase", names(32), &[], "32 teams where it needs 36"),
        ("euro", names(16), &[], "16 teams where it needs 24"),
        ("league", names(65), &[], "65 teams where it takes 2 to 64"),
        ("league", names(1), &[], "1 teams; at least 2"),
        (
            "league",
            bare(3, "Team 02\n"),
            &[],
            "teams.csv:5: `Team 02` already names Team 02",
        ),
        (
            "league",
            "name,potts\nA,1\nB,2\n".into(),
            &[],
            "teams.csv:1: unknown column `potts`, did you mean `pot`?",
        ),
        (
            "league",
            "nome\nA\nB\n".into(),
            &[],
            "teams.csv:1: unknown column `nome`, did you mean `note` or `name`?",
        ),
        (
            "league",
            grouped(4, 2),
            &[],
            "it has one table; leave out the column `group`",
        ),
        (
            "euro",
            names(24),
            &[],
            "no team has a `pot`; give every team a `pot`, or a `ranking` or `coefficient`",
        ),
        (
            "league-phase",
            names(36),
            &[],
            "no team has a `pot`; | a `coefficient` or `ranking`",
        ),
        (
            "groups",
            potted(32, 4).replace("Team 05,1", "Team 05,"),
            &[],
            "teams.csv:6: | Team 05 has no `pot`; give every team one, or none",
        ),
        (
            "groups",
            potted(32, 4).replace("Team 05,1", "Team 05,2"),
            &[],
            "pot 1 has 7 teams, which 8 groups cannot share evenly",
        ),
        (
            "league-phase",
            potted(36, 3),
            &[],
            "pots of 12, 12, 12; it needs 4 pots of 9 teams",
        ),
        (
            "groups",
            teams(32, ",coefficient", |team| {
                if team == 6 {
                    ",".into()
                } else {
                    format!(",{}", 50 + team)
                }
            }),
            &[],
            "teams.csv:8: | Team 07 has neither a `pot` nor a `coefficient`",
        ),
        (
            "groups",
            teams(32, ",coefficient", |team| format!(",{}", 50 - team / 16)),
            &[],
            "edition.toml: | level where pot 1 ends | a column `pot`",
        ),
        (
            "groups",
            potted(30, 5),
            &[],
            "30 teams do not fill 8 groups evenly | --groups 1 or 2, or give",
        ),
        (
            "groups",
            potted(32, 4),
            &["--groups", "6"],
            "do not fill 6 groups | --groups 1 or 2 or 4 or 8",
        ),
        (
            "groups",
            potted(32, 4),
            &["--through", "3"],
            "--through: | 3 of each of 8 groups make no bracket",
        ),
        (
            "groups",
            grouped(30, 6),
            &[],
            "2 of each of 6 groups make no bracket",
        ),
        (
            "groups",
            grouped(32, 8),
            &["--groups", "4"],
            "--groups: | 4 where the column `group` has 8",
        ),
        (
            "groups",
            grouped(32, 8).replace("Team 09,A", "Team 09,"),
            &[],
            "teams.csv:10: | Team 09 has no `group`; give every team one",
        ),
        (
            "groups",
            pots("name,group\nA,x/1\nB,x/1\nC,x/1\n"),
            &[],
            "teams.csv:2: group `x/1`: expected letters",
        ),
        (
            "euro",
            grouped(24, 6).replace("Team 24,F", "Team 24,G"),
            &[],
            "teams.csv:25: group `G` is unknown | known: A, B, C, D, E, F",
        ),
        (
            "euro",
            grouped(24, 6).replace("Team 24,F", "Team 24,E"),
            &[],
            "group E has 5 teams where it needs 4",
        ),
        (
            "league",
            names(4),
            &["--groups", "2"],
            "--groups: template `league`: the number of groups is laid down; leave it out",
        ),
        (
            "euro",
            potted(24, 4),
            &["--legs", "2"],
            "--legs: | how often teams meet is laid down",
        ),
        (
            "euro",
            potted(24, 4),
            &["--through", "2"],
            "--through: | laid down",
        ),
        (
            "league",
            names(4),
            &["--host", "Team 01"],
            "--host: | no match is on neutral ground",
        ),
        (
            "euro",
            potted(24, 4),
            &["--host", "Team 91"],
            "--host: unknown team `Team 91`, did you mean",
        ),
        (
            "euro",
            potted(24, 4),
            &["--host", "Team 01", "--host", "Team 01"],
            "host `Team 01` is declared twice",
        ),
        (
            "euro",
            potted(24, 4),
            &["--host", "Team 24"],
            "--host: | Team 24 is not in pot 1, where hosts are; give it `pot` 1 in teams.csv",
        ),
        (
            "world-cup-2026",
            potted(48, 4),
            &[
                "--host", "Team 01", "--host", "Team 02", "--host", "Team 03", "--host", "Team 04",
            ],
            "4 hosts where it takes at most 3",
        ),
        (
            "euro",
            potted(24, 4),
            &["--from", "2028-06-09"],
            "--from: | no fixture is known before the draw; leave it out",
        ),
        (
            "league",
            names(4),
            &["--from", "9999-12-20"],
            "--from: | beyond the calendar",
        ),
        (
            "league",
            names(4),
            &["--name", " "],
            "--name: name ` `: expected a name",
        ),
        (
            "leage",
            names(4),
            &[],
            "unknown template `leage`, did you mean `league`",
        ),
    ] {
        Desk::with(&text).refused(template, options, words);
    }
    Desk::new().refused(
        "league",
        &[],
        "teams.csv: no such file; it should hold one team a line",
    );
}

#[test]
fn a_draw_that_no_outcome_satisfies_is_refused_before_anything_is_written() {
    // Hosts stand in groups of one half of the bracket, where the best two may not both be.
    let desk = Desk::with(&teams(48, ",ranking", |team| format!(",{}", team + 1)));
    let hosts = ["--host", "Team 01", "--host", "Team 02"];
    let words = "stage `groups`: | no outcome that meets the bound on Team 01, Team 02";
    desk.refused("world-cup-2026", &hosts, words);
    desk.accepted(
        "world-cup-2026",
        &["--host", "Team 01", "--host", "Team 03"],
    );
}

#[test]
fn usage_that_makes_no_sense_exits_with_2() {
    let desk = Desk::with(&names(4));
    for arguments in [
        &["new", "league"][..],
        &["new", "--teams", "teams.csv"],
        &[
            "new",
            "league",
            "--teams",
            "teams.csv",
            "--from",
            "2025-02-30",
        ],
        &["new", "league", "--teams", "teams.csv", "--legs", "0"],
        &["new", "league", "--teams", "teams.csv", "--legs", "11"],
        &["new", "league", "--teams", "teams.csv", "--groups", "x"],
        &["new", "--legs", "2"],
    ] {
        let run = desk.run(arguments);
        assert_eq!(
            (run.code, run.stdout.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
    }
    assert_eq!(desk.entries(), ["teams.csv"]);
}

#[test]
fn without_a_template_all_of_them_are_listed_a_line_each() {
    let run = Desk::new().run(&["new"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), embedded_templates().count());
    for (line, id) in lines.iter().zip(embedded_templates()) {
        let template = Template::open(id).expect("an embedded template");
        assert!(
            line.starts_with(id) && line.ends_with(&template.about),
            "{line}"
        );
        assert!(line.chars().count() <= 80, "{line}");
    }
}
