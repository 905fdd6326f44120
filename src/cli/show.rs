//! `matchday show`

use clap::Args;
use matchday::edition::{Edition, When};
use matchday::report::{EditionCard, Manifest};

use super::Output;

/// Arguments of `matchday show`.
#[derive(Args)]
pub struct Arguments {
    /// An embedded edition (see `matchday list`) or the folder of one's own.
    edition: String,
    #[command(flatten)]
    output: Output,
}

/// Prints the stages, rules, teams and dates of an edition.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let snapshot = Edition::open(&arguments.edition)?.as_of(When::Now)?;
    let manifest = Manifest::new("show", &snapshot);
    arguments.output.print(&EditionCard {
        snapshot: &snapshot,
        manifest,
    })
}
