//! Projections.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::layout::{Cell, FAINT, HEADING, Layout, ordinal, stacked, styled, thousands, wrap};
use super::manifest::Manifest;
use super::percent::{percent, percent_with_error, unproved};
use super::{Report, to_csv, to_json};
use crate::edition::Snapshot;
use crate::model::Strengths;
use crate::project::{
    FixtureProjection, GroupProjection, Probability, Projection, Spread, TeamProjection, Verdict,
};
use crate::team::TeamId;

/// Below this many batches standard errors are themselves uncertain by a quarter or more.
const FEW_BATCHES: u64 = 10;

/// The width of a probability with its error.
const OUTCOME_WIDTH: usize = 10;

/// In larger groups places that do not fit are left out of the text.
const MOST_PLACES: usize = 6;

/// A projection with what it was made from.
pub struct ProjectionReport<'a> {
    /// What was known.
    pub snapshot: &'a Snapshot,
    /// What is expected.
    pub projection: &'a Projection,
    /// What it depends on.
    pub manifest: Manifest,
    /// The seed, for the heading.
    pub seed: u64,
    /// How strengths were taken, for the heading.
    pub strengths: Strengths,
    /// Results supposed by the user, for the heading.
    pub set: Vec<String>,
}

impl Report for ProjectionReport<'_> {
    fn text(&self) -> String {
        let mut text = self.heading();
        for group in &self.projection.groups {
            text.push('\n');
            text.push_str(&self.group(group));
        }
        text.push('\n');
        text.push_str(&styled(FAINT, wrap(self.legend().as_str(), 0).trim_end()));
        text.push('\n');
        text.push_str(&self.fixtures());
        text
    }

    fn json(&self) -> String {
        to_json(&Document {
            manifest: &self.manifest,
            batches: self.projection.batches,
            groups: self
                .projection
                .groups
                .iter()
                .map(|group| self.group_record(group))
                .collect(),
            fixtures: self
                .projection
                .fixtures
                .iter()
                .map(|fixture| self.fixture_record(fixture))
                .collect(),
        })
    }

    fn csv(&self) -> String {
        let groups = self
            .projection
            .groups
            .iter()
            .flat_map(|group| self.group_rows(group));
        let fixtures = self
            .projection
            .fixtures
            .iter()
            .flat_map(|fixture| self.fixture_rows(fixture));
        to_csv(groups.chain(fixtures))
    }
}

