//! Balls to seats, or teams to teams: how many can be matched at the same time.

use super::members;
use super::rules::Each;

/// How many of the balls can have a seat at the same time, each in its domain, by augmenting paths.
pub(super) fn most_seated(balls: u64, domains: &Each<u64>, seats: &[u8]) -> u32 {
    let mut seated = [0; super::LARGEST_DRAW];
    let mut has_seat = |ball| u32::from(augment(ball, domains, seats, &mut seated, &mut 0));
    members(balls).map(&mut has_seat).sum()
}

fn augment(
    ball: usize,
    domains: &Each<u64>,
    seats: &[u8],
    seated: &mut Each<u64>,
    visited: &mut u64,
) -> bool {
    while domains[ball] & !*visited != 0 {
        let group = (domains[ball] & !*visited).trailing_zeros() as usize;
        *visited |= 1 << group;
        if seated[group].count_ones() < u32::from(seats[group]) {
            seated[group] |= 1 << ball;
            return true;
        }
        for other in members(seated[group]) {
            if augment(other, domains, seats, seated, visited) {
                seated[group] = seated[group] & !(1 << other) | 1 << ball;
                return true;
            }
        }
    }
    false
}
