//! What to expect of a competition.

use serde::Serialize;

use super::certainty::Verdict;
use super::counted::{Counted, fixtures};
use super::reach::Reach;
use crate::edition::Snapshot;
use crate::fixture::{Dates, Outcome, Scoreline};
use crate::model::ScoreGrid;
use crate::simulate::{Plan, Tally};
use crate::standings::{Among, Metric};
use crate::team::TeamId;

/// A probability from simulated seasons.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Probability {
    /// The share of seasons, from 0 to 1.
    pub value: f64,
    /// Its standard error, from the spread between batches; 0 where proved.
    pub standard_error: f64,
    /// Seasons in which it happened.
    pub seasons: u64,
    /// What is proved of it.
    pub verdict: Verdict,
}

/// What a whole number came to over the seasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The values that 5, 25, 50, 75 and 95 % of seasons do not exceed.
    pub quantiles: [i32; 5],
    /// Every value with the number of seasons that ended with it.
    pub seasons: Vec<(i32, u64)>,
}

/// What to expect of a team in its group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TeamProjection {
    /// The team.
    pub team: TeamId,
    /// Points so far.
    pub points_now: f64,
    /// `[rank]`: finishing there.
    pub positions: Vec<Probability>,
    /// `[outcome]`: reaching it; `None` where its group has no part in it.
    pub outcomes: Vec<Option<Probability>>,
    /// Points at the end; `None` in a tie.
    pub points: Option<Spread>,
    /// Goal difference at the end; `None` in a tie.
    pub goal_difference: Option<Spread>,
}

/// What to expect of a group whose teams are known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupProjection {
    /// Position of its stage in the competition.
    pub stage: usize,
    /// Position of the group in the stage.
    pub group: usize,
    /// Matches of the group that have a score, set ones included.
    pub matches_played: usize,
    /// Matches of the group in all.
    pub matches: usize,
    /// By mean rank, best first.
    pub teams: Vec<TeamProjection>,
}

/// How far a team goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Career {
    /// The team.
    pub team: TeamId,
    /// `[outcome]`: reaching it; `None` where that cannot be told yet.
    pub outcomes: Vec<Option<Probability>>,
}

/// What to expect of a team in a stage whose teams are not all known.
#[derive(Clone, Debug, PartialEq)]
pub struct Entrant {
    /// The team.
    pub team: TeamId,
    /// Taking part.
    pub entering: Probability,
    /// `[rank]`: finishing there, in whichever group.
    pub positions: Vec<Probability>,
}

/// What to expect of a stage whose teams are not all known.
#[derive(Clone, Debug, PartialEq)]
pub struct StageProjection {
    /// Position of the stage in the competition.
    pub stage: usize,
    /// Everybody who can still take part, the likeliest first.
    pub entrants: Vec<Entrant>,
}

/// Whom a team may meet in a round of ties.
#[derive(Clone, Debug, PartialEq)]
pub struct Opponents {
    /// Position of the stage in the competition.
    pub stage: usize,
    /// The team.
    pub team: TeamId,
    /// Everybody whom it met in some season, the likeliest first, with the share of all seasons.
    pub opponents: Vec<(TeamId, Probability)>,
}

/// What decides between two neighbouring places of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    /// Position of the stage in the competition.
    pub stage: usize,
    /// Position of the group in the stage.
    pub group: usize,
    /// The upper of the two places, from 1.
    pub position: usize,
    /// What decided in some season, in the order of the rules; `None`: the rules did not, a lot was drawn.
    pub causes: Vec<(Option<(Among, Metric)>, Probability)>,
}

/// What to expect of a fixture. It is computed from the model, not sampled: it has no error of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct FixtureProjection {
    /// Position of its stage in the competition.
    pub stage: usize,
    /// Position of its group in the stage.
    pub group: usize,
    /// Matchday of the group; in a tie, the leg.
    pub matchday: u32,
    /// When, if that is fixed.
    pub dates: Option<Dates>,
    /// The home side.
    pub home: TeamId,
    /// The away side.
    pub away: TeamId,
    /// The probability of every scoreline.
    pub grid: ScoreGrid,
}

impl FixtureProjection {
    /// Probabilities of home win, draw and away win.
    pub fn outcomes(&self) -> [f64; 3] {
        [Outcome::HomeWin, Outcome::Draw, Outcome::AwayWin]
            .map(|outcome| self.grid.outcome(outcome))
    }

    /// The likeliest scorelines.
    pub fn likeliest(&self) -> Vec<(Scoreline, f64)> {
        self.grid.likeliest(3)
    }
}

/// What to expect of a competition.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// Seasons played.
    pub seasons: u64,
    /// Batches they came in; standard errors are rough below about ten.
    pub batches: u64,
    /// Groups whose teams are known, in the order of the competition.
    pub groups: Vec<GroupProjection>,
    /// Stages whose teams are not all known, in the order of the competition.
    pub stages: Vec<StageProjection>,
    /// Everybody who can still reach something, by the last outcome, then the one before.
    pub careers: Vec<Career>,
    /// Whom teams may meet, in rounds of ties whose teams are not all known.
    pub opponents: Vec<Opponents>,
    /// What decides between places, where the plan asked for it.
    pub boundaries: Vec<Boundary>,
    /// What is still to be played between known teams, by date.
    pub fixtures: Vec<FixtureProjection>,
    /// The share of seasons in which some draw could not meet all its bounds and was held without.
    pub unmet_draws: f64,
}

impl Projection {
    /// Turns counts into probabilities.
    pub fn new(snapshot: &Snapshot, plan: &Plan<'_>, tally: &Tally) -> Self {
        let counted = Counted {
            snapshot,
            plan,
            tally,
            reach: Reach::of(plan),
        };
        let mut fixtures: Vec<FixtureProjection> = plan
            .groups
            .iter()
            .flat_map(|planned| fixtures(snapshot, plan, planned))
            .collect();
        fixtures.sort_by_key(|fixture| {
            (
                fixture.stage,
                fixture.matchday,
                fixture.dates.is_none(),
                fixture.dates,
                fixture.group,
            )
        });
        let known = (0..plan.groups.len()).filter(|&group| plan.groups[group].is_known());
        let stages = plan.stages.iter().enumerate();
        Self {
            seasons: tally.batches.seasons(),
            batches: tally.batches.count(),
            groups: known.map(|group| counted.group(group)).collect(),
            stages: stages
                .clone()
                .filter_map(|(index, stage)| counted.stage(index, stage))
                .collect(),
            careers: counted.careers(),
            opponents: stages
                .flat_map(|(index, stage)| counted.opponents(index, stage))
                .collect(),
            boundaries: counted.boundaries(),
            fixtures,
            unmet_draws: tally.unmet as f64 / tally.batches.seasons() as f64,
        }
    }
}
