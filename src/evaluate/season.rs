//! Whole seasons: who wins, who is among the first four, who goes down, and who ends where, from the
//! start and every so many matchdays on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use super::bootstrap::{Interval, Resampling, interval};
use super::calibration::{Bin, Claim, Recalibration, bins, recalibration};
use super::component::Component;
use super::{Contender, Forecaster, Past, TestSet, Upcoming};
use crate::edition::{Edition, When, import};
use crate::error::Error;
use crate::history::{History, PastMatch};
use crate::model::{GoalModel, Pairing, ScoreGrid};
use crate::simulate::{Plan, simulate};
use crate::team::TeamId;

/// How seasons are simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SeasonOptions {
    /// Matchdays from one projection to the next.
    pub every: usize,
    /// Seasons played for each projection.
    pub seasons: u64,
    /// The key of their random words.
    pub seed: u64,
}

impl Default for SeasonOptions {
    fn default() -> Self {
        Self {
            every: 4,
            seasons: 10_000,
            seed: 1,
        }
    }
}

/// What is asked of a team's season.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Whether it is first.
    Champion,
    /// Whether it is among the first four.
    TopFour,
    /// Whether it is among the last three.
    LastThree,
    /// Whether it ends in this place, asked of every place.
    Place,
}

impl Question {
    /// Every question.
    pub const ALL: [Self; 4] = [Self::Champion, Self::TopFour, Self::LastThree, Self::Place];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Champion => "champion",
            Self::TopFour => "top-four",
            Self::LastThree => "last-three",
            Self::Place => "place",
        }
    }

    /// Its name in print.
    pub fn words(self) -> &'static str {
        match self {
            Self::Champion => "champion",
            Self::TopFour => "top four",
            Self::LastThree => "last three",
            Self::Place => "every place",
        }
    }

    /// The places it is about, 0 = best, of so many; one range for every time it is asked of a team.
    fn places(self, teams: usize) -> Vec<std::ops::Range<usize>> {
        let (first, width) = match self {
            Self::Champion => (0..1, 1),
            Self::TopFour => (0..1, 4),
            Self::LastThree => (teams - 3..teams - 2, 3),
            Self::Place => (0..teams, 1),
        };
        first.map(|place| place..place + width).collect()
    }
}

/// How contenders did on whole seasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeasonEvaluation {
    /// Seasons of leagues that were projected.
    pub seasons: usize,
    /// How often they were, all together.
    pub projections: usize,
    /// How they were simulated.
    pub options: SeasonOptions,
    /// Seasons of leagues left out: they begin before the test, or are not a double round robin of eight
    /// teams or more, all of it played.
    pub left_out: Vec<String>,
    /// Contenders without a goals model.
    pub without_goals: Vec<String>,
    /// All others.
    pub contenders: Vec<ScoredSeasons>,
}

/// How one contender did on whole seasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoredSeasons {
    /// Its name.
    pub name: String,
    /// `[question]`, in the order of [`Question::ALL`].
    pub questions: Vec<ScoredQuestion>,
}

/// How the answers to one question turned out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoredQuestion {
    /// The question.
    pub question: Question,
    /// How many answers.
    pub claims: usize,
    /// Mean of −ln of the probability of what happened, yes or no.
    pub log: Interval,
    /// Mean squared error of the probability.
    pub brier: Interval,
    /// Whether the probabilities are to be taken at their word; `None` where they do not tell.
    pub calibration: Option<Recalibration>,
    /// By probability.
    pub bins: Vec<Bin>,
}

/// A season of a league, every match of which was played, and when it is projected.
struct WholeSeason {
    edition: Edition,
    /// `[team of the edition]`: the team of the part.
    members: Vec<TeamId>,
    /// `[team of the edition]`: the place it ended in.
    finish: Vec<usize>,
    /// `[projection]`: the morning of it.
    mornings: Vec<Date>,
    /// The matches, in order of dates.
    fixtures: Vec<Upcoming>,
}

/// Top four and last three should not be the same teams.
const FEWEST_TEAMS: usize = 8;

