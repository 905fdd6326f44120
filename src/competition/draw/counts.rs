//! What has been drawn so far, and what that leaves open.

use super::LARGEST_DRAW;
use super::rules::{Each, Limit, Rules};

/// Balls in groups, counted as the rules ask.
#[derive(Debug)]
pub(super) struct Counts {
    /// The balls in no group yet.
    pub left: u64,
    /// `[ball]`: its group, if it has one.
    pub group_of: Each<u8>,
    /// The groups with a ball.
    pub touched: u64,
    /// `[pot * groups + group]`: free seats. There are as many seats as balls, so no more than 64.
    pub seats: Each<u8>,
    /// `[pot]`: the groups with a free seat for it.
    pub open: Each<u64>,
    /// `[limit * groups + area]`: balls of the limit in the area.
    pub in_area: Vec<u8>,
    /// `[limit]`: the groups of areas that have as many as they may.
    pub full: Vec<u64>,
    /// `[group]`: how many balls it has.
    pub filled: Each<u8>,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            left: 0,
            group_of: [0; LARGEST_DRAW],
            touched: 0,
            seats: [0; LARGEST_DRAW],
            open: [0; LARGEST_DRAW],
            in_area: Vec::new(),
            full: Vec::new(),
            filled: [0; LARGEST_DRAW],
        }
    }
}

impl Counts {
    /// Nothing drawn.
    pub(super) fn clear(&mut self, rules: &Rules) {
        self.left = rules.all_balls();
        self.touched = 0;
        self.filled = [0; LARGEST_DRAW];
        for pot in 0..rules.pots {
            let seats = pot * rules.groups;
            self.seats[seats..seats + rules.groups].fill(rules.per_group[pot]);
            self.open[pot] = rules.all_groups();
        }
        self.in_area.clear();
        self.in_area.resize(rules.limits.len() * rules.groups, 0);
        let full_when_empty = |most| if most == 0 { rules.all_groups() } else { 0 };
        self.full.clear();
        self.full
            .extend(rules.limits.iter().map(|limit| full_when_empty(limit.most)));
    }

    /// As another has it.
    pub(super) fn copy(&mut self, other: &Self) {
        self.left = other.left;
        self.group_of = other.group_of;
        self.touched = other.touched;
        self.seats = other.seats;
        self.open = other.open;
        self.in_area.clone_from(&other.in_area);
        self.full.clone_from(&other.full);
        self.filled = other.filled;
    }

    /// The groups that a ball could join without breaking a rule there and then.
    pub(super) fn domain(&self, rules: &Rules, ball: usize) -> u64 {
        let open = self.open[usize::from(rules.pot_of[ball])] & rules.allowed[ball];
        rules
            .limits_of(ball)
            .fold(open, |open, limit| open & !self.full[limit])
    }

    /// Puts a ball into a group of its domain.
    pub(super) fn place(&mut self, rules: &Rules, ball: usize, group: usize) {
        let pot = usize::from(rules.pot_of[ball]);
        let seats = &mut self.seats[pot * rules.groups + group];
        *seats -= 1;
        if *seats == 0 {
            self.open[pot] &= !(1 << group);
        }
        self.left &= !(1 << ball);
        self.group_of[ball] = group as u8;
        self.filled[group] += 1;
        self.touched |= 1 << group;
        for limit in rules.limits_of(ball) {
            let cell = rules.cell(limit, group);
            self.in_area[cell] += 1;
            if self.in_area[cell] == rules.limits[limit].most {
                self.full[limit] |= self.area(rules, limit, group);
            }
        }
    }

    /// Takes a ball out of its group again.
    pub(super) fn lift(&mut self, rules: &Rules, ball: usize) {
        let (pot, group) = (
            usize::from(rules.pot_of[ball]),
            usize::from(self.group_of[ball]),
        );
        self.seats[pot * rules.groups + group] += 1;
        self.open[pot] |= 1 << group;
        self.left |= 1 << ball;
        self.filled[group] -= 1;
        if self.filled[group] == 0 {
            self.touched &= !(1 << group);
        }
        for limit in rules.limits_of(ball) {
            let cell = rules.cell(limit, group);
            if self.in_area[cell] == rules.limits[limit].most {
                self.full[limit] &= !self.area(rules, limit, group);
            }
            self.in_area[cell] -= 1;
        }
    }

    /// Says what a limit counts in an area.
    pub(super) fn set_area(&mut self, rules: &Rules, limit: usize, area: usize, count: u8) {
        let Limit { most, areas, .. } = rules.limits[limit];
        self.in_area[limit * rules.groups + area] = count;
        if count == most {
            self.full[limit] |= rules.areas[areas].groups[area];
        }
    }

    /// Whether nothing yet says that some area will have fewer than it must: necessary for a valid
    /// outcome, and sufficient once no ball is left.
    pub(super) fn can_suffice(&self, rules: &Rules) -> bool {
        let mut limits = rules.limits.iter().enumerate();
        limits.all(|(position, limit)| limit.least == 0 || self.can_reach(rules, position))
    }

    fn can_reach(&self, rules: &Rules, limit: usize) -> bool {
        let Limit { balls, least, .. } = rules.limits[limit];
        let balls = balls & self.left;
        let mut missing = 0;
        for group in 0..rules.groups {
            let lacking = u32::from(least.saturating_sub(self.in_area[rules.cell(limit, group)]));
            let seats = |pot: usize| {
                let free = u32::from(self.seats[pot * rules.groups + group]);
                free.min((balls & rules.in_pot[pot]).count_ones())
            };
            if lacking > 0 && (0..rules.pots).map(seats).sum::<u32>() < lacking {
                return false;
            }
            missing += lacking;
        }
        missing <= balls.count_ones()
    }

    fn area(&self, rules: &Rules, limit: usize, group: usize) -> u64 {
        let areas = &rules.areas[rules.limits[limit].areas];
        areas.groups[usize::from(areas.of[group])]
    }
}
