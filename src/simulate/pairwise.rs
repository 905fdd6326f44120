//! The fast path of ranking: compare teams two by two, all lanes at once, and count who is above.
//!
//! Comparing pairs is exact where at most two teams are level on the metrics that come before the
//! first head-to-head rule: a mini-table of two is their meetings, and every restart among two is the
//! same comparison again. Lanes with more level teams, or with two that all this leaves level, are
//! left to the reference engine.

#![allow(
    clippy::needless_range_loop,
    reason = "lanes of several arrays are walked side by side"
)]

use super::plan::OpenFixture;
use super::stream::LANES;
use crate::standings::{Among, Metric, Restart, Rule, Scope, Step, Table, TeamSet};

/// One value a lane.
pub(super) type Lanes = [i16; LANES];

/// What the kernel adds up for every team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Overall {
    Points,
    GoalDifference,
    Goals,
}

/// What the kernel compares between two level teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Overall(Overall),
    MeetingPoints,
    MeetingGoals,
    MeetingAwayGoals,
}

/// The meetings of two teams of a group.
#[derive(Clone, Debug)]
struct Meetings {
    first: u8,
    second: u8,
    /// First less second team in meetings already decided: points, goals, away goals.
    decided: [i16; 3],
    /// Meetings to be played: position among the open fixtures, and whether the first is at home.
    open: Vec<(usize, bool)>,
}

/// How the pairs of a group are compared.
#[derive(Clone, Debug)]
pub(super) struct Pairwise {
    /// Metrics over all matches that come before the first head-to-head rule.
    leading: Vec<Overall>,
    /// What follows for two teams level on those, as far as the kernel knows the metrics.
    following: Vec<Comparison>,
    /// Whether a set of three or more level teams has a mini-table of its own.
    has_mini_tables: bool,
    pairs: Vec<Meetings>,
}

/// What the kernel has added up, `[team][lane]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Totals {
    pub(super) points: Vec<Lanes>,
    pub(super) goal_difference: Vec<Lanes>,
    pub(super) goals: Vec<Lanes>,
}

/// The order of teams in all lanes.
#[derive(Clone, Debug)]
pub(super) struct Ranks {
    /// `[team][lane]`: 0 = best.
    pub(super) rank: Vec<[u8; LANES]>,
    /// `[team][lane]`: how many others are level on the leading metrics.
    level: Vec<[u8; LANES]>,
    /// `[lane]`: not zero where the reference engine has to decide.
    pub(super) undecided: [u8; LANES],
}

impl Ranks {
    pub(super) fn new(teams: usize) -> Self {
        Self {
            rank: vec![[0; LANES]; teams],
            level: vec![[0; LANES]; teams],
            undecided: [0; LANES],
        }
    }
}

impl Totals {
    pub(super) fn new(teams: usize) -> Self {
        let empty = || vec![[0; LANES]; teams];
        Self {
            points: empty(),
            goal_difference: empty(),
            goals: empty(),
        }
    }

    fn of(&self, metric: Overall) -> &[Lanes] {
        match metric {
            Overall::Points => &self.points,
            Overall::GoalDifference => &self.goal_difference,
            Overall::Goals => &self.goals,
        }
    }
}

impl Pairwise {
    pub(super) fn new(rules: &[Rule], table: &Table, open: &[OpenFixture]) -> Self {
        let plain = |rule: &Rule| overall(rule.plain()?);
        let leading: Vec<Overall> = rules.iter().map_while(plain).collect();
        let mut following = Vec::new();
        for rule in &rules[leading.len()..] {
            let known = between_two(rule);
            following.extend(known.iter().flatten().flatten());
            if known.is_none_or(|known| known.contains(&None)) {
                break;
            }
        }
        let has_mini_tables = rules.iter().any(|rule| rule.plain().is_none());
        let size = table.size() as u8;
        let pairs =
            (0..size).flat_map(|first| (first + 1..size).map(move |second| (first, second)));
        let pairs = pairs
            .map(|(first, second)| Meetings::of(first, second, table, open))
            .collect();
        Self {
            leading,
            following,
            has_mini_tables,
            pairs,
        }
    }

    /// Ranks all lanes; those it cannot decide are marked.
    pub(super) fn rank(&self, codes: &[[u8; LANES]], totals: &Totals, win: i16, ranks: &mut Ranks) {
        ranks
            .rank
            .iter_mut()
            .chain(&mut ranks.level)
            .for_each(|lanes| lanes.fill(0));
        ranks.undecided.fill(0);
        for pair in &self.pairs {
            let (first, second) = (usize::from(pair.first), usize::from(pair.second));
            let mut sign = [0; LANES];
            for &metric in &self.leading {
                let values = totals.of(metric);
                settle(&mut sign, &values[first], &values[second]);
            }
            if self.has_mini_tables {
                for lane in 0..LANES {
                    let level = u8::from(sign[lane] == 0);
                    ranks.level[first][lane] += level;
                    ranks.level[second][lane] += level;
                }
            }
            self.settle_level(pair, codes, totals, win, &mut sign);
            for lane in 0..LANES {
                ranks.rank[first][lane] += u8::from(sign[lane] < 0);
                ranks.rank[second][lane] += u8::from(sign[lane] > 0);
                ranks.undecided[lane] |= u8::from(sign[lane] == 0);
            }
        }
        for level in &ranks.level {
            for lane in 0..LANES {
                ranks.undecided[lane] |= u8::from(level[lane] > 1);
            }
        }
    }

