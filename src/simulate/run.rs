//! Many seasons in parallel, and what looks at them.

use std::ops::Range;

use rayon::prelude::*;

use super::block::{BLOCKS_A_BATCH, Block};
use super::plan::Plan;
use super::stream::LANES;
use super::tally::Tally;
use crate::error::Error;

/// The most seasons one run can play.
pub const MOST_SEASONS: u64 = 1_000_000_000_000;

/// Seasons that share one draw of strengths, but for the last batch of a run, which may be smaller.
pub const SEASONS_A_BATCH: u64 = BLOCKS_A_BATCH * LANES as u64;

/// What looks at seasons as they are played: observed batch by batch, then merged.
pub trait Observation: Send + Sized {
    /// Looks at the first `seasons` lanes of the block played last.
    fn observe(&mut self, plan: &Plan<'_>, block: &Block<'_>, seasons: usize);

    /// The batch that the blocks observed since the last one belong to is complete.
    fn close_batch(&mut self, plan: &Plan<'_>, seasons: u64);

    /// Adds what was seen of the batches that follow those of this one.
    fn merge(self, later: Self) -> Self;
}

/// Two looks at the same seasons.
impl<A: Observation, B: Observation> Observation for (A, B) {
    fn observe(&mut self, plan: &Plan<'_>, block: &Block<'_>, seasons: usize) {
        self.0.observe(plan, block, seasons);
        self.1.observe(plan, block, seasons);
    }

    fn close_batch(&mut self, plan: &Plan<'_>, seasons: u64) {
        self.0.close_batch(plan, seasons);
        self.1.close_batch(plan, seasons);
    }

    fn merge(self, later: Self) -> Self {
        (self.0.merge(later.0), self.1.merge(later.1))
    }
}

/// A look that is not always wanted: all of them are, or none is.
impl<O: Observation> Observation for Option<O> {
    fn observe(&mut self, plan: &Plan<'_>, block: &Block<'_>, seasons: usize) {
        if let Some(seen) = self {
            seen.observe(plan, block, seasons);
        }
    }

    fn close_batch(&mut self, plan: &Plan<'_>, seasons: u64) {
        if let Some(seen) = self {
            seen.close_batch(plan, seasons);
        }
    }

    fn merge(self, later: Self) -> Self {
        self.zip(later).map(|(seen, later)| seen.merge(later))
    }
}

/// So many seasons from one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    seed: u64,
    seasons: u64,
}

impl Run {
    /// # Errors
    /// [`Error::Seasons`] for none or more than [`MOST_SEASONS`].
    pub fn new(seed: u64, seasons: u64) -> Result<Self, Error> {
        match (1..=MOST_SEASONS).contains(&seasons) {
            true => Ok(Self { seed, seasons }),
            false => Err(Error::Seasons {
                seasons,
                most: MOST_SEASONS,
            }),
        }
    }

    /// Its seed.
    pub fn seed(self) -> u64 {
        self.seed
    }

    /// How many seasons it has.
    pub fn seasons(self) -> u64 {
        self.seasons
    }

    /// How many batches its seasons come in.
    pub fn batches(self) -> u64 {
        self.seasons.div_ceil(SEASONS_A_BATCH)
    }

    /// How many of them are whole: all, or all but the last.
    pub fn whole_batches(self) -> u64 {
        self.seasons / SEASONS_A_BATCH
    }

    /// How many seasons a batch has.
    pub fn seasons_of(self, batch: u64) -> u64 {
        let before = batch.saturating_mul(SEASONS_A_BATCH);
        SEASONS_A_BATCH.min(self.seasons.saturating_sub(before))
    }

    /// Plays some of its batches, in parallel, and returns what was seen of them, in their order.
    ///
    /// Block *b* draws from ChaCha8 stream *b* of the seed, so that what is seen depends on the plan, the
    /// seed and the batches alone: not on the threads, nor their order. `progress` is told the seasons of
    /// every finished batch.
    pub fn play<O: Observation>(
        self,
        plan: &Plan<'_>,
        batches: Range<u64>,
        empty: impl Fn() -> O + Sync,
        progress: impl Fn(u64) + Sync,
    ) -> O {
        let worker = || (Block::new(plan, self.seed), empty());
        batches
            .into_par_iter()
            .fold(worker, |(mut block, mut seen), batch| {
                self.play_batch(plan, batch, &mut block, &mut seen);
                progress(self.seasons_of(batch));
                (block, seen)
            })
            .map(|(_, seen)| seen)
            .reduce(&empty, O::merge)
    }

    /// Plays one batch.
    pub(super) fn play_batch<O: Observation>(
        self,
        plan: &Plan<'_>,
        batch: u64,
        block: &mut Block<'_>,
        seen: &mut O,
    ) {
        let seasons = self.seasons_of(batch);
        let mut left = seasons as usize;
        for number in batch * BLOCKS_A_BATCH..(batch + 1) * BLOCKS_A_BATCH {
            if left > 0 {
                let lanes = left.min(LANES);
                block.play(number);
                seen.observe(plan, block, lanes);
                left -= lanes;
            }
        }
        seen.close_batch(plan, seasons);
    }
}

/// Plays `seasons` seasons and counts who finished where. Memory does not grow with their number.
///
/// # Errors
/// [`Error::Seasons`] for none or more than [`MOST_SEASONS`].
pub fn simulate(
    plan: &Plan<'_>,
    seed: u64,
    seasons: u64,
    progress: impl Fn(u64) + Sync,
) -> Result<Tally, Error> {
    let run = Run::new(seed, seasons)?;
    Ok(run.play(plan, 0..run.batches(), || Tally::empty(plan), progress))
}
