//! `matchday opponents`

use std::path::PathBuf;

use clap::Args;
use matchday::project::Meetings;
use matchday::report::{KeptSeasons, MeetingsReport};

use super::{Output, kept};

/// Arguments of `matchday opponents`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Seasons that `matchday project … --keep FILE` has kept.
    file: PathBuf,
    /// The team.
    team: String,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "\
Rounds of ties whose teams are open, and whom the team meets in them, given that it gets there.

Examples:
  matchday project caf-confederation-cup-2023-24 --after \"matchday 4\" --keep caf.seasons
  matchday opponents caf.seasons Zamalek";

/// Opens, asks and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut kept = kept::open(&arguments.file)?;
    let team = kept::named(&kept).team(&arguments.team)?;
    let rounds = Meetings::of(&mut kept, team)?;
    arguments.output.print(&MeetingsReport {
        kept: KeptSeasons::of(&kept),
        team,
        rounds: &rounds,
    })
}
