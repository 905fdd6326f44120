//! Who is in which group: as the file of teams says, or to be drawn.

use super::text::group;
use super::{Filling, GroupsWanted};
use crate::error::{Error, Nearest};
use crate::team::TeamId;

/// The most groups that are named by letters.
const MOST_GROUPS: usize = 16;

/// The groups of an edition.
pub(super) enum Groups {
    /// There is one table, or a draw of fixtures.
    None,
    /// By name, each with its teams in file order.
    Given(Vec<(String, Vec<TeamId>)>),
    /// Their names; every season draws who is in them.
    Drawn(Vec<String>),
}

impl Groups {
    /// Their names, if there are groups.
    pub(super) fn ids(&self) -> Option<Vec<String>> {
        match self {
            Self::None => None,
            Self::Given(groups) => Some(groups.iter().map(|(id, _)| id.clone()).collect()),
            Self::Drawn(ids) => Some(ids.clone()),
        }
    }
}

impl Filling<'_> {
    /// How many of each group go on, where there are ties after it that depend on it.
    pub(super) fn through(&self) -> Option<usize> {
        let default = self.template.groups.as_ref()?.through?;
        Some(self.wishes.through.unwrap_or(default))
    }

    pub(super) fn find_groups(&self) -> Result<Groups, Error> {
        let has_column = self.teams.iter().any(|(_, team)| !team.group.is_empty());
        let Some(wanted) = &self.template.groups else {
            return match has_column {
                false => Ok(Groups::None),
                true => {
                    let problem = "it has one table; leave out the column `group`";
                    Err(self.wrong(self.file, problem.into()))
                }
            };
        };
        let groups = match has_column {
            true => Groups::Given(self.given(wanted)?),
            false => self.to_be_drawn(wanted)?,
        };
        self.check_bracket(&groups)?;
        Ok(groups)
    }

    /// As the column `group` says, in the order of the template or else of the file.
    fn given(&self, wanted: &GroupsWanted) -> Result<Vec<(String, Vec<TeamId>)>, Error> {
        let fixed = wanted.ids.iter().map(|id| (id.clone(), Vec::new()));
        let mut groups: Vec<(String, Vec<TeamId>)> = fixed.collect();
        for (team, facts) in self.teams.iter() {
            let id = &facts.group;
            if id.is_empty() {
                let problem = format!(
                    "{} has no `group`; give every team one, or none to have them drawn",
                    facts.name
                );
                return Err(self.wrong_on(self.at(team), problem));
            }
            match groups.iter_mut().find(|(known, _)| known == id) {
                Some((_, teams)) => teams.push(team),
                None if wanted.ids.is_empty() && is_plain(id) => {
                    groups.push((id.clone(), vec![team]))
                }
                None if wanted.ids.is_empty() => {
                    return Err(Error::BadValue {
                        at: self.at(team),
                        what: "group",
                        value: id.clone(),
                        expected: "letters, digits, `-` or `_`",
                    });
                }
                None => {
                    return Err(Error::UnknownWord {
                        at: self.at(team),
                        key: "group",
                        value: id.clone(),
                        nearest: Nearest::of(id, wanted.ids.iter().map(|id| (&**id, &**id))),
                        known: wanted.ids.join(", "),
                    });
                }
            }
        }
        if let Some(chosen) = self.wishes.groups.filter(|&chosen| chosen != groups.len()) {
            let found = groups.len();
            let problem = format!("{chosen} where the column `group` has {found}; leave it out");
            return Err(self.wrong("--groups", problem));
        }
        let least = self.through().map_or(2, |through| through + 1);
        for (id, teams) in &groups {
            let found = teams.len();
            let problem = match wanted.size {
                Some(size) if size != found => {
                    format!("group {id} has {found} teams where it needs {size}")
                }
                None if found < least => {
                    format!("group {id} has {found} teams where it needs at least {least}")
                }
                _ => continue,
            };
            return Err(self.wrong(self.file, problem));
        }
        Ok(groups)
    }

    fn to_be_drawn(&self, wanted: &GroupsWanted) -> Result<Groups, Error> {
        let teams = self.teams.len();
        let Some(default) = wanted.default else {
            return Ok(Groups::Drawn(wanted.ids.clone()));
        };
        let least = self.through().map_or(2, |through| through + 1);
        let fits = |&groups: &usize| teams.is_multiple_of(groups) && teams / groups >= least;
        let chosen = self.wishes.groups.unwrap_or(default);
        if !(1..=MOST_GROUPS).contains(&chosen) || !fits(&chosen) {
            let powers = (0..)
                .map(|power| 1 << power)
                .take_while(|&count| count <= MOST_GROUPS);
            let good: Vec<String> = powers.filter(fits).map(|count| count.to_string()).collect();
            let remedy = match good.is_empty() {
                true => "correct the number of teams".to_owned(),
                false => format!("choose --groups {}", good.join(" or ")),
            };
            let problem = format!(
                "{teams} teams do not fill {chosen} groups evenly with at least {least} each; {remedy}, or give a column \
                 `group`"
            );
            return Err(self.wrong(self.file, problem));
        }
        let ids = ('A'..).take(chosen).map(String::from);
        match chosen {
            // In one group there is nothing to draw.
            1 => Ok(Groups::Given(vec![(
                "A".into(),
                self.teams.ids().collect(),
            )])),
            _ => Ok(Groups::Drawn(ids.collect())),
        }
    }

    /// A bracket halves what is left in every round.
    fn check_bracket(&self, groups: &Groups) -> Result<(), Error> {
        let (Some(through), Some(ids)) = (self.through(), groups.ids()) else {
            return Ok(());
        };
        let count = ids.len();
        match count.is_power_of_two() && through.is_power_of_two() && count * through > 1 {
            true => Ok(()),
            false => Err(self.wrong(
                "--through",
                format!(
                    "{through} of each of {count} groups make no bracket; both are to be 1, 2, 4, 8 or 16, and not both 1"
                ),
            )),
        }
    }

    pub(super) fn groups_text(&self) -> String {
        let text = |id: &str, teams: &[TeamId]| {
            let names = teams.iter().map(|&team| self.teams.name(team));
            group(id, names)
        };
        let lines: Vec<String> = match &self.groups {
            Groups::None => {
                let teams: Vec<TeamId> = self.teams.ids().collect();
                vec![text("1", &teams)]
            }
            Groups::Given(groups) => groups.iter().map(|(id, teams)| text(id, teams)).collect(),
            Groups::Drawn(ids) => ids.iter().map(|id| text(id, &[])).collect(),
        };
        lines.join("\n")
    }
}

/// Whether a name can be part of a place.
fn is_plain(id: &str) -> bool {
    id.chars()
        .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}
