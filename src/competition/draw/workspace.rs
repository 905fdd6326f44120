//! The memory of a draw, and what comes out of one.

use rand::Rng;

use super::chance::shuffle;
use super::counts::Counts;
use super::rules::{Each, Rules};
use super::witness::Witness;
use super::{Draw, Fault, Placed, members, search};

/// An outcome of a draw: who is in which group, in which order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    group_of: Vec<u8>,
    /// `[group * size + seat]`
    balls: Vec<u8>,
    size: usize,
}

impl Drawn {
    /// `[ball]`: its group.
    pub fn group_of(&self) -> &[u8] {
        &self.group_of
    }

    /// The balls of each group in order of its seats: pots in order, and within a pot as they were
    /// drawn, fixed ones first.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.balls.chunks_exact(self.size.max(1))
    }
}

impl Draw {
    /// Whether it differs from another by its constraints and the way it is held at most.
    fn is_alike(&self, other: &Self) -> bool {
        self.groups == other.groups
            && self.pots == other.pots
            && self.partitions == other.partitions
            && self.fixed == other.fixed
    }
}

/// What draws need while they are held. Kept from one to the next it saves allocations and, as long as
/// the draw stays the same, checks; what comes out does not depend on what it was used for before.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The draw that everything up to `root` is of, if it is possible.
    seen: Draw,
    is_possible: bool,
    pub(super) rules: Rules,
    /// The first valid outcome found.
    root: Witness,
    pub(super) counts: Counts,
    pub(super) witness: Witness,
    pub(super) scratch: Counts,
    pub(super) order: Vec<u8>,
    pub(super) drawn: Drawn,
}

impl Workspace {
    /// What was drawn last.
    pub fn drawn(&self) -> &Drawn {
        &self.drawn
    }

    /// Reads a draw, unless it is the one read last, and finds a valid outcome of it.
    pub(super) fn read(&mut self, draw: &Draw) -> Result<(), Fault> {
        if self.is_possible && self.seen == *draw {
            return Ok(());
        }
        let is_alike = self.is_possible && self.seen.is_alike(draw);
        self.is_possible = false;
        if !(is_alike && self.adapt(draw)?) {
            if !self.complete(draw, draw.constraints.len(), &draw.fixed)? {
                return Err(self.reason(draw)?);
            }
            self.root.take(&self.rules, &self.scratch);
        }
        self.seen.clone_from(draw);
        self.is_possible = true;
        Ok(())
    }

    /// Begins the draw read last: the fixed balls are placed.
    pub(super) fn begin(&mut self, fixed: &[Placed]) {
        let Self { rules, drawn, .. } = self;
        drawn.size = rules.size;
        drawn.group_of.clear();
        drawn.group_of.resize(rules.balls, 0);
        drawn.balls.clear();
        drawn.balls.resize(rules.balls, 0);
        self.counts.clear(rules);
        self.witness.copy(&self.root);
        for &Placed { ball, group } in fixed {
            self.place(ball.into(), group.into());
        }
    }

    /// Puts a ball into a group: it is drawn.
    pub(super) fn place(&mut self, ball: usize, group: usize) {
        let Self { rules, counts, .. } = self;
        let pot = usize::from(rules.pot_of[ball]);
        let came = rules.per_group[pot] - counts.seats[pot * rules.groups + group];
        let seat = group * rules.size + usize::from(rules.seat[pot] + came);
        self.drawn.balls[seat] = ball as u8;
        self.drawn.group_of[ball] = group as u8;
        counts.place(rules, ball, group);
    }

    /// Draws the rest where nothing binds: whichever way it is held, every outcome is equally likely.
    pub(super) fn shuffle(&mut self, rng: &mut (impl Rng + ?Sized)) {
        for pot in 0..self.rules.pots {
            self.order.clear();
            let left = self.counts.left & self.rules.in_pot[pot];
            self.order.extend(members(left).map(|ball| ball as u8));
            shuffle(rng, &mut self.order);
            for group in 0..self.rules.groups {
                for _ in 0..self.counts.seats[pot * self.rules.groups + group] {
                    let ball = self.order.pop().expect("as many balls as seats");
                    self.place(ball.into(), group);
                }
            }
        }
    }

    /// Draws what `group_of` says of the balls left, in an order of which all are equally likely.
    pub(super) fn settle(&mut self, group_of: &Each<u8>, rng: &mut (impl Rng + ?Sized)) {
        let mut order = std::mem::take(&mut self.order);
        order.clear();
        order.extend(members(self.counts.left).map(|ball| ball as u8));
        shuffle(rng, &mut order);
        for &ball in &order {
            self.place(ball.into(), group_of[usize::from(ball)].into());
        }
        self.order = order;
    }

    /// Whether the outcome at hand, of a draw that differs by its constraints, can be made one of this draw.
    fn adapt(&mut self, draw: &Draw) -> Result<bool, Fault> {
        self.rules.read(draw, draw.constraints.len())?;
        let fixed = draw.fixed.iter();
        let fixed = fixed.fold(0, |set, placed| set | 1_u64 << placed.ball);
        Ok(self
            .root
            .adapt(&self.rules, self.rules.all_balls() & !fixed))
    }

    /// Whether some outcome meets the first so many constraints. If so, it is left in `scratch`.
    fn complete(
        &mut self,
        draw: &Draw,
        constraints: usize,
        fixed: &[Placed],
    ) -> Result<bool, Fault> {
        let Self { rules, scratch, .. } = self;
        rules.read(draw, constraints)?;
        scratch.clear(rules);
        let mut allowed = true;
        for (position, &Placed { ball, group }) in fixed.iter().enumerate() {
            let (ball, group) = (usize::from(ball), usize::from(group));
            let pot = usize::from(rules.pot_of[ball]);
            if scratch.left >> ball & 1 == 0 || scratch.open[pot] >> group & 1 == 0 {
                return Err(Fault::FixedContradict { fixed: position });
            }
            allowed &= scratch.domain(rules, ball) >> group & 1 == 1;
            scratch.place(rules, ball, group);
        }
        Ok(allowed && search::complete(rules, scratch, None)?)
    }

    /// Why no outcome is valid: the first constraint that cannot be met together with those before it.
    fn reason(&mut self, draw: &Draw) -> Result<Fault, Fault> {
        let mut unmet = 0;
        while self.complete(draw, unmet + 1, &draw.fixed)? {
            unmet += 1;
        }
        Ok(match self.complete(draw, unmet + 1, &[])? {
            true => Fault::FixedAgainst { constraint: unmet },
            false => Fault::Unmet { constraint: unmet },
        })
    }
}