impl SeasonEvaluation {
    /// Projects every season that the test set holds whole, and scores the projections. Intervals keep
    /// all projections of a season together. `progress` is told of every projection.
    ///
    /// # Errors
    /// Those of fits; [`Error::NoSeasons`] if no season is whole or no contender has goals to play with.
    pub fn of(
        set: &TestSet<'_>,
        contenders: &[Contender],
        options: SeasonOptions,
        resampling: Resampling,
        progress: impl Fn(u64) + Sync,
    ) -> Result<Self, Error> {
        let mut left_out = Vec::new();
        let mut parts = Vec::new();
        for component in set.components() {
            let seasons = whole_seasons(set, component, options.every, &mut left_out)?;
            parts.push((component, seasons));
        }
        let seasons: usize = parts.iter().map(|(_, seasons)| seasons.len()).sum();
        if seasons == 0 {
            return Err(Error::NoSeasons {
                problem: format!(
                    "no season after the start is a double round robin of {FEWEST_TEAMS} teams or more, all of it played"
                ),
            });
        }
        let mut scored = Vec::new();
        let mut without_goals = Vec::new();
        for contender in contenders {
            let projected = parts.par_iter().map(|(component, seasons)| {
                let mut forecaster = contender.start();
                project(
                    &component.history,
                    seasons,
                    &mut *forecaster,
                    options,
                    &progress,
                )
            });
            match projected.collect::<Result<Option<Vec<_>>, Error>>()? {
                Some(projected) => scored.push(ScoredSeasons {
                    name: contender.name().into(),
                    questions: score(&projected.concat(), options, resampling),
                }),
                None => without_goals.push(contender.name().to_owned()),
            }
        }
        if scored.is_empty() {
            return Err(Error::NoSeasons {
                problem: format!(
                    "{} know of outcomes only, not of goals",
                    without_goals.join(", ")
                ),
            });
        }
        let projections = parts.iter().flat_map(|(_, seasons)| seasons);
        Ok(Self {
            seasons,
            projections: projections.map(|season| season.mornings.len()).sum(),
            options,
            left_out,
            without_goals,
            contenders: scored,
        })
    }
}

/// The seasons of a part that were played whole within the test set.
fn whole_seasons(
    set: &TestSet<'_>,
    component: &Component,
    every: usize,
    left_out: &mut Vec<String>,
) -> Result<Vec<WholeSeason>, Error> {
    let history = &component.history;
    let mut by_season: BTreeMap<(u16, u16), (Vec<&PastMatch>, usize)> = BTreeMap::new();
    for (played, &position) in history.matches.iter().zip(&component.positions) {
        let key = (played.season, played.league);
        let (matches, tested) = by_season.entry(key).or_default();
        matches.push(played);
        *tested += usize::from(set.is_tested(position) && played.ruling.is_none());
    }
    let mut seasons = Vec::new();
    for ((season, league), (matches, tested)) in by_season {
        let league = &history.leagues[usize::from(league)];
        let season = &history.seasons[usize::from(season)];
        match tested == matches.len() && is_round_robin(&matches) {
            true => {
                let choice = import::Choice {
                    league: Some(league.clone()),
                    season: Some(season.clone()),
                    ..import::Choice::default()
                };
                let folder = format!("{league}-{season}");
                let imported = import::import(history, &choice, Path::new(&folder))?;
                let edition = imported.draft.edition;
                let members = history.find_all(&edition.teams, &folder)?;
                seasons.push(WholeSeason::new(edition, members, &matches, every)?);
            }
            false if tested > 0 => left_out.push(format!("{league} {season}")),
            false => {}
        }
    }
    Ok(seasons)
}

/// Whether enough teams all were at home to every other once.
fn is_round_robin(matches: &[&PastMatch]) -> bool {
    let sides = matches.iter().flat_map(|played| [played.home, played.away]);
    let teams = sides.collect::<BTreeSet<_>>().len();
    let pairings = matches.iter().map(|played| (played.home, played.away));
    let pairings = pairings.collect::<BTreeSet<_>>().len();
    let expected = teams * teams.saturating_sub(1);
    teams >= FEWEST_TEAMS && matches.len() == expected && pairings == expected
}

impl WholeSeason {
    fn new(
        edition: Edition,
        members: Vec<TeamId>,
        matches: &[&PastMatch],
        every: usize,
    ) -> Result<Self, Error> {
        let standings = edition.as_of(When::Now)?.standings(0, 0);
        let standings = standings.expect("the teams of a league are known");
        let mut finish = vec![0; members.len()];
        for (place, team) in standings.teams().enumerate() {
            finish[usize::from(team)] = place;
        }
        // The first morning by which so many matchdays' worth of matches are over.
        let a_matchday = members.len() / 2;
        let matchdays = (0..matches.len() / a_matchday).step_by(every.max(1));
        let morning = |matchday: usize| match (matchday * a_matchday).checked_sub(1) {
            None => Some(matches[0].date),
            Some(last) => {
                let later = |played: &&&PastMatch| played.date > matches[last].date;
                matches.iter().find(later).map(|played| played.date)
            }
        };
        let mut mornings: Vec<Date> = matchdays.filter_map(morning).collect();
        mornings.dedup();
        Ok(Self {
            edition,
            members,
            finish,
            mornings,
            fixtures: matches
                .iter()
                .map(|played| Upcoming::of(played, false))
                .collect(),
        })
    }
}

/// What was projected for one team on one morning.
#[derive(Clone)]
struct Projected {
    /// The season, told apart from all others.
    season: i32,
    /// `[place]`: how many simulated seasons ended there.
    hits: Vec<u64>,
    /// Where the real one ended.
    finish: usize,
}

