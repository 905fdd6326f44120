//! Strengths that walk: attack and defence change from day to day and between seasons, and every match
//! tells where they are by now. One pass over the past gives the belief before every match.
//!
//! A Kalman filter [Kalman 1960] whose counts are learnt by Laplace's method, match by match
//! [Fahrmeir 1992]. Attack(team) and defence(team) are as in the [Poisson model](crate::model); every
//! source has its own base and home advantage in every league.

mod background;
mod evidence;
mod follow;
mod model;
mod settings;
mod shape;
mod state;
#[cfg(test)]
mod tests;
mod tune;

use jiff::civil::Date;

pub use background::Background;
pub use evidence::Evidence;
pub use settings::{Source, WalkSettings, Walks};
use shape::ShapeOfGoals;
use state::State;
pub use tune::Walked;

use super::Belief;
use crate::error::Error;
use crate::fixture::Venue;
use crate::model::{Law, LogRates, Pairing, ScoreGrid};
use crate::team::TeamId;

/// Belief about the base of a count of shots on target, which are several times as many as goals.
const SHOTS_BASE: f64 = 1.4;
const GOALS_BASE: f64 = 0.15;
const BASE_DEVIATION: f64 = 0.2;
const HOME_ADVANTAGE: Belief = Belief {
    mean: 0.28,
    deviation: 0.15,
};

/// How much stronger one league may be than another, as a standard deviation.
const LEVEL_DEVIATION: f64 = 0.4;

/// Another season within fewer days is that of another competition.
const SHORTEST_BREAK: i32 = 30;

/// Whoever has not played for longer than a season and a break comes as if new.
const LONGEST_BREAK: i32 = 400;

const DAYS_PER_YEAR: f64 = 365.25;

/// Strengths as believed on a day. Leagues and teams are known from when they are first announced.
#[derive(Clone, Debug)]
pub struct Walk {
    settings: WalkSettings,
    shape: ShapeOfGoals,
    state: State,
    today: Option<Date>,
    /// The sum of the log probabilities of all goals, each at the rates foretold.
    log_likelihood: f64,
    /// `[league]`
    leagues: Vec<Option<League>>,
    /// `[team]`
    teams: Vec<Option<Member>>,
}

#[derive(Clone, Copy, Debug)]
struct League {
    /// The season it was first seen in, or seen again after nobody had played in it for long.
    first: u16,
    /// Where its numbers start: base and home advantage of every source, then the level of the teams it
    /// starts with.
    numbers: usize,
}

#[derive(Clone, Copy, Debug)]
struct Member {
    /// Where its numbers are: attack, then defence.
    numbers: usize,
    /// The league it was last seen in.
    league: u16,
    /// The season it was last seen in.
    season: u16,
    /// The day it was last seen.
    date: Date,
}

impl Walk {
    /// Before any match.
    pub fn new(law: Law, settings: WalkSettings) -> Self {
        Self {
            settings,
            shape: ShapeOfGoals::new(law),
            state: State::default(),
            today: None,
            log_likelihood: 0.0,
            leagues: Vec::new(),
            teams: Vec::new(),
        }
    }

    /// The settings it walks by.
    pub fn settings(&self) -> &WalkSettings {
        &self.settings
    }

    /// The log probability of all goals so far, each at the rates that were foretold [Dawid 1984].
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    /// The league, founded in this season if it was not known.
    fn league(&mut self, league: u16, season: u16) -> League {
        let index = usize::from(league);
        if self.leagues.len() <= index {
            self.leagues.resize(index + 1, None);
        }
        if let Some(known) = self.leagues[index] {
            return known;
        }
        let numbers = self.state.grow(2 * self.settings.sources.len() + 1);
        for (source, measured) in self.settings.sources.iter().enumerate() {
            let (mean, loading) = match *measured {
                Source::Goals => (GOALS_BASE, 1.0),
                Source::Odds { loading, .. } => (GOALS_BASE, loading),
                Source::ShotsOnTarget { loading, .. } => (SHOTS_BASE, loading),
            };
            let base = numbers + 2 * source;
            let Belief {
                mean: home,
                deviation,
            } = HOME_ADVANTAGE;
            self.state.set_mean(base, mean);
            self.state.set_mean(base + 1, loading * home);
            for (number, deviation) in [(base, BASE_DEVIATION), (base + 1, deviation)] {
                self.state
                    .add_covariance(number, number, deviation * deviation);
            }
        }
        let founded = League {
            first: season,
            numbers,
        };
        let level = self.level(founded);
        self.state
            .add_covariance(level, level, LEVEL_DEVIATION * LEVEL_DEVIATION);
        self.leagues[index] = Some(founded);
        founded
    }

