//! Checks of fixtures that do not depend on scores: every group meets as often as its stage says.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::Listed;
use crate::competition::{Group, Schedule, Seating, Slot, Stage};
use crate::error::{Error, Location};
use crate::fixture::{Kind, Status};
use crate::team::{TeamId, Teams};

/// Every group meets as often as its stage says: nothing twice, nothing missing, nobody foreign.
pub(super) fn check_fixtures(
    file: &str,
    fixtures: &[Listed],
    teams: &Teams,
    stages: &[Stage],
) -> Result<(), Error> {
    let mut by_group: HashMap<(usize, usize), Vec<&Listed>> = HashMap::new();
    for listed in fixtures {
        let Listed { fixture, .. } = listed;
        by_group
            .entry((fixture.stage, fixture.group))
            .or_default()
            .push(listed);
    }
    for (index, stage) in stages.iter().enumerate() {
        for (position, group) in stage.groups.iter().enumerate() {
            let listed = by_group.remove(&(index, position)).unwrap_or_default();
            let check = GroupCheck {
                file,
                teams,
                stage,
                position,
                group,
            };
            check.members(&listed)?;
            check.meetings(&listed)?;
            check.legs(&listed)?;
        }
    }
    Ok(())
}

struct GroupCheck<'a> {
    file: &'a str,
    teams: &'a Teams,
    stage: &'a Stage,
    position: usize,
    group: &'a Group,
}

/// A match that counts in the table of its group, or will.
fn is_regular(listed: &Listed) -> bool {
    let annulled = |score: crate::fixture::Score| score.status == Status::Annulled;
    listed.fixture.kind == Kind::Regular && !listed.fixture.score.is_some_and(annulled)
}

