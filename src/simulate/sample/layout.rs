//! Which facts of a season a sample keeps, on which planes, and the events that follow from them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::bits::width;
use super::event::{Event, Number, is_among};
use crate::fixture::Scoreline;
use crate::simulate::plan::{Plan, PlannedGroup, PlannedPlace};
use crate::standings::LARGEST_GROUP;
use crate::team::TeamId;

/// Which facts of a season a sample keeps. Everything else is an [`Event`] or a [`Number`] made of them.
///
/// Groups, stages and outcomes are those of the plan, by their position in it; a seat is a position
/// in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// How many teams the edition has.
    pub teams: usize,
    /// In the order of the plan.
    pub groups: Vec<KeptGroup>,
    /// In the order of the plan.
    pub stages: Vec<KeptStage>,
    /// In the order of the plan.
    pub outcomes: Vec<KeptOutcome>,
    /// Whether the goals of every fixture are kept, or only who won.
    pub goals: bool,
    #[serde(skip)]
    planes: usize,
}

/// A group of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptGroup {
    /// Position of its stage in the competition.
    pub stage: usize,
    /// Position of the group in the stage.
    pub group: usize,
    /// How many teams it holds.
    pub size: usize,
    /// Its teams by seat; none while they are not all known, and no fixtures either.
    pub teams: Vec<KeptTeam>,
    /// Whether points and goals add up to a table: it has more than two teams, known ones, whose
    /// fixtures are known.
    pub is_table: bool,
    /// Points a win and a draw are worth.
    pub worth: [i64; 2],
    /// What is still to be played between known teams.
    pub fixtures: Vec<KeptFixture>,
    #[serde(skip)]
    first: usize,
}

/// A team of a known group, and what it has already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTeam {
    /// The team.
    pub team: TeamId,
    /// Its points.
    pub points: i64,
    /// Its goal difference.
    pub goal_difference: i64,
    /// Its goals.
    pub goals: i64,
}

/// An open fixture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFixture {
    /// Seat of the home side.
    pub home: usize,
    /// Seat of the away side.
    pub away: usize,
    /// The round; in a tie, the leg.
    pub matchday: u32,
    /// The address of its random words, which is that of the fixture in the edition.
    pub address: usize,
}

/// A stage of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptStage {
    /// Position in the competition.
    pub stage: usize,
    /// Its groups among those of the plan.
    pub groups: Range<usize>,
    #[serde(skip)]
    first: usize,
    /// Teams of its largest group.
    #[serde(skip)]
    largest: usize,
    /// Whether its teams differ from season to season.
    #[serde(skip)]
    floats: bool,
}

/// An outcome of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOutcome {
    /// Position among the outcomes of the competition.
    pub outcome: usize,
    /// Teams that have it already.
    pub taken: Vec<TeamId>,
    /// Group of the plan, and the ranks (0 = best) of it that mean the outcome, ascending.
    pub places: Vec<(usize, Vec<usize>)>,
}

/// The planes of a fixture: home win, away win, and the code of its scoreline if goals are kept.
const OUTCOME_PLANES: usize = 2;
const CODE_PLANES: usize = 8;

impl KeptStage {
    /// Whether its teams differ from season to season.
    pub fn floats(&self) -> bool {
        self.floats
    }

    /// Teams of its largest group.
    pub fn largest(&self) -> usize {
        self.largest
    }

    fn rank_bits(&self) -> usize {
        width(self.largest)
    }

    /// Planes of a team: whether it entered, its rank, its group.
    pub(super) fn width(&self) -> usize {
        1 + self.rank_bits() + width(self.groups.len())
    }

    pub(super) fn planes(&self, team: usize) -> Range<usize> {
        let first = self.first + team * self.width();
        first..first + self.width()
    }

    /// What the planes of a team hold in binary where it entered.
    pub(super) fn code(&self, group: usize, rank: usize) -> usize {
        (group << self.rank_bits() | rank) << 1 | 1
    }

    fn entered(&self, team: TeamId) -> usize {
        self.planes(team.index()).start
    }

    fn rank_planes(&self, team: TeamId) -> Range<usize> {
        let first = self.entered(team) + 1;
        first..first + self.rank_bits()
    }

    fn group_planes(&self, team: TeamId) -> Range<usize> {
        self.rank_planes(team).end..self.planes(team.index()).end
    }
}

