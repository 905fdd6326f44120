//! What a forecaster may see.

use jiff::civil::Date;

use super::Upcoming;
use crate::fixture::Scoreline;
use crate::history::{History, PastMatch};
use crate::team::TeamId;

/// Everything before a date, and nothing else: there is no way from here to a later match.
#[derive(Clone, Copy)]
pub struct Past<'a> {
    history: &'a History,
    date: Date,
    matches: &'a [PastMatch],
    teams: usize,
}

impl<'a> Past<'a> {
    /// What is known on the morning of `date`, when `fixtures` are announced. `history` is in order of
    /// dates, and its teams are in order of appearance, so those to come are cut off as well.
    pub(super) fn new(history: &'a History, date: Date, fixtures: &[Upcoming]) -> Self {
        let matches = &history.matches[..first_from(&history.matches, date)];
        let past = matches.iter().flat_map(|played| [played.home, played.away]);
        let announced = fixtures
            .iter()
            .flat_map(|fixture| [fixture.pairing.home, fixture.pairing.away]);
        let teams = past.chain(announced).map(|team| team.index() + 1).max();
        Self {
            history,
            date,
            matches,
            teams: teams.unwrap_or(0),
        }
    }

    /// The day of the matches that are to be forecast; all of it is hidden.
    pub fn date(&self) -> Date {
        self.date
    }

    /// How many teams are known, the announced ones included: ids are below it. A team keeps its id
    /// from date to date.
    pub fn teams(&self) -> usize {
        self.teams
    }

    /// The name of a team.
    pub fn name(&self, team: TeamId) -> &'a str {
        assert!(team.index() < self.teams, "only known teams are named");
        self.history.teams.name(team)
    }

    /// The name of a league.
    pub fn league(&self, league: u16) -> &'a str {
        &self.history.leagues[usize::from(league)]
    }

    /// Every match and unplayed fixture before the date, earliest first.
    pub fn matches(&self) -> &'a [PastMatch] {
        self.matches
    }

    /// Those of them from a date on: what is new to who saw everything before it.
    pub fn since(&self, date: Date) -> &'a [PastMatch] {
        &self.matches[first_from(self.matches, date)..]
    }

    /// What was played on the pitch, with its goals after 90 minutes, earliest first.
    pub fn played(&self) -> impl Iterator<Item = (&'a PastMatch, Scoreline)> + use<'a> {
        played(self.matches)
    }
}

/// Those of some matches that were played on the pitch, with their goals after 90 minutes; where only
/// the goals after extra time are known, a match is left out.
pub(super) fn played(
    matches: &[PastMatch],
) -> impl Iterator<Item = (&PastMatch, Scoreline)> + use<'_> {
    let of_90_minutes = matches.iter().filter(|played| !played.after_extra_time);
    of_90_minutes.filter_map(|played| Some((played, played.goals?)))
}

fn first_from(matches: &[PastMatch], date: Date) -> usize {
    matches.partition_point(|played| played.date < date)
}
