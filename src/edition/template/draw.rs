//! How the groups are drawn: pots, and what every outcome must respect.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::groups::Groups;
use super::text::{Values, fill_in, line_if, list, quote};
use super::{DRAW, Filling};
use crate::competition::seeding::{SeedingLine, order};
use crate::edition::source::template_file;
use crate::error::Error;
use crate::standings::External;
use crate::team::{Team, TeamId};

/// A bound that a template asks for, as far as the teams allow it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// The column that teams have in common.
    of: Option<String>,
    /// Only those with this value.
    is: Option<String>,
    /// The teams in these places, from 1, of the column that pots follow from.
    best: Option<Vec<usize>>,
    least: Option<usize>,
    parts: Option<Vec<Vec<String>>>,
    most: usize,
}

impl Filling<'_> {
    /// What stands for the placeholders of a draw.
    pub(super) fn draw_values(
        &self,
        values: &mut Values,
        assumed: &mut Vec<String>,
    ) -> Result<(), Error> {
        let groups = match (&self.groups, self.template.pots) {
            (Groups::Drawn(ids), _) => ids.len(),
            (_, Some(_)) => 1,
            (Groups::Given(groups), None) => {
                let by_file = self.teams.iter().any(|(_, team)| !team.group.is_empty());
                if by_file && groups.len() > 1 {
                    assumed.push(
                        "The groups are those of the column `group`, teams in the order of `teams.csv`."
                            .into(),
                    );
                }
                return Ok(());
            }
            (Groups::None, None) => return Ok(()),
        };
        let has_pots = self.teams.iter().any(|(_, team)| team.pot.is_some());
        let seeding = match has_pots {
            true => {
                let per_group = self.listed_pots(groups)?;
                values.push(("per group", per_group));
                assumed.push("Pots are those of the column `pot`.".into());
                String::new()
            }
            false => self.seeding(assumed)?,
        };
        values.push(("seeding", seeding));
        if let Groups::Drawn(ids) = &self.groups {
            assumed.push("The groups are not drawn yet: every season draws them.".into());
            values.push(("bounds", self.bounds(ids.len(), assumed)));
            values.push(("fixed", self.fixed(assumed)));
            let draw = template_file(&self.template.id, DRAW).unwrap_or_default();
            let draw = format!("\n{}", fill_in(draw, values).trim_end());
            values.push(("draw", draw));
        }
        Ok(())
    }

    /// How many of each pot a group gets, where that is not one.
    fn listed_pots(&self, groups: usize) -> Result<String, Error> {
        if let Some((team, facts)) = self.teams.iter().find(|(_, team)| team.pot.is_none()) {
            let problem = format!("{} has no `pot`; give every team one, or none", facts.name);
            return Err(self.wrong_on(self.at(team), problem));
        }
        let last = self.teams.iter().filter_map(|(_, team)| team.pot).max();
        let sizes = (1..=last.unwrap_or(0)).map(|pot| {
            let teams = self.teams.iter().filter(|(_, team)| team.pot == Some(pot));
            teams.count()
        });
        let sizes: Vec<usize> = sizes.collect();
        if let Some(pots) = self.template.pots {
            let size = self.teams.len() / pots;
            return match sizes.len() == pots && sizes.iter().all(|&found| found == size) {
                true => Ok(String::new()),
                false => {
                    let problem = format!(
                        "pots of {}; it needs {pots} pots of {size} teams",
                        show(&sizes)
                    );
                    Err(self.wrong(self.file, problem))
                }
            };
        }
        let uneven = |size: &usize| *size == 0 || !size.is_multiple_of(groups);
        if let Some(pot) = sizes.iter().position(uneven) {
            let problem = format!(
                "pot {} has {} teams, which {groups} groups cannot share evenly",
                pot + 1,
                sizes[pot]
            );
            return Err(self.wrong(self.file, problem));
        }
        let each: Vec<usize> = sizes.iter().map(|size| size / groups).collect();
        Ok(line_if(
            each.iter().any(|&each| each > 1),
            &format!("per_group = [{}]", show(&each)),
        ))
    }

    /// The columns that pots follow from: a seed if any team has one, then one that all others have.
    fn seeding(&self, assumed: &mut Vec<String>) -> Result<String, Error> {
        let known = self.template.seeding.iter().filter_map(|name| {
            let mut known = SeedingLine::KNOWN.into_iter();
            known.find(|(known, _)| known == name)
        });
        let has_seed = |team: &Team| team.seed.is_some();
        let seeded = self.teams.iter().filter(|(_, team)| has_seed(team)).count();
        let mut missing = None;
        let mut columns: Vec<&str> = Vec::new();
        let mut enough = seeded == self.teams.len();
        for (name, by) in known {
            if by == External::Seed {
                columns.extend((seeded > 0).then_some(name));
                continue;
            }
            let lacks = |team: &Team| !has_seed(team) && team.seeded_by(by).is_none();
            let lacking = self.teams.iter().find(|(_, team)| lacks(team));
            match lacking {
                None => {
                    columns.push(name);
                    enough = true;
                }
                Some((team, _))
                    if self
                        .teams
                        .iter()
                        .any(|(_, team)| team.seeded_by(by).is_some()) =>
                {
                    missing = missing.or(Some((team, name)));
                }
                Some(_) => {}
            }
        }
        if !enough {
            let (at, who) = match missing {
                Some((team, name)) => (
                    self.at(team),
                    format!(
                        "{} has neither a `pot` nor a `{name}`",
                        self.teams.name(team)
                    ),
                ),
                None => (self.at_file(), "no team has a `pot`".into()),
            };
            let columns = self.template.seeding.iter().filter(|name| *name != "seed");
            let columns: Vec<&str> = columns.map(String::as_str).collect();
            let problem = format!(
                "{who}; give every team a `pot`, or a `{}` to make the pots by",
                columns.join("` or `")
            );
            return Err(self.wrong_on(at, problem));
        }
        assumed.push(format!(
            "Pots follow from the column{} `{}`; `matchday ranking` shows them.",
            if columns.len() == 1 { "" } else { "s" },
            columns.join("`, then `")
        ));
        let line = |name: &&str| format!("  {{ by = \"{name}\", cite = \"assumed\" }},");
        let lines: Vec<String> = columns.iter().map(line).collect();
        Ok(format!("seeding = [\n{}\n]", lines.join("\n")))
    }

    /// The bounds that the teams allow.
    fn bounds(&self, groups: usize, assumed: &mut Vec<String>) -> String {
        let mut lines = Vec::new();
        let (mut kept, mut left_out) = (Vec::new(), Vec::new());
        let mut unranked = false;
        for wanted in &self.template.bounds {
            match (&wanted.of, &wanted.best) {
                (Some(column), _) => match self.bound_of(column, wanted, groups) {
                    Ok((line, words)) => {
                        lines.push(line);
                        kept.push(words);
                    }
                    Err(words) => left_out.push(words),
                },
                (None, Some(places)) => match self.best(places) {
                    Some(teams) => {
                        assumed.push(format!(
                            "The draw sends {} to different parts of the bracket.",
                            teams.join(", ")
                        ));
                        lines.push(apart(&teams, wanted));
                    }
                    None => unranked = true,
                },
                (None, None) => {}
            }
        }
        if !kept.is_empty() {
            assumed.push(format!("In the draw a group gets {}.", kept.join(", ")));
        }
        if !left_out.is_empty() {
            assumed.push(format!(
                "Bounds left out of the draw: {}.",
                left_out.join(", ")
            ));
        }
        if unranked {
            assumed.push(
                "The draw sends nobody to different parts of the bracket: no column ranks the best."
                    .into(),
            );
        }
        match lines.is_empty() {
            true => String::new(),
            false => format!("bounds = [\n{}\n]", lines.join("\n")),
        }
    }

    /// A bound on teams with something in common and the same in words, wider where they are too many
    /// for it; else why there is none.
    fn bound_of(
        &self,
        column: &str,
        wanted: &Wanted,
        groups: usize,
    ) -> Result<(String, String), String> {
        let all = self.teams.iter().flat_map(|(_, team)| of(team, column));
        let meant = |value: &&str| wanted.is.as_ref().is_none_or(|is| is == value);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for value in all.filter(meant) {
            *counts.entry(value).or_default() += 1;
        }
        let whose = match &wanted.is {
            Some(value) => value.clone(),
            None => format!("one {column}"),
        };
        let Some(&largest) = counts.values().max() else {
            return Err(format!("{whose}, which no team of `teams.csv` has"));
        };
        let most = wanted.most.max(largest.div_ceil(groups));
        let least = wanted.least.map(|least| least.min(largest / groups));
        if most >= self.teams.len() / groups && wanted.least.is_none() {
            let teams = self.teams.len();
            return Err(format!("{whose}, which {largest} of {teams} teams share"));
        }
        let least = least.filter(|&least| least > 0);
        let number = match least {
            Some(least) => format!("{least} to {most}"),
            None => format!("at most {most}"),
        };
        let wider = match (most, least) == (wanted.most, wanted.least) {
            true => "",
            false => " (the nearest to the rule that is possible)",
        };
        let is = wanted.is.as_ref();
        let is = is.map_or_else(String::new, |value| format!(", is = {}", quote(value)));
        let least = least.map_or_else(String::new, |least| format!(", least = {least}"));
        Ok((
            format!("  {{ of = {}{is}{least}, most = {most} }},", quote(column)),
            format!("{number} of {whose}{wider}"),
        ))
    }

    /// The teams in these places of the first column that decides them.
    fn best(&self, places: &[usize]) -> Option<Vec<&str>> {
        let columns = self.template.seeding.iter().filter(|name| *name != "seed");
        let known = columns.filter_map(|name| {
            let mut known = SeedingLine::KNOWN.into_iter();
            known.find(|(known, _)| known == name)
        });
        for (_, by) in known {
            // Only those who have a value are in order; the others have none to be compared by.
            let teams: Vec<TeamId> = self
                .teams
                .iter()
                .filter(|(_, team)| team.seeded_by(by).is_some())
                .map(|(id, _)| id)
                .collect();
            let line = SeedingLine {
                by,
                cite: String::new(),
            };
            if teams.is_empty() {
                continue;
            }
            let standings = order(teams.len(), &[line], |team, by| {
                self.teams[teams[team]].seeded_by(by)
            });
            let at = |&place: &usize| {
                let team = standings.decided(place - 1)?;
                Some(self.teams.name(teams[usize::from(team)]))
            };
            if let Some(best) = places.iter().map(at).collect() {
                return Some(best);
            }
        }
        None
    }

    /// Hosts stand in their groups before the first ball.
    fn fixed(&self, assumed: &mut Vec<String>) -> String {
        let groups = self.template.hosts.iter().flatten();
        let seats: Vec<(&str, &String)> = self
            .hosts
            .iter()
            .map(|&host| self.teams.name(host))
            .zip(groups)
            .collect();
        if seats.is_empty() {
            return String::new();
        }
        let words: Vec<String> = seats
            .iter()
            .map(|(name, group)| format!("{name} in {group}"))
            .collect();
        assumed.push(format!("Placed before the draw: {}.", words.join(", ")));
        let seat = |(name, group): &(&str, &String)| {
            format!("  {{ team = {}, group = {} }},", quote(name), quote(group))
        };
        let lines: Vec<String> = seats.iter().map(seat).collect();
        format!("fixed = [\n{}\n]", lines.join("\n"))
    }
}

/// A bound that keeps teams apart by parts of the bracket.
fn apart(teams: &[&str], wanted: &Wanted) -> String {
    let parts = wanted.parts.iter().flatten();
    let parts = parts.map(|part| format!("[{}]", list(part.iter().map(String::as_str))));
    let parts: Vec<String> = parts.collect();
    let (teams, most) = (list(teams.iter().copied()), wanted.most);
    format!(
        "  {{ of = [{teams}], parts = [{}], most = {most} }},",
        parts.join(", ")
    )
}

/// What a team has in the column; several confederations while it is not known who it will be.
fn of<'t>(team: &'t Team, column: &str) -> Vec<&'t str> {
    match column {
        "confederation" => team.confederations().collect(),
        _ => Some(team.association.as_str())
            .filter(|name| !name.is_empty())
            .into_iter()
            .collect(),
    }
}

fn show(numbers: &[usize]) -> String {
    let texts: Vec<String> = numbers.iter().map(usize::to_string).collect();
    texts.join(", ")
}
