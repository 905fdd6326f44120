//! Who enters at which stage: counted, and held against what the stages say.

use super::Edition;
use crate::competition::{Competition, Group, Seating, Slot, Stage};
use crate::error::{Error, Location, Nearest};
use crate::team::{TeamId, Teams};

/// Who enters at one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRound {
    /// Position of the stage.
    pub stage: usize,
    /// The teams whose first stage it is, in file order.
    pub teams: Vec<TeamId>,
    /// How many seats are filled from earlier stages.
    pub from_earlier: usize,
    /// How many of its groups or ties the sources do not tell.
    pub unknown: usize,
}

impl Edition {
    /// Who enters at which stage, by the file of teams where it says so, else by the first stage that
    /// names them. Stages that nobody enters are left out.
    pub fn entry_rounds(&self) -> Vec<EntryRound> {
        let stages = &self.competition.stages;
        let first: Vec<Option<usize>> = self
            .teams
            .iter()
            .map(|(team, facts)| {
                let declared = stages
                    .iter()
                    .position(|stage| stage.id == facts.entry_round);
                declared.or_else(|| first_named(stages, team))
            })
            .collect();
        let round = |(index, stage): (usize, &Stage)| {
            let enters = |team: &TeamId| first[team.index()] == Some(index);
            let teams: Vec<TeamId> = self.teams.ids().filter(enters).collect();
            let known = stage.groups.iter().filter(|group| group.unknown.is_none());
            let named = teams.iter().filter(|&&team| names(stage, team)).count();
            EntryRound {
                stage: index,
                from_earlier: known.map(|group| group.size).sum::<usize>() - named,
                unknown: stage
                    .groups
                    .iter()
                    .filter(|group| group.unknown.is_some())
                    .count(),
                teams,
            }
        };
        let rounds = stages.iter().enumerate().map(round);
        rounds.filter(|round| !round.teams.is_empty()).collect()
    }
}

/// The seats of a stage that may hold a named team: its entrants and its balls.
fn slots(stage: &Stage) -> impl Iterator<Item = &Slot> {
    let balls = match &stage.seating {
        Seating::Drawn(drawing) => drawing.pots.as_slice(),
        _ => &[],
    };
    let entrants = stage.groups.iter().flat_map(|group| &group.entrants);
    entrants.chain(balls.iter().flat_map(|pot| &pot.balls))
}

fn names(stage: &Stage, team: TeamId) -> bool {
    slots(stage).any(|slot| *slot == Slot::Team(team))
}

fn first_named(stages: &[Stage], team: TeamId) -> Option<usize> {
    stages.iter().position(|stage| names(stage, team))
}

/// What the file of teams says of entry rounds and groups must agree with the stages.
pub(super) fn check_entries(
    file: &str,
    teams: &Teams,
    lines: &[usize],
    competition: &Competition,
) -> Result<(), Error> {
    let stages = &competition.stages;
    let wrong = |team: TeamId, problem: String| Error::Entry {
        at: Location::new(file, lines[team.index()]),
        team: teams.name(team).into(),
        problem,
    };
    for (index, stage) in stages.iter().enumerate() {
        let mut hidden = unknown_seats(stage);
        let entrants = teams
            .iter()
            .filter(|(_, team)| team.entry_round == stage.id);
        for (team, _) in entrants {
            let id = &stage.id;
            match first_named(stages, team) {
                Some(earlier) if earlier < index => {
                    let earlier = &stages[earlier].id;
                    let problem = format!(
                        "enters `{id}` by the column `entry_round`, but stage `{earlier}` names it; correct one"
                    );
                    return Err(wrong(team, problem));
                }
                Some(named) if named == index => {}
                _ if hidden > 0 => hidden -= 1,
                _ => {
                    let problem = format!(
                        "enters `{id}` by the column `entry_round`, but that stage does not name it; correct one"
                    );
                    return Err(wrong(team, problem));
                }
            }
        }
    }
    let Some(table) = stages.iter().find(|stage| stage.is_table()) else {
        return Ok(());
    };
    for (team, facts) in teams.iter().filter(|(_, team)| !team.group.is_empty()) {
        let ids = || table.groups.iter().map(|group| group.id.as_str());
        let seat = Slot::Team(team);
        let sits = |group: &&Group| group.entrants.contains(&seat);
        let named = table.groups.iter().find(|group| group.id == facts.group);
        let seated = table.groups.iter().find(sits);
        let what = match (named, seated) {
            (None, _) => {
                let nearest = Nearest::of(&facts.group, ids().map(|id| (id, id)));
                let known = ids().collect::<Vec<_>>().join(", ");
                format!(
                    "stage `{}` has none of that name{nearest} (known: {known})",
                    table.id
                )
            }
            (_, Some(group)) if group.id != facts.group => {
                format!(
                    "in group `{}` of stage `{}`; correct one",
                    group.id, table.id
                )
            }
            (Some(group), None) if is_whole(group) => {
                format!(
                    "that group of stage `{}` lists others; correct one",
                    table.id
                )
            }
            _ => continue,
        };
        let group = &facts.group;
        let problem = format!("is in group `{group}` by the column `group`, but {what}");
        return Err(wrong(team, problem));
    }
    Ok(())
}

/// Whether a group names all its teams.
fn is_whole(group: &Group) -> bool {
    let named = |slot: &Slot| matches!(slot, Slot::Team(_));
    !group.entrants.is_empty() && group.entrants.iter().all(named)
}

/// How many teams the sources may hide in a stage: those of groups that they do not tell.
fn unknown_seats(stage: &Stage) -> usize {
    let size = stage.groups.iter().map(|group| group.size).max();
    let unknown = stage.groups.iter().filter(|group| group.unknown.is_some());
    unknown.count() * size.unwrap_or(0).max(2)
}
