//! Outcomes taken with the same probability each.

use std::cmp::Reverse;

use rand::Rng;

use super::chance::below;
use super::counts::Counts;
use super::rules::{Each, Limit, Rules};
use super::{Draw, Drawn, Fault, LARGEST_DRAW, Workspace, members};

impl Draw {
    /// Takes one of the valid outcomes, all equally likely, and within each group's share of a pot an
    /// order, all equally likely, after the fixed balls.
    ///
    /// Drawn until an outcome is valid, the balls with the least choice first, up to `tries` times. Each
    /// ball takes any of as many seats as can be open to it at most, whoever went where before it, and
    /// spoils the outcome where it finds fewer: so every valid outcome comes as often as any other. Where
    /// few are valid, [`Draw::outcomes`] may be the better way.
    ///
    /// Allocates nothing once the workspace has seen a draw as large.
    ///
    /// # Errors
    ///
    /// What [`Draw::check`] says, and [`Fault::NoneValid`] after `tries` tries.
    pub fn uniform<'w>(
        &self,
        workspace: &'w mut Workspace,
        rng: &mut (impl Rng + ?Sized),
        tries: u32,
    ) -> Result<&'w Drawn, Fault> {
        workspace.read(self)?;
        workspace.begin(&self.fixed);
        if workspace.rules.is_free() {
            workspace.shuffle(rng);
        } else {
            workspace.reject(rng, tries)?;
        }
        Ok(&workspace.drawn)
    }
}

impl Workspace {
    fn reject(&mut self, rng: &mut (impl Rng + ?Sized), tries: u32) -> Result<(), Fault> {
        let Self { rules, counts, .. } = self;
        self.order.clear();
        self.order
            .extend(members(counts.left).map(|ball| ball as u8));
        let tightness = tightness(rules, counts);
        self.order
            .sort_unstable_by_key(|&ball| (Reverse(tightness[usize::from(ball)]), ball));
        let most = most_seats(rules, counts, &self.order);
        let is_valid = |_: &u32| {
            let spoilt = self.order.iter().position(|&ball| {
                let ball = usize::from(ball);
                let group = open_seat(rules, counts, ball, below(rng, most[ball]));
                if let Some(group) = group {
                    counts.place(rules, ball, group);
                }
                group.is_none()
            });
            let valid = spoilt.is_none() && counts.can_suffice(rules);
            if !valid {
                let placed = &self.order[..spoilt.unwrap_or(self.order.len())];
                placed
                    .iter()
                    .for_each(|&ball| counts.lift(rules, ball.into()));
            }
            valid
        };
        (0..tries)
            .find(is_valid)
            .ok_or(Fault::NoneValid { tries })?;
        let group_of = counts.group_of;
        let placed = self.order.iter();
        placed.for_each(|&ball| counts.lift(rules, ball.into()));
        self.settle(&group_of, rng);
        Ok(())
    }
}

/// `[ball]`: how much of its room the tightest of its limits takes, in 1024ths, and which that is, so
/// that its balls follow one another.
fn tightness(rules: &Rules, counts: &Counts) -> Each<(u32, usize)> {
    let mut tightness = [(0, 0); LARGEST_DRAW];
    for ball in members(counts.left) {
        let limits = rules.limits_of(ball).map(|position| {
            let limit = &rules.limits[position];
            let room = u32::from(limit.most.max(1)) * areas(rules, limit).count() as u32;
            (1024 * limit.balls.count_ones() / room, position)
        });
        tightness[ball] = limits.max().unwrap_or_default();
    }
    tightness
}

/// `[ball]`: how many seats can be open to it at most when its turn comes, whoever went where before.
fn most_seats(rules: &Rules, counts: &Counts, order: &[u8]) -> Each<u32> {
    let mut most = [0; LARGEST_DRAW];
    let mut left = counts.left;
    for &ball in order {
        let ball = usize::from(ball);
        let pot = usize::from(rules.pot_of[ball]);
        let open = counts.open[pot] & rules.allowed[ball];
        let groups = rules
            .limits_of(ball)
            .map(|position| most_groups(rules, &rules.limits[position], left, open))
            .fold(open.count_ones(), u32::min);
        let seats = groups * u32::from(rules.per_group[pot]);
        most[ball] = seats.min((left & rules.in_pot[pot]).count_ones());
        left &= !(1 << ball);
    }
    most
}

/// How many of the groups can lie in areas that a limit leaves open while these balls are left: as few
/// areas as can be are full, and those the ones with the fewest of the groups.
fn most_groups(rules: &Rules, limit: &Limit, left: u64, groups: u64) -> u32 {
    let mut sizes = [0; LARGEST_DRAW];
    let mut count = 0;
    for (size, area) in sizes.iter_mut().zip(areas(rules, limit)) {
        *size = (area & groups).count_ones();
        count += 1;
    }
    let placed = (limit.balls & !left).count_ones() as usize;
    let full = placed.saturating_sub(count * usize::from(limit.most.saturating_sub(1)));
    sizes[..count].sort_unstable();
    sizes[full.min(count)..count].iter().sum()
}

/// The areas in which a limit counts, as sets of groups.
fn areas<'r>(rules: &'r Rules, limit: &Limit) -> impl Iterator<Item = u64> + 'r {
    let areas = &rules.areas[limit.areas].groups[..rules.groups];
    areas.iter().copied().filter(|&groups| groups != 0)
}

/// The group with this seat among those that are open to a ball, if there are as many.
fn open_seat(rules: &Rules, counts: &Counts, ball: usize, mut seat: u32) -> Option<usize> {
    let pot = usize::from(rules.pot_of[ball]);
    members(counts.domain(rules, ball)).find(|group| {
        let seats = u32::from(counts.seats[pot * rules.groups + group]);
        let here = seat < seats;
        seat = seat.wrapping_sub(seats);
        here
    })
}
