//! Counts as probabilities with their errors.

use serde::Serialize;

use super::certainty::Verdict;
use super::reach::Reach;
use crate::edition::Snapshot;
use crate::fixture::{Dates, Outcome, Scoreline};
use crate::model::ScoreGrid;
use crate::simulate::{
    Batches, Grid, GroupTally, Histogram, Hits, OpenFixture, Plan, PlannedGroup, PlannedStage,
    Tally,
};
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

/// What was counted, and what is proved.
struct Counted<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan<'a>,
    tally: &'a Tally,
    reach: Reach<'a>,
}

impl Counted<'_> {
    fn probability(&self, hits: &Hits, verdict: Verdict) -> Probability {
        Probability::of(hits, &self.tally.batches, verdict)
    }

    /// A probability of which nothing is proved unless it cannot be.
    fn if_possible(&self, hits: &Hits, possible: bool) -> Probability {
        let verdict = if possible {
            Verdict::Open
        } else {
            Verdict::Impossible
        };
        self.probability(hits, verdict)
    }

    /// Reaching an outcome of the plan.
    fn reaching(&self, outcome: usize, team: TeamId) -> Probability {
        let verdict = self.reach.verdict(&self.plan.outcomes[outcome], team);
        self.probability(self.tally.outcomes.hits(outcome, team.index()), verdict)
    }

    /// `[outcome]` of the competition, as far as it is wanted and can be told.
    fn outcomes(&self, team: TeamId, wanted: impl Fn(usize) -> bool) -> Vec<Option<Probability>> {
        let count = self.snapshot.edition().competition.outcomes.len();
        let mut outcomes = vec![None; count];
        for (index, planned) in self.plan.outcomes.iter().enumerate() {
            if wanted(planned.outcome) {
                outcomes[planned.outcome] = Some(self.reaching(index, team));
            }
        }
        outcomes
    }

    fn group(&self, group: usize) -> GroupProjection {
        let (planned, counted) = (&self.plan.groups[group], &self.tally.groups[group]);
        let possible = self.reach.ranks(group);
        let team = |(index, &team): (usize, &TeamId)| {
            let positions = counted.positions.row(index).iter().enumerate();
            let positions = positions.map(|(rank, hits)| {
                let verdict = Verdict::of(possible[index], std::iter::once(rank));
                self.probability(hits, verdict)
            });
            TeamProjection {
                team,
                points_now: planned.table.points(index as u8),
                positions: positions.collect(),
                outcomes: self.outcomes(team, |outcome| !planned.outcomes[outcome].is_empty()),
                points: counted.points.get(index).map(Spread::of),
                goal_difference: counted.goal_difference.get(index).map(Spread::of),
            }
        };
        let mut teams: Vec<(u128, TeamProjection)> = planned
            .teams
            .iter()
            .enumerate()
            .map(|entry| (mean_rank(counted, entry.0), team(entry)))
            .collect();
        // Whole numbers, so that equal teams compare as equal and keep the order of the group.
        teams.sort_by_key(|(mean_rank, _)| *mean_rank);
        let declared = &self.snapshot.edition().competition.stages[planned.stage];
        let matches = declared.matches(planned.group);
        GroupProjection {
            stage: planned.stage,
            group: planned.group,
            matches_played: matches.saturating_sub(planned.open.len()),
            matches,
            teams: teams.into_iter().map(|(_, team)| team).collect(),
        }
    }

    fn stage(&self, index: usize, stage: &PlannedStage) -> Option<StageProjection> {
        let positions = &self.tally.stages[index].positions;
        if positions.rows() == 0 {
            return None;
        }
        let groups = || stage.groups.clone();
        let ids = self.snapshot.edition().teams.ids();
        let enters = |team: &TeamId| self.reach.entry(*team, stage) != Verdict::Impossible;
        let entrant = |team: TeamId| {
            let (entered, ranks) = positions.row(team.index()).split_last()?;
            let can_finish = |rank: usize| {
                let of_size = |&group: &usize| rank < self.plan.groups[group].size();
                let mut groups = groups().filter(of_size);
                groups.any(|group| self.reach.can_finish(team, group, rank))
            };
            let positions = ranks.iter().enumerate();
            let positions = positions.map(|(rank, hits)| self.if_possible(hits, can_finish(rank)));
            Some(Entrant {
                team,
                entering: self.probability(entered, self.reach.entry(team, stage)),
                positions: positions.collect(),
            })
        };
        let mut entrants: Vec<Entrant> = ids.filter(enters).filter_map(entrant).collect();
        entrants.sort_by_key(|entrant| {
            let seasons = entrant.positions.iter().map(|position| position.seasons);
            std::cmp::Reverse((entrant.entering.seasons, seasons.collect::<Vec<_>>()))
        });
        Some(StageProjection {
            stage: stage.stage,
            entrants,
        })
    }

    fn careers(&self) -> Vec<Career> {
        let ids = self.snapshot.edition().teams.ids();
        let career = |team| Career {
            team,
            outcomes: self.outcomes(team, |_| true),
        };
        let alive = |career: &Career| {
            let mut told = career.outcomes.iter().flatten();
            told.any(|probability| probability.verdict != Verdict::Impossible)
        };
        let mut careers: Vec<Career> = ids.map(career).filter(alive).collect();
        careers.sort_by_key(|career| {
            let seasons = career.outcomes.iter().rev().flatten();
            std::cmp::Reverse(
                seasons
                    .map(|probability| probability.seasons)
                    .collect::<Vec<_>>(),
            )
        });
        careers
    }

    fn opponents(&self, index: usize, stage: &PlannedStage) -> Vec<Opponents> {
        let tally = &self.tally.stages[index];
        if tally.opponents.rows() == 0 || tally.positions.rows() == 0 {
            return Vec::new();
        }
        let of = |team: TeamId| Opponents {
            stage: stage.stage,
            team,
            opponents: self.met(&tally.opponents, team, stage),
        };
        let ids = self.snapshot.edition().teams.ids();
        ids.map(of).filter(|of| !of.opponents.is_empty()).collect()
    }

    fn met(&self, grid: &Grid, team: TeamId, stage: &PlannedStage) -> Vec<(TeamId, Probability)> {
        let ids = self.snapshot.edition().teams.ids();
        let met = ids
            .zip(grid.row(team.index()))
            .filter(|(_, hits)| hits.seasons > 0);
        let mut met: Vec<_> = met
            .map(|(other, hits)| {
                let verdict = match self.reach.surely_meet(team, other, stage) {
                    true => Verdict::Certain,
                    false => Verdict::Open,
                };
                (other, self.probability(hits, verdict))
            })
            .collect();
        met.sort_by_key(|(_, probability)| std::cmp::Reverse(probability.seasons));
        met
    }

    fn boundaries(&self) -> Vec<Boundary> {
        let groups = self.plan.groups.iter().zip(&self.tally.groups);
        let boundaries = groups.flat_map(|(planned, counted)| {
            let causes = planned.causes();
            let (stage, group) = (planned.stage, planned.group);
            let finished = self.snapshot.standings(stage, group);
            let finished = finished.filter(|_| self.snapshot.is_complete(stage, group));
            (0..counted.causes.rows()).map(move |row| {
                // Two places that a finished table decides are divided alike in every season.
                let is_settled = finished.as_ref().is_some_and(|standings| {
                    let mut either = [row, row + 1].into_iter();
                    either.all(|rank| standings.decided(rank).is_some())
                });
                let verdict = match is_settled {
                    true => Verdict::Certain,
                    false => Verdict::Open,
                };
                let hits = counted.causes.row(row).iter().enumerate();
                let seen = hits.filter(|(_, hits)| hits.seasons > 0);
                let cause = |(cause, hits): (usize, &Hits)| {
                    (causes.get(cause).copied(), self.probability(hits, verdict))
                };
                Boundary {
                    stage: planned.stage,
                    group: planned.group,
                    position: row + 1,
                    causes: seen.map(cause).collect(),
                }
            })
        });
        boundaries.collect()
    }
}

fn mean_rank(counted: &GroupTally, team: usize) -> u128 {
    let weighted = counted.positions.row(team).iter().enumerate();
    weighted
        .map(|(rank, hits)| rank as u128 * u128::from(hits.seasons))
        .sum()
}

fn fixtures<'a>(
    snapshot: &'a Snapshot,
    plan: &'a Plan<'_>,
    planned: &'a PlannedGroup,
) -> impl Iterator<Item = FixtureProjection> + 'a {
    planned.open.iter().filter_map(move |open: &OpenFixture| {
        let pairing = open.pairing?;
        let mut listed = snapshot.fixtures(planned.stage, planned.group);
        let listed = listed.find(|listed| listed.address == open.address);
        Some(FixtureProjection {
            stage: planned.stage,
            group: planned.group,
            matchday: open.matchday,
            dates: listed.and_then(|listed| listed.fixture.dates),
            home: pairing.home,
            away: pairing.away,
            grid: plan.grid_of(open)?,
        })
    })
}
