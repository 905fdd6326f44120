//! A projection for programs: the records of its JSON document.

use serde::Serialize;

use super::rows::Row;
use super::{ProjectionReport, cause_in_words};
use crate::fixture::Scoreline;
use crate::project::{
    Boundary, Career, Entrant, FixtureProjection, GroupProjection, Opponents, Probability, Spread,
    StageProjection, TeamProjection,
};
use crate::report::manifest::Manifest;
use crate::report::number::Number;
use crate::standings::{Among, Metric};

#[derive(Serialize)]
pub(super) struct Document<'a> {
    manifest: &'a Manifest,
    batches: u64,
    unmet_draws: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<PrecisionRecord>,
    groups: Vec<GroupRecord<'a>>,
    stages: Vec<StageRecord<'a>>,
    teams: Vec<CareerRecord<'a>>,
    opponents: Vec<OpponentsRecord<'a>>,
    causes: Vec<BoundaryRecord<'a>>,
    fixtures: Vec<FixtureRecord<'a>>,
}

#[derive(Serialize)]
struct PrecisionRecord {
    asked: f64,
    reached: bool,
    least_sure: Option<Row>,
}

#[derive(Serialize)]
struct GroupRecord<'a> {
    stage: &'a str,
    group: &'a str,
    matches_played: usize,
    matches: usize,
    teams: Vec<TeamRecord<'a>>,
}

#[derive(Serialize)]
struct TeamRecord<'a> {
    team: &'a str,
    points_now: Number,
    positions: Vec<Placed<'a>>,
    outcomes: Vec<Placed<'a>>,
    points: Option<&'a Spread>,
    goal_difference: Option<&'a Spread>,
}

#[derive(Serialize)]
struct StageRecord<'a> {
    stage: &'a str,
    teams: Vec<EntrantRecord<'a>>,
}

#[derive(Serialize)]
struct EntrantRecord<'a> {
    team: &'a str,
    entering: &'a Probability,
    positions: Vec<Placed<'a>>,
}

#[derive(Serialize)]
struct CareerRecord<'a> {
    team: &'a str,
    outcomes: Vec<Placed<'a>>,
}

#[derive(Serialize)]
struct Placed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'a str>,
    #[serde(flatten)]
    probability: &'a Probability,
}

#[derive(Serialize)]
struct OpponentsRecord<'a> {
    stage: &'a str,
    team: &'a str,
    opponents: Vec<OpponentRecord<'a>>,
}

#[derive(Serialize)]
struct OpponentRecord<'a> {
    team: &'a str,
    #[serde(flatten)]
    probability: &'a Probability,
}

#[derive(Serialize)]
struct BoundaryRecord<'a> {
    stage: &'a str,
    group: &'a str,
    position: usize,
    causes: Vec<CauseRecord<'a>>,
}

#[derive(Serialize)]
struct CauseRecord<'a> {
    cause: String,
    metric: Option<Metric>,
    among: Option<Among>,
    #[serde(flatten)]
    probability: &'a Probability,
}

#[derive(Serialize)]
struct FixtureRecord<'a> {
    stage: &'a str,
    group: &'a str,
    matchday: u32,
    date: Option<String>,
    home: &'a str,
    away: &'a str,
    home_win: f64,
    draw: f64,
    away_win: f64,
    expected_goals: [f64; 2],
    likeliest: Vec<LikelyScore>,
}

#[derive(Serialize)]
struct LikelyScore {
    score: String,
    probability: f64,
}

fn placed((rank, probability): (usize, &Probability)) -> Placed<'_> {
    Placed {
        position: Some(rank + 1),
        outcome: None,
        probability,
    }
}

