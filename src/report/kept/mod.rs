//! What kept seasons say: leverage, points, meetings and orders, one file each.

mod leverage;
mod meetings;
mod orders;
mod points;

pub use leverage::LeverageReport;
pub use meetings::MeetingsReport;
pub use orders::OrdersReport;
pub use points::PointsReport;

use std::io::{Read, Seek};

use serde::Serialize;
use serde_json::value::RawValue;

use super::layout::{Cell, FAINT, HEADING, styled, thousands, wrap};
use super::manifest::ProgramManifest;
use super::percent::{error, seen_with_error};
use super::to_json;
use crate::project::{Conditional, KeptSample, Names};
use crate::simulate::Layout;
use crate::team::TeamId;

/// The seasons that were asked.
#[derive(Clone, Copy)]
pub struct KeptSeasons<'a> {
    /// The names of their facts.
    pub names: &'a Names,
    /// Their facts.
    pub layout: &'a Layout,
    /// Of the run that kept them.
    pub manifest: &'a RawValue,
    /// How many were kept.
    pub seasons: u64,
}

#[derive(Serialize)]
struct Document<'a, T> {
    manifest: &'a RawValue,
    asked_with: ProgramManifest,
    kept_seasons: u64,
    #[serde(flatten)]
    content: T,
}

/// A share as a record.
#[derive(Serialize)]
struct ShareRecord {
    probability: Option<f64>,
    standard_error: Option<f64>,
    seasons: u64,
    given_seasons: u64,
}

impl<'a> KeptSeasons<'a> {
    /// Those of a file.
    pub fn of<R: Read + Seek>(kept: &'a KeptSample<R>) -> Self {
        Self {
            names: kept.names(),
            layout: kept.layout(),
            manifest: kept.manifest(),
            seasons: kept.seasons(),
        }
    }

    fn json(&self, command: &'static str, content: impl Serialize) -> String {
        to_json(&Document {
            manifest: self.manifest,
            asked_with: ProgramManifest::new(command),
            kept_seasons: self.seasons,
            content,
        })
    }

    fn team(&self, team: TeamId) -> &'a str {
        self.names.team(team)
    }

    fn outcome(&self, outcome: usize) -> &'a str {
        self.names.outcome(self.layout, outcome)
    }

    /// The ids of the stage and the group of a group of the layout.
    fn ids(&self, group: usize) -> [&'a str; 2] {
        let kept = &self.layout.groups[group];
        let stage = &self.names.stages[kept.stage];
        [&stage.id, &stage.groups[kept.group].0]
    }
}

/// The heading of an answer: whose seasons, how many, and how to read what follows.
pub(super) fn heading(names: &Names, seasons: u64, how: &str) -> String {
    let title = format!("{}, {}", names.edition, names.as_of);
    let mut text = styled(HEADING, wrap(&title, 0).trim_end());
    text.push('\n');
    let method = format!("{} kept seasons, {how}", thousands(seasons));
    text.push_str(&styled(FAINT, wrap(&method, 0).trim_end()));
    text.push('\n');
    text
}

/// A blank line and a title.
fn title(title: &str) -> String {
    format!("\n{}\n", styled(HEADING, wrap(title, 0).trim_end()))
}

/// A share with its error; nothing where its condition was never met.
fn share(conditional: &Conditional) -> Cell {
    match conditional.share {
        Some((value, standard_error)) => seen_with_error(value, standard_error),
        None => Cell::new("–").style(FAINT),
    }
}

/// A difference in percentage points with its error.
fn difference((value, standard_error): (f64, f64)) -> String {
    let value = match 100.0 * value {
        value if value.abs() < 0.05 => "0.0".into(),
        value => format!("{value:+.1}").replace('-', "−"),
    };
    format!("{value:>5} ±{}", error(standard_error))
}

impl ShareRecord {
    fn of(conditional: &Conditional) -> Self {
        Self {
            probability: conditional.share.map(|share| share.0),
            standard_error: conditional.share.map(|share| share.1),
            seasons: conditional.seasons,
            given_seasons: conditional.given,
        }
    }
}
