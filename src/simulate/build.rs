//! From a snapshot to a plan: every group that can be played, in order.

use super::facts::Facts;
use super::plan::{
    MOST_SAMPLED, OpenFixture, Options, Plan, PlannedCarry, PlannedGroup, PlannedOutcome,
    PlannedPlace, PlannedStage, Seat,
};
use super::refine::{Ground, LaneRules};
use super::sampler::Sampler;
use super::seating::{PlannedSeating, check_listed};
use super::set_result::SetResult;
use crate::competition::{DrawKind, Drawing, Place, Schedule, Seating, SecondLeg, Slot, Stage};
use crate::edition::{Snapshot, When, addresses};
use crate::error::{Error, Location};
use crate::model::GoalModel;
use crate::standings::{LARGEST_GROUP, Metric, Rule, Scope, Table};
use crate::team::TeamId;

impl<'m> Plan<'m> {
    /// Plans every stage that can be played: whose teams are known, or come from places that are
    /// played, or from a draw that the edition describes.
    ///
    /// # Errors
    /// [`Error::NothingToProject`] if there is no such stage, [`Error::SetResult`] for a result that
    /// fits no open fixture, [`Error::Stage`] for a draw that no outcome can satisfy.
    pub fn new(
        snapshot: &Snapshot,
        model: &'m dyn GoalModel,
        options: impl Into<Options>,
        set: &[SetResult],
    ) -> Result<Self, Error> {
        let mut builder = Builder {
            snapshot,
            addresses: addresses(&snapshot.edition().competition.stages),
            facts: Facts::of(snapshot),
            open_set: set.iter().collect(),
            groups: Vec::new(),
            planned: Vec::new(),
        };
        let options = options.into();
        let mut stages = Vec::new();
        let declared = snapshot.edition().competition.stages.iter().enumerate();
        for (stage, declared) in declared {
            if options.through.is_some_and(|last| stage > last) {
                builder.planned.push(vec![None; declared.groups.len()]);
                continue;
            }
            let first = builder.groups.len();
            let seating = builder.stage(stage)?;
            let groups = first..builder.groups.len();
            if let Some(seating) = seating.filter(|_| !groups.is_empty()) {
                let is_table = declared.is_table();
                stages.push(PlannedStage {
                    stage,
                    groups,
                    seating,
                    is_table,
                });
            }
        }
        let outcomes = builder.outcomes();
        builder.ask(&stages);
        let Builder {
            groups,
            facts,
            open_set,
            ..
        } = builder;
        if let Some(left) = open_set.first() {
            return Err(left.unplaced(snapshot, &groups, set));
        }
        if groups.is_empty() && outcomes.is_empty() {
            return Err(nothing_to_project(snapshot));
        }
        let open = groups.iter().flat_map(|group| &group.open);
        let sampler = |open: &OpenFixture| {
            let pairing = open.pairing?;
            let grid = model.grid_of_share(model.estimate(), pairing, open.share());
            Some(Sampler::new(&grid))
        };
        Ok(Self {
            samplers: open.filter_map(sampler).collect(),
            model,
            options,
            stages,
            groups,
            outcomes,
            facts,
        })
    }
}

/// A plan in the making.
pub(super) struct Builder<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) addresses: Vec<Vec<usize>>,
    pub(super) facts: Facts,
    /// Supposed results without a place so far.
    pub(super) open_set: Vec<&'a SetResult>,
    pub(super) groups: Vec<PlannedGroup>,
    /// `[stage][group]`: the planned group.
    pub(super) planned: Vec<Vec<Option<usize>>>,
}

