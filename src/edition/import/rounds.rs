//! Rounds of ties, one after the other, each asked where its teams come from.

use super::{Entrant, Group, Import, Row, Rules, Stage, straight_to_penalties};
use crate::competition::Place;
use crate::edition::{Snapshot, When};
use crate::error::Error;
use crate::history::PastMatch;
use crate::team::TeamId;

impl<'a> Import<'a> {
    /// Adds the rounds that are ties of one or two matches. The first that is not ends it, because what
    /// comes after hangs on it.
    pub(super) fn add_rounds(
        &self,
        matches: &[&'a PastMatch],
        rules: &Rules,
        stages: &mut Vec<Stage<'a>>,
        notices: &mut Vec<String>,
    ) -> Result<(), Error> {
        let mut rounds: Vec<(&str, Vec<&'a PastMatch>)> = Vec::new();
        for &played in matches {
            let name = without_leg(&played.round);
            match rounds.iter_mut().find(|(known, _)| *known == name) {
                Some((_, list)) => list.push(played),
                None => rounds.push((name, vec![played])),
            }
        }
        let mut left_out: Vec<&str> = Vec::new();
        let mut reason = String::new();
        let mut snapshot = match &stages[..] {
            [] => None,
            stages => Some(self.snapshot(stages, rules)?),
        };
        for (name, list) in rounds {
            if left_out.is_empty() {
                match self.round(name, &list, rules, stages, snapshot.as_ref()) {
                    Err(why) => reason = why,
                    Ok(stage) => {
                        stages.push(stage);
                        match self.snapshot(stages, rules) {
                            Ok(with_it) => {
                                snapshot = Some(with_it);
                                continue;
                            }
                            // The engine would not have it: then the rules are others, or the scores.
                            Err(error) => {
                                stages.pop();
                                reason = format!("The rules do not fit what was played: {error}.");
                            }
                        }
                    }
                }
            }
            left_out.push(if name.is_empty() {
                "matches without a round"
            } else {
                name
            });
        }
        if !left_out.is_empty() {
            notices.push(format!("Left out: {}. {reason}", left_out.join(", ")));
        }
        for stage in stages.iter() {
            if let Some(day) = stage.drawn {
                notices.push(format!(
                    "The places before do not tell all who enter {}, so its teams are named; no projection is possible \
                     from before {day}.",
                    stage.name
                ));
            }
        }
        if let [table, first, ..] = &stages[..]
            && table.id == "groups"
        {
            let written = format!(
                "Who enters {} is written by place, as it came out; where that was drawn, a projection from before \
                 the draw knows it.",
                first.name
            );
            notices.push(written);
            if let Some(uneven) = uneven(table, first) {
                notices.push(uneven);
            }
        }
        Ok(())
    }

    /// One round, if it is ties; else why it is not.
    fn round(
        &self,
        name: &str,
        matches: &[&'a PastMatch],
        rules: &Rules,
        stages: &[Stage<'a>],
        snapshot: Option<&Snapshot>,
    ) -> Result<Stage<'a>, String> {
        let why = |text: String| Err(text);
        if name.is_empty() {
            return why("They belong to no group and no round.".into());
        }
        let mut ties: Vec<Vec<&'a PastMatch>> = Vec::new();
        for &played in matches {
            let both = [played.home, played.away];
            let of_tie = |tie: &&mut Vec<&PastMatch>| {
                both.contains(&tie[0].home) && both.contains(&tie[0].away)
            };
            match ties.iter_mut().find(of_tie) {
                Some(tie) => tie.push(played),
                None => ties.push(vec![played]),
            }
        }
        let legs = ties[0].len();
        if legs > 2 || ties.iter().any(|tie| tie.len() != legs) {
            return why(format!(
                "{name} is not made of ties of one match each, or of two."
            ));
        }
        let mut seen: Vec<TeamId> = ties
            .iter()
            .flat_map(|tie| [tie[0].home, tie[0].away])
            .collect();
        seen.sort_unstable();
        if let Some(twice) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
            return why(format!("{} is in two ties of {name}.", self.name(twice[0])));
        }
        if let Some(tie) = ties
            .iter()
            .find(|tie| legs == 2 && tie[0].home == tie[1].home)
        {
            return why(format!(
                "{} is at home twice in {name}.",
                self.name(tie[0].home)
            ));
        }
        let order = match matches.iter().any(|played| straight_to_penalties(played)) {
            true if rules.book.order("shoot-outs").is_some() => "shoot-outs",
            _ => "ties",
        };
        if rules.book.order(order).is_none() {
            return why(format!(
                "Rulebook `{}` has no list `ties`; choose another with --rulebook.",
                rules.book.id
            ));
        }
        let origin = |team| match snapshot {
            Some(snapshot) => self.origin(team, stages, snapshot),
            None => Some(Entrant::Team(team)),
        };
        // A place and the name of somebody who may reach it cannot stand side by side.
        let told = seen.iter().all(|&team| origin(team).is_some());
        let entrant = |team| {
            let place = origin(team).filter(|_| told);
            place.unwrap_or(Entrant::Team(team))
        };
        let groups: Vec<Group<'a>> = (1..)
            .zip(ties)
            .map(|(number, tie)| Group {
                id: format!("{number}"),
                entrants: vec![entrant(tie[0].home), entrant(tie[0].away)],
                rows: (1..)
                    .zip(tie)
                    .map(|(leg, played)| Row {
                        matchday: leg,
                        home: played.home,
                        away: played.away,
                        source: Some(played),
                    })
                    .collect(),
            })
            .collect();
        let last_before = stages.last().and_then(|stage| {
            let rows = stage.groups.iter().flat_map(|group| &group.rows);
            rows.filter_map(|row| row.source.map(|played| played.date))
                .max()
        });
        let first = matches[0].date;
        let single = legs == 1 && (groups.len() == 1 || stages.iter().all(|stage| stage.legs == 1));
        Ok(Stage {
            id: id(name, stages),
            name: name.into(),
            order,
            legs: legs as u32,
            neutral: single,
            drawn: last_before.filter(|_| !told).map(|day| day.min(first)),
            groups,
        })
    }

    fn snapshot(&self, stages: &[Stage<'a>], rules: &Rules) -> Result<Snapshot, Error> {
        let files = self.files(stages, rules, None)?;
        self.read(&files)?.as_of(When::Now)
    }

    /// The place that a team reached in the last stage it played in, or the team itself where it comes in
    /// new; `None` where the rules do not say which place that was.
    fn origin(&self, team: TeamId, stages: &[Stage<'a>], snapshot: &Snapshot) -> Option<Entrant> {
        let plays = |group: &Group<'_>| {
            let mut rows = group.rows.iter();
            rows.any(|row| [row.home, row.away].contains(&team))
        };
        let mut latest = stages.iter().enumerate().rev();
        let last = latest.find_map(|(stage, written)| {
            let group = written.groups.iter().position(plays)?;
            Some((stage, group))
        });
        let Some((stage, group)) = last else {
            return Some(Entrant::Team(team));
        };
        let here = snapshot.edition().teams.find(self.name(team)).ok()?;
        let written = &stages[stage].groups[group];
        let reached = |rank: &usize| {
            let place = Place {
                stage,
                group,
                rank: *rank,
            };
            snapshot.finisher(place) == Some(here)
        };
        let rank = (0..written.entrants.len()).find(reached)?;
        Some(Entrant::Place {
            stage: stages[stage].id.clone(),
            group: written.id.clone(),
            position: rank + 1,
        })
    }
}

/// What should be said where not the same places of all groups go on.
fn uneven(table: &Stage<'_>, first: &Stage<'_>) -> Option<String> {
    let positions = |group: &Group<'_>| -> Vec<usize> {
        let entrants = first.groups.iter().flat_map(|tie| &tie.entrants);
        let mut positions: Vec<usize> = entrants
            .filter_map(|entrant| match entrant {
                Entrant::Place {
                    group: of,
                    position,
                    ..
                } if *of == group.id => Some(*position),
                _ => None,
            })
            .collect();
        positions.sort_unstable();
        positions
    };
    let all: Vec<Vec<usize>> = table.groups.iter().map(positions).collect();
    all.windows(2).any(|pair| pair[0] != pair[1]).then(|| {
        "Not the same places of all groups went on, so who does is written as it was; before a projection from an \
         earlier day make a stage of it that ranks those teams (`carry` in docs/editions.md)."
            .into()
    })
}

/// The number of a matchday, `Matchday 3` or `3. Round`.
pub(super) fn matchday(round: &str) -> Option<u32> {
    if !crate::io::is_matchday(round) {
        return None;
    }
    let mut numbers = round
        .split_whitespace()
        .filter_map(|word| word.trim_matches(['.', ',', ':']).parse().ok());
    numbers.next().filter(|number| (1..=1000).contains(number))
}

/// The last word of a group's heading, or its number where that is no name of its own.
pub(super) fn short_name(name: &str, index: usize, names: &[&str]) -> String {
    let last = |name: &str| {
        name.split_whitespace()
            .last()
            .unwrap_or_default()
            .to_owned()
    };
    let own = last(name);
    let twice = names.iter().filter(|other| last(other) == own).count() > 1;
    let plain = own.chars().all(char::is_alphanumeric) && !own.is_empty();
    if twice || !plain {
        (index + 1).to_string()
    } else {
        own
    }
}

/// A round without what says which leg it is.
fn without_leg(round: &str) -> &str {
    let cut = [" - ", ", ", " – "]
        .iter()
        .filter_map(|mark| round.rsplit_once(mark));
    let leg = cut
        .into_iter()
        .find(|(_, last)| last.to_lowercase().contains("leg"));
    leg.map_or(round, |(round, _)| round).trim()
}

/// A name as identifiers are written, and one that no stage has.
fn id(name: &str, stages: &[Stage<'_>]) -> String {
    let mut id = String::new();
    for c in name.to_lowercase().chars() {
        match c.is_alphanumeric() {
            true => id.push(c),
            false if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            false => {}
        }
    }
    let id = id.trim_end_matches('-').to_owned();
    match id.is_empty() || stages.iter().any(|stage| stage.id == id) {
        true => format!("round-{}", stages.len() + 1),
        false => id,
    }
}
