//! `matchday fit`

use clap::Args;
use matchday::report::{Manifest, StrengthsReport};

use super::model::ModelArguments;
use super::{Known, Output};

/// Arguments of `matchday fit`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    model: ModelArguments,
    #[command(flatten)]
    output: Output,
}

/// Prints fitted strengths with their errors, home advantage, and who is connected.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let snapshot = arguments.known.open()?;
    let (fit, history) = arguments.model.fit(&snapshot)?;
    let summary = fit.summary();
    let manifest = Manifest::new("fit", &snapshot)
        .with_model(&fit.method)
        .with_history(history);
    arguments.output.print(&StrengthsReport {
        snapshot: &snapshot,
        fit: &fit,
        summary: &summary,
        manifest,
    })
}
