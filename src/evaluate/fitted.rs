//! Fitted goals models as forecasters.

use super::{Forecast, Forecaster, Past, Upcoming};
use crate::error::Error;
use crate::fit::{Fit, PlayedMatch, Settings};
use crate::fixture::Outcome;
use crate::model::{GoalModel, Pairing, ScoreGrid, Strengths};

/// A law of goals, refitted before every date to everything played.
#[derive(Clone, Debug)]
pub struct Fitted {
    name: String,
    settings: Settings,
    /// The fit of the last date, from which the next one starts.
    last: Option<Fit>,
}

impl Fitted {
    /// A forecaster that fits with these settings. Without a prior, the best estimate is taken for the
    /// truth: there is nothing that holds what few matches leave open.
    pub fn new(name: &str, settings: Settings) -> Self {
        Self {
            name: name.into(),
            settings,
            last: None,
        }
    }

    fn fit(&mut self, past: &Past<'_>) -> Result<&Fit, Error> {
        let matches = past.played().map(|(played, goals)| {
            let pairing = Pairing {
                home: played.home,
                away: played.away,
                venue: played.venue,
            };
            PlayedMatch::new(pairing, goals, played.date)
        });
        let matches: Vec<PlayedMatch> = matches.collect();
        let beforehand = vec![0.0; past.teams()];
        let settings = Settings {
            as_of: Some(past.date()),
            ..self.settings
        };
        let fit = match &self.last {
            Some(last) => last.again(matches, beforehand, &settings)?,
            None => Fit::to_matches(matches, beforehand, &settings)?,
        };
        Ok(self.last.insert(fit))
    }
}

impl Forecaster for Fitted {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn forecast(
        &mut self,
        past: &Past<'_>,
        fixtures: &[Upcoming],
    ) -> Result<Vec<Option<Forecast>>, Error> {
        let strengths = self.strengths();
        let model = &self.fit(past)?.model;
        let forecast = |fixture: &Upcoming| Some(outcomes(&model.grid(fixture.pairing, strengths)));
        Ok(fixtures.iter().map(forecast).collect())
    }

    fn strengths(&self) -> Strengths {
        match self.settings.prior {
            Some(_) => Strengths::Posterior,
            None => Strengths::PlugIn,
        }
    }

    fn goals(
        &mut self,
        past: &Past<'_>,
        _: &[Upcoming],
    ) -> Result<Option<Box<dyn GoalModel>>, Error> {
        Ok(Some(Box::new(self.fit(past)?.model.clone())))
    }
}

/// The probabilities of home win, draw and away win.
pub(super) fn outcomes(grid: &ScoreGrid) -> Forecast {
    [Outcome::HomeWin, Outcome::Draw, Outcome::AwayWin].map(|outcome| grid.outcome(outcome))
}
