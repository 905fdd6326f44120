//! The fixtures drawn so far, and what they leave open.

use super::super::matching::most_seated;
use super::super::rules::Each;
use super::super::{LARGEST_DRAW, first, members};
use super::Pairing;
use super::rules::Rules;

/// Fixtures, counted as the rules ask.
#[derive(Debug)]
pub(super) struct Fixtures {
    /// `[pot]`: the teams that lack a home fixture against it.
    pub no_guest: Each<u64>,
    /// `[pot]`: the teams that lack an away fixture against it.
    pub no_host: Each<u64>,
    /// `[slot]`: whom a team is at home to, of a pot.
    pub guest: Vec<u8>,
    /// `[cell]`: how many opponents a team has, of an association.
    pub count: Vec<u8>,
    /// How many fixtures are missing.
    pub left: usize,
    /// `[team]`: its opponents.
    met: Each<u64>,
    /// `[team]`: whom it cannot meet: its own association, itself included, the opponents it has, and
    /// associations of which it has as many as it may.
    barred: Each<u64>,
    /// `[association]`: the teams that have as many opponents of it as they may.
    full: Each<u64>,
}

impl Default for Fixtures {
    fn default() -> Self {
        Self {
            no_guest: [0; LARGEST_DRAW],
            no_host: [0; LARGEST_DRAW],
            guest: Vec::new(),
            count: Vec::new(),
            left: 0,
            met: [0; LARGEST_DRAW],
            barred: [0; LARGEST_DRAW],
            full: [0; LARGEST_DRAW],
        }
    }
}

impl Fixtures {
    /// None.
    pub(super) fn clear(&mut self, rules: &Rules) {
        let all = first(rules.teams);
        self.no_guest = [all; LARGEST_DRAW];
        self.no_host = [all; LARGEST_DRAW];
        self.guest.clear();
        self.guest.resize(rules.teams * rules.pots, 0);
        self.count.clear();
        self.count.resize(rules.teams * rules.associations, 0);
        self.left = rules.teams * rules.pots;
        self.met = [0; LARGEST_DRAW];
        for team in 0..rules.teams {
            self.barred[team] = rules.in_association[rules.association(team)];
        }
        self.full = [if rules.most == 0 { all } else { 0 }; LARGEST_DRAW];
    }

    /// As another has it.
    pub(super) fn copy(&mut self, other: &Self) {
        self.no_guest = other.no_guest;
        self.no_host = other.no_host;
        self.guest.clone_from(&other.guest);
        self.count.clone_from(&other.count);
        self.left = other.left;
        self.met = other.met;
        self.barred = other.barred;
        self.full = other.full;
    }

    /// Whom a team can still be at home to, of a pot, without breaking a rule there and then.
    pub(super) fn guests(&self, rules: &Rules, team: usize, pot: usize) -> u64 {
        match self.no_guest[pot] >> team & 1 {
            0 => 0,
            _ => self.opponents(
                rules,
                team,
                self.no_host[rules.pot(team)] & rules.in_pot[pot],
            ),
        }
    }

    /// Whom a team can still visit, of a pot.
    pub(super) fn hosts(&self, rules: &Rules, team: usize, pot: usize) -> u64 {
        match self.no_host[pot] >> team & 1 {
            0 => 0,
            _ => self.opponents(
                rules,
                team,
                self.no_guest[rules.pot(team)] & rules.in_pot[pot],
            ),
        }
    }

    fn opponents(&self, rules: &Rules, team: usize, others: u64) -> u64 {
        others & !self.barred[team] & !self.full[rules.association(team)]
    }

    /// Whether a fixture between any two numbers is one that breaks no rule there and then.
    pub(super) fn may_place(&self, rules: &Rules, fixture: Pairing) -> bool {
        let [home, away] = [fixture.home, fixture.away].map(usize::from);
        let known = home < rules.teams && away < rules.teams;
        known && self.guests(rules, home, rules.pot(away)) >> away & 1 == 1
    }

    /// Adds a fixture.
    pub(super) fn place(&mut self, rules: &Rules, home: usize, away: usize) {
        self.guest[rules.slot(home, rules.pot(away))] = away as u8;
        self.no_guest[rules.pot(away)] &= !(1 << home);
        self.no_host[rules.pot(home)] &= !(1 << away);
        self.left -= 1;
        for (team, other) in [(home, away), (away, home)] {
            let association = rules.association(other);
            let count = &mut self.count[rules.cell(team, association)];
            *count += 1;
            self.met[team] |= 1 << other;
            self.barred[team] |= 1 << other;
            if *count == rules.most {
                self.barred[team] |= rules.in_association[association];
                self.full[association] |= 1 << team;
            }
        }
    }

    /// Takes a fixture away again.
    pub(super) fn lift(&mut self, rules: &Rules, home: usize, away: usize) {
        self.no_guest[rules.pot(away)] |= 1 << home;
        self.no_host[rules.pot(home)] |= 1 << away;
        self.left += 1;
        for (team, other) in [(home, away), (away, home)] {
            let association = rules.association(other);
            let count = &mut self.count[rules.cell(team, association)];
            self.met[team] &= !(1 << other);
            self.barred[team] &= !(1 << other);
            if *count == rules.most {
                self.barred[team] &= !rules.in_association[association] | self.met[team];
                self.full[association] &= !(1 << team);
            }
            *count -= 1;
        }
    }

    /// Whether nothing yet says that some pot cannot give the teams of some association as many
    /// opponents as they lack.
    pub(super) fn has_room(&self, rules: &Rules) -> bool {
        (0..rules.associations)
            // Nobody can meet too many of an association that has no more teams.
            .filter(|&association| {
                rules.in_association[association].count_ones() > rules.most.into()
            })
            .all(|association| self.has_room_for(rules, association))
    }

    /// Whether every pot, taken by itself, can still host every other.
    pub(super) fn has_matchings(&self, rules: &Rules) -> bool {
        let mut pairs = rules.pairs_of_pots();
        pairs.all(|(hosts, guests)| self.has_matching(rules, hosts, guests))
    }

    fn has_matching(&self, rules: &Rules, hosts: usize, guests: usize) -> bool {
        let left = self.no_guest[guests] & rules.in_pot[hosts];
        let mut domains = [0; LARGEST_DRAW];
        for team in members(left) {
            domains[team] = self.guests(rules, team, guests);
        }
        most_seated(left, &domains, &[1; LARGEST_DRAW]) == left.count_ones()
    }

    fn has_room_for(&self, rules: &Rules, association: usize) -> bool {
        let teams = rules.in_association[association];
        let lacks = |set: u64, team: usize| set >> team & 1;
        let mut pots = 0..rules.pots;
        pots.all(|pot| {
            let needed = (self.no_guest[pot] & teams).count_ones()
                + (self.no_host[pot] & teams).count_ones();
            let room = |team: usize| {
                let open = |other: &usize| rules.in_pot[*other] & teams != 0;
                let open = (0..rules.pots).filter(open).map(|other| {
                    lacks(self.no_guest[other], team) + lacks(self.no_host[other], team)
                });
                let free = rules.most - self.count[rules.cell(team, association)];
                open.sum::<u64>().min(free.into()) as u32
            };
            let others = rules.in_pot[pot] & !teams & !self.full[association];
            needed <= members(others).map(room).sum()
        })
    }
}
