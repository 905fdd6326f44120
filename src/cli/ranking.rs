//! `matchday ranking`

use clap::Args;
use matchday::report::{Manifest, RankingReport};

use super::{Known, Output};

/// Arguments of `matchday ranking`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    output: Output,
}

/// Prints the ranking of earlier seasons, who enters where, and the pots of draws.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let snapshot = arguments.known.open()?;
    let manifest = Manifest::new("ranking", &snapshot);
    arguments.output.print(&RankingReport {
        snapshot: &snapshot,
        manifest,
    })
}
