//! Checks of an edition that do not depend on scores: names, stages, slots, outcomes, fixtures.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use toml::Spanned;

use super::Listed;
use super::load::{File, RawOutcome, RawStage};
use crate::competition::{Group, Outcome, Place, RuleList, Rulebook, Slot, Stage};
use crate::error::{Error, Location, Nearest};
use crate::standings::LARGEST_GROUP;
use crate::team::{Team, TeamId, Teams};

const MOST_LEGS: u32 = 10;

/// The fit holds a square of twice the teams.
const MOST_TEAMS: usize = 1000;

/// What stages and outcomes may refer to.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) file: File<'a>,
    pub(super) teams: &'a Teams,
    pub(super) rulebook: &'a Rulebook,
}

/// No two teams may answer to one name.
pub(super) fn check_names(teams: &[Team], places: &[Location]) -> Result<(), Error> {
    if teams.len() > MOST_TEAMS {
        return Err(Error::TooMany {
            at: places[0].clone(),
            what: "teams",
            found: teams.len() as u64,
            most: MOST_TEAMS as u64,
        });
    }
    let mut taken: HashMap<String, &str> = HashMap::new();
    for (team, at) in teams.iter().zip(places) {
        for spelling in team.spellings() {
            match taken.insert(spelling.to_lowercase(), &team.name) {
                None => {}
                Some(other) => {
                    return Err(Error::NameTaken {
                        at: at.clone(),
                        name: spelling.into(),
                        other: other.into(),
                    });
                }
            }
        }
    }
    Ok(())
}