impl ProjectionReport<'_> {
    fn name(&self, team: TeamId) -> &str {
        self.snapshot.edition().teams.name(team)
    }

    fn longest_name(&self) -> usize {
        let teams = self.projection.groups.iter().flat_map(|group| &group.teams);
        teams
            .map(|team| self.name(team.team).width())
            .max()
            .unwrap_or(0)
    }

    fn group_name(&self, stage: usize, group: usize) -> String {
        self.snapshot.edition().competition.stages[stage].group_name(group)
    }

    fn outcome_names(&self) -> impl Iterator<Item = &str> {
        self.snapshot
            .edition()
            .competition
            .outcomes
            .iter()
            .map(|outcome| outcome.name.as_str())
    }

    fn heading(&self) -> String {
        let title = format!(
            "{}, {}",
            self.snapshot.edition().name,
            self.snapshot.label()
        );
        let strengths = match self.strengths {
            Strengths::Posterior => "strengths drawn from their posterior",
            Strengths::PlugIn => "strengths at their best estimate",
        };
        let seasons = thousands(self.projection.seasons);
        let plural = if self.projection.seasons == 1 {
            "season"
        } else {
            "seasons"
        };
        let mut text = styled(HEADING, wrap(&title, 0).trim_end());
        text.push('\n');
        text.push_str(&wrap(
            &format!("{seasons} {plural}, seed {}, {strengths}", self.seed),
            0,
        ));
        for set in &self.set {
            text.push_str(&wrap(&format!("supposing {set}"), 0));
        }
        text
    }

    fn legend(&self) -> String {
        let mut legend = "Places and outcomes in % of seasons, ± one standard error. \
            0 and 100 are proved; <0.1 and >99.9 are not."
            .to_owned();
        if self
            .projection
            .groups
            .iter()
            .any(|group| group.teams.len() > MOST_PLACES)
        {
            legend.push_str(" Places that do not fit are left out; json and csv have all.");
        }
        if self.projection.batches < FEW_BATCHES {
            legend.push_str(&format!(
                " The errors are rough: they rest on {} of seasons. Run more with -n.",
                if self.projection.batches == 1 {
                    "one batch".into()
                } else {
                    format!("{} batches", self.projection.batches)
                }
            ));
        }
        legend
    }

    fn group(&self, group: &GroupProjection) -> String {
        let GroupProjection {
            stage,
            group: index,
            matches_played,
            matches,
            teams,
        } = group;
        let name = self.group_name(*stage, *index);
        let heading = format!("{name}\n{matches_played} of {matches} played");
        let mut layout = Layout::names(heading)
            .at_least(self.longest_name())
            .right("Pts");
        layout = layout
            .right("final\nPts")
            .optional("5–95%")
            .optional("final\nGD");
        for rank in 0..teams.len() {
            layout = match teams.len() > MOST_PLACES {
                true => layout.optional(ordinal(rank + 1)),
                false => layout.right(ordinal(rank + 1)),
            };
        }
        let reached: Vec<usize> = (0..teams[0].outcomes.len())
            .filter(|&outcome| teams.iter().any(|team| team.outcomes[outcome].is_some()))
            .collect();
        let names: Vec<&str> = self.outcome_names().collect();
        for &outcome in &reached {
            layout = layout.right(stacked(names[outcome], OUTCOME_WIDTH));
        }
        for team in teams {
            let TeamProjection {
                points,
                goal_difference,
                ..
            } = team;
            let mut cells = vec![
                Cell::new(self.name(team.team)),
                Cell::new(team.points_now.to_string()),
                Cell::new(format!("{:.1}", points.mean)),
                Cell::new(format!("{}–{}", points.quantiles[0], points.quantiles[4])).style(FAINT),
                Cell::new(signed(goal_difference.mean)).style(FAINT),
            ];
            cells.extend(team.positions.iter().map(percent));
            cells.extend(reached.iter().map(|&outcome| {
                team.outcomes[outcome]
                    .as_ref()
                    .map_or_else(Cell::default, percent_with_error)
            }));
            layout.row(cells);
        }
        layout.render()
    }

    fn fixtures(&self) -> String {
        let mut text = String::new();
        let mut layout = Layout::names("To be played")
            .right("home")
            .right("draw")
            .right("away");
        layout = layout.right("goals").optional("likeliest");
        let mut matchday = None;
        for fixture in &self.projection.fixtures {
            let day = (fixture.stage, fixture.matchday, fixture.dates);
            if matchday != Some(day) {
                matchday = Some(day);
                let heading = format!("Matchday {}, {}", fixture.matchday, fixture.dates);
                let mut cells = vec![Cell::new(heading).style(FAINT)];
                cells.resize(6, Cell::default());
                layout.row(cells);
            }
            let names = format!("{} – {}", self.name(fixture.home), self.name(fixture.away));
            let [home, away] = fixture.grid.expected_goals();
            let (score, share) = fixture.likeliest()[0];
            let mut cells = vec![Cell::new(names)];
            cells.extend(
                fixture
                    .outcomes()
                    .map(|outcome| Cell::new(unproved(outcome))),
            );
            cells.push(Cell::new(format!("{home:.1}–{away:.1}")));
            cells.push(Cell::new(format!("{score} {}", unproved(share))).style(FAINT));
            layout.row(cells);
        }
        if matchday.is_some() {
            text.push('\n');
            text.push_str(&layout.render());
        }
        text
    }
}

