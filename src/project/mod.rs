//! What to expect: counts as probabilities with their errors, and what is certain already.

mod certainty;
mod projection;

pub use certainty::{Verdict, possible_ranks};
pub use projection::{
    FixtureProjection, GroupProjection, Probability, Projection, Spread, TeamProjection,
};