impl KeptGroup {
    fn of(planned: &PlannedGroup) -> Self {
        let known = planned.is_known();
        let team = |(seat, &team): (usize, &TeamId)| {
            let [points, goal_difference, goals, ..] = planned.start[seat].map(i64::from);
            KeptTeam {
                team,
                points,
                goal_difference,
                goals,
            }
        };
        let open = planned
            .open
            .iter()
            .filter(|open| known && open.pairing.is_some());
        Self {
            stage: planned.stage,
            group: planned.group,
            size: planned.size(),
            teams: planned.teams.iter().enumerate().map(team).collect(),
            is_table: planned.is_shown_as_table(),
            worth: planned.worth(),
            fixtures: open
                .map(|open| KeptFixture {
                    home: open.home.into(),
                    away: open.away.into(),
                    matchday: open.matchday,
                    address: open.address,
                })
                .collect(),
            first: 0,
        }
    }

    /// Whether its teams are known.
    pub fn is_known(&self) -> bool {
        !self.teams.is_empty()
    }

    /// The seat of a team.
    pub fn seat(&self, team: TeamId) -> Option<usize> {
        self.teams.iter().position(|member| member.team == team)
    }

    pub(super) fn rank_planes(&self, seat: usize) -> Range<usize> {
        let bits = width(self.size);
        let first = self.first + seat * bits;
        first..first + bits
    }

    /// The planes of a fixture.
    pub(super) fn fixture_planes(&self, fixture: usize, goals: bool) -> Range<usize> {
        let each = OUTCOME_PLANES + if goals { CODE_PLANES } else { 0 };
        let first = self.first + self.teams.len() * width(self.size) + fixture * each;
        first..first + each
    }
}

impl Layout {
    /// What can be kept of the seasons of a plan, with the goals of every fixture if they are wanted.
    pub fn of(plan: &Plan<'_>, goals: bool) -> Self {
        let stage = |planned: &crate::simulate::PlannedStage| KeptStage {
            stage: planned.stage,
            groups: planned.groups.clone(),
            first: 0,
            largest: 0,
            floats: false,
        };
        let outcome = |planned: &crate::simulate::PlannedOutcome| {
            let mut kept = KeptOutcome {
                outcome: planned.outcome,
                taken: Vec::new(),
                places: Vec::new(),
            };
            for place in &planned.places {
                match *place {
                    PlannedPlace::Taken(team) => kept.taken.push(team),
                    PlannedPlace::Open { group, rank } => {
                        let own = kept.places.iter().position(|place| place.0 == group);
                        let own = own.unwrap_or_else(|| {
                            kept.places.push((group, Vec::new()));
                            kept.places.len() - 1
                        });
                        kept.places[own].1.push(rank);
                    }
                }
            }
            kept.places
                .iter_mut()
                .for_each(|(_, ranks)| ranks.sort_unstable());
            kept
        };
        let mut layout = Self {
            teams: plan.teams(),
            groups: plan.groups.iter().map(KeptGroup::of).collect(),
            stages: plan.stages.iter().map(stage).collect(),
            outcomes: plan.outcomes.iter().map(outcome).collect(),
            goals,
            planes: 0,
        };
        layout.number();
        layout
    }

    /// Gives every fact its planes.
    fn number(&mut self) {
        let mut next = 0;
        for group in &mut self.groups {
            group.first = next;
            next = group.fixture_planes(group.fixtures.len(), self.goals).start;
        }
        for stage in &mut self.stages {
            let groups = &self.groups[stage.groups.clone()];
            stage.largest = groups.iter().map(|group| group.size).max().unwrap_or(0);
            stage.floats = groups.iter().any(|group| !group.is_known());
            stage.first = next;
            if stage.floats {
                next += self.teams * stage.width();
            }
        }
        self.planes = next;
    }