fn signed(value: f64) -> String {
    format!("{value:+.1}").replace('-', "−")
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Manifest,
    batches: u64,
    groups: Vec<GroupRecord<'a>>,
    fixtures: Vec<FixtureRecord<'a>>,
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
    points_now: i64,
    positions: Vec<Placed<'a>>,
    outcomes: Vec<Placed<'a>>,
    points: &'a Spread,
    goal_difference: &'a Spread,
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
struct FixtureRecord<'a> {
    stage: &'a str,
    group: &'a str,
    matchday: u32,
    date: String,
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

/// One row of the CSV: long form, one number a row.
#[derive(Default, Serialize)]
struct Row {
    stage: String,
    group: String,
    team: String,
    opponent: String,
    measure: &'static str,
    of: String,
    value: f64,
    standard_error: Option<f64>,
    seasons: Option<u64>,
    verdict: Option<Verdict>,
}

impl ProjectionReport<'_> {
    fn ids(&self, stage: usize, group: usize) -> (&str, &str) {
        let stage = &self.snapshot.edition().competition.stages[stage];
        (&stage.id, &stage.groups[group].id)
    }

    fn group_record<'b>(&'b self, group: &'b GroupProjection) -> GroupRecord<'b> {
        let (stage, id) = self.ids(group.stage, group.group);
        let team = |team: &'b TeamProjection| TeamRecord {
            team: self.name(team.team),
            points_now: team.points_now,
            positions: positions(team)
                .map(|(position, probability)| Placed {
                    position: Some(position),
                    outcome: None,
                    probability,
                })
                .collect(),
            outcomes: self
                .outcomes(team)
                .map(|(name, probability)| Placed {
                    position: None,
                    outcome: Some(name),
                    probability,
                })
                .collect(),
            points: &team.points,
            goal_difference: &team.goal_difference,
        };
        GroupRecord {
            stage,
            group: id,
            matches_played: group.matches_played,
            matches: group.matches,
            teams: group.teams.iter().map(team).collect(),
        }
    }

    fn outcomes<'b>(
        &'b self,
        team: &'b TeamProjection,
    ) -> impl Iterator<Item = (&'b str, &'b Probability)> {
        let named = self.outcome_names().zip(&team.outcomes);
        named.filter_map(|(name, probability)| Some((name, probability.as_ref()?)))
    }

    fn fixture_record(&self, fixture: &FixtureProjection) -> FixtureRecord<'_> {
        let (stage, group) = self.ids(fixture.stage, fixture.group);
        let [home_win, draw, away_win] = fixture.outcomes();
        let likely = |(score, probability): (crate::fixture::Scoreline, f64)| LikelyScore {
            score: score.to_string(),
            probability,
        };
        FixtureRecord {
            stage,
            group,
            matchday: fixture.matchday,
            date: fixture.dates.to_string(),
            home: self.name(fixture.home),
            away: self.name(fixture.away),
            home_win,
            draw,
            away_win,
            expected_goals: fixture.grid.expected_goals(),
            likeliest: fixture.likeliest().into_iter().map(likely).collect(),
        }
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
            let likely = |measure, of: String, probability: &Probability| Row {
                standard_error: Some(probability.standard_error),
                seasons: Some(probability.seasons),
                verdict: Some(probability.verdict),
                ..row(measure, of, probability.value)
            };
            rows.push(row("points now", String::new(), team.points_now as f64));
            rows.extend(
                positions(team).map(|(position, p)| likely("position", position.to_string(), p)),
            );
            rows.extend(
                self.outcomes(team)
                    .map(|(name, p)| likely("outcome", name.into(), p)),
            );
            for (measure, quantile, spread) in [
                ("points", "points quantile", &team.points),
                (
                    "goal difference",
                    "goal difference quantile",
                    &team.goal_difference,
                ),
            ] {
                rows.push(row(measure, "mean".into(), spread.mean));
                let levels = ["0.05", "0.25", "0.5", "0.75", "0.95"];
                let quantiles = levels.iter().zip(spread.quantiles);
                rows.extend(
                    quantiles.map(|(level, value)| row(quantile, (*level).into(), value.into())),
                );
            }
            rows.extend(team.points.seasons.iter().map(|&(points, seasons)| Row {
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

fn positions(team: &TeamProjection) -> impl Iterator<Item = (usize, &Probability)> {
    team.positions
        .iter()
        .enumerate()
        .map(|(rank, probability)| (rank + 1, probability))
}
