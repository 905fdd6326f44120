//! All valid outcomes of a draw, counted out.

use rand::Rng;

use super::chance::below_large;
use super::counts::Counts;
use super::positions::{Next, Positions, Room};
use super::rules::Each;
use super::{Draw, Drawn, Fault, LARGEST_DRAW, Workspace};

/// The most positions that are kept.
pub(super) const MOST_POSITIONS: usize = 2_000_000;

/// All valid outcomes of a draw: how many there are, and any of them.
#[derive(Debug)]
pub struct Outcomes {
    draw: Draw,
    pub(super) positions: Positions,
    /// After the fixed balls.
    pub(super) start: Counts,
    pub(super) number: u128,
}

impl Draw {
    /// Counts the valid outcomes, by going through all positions of the draw; those alike in everything
    /// that matters later are one. Takes time, and some 250 bytes a position.
    ///
    /// # Errors
    ///
    /// What [`Draw::check`] says, and [`Fault::TooLarge`] beyond two million positions.
    pub fn outcomes(&self) -> Result<Outcomes, Fault> {
        let room = Room {
            positions: MOST_POSITIONS,
            numbers: usize::MAX,
        };
        let mut workspace = Workspace::default();
        workspace.read(self)?;
        workspace.begin(&self.fixed);
        let Workspace {
            rules,
            counts: start,
            ..
        } = workspace;
        let positions = Positions::after(&start, rules, Next::First, room)?;
        let ways = positions.layers[0].ways[0];
        if ways == u128::MAX {
            return Err(Fault::TooLarge);
        }
        // No more than there are ways: groups that hold different balls can be renamed at will.
        let names = positions.rules.classes.iter().map(|class| {
            let alike = (class & !start.touched).count_ones();
            (1..=u128::from(alike)).product::<u128>()
        });
        Ok(Outcomes {
            draw: self.clone(),
            number: ways / names.product::<u128>(),
            positions,
            start,
        })
    }
}

impl Outcomes {
    /// How many there are. Groups without fixed balls that no rule tells apart are not told apart here
    /// either: of a draw of pairs, these are the pairings.
    pub fn number(&self) -> u128 {
        self.number
    }

    /// One of them, as [`Draw::uniform`] takes it, but without trying.
    pub fn draw<'w>(
        &self,
        workspace: &'w mut Workspace,
        rng: &mut (impl Rng + ?Sized),
    ) -> &'w Drawn {
        let read = workspace.read(&self.draw);
        read.expect("the draw was read when its outcomes were counted");
        workspace.begin(&self.draw.fixed);
        let mut group_of = [0; LARGEST_DRAW];
        // `[place]`: which group the position has there.
        let mut key = Vec::new();
        let mut order: Each<u8> = self.positions.write(&self.start, &mut key);
        let mut counts = Counts::default();
        let mut position = 0;
        for layer in 0..self.positions.layers.len() - 1 {
            self.positions.read(layer, position, &mut counts);
            let (here, following) = (
                &self.positions.layers[layer],
                &self.positions.layers[layer + 1],
            );
            let mut way = below_large(rng, here.ways[position]);
            let &(group, to) = here
                .steps(position)
                .iter()
                .find(|&&(_, to)| {
                    let ways = following.ways[to as usize];
                    let taken = way < ways;
                    way = way.wrapping_sub(ways);
                    taken
                })
                .expect("the ways of a position are the sum of those it leads to");
            let (ball, group) = (counts.left.trailing_zeros() as usize, usize::from(group));
            counts.place(&self.positions.rules, ball, group);
            let new = self.positions.write(&counts, &mut key);
            group_of[ball] = order[group];
            let before = order;
            for (place, &group) in new.iter().enumerate() {
                order[place] = before[usize::from(group)];
            }
            position = to as usize;
        }
        workspace.settle(&group_of, rng);
        &workspace.drawn
    }
}
