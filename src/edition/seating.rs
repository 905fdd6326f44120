//! Seeding draws and tables of seats, as an edition declares them.

use toml::Spanned;

use super::raw::{RawAllocation, RawBound, RawDraw, RawStage};
use super::source::{embedded_allocation, embedded_allocations};
use super::structure::{Declared, find_stage};
use crate::competition::{
    Allocation, AllocationTable, Bound, DrawKind, Drawing, Held, Limit, Pot, Seating, Slot, Stage,
    Trait,
};
use crate::error::{Error, Location, Nearest};

impl Declared<'_> {
    /// How the entrants of a stage come to their seats.
    pub(super) fn seating(&self, raw: &RawStage, before: &[Stage]) -> Result<Seating, Error> {
        match (&raw.draw, &raw.allocation) {
            (None, None) => Ok(Seating::Fixed),
            (Some(draw), None) => self.drawing(raw, draw, before).map(Seating::Drawn),
            (None, Some(table)) => self.allocation(raw, table, before).map(Seating::Table),
            (Some(_), Some(_)) => {
                Err(self.stage_error(&raw.id, raw, "either a draw or an allocation".into()))
            }
        }
    }

    pub(super) fn stage_error<T>(&self, at: &Spanned<T>, raw: &RawStage, problem: String) -> Error {
        Error::Stage {
            at: self.file.at(at),
            stage: raw.id.get_ref().clone(),
            problem,
        }
    }

    fn drawing(&self, raw: &RawStage, draw: &RawDraw, before: &[Stage]) -> Result<Drawing, Error> {
        let pots = self.pots(raw, draw, before)?;
        let kind = self.draw_kind(raw, draw)?;
        let wrong = |problem| self.stage_error(&raw.id, raw, problem);
        let groups = raw.groups.len();
        match kind {
            DrawKind::Groups(_) => {
                if draw.most_of_association.is_some() {
                    return Err(wrong(
                        "`most_of_association` belongs to a league phase; write it as a bound"
                            .into(),
                    ));
                }
                for (number, pot) in (1..).zip(&pots) {
                    if pot.balls.len() != groups * pot.per_group {
                        return Err(wrong(format!(
                            "pot {number} holds {} where {groups} groups take {} each, {} in all",
                            pot.balls.len(),
                            pot.per_group,
                            groups * pot.per_group
                        )));
                    }
                }
            }
            DrawKind::LeaguePhase { .. } => {
                let size = pots[0].balls.len();
                if groups != 1
                    || draw.per_group.is_some()
                    || !draw.bounds.is_empty()
                    || !draw.fixed.is_empty()
                {
                    return Err(wrong(
                        "a league phase has one group, and neither `per_group`, `bounds` nor `fixed`".into(),
                    ));
                }
                if pots.iter().any(|pot| pot.balls.len() != size) {
                    return Err(wrong(
                        "the pots of a league phase hold equally many teams".into(),
                    ));
                }
                let matches = raw.matches.as_ref().map(|matches| *matches.get_ref());
                if matches != Some(2 * pots.len() as u32) {
                    let (pots, matches) = (pots.len(), 2 * pots.len());
                    return Err(wrong(format!(
                        "with {pots} pots every team meets two of each: write `matches = {matches}`"
                    )));
                }
            }
        }
        let balls: Vec<Slot> = pots
            .iter()
            .flat_map(|pot| pot.balls.iter().copied())
            .collect();
        if let Some(twice) = (1..balls.len()).find(|&index| balls[..index].contains(&balls[index]))
        {
            return Err(Error::RepeatedEntrant {
                at: self.file.at(&raw.id),
                entrant: self.slot_name(before, balls[twice]),
                stage: raw.id.get_ref().clone(),
            });
        }
        let bounds = draw
            .bounds
            .iter()
            .map(|bound| self.bound(raw, bound, before));
        let fixed = draw.fixed.iter().map(|seat| {
            let team = self.team(&seat.team)?;
            let ball = balls.iter().position(|&ball| ball == Slot::Team(team));
            let ball = ball.ok_or_else(|| {
                let name = seat.team.get_ref();
                self.stage_error(&seat.team, raw, format!("`{name}` is in none of its pots"))
            })?;
            Ok((ball, self.group_of(raw, &seat.group)?))
        });
        Ok(Drawing {
            kind,
            bounds: bounds.collect::<Result<_, Error>>()?,
            fixed: fixed.collect::<Result<_, Error>>()?,
            pots,
            seeding: self.seeding(raw, draw)?,
            cite: draw.cite.clone(),
        })
    }

    pub(super) fn slot_name(&self, before: &[Stage], slot: Slot) -> String {
        match slot {
            Slot::Team(team) => self.teams.name(team).into(),
            Slot::Place(place) => place.name(before),
        }
    }

    fn pots(&self, raw: &RawStage, draw: &RawDraw, before: &[Stage]) -> Result<Vec<Pot>, Error> {
        let balls: Vec<Vec<Slot>> = match &draw.pots {
            Some(pots) => {
                let pot = |pot: &Spanned<super::raw::OneOrMany>| {
                    let at = self.file.at(pot);
                    let mut balls = Vec::new();
                    for text in pot.get_ref().texts() {
                        balls.extend(self.slots(&at, text, raw.id.get_ref(), before)?);
                    }
                    Ok(balls)
                };
                pots.iter().map(pot).collect::<Result<_, Error>>()?
            }
            None => self.pots_of_teams(raw, draw)?,
        };
        if balls.is_empty() || balls.iter().any(Vec::is_empty) {
            return Err(self.stage_error(
                &raw.id,
                raw,
                "a draw needs pots, and none of them empty".into(),
            ));
        }
        let per_group = match &draw.per_group {
            None => vec![1; balls.len()],
            Some(per_group) if per_group.get_ref().len() == balls.len() => {
                per_group.get_ref().clone()
            }
            Some(per_group) => {
                let (found, pots) = (per_group.get_ref().len(), balls.len());
                let problem = format!("`per_group` has {found} numbers for {pots} pots");
                return Err(self.stage_error(per_group, raw, problem));
            }
        };
        let pots = balls.into_iter().zip(per_group);
        Ok(pots
            .map(|(balls, per_group)| Pot { balls, per_group })
            .collect())
    }

    fn draw_kind(&self, raw: &RawStage, draw: &RawDraw) -> Result<DrawKind, Error> {
        const KINDS: [(&str, bool); 2] = [("groups", false), ("league phase", true)];
        const HELD: [(&str, Held); 3] = [
            ("by pot", Held::ByPot),
            ("by pot, in order", Held::ByPotInOrder),
            ("by group", Held::ByGroup),
        ];
        let is_league = match &draw.kind {
            None => false,
            Some(word) => self.word("kind", word, &KINDS)?,
        };
        match (is_league, &draw.held) {
            (true, None) => Ok(DrawKind::LeaguePhase {
                most_of_association: draw.most_of_association.unwrap_or(u8::MAX),
            }),
            (true, Some(held)) => Err(self.stage_error(
                held,
                raw,
                "a league phase is not held by pot or group".into(),
            )),
            (false, None) => Ok(DrawKind::Groups(Held::ByPot)),
            (false, Some(word)) => Ok(DrawKind::Groups(self.word("held", word, &HELD)?)),
        }
    }

    fn bound(&self, raw: &RawStage, bound: &RawBound, before: &[Stage]) -> Result<Bound, Error> {
        let of = self.common(raw, bound, before)?;
        let wrong = |problem: String| self.stage_error(&bound.of, raw, problem);
        let valued = matches!(of, Trait::Association | Trait::Confederation);
        if let Some(value) = &bound.is {
            if !valued {
                return Err(wrong(format!(
                    "`is = \"{value}\"` goes with `association` and `confederation` alone"
                )));
            }
            self.check_value(raw, bound, &of, value)?;
        }
        let groups = |groups: &Vec<Spanned<String>>| {
            let groups = groups.iter().map(|group| self.group_of(raw, group));
            groups.collect::<Result<Vec<_>, _>>()
        };
        let limit = match (&bound.only, &bound.parts, bound.least, bound.most) {
            (Some(only), None, None, None) => Limit::Only {
                groups: groups(only)?,
            },
            (None, Some(parts), None, Some(most)) => Limit::Parts {
                parts: parts.iter().map(groups).collect::<Result<_, _>>()?,
                most,
            },
            (None, None, least, Some(most)) => {
                let least = least.unwrap_or(0);
                if least > most {
                    return Err(wrong(format!(
                        "a bound of at least {least} and at most {most}"
                    )));
                }
                if least > 0 && valued && bound.is.is_none() {
                    let problem =
                        "a least number needs `is`: of which association or confederation";
                    return Err(wrong(problem.into()));
                }
                Limit::Group { least, most }
            }
            _ => {
                let problem =
                    "a bound has `most`, with `least` or `parts` if need be, or `only` by itself";
                return Err(wrong(problem.into()));
            }
        };
        let value = bound.is.clone();
        Ok(Bound { of, value, limit })
    }

    /// What a bound is about: a word, or teams and places.
    fn common(&self, raw: &RawStage, bound: &RawBound, before: &[Stage]) -> Result<Trait, Error> {
        const WORDS: [(&str, Trait); 3] = [
            ("association", Trait::Association),
            ("confederation", Trait::Confederation),
            ("earlier group", Trait::EarlierGroup),
        ];
        let at = self.file.at(&bound.of);
        let texts = bound.of.get_ref().texts();
        if let [word] = texts {
            let found = WORDS.iter().find(|(known, _)| known == word);
            match found {
                Some((_, of)) => return Ok(of.clone()),
                None if word.contains('/') => {}
                None => {
                    return Err(Error::UnknownWord {
                        at,
                        key: "of",
                        value: word.clone(),
                        nearest: Nearest::of(word, WORDS.iter().map(|row| (row.0, row.0))),
                        known: "association, confederation, earlier group, or a list of teams or places".into(),
                    });
                }
            }
        }
        let mut slots = Vec::new();
        for text in texts {
            slots.extend(self.slots(&at, text, raw.id.get_ref(), before)?);
        }
        Ok(Trait::OneOf(slots))
    }

    /// A value that no team has would bind nobody.
    fn check_value(
        &self,
        raw: &RawStage,
        bound: &RawBound,
        of: &Trait,
        value: &str,
    ) -> Result<(), Error> {
        let has = |team: &crate::team::Team| match of {
            Trait::Association => team.association == value,
            _ => team.confederations().any(|known| known == value),
        };
        match self.teams.iter().any(|(_, team)| has(team)) {
            true => Ok(()),
            false => {
                let problem = format!("`is = \"{value}\"`, but no team of teams.csv has that");
                Err(self.stage_error(&bound.of, raw, problem))
            }
        }
    }

    /// The position of a group of the stage.
    fn group_of(&self, raw: &RawStage, group: &Spanned<String>) -> Result<usize, Error> {
        let ids = || raw.groups.iter().map(|group| group.id.get_ref().as_str());
        let name = group.get_ref();
        let found = ids().position(|id| id == name);
        found.ok_or_else(|| Error::UnknownWord {
            at: self.file.at(group),
            key: "group",
            value: name.clone(),
            nearest: Nearest::of(name, ids().map(|id| (id, id))),
            known: ids().collect::<Vec<_>>().join(", "),
        })
    }

    /// A team by name or alias.
    pub(super) fn team(&self, name: &Spanned<String>) -> Result<crate::team::TeamId, Error> {
        self.team_named(&self.file.at(name), name.get_ref())
    }

    fn team_named(&self, at: &Location, name: &str) -> Result<crate::team::TeamId, Error> {
        self.teams.find(name).map_err(|nearest| Error::UnknownTeam {
            at: at.clone(),
            name: name.into(),
            nearest,
        })
    }

    fn allocation(
        &self,
        raw: &RawStage,
        allocation: &RawAllocation,
        before: &[Stage],
    ) -> Result<Allocation, Error> {
        let of = allocation.of.get_ref();
        let missing = |problem| Error::NoSuchPlace {
            at: self.file.at(&allocation.of),
            place: of.clone(),
            problem,
        };
        let ranking = find_stage(before, of).map_err(missing)?;
        let ranked = &before[ranking];
        let wrong = |problem: &str| self.stage_error(&allocation.of, raw, problem.into());
        let Some(carried) = ranked.carry.filter(|_| ranked.groups.len() == 1) else {
            return Err(wrong(
                "a table of seats needs a stage of one group that ranks places of an earlier stage by `carry`",
            ));
        };
        let groups: Vec<&str> = before[carried.stage]
            .groups
            .iter()
            .map(|group| group.id.as_str())
            .collect();
        if groups.len() > 24 || groups.iter().any(|id| id.chars().count() != 1) {
            return Err(wrong(
                "a table of seats needs groups of one letter, at most 24",
            ));
        }
        let seats: Vec<&str> = raw
            .groups
            .iter()
            .map(|group| group.id.get_ref().as_str())
            .collect();
        if seats.len() >= ranked.groups[0].size {
            return Err(wrong(
                "it seats as many as the ranking holds; a table is not needed",
            ));
        }
        let name = allocation.table.get_ref();
        let own = format!("{name}.csv");
        let plain = name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        let text = match plain.then(|| self.source.read(&own)).transpose()?.flatten() {
            Some(text) => Some((self.source.file_name(&own), text)),
            None => embedded_allocation(name).map(|text| (own, text.to_owned())),
        };
        let (file, text) = text.ok_or_else(|| Error::UnknownWord {
            at: self.file.at(&allocation.table),
            key: "table",
            value: name.clone(),
            nearest: Nearest::of(name, embedded_allocations().map(|known| (known, known))),
            known: embedded_allocations().collect::<Vec<_>>().join(", "),
        })?;
        Ok(Allocation {
            table: AllocationTable::parse(name, &file, &text, &groups, &seats)?,
            ranking,
            count: seats.len(),
            letters: carried.stage,
        })
    }
}
