//! What one team has.

use serde::Serialize;

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
    /// Goals conceded as the away side.
    pub away_goals_against: u32,
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

    /// Goal difference as the away side.
    pub fn away_goal_difference(&self) -> i64 {
        i64::from(self.away_goals) - i64::from(self.away_goals_against)
    }

    /// What is left without some of the matches.
    pub(super) fn less(&self, some: &Self) -> Self {
        Self {
            won: self.won - some.won,
            drawn: self.drawn - some.drawn,
            lost: self.lost - some.lost,
            goals_for: self.goals_for - some.goals_for,
            goals_against: self.goals_against - some.goals_against,
            away_goals: self.away_goals - some.away_goals,
            away_goals_against: self.away_goals_against - some.away_goals_against,
            away_wins: self.away_wins - some.away_wins,
        }
    }

    /// Counts one more match, from the side of this team.
    pub fn add(&mut self, scored: u8, conceded: u8, away: bool) {
        let (scored, conceded) = (u32::from(scored), u32::from(conceded));
        self.won += u32::from(scored > conceded);
        self.drawn += u32::from(scored == conceded);
        self.lost += u32::from(scored < conceded);
        self.goals_for += scored;
        self.goals_against += conceded;
        if away {
            self.away_goals += scored;
            self.away_goals_against += conceded;
            self.away_wins += u32::from(scored > conceded);
        }
    }
}
