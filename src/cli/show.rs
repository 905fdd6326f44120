//! `matchday show`

use clap::Args;
use matchday::edition::When;
use matchday::report::{EditionCard, Manifest};

use super::Output;

/// Arguments of `matchday show`.
#[derive(Args)]
pub struct Arguments {
    /// An embedded edition (see `matchday list`), the folder of one's own, or a file of results that
    /// `matchday import` reads.
    edition: String,
    #[command(flatten)]
    output: Output,
}

/// Prints the stages, rules, teams and dates of an edition.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let snapshot = super::open(&arguments.edition)?.as_of(When::Now)?;
    let manifest = Manifest::new("show", &snapshot);
    arguments.output.print(&EditionCard {
        snapshot: &snapshot,
        manifest,
    })
}
