//! Fitted goals models as forecasters.

use super::{Forecast, Forecaster, Past, Upcoming};
use crate::error::Error;
use crate::fit::{Fit, PlayedMatch, Settings};
use crate::fixture::Outcome;
use crate::model::{GoalModel, Pairing, ScoreGrid, Strengths, StrengthsModel};

/// Poisson goals, refitted before every date to everything played.
#[derive(Clone, Debug, Default)]
pub struct PoissonFits {
    settings: Settings,
}

impl PoissonFits {
    fn fit(&self, past: &Past<'_>) -> Result<StrengthsModel, Error> {
        let matches = past.played().map(|(played, goals)| {
            let pairing = Pairing {
                home: played.home,
                away: played.away,
                venue: played.venue,
            };
            PlayedMatch::new(pairing, goals, played.date)
        });
        let fit = Fit::to_matches(matches.collect(), vec![0.0; past.teams()], &self.settings)?;
        Ok(fit.model)
    }
}

impl Forecaster for PoissonFits {
    fn name(&self) -> String {
        "poisson".into()
    }

    fn forecast(
        &mut self,
        past: &Past<'_>,
        fixtures: &[Upcoming],
    ) -> Result<Vec<Option<Forecast>>, Error> {
        let model = self.fit(past)?;
        let grid = |fixture: &Upcoming| model.grid(fixture.pairing, Strengths::Posterior);
        Ok(fixtures
            .iter()
            .map(|fixture| Some(outcomes(&grid(fixture))))
            .collect())
    }

    fn goals(
        &mut self,
        past: &Past<'_>,
        _: &[Upcoming],
    ) -> Result<Option<Box<dyn GoalModel>>, Error> {
        Ok(Some(Box::new(self.fit(past)?)))
    }
}

/// The probabilities of home win, draw and away win.
pub(super) fn outcomes(grid: &ScoreGrid) -> Forecast {
    [Outcome::HomeWin, Outcome::Draw, Outcome::AwayWin].map(|outcome| grid.outcome(outcome))
}
