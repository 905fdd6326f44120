//! What slots and places of an edition mean: `stage/group/position`.

use toml::Spanned;

use super::raw::RawStage;
use super::structure::Declared;
use crate::competition::{Place, Slot, Stage};
use crate::error::{Error, Location, Nearest};

impl Declared<'_> {
    /// The slots that a text means: a team, a place, or places by `*` and `..`.
    pub(super) fn slots(
        &self,
        at: &Location,
        slot: &str,
        stage: &str,
        before: &[Stage],
    ) -> Result<Vec<Slot>, Error> {
        let at = at.clone();
        if let Some(team) = self.teams.named(slot) {
            return Ok(vec![Slot::Team(team)]);
        }
        let Some((target, _)) = slot
            .split_once('/')
            .filter(|_| slot.split('/').count() == 3)
        else {
            return Err(Error::BadSlot {
                at,
                slot: slot.into(),
                nearest: self.teams.find(slot).err().unwrap_or_default(),
            });
        };
        if self.ids[before.len()..].contains(&target) {
            return Err(Error::SlotCycle {
                at,
                slot: slot.into(),
                stage: stage.into(),
                target: target.into(),
            });
        }
        let places = places(slot, before).map_err(|problem| Error::NoSuchPlace {
            at,
            place: slot.into(),
            problem,
        })?;
        Ok(places.into_iter().map(Slot::Place).collect())
    }

    /// The position of a stage that another refers to, which must come before it.
    pub(super) fn earlier_stage(
        &self,
        raw: &RawStage,
        id: &Spanned<String>,
        before: &[Stage],
    ) -> Result<usize, Error> {
        let name = id.get_ref().as_str();
        let later = self.ids[before.len()..].contains(&name);
        find_stage(before, name).map_err(|missing| {
            let problem = match later {
                true => format!("`{name}` does not come before it; name an earlier stage"),
                false => missing,
            };
            self.stage_error(id, raw, problem)
        })
    }
}

fn find_stage(stages: &[Stage], id: &str) -> Result<usize, String> {
    let known: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
    known
        .iter()
        .position(|known| *known == id)
        .ok_or_else(|| match known.join(", ") {
            none if none.is_empty() => {
                format!("there is no stage `{id}`, and none before this one")
            }
            list => {
                let nearest = Nearest::of(id, known.iter().map(|id| (*id, *id)));
                format!("there is no stage `{id}`{nearest} (known: {list})")
            }
        })
}

/// The places that `stage/group/position` means, with `*` for every group and `1..2` for a range.
pub(super) fn places(text: &str, stages: &[Stage]) -> Result<Vec<Place>, String> {
    let parts: Vec<&str> = text.split('/').collect();
    let [stage, group, positions] = parts[..] else {
        return Err(
            "expected `stage/group/position`, with `*` for every group and `1..2` for a range"
                .into(),
        );
    };
    let stage = find_stage(stages, stage)?;
    let groups = &stages[stage].groups;
    let wanted: Vec<usize> = (0..groups.len())
        .filter(|&index| group == "*" || groups[index].id == group)
        .collect();
    if wanted.is_empty() {
        return Err(no_group(&stages[stage], group));
    }
    let (first, last) = positions.split_once("..").unwrap_or((positions, positions));
    let mut places = Vec::new();
    for group in wanted.iter().copied() {
        if groups[group].unknown.is_some() && wanted.len() > 1 {
            continue;
        }
        let size = groups[group].size;
        let position = |text: &str| whole(text).filter(|place| (1..=size).contains(place));
        let range = position(first)
            .zip(position(last))
            .filter(|(first, last)| first <= last);
        let (first, last) = range.ok_or_else(|| no_position(&stages[stage], group, positions))?;
        places.extend((first - 1..last).map(|rank| Place { stage, group, rank }));
    }
    Ok(places)
}

fn no_group(stage: &Stage, group: &str) -> String {
    let known: Vec<&str> = stage.groups.iter().map(|group| group.id.as_str()).collect();
    format!(
        "stage `{}` has no group `{group}` (known: {})",
        stage.id,
        known.join(", ")
    )
}

fn no_position(stage: &Stage, group: usize, position: &str) -> String {
    let size = stage.groups[group].size;
    format!(
        "group `{}` of stage `{}` has positions 1 to {size}, not `{position}`",
        stage.groups[group].id, stage.id
    )
}

/// A number of digits alone.
pub(super) fn whole(text: &str) -> Option<usize> {
    text.parse()
        .ok()
        .filter(|_| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
}
