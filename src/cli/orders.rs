//! `matchday orders`

use std::path::PathBuf;

use clap::Args;
use matchday::project::FinalOrders;
use matchday::report::{KeptSeasons, OrdersReport};

use super::{Output, kept};

/// Arguments of `matchday orders`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Seasons that `matchday project … --keep FILE` has kept.
    file: PathBuf,
    /// A group, or a stage with all its groups [default: every group].
    place: Option<String>,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "\
The complete orders in which groups ended, the likeliest first. Groups of more than eight teams are left out: they
hardly end the same way twice.

Examples:
  matchday project caf-confederation-cup-2023-24 --after \"matchday 4\" --keep caf.seasons
  matchday orders caf.seasons
  matchday orders caf.seasons \"Group B\"";

/// Opens, asks and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut kept = kept::open(&arguments.file)?;
    let groups = match &arguments.place {
        Some(place) => kept::named(&kept).groups(place)?,
        None => 0..kept.layout().groups.len(),
    };
    let groups = FinalOrders::of(&mut kept, groups)?;
    arguments.output.print(&OrdersReport {
        kept: KeptSeasons::of(&kept),
        groups: &groups,
    })
}
