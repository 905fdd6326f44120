//! Counts as probabilities with their errors.

use super::certainty::Verdict;
use super::projection::{
    Boundary, Career, Entrant, FixtureProjection, GroupProjection, Opponents, Probability, Spread,
    StageProjection, TeamProjection,
};
use super::reach::Reach;
use crate::edition::Snapshot;
use crate::simulate::Tally;
use crate::simulate::{
    Batches, Grid, GroupTally, Histogram, Hits, OpenFixture, Plan, PlannedGroup, PlannedStage,
};
use crate::team::TeamId;

impl Probability {
    /// Of what is proved impossible.
    pub(super) const IMPOSSIBLE: Self = Self {
        value: 0.0,
        standard_error: 0.0,
        seasons: 0,
        verdict: Verdict::Impossible,
    };

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
pub(super) struct Counted<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) plan: &'a Plan<'a>,
    pub(super) tally: &'a Tally,
    pub(super) reach: Reach<'a>,
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

    pub(super) fn group(&self, group: usize) -> GroupProjection {
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

    pub(super) fn stage(&self, index: usize, stage: &PlannedStage) -> Option<StageProjection> {
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

    pub(super) fn careers(&self) -> Vec<Career> {
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

    pub(super) fn opponents(&self, index: usize, stage: &PlannedStage) -> Vec<Opponents> {
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

    pub(super) fn boundaries(&self) -> Vec<Boundary> {
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

pub(super) fn fixtures<'a>(
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
