//! `matchday leverage`

use std::path::PathBuf;

use clap::Args;
use matchday::project::Leverage;
use matchday::report::{KeptSeasons, LeverageReport};

use super::{Output, kept};

/// Arguments of `matchday leverage`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Seasons that `matchday project … --keep FILE` has kept.
    file: PathBuf,
    /// Whom to root for: what every result does for this team [default: what matters most to all].
    team: Option<String>,
    /// Only this outcome, and more of it.
    #[arg(long, value_name = "NAME")]
    outcome: Option<String>,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "\
Every match that is left between known teams is held against every outcome of every team: how likely is it given
a home win, a draw, an away win? docs/queries.md says how that becomes one number.

Examples:
  matchday project caf-confederation-cup-2023-24 --after \"matchday 4\" --keep caf.seasons
  matchday leverage caf.seasons
  matchday leverage caf.seasons --outcome quarter-finals
  matchday leverage caf.seasons Zamalek --outcome quarter-finals
  matchday leverage caf.seasons --format csv > leverage.csv";

/// Opens, asks and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut kept = kept::open(&arguments.file)?;
    let named = kept::named(&kept);
    let team = arguments.team.as_deref();
    let team = team.map(|team| named.team(team)).transpose()?;
    let outcome = arguments.outcome.as_deref();
    let outcome = outcome.map(|outcome| named.outcome(outcome)).transpose()?;
    let leverage = Leverage::of(&mut kept, team, outcome)?;
    arguments.output.print(&LeverageReport {
        kept: KeptSeasons::of(&kept),
        team,
        leverage: &leverage,
    })
}
