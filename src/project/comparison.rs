//! Two projections side by side, and what there is between them.

use std::collections::BTreeMap;
use std::ptr;

use super::certainty::Verdict;
use super::projection::{Career, Probability, Projection};
use crate::edition::Snapshot;
use crate::simulate::{Counter, Paired, Plan, PlannedStage, Tally};
use crate::team::TeamId;

/// What is played on one side of a comparison.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What is known.
    pub snapshot: &'a Snapshot,
    /// What a season plays.
    pub plan: &'a Plan<'a>,
}

/// Something that may happen to a team, by names that two editions may share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The team.
    pub team: String,
    /// What happens.
    pub what: Happening,
}

/// What may happen to a team.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    /// It reaches an outcome.
    Outcome(String),
    /// It takes part in a stage, by its id.
    Entering(String),
    /// It finishes on a position of a stage, by its id, in whichever group; 1 = best.
    Position(String, usize),
}

/// An event on both sides, as far as they know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What may happen.
    pub event: Event,
    /// How likely it is on either side; `None` where the side has no such team, stage or outcome.
    pub sides: [Option<Probability>; 2],
    /// By how much it is likelier on the second side, and the standard error of that; `None` where a side
    /// does not know it. The error is 0 where both are proved, and where both sides are the same.
    pub difference: Option<(f64, f64)>,
}

/// Two projections side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Seasons played on either side.
    pub seasons: u64,
    /// Batches they came in.
    pub batches: u64,
    /// In the order of the first side, what only the second has at the end; what is impossible on both
    /// sides is left out.
    pub events: Vec<Compared>,
}

