//! Checks of what an edition declares: names, stages, slots, outcomes.

use std::collections::HashMap;

use jiff::civil::Date;
use toml::Spanned;

use super::raw::{File, RawCarry, RawGroup, RawOutcome, RawStage};
use super::seating::LEAGUE_PHASE;
use super::seats::Seats;
use super::source::Source;
use crate::competition::{
    Carried, DrawKind, Group, Outcome, Place, RuleList, Rulebook, Schedule, Seating, SecondLeg,
    Slot, Stage,
};
use crate::error::{Error, Location, Nearest};
use crate::fixture::Venue;
use crate::standings::{CarriedMatches, CarriedPoints, Carry, LARGEST_GROUP, Metric};
use crate::team::{Team, Teams};

const MOST_LEGS: u32 = 10;

/// Slots are looked for in all stages before.
const MOST_STAGES: usize = 200;

/// As many as there may be teams: a seat may be a group of one.
const MOST_GROUPS: usize = MOST_TEAMS;

/// Each is counted for every team.
const MOST_OUTCOMES: usize = 200;

/// The fit holds a square of twice the teams.
const MOST_TEAMS: usize = 1000;

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

/// Whether a text can stand for something in files and in print.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(char::is_control)
}

fn unique(
    before: &[&str],
    id: &Spanned<String>,
    what: &'static str,
    file: File<'_>,
) -> Result<(), Error> {
    let name = id.get_ref();
    if !is_name(name) {
        return Err(Error::BadValue {
            at: file.at(id),
            what,
            value: name.trim().into(),
            expected: "a name, without spaces round it",
        });
    }
    // Such a name could not be told from the parts of a place.
    if what != "outcome" && (name.contains('/') || name == "*") {
        return Err(Error::BadValue {
            at: file.at(id),
            what,
            value: name.clone(),
            expected: "a name without `/`, and not `*`, as it is part of places `stage/group/position`",
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

    /// The list of the rulebook; a stage of seats needs none.
    fn order(&self, raw: &RawStage, plays: bool) -> Result<String, Error> {
        let orders = || self.rulebook.orders().map(|order| order.id.as_str());
        let Some(order) = &raw.order else {
            // A seat of its own has nothing to be ordered; any list will do.
            let first = orders().next().filter(|_| !plays);
            return first.map(str::to_owned).ok_or_else(|| {
                let known = orders().collect::<Vec<_>>().join(", ");
                let problem =
                    format!("`order` is missing: which list of the rulebook orders its groups (known: {known})");
                self.stage_error(&raw.id, raw, problem)
            });
        };
        let name = order.get_ref();
        match self.rulebook.order(name) {
            Some(_) => Ok(name.clone()),
            None => Err(Error::UnknownWord {
                at: self.file.at(order),
                key: "order",
                value: name.clone(),
                nearest: Nearest::of(name, orders().map(|id| (id, id))),
                known: orders().collect::<Vec<_>>().join(", "),
            }),
        }
    }

    fn schedule(&self, raw: &RawStage, groups: &[Group]) -> Result<Schedule, Error> {
        let wrong = |at: Location, problem: String| Error::Stage {
            at,
            stage: raw.id.get_ref().clone(),
            problem,
        };
        let at = || self.file.at(&raw.id);
        let plays = groups.iter().any(|group| group.size != 1);
        let says = [
            raw.legs
                .as_ref()
                .filter(|legs| *legs.get_ref() > 0)
                .map(|_| "legs"),
            raw.matches.as_ref().map(|_| "matches"),
            raw.schedule.as_ref().map(|_| "schedule"),
            raw.venue.as_ref().map(|_| "venue"),
        ];
        if let Some(key) = says.into_iter().flatten().next().filter(|_| !plays) {
            let problem =
                format!("its groups have one seat each and play nothing; leave out `{key}`");
            return Err(wrong(at(), problem));
        }
        if let Some(lines) = &raw.schedule {
            let (at, lines) = (self.file.at(lines), lines.get_ref());
            if raw.legs.is_some() || raw.matches.is_some() {
                return Err(wrong(
                    at,
                    "`schedule` says how often teams meet; leave out `legs` and `matches`".into(),
                ));
            }
            let sizes = groups.iter().map(|group| group.size);
            let size = sizes.clone().max().unwrap_or(0);
            if sizes.min() != Some(size) {
                return Err(wrong(at, "`schedule` needs groups of one size".into()));
            }
            return template(lines, size).map_err(|problem| wrong(at, problem));
        }
        match (&raw.legs, &raw.matches) {
            (Some(_), Some(_)) => {
                let problem = "it has both `legs` and `matches`; remove one";
                Err(wrong(at(), problem.into()))
            }
            (None, None) if !plays => Ok(Schedule::Nothing),
            (None, None) => Err(wrong(
                at(),
                "how often teams meet is missing: `legs`, `matches` of each team, or a `schedule`"
                    .into(),
            )),
            (Some(legs), None) => match *legs.get_ref() {
                0 if raw.carry.is_some() || !self.counts_matches(raw) => Ok(Schedule::Nothing),
                0 => Err(wrong(
                    self.file.at(legs),
                    "without matches it needs `carry`: what its teams bring along".into(),
                )),
                legs @ 1..=MOST_LEGS => Ok(Schedule::RoundRobin { legs }),
                found => Err(Error::BadValue {
                    at: self.file.at(legs),
                    what: "legs",
                    value: found.to_string(),
                    expected: "a whole number from 0 to 10",
                }),
            },
            (None, Some(matches)) => {
                let count = *matches.get_ref();
                let fits = |group: &Group| {
                    let size = group.size as u32;
                    size == 0 || (count < size && (count * size).is_multiple_of(2))
                };
                if count == 0 || !groups.iter().all(fits) {
                    return Err(Error::BadValue {
                        at: self.file.at(matches),
                        what: "matches",
                        value: count.to_string(),
                        expected: "how many of the others each team meets, once each; with an odd number of teams \
                                   an even one",
                    });
                }
                match self.is_given(raw, groups) {
                    true => Ok(Schedule::Given { matches: count }),
                    false => Err(wrong(
                        self.file.at(matches),
                        "only the file of matches or the draw of a league phase can say who meets whom with \
                         `matches`; write `legs` or a `schedule`, or name its teams"
                            .into(),
                    )),
                }
            }
        }
    }

    /// Whether somebody says who meets whom: the file of matches, which must have all of a group of named
    /// teams, or the draw of a league phase.
    fn is_given(&self, raw: &RawStage, groups: &[Group]) -> bool {
        let named = |group: &Group| {
            let mut slots = group.entrants.iter();
            slots.all(|slot| matches!(slot, Slot::Team(_)))
        };
        match &raw.draw {
            Some(draw) => draw
                .get_ref()
                .kind
                .as_ref()
                .is_some_and(|kind| kind.get_ref() == LEAGUE_PHASE),
            None => groups.iter().all(named),
        }
    }

    /// Whether the rules of a stage look at matches, rather than at rankings and lots alone.
    fn counts_matches(&self, raw: &RawStage) -> bool {
        let order = raw.order.as_ref();
        let order = order.and_then(|order| self.rulebook.order(order.get_ref()));
        order.is_some_and(|order| {
            let external = |metric| matches!(metric, Metric::External(_) | Metric::EarlierPlace);
            !order.last.metrics().all(external)
        })
    }

    fn venue(&self, raw: &RawStage) -> Result<Venue, Error> {
        match raw.venue.as_ref().map(|venue| venue.get_ref().as_str()) {
            None => Ok(Venue::Home),
            Some("neutral") => Ok(Venue::Neutral),
            Some(word) => Err(Error::BadValue {
                at: raw
                    .venue
                    .as_ref()
                    .map_or_else(|| self.file.at(&raw.id), |venue| self.file.at(venue)),
                what: "venue",
                value: word.into(),
                expected: "`neutral`, or no such key where matches are at the home side's ground",
            }),
        }
    }

    fn second_leg(&self, raw: &RawStage, groups: &[Group]) -> Result<SecondLeg, Error> {
        const WORDS: [(&str, SecondLeg); 3] = [
            ("second", SecondLeg::Second),
            ("drawn", SecondLeg::Drawn),
            ("better placed", SecondLeg::BetterPlaced),
        ];
        match &raw.second_leg {
            None => Ok(SecondLeg::default()),
            Some(key) if groups.iter().all(|group| group.size > 2 || group.size == 1) => {
                let problem = "`second_leg` goes with ties of two, and it has none; leave it out";
                Err(self.stage_error(key, raw, problem.into()))
            }
            Some(word) => self.word("second_leg", word, &WORDS),
        }
    }

    /// One of a list of words.
    pub(super) fn word<T: Copy>(
        &self,
        key: &'static str,
        word: &Spanned<String>,
        words: &[(&str, T)],
    ) -> Result<T, Error> {
        let name = word.get_ref();
        let found = words.iter().find(|(known, _)| known == name);
        found.map(|row| row.1).ok_or_else(|| Error::UnknownWord {
            at: self.file.at(word),
            key,
            value: name.clone(),
            nearest: Nearest::of(name, words.iter().map(|row| (row.0, row.0))),
            known: listed(words.iter().map(|row| row.0)),
        })
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

    fn carry(&self, stage: &RawStage, raw: &RawCarry, before: &[Stage]) -> Result<Carried, Error> {
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
    fn feeds(&self, raw: &RawStage, stage: &Stage, before: &[Stage]) -> Result<(), Error> {
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

    /// The rules of a stage must decide its ties, and know the outcomes they depend on.
    fn check_rules(
        &self,
        raw: &RawStage,
        stage: &Stage,
        outcomes: &[Outcome],
    ) -> Result<(), Error> {
        let at = || match &raw.order {
            Some(order) => self.file.at(order),
            None => self.file.at(&raw.id),
        };
        let rulebook = &self.rulebook.id;
        let order = self.rulebook.order(&stage.order);
        let order = order.expect("the stage was declared with a list of the rulebook");
        let plays = stage.schedule != Schedule::Nothing;
        if plays && !order.last.metrics().any(Metric::is_earned) {
            return Err(Error::Stage {
                at: at(),
                stage: stage.id.clone(),
                problem: format!(
                    "list `{}` of rulebook `{rulebook}` has no line that compares what the matches gave, such as \
                     `by = \"points\"` or `by = \"aggregate\"`",
                    stage.order
                ),
            });
        }
        let large = stage.groups.iter().find(|group| group.size > 2);
        if let Some(group) = large.filter(|_| plays && order.last.is_for_ties()) {
            return Err(Error::Stage {
                at: at(),
                stage: stage.id.clone(),
                problem: format!(
                    "list `{}` of rulebook `{rulebook}` is for ties of two, since it compares `aggregate`, but group \
                     `{}` has {} teams; take another list, or correct the entrants",
                    stage.order, group.id, group.size
                ),
            });
        }
        let is_tie = |group: &Group| group.size == 2 && plays;
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

    /// The slots that a text means: a team, a place, or places by `*` and `..`.
    pub(super) fn slots(
        &self,
        at: &Location,
        slot: &str,
        stage: &str,
        before: &[Stage],
    ) -> Result<Vec<Slot>, Error> {
        let at = at.clone();
        let nearest = match self.teams.find(slot) {
            Ok(team) => return Ok(vec![Slot::Team(team)]),
            Err(nearest) => nearest,
        };
        let Some((target, _)) = slot
            .split_once('/')
            .filter(|_| slot.split('/').count() == 3)
        else {
            return Err(Error::BadSlot {
                at,
                slot: slot.into(),
                nearest,
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

    /// Nobody can be in two places of an outcome, or it would be counted twice.
    fn check_outcome(
        &self,
        raw: &RawOutcome,
        places: &[Place],
        stages: &[Stage],
    ) -> Result<(), Error> {
        let wrong = |place: Place, problem: String| {
            Err(Error::NoSuchPlace {
                at: self.file.at(&raw.places),
                place: place.name(stages),
                problem,
            })
        };
        if places.is_empty() {
            return Err(Error::BadValue {
                at: self.file.at(&raw.places),
                what: "places",
                value: raw.places.get_ref().texts().join(", "),
                expected: "at least one place `stage/group/position` of a known group",
            });
        }
        let mut seats = Seats::new(stages);
        for (index, &place) in places.iter().enumerate() {
            for &earlier in &places[..index] {
                if place == earlier {
                    return wrong(place, "the outcome has it twice; remove one".into());
                }
                if seats.may_be_same(Slot::Place(earlier), Slot::Place(place)) {
                    let earlier = earlier.name(stages);
                    return wrong(
                        place,
                        format!(
                            "may turn out to be the same team as `{earlier}`, which would count twice; make two \
                             outcomes of them"
                        ),
                    );
                }
            }
        }
        Ok(())
    }

    fn outcome(&self, raw: &RawOutcome, stages: &[Stage]) -> Result<Outcome, Error> {
        let mut found = Vec::new();
        for text in raw.places.get_ref().texts() {
            let missing = |problem| Error::NoSuchPlace {
                at: self.file.at(&raw.places),
                place: text.clone(),
                problem,
            };
            found.extend(places(text, stages).map_err(missing)?);
        }
        self.check_outcome(raw, &found, stages)?;
        Ok(Outcome {
            name: raw.name.get_ref().clone(),
            places: found,
        })
    }
}

/// Words in a row; where one of them has a comma, it does not part them.
fn listed<'a>(words: impl Iterator<Item = &'a str> + Clone) -> String {
    let comma = words.clone().any(|word| word.contains(','));
    let words: Vec<&str> = words.collect();
    words.join(if comma { "; " } else { ", " })
}

/// Reads matchdays such as `1-4 2-3`, by seats from 1.
fn template(lines: &[String], size: usize) -> Result<Schedule, String> {
    let mut met: HashMap<(u8, u8), u32> = HashMap::new();
    let mut matchdays = Vec::new();
    for line in lines {
        let mut pairs = Vec::new();
        let mut playing = Vec::new();
        for pair in line.split_whitespace() {
            let seat = |text: &str| whole(text).filter(|seat| (1..=size).contains(seat));
            let sides = pair
                .split_once('-')
                .and_then(|(home, away)| seat(home).zip(seat(away)));
            let Some((home, away)) = sides else {
                return Err(format!(
                    "`{pair}` in `schedule`: expected two positions from 1 to {size}, such as `1-{size}`"
                ));
            };
            if playing.contains(&home) || playing.contains(&away) || home == away {
                return Err(format!("`{line}` in `schedule`: a team plays twice"));
            }
            playing.extend([home, away]);
            let (home, away) = (home as u8 - 1, away as u8 - 1);
            *met.entry((home.min(away), home.max(away))).or_default() += 1;
            pairs.push((home, away));
        }
        matchdays.push(pairs);
    }
    let legs = met.values().copied().max().unwrap_or(0);
    let pairs = size * size.saturating_sub(1) / 2;
    if legs == 0 || met.len() != pairs || met.values().any(|&count| count != legs) {
        return Err("`schedule`: every pair must meet, and all equally often".into());
    }
    if legs > MOST_LEGS {
        return Err(format!(
            "`schedule`: every pair meets {legs} times; at most {MOST_LEGS} are possible"
        ));
    }
    Ok(Schedule::Template { matchdays, legs })
}

/// A number of digits alone.
fn whole(text: &str) -> Option<usize> {
    text.parse()
        .ok()
        .filter(|_| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
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
fn places(text: &str, stages: &[Stage]) -> Result<Vec<Place>, String> {
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
