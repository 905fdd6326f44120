//! Was it any good: forecasters face matches they have not seen, date by date, and are scored.
//!
//! 1. A [`Forecaster`] answers for [`Upcoming`] fixtures from a [`Past`], which cannot show anything
//!    at or after their date.
//! 2. A [`TestSet`] walks through a [`History`](crate::history::History) and asks it before every date.
//! 3. [`score`](mod@score)s judge the answers, [`interval`] says how sure the judgement is.

mod baseline;
mod bootstrap;
mod calibration;
mod choice;
mod component;
mod contender;
mod elo;
mod evaluation;
mod fitted;
mod market;
mod past;
pub mod score;
mod season;
mod test_set;
#[cfg(test)]
mod tests;
mod walking;

pub use baseline::{BaseRates, Uniform};
pub use bootstrap::{Interval, LEVEL, Resampling, interval};
pub use calibration::{Bin, Claim, Recalibration, bins, recalibration};
pub use choice::{Choice, Compared, Tested};
pub use contender::Contender;
pub use elo::Elo;
pub use evaluation::{Calibration, Evaluation, Part, Scored};
pub use fitted::Fitted;
pub use market::{Given, Market};
pub use past::Past;
pub use score::ScoringRule;
pub use season::{Question, ScoredQuestion, ScoredSeasons, SeasonEvaluation, SeasonOptions};
pub use test_set::{Start, TestSet};
pub use walking::Walking;

use jiff::civil::Date;

use crate::error::Error;
use crate::history::Odds;
use crate::model::{GoalModel, Pairing, Strengths};

/// Probabilities of home win, draw and away win; they sum to one.
pub type Forecast = [f64; 3];

/// Forecasts matches from what was played before them. It may keep what it has learnt from date to
/// date: dates come in order, and [`Past::since`] tells what is new.
pub trait Forecaster: Send {
    /// What it is called in reports and on the command line.
    fn name(&self) -> String;

    /// Learns from everything before the date of `past`, then answers, one forecast a fixture; `None`
    /// where it has nothing to say, as a bookmaker who offered no odds.
    ///
    /// # Errors
    /// A fit that does not settle.
    fn forecast(
        &mut self,
        past: &Past<'_>,
        fixtures: &[Upcoming],
    ) -> Result<Vec<Option<Forecast>>, Error>;

    /// The goals model behind the answers, learnt from everything before the date of `past`: what
    /// the rest of a season is simulated with. `None` for who knows outcomes only. Teams are those of `past`.
    ///
    /// # Errors
    /// A fit that does not settle.
    fn goals(
        &mut self,
        past: &Past<'_>,
        rest: &[Upcoming],
    ) -> Result<Option<Box<dyn GoalModel>>, Error> {
        let _ = (past, rest);
        Ok(None)
    }

    /// How the strengths of its goals model are to be taken.
    fn strengths(&self) -> Strengths {
        Strengths::Posterior
    }

    /// Whether it hands on what the file says of the match itself: only then do fixtures come with
    /// their odds and probabilities.
    fn is_given(&self) -> bool {
        false
    }
}

/// A match that is to be forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Upcoming {
    /// Who meets where.
    pub pairing: Pairing,
    /// When.
    pub date: Date,
    /// Its league, as in [`PastMatch::league`](crate::history::PastMatch::league).
    pub league: u16,
    /// Its season, as in [`PastMatch::season`](crate::history::PastMatch::season).
    pub season: u16,
    /// Its odds, shown only to who [is given](Forecaster::is_given) them.
    pub odds: Option<Odds>,
    /// Its probabilities in the file, shown likewise.
    pub given: Option<Forecast>,
}
