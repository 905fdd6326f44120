//! What has been counted in one group: unordered.

use super::external::External;
use super::rule::Metric;
use super::team_set::{LARGEST_GROUP, TeamSet};
use super::totals::Totals;
use crate::fixture::{Outcome, Scoreline};

/// Which matches of a group count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them, with what was carried in and what was deducted.
    All,
    /// Only those between these teams: a mini-league, which no deduction touches.
    Between(TeamSet),
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

impl Meetings {
    fn count(&self) -> u16 {
        self.home_wins + self.draws + self.away_wins
    }
}

/// Everything counted in one group, kept by pairs so that any mini-league can be read from it.
#[derive(Debug)]
pub struct Table {
    size: usize,
    win: i64,
    draw: i64,
    /// How often every pair meets in all.
    legs: u16,
    meetings: Vec<Meetings>,
    teams: Vec<Entry>,
    has_averages: bool,
}

/// What a team has beside its meetings with the others.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// Brought along from an earlier stage, against teams that are not in the group.
    carried: Totals,
    /// Added to the points that all matches give.
    points: i64,
    /// In half points: how much halving the points rounded off, negative where it rounded up.
    rounding: i64,
    forfeits: u16,
    extra_time: Option<i64>,
    extra_time_away: Option<i64>,
    penalties: Option<i64>,
    replay: Option<i64>,
    play_off: Option<i64>,
    earlier_place: Option<i64>,
    /// Whom it meets last.
    last_opponent: Option<u8>,
    /// Out of the competition, with all its matches annulled.
    annulled: bool,
    /// Matches at home and away that an opponent's withdrawal cost it, worth the average of all.
    averaged: [u16; 2],
    values: [Option<i64>; External::COUNT],
}

impl Clone for Table {
    fn clone(&self) -> Self {
        Self {
            meetings: self.meetings.clone(),
            teams: self.teams.clone(),
            ..*self
        }
    }

