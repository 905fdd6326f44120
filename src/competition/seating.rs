//! How entrants come to their seats: as the file says, by a seeding draw, or by a table.

use serde::Serialize;

use super::seeding::SeedingLine;
use super::{Allocation, Slot};

/// How entrants come to their seats.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seating {
    /// As the file says.
    Fixed,
    /// By a seeding draw. Once it has been held the file says how it ended.
    Drawn(Drawing),
    /// By a table: which third-placed teams go on decides who of them meets whom.
    Table(Allocation),
}

impl Seating {
    /// The seeding draw, if there is one.
    pub fn drawing(&self) -> Option<&Drawing> {
        match self {
            Self::Drawn(drawing) => Some(drawing),
            _ => None,
        }
    }
}

/// A seeding draw: who is in it and what it must respect.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drawing {
    /// What it settles.
    pub kind: DrawKind,
    /// In the order in which they are emptied.
    pub pots: Vec<Pot>,
    /// What the pots follow from, most important first; empty where the edition does not say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seeding: Vec<SeedingLine>,
    /// What every outcome must respect.
    pub bounds: Vec<Bound>,
    /// Who stands where before the first ball: position of the team or place among all balls, in order
    /// of the pots, and position of its group.
    pub fixed: Vec<(usize, usize)>,
    /// The article or document that says so.
    pub cite: String,
    /// What of it is not certain, where something is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unverified: Option<String>,
    /// The line of the file, for errors.
    #[serde(skip)]
    pub line: usize,
}

impl Drawing {
    /// How many teams each group gets; the whole league in a league phase.
    pub fn group_size(&self) -> usize {
        match self.kind {
            DrawKind::Groups(_) => self.pots.iter().map(|pot| pot.per_group).sum(),
            DrawKind::LeaguePhase { .. } => self.pots.iter().map(|pot| pot.balls.len()).sum(),
        }
    }

    /// Every ball, in order of the pots.
    pub fn balls(&self) -> impl Iterator<Item = Slot> + '_ {
        self.pots.iter().flat_map(|pot| pot.balls.iter().copied())
    }
}

/// What a seeding draw settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DrawKind {
    /// Who is in which group; a tie is a group of two.
    Groups(Held),
    /// Who meets whom in a league phase: of every pot two, one at home and one away, nobody of the own
    /// association.
    LeaguePhase {
        /// Opponents of one association at most.
        most_of_association: u8,
    },
}

/// How a draw of groups is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// Pot by pot; a second ball picks one of the groups that are possible.
    ByPot,
    /// Pot by pot; the first group that is possible.
    ByPotInOrder,
    /// Group by group, from every pot in order one of the balls that are possible.
    ByGroup,
}

/// A pot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pot {
    /// The teams or places in it.
    pub balls: Vec<Slot>,
    /// How many of them each group gets.
    pub per_group: usize,
}

/// What teams may have in common that a draw looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trait {
    /// The association.
    Association,
    /// The confederation; a team may have several until it is known who it will be.
    Confederation,
    /// The group of the earlier stage they come from.
    EarlierGroup,
    /// Being one of these teams, or coming from one of these places.
    OneOf(Vec<Slot>),
}

/// Where teams with something in common may stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bound {
    /// What they have in common.
    pub of: Trait,
    /// Only those with this value; all values alike if not said.
    pub value: Option<String>,
    /// What it says of them.
    pub limit: Limit,
    /// The line of the file, for errors.
    #[serde(skip)]
    pub line: usize,
}

/// What a bound says of teams with something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// How many of them one group may have.
    Group {
        /// At least so many.
        least: u8,
        /// At most so many.
        most: u8,
    },
    /// How many of them each of these parts of the groups may have.
    Parts {
        /// Positions of the groups of each part; a group that no part names stands alone.
        parts: Vec<Vec<usize>>,
        /// At most so many.
        most: u8,
    },
    /// The groups they may go to.
    Only {
        /// Their positions.
        groups: Vec<usize>,
    },
}

/// Who is at home in the last leg of a tie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondLeg {
    /// The second entrant.
    #[default]
    Second,
    /// Whoever is drawn.
    Drawn,
    /// Who had the better place in the last stage of more than two teams.
    BetterPlaced,
}
