//! Results the user supposes.

use std::fmt;

use super::plan::PlannedGroup;
use crate::edition::Snapshot;
use crate::error::{Error, Location};
use crate::fixture::{MOST_GOALS, Scoreline};
use crate::team::TeamId;

/// A result the user supposes: `Zamalek 2-0 Abu Salim`.
#[derive(Clone, Debug, PartialEq)]
pub struct SetResult {
    /// What was asked for.
    pub text: String,
    pub(super) home: TeamId,
    pub(super) away: TeamId,
    pub(super) goals: Scoreline,
}

impl SetResult {
    /// Reads a home team, a score and an away team.
    ///
    /// # Errors
    /// [`Error::SetResult`] without a score between two names, [`Error::UnknownTeam`] for a name.
    pub fn parse(text: &str, snapshot: &Snapshot) -> Result<Self, Error> {
        let wrong = |problem: &str| Error::SetResult {
            text: text.into(),
            problem: problem.into(),
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        let digit = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        let shaped = |word: &&str| word.parse::<Scoreline>().is_ok();
        let position = words.iter().position(|word| digit(word) && shaped(word));
        let usual = format!(
            "expected HOME GOALS-GOALS AWAY such as `Zamalek 2-0 Abu Salim`, goals up to {MOST_GOALS}"
        );
        let position = position.filter(|&at| at > 0 && at + 1 < words.len());
        let position = position.ok_or_else(|| wrong(&usual))?;
        let team = |words: &[&str]| {
            let name = words.join(" ");
            snapshot
                .edition()
                .teams
                .find(&name)
                .map_err(|nearest| Error::UnknownTeam {
                    at: Location::new("--set", 0),
                    name,
                    nearest,
                })
        };
        Ok(Self {
            text: text.into(),
            home: team(&words[..position])?,
            away: team(&words[position + 1..])?,
            goals: words[position].parse().map_err(|()| wrong(&usual))?,
        })
    }

    /// Why it has no place among what is to be played.
    pub(super) fn unplaced(
        &self,
        snapshot: &Snapshot,
        planned: &[PlannedGroup],
        all: &[SetResult],
    ) -> Error {
        let name = |team| snapshot.edition().teams.name(team);
        let meetings = |home: TeamId, away: TeamId| {
            let fixtures = snapshot.edition().fixtures.iter();
            let fixtures = fixtures.map(|listed| &listed.fixture);
            fixtures.filter(move |fixture| fixture.home == home && fixture.away == away)
        };
        let mut played = meetings(self.home, self.away).filter_map(|fixture| {
            let score = fixture.score.filter(|score| score.counts())?;
            Some((fixture.dates, score.goals))
        });
        let reversed = || meetings(self.away, self.home).any(|fixture| fixture.score.is_none());
        let same = |other: &&SetResult| other.home == self.home && other.away == self.away;
        let group_of = |team: TeamId| {
            let group = planned.iter().find(|group| group.teams.contains(&team))?;
            Some((group.stage, group.group))
        };
        let problem = if all.iter().filter(same).count() > 1 {
            "the same fixture is supposed twice; keep one result".to_owned()
        } else if self.home == self.away {
            "a team cannot play itself".to_owned()
        } else if let Some((dates, goals)) = played.next_back() {
            let day = dates.map_or_else(String::new, |dates| format!(" on {dates}"));
            format!("already played{day}, {goals}; only open fixtures can be set")
        } else if reversed() {
            format!(
                "{} are the home side of that fixture; name them first",
                name(self.away)
            )
        } else {
            match (group_of(self.home), group_of(self.away)) {
                (Some(home), Some(away)) if home != away => {
                    let stages = &snapshot.edition().competition.stages;
                    let group = |(stage, group): (usize, usize)| stages[stage].group_name(group);
                    format!(
                        "{} are in {}, {} in {}: they do not meet",
                        name(self.home),
                        group(home),
                        name(self.away),
                        group(away)
                    )
                }
                _ => "there is no such fixture to be played between teams that are known; `matchday project` \
                      lists those left"
                    .into(),
            }
        };
        Error::SetResult {
            text: self.text.clone(),
            problem,
        }
    }
}

impl fmt::Display for SetResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
