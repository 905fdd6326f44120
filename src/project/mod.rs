//! What to expect: counts as probabilities with their errors, and what is certain already.

mod certainty;
mod comparison;
mod conditional;
mod counted;
mod draw;
mod kept;
mod leverage;
mod meetings;
mod orders;
mod points;
mod precision;
mod projection;
pub mod query;
mod reach;

pub use certainty::{Verdict, possible_ranks};
pub use comparison::{Compared, Comparison, Event, Happening, Side};
pub use conditional::{Conditional, Prospect};
pub use draw::{DrawOdds, ExactOdds, Share};
pub use kept::{KeptSample, MOST_KEPT, Names, StageNames, write_sample};
pub use leverage::{FixtureLeverage, Leverage, Move, Swing};
pub use meetings::Meetings;
pub use orders::FinalOrders;
pub use points::{Ending, Least, PointsNeeded, SHARES, Takes};
pub use precision::Precision;
pub use projection::{
    Boundary, Career, Entrant, FixtureProjection, GroupProjection, Opponents, Probability,
    Projection, Spread, StageProjection, TeamProjection,
};
pub use reach::Reach;