    fn level(&self, league: League) -> usize {
        league.numbers + 2 * self.settings.sources.len()
    }

    /// Attack and defence of a team that has entered.
    fn strengths(&self, team: TeamId) -> [usize; 2] {
        let member = self.teams.get(team.index()).copied().flatten();
        let numbers = member
            .expect("teams enter before they are asked for")
            .numbers;
        [numbers, numbers + 1]
    }

    /// Lets time pass up to a day; an earlier day changes nothing.
    pub fn advance(&mut self, to: Date) {
        let today = self.today.unwrap_or(to);
        let days = days(today, to);
        self.today = Some(today.max(to));
        if days <= 0 {
            return;
        }
        let years = f64::from(days) / DAYS_PER_YEAR;
        let moved = self.settings.per_year * self.settings.per_year * years;
        for index in 0..self.teams.len() {
            if let Some(member) = self.teams[index] {
                self.unsettle(member.numbers, moved);
            }
        }
        let moved = self.settings.shared_per_year * self.settings.shared_per_year * years;
        let shared = 2 * self.settings.sources.len();
        for league in self.leagues.iter().flatten() {
            for number in league.numbers..league.numbers + shared {
                self.state.add_covariance(number, number, moved);
            }
        }
    }

    /// Adds variance to attack and defence of a team, whose numbers start here.
    fn unsettle(&mut self, attack: usize, variance: f64) {
        let defence = attack + 1;
        self.state.add_covariance(attack, attack, variance);
        self.state.add_covariance(defence, defence, variance);
        let together = self.settings.together * variance;
        self.state.add_covariance(attack, defence, together);
    }

    /// A team is about to play in a league and season: it may come back from a break, or be new.
    pub fn enter(&mut self, team: TeamId, league: u16, season: u16) {
        let Some(today) = self.today else { return };
        let founded = self.league(league, season);
        if self.teams.len() <= team.index() {
            self.teams.resize(team.index() + 1, None);
        }
        let before = self.teams[team.index()];
        let numbers = match before {
            Some(member) => member.numbers,
            None => self.state.grow(2),
        };
        self.teams[team.index()] = Some(Member {
            numbers,
            league,
            season,
            date: today,
        });
        let others = self.members(league, team, today);
        if others.is_empty() {
            self.leagues[usize::from(league)] = Some(League {
                first: season,
                ..founded
            });
        }
        let is_first = founded.first == season || others.is_empty();
        let settings = &self.settings;
        match before.filter(|member| days(member.date, today) <= LONGEST_BREAK) {
            Some(member)
                if member.season == season || days(member.date, today) < SHORTEST_BREAK => {}
            Some(_) => {
                let (kept, per_break) = (settings.kept, settings.per_break);
                for number in [numbers, numbers + 1] {
                    let mean = |&other: &usize| self.state.mean(other + number - numbers);
                    let average = match others.len() {
                        0 => self.state.mean(number),
                        count => others.iter().map(mean).sum::<f64>() / count as f64,
                    };
                    self.state.shrink(number, average, kept);
                }
                self.unsettle(numbers, per_break * per_break);
            }
            None if is_first => {
                let spread = settings.spread;
                let level = self.level(founded);
                for number in [numbers, numbers + 1] {
                    self.state.set_to_average(number, &[level]);
                }
                self.unsettle(numbers, spread * spread);
            }
            None => {
                let Belief { mean, deviation } = settings.newcomer;
                for number in [numbers, numbers + 1] {
                    let same = others.iter().map(|other| other + number - numbers);
                    self.state.set_to_average(number, &same.collect::<Vec<_>>());
                    self.state.set_mean(number, self.state.mean(number) + mean);
                }
                self.unsettle(numbers, deviation * deviation);
            }
        }
    }

