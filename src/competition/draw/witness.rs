//! A valid outcome that agrees with everything drawn so far, kept at hand and repaired as balls come out.

use super::counts::Counts;
use super::rules::{Each, Rules};
use super::{Fault, LARGEST_DRAW, members, search};

/// A repair that takes more exchanges than this is left to the complete search.
const EXCHANGES: usize = 12;

/// A valid outcome. As long as there is one, nothing is a dead end; to ask whether a ball may join a
/// group is to ask whether it can be changed into one in which the ball is there.
#[derive(Debug)]
pub(super) struct Witness {
    /// `[ball]`
    group_of: Each<u8>,
    /// `[group]`: its balls.
    held: Each<u64>,
    /// As in [`Counts`].
    in_area: Vec<u8>,
}

impl Default for Witness {
    fn default() -> Self {
        Self {
            group_of: [0; LARGEST_DRAW],
            held: [0; LARGEST_DRAW],
            in_area: Vec::new(),
        }
    }
}

impl Witness {
    /// Takes over a complete outcome.
    pub(super) fn take(&mut self, rules: &Rules, complete: &Counts) {
        self.group_of = complete.group_of;
        self.held = [0; LARGEST_DRAW];
        for ball in 0..rules.balls {
            self.held[usize::from(self.group_of[ball])] |= 1 << ball;
        }
        self.in_area.clone_from(&complete.in_area);
    }

    /// As another has it.
    pub(super) fn copy(&mut self, other: &Self) {
        self.group_of = other.group_of;
        self.held = other.held;
        self.in_area.clone_from(&other.in_area);
    }

    /// Becomes an outcome of other rules for the same balls and groups, if a few exchanges among the movable
    /// balls do. If not, it is none of either.
    pub(super) fn adapt(&mut self, rules: &Rules, mut movable: u64) -> bool {
        let stays = |ball: usize| rules.allowed[ball] >> self.group_of[ball] & 1 == 1;
        if !(0..rules.balls).all(stays) {
            return false;
        }
        self.in_area.clear();
        self.in_area.resize(rules.limits.len() * rules.groups, 0);
        for ball in 0..rules.balls {
            for limit in rules.limits_of(ball) {
                self.in_area[rules.cell(limit, self.group_of[ball].into())] += 1;
            }
        }
        let cells = self.in_area.chunks_exact(rules.groups.max(1));
        let missing = cells.zip(&rules.limits).flat_map(|(cells, limit)| {
            let amiss = |&count: &u8| {
                let (few, many) = (limit.least.max(count) - count, count.max(limit.most));
                i32::from(few) + i32::from(many - limit.most)
            };
            cells.iter().map(amiss)
        });
        let mut broken: i32 = missing.sum();
        for _ in 0..EXCHANGES {
            if broken == 0 {
                return true;
            }
            let Some((change, one, other)) = self.mend(rules, movable) else {
                return false;
            };
            self.exchange(rules, one, other);
            broken += change;
            movable &= !(1 << one);
        }
        broken == 0
    }

    /// Whether a valid outcome is left if this ball, not drawn yet, joins this group. The answer is
    /// exact and does not depend on the witness; after a yes the witness has the ball there.
    ///
    /// Most questions are answered by a few exchanges. Only where they do not do does the complete search
    /// decide.
    pub(super) fn admits(
        &mut self,
        rules: &Rules,
        drawn: &Counts,
        scratch: &mut Counts,
        ball: usize,
        group: usize,
    ) -> Result<bool, Fault> {
        let home = usize::from(self.group_of[ball]);
        if home == group {
            return Ok(true);
        }
        if drawn.domain(rules, ball) >> group & 1 == 0 {
            return Ok(false);
        }
        let both = 1 << home | 1 << group;
        if drawn.touched & both == 0 && rules.class(home) & both == both {
            self.exchange_groups(rules, home, group);
            return Ok(true);
        }
        if self.repair(rules, drawn.left, ball, group) {
            return Ok(true);
        }
        scratch.copy(drawn);
        scratch.place(rules, ball, group);
        let found = search::complete(rules, scratch, Some(&self.group_of))?;
        if found {
            self.take(rules, scratch);
        }
        Ok(found)
    }

