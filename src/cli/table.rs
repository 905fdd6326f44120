//! `matchday table`

use clap::Args;
use matchday::report::{Manifest, StandingsReport};

use super::{Known, Output};

/// Arguments of `matchday table`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    output: Output,
}

/// Prints the real tables and ties.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let snapshot = arguments.known.open()?;
    let manifest = Manifest::new("table", &snapshot);
    arguments.output.print(&StandingsReport {
        snapshot: &snapshot,
        manifest,
    })
}
