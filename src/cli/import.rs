//! `matchday import`

use std::path::PathBuf;

use clap::Args;
use matchday::edition::import::{Choice, Imported, import};
use matchday::io::{self, Aliases};
use matchday::report::with_notes;

use super::folder::{check_free, write};
use super::print;

const EXAMPLES: &str = "Examples:
  matchday import E0.csv -o premier-league
  matchday import en.1.json -o premier-league --aliases names.csv
  matchday import euro.txt -o euro --rulebook euro-2024
  matchday import england.csv -o first-division --league \"england 1\" --season 1992-93

docs/import.md lists the formats: football-data.co.uk, openfootball, engsoccerdata and others.";

/// Arguments of `matchday import`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Files of results and fixtures in any of the formats known, detected by content.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The folder to write, which must not hold anything yet.
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
    /// The edition's name in print [default: league and season].
    #[arg(long)]
    name: Option<String>,
    /// A CSV file `alias,name`: names that mean the same team.
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// An embedded rulebook or a .toml file [default: that of the league, else plain rules].
    #[arg(long)]
    rulebook: Option<String>,
    /// Which league, where the files hold several.
    #[arg(long)]
    league: Option<String>,
    /// Which season, where the files hold several.
    #[arg(long)]
    season: Option<String>,
    /// How often teams of a table meet, where the matches do not show it.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10))]
    legs: Option<u32>,
}

/// Writes an edition from files of others, whole or not at all.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    check_free(&arguments.output)?;
    let aliases = arguments.aliases.as_deref();
    let aliases = aliases.map_or_else(|| Ok(Aliases::default()), Aliases::read)?;
    let history = io::read(&arguments.files, &aliases)?;
    let choice = Choice {
        name: arguments.name.clone(),
        rulebook: arguments.rulebook.clone(),
        league: arguments.league.clone(),
        season: arguments.season.clone(),
        legs: arguments.legs,
    };
    let Imported { draft, notices } = import(&history, &choice, &arguments.output)?;
    write(&draft, &arguments.output)?;
    let edition = &draft.edition;
    let scores = edition
        .fixtures
        .iter()
        .filter(|listed| listed.fixture.score.is_some());
    let text = format!(
        "{}: {}, {} teams, {} fixtures, {} with a score; README.md says what was assumed",
        arguments.output.display(),
        edition.name,
        edition.teams.len(),
        edition.fixtures.len(),
        scores.count(),
    );
    print(&with_notes(&text, &notices))
}
