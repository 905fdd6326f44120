//! Many seasons in parallel.

use rayon::prelude::*;

use super::block::{BLOCKS_A_BATCH, Block};
use super::plan::Plan;
use super::stream::LANES;
use super::tally::Tally;
use crate::error::Error;

/// The most seasons one run can play.
pub const MOST_SEASONS: u64 = 1_000_000_000_000;

const SEASONS_A_BATCH: u64 = BLOCKS_A_BATCH * LANES as u64;

/// Plays `seasons` seasons and counts who finished where.
///
/// Block *b* draws from ChaCha8 stream *b* of `seed` and every count is an integer, so the result
/// depends on `(plan, seed, seasons)` alone: not on the threads, nor their order. Memory does not
/// grow with the number of seasons. `progress` is told the seasons of every finished batch.
///
/// # Errors
/// [`Error::Seasons`] for none or more than [`MOST_SEASONS`].
pub fn simulate(
    plan: &Plan<'_>,
    seed: u64,
    seasons: u64,
    progress: impl Fn(u64) + Sync,
) -> Result<Tally, Error> {
    if !(1..=MOST_SEASONS).contains(&seasons) {
        return Err(Error::Seasons {
            seasons,
            most: MOST_SEASONS,
        });
    }
    let worker = || (Block::new(plan, seed), Tally::empty(plan));
    let tally = (0..seasons.div_ceil(SEASONS_A_BATCH))
        .into_par_iter()
        .fold(worker, |(mut block, mut tally), batch| {
            let seasons = SEASONS_A_BATCH.min(seasons - batch * SEASONS_A_BATCH);
            let mut left = seasons as usize;
            for number in batch * BLOCKS_A_BATCH..(batch + 1) * BLOCKS_A_BATCH {
                if left > 0 {
                    let lanes = left.min(LANES);
                    block.play(number);
                    tally.observe(plan, block.played(), block.unmet(), lanes);
                    left -= lanes;
                }
            }
            tally.close_batch(plan, seasons);
            progress(seasons);
            (block, tally)
        })
        .map(|(_, tally)| tally)
        .reduce(|| Tally::empty(plan), Tally::merge);
    Ok(tally)
}