impl Builder<'_> {
    pub(super) fn declared(&self, stage: usize) -> &Stage {
        &self.snapshot.edition().competition.stages[stage]
    }

    /// Plans the groups of a stage; `None` if none of them can be played.
    fn stage(&mut self, stage: usize) -> Result<Option<PlannedSeating>, Error> {
        self.planned
            .push(vec![None; self.declared(stage).groups.len()]);
        let Some(seating) = self.seating(stage)? else {
            return Ok(None);
        };
        for group in 0..self.declared(stage).groups.len() {
            let seats = match self.snapshot.members(stage, group) {
                Some(members) => Some(members.iter().copied().map(Seat::Team).collect()),
                None => self.seats(stage, group, &seating),
            };
            let seats: Option<Vec<Seat>> = seats;
            if let Some(seats) = seats.filter(|seats| self.is_needed(stage, group, seats)) {
                let planned = self.group(stage, group, seats)?;
                self.planned[stage][group] = Some(self.groups.len());
                self.groups.push(planned);
            }
        }
        Ok(Some(seating))
    }

    /// How the entrants of a stage come to their seats; `None` where nothing says so.
    fn seating(&self, stage: usize) -> Result<Option<PlannedSeating>, Error> {
        let declared = self.declared(stage);
        let undrawn = self.snapshot.is_undrawn(stage);
        match &declared.seating {
            Seating::Drawn(drawing) if undrawn => {
                let balls = drawing.balls().map(|slot| self.resolve(slot));
                let Some(balls) = balls.collect::<Option<Vec<Seat>>>() else {
                    return Ok(None);
                };
                PlannedSeating::drawn(drawing, balls, declared, &self.facts, self.snapshot)
                    .map(Some)
            }
            Seating::Drawn(drawing) => {
                check_listed(drawing, declared, &self.facts, self.snapshot)?;
                Ok(Some(PlannedSeating::Slots))
            }
            Seating::Table(allocation) if self.snapshot.members(stage, 0).is_none() => {
                let Some(ranking) = self.planned[allocation.ranking][0] else {
                    return Ok(None);
                };
                let entrants = &self.declared(allocation.ranking).groups[0].entrants;
                let mut seat_of_letter = vec![None; self.declared(allocation.letters).groups.len()];
                for (seat, slot) in entrants.iter().enumerate() {
                    if let Slot::Place(place) = slot {
                        seat_of_letter[place.group] = Some(seat);
                    }
                }
                Ok(Some(PlannedSeating::Table {
                    ranking,
                    allocation: allocation.clone(),
                    seat_of_letter,
                }))
            }
            Seating::Fixed if undrawn => Ok(None),
            _ => Ok(Some(PlannedSeating::Slots)),
        }
    }

    /// The seats of a group whose teams are not all known; `None` where one of them cannot be filled.
    fn seats(&self, stage: usize, group: usize, seating: &PlannedSeating) -> Option<Vec<Seat>> {
        let declared = &self.declared(stage).groups[group];
        match seating {
            PlannedSeating::Slots | PlannedSeating::League(_) => {
                let seats = declared.entrants.iter().map(|&slot| self.resolve(slot));
                seats
                    .collect::<Option<Vec<Seat>>>()
                    .filter(|seats| !seats.is_empty())
            }
            PlannedSeating::Draw(_) | PlannedSeating::Table { .. } => {
                Some(vec![Seat::Drawn; declared.size])
            }
        }
    }

    /// Where the team of a slot comes from; `None` where it cannot be told.
    fn resolve(&self, slot: Slot) -> Option<Seat> {
        match slot {
            Slot::Team(team) => Some(Seat::Team(team)),
            Slot::Place(place) => {
                let Place { stage, group, rank } = place;
                let played = || {
                    let group = self.planned.get(stage)?.get(group).copied().flatten()?;
                    Some(Seat::Place { group, rank })
                };
                self.snapshot
                    .finisher(place)
                    .map(Seat::Team)
                    .or_else(played)
            }
        }
    }

    /// Whether a group has to be played: anything is open in it, or its table is of interest.
    fn is_needed(&self, stage: usize, group: usize, seats: &[Seat]) -> bool {
        let known = seats.iter().all(|seat| matches!(seat, Seat::Team(_)));
        let stages = &self.snapshot.edition().competition.stages;
        let carried = |later: &Stage| later.carry.is_some_and(|carried| carried.stage == stage);
        let decided = || {
            let standings = self.snapshot.standings(stage, group);
            let finished = self.snapshot.is_complete(stage, group);
            let decided =
                standings.is_some_and(|table| table.order.iter().all(|row| row.needs.is_none()));
            finished && decided
        };
        let mut metrics = self
            .snapshot
            .edition()
            .competition
            .order(stage)
            .last
            .metrics();
        let is_table = seats.len() > 2 || metrics.any(|metric| metric == Metric::Points);
        let is_seat = seats.len() == 1;
        let is_over = known && stages[stage].is_seeding() && !self.is_asked_for(stage);
        !is_over && (!known || stages.iter().any(carried) || (!is_seat && (is_table || !decided())))
    }

    /// Whether what is still to come asks who stands where in a stage that only ranks.
    fn is_asked_for(&self, ranking: usize) -> bool {
        let competition = &self.snapshot.edition().competition;
        let here = |slot: Slot| matches!(slot, Slot::Place(place) if place.stage == ranking);
        let mut outcomes = competition.outcomes.iter();
        if outcomes.any(|outcome| outcome.places.iter().any(|place| place.stage == ranking)) {
            return true;
        }
        let mut is_last_table = true;
        let later = competition.stages.iter().enumerate().skip(ranking + 1);
        for (index, stage) in later {
            let groups = stage.groups.iter();
            let entrants = groups.flat_map(|group| group.entrants.iter().copied());
            let balls = stage.seating.drawing().into_iter().flat_map(Drawing::balls);
            let carries = stage.carry.is_some_and(|carried| carried.stage == ranking);
            let takes = carries || entrants.chain(balls).any(here);
            let mut members = 0..stage.groups.len();
            let is_open = members.any(|group| self.snapshot.members(index, group).is_none());
            let mut metrics = competition.order(index).last.metrics();
            let asks = stage.second_leg == SecondLeg::BetterPlaced
                || metrics.any(|metric| metric == Metric::EarlierPlace);
            if (takes && is_open) || (asks && is_last_table) {
                return true;
            }
            is_last_table &= !stage.is_table() || stage.is_seeding();
        }
        false
    }

    fn group(
        &mut self,
        stage: usize,
        group: usize,
        seats: Vec<Seat>,
    ) -> Result<PlannedGroup, Error> {
        let known = |seat: &Seat| match seat {
            Seat::Team(team) => Some(*team),
            _ => None,
        };
        let snapshot = self.snapshot;
        let competition = &snapshot.edition().competition;
        let declared = &competition.stages[stage];
        // Who is at home last is settled by fixtures, by a draw that was held, or inside the season.
        let hosts_open = declared.groups[group].size == 2
            && declared.drawn.is_none()
            && snapshot.fixtures(stage, group).next().is_none();
        let second_leg = match hosts_open {
            true => declared.second_leg,
            false => SecondLeg::Second,
        };
        let teams: Vec<TeamId> = seats
            .iter()
            .map(known)
            .collect::<Option<_>>()
            .filter(|_| second_leg != SecondLeg::Drawn)
            .unwrap_or_default();
        let rulebook = &competition.rulebook;
        let table = match teams.is_empty() {
            false => snapshot.table(stage, group),
            true => None,
        };
        let known_table = table.is_some();
        let mut table = table.unwrap_or_else(|| {
            let mut table = Table::new(seats.len(), rulebook.win, rulebook.draw);
            table.set_legs(declared.schedule.legs() as u16);
            table
        });
        let turned = !teams.is_empty()
            && second_leg == SecondLeg::BetterPlaced
            && self.is_better_placed(stage, teams[0], teams[1]);
        let league = matches!(
            &declared.seating,
            Seating::Drawn(drawing) if matches!(drawing.kind, DrawKind::LeaguePhase { .. })
        );
        let mut open = match league && snapshot.is_undrawn(stage) {
            true => self.undrawn_fixtures(stage, group),
            false => self.open_fixtures(stage, group, &teams, turned),
        };
        let open = self.suppose(&teams, &mut table, &mut open);
        for (team, opponent) in last_opponents(&open, seats.len()).filter(|_| !known_table) {
            table.set_last_opponent(team, opponent);
        }
        let carry = declared.carry.map(|carried| PlannedCarry {
            what: carried.what,
            from: self.range(carried.stage),
        });
        let is_plain = known_table || carry.as_ref().is_none_or(|carry| carry.what.is_plain());
        let rules = competition.rules(stage, group, true);
        let ranks = |outcome: &crate::competition::Outcome| outcome.ranks(stage, group).collect();
        let start = match known_table {
            true => starts(&table, &open, &snapshot.edition().id)?,
            false => vec![[0; 6]; seats.len()],
        };
        let externals = rules.iter().flat_map(Rule::metrics);
        let externals = externals.filter_map(|metric| match metric {
            Metric::External(external) => Some(external),
            _ => None,
        });
        let worth = [rulebook.win.into(), rulebook.draw.into()];
        let lane_rules = LaneRules::new(&Ground {
            rules: &rules,
            table: &table,
            open: &open,
            start: known_table.then_some(start.as_slice()),
            worth,
            is_tie: seats.len() == 2 && carry.is_none(),
            is_plain,
        });
        Ok(PlannedGroup {
            start,
            stage,
            group,
            lane_rules,
            outcomes: competition.outcomes.iter().map(ranks).collect(),
            last_leg: self.last_leg(stage, group, &teams, turned),
            second_leg,
            carry,
            externals: externals.collect(),
            is_asked: false,
            table,
            rules,
            open,
            first_seat: self.groups.len() * LARGEST_GROUP,
            worth,
            seats,
            teams,
        })
    }

    /// The planned groups of a stage; none are left out where something is carried from it.
    fn range(&self, stage: usize) -> std::ops::Range<usize> {
        let planned = self.planned[stage].iter().flatten().copied();
        let first = planned.clone().min().unwrap_or(0);
        first..planned.max().map_or(first, |last| last + 1)
    }

    /// The outcomes all of whose places are played or taken.
    fn outcomes(&self) -> Vec<PlannedOutcome> {
        let declared = self
            .snapshot
            .edition()
            .competition
            .outcomes
            .iter()
            .enumerate();
        let outcomes = declared.filter_map(|(outcome, declared)| {
            let place = |&place: &Place| {
                let Place { stage, group, rank } = place;
                match self.planned[stage][group] {
                    Some(group) => Some(PlannedPlace::Open { group, rank }),
                    None => self.snapshot.finisher(place).map(PlannedPlace::Taken),
                }
            };
            let places = declared
                .places
                .iter()
                .map(place)
                .collect::<Option<Vec<_>>>()?;
            Some(PlannedOutcome { outcome, places })
        });
        outcomes.collect()
    }

    /// Marks the groups whose places a later stage asks for, or whose teams differ.
    fn ask(&mut self, stages: &[PlannedStage]) {
        let mut asked = vec![false; self.groups.len()];
        let mut seat = |seat: &Seat| {
            if let Seat::Place { group, .. } = seat {
                asked[*group] = true;
            }
        };
        self.groups
            .iter()
            .flat_map(|group| &group.seats)
            .for_each(&mut seat);
        stages
            .iter()
            .flat_map(|stage| stage.seating.balls())
            .for_each(&mut seat);
        for stage in stages {
            if let PlannedSeating::Table { ranking, .. } = stage.seating {
                asked[ranking] = true;
            }
        }
        for (group, asked) in self.groups.iter_mut().zip(asked) {
            group.is_asked = asked || !group.is_known();
        }
    }
}

