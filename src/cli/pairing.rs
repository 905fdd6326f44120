//! `matchday match`

use clap::Args;
use matchday::edition::Snapshot;
use matchday::error::{Error, Location};
use matchday::fixture::Venue;
use matchday::model::{Given, GoalModel, Pairing};
use matchday::report::{Manifest, PairingReport};
use matchday::team::TeamId;

use super::model::{GivenArguments, ModelArguments};
use super::scenario::StrengthsName;
use super::{Known, Output};

/// Arguments of `matchday match`.
#[derive(Args)]
pub struct Arguments {
    /// An embedded edition (see `matchday list`), the folder of one's own, or a file of results that
    /// `matchday import` reads.
    edition: String,
    /// The home side.
    home: String,
    /// The away side.
    away: String,
    /// What is known: a date, "matchday 4", or "start"; nothing after it is visible [default: everything].
    #[arg(long, value_name = "WHEN")]
    after: Option<String>,
    /// Play on neutral ground: nobody has the home advantage.
    #[arg(long)]
    neutral: bool,
    /// Average over the posterior of the strengths, or take the best estimate for the truth.
    #[arg(long, value_enum, default_value_t = StrengthsName::Posterior)]
    strengths: StrengthsName,
    #[command(flatten)]
    model: ModelArguments,
    #[command(flatten)]
    given: GivenArguments,
    #[command(flatten)]
    output: Output,
}

/// Prints what to expect of one pairing.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let known = Known {
        edition: arguments.edition.clone(),
        after: arguments.after.clone(),
    };
    let snapshot = known.open()?;
    let home = team(&snapshot, &arguments.home)?;
    let away = team(&snapshot, &arguments.away)?;
    if home == away {
        let team = snapshot.edition().teams.name(home).to_owned();
        return Err(Error::PlaysItself {
            at: Location::new("AWAY", 0),
            team,
        }
        .into());
    }
    let (fit, history) = arguments.model.fit(&snapshot)?;
    let venue = if arguments.neutral {
        Venue::Neutral
    } else {
        Venue::Home
    };
    let pairing = Pairing { home, away, venue };
    let strengths = arguments.strengths.into();
    let (given, given_options) = arguments.given.read(&snapshot)?;
    let grid = Given::over(&fit.model, given)?.grid(pairing, strengths);
    let manifest = Manifest::new("match", &snapshot)
        .with_model(&fit.method)
        .with_history(history)
        .with_given(given_options);
    arguments.output.print(&PairingReport {
        snapshot: &snapshot,
        pairing,
        strengths,
        grid: &grid,
        manifest,
    })
}

fn team(snapshot: &Snapshot, name: &str) -> Result<TeamId, Error> {
    snapshot
        .edition()
        .teams
        .find(name)
        .map_err(|nearest| Error::UnknownTeam {
            at: Location::new(&snapshot.edition().id, 0),
            name: name.into(),
            nearest,
        })
}