/// Turns what the file declares into stages and outcomes.
pub(super) fn declare(
    raw_stages: &[RawStage],
    raw_outcomes: &[RawOutcome],
    declared: Declared<'_>,
) -> Result<(Vec<Stage>, Vec<Outcome>), Error> {
    let ids: Vec<&str> = raw_stages
        .iter()
        .map(|stage| stage.id.get_ref().as_str())
        .collect();
    let mut stages: Vec<Stage> = Vec::new();
    for raw in raw_stages {
        unique(&ids[..stages.len()], &raw.id, "stage", declared.file)?;
        stages.push(declared.stage(raw, &stages, &ids)?);
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

fn unique(
    before: &[&str],
    id: &Spanned<String>,
    what: &'static str,
    file: File<'_>,
) -> Result<(), Error> {
    let name = id.get_ref();
    if name.trim().is_empty() {
        return Err(Error::BadValue {
            at: file.at(id),
            what,
            value: String::new(),
            expected: "a name",
        });
    }
    match before.contains(&name.as_str()) {
        true => Err(Error::Repeated {
            at: file.at(id),
            what,
            id: name.clone(),
        }),
        false => Ok(()),
    }
}

impl Declared<'_> {
    fn stage(&self, raw: &RawStage, before: &[Stage], ids: &[&str]) -> Result<Stage, Error> {
        let Declared { file, rulebook, .. } = *self;
        let order = raw.order.get_ref();
        let orders = || rulebook.orders().map(|order| order.id.as_str());
        if rulebook.order(order).is_none() {
            return Err(Error::UnknownWord {
                at: file.at(&raw.order),
                key: "order",
                value: order.clone(),
                nearest: Nearest::of(order, orders().map(|id| (id, id))),
                known: orders().collect::<Vec<_>>().join(", "),
            });
        }
        if !(1..=MOST_LEGS).contains(raw.legs.get_ref()) {
            return Err(Error::BadValue {
                at: file.at(&raw.legs),
                what: "legs",
                value: raw.legs.get_ref().to_string(),
                expected: "a whole number from 1 to 10",
            });
        }
        if raw.groups.is_empty() {
            return Err(Error::BadValue {
                at: file.at(&raw.id),
                what: "groups",
                value: "[]".into(),
                expected: "at least one group",
            });
        }
        let mut groups: Vec<Group> = Vec::new();
        let mut seated: Vec<Slot> = Vec::new();
        for raw_group in &raw.groups {
            let names: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
            unique(&names, &raw_group.id, "group", file)?;
            let mut entrants = Vec::new();
            for text in &raw_group.entrants {
                let slot = self.slot(text, raw.id.get_ref(), before, ids)?;
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
            let known = raw_group.unknown.is_none();
            if (known && entrants.len() < 2) || (!known && !entrants.is_empty()) {
                return Err(Error::BadValue {
                    at: file.at(&raw_group.id),
                    what: "group",
                    value: raw_group.id.get_ref().clone(),
                    expected: "two entrants or more, or the key `unknown` with the reason and none",
                });
            }
            if entrants.len() > LARGEST_GROUP {
                return Err(Error::TooMany {
                    at: file.at(&raw_group.id),
                    what: "entrants",
                    found: entrants.len() as u64,
                    most: LARGEST_GROUP as u64,
                });
            }
            let id = raw_group.id.get_ref().clone();
            groups.push(Group {
                id,
                entrants,
                unknown: raw_group.unknown.clone(),
            });
        }
        Ok(Stage {
            id: raw.id.get_ref().clone(),
            name: raw.name.clone(),
            order: order.clone(),
            legs: *raw.legs.get_ref(),
            drawn: raw
                .drawn
                .as_ref()
                .map(|drawn| self.day(drawn))
                .transpose()?,
            groups,
        })
    }

    /// The rules of a stage must decide its ties, and know the outcomes they depend on.
    fn check_rules(
        &self,
        raw: &RawStage,
        stage: &Stage,
        outcomes: &[Outcome],
    ) -> Result<(), Error> {
        let at = || self.file.at(&raw.order);
        let rulebook = &self.rulebook.id;
        let order = self.rulebook.order(&stage.order);
        let order = order.expect("the stage was declared with a list of the rulebook");
        let is_tie = |group: &Group| group.entrants.len() == 2;
        if stage.groups.iter().any(is_tie) && !order.last.always_decides(2) {
            return Err(Error::EndsLevel {
                at: at(),
                rulebook: rulebook.clone(),
                list: stage.order.clone(),
            });
        }
        let names = || outcomes.iter().map(|outcome| outcome.name.as_str());
        let mut stakes = order.lists().flat_map(RuleList::outcomes);
        match stakes.find(|&stake| names().all(|name| name != stake)) {
            None => Ok(()),
            Some(stake) => Err(Error::UndeclaredStake {
                at: at(),
                rulebook: rulebook.clone(),
                list: stage.order.clone(),
                outcome: stake.into(),
                nearest: Nearest::of(stake, names().map(|name| (name, name))),
            }),
        }
    }

    fn day(&self, drawn: &Spanned<toml::value::Datetime>) -> Result<Date, Error> {
        let date = drawn
            .get_ref()
            .date
            .filter(|_| drawn.get_ref().time.is_none());
        let civil = date.and_then(|date| {
            Date::new(
                i16::try_from(date.year).ok()?,
                date.month as i8,
                date.day as i8,
            )
            .ok()
        });
        civil.ok_or_else(|| Error::BadValue {
            at: self.file.at(drawn),
            what: "drawn",
            value: drawn.get_ref().to_string(),
            expected: "a date such as 2023-10-06",
        })
    }

    fn slot(
        &self,
        text: &Spanned<String>,
        stage: &str,
        before: &[Stage],
        ids: &[&str],
    ) -> Result<Slot, Error> {
        let (at, slot) = (self.file.at(text), text.get_ref());
        let nearest = match self.teams.find(slot) {
            Ok(team) => return Ok(Slot::Team(team)),
            Err(nearest) => nearest,
        };
        let parts: Vec<&str> = slot.split('/').collect();
        let [target, group, position] = parts[..] else {
            return Err(Error::BadSlot {
                at,
                slot: slot.clone(),
                nearest,
            });
        };
        if ids[before.len()..].contains(&target) {
            return Err(Error::SlotCycle {
                at,
                slot: slot.clone(),
                stage: stage.into(),
                target: target.into(),
            });
        }
        let missing = |problem| Error::NoSuchPlace {
            at: at.clone(),
            place: slot.clone(),
            problem,
        };
        let stage = find_stage(before, target).map_err(missing)?;
        let found = before[stage]
            .groups
            .iter()
            .position(|known| known.id == group);
        let group = found.ok_or_else(|| missing(no_group(&before[stage], group)))?;
        let size = before[stage].groups[group].entrants.len();
        let rank = whole(position).filter(|position| (1..=size).contains(position));
        let rank = rank.ok_or_else(|| missing(no_position(&before[stage], group, position)))?;
        Ok(Slot::Place(Place {
            stage,
            group,
            rank: rank - 1,
        }))
    }

    fn outcome(&self, raw: &RawOutcome, stages: &[Stage]) -> Result<Outcome, Error> {
        let (at, text) = (self.file.at(&raw.places), raw.places.get_ref());
        let missing = |problem| Error::NoSuchPlace {
            at: at.clone(),
            place: text.clone(),
            problem,
        };
        let parts: Vec<&str> = text.split('/').collect();
        let [stage, group, positions] = parts[..] else {
            let problem =
                "expected `stage/group/position`, with `*` for every group and `1..2` for a range";
            return Err(missing(problem.into()));
        };
        let stage = find_stage(stages, stage).map_err(missing)?;
        let groups = &stages[stage].groups;
        let wanted: Vec<usize> = (0..groups.len())
            .filter(|&index| group == "*" || groups[index].id == group)
            .collect();
        if wanted.is_empty() {
            return Err(missing(no_group(&stages[stage], group)));
        }
        let (first, last) = positions.split_once("..").unwrap_or((positions, positions));
        let mut places = Vec::new();
        for group in wanted {
            let size = groups[group].entrants.len();
            if groups[group].unknown.is_some() {
                continue;
            }
            let position = |text: &str| whole(text).filter(|place| (1..=size).contains(place));
            let range = position(first)
                .zip(position(last))
                .filter(|(first, last)| first <= last);
            let (first, last) =
                range.ok_or_else(|| missing(no_position(&stages[stage], group, positions)))?;
            places.extend((first - 1..last).map(|rank| Place { stage, group, rank }));
        }
        Ok(Outcome {
            name: raw.name.get_ref().clone(),
            places,
        })
    }
}

/// A number of digits alone.
fn whole(text: &str) -> Option<usize> {
    text.parse()
        .ok()
        .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
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
                format!("there is no stage `{id}` before it{nearest} (known: {list})")
            }
        })
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
    let size = stage.groups[group].entrants.len();
    format!(
        "group `{}` of stage `{}` has positions 1 to {size}, not `{position}`",
        stage.groups[group].id, stage.id
    )
}

