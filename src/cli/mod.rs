//! The command line: one file per command; a command reads like a paragraph.

mod bench;
mod check;
mod checkpoint;
mod compare;
mod draw;
mod evaluate;
mod file;
mod fit;
mod folder;
mod import;
mod keep;
mod kept;
mod leverage;
mod list;
mod merge;
mod model;
mod new;
mod opponents;
mod orders;
mod pairing;
mod part;
mod past;
mod play;
mod points;
mod progress;
mod project;
mod query;
mod ranking;
mod rules;
mod scenario;
mod select;
mod show;
mod table;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use matchday::edition::import::{self as from_results, Choice};
use matchday::edition::{Edition, Snapshot, When};
use matchday::error::Error;
use matchday::io::{Aliases, read};
use matchday::report::{Format, Report};
use serde::{Deserialize, Serialize};

/// Projects football competitions: who qualifies, how likely, and how sure that number is.
#[derive(Parser)]
#[command(version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  matchday list
  matchday table caf-confederation-cup-2023-24 --after \"matchday 4\"
  matchday project caf-confederation-cup-2023-24 --after \"matchday 4\"
  matchday project uefa-champions-league-2023-24 --after start -n 1000000 --seed 7
  matchday project uefa-champions-league-2023-24 --after start -n 1000000 --keep ucl.seasons
  matchday query ucl.seasons \"Arsenal in semi-finals & Real Madrid in semi-finals\"
  matchday compare caf-confederation-cup-2007 --after \"matchday 5\" --set \"Dolphins 0-0 Al-Merrikh\"
  matchday leverage ucl.seasons
  matchday draw uefa-champions-league-2023-24 round-of-16 --procedure exact
  matchday new league --teams teams.csv -o my-league
  matchday import E0.csv -o premier-league
  matchday project premier-league --history E0_*.csv
  matchday evaluate E0_*.csv
  matchday rules uefa-club-2021
  matchday check my-league/";

#[derive(Subcommand)]
enum Command {
    /// List the embedded editions.
    List(list::Arguments),
    /// Show an edition: stages, rules in words, teams, dates.
    Show(show::Arguments),
    /// Show a rulebook in plain words, or list the embedded ones.
    Rules(rules::Arguments),
    /// Show the real tables and ties, and which rule separated whom.
    Table(table::Arguments),
    /// Estimate team strengths from the matches played.
    Fit(fit::Arguments),
    /// Show what to expect of one pairing.
    Match(pairing::Arguments),
    /// Play the rest of the competition many times and show who finishes where.
    Project(project::Arguments),
    /// Play two scenarios on the same random numbers and show what is between them.
    Compare(compare::Arguments),
    /// Put the parts of a run together, and show the projection as of the whole.
    Merge(merge::Arguments),
    /// Ask kept seasons how likely any combination is.
    Query(query::Arguments),
    /// Show in kept seasons which match matters to whom, and whom to root for.
    Leverage(leverage::Arguments),
    /// Show in kept seasons how many points, and which results, a team needs.
    Points(points::Arguments),
    /// Show in kept seasons whom a team may meet.
    Opponents(opponents::Arguments),
    /// Show in kept seasons the likeliest final tables.
    Orders(orders::Arguments),
    /// Show who comes together in a draw, and how likely.
    Draw(draw::Arguments),
    /// Test models on matches that they have not seen.
    Evaluate(evaluate::Arguments),
    /// Choose the model that does best on matches it has not seen.
    Select(select::Arguments),
    /// Show the ranking of earlier seasons, who enters where, and the pots of draws.
    Ranking(ranking::Arguments),
    /// Write an edition of your own from a template.
    New(new::Arguments),
    /// Write an edition from results and fixtures in somebody else's format.
    Import(import::Arguments),
    /// Check an edition of your own.
    Check(check::Arguments),
    /// Measure how fast seasons are played, and where the time goes.
    Bench(bench::Arguments),
}

