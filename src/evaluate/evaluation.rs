//! Answers against what happened.

use jiff::civil::{Date, date};
use rayon::prelude::*;
use serde::Serialize;

use super::bootstrap::{Interval, Resampling, interval};
use super::calibration::{Bin, Claim, Recalibration, bins, recalibration};
use super::score::place;
use super::{Contender, Forecast, ScoringRule, TestSet};
use crate::error::Error;
use crate::fixture::Outcome;
use crate::history::PastMatch;

/// How contenders did on the same matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// Matches that all of them forecast, and that they are scored on.
    pub matches: usize,
    /// Matches left out because one of them had nothing to say.
    pub unanswered: usize,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Weeks with a match, from Tuesday to Monday: what intervals are drawn from.
    pub weeks: usize,
    /// How they are drawn.
    pub resampling: Resampling,
    /// Whom the others are compared with, by position.
    pub reference: usize,
    /// In the order they were named.
    pub contenders: Vec<Scored>,
}

/// How one contender did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// Its name.
    pub name: String,
    /// `[rule]`: mean scores, in the order of [`ScoringRule::ALL`].
    pub scores: [Interval; 3],
    /// `[rule]`: mean scores less those of the reference, match by match; `None` for itself.
    pub differences: Option<[Interval; 3]>,
    /// Whether its probabilities are to be taken at their word.
    pub calibration: Calibration,
    /// By league and season.
    pub parts: Vec<Part>,
}

/// How probabilities of matches turned out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// Of all three outcomes together; `None` where they do not tell.
    pub all: Option<Recalibration>,
    /// `[outcome]`: of home wins, draws and away wins alone.
    pub outcomes: [Option<Recalibration>; 3],
    /// All three together, by probability.
    pub bins: Vec<Bin>,
}

/// Mean scores of a league in a season.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The league.
    pub league: String,
    /// The season.
    pub season: String,
    /// How many matches.
    pub matches: usize,
    /// `[rule]`: mean scores.
    pub scores: [f64; 3],
}

/// One match with all that was said of it.
struct Answered<'a> {
    played: &'a PastMatch,
    outcome: Outcome,
    /// `[contender]`
    forecasts: Vec<Forecast>,
}

impl Evaluation {
    /// Asks all contenders, side by side, and scores them on the matches that all of them forecast.
    /// `progress` is told how many forecasts have been made.
    ///
    /// # Errors
    /// Those of the forecasters; [`Error::NoForecasts`] of one that has nothing to say to any match.
    pub fn of(
        set: &TestSet<'_>,
        contenders: &[Contender],
        reference: usize,
        resampling: Resampling,
        progress: impl Fn(u64) + Sync,
    ) -> Result<Self, Error> {
        let walks = contenders.par_iter().map(|contender| {
            let answers = set.walk(&|| contender.start(), &progress)?;
            match answers.iter().any(Option::is_some) {
                true => Ok(answers),
                false => Err(Error::NoForecasts {
                    model: contender.name().into(),
                }),
            }
        });
        let answers: Vec<_> = walks.collect::<Result<_, _>>()?;
        let answered: Vec<Answered<'_>> = set
            .matches()
            .enumerate()
            .filter_map(|(place, (played, outcome))| {
                let forecasts = answers.iter().map(|answers| answers[place]);
                Some(Answered {
                    played,
                    outcome,
                    forecasts: forecasts.collect::<Option<_>>()?,
                })
            })
            .collect();
        let (Some(first), Some(last)) = (answered.first(), answered.last()) else {
            let names: Vec<_> = contenders.iter().map(Contender::name).collect();
            return Err(Error::NoForecasts {
                model: names.join(", "),
            });
        };
        let weeks: Vec<i32> = answered
            .iter()
            .map(|match_| week(match_.played.date))
            .collect();
        let scores = |contender: usize, rule: ScoringRule| -> Vec<f64> {
            let score = |m: &Answered<'_>| rule.score(m.forecasts[contender], m.outcome);
            answered.iter().map(score).collect()
        };
        let scored = |(index, contender): (usize, &Contender)| Scored {
            name: contender.name().into(),
            scores: ScoringRule::ALL.map(|rule| interval(&scores(index, rule), &weeks, resampling)),
            differences: (index != reference).then(|| {
                ScoringRule::ALL.map(|rule| {
                    let pairs = scores(index, rule).into_iter().zip(scores(reference, rule));
                    let differences: Vec<f64> = pairs.map(|(own, other)| own - other).collect();
                    interval(&differences, &weeks, resampling)
                })
            }),
            calibration: calibration(&answered, &weeks, index),
            parts: parts(set, &answered, index),
        };
        Ok(Self {
            matches: answered.len(),
            unanswered: set.len() - answered.len(),
            from: first.played.date,
            to: last.played.date,
            weeks: weeks
                .iter()
                .collect::<std::collections::BTreeSet<_>>()
                .len(),
            resampling,
            reference,
            contenders: contenders.par_iter().enumerate().map(scored).collect(),
        })
    }
}

/// Weeks run from Tuesday to Monday, so that a round is not cut in two.
pub(super) fn week(day: Date) -> i32 {
    let tuesday = date(1970, 1, 6);
    let days = day.duration_since(tuesday).as_hours() / 24;
    days.div_euclid(7) as i32
}

fn calibration(answered: &[Answered<'_>], weeks: &[i32], contender: usize) -> Calibration {
    let claims = |outcome: usize| {
        let claim = move |(m, &cluster): (&Answered<'_>, &i32)| Claim {
            probability: m.forecasts[contender][outcome],
            happened: place(m.outcome) == outcome,
            cluster,
        };
        answered.iter().zip(weeks).map(claim).collect::<Vec<_>>()
    };
    let outcomes = [0, 1, 2].map(claims);
    let all = outcomes.concat();
    Calibration {
        all: recalibration(&all),
        outcomes: outcomes.map(|claims| recalibration(&claims)),
        bins: bins(&all),
    }
}

fn parts(set: &TestSet<'_>, answered: &[Answered<'_>], contender: usize) -> Vec<Part> {
    let mut parts = std::collections::BTreeMap::new();
    for m in answered {
        let (sums, count) = parts
            .entry((m.played.league, m.played.season))
            .or_insert(([0.0; 3], 0));
        for (sum, rule) in sums.iter_mut().zip(ScoringRule::ALL) {
            *sum += rule.score(m.forecasts[contender], m.outcome);
        }
        *count += 1;
    }
    let part = |((league, season), (sums, matches)): ((u16, u16), ([f64; 3], usize))| Part {
        league: set.history().leagues[usize::from(league)].clone(),
        season: set.history().seasons[usize::from(season)].clone(),
        matches,
        scores: sums.map(|sum| sum / matches as f64),
    };
    parts.into_iter().map(part).collect()
}
