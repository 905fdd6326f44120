//! Which places a team can still reach, by proof: what is not proved is never printed as 0 or 100 %.

use serde::Serialize;

use crate::simulate::PlannedGroup;
use crate::standings::{
    Among, Criterion, Metric, Needs, Observer, Restart, Rule, Scope, Sizes, Step, Table, TeamSet,
    rank,
};

/// Up to this many open fixtures of a group every combination of outcomes is looked at.
const MOST_ENUMERATED: usize = 8;

/// What is proved of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing: both remain possible as far as the proof sees.
    Open,
    /// It cannot happen any more.
    Impossible,
    /// It cannot fail to happen.
    Certain,
}

impl Verdict {
    /// What is proved of finishing in one of `ranks`, given the ranks that are possible.
    pub fn of(possible: u64, ranks: impl Iterator<Item = usize>) -> Self {
        let wanted = ranks.fold(0, |set: u64, rank| set | 1 << rank);
        match (possible & wanted, possible & !wanted) {
            (0, _) => Self::Impossible,
            (_, 0) => Self::Certain,
            _ => Self::Open,
        }
    }
}

/// `[team]`: the ranks a team may still finish in, one bit a rank, bit 0 the best.
///
/// A rank without its bit is proved impossible. The reverse is not claimed: goals are not enumerated,
/// so a rank that only goals could rule out keeps its bit. With few open fixtures every combination
/// of wins, draws and losses is looked at, with head-to-head points and whatever the played matches
/// have settled; with many, points alone bound the places.
pub fn possible_ranks(group: &PlannedGroup) -> Vec<u64> {
    let size = group.teams.len();
    let by_points_first = group.rules.first() == Some(&Rule::overall(Metric::Points));
    if group.open.is_empty() {
        let mut teams: Vec<u8> = (0..size as u8).collect();
        let mut possible = vec![0; size];
        Intervals::mark(&mut possible, &mut teams, 0, &group.rules, &group.table);
        return possible;
    }
    let teams = 0..size as u8;
    let irregular =
        group.table.has_averages() || teams.into_iter().any(|team| group.table.is_annulled(team));
    match (
        by_points_first && !irregular,
        group.open.len() <= MOST_ENUMERATED,
    ) {
        (false, _) => vec![u64::MAX >> (64 - size); size],
        (true, true) => enumerate(group),
        (true, false) => bound(group),
    }
}

fn points(group: &PlannedGroup, team: u8) -> i64 {
    group.table.points(team) as i64
}

/// Places bounded by the fewest and the most points each team can reach.
fn bound(group: &PlannedGroup) -> Vec<u64> {
    let size = group.teams.len();
    let worth = |matches: usize| group.worth().into_iter().max().unwrap_or(0) * matches as i64;
    let left = |team: u8| {
        group
            .open
            .iter()
            .filter(|open| open.home == team || open.away == team)
            .count()
    };
    let now: Vec<i64> = (0..size as u8).map(|team| points(group, team)).collect();
    let most: Vec<i64> = (0..size as u8)
        .map(|team| now[usize::from(team)] + worth(left(team)))
        .collect();
    let ranks = |team: usize| {
        let above = now.iter().filter(|&&other| other > most[team]).count();
        let below = most.iter().filter(|&&other| other < now[team]).count();
        interval(above, size - below)
    };
    (0..size).map(ranks).collect()
}

/// Ranks from `first` up to but not including `end`.
fn interval(first: usize, end: usize) -> u64 {
    (first..end).fold(0, |set, rank| set | 1 << rank)
}

fn enumerate(group: &PlannedGroup) -> Vec<u64> {
    let size = group.teams.len();
    let [win, draw] = group.worth();
    let start: Vec<i64> = (0..size as u8).map(|team| points(group, team)).collect();
    let mut possible = vec![0; size];
    let mut teams: Vec<u8> = (0..size as u8).collect();
    for combination in 0..3_usize.pow(group.open.len() as u32) {
        let awards: Vec<(u8, u8, [i64; 2])> = group
            .open
            .iter()
            .scan(combination, |rest, open| {
                let award = [[win, 0], [draw, draw], [0, win]][*rest % 3];
                *rest /= 3;
                Some((open.home, open.away, award))
            })
            .collect();
        let mut points = start.clone();
        for &(home, away, award) in &awards {
            points[usize::from(home)] += award[0];
            points[usize::from(away)] += award[1];
        }
        teams.sort_unstable_by_key(|&team| std::cmp::Reverse(points[usize::from(team)]));
        let mut first = 0;
        for level in teams.chunk_by_mut(|&a, &b| points[usize::from(a)] == points[usize::from(b)]) {
            mark_level(&mut possible, group, level, first, &awards);
            first += level.len();
        }
    }
    possible
}

