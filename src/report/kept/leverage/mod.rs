//! Which match matters to whom.

mod records;
mod text;

use super::KeptSeasons;
use crate::project::{FixtureLeverage, Leverage};
use crate::report::Report;
use crate::team::TeamId;

/// The results of a fixture, as records have them and as tables do.
const RESULTS: [(&str, &str); 3] = [
    ("home_win", "home win"),
    ("draw", "draw"),
    ("away_win", "away win"),
];

/// Which match matters to whom.
pub struct LeverageReport<'a> {
    /// Whose seasons.
    pub kept: KeptSeasons<'a>,
    /// The team that was asked about; `None`: all.
    pub team: Option<TeamId>,
    /// What they say.
    pub leverage: &'a Leverage,
}

impl Report for LeverageReport<'_> {
    fn text(&self) -> String {
        self.as_text()
    }

    fn json(&self) -> String {
        self.as_json()
    }

    fn csv(&self) -> String {
        self.as_csv()
    }
}

impl<'a> LeverageReport<'a> {
    fn sides(&self, fixture: &FixtureLeverage) -> [&'a str; 2] {
        let group = &self.kept.layout.groups[fixture.group];
        let kept = &group.fixtures[fixture.fixture];
        [kept.home, kept.away].map(|seat| self.kept.team(group.teams[seat].team))
    }
}
