//! What has been counted in one group: unordered.

use std::fmt;

use serde::Serialize;

use super::rule::Metric;
use crate::fixture::{Outcome, Scoreline};

/// The most teams a group can hold: a set of its teams is one machine word.
pub const LARGEST_GROUP: usize = 64;

/// A set of teams of one group, by their positions in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TeamSet(u64);

impl TeamSet {
    /// The first `size` teams.
    pub fn first(size: usize) -> Self {
        debug_assert!((1..=LARGEST_GROUP).contains(&size));
        Self(u64::MAX >> (LARGEST_GROUP - size))
    }

    /// The teams listed.
    pub fn of(teams: &[u8]) -> Self {
        Self(teams.iter().fold(0, |set, &team| set | 1 << team))
    }

    /// Whether a team belongs to it.
    pub fn contains(self, team: u8) -> bool {
        self.0 >> team & 1 == 1
    }

    fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let team = (rest != 0).then(|| rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            team
        })
    }
}

/// What a rule may need that scores cannot give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum External {
    /// Points for cards; fewer are better.
    DisciplinaryPoints,
    /// A coefficient; more is better.
    Coefficient,
    /// A place in a ranking; 1 is best.
    Ranking,
    /// The order in which lots were drawn; 1 is best.
    Lots,
}

impl External {
    /// How many there are: the length of an array by `External as usize`.
    pub const COUNT: usize = 4;

    /// More is always better in a [`Table`]: values of which fewer are better are stored negated. Said
    /// twice it gives the value as its source prints it.
    pub(super) fn signed(self, value: i64) -> i64 {
        match self {
            External::Coefficient => value,
            External::DisciplinaryPoints | External::Ranking | External::Lots => -value,
        }
    }
}

impl fmt::Display for External {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Metric::External(*self).fmt(f)
    }
}

/// Matches between one home side and one away side.
#[derive(Clone, Copy, Debug, Default)]
struct Meetings {
    home_wins: u16,
    draws: u16,
    away_wins: u16,
    home_goals: u16,
    away_goals: u16,
}

/// What one team has, over all the matches counted or some of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Matches won.
    pub won: u32,
    /// Matches drawn.
    pub drawn: u32,
    /// Matches lost.
    pub lost: u32,
    /// Goals scored.
    pub goals_for: u32,
    /// Goals conceded.
    pub goals_against: u32,
    /// Goals scored as the away side.
    pub away_goals: u32,
    /// Matches won as the away side.
    pub away_wins: u32,
}

impl Totals {
    /// Matches played.
    pub fn played(&self) -> u32 {
        self.won + self.drawn + self.lost
    }

    /// Goals scored less goals conceded.
    pub fn goal_difference(&self) -> i64 {
        i64::from(self.goals_for) - i64::from(self.goals_against)
    }
}

/// Everything counted in one group, kept by pairs so that any mini-league can be read from it.
#[derive(Clone, Debug)]
pub struct Table {
    size: usize,
    win: i64,
    draw: i64,
    meetings: Vec<Meetings>,
    /// `[team]`: goals in extra time, where it was played.
    extra_time: Vec<Option<i64>>,
    /// `[team]`: kicks scored in shoot-outs, where there was one.
    penalties: Vec<Option<i64>>,
    values: Vec<[Option<i64>; External::COUNT]>,
}

impl Table {
    /// An empty table for `size` teams, with the points a win and a draw are worth.
    ///
    /// # Panics
    /// When `size` is 0 or above [`LARGEST_GROUP`].
    pub fn new(size: usize, win: u8, draw: u8) -> Self {
        assert!(
            (1..=LARGEST_GROUP).contains(&size),
            "a group holds 1 to {LARGEST_GROUP} teams"
        );
        Self {
            size,
            win: win.into(),
            draw: draw.into(),
            meetings: vec![Meetings::default(); size * size],
            extra_time: vec![None; size],
            penalties: vec![None; size],
            values: vec![[None; External::COUNT]; size],
        }
    }

