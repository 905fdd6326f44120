//! Pairings whose forecast is given, by another package, a bookmaker or a person; all others are
//! answered by a fitted model.

use super::law::Density;
use super::odds::nearest_log_rates;
use super::strengths::StrengthsModel;
use super::{GoalModel, Pairing, ScoreGrid};
use crate::error::{Error, Location};
use crate::team::TeamId;

/// What is said of a match over 90 minutes.
#[derive(Clone, Debug, PartialEq)]
pub enum Forecast {
    /// Rates of home and away side, above 0, in goals per match.
    Rates([f64; 2]),
    /// Probabilities of home win, draw and away win; they sum to one.
    Outcomes([f64; 3]),
    /// The probability of every scoreline.
    Grid(Box<ScoreGrid>),
}

/// A forecast and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenPairing {
    /// Who meets where.
    pub pairing: Pairing,
    /// What is said of it.
    pub forecast: Forecast,
    /// The names of both sides, for errors.
    pub title: String,
    /// Where it is said, for errors.
    pub at: Location,
}

/// A fitted model with forecasts of some pairings laid over it.
pub struct Given<'m> {
    fitted: &'m StrengthsModel,
    /// Sorted by pairing.
    known: Vec<(Pairing, Known)>,
}

enum Known {
    LogRates([f64; 2]),
    Grid(Box<ScoreGrid>),
}

impl<'m> Given<'m> {
    /// Lays forecasts over a model. Rates and outcomes become grids by the law of the model, outcomes
    /// by the two log rates at which the grid has them.
    ///
    /// # Errors
    /// [`Error::NoRates`] for outcomes that no rates have, such as four draws in five.
    pub fn over(fitted: &'m StrengthsModel, given: Vec<GivenPairing>) -> Result<Self, Error> {
        let density = fitted.density(fitted.estimate());
        let know = |given: GivenPairing| {
            let known = match given.forecast {
                Forecast::Rates(rates) => Known::LogRates(rates.map(libm::log)),
                Forecast::Outcomes(outcomes) => {
                    let log_rates = log_rates(density.as_ref(), outcomes);
                    Known::LogRates(log_rates.ok_or(Error::NoRates {
                        at: given.at,
                        pairing: given.title,
                        outcomes,
                    })?)
                }
                Forecast::Grid(grid) => Known::Grid(grid),
            };
            Ok((given.pairing, known))
        };
        let mut known: Vec<_> = given.into_iter().map(know).collect::<Result<_, Error>>()?;
        known.sort_by_key(|(pairing, _)| key(*pairing));
        Ok(Self { fitted, known })
    }

    fn known(&self, pairing: Pairing) -> Option<&Known> {
        let found = self
            .known
            .binary_search_by_key(&key(pairing), |(pairing, _)| key(*pairing));
        found.ok().map(|position| &self.known[position].1)
    }
}

fn key(pairing: Pairing) -> (TeamId, TeamId, u8) {
    (pairing.home, pairing.away, pairing.venue as u8)
}

impl GoalModel for Given<'_> {
    fn estimate(&self) -> &[f64] {
        self.fitted.estimate()
    }

    fn draw(&self, deviates: &[f64], parameters: &mut [f64]) {
        self.fitted.draw(deviates, parameters);
    }

    /// Part of a match of which a whole grid is given has the rates that the grid expects.
    fn grid_of_share(&self, parameters: &[f64], pairing: Pairing, share: f64) -> ScoreGrid {
        let law = || self.fitted.density(self.fitted.estimate());
        match self.known(pairing) {
            None => self.fitted.grid_of_share(parameters, pairing, share),
            Some(Known::LogRates(log_rates)) => law().grid(*log_rates, libm::log(share)),
            Some(Known::Grid(grid)) if share == 1.0 => ScoreGrid::clone(grid),
            Some(Known::Grid(grid)) => {
                let log_rates = grid.expected_goals().map(libm::log);
                law().grid(log_rates, libm::log(share))
            }
        }
    }

    fn difference(&self, parameters: &[f64], first: TeamId, second: TeamId) -> f64 {
        self.fitted.difference(parameters, first, second)
    }

    fn grid_over_posterior(&self, pairing: Pairing) -> ScoreGrid {
        match self.known(pairing) {
            None => self.fitted.grid_over_posterior(pairing),
            Some(_) => self.grid_at(self.estimate(), pairing),
        }
    }
}

/// Outcomes that no rates come nearer to than this are refused.
const NEAR_ENOUGH: f64 = 1e-3;

/// The log rates at which a law's grid has these outcomes, if any are near enough.
fn log_rates(density: &dyn Density, outcomes: [f64; 3]) -> Option<[f64; 2]> {
    let (log_rates, miss) = nearest_log_rates(density, outcomes);
    (miss < NEAR_ENOUGH).then_some(log_rates)
}

#[cfg(test)]
mod tests {
    use crate::fixture::Outcome;
    use crate::model::Law;

    #[test]
    fn outcomes_come_back_from_the_rates_they_imply() {
        for law in Law::ALL {
            let shape: Vec<f64> = law.shapes().iter().map(|shape| shape.belief.mean).collect();
            let density = law.shaped(&shape);
            for log_rates in [[0.4, 0.1], [1.0, -0.9], [-0.6, 0.7]] {
                let grid = density.grid(log_rates, 0.0);
                let outcomes = [Outcome::HomeWin, Outcome::Draw, Outcome::AwayWin]
                    .map(|outcome| grid.outcome(outcome));
                let found = super::log_rates(density.as_ref(), outcomes).unwrap();
                for (found, asked) in found.into_iter().zip(log_rates) {
                    assert!((found - asked).abs() < 1e-5, "{law:?}: {found} and {asked}");
                }
            }
        }
    }

    #[test]
    fn outcomes_without_rates_are_refused() {
        let density = Law::Poisson.shaped(&[]);
        let draws = super::log_rates(density.as_ref(), [0.5, 0.01, 0.49]);
        assert_eq!(draws, None);
    }
}