/// Whom every team meets last, by position, where each matchday has one match a team.
fn last_opponents(open: &[OpenFixture], size: usize) -> impl Iterator<Item = (u8, u8)> + '_ {
    (0..size as u8)
        .filter(move |_| size > 2)
        .filter_map(|team| {
            let own = open
                .iter()
                .filter(|open| open.home == team || open.away == team);
            let last = own.max_by_key(|open| open.matchday)?;
            Some((
                team,
                if last.home == team {
                    last.away
                } else {
                    last.home
                },
            ))
        })
}

/// `[team]`: what the kernel adds up, as far as it is counted already.
fn starts(table: &Table, open: &[OpenFixture], edition: &str) -> Result<Vec<[i16; 6]>, Error> {
    let start = |team: u8| {
        let totals = table.totals(team, Scope::All);
        let own = open
            .iter()
            .filter(|open| open.home == team || open.away == team);
        let most =
            totals.goals_for.max(totals.goals_against) + (MOST_SAMPLED as u32) * own.count() as u32;
        if most > i16::MAX as u32 {
            return Err(Error::TooMany {
                at: Location::new(edition, 0),
                what: "goals of one team in a group",
                found: most.into(),
                most: i16::MAX as u64,
            });
        }
        let counted = [
            table.points(team) as i64,
            totals.goal_difference(),
            totals.goals_for.into(),
            totals.away_goals.into(),
            totals.won.into(),
            totals.away_wins.into(),
        ];
        match counted.iter().find(|value| i16::try_from(**value).is_err()) {
            None => Ok(counted.map(|value| value as i16)),
            Some(value) => Err(Error::TooMany {
                at: Location::new(edition, 0),
                what: "points of one team in a group",
                found: value.unsigned_abs(),
                most: i16::MAX as u64,
            }),
        }
    };
    (0..table.size() as u8).map(start).collect()
}

fn nothing_to_project(snapshot: &Snapshot) -> Error {
    let edition = snapshot.edition();
    let stages = &edition.competition.stages;
    let playing = stages
        .iter()
        .position(|stage| stage.schedule != Schedule::Nothing);
    let problem = match playing {
        Some(stage) if snapshot.is_undrawn(stage) => {
            let remedy = match snapshot.when() {
                When::Date(_) | When::Entries => "use `--after start` or a later date",
                _ => "describe its draw, or correct its day",
            };
            let name = &stages[stage].name;
            format!(
                "{name} is not drawn yet, and the edition does not say how it is drawn; {remedy}"
            )
        }
        Some(stage) => {
            let name = &stages[stage].name;
            format!("the teams of {name} are not known; add the earlier results")
        }
        None => "no stage plays a match".into(),
    };
    Error::NothingToProject {
        edition: edition.name.clone(),
        as_of: snapshot.label(),
        problem,
    }
}