    /// Renames two groups into each other that no rule and no ball drawn tells apart.
    fn exchange_groups(&mut self, rules: &Rules, one: usize, other: usize) {
        self.held.swap(one, other);
        for group in [one, other] {
            members(self.held[group]).for_each(|ball| self.group_of[ball] = group as u8);
        }
        for limit in 0..rules.limits.len() {
            self.in_area
                .swap(rules.cell(limit, one), rules.cell(limit, other));
        }
    }

    /// Puts a ball into a group and mends what that breaks, exchange by exchange, always taking the one
    /// that leaves the least broken. Gives up soon, and then leaves everything as it was.
    fn repair(&mut self, rules: &Rules, left: u64, ball: usize, group: usize) -> bool {
        let mut movable = left & !(1 << ball);
        let mut trail = [(0, 0); EXCHANGES];
        let mut broken = 0;
        let mut next = self.best(rules, 1 << ball, self.held[group] & movable);
        for length in 0..EXCHANGES {
            let Some((change, one, other)) = next else {
                self.undo(rules, &trail[..length]);
                return false;
            };
            self.exchange(rules, one, other);
            trail[length] = (one, other);
            broken += change;
            if broken == 0 {
                return true;
            }
            movable &= !(1 << one);
            next = self.mend(rules, movable);
        }
        self.undo(rules, &trail);
        false
    }

    fn undo(&mut self, rules: &Rules, trail: &[(usize, usize)]) {
        for &(one, other) in trail.iter().rev() {
            self.exchange(rules, one, other);
        }
    }

    /// The best exchange against the first rule that is broken.
    fn mend(&self, rules: &Rules, movable: u64) -> Option<(i32, usize, usize)> {
        for (position, limit) in rules.limits.iter().enumerate() {
            let cells = &self.in_area[position * rules.groups..][..rules.groups];
            for (area, &count) in cells.iter().enumerate() {
                let leave = match count {
                    count if count > limit.most => limit.balls,
                    count if count < limit.least => !limit.balls,
                    _ => continue,
                };
                let groups = members(rules.areas[limit.areas].groups[area]);
                let inside = groups.fold(0, |inside, group| inside | self.held[group]);
                let enter = movable & !inside & !leave;
                return self.best(rules, inside & leave & movable, enter);
            }
        }
        None
    }

    /// The exchange of one ball for another of its pot that leaves the least broken, and what it changes.
    fn best(&self, rules: &Rules, ones: u64, others: u64) -> Option<(i32, usize, usize)> {
        let mut best: Option<(i32, usize, usize)> = None;
        for one in members(ones) {
            let pot = rules.in_pot[usize::from(rules.pot_of[one])];
            for other in members(others & pot) {
                let (from, to) = (self.group_of[one], self.group_of[other]);
                if rules.allowed[one] >> to & rules.allowed[other] >> from & 1 == 0 {
                    continue;
                }
                let change = self.change(rules, one, other) + self.change(rules, other, one);
                if best.is_none_or(|(least, ..)| change < least) {
                    best = Some((change, one, other));
                }
            }
        }
        best
    }

    /// How much more, or less, is broken by a ball's taking the place of another, as far as the limits of
    /// the first say.
    fn change(&self, rules: &Rules, ball: usize, other: usize) -> i32 {
        let (from, to) = (
            usize::from(self.group_of[ball]),
            usize::from(self.group_of[other]),
        );
        let mut change = 0;
        for limit in rules.limits_of(ball) {
            let (left, entered) = (rules.cell(limit, from), rules.cell(limit, to));
            let limit = &rules.limits[limit];
            if limit.balls >> other & 1 == 1 || left == entered {
                continue;
            }
            let (left, entered) = (self.in_area[left], self.in_area[entered]);
            change += i32::from(left <= limit.least) - i32::from(left > limit.most);
            change += i32::from(entered >= limit.most) - i32::from(entered < limit.least);
        }
        change
    }

    fn exchange(&mut self, rules: &Rules, one: usize, other: usize) {
        let groups = [one, other].map(|ball| usize::from(self.group_of[ball]));
        for (ball, from, to) in [(one, groups[0], groups[1]), (other, groups[1], groups[0])] {
            for limit in rules.limits_of(ball) {
                self.in_area[rules.cell(limit, from)] -= 1;
                self.in_area[rules.cell(limit, to)] += 1;
            }
            self.held[from] &= !(1 << ball);
            self.held[to] |= 1 << ball;
            self.group_of[ball] = to as u8;
        }
    }
}
