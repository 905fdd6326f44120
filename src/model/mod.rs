//! How goals come about: models that answer one question, for two teams and a venue the
//! probability of every scoreline.

mod bivariate_poisson;
mod diagonal_inflated;
mod dixon_coles;
mod elo;
mod given;
mod grid;
mod jet;
mod law;
mod negative_binomial;
mod odds;
mod parameters;
mod poisson;
mod renewal;
mod strengths;
mod weibull;

pub use elo::Elo;
pub use given::{Forecast, Given, GivenPairing};
pub use grid::{GRID_SIDE, ScoreGrid};
pub use law::{Belief, Law, Shape};
pub(crate) use law::{Expansion, Told};
pub use odds::Margin;
pub use parameters::{Parameters, Terms};
pub use strengths::StrengthsModel;

use crate::fixture::Venue;
use crate::team::TeamId;

/// The share of a match that extra time is: 30 minutes of 90.
pub const EXTRA_TIME: f64 = 1.0 / 3.0;

/// Two teams and where they meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pairing {
    /// The side named first.
    pub home: TeamId,
    /// The other side.
    pub away: TeamId,
    /// Whose ground it is.
    pub venue: Venue,
}

/// Whether strengths are taken as uncertain as the fit left them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strengths {
    /// Every block of seasons draws its own strengths from the posterior.
    #[default]
    Posterior,
    /// Every season uses the best estimate, as if it were the truth.
    PlugIn,
}

/// A fitted model of goals.
pub trait GoalModel: Sync {
    /// The best estimate of the parameters.
    fn estimate(&self) -> &[f64];

    /// Draws parameters from the posterior. `deviates` are independent standard normals, as many as
    /// there are parameters; all zero gives the estimate, and opposite signs mirror it.
    fn draw(&self, deviates: &[f64], parameters: &mut [f64]);

    /// The probability of every scoreline of a pairing, were these the true parameters, over a share
    /// of a match: 1 is 90 minutes, [`EXTRA_TIME`] half an hour.
    fn grid_of_share(&self, parameters: &[f64], pairing: Pairing, share: f64) -> ScoreGrid;

    /// The probability of every scoreline of a pairing, were these the true parameters.
    fn grid_at(&self, parameters: &[f64], pairing: Pairing) -> ScoreGrid {
        self.grid_of_share(parameters, pairing, 1.0)
    }

    /// How much stronger the first side is than the second, on the log scale: the log of the ratio of
    /// their goals on neutral ground.
    fn difference(&self, parameters: &[f64], first: TeamId, second: TeamId) -> f64;

    /// The probability of every scoreline of a pairing, averaged over the posterior.
    fn grid_over_posterior(&self, pairing: Pairing) -> ScoreGrid;

    /// The probability of every scoreline of a pairing, with the strengths as uncertain as asked.
    fn grid(&self, pairing: Pairing, strengths: Strengths) -> ScoreGrid {
        match strengths {
            Strengths::Posterior => self.grid_over_posterior(pairing),
            Strengths::PlugIn => self.grid_at(self.estimate(), pairing),
        }
    }
}