    fn settle_level(
        &self,
        pair: &Meetings,
        codes: &[[u8; LANES]],
        totals: &Totals,
        win: i16,
        sign: &mut Lanes,
    ) {
        if self.following.is_empty() {
            return;
        }
        const LEVEL: Lanes = [0; LANES];
        let [points, goals, away_goals] = pair.differences(codes, win);
        for &comparison in &self.following {
            match comparison {
                Comparison::Overall(metric) => {
                    let values = totals.of(metric);
                    settle(
                        sign,
                        &values[usize::from(pair.first)],
                        &values[usize::from(pair.second)],
                    );
                }
                Comparison::MeetingPoints => settle(sign, &points, &LEVEL),
                Comparison::MeetingGoals => settle(sign, &goals, &LEVEL),
                Comparison::MeetingAwayGoals => settle(sign, &away_goals, &LEVEL),
            }
        }
    }
}

/// What a rule compares between two level teams, up to the first metric that the kernel does not add
/// up, which is `None`. No list at all where it takes more than the two teams to tell.
fn between_two(rule: &Rule) -> Option<Vec<Option<Comparison>>> {
    let Step::Compare { among, by, restart } = &rule.step else {
        return None;
    };
    let whole = [Restart::AllButBest, Restart::SubsetOrNothing];
    if !rule.condition.is_empty() || whole.contains(restart) {
        return None;
    }
    let mut known = Vec::new();
    for criterion in by.iter().filter(|criterion| criterion.teams.contains(2)) {
        known.push(comparison(*among, criterion.metric));
        if known.last() == Some(&None) {
            break;
        }
    }
    Some(known)
}

/// What the kernel adds up of a metric over all matches.
fn overall(metric: Metric) -> Option<Overall> {
    match metric {
        Metric::Points => Some(Overall::Points),
        Metric::GoalDifference => Some(Overall::GoalDifference),
        Metric::Goals => Some(Overall::Goals),
        _ => None,
    }
}

/// What a metric compares between two level teams, if the kernel adds it up.
fn comparison(among: Among, metric: Metric) -> Option<Comparison> {
    match (among, metric) {
        (Among::Everyone, metric) => overall(metric).map(Comparison::Overall),
        (Among::LevelTeams, Metric::Points) => Some(Comparison::MeetingPoints),
        // Between two teams what one scores the other concedes: goals and their difference agree.
        (Among::LevelTeams, Metric::GoalDifference | Metric::Goals) => {
            Some(Comparison::MeetingGoals)
        }
        (Among::LevelTeams, Metric::AwayGoals) => Some(Comparison::MeetingAwayGoals),
        _ => None,
    }
}

/// Where the sign is still zero it becomes that of `first - second`.
#[inline]
fn settle(sign: &mut Lanes, first: &Lanes, second: &Lanes) {
    for lane in 0..LANES {
        let difference =
            i16::from(first[lane] > second[lane]) - i16::from(first[lane] < second[lane]);
        sign[lane] = if sign[lane] == 0 {
            difference
        } else {
            sign[lane]
        };
    }
}

impl Meetings {
    fn of(first: u8, second: u8, table: &Table, open: &[OpenFixture]) -> Self {
        let among = Scope::Between(TeamSet::of(&[first, second]));
        let decided = [Metric::Points, Metric::Goals, Metric::AwayGoals].map(|metric| {
            let value = |team| table.value(metric, team, among).unwrap_or_default() as i16;
            value(first) - value(second)
        });
        let meeting = |(index, open): (usize, &OpenFixture)| match (open.home, open.away) {
            sides if sides == (first, second) => Some((index, true)),
            sides if sides == (second, first) => Some((index, false)),
            _ => None,
        };
        let open = open.iter().enumerate().filter_map(meeting).collect();
        Self {
            first,
            second,
            decided,
            open,
        }
    }

    /// First less second team over their meetings: points, goals, away goals.
    fn differences(&self, codes: &[[u8; LANES]], win: i16) -> [Lanes; 3] {
        let [mut points, mut goals, mut away_goals] = self.decided.map(|value| [value; LANES]);
        for &(index, first_at_home) in &self.open {
            let codes = &codes[index];
            let side = if first_at_home { 1 } else { -1 };
            for lane in 0..LANES {
                let (home, away) = (i16::from(codes[lane] >> 4), i16::from(codes[lane] & 15));
                // A draw is worth the same to both.
                points[lane] += side * win * (i16::from(home > away) - i16::from(home < away));
                goals[lane] += side * (home - away);
                away_goals[lane] -= side * away;
            }
        }
        [points, goals, away_goals]
    }
}
