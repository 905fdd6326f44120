//! Counts as probabilities with their errors.

use serde::Serialize;

use super::certainty::{Verdict, possible_ranks};
use crate::edition::Snapshot;
use crate::fixture::{Dates, Outcome, Scoreline};
use crate::model::ScoreGrid;
use crate::simulate::{Batches, GroupTally, Histogram, Hits, Plan, PlannedGroup, Tally};
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
    pub points_now: i64,
    /// `[rank]`: finishing there.
    pub positions: Vec<Probability>,
    /// `[outcome]`: reaching it; `None` where its group has no part in it.
    pub outcomes: Vec<Option<Probability>>,
    /// Points at the end.
    pub points: Spread,
    /// Goal difference at the end.
    pub goal_difference: Spread,
}

/// What to expect of a group.
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

/// What to expect of a fixture. It is computed from the model, not sampled: it has no error of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct FixtureProjection {
    /// Position of its stage in the competition.
    pub stage: usize,
    /// Position of its group in the stage.
    pub group: usize,
    /// Matchday of the group.
    pub matchday: u32,
    /// When.
    pub dates: Dates,
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
    /// In the order of the competition.
    pub groups: Vec<GroupProjection>,
    /// What is still to be played, by date.
    pub fixtures: Vec<FixtureProjection>,
}

impl Projection {
    /// Turns counts into probabilities.
    pub fn new(snapshot: &Snapshot, plan: &Plan<'_>, tally: &Tally) -> Self {
        let groups = plan.groups.iter().zip(&tally.groups);
        let groups =
            groups.map(|(planned, counted)| group(snapshot, planned, counted, &tally.batches));
        let mut fixtures: Vec<FixtureProjection> = plan
            .groups
            .iter()
            .flat_map(|planned| fixtures(snapshot, plan, planned))
            .collect();
        fixtures.sort_by_key(|fixture| {
            (
                fixture.stage,
                fixture.matchday,
                fixture.dates,
                fixture.group,
            )
        });
        Self {
            seasons: tally.batches.seasons(),
            batches: tally.batches.count(),
            groups: groups.collect(),
            fixtures,
        }
    }
}

impl Probability {
    fn of(hits: &Hits, batches: &Batches, verdict: Verdict) -> Self {
        let (value, standard_error) = match verdict {
            Verdict::Open => batches.share(hits),
            Verdict::Impossible => (0.0, 0.0),
            Verdict::Certain => (1.0, 0.0),
        };
        Self {
            value,
            standard_error,
            seasons: hits.seasons,
            verdict,
        }
    }
}

impl Spread {
    fn of(histogram: &Histogram) -> Self {
        Self {
            mean: histogram.mean(),
            quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| histogram.quantile(share)),
            seasons: histogram.counts().collect(),
        }
    }
}

fn group(
    snapshot: &Snapshot,
    planned: &PlannedGroup,
    counted: &GroupTally,
    batches: &Batches,
) -> GroupProjection {
    let possible = possible_ranks(planned);
    let team = |(index, &team): (usize, &TeamId)| {
        let position = |(rank, hits): (usize, &Hits)| {
            let verdict = Verdict::of(possible[index], std::iter::once(rank));
            Probability::of(hits, batches, verdict)
        };
        let outcome = |(ranks, hits): (&Vec<usize>, &Hits)| {
            let verdict = Verdict::of(possible[index], ranks.iter().copied());
            (!ranks.is_empty()).then(|| Probability::of(hits, batches, verdict))
        };
        TeamProjection {
            team,
            points_now: planned.table.points(index as u8) as i64,
            positions: counted.positions[index]
                .iter()
                .enumerate()
                .map(position)
                .collect(),
            outcomes: planned
                .outcomes
                .iter()
                .zip(&counted.outcomes[index])
                .map(outcome)
                .collect(),
            points: Spread::of(&counted.points[index]),
            goal_difference: Spread::of(&counted.goal_difference[index]),
        }
    };
    let mut teams: Vec<TeamProjection> = planned.teams.iter().enumerate().map(team).collect();
    teams.sort_by_key(|team| {
        // Whole numbers, so that equal teams compare as equal and keep the order of the group.
        let weighted = team.positions.iter().enumerate();
        weighted
            .map(|(rank, position)| rank as u128 * u128::from(position.seasons))
            .sum::<u128>()
    });
    let matches = snapshot.fixtures(planned.stage, planned.group).count();
    GroupProjection {
        stage: planned.stage,
        group: planned.group,
        matches_played: matches - planned.open.len(),
        matches,
        teams,
    }
}

fn fixtures<'a>(
    snapshot: &'a Snapshot,
    plan: &'a Plan<'_>,
    planned: &'a PlannedGroup,
) -> impl Iterator<Item = FixtureProjection> + 'a {
    planned.open.iter().filter_map(move |open| {
        let mut listed = snapshot.fixtures(planned.stage, planned.group);
        let fixture = &listed
            .find(|listed| listed.address == open.address)?
            .fixture;
        Some(FixtureProjection {
            stage: planned.stage,
            group: planned.group,
            matchday: fixture.matchday,
            dates: fixture.dates,
            home: fixture.home,
            away: fixture.away,
            grid: plan.grid(open.pairing),
        })
    })
}
