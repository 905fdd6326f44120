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
pub(super) enum Overall {
    Points,
    GoalDifference,
    Goals,
    AwayGoals,
    Wins,
    AwayWins,
}

impl Overall {
    const ALL: [Self; 6] = [
        Self::Points,
        Self::GoalDifference,
        Self::Goals,
        Self::AwayGoals,
        Self::Wins,
        Self::AwayWins,
    ];
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
    /// Whether comparing pairs tells anything; otherwise all lanes are left to the reference engine.
    is_sound: bool,
    pairs: Vec<Meetings>,
}

/// What the kernel has added up, `[metric][team][lane]`; no teams for a metric nobody asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Totals([Vec<Lanes>; Overall::ALL.len()]);

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
    /// Nothing added up yet, for these metrics.
    pub(super) fn new(teams: usize, metrics: &[Overall]) -> Self {
        let lanes = |metric: Overall| match metrics.contains(&metric) {
            true => vec![[0; LANES]; teams],
            false => Vec::new(),
        };
        Self(Overall::ALL.map(lanes))
    }

    pub(super) fn of(&self, metric: Overall) -> &[Lanes] {
        &self.0[metric as usize]
    }

    pub(super) fn of_mut(&mut self, metric: Overall) -> &mut [Lanes] {
        &mut self.0[metric as usize]
    }

    /// Begins with what is counted already: `[team]` points, goal difference, goals and the rest.
    pub(super) fn begin(&mut self, start: &[[i16; Overall::ALL.len()]]) {
        for (metric, teams) in self.0.iter_mut().enumerate() {
            for (lanes, start) in teams.iter_mut().zip(start) {
                lanes.fill(start[metric]);
            }
        }
    }

    /// Adds a match between two seats.
    pub(super) fn add(&mut self, (home, away): (u8, u8), codes: &[u8; LANES], worth: [i16; 2]) {
        let [win, draw] = worth;
        let [points, difference, goals, away_goals, wins, away_wins] = &mut self.0;
        for (team, shift, other, is_away) in [(home, 4, 0, false), (away, 0, 4, true)] {
            let team = usize::from(team);
            let (points, difference, goals) =
                (&mut points[team], &mut difference[team], &mut goals[team]);
            for lane in 0..LANES {
                let own = i16::from(codes[lane] >> shift & 15);
                let others = i16::from(codes[lane] >> other & 15);
                points[lane] += win * i16::from(own > others) + draw * i16::from(own == others);
                difference[lane] += own - others;
                goals[lane] += own;
            }
            if let Some(wins) = wins.get_mut(team) {
                for lane in 0..LANES {
                    wins[lane] += i16::from(codes[lane] >> shift & 15 > codes[lane] >> other & 15);
                }
            }
            if let Some(goals) = away_goals.get_mut(team).filter(|_| is_away) {
                for lane in 0..LANES {
                    goals[lane] += i16::from(codes[lane] & 15);
                }
            }
            if let Some(wins) = away_wins.get_mut(team).filter(|_| is_away) {
                for lane in 0..LANES {
                    wins[lane] += i16::from(codes[lane] & 15 > codes[lane] >> 4);
                }
            }
        }
    }

    /// Adds a match whose seats differ from lane to lane.
    pub(super) fn add_by_lane(
        &mut self,
        pairings: &[[u8; 2]; LANES],
        codes: &[u8; LANES],
        worth: [i16; 2],
    ) {
        for lane in 0..LANES {
            let [home, away] = pairings[lane].map(usize::from);
            let (here, there) = (i16::from(codes[lane] >> 4), i16::from(codes[lane] & 15));
            for (team, own, others, is_away) in
                [(home, here, there, false), (away, there, here, true)]
            {
                let points = match own.cmp(&others) {
                    std::cmp::Ordering::Greater => worth[0],
                    std::cmp::Ordering::Equal => worth[1],
                    std::cmp::Ordering::Less => 0,
                };
                let won = i16::from(own > others);
                let away = i16::from(is_away);
                let counted = [points, own - others, own, away * own, won, away * won];
                for (teams, counted) in self.0.iter_mut().zip(counted) {
                    if let Some(lanes) = teams.get_mut(team) {
                        lanes[lane] += counted;
                    }
                }
            }
        }
    }

    /// Takes over what a team of another group has in one lane.
    pub(super) fn copy(&mut self, team: usize, lane: usize, from: &Self, other: usize) {
        for (own, theirs) in self.0.iter_mut().zip(&from.0) {
            if let Some((own, theirs)) = own.get_mut(team).zip(theirs.get(other)) {
                own[lane] = theirs[lane];
            }
        }
    }
}

