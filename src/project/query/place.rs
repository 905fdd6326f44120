//! Outcomes, stages and groups by name or id, and the tables and fixtures of teams.

use super::problem::{At, Problem};
use super::question::{Name, Which};
use super::resolve::Resolver;
use crate::error::{Nearest, QuestionProblem};
use crate::simulate::KeptFixture;
use crate::team::TeamId;

/// Where something happens, by position in the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Outcome(usize),
    Stage(usize),
    Group(usize),
}

/// Names are the same whatever their case.
pub(super) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

impl Resolver<'_> {
    /// The names of a group in print and, with its stage, in files.
    fn group_names(&self, group: usize) -> (&str, String) {
        let kept = &self.layout.groups[group];
        let stage = &self.names.stages[kept.stage];
        let (id, name) = &stage.groups[kept.group];
        (name, format!("{}/{id}", stage.id))
    }

    /// A stage, or else a group, by name or id.
    pub(super) fn place(&self, name: &Name) -> Result<Place, Problem> {
        self.known_place(name, false)
    }

    /// An outcome, or else a stage, or else a group, by name or id.
    pub(super) fn place_or_outcome(&self, name: &Name) -> Result<Place, Problem> {
        self.known_place(name, true)
    }

    /// An outcome by name.
    pub(super) fn outcome(&self, name: &Name) -> Result<usize, Problem> {
        let wanted = folded(&name.text);
        let outcomes = self.layout.outcomes.iter();
        let known: Vec<&str> = outcomes
            .map(|kept| self.names.outcomes[kept.outcome].as_str())
            .collect();
        let found = known.iter().position(|known| folded(known) == wanted);
        found.ok_or_else(|| {
            let problem = match self
                .names
                .outcomes
                .iter()
                .any(|known| folded(known) == wanted)
            {
                true => QuestionProblem::NotPlayed {
                    name: name.text.clone(),
                },
                false => QuestionProblem::UnknownPlace {
                    what: "outcome",
                    name: name.text.clone(),
                    nearest: Nearest::of(&wanted, known.iter().map(|name| (*name, *name))),
                    known: known.join(", "),
                },
            };
            problem.at(name.at.clone())
        })
    }

    fn known_place(&self, name: &Name, with_outcomes: bool) -> Result<Place, Problem> {
        let wanted = folded(&name.text);
        let is = |known: &str| folded(known) == wanted;
        let Self { names, layout } = self;
        let outcomes = layout.outcomes.iter().filter(|_| with_outcomes);
        let mut outcomes = outcomes.map(|kept| names.outcomes[kept.outcome].as_str());
        if let Some(outcome) = outcomes.clone().position(is) {
            return Ok(Place::Outcome(outcome));
        }
        let stages = layout.stages.iter();
        let mut stages = stages.map(|kept| &names.stages[kept.stage]);
        let stage = stages
            .clone()
            .position(|stage| is(&stage.id) || is(&stage.name));
        if let Some(stage) = stage {
            return Ok(Place::Stage(stage));
        }
        let groups = (0..layout.groups.len()).filter(|&group| {
            let (name, path) = self.group_names(group);
            is(name) || is(&path)
        });
        let problem = match groups.collect::<Vec<usize>>()[..] {
            [group] => return Ok(Place::Group(group)),
            [] if self.is_declared(&wanted, with_outcomes) => QuestionProblem::NotPlayed {
                name: name.text.clone(),
            },
            [] => {
                let groups = 0..layout.groups.len();
                let tables = groups.filter(|&group| layout.groups[group].size > 2);
                let mut known: Vec<&str> = Vec::new();
                let mut add = |name| {
                    if !known.contains(&name) {
                        known.push(name);
                    }
                };
                outcomes.by_ref().for_each(&mut add);
                stages.by_ref().for_each(|stage| add(&stage.name));
                tables.for_each(|group| add(self.group_names(group).0));
                QuestionProblem::UnknownPlace {
                    what: match with_outcomes {
                        true => "outcome, stage or group",
                        false => "stage or group",
                    },
                    name: name.text.clone(),
                    nearest: Nearest::of(&wanted, known.iter().map(|name| (*name, *name))),
                    known: known.join(", "),
                }
            }
            ref several => {
                let choices = several.iter();
                let choices = choices.map(|&group| format!("`{}`", self.group_names(group).1));
                QuestionProblem::SeveralGroups {
                    name: name.text.clone(),
                    choices: choices.collect::<Vec<_>>().join(" or "),
                }
            }
        };
        Err(problem.at(name.at.clone()))
    }

    /// Whether the competition has such an outcome or stage, played or not.
    fn is_declared(&self, wanted: &str, with_outcomes: bool) -> bool {
        let is = |known: &String| folded(known) == wanted;
        let mut stages = self.names.stages.iter();
        stages.any(|stage| is(&stage.id) || is(&stage.name))
            || with_outcomes && self.names.outcomes.iter().any(is)
    }

    fn is_within(&self, group: usize, place: Option<Place>) -> bool {
        match place {
            None | Some(Place::Outcome(_)) => true,
            Some(Place::Stage(stage)) => self.layout.stages[stage].groups.contains(&group),
            Some(Place::Group(only)) => only == group,
        }
    }

    /// Refuses a group of known teams that a team is not one of.
    pub(super) fn check_in_group(
        &self,
        name: &Name,
        team: TeamId,
        group: usize,
    ) -> Result<(), Problem> {
        let kept = &self.layout.groups[group];
        if !kept.is_known() || kept.seat(team).is_some() {
            return Ok(());
        }
        let mut others = self.layout.groups.iter().enumerate();
        let own = others
            .find(|(_, other)| other.stage == kept.stage && other.seat(team).is_some())
            .map(|(own, _)| format!(" (but in {})", self.group_names(own).0));
        let problem = QuestionProblem::NotInGroup {
            team: self.names.team(team).to_owned(),
            group: self.group_names(group).0.to_owned(),
            instead: own.unwrap_or_default(),
        };
        Err(problem.at(name.at.clone()))
    }

    /// The table of a known group that a team is in, and its seat there: the only one, or the only one in
    /// which matches are open.
    pub(super) fn table(
        &self,
        name: &Name,
        team: TeamId,
        place: Option<Place>,
    ) -> Result<(usize, usize), Problem> {
        let groups = self.layout.groups.iter().enumerate();
        let tables = groups.filter(|(group, kept)| kept.size > 2 && self.is_within(*group, place));
        let seats = tables.filter_map(|(group, kept)| Some((group, kept.seat(team)?)));
        let all: Vec<(usize, usize)> = seats.collect();
        let is_open = |table: &&(usize, usize)| !self.layout.groups[table.0].fixtures.is_empty();
        let open: Vec<&(usize, usize)> = all.iter().filter(is_open).collect();
        let (found, remedy) = match (&open[..], &all[..]) {
            ([table], _) => return Ok(**table),
            (_, [table]) => return Ok(*table),
            (_, []) => (
                "has no table there whose teams are the same in all seasons",
                "name a stage with `in` and ask for positions there".to_owned(),
            ),
            _ => {
                let names = all.iter().map(|(group, _)| self.group_names(*group).1);
                let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
                (
                    "is in several tables",
                    format!("say which with `in`: {}", names.join(", ")),
                )
            }
        };
        let team = self.names.team(team).to_owned();
        Err(QuestionProblem::WhichTable {
            team,
            found,
            remedy,
        }
        .at(name.at.clone()))
    }

    /// The one open fixture of two teams that fits: its group, its position there, and whether the first
    /// is at home.
    pub(super) fn fixture(
        &self,
        [one, other]: [TeamId; 2],
        name: &Name,
        which: &Which,
    ) -> Result<(usize, usize, bool), Problem> {
        let place = which
            .place
            .as_ref()
            .map(|name| self.place(name))
            .transpose()?;
        let groups = self.layout.groups.iter().enumerate();
        let within = groups.filter(|(group, _)| self.is_within(*group, place));
        let meetings = within.flat_map(|(group, kept)| {
            let seats = kept.seat(one).zip(kept.seat(other));
            let fixtures = kept.fixtures.iter().enumerate();
            fixtures.filter_map(move |(index, fixture)| {
                let (one, other) = seats?;
                let sides = (fixture.home, fixture.away);
                let fits = sides == (one, other) || sides == (other, one);
                fits.then_some((group, index, fixture.home == one))
            })
        });
        let meetings: Vec<(usize, usize, bool)> = meetings.collect();
        let fixture = |of: &(usize, usize, bool)| &self.layout.groups[of.0].fixtures[of.1];
        let fits = |meeting: &&(usize, usize, bool)| {
            let at_home = which.at_home.is_none_or(|at_home| at_home == meeting.2);
            let matchday = Some(fixture(meeting).matchday);
            at_home && (which.matchday.is_none() || which.matchday == matchday)
        };
        let fitting: Vec<_> = meetings.iter().filter(fits).collect();
        let choices = |meetings: &[&(usize, usize, bool)]| {
            let choice = |meeting: &&(usize, usize, bool)| {
                let KeptFixture { matchday, .. } = fixture(meeting);
                let side = if meeting.2 { "at home" } else { "away" };
                let date = &self.names.dates[meeting.0][meeting.1];
                let date = date
                    .as_ref()
                    .map_or_else(String::new, |date| format!(" ({date})"));
                let path = self.group_names(meeting.0).1;
                format!("`{side} on matchday {matchday} in {path}`{date}")
            };
            meetings.iter().map(choice).collect::<Vec<_>>().join(" or ")
        };
        let [first, second] = [one, other].map(|team| self.names.team(team));
        let problem = match (&fitting[..], &meetings[..]) {
            ([meeting], _) => return Ok(**meeting),
            _ if one == other => QuestionProblem::NoFixture {
                problem: "a team cannot play itself; name another".into(),
            },
            ([], []) => QuestionProblem::NoFixture {
                problem: format!(
                    "{first} and {second} have no fixture that is open in all seasons; where they may meet in a \
                     round of ties, ask `meets` and who goes on"
                ),
            },
            ([], all) => QuestionProblem::NoFixture {
                problem: format!(
                    "no such fixture of {first} and {second} is open, but {}",
                    choices(&all.iter().collect::<Vec<_>>())
                ),
            },
            (several, _) => QuestionProblem::SeveralFixtures {
                teams: format!("{first} and {second}"),
                choices: choices(several),
            },
        };
        Err(problem.at(name.at.clone()))
    }
}
