//! What the file says of a match itself: the bookmaker's odds, or somebody's probabilities.

use super::{Forecast, Forecaster, Past, Upcoming};
use crate::error::Error;
use crate::model::Margin;

/// The odds of the file, their margin removed: the ceiling.
#[derive(Clone, Copy, Debug, Default)]
pub struct Market {
    /// How the margin is removed.
    pub margin: Margin,
}

impl Forecaster for Market {
    fn name(&self) -> String {
        match self.margin {
            Margin::Power => "market",
            Margin::Proportional => "market-proportional",
            Margin::Shin => "market-shin",
        }
        .into()
    }

    fn forecast(
        &mut self,
        _: &Past<'_>,
        fixtures: &[Upcoming],
    ) -> Result<Vec<Option<Forecast>>, Error> {
        let probabilities = |fixture: &Upcoming| {
            let odds = fixture.odds?;
            self.margin.remove([odds.home, odds.draw, odds.away])
        };
        Ok(fixtures.iter().map(probabilities).collect())
    }

    fn is_given(&self) -> bool {
        true
    }
}

/// The probabilities of the file, as they stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given;

impl Forecaster for Given {
    fn name(&self) -> String {
        "given".into()
    }

    fn forecast(
        &mut self,
        _: &Past<'_>,
        fixtures: &[Upcoming],
    ) -> Result<Vec<Option<Forecast>>, Error> {
        Ok(fixtures.iter().map(|fixture| fixture.given).collect())
    }

    fn is_given(&self) -> bool {
        true
    }
}
