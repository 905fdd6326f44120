//! Projections.

mod records;
mod rows;
mod text;

use std::cmp::Ordering;

use self::rows::Row;
use super::manifest::Manifest;
use super::percent::fine_error;
use super::{Report, to_csv, to_json};
use crate::edition::Snapshot;
use crate::model::Strengths;
use crate::project::{Precision, Probability, Projection};
use crate::standings::{Among, Metric};
use crate::team::TeamId;

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
    /// How sure the run was to be, if that was asked.
    pub precision: Option<Precision>,
    /// Whether the text shows whom teams may meet.
    pub opponents: bool,
}

impl Report for ProjectionReport<'_> {
    fn text(&self) -> String {
        self.whole_text()
    }

    fn json(&self) -> String {
        to_json(&self.document())
    }

    fn csv(&self) -> String {
        to_csv(self.rows())
    }
}

impl ProjectionReport<'_> {
    fn name(&self, team: TeamId) -> &str {
        self.snapshot.edition().teams.name(team)
    }

    /// The row with the largest standard error.
    fn least_sure(&self) -> Option<Row> {
        let rows = self.rows().into_iter();
        rows.max_by(|a, b| {
            let errors = [a, b].map(|row| row.standard_error.unwrap_or(0.0));
            // Of equals the first.
            errors[0].total_cmp(&errors[1]).then(Ordering::Greater)
        })
    }

    fn is_sure_enough(&self, precision: Precision) -> bool {
        let error = self.least_sure().and_then(|row| row.standard_error);
        precision.allows(error.unwrap_or(0.0))
    }

    /// How the run fell short of the precision that was asked for, if it did.
    pub fn shortfall(&self) -> Option<String> {
        let precision = self.precision?;
        self.precision_in_words()
            .filter(|_| !self.is_sure_enough(precision))
    }

    /// What was asked for, and how sure the least sure probability is; nothing where nothing was asked.
    fn precision_in_words(&self) -> Option<String> {
        let (precision, row) = (self.precision?, self.least_sure()?);
        let reached = match self.is_sure_enough(precision) {
            true => "were asked for",
            false => "were asked for and not reached",
        };
        let error = fine_error(row.standard_error.unwrap_or(0.0));
        let (asked, subject) = (precision.points(), row.subject());
        Some(format!(
            "Errors of at most {asked} {reached}; the largest is {error}, of {subject}."
        ))
    }

    fn outcome_names(&self) -> impl Iterator<Item = &str> {
        let outcomes = self.snapshot.edition().competition.outcomes.iter();
        outcomes.map(|outcome| outcome.name.as_str())
    }

    fn ids(&self, stage: usize, group: usize) -> (&str, &str) {
        let stage = &self.snapshot.edition().competition.stages[stage];
        (&stage.id, &stage.groups[group].id)
    }

    fn stage_id(&self, stage: usize) -> &str {
        &self.snapshot.edition().competition.stages[stage].id
    }

    /// Every outcome that is told, with its name.
    fn told<'b>(
        &'b self,
        outcomes: &'b [Option<Probability>],
    ) -> impl Iterator<Item = (&'b str, &'b Probability)> {
        let named = self.outcome_names().zip(outcomes);
        named.filter_map(|(name, probability)| Some((name, probability.as_ref()?)))
    }
}

/// What separated two places; nothing stands for a lot that no rule provides for.
fn cause_in_words(cause: &Option<(Among, Metric)>) -> String {
    match cause {
        None => "undecided by the rules".to_owned(),
        Some((Among::LevelTeams, metric)) => format!("head-to-head {metric}"),
        Some((Among::Everyone, metric)) => metric.to_string(),
    }
}
