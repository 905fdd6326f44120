//! What a rule may need that scores cannot give.

use std::fmt;

use serde::Serialize;

use super::rule::Metric;

/// What a rule may need that scores cannot give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum External {
    /// Points for cards; fewer are better.
    DisciplinaryPoints,
    /// Red cards; fewer are better.
    RedCards,
    /// Yellow cards; fewer are better.
    YellowCards,
    /// A coefficient; more is better.
    Coefficient,
    /// A place in a ranking; 1 is best.
    Ranking,
    /// The pot a team is entitled to, whatever its coefficient; 1 is best.
    Seed,
    /// The order in which lots were drawn; 1 is best.
    Lots,
}

impl External {
    /// How many there are: the length of an array by `External as usize`.
    pub const COUNT: usize = 7;
}

impl fmt::Display for External {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Metric::External(*self).fmt(f)
    }
}
