//! What is wrong with a question, and where.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::error::{Error, QuestionProblem};

/// What is wrong with a question, and with which bytes of it.
pub(super) struct Problem {
    problem: Box<QuestionProblem>,
    at: Range<usize>,
}

/// Says where a problem shows.
pub(super) trait At {
    fn at(self, at: Range<usize>) -> Problem;
}

impl At for QuestionProblem {
    fn at(self, at: Range<usize>) -> Problem {
        Problem {
            problem: Box::new(self),
            at,
        }
    }
}

impl Problem {
    /// The error that shows the question with marks below what is wrong.
    pub(super) fn of(self, question: &str) -> Error {
        let visible = |text: &str| text.replace(char::is_control, " ");
        let columns = |text: &str| visible(text).width();
        let Range { start, end } = self.at;
        Error::Question {
            problem: self.problem,
            question: visible(question),
            marks: format!(
                "{}{}",
                " ".repeat(columns(&question[..start])),
                "^".repeat(columns(&question[start..end]).max(1))
            ),
        }
    }
}
