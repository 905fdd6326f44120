//! Valid editions spoilt at random: whatever is left of them is refused with a reason or played.

use std::ops::Range;
use std::path::Path;

use matchday::edition::{Edition, When, embedded_editions};
use matchday::error::Error;
use matchday::fit::{Fit, Settings};
use matchday::model::Strengths;
use matchday::project::Projection;
use matchday::report::{Manifest, ProjectionReport, Report, StandingsReport};
use matchday::simulate::{Options, Plan, Shootouts, check_draws, simulate};
use proptest::prelude::*;

const SEASONS: u64 = 8;

/// The files of an embedded edition, its rulebook and table of seats included, so that they can be spoilt.
fn files(edition: &str) -> Vec<(String, String)> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let read = |file: &str, folder: &str| {
        let text = std::fs::read_to_string(models.join(folder).join(file)).ok()?;
        Some((file.to_owned(), text))
    };
    let own = format!("editions/{edition}");
    let (_, declared) = read("edition.toml", &own).expect("an edition");
    let named = |key: &str, ending: &str| {
        let value = |line: &str| Some(line.strip_prefix(key)?.trim_matches('"').to_owned());
        let name = declared.lines().find_map(value).unwrap_or_default();
        format!("{name}.{ending}")
    };
    let names = [
        "edition.toml",
        "teams.csv",
        "matches.csv",
        "values.csv",
        "ranking.csv",
    ];
    let files = names.iter().filter_map(|name| read(name, &own));
    let rulebook = read(&named("rulebook = ", "toml"), "rulebooks");
    let table = read(&named("table = ", "csv"), "allocations");
    files.chain(rulebook).chain(table).collect()
}

/// One way to spoil a file; the numbers choose where.
#[derive(Clone, Debug)]
enum Slip {
    DeleteLine(usize),
    DuplicateLine(usize),
    SwapLines(usize, usize),
    ChangeNumber(usize, usize),
    /// A key with its value; in CSV a cell.
    RemoveKey(usize),
    /// A text in place of another; in CSV of the same column.
    Repeat(usize, usize),
    Truncate(usize),
}

fn slips() -> impl Strategy<Value = Slip> {
    let at = any::<usize>;
    prop_oneof![
        at().prop_map(Slip::DeleteLine),
        at().prop_map(Slip::DuplicateLine),
        (at(), at()).prop_map(|(one, other)| Slip::SwapLines(one, other)),
        (at(), at()).prop_map(|(at, to)| Slip::ChangeNumber(at, to)),
        at().prop_map(Slip::RemoveKey),
        (at(), at()).prop_map(|(one, other)| Slip::Repeat(one, other)),
        (at(), at()).prop_map(|(one, other)| Slip::Repeat(one, other)),
        at().prop_map(Slip::Truncate),
    ]
}

/// What a number may become: small ones, and both sides of what bytes, machine words and groups hold.
const NUMBERS: [&str; 12] = [
    "0",
    "1",
    "2",
    "3",
    "-1",
    "9",
    "64",
    "65",
    "255",
    "256",
    "4294967296",
    "99999999999999999999",
];

impl Slip {
    fn spoil(&self, text: &str) -> String {
        match *self {
            Self::DeleteLine(at) => lines(text, |lines| {
                lines.remove(at % lines.len());
            }),
            Self::DuplicateLine(at) => lines(text, |lines| {
                let at = at % lines.len();
                lines.insert(at, lines[at]);
            }),
            Self::SwapLines(one, other) => lines(text, |lines| {
                let count = lines.len();
                lines.swap(one % count, other % count);
            }),
            Self::ChangeNumber(at, to) => {
                let number = runs(text, |c| c.is_ascii_digit());
                replaced(text, &number, at, NUMBERS[to % NUMBERS.len()])
            }
            Self::RemoveKey(at) => {
                let entries = runs(text, |c| c != ',' && c != '\n');
                replaced(text, &entries, at, "")
            }
            Self::Repeat(one, other) => {
                let texts = texts(text);
                let Some(one) = texts.get(one % texts.len().max(1)) else {
                    return text.into();
                };
                let alike = |other: &&Range<usize>| column(text, other) == column(text, one);
                let alike: Vec<_> = texts.iter().filter(alike).collect();
                let other = alike[other % alike.len()].clone();
                replaced(text, std::slice::from_ref(one), 0, &text[other])
            }
            Self::Truncate(at) => {
                let ends: Vec<usize> = text.char_indices().map(|(end, _)| end).collect();
                let end = ends.get(at % ends.len().max(1)).copied();
                text[..end.unwrap_or(0)].into()
            }
        }
    }
}

