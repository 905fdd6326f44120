//! How models did on matches, and on seasons, they had not seen.

mod records;
mod text;

use serde::Serialize;

use super::manifest::{ProgramManifest, hash_of_history};
use super::{Report, to_csv, to_json};
use crate::evaluate::{Evaluation, Resampling, SeasonEvaluation, Start};
use crate::history::History;

/// An evaluation with what it depends on.
pub struct EvaluationReport<'a> {
    /// Match by match.
    pub evaluation: &'a Evaluation,
    /// Season by season, where that was asked for.
    pub seasons: Option<&'a SeasonEvaluation>,
    /// What it depends on.
    pub manifest: EvaluationManifest,
}

/// What an evaluation depends on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvaluationManifest {
    #[serde(flatten)]
    program: ProgramManifest,
    files: Vec<String>,
    content_sha256: String,
    start: Start,
    resampling: Resampling,
    random_numbers: &'static str,
}

impl EvaluationManifest {
    /// The manifest of a command on a history.
    pub fn new(
        command: &'static str,
        history: &History,
        start: Start,
        resampling: Resampling,
    ) -> Self {
        Self {
            program: ProgramManifest::new(command),
            files: history.files.clone(),
            content_sha256: hash_of_history(history),
            start,
            resampling,
            random_numbers: "chacha8; key = seed; weeks by 32-bit words in sequence",
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a EvaluationManifest,
    #[serde(flatten)]
    evaluation: &'a Evaluation,
    #[serde(skip_serializing_if = "Option::is_none")]
    seasons: Option<&'a SeasonEvaluation>,
}

impl Report for EvaluationReport<'_> {
    fn text(&self) -> String {
        text::text(self)
    }

    fn json(&self) -> String {
        to_json(&Document {
            manifest: &self.manifest,
            evaluation: self.evaluation,
            seasons: self.seasons,
        })
    }

    fn csv(&self) -> String {
        to_csv(records::records(self.evaluation, self.seasons))
    }
}
