//! The teams of an edition, followed through their past up to a point in time.

use jiff::civil::Date;

use super::super::{Fit, Method, PlayedMatch, unconnected_groups};
use super::{Background, Evidence, Walk, Walks};
use crate::edition::Snapshot;
use crate::error::Error;
use crate::model::Pairing;
use crate::team::TeamId;

impl Fit {
    /// Follows the teams of a snapshot through what was known of their past. The strengths are as they will
    /// be half-way through what is still to be played.
    ///
    /// A match that both have counts as the edition has it, with the shots and odds of the history. What the
    /// edition says is still to be played never counts.
    ///
    /// # Errors
    /// [`Error::FractionOfGoals`], [`Error::WalkDiverged`].
    pub fn following(
        snapshot: &Snapshot,
        background: &Background,
        walks: &Walks,
    ) -> Result<Self, Error> {
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
        let matches: Vec<PlayedMatch> = background
            .own
            .iter()
            .filter_map(|own| background.played(own))
            .collect();
        let groups = match past {
            0 => unconnected_groups(teams.len(), &matches),
            _ => vec![snapshot.edition().teams.ids().collect()],
        };
        Ok(Self {
            model: walk.model(background.league, &background.of_edition)?,
            spread: walks.settings.spread,
            log_likelihood: walk.log_likelihood(),
            groups,
            matches,
            past,
            beforehand: vec![0.0; teams.len()].into(),
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
