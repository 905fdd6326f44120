//! Leagues that share no team tell nothing of one another: each such part is a history of its own.

use std::collections::BTreeMap;

use crate::history::History;
use crate::team::{TeamId, Teams};

/// Leagues that share teams, and all that was played in them.
pub(super) struct Component {
    /// Teams are numbered anew, in order of appearance; leagues, seasons and files keep their numbers.
    pub(super) history: History,
    /// `[match of the part]`: its position in the whole history.
    pub(super) positions: Vec<usize>,
}

impl Component {
    /// The parts of a history, in order of their first league.
    pub(super) fn all(history: &History) -> Vec<Self> {
        let leaders = leaders(history);
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (position, played) in history.matches.iter().enumerate() {
            let leader = leaders[usize::from(played.league)];
            parts.entry(leader).or_default().push(position);
        }
        parts
            .into_values()
            .map(|positions| Self::of(history, positions))
            .collect()
    }

    fn of(history: &History, positions: Vec<usize>) -> Self {
        let mut teams = Vec::new();
        let mut numbers: Vec<Option<TeamId>> = vec![None; history.teams.len()];
        let mut renumber = |team: TeamId| {
            *numbers[team.index()].get_or_insert_with(|| {
                teams.push(history.teams[team].clone());
                TeamId(teams.len() as u16 - 1)
            })
        };
        let matches = positions.iter().map(|&position| {
            let mut played = history.matches[position].clone();
            played.home = renumber(played.home);
            played.away = renumber(played.away);
            played
        });
        let matches = matches.collect();
        Self {
            history: History {
                teams: Teams::new(teams),
                leagues: history.leagues.clone(),
                seasons: history.seasons.clone(),
                files: history.files.clone(),
                matches,
                ..History::default()
            },
            positions,
        }
    }
}

/// `[league]`: the first of the leagues that it is connected to, itself included.
fn leaders(history: &History) -> Vec<usize> {
    let mut leaders: Vec<usize> = (0..history.leagues.len()).collect();
    let mut seen: Vec<Option<usize>> = vec![None; history.teams.len()];
    for played in &history.matches {
        for team in [played.home, played.away] {
            let here = leaders[usize::from(played.league)];
            let there = *seen[team.index()].get_or_insert(here);
            let there = leaders[there];
            let (first, second) = (here.min(there), here.max(there));
            for leader in &mut leaders {
                if *leader == second {
                    *leader = first;
                }
            }
        }
    }
    leaders
}
