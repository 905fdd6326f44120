//! The teams of an edition, followed through their past up to a point in time.

use jiff::civil::Date;

use super::super::{Beforehand, Fit, Method, PlayedMatch, Settings, unconnected_groups};
use super::{Background, Evidence, Walk, Walks};
use crate::edition::Snapshot;
use crate::error::Error;
use crate::model::{Margin, Pairing};
use crate::team::TeamId;

/// Attack, and defence, of a team of which nothing is known, against the average of all.
const NEWCOMER: f64 = -0.2;

impl Fit {
    /// Follows the teams of a snapshot through what was known of their past. Strengths that walk are as they
    /// will be half-way through what is still to be played.
    ///
    /// A match that both have counts as the edition has it, with the shots and odds of the history. What the
    /// edition says is still to be played never counts.
    ///
    /// # Errors
    /// Those of [`Fit::to_matches`], and [`Error::WalkDiverged`].
    pub fn following(
        snapshot: &Snapshot,
        background: &Background,
        method: &Method,
    ) -> Result<Self, Error> {
        let matches: Vec<PlayedMatch> = background
            .own
            .iter()
            .filter_map(|own| background.played(own))
            .collect();
        let fit = match method {
            Method::Still(settings) => Self::standing(background, settings)?,
            Method::Walking(walks) => Self::walking(background, walks)?,
        };
        let teams = background.of_edition.len();
        let groups = match fit.past {
            0 => unconnected_groups(teams, &matches),
            _ => vec![snapshot.edition().teams.ids().collect()],
        };
        Ok(Self {
            groups,
            matches,
            beforehand: vec![0.0; teams].into(),
            ..fit
        })
    }

    /// One fit to everything, of which the teams of the edition are kept.
    fn standing(background: &Background, settings: &Settings) -> Result<Self, Error> {
        let past = background.past(Margin::default());
        let all = past.iter().chain(&background.own);
        let matches = all.filter_map(|evidence| {
            Some(PlayedMatch {
                pairing: evidence.pairing,
                goals: evidence.goals?,
                share: evidence.share,
                day: evidence.date,
                weight: 1.0,
            })
        });
        let known = background.history().teams.len();
        let last = background.of_edition.iter().map(|team| team.index() + 1);
        let count = last.max().unwrap_or(0).max(known);
        let offset = |team: usize| match team < known {
            true => [0.0; 2],
            false => [NEWCOMER; 2],
        };
        let beforehand = Beforehand {
            covariate: vec![0.0; count],
            offsets: (0..count).map(offset).collect(),
        };
        let settings = Settings {
            as_of: settings.as_of.or(background.until),
            ..*settings
        };
        let fit = Self::to_matches(matches.collect(), beforehand, &settings)?;
        Ok(Self {
            model: fit.model.of_teams(&background.of_edition),
            past: past.len(),
            ..fit
        })
    }

    /// One pass over everything, match by match.
    fn walking(background: &Background, walks: &Walks) -> Result<Self, Error> {
        let mut evidence = background.past(walks.margin);
        let past = evidence.len();
        let own = background.own.iter();
        evidence.extend(own.map(|own| background.told(own, walks.margin)));
        evidence.sort_by_key(|evidence| {
            let Pairing { home, away, .. } = evidence.pairing;
            (evidence.date, home, away)
        });
        let mut walk = Walk::new(walks.law, walks.settings.clone());
        for evidence in &evidence {
            walk.learn(evidence)?;
        }
        let open = &background.open;
        let from = open.first().copied().or(background.until);
        walk.advance(from.unwrap_or(Date::MIN));
        let mut teams = background.of_edition.clone();
        teams.sort_unstable();
        for &team in &teams {
            walk.enter(team, background.league, background.season);
        }
        if let Some(&middle) = open.get(open.len() / 2) {
            walk.advance(middle);
        }
        Ok(Self {
            model: walk.model(background.league, &background.of_edition)?,
            spread: walks.settings.spread,
            log_likelihood: walk.log_likelihood(),
            groups: Vec::new(),
            matches: Vec::new(),
            past,
            beforehand: Vec::new().into(),
            method: Method::Walking(walks.clone()),
        })
    }
}

impl Background {
    /// A match as the edition knows it.
    fn played(&self, own: &Evidence) -> Option<PlayedMatch> {
        let known = |team: TeamId| {
            let place = self.of_edition.iter().position(|&known| known == team)?;
            Some(TeamId(place as u16))
        };
        Some(PlayedMatch {
            pairing: Pairing {
                home: known(own.pairing.home)?,
                away: known(own.pairing.away)?,
                venue: own.pairing.venue,
            },
            goals: own.goals?,
            share: own.share,
            day: own.date,
            weight: 1.0,
        })
    }
}
