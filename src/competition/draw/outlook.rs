//! What a position of a search leaves open, and what makes it hopeless.

use super::counts::Counts;
use super::matching::most_seated;
use super::rules::{Each, Limit, Rules};
use super::{LARGEST_DRAW, members};

/// Who is to blame for a hopeless position, where that can be said.
#[derive(Clone, Copy, Debug)]
pub(super) enum Culprit {
    /// A ball without a group.
    Ball(usize),
    /// Seats without balls, `pot * groups + group`.
    Seats(usize),
    /// A group without what it must have.
    Group(usize),
    /// Several, taken together.
    Many,
}

/// Where the balls left may go.
pub(super) struct Outlook {
    /// `[ball]`
    pub groups: Each<u64>,
}

impl Outlook {
    /// As far as rules would break there and then, or seats be taken from those who must have them.
    pub(super) fn of(rules: &Rules, counts: &Counts) -> Self {
        let mut groups = [0; LARGEST_DRAW];
        for ball in members(counts.left) {
            groups[ball] = counts.domain(rules, ball);
        }
        for (position, limit) in rules.limits.iter().enumerate() {
            if limit.least > 0 {
                let reserved = reserved(rules, counts, position);
                members(counts.left & !limit.balls).for_each(|ball| groups[ball] &= !reserved);
            }
        }
        Self { groups }
    }

    /// Those of some balls that may join a group.
    pub(super) fn joining(&self, balls: u64, group: usize) -> u64 {
        let joins = |&ball: &usize| self.groups[ball] >> group & 1 == 1;
        members(balls)
            .filter(joins)
            .fold(0, |set, ball| set | 1 << ball)
    }

    /// Rules out groups whose other seats a ball would leave without candidates, until nothing changes.
    pub(super) fn look_ahead(&mut self, rules: &Rules, counts: &Counts) -> Result<(), Culprit> {
        let mut candidates = [0; LARGEST_DRAW];
        for ball in members(counts.left) {
            let seats = usize::from(rules.pot_of[ball]) * rules.groups;
            members(self.groups[ball]).for_each(|group| candidates[seats + group] |= 1 << ball);
        }
        let mut again = true;
        while again {
            again = false;
            for ball in members(counts.left) {
                let pot = usize::from(rules.pot_of[ball]);
                for group in members(self.groups[ball]) {
                    let shut_out = shut_out(rules, counts, ball, group);
                    let has_candidates = |other: usize| {
                        let seats = other * rules.groups + group;
                        let rest = counts.seats[seats] - u8::from(other == pot);
                        (candidates[seats] & !shut_out).count_ones() >= rest.into()
                    };
                    if !(0..rules.pots).all(has_candidates) {
                        self.groups[ball] &= !(1 << group);
                        candidates[pot * rules.groups + group] &= !(1 << ball);
                        again = true;
                    }
                }
                if self.groups[ball] == 0 {
                    return Err(Culprit::Ball(ball));
                }
            }
        }
        Ok(())
    }

    /// Whether the areas of every limit, taken by itself, have room for its balls, and its balls are
    /// enough for what the areas must have.
    pub(super) fn check_limits(&self, rules: &Rules, counts: &Counts) -> Result<(), Culprit> {
        for (position, limit) in rules.limits.iter().enumerate() {
            let left = limit.balls & counts.left;
            if left.count_ones() < 2 && limit.least == 0 {
                continue;
            }
            let areas = &rules.areas[limit.areas];
            let (mut domains, mut room, mut need) =
                ([0; LARGEST_DRAW], [0; LARGEST_DRAW], [0; LARGEST_DRAW]);
            for ball in members(left) {
                let groups = members(self.groups[ball]);
                domains[ball] = groups.fold(0, |set, group| set | 1 << areas.of[group]);
            }
            let cells = &counts.in_area[position * rules.groups..][..rules.groups];
            for (area, &count) in cells.iter().enumerate() {
                room[area] = limit.most - count;
                need[area] = limit.least.saturating_sub(count);
            }
            let needed = need.iter().map(|&need| u32::from(need)).sum();
            if most_seated(left, &domains, &room) < left.count_ones()
                || limit.least > 0 && most_seated(left, &domains, &need) < needed
            {
                return Err(Culprit::Many);
            }
        }
        Ok(())
    }

    /// Whether every pot, taken by itself, can be drawn to the end.
    pub(super) fn check_pots(&self, rules: &Rules, counts: &Counts) -> Result<(), Culprit> {
        let can_be_drawn = |pot: usize| {
            let left = counts.left & rules.in_pot[pot];
            let seats = &counts.seats[pot * rules.groups..][..rules.groups];
            most_seated(left, &self.groups, seats) == left.count_ones()
        };
        match (0..rules.pots).all(can_be_drawn) {
            true => Ok(()),
            false => Err(Culprit::Many),
        }
    }
}

/// The groups that need all their free seats for balls of a limit.
fn reserved(rules: &Rules, counts: &Counts, position: usize) -> u64 {
    let Limit { least, .. } = rules.limits[position];
    let is_reserved = |&group: &usize| {
        let lacking = least.saturating_sub(counts.in_area[rules.cell(position, group)]);
        lacking > 0 && usize::from(lacking + counts.filled[group]) >= rules.size
    };
    (0..rules.groups)
        .filter(is_reserved)
        .fold(0, |set, group| set | 1 << group)
}

/// Who can no longer join a group once a ball has: itself, and those of limits that it makes full there.
fn shut_out(rules: &Rules, counts: &Counts, ball: usize, group: usize) -> u64 {
    let makes_full = |&limit: &usize| {
        let Limit { most, areas, .. } = rules.limits[limit];
        areas == 0 && counts.in_area[rules.cell(limit, group)] + 1 == most
    };
    let full = rules.limits_of(ball).filter(makes_full);
    full.fold(1 << ball, |set, limit| set | rules.limits[limit].balls)
}
