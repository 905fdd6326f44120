//! Questions to kept seasons, and what they say.

use serde::Serialize;
use serde_json::value::RawValue;

use super::kept::heading;
use super::layout::{thousands, wrap};
use super::manifest::ProgramManifest;
use super::percent::{FEW_BATCHES, error, seen};
use super::{Report, to_csv, to_json};
use crate::project::Names;
use crate::project::query::Answer;

/// Questions to kept seasons with their answers.
pub struct QueryReport<'a> {
    /// Of the seasons.
    pub names: &'a Names,
    /// Of the run that kept the seasons.
    pub manifest: &'a RawValue,
    /// How many were kept.
    pub seasons: u64,
    /// In the order of the questions.
    pub answers: &'a [Answer],
}

impl Report for QueryReport<'_> {
    fn text(&self) -> String {
        let how = "in %, ± one standard error.";
        let mut text = heading(self.names, self.seasons, how);
        for answer in self.answers {
            text.push('\n');
            text.push_str(&wrap(&answer.question.to_string(), 0));
            text.push_str(&wrap(&self.line(answer), 2));
        }
        text
    }

    fn json(&self) -> String {
        to_json(&Document {
            manifest: self.manifest,
            asked_with: ProgramManifest::new("query"),
            kept_seasons: self.seasons,
            answers: self.answers.iter().map(Record::of).collect(),
        })
    }

    fn csv(&self) -> String {
        to_csv(self.answers.iter().map(Record::of))
    }
}

impl QueryReport<'_> {
    fn line(&self, answer: &Answer) -> String {
        let Some((value, standard_error)) = answer.share else {
            return format!(
                "The condition was met in none of {} seasons: they tell nothing of it.",
                thousands(self.seasons)
            );
        };
        let mut line = format!("{} ±{}", seen(value, standard_error), error(standard_error));
        if answer.question.condition.is_some() {
            let given = thousands(answer.given);
            line += &format!(", of {given} seasons that meet the condition");
        }
        if answer.batches < FEW_BATCHES {
            line += "; few batches hold them, so the error is rough";
        }
        line
    }
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a RawValue,
    asked_with: ProgramManifest,
    kept_seasons: u64,
    answers: Vec<Record>,
}

#[derive(Serialize)]
struct Record {
    question: String,
    probability: Option<f64>,
    standard_error: Option<f64>,
    seasons: u64,
    given_seasons: u64,
    given_batches: u64,
}

impl Record {
    fn of(answer: &Answer) -> Self {
        Self {
            question: answer.question.to_string(),
            probability: answer.share.map(|share| share.0),
            standard_error: answer.share.map(|share| share.1),
            seasons: answer.seasons,
            given_seasons: answer.given,
            given_batches: answer.batches,
        }
    }
}
