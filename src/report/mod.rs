//! How results are shown: text for people, JSON and CSV for programs. One file for each thing shown;
//! `docs/output.md` is the dictionary of every field and column.

mod bench;
mod comparison;
mod draw;
mod editions;
mod evaluation;
mod kept;
mod layout;
mod manifest;
mod number;
mod pairing;
mod percent;
mod projection;
mod query;
mod ranking;
mod rulebook;
mod standings;
mod strengths;

pub use bench::{BenchReport, DRAWN_STRENGTHS, PartCost, Rate};
pub use comparison::{ComparedSide, ComparisonReport};
pub use draw::DrawReport;
pub use editions::{EditionCard, EditionList};
pub use evaluation::{EvaluationManifest, EvaluationReport};
pub use kept::{KeptSeasons, LeverageReport, MeetingsReport, OrdersReport, PointsReport};
pub use layout::with_notes;
pub use manifest::{DrawOptions, GivenOptions, HistoryOptions, Manifest, RunOptions, sha256};
pub use pairing::PairingReport;
pub use projection::ProjectionReport;
pub use query::QueryReport;
pub use ranking::RankingReport;
pub use rulebook::{RulebookCard, RulebookList};
pub use standings::StandingsReport;
pub use strengths::StrengthsReport;

use serde::Serialize;

/// A way to show something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Aligned text of at most 80 columns, with ANSI styles.
    #[default]
    Table,
    /// One JSON document, with a manifest.
    Json,
    /// Comma-separated values with a header.
    Csv,
}

/// Something that can be shown in every [`Format`].
pub trait Report {
    /// Text for people.
    fn text(&self) -> String;

    /// The JSON document.
    fn json(&self) -> String;

    /// The CSV file.
    fn csv(&self) -> String;

    /// The whole output in one format.
    fn show(&self, format: Format) -> String {
        match format {
            Format::Table => self.text(),
            Format::Json => self.json(),
            Format::Csv => self.csv(),
        }
    }
}

fn to_json(document: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(document).expect("reports are plain data");
    json.push('\n');
    json
}

fn to_csv<R: Serialize>(rows: impl IntoIterator<Item = R>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer
            .serialize(row)
            .expect("rows are plain data, written to memory");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("rows are UTF-8")
}
