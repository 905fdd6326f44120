//! Which facts of a season a sample keeps, and on which planes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::bits::width;
use crate::simulate::plan::{Plan, PlannedGroup, PlannedPlace};
use crate::standings::LARGEST_GROUP;
use crate::team::TeamId;

/// Which facts of a season a sample keeps. Everything else is an [`Event`](super::Event) or a
/// [`Number`](super::Number) made of them.
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
pub(super) const OUTCOME_PLANES: usize = 2;
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

    pub(super) fn rank_bits(&self) -> usize {
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

    pub(super) fn entered(&self, team: TeamId) -> usize {
        self.planes(team.index()).start
    }

    pub(super) fn rank_planes(&self, team: TeamId) -> Range<usize> {
        let first = self.entered(team) + 1;
        first..first + self.rank_bits()
    }

    pub(super) fn group_planes(&self, team: TeamId) -> Range<usize> {
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
}
