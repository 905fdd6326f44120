//! Which teams matches connect: strengths of unconnected teams compare through the prior alone.

use super::played::PlayedMatch;
use crate::team::TeamId;

/// Every group of teams connected by matches, largest first, then by first team.
pub fn unconnected_groups(teams: usize, matches: &[PlayedMatch]) -> Vec<Vec<TeamId>> {
    let mut leader: Vec<usize> = (0..teams).collect();
    let find = |leader: &[usize], mut team: usize| {
        while leader[team] != team {
            team = leader[team];
        }
        team
    };
    for played in matches {
        let home = find(&leader, played.pairing.home.index());
        let away = find(&leader, played.pairing.away.index());
        leader[home.max(away)] = home.min(away);
    }
    let mut groups: Vec<Vec<TeamId>> = vec![Vec::new(); teams];
    for team in 0..teams {
        groups[find(&leader, team)].push(TeamId(team as u16));
    }
    groups.retain(|group| !group.is_empty());
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
    groups
}