    /// Keeps its memory: the seasons of a simulation copy tables without allocating.
    fn clone_from(&mut self, source: &Self) {
        self.meetings.clone_from(&source.meetings);
        self.teams.clone_from(&source.teams);
        (self.size, self.legs) = (source.size, source.legs);
        self.has_averages = source.has_averages;
        (self.win, self.draw) = (source.win, source.draw);
    }
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
            legs: 0,
            meetings: vec![Meetings::default(); size * size],
            teams: vec![Entry::default(); size],
            has_averages: false,
        }
    }

    /// How many teams the group has.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Says how often every pair meets in all.
    pub fn set_legs(&mut self, legs: u16) {
        self.legs = legs;
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

    /// Takes over what one team had at home against another in another table.
    pub(super) fn copy_meetings(&mut self, here: (u8, u8), from: &Table, there: (u8, u8)) {
        let cell = |(home, away): (u8, u8), size| usize::from(home) * size + usize::from(away);
        self.meetings[cell(here, self.size)] = from.meetings[cell(there, from.size)];
    }

    /// Counts a match lost by decision.
    pub fn record_forfeit(&mut self, team: u8) {
        self.teams[usize::from(team)].forfeits += 1;
    }

    /// Counts the extra time of a match.
    pub fn record_extra_time(&mut self, home: u8, away: u8, goals: Scoreline) {
        self.add(home, away, goals, |entry| &mut entry.extra_time);
        let away_goals = Scoreline::new(0, goals.away);
        self.add(home, away, away_goals, |entry| &mut entry.extra_time_away);
    }

    /// Counts the kicks scored in the shoot-out of a match.
    pub fn record_penalties(&mut self, home: u8, away: u8, kicks: Scoreline) {
        self.add(home, away, kicks, |entry| &mut entry.penalties);
    }

    /// Counts the goals of a replay.
    pub fn record_replay(&mut self, home: u8, away: u8, goals: Scoreline) {
        self.add(home, away, goals, |entry| &mut entry.replay);
    }

    /// Counts a match played to decide between two level teams: its winner has the 1.
    pub fn record_play_off(&mut self, home: u8, away: u8, winner: Scoreline) {
        self.add(home, away, winner, |entry| &mut entry.play_off);
    }

    fn add(
        &mut self,
        home: u8,
        away: u8,
        goals: Scoreline,
        of: impl Fn(&mut Entry) -> &mut Option<i64>,
    ) {
        for (team, goals) in [(home, goals.home), (away, goals.away)] {
            *of(&mut self.teams[usize::from(team)]).get_or_insert(0) += i64::from(goals);
        }
    }

    /// Sets what scores cannot tell of a team, as written in the source.
    pub fn set_value(&mut self, team: u8, external: External, value: i64) {
        let signed = Metric::External(external).signed(value);
        self.teams[usize::from(team)].values[external as usize] = Some(signed);
    }

    /// Adds points that no match gave; a deduction is negative.
    pub fn adjust_points(&mut self, team: u8, points: i64) {
        self.teams[usize::from(team)].points += points;
    }

    /// Brings along what a team has from an earlier stage against teams that are not in this group.
    pub fn carry(&mut self, team: u8, totals: Totals) {
        self.teams[usize::from(team)].carried = totals;
    }

    /// Notes what halving the points rounded off, in half points; negative where it rounded up.
    pub fn set_rounding(&mut self, team: u8, half_points: i64) {
        self.teams[usize::from(team)].rounding = half_points;
    }

    /// Sets the place, from 1, that a team had earlier in the competition.
    pub fn set_earlier_place(&mut self, team: u8, place: i64) {
        self.teams[usize::from(team)].earlier_place = Some(Metric::EarlierPlace.signed(place));
    }

    /// Says whom a team meets last.
    pub fn set_last_opponent(&mut self, team: u8, opponent: u8) {
        self.teams[usize::from(team)].last_opponent = Some(opponent);
    }

    /// Takes a team out of the ranking: it comes after all others.
    pub fn annul(&mut self, team: u8) {
        self.teams[usize::from(team)].annulled = true;
    }

    /// Whether a team's matches were annulled.
    pub fn is_annulled(&self, team: u8) -> bool {
        self.teams[usize::from(team)].annulled
    }

    /// Gives a team the average points of all home (or away) matches for one it could not play.
    pub fn average(&mut self, team: u8, away: bool) {
        self.teams[usize::from(team)].averaged[usize::from(away)] += 1;
        self.has_averages = true;
    }

    /// Whether some points are averages.
    pub fn has_averages(&self) -> bool {
        self.has_averages
    }

    /// What a team has from the matches that count.
    pub fn totals(&self, team: u8, scope: Scope) -> Totals {
        let (mut totals, among) = match scope {
            Scope::All => (
                self.teams[usize::from(team)].carried,
                TeamSet::first(self.size),
            ),
            Scope::Between(among) => (Totals::default(), among),
        };
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
            totals.away_goals_against += u32::from(away.home_goals);
            totals.away_wins += u32::from(away.away_wins);
        }
        totals
    }

    /// Points for wins and draws alone.
    pub fn worth(&self, totals: &Totals) -> i64 {
        self.win * i64::from(totals.won) + self.draw * i64::from(totals.drawn)
    }

    /// Points of a team from everything that counts. They are whole unless some are averages.
    pub fn points(&self, team: u8) -> f64 {
        let points = self.points_in_units(team, Scope::All);
        points as f64 / self.points_unit() as f64
    }

    /// In how many parts a point is divided: 1 unless some points are averages.
    pub fn points_unit(&self) -> i64 {
        let [home, away] = self.averages();
        home.1 * away.1
    }

    /// Points of all home matches and their number; the same away. Numbers are 1 where nothing is averaged.
    fn averages(&self) -> [(i64, i64); 2] {
        if !self.has_averages() {
            return [(0, 1); 2];
        }
        let mut sums = [(0, 0); 2];
        for meetings in &self.meetings {
            let worth =
                |wins: u16| self.win * i64::from(wins) + self.draw * i64::from(meetings.draws);
            sums[0].0 += worth(meetings.home_wins);
            sums[1].0 += worth(meetings.away_wins);
            sums.iter_mut()
                .for_each(|sum| sum.1 += i64::from(meetings.count()));
        }
        sums.map(|(points, matches)| (points, matches.max(1)))
    }

    fn points_in_units(&self, team: u8, scope: Scope) -> i64 {
        let worth = self.worth(&self.totals(team, scope));
        match scope {
            Scope::Between(_) => worth,
            Scope::All => {
                let entry = &self.teams[usize::from(team)];
                let [home, away] = self.averages();
                let [missed_home, missed_away] = entry.averaged.map(i64::from);
                (worth + entry.points) * home.1 * away.1
                    + missed_home * home.0 * away.1
                    + missed_away * away.0 * home.1
            }
        }
    }

    /// The value of a metric for a team over the matches that count, more being better.
    ///
    /// `None` where it takes what is not there: an external value, extra time, a shoot-out.
    pub fn value(&self, metric: Metric, team: u8, scope: Scope) -> Option<i64> {
        let totals = || self.totals(team, scope);
        let entry = &self.teams[usize::from(team)];
        let value = match metric {
            Metric::Points => self.points_in_units(team, scope),
            Metric::PointsLost => {
                let best = i64::from(totals().played()) * self.win * self.points_unit();
                self.points_in_units(team, scope) - best
            }
            Metric::GoalDifference => totals().goal_difference(),
            Metric::Goals | Metric::Aggregate => totals().goals_for.into(),
            Metric::HomeGoalDifference => {
                totals().goal_difference() - totals().away_goal_difference()
            }
            Metric::HomeGoals => (totals().goals_for - totals().away_goals).into(),
            Metric::AwayGoalDifference => totals().away_goal_difference(),
            Metric::AwayGoals => totals().away_goals.into(),
            Metric::Wins => totals().won.into(),
            Metric::AwayWins => totals().away_wins.into(),
            Metric::OpponentsPoints => self.over_opponents(team, Metric::Points),
            Metric::OpponentsGoalDifference => self.over_opponents(team, Metric::GoalDifference),
            Metric::OpponentsGoals => self.over_opponents(team, Metric::Goals),
            Metric::Rounding => entry.rounding,
            Metric::Forfeits => metric.signed(entry.forfeits.into()),
            Metric::ExtraTime => return entry.extra_time,
            Metric::ExtraTimeAwayGoals => return entry.extra_time_away,
            Metric::Penalties => return entry.penalties,
            Metric::Replay => return entry.replay,
            Metric::PlayOff => return entry.play_off,
            Metric::EarlierPlace => return entry.earlier_place,
            Metric::External(external) => return entry.values[external as usize],
        };
        Some(value)
    }

    /// What all opponents of a team have together, each as often as they met.
    fn over_opponents(&self, team: u8, metric: Metric) -> i64 {
        let met = |other: usize| {
            let [a, b] = [usize::from(team), other];
            let meetings = [a * self.size + b, b * self.size + a].map(|pair| &self.meetings[pair]);
            i64::from(meetings[0].count() + meetings[1].count())
        };
        (0..self.size)
            .filter(|&other| met(other) > 0)
            .map(|other| {
                let value = self.value(metric, other as u8, Scope::All);
                met(other) * value.unwrap_or(0)
            })
            .sum()
    }

    /// Whether teams have met each other as often as they are to.
    pub fn all_met(&self, teams: &[u8]) -> bool {
        let met = |&a: &u8, &b: &u8| {
            let [a, b] = [a, b].map(usize::from);
            let meetings = [a * self.size + b, b * self.size + a].map(|pair| &self.meetings[pair]);
            meetings[0].count() + meetings[1].count() >= self.legs
        };
        teams
            .iter()
            .enumerate()
            .all(|(index, a)| teams[..index].iter().all(|b| met(a, b)))
    }

    /// Whether these are two teams who meet each other in the last match of both.
    pub fn meet_last(&self, teams: &[u8]) -> bool {
        let last = |team: u8| self.teams[usize::from(team)].last_opponent;
        matches!(*teams, [a, b] if last(a) == Some(b) && last(b) == Some(a))
    }

    /// Whether two teams, equal in goals scored and conceded, met once, in the last match of both, and
    /// drew it.
    pub fn drew_last_match(&self, teams: &[u8]) -> bool {
        let goals = |team: u8| {
            let totals = self.totals(team, Scope::All);
            (totals.goals_for, totals.goals_against)
        };
        self.meet_last(teams) && goals(teams[0]) == goals(teams[1]) && {
            let between = self.totals(teams[0], Scope::Between(TeamSet::of(teams)));
            (between.drawn, between.played()) == (1, 1)
        }
    }

    /// How many matches have been counted between the teams of the group.
    pub fn matches(&self) -> u32 {
        let counts = self
            .meetings
            .iter()
            .map(|meetings| u32::from(meetings.count()));
        counts.sum()
    }
}
