//! A league phase made ready.

use super::super::LARGEST_DRAW;
use super::super::rules::Each;
use super::{LeagueFault, LeaguePhase};

/// The fewest teams of a pot of a league phase: each meets two others of it.
pub const SMALLEST_POT: usize = 3;

/// A team's home fixtures against all pots, for all teams, as one table: how large it can get.
pub(super) const MOST_SLOTS: usize = LARGEST_DRAW * (LARGEST_DRAW / SMALLEST_POT);

/// A league phase made ready.
#[derive(Debug)]
pub(super) struct Rules {
    pub teams: usize,
    pub pots: usize,
    pub most: u8,
    /// `[team]`
    pot_of: Each<u8>,
    /// `[pot]`: its teams.
    pub in_pot: Each<u64>,
    /// `[team]`: its association, numbered from 0 as they come.
    association_of: Each<u8>,
    /// `[association]`: its teams.
    pub in_association: Each<u64>,
    pub associations: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            teams: 0,
            pots: 0,
            most: 0,
            pot_of: [0; LARGEST_DRAW],
            in_pot: [0; LARGEST_DRAW],
            association_of: [0; LARGEST_DRAW],
            in_association: [0; LARGEST_DRAW],
            associations: 0,
        }
    }
}

impl Rules {
    pub(super) fn read(&mut self, league: &LeaguePhase) -> Result<(), LeagueFault> {
        let LeaguePhase {
            size,
            ref associations,
            most,
            ..
        } = *league;
        let teams = associations.len();
        let fits = (1..=LARGEST_DRAW).contains(&teams) && size >= SMALLEST_POT;
        if !fits || !teams.is_multiple_of(size) {
            return Err(LeagueFault::Size { teams, size });
        }
        *self = Self {
            teams,
            pots: teams / size,
            most,
            ..Self::default()
        };
        for (team, &association) in associations.iter().enumerate() {
            self.pot_of[team] = (team / size) as u8;
            self.in_pot[team / size] |= 1 << team;
            let known = associations[..team]
                .iter()
                .position(|&other| other == association);
            let number = match known {
                Some(other) => self.association(other),
                None => {
                    self.associations += 1;
                    self.associations - 1
                }
            };
            self.association_of[team] = number as u8;
            self.in_association[number] |= 1 << team;
        }
        Ok(())
    }

    pub(super) fn pot(&self, team: usize) -> usize {
        self.pot_of[team].into()
    }

    pub(super) fn association(&self, team: usize) -> usize {
        self.association_of[team].into()
    }

    /// Where a table has a team and a pot.
    pub(super) fn slot(&self, team: usize, pot: usize) -> usize {
        team * self.pots + pot
    }

    /// Where a table has a team and an association.
    pub(super) fn cell(&self, team: usize, association: usize) -> usize {
        team * self.associations + association
    }

    /// All pairs of pots, in either order; a pot with itself among them.
    pub(super) fn pairs_of_pots(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let pots = self.pots;
        (0..pots).flat_map(move |one| (0..pots).map(move |other| (one, other)))
    }
}
