//! Which matches are forecast, and the walk through them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use super::component::Component;
use super::{Forecast, Forecaster, Past, Upcoming};
use crate::error::Error;
use crate::fit::walk::{Evidence, Walked};
use crate::fixture::Outcome;
use crate::history::{History, PastMatch};
use crate::model::{Margin, Pairing};

/// Where testing starts; everything before is there to learn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// On a date.
    On(Date),
    /// After so many seasons of every league.
    AfterSeasons(usize),
}

/// Fewer matches than this, to learn from or to be tested on, say nothing.
const LEAST_MATCHES: usize = 30;

/// The matches of a history that are forecast.
pub struct TestSet<'a> {
    history: &'a History,
    components: Vec<Component>,
    /// In order of dates: positions in the history's matches.
    tested: Vec<usize>,
    /// `[match of the history]`: its position in `tested`.
    places: Vec<Option<usize>>,
}

impl<'a> TestSet<'a> {
    /// Everything played on the pitch from the start on.
    ///
    /// # Errors
    /// [`Error::NothingToTest`] where too little is left to learn from or to test.
    pub fn new(history: &'a History, start: Start) -> Result<Self, Error> {
        let seasons = seasons(history);
        let is_tested = |played: &PastMatch| match start {
            Start::On(date) => played.date >= date,
            Start::AfterSeasons(skipped) => {
                let before = &seasons[usize::from(played.league)];
                before.iter().position(|&season| season == played.season) >= Some(skipped)
            }
        };
        let played = history.matches.iter().enumerate();
        let played =
            played.filter(|(_, played)| played.goals.is_some() && !played.after_extra_time);
        let (tested, learnt): (Vec<_>, Vec<_>) = played.partition(|(_, played)| is_tested(played));
        if learnt.len() < LEAST_MATCHES || tested.len() < LEAST_MATCHES {
            let problem = problem(history, start, learnt.len(), tested.len());
            return Err(Error::NothingToTest { problem });
        }
        let tested: Vec<usize> = tested.into_iter().map(|(position, _)| position).collect();
        let mut places = vec![None; history.matches.len()];
        for (place, &position) in tested.iter().enumerate() {
            places[position] = Some(place);
        }
        Ok(Self {
            history,
            components: Component::all(history),
            tested,
            places,
        })
    }