    /// A layout that was read, its planes numbered; `None` where it contradicts itself.
    pub fn checked(mut self) -> Option<Self> {
        const MOST: i64 = 10_000;
        let small = |value: i64| (-MOST..=MOST).contains(&value);
        let is_team = |team: TeamId| team.index() < self.teams;
        let group_holds = |group: &KeptGroup| {
            let fixture_holds = |fixture: &KeptFixture| {
                fixture.home < group.size
                    && fixture.away < group.size
                    && fixture.home != fixture.away
            };
            let team_holds = |member: &KeptTeam| {
                is_team(member.team)
                    && [member.points, member.goal_difference, member.goals]
                        .into_iter()
                        .all(small)
            };
            (1..=LARGEST_GROUP).contains(&group.size)
                && [0, group.size].contains(&group.teams.len())
                && (group.is_known() || group.fixtures.is_empty() && !group.is_table)
                && group.fixtures.len() <= MOST as usize
                && group.worth.iter().all(|worth| (0..=20).contains(worth))
                && group.fixtures.iter().all(fixture_holds)
                && group.teams.iter().all(team_holds)
        };
        let place_holds = |(group, ranks): &(usize, Vec<usize>)| {
            let size = self.groups.get(*group).map_or(0, |group| group.size);
            ranks.iter().all(|rank| *rank < size) && ranks.is_sorted_by(|a, b| a < b)
        };
        let outcome_holds = |outcome: &KeptOutcome| {
            outcome.taken.iter().all(|team| is_team(*team))
                && outcome.places.iter().all(place_holds)
        };
        let mut next = 0;
        let mut follows = |stage: &KeptStage| {
            let fits = stage.groups.start == next && stage.groups.end >= next;
            next = stage.groups.end;
            fits
        };
        let holds = self.teams <= usize::from(u16::MAX)
            && self.stages.iter().all(&mut follows)
            && next == self.groups.len()
            && self.groups.iter().all(group_holds)
            && self.outcomes.iter().all(outcome_holds);
        holds.then(|| {
            self.number();
            self
        })
    }

    /// How many planes there are.
    pub fn planes(&self) -> usize {
        self.planes
    }

    /// The stage of the plan that holds a group of the plan.
    pub fn stage_of(&self, group: usize) -> &KeptStage {
        let mut stages = self.stages.iter();
        stages
            .find(|stage| stage.groups.contains(&group))
            .expect("every group is in a stage")
    }

    /// A team finishes on one of some ranks (0 = best, ascending) of a group of the plan.
    pub fn finishes(&self, group: usize, team: TeamId, ranks: &[usize]) -> Event {
        let kept = &self.groups[group];
        if kept.is_known() {
            let seat = kept.seat(team);
            return seat.map_or(Event::Constant(false), |seat| {
                is_among(kept.rank_planes(seat), ranks)
            });
        }
        let stage = self.stage_of(group);
        let own = group - stage.groups.start;
        Event::all([
            Event::Plane(stage.entered(team)),
            is_among(stage.group_planes(team), &[own]),
            is_among(stage.rank_planes(team), ranks),
        ])
    }

    /// A team finishes on one of some ranks of a stage of the plan, whichever its group.
    pub fn finishes_in(&self, stage: usize, team: TeamId, ranks: &[usize]) -> Event {
        let stage = &self.stages[stage];
        match stage.floats {
            true => Event::Plane(stage.entered(team)).and(is_among(stage.rank_planes(team), ranks)),
            false => Event::any(
                stage
                    .groups
                    .clone()
                    .map(|group| self.finishes(group, team, ranks)),
            ),
        }
    }

    /// A team takes part in a stage of the plan.
    pub fn enters(&self, stage: usize, team: TeamId) -> Event {
        let stage = &self.stages[stage];
        match stage.floats {
            true => Event::Plane(stage.entered(team)),
            false => {
                let mut groups = self.groups[stage.groups.clone()].iter();
                Event::Constant(groups.any(|group| group.seat(team).is_some()))
            }
        }
    }

    /// Two teams are in one group of a stage of the plan: in ties, they meet.
    pub fn meets(&self, stage: usize, one: TeamId, other: TeamId) -> Event {
        let stage = &self.stages[stage];
        if one == other {
            return Event::Constant(false);
        }
        if !stage.floats {
            let mut groups = self.groups[stage.groups.clone()].iter();
            let both = |group: &KeptGroup| group.seat(one).is_some() && group.seat(other).is_some();
            return Event::Constant(groups.any(both));
        }
        let bits = stage.group_planes(one).zip(stage.group_planes(other));
        let same = bits.map(|(one, other)| Event::Plane(one).same(Event::Plane(other)));
        let entered = [one, other].map(|team| Event::Plane(stage.entered(team)));
        Event::all(entered.into_iter().chain(same))
    }

