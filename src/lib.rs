//! matchday projects football competitions.
//!
//! It reads what has been played, learns how strong the teams are, plays the rest of the competition
//! many times over, ranks every simulated table with the very engine that ranks the real one, and
//! says how likely everything is, with its error.

pub mod competition;
pub mod edition;
pub mod error;
pub mod fit;
pub mod fixture;
pub mod model;
pub mod project;
pub mod report;
pub mod simulate;
pub mod standings;
pub mod team;
