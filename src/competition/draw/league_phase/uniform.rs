//! All valid draws of a league phase, all equally likely.

use rand::Rng;

use super::super::chance::{below, shuffle};
use super::fixtures::Fixtures;
use super::rules::Rules;
use super::{LeagueFault, LeaguePhase, LeagueWorkspace, Pairing, members};

/// The most teams of a pot: ways to share its fixtures are counted by sets of guests, and 12! fits a
/// count.
const LARGEST_POT: usize = 12;

/// How often all fixtures are drawn anew. With the pots of 2024–25, 40,000 draws after two sweeps cannot
/// be told from as many after thirty.
const SWEEPS: usize = 3;

/// Tries to draw the fixtures within one pot, where two teams may come out both ways round. More than
/// every second one succeeds with the pots of 2024–25.
const TRIES: usize = 100;

/// Space for uniform draws.
#[derive(Debug, Default)]
pub(super) struct Space {
    /// Which pot is at home to which.
    order: Vec<[u8; 2]>,
    /// The hosts to be given guests.
    hosts: Vec<u8>,
    /// `[host]`: the guests it may have, as positions in their pot.
    allowed: [u16; LARGEST_POT],
    /// `[guests taken]`: ways to share the rest among the other hosts.
    ways: Vec<u32>,
}

impl LeaguePhase {
    /// Takes one of the valid draws, all as good as equally likely.
    ///
    /// Starts with what [`LeaguePhase::draw`] gives. Then, three times over and in a random order, the
    /// home fixtures of each pot against each other are taken back, and one of all valid ways to share
    /// them is taken instead, the rest staying as it is. This keeps equal probabilities equal and brings
    /// others nearer to them: heat-bath sampling [Geman & Geman 1984], by counted ways.
    ///
    /// # Errors
    ///
    /// What [`LeaguePhase::check`] says, and [`LeagueFault::TooLarge`] for pots of more than 12.
    pub fn uniform<'w>(
        &self,
        workspace: &'w mut LeagueWorkspace,
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<&'w [Pairing], LeagueFault> {
        self.sweep(workspace, SWEEPS, rng)
    }

    pub(super) fn sweep<'w>(
        &self,
        workspace: &'w mut LeagueWorkspace,
        sweeps: usize,
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<&'w [Pairing], LeagueFault> {
        if self.size > LARGEST_POT {
            return Err(LeagueFault::TooLarge { size: self.size });
        }
        self.draw(workspace, rng)?;
        let LeagueWorkspace {
            rules,
            fixtures,
            pairings,
            uniform: space,
            ..
        } = workspace;
        let pots = rules.pots as u8;
        let mut order = std::mem::take(&mut space.order);
        order.clear();
        order.extend((0..pots).flat_map(|host| (0..pots).map(move |guest| [host, guest])));
        for _ in 0..sweeps {
            shuffle(rng, &mut order);
            for direction in &order {
                space.draw_anew(self, rules, fixtures, direction.map(usize::from), rng);
            }
        }
        space.order = order;
        pairings.clear();
        for home in 0..rules.teams {
            for pot in 0..rules.pots {
                let away = fixtures.guest[rules.slot(home, pot)];
                let home = home as u8;
                pairings.push(Pairing { home, away });
            }
        }
        Ok(pairings)
    }
}

impl Space {
    /// Takes back the fixtures of one pot at home to another and draws them anew; they stay as they are
    /// where none of the tries succeeds.
    fn draw_anew(
        &mut self,
        league: &LeaguePhase,
        rules: &Rules,
        fixtures: &mut Fixtures,
        [host_pot, guest_pot]: [usize; 2],
        rng: &mut (impl Rng + ?Sized),
    ) {
        let is_fixed = |home: usize| {
            let mut fixed = league.fixed.iter();
            fixed.any(|fixture| {
                usize::from(fixture.home) == home && rules.pot(fixture.away.into()) == guest_pot
            })
        };
        let mut before = [0; LARGEST_POT];
        self.hosts.clear();
        for home in members(rules.in_pot[host_pot]).filter(|&home| !is_fixed(home)) {
            let away = fixtures.guest[rules.slot(home, guest_pot)];
            before[self.hosts.len()] = away;
            self.hosts.push(home as u8);
            fixtures.lift(rules, home, away.into());
        }
        let first_guest = guest_pot * league.size;
        let open = fixtures.no_host[host_pot] & rules.in_pot[guest_pot];
        let fixed_guests = !(open >> first_guest) as usize & ((1 << league.size) - 1);
        for (allowed, &home) in self.allowed.iter_mut().zip(&self.hosts) {
            *allowed = (fixtures.guests(rules, home.into(), guest_pot) >> first_guest) as u16;
        }
        self.count_ways(league.size, fixed_guests);
        let tried = (0..TRIES)
            .any(|_| self.share(rules, fixtures, fixed_guests, first_guest, guest_pot, rng));
        if !tried {
            for (&home, away) in self.hosts.iter().zip(before) {
                fixtures.place(rules, home.into(), away.into());
            }
        }
    }

    /// For every set of guests that the first hosts have taken: in how many ways the other hosts can
    /// share the rest.
    fn count_ways(&mut self, size: usize, fixed_guests: usize) {
        let all = (1_usize << size) - 1;
        self.ways.clear();
        self.ways.resize(1 << size, 0);
        self.ways[all] = 1;
        for taken in (fixed_guests..all).rev() {
            if taken & fixed_guests != fixed_guests {
                continue;
            }
            let host = (taken.count_ones() - fixed_guests.count_ones()) as usize;
            let mut free = self.allowed[host] & !(taken as u16);
            let mut sum = 0;
            while free != 0 {
                sum += self.ways[taken | 1 << free.trailing_zeros()];
                free &= free - 1;
            }
            self.ways[taken] = sum;
        }
    }

    /// Takes one of the ways, all equally likely. False, with nothing placed, if it lets two teams of a
    /// pot meet twice or gives one of them too many opponents of an association: within a pot a fixture
    /// can stand in the way of another.
    fn share(
        &self,
        rules: &Rules,
        fixtures: &mut Fixtures,
        fixed_guests: usize,
        first_guest: usize,
        guest_pot: usize,
        rng: &mut (impl Rng + ?Sized),
    ) -> bool {
        let mut taken = fixed_guests;
        for (position, &home) in self.hosts.iter().enumerate() {
            let home = usize::from(home);
            let mut way = below(rng, self.ways[taken]);
            let mut free = self.allowed[position] & !(taken as u16);
            let guest = loop {
                let guest = free.trailing_zeros() as usize;
                let ways = self.ways[taken | 1 << guest];
                if way < ways {
                    break guest;
                }
                way -= ways;
                free &= free - 1;
            };
            taken |= 1 << guest;
            let away = first_guest + guest;
            if fixtures.guests(rules, home, guest_pot) >> away & 1 == 0 {
                for &home in &self.hosts[..position] {
                    let away = fixtures.guest[rules.slot(home.into(), guest_pot)];
                    fixtures.lift(rules, home.into(), away.into());
                }
                return false;
            }
            fixtures.place(rules, home, away);
        }
        true
    }
}
