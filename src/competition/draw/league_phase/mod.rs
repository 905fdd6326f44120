//! The draw of a league phase: who meets whom, and where, when not everybody meets everybody.

mod fault;
mod fixtures;
mod matchdays;
mod rules;
mod search;
#[cfg(test)]
mod tests;
mod uniform;
mod witness;

use rand::Rng;

use super::chance::{below, shuffle};
use super::members;
pub use fault::LeagueFault;
use fixtures::Fixtures;
pub use matchdays::matchdays;
use rules::Rules;
pub use rules::SMALLEST_POT;
use witness::Witness;

/// The draw of a league phase.
///
/// Every team meets two opponents of every pot, its own included, one at home and one away; nobody of
/// its own association, nobody twice, and at most so many of any one association. The teams are numbered
/// from 0, the first `size` of them being the first pot, and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaguePhase {
    /// How many teams a pot has: at least three.
    pub size: usize,
    /// `[team]`: its association, any number. There are at most 64 teams.
    pub associations: Vec<u8>,
    /// The most opponents of one association.
    pub most: u8,
    /// Fixtures that are no longer to be drawn.
    pub fixed: Vec<Pairing>,
}

/// A fixture by the numbers of its teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pairing {
    /// At home.
    pub home: u8,
    /// Away.
    pub away: u8,
}

/// What the draw of a league phase needs while it is held. Kept from one to the next it saves allocations
/// and checks; what comes out does not depend on what it was used for before.
#[derive(Debug, Default)]
pub struct LeagueWorkspace {
    /// The league phase that `rules` and `root` are of, if it is possible.
    seen: LeaguePhase,
    is_possible: bool,
    rules: Rules,
    /// The first valid draw found.
    root: Witness,
    witness: Witness,
    fixtures: Fixtures,
    scratch: Fixtures,
    order: Vec<u8>,
    pairings: Vec<Pairing>,
    uniform: uniform::Space,
}

impl LeaguePhase {
    /// A league phase of teams with these associations, 0 where none is known: such a team has one to
    /// itself.
    pub fn new(size: usize, associations: &[u16], most: u8) -> Self {
        let mut league = Self {
            most,
            ..Self::default()
        };
        league.enter(size, associations);
        league
    }

    /// Puts teams with these associations, 0 where none is known, in place of others.
    pub fn enter(&mut self, size: usize, associations: &[u16]) {
        self.size = size;
        self.associations.clear();
        let first = |(team, &own): (usize, &u16)| {
            let alike = |&other: &u16| own != 0 && other == own;
            associations.iter().position(alike).unwrap_or(team) as u8
        };
        self.associations
            .extend(associations.iter().enumerate().map(first));
    }

    /// Checks that the pots are full and that a valid draw exists.
    ///
    /// # Errors
    ///
    /// See [`LeagueFault`].
    pub fn check(&self) -> Result<(), LeagueFault> {
        LeagueWorkspace::default().read(self)
    }

    /// Draws all fixtures, and gives them in the order in which they come out, after the fixed ones.
    ///
    /// UEFA's software is not published. What is drawn here: pots in order, and from each its teams one
    /// by one, all equally likely. For the team that comes out, pots in order again, the fixtures that it
    /// still lacks against each: an opponent together with a venue, all equally likely among those that
    /// are admissible. Admissible means that a valid draw of everything is left; so there are no dead
    /// ends, and the numbers of the teams decide nothing. As in any ceremony, not every valid draw is
    /// equally likely.
    ///
    /// What is admissible is decided by mending a valid draw kept at hand or, where this fails, by a search.
    /// Should that be given up undecided, the fixture is passed over. With the pots of 2024–25 this happens
    /// once in some 4,000 draws.
    ///
    /// Allocates nothing once the workspace has seen a league phase as large.
    ///
    /// # Errors
    ///
    /// What [`LeaguePhase::check`] says; never anything else.
    pub fn draw<'w>(
        &self,
        workspace: &'w mut LeagueWorkspace,
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<&'w [Pairing], LeagueFault> {
        workspace.read(self)?;
        workspace.begin();
        for pot in 0..workspace.rules.pots {
            let mut order = std::mem::take(&mut workspace.order);
            order.clear();
            order.extend(members(workspace.rules.in_pot[pot]).map(|team| team as u8));
            shuffle(rng, &mut order);
            for &team in &order {
                for other in 0..workspace.rules.pots {
                    workspace.draw_opponents(team.into(), other, rng);
                }
            }
            workspace.order = order;
        }
        Ok(&workspace.pairings)
    }
}

impl LeagueWorkspace {
    /// What was drawn last.
    pub fn pairings(&self) -> &[Pairing] {
        &self.pairings
    }

    /// Reads a league phase, unless it is the one read last, and finds a valid draw of it.
    fn read(&mut self, league: &LeaguePhase) -> Result<(), LeagueFault> {
        if self.is_possible && self.seen == *league {
            return Ok(());
        }
        self.is_possible = false;
        self.rules.read(league)?;
        self.scratch.clear(&self.rules);
        for (number, &fixture) in league.fixed.iter().enumerate() {
            if !self.scratch.may_place(&self.rules, fixture) {
                return Err(LeagueFault::Fixed { number });
            }
            self.scratch
                .place(&self.rules, fixture.home.into(), fixture.away.into());
        }
        match search::complete(&self.rules, &mut self.scratch, None, search::TO_CHECK) {
            Some(true) => self.root.take(&self.rules, &self.scratch),
            Some(false) => return Err(LeagueFault::Impossible),
            None => return Err(LeagueFault::TooHard),
        }
        self.seen.size = league.size;
        self.seen.associations.clone_from(&league.associations);
        self.seen.most = league.most;
        self.seen.fixed.clone_from(&league.fixed);
        self.is_possible = true;
        Ok(())
    }

    fn begin(&mut self) {
        self.fixtures.clear(&self.rules);
        self.witness.copy(&self.root);
        self.pairings.clear();
        for &fixture in &self.seen.fixed {
            self.fixtures
                .place(&self.rules, fixture.home.into(), fixture.away.into());
            self.pairings.push(fixture);
        }
    }

    /// Draws what a team still lacks against a pot: opponents with their venues in a random order, each
    /// taken if it is admissible. Those of the valid draw at hand are, so the team never goes without.
    fn draw_opponents(&mut self, team: usize, pot: usize, rng: &mut (impl Rng + ?Sized)) {
        let Self {
            rules,
            witness,
            fixtures,
            scratch,
            pairings,
            ..
        } = self;
        let mut guests = fixtures.guests(rules, team, pot);
        let mut hosts = fixtures.hosts(rules, team, pot);
        while guests | hosts != 0 {
            let choice = below(rng, guests.count_ones() + hosts.count_ones()) as usize;
            let mut choices = members(guests)
                .map(|guest| (team, guest))
                .chain(members(hosts).map(|host| (host, team)));
            let Some((home, away)) = choices.nth(choice) else {
                break;
            };
            drop(choices);
            if home == team {
                guests &= !(1 << away);
            } else {
                hosts &= !(1 << home);
            }
            if witness.admits(rules, fixtures, scratch, home, away) {
                fixtures.place(rules, home, away);
                pairings.push(Pairing {
                    home: home as u8,
                    away: away as u8,
                });
                guests &= fixtures.guests(rules, team, pot);
                hosts &= fixtures.hosts(rules, team, pot);
            }
        }
    }
}