/// Projects the seasons of a part, morning by morning; `None` if the forecaster knows no goals.
fn project(
    history: &History,
    seasons: &[WholeSeason],
    forecaster: &mut dyn Forecaster,
    options: SeasonOptions,
    progress: &impl Fn(u64),
) -> Result<Option<Vec<Projected>>, Error> {
    let mornings = seasons.iter().enumerate().flat_map(|(index, season)| {
        let mornings = season.mornings.iter();
        mornings.map(move |&morning| (morning, index))
    });
    let mut mornings: Vec<(Date, usize)> = mornings.collect();
    mornings.sort_unstable();
    let mut projected = Vec::new();
    for (morning, index) in mornings {
        let season = &seasons[index];
        let rest: Vec<Upcoming> = season
            .fixtures
            .iter()
            .filter(|fixture| fixture.date >= morning)
            .cloned()
            .collect();
        let past = Past::new(history, morning, &rest);
        let Some(model) = forecaster.goals(&past, &rest)? else {
            return Ok(None);
        };
        let model = OfEdition {
            model: &*model,
            members: &season.members,
        };
        let day_before = morning
            .checked_sub(1.day())
            .expect("matches are not played on the first day of time");
        let snapshot = season.edition.as_of(When::Date(day_before))?;
        let plan = Plan::new(&snapshot, &model, forecaster.strengths(), &[])?;
        let tally = simulate(&plan, options.seed, options.seasons, |_| {})?;
        progress(1);
        let first = &season.fixtures[0];
        let places = &tally.groups[0].positions;
        projected.extend(
            season
                .finish
                .iter()
                .enumerate()
                .map(|(team, &finish)| Projected {
                    season: i32::from(first.league) << 16 | i32::from(first.season),
                    hits: places.row(team).iter().map(|hits| hits.seasons).collect(),
                    finish,
                }),
        );
    }
    Ok(Some(projected))
}

/// A model of the teams of a part, as one of the teams of an edition.
struct OfEdition<'a> {
    model: &'a dyn GoalModel,
    /// `[team of the edition]`
    members: &'a [TeamId],
}

impl OfEdition<'_> {
    fn team(&self, team: TeamId) -> TeamId {
        self.members[team.index()]
    }

    fn pairing(&self, pairing: Pairing) -> Pairing {
        Pairing {
            home: self.team(pairing.home),
            away: self.team(pairing.away),
            venue: pairing.venue,
        }
    }
}

impl GoalModel for OfEdition<'_> {
    fn estimate(&self) -> &[f64] {
        self.model.estimate()
    }

    fn draw(&self, deviates: &[f64], parameters: &mut [f64]) {
        self.model.draw(deviates, parameters);
    }

    fn grid_of_share(&self, parameters: &[f64], pairing: Pairing, share: f64) -> ScoreGrid {
        self.model
            .grid_of_share(parameters, self.pairing(pairing), share)
    }

    fn difference(&self, parameters: &[f64], first: TeamId, second: TeamId) -> f64 {
        self.model
            .difference(parameters, self.team(first), self.team(second))
    }

    fn grid_over_posterior(&self, pairing: Pairing) -> ScoreGrid {
        self.model.grid_over_posterior(self.pairing(pairing))
    }
}

fn score(
    projected: &[Projected],
    options: SeasonOptions,
    resampling: Resampling,
) -> Vec<ScoredQuestion> {
    let question = |question: Question| {
        let claims: Vec<Claim> = projected
            .iter()
            .flat_map(|projected| claims(projected, question, options.seasons))
            .collect();
        let clusters: Vec<i32> = claims.iter().map(|claim| claim.cluster).collect();
        let mean = |score: fn(&Claim) -> f64| {
            let scores: Vec<f64> = claims.iter().map(score).collect();
            interval(&scores, &clusters, resampling)
        };
        ScoredQuestion {
            question,
            claims: claims.len(),
            log: mean(|claim| match claim.happened {
                true => -libm::log(claim.probability),
                false => -libm::log(1.0 - claim.probability),
            }),
            brier: mean(|claim| (claim.probability - f64::from(claim.happened)).powi(2)),
            calibration: recalibration(&claims),
            bins: bins(&claims),
        }
    };
    Question::ALL.map(question).into()
}

/// What a projection claims. Half a season is added to either side of every count, so that what never
/// came up in the simulation is not claimed to be impossible.
fn claims(projected: &Projected, question: Question, seasons: u64) -> Vec<Claim> {
    let claim = |places: std::ops::Range<usize>| {
        let hits: u64 = projected.hits[places.clone()].iter().sum();
        Claim {
            probability: (hits as f64 + 0.5) / (seasons as f64 + 1.0),
            happened: places.contains(&projected.finish),
            cluster: projected.season,
        }
    };
    let places = question.places(projected.hits.len());
    places.into_iter().map(claim).collect()
}

/// Every projection of the first part, as counts of places: for tests of what it sees.
#[cfg(test)]
pub(super) fn projected(set: &TestSet<'_>, contender: &Contender, every: usize) -> Vec<Vec<u64>> {
    let component = &set.components()[0];
    let seasons = whole_seasons(set, component, every, &mut Vec::new()).unwrap();
    let options = SeasonOptions {
        every,
        seasons: 500,
        seed: 1,
    };
    let projected = project(
        &component.history,
        &seasons,
        &mut *contender.start(),
        options,
        &|_| {},
    );
    let projected = projected.unwrap().expect("it knows of goals");
    projected
        .into_iter()
        .map(|projected| projected.hits)
        .collect()
}
