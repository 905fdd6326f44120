//! Points in time, and what they hide.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::{Edition, Listed};
use crate::error::Error;
use crate::fixture::{Fixture, read_date};

/// A point in time, as a user names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Before the first matchday.
    Start,
    /// After all fixtures up to this matchday of the group stage, and of every earlier stage.
    Matchday(u32),
    /// At the end of this day.
    Date(Date),
    /// After everything the edition holds.
    Now,
}

impl FromStr for When {
    type Err = Error;

    /// Reads `start`, `matchday 4` or `2024-02-25`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = |problem: &str| Error::AsOf {
            when: text.into(),
            problem: problem.into(),
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            ["start"] => Ok(Self::Start),
            ["matchday", number] => match number.parse() {
                Ok(0) | Err(_) => Err(wrong(
                    "matchdays are whole numbers from 1; `start` is before the first",
                )),
                Ok(number) => Ok(Self::Matchday(number)),
            },
            [day] => read_date(day).map(Self::Date).ok_or_else(|| {
                wrong("expected a date such as 2024-02-25, `matchday 4` or `start`")
            }),
            _ => Err(wrong(
                "expected a date such as 2024-02-25, `matchday 4` or `start`",
            )),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("start"),
            Self::Matchday(number) => write!(f, "matchday {number}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Now => f.write_str("now"),
        }
    }
}

/// The line between what is known and what is not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cutoff {
    /// The last day of which everything is known.
    pub(super) day: Date,
    /// In this stage matchdays decide instead of days: the stage and its last known matchday.
    matchday: Option<(usize, u32)>,
}

impl Cutoff {
    pub(super) fn of(edition: &Edition, when: When) -> Result<Self, Error> {
        let wrong = |problem| Error::AsOf {
            when: when.to_string(),
            problem,
        };
        let main = edition.competition.main_stage();
        let in_main = |listed: &&Listed| Some(listed.fixture.stage) == main;
        let main_fixtures = || {
            edition
                .fixtures
                .iter()
                .filter(in_main)
                .map(|listed| &listed.fixture)
        };
        let matchday = |last| main.map(|stage| (stage, last));
        match when {
            When::Now => Ok(Self {
                day: Date::MAX,
                matchday: None,
            }),
            When::Date(day) => match edition.fixtures.iter().map(|l| l.fixture.dates.first).min() {
                Some(first) if day < first => Err(wrong(format!(
                    "before the start: the first match is on {first}; use that day or a later one, or `start`"
                ))),
                _ => Ok(Self {
                    day,
                    matchday: None,
                }),
            },
            When::Start => {
                let first = main_fixtures().map(|fixture| fixture.dates.first).min();
                let day = first.and_then(|first| first.yesterday().ok());
                let day =
                    day.ok_or_else(|| wrong("no group stage has fixtures; use a date".into()))?;
                Ok(Self {
                    day,
                    matchday: matchday(0),
                })
            }
            When::Matchday(number) => {
                let last = main_fixtures().map(|fixture| fixture.matchday).max();
                let last =
                    last.ok_or_else(|| wrong("no group stage has fixtures; use a date".into()))?;
                if number > last {
                    return Err(wrong(format!("the matchdays are 1 to {last}")));
                }
                let known = main_fixtures().filter(|fixture| fixture.matchday <= number);
                let day = known
                    .map(|fixture| fixture.dates.last)
                    .max()
                    .unwrap_or(Date::MIN);
                Ok(Self {
                    day,
                    matchday: matchday(number),
                })
            }
        }
    }

    /// Whether the score of a fixture is known.
    pub(super) fn shows(&self, fixture: &Fixture) -> bool {
        match self.matchday {
            Some((stage, last)) if stage == fixture.stage => fixture.matchday <= last,
            _ => {
                fixture.dates.last <= self.day && fixture.decided.is_none_or(|day| day <= self.day)
            }
        }
    }
}
