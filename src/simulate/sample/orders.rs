//! The complete orders in which a group finishes.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::evaluate::Words;
use super::{BATCH, Sample};
use crate::simulate::tally::{Batches, Hits};

/// The largest group whose orders are counted: larger ones have more orders than there are seasons.
pub const MOST_ORDERED: usize = 8;

/// What a batch adds: its seasons, and how often every order came up.
type Counts = (Batches, BTreeMap<u32, Hits>);

impl Sample {
    /// Every order in which a known group of the layout finished, the most frequent first: its seats from
    /// the first place to the last, and how often; with the batches.
    ///
    /// # Panics
    /// Where the group is larger than [`MOST_ORDERED`].
    pub fn orders(&self, group: usize) -> (Batches, Vec<(Vec<usize>, Hits)>) {
        let seats = self.layout.groups[group].teams.len();
        assert!(seats <= MOST_ORDERED, "a group that is small enough");
        let counted = (0..self.words().div_ceil(BATCH))
            .into_par_iter()
            .map(|batch| self.orders_of_batch(group, batch))
            .reduce(Default::default, |mut one: Counts, other| {
                one.0.merge(&other.0);
                for (code, hits) in &other.1 {
                    one.1.entry(*code).or_default().merge(hits);
                }
                one
            });
        let (batches, orders) = counted;
        let order = |(code, hits): (u32, Hits)| {
            let mut order: Vec<usize> = (0..seats).collect();
            order.sort_by_key(|seat| code >> (4 * seat) & 15);
            (order, hits)
        };
        let mut orders: Vec<(Vec<usize>, Hits)> = orders.into_iter().map(order).collect();
        orders.sort_by(|(one, hits), (other, others)| {
            let by_seasons = others.seasons.cmp(&hits.seasons);
            by_seasons.then_with(|| one.cmp(other))
        });
        (batches, orders)
    }

    /// The order of a season is a code of the ranks, four bits a seat.
    fn orders_of_batch(&self, group: usize, batch: usize) -> Counts {
        let first = batch * BATCH;
        let seasons = self.seasons.saturating_sub(64 * first as u64);
        let seasons = seasons.min(64 * BATCH as u64) as usize;
        let mut codes = vec![0_u32; seasons];
        let kept = &self.layout.groups[group];
        for seat in 0..kept.teams.len() {
            for (bit, plane) in kept.rank_planes(seat).enumerate() {
                let mut words: Words = [0; super::CHUNK];
                self.planes[plane].read(first, &mut words);
                for (season, code) in codes.iter_mut().enumerate() {
                    let set = words[season / 64] >> (season % 64) & 1;
                    *code |= (set as u32) << (4 * seat + bit);
                }
            }
        }
        codes.sort_unstable();
        let (mut batches, mut orders) = Counts::default();
        batches.observe(seasons as u64);
        for same in codes.chunk_by(|one, other| one == other) {
            let hits: &mut Hits = orders.entry(same[0]).or_default();
            hits.observe(same.len() as u64, seasons as u64);
        }
        (batches, orders)
    }
}