    /// The history it is of.
    pub fn history(&self) -> &'a History {
        self.history
    }

    /// The parts whose leagues share no team, in order of their first league.
    pub(super) fn components(&self) -> &[Component] {
        &self.components
    }

    /// Whether the match in a position of the history is forecast.
    pub(super) fn is_tested(&self, position: usize) -> bool {
        self.places[position].is_some()
    }

    /// What was played before the first match that is forecast, part by part: what settings may be tuned on.
    /// The first half of each part is only learnt from.
    pub fn before(&self, margin: Margin) -> Vec<Walked> {
        let first = self.matches().map(|(played, _)| played.date).min();
        let is_before = |played: &&PastMatch| Some(played.date) < first;
        let parts = self.components.iter().map(|component| {
            let matches = component.history.matches.iter().take_while(is_before);
            let evidence: Vec<Evidence> = matches
                .filter_map(|played| Evidence::of(played, margin))
                .collect();
            Walked {
                burn_in: evidence.len() / 2,
                evidence,
            }
        });
        parts.collect()
    }

    /// How many matches are forecast.
    pub fn len(&self) -> usize {
        self.tested.len()
    }

    /// Whether none is; never so.
    pub fn is_empty(&self) -> bool {
        self.tested.is_empty()
    }

    /// The matches that are forecast with how they ended, in order of dates.
    pub fn matches(&self) -> impl Iterator<Item = (&'a PastMatch, Outcome)> + '_ {
        let matches = self
            .tested
            .iter()
            .map(|&position| &self.history.matches[position]);
        matches.map(|played| {
            let goals = played.goals.expect("only what was played is tested");
            (played, goals.outcome())
        })
    }

    /// Asks a forecaster for every match of the set, each on the morning of its day, as in
    /// [`matches`](Self::matches). Every part of the history whose leagues share no team with the rest
    /// has a forecaster of its own; parts run in parallel, and the answers do not depend on the
    /// threads. `progress` is told how many matches have been forecast.
    ///
    /// # Errors
    /// The forecaster's.
    pub fn walk(
        &self,
        forecaster: &(dyn Fn() -> Box<dyn Forecaster> + Sync),
        progress: impl Fn(u64) + Sync,
    ) -> Result<Vec<Option<Forecast>>, Error> {
        let walks = self.components.par_iter();
        let walks =
            walks.map(|component| self.walk_through(component, &mut *forecaster(), &progress));
        let mut answers = vec![None; self.tested.len()];
        for (place, answer) in walks.collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
            answers[place] = answer;
        }
        Ok(answers)
    }

    fn walk_through(
        &self,
        component: &Component,
        forecaster: &mut dyn Forecaster,
        progress: &impl Fn(u64),
    ) -> Result<Vec<(usize, Option<Forecast>)>, Error> {
        let mut days: BTreeMap<Date, Vec<(usize, Upcoming)>> = BTreeMap::new();
        for (played, &position) in component.history.matches.iter().zip(&component.positions) {
            if let Some(place) = self.places[position] {
                let fixture = Upcoming::of(played, forecaster.is_given());
                days.entry(played.date).or_default().push((place, fixture));
            }
        }
        let mut answers = Vec::new();
        for (date, fixtures) in days {
            let (places, fixtures): (Vec<_>, Vec<_>) = fixtures.into_iter().unzip();
            let past = Past::new(&component.history, date, &fixtures);
            let forecasts = forecaster.forecast(&past, &fixtures)?;
            assert_eq!(forecasts.len(), fixtures.len(), "one forecast a fixture");
            progress(places.len() as u64);
            answers.extend(places.into_iter().zip(forecasts));
        }
        Ok(answers)
    }
}

/// `[league]`: its seasons, in order of their first match.
fn seasons(history: &History) -> Vec<Vec<u16>> {
    let mut seasons: Vec<Vec<u16>> = vec![Vec::new(); history.leagues.len()];
    for played in &history.matches {
        let seasons = &mut seasons[usize::from(played.league)];
        if !seasons.contains(&played.season) {
            seasons.push(played.season);
        }
    }
    seasons
}

/// Why too little is left, and what would do.
fn problem(history: &History, start: Start, learnt: usize, tested: usize) -> String {
    let dates = || {
        history
            .matches
            .iter()
            .filter(|played| played.goals.is_some())
    };
    let (Some(first), Some(last)) = (dates().next(), dates().next_back()) else {
        return "no match has been played; give files with results".into();
    };
    let span = format!("matches run from {} to {}", first.date, last.date);
    let needed = format!("at least {LEAST_MATCHES} are needed");
    let (few, found) = match learnt < LEAST_MATCHES {
        true => ("to learn from", learnt),
        false => ("to test on", tested),
    };
    let what = match start {
        Start::On(date) => format!("from {date} on leaves {found} matches {few}"),
        Start::AfterSeasons(1) => {
            format!("after the first season of every league {found} matches are left {few}")
        }
        Start::AfterSeasons(skipped) => {
            format!(
                "after the first {skipped} seasons of every league {found} matches are left {few}"
            )
        }
    };
    format!("{what}, {needed}; {span}: choose another start, or give more seasons")
}

impl Upcoming {
    /// What is announced of a match, with what the file says of it where that may be seen.
    pub(super) fn of(played: &PastMatch, is_given: bool) -> Self {
        Self {
            pairing: Pairing {
                home: played.home,
                away: played.away,
                venue: played.venue,
            },
            date: played.date,
            league: played.league,
            season: played.season,
            odds: played.odds.filter(|_| is_given),
            given: played.given.filter(|_| is_given),
        }
    }
}
