//! Who ranks where: what has been counted, the rules that order it, and which rule separated whom.
//!
//! Ranking is refinement: a rulebook is an ordered list of rules, each rule splits the teams still
//! level, and whom it leaves level meets the same rule again or moves on, as its [`Restart`] says.
//! Real and simulated tables go through the same [`rank`].

mod carry;
mod explain;
mod external;
mod rank;
mod rule;
mod table;
mod team_set;
mod totals;

pub use carry::{CarriedMatches, CarriedPoints, Carry, Origin};
pub use explain::{Compared, Standing, Standings};
pub use external::External;
pub use rank::{Comparison, Needs, Observer, rank};
pub use rule::{Among, Condition, Criterion, Metric, Restart, Rule, Sizes, Step};
pub use table::{Scope, Table};
pub use team_set::{LARGEST_GROUP, TeamSet};
pub use totals::Totals;

/// A position as people say it: 1st, 2nd, 3rd, 4th …
pub(crate) fn ordinal(position: usize) -> String {
    let ending = match (position % 10, position % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{position}{ending}")
}
