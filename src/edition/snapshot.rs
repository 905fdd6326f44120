//! An edition as it was known at one point in time: nothing later is visible in it.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::as_of::Cutoff;
use super::{Edition, Listed, When};
use crate::competition::{Place, Slot};
use crate::error::{Error, Location};
use crate::fixture::{Fixture, Score, Status};
use crate::standings::{Metric, Needs, Standings, Table};
use crate::team::TeamId;

/// An edition cut at a point in time.
///
/// Later scores, later draws, and the fixtures of groups whose teams are not known yet are gone from
/// it, so what reads a snapshot cannot see past its date.
#[derive(Clone, Debug)]
pub struct Snapshot {
    edition: Edition,
    when: When,
    day: Date,
    members: Vec<Vec<Option<Vec<TeamId>>>>,
}

impl Edition {
    /// The edition as it was known at a point in time.
    ///
    /// # Errors
    /// A point in time before the edition or beyond its matchdays; scores that contradict the rules
    /// or the places that lead to their fixtures, as far as they are visible.
    pub fn as_of(&self, when: When) -> Result<Snapshot, Error> {
        let cutoff = Cutoff::of(self, when)?;
        let mut edition = self.clone();
        edition
            .values
            .retain(|value| value.known.is_none_or(|known| known <= cutoff.day));
        for Listed { fixture, .. } in &mut edition.fixtures {
            if !cutoff.shows(fixture) {
                // What is written of a match after its score is as late as the score.
                (fixture.score, fixture.decided) = (None, None);
                fixture.note.clear();
            }
        }
        let mut snapshot = Snapshot {
            edition,
            when,
            day: cutoff.day,
            members: Vec::new(),
        };
        for stage in 0..snapshot.edition.competition.stages.len() {
            snapshot.reveal(stage)?;
        }
        snapshot.forget_unknown();
        Ok(snapshot)
    }
}

impl Snapshot {
    /// What was known of the edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The point in time.
    pub fn when(&self) -> When {
        self.when
    }

    /// The point in time in words: `after matchday 4 (2023-12-20)`.
    pub fn label(&self) -> String {
        match self.when {
            When::Start => "before matchday 1".into(),
            When::Matchday(_) => format!("after {} ({})", self.when, self.day),
            When::Date(_) => format!("after {}", self.when),
            When::Now => "after the last result".into(),
        }
    }

    /// The teams of a group in order of group position; `None` while they are not all known.
    pub fn members(&self, stage: usize, group: usize) -> Option<&[TeamId]> {
        self.members[stage][group].as_deref()
    }

    /// The fixtures of a group, in file order.
    pub fn fixtures(&self, stage: usize, group: usize) -> impl Iterator<Item = &Listed> {
        let here =
            move |listed: &&Listed| listed.fixture.stage == stage && listed.fixture.group == group;
        self.edition.fixtures.iter().filter(here)
    }

    /// The matches that tell of strength: played on the pitch, none awarded.
    pub fn played(&self) -> impl Iterator<Item = (&Fixture, Score)> {
        self.edition
            .fixtures
            .iter()
            .filter_map(|Listed { fixture, .. }| {
                let score = fixture
                    .score
                    .filter(|score| score.status == Status::Played)?;
                Some((fixture, score))
            })
    }

    /// What has been counted in a group; `None` while its teams are not all known.
    pub fn table(&self, stage: usize, group: usize) -> Option<Table> {
        let members = self.members(stage, group)?;
        let rulebook = &self.edition.competition.rulebook;
        let mut table = Table::new(members.len(), rulebook.win, rulebook.draw);
        table.set_legs(self.edition.competition.stages[stage].legs as u16);
        let position = |team| members.iter().position(|&member| member == team);
        let mut last_rounds = vec![0; members.len()];
        for Listed { fixture, .. } in self.fixtures(stage, group) {
            let sides = position(fixture.home).zip(position(fixture.away));
            let Some((home, away)) = sides else { continue };
            for (team, opponent) in [(home, away), (away, home)] {
                if last_rounds[team] < fixture.matchday {
                    last_rounds[team] = fixture.matchday;
                    table.set_last_opponent(team as u8, opponent as u8);
                }
            }
            let Some(score) = fixture.score else { continue };
            let (home, away) = (home as u8, away as u8);
            table.record(home, away, score.goals);
            if let Some(goals) = score.extra_time {
                table.record_extra_time(home, away, goals);
            }
            if let Some(kicks) = score.penalties {
                table.record_penalties(home, away, kicks);
            }
        }
        for value in &self.edition.values {
            if let Some(team) = position(value.team) {
                table.set_value(team as u8, value.external, value.value);
            }
        }
        Some(table)
    }

