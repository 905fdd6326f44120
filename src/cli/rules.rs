//! `matchday rules`

use clap::Args;
use matchday::edition::{embedded_rulebooks, open_rulebook};
use matchday::report::{RulebookCard, RulebookList};

use super::Output;

/// Arguments of `matchday rules`.
#[derive(Args)]
pub struct Arguments {
    /// An embedded rulebook or a .toml file [default: lists the embedded ones].
    rulebook: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// Prints a rulebook in plain words, or the list of those embedded.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    match &arguments.rulebook {
        Some(name) => arguments.output.print(&RulebookCard {
            rulebook: open_rulebook(name)?,
        }),
        None => {
            let rulebooks = embedded_rulebooks()
                .map(open_rulebook)
                .collect::<Result<_, _>>()?;
            arguments.output.print(&RulebookList { rulebooks })
        }
    }
}
