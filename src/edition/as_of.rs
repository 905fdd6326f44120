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
    /// Before the first draw and the first match: only the entries are known.
    Entries,
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

    /// Reads `entries`, `start`, `matchday 4` or `2024-02-25`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = |problem: &str| Error::AsOf {
            when: text.into(),
            problem: problem.into(),
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            ["entries"] => Ok(Self::Entries),
            ["start"] => Ok(Self::Start),
            ["matchday", number] => match number.parse() {
                Ok(0) | Err(_) => Err(wrong(
                    "matchdays are whole numbers from 1; `start` is before the first",
                )),
                Ok(number) => Ok(Self::Matchday(number)),
            },
            [day] => read_date(day).map(Self::Date).ok_or_else(|| {
                wrong("expected a date such as 2024-02-25, `matchday 4`, `start` or `entries`")
            }),
            _ => Err(wrong(
                "expected a date such as 2024-02-25, `matchday 4`, `start` or `entries`",
            )),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entries => f.write_str("entries"),
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
            When::Date(day) => match first_event(edition) {
                Some(first) if day < a_year_before(first) => Err(wrong(format!(
                    "more than a year before the first draw or match on {first}; use a later day, `start` or \
                     `entries`"
                ))),
                _ => Ok(Self {
                    day,
                    matchday: None,
                }),
            },
            When::Entries => {
                let day = first_event(edition).and_then(|first| first.yesterday().ok());
                Ok(Self {
                    day: day.unwrap_or(Date::MIN),
                    matchday: None,
                })
            }
            When::Start => {
                let first = main_fixtures().filter_map(|fixture| Some(fixture.dates?.first));
                let day = first.min().and_then(|first| first.yesterday().ok());
                if day.is_none() && main_fixtures().next().is_none() {
                    return Err(wrong(
                        "no group stage has fixtures; use a date, or `entries`".into(),
                    ));
                }
                Ok(Self {
                    day: day.unwrap_or(Date::MAX),
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
                    .filter_map(|fixture| Some(fixture.dates?.last))
                    .max()
                    .unwrap_or(Date::MIN);
                Ok(Self {
                    day,
                    matchday: matchday(number),
                })
            }
        }
    }

    /// What is known of the score of a fixture.
    pub(super) fn sight(&self, fixture: &Fixture) -> Sight {
        match (self.matchday, fixture.dates) {
            (Some((stage, last)), _) if stage == fixture.stage => match fixture.matchday <= last {
                true => Sight::Official,
                false => Sight::Nothing,
            },
            (_, Some(dates)) if dates.last <= self.day => {
                match fixture.decided.is_none_or(|day| day <= self.day) {
                    true => Sight::Official,
                    false => Sight::OnPitch,
                }
            }
            _ => Sight::Nothing,
        }
    }
}

/// What is known of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// It is still to come.
    Nothing,
    /// What happened on the pitch, but not yet what was made of it later.
    OnPitch,
    /// All of it.
    Official,
}

/// The day of the first draw or match.
fn first_event(edition: &Edition) -> Option<Date> {
    let matches = edition
        .fixtures
        .iter()
        .filter_map(|listed| Some(listed.fixture.dates?.first));
    let draws = edition
        .competition
        .stages
        .iter()
        .filter_map(|stage| stage.drawn);
    matches.chain(draws).min()
}

fn a_year_before(day: Date) -> Date {
    day.checked_sub(jiff::Span::new().years(1))
        .unwrap_or(Date::MIN)
}
