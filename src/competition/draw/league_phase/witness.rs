//! A valid draw that agrees with everything drawn so far, kept at hand and repaired.

use super::super::members;
use super::super::rules::Each;
use super::fixtures::Fixtures;
use super::rules::Rules;
use super::search;

/// A repair that takes more exchanges than this is left to the search.
const EXCHANGES: usize = 12;

/// Between two guests.
const NOBODY: u8 = u8::MAX;

/// A draw of all fixtures; valid if nothing is broken.
#[derive(Debug, Default)]
pub(super) struct Witness {
    /// `[slot]`: whom a team is at home to, of a pot.
    guest: Vec<u8>,
    /// `[slot]`: whom a team visits, of a pot.
    host: Vec<u8>,
    /// `[cell]`: how many opponents a team has, of an association.
    count: Vec<u8>,
    /// Fixtures that must not be, and opponents too many.
    broken: i32,
}

/// Two home teams of a pot exchange their guests of another.
#[derive(Clone, Copy, Debug, Default)]
struct Exchange {
    one: usize,
    other: usize,
    pot: usize,
}

impl Witness {
    /// Takes over a complete draw.
    pub(super) fn take(&mut self, rules: &Rules, complete: &Fixtures) {
        self.guest.clone_from(&complete.guest);
        self.count.clone_from(&complete.count);
        self.host.clear();
        self.host.resize(self.guest.len(), 0);
        for home in 0..rules.teams {
            for pot in 0..rules.pots {
                let away = usize::from(self.guest[rules.slot(home, pot)]);
                self.host[rules.slot(away, rules.pot(home))] = home as u8;
            }
        }
        self.broken = 0;
    }

    /// As another has it.
    pub(super) fn copy(&mut self, other: &Self) {
        self.guest.clone_from(&other.guest);
        self.host.clone_from(&other.host);
        self.count.clone_from(&other.count);
        self.broken = other.broken;
    }

    /// Whether a valid draw is known to be left with a fixture that breaks no rule there and then. After a
    /// yes the witness has it.
    pub(super) fn admits(
        &mut self,
        rules: &Rules,
        drawn: &Fixtures,
        scratch: &mut Fixtures,
        home: usize,
        away: usize,
    ) -> bool {
        if usize::from(self.guest[rules.slot(home, rules.pot(away))]) == away
            || self.repair(rules, drawn, home, away)
        {
            return true;
        }
        scratch.copy(drawn);
        scratch.place(rules, home, away);
        let nodes = search::TO_LOOK_AHEAD;
        let found = search::complete(rules, scratch, Some(&self.guest), nodes) == Some(true);
        if found {
            self.take(rules, scratch);
        }
        found
    }

    /// Brings a fixture about and mends what that breaks, exchange by exchange, always taking the one that
    /// leaves the least broken. Gives up soon, and then leaves everything as it was.
    fn repair(&mut self, rules: &Rules, drawn: &Fixtures, home: usize, away: usize) -> bool {
        // `[pot]`: whose guests of it may be exchanged.
        let mut movable = drawn.no_guest;
        let mut trail = [Exchange::default(); EXCHANGES];
        let mut touched = 0;
        let mut next = Some(Exchange {
            one: home,
            other: self.host[rules.slot(away, rules.pot(home))].into(),
            pot: rules.pot(away),
        });
        for length in 0..EXCHANGES {
            let Some(exchange) = next else {
                self.undo(rules, &trail[..length]);
                return false;
            };
            let Exchange { one, other, pot } = exchange;
            touched |= 1 << one | 1 << other;
            touched |= [one, other].iter().fold(0, |set, &home| {
                set | 1_u64 << self.guest[rules.slot(home, pot)]
            });
            self.exchange(rules, exchange);
            trail[length] = exchange;
            if self.broken == 0 {
                return true;
            }
            movable[pot] &= !(1 << one);
            next = self.mend(rules, &movable, touched);
        }
        self.undo(rules, &trail);
        false
    }

    fn undo(&mut self, rules: &Rules, trail: &[Exchange]) {
        for &exchange in trail.iter().rev() {
            self.exchange(rules, exchange);
        }
    }

    /// The best exchange against what is broken about the first team about which something is.
    fn mend(&mut self, rules: &Rules, movable: &Each<u64>, touched: u64) -> Option<Exchange> {
        let mut best = (i32::MAX, None);
        for team in members(touched) {
            for pot in 0..rules.pots {
                let slot = rules.slot(team, pot);
                let (guest, host) = (self.guest[slot].into(), self.host[slot].into());
                for (home, away, other) in [(team, guest, guest), (host, team, host)] {
                    let count = self.count[rules.cell(team, rules.association(other))];
                    if count > rules.most || self.cost(rules, home, away) > 0 {
                        self.look_for_better(rules, movable, home, away, &mut best);
                    }
                }
            }
            if best.1.is_some() {
                break;
            }
        }
        best.1
    }

    /// Tries all exchanges that take a guest away from a team.
    fn look_for_better(
        &mut self,
        rules: &Rules,
        movable: &Each<u64>,
        home: usize,
        away: usize,
        best: &mut (i32, Option<Exchange>),
    ) {
        let pot = rules.pot(away);
        if movable[pot] >> home & 1 == 0 {
            return;
        }
        let others = rules.in_pot[rules.pot(home)] & movable[pot] & !(1 << home);
        for other in members(others) {
            let guest = usize::from(self.guest[rules.slot(other, pot)]);
            if rules.association(home) == rules.association(guest)
                || rules.association(other) == rules.association(away)
            {
                continue;
            }
            let exchange = Exchange {
                one: home,
                other,
                pot,
            };
            self.exchange(rules, exchange);
            if self.broken < best.0 {
                *best = (self.broken, Some(exchange));
            }
            self.exchange(rules, exchange);
        }
    }

    fn exchange(&mut self, rules: &Rules, exchange: Exchange) {
        let Exchange { one, other, pot } = exchange;
        let guests = [one, other].map(|home| usize::from(self.guest[rules.slot(home, pot)]));
        self.remove(rules, one, guests[0]);
        self.remove(rules, other, guests[1]);
        self.add(rules, one, guests[1]);
        self.add(rules, other, guests[0]);
    }

    /// What is wrong with a fixture in itself, apart from what it is counted for: two of an association, a
    /// team and itself among them, or two who also meet at the other ground.
    fn cost(&self, rules: &Rules, home: usize, away: usize) -> i32 {
        let back = usize::from(self.guest[rules.slot(away, rules.pot(home))]);
        i32::from(rules.association(home) == rules.association(away)) + i32::from(back == home)
    }

    fn remove(&mut self, rules: &Rules, home: usize, away: usize) {
        self.guest[rules.slot(home, rules.pot(away))] = NOBODY;
        self.broken -= self.cost(rules, home, away);
        for (team, other) in [(home, away), (away, home)] {
            let count = &mut self.count[rules.cell(team, rules.association(other))];
            self.broken -= i32::from(*count > rules.most);
            *count -= 1;
        }
    }

    fn add(&mut self, rules: &Rules, home: usize, away: usize) {
        self.broken += self.cost(rules, home, away);
        self.guest[rules.slot(home, rules.pot(away))] = away as u8;
        self.host[rules.slot(away, rules.pot(home))] = home as u8;
        for (team, other) in [(home, away), (away, home)] {
            let count = &mut self.count[rules.cell(team, rules.association(other))];
            *count += 1;
            self.broken += i32::from(*count > rules.most);
        }
    }
}