    /// The ordered table of a group; `None` while its teams are not all known.
    pub fn standings(&self, stage: usize, group: usize) -> Option<Standings> {
        let finished = self.is_complete(stage, group);
        let rules = self.edition.competition.rules(stage, group, finished);
        self.table(stage, group)
            .map(|table| Standings::of(&table, &rules))
    }

    /// Whether every fixture of a group has a score.
    pub fn is_complete(&self, stage: usize, group: usize) -> bool {
        let stages = &self.edition.competition.stages;
        let size = stages[stage].groups[group].entrants.len();
        let expected = size * size.saturating_sub(1) / 2 * stages[stage].legs as usize;
        expected > 0
            && self
                .fixtures(stage, group)
                .filter(|l| l.fixture.score.is_some())
                .count()
                == expected
    }

    /// The team in a place, once its group is complete and the rules have decided it.
    pub fn finisher(&self, place: Place) -> Option<TeamId> {
        let Place { stage, group, rank } = place;
        let standings = self
            .standings(stage, group)
            .filter(|_| self.is_complete(stage, group))?;
        let team = standings.decided(rank)?;
        Some(self.members(stage, group)?[usize::from(team)])
    }

    /// SHA-256 of everything visible, in hexadecimal: what an output depends on besides options.
    pub fn content_hash(&self) -> String {
        let visible = serde_json::to_vec(&self.edition).expect("an edition is plain data");
        Sha256::digest(visible)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// Works out who is in the groups of a stage from what the earlier stages have decided.
    fn reveal(&mut self, stage: usize) -> Result<(), Error> {
        let declared = &self.edition.competition.stages[stage];
        let drawn = declared.drawn.is_none_or(|day| day <= self.day);
        let resolve = |slot: &Slot| match *slot {
            Slot::Team(team) => Some(team),
            Slot::Place(place) => self.finisher(place),
        };
        let members = declared.groups.iter().map(|group| {
            let known = drawn && group.unknown.is_none();
            known
                .then(|| group.entrants.iter().map(resolve).collect())
                .flatten()
        });
        let members: Vec<Option<Vec<TeamId>>> = members.collect();
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
        for group in 0..self.members[stage].len() {
            self.check(stage, group)?;
        }
        Ok(())
    }

    /// Visible scores must fit the teams of the group and the rules.
    fn check(&self, stage: usize, group: usize) -> Result<(), Error> {
        let declared = &self.edition.competition.stages[stage];
        let at = |listed: &Listed| Location::new(&self.edition.file, listed.line);
        let wrong = |listed, problem| {
            Err(Error::Score {
                at: at(listed),
                problem,
            })
        };
        let Some(members) = self.members(stage, group) else {
            return match self
                .fixtures(stage, group)
                .find(|listed| listed.fixture.score.is_some())
            {
                Some(listed) => wrong(listed, self.why_unknown(stage, group)),
                None => Ok(()),
            };
        };
        for listed in self.fixtures(stage, group) {
            let sides = [listed.fixture.home, listed.fixture.away];
            if let Some(&team) = sides.iter().find(|team| !members.contains(team)) {
                let name = |&team: &TeamId| self.edition.teams.name(team);
                return Err(Error::NotInGroup {
                    at: at(listed),
                    team: name(&team).into(),
                    group: declared.group_name(group),
                    members: members.iter().map(name).collect::<Vec<_>>().join(", "),
                });
            }
        }
        let mut listed = self.fixtures(stage, group);
        listed.try_for_each(
            |listed| match self.why_no_play(stage, group, &listed.fixture) {
                Some(problem) => wrong(listed, problem),
                None => Ok(()),
            },
        )
    }

    /// Why a fixture cannot have had the extra time or the shoot-out that its score gives.
    fn why_no_play(&self, stage: usize, group: usize, fixture: &Fixture) -> Option<String> {
        let score = fixture.score?;
        let extras = [
            (score.extra_time, Metric::ExtraTime),
            (score.penalties, Metric::Penalties),
        ];
        let given = extras.iter().filter(|(extra, _)| extra.is_some());
        let of_metric = |metric| self.why_not(metric, stage, group, fixture.matchday);
        let problem = given.filter_map(|(_, metric)| of_metric(*metric)).next();
        let level = score
            .penalties
            .is_some_and(|kicks| kicks.home == kicks.away);
        problem.or_else(|| level.then(|| "a penalty shoot-out cannot end level".into()))
    }

    fn why_not(&self, metric: Metric, stage: usize, group: usize, leg: u32) -> Option<String> {
        let declared = &self.edition.competition.stages[stage];
        let list = &self.edition.competition.order(stage).last;
        let last_leg = self
            .fixtures(stage, group)
            .map(|listed| listed.fixture.matchday)
            .max();
        if !list.metrics().any(|known| known == metric) {
            let name = &declared.name;
            return Some(format!(
                "{metric} given, but the rulebook has none in {name}"
            ));
        }
        if declared.groups[group].entrants.len() != 2 && !list.is_for_last_match(metric) {
            return Some(format!("{metric} given outside a tie of two teams"));
        }
        if last_leg.is_some_and(|last| leg < last) {
            return Some(format!(
                "{metric} given before the last leg; move to the match that it decided"
            ));
        }
        if !self.is_complete(stage, group) || self.came_to(metric, stage, group) {
            return None;
        }
        if declared.groups[group].entrants.len() != 2 {
            return Some(format!(
                "{metric} given, but the rules do not come to them here"
            ));
        }
        let needs = Needs::Value(Metric::ExtraTime).to_string();
        let standings = self.standings(stage, group)?;
        Some(
            match standings
                .order
                .iter()
                .any(|row| row.needs.as_ref() == Some(&needs))
            {
                true => {
                    format!("{metric} given without the extra time before them; `0-0` if goalless")
                }
                false => format!("{metric} given, but the tie was decided before"),
            },
        )
    }

    /// Whether the rules had to look at a metric to order a group.
    fn came_to(&self, metric: Metric, stage: usize, group: usize) -> bool {
        let standings = self.standings(stage, group);
        let mut rows = standings.iter().flat_map(|standings| &standings.order);
        rows.any(|row| row.steps.iter().any(|step| step.metric == metric))
    }

    fn why_unknown(&self, stage: usize, group: usize) -> String {
        let declared = &self.edition.competition.stages[stage];
        let name = declared.group_name(group);
        if let Some(reason) = &declared.groups[group].unknown {
            return format!("a score in {name}, whose teams are not known: {reason}");
        }
        if let Some(day) = declared.drawn.filter(|&day| day > self.day) {
            return format!("a score in {name} before its draw on {day}; correct one of the dates");
        }
        let open = declared.groups[group]
            .entrants
            .iter()
            .find_map(|slot| match *slot {
                Slot::Place(place) if self.finisher(place).is_none() => Some(place),
                _ => None,
            });
        let Some(Place { stage, group, rank }) = open else {
            return format!("a score in {name}, whose teams are not known");
        };
        let feeder = &self.edition.competition.stages[stage];
        let needs = self
            .standings(stage, group)
            .filter(|_| self.is_complete(stage, group));
        let needs = needs.and_then(|standings| {
            standings
                .order
                .iter()
                .find_map(|standing| standing.needs.clone())
        });
        let why = match needs {
            Some(needs) => format!("{needs}: add a row to values.csv or the missing score"),
            None => "its matches are not all played".into(),
        };
        format!(
            "a score in {name}, but position {} of {} is not decided: {why}",
            rank + 1,
            feeder.group_name(group)
        )
    }

    /// Takes out the fixtures and draws of groups whose teams are not known.
    fn forget_unknown(&mut self) {
        let members = &self.members;
        self.edition
            .fixtures
            .retain(|listed| members[listed.fixture.stage][listed.fixture.group].is_some());
        for stage in &mut self.edition.competition.stages {
            if stage.drawn.is_some_and(|drawn| drawn > self.day) {
                stage.drawn = None;
                for group in &mut stage.groups {
                    group.entrants.clear();
                }
            }
        }
    }
}
