//! Why a draw cannot be held.

use thiserror::Error;

/// Why a draw cannot be held, or not in this way. Numbers are positions in the [`Draw`](super::Draw).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Fault {
    /// There is nothing to draw, or more than [`LARGEST_DRAW`](super::LARGEST_DRAW) of it.
    #[error("{balls} balls for {groups} groups: a draw has 1 to 64 of each")]
    Size {
        /// In all pots.
        balls: usize,
        /// As given.
        groups: usize,
    },
    /// A pot does not hold what the groups take.
    #[error("pot {pot} has {balls} balls for {seats} seats")]
    PotSize {
        /// Which.
        pot: usize,
        /// How many it holds.
        balls: usize,
        /// How many the groups take.
        seats: usize,
    },
    /// Balls are numbered from 0, each in one pot; this one is beyond the last, or there twice.
    #[error("ball {ball} is not one of the draw's, or is in the pots twice")]
    Ball {
        /// Which.
        ball: u8,
    },
    /// The parts of a partition leave a group out, share one, are empty or name one that does not exist.
    #[error("partition {partition} does not put every group into one part")]
    Partition {
        /// Which.
        partition: usize,
    },
    /// A constraint names a ball, a group or a partition that does not exist, or allows fewer than it
    /// asks for.
    #[error("constraint {constraint} names what the draw does not have")]
    Constraint {
        /// Which.
        constraint: usize,
    },
    /// A fixed ball, or its group, does not exist.
    #[error("fixed ball {fixed} or its group is not one of the draw's")]
    Fixed {
        /// Position in the list.
        fixed: usize,
    },
    /// A ball is fixed twice, or its group has no room left for its pot.
    #[error("fixed ball {fixed} contradicts those before it")]
    FixedContradict {
        /// Position in the list.
        fixed: usize,
    },
    /// The first constraint that the fixed balls cannot meet, though balls drawn freely could, together
    /// with those before it.
    #[error("the fixed balls leave no outcome that meets constraint {constraint}")]
    FixedAgainst {
        /// Which.
        constraint: usize,
    },
    /// The first constraint that no outcome meets together with those before it.
    #[error("no outcome meets constraint {constraint} and those before it")]
    Unmet {
        /// Which.
        constraint: usize,
    },
    /// The search for a valid outcome was given up before it was decided whether there is one.
    #[error("too hard to decide whether a valid outcome is left")]
    TooHard,
    /// None of so many outcomes taken at random was valid.
    #[error("none of {tries} random outcomes was valid")]
    NoneValid {
        /// As given.
        tries: u32,
    },
    /// Exact probabilities need more states than are kept.
    #[error("too many states for exact probabilities")]
    TooLarge,
}
