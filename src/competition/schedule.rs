//! Who meets whom and when, by seats: round robins, templates, ties.

use serde::Serialize;

/// A match between two seats of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Meeting {
    /// The round, from 1; in a tie, the leg.
    pub matchday: u32,
    /// The seat at home.
    pub home: u8,
    /// The other.
    pub away: u8,
}

impl Meeting {
    /// Home and away seat; exchanged if `turned`.
    pub(crate) fn sides(self, turned: bool) -> [u8; 2] {
        match turned {
            false => [self.home, self.away],
            true => [self.away, self.home],
        }
    }
}

/// Who meets whom in a group, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Schedule {
    /// Everybody meets everybody so often; of a tie these are the legs.
    RoundRobin {
        /// How often each pair meets.
        legs: u32,
    },
    /// By seats, matchday by matchday, as an organiser lays it down.
    Template {
        /// `[matchday]`: home and away seat of every match.
        matchdays: Vec<Vec<(u8, u8)>>,
        /// How often each pair meets.
        legs: u32,
    },
    /// As the file of matches gives it, or a draw: every team plays so many of the others.
    Given {
        /// Matches of each team.
        matches: u32,
    },
    /// No match: the group ranks what its teams bring along.
    Nothing,
}

impl Schedule {
    /// How often a pair meets at most.
    pub fn legs(&self) -> u32 {
        match self {
            Self::RoundRobin { legs } | Self::Template { legs, .. } => *legs,
            Self::Given { .. } => 1,
            Self::Nothing => 0,
        }
    }

    /// How many matches a group of that size has.
    pub fn matches(&self, size: usize) -> usize {
        match self {
            Self::RoundRobin { legs } => size * size.saturating_sub(1) / 2 * *legs as usize,
            Self::Template { matchdays, .. } => matchdays.iter().map(Vec::len).sum(),
            Self::Given { matches } => size * *matches as usize / 2,
            Self::Nothing => 0,
        }
    }

    /// The matches of a group of that size; none where only a file or a draw can say.
    pub fn meetings(&self, size: usize) -> Vec<Meeting> {
        match self {
            Self::RoundRobin { legs } => round_robin(size, *legs),
            Self::Template { matchdays, .. } => {
                let meetings = (1..).zip(matchdays).flat_map(|(matchday, pairs)| {
                    let meeting = move |&(home, away): &(u8, u8)| Meeting {
                        matchday,
                        home,
                        away,
                    };
                    pairs.iter().map(meeting)
                });
                meetings.collect()
            }
            Self::Given { .. } | Self::Nothing => Vec::new(),
        }
    }
}

/// A round robin by the circle method, with home and away as even as can be: in every leg each team
/// has at most one more match at home than away, or the other way round, and no team is more than
/// twice running at home or away within a leg [de Werra 1981]. Even legs mirror the one before.
fn round_robin(size: usize, legs: u32) -> Vec<Meeting> {
    // An odd number of teams gets a seat that nobody takes: who meets it rests.
    let seats = size + size % 2;
    let rounds = seats.saturating_sub(1);
    let mut meetings = Vec::new();
    for leg in 0..legs {
        for round in 0..rounds {
            let last = seats - 1;
            for pair in 0..seats / 2 {
                let (home, away) = match pair {
                    0 if round % 2 == 0 => (round, last),
                    0 => (last, round),
                    pair => {
                        let one = (round + pair) % rounds;
                        let other = (round + rounds - pair) % rounds;
                        if pair % 2 == 1 {
                            (one, other)
                        } else {
                            (other, one)
                        }
                    }
                };
                if home >= size || away >= size {
                    continue;
                }
                let (home, away) = if leg % 2 == 0 {
                    (home, away)
                } else {
                    (away, home)
                };
                meetings.push(Meeting {
                    matchday: leg * rounds as u32 + round as u32 + 1,
                    home: home as u8,
                    away: away as u8,
                });
            }
        }
    }
    meetings
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_seat_of_a_tie_hosts_the_first_leg() {
        let meetings = round_robin(2, 2);
        let sides: Vec<(u8, u8)> = meetings.iter().map(|m| (m.home, m.away)).collect();
        assert_eq!(sides, [(0, 1), (1, 0)]);
    }

    proptest! {
        #[test]
        fn everybody_meets_everybody_at_home_and_away_alike(size in 2_usize..25, legs in 1_u32..5) {
            let meetings = round_robin(size, legs);
            prop_assert_eq!(meetings.len(), Schedule::RoundRobin { legs }.matches(size));
            let count = |of: &dyn Fn(&&Meeting) -> bool| meetings.iter().filter(of).count() as i64;
            for a in 0..size as u8 {
                for b in 0..a {
                    let there = count(&|m| (m.home, m.away) == (a, b));
                    let here = count(&|m| (m.home, m.away) == (b, a));
                    prop_assert_eq!(there + here, i64::from(legs));
                    prop_assert!((there - here).abs() <= 1);
                }
                let (home, away) = (count(&|m| m.home == a), count(&|m| m.away == a));
                prop_assert!((home - away).abs() <= 1, "{} at home, {} away", home, away);
            }
            for matchday in 1..=meetings.last().unwrap().matchday {
                let playing = meetings.iter().filter(|m| m.matchday == matchday);
                let mut teams: Vec<u8> = playing.flat_map(|m| [m.home, m.away]).collect();
                let count = teams.len();
                teams.sort_unstable();
                teams.dedup();
                prop_assert_eq!(teams.len(), count, "somebody plays twice on a matchday");
                prop_assert_eq!(count, size - size % 2);
            }
        }

        #[test]
        fn nobody_is_more_than_twice_running_at_home_or_away_within_a_leg(size in 3_usize..25) {
            let meetings = round_robin(size, 1);
            for team in 0..size as u8 {
                let own = meetings.iter().filter(|m| m.home == team || m.away == team);
                let at_home: Vec<bool> = own.map(|m| m.home == team).collect();
                prop_assert!(at_home.windows(3).all(|run| run != [run[0]; 3]));
            }
        }
    }
}
