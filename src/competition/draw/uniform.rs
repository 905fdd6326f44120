//! Outcomes taken with the same probability each.

use rand::Rng;

use super::chance::{below, one_of};
use super::counts::Counts;
use super::rules::Rules;
use super::{Draw, Drawn, Fault, Workspace, members};

impl Draw {
    /// Takes one of the valid outcomes, all equally likely, and within each group's share of a pot an
    /// order, all equally likely, after the fixed balls.
    ///
    /// Drawn without looking until an outcome is valid, the balls that rules speak of first, up to `tries`
    /// times; none of that favours any outcome. Where few outcomes are valid, [`Draw::outcomes`] may be
    /// the better way.
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
        // A ball that no rule speaks of cannot spoil an outcome: it waits until the others are valid.
        self.order
            .sort_unstable_by_key(|&ball| (rules.is_unbound(ball.into()), ball));
        let is_valid = |_: &u32| {
            let spoilt = self.order.iter().position(|&ball| {
                let ball = usize::from(ball);
                let group = any_seat(rules, counts, ball, rng);
                let breaks = counts.domain(rules, ball) >> group & 1 == 0;
                if !breaks {
                    counts.place(rules, ball, group);
                }
                breaks
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

/// A group for a ball by a seat taken from all free ones of its pot, whatever the rules say.
fn any_seat(rules: &Rules, counts: &Counts, ball: usize, rng: &mut (impl Rng + ?Sized)) -> usize {
    let pot = usize::from(rules.pot_of[ball]);
    if rules.per_group[pot] == 1 {
        return one_of(rng, counts.open[pot]);
    }
    let mut seat = below(rng, (counts.left & rules.in_pot[pot]).count_ones());
    let seats = |group: &usize| u32::from(counts.seats[pot * rules.groups + group]);
    members(counts.open[pot])
        .find(|group| {
            let here = seat < seats(group);
            seat = seat.wrapping_sub(seats(group));
            here
        })
        .expect("there are as many free seats as balls left")
}
