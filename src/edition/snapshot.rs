//! An edition as it was known at one point in time: nothing later is visible in it.

use std::sync::OnceLock;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::as_of::{Cutoff, Sight};
use super::{Edition, Known, Listed, When};
use crate::competition::{Carried, DrawKind, Place, Schedule, Seating, Slot, Stage, Withdrawal};
use crate::error::{Error, Location};
use crate::fixture::{FULL_TIME, Fixture, Kind, OnPitch, Score, Scoreline, Status};
use crate::standings::{Metric, Origin, Standings, Table};
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
    /// `[stage]`: whether its draw lies ahead.
    undrawn: Vec<bool>,
    /// `[stage][group]`: its table, once somebody asked for it. A table may rest on those of all stages
    /// before, so without this one question would ask them all again and again.
    counted: Vec<Vec<OnceLock<Option<Counted>>>>,
}

/// What has been counted in a group, and its order.
#[derive(Clone, Debug)]
struct Counted {
    table: Table,
    standings: Standings,
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
        edition
            .withdrawn
            .retain(|withdrawn| withdrawn.date <= cutoff.day);
        for Listed { fixture, .. } in &mut edition.fixtures {
            let sight = cutoff.sight(fixture);
            if sight != Sight::Official {
                // What is written of a match after its score is as late as the score.
                let on_pitch = fixture.score.and_then(|score| score.on_pitch);
                fixture.score = on_pitch
                    .filter(|_| sight == Sight::OnPitch)
                    .map(provisional);
                fixture.decided = None;
                fixture.note.clear();
            }
        }
        let mut snapshot = Snapshot {
            edition,
            when,
            day: cutoff.day,
            members: Vec::new(),
            undrawn: Vec::new(),
            counted: Vec::new(),
        };
        snapshot.forget_counted();
        let stages = 0..snapshot.edition.competition.stages.len();
        snapshot.undrawn = stages.map(|stage| snapshot.lies_ahead(stage)).collect();
        for stage in 0..snapshot.edition.competition.stages.len() {
            snapshot.reveal(stage)?;
            snapshot.withdraw(stage);
            for group in 0..snapshot.members[stage].len() {
                snapshot.check(stage, group)?;
            }
        }
        snapshot.forget_unknown();
        snapshot.forget_counted();
        Ok(snapshot)
    }
}

