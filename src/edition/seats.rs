//! Nobody sits twice in a stage, whatever happens before it.

use std::collections::HashMap;

use crate::competition::{Seating, Slot, Stage};
use crate::team::TeamId;

/// Which slots may turn out to be the same team.
pub(super) struct Seats<'a> {
    stages: &'a [Stage],
    known: HashMap<(Slot, Slot), bool>,
}

impl<'a> Seats<'a> {
    /// Looks at the stages before one.
    pub(super) fn new(stages: &'a [Stage]) -> Self {
        Self {
            stages,
            known: HashMap::new(),
        }
    }

    /// Two slots of a stage that may turn out to be the same team, if there are such.
    pub(super) fn twice(&mut self, stage: &Stage) -> Option<(Slot, Slot)> {
        let slots = sources(stage);
        let pairs = (0..slots.len()).flat_map(|a| (0..a).map(move |b| (b, a)));
        pairs
            .map(|(a, b)| (slots[a], slots[b]))
            .find(|&(a, b)| self.may_be_same(a, b))
    }

    /// Whether a slot may turn out to be the same team as one of these.
    pub(super) fn may_be_any(&mut self, slot: Slot, others: &[Slot]) -> bool {
        others.iter().any(|&other| self.may_be_same(slot, other))
    }

    /// Whether a team may turn out to be in a stage, one of those looked at.
    pub(super) fn may_enter(&mut self, team: TeamId, stage: &Stage) -> bool {
        let unknown = stage.groups.iter().any(|group| group.unknown.is_some());
        unknown || self.may_be_any(Slot::Team(team), &sources(stage))
    }

    /// A team has one rank in a group and, as was checked for every earlier stage, one seat in a stage.
    /// So two places are the same team only if the later one can be reached from the earlier one.
    pub(super) fn may_be_same(&mut self, a: Slot, b: Slot) -> bool {
        let (earlier, later) = match (a, b) {
            (Slot::Team(a), Slot::Team(b)) => return a == b,
            (Slot::Team(_), Slot::Place(_)) => (a, b),
            (Slot::Place(_), Slot::Team(_)) => (b, a),
            (Slot::Place(p), Slot::Place(q)) if p.stage == q.stage => return p == q,
            (Slot::Place(p), Slot::Place(q)) if p.stage < q.stage => (a, b),
            _ => (b, a),
        };
        if let Some(&known) = self.known.get(&(earlier, later)) {
            return known;
        }
        let entrants = match later {
            Slot::Team(_) => Vec::new(),
            Slot::Place(place) => {
                let stage = &self.stages[place.stage];
                match stage.seating {
                    Seating::Fixed => stage.groups[place.group].entrants.clone(),
                    // Whoever is in it may be drawn, or allotted, to any group.
                    _ => sources(stage),
                }
            }
        };
        let same = entrants
            .into_iter()
            .any(|entrant| self.may_be_same(earlier, entrant));
        self.known.insert((earlier, later), same);
        same
    }
}

/// Where the teams of a stage come from.
fn sources(stage: &Stage) -> Vec<Slot> {
    match &stage.seating {
        Seating::Fixed => {
            let entrants = stage.groups.iter().flat_map(|group| &group.entrants);
            entrants.copied().collect()
        }
        Seating::Drawn(drawing) => drawing.balls().collect(),
        Seating::Table(allocation) => (0..allocation.count)
            .map(|rank| {
                Slot::Place(crate::competition::Place {
                    stage: allocation.ranking,
                    group: 0,
                    rank,
                })
            })
            .collect(),
    }
}
