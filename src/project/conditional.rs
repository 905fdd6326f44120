//! Shares of some of the seasons, and what they are shares of.

use super::kept::Names;
use crate::error::Error;
use crate::simulate::{Batches, Crossed, Event, Hits, Layout, Sample};
use crate::team::TeamId;

/// How often something happened where a condition was met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditional {
    /// Seasons in which the condition was met; all of them without one.
    pub given: u64,
    /// Seasons of these in which it happened.
    pub seasons: u64,
    /// The share of these seasons, and its standard error; `None` where the condition was never met.
    pub share: Option<(f64, f64)>,
}

impl Conditional {
    /// Under a condition that was never met.
    pub(super) const NEVER: Self = Self {
        given: 0,
        seasons: 0,
        share: None,
    };

    pub(super) fn of((batches, hits): (Batches, Hits)) -> Self {
        let given = batches.seasons();
        Self {
            given,
            seasons: hits.seasons,
            share: (given > 0).then(|| batches.share(&hits)),
        }
    }

    /// From the seasons of each run in which the condition was met, and those of them in which it happened.
    pub(super) fn of_runs(runs: impl IntoIterator<Item = [u64; 2]>) -> Self {
        let (mut batches, mut hits) = (Batches::default(), Hits::default());
        for [met, joint] in runs {
            if met > 0 {
                batches.observe(met);
                hits.observe(joint, met);
            }
        }
        Self::of((batches, hits))
    }

    /// Of a condition and an event that were crossed.
    pub(super) fn crossed(
        crossed: &Crossed,
        condition: Option<usize>,
        event: Option<usize>,
    ) -> Self {
        let met = crossed.by_run(condition, None);
        Self::of_runs(
            met.zip(crossed.by_run(condition, event))
                .map(|(met, joint)| [met, joint]),
        )
    }
}

/// A team and an outcome that it may reach or miss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prospect {
    /// The team.
    pub team: TeamId,
    /// Position of the outcome in the layout.
    pub outcome: usize,
    /// How often it was reached.
    pub overall: Conditional,
}

/// The outcomes that are open for some teams: by outcome, then as the teams come.
pub(super) fn open_prospects(
    layout: &Layout,
    teams: &[TeamId],
    outcome: Option<usize>,
) -> Vec<(TeamId, usize, Event)> {
    let outcomes = 0..layout.outcomes.len();
    let wanted = outcomes.filter(|of| outcome.is_none_or(|outcome| outcome == *of));
    let all = wanted.flat_map(|outcome| {
        let teams = teams.iter();
        teams.map(move |&team| (team, outcome, layout.reaches(outcome, team)))
    });
    all.filter(|(.., event)| !matches!(event, Event::Constant(_)))
        .collect()
}

/// How often each of them was reached.
pub(super) fn prospects(sample: &Sample, open: &[(TeamId, usize, Event)]) -> Vec<Prospect> {
    let batches = sample.batches();
    let prospect = |(team, outcome, event): &(TeamId, usize, Event)| Prospect {
        team: *team,
        outcome: *outcome,
        overall: Conditional::of((batches, sample.count(event))),
    };
    open.iter().map(prospect).collect()
}

/// Why there is nothing to tell of a team, or of all, and an outcome, or of all.
pub(super) fn nothing_open(
    names: &Names,
    layout: &Layout,
    team: Option<TeamId>,
    outcome: Option<usize>,
) -> Error {
    let whose = team.map_or("any team", |team| names.team(team));
    let what = match outcome {
        Some(outcome) => format!("`{}`", names.outcome(layout, outcome)),
        None => "any outcome".into(),
    };
    Error::NotTold {
        problem: format!(
            "{what} is not open for {whose}, as it is settled or out of reach for good; ask for another"
        ),
    }
}
