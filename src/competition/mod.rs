//! What is played: stages of groups, who enters them, and the rulebook that orders them.
//!
//! Everything is a group. A league is a group of twenty, a two-legged tie a group of two, a final
//! likewise. A [`Slot`] is a team or an earlier place; an [`Outcome`] is a named set of places.

pub mod draw;
mod rulebook;

use jiff::civil::Date;
use serde::Serialize;

pub use rulebook::{Line, Order, Rulebook};

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
    /// How often each pair meets: 2 is home and away.
    pub legs: u32,
    /// The day its entrants were drawn; before it nothing of the stage is visible.
    pub drawn: Option<Date>,
    /// In file order.
    pub groups: Vec<Group>,
}

/// Teams ordered together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its name in files and in print.
    pub id: String,
    /// Who enters, in order of group position; empty where the sources do not say.
    pub entrants: Vec<Slot>,
    /// Why the entrants are not known, where they are not.
    pub unknown: Option<String>,
}

/// A seat in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// A named team.
    Team(TeamId),
    /// Whoever finishes in an earlier place.
    Place(Place),
}

/// A finishing place of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Position of the stage in the competition.
    pub stage: usize,
    /// Position of the group in the stage.
    pub group: usize,
    /// 0 = best.
    pub rank: usize,
}

/// A named set of places, all of one stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// As shown to people.
    pub name: String,
    /// The places that mean it, in order.
    pub places: Vec<Place>,
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

    /// The stage whose rounds are called matchdays: the first with a group of more than two.
    pub fn main_stage(&self) -> Option<usize> {
        let large = |stage: &Stage| stage.groups.iter().any(|group| group.entrants.len() > 2);
        self.stages.iter().position(large)
    }
}

impl Stage {
    /// What a group of the stage is called: `Group A`, `Semi-finals, tie 2`, or the stage's own name if
    /// it is the only one.
    pub fn group_name(&self, group: usize) -> String {
        let Group { id, entrants, .. } = &self.groups[group];
        match (self.groups.len(), entrants.len()) {
            (1, _) => self.name.clone(),
            (_, 3..) => format!("Group {id}"),
            _ => format!("{}, tie {id}", self.name),
        }
    }
}
