//! Fixtures and matches: who meets whom, when, where, and with which score.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::Serialize;

use crate::team::TeamId;

/// The most goals a side may be given in one match; more is taken for a typing error.
pub const MOST_GOALS: u8 = 99;

/// Goals of both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Scoreline {
    /// Goals of the home side.
    pub home: u8,
    /// Goals of the away side.
    pub away: u8,
}

impl Scoreline {
    /// A scoreline of `home`–`away`.
    pub const fn new(home: u8, away: u8) -> Self {
        Self { home, away }
    }

    /// Who won.
    pub fn outcome(self) -> Outcome {
        match self.home.cmp(&self.away) {
            std::cmp::Ordering::Greater => Outcome::HomeWin,
            std::cmp::Ordering::Equal => Outcome::Draw,
            std::cmp::Ordering::Less => Outcome::AwayWin,
        }
    }
}

impl fmt::Display for Scoreline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-{}", self.home, self.away))
    }
}

impl FromStr for Scoreline {
    type Err = ();

    /// Reads `2-1`; a colon or an en dash will do as well.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (home, away) = text.trim().split_once(['-', '–', ':']).ok_or(())?;
        let goals = |part: &str| {
            let part = part.trim();
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse()
                .ok()
                .filter(|&goals| digits && goals <= MOST_GOALS)
                .ok_or(())
        };
        Ok(Self::new(goals(home)?, goals(away)?))
    }
}

/// Home win, draw or away win.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The home side scored more.
    HomeWin,
    /// Both scored the same.
    Draw,
    /// The away side scored more.
    AwayWin,
}

/// Where a match is played, as far as the home advantage goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Venue {
    /// At the home side's ground.
    #[default]
    Home,
    /// On neutral ground: nobody has the home advantage.
    Neutral,
    /// At the away side's ground: a host of a tournament that is named second.
    Away,
}

/// What a fixture is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It counts in the table of its group.
    #[default]
    Regular,
    /// It repeats a level match of a tie and counts on its own.
    Replay,
    /// It decides between two level teams and counts on its own.
    PlayOff,
}

/// How a score came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// On the pitch: it counts in the table and in the fit.
    Played,
    /// By decision: it counts in the table; the fit sees what was played, if anything was.
    Awarded,
    /// Broken off and not decided: it does not count yet, and goes on from where it stopped.
    Abandoned,
    /// Void: it does not count in the table; the fit sees what was played, if anything was.
    Annulled,
}

/// What happened on the pitch, where that is not the official score over 90 minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OnPitch {
    /// The goals that fell.
    pub goals: Scoreline,
    /// The minutes in which they did, up to 90.
    pub minutes: u8,
}

/// What a match ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// How it came about.
    pub status: Status,
    /// The official goals after 90 minutes; what had been scored, where abandoned.
    pub goals: Scoreline,
    /// What was played, where that is not the official score.
    pub on_pitch: Option<OnPitch>,
    /// Goals in extra time alone, where it was played.
    pub extra_time: Option<Scoreline>,
    /// Kicks scored in the penalty shoot-out, where there was one. They are never goals.
    pub penalties: Option<Scoreline>,
}

impl Score {
    /// A match over 90 minutes.
    pub const fn played(home: u8, away: u8) -> Self {
        Self::by(Status::Played, Scoreline::new(home, away))
    }

    /// A score without extra time.
    pub const fn by(status: Status, goals: Scoreline) -> Self {
        Self {
            status,
            goals,
            on_pitch: None,
            extra_time: None,
            penalties: None,
        }
    }

    /// Whether it counts in the table.
    pub fn counts(&self) -> bool {
        matches!(self.status, Status::Played | Status::Awarded)
    }

    /// What was played: goals and minutes. `None` where nothing was.
    pub fn on_pitch(&self) -> Option<OnPitch> {
        let whole = OnPitch {
            goals: self.goals,
            minutes: FULL_TIME,
        };
        match self.status {
            Status::Played => Some(whole),
            _ => self.on_pitch,
        }
    }
}

/// Minutes of a match without extra time.
pub const FULL_TIME: u8 = 90;

/// The day of a match, or the days between which it was played where the source says no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dates {
    /// The first possible day.
    pub first: Date,
    /// The last possible day; the match is over at its end.
    pub last: Date,
}

impl Dates {
    /// A known day.
    pub fn on(day: Date) -> Self {
        Self {
            first: day,
            last: day,
        }
    }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first == self.last {
            true => write!(f, "{}", self.first),
            false => write!(f, "{}/{}", self.first, self.last),
        }
    }
}

impl Serialize for Dates {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Dates {
    type Err = ();

    /// Reads `2024-03-03`, or a window `2023-08-18/2023-08-20`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let day = |part: &str| read_date(part).ok_or(());
        let dates = match text.split_once('/') {
            None => Self::on(day(text)?),
            Some((first, last)) => Self {
                first: day(first)?,
                last: day(last)?,
            },
        };
        if dates.first <= dates.last {
            Ok(dates)
        } else {
            Err(())
        }
    }
}

/// Reads a date written `YYYY-MM-DD`, and nothing else.
pub fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    text.parse().ok().filter(|_| shape)
}

/// A pairing in its place in the competition, with its score once there is one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fixture {
    /// Position of its stage in the competition.
    pub stage: usize,
    /// Position of its group in the stage.
    pub group: usize,
    /// Matchday of the group, from 1; in a tie, the leg.
    pub matchday: u32,
    /// When; `None` while that is not fixed.
    pub dates: Option<Dates>,
    /// The home side; on neutral ground, the side named first.
    pub home: TeamId,
    /// The away side.
    pub away: TeamId,
    /// Where.
    pub venue: Venue,
    /// What it is for.
    pub kind: Kind,
    /// The day the official score was known, where that was after the day of the match.
    pub decided: Option<Date>,
    /// What it ended with; `None` while it is to be played.
    pub score: Option<Score>,
    /// Free text of the source.
    pub note: String,
}

/// What is wrong with goals of which only one side's are given.
pub(crate) fn one_sided(goals: impl fmt::Display, side: &str) -> String {
    format!(
        "goals of one side only, {goals} of the {side} side: give both, or neither while it is to be played"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scorelines_are_two_plain_numbers_up_to_99() {
        assert_eq!("2-1".parse(), Ok(Scoreline::new(2, 1)));
        assert_eq!(" 0 – 0 ".parse(), Ok(Scoreline::new(0, 0)));
        for bad in ["", "2", "2-", "-1-2", "+1-2", "100-0", "2-1-0", "a-b"] {
            assert_eq!(bad.parse::<Scoreline>(), Err(()), "{bad}");
        }
    }

    #[test]
    fn dates_are_days_or_windows_in_order() {
        assert_eq!(
            "2024-03-03".parse::<Dates>().unwrap().to_string(),
            "2024-03-03"
        );
        let window = "2023-08-18/2023-08-20".parse::<Dates>().unwrap();
        assert_eq!(window.to_string(), "2023-08-18/2023-08-20");
        for bad in [
            "2024-02-30",
            "3 March 2024",
            "2024-3-3",
            "2023-08-20/2023-08-18",
            "2024",
        ] {
            assert_eq!(bad.parse::<Dates>(), Err(()), "{bad}");
        }
    }
}