    /// A team reaches an outcome of the plan.
    pub fn reaches(&self, outcome: usize, team: TeamId) -> Event {
        let KeptOutcome { taken, places, .. } = &self.outcomes[outcome];
        if taken.contains(&team) {
            return Event::Constant(true);
        }
        let mut events = Vec::new();
        for (index, stage) in self.stages.iter().enumerate() {
            let own = || {
                places
                    .iter()
                    .filter(|(group, _)| stage.groups.contains(group))
            };
            let mut ranks = own().map(|(_, ranks)| ranks);
            let first = ranks.next();
            let all_alike = ranks.all(|ranks| Some(ranks) == first);
            match first {
                Some(ranks) if all_alike && own().count() == stage.groups.len() => {
                    events.push(self.finishes_in(index, team, ranks));
                }
                _ => events.extend(own().map(|(group, ranks)| self.finishes(*group, team, ranks))),
            }
        }
        Event::any(events)
    }

    /// The home side of an open fixture of a group of the plan wins.
    pub fn home_win(&self, group: usize, fixture: usize) -> Event {
        Event::Plane(self.groups[group].fixture_planes(fixture, self.goals).start)
    }

    /// The away side wins.
    pub fn away_win(&self, group: usize, fixture: usize) -> Event {
        Event::Plane(self.groups[group].fixture_planes(fixture, self.goals).start + 1)
    }

    /// Neither wins.
    pub fn draw(&self, group: usize, fixture: usize) -> Event {
        !self
            .home_win(group, fixture)
            .or(self.away_win(group, fixture))
    }

    /// The goals of the home and the away side of an open fixture; `None` unless goals are kept.
    pub fn fixture_goals(&self, group: usize, fixture: usize) -> Option<[Number; 2]> {
        let planes = self.groups[group].fixture_planes(fixture, self.goals);
        let code = planes.start + OUTCOME_PLANES;
        self.goals
            .then(|| [code + 4..code + 8, code..code + 4].map(Number::binary))
    }

    /// An open fixture ends with a scoreline; `None` unless goals are kept.
    pub fn scoreline(&self, group: usize, fixture: usize, scoreline: Scoreline) -> Option<Event> {
        let [home, away] = self.fixture_goals(group, fixture)?;
        let [home_goals, away_goals] = [scoreline.home, scoreline.away].map(i64::from);
        Some(home.exactly(home_goals).and(away.exactly(away_goals)))
    }

    /// The points of a seat at the end; `None` where they do not add up to a table.
    pub fn points(&self, group: usize, seat: usize) -> Option<Number> {
        let kept = &self.groups[group];
        let [win, draw] = kept.worth;
        let mut points = Number {
            constant: kept.teams.get(seat).filter(|_| kept.is_table)?.points,
            terms: Vec::new(),
        };
        for (index, fixture) in kept.fixtures.iter().enumerate() {
            let sides = [self.home_win(group, index), self.away_win(group, index)];
            let [wins, loses] = match [fixture.home, fixture.away] {
                [home, _] if home == seat => sides,
                [_, away] if away == seat => {
                    let [home, away] = sides;
                    [away, home]
                }
                _ => continue,
            };
            // A draw is neither, so that its points are those without a winner.
            points.constant += draw;
            points.terms.extend([(win - draw, wins), (-draw, loses)]);
        }
        Some(points)
    }

    /// The goals of a seat for and against itself in open fixtures, each times a factor, and so many
    /// more; `None` unless goals are kept and add up to a table.
    fn sum_of_goals(
        &self,
        group: usize,
        seat: usize,
        constant: i64,
        against: i64,
    ) -> Option<Number> {
        let kept = &self.groups[group];
        let mut sum = Number {
            constant,
            terms: Vec::new(),
        };
        for (index, fixture) in kept.fixtures.iter().enumerate() {
            let [home, away] = self.fixture_goals(group, index)?;
            if fixture.home == seat {
                sum = sum.plus(1, home).plus(against, away);
            } else if fixture.away == seat {
                sum = sum.plus(1, away).plus(against, home);
            }
        }
        (self.goals && kept.is_table).then_some(sum)
    }

    /// The goals of a seat at the end; `None` unless goals are kept and add up to a table.
    pub fn goals_for(&self, group: usize, seat: usize) -> Option<Number> {
        let start = self.groups[group].teams.get(seat)?.goals;
        self.sum_of_goals(group, seat, start, 0)
    }

    /// The goal difference of a seat at the end; `None` unless goals are kept and add up to a table.
    pub fn goal_difference(&self, group: usize, seat: usize) -> Option<Number> {
        let start = self.groups[group].teams.get(seat)?.goal_difference;
        self.sum_of_goals(group, seat, start, -1)
    }
}
