//! Stages and their groups, as an edition declares them.

use jiff::civil::Date;
use toml::Spanned;

use super::names::{MOST_TEAMS, is_name, unique};
use super::raw::{File, RawGroup, RawOutcome, RawStage};
use super::seats::Seats;
use super::source::Source;
use crate::competition::{DrawKind, Group, Outcome, Rulebook, Seating, Slot, Stage};
use crate::error::{Error, Location};
use crate::standings::LARGEST_GROUP;
use crate::team::Teams;

/// Slots are looked for in all stages before.
const MOST_STAGES: usize = 200;

/// As many as there may be teams: a seat may be a group of one.
const MOST_GROUPS: usize = MOST_TEAMS;

/// Each is counted for every team.
const MOST_OUTCOMES: usize = 200;

/// What stages and outcomes may refer to.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) file: File<'a>,
    pub(super) source: &'a Source,
    pub(super) teams: &'a Teams,
    pub(super) rulebook: &'a Rulebook,
    /// The names of all stages, in order.
    pub(super) ids: &'a [&'a str],
}

/// Turns what the file declares into stages and outcomes.
pub(super) fn declare(
    raw_stages: &[RawStage],
    raw_outcomes: &[RawOutcome],
    declared: Declared<'_>,
) -> Result<(Vec<Stage>, Vec<Outcome>), Error> {
    let mut stages: Vec<Stage> = Vec::new();
    if let Some(raw) = raw_stages.get(MOST_STAGES) {
        let at = declared.file.at(&raw.id);
        return Err(too_many(at, "stages", raw_stages.len(), MOST_STAGES));
    }
    if let Some(raw) = raw_outcomes.get(MOST_OUTCOMES) {
        let at = declared.file.at(&raw.name);
        return Err(too_many(at, "outcomes", raw_outcomes.len(), MOST_OUTCOMES));
    }
    for raw in raw_stages {
        unique(
            &declared.ids[..stages.len()],
            &raw.id,
            "stage",
            declared.file,
        )?;
        stages.push(declared.stage(raw, &stages)?);
    }
    let mut outcomes: Vec<Outcome> = Vec::new();
    for raw in raw_outcomes {
        let names: Vec<&str> = outcomes
            .iter()
            .map(|outcome| outcome.name.as_str())
            .collect();
        unique(&names, &raw.name, "outcome", declared.file)?;
        outcomes.push(declared.outcome(raw, &stages)?);
    }
    for (raw, stage) in raw_stages.iter().zip(&stages) {
        declared.check_rules(raw, stage, &outcomes)?;
    }
    Ok((stages, outcomes))
}

fn too_many(at: Location, what: &'static str, found: usize, most: usize) -> Error {
    Error::TooMany {
        at,
        what,
        found: found as u64,
        most: most as u64,
    }
}