/// What the table shows of a match until its official score is known.
fn provisional(played: OnPitch) -> Score {
    match played.minutes == FULL_TIME {
        true => Score::played(played.goals.home, played.goals.away),
        false => Score {
            on_pitch: Some(played),
            ..Score::by(Status::Abandoned, played.goals)
        },
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
            When::Entries => "before the first draw and match".into(),
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

    /// The matches that tell of strength, with what was played of them, in minutes up to 90.
    pub fn played(&self) -> impl Iterator<Item = (&Fixture, OnPitch)> {
        self.edition
            .fixtures
            .iter()
            .filter_map(|Listed { fixture, .. }| {
                let played = fixture.score?.on_pitch()?;
                (played.minutes > 0).then_some((fixture, played))
            })
    }

    /// What has been counted in a group; `None` while its teams are not all known.
    pub fn table(&self, stage: usize, group: usize) -> Option<Table> {
        self.counted(stage, group)
            .map(|counted| counted.table.clone())
    }

    fn counted(&self, stage: usize, group: usize) -> Option<&Counted> {
        let count = || {
            let table = self.count(stage, group)?;
            let finished = self.is_complete(stage, group);
            let rules = self.edition.competition.rules(stage, group, finished);
            let standings = Standings::of(&table, &rules);
            Some(Counted { table, standings })
        };
        self.counted[stage][group].get_or_init(count).as_ref()
    }

    fn count(&self, stage: usize, group: usize) -> Option<Table> {
        let members = self.members(stage, group)?;
        let competition = &self.edition.competition;
        let rulebook = &competition.rulebook;
        let mut table = Table::new(members.len(), rulebook.win, rulebook.draw);
        table.set_legs(competition.stages[stage].schedule.legs() as u16);
        if let Some(carried) = &competition.stages[stage].carry {
            self.bring_along(carried, members, &mut table)?;
        }
        let position = |team| members.iter().position(|&member| member == team);
        let mut last_rounds = vec![0; members.len()];
        for Listed { fixture, .. } in self.fixtures(stage, group) {
            let sides = position(fixture.home).zip(position(fixture.away));
            let Some((home, away)) = sides else { continue };
            if fixture.kind == Kind::Regular {
                for (team, opponent) in [(home, away), (away, home)] {
                    if last_rounds[team] < fixture.matchday {
                        last_rounds[team] = fixture.matchday;
                        table.set_last_opponent(team as u8, opponent as u8);
                    }
                }
            }
            let Some(score) = fixture.score else { continue };
            if score.counts() {
                record(&mut table, (home as u8, away as u8), fixture.kind, &score);
            }
        }
        for value in &self.edition.values {
            let Some(team) = position(value.team) else {
                continue;
            };
            if let Known::External(external) = value.what {
                table.set_value(team as u8, external, value.value);
            }
        }
        for (team, &member) in members.iter().enumerate() {
            table.adjust_points(team as u8, -self.deducted(stage, member));
            if competition
                .order(stage)
                .lists()
                .any(|list| list.metrics().any(|m| m == Metric::EarlierPlace))
                && let Some(place) = self.earlier_place(stage, member)
            {
                table.set_earlier_place(team as u8, place as i64);
            }
        }
        self.leave_out_withdrawn(stage, members, &mut table);
        Some(table)
    }

    /// Starts a table with what its teams bring along from an earlier stage.
    fn bring_along(&self, carried: &Carried, members: &[TeamId], table: &mut Table) -> Option<()> {
        let origins = self.origins(carried.stage, members)?;
        let sources = 0..self.edition.competition.stages[carried.stage].groups.len();
        let tables: Vec<Table> = sources
            .clone()
            .map(|source| self.table(carried.stage, source))
            .collect::<Option<_>>()?;
        let last = |source: usize| {
            let standings = self.standings(carried.stage, source)?;
            standings.decided(standings.order.len() - 1)
        };
        let last: Vec<Option<u8>> = sources.map(last).collect();
        let smallest = tables.iter().map(Table::size).min().unwrap_or(0);
        let source = |group: usize| &tables[group];
        table.carry_over(carried.what, &origins, smallest, source, |group| {
            last[group]
        });
        Some(())
    }

    /// The points taken from a team in a stage; of several decisions the last one known counts.
    fn deducted(&self, stage: usize, team: TeamId) -> i64 {
        let meant = |value: &&super::KnownValue| {
            value.team == team && value.what == Known::Deduction { stage }
        };
        let mut values = self.edition.values.iter().rev();
        values.find(meant).map_or(0, |value| value.value)
    }

    /// Where each of these teams stands in an earlier stage.
    fn origins(&self, stage: usize, teams: &[TeamId]) -> Option<Vec<Origin>> {
        let origin = |&team: &TeamId| {
            let groups = self.members[stage].iter().enumerate();
            groups
                .filter_map(|(group, members)| Some((group, members.as_ref()?)))
                .find_map(|(group, members)| {
                    let seat = members.iter().position(|&member| member == team)?;
                    Some(Origin {
                        group,
                        team: seat as u8,
                    })
                })
        };
        teams.iter().map(origin).collect()
    }

    /// The place, from 1, of a team in the last stage of more than two teams that it was in before.
    pub(crate) fn earlier_place(&self, stage: usize, team: TeamId) -> Option<usize> {
        (0..stage).rev().find_map(|earlier| {
            let stages = &self.edition.competition.stages;
            if !stages[earlier].is_table() {
                return None;
            }
            let origin = self.origins(earlier, &[team])?[0];
            let standings = self
                .standings(earlier, origin.group)
                .filter(|_| self.is_complete(earlier, origin.group))?;
            let row = standings.order.iter().find(|row| row.team == origin.team)?;
            Some(row.position)
        })
    }

    /// The ordered table of a group; `None` while its teams are not all known.
    pub fn standings(&self, stage: usize, group: usize) -> Option<Standings> {
        self.counted(stage, group)
            .map(|counted| counted.standings.clone())
    }

    /// Whether every fixture of a group has a score that counts. A group that plays nothing is complete
    /// once its teams are known.
    pub fn is_complete(&self, stage: usize, group: usize) -> bool {
        let declared = &self.edition.competition.stages[stage];
        if declared.schedule == Schedule::Nothing {
            return self.members(stage, group).is_some();
        }
        let expected = declared.matches(group);
        let regular = || {
            let fixtures = self.fixtures(stage, group).map(|listed| &listed.fixture);
            fixtures.filter(|fixture| fixture.kind == Kind::Regular)
        };
        let over = |fixture: &Fixture| {
            let status = fixture.score.map(|score| score.status);
            status.is_some_and(|status| status != Status::Abandoned)
        };
        expected > 0 && regular().count() >= expected && regular().all(over)
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

    /// Whether the draw of a stage lies ahead.
    pub fn is_undrawn(&self, stage: usize) -> bool {
        self.undrawn[stage]
    }

    fn lies_ahead(&self, stage: usize) -> bool {
        let declared = &self.edition.competition.stages[stage];
        let unlisted = |group: &crate::competition::Group| group.entrants.is_empty();
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
    fn reveal(&mut self, stage: usize) -> Result<(), Error> {
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

    /// Does with the matches of teams that left what the rules say.
    fn withdraw(&mut self, stage: usize) {
        let forfeit = self.edition.competition.rulebook.forfeit;
        let left: Vec<(TeamId, Withdrawal)> = self.left(stage).collect();
        for (team, policy) in left {
            for Listed { fixture, .. } in &mut self.edition.fixtures {
                let plays = [fixture.home, fixture.away].contains(&team);
                if fixture.stage != stage || !plays || fixture.kind != Kind::Regular {
                    continue;
                }
                let counts = fixture.score.is_some_and(|score| score.counts());
                let on_pitch = fixture.score.and_then(|score| score.on_pitch());
                let void = Score {
                    on_pitch,
                    ..Score::by(Status::Annulled, Scoreline::new(0, 0))
                };
                match policy {
                    Withdrawal::Annul => fixture.score = Some(void),
                    Withdrawal::Award if !counts => {
                        let goals = match fixture.home == team {
                            true => Scoreline::new(0, forfeit),
                            false => Scoreline::new(forfeit, 0),
                        };
                        fixture.score = Some(Score {
                            on_pitch,
                            ..Score::by(Status::Awarded, goals)
                        });
                    }
                    Withdrawal::Average if !counts => fixture.score = Some(void),
                    Withdrawal::Award | Withdrawal::Average => {}
                }
            }
        }
    }

    /// The teams that left a stage, and what happens to their matches.
    fn left(&self, stage: usize) -> impl Iterator<Item = (TeamId, Withdrawal)> + '_ {
        let left = self.edition.withdrawn.iter();
        left.filter(move |left| left.stage == stage)
            .map(|left| (left.team, left.policy))
    }

    fn leave_out_withdrawn(&self, stage: usize, members: &[TeamId], table: &mut Table) {
        let position = |team| members.iter().position(|&member| member == team);
        for (team, policy) in self.left(stage) {
            let Some(seat) = position(team) else { continue };
            match policy {
                Withdrawal::Annul => table.annul(seat as u8),
                Withdrawal::Award => {}
                Withdrawal::Average => {
                    let fixtures = self.edition.fixtures.iter().map(|listed| &listed.fixture);
                    let void = fixtures.filter(|fixture| {
                        fixture.stage == stage
                            && fixture
                                .score
                                .is_some_and(|score| score.status == Status::Annulled)
                    });
                    for fixture in void {
                        let other = match (fixture.home == team, fixture.away == team) {
                            (true, _) => position(fixture.away).zip(Some(true)),
                            (_, true) => position(fixture.home).zip(Some(false)),
                            _ => None,
                        };
                        if let Some((other, away)) = other {
                            table.average(other as u8, away);
                        }
                    }
                }
            }
        }
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

    /// Why a fixture cannot have had the extra time, the shoot-out or the further match that it gives.
    fn why_no_play(&self, stage: usize, group: usize, fixture: &Fixture) -> Option<String> {
        let score = fixture.score?;
        let further = match fixture.kind {
            Kind::Regular => None,
            Kind::Replay => Some(Metric::Replay),
            Kind::PlayOff => Some(Metric::PlayOff),
        };
        let extras = score.extra_time.map(|_| Metric::ExtraTime);
        let extras = extras
            .into_iter()
            .chain(score.penalties.map(|_| Metric::Penalties));
        // A play-off goes on until it is decided, whatever the rules say of ties.
        let extras = extras.filter(|_| fixture.kind != Kind::PlayOff);
        let of_metric = |metric| self.why_not(metric, stage, group, fixture);
        let problem = further
            .into_iter()
            .chain(extras)
            .filter_map(of_metric)
            .next();
        let level = score
            .penalties
            .is_some_and(|kicks| kicks.home == kicks.away);
        problem.or_else(|| level.then(|| "a penalty shoot-out cannot end level".into()))
    }

    fn why_not(
        &self,
        metric: Metric,
        stage: usize,
        group: usize,
        fixture: &Fixture,
    ) -> Option<String> {
        let declared = &self.edition.competition.stages[stage];
        let list = &self.edition.competition.order(stage).last;
        if !list.metrics().any(|known| known == metric) {
            let name = &declared.name;
            return Some(format!(
                "{metric} given, but the rulebook has none in {name}"
            ));
        }
        let is_tie = declared.groups[group].size == 2;
        if metric == Metric::PlayOff {
            return None;
        }
        if !is_tie && !list.is_for_last_match(metric) {
            return Some(format!("{metric} given outside a tie of two teams"));
        }
        let last = self
            .fixtures(stage, group)
            .map(|listed| listed.fixture.matchday)
            .max();
        if last.is_some_and(|last| fixture.matchday < last) {
            return Some(format!(
                "{metric} given before the last leg; move to the match that it decided"
            ));
        }
        if !self.is_complete(stage, group) || self.came_to(metric, stage, group) {
            return None;
        }
        if !is_tie {
            return Some(format!(
                "{metric} given, but the rules do not come to them here"
            ));
        }
        let needs = self.needs(stage, group);
        let missing = [Metric::Replay, Metric::ExtraTime]
            .into_iter()
            .find(|&missing| needs.as_deref() == Some(&format!("needs {missing}")));
        Some(match missing {
            Some(Metric::ExtraTime) => {
                format!("{metric} given without the extra time before them; `0-0` if goalless")
            }
            Some(missing) => format!("{metric} given without the {missing} before"),
            None => format!("{metric} given, but the tie was decided before"),
        })
    }

    /// What the rules wait for in a group, if they wait.
    fn needs(&self, stage: usize, group: usize) -> Option<String> {
        let standings = self.standings(stage, group)?;
        standings.order.into_iter().find_map(|row| row.needs)
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
            .needs(stage, group)
            .filter(|_| self.is_complete(stage, group));
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

    /// Counts anew whatever is asked for from now on.
    fn forget_counted(&mut self) {
        let stages = self.edition.competition.stages.iter();
        let none = |stage: &Stage| stage.groups.iter().map(|_| OnceLock::new()).collect();
        self.counted = stages.map(none).collect();
    }

    /// Takes out the fixtures and draws of groups whose teams are not known.
    fn forget_unknown(&mut self) {
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

/// Counts a match for what it is.
fn record(table: &mut Table, (home, away): (u8, u8), kind: Kind, score: &Score) {
    match kind {
        Kind::Regular => {
            table.record(home, away, score.goals);
            let winner = score.goals.home.cmp(&score.goals.away);
            if score.status == Status::Awarded && winner.is_ne() {
                table.record_forfeit(if winner.is_gt() { away } else { home });
            }
        }
        Kind::Replay => table.record_replay(home, away, score.goals),
        Kind::PlayOff => {
            let ahead = |goals: Scoreline| {
                Some(goals.home > goals.away).filter(|_| goals.home != goals.away)
            };
            let home_wins = ahead(score.goals)
                .or_else(|| score.extra_time.and_then(ahead))
                .or_else(|| score.penalties.and_then(ahead));
            if let Some(home_wins) = home_wins {
                let winner = Scoreline::new(home_wins.into(), (!home_wins).into());
                table.record_play_off(home, away, winner);
            }
            return;
        }
    }
    if let Some(goals) = score.extra_time {
        table.record_extra_time(home, away, goals);
    }
    if let Some(kicks) = score.penalties {
        table.record_penalties(home, away, kicks);
    }
}
