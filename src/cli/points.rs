//! `matchday points`

use std::path::PathBuf;

use clap::Args;
use matchday::project::PointsNeeded;
use matchday::report::{KeptSeasons, PointsReport};

use super::{Output, kept};

/// Arguments of `matchday points`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Seasons that `matchday project … --keep FILE` has kept.
    file: PathBuf,
    /// The team.
    team: String,
    /// Only this outcome.
    #[arg(long, value_name = "NAME")]
    outcome: Option<String>,
    /// The stage or group, for a team that is in several tables.
    #[arg(long = "in", value_name = "PLACE")]
    place: Option<String>,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "\
Every number of points that the team ended with, every record of its matches left, and how likely its outcomes
are with each.

Examples:
  matchday project caf-confederation-cup-2023-24 --after \"matchday 4\" --keep caf.seasons
  matchday points caf.seasons Zamalek
  matchday points caf.seasons \"Abu Salim\" --outcome quarter-finals";

/// Opens, asks and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut kept = kept::open(&arguments.file)?;
    let named = kept::named(&kept);
    let team = named.team(&arguments.team)?;
    let table = named.table(team, arguments.place.as_deref())?;
    let outcome = arguments.outcome.as_deref();
    let outcome = outcome.map(|outcome| named.outcome(outcome)).transpose()?;
    let points = PointsNeeded::of(&mut kept, table, outcome)?;
    arguments.output.print(&PointsReport {
        kept: KeptSeasons::of(&kept),
        points: &points,
    })
}
