//! What the command prints: the same bytes for the same input, and nothing of the future.

use std::path::Path;
use std::process::Command;

use matchday::competition::Seating;
use matchday::edition::{Edition, embedded_editions, embedded_rulebooks};

const FORMATS: [&str; 3] = ["table", "json", "csv"];
const PROJECT: [&str; 6] = [
    "project",
    "caf-confederation-cup-2023-24",
    "--after",
    "matchday 4",
    "-n",
    "20000",
];

fn run(arguments: &[&str], threads: Option<&str>) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_matchday"));
    if let Some(threads) = threads {
        command.env("RAYON_NUM_THREADS", threads);
    }
    let output = command.args(arguments).output().expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn any_number_of_threads_gives_the_same_bytes_in_every_format() {
    for format in FORMATS {
        let arguments: Vec<&str> = PROJECT
            .iter()
            .copied()
            .chain(["--causes", "--format", format])
            .collect();
        let first = run(&arguments, None);
        assert_eq!(first, run(&arguments, None), "{format}, run again");
        for threads in ["1", "2", "7"] {
            assert_eq!(
                first,
                run(&arguments, Some(threads)),
                "{format}, {threads} threads"
            );
            let option = [&arguments[..], &["--threads", threads]].concat();
            assert_eq!(first, run(&option, None), "{format}, --threads {threads}");
        }
    }
}

#[test]
fn another_seed_gives_other_bytes() {
    let other = [&PROJECT[..], &["--seed", "2"]].concat();
    assert_ne!(run(&PROJECT, None), run(&other, None));
}

/// Copies an embedded edition's folder, with one line of its matches changed.
fn planted(edition: &str, folder: &Path, change: impl Fn(&str) -> String) -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("models/editions")
        .join(edition);
    let copy = folder.join(edition);
    std::fs::create_dir_all(&copy).unwrap();
    for file in ["edition.toml", "teams.csv", "ranking.csv"] {
        std::fs::copy(source.join(file), copy.join(file)).unwrap();
    }
    let matches = std::fs::read_to_string(source.join("matches.csv")).unwrap();
    std::fs::write(
        copy.join("matches.csv"),
        matches
            .lines()
            .map(|line| change(line) + "\n")
            .collect::<String>(),
    )
    .unwrap();
    copy.to_str().unwrap().to_owned()
}

#[test]
fn a_result_planted_after_the_date_changes_no_byte() {
    let edition = "caf-confederation-cup-2023-24";
    // The last matchday turned round would send other teams to the quarter-finals.
    let planted_line = |line: &str| match line {
        line if line.contains("Rivers United,Dreams FC,2,1") && line.starts_with("groups") => {
            line.replace("Rivers United,Dreams FC,2,1", "Rivers United,Dreams FC,0,9")
        }
        line if line.contains("Stade Malien,Diables Noirs,1,0") => line.replace(
            "Stade Malien,Diables Noirs,1,0",
            "Stade Malien,Diables Noirs,0,7",
        ),
        line if line.starts_with("quarter-finals")
            && line.contains("Rivers United,USM Alger,1,0") =>
        {
            line.replace("Rivers United,USM Alger,1,0", "Rivers United,USM Alger,8,0")
        }
        line => line.to_owned(),
    };
    let (plain, changed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let plain = planted(edition, plain.path(), str::to_owned);
    let changed = planted(edition, changed.path(), planted_line);
    let differs = |file: &str| {
        let read = |folder: &str| std::fs::read(Path::new(folder).join(file)).unwrap();
        read(&plain) != read(&changed)
    };
    assert!(differs("matches.csv"), "nothing was planted");
    for when in ["matchday 4", "2024-02-24", "start"] {
        for format in FORMATS {
            for command in ["table", "fit", "project", "ranking"] {
                let arguments = |folder| {
                    let mut arguments = vec![command, folder, "--after", when, "--format", format];
                    if command == "project" {
                        arguments.extend(["-n", "2000"]);
                    }
                    arguments
                };
                let seen = [&plain, &changed].map(|folder| run(&arguments(folder.as_str()), None));
                assert!(
                    seen[0] == seen[1],
                    "{command} --after {when} --format {format} sees the future"
                );
            }
        }
    }
}

#[test]
fn an_embedded_edition_and_its_folder_give_the_same_bytes() {
    let edition = "caf-confederation-cup-2023-24";
    let folder = tempfile::tempdir().unwrap();
    let copy = planted(edition, folder.path(), str::to_owned);
    let own = [&["project", copy.as_str()], &PROJECT[2..]].concat();
    assert_eq!(run(&PROJECT, None), run(&own, None));
}

#[test]
fn a_group_sends_on_exactly_as_many_as_its_outcome_has_places() {
    let json = run(&[&PROJECT[..], &["--format", "json"]].concat(), None);
    let document: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let groups = document["groups"].as_array().unwrap().iter();
    let groups: Vec<_> = groups.filter(|group| group["stage"] == "groups").collect();
    assert_eq!(groups.len(), 4);
    for group in groups {
        let teams = group["teams"].as_array().unwrap();
        let seasons = |team: &serde_json::Value| team["outcomes"][0]["seasons"].as_u64().unwrap();
        assert_eq!(teams.iter().map(seasons).sum::<u64>(), 2 * 20_000);
        for place in 0..4 {
            let seasons =
                |team: &serde_json::Value| team["positions"][place]["seasons"].as_u64().unwrap();
            assert_eq!(teams.iter().map(seasons).sum::<u64>(), 20_000);
        }
    }
    assert_eq!(document["manifest"]["run"]["seed"], 1);
    assert_eq!(document["manifest"]["as_of"], "matchday 4");
}

fn fits_eighty_columns(command: &[&str]) {
    use unicode_width::UnicodeWidthStr;
    let text = String::from_utf8(run(command, None)).unwrap();
    for line in text.lines() {
        assert!(line.width() <= 80, "{command:?}: {line}");
    }
}

#[test]
fn no_line_of_text_is_wider_than_eighty_columns() {
    for id in embedded_editions() {
        for command in ["show", "table", "fit", "ranking"] {
            fits_eighty_columns(&[command, id]);
        }
        fits_eighty_columns(&["table", id, "--after", "matchday 3"]);
        for when in ["start", "matchday 3"] {
            let project = ["project", id, "--after", when, "-n", "600"];
            fits_eighty_columns(&[&project[..], &["--opponents", "--causes"]].concat());
        }
    }
    for id in embedded_rulebooks() {
        fits_eighty_columns(&["rules", id]);
    }
    for list in ["list", "rules", "new"] {
        fits_eighty_columns(&[list]);
    }
}

#[test]
fn no_draw_is_wider_than_eighty_columns() {
    for id in embedded_editions() {
        let edition = Edition::open(id).unwrap();
        let stages = edition.competition.stages.iter();
        for stage in stages.filter(|stage| matches!(stage.seating, Seating::Drawn(_))) {
            let draw = ["draw", id, &stage.id, "--after", "2030-01-01", "-n", "100"];
            fits_eighty_columns(&draw);
        }
    }
}

/// Golden output. `TRYCMD=overwrite cargo test` writes it anew.
#[test]
fn documented_commands_print_what_the_documents_say() {
    trycmd::TestCases::new()
        .case("README.md")
        .case("tests/golden/*.md");
}
