//! Events under conditions: every pair of them counted, run by run of seasons.

use std::ops::Range;

use rayon::prelude::*;

use super::evaluate::{CHUNK, Words, evaluate};
use super::event::Event;
use super::{BATCH, Sample};
use crate::simulate::wide::{Simd, WithSimd, wide};

/// The most runs that the seasons of a [`Crossed`] are cut into.
pub const MOST_RUNS: usize = 64;

/// How often every one of some events happened under every one of some conditions.
///
/// Seasons are cut into runs of whole batches, 64 as equal ones as there can be, or one a batch where there
/// are fewer. Batches are independent, so runs are too, and errors come from the spread between runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossed {
    /// Events, and what always happens before them.
    width: usize,
    /// `[run][condition, after no condition][event, after what always happens]`
    counts: Vec<Vec<u32>>,
}

impl Sample {
    /// Counts every event under every condition.
    pub fn cross(&self, conditions: &[Event], events: &[Event]) -> Crossed {
        let always = [Event::Constant(true)];
        let rows: Vec<&Event> = always.iter().chain(conditions).collect();
        let columns: Vec<&Event> = always.iter().chain(events).collect();
        let batches = self.words().div_ceil(BATCH);
        let runs = batches.min(MOST_RUNS);
        let from = |run: usize| (run * batches / runs * BATCH).min(self.words());
        let counts = (0..runs)
            .into_par_iter()
            .map(|run| self.cross_run(from(run)..from(run + 1), &rows, &columns));
        Crossed {
            width: columns.len(),
            counts: counts.collect(),
        }
    }

    /// The counts of a run of words.
    fn cross_run(&self, run: Range<usize>, rows: &[&Event], columns: &[&Event]) -> Vec<u32> {
        let mut counts = vec![0; rows.len() * columns.len()];
        let mut conditions = vec![[0; CHUNK]; rows.len()];
        let mut events = vec![[0; CHUNK]; columns.len()];
        for first in run.clone().step_by(CHUNK) {
            for (words, event) in events.iter_mut().zip(columns) {
                evaluate(event, &self.planes, first, words);
            }
            for (words, condition) in conditions.iter_mut().zip(rows) {
                evaluate(condition, &self.planes, first, words);
                self.clear_beyond(first, words);
                let of_the_next = words.iter_mut().skip(run.end - first);
                of_the_next.for_each(|word| *word = 0);
            }
            wide(Joining {
                conditions: &conditions,
                events: &events,
                counts: &mut counts,
            });
        }
        counts
    }
}

/// Adds the seasons that every condition shares with every event.
struct Joining<'a> {
    conditions: &'a [Words],
    events: &'a [Words],
    /// `[condition][event]`
    counts: &'a mut [u32],
}

impl WithSimd for Joining<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let rows = self.counts.chunks_mut(self.events.len());
        for (condition, row) in self.conditions.iter().zip(rows) {
            for (event, count) in self.events.iter().zip(row) {
                *count += joint(condition, event);
            }
        }
    }
}

/// Seasons that two have in common.
#[inline(always)]
fn joint(one: &Words, other: &Words) -> u32 {
    let pairs = one.iter().zip(other);
    let ones: u64 = pairs
        .map(|(one, other)| u64::from((one & other).count_ones()))
        .sum();
    ones as u32
}

impl Crossed {
    /// Run by run, the seasons with a condition in which an event happened; without a condition, all of
    /// them, and without an event, those with the condition.
    pub fn by_run(
        &self,
        condition: Option<usize>,
        event: Option<usize>,
    ) -> impl Iterator<Item = u64> + '_ {
        let row = condition.map_or(0, |condition| condition + 1);
        let column = event.map_or(0, |event| event + 1);
        let cell = row * self.width + column;
        self.counts.iter().map(move |counts| counts[cell].into())
    }

    /// The same of all seasons.
    pub fn count(&self, condition: Option<usize>, event: Option<usize>) -> u64 {
        self.by_run(condition, event).sum()
    }
}
