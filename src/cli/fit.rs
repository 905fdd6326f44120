//! `matchday fit`

use clap::Args;
use matchday::fit::{Fit, Prior};
use matchday::report::{Manifest, StrengthsReport};

use super::{Known, Output};

/// Arguments of `matchday fit`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    output: Output,
}

/// Prints fitted strengths with their errors, home advantage, and who is connected.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let snapshot = arguments.known.open()?;
    let prior = Prior::default();
    let fit = Fit::of(&snapshot, &prior)?;
    let summary = fit.summary(&snapshot.edition().covariate_values(), &prior);
    let manifest = Manifest::new("fit", &snapshot).with_model(&prior);
    arguments.output.print(&StrengthsReport {
        snapshot: &snapshot,
        fit: &fit,
        summary: &summary,
        manifest,
    })
}
