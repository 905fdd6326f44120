//! matchday projects football competitions.
//!
//! It reads what has been played, learns how strong the teams are, plays the rest of the competition
//! many times over, ranks every simulated table with the very engine that ranks the real one, and
//! says how likely everything is, with its error.
//!
//! The way of the data, which is also the way to read the modules:
//!
//! 1. [`edition`]: an [`Edition`] is one competition in one season, read and checked; cut at a point
//!    in time it is a [`Snapshot`], in which nothing later is visible.
//! 2. [`competition`] and [`standings`]: stages, groups, slots and rulebooks as data, and the one
//!    engine that ranks a [`standings::Table`] by refinement.
//! 3. [`fit`] and [`model`]: a [`Fit`] learns strengths from what was played; a [`GoalModel`] answers
//!    with a [`ScoreGrid`], the probability of every scoreline.
//! 4. [`simulate`](mod@simulate): a [`Plan`] is dense and cannot fail; blocks of seasons are played in parallel and
//!    counted in a [`Tally`].
//! 5. [`project`] and [`report`]: a [`Projection`] has probabilities with errors and what is proved;
//!    reports show it as text, JSON or CSV.

pub mod competition;
pub mod edition;
pub mod error;
pub mod evaluate;
pub mod fit;
pub mod fixture;
pub mod history;
pub mod io;
pub mod model;
pub mod project;
pub mod report;
pub mod simulate;
pub mod standings;
pub mod team;

pub use competition::Rulebook;
pub use edition::{Edition, Snapshot, When};
pub use error::Error;
pub use fit::{Fit, Prior, Settings};
pub use model::{GoalModel, Law, ScoreGrid, Strengths};
pub use project::Projection;
pub use simulate::{Plan, Tally, simulate};
pub use standings::Standings;
pub use team::{TeamId, Teams};

/// The example of the README is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