/// Which edition, and what of it is known.
#[derive(Args, Clone, Debug, Serialize, Deserialize)]
struct Known {
    /// An embedded edition (see `matchday list`), the folder of one's own, or a file of results that
    /// `matchday import` reads.
    edition: String,
    /// What is known: a date, "matchday 4", or "start"; nothing after it is visible [default: everything].
    #[arg(long, value_name = "WHEN")]
    after: Option<String>,
}

/// An embedded edition, a folder, or what a file of results makes; what that assumed goes to stderr.
fn open(edition: &str) -> Result<Edition, Error> {
    let path = Path::new(edition);
    if !path.is_file() {
        return Edition::open(edition);
    }
    let history = read(&[path], &Aliases::default())?;
    let imported = from_results::import(&history, &Choice::default(), path)?;
    for notice in imported.notices {
        eprintln!("note: {notice}");
    }
    Ok(imported.draft.edition)
}

impl Known {
    fn open(&self) -> anyhow::Result<Snapshot> {
        let when = self.after.as_deref().map_or(Ok(When::Now), str::parse)?;
        Ok(open(&self.edition)?.as_of(when)?)
    }
}

/// How to print.
#[derive(Args)]
struct Output {
    /// How to print.
    #[arg(long, value_enum, default_value_t = FormatName::Table, global = true)]
    format: FormatName,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// Text for people.
    Table,
    /// One JSON document with a manifest.
    Json,
    /// Comma-separated values.
    Csv,
}

impl Output {
    /// Prints a report whole.
    fn print(&self, report: &impl Report) -> anyhow::Result<()> {
        let format = match self.format {
            FormatName::Table => Format::Table,
            FormatName::Json => Format::Json,
            FormatName::Csv => Format::Csv,
        };
        print(&report.show(format))
    }
}

/// Writes text to standard output, with styles only where they are wanted.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Says something on standard error that is no error.
fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "note: {text}");
}

/// The message of an error, with control characters of the input made visible: on one line, but for
/// questions, which are shown below with marks.
fn message(error: &anyhow::Error) -> String {
    let message = format!("{error:#}");
    match error.downcast_ref() {
        Some(Error::Question { .. }) => {
            let lines: Vec<String> = message.lines().map(visible).collect();
            lines.join("\n")
        }
        _ => visible(&message),
    }
}

/// A text with its control characters made visible.
fn visible(text: &str) -> String {
    let visible = |character: char| match character.is_control() {
        true => character.escape_default().to_string(),
        false => character.to_string(),
    };
    text.chars().map(visible).collect()
}

/// Whether an error only says that the reader of our output has gone.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let cause = error.root_cause().downcast_ref::<io::Error>();
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// The exit code of what an interrupt has ended, as shells have it.
const INTERRUPTED: u8 = 130;

/// The user has interrupted the run; what was done by then is printed, or kept.
#[derive(Debug, thiserror::Error)]
#[error("interrupted after {seasons} seasons")]
struct Interrupted {
    seasons: u64,
}

/// Parses, runs, and reports: 0 done, 1 bad input, 2 bad usage, 130 interrupted.
pub fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::List(arguments) => list::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Table(arguments) => table::run(&arguments),
        Command::Fit(arguments) => fit::run(&arguments),
        Command::Match(arguments) => pairing::run(&arguments),
        Command::Project(arguments) => project::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Merge(arguments) => merge::run(&arguments),
        Command::Query(arguments) => query::run(&arguments),
        Command::Leverage(arguments) => leverage::run(&arguments),
        Command::Points(arguments) => points::run(&arguments),
        Command::Opponents(arguments) => opponents::run(&arguments),
        Command::Orders(arguments) => orders::run(&arguments),
        Command::Draw(arguments) => draw::run(&arguments),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Select(arguments) => select::run(&arguments),
        Command::Ranking(arguments) => ranking::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    match result {
        Err(error) if error.is::<Interrupted>() => {
            note(&error.to_string());
            ExitCode::from(INTERRUPTED)
        }
        Err(error) if !is_closed_pipe(&error) => {
            let _ = writeln!(anstream::stderr(), "error: {}", message(&error));
            ExitCode::from(1)
        }
        _ => ExitCode::SUCCESS,
    }
}
