//! What the past says of strengths: penalised likelihood with a hierarchical prior, whose spread is
//! estimated by marginal likelihood.

mod connected;
mod likelihood;
mod newton;
mod prior;
mod spread;
mod summary;
pub mod walk;

pub use connected::unconnected_groups;
pub use likelihood::PlayedMatch;
pub use prior::{Belief, Prior};
pub use summary::{Dispersion, Estimate, Summary, TeamStrength};

use crate::edition::Snapshot;
use crate::error::Error;
use crate::fixture::FULL_TIME;
use crate::model::{Pairing, Parameters, PoissonModel};
use likelihood::Posterior;

/// A fitted model and what it was fitted to.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The model.
    pub model: PoissonModel,
    /// Standard deviation of attacks, and of defences, around their prior mean.
    pub spread: f64,
    /// The matches it learnt from.
    pub matches: Vec<PlayedMatch>,
    /// Every group of teams that matches connect, largest first; one group if all are connected.
    pub groups: Vec<Vec<crate::team::TeamId>>,
}

impl Fit {
    /// Fits Poisson goals to everything played in a snapshot, in whichever stage.
    ///
    /// # Errors
    /// [`Error::FitDiverged`] if Newton's method does not settle, which no plausible scores cause.
    pub fn of(snapshot: &Snapshot, prior: &Prior) -> Result<Self, Error> {
        let competition = &snapshot.edition().competition;
        let played = snapshot.played().map(|(fixture, played)| {
            let (home, away) = (fixture.home, fixture.away);
            PlayedMatch {
                pairing: Pairing {
                    home,
                    away,
                    venue: competition.venue(fixture.venue, home, away),
                },
                goals: played.goals,
                share: f64::from(played.minutes) / f64::from(FULL_TIME),
            }
        });
        Self::to_matches(
            played.collect(),
            snapshot.edition().covariate_values(),
            prior,
        )
    }

    /// Fits Poisson goals to matches; `covariate` holds one standardised value per team.
    ///
    /// # Errors
    /// As [`Fit::of`].
    pub fn to_matches(
        matches: Vec<PlayedMatch>,
        covariate: Vec<f64>,
        prior: &Prior,
    ) -> Result<Self, Error> {
        let posterior = Posterior {
            matches: &matches,
            covariate: &covariate,
            prior,
        };
        let spread = spread::most_likely(&posterior)?;
        let peak = newton::maximise(&posterior, spread, posterior.start())?;
        let parameters = Parameters {
            teams: covariate.len(),
        };
        let model = PoissonModel::new(parameters, peak.at, &peak.precision);
        let groups = unconnected_groups(covariate.len(), &matches);
        Ok(Self {
            model,
            spread,
            matches,
            groups,
        })
    }
}