/// Every group meets as often as its stage says: nothing twice, nothing missing, nobody foreign.
pub(super) fn check_fixtures(
    file: &str,
    fixtures: &[Listed],
    teams: &Teams,
    stages: &[Stage],
) -> Result<(), Error> {
    let mut by_group: HashMap<(usize, usize), Vec<&Listed>> = HashMap::new();
    for listed in fixtures {
        let Listed { fixture, .. } = listed;
        by_group
            .entry((fixture.stage, fixture.group))
            .or_default()
            .push(listed);
    }
    for (index, stage) in stages.iter().enumerate() {
        for (position, group) in stage.groups.iter().enumerate() {
            let listed = by_group.remove(&(index, position)).unwrap_or_default();
            let check = GroupCheck {
                file,
                teams,
                stage,
                position,
                group,
            };
            check.members(&listed)?;
            check.meetings(&listed)?;
            check.legs(&listed)?;
        }
    }
    Ok(())
}

struct GroupCheck<'a> {
    file: &'a str,
    teams: &'a Teams,
    stage: &'a Stage,
    position: usize,
    group: &'a Group,
}

impl GroupCheck<'_> {
    /// Who is known to be in the group, and nobody beyond its size.
    fn members(&self, listed: &[&Listed]) -> Result<(), Error> {
        let slots = &self.group.entrants;
        let named = slots.iter().filter_map(|slot| match slot {
            Slot::Team(team) => Some(*team),
            Slot::Place(_) => None,
        });
        let mut members: Vec<TeamId> = named.collect();
        for listed in listed {
            for team in [listed.fixture.home, listed.fixture.away] {
                if members.contains(&team) {
                    continue;
                }
                if members.len() == slots.len() {
                    return Err(self.foreign(listed, team, &members));
                }
                members.push(team);
            }
        }
        Ok(())
    }

    fn foreign(&self, listed: &Listed, team: TeamId, members: &[TeamId]) -> Error {
        let members: Vec<&str> = members.iter().map(|&team| self.teams.name(team)).collect();
        Error::NotInGroup {
            at: Location::new(self.file, listed.line),
            team: self.teams.name(team).into(),
            group: self.stage.group_name(self.position),
            members: if members.is_empty() {
                "not known".into()
            } else {
                members.join(", ")
            },
        }
    }

    /// The legs of a tie are told apart by matchday, and played in that order.
    fn legs(&self, listed: &[&Listed]) -> Result<(), Error> {
        if self.group.entrants.len() != 2 {
            return Ok(());
        }
        for (index, later) in listed.iter().enumerate() {
            for earlier in &listed[..index] {
                let (a, b) = (&earlier.fixture, &later.fixture);
                let problem = match (
                    a.matchday.cmp(&b.matchday),
                    a.dates.first.cmp(&b.dates.first),
                ) {
                    (Ordering::Equal, _) => {
                        format!(
                            "two legs of one tie on matchday {}; number them 1, 2",
                            b.matchday
                        )
                    }
                    (Ordering::Less, Ordering::Greater) | (Ordering::Greater, Ordering::Less) => {
                        format!(
                            "leg {} is not in the order of the dates; correct one",
                            b.matchday
                        )
                    }
                    _ => continue,
                };
                let at = Location::new(self.file, later.line);
                return Err(Error::Score { at, problem });
            }
        }
        Ok(())
    }

    fn meetings(&self, listed: &[&Listed]) -> Result<(), Error> {
        let legs = self.stage.legs as usize;
        let mut at_home: HashMap<(TeamId, TeamId), Vec<usize>> = HashMap::new();
        for listed in listed {
            let (home, away) = (listed.fixture.home, listed.fixture.away);
            let reverse = at_home.get(&(away, home)).map_or(0, Vec::len);
            let lines = at_home.entry((home, away)).or_default();
            if lines.len() >= legs.div_ceil(2) || lines.len() + reverse >= legs {
                let reverse_line = || at_home.get(&(away, home)).and_then(|lines| lines.first());
                let first = at_home[&(home, away)]
                    .first()
                    .or_else(reverse_line)
                    .copied();
                return Err(Error::DuplicateFixture {
                    at: Location::new(self.file, listed.line),
                    home: self.teams.name(home).into(),
                    away: self.teams.name(away).into(),
                    first: first.unwrap_or(0),
                    group: self.stage.group_name(self.position),
                    legs: self.stage.legs,
                });
            }
            lines.push(listed.line);
        }
        self.missing(listed, &at_home)
    }

    /// A group whose teams are named has all its fixtures; one of places has all of them or, before
    /// they are known, none.
    fn missing(
        &self,
        listed: &[&Listed],
        at_home: &HashMap<(TeamId, TeamId), Vec<usize>>,
    ) -> Result<(), Error> {
        let named = self
            .group
            .entrants
            .iter()
            .all(|slot| matches!(slot, Slot::Team(_)));
        if listed.is_empty() && (!named || self.group.entrants.is_empty()) {
            return Ok(());
        }
        let (size, legs) = (self.group.entrants.len(), self.stage.legs as usize);
        let expected = size * (size - 1) / 2 * legs;
        if listed.len() == expected {
            return Ok(());
        }
        let mut seen = HashSet::new();
        let slots = self.group.entrants.iter().filter_map(|slot| match slot {
            Slot::Team(team) => Some(*team),
            Slot::Place(_) => None,
        });
        let playing = listed
            .iter()
            .flat_map(|listed| [listed.fixture.home, listed.fixture.away]);
        let members: Vec<TeamId> = slots
            .chain(playing)
            .filter(|&team| seen.insert(team))
            .collect();
        let count = |home, away| at_home.get(&(home, away)).map_or(0, Vec::len);
        let short = |&(home, away): &(TeamId, TeamId)| {
            home != away
                && count(home, away) + count(away, home) < legs
                && count(home, away) < legs.div_ceil(2)
        };
        let pairs = members
            .iter()
            .flat_map(|&home| members.iter().map(move |&away| (home, away)));
        let name = |team: Option<TeamId>| {
            team.map_or("a team", |team| self.teams.name(team))
                .to_owned()
        };
        let pair = pairs.clone().find(short);
        Err(Error::MissingFixture {
            at: Location::new(self.file, 0),
            group: self.stage.group_name(self.position),
            found: listed.len(),
            expected,
            home: name(pair.map(|pair| pair.0)),
            away: name(pair.map(|pair| pair.1)),
        })
    }
}