    /// How many teams the group has.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Takes over the matches of another table of the same size, without allocating.
    pub fn copy_matches(&mut self, from: &Table) {
        self.meetings.copy_from_slice(&from.meetings);
    }

    /// Counts a match between two teams, by their positions in the group.
    pub fn record(&mut self, home: u8, away: u8, goals: Scoreline) {
        let meetings = &mut self.meetings[usize::from(home) * self.size + usize::from(away)];
        match goals.outcome() {
            Outcome::HomeWin => meetings.home_wins += 1,
            Outcome::Draw => meetings.draws += 1,
            Outcome::AwayWin => meetings.away_wins += 1,
        }
        meetings.home_goals += u16::from(goals.home);
        meetings.away_goals += u16::from(goals.away);
    }

    /// Counts the extra time of a match.
    pub fn record_extra_time(&mut self, home: u8, away: u8, goals: Scoreline) {
        add(&mut self.extra_time, home, away, goals);
    }

    /// Counts the kicks scored in the shoot-out of a match.
    pub fn record_penalties(&mut self, home: u8, away: u8, kicks: Scoreline) {
        add(&mut self.penalties, home, away, kicks);
    }

    /// Sets what scores cannot tell of a team, as written in the source.
    pub fn set_value(&mut self, team: u8, external: External, value: i64) {
        self.values[usize::from(team)][external as usize] = Some(external.signed(value));
    }

    /// What a team has from its matches against the teams of `among`.
    pub fn totals(&self, team: u8, among: TeamSet) -> Totals {
        let mut totals = Totals::default();
        let team = usize::from(team);
        for other in among.iter() {
            let home = &self.meetings[team * self.size + other];
            let away = &self.meetings[other * self.size + team];
            totals.won += u32::from(home.home_wins) + u32::from(away.away_wins);
            totals.drawn += u32::from(home.draws) + u32::from(away.draws);
            totals.lost += u32::from(home.away_wins) + u32::from(away.home_wins);
            totals.goals_for += u32::from(home.home_goals) + u32::from(away.away_goals);
            totals.goals_against += u32::from(home.away_goals) + u32::from(away.home_goals);
            totals.away_goals += u32::from(away.away_goals);
            totals.away_wins += u32::from(away.away_wins);
        }
        totals
    }

    /// Points for these totals.
    pub fn points(&self, totals: &Totals) -> i64 {
        self.win * i64::from(totals.won) + self.draw * i64::from(totals.drawn)
    }

    /// The value of a metric for a team against the teams of `among`, more being better.
    ///
    /// `None` where it takes what is not there: an external value, extra time, a shoot-out.
    pub fn value(&self, metric: Metric, team: u8, among: TeamSet) -> Option<i64> {
        let totals = || self.totals(team, among);
        match metric {
            Metric::Points => Some(self.points(&totals())),
            Metric::GoalDifference => Some(totals().goal_difference()),
            Metric::Goals | Metric::Aggregate => Some(totals().goals_for.into()),
            Metric::AwayGoals => Some(totals().away_goals.into()),
            Metric::Wins => Some(totals().won.into()),
            Metric::AwayWins => Some(totals().away_wins.into()),
            Metric::ExtraTime => self.extra_time[usize::from(team)],
            Metric::Penalties => self.penalties[usize::from(team)],
            Metric::External(external) => self.values[usize::from(team)][external as usize],
        }
    }

    /// How many matches have been counted between the teams of a set.
    pub fn meetings_within(&self, set: TeamSet) -> u32 {
        set.iter()
            .map(|team| self.totals(team as u8, set).played())
            .sum::<u32>()
            / 2
    }
}

fn add(totals: &mut [Option<i64>], home: u8, away: u8, goals: Scoreline) {
    for (team, goals) in [(home, goals.home), (away, goals.away)] {
        *totals[usize::from(team)].get_or_insert(0) += i64::from(goals);
    }
}
