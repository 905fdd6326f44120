//! Why a league phase cannot be drawn.

use thiserror::Error;

/// Why a league phase cannot be drawn, or its fixtures not be split into matchdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LeagueFault {
    /// The teams do not fill their pots, or are more than 64.
    #[error(
        "{teams} teams do not fill pots of {size}: a pot has at least 3, all together at most 64"
    )]
    Size {
        /// In all pots.
        teams: usize,
        /// Of a pot.
        size: usize,
    },
    /// A fixed fixture breaks a rule, or contradicts those before it.
    #[error("fixed fixture {number} breaks a rule, or contradicts those before it")]
    Fixed {
        /// Position in the list.
        number: usize,
    },
    /// No draw obeys the rules.
    #[error(
        "no outcome keeps teams of an association apart and obeys the limit on opponents of one"
    )]
    Impossible,
    /// Pots are too large for the ways to share their fixtures to be counted.
    #[error("pots of {size} are too large for uniform draws: at most 12 teams")]
    TooLarge {
        /// Of a pot.
        size: usize,
    },
    /// The search for a valid draw was given up before it was decided whether there is one.
    #[error("too hard to decide whether a valid draw exists")]
    TooHard,
    /// A team numbered 64 or more, that meets itself or somebody twice, or that does not have as many
    /// fixtures as the first.
    #[error("team {team} does not meet as many others as the first does, each once")]
    Uneven {
        /// Which.
        team: u8,
    },
    /// The fixtures were not split within the steps allowed; perhaps they cannot be.
    #[error("the fixtures were not split into {matchdays} matchdays")]
    NoMatchdays {
        /// As many as a team has fixtures.
        matchdays: usize,
    },
}