impl ProjectionReport<'_> {
    pub(super) fn document(&self) -> Document<'_> {
        let projection = self.projection;
        Document {
            manifest: &self.manifest,
            batches: projection.batches,
            unmet_draws: projection.unmet_draws,
            precision: self.precision.map(|precision| PrecisionRecord {
                asked: precision.points(),
                reached: self.is_sure_enough(precision),
                least_sure: self.least_sure(),
            }),
            groups: projection
                .groups
                .iter()
                .map(|group| self.group_record(group))
                .collect(),
            stages: projection
                .stages
                .iter()
                .map(|stage| self.stage_record(stage))
                .collect(),
            teams: projection
                .careers
                .iter()
                .map(|career| self.career_record(career))
                .collect(),
            opponents: projection
                .opponents
                .iter()
                .map(|of| self.opponents_record(of))
                .collect(),
            causes: projection
                .boundaries
                .iter()
                .map(|of| self.boundary_record(of))
                .collect(),
            fixtures: projection
                .fixtures
                .iter()
                .map(|of| self.fixture_record(of))
                .collect(),
        }
    }

    fn outcome_records<'b>(&'b self, outcomes: &'b [Option<Probability>]) -> Vec<Placed<'b>> {
        let record = |(name, probability)| Placed {
            position: None,
            outcome: Some(name),
            probability,
        };
        self.told(outcomes).map(record).collect()
    }

    fn group_record<'b>(&'b self, group: &'b GroupProjection) -> GroupRecord<'b> {
        let (stage, id) = self.ids(group.stage, group.group);
        let team = |team: &'b TeamProjection| TeamRecord {
            team: self.name(team.team),
            points_now: Number(team.points_now),
            positions: team.positions.iter().enumerate().map(placed).collect(),
            outcomes: self.outcome_records(&team.outcomes),
            points: team.points.as_ref(),
            goal_difference: team.goal_difference.as_ref(),
        };
        GroupRecord {
            stage,
            group: id,
            matches_played: group.matches_played,
            matches: group.matches,
            teams: group.teams.iter().map(team).collect(),
        }
    }

    fn stage_record<'b>(&'b self, stage: &'b StageProjection) -> StageRecord<'b> {
        let entrant = |entrant: &'b Entrant| EntrantRecord {
            team: self.name(entrant.team),
            entering: &entrant.entering,
            positions: entrant.positions.iter().enumerate().map(placed).collect(),
        };
        StageRecord {
            stage: self.stage_id(stage.stage),
            teams: stage.entrants.iter().map(entrant).collect(),
        }
    }

    fn career_record<'b>(&'b self, career: &'b Career) -> CareerRecord<'b> {
        CareerRecord {
            team: self.name(career.team),
            outcomes: self.outcome_records(&career.outcomes),
        }
    }

    fn opponents_record<'b>(&'b self, of: &'b Opponents) -> OpponentsRecord<'b> {
        let opponents = of
            .opponents
            .iter()
            .map(|(team, probability)| OpponentRecord {
                team: self.name(*team),
                probability,
            });
        OpponentsRecord {
            stage: self.stage_id(of.stage),
            team: self.name(of.team),
            opponents: opponents.collect(),
        }
    }

    fn boundary_record<'b>(&'b self, boundary: &'b Boundary) -> BoundaryRecord<'b> {
        let (stage, group) = self.ids(boundary.stage, boundary.group);
        let causes = boundary
            .causes
            .iter()
            .map(|(cause, probability)| CauseRecord {
                cause: cause_in_words(cause),
                metric: cause.map(|(_, metric)| metric),
                among: cause.map(|(among, _)| among),
                probability,
            });
        BoundaryRecord {
            stage,
            group,
            position: boundary.position,
            causes: causes.collect(),
        }
    }

    fn fixture_record(&self, fixture: &FixtureProjection) -> FixtureRecord<'_> {
        let (stage, group) = self.ids(fixture.stage, fixture.group);
        let [home_win, draw, away_win] = fixture.outcomes();
        let likely = |(score, probability): (Scoreline, f64)| LikelyScore {
            score: score.to_string(),
            probability,
        };
        FixtureRecord {
            stage,
            group,
            matchday: fixture.matchday,
            date: fixture.dates.map(|dates| dates.to_string()),
            home: self.name(fixture.home),
            away: self.name(fixture.away),
            home_win,
            draw,
            away_win,
            expected_goals: fixture.grid.expected_goals(),
            likeliest: fixture.likeliest().into_iter().map(likely).collect(),
        }
    }
}