    /// Where the numbers of the other teams of a league start.
    fn members(&self, league: u16, besides: TeamId, today: Date) -> Vec<usize> {
        let is_other = |&(index, member): &(usize, &Member)| {
            index != besides.index()
                && member.league == league
                && days(member.date, today) <= LONGEST_BREAK
        };
        let members = self.teams.iter().enumerate();
        let members = members.filter_map(|(index, member)| Some((index, member.as_ref()?)));
        members
            .filter(is_other)
            .map(|(_, member)| member.numbers)
            .collect()
    }

    /// What a source adds up for each side.
    fn sides(&self, source: usize, league: u16, pairing: Pairing) -> [Side; 2] {
        let Pairing { home, away, venue } = pairing;
        let loading = match self.settings.sources[source] {
            Source::Goals => 1.0,
            Source::ShotsOnTarget { loading, .. } | Source::Odds { loading, .. } => loading,
        };
        let league = self.leagues[usize::from(league)].expect("leagues are entered first");
        let base = league.numbers + 2 * source;
        let side = |attacker, defender, at_home: bool| {
            [
                (base, 1.0),
                (base + 1, if at_home { 1.0 } else { 0.0 }),
                (self.strengths(attacker)[0], loading),
                (self.strengths(defender)[1], -loading),
            ]
        };
        [
            side(home, away, venue == Venue::Home),
            side(away, home, venue == Venue::Away),
        ]
    }

    /// What is believed of a match of a league. Every team must have [entered](Self::enter).
    pub fn log_rates(&self, league: u16, pairing: Pairing) -> LogRates {
        let source = self.forecasting();
        let [home, away] = self.sides(source, league, pairing);
        let (home_mean, home_variance) = self.state.sum(&home);
        let (away_mean, away_variance) = self.state.sum(&away);
        LogRates {
            mean: [home_mean, away_mean],
            variance: [home_variance, away_variance],
            covariance: self.state.covariance_of(&home, &away),
        }
    }

    /// The source whose scale forecasts are on.
    fn forecasting(&self) -> usize {
        let sources = &self.settings.sources;
        sources
            .iter()
            .position(|source| *source == Source::Goals)
            .unwrap_or(0)
    }

    /// A match is about to be played: time passes up to its day, and its teams enter.
    fn announce(&mut self, evidence: &Evidence) {
        self.advance(evidence.date);
        let Pairing { home, away, .. } = evidence.pairing;
        for team in [home, away] {
            self.enter(team, evidence.league, evidence.season);
        }
    }

    /// Learns from a match; time passes up to its day.
    ///
    /// # Errors
    /// [`Error::FractionOfGoals`] where the law needs whole goals.
    pub fn learn(&mut self, evidence: &Evidence) -> Result<(), Error> {
        self.announce(evidence);
        if let Some(goals) = evidence.goals {
            let foretold = self.log_rates(evidence.league, evidence.pairing);
            let probability = self.shape.learn(foretold.mean, evidence.share, goals)?;
            self.log_likelihood += probability;
        }
        for index in 0..self.settings.sources.len() {
            let sides = self.sides(index, evidence.league, evidence.pairing);
            let counts = |state: &mut State, counts: Option<[f64; 2]>, dispersion: f64| {
                for (side, count) in sides.iter().zip(counts.into_iter().flatten()) {
                    state.observe_count(side, count, evidence.share, dispersion);
                }
            };
            match self.settings.sources[index] {
                Source::Goals => counts(&mut self.state, evidence.goals, 1.0),
                Source::ShotsOnTarget { dispersion, .. } => {
                    counts(&mut self.state, evidence.shots_on_target, dispersion);
                }
                Source::Odds {
                    difference, total, ..
                } => {
                    let Some([home, away]) = evidence.expected else {
                        continue;
                    };
                    let with = |sign: f64| -> Vec<(usize, f64)> {
                        let other = sides[1]
                            .iter()
                            .map(|&(number, weight)| (number, sign * weight));
                        sides[0].iter().copied().chain(other).collect()
                    };
                    self.state
                        .observe_value(&with(-1.0), home - away, difference);
                    self.state.observe_value(&with(1.0), home + away, total);
                }
            }
        }
        Ok(())
    }

    /// The probability of every scoreline of a match of a league, over what is believed. Every team must
    /// have [entered](Self::enter).
    pub fn grid(&self, league: u16, pairing: Pairing) -> ScoreGrid {
        self.log_rates(league, pairing).grid(&*self.shape.density())
    }
}

type Side = [(usize, f64); 4];

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
