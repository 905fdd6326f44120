//! What the teams of a stage bring along from an earlier one.

use super::raw::{RawCarry, RawStage};
use super::structure::Declared;
use crate::competition::{Carried, Seating, Slot, Stage};
use crate::error::Error;
use crate::standings::{CarriedMatches, CarriedPoints, Carry};

impl Declared<'_> {
    pub(super) fn carry(
        &self,
        stage: &RawStage,
        raw: &RawCarry,
        before: &[Stage],
    ) -> Result<Carried, Error> {
        const MATCHES: [(&str, CarriedMatches); 3] = [
            ("all", CarriedMatches::All),
            ("among entrants", CarriedMatches::AmongEntrants),
            ("without last", CarriedMatches::WithoutLast),
        ];
        const POINTS: [(&str, CarriedPoints); 3] = [
            ("all", CarriedPoints::All),
            ("half, rounded up", CarriedPoints::HalfRoundedUp),
            ("half, rounded down", CarriedPoints::HalfRoundedDown),
        ];
        let from = self.earlier_stage(stage, &raw.from, before)?;
        let unknown = before[from]
            .groups
            .iter()
            .find(|group| group.unknown.is_some());
        if let Some(group) = unknown {
            let problem = format!(
                "it carries records from stage `{}`, whose group `{}` is unknown; leave out `carry`",
                before[from].id, group.id
            );
            return Err(self.stage_error(&raw.from, stage, problem));
        }
        let what = Carry {
            matches: match &raw.matches {
                None => CarriedMatches::All,
                Some(word) => self.word("matches", word, &MATCHES)?,
            },
            points: match &raw.points {
                None => CarriedPoints::All,
                Some(word) => self.word("points", word, &POINTS)?,
            },
            goals: raw.goals.unwrap_or(true),
        };
        Ok(Carried { stage: from, what })
    }

    /// Who brings something along must come from where it was earned.
    pub(super) fn feeds(
        &self,
        raw: &RawStage,
        stage: &Stage,
        before: &[Stage],
    ) -> Result<(), Error> {
        let Some(carried) = stage.carry else {
            return Ok(());
        };
        let drawn = match &stage.seating {
            Seating::Drawn(drawing) => drawing.pots.iter().flat_map(|pot| &pot.balls).collect(),
            _ => Vec::new(),
        };
        let entrants = stage.groups.iter().flat_map(|group| &group.entrants);
        for slot in entrants.chain(drawn) {
            if !matches!(slot, Slot::Place(place) if place.stage == carried.stage) {
                let from = &before[carried.stage].id;
                let who = match slot {
                    Slot::Team(team) => self.teams.name(*team).to_owned(),
                    Slot::Place(place) => place.name(before),
                };
                return Err(Error::Stage {
                    at: self.file.at(&raw.id),
                    stage: stage.id.clone(),
                    problem: format!(
                        "it carries records from stage `{from}`, which does not feed `{who}`; enter places of \
                         `{from}` only, or leave out `carry`"
                    ),
                });
            }
        }
        Ok(())
    }
}
