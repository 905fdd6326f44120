//! Strengths that walk, as a forecaster: every match is learnt once.

use jiff::civil::Date;

use super::fitted::outcomes;
use super::{Forecast, Forecaster, Past, Upcoming};
use crate::error::Error;
use crate::fit::walk::{Evidence, Walk, Walks};
use crate::model::{GoalModel, Margin};
use crate::team::TeamId;

/// Forecasts by a [`Walk`], which never needs to be refitted.
#[derive(Clone, Debug)]
pub struct Walking {
    name: String,
    margin: Margin,
    walk: Walk,
    /// Before this date everything has been learnt.
    until: Date,
}

impl Walking {
    /// Before any match.
    pub fn new(name: &str, walks: Walks) -> Self {
        Self {
            name: name.into(),
            margin: walks.margin,
            walk: Walk::new(walks.law, walks.settings),
            until: Date::MIN,
        }
    }

    /// Learns what is new, lets time pass up to the date, and lets the teams of fixtures enter.
    fn follow(&mut self, past: &Past<'_>, fixtures: &[Upcoming]) -> Result<(), Error> {
        for played in past.since(self.until) {
            if let Some(evidence) = Evidence::of(played, self.margin) {
                self.walk.learn(&evidence)?;
            }
        }
        self.until = past.date();
        self.walk.advance(past.date());
        for fixture in fixtures {
            for team in [fixture.pairing.home, fixture.pairing.away] {
                self.walk.enter(team, fixture.league, fixture.season);
            }
        }
        Ok(())
    }
}

impl Forecaster for Walking {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn forecast(
        &mut self,
        past: &Past<'_>,
        fixtures: &[Upcoming],
    ) -> Result<Vec<Option<Forecast>>, Error> {
        self.follow(past, fixtures)?;
        let grid = |fixture: &Upcoming| self.walk.grid(fixture.league, fixture.pairing);
        Ok(fixtures
            .iter()
            .map(|fixture| Some(outcomes(&grid(fixture))))
            .collect())
    }

    /// Strengths go on walking while the rest is played: they are taken from half-way through it.
    fn goals(
        &mut self,
        past: &Past<'_>,
        rest: &[Upcoming],
    ) -> Result<Option<Box<dyn GoalModel>>, Error> {
        self.follow(past, rest)?;
        let Some(first) = rest.first() else {
            return Ok(None);
        };
        let mut later = self.walk.clone();
        later.advance(rest[rest.len() / 2].date);
        let teams: Vec<TeamId> = (0..past.teams() as u16).map(TeamId).collect();
        Ok(Some(Box::new(later.model(first.league, &teams)?)))
    }
}
