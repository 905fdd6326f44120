//! Who is in the groups of a stage, as far as the stages before have decided it.

use super::Snapshot;
use crate::competition::{DrawKind, Group, Seating, Slot};
use crate::error::{Error, Location};
use crate::fixture::Fixture;
use crate::team::TeamId;

impl Snapshot {
    pub(super) fn lies_ahead(&self, stage: usize) -> bool {
        let declared = &self.edition.competition.stages[stage];
        let unlisted = |group: &Group| group.entrants.is_empty();
        match &declared.seating {
            Seating::Drawn(drawing) => {
                let still_open = match drawing.kind {
                    DrawKind::Groups(_) => declared.groups.iter().all(unlisted),
                    // Its draw says who meets whom, so it has been held once fixtures are listed.
                    DrawKind::LeaguePhase { .. } => self.fixtures(stage, 0).next().is_none(),
                };
                still_open || declared.drawn.is_some_and(|day| day > self.day)
            }
            _ => declared.drawn.is_some_and(|day| day > self.day),
        }
    }

    /// Works out who is in the groups of a stage from what the earlier stages have decided.
    pub(super) fn reveal(&mut self, stage: usize) -> Result<(), Error> {
        let declared = &self.edition.competition.stages[stage];
        let resolve = |slot: &Slot| match *slot {
            Slot::Team(team) => Some(team),
            Slot::Place(place) => self.finisher(place),
        };
        let members: Vec<Option<Vec<TeamId>>> = match &declared.seating {
            Seating::Table(_) => self.seated(stage),
            seating => {
                // A league phase is drawn by fixtures; who is in it is known before.
                let league = matches!(
                    seating,
                    Seating::Drawn(drawing) if !matches!(drawing.kind, DrawKind::Groups(_))
                );
                let drawn = league || !self.is_undrawn(stage);
                let members = declared.groups.iter().map(|group| {
                    let known = drawn && group.unknown.is_none() && !group.entrants.is_empty();
                    known
                        .then(|| group.entrants.iter().map(resolve).collect())
                        .flatten()
                });
                members.collect()
            }
        };
        let mut seated: Vec<TeamId> = members.iter().flatten().flatten().copied().collect();
        seated.sort_unstable();
        if let Some(twice) = seated.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Error::RepeatedEntrant {
                at: Location::new(&self.edition.id, 0),
                entrant: self.edition.teams.name(twice[0]).into(),
                stage: declared.id.clone(),
            });
        }
        self.members.push(members);
        Ok(())
    }

    /// Who takes the seats that a table gives, once it is known which places go on.
    fn seated(&self, stage: usize) -> Vec<Option<Vec<TeamId>>> {
        let declared = &self.edition.competition.stages[stage];
        let teams = || {
            let Seating::Table(allocation) = &declared.seating else {
                return None;
            };
            let ranking = allocation.ranking;
            let standings = self
                .standings(ranking, 0)
                .filter(|_| self.is_complete(ranking, 0))?;
            let places = &self.edition.competition.stages[ranking].groups[0].entrants;
            let members = self.members(ranking, 0)?;
            let going = standings.leading(allocation.count)?;
            let letter = |&seat: &u8| match places[usize::from(seat)] {
                Slot::Place(place) => Some(place.group),
                Slot::Team(_) => None,
            };
            let letters: Vec<usize> = going.iter().map(letter).collect::<Option<_>>()?;
            let key = letters.iter().fold(0, |set, letter| set | 1_u64 << letter);
            let row = allocation.table.row(key)?;
            let team = |&group: &u8| {
                let index = letters
                    .iter()
                    .position(|&letter| letter == usize::from(group))?;
                Some(members[usize::from(going[index])])
            };
            row.iter().map(team).collect::<Option<Vec<TeamId>>>()
        };
        let teams = teams();
        let seat = |index: usize| teams.as_ref().map(|teams| vec![teams[index]]);
        (0..declared.groups.len()).map(seat).collect()
    }

    /// Takes out the fixtures and draws of groups whose teams are not known.
    pub(super) fn forget_unknown(&mut self) {
        let (members, undrawn) = (&self.members, &self.undrawn);
        self.edition.fixtures.retain(|listed| {
            let Fixture { stage, group, .. } = listed.fixture;
            members[stage][group].is_some() && !undrawn[stage]
        });
        for (stage, &undrawn) in self.edition.competition.stages.iter_mut().zip(undrawn) {
            if undrawn {
                stage.drawn = None;
                let league = matches!(
                    &stage.seating,
                    Seating::Drawn(drawing) if !matches!(drawing.kind, DrawKind::Groups(_))
                );
                if !league {
                    stage
                        .groups
                        .iter_mut()
                        .for_each(|group| group.entrants.clear());
                }
            }
        }
    }
}