impl GroupCheck<'_> {
    fn at(&self, listed: &Listed) -> Location {
        Location::new(self.file, listed.line)
    }

    fn wrong<T>(&self, at: Location, problem: String) -> Result<T, Error> {
        Err(Error::Fixtures {
            at,
            group: self.stage.group_name(self.position),
            problem,
        })
    }

    fn name(&self, team: TeamId) -> &str {
        self.teams.name(team)
    }

    /// Every team that the file names as an entrant.
    fn named(&self) -> impl Iterator<Item = TeamId> + '_ {
        self.group.entrants.iter().filter_map(|slot| match slot {
            Slot::Team(team) => Some(*team),
            Slot::Place(_) => None,
        })
    }

    /// Who is known to be in the group, and nobody beyond its size.
    fn members(&self, listed: &[&Listed]) -> Result<(), Error> {
        if let (Schedule::Nothing, Some(first)) = (&self.stage.schedule, listed.first()) {
            let problem = "it plays nothing; remove the row, or correct its stage";
            return self.wrong(self.at(first), problem.into());
        }
        let mut members: Vec<TeamId> = self.named().collect();
        for listed in listed {
            if self.group.entrants.is_empty() && self.group.size > 0 {
                let problem = "its entrants are not listed; list them as they were drawn";
                return self.wrong(self.at(listed), problem.into());
            }
            for team in [listed.fixture.home, listed.fixture.away] {
                if members.contains(&team) {
                    continue;
                }
                if members.len() == self.group.size {
                    return Err(self.foreign(listed, team, &members));
                }
                members.push(team);
            }
        }
        Ok(())
    }

    fn foreign(&self, listed: &Listed, team: TeamId, members: &[TeamId]) -> Error {
        let members: Vec<&str> = members.iter().map(|&team| self.name(team)).collect();
        Error::NotInGroup {
            at: self.at(listed),
            team: self.name(team).into(),
            group: self.stage.group_name(self.position),
            members: if members.is_empty() {
                "not known".into()
            } else {
                members.join(", ")
            },
        }
    }

    /// The legs of a tie are told apart by matchday, and played in that order.
    fn legs(&self, listed: &[&Listed]) -> Result<(), Error> {
        if self.group.size != 2 {
            return Ok(());
        }
        let legs: Vec<&&Listed> = listed.iter().filter(|listed| is_regular(listed)).collect();
        for (index, later) in legs.iter().enumerate() {
            for earlier in &legs[..index] {
                let (a, b) = (&earlier.fixture, &later.fixture);
                let days = a.dates.zip(b.dates);
                let in_time = days.map_or(Ordering::Equal, |(a, b)| a.first.cmp(&b.first));
                let problem = match (a.matchday.cmp(&b.matchday), in_time) {
                    (Ordering::Equal, _) => {
                        format!(
                            "two legs of one tie on matchday {}; number them 1, 2",
                            b.matchday
                        )
                    }
                    (Ordering::Less, Ordering::Greater) | (Ordering::Greater, Ordering::Less) => {
                        format!(
                            "leg {} is not in the order of the dates; correct one",
                            b.matchday
                        )
                    }
                    _ => continue,
                };
                let at = self.at(later);
                return Err(Error::Score { at, problem });
            }
        }
        Ok(())
    }

    fn meetings(&self, listed: &[&Listed]) -> Result<(), Error> {
        let legs = self.stage.schedule.legs() as usize;
        let mut at_home: HashMap<(TeamId, TeamId), Vec<usize>> = HashMap::new();
        let regular: Vec<&Listed> = listed.iter().copied().filter(|l| is_regular(l)).collect();
        for listed in &regular {
            let (home, away) = (listed.fixture.home, listed.fixture.away);
            let reverse = at_home.get(&(away, home)).map_or(0, Vec::len);
            let lines = at_home.entry((home, away)).or_default();
            if lines.len() >= legs.div_ceil(2) || lines.len() + reverse >= legs {
                let reverse_line = || at_home.get(&(away, home)).and_then(|lines| lines.first());
                let first = at_home[&(home, away)]
                    .first()
                    .or_else(reverse_line)
                    .copied();
                return Err(Error::DuplicateFixture {
                    at: self.at(listed),
                    home: self.name(home).into(),
                    away: self.name(away).into(),
                    first: first.unwrap_or(0),
                    group: self.stage.group_name(self.position),
                    legs: legs as u32,
                });
            }
            lines.push(listed.line);
        }
        match self.may_be_left_out(&regular) {
            true => Ok(()),
            false if matches!(self.stage.schedule, Schedule::Given { .. }) => {
                self.missing_of_given(&regular)
            }
            false => self.missing(&regular, &at_home),
        }
    }

    /// A group whose teams are named has all its fixtures; one of places, one that is drawn and one
    /// with a template has all of them or none.
    fn may_be_left_out(&self, regular: &[&Listed]) -> bool {
        let places = self.named().count() < self.group.entrants.len();
        let drawn = matches!(self.stage.seating, Seating::Drawn(_));
        let template = matches!(self.stage.schedule, Schedule::Template { .. });
        regular.is_empty() && (places || drawn || template || self.group.entrants.is_empty())
    }

    /// Every team plays as many matches as the stage says.
    fn missing_of_given(&self, regular: &[&Listed]) -> Result<(), Error> {
        let Schedule::Given { matches } = self.stage.schedule else {
            return Ok(());
        };
        let count = |team: TeamId| {
            let plays =
                |listed: &&&Listed| [listed.fixture.home, listed.fixture.away].contains(&team);
            regular.iter().filter(plays).count()
        };
        let short = self.named().find(|&team| count(team) != matches as usize);
        match short {
            None => Ok(()),
            Some(team) => self.wrong(
                Location::new(self.file, 0),
                format!(
                    "{} plays {} matches where each team plays {matches}; correct the fixtures",
                    self.name(team),
                    count(team)
                ),
            ),
        }
    }

    fn missing(
        &self,
        listed: &[&Listed],
        at_home: &HashMap<(TeamId, TeamId), Vec<usize>>,
    ) -> Result<(), Error> {
        let (expected, legs) = (
            self.stage.matches(self.position),
            self.stage.schedule.legs() as usize,
        );
        if listed.len() == expected {
            return Ok(());
        }
        let mut seen = HashSet::new();
        let playing = listed
            .iter()
            .flat_map(|listed| [listed.fixture.home, listed.fixture.away]);
        let members: Vec<TeamId> = self
            .named()
            .chain(playing)
            .filter(|&team| seen.insert(team))
            .collect();
        let count = |home, away| at_home.get(&(home, away)).map_or(0, Vec::len);
        let short = |&(home, away): &(TeamId, TeamId)| {
            home != away
                && count(home, away) + count(away, home) < legs
                && count(home, away) < legs.div_ceil(2)
        };
        let mut pairs = members
            .iter()
            .flat_map(|&home| members.iter().map(move |&away| (home, away)));
        let name = |team: Option<TeamId>| team.map_or("a team", |team| self.name(team)).to_owned();
        let pair = pairs.find(short);
        Err(Error::MissingFixture {
            at: Location::new(self.file, 0),
            group: self.stage.group_name(self.position),
            found: listed.len(),
            expected,
            home: name(pair.map(|pair| pair.0)),
            away: name(pair.map(|pair| pair.1)),
        })
    }
}
