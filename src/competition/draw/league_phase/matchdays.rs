//! Fixtures split into matchdays on which every team plays once.

use rand::Rng;

use super::super::chance::{below, one_of, shuffle};
use super::super::{LARGEST_DRAW, first};
use super::{LeagueFault, Pairing};

/// Attempts, per fixture, before a split is given up. Draws of 36 teams take little more than one.
const STEPS: usize = 200;

/// Everybody against everybody.
const MOST_FIXTURES: usize = LARGEST_DRAW * (LARGEST_DRAW - 1) / 2;

/// Nobody plays.
const NONE: u8 = u8::MAX;

/// Splits fixtures into as many matchdays as every team has fixtures, so that everybody plays once on
/// each. `days` becomes the matchday of each fixture, from 0.
///
/// Fixtures are put down in a random order: on a matchday free for both teams; else on one made free by
/// exchanging two matchdays along a chain of fixtures [Kempe 1879]; else days are exchanged at random, or
/// the fixture takes the place of another, which is then the one to be put down. Last, the matchdays are
/// put in a random order, so that every fixture is on every one as often. Not every split is equally
/// likely.
///
/// Allocates nothing once `days` has had room for as many fixtures.
///
/// # Errors
///
/// [`LeagueFault::Uneven`] where the teams, numbered from 0 to at most 63, do not all have as many
/// fixtures, and [`LeagueFault::NoMatchdays`] if no split was found within a bounded number of steps.
pub fn matchdays(
    pairings: &[Pairing],
    days: &mut Vec<u8>,
    rng: &mut (impl Rng + ?Sized),
) -> Result<(), LeagueFault> {
    let (teams, count) = evenness(pairings)?;
    let mut calendar = Calendar {
        opponent: [[NONE; LARGEST_DRAW]; LARGEST_DRAW],
        free: [first(count); LARGEST_DRAW],
        days: first(count),
    };
    if !teams.is_multiple_of(2) || !calendar.fill(pairings, rng) {
        return Err(LeagueFault::NoMatchdays { matchdays: count });
    }
    let mut order: [u8; LARGEST_DRAW] = std::array::from_fn(|day| day as u8);
    shuffle(rng, &mut order[..count]);
    days.clear();
    days.extend(pairings.iter().map(|&Pairing { home, away }| {
        let days = &calendar.opponent[usize::from(home)];
        let day = days.iter().position(|&other| other == away);
        order[day.expect("every fixture was put down")]
    }));
    Ok(())
}

/// How many teams there are, and how many fixtures each has.
fn evenness(pairings: &[Pairing]) -> Result<(usize, usize), LeagueFault> {
    let mut met = [0_u64; LARGEST_DRAW];
    for &Pairing { home, away } in pairings {
        let is_unknown = |team: &u8| usize::from(*team) >= LARGEST_DRAW;
        if let Some(team) = [home, away].into_iter().find(is_unknown) {
            return Err(LeagueFault::Uneven { team });
        }
        for (team, other) in [(home, away), (away, home)] {
            let met = &mut met[usize::from(team)];
            if team == other || *met >> other & 1 == 1 {
                return Err(LeagueFault::Uneven { team });
            }
            *met |= 1 << other;
        }
    }
    let last = met.iter().rposition(|&others| others != 0);
    let teams = last.map_or(0, |last| last + 1);
    let count = met[0].count_ones();
    let is_uneven = |others: &u64| others.count_ones() != count;
    match met[..teams].iter().position(is_uneven) {
        Some(team) => Err(LeagueFault::Uneven { team: team as u8 }),
        None => Ok((teams, count as usize)),
    }
}

/// Who plays whom when.
struct Calendar {
    /// `[team][day]`
    opponent: [[u8; LARGEST_DRAW]; LARGEST_DRAW],
    /// `[team]`: the days on which it does not play.
    free: [u64; LARGEST_DRAW],
    /// All days.
    days: u64,
}

impl Calendar {
    /// Puts all fixtures down; whether that was done within the steps allowed.
    fn fill(&mut self, pairings: &[Pairing], rng: &mut (impl Rng + ?Sized)) -> bool {
        let mut order: [u16; MOST_FIXTURES] = std::array::from_fn(|fixture| fixture as u16);
        let order = &mut order[..pairings.len()];
        shuffle(rng, order);
        let mut steps = STEPS * order.len();
        for &fixture in order.iter() {
            let Pairing { home, away } = pairings[usize::from(fixture)];
            let mut open = Some(match below(rng, 2) {
                0 => (home.into(), away.into()),
                _ => (away.into(), home.into()),
            });
            while let Some((one, other)) = open {
                if steps == 0 {
                    return false;
                }
                steps -= 1;
                open = self.put_down(one, other, rng);
            }
        }
        true
    }

    /// Puts a fixture down, and gives back the one that it takes the place of, if it has to.
    fn put_down(
        &mut self,
        one: usize,
        other: usize,
        rng: &mut (impl Rng + ?Sized),
    ) -> Option<(usize, usize)> {
        let common = self.free[one] & self.free[other];
        if common != 0 {
            self.set(one, other, one_of(rng, common));
            return None;
        }
        let day = one_of(rng, self.free[one]);
        let instead = one_of(rng, self.free[other]);
        if self.exchange_days(other, [day, instead], one) {
            self.set(one, other, day);
            return None;
        }
        // Nothing has come of the two days tried: either other days are free next time, or another fixture
        // is the one to look for a day.
        if below(rng, 2) == 0 {
            let played = self.days & !self.free[other];
            self.exchange_days(other, [one_of(rng, played), instead], LARGEST_DRAW);
            return Some((one, other));
        }
        let third = usize::from(self.opponent[other][day]);
        self.clear(other, third, day);
        self.set(one, other, day);
        Some((other, third))
    }

    /// Exchanges two days along the chain of fixtures on them that begins with a team on the first day,
    /// unless it ends at `but`.
    fn exchange_days(&mut self, team: usize, days: [usize; 2], but: usize) -> bool {
        let mut chain = [(0, 0, 0); LARGEST_DRAW];
        let (mut length, mut last) = (0, team);
        while self.free[last] >> days[length % 2] & 1 == 0 {
            let next = usize::from(self.opponent[last][days[length % 2]]);
            chain[length] = (last, next, length % 2);
            length += 1;
            last = next;
        }
        if last == but {
            return false;
        }
        let chain = &chain[..length];
        chain
            .iter()
            .for_each(|&(one, other, day)| self.clear(one, other, days[day]));
        chain
            .iter()
            .for_each(|&(one, other, day)| self.set(one, other, days[1 - day]));
        true
    }

    fn set(&mut self, one: usize, other: usize, day: usize) {
        for (team, opponent) in [(one, other), (other, one)] {
            self.opponent[team][day] = opponent as u8;
            self.free[team] &= !(1 << day);
        }
    }

    fn clear(&mut self, one: usize, other: usize, day: usize) {
        for team in [one, other] {
            self.opponent[team][day] = NONE;
            self.free[team] |= 1 << day;
        }
    }
}
