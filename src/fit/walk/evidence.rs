//! What one match tells of strength.

use jiff::civil::Date;

use crate::history::PastMatch;
use crate::model::{Margin, Pairing, log_rates_behind};

/// Everything that one match tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// The day.
    pub date: Date,
    /// Position of its league.
    pub league: u16,
    /// Position of its season.
    pub season: u16,
    /// Who met where.
    pub pairing: Pairing,
    /// Goals of both sides.
    pub goals: Option<[f64; 2]>,
    /// How much of 90 minutes was played, above 0 and up to 1.
    pub share: f64,
    /// Shots on target of both sides.
    pub shots_on_target: Option<[f64; 2]>,
    /// Logarithms of the rates that odds before the match expect of both sides.
    pub expected: Option<[f64; 2]>,
}

impl Evidence {
    /// What a match of a history tells, the margin of its odds removed by `margin`; `None` where nothing
    /// was played, or where goals in extra time cannot be told from the others.
    pub fn of(played: &PastMatch, margin: Margin) -> Option<Self> {
        let goals = played.goals.filter(|_| !played.after_extra_time)?;
        let odds = played.odds.map(|odds| [odds.home, odds.draw, odds.away]);
        Some(Self {
            date: played.date,
            league: played.league,
            season: played.season,
            pairing: Pairing {
                home: played.home,
                away: played.away,
                venue: played.venue,
            },
            goals: Some([goals.home, goals.away].map(f64::from)),
            share: 1.0,
            shots_on_target: played.shots_on_target.map(|shots| shots.map(f64::from)),
            expected: odds.map(|odds| log_rates_behind(margin.probabilities(odds))),
        })
    }
}
