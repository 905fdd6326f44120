//! Two plans side by side, on the same random words.

use std::ops::Range;

use rayon::prelude::*;

use super::block::Block;
use super::plan::Plan;
use super::run::{Observation, Run};
use super::tally::{Batches, Hits, Tally};
use crate::team::TeamId;

/// One of the things that a tally counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// A team reaches an outcome of the plan.
    Outcome {
        /// Position among the outcomes of the plan.
        outcome: usize,
        /// The team.
        team: TeamId,
    },
    /// A team finishes on a rank of a group whose teams are known.
    InGroup {
        /// Position among the planned groups.
        group: usize,
        /// Position of the team in the group.
        seat: usize,
        /// 0 = best.
        rank: usize,
    },
    /// A team finishes on a rank of a stage whose teams differ from season to season.
    InStage {
        /// Position among the planned stages.
        stage: usize,
        /// The team.
        team: TeamId,
        /// 0 = best; one more than the last rank: it takes part.
        rank: usize,
    },
}

impl Counter {
    /// How often it happened.
    pub fn hits(self, tally: &Tally) -> &Hits {
        match self {
            Self::Outcome { outcome, team } => tally.outcomes.hits(outcome, team.index()),
            Self::InGroup { group, seat, rank } => tally.groups[group].positions.hits(seat, rank),
            Self::InStage { stage, team, rank } => {
                tally.stages[stage].positions.hits(team.index(), rank)
            }
        }
    }
}

/// By how many seasons two plans differ in a thing, summed over batches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Seasons of the second plan in which it happened, less those of the first.
    pub seasons: i64,
    /// Sum over batches of the squared difference.
    squares: u64,
    /// Sum over batches of the difference times the seasons of the batch.
    products: i64,
}

impl Difference {
    fn observe(&mut self, difference: i64, seasons: u64) {
        self.seasons += difference;
        self.squares += difference.unsigned_abs().pow(2);
        self.products += difference * seasons as i64;
    }

    fn merge(&mut self, other: &Self) {
        self.seasons += other.seasons;
        self.squares += other.squares;
        self.products += other.products;
    }

    /// Whether some batch had a difference.
    pub fn is_seen(&self) -> bool {
        self.squares > 0
    }

    /// As a share of all seasons, with its standard error by batch means. As both plans use the same random
    /// words, what moves both alike is in neither. Of a single batch, or where no batch had a difference,
    /// the error says nothing.
    pub fn share(&self, batches: &Batches) -> (f64, f64) {
        batches.means(
            self.seasons as f64,
            self.squares as f64,
            self.products as f64,
        )
    }
}

/// What was counted in two plans, and by how much they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    /// Of the first plan and of the second: what each has by itself.
    pub tallies: [Tally; 2],
    /// `[pair of counters]`
    pub differences: Vec<Difference>,
}

impl Paired {
    /// Nothing counted yet.
    pub fn empty(plans: [&Plan<'_>; 2], counters: &[[Counter; 2]]) -> Self {
        Self {
            tallies: plans.map(Tally::empty),
            differences: vec![Difference::default(); counters.len()],
        }
    }

    /// Seasons and batches, which both have alike.
    pub fn batches(&self) -> &Batches {
        &self.tallies[0].batches
    }

    /// Adds what was seen of other batches.
    pub fn merge(self, other: Self) -> Self {
        let [a, b] = self.tallies;
        let [later_a, later_b] = other.tallies;
        let mut differences = self.differences;
        for (own, other) in differences.iter_mut().zip(&other.differences) {
            own.merge(other);
        }
        Self {
            tallies: [a.merge(later_a), b.merge(later_b)],
            differences,
        }
    }
}

/// One thread's share of a paired run.
struct Worker<'p> {
    blocks: [Block<'p>; 2],
    seen: Paired,
    /// `[pair of counters]`: seasons up to the batch before.
    before: Vec<[u64; 2]>,
}

impl Worker<'_> {
    fn play(&mut self, run: Run, plans: [&Plan<'_>; 2], counters: &[[Counter; 2]], batch: u64) {
        let Paired { tallies, .. } = &mut self.seen;
        for ((plan, block), tally) in plans.iter().zip(&mut self.blocks).zip(tallies) {
            run.play_batch(plan, batch, block, tally);
        }
        let differences = self.seen.differences.iter_mut().zip(&mut self.before);
        for (pair, (difference, before)) in counters.iter().zip(differences) {
            let side = |side: usize| pair[side].hits(&self.seen.tallies[side]).seasons;
            let now = [side(0), side(1)];
            let [first, second] = [now[0] - before[0], now[1] - before[1]];
            difference.observe(second as i64 - first as i64, run.seasons_of(batch));
            *before = now;
        }
    }
}

impl Run {
    /// Plays some of the batches of two plans, each batch of the one right after that of the other, and
    /// counts by how much every pair of counters differs.
    ///
    /// Both tallies are what [`Run::play`] makes of the plans; `progress` is told the seasons of every
    /// finished pair of batches.
    pub fn play_paired(
        self,
        plans: [&Plan<'_>; 2],
        counters: &[[Counter; 2]],
        batches: Range<u64>,
        progress: impl Fn(u64) + Sync,
    ) -> Paired {
        let empty = || Paired::empty(plans, counters);
        let worker = || Worker {
            blocks: plans.map(|plan| Block::new(plan, self.seed())),
            seen: empty(),
            before: vec![[0; 2]; counters.len()],
        };
        batches
            .into_par_iter()
            .fold(worker, |mut worker, batch| {
                worker.play(self, plans, counters, batch);
                progress(self.seasons_of(batch));
                worker
            })
            .map(|worker| worker.seen)
            .reduce(empty, Paired::merge)
    }
}
