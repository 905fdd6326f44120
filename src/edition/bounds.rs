//! What a draw must respect, as an edition declares it: bounds, and balls fixed beforehand.

use toml::Spanned;

use super::raw::{RawBound, RawDraw, RawStage};
use super::seats::Seats;
use super::structure::Declared;
use crate::competition::draw::LARGEST_DRAW;
use crate::competition::{Bound, Limit, Pot, Slot, Stage, Trait};
use crate::error::{Error, Nearest};
use crate::team::Team;

/// What teams may have in common, as a bound names it.
const TRAITS: [(&str, Trait); 3] = [
    ("association", Trait::Association),
    ("confederation", Trait::Confederation),
    ("earlier group", Trait::EarlierGroup),
];

impl Declared<'_> {
    pub(super) fn bound(
        &self,
        raw: &RawStage,
        bound: &RawBound,
        balls: &[Slot],
        before: &[Stage],
    ) -> Result<Bound, Error> {
        let of = self.common(raw, bound, before)?;
        self.check_common(raw, bound, &of, balls, before)?;
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
        let limit = match (&bound.only, &bound.parts, bound.least, bound.most) {
            (Some(only), None, None, None) => Limit::Only {
                groups: self.only(raw, only)?,
            },
            (None, Some(parts), None, Some(most)) => Limit::Parts {
                parts: self.parts(raw, parts)?,
                most,
            },
            (None, None, least, Some(most)) => {
                let least = least.unwrap_or(0);
                if least > most {
                    return Err(wrong(format!(
                        "a bound of at least {least} and at most {most}; exchange them, or correct one"
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
        let (value, line) = (bound.is.clone(), self.file.at(&bound.of).line);
        Ok(Bound {
            of,
            value,
            limit,
            line,
        })
    }

    /// What a bound is about: a word, or teams and places.
    fn common(&self, raw: &RawStage, bound: &RawBound, before: &[Stage]) -> Result<Trait, Error> {
        let at = self.file.at(&bound.of);
        let texts = bound.of.get_ref().texts();
        if let [word] = texts {
            let found = TRAITS.iter().find(|(known, _)| known == word);
            let is_slot = word.contains('/') || self.teams.named(word).is_some();
            match found {
                Some((_, of)) => return Ok(of.clone()),
                None if is_slot => {}
                None => {
                    let teams = self.teams.iter().map(|(_, team)| team.name.as_str());
                    let names = TRAITS.iter().map(|row| row.0).chain(teams);
                    return Err(Error::UnknownWord {
                        at,
                        key: "of",
                        value: word.clone(),
                        nearest: Nearest::of(word, names.map(|name| (name, name))),
                        known: "association, confederation, earlier group, or teams or places of the pots".into(),
                    });
                }
            }
        }
        let mut slots = Vec::new();
        for text in texts {
            for slot in self.slots(&at, text, raw.id.get_ref(), before)? {
                if slots.contains(&slot) {
                    let name = self.slot_name(before, slot);
                    let problem = format!("a bound names `{name}` twice; remove one");
                    return Err(self.stage_error(&bound.of, raw, problem));
                }
                slots.push(slot);
            }
        }
        Ok(Trait::OneOf(slots))
    }

    /// What nobody in the draw can have in common would bind nobody.
    fn check_common(
        &self,
        raw: &RawStage,
        bound: &RawBound,
        of: &Trait,
        balls: &[Slot],
        before: &[Stage],
    ) -> Result<(), Error> {
        let wrong = |problem: String| Err(self.stage_error(&bound.of, raw, problem));
        let teams = || self.teams.iter().map(|(_, team)| team);
        let unknown = |column: &str| {
            wrong(format!(
                "a bound on the column `{column}`, which no team of teams.csv has; fill it, or remove the bound"
            ))
        };
        match of {
            Trait::Association if teams().all(|team| team.association.is_empty()) => {
                unknown("association")
            }
            Trait::Confederation => {
                let mut names: Vec<&str> = teams().flat_map(Team::confederations).collect();
                names.sort_unstable();
                names.dedup();
                match names.len() {
                    0 => unknown("confederation"),
                    // A set of them is one machine word.
                    found if found > LARGEST_DRAW => Err(Error::TooMany {
                        at: self.file.at(&bound.of),
                        what: "confederations",
                        found: found as u64,
                        most: LARGEST_DRAW as u64,
                    }),
                    _ => Ok(()),
                }
            }
            Trait::EarlierGroup if !balls.iter().any(|ball| matches!(ball, Slot::Place(_))) => {
                wrong(
                    "a bound on the earlier group, but its pots hold teams by name; remove it"
                        .into(),
                )
            }
            Trait::OneOf(slots) => self.check_slots(raw, bound, slots, balls, before),
            _ => Ok(()),
        }
    }

    /// The teams and places of a bound are in the draw: either as balls, or as teams who may turn out to
    /// be one.
    fn check_slots(
        &self,
        raw: &RawStage,
        bound: &RawBound,
        slots: &[Slot],
        balls: &[Slot],
        before: &[Stage],
    ) -> Result<(), Error> {
        let wrong = |problem: String| Err(self.stage_error(&bound.of, raw, problem));
        if slots.is_empty() {
            return wrong("a bound on nobody; name teams or places of the pots".into());
        }
        let outside = slots.iter().find(|slot| !balls.contains(slot));
        let Some(&outside) = outside else {
            return Ok(());
        };
        let mut seats = Seats::new(before);
        let mut may_come =
            |slot: Slot| matches!(slot, Slot::Team(_)) && seats.may_be_any(slot, balls);
        let nowhere = slots
            .iter()
            .find(|&&slot| !balls.contains(&slot) && !may_come(slot));
        if let Some(&nowhere) = nowhere {
            let name = self.slot_name(before, nowhere);
            return wrong(format!(
                "`{name}` is in none of its pots; correct the bound"
            ));
        }
        match slots.iter().find(|slot| matches!(slot, Slot::Place(_))) {
            None => Ok(()),
            Some(&place) => wrong(format!(
                "a bound on the place `{}` and on the team `{}`; write one bound for places and one for teams",
                self.slot_name(before, place),
                self.slot_name(before, outside)
            )),
        }
    }

    /// A value that no team has would bind nobody.
    fn check_value(
        &self,
        raw: &RawStage,
        bound: &RawBound,
        of: &Trait,
        value: &str,
    ) -> Result<(), Error> {
        let values = self.teams.iter().flat_map(|(_, team)| match of {
            Trait::Association => vec![team.association.as_str()],
            _ => team.confederations().collect(),
        });
        let values: Vec<&str> = values.collect();
        if values.contains(&value) {
            return Ok(());
        }
        let nearest = Nearest::of(value, values.iter().map(|&known| (known, known)));
        let problem = format!("`is = \"{value}\"`, but no team of teams.csv has that{nearest}");
        Err(self.stage_error(&bound.of, raw, problem))
    }

    fn only(
        &self,
        raw: &RawStage,
        only: &Spanned<Vec<Spanned<String>>>,
    ) -> Result<Vec<usize>, Error> {
        let groups = self.groups_of(raw, only.get_ref())?;
        match groups.is_empty() {
            true => Err(self.stage_error(only, raw, "`only` names no group".into())),
            false => Ok(groups),
        }
    }

    fn parts(
        &self,
        raw: &RawStage,
        parts: &Spanned<Vec<Vec<Spanned<String>>>>,
    ) -> Result<Vec<Vec<usize>>, Error> {
        let wrong = |problem: String| self.stage_error(parts, raw, problem);
        let sets = parts.get_ref().iter();
        let sets: Vec<Vec<usize>> = sets
            .map(|part| self.groups_of(raw, part))
            .collect::<Result<_, _>>()?;
        if sets.is_empty() || sets.iter().any(Vec::is_empty) {
            return Err(wrong("`parts` needs parts, and each of them groups".into()));
        }
        let mut all: Vec<usize> = sets.concat();
        all.sort_unstable();
        if let Some(twice) = all.windows(2).find(|pair| pair[0] == pair[1]) {
            let group = raw.groups[twice[0]].id.get_ref();
            return Err(wrong(format!(
                "group `{group}` is in two of its `parts`; remove it from one"
            )));
        }
        Ok(sets)
    }

    /// The positions of groups of the stage, each named once.
    fn groups_of(&self, raw: &RawStage, names: &[Spanned<String>]) -> Result<Vec<usize>, Error> {
        let mut groups = Vec::new();
        for name in names {
            let group = self.group_of(raw, name)?;
            if groups.contains(&group) {
                let problem = format!("group `{}` is named twice; remove one", name.get_ref());
                return Err(self.stage_error(name, raw, problem));
            }
            groups.push(group);
        }
        Ok(groups)
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

    /// Who stands where before the first ball: a ball once, and no more in a group than its pot gives.
    pub(super) fn fixed(
        &self,
        raw: &RawStage,
        draw: &RawDraw,
        pots: &[Pot],
    ) -> Result<Vec<(usize, usize)>, Error> {
        let numbered = (1..).zip(pots);
        let balls: Vec<(Slot, usize, usize)> = numbered
            .flat_map(|(number, pot)| {
                let ball = move |&ball: &Slot| (ball, number, pot.per_group);
                pot.balls.iter().map(ball)
            })
            .collect();
        let mut fixed: Vec<(usize, usize)> = Vec::new();
        for seat in &draw.fixed {
            let team = self.team(&seat.team)?;
            let name = self.teams.name(team);
            let wrong = |problem: String| Err(self.stage_error(&seat.team, raw, problem));
            let Some(ball) = balls.iter().position(|ball| ball.0 == Slot::Team(team)) else {
                return wrong(format!("`{name}` is in none of its pots; correct `fixed`"));
            };
            let group = self.group_of(raw, &seat.group)?;
            if fixed.iter().any(|&(other, _)| other == ball) {
                return wrong(format!("`{name}` is fixed twice; remove one"));
            }
            let (_, pot, per_group) = balls[ball];
            let beside = |&&(other, of): &&(usize, usize)| of == group && balls[other].1 == pot;
            if fixed.iter().filter(beside).count() == per_group {
                return wrong(format!(
                    "`fixed` has no room for `{name}`: group `{}` takes {per_group} of pot {pot}; correct one",
                    seat.group.get_ref()
                ));
            }
            fixed.push((ball, group));
        }
        Ok(fixed)
    }
}