impl Declared<'_> {
    fn stage(&self, raw: &RawStage, before: &[Stage]) -> Result<Stage, Error> {
        let file = self.file;
        if raw.groups.is_empty() {
            return Err(Error::BadValue {
                at: file.at(&raw.id),
                what: "groups",
                value: "[]".into(),
                expected: "at least one group",
            });
        }
        if let Some(group) = raw.groups.get(MOST_GROUPS) {
            let at = file.at(&group.id);
            return Err(too_many(at, "groups", raw.groups.len(), MOST_GROUPS));
        }
        if !is_name(&raw.name) {
            return Err(Error::BadValue {
                at: file.at(&raw.id),
                what: "name",
                value: raw.name.clone(),
                expected: "the name of the stage in print",
            });
        }
        let mut names: Vec<&str> = Vec::new();
        for group in &raw.groups {
            unique(&names, &group.id, "group", file)?;
            names.push(group.id.get_ref());
        }
        let seating = self.seating(raw, before)?;
        let mut groups: Vec<Group> = Vec::new();
        let mut seated: Vec<Slot> = Vec::new();
        for raw_group in &raw.groups {
            groups.push(self.group(raw, raw_group, &seating, before, &mut seated)?);
        }
        if let Seating::Drawn(drawing) = &seating {
            self.check_listed(raw, drawing, &groups, before)?;
        }
        let plays = groups.iter().any(|group| group.size > 1);
        let stage = Stage {
            id: raw.id.get_ref().clone(),
            name: raw.name.clone(),
            order: self.order(raw, plays)?,
            schedule: self.schedule(raw, &groups)?,
            venue: self.venue(raw)?,
            second_leg: self.second_leg(raw, &groups)?,
            carry: raw
                .carry
                .as_ref()
                .map(|carry| self.carry(raw, carry, before))
                .transpose()?,
            seating,
            drawn: raw
                .drawn
                .as_ref()
                .map(|drawn| self.day(drawn, "drawn"))
                .transpose()?,
            groups,
        };
        self.feeds(raw, &stage, before)?;
        if let Some((a, b)) = Seats::new(before).twice(&stage) {
            let [a, b] = [a, b].map(|slot| self.slot_name(before, slot));
            return Err(Error::Stage {
                at: file.at(&raw.id),
                stage: stage.id,
                problem: format!(
                    "`{a}` and `{b}` may turn out to be the same team, which would sit in it twice; correct one"
                ),
            });
        }
        Ok(stage)
    }

    fn group(
        &self,
        raw: &RawStage,
        group: &RawGroup,
        seating: &Seating,
        before: &[Stage],
        seated: &mut Vec<Slot>,
    ) -> Result<Group, Error> {
        let file = self.file;
        let mut entrants = Vec::new();
        for text in &group.entrants {
            let at = self.file.at(text);
            for slot in self.slots(&at, text.get_ref(), raw.id.get_ref(), before)? {
                if seated.contains(&slot) {
                    return Err(Error::RepeatedEntrant {
                        at: file.at(text),
                        entrant: text.get_ref().clone(),
                        stage: raw.id.get_ref().clone(),
                    });
                }
                seated.push(slot);
                entrants.push(slot);
            }
        }
        let expected = match seating {
            Seating::Fixed => None,
            Seating::Drawn(drawing) => Some(drawing.group_size()),
            Seating::Table(_) => Some(1),
        };
        let wrong = |expected| Error::BadValue {
            at: file.at(&group.id),
            what: "group",
            value: group.id.get_ref().clone(),
            expected,
        };
        if let (Seating::Drawn(drawing), true) = (seating, entrants.is_empty())
            && matches!(drawing.kind, DrawKind::LeaguePhase { .. })
        {
            // The draw settles who meets whom, not who is in it.
            entrants = drawing.balls().collect();
        }
        let size = match (expected, group.unknown.is_some(), entrants.len()) {
            (None, true, 0) => 0,
            (None, false, size @ 2..) => size,
            (None, ..) => {
                return Err(wrong(
                    "two entrants or more, or the key `unknown` with the reason and none",
                ));
            }
            (Some(size), false, 0) => size,
            (Some(_), false, _) if matches!(seating, Seating::Table(_)) => {
                return Err(wrong(
                    "no entrants, since a table of seats says who they are",
                ));
            }
            (Some(size), false, found) if size == found => size,
            (Some(size), false, found) => {
                return Err(Error::Stage {
                    at: file.at(&group.id),
                    stage: raw.id.get_ref().clone(),
                    problem: format!(
                        "group `{}` lists {found} entrants where its pots give {size}; list them all, or none \
                         before the draw",
                        group.id.get_ref()
                    ),
                });
            }
            (Some(_), true, _) => {
                return Err(wrong("no key `unknown` where seats are drawn or allotted"));
            }
        };
        if size > LARGEST_GROUP {
            return Err(Error::TooMany {
                at: file.at(&group.id),
                what: "entrants",
                found: size as u64,
                most: LARGEST_GROUP as u64,
            });
        }
        Ok(Group {
            id: group.id.get_ref().clone(),
            entrants,
            size,
            unknown: group.unknown.clone(),
        })
    }

    pub(super) fn day(
        &self,
        day: &Spanned<toml::value::Datetime>,
        what: &'static str,
    ) -> Result<Date, Error> {
        let date = day.get_ref().date.filter(|_| day.get_ref().time.is_none());
        let civil = date.and_then(|date| {
            Date::new(
                i16::try_from(date.year).ok()?,
                date.month as i8,
                date.day as i8,
            )
            .ok()
        });
        civil.ok_or_else(|| Error::BadValue {
            at: self.file.at(day),
            what,
            value: day.get_ref().to_string(),
            expected: "a date such as 2023-10-06",
        })
    }
}