/// Marks the ranks of teams level on points in one combination of outcomes.
fn mark_level(
    possible: &mut [u64],
    group: &PlannedGroup,
    level: &mut [u8],
    first: usize,
    awards: &[(u8, u8, [i64; 2])],
) {
    let rules = &group.rules[1..];
    let inside =
        |&&(home, away, _): &&(u8, u8, [i64; 2])| level.contains(&home) && level.contains(&away);
    let meet = awards.iter().any(|award| inside(&award));
    let play = awards
        .iter()
        .any(|(home, away, _)| level.contains(home) || level.contains(away));
    let whole = [Restart::AllButBest, Restart::SubsetOrNothing];
    let settled = |rule: &&Rule| {
        rule.condition.is_empty()
            && match &rule.step {
                Step::Compare { among, by, restart } => {
                    let of_opponents = |criterion: &Criterion| {
                        matches!(
                            criterion.metric,
                            Metric::OpponentsPoints
                                | Metric::OpponentsGoalDifference
                                | Metric::OpponentsGoals
                        )
                    };
                    let open = match among {
                        Among::LevelTeams => meet,
                        Among::Everyone => play,
                    };
                    !open && !whole.contains(restart) && !by.iter().any(of_opponents)
                }
                Step::PlayOff | Step::Share => false,
            }
    };
    let by_points = rules.first().is_some_and(|rule| {
        let first = match &rule.step {
            Step::Compare {
                among: Among::LevelTeams,
                by,
                restart,
            } if !whole.contains(restart) => by.first(),
            _ => None,
        };
        let points = Criterion {
            metric: Metric::Points,
            teams: Sizes::ANY,
        };
        rule.condition.is_empty() && first == Some(&points)
    });
    if meet && by_points {
        let among = TeamSet::of(level);
        let mini = |team: u8| {
            let totals = group.table.totals(team, Scope::Between(among));
            let played = group.table.worth(&totals);
            let awarded =
                awards
                    .iter()
                    .filter(|award| inside(award))
                    .map(|&(home, away, award)| {
                        let own = |side: u8, points: i64| if side == team { points } else { 0 };
                        own(home, award[0]) + own(away, award[1])
                    });
            played + awarded.sum::<i64>()
        };
        for &team in level.iter() {
            let above = level
                .iter()
                .filter(|&&other| mini(other) > mini(team))
                .count();
            let equal = level
                .iter()
                .filter(|&&other| mini(other) == mini(team))
                .count();
            possible[usize::from(team)] |= interval(first + above, first + above + equal);
        }
        return;
    }
    let count = rules.iter().take_while(settled).count();
    Intervals::mark(possible, level, first, &rules[..count], &group.table);
}

/// Marks the rank of every team the rules decide, and all ranks of a set they leave level.
struct Intervals {
    undecided: Vec<Vec<u8>>,
}

impl Intervals {
    fn mark(possible: &mut [u64], teams: &mut [u8], first: usize, rules: &[Rule], table: &Table) {
        let mut intervals = Self {
            undecided: Vec::new(),
        };
        rank(teams, rules, table, &mut intervals);
        for (place, &team) in teams.iter().enumerate() {
            possible[usize::from(team)] |= 1 << (first + place);
        }
        for level in intervals.undecided {
            let places = teams
                .iter()
                .enumerate()
                .filter(|(_, team)| level.contains(team));
            let ranks = places.fold(0, |set: u64, (place, _)| set | 1 << (first + place));
            for team in level {
                possible[usize::from(team)] |= ranks;
            }
        }
    }
}

impl Observer for Intervals {
    fn undecided(&mut self, level: &mut [u8], _needs: Needs) {
        self.undecided.push(level.to_vec());
    }
}