fn is_toml(text: &str) -> bool {
    text.contains(" = ")
}

fn lines(text: &str, change: impl FnOnce(&mut Vec<&str>)) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if !lines.is_empty() {
        change(&mut lines);
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Where characters of a kind stand in a row.
fn runs(text: &str, is: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|&(_, c)| is(c)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += c.len_utf8(),
            _ => runs.push(at..at + c.len_utf8()),
        }
    }
    runs
}

/// Texts in quotes, or the cells of a file without any.
fn texts(text: &str) -> Vec<Range<usize>> {
    match is_toml(text) {
        true => {
            let parts = runs(text, |c| c != '"');
            parts.into_iter().skip(1).step_by(2).collect()
        }
        false => runs(text, |c| !matches!(c, ',' | '\n')),
    }
}

/// In which column of a CSV file something stands.
fn column(text: &str, at: &Range<usize>) -> usize {
    let line = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
    match is_toml(text) {
        true => 0,
        false => text[line..at.start].matches(',').count(),
    }
}

fn replaced(text: &str, runs: &[Range<usize>], at: usize, by: &str) -> String {
    match runs.get(at % runs.len().max(1)) {
        Some(run) => format!("{}{by}{}", &text[..run.start], &text[run.end..]),
        None => text.into(),
    }
}

/// Reads, checks and projects, as the commands do.
fn play(folder: &Path, when: When) -> Result<(), Error> {
    let edition = Edition::open(folder.to_str().expect("a path in UTF-8"))?;
    let snapshot = edition.as_of(when)?;
    check_draws(&snapshot)?;
    StandingsReport {
        snapshot: &snapshot,
        manifest: Manifest::new("table", &snapshot),
    }
    .text();
    let fit = Fit::of(&snapshot, &Settings::default())?;
    let options = Options {
        strengths: Strengths::Posterior,
        shootouts: Shootouts::Even,
        causes: true,
        through: None,
    };
    let plan = Plan::new(&snapshot, &fit.model, options, &[])?;
    let tally = simulate(&plan, 1, SEASONS, |_| {})?;
    let projection = Projection::new(&snapshot, &plan, &tally);
    for boundary in &projection.boundaries {
        let seasons = boundary.causes.iter().map(|(_, cause)| cause.seasons);
        assert_eq!(seasons.sum::<u64>(), SEASONS, "{boundary:?}");
    }
    let report = ProjectionReport {
        snapshot: &snapshot,
        projection: &projection,
        manifest: Manifest::new("project", &snapshot),
        seed: 1,
        strengths: options.strengths,
        set: Vec::new(),
        precision: None,
        opponents: true,
    };
    report.text();
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_left_of_an_edition_is_refused_with_a_reason_or_played(
        edition in prop::sample::select(embedded_editions().collect::<Vec<_>>()),
        when in prop::sample::select(vec![When::Entries, When::Start, When::Matchday(2), When::Now]),
        slips in prop::collection::vec((any::<usize>(), slips()), 1..4),
    ) {
        let mut files = files(edition);
        for (file, slip) in &slips {
            let file = file % files.len();
            files[file].1 = slip.spoil(&files[file].1);
        }
        let folder = tempfile::tempdir().expect("a folder for the test");
        for (file, text) in &files {
            std::fs::write(folder.path().join(file), text).expect("a file for the test");
        }
        if let Err(error) = play(folder.path(), when) {
            let error = error.to_string();
            prop_assert!(!error.is_empty() && error.lines().count() == 1, "{:?}", error);
        }
    }
}