impl Pairwise {
    /// How the pairs of a group compare under its rules. `is_plain` is false where the group brings
    /// along what the kernel cannot add up.
    pub(super) fn new(rules: &[Rule], table: &Table, open: &[OpenFixture], is_plain: bool) -> Self {
        let tie = table.size() == 2;
        // In a tie of two the goals are in the meetings, and nothing else is added up.
        let plain = |rule: &Rule| overall(rule.plain()?).filter(|_| !tie);
        let leading: Vec<Overall> = rules.iter().map_while(plain).collect();
        let drawn = open.first().is_some_and(|open| open.home == open.away);
        let mut following = Vec::new();
        for rule in rules[leading.len()..].iter().filter(|_| !drawn) {
            let known = between_two(rule, tie);
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
        let annulled = (0..table.size() as u8).any(|team| table.is_annulled(team));
        Self {
            leading,
            following,
            has_mini_tables,
            is_sound: !annulled && !table.has_averages() && is_plain,
            pairs,
        }
    }

    /// What the kernel has to add up: what is shown, and what is compared.
    pub(super) fn needs(&self) -> Vec<Overall> {
        let compared = self
            .following
            .iter()
            .filter_map(|comparison| match comparison {
                Comparison::Overall(metric) => Some(*metric),
                _ => None,
            });
        let compared: Vec<Overall> = self.leading.iter().copied().chain(compared).collect();
        let shown = &Overall::ALL[..3];
        let needed = |metric: &Overall| shown.contains(metric) || compared.contains(metric);
        Overall::ALL.into_iter().filter(needed).collect()
    }

    /// Ranks all lanes; those it cannot decide are marked.
    pub(super) fn rank(&self, codes: &[[u8; LANES]], totals: &Totals, win: i16, ranks: &mut Ranks) {
        ranks
            .rank
            .iter_mut()
            .chain(&mut ranks.level)
            .for_each(|lanes| lanes.fill(0));
        ranks.undecided.fill(u8::from(!self.is_sound));
        if !self.is_sound {
            return;
        }
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
fn between_two(rule: &Rule, tie: bool) -> Option<Vec<Option<Comparison>>> {
    let Step::Compare { among, by, restart } = &rule.step else {
        return None;
    };
    let whole = [Restart::AllButBest, Restart::SubsetOrNothing];
    if !rule.condition.is_empty() || whole.contains(restart) {
        return None;
    }
    let mut known = Vec::new();
    for criterion in by.iter().filter(|criterion| criterion.teams.contains(2)) {
        // All matches of a tie are meetings of the two.
        let among = if tie { Among::LevelTeams } else { *among };
        known.push(comparison(among, criterion.metric));
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
        Metric::AwayGoals => Some(Overall::AwayGoals),
        Metric::Wins => Some(Overall::Wins),
        Metric::AwayWins => Some(Overall::AwayWins),
        _ => None,
    }
}

/// What a metric compares between two level teams, if the kernel adds it up.
fn comparison(among: Among, metric: Metric) -> Option<Comparison> {
    match (among, metric) {
        (Among::Everyone, metric) => overall(metric).map(Comparison::Overall),
        (Among::LevelTeams, Metric::Points) => Some(Comparison::MeetingPoints),
        // Between two teams what one scores the other concedes: goals and their difference agree.
        (Among::LevelTeams, Metric::GoalDifference | Metric::Goals | Metric::Aggregate) => {
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
