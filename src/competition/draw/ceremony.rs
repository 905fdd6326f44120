//! Draws as they are held on stage.

use rand::Rng;

use super::chance::one_of;
use super::{Draw, Drawn, Fault, Held, Workspace, members};

impl Draw {
    /// Checks that the counts fit and that at least one valid outcome exists.
    ///
    /// # Errors
    ///
    /// What does not fit; or the first constraint that no outcome meets together with those before it,
    /// told apart from one that only the fixed balls rule out; or [`Fault::TooHard`].
    pub fn check(&self) -> Result<(), Fault> {
        Workspace::default().read(self)
    }

    /// Holds the draw as [`Draw::held`] says: ball by ball, never into a dead end.
    ///
    /// Fixed balls are placed before anything is drawn. Whether a ball may join a group is decided
    /// exactly: at least one valid outcome of the whole draw must be left. Candidates are tried in a
    /// uniformly random order and the first admissible one is taken, which is uniform over the
    /// admissible ones.
    ///
    /// Allocates nothing once the workspace has seen a draw as large. Where no constraint can be
    /// violated this is a shuffle.
    ///
    /// # Errors
    ///
    /// What [`Draw::check`] says, and [`Fault::TooHard`] where a question could not be decided.
    pub fn ceremony<'w>(
        &self,
        workspace: &'w mut Workspace,
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<&'w Drawn, Fault> {
        workspace.read(self)?;
        workspace.begin(&self.fixed);
        match self.held {
            _ if workspace.rules.is_free() => workspace.shuffle(rng),
            Held::ByPot { first_admissible } => workspace.by_pot(first_admissible, rng)?,
            Held::ByGroup => workspace.by_group(rng)?,
        }
        Ok(&workspace.drawn)
    }

    /// The groups that a ball may join after the fixed ones: those that leave a valid outcome. A bit
    /// set; empty for a ball that is fixed, or is not one of the draw's.
    ///
    /// # Errors
    ///
    /// As [`Draw::ceremony`].
    pub fn admissible(&self, workspace: &mut Workspace, ball: u8) -> Result<u64, Fault> {
        workspace.read(self)?;
        workspace.begin(&self.fixed);
        let ball = usize::from(ball);
        if ball >= workspace.rules.balls || workspace.counts.left >> ball & 1 == 0 {
            return Ok(0);
        }
        let mut admissible = 0;
        for group in members(workspace.counts.domain(&workspace.rules, ball)) {
            if workspace.admits(ball, group)? {
                admissible |= 1 << group;
            }
        }
        Ok(admissible)
    }
}

impl Workspace {
    fn by_pot(
        &mut self,
        first_admissible: bool,
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<(), Fault> {
        for pot in 0..self.rules.pots {
            loop {
                let left = self.counts.left & self.rules.in_pot[pot];
                if left == 0 {
                    break;
                }
                let ball = one_of(rng, left);
                let mut groups = self.counts.domain(&self.rules, ball);
                let group = loop {
                    let group = match first_admissible {
                        true => groups.trailing_zeros() as usize,
                        false => one_of(rng, groups),
                    };
                    if self.admits(ball, group)? {
                        break group;
                    }
                    groups &= !(1 << group);
                };
                self.place(ball, group);
            }
        }
        Ok(())
    }

    fn by_group(&mut self, rng: &mut (impl Rng + ?Sized)) -> Result<(), Fault> {
        for group in 0..self.rules.groups {
            for pot in 0..self.rules.pots {
                while self.counts.open[pot] >> group & 1 == 1 {
                    let mut balls = self.counts.left & self.rules.in_pot[pot];
                    let ball = loop {
                        let ball = one_of(rng, balls);
                        if self.admits(ball, group)? {
                            break ball;
                        }
                        balls &= !(1 << ball);
                    };
                    self.place(ball, group);
                }
            }
        }
        Ok(())
    }

    /// Whether a valid outcome is left if this ball joins this group next.
    fn admits(&mut self, ball: usize, group: usize) -> Result<bool, Fault> {
        let Self {
            rules,
            counts,
            scratch,
            ..
        } = self;
        self.witness.admits(rules, counts, scratch, ball, group)
    }
}
