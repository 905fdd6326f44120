//! Questions as they are written, apart from what their names mean.

use std::fmt;
use std::ops::Range;

use super::token::as_written;
use crate::fixture::Scoreline;
use crate::standings::ordinal;

/// A question: how likely something is, under a condition or without.
///
/// It prints as it may be written; what is printed reads as the same question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is asked for.
    pub event: Statement,
    /// Only seasons in which this happens count.
    pub condition: Option<Statement>,
}

/// Something that happens in a season or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// Of one team.
    Claim(Claim),
    /// It does not happen.
    Not(Box<Statement>),
    /// All happen.
    And(Vec<Statement>),
    /// Any happens.
    Or(Vec<Statement>),
}

/// What is said of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The team.
    pub team: Name,
    /// What is said of it.
    pub says: Says,
}

/// What is said of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// It reaches the outcome, or takes part in the stage or group.
    TakesPart(Name),
    /// It reaches the outcome.
    Is(Name),
    /// It finishes on a rank (0 = best) of a stage or group.
    Finishes(Comparison, usize, Option<Name>),
    /// It meets another team in a stage of ties.
    Meets(Name, Name),
    /// A fixture with another team ends so.
    Plays(Name, Ending, Which),
    /// At the end the table of a stage or group says so.
    Has(Total, Comparison, i64, Option<Name>),
}

/// How a fixture ends for a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It wins.
    Win,
    /// Nobody wins.
    Draw,
    /// It loses.
    Loss,
    /// With these goals, its own first.
    Score(Scoreline),
}

/// Which of several fixtures is meant, as far as that is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// Whether the team named first is at home.
    pub at_home: Option<bool>,
    /// The matchday; in a tie, the leg.
    pub matchday: Option<u32>,
    /// The stage or group.
    pub place: Option<Name>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// Points.
    Points,
    /// Goals scored.
    Goals,
    /// Goals scored less goals conceded.
    GoalDifference,
}

/// How a number compares with what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// As much.
    Exactly,
    /// As much or more.
    AtLeast,
    /// As much or less.
    AtMost,
}

/// A name with the bytes of the question where it stands. Names are the same where their texts are.
#[derive(Clone, Debug)]
pub struct Name {
    /// As written, without quotation marks.
    pub text: String,
    pub(super) at: Range<usize>,
}

impl Name {
    /// A name that stands nowhere.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.into(),
            at: 0..0,
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Name {}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&as_written(&self.text))
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.event)?;
        match &self.condition {
            Some(condition) => write!(f, " | {condition}"),
            None => Ok(()),
        }
    }
}

impl Statement {
    fn list(f: &mut fmt::Formatter<'_>, parts: &[Self], between: &str) -> fmt::Result {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                f.write_str(between)?;
            }
            match part {
                Self::And(_) | Self::Or(_) => write!(f, "({part})")?,
                _ => write!(f, "{part}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Claim(claim) => write!(f, "{claim}"),
            Self::Not(statement) => {
                f.write_str("not ")?;
                Self::list(f, std::slice::from_ref(statement), "")
            }
            Self::And(parts) => Self::list(f, parts, " & "),
            Self::Or(parts) => Self::list(f, parts, " or "),
        }
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.team)?;
        let place = match &self.says {
            Says::TakesPart(place) => Some(place),
            Says::Is(outcome) => return write!(f, " is {outcome}"),
            Says::Meets(other, stage) => {
                write!(f, " meets {other}")?;
                Some(stage)
            }
            Says::Finishes(comparison, rank, place) => {
                f.write_str(match comparison {
                    Comparison::Exactly => " ",
                    Comparison::AtLeast => " at least ",
                    Comparison::AtMost => " at most ",
                })?;
                f.write_str(&ordinal(rank + 1))?;
                place.as_ref()
            }
            Says::Plays(other, ending, which) => {
                match ending {
                    Ending::Win => write!(f, " beat {other}")?,
                    Ending::Draw => write!(f, " draw with {other}")?,
                    Ending::Loss => write!(f, " lose to {other}")?,
                    Ending::Score(goals) => write!(f, " {goals} {other}")?,
                }
                match which.at_home {
                    Some(true) => f.write_str(" at home")?,
                    Some(false) => f.write_str(" away")?,
                    None => {}
                }
                if let Some(matchday) = which.matchday {
                    write!(f, " on matchday {matchday}")?;
                }
                which.place.as_ref()
            }
            Says::Has(total, comparison, number, place) => {
                let sign = match comparison {
                    Comparison::Exactly => "=",
                    Comparison::AtLeast => ">=",
                    Comparison::AtMost => "<=",
                };
                write!(f, " {total} {sign} {number}")?;
                place.as_ref()
            }
        };
        match place {
            Some(place) => write!(f, " in {place}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Points => "points",
            Self::Goals => "goals",
            Self::GoalDifference => "goal difference",
        })
    }
}
