//! Leagues and groups: round robins, whole or as far as they are played.

use std::collections::HashMap;

use super::rounds::{matchday, short_name};
use super::{Entrant, Group, Import, Row, Stage};
use crate::competition::Rulebook;
use crate::error::Error;
use crate::history::PastMatch;
use crate::team::TeamId;

impl<'a> Import<'a> {
    /// The stage of all matches of a league or of groups.
    pub(super) fn tables(
        &self,
        matches: &[&'a PastMatch],
        rulebook: &Rulebook,
        notices: &mut Vec<String>,
    ) -> Result<Stage<'a>, Error> {
        let mut names: Vec<&str> = matches.iter().map(|played| played.group.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let grouped = names != [""];
        let of = |name: &str| -> Vec<&'a PastMatch> {
            matches
                .iter()
                .copied()
                .filter(|played| played.group == name)
                .collect()
        };
        let legs = match self.choice.legs {
            Some(legs) => legs,
            None => self.legs(&names.iter().map(|name| of(name)).collect::<Vec<_>>())?,
        };
        let mut added = 0;
        let groups = names.iter().enumerate().map(|(index, name)| {
            let group = match grouped {
                true => short_name(name, index, &names),
                false => "1".to_owned(),
            };
            self.group(group, name, &of(name), legs, &mut added)
        });
        let groups: Vec<Group<'a>> = groups.collect::<Result<_, _>>()?;
        if added > 0 {
            notices.push(format!(
                "Added without a date, since the source lists only some of a {legs}-leg round robin: {added} of the fixtures."
            ));
        }
        if matches
            .iter()
            .any(|played| matchday(&played.round).is_none())
        {
            notices.push(
                "Matchdays are counted from the dates: of both sides the one that has played more sets it.".into(),
            );
        }
        let neutral = grouped && legs == 1;
        if neutral {
            notices.push(
                "Teams of a group meet once, so all matches are taken to be on neutral ground; name `hosts` in \
                 `edition.toml` if there were any."
                    .into(),
            );
        }
        let (id, name) = match grouped {
            true => ("groups", "Group stage"),
            false => ("league", "League"),
        };
        let order = if grouped { "groups" } else { "league" };
        Ok(Stage {
            id: id.into(),
            name: name.into(),
            // A rulebook of one kind of table calls its list after that.
            order: [order, "league", "groups"]
                .into_iter()
                .find(|list| rulebook.order(list).is_some())
                .ok_or_else(|| {
                    self.wrong(format!("rulebook `{}` has no list for tables", rulebook.id))
                })?,
            legs,
            neutral,
            drawn: None,
            groups,
        })
    }

    /// How often teams meet.
    fn legs(&self, groups: &[Vec<&PastMatch>]) -> Result<u32, Error> {
        let mut most = 0;
        let mut complete = true;
        for group in groups {
            let mut meetings: HashMap<(TeamId, TeamId), u32> = HashMap::new();
            for played in group {
                let pair = (played.home.min(played.away), played.home.max(played.away));
                *meetings.entry(pair).or_default() += 1;
            }
            let teams = teams(group).len();
            complete &= meetings.len() == teams * (teams - 1) / 2;
            most = most.max(meetings.values().copied().max().unwrap_or(0));
        }
        match most {
            1 if self.known.double_round_robin => Ok(2),
            1 if !complete => Err(self.wrong(
                "no two teams meet twice and not everybody has met, so it does not show how often they will; say it \
                 with --legs"
                    .into(),
            )),
            legs @ 1..=10 => Ok(legs),
            _ => Err(self.wrong(format!("two teams meet {most} times; this is no round robin"))),
        }
    }

    fn group(
        &self,
        id: String,
        name: &str,
        matches: &[&'a PastMatch],
        legs: u32,
        added: &mut usize,
    ) -> Result<Group<'a>, Error> {
        let teams = teams(matches);
        let mut at_home: HashMap<(TeamId, TeamId), u32> = HashMap::new();
        for played in matches {
            let reverse = at_home
                .get(&(played.away, played.home))
                .copied()
                .unwrap_or(0);
            let times = at_home.entry((played.home, played.away)).or_default();
            *times += 1;
            if *times > legs.div_ceil(2) || *times + reverse > legs {
                return Err(Error::Import {
                    at: self.history.location(played),
                    problem: format!(
                        "{}{}: {} v {} is one match too many of a round robin in which everybody meets {}; give the \
                         true number with --legs, or remove what does not belong to the table",
                        self.title(),
                        if name.is_empty() {
                            String::new()
                        } else {
                            format!(", {name}")
                        },
                        self.name(played.home),
                        self.name(played.away),
                        match legs {
                            1 => "once".to_owned(),
                            2 => "twice".to_owned(),
                            legs => format!("{legs} times"),
                        },
                    ),
                });
            }
        }
        let mut missing = Vec::new();
        for &home in &teams {
            for &away in teams.iter().filter(|&&away| away != home) {
                let times = |pair| at_home.get(&pair).copied().unwrap_or(0);
                if legs.is_multiple_of(2) {
                    let lacking = legs / 2 - times((home, away));
                    missing.extend((0..lacking).map(|_| (home, away)));
                } else if home < away && times((home, away)) + times((away, home)) < legs {
                    return Err(self.wrong(format!(
                        "{} and {} meet fewer than {legs} times, and who will be at home is not told; add the fixture \
                         without a score",
                        self.name(home),
                        self.name(away)
                    )));
                }
            }
        }
        *added += missing.len();
        let listed = matches
            .iter()
            .map(|&played| (played.home, played.away, Some(played)));
        let unlisted = missing.into_iter().map(|(home, away)| (home, away, None));
        let mut count: HashMap<TeamId, u32> = HashMap::new();
        let rows = listed.chain(unlisted).map(|(home, away, source)| {
            let [of_home, of_away] =
                [home, away].map(|team| count.get(&team).copied().unwrap_or(0));
            let next = 1 + of_home.max(of_away);
            count.insert(home, of_home + 1);
            count.insert(away, of_away + 1);
            let told = source.and_then(|played| matchday(&played.round));
            Row {
                matchday: told.unwrap_or(next),
                home,
                away,
                source,
            }
        });
        let rows = rows.collect();
        Ok(Group {
            id,
            entrants: teams.into_iter().map(Entrant::Team).collect(),
            rows,
        })
    }
}

/// Everybody who plays, in the order of the source.
fn teams(matches: &[&PastMatch]) -> Vec<TeamId> {
    let mut teams: Vec<TeamId> = matches
        .iter()
        .flat_map(|played| [played.home, played.away])
        .collect();
    teams.sort_unstable();
    teams.dedup();
    teams
}
