//! Questions to kept seasons: the probability of any combination of what can happen, with its error.

mod named;
mod parse;
mod place;
mod problem;
mod question;
mod resolve;
mod token;

use std::io::{Read, Seek};

pub use named::Named;
pub use question::{Claim, Comparison, Ending, Name, Question, Says, Statement, Total, Which};

use super::kept::{KeptSample, Names};
use crate::error::Error;
use crate::simulate::{Event, Layout};
use resolve::Resolver;

/// What kept seasons say to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The question, as it was read.
    pub question: Question,
    /// Seasons in which the condition was met; all of them without one.
    pub given: u64,
    /// Seasons of these in which it happened.
    pub seasons: u64,
    /// Batches in which the condition was met; the error is rough below about ten.
    pub batches: u64,
    /// The share of these seasons in which it happened, and its standard error; `None` where the condition
    /// was never met, of which the seasons tell nothing.
    pub share: Option<(f64, f64)>,
}

/// Reads a question: it, its event and its condition, which is certain where there is none.
///
/// # Errors
/// [`Error::Question`] where it cannot be read, or a name means nothing in these seasons or more than one
/// thing.
pub fn read(text: &str, names: &Names, layout: &Layout) -> Result<(Question, [Event; 2]), Error> {
    let question = Question::parse(text)?;
    let events = Resolver { names, layout }.events(&question, text)?;
    Ok((question, events))
}

/// Answers questions, reading no more of the file than they need.
///
/// # Errors
/// [`Error::Question`] for the first question that cannot be read or asks for what is not kept;
/// [`Error::SampleAltered`] and [`Error::Read`] as [`KeptSample::sample`] has them.
pub fn ask<R: Read + Seek>(
    kept: &mut KeptSample<R>,
    questions: &[impl AsRef<str>],
) -> Result<Vec<Answer>, Error> {
    let questions = questions.iter();
    let questions = questions.map(|text| read(text.as_ref(), kept.names(), kept.layout()));
    let questions: Vec<(Question, [Event; 2])> = questions.collect::<Result<_, _>>()?;
    let sample = kept.sample(questions.iter().flat_map(|(_, events)| events))?;
    let answer = |(question, [event, condition]): (Question, [Event; 2])| {
        let (batches, hits) = sample.count_given(&event, &condition);
        let given = batches.seasons();
        Answer {
            question,
            given,
            seasons: hits.seasons,
            batches: batches.count(),
            share: (given > 0).then(|| batches.share(&hits)),
        }
    };
    Ok(questions.into_iter().map(answer).collect())
}
