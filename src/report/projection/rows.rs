//! A projection for programs: the rows of its CSV file.

use serde::Serialize;

use super::{ProjectionReport, cause_in_words};
use crate::project::{
    Boundary, Career, FixtureProjection, GroupProjection, Opponents, Probability, StageProjection,
    Verdict,
};

/// One row of the CSV: long form, one number a row.
#[derive(Default, Serialize)]
pub(super) struct Row {
    stage: String,
    group: String,
    team: String,
    opponent: String,
    measure: &'static str,
    of: String,
    value: f64,
    pub(super) standard_error: Option<f64>,
    seasons: Option<u64>,
    verdict: Option<Verdict>,
}

impl Row {
    /// What a row is about: `Zamalek, champion`, `Zamalek, position 2 of groups/B`.
    pub(super) fn subject(&self) -> String {
        let what = match self.measure {
            "outcome" => self.of.clone(),
            "meeting" => format!("meeting {}", self.opponent),
            measure => format!("{measure} {}", self.of).trim_end().to_owned(),
        };
        let place = [&self.stage, &self.group].map(String::as_str);
        let place: Vec<&str> = place.into_iter().filter(|id| !id.is_empty()).collect();
        let place = match place.is_empty() {
            true => String::new(),
            false => format!(" of {}", place.join("/")),
        };
        match self.team.is_empty() {
            true => format!("{what}{place}"),
            false => format!("{}, {what}{place}", self.team),
        }
    }

    fn with(self, probability: &Probability) -> Self {
        Self {
            value: probability.value,
            standard_error: Some(probability.standard_error),
            seasons: Some(probability.seasons),
            verdict: Some(probability.verdict),
            ..self
        }
    }
}

impl ProjectionReport<'_> {
    pub(super) fn rows(&self) -> Vec<Row> {
        let projection = self.projection;
        let groups = projection
            .groups
            .iter()
            .flat_map(|group| self.group_rows(group));
        let stages = projection
            .stages
            .iter()
            .flat_map(|stage| self.stage_rows(stage));
        let careers = projection
            .careers
            .iter()
            .flat_map(|career| self.career_rows(career));
        let opponents = projection
            .opponents
            .iter()
            .flat_map(|of| self.opponent_rows(of));
        let causes = projection
            .boundaries
            .iter()
            .flat_map(|of| self.cause_rows(of));
        let fixtures = projection
            .fixtures
            .iter()
            .flat_map(|of| self.fixture_rows(of));
        groups
            .chain(stages)
            .chain(careers)
            .chain(opponents)
            .chain(causes)
            .chain(fixtures)
            .collect()
    }

    fn group_rows(&self, group: &GroupProjection) -> Vec<Row> {
        let (stage, id) = self.ids(group.stage, group.group);
        let mut rows = Vec::new();
        for team in &group.teams {
            let row = |measure, of: String, value| Row {
                stage: stage.into(),
                group: id.into(),
                team: self.name(team.team).into(),
                measure,
                of,
                value,
                ..Row::default()
            };
            rows.push(row("points now", String::new(), team.points_now));
            let positions = (1..).zip(&team.positions);
            rows.extend(positions.map(|(position, probability): (usize, _)| {
                row("position", position.to_string(), 0.0).with(probability)
            }));
            for (measure, quantile, spread) in [
                ("points", "points quantile", &team.points),
                (
                    "goal difference",
                    "goal difference quantile",
                    &team.goal_difference,
                ),
            ] {
                let Some(spread) = spread else { continue };
                rows.push(row(measure, "mean".into(), spread.mean));
                let levels = ["0.05", "0.25", "0.5", "0.75", "0.95"];
                let quantiles = levels.iter().zip(spread.quantiles);
                rows.extend(
                    quantiles.map(|(level, value)| row(quantile, (*level).into(), value.into())),
                );
            }
            let finals = team.points.iter().flat_map(|points| &points.seasons);
            rows.extend(finals.map(|&(points, seasons)| Row {
                seasons: Some(seasons),
                ..row(
                    "final points",
                    points.to_string(),
                    seasons as f64 / self.projection.seasons as f64,
                )
            }));
        }
        rows
    }

    fn stage_rows(&self, stage: &StageProjection) -> Vec<Row> {
        let mut rows = Vec::new();
        for entrant in &stage.entrants {
            let row = |measure, of: String, probability| {
                Row {
                    stage: self.stage_id(stage.stage).into(),
                    team: self.name(entrant.team).into(),
                    measure,
                    of,
                    ..Row::default()
                }
                .with(probability)
            };
            rows.push(row("entering", String::new(), &entrant.entering));
            let positions = (1..).zip(&entrant.positions);
            rows.extend(positions.map(|(position, probability): (usize, _)| {
                row("position", position.to_string(), probability)
            }));
        }
        rows
    }

    fn career_rows(&self, career: &Career) -> Vec<Row> {
        let row = |(name, probability): (&str, &Probability)| {
            Row {
                team: self.name(career.team).into(),
                measure: "outcome",
                of: name.into(),
                ..Row::default()
            }
            .with(probability)
        };
        self.told(&career.outcomes).map(row).collect()
    }

    fn opponent_rows(&self, of: &Opponents) -> Vec<Row> {
        let rows = of.opponents.iter().map(|(opponent, probability)| {
            Row {
                stage: self.stage_id(of.stage).into(),
                team: self.name(of.team).into(),
                opponent: self.name(*opponent).into(),
                measure: "meeting",
                ..Row::default()
            }
            .with(probability)
        });
        rows.collect()
    }

    fn cause_rows(&self, boundary: &Boundary) -> Vec<Row> {
        let (stage, group) = self.ids(boundary.stage, boundary.group);
        let rows = boundary.causes.iter().map(|(cause, probability)| {
            let by = cause_in_words(cause);
            Row {
                stage: stage.into(),
                group: group.into(),
                measure: "cause",
                of: format!("{}: {by}", boundary.position),
                ..Row::default()
            }
            .with(probability)
        });
        rows.collect()
    }

    fn fixture_rows(&self, fixture: &FixtureProjection) -> Vec<Row> {
        let (stage, group) = self.ids(fixture.stage, fixture.group);
        let row = |measure, of: String, value| Row {
            stage: stage.into(),
            group: group.into(),
            team: self.name(fixture.home).into(),
            opponent: self.name(fixture.away).into(),
            measure,
            of,
            value,
            ..Row::default()
        };
        let [home_win, draw, away_win] = fixture.outcomes();
        let [home, away] = fixture.grid.expected_goals();
        let mut rows = vec![
            row("fixture", "home win".into(), home_win),
            row("fixture", "draw".into(), draw),
            row("fixture", "away win".into(), away_win),
            row("fixture", "expected home goals".into(), home),
            row("fixture", "expected away goals".into(), away),
        ];
        let likeliest = fixture.likeliest().into_iter();
        rows.extend(
            likeliest.map(|(score, share)| row("likeliest score", score.to_string(), share)),
        );
        rows
    }
}
