//! Seeding draws: which teams come together, as pots and constraints say.
//!
//! Everything here is dense indices. A ball is a number from 0, a group likewise, a set of either one
//! machine word; whose ball it is and what the groups are called is somebody else's business.
//!
//! A [`Draw`] puts the balls of its pots into groups. A knockout draw is a draw into groups of two; an
//! open draw has one pot that gives every group two balls. There are three things to do with it:
//!
//! - [`Draw::ceremony`] draws as it is done on stage: ball by ball, never into a dead end;
//! - [`Draw::uniform`] takes every valid outcome with the same probability, which no ceremony does;
//! - [`Draw::exact`] computes the probabilities of either, where the draw is small enough, and
//!   [`Draw::outcomes`] counts the valid outcomes.
//!
//! A [`LeaguePhase`] is a draw of fixtures instead: every team meets some of every pot. [`matchdays()`]
//! splits them into a calendar.
//!
//! # Example
//!
//! Two group winners (0 and 1) meet two runners-up (2 and 3), but 0 must not meet 2:
//!
//! ```
//! use matchday::competition::draw::{Constraint, Draw, Held, Pot, Procedure};
//!
//! let draw = Draw {
//!     pots: vec![Pot::new([2, 3]), Pot::new([0, 1])],
//!     groups: 2,
//!     constraints: vec![Constraint::apart(0b0101)],
//!     partitions: vec![],
//!     fixed: vec![],
//!     held: Held::ByGroup,
//! };
//! let exact = draw.exact(Procedure::Ceremony).unwrap();
//! assert_eq!(exact.outcomes(), 1);
//! assert_eq!(exact.together(0, 3), 1.0);
//! ```

mod ceremony;
mod chance;
mod counts;
mod exact;
mod fault;
mod league_phase;
mod matching;
mod outcomes;
mod outlook;
mod positions;
mod rules;
mod search;
mod states;
#[cfg(test)]
mod tests;
mod uniform;
mod witness;
mod workspace;

pub use exact::{Exact, Procedure};
pub use fault::Fault;
pub use league_phase::{
    LeagueFault, LeaguePhase, LeagueWorkspace, Pairing, SMALLEST_POT, matchdays,
};
pub use outcomes::Outcomes;
pub use workspace::{Drawn, Workspace};

/// The most balls, and the most groups, of a draw: a set of them is one machine word.
pub const LARGEST_DRAW: usize = 64;

/// A draw of balls into groups.
///
/// Plain data without invariants: [`Draw::check`] says whether it can be held, and whoever holds it
/// says so as well. `constraints` may be rebuilt from draw to draw; nothing is allocated for it once a
/// [`Workspace`] has seen as many.
#[derive(Debug, Default, PartialEq)]
pub struct Draw {
    /// In the order they are drawn. The balls are numbered from 0, and each lies in one pot.
    pub pots: Vec<Pot>,
    /// How many groups there are.
    pub groups: usize,
    /// What an outcome must obey.
    pub constraints: Vec<Constraint>,
    /// Ways to part the groups, such as into halves: each group is in one of the parts, bit sets.
    pub partitions: Vec<Vec<u64>>,
    /// Balls that are no longer to be drawn. Every procedure places them before it draws anything, in
    /// this order, and draws the rest as if they had come out first.
    pub fixed: Vec<Placed>,
    /// How the draw is held on stage.
    pub held: Held,
}

/// A pot of a draw.
#[derive(Debug, Default, PartialEq)]
pub struct Pot {
    /// As many as the groups take.
    pub balls: Vec<u8>,
    /// How many of them every group takes.
    pub per_group: u8,
}

impl Pot {
    /// A pot of which every group takes one ball.
    pub fn new(balls: impl IntoIterator<Item = u8>) -> Self {
        Self {
            balls: balls.into_iter().collect(),
            per_group: 1,
        }
    }
}

/// A ball in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The ball.
    pub ball: u8,
    /// Its group.
    pub group: u8,
}

/// Something a valid outcome must obey. A ball may be in any number of them: one that stands for the
/// winner of a play-off, say, in those of every association it may turn out to belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Whom it is about: a bit set.
    pub balls: u64,
    /// What it says of them.
    pub scope: Scope,
}

impl Constraint {
    /// No two of these balls, a bit set, in one group.
    pub fn apart(balls: u64) -> Self {
        let scope = Scope::Group { least: 0, most: 1 };
        Self { balls, scope }
    }
}

/// What a constraint says of its balls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// How many of them any one group may have.
    Group {
        /// At least so many; 0 for mere limits.
        least: u8,
        /// At most so many; 1 keeps them apart.
        most: u8,
    },
    /// How many of them each part of a partition of the groups may have.
    Parts {
        /// Position in [`Draw::partitions`].
        partition: usize,
        /// At most so many; 1 sends two balls to opposite halves.
        most: u8,
    },
    /// The groups they may go to.
    Only {
        /// A bit set.
        groups: u64,
    },
}

/// How a draw is held. A group or a ball is *admissible* if at least one valid outcome of the whole draw
/// is left after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Pot after pot: a ball is drawn from those left, then its group.
    ByPot {
        /// The group is the first admissible one (FIFA) rather than drawn among them (UEFA).
        first_admissible: bool,
    },
    /// Group after group: from each pot in order, a ball is drawn among the admissible ones. Knockout
    /// ties are drawn like this.
    ByGroup,
}

impl Default for Held {
    fn default() -> Self {
        Self::ByPot {
            first_admissible: false,
        }
    }
}

// By hand, because derived ones drop what the target has allocated.
impl Clone for Draw {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, source: &Self) {
        self.pots.clone_from(&source.pots);
        self.groups = source.groups;
        self.constraints.clone_from(&source.constraints);
        self.partitions.clone_from(&source.partitions);
        self.fixed.clone_from(&source.fixed);
        self.held = source.held;
    }
}

impl Clone for Pot {
    fn clone(&self) -> Self {
        Self {
            balls: self.balls.clone(),
            per_group: self.per_group,
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.balls.clone_from(&source.balls);
        self.per_group = source.per_group;
    }
}

/// The set of the first `size`.
fn first(size: usize) -> u64 {
    match size {
        0 => 0,
        size => u64::MAX >> (LARGEST_DRAW - size.min(LARGEST_DRAW)),
    }
}

/// Whom a set holds, in order.
fn members(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let member = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        member
    })
}
