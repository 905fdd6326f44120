//! Odd but good input works, and odd surroundings do no harm.

use std::io::pipe;
use std::process::Stdio;

use unicode_width::UnicodeWidthStr;

use crate::scenario::*;

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
        "project league --threads 257",
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
