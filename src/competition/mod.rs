//! What is played: stages of groups, who enters them, and the rulebook that orders them.
//!
//! Everything is a group. A league is a group of twenty, a two-legged tie a group of two, a final
//! likewise; best third-placed teams are a group that plays nothing and carries its records; a seat
//! that is filled by a table is a group of one. A [`Slot`] is a team or an earlier place; an
//! [`Outcome`] is a named set of places.

mod allocation;
pub mod draw;
mod lines;
pub mod ranking;
mod rulebook;
mod schedule;
mod seating;
pub mod seeding;
mod words;

use jiff::civil::Date;
use serde::Serialize;

pub use allocation::{Allocation, AllocationTable};
pub use rulebook::{Line, Order, RuleList, Rulebook, Stake, Withdrawal};
pub use schedule::{Meeting, Schedule};
pub use seating::{Bound, DrawKind, Drawing, Held, Limit, Pot, Seating, SecondLeg, Trait};

use crate::fixture::Venue;
use crate::standings::{Carry, Rule, Step};
use crate::team::TeamId;

/// A competition in one season: its stages, in the order they are played, and what they lead to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Competition {
    /// The rules.
    pub rulebook: Rulebook,
    /// In playing order: a slot names only stages before its own.
    pub stages: Vec<Stage>,
    /// In the order they are shown.
    pub outcomes: Vec<Outcome>,
    /// Teams at home on neutral ground, in order.
    pub hosts: Vec<TeamId>,
}

/// Groups decided side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stage {
    /// Its name in files.
    pub id: String,
    /// Its name in print.
    pub name: String,
    /// The rule list of the rulebook that orders its groups.
    pub order: String,
    /// Who meets whom, and how often.
    pub schedule: Schedule,
    /// Where matches are played that no file gives.
    pub venue: Venue,
    /// Who is at home last in a tie.
    pub second_leg: SecondLeg,
    /// What its teams bring along, and from which stage.
    pub carry: Option<Carried>,
    /// How entrants come to their seats.
    pub seating: Seating,
    /// The day its entrants were drawn; before it nothing of the stage is visible.
    pub drawn: Option<Date>,
    /// In file order.
    pub groups: Vec<Group>,
}

/// What teams bring along from an earlier stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// Position of the earlier stage.
    pub stage: usize,
    /// What of it.
    pub what: Carry,
}

/// Teams ordered together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its name in files and in print.
    pub id: String,
    /// Who enters, in order of group position; empty where the sources do not say, and before a draw.
    pub entrants: Vec<Slot>,
    /// How many teams it holds, known or not; 0 where the sources do not say who they are.
    pub size: usize,
    /// Why the entrants are not known, where they are not.
    pub unknown: Option<String>,
}

/// A seat in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// A named team.
    Team(TeamId),
    /// Whoever finishes in an earlier place.
    Place(Place),
}

/// A finishing place of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Position of the stage in the competition.
    pub stage: usize,
    /// Position of the group in the stage.
    pub group: usize,
    /// 0 = best.
    pub rank: usize,
}

/// A named set of places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// As shown to people.
    pub name: String,
    /// The places that mean it, in order.
    pub places: Vec<Place>,
}

impl Place {
    /// `stage/group/position`
    pub fn name(self, stages: &[Stage]) -> String {
        let stage = &stages[self.stage];
        format!(
            "{}/{}/{}",
            stage.id,
            stage.groups[self.group].id,
            self.rank + 1
        )
    }
}

impl Outcome {
    /// The ranks of a group that mean this outcome, best first; none if the group has no part in it.
    pub fn ranks(&self, stage: usize, group: usize) -> impl Iterator<Item = usize> {
        let here = move |place: &&Place| place.stage == stage && place.group == group;
        self.places.iter().filter(here).map(|place| place.rank)
    }
}

impl Competition {
    /// The rules that order the groups of a stage.
    pub fn order(&self, stage: usize) -> &Order {
        self.rulebook
            .order(&self.stages[stage].order)
            .expect("loading checks that every stage names a rule list of its rulebook")
    }

    /// The rules that order a group, finished or not.
    pub fn rules(&self, stage: usize, group: usize, finished: bool) -> Vec<Rule> {
        let list = self.order(stage).list(finished);
        let mut rules = list.rules(|stake| self.boundaries(stage, group, stake));
        if !finished {
            // Nobody plays off before all other matches are over.
            rules.retain(|rule| rule.step != Step::PlayOff);
        }
        rules
    }

    /// The boundaries between ranks of a group where an outcome begins or ends: bit *b* lies between
    /// rank *b* and the next.
    fn boundaries(&self, stage: usize, group: usize, stake: &Stake) -> u64 {
        let meant = |outcome: &&Outcome| match stake {
            Stake::AnyOutcome => true,
            Stake::Outcomes(names) => names.contains(&outcome.name),
        };
        let sets = self.outcomes.iter().filter(meant).map(|outcome| {
            let ranks = outcome.ranks(stage, group);
            ranks.fold(0, |set, rank| set | 1_u64 << rank)
        });
        sets.fold(0, |boundaries, set| boundaries | (set ^ set >> 1))
    }

    /// The stage whose rounds are called matchdays: the first with a group of more than two that plays.
    pub fn main_stage(&self) -> Option<usize> {
        let large = |stage: &Stage| stage.is_table() && stage.schedule != Schedule::Nothing;
        self.stages.iter().position(large)
    }

    /// Where a match between two teams gives the home advantage, given where it is played by name:
    /// a host is at home on neutral ground.
    pub fn venue(&self, venue: Venue, home: TeamId, away: TeamId) -> Venue {
        let is_host = |team| self.hosts.contains(&team);
        match (venue, is_host(home), is_host(away)) {
            (Venue::Neutral, true, false) => Venue::Home,
            (Venue::Neutral, false, true) => Venue::Away,
            (venue, ..) => venue,
        }
    }
}

impl Stage {
    /// Whether it has a group of more than two teams: a table rather than ties.
    pub fn is_table(&self) -> bool {
        self.groups.iter().any(|group| group.size > 2)
    }

    /// Whether it only ranks what is known beforehand: it plays nothing, and nothing is carried.
    pub fn is_seeding(&self) -> bool {
        self.schedule == Schedule::Nothing && self.carry.is_none()
    }

    /// The matches of a group, by seat, where no file gives them.
    pub fn meetings(&self, group: usize) -> Vec<Meeting> {
        self.schedule.meetings(self.groups[group].size)
    }

    /// How many matches a group has, deciders aside.
    pub fn matches(&self, group: usize) -> usize {
        self.schedule.matches(self.groups[group].size)
    }

    /// What a group of the stage is called: `Group A`, `Semi-finals, tie 2`, or the stage's own name if
    /// it is the only one.
    pub fn group_name(&self, group: usize) -> String {
        let Group { id, size, .. } = &self.groups[group];
        match (self.groups.len(), size) {
            (1, _) => self.name.clone(),
            (_, 3..) => format!("Group {id}"),
            (_, 1) => format!("{}, seat {id}", self.name),
            _ => format!("{}, tie {id}", self.name),
        }
    }
}