impl Comparison {
    /// What to count on both sides: everything that both have a name for.
    pub fn counters(sides: [Side<'_>; 2]) -> Vec<[Counter; 2]> {
        common(sides).into_values().collect()
    }

    /// Puts together what was counted, on both sides and between them.
    ///
    /// `paired` is of the plans of these sides, by their counters.
    pub fn new(sides: [Side<'_>; 2], paired: &Paired) -> Self {
        let pairs = common(sides);
        let between: BTreeMap<&Event, _> = pairs.keys().zip(&paired.differences).collect();
        let batches = paired.batches();
        let is_same = ptr::eq(sides[0].plan, sides[1].plan);
        let difference = |event: &Event, [first, second]: [Probability; 2]| {
            let proved = |side: Probability| side.verdict != Verdict::Open;
            let seen = between.get(event)?;
            let difference = second.value - first.value;
            let error = match (first.standard_error, second.standard_error) {
                _ if is_same || (proved(first) && proved(second)) => 0.0,
                // Nothing tells how far both go together: as if they did not.
                (one, other) if batches.count() < 2 => one.hypot(other),
                _ if !seen.is_seen() => batches.unseen_error(),
                _ => seen.share(batches).1,
            };
            Some((difference, error))
        };
        let told = [0, 1].map(|side| told(sides[side], &paired.tallies[side]));
        let known = [&told[0], &told[1]].map(|told| -> BTreeMap<&Event, Probability> {
            told.iter()
                .map(|(event, probability)| (event, *probability))
                .collect()
        });
        let only_second = told[1]
            .iter()
            .filter(|(event, _)| !known[0].contains_key(event));
        let events = told[0].iter().chain(only_second).map(|(event, _)| {
            // Whom a projection does not tell of cannot do it, if there is such a thing.
            let impossible = between
                .contains_key(event)
                .then_some(Probability::IMPOSSIBLE);
            let sides = [0, 1].map(|side| known[side].get(event).copied().or(impossible));
            let both = sides[0].zip(sides[1]);
            Compared {
                event: event.clone(),
                sides,
                difference: both.and_then(|(first, second)| difference(event, [first, second])),
            }
        });
        Self {
            seasons: batches.seasons(),
            batches: batches.count(),
            events: events.collect(),
        }
    }
}

/// Everything that both sides have a name for, with what counts it on either.
fn common(sides: [Side<'_>; 2]) -> BTreeMap<Event, [Counter; 2]> {
    let [first, mut second] = sides.map(counters);
    let pairs = first.into_iter().filter_map(|(event, counter)| {
        let other = second.remove(&event)?;
        Some((event, [counter, other]))
    });
    pairs.collect()
}

/// Whether a stage is told of as a whole: its teams are not all known.
fn is_told_as_a_whole(plan: &Plan<'_>, stage: &PlannedStage) -> bool {
    let mut groups = plan.groups[stage.groups.clone()].iter();
    groups.any(|group| !group.is_known())
}

/// Everything that is counted of teams by name.
fn counters(side: Side<'_>) -> BTreeMap<Event, Counter> {
    let Side { snapshot, plan } = side;
    let names = Names(snapshot);
    let teams = || snapshot.edition().teams.ids();
    let mut counters = BTreeMap::new();
    for (outcome, planned) in plan.outcomes.iter().enumerate() {
        counters.extend(teams().map(|team| {
            let event = names.outcome(team, planned.outcome);
            (event, Counter::Outcome { outcome, team })
        }));
    }
    for (stage, planned) in plan.stages.iter().enumerate() {
        if is_told_as_a_whole(plan, planned) {
            let groups = plan.groups[planned.groups.clone()].iter();
            let ranks = groups.map(|group| group.size()).max().unwrap_or(0);
            for team in teams() {
                let counter = |rank| Counter::InStage { stage, team, rank };
                let ranked = |rank| (names.position(team, planned.stage, rank), counter(rank));
                counters.extend((0..ranks).map(ranked));
                counters.insert(names.entering(team, planned.stage), counter(ranks));
            }
            continue;
        }
        for group in planned.groups.clone() {
            let planned = &plan.groups[group];
            for (seat, &team) in planned.teams.iter().enumerate() {
                let ranked = |rank| {
                    let event = names.position(team, planned.stage, rank);
                    (event, Counter::InGroup { group, seat, rank })
                };
                counters.extend((0..planned.size()).map(ranked));
            }
        }
    }
    counters
}

/// Everything that a projection tells of teams by name, in its order.
fn told(side: Side<'_>, tally: &Tally) -> Vec<(Event, Probability)> {
    let Side { snapshot, plan } = side;
    let (names, projection) = (Names(snapshot), Projection::new(snapshot, plan, tally));
    let mut told = Vec::new();
    for Career { team, outcomes } in &projection.careers {
        let outcomes = outcomes.iter().enumerate();
        told.extend(outcomes.filter_map(|(outcome, probability)| {
            Some((names.outcome(*team, outcome), (*probability)?))
        }));
    }
    let whole = plan.stages.iter();
    let whole = whole.filter(|stage| is_told_as_a_whole(plan, stage));
    let whole: Vec<usize> = whole.map(|stage| stage.stage).collect();
    let groups = projection.groups.iter();
    for group in groups.filter(|group| !whole.contains(&group.stage)) {
        for team in &group.teams {
            let positions = team.positions.iter().enumerate();
            told.extend(positions.map(|(rank, probability)| {
                (names.position(team.team, group.stage, rank), *probability)
            }));
        }
    }
    for stage in &projection.stages {
        for entrant in &stage.entrants {
            told.push((names.entering(entrant.team, stage.stage), entrant.entering));
            let positions = entrant.positions.iter().enumerate();
            told.extend(positions.map(|(rank, probability)| {
                (
                    names.position(entrant.team, stage.stage, rank),
                    *probability,
                )
            }));
        }
    }
    told
}

/// What events are called in an edition.
struct Names<'a>(&'a Snapshot);

impl Names<'_> {
    fn event(&self, team: TeamId, what: Happening) -> Event {
        let team = self.0.edition().teams.name(team).to_owned();
        Event { team, what }
    }

    fn stage(&self, stage: usize) -> String {
        self.0.edition().competition.stages[stage].id.clone()
    }

    fn outcome(&self, team: TeamId, outcome: usize) -> Event {
        let outcomes = &self.0.edition().competition.outcomes;
        self.event(team, Happening::Outcome(outcomes[outcome].name.clone()))
    }

    fn entering(&self, team: TeamId, stage: usize) -> Event {
        self.event(team, Happening::Entering(self.stage(stage)))
    }

    fn position(&self, team: TeamId, stage: usize, rank: usize) -> Event {
        self.event(team, Happening::Position(self.stage(stage), rank + 1))
    }
}
