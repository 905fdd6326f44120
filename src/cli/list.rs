//! `matchday list`

use clap::Args;
use matchday::edition::{Edition, embedded_editions};
use matchday::report::EditionList;

use super::Output;

/// Arguments of `matchday list`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    output: Output,
}

/// Prints the embedded editions, one line each.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let editions = embedded_editions()
        .map(Edition::open)
        .collect::<Result<_, _>>()?;
    arguments.output.print(&EditionList { editions })
}
