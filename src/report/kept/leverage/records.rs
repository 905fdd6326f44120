//! Leverage as records.

use serde::Serialize;

use super::super::ShareRecord;
use super::{LeverageReport, RESULTS};
use crate::project::{FixtureLeverage, Move};
use crate::report::to_csv;

#[derive(Serialize)]
struct Content<'a> {
    prospects: Vec<ProspectRecord<'a>>,
    fixtures: Vec<FixtureRecord<'a>>,
}

#[derive(Serialize)]
struct ProspectRecord<'a> {
    team: &'a str,
    outcome: &'a str,
    #[serde(flatten)]
    share: ShareRecord,
}

#[derive(Serialize)]
struct FixtureRecord<'a> {
    stage: &'a str,
    group: &'a str,
    matchday: u32,
    date: Option<&'a str>,
    home: &'a str,
    away: &'a str,
    results: Vec<ResultRecord>,
    in_all: Vec<SwingRecord<'a>>,
    moves: Vec<MoveRecord<'a>>,
}

#[derive(Serialize)]
struct ResultRecord {
    result: &'static str,
    #[serde(flatten)]
    share: ShareRecord,
}

#[derive(Serialize)]
struct SwingRecord<'a> {
    outcome: &'a str,
    leverage: f64,
    leverage_standard_error: f64,
}

#[derive(Serialize)]
struct MoveRecord<'a> {
    team: &'a str,
    outcome: &'a str,
    leverage: f64,
    leverage_standard_error: f64,
    given: Vec<GivenRecord>,
}

#[derive(Serialize)]
struct GivenRecord {
    result: &'static str,
    #[serde(flatten)]
    share: ShareRecord,
    difference: Option<f64>,
    difference_standard_error: Option<f64>,
}

#[derive(Serialize)]
struct Row<'a> {
    stage: &'a str,
    group: &'a str,
    matchday: u32,
    date: Option<&'a str>,
    home: &'a str,
    away: &'a str,
    team: &'a str,
    outcome: &'a str,
    leverage: f64,
    leverage_standard_error: f64,
    result: &'static str,
    probability: Option<f64>,
    standard_error: Option<f64>,
    seasons: u64,
    given_seasons: u64,
    difference: Option<f64>,
    difference_standard_error: Option<f64>,
}

impl<'a> LeverageReport<'a> {
    pub(super) fn as_json(&self) -> String {
        let prospects = self.leverage.prospects.iter();
        let prospects = prospects.map(|prospect| ProspectRecord {
            team: self.kept.team(prospect.team),
            outcome: self.kept.outcome(prospect.outcome),
            share: ShareRecord::of(&prospect.overall),
        });
        let fixtures = self.leverage.fixtures.iter();
        let content = Content {
            prospects: prospects.collect(),
            fixtures: fixtures
                .map(|fixture| self.fixture_record(fixture))
                .collect(),
        };
        self.kept.json("leverage", content)
    }

    pub(super) fn as_csv(&self) -> String {
        let fixtures = self.leverage.fixtures.iter();
        to_csv(fixtures.flat_map(|fixture| self.rows(fixture)))
    }

    fn fixture_record(&self, fixture: &FixtureLeverage) -> FixtureRecord<'_> {
        let [stage, group] = self.kept.ids(fixture.group);
        let [home, away] = self.sides(fixture);
        let results = RESULTS.iter().zip(&fixture.results);
        let results = results.map(|((result, _), overall)| ResultRecord {
            result,
            share: ShareRecord::of(overall),
        });
        let in_all = fixture.in_all.iter().enumerate();
        let in_all = in_all.filter_map(|(outcome, all)| {
            all.map(|all| SwingRecord {
                outcome: self.kept.outcome(outcome),
                leverage: all.value,
                leverage_standard_error: all.standard_error,
            })
        });
        let moves = self.leverage.prospects.iter().zip(&fixture.moves);
        let moves = moves.map(|(prospect, moved)| MoveRecord {
            team: self.kept.team(prospect.team),
            outcome: self.kept.outcome(prospect.outcome),
            leverage: moved.swing.value,
            leverage_standard_error: moved.swing.standard_error,
            given: given(moved).collect(),
        });
        FixtureRecord {
            stage,
            group,
            matchday: self.matchday(fixture),
            date: self.date(fixture),
            home,
            away,
            results: results.collect(),
            in_all: in_all.collect(),
            moves: moves.collect(),
        }
    }

    fn rows(&self, fixture: &'a FixtureLeverage) -> Vec<Row<'a>> {
        let [stage, group] = self.kept.ids(fixture.group);
        let [home, away] = self.sides(fixture);
        let moves = self.leverage.prospects.iter().zip(&fixture.moves);
        let rows = moves.flat_map(|(prospect, moved)| {
            given(moved).map(move |given| Row {
                stage,
                group,
                matchday: self.matchday(fixture),
                date: self.date(fixture),
                home,
                away,
                team: self.kept.team(prospect.team),
                outcome: self.kept.outcome(prospect.outcome),
                leverage: moved.swing.value,
                leverage_standard_error: moved.swing.standard_error,
                result: given.result,
                probability: given.share.probability,
                standard_error: given.share.standard_error,
                seasons: given.share.seasons,
                given_seasons: given.share.given_seasons,
                difference: given.difference,
                difference_standard_error: given.difference_standard_error,
            })
        });
        rows.collect()
    }

    fn matchday(&self, fixture: &FixtureLeverage) -> u32 {
        self.kept.layout.groups[fixture.group].fixtures[fixture.fixture].matchday
    }

    fn date(&self, fixture: &FixtureLeverage) -> Option<&'a str> {
        self.kept.names.dates[fixture.group][fixture.fixture].as_deref()
    }
}

/// What an outcome is given each result.
fn given(moved: &Move) -> impl Iterator<Item = GivenRecord> {
    let results = RESULTS.iter().zip(&moved.given).zip(&moved.differences);
    results.map(|(((result, _), given), difference)| GivenRecord {
        result,
        share: ShareRecord::of(given),
        difference: difference.map(|difference| difference.0),
        difference_standard_error: difference.map(|difference| difference.1),
    })
}
