//! What the kernel adds up for every team of a group, all lanes at once.

#![allow(
    clippy::needless_range_loop,
    reason = "lanes of several arrays are walked side by side"
)]

use super::plan::OpenFixture;
use super::stream::LANES;
use super::wide::{Simd, WithSimd, wide};
use crate::standings::Metric;

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
    pub(super) const ALL: [Self; 6] = [
        Self::Points,
        Self::GoalDifference,
        Self::Goals,
        Self::AwayGoals,
        Self::Wins,
        Self::AwayWins,
    ];

    /// What rulebooks call it.
    pub(super) fn metric(self) -> Metric {
        match self {
            Self::Points => Metric::Points,
            Self::GoalDifference => Metric::GoalDifference,
            Self::Goals => Metric::Goals,
            Self::AwayGoals => Metric::AwayGoals,
            Self::Wins => Metric::Wins,
            Self::AwayWins => Metric::AwayWins,
        }
    }
}

/// What the kernel has added up, `[metric][team][lane]`; no teams for a metric nobody asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Totals([Vec<Lanes>; Overall::ALL.len()]);

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

    /// Adds matches between known seats, `[open fixture][lane]` in codes.
    pub(super) fn add_all(&mut self, open: &[OpenFixture], codes: &[[u8; LANES]], worth: [i16; 2]) {
        wide(Counting {
            totals: self,
            open,
            codes,
            worth,
        });
    }

    #[inline(always)]
    fn add(&mut self, (home, away): (u8, u8), codes: &[u8; LANES], worth: [i16; 2]) {
        let [points, difference, goals, away_goals, wins, away_wins] = &mut self.0;
        for (team, own, other) in [(home, 4, 0), (away, 0, 4)] {
            let team = usize::from(team);
            add_side(
                &mut points[team],
                &mut difference[team],
                &mut goals[team],
                codes,
                [own, other],
                worth,
            );
            if let Some(wins) = wins.get_mut(team) {
                add_wins(wins, codes, [own, other]);
            }
        }
        if let Some(goals) = away_goals.get_mut(usize::from(away)) {
            add_away_goals(goals, codes);
        }
        if let Some(wins) = away_wins.get_mut(usize::from(away)) {
            add_wins(wins, codes, [0, 4]);
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

/// Adds points, goal difference and goals of one side; its goals and the other's stand so many bits up.
#[inline(always)]
fn add_side(
    points: &mut Lanes,
    difference: &mut Lanes,
    goals: &mut Lanes,
    codes: &[u8; LANES],
    [own, other]: [u32; 2],
    [win, draw]: [i16; 2],
) {
    for lane in 0..LANES {
        let own = i16::from(codes[lane] >> own & 15);
        let other = i16::from(codes[lane] >> other & 15);
        points[lane] += win * i16::from(own > other) + draw * i16::from(own == other);
        difference[lane] += own - other;
        goals[lane] += own;
    }
}

#[inline(always)]
fn add_wins(wins: &mut Lanes, codes: &[u8; LANES], [own, other]: [u32; 2]) {
    for lane in 0..LANES {
        wins[lane] += i16::from(codes[lane] >> own & 15 > codes[lane] >> other & 15);
    }
}

#[inline(always)]
fn add_away_goals(goals: &mut Lanes, codes: &[u8; LANES]) {
    for lane in 0..LANES {
        goals[lane] += i16::from(codes[lane] & 15);
    }
}

struct Counting<'a> {
    totals: &'a mut Totals,
    open: &'a [OpenFixture],
    codes: &'a [[u8; LANES]],
    worth: [i16; 2],
}

impl WithSimd for Counting<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        for (open, codes) in self.open.iter().zip(self.codes) {
            self.totals.add((open.home, open.away), codes, self.worth);
        }
    }
}
