//! Strengths that walk: attack and defence change from day to day and between seasons, and every match
//! tells where they are by now. One pass over the past gives the belief before every match.
//!
//! A Kalman filter [Kalman 1960] whose counts are learnt by Laplace's method, match by match
//! [Fahrmeir 1992]. Attack(team) and defence(team) are as in the [Poisson model](crate::model); every
//! source has its own base and home advantage in every league.

mod settings;
mod state;
#[cfg(test)]
mod tests;
mod tune;

use jiff::civil::Date;

pub use settings::{Source, WalkSettings};
use state::State;
pub use tune::Walked;

use super::Belief;
use crate::fixture::Venue;
use crate::model::Pairing;
use crate::team::TeamId;

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

/// What is believed of the logarithms of both sides' rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRates {
    /// Of the home and the away side.
    pub mean: [f64; 2],
    /// Of the home and the away side.
    pub variance: [f64; 2],
    /// Of both together.
    pub covariance: f64,
}

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

/// Whoever has not played for longer than a season and a break comes as if new.
const LONGEST_BREAK: i32 = 400;

const DAYS_PER_YEAR: f64 = 365.25;

/// Strengths as believed on a day.
#[derive(Clone, Debug)]
pub struct Walk {
    settings: WalkSettings,
    leagues: usize,
    teams: usize,
    state: State,
    today: Option<Date>,
    /// `[team]`: when and where it was last seen.
    seen: Vec<Option<Sighting>>,
    /// `[league]`: the season it was first seen in.
    first: Vec<Option<u16>>,
}

#[derive(Clone, Copy, Debug)]
struct Sighting {
    league: u16,
    season: u16,
    date: Date,
}

impl Walk {
    /// Before any match.
    pub fn new(settings: WalkSettings, leagues: usize, teams: usize) -> Self {
        let per_league = 2 * settings.sources.len() + 1;
        let mut walk = Self {
            state: State::new(per_league * leagues + 2 * teams),
            seen: vec![None; teams],
            first: vec![None; leagues],
            today: None,
            settings,
            leagues,
            teams,
        };
        for league in 0..leagues as u16 {
            for (source, measured) in walk.settings.sources.iter().enumerate() {
                let (mean, loading) = match *measured {
                    Source::Goals | Source::Odds { .. } => (GOALS_BASE, 1.0),
                    Source::ShotsOnTarget { loading, .. } => (SHOTS_BASE, loading),
                };
                let numbers = walk.base(source, league);
                let Belief {
                    mean: home,
                    deviation,
                } = HOME_ADVANTAGE;
                walk.state.set_mean(numbers, mean);
                walk.state.set_mean(numbers + 1, loading * home);
                for (number, deviation) in [(numbers, BASE_DEVIATION), (numbers + 1, deviation)] {
                    walk.state
                        .add_covariance(number, number, deviation * deviation);
                }
            }
            let level = walk.level(league);
            walk.state
                .add_covariance(level, level, LEVEL_DEVIATION * LEVEL_DEVIATION);
        }
        walk
    }

    /// The position of the base of a source in a league; its home advantage comes next.
    fn base(&self, source: usize, league: u16) -> usize {
        2 * (source * self.leagues + usize::from(league))
    }

    /// How strong the teams are that a league starts with.
    fn level(&self, league: u16) -> usize {
        2 * self.settings.sources.len() * self.leagues + usize::from(league)
    }

    fn strengths(&self) -> usize {
        (2 * self.settings.sources.len() + 1) * self.leagues
    }

    fn attack(&self, team: TeamId) -> usize {
        self.strengths() + team.index()
    }

    fn defence(&self, team: TeamId) -> usize {
        self.strengths() + self.teams + team.index()
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
        for team in 0..self.teams {
            if self.seen[team].is_some() {
                self.unsettle(TeamId(team as u16), moved);
            }
        }
        let moved = self.settings.shared_per_year * self.settings.shared_per_year * years;
        for number in 0..2 * self.settings.sources.len() * self.leagues {
            self.state.add_covariance(number, number, moved);
        }
    }

    /// Adds variance to attack and defence of a team.
    fn unsettle(&mut self, team: TeamId, variance: f64) {
        let (attack, defence) = (self.attack(team), self.defence(team));
        self.state.add_covariance(attack, attack, variance);
        self.state.add_covariance(defence, defence, variance);
        let together = self.settings.together * variance;
        self.state.add_covariance(attack, defence, together);
    }

    /// A team is about to play in a league and season: it may come back from a break, or be new.
    pub fn enter(&mut self, team: TeamId, league: u16, season: u16) {
        let Some(today) = self.today else { return };
        let here = Sighting {
            league,
            season,
            date: today,
        };
        let before = self.seen[team.index()].replace(here);
        let first = *self.first[usize::from(league)].get_or_insert(season);
        let stale = |seen: &Sighting| days(seen.date, today) > LONGEST_BREAK;
        let strengths = [self.attack(team), self.defence(team)];
        match before.filter(|seen| !stale(seen)) {
            Some(seen) if seen.season == season => {}
            Some(_) => {
                let others = self.members(league, team, today);
                for (number, others) in strengths.into_iter().zip(others) {
                    let average = match others.is_empty() {
                        true => self.state.mean(number),
                        false => {
                            let sum: f64 = others.iter().map(|&other| self.state.mean(other)).sum();
                            sum / others.len() as f64
                        }
                    };
                    self.state.shrink(number, average, self.settings.kept);
                }
                self.unsettle(team, self.settings.per_break * self.settings.per_break);
            }
            None => {
                let starts = first == season;
                let level = self.level(league);
                let others = match starts {
                    true => [vec![level], vec![level]],
                    false => self.members(league, team, today),
                };
                for (number, others) in strengths.into_iter().zip(others) {
                    self.state.set_to_average(number, &others);
                    if !starts {
                        let mean = self.state.mean(number) + self.settings.newcomer.mean;
                        self.state.set_mean(number, mean);
                    }
                }
                let deviation = match starts {
                    true => self.settings.spread,
                    false => self.settings.newcomer.deviation,
                };
                self.unsettle(team, deviation * deviation);
            }
        }
    }

    /// Attacks and defences of the other teams of a league.
    fn members(&self, league: u16, besides: TeamId, today: Date) -> [Vec<usize>; 2] {
        let is_member = |&team: &TeamId| {
            let seen = self.seen[team.index()];
            team != besides
                && seen.is_some_and(|seen| {
                    seen.league == league && days(seen.date, today) <= LONGEST_BREAK
                })
        };
        let teams = (0..self.teams as u16).map(TeamId).filter(is_member);
        let teams: Vec<TeamId> = teams.collect();
        let attack = teams.iter().map(|&team| self.attack(team)).collect();
        let defence = teams.iter().map(|&team| self.defence(team)).collect();
        [attack, defence]
    }

    /// What a source adds up for each side.
    fn sides(&self, source: usize, league: u16, pairing: Pairing) -> [Side; 2] {
        let Pairing { home, away, venue } = pairing;
        let loading = match self.settings.sources[source] {
            Source::ShotsOnTarget { loading, .. } => loading,
            Source::Goals | Source::Odds { .. } => 1.0,
        };
        let base = self.base(source, league);
        let side = |attacker, defender, at_home: bool| {
            [
                (base, 1.0),
                (base + 1, if at_home { 1.0 } else { 0.0 }),
                (self.attack(attacker), loading),
                (self.defence(defender), -loading),
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
    pub fn learn(&mut self, evidence: &Evidence) {
        self.announce(evidence);
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
                Source::Odds { difference, total } => {
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
    }
}

type Side = [(usize, f64); 4];

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
