//! Where each parameter of a model of strengths stands in the vector of all, and how they make the
//! log rates of a pairing.

use super::Pairing;
use crate::fixture::Venue;
use crate::team::TeamId;

/// Where each parameter stands in the vector of all.
///
/// The order is: base, home advantage, both slopes, attack of every team, defence of every team, own
/// ground of every team where it is estimated, shape of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// How many teams have strengths of their own: all, or none where ratings make the strengths.
    pub teams: usize,
    /// Whether every team has a home advantage of its own, on top of the common one.
    pub own_grounds: bool,
    /// How many parameters shape the law.
    pub shapes: usize,
}

impl Parameters {
    /// Log of the rate of an average side against another on neutral ground.
    pub const BASE: usize = 0;
    /// Added to the log rate of the home side.
    pub const HOME_ADVANTAGE: usize = 1;
    /// Prior mean of attack per standard deviation of the covariate; attack per unit of a rating.
    pub const ATTACK_SLOPE: usize = 2;
    /// Prior mean of defence per standard deviation of the covariate; defence per unit of a rating.
    pub const DEFENCE_SLOPE: usize = 3;
    const SHARED: usize = 4;

    /// How many parameters there are.
    pub fn count(self) -> usize {
        self.first_shape() + self.shapes
    }

    /// The attack of a team; +0.1 scores about 10 % more.
    pub fn attack(self, team: TeamId) -> usize {
        Self::SHARED + team.index()
    }

    /// The defence of a team; +0.1 concedes about 10 % fewer.
    pub fn defence(self, team: TeamId) -> usize {
        Self::SHARED + self.teams + team.index()
    }

    /// What the team's own ground adds to the common home advantage, where that is estimated.
    pub fn own_ground(self, team: TeamId) -> Option<usize> {
        let first = Self::SHARED + 2 * self.teams;
        self.own_grounds.then_some(first + team.index())
    }

    /// The first parameter of the law's shape; the others follow.
    pub fn first_shape(self) -> usize {
        let per_team = if self.own_grounds { 3 } else { 2 };
        Self::SHARED + per_team * self.teams
    }

    /// The log rates of both sides as sums of parameters, where `[team]` ratings make the strengths.
    pub(crate) fn log_rates_by_ratings(self, pairing: Pairing, ratings: &[f64]) -> [Terms; 2] {
        let Pairing { home, away, venue } = pairing;
        let rate = |attacker: TeamId, defender: TeamId, at_home: bool| {
            let mut terms = Terms::default();
            terms.add(Self::BASE, 1.0);
            if at_home {
                terms.add(Self::HOME_ADVANTAGE, 1.0);
            }
            terms.add(Self::ATTACK_SLOPE, ratings[attacker.index()]);
            terms.add(Self::DEFENCE_SLOPE, -ratings[defender.index()]);
            terms
        };
        [
            rate(home, away, venue == Venue::Home),
            rate(away, home, venue == Venue::Away),
        ]
    }

    /// The log rates of both sides as sums of parameters.
    pub fn log_rates(self, pairing: Pairing) -> [Terms; 2] {
        let Pairing { home, away, venue } = pairing;
        let rate = |attacker, defender, at_home: bool| {
            let mut terms = Terms::default();
            terms.add(Self::BASE, 1.0);
            if at_home {
                terms.add(Self::HOME_ADVANTAGE, 1.0);
            }
            terms.add(self.attack(attacker), 1.0);
            terms.add(self.defence(defender), -1.0);
            if let Some(own_ground) = self.own_ground(attacker).filter(|_| at_home) {
                terms.add(own_ground, 1.0);
            }
            terms
        };
        [
            rate(home, away, venue == Venue::Home),
            rate(away, home, venue == Venue::Away),
        ]
    }
}

/// The most parameters in a [`Terms`].
const MOST_TERMS: usize = 5;

/// A weighted sum of a few parameters, which stand in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms {
    terms: [(usize, f64); MOST_TERMS],
    count: usize,
}

impl Terms {
    /// Adds a parameter behind all others, with its weight.
    ///
    /// # Panics
    /// When five are in it already, or one that comes later.
    pub fn add(&mut self, index: usize, weight: f64) {
        assert!(self.terms().iter().all(|&(earlier, _)| earlier < index));
        self.terms[self.count] = (index, weight);
        self.count += 1;
    }

    /// Every parameter in it with its weight.
    pub fn terms(&self) -> &[(usize, f64)] {
        &self.terms[..self.count]
    }

    /// Its value.
    pub fn at(&self, parameters: &[f64]) -> f64 {
        self.terms()
            .iter()
            .map(|&(index, weight)| weight * parameters[index])
            .sum()
    }
}
