//! Integer counts of what happened: observed batch by batch, merged in any order.

use super::block::PlayedGroup;
use super::plan::{Plan, PlannedGroup};
use super::stream::LANES;

/// How often an event happened, with what the spread between batches takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Seasons in which it happened.
    pub seasons: u64,
    /// Sum over batches of the squared number of such seasons.
    squares: u64,
    /// Sum over batches of that number times the seasons of the batch.
    products: u64,
}

impl Hits {
    fn observe(&mut self, hits: u64, seasons: u64) {
        self.seasons += hits;
        self.squares += hits * hits;
        self.products += hits * seasons;
    }

    fn merge(&mut self, other: &Self) {
        self.seasons += other.seasons;
        self.squares += other.squares;
        self.products += other.products;
    }
}

/// The number of batches, and what their sizes sum to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Batches {
    count: u64,
    seasons: u64,
    squares: u64,
}

impl Batches {
    /// How many seasons were played.
    pub fn seasons(&self) -> u64 {
        self.seasons
    }

    /// How many batches they came in.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The share of seasons in which an event happened, and its standard error.
    ///
    /// The error is that of batch means [Law 2015, section 9.5]: seasons of a batch share a draw of
    /// strengths, batches are independent, so it covers the luck of the goals and the uncertainty of
    /// the strengths alike. An event seen always or never gets the error of a share of
    /// 1 / (seasons + 2), since batches tell nothing of it; so does, from the binomial law, a single
    /// batch.
    pub fn share(&self, hits: &Hits) -> (f64, f64) {
        let seasons = self.seasons as f64;
        let share = hits.seasons as f64 / seasons;
        let binomial = |share: f64| f64::sqrt(share * (1.0 - share) / seasons);
        if hits.seasons == 0 || hits.seasons == self.seasons {
            return (share, binomial(1.0 / (seasons + 2.0)));
        }
        if self.count < 2 {
            return (share, binomial(share));
        }
        let count = self.count as f64;
        let deviation = hits.squares as f64 - 2.0 * share * hits.products as f64
            + share * share * self.squares as f64;
        (
            share,
            (deviation.max(0.0) * count / (count - 1.0)).sqrt() / seasons,
        )
    }
}

/// How often a whole number came up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    lowest: i32,
    counts: Vec<u64>,
}

impl Histogram {
    fn new(lowest: i32, highest: i32) -> Self {
        Self {
            lowest,
            counts: vec![0; (highest - lowest + 1) as usize],
        }
    }

    #[inline]
    fn observe(&mut self, value: i16) {
        self.counts[(i32::from(value) - self.lowest) as usize] += 1;
    }

    /// Every value that came up, with how often, ascending.
    pub fn counts(&self) -> impl Iterator<Item = (i32, u64)> + '_ {
        (self.lowest..)
            .zip(self.counts.iter().copied())
            .filter(|(_, count)| *count > 0)
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        // Sums of whole numbers are exact, so the mean does not depend on any order.
        let sum: i128 = self
            .counts()
            .map(|(value, count)| i128::from(value) * i128::from(count))
            .sum();
        let total: u64 = self.counts.iter().sum();
        sum as f64 / total as f64
    }

    /// The smallest value that at least this share of seasons does not exceed.
    pub fn quantile(&self, share: f64) -> i32 {
        let total: u64 = self.counts.iter().sum();
        let wanted = share * total as f64;
        let mut below = 0;
        let reached = |&(_, count): &(i32, u64)| {
            below += count;
            below as f64 >= wanted
        };
        self.counts()
            .find(reached)
            .map_or(self.lowest, |(value, _)| value)
    }
}

/// What was counted in one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTally {
    /// `[team][rank]`
    pub positions: Vec<Vec<Hits>>,
    /// `[team][outcome]`
    pub outcomes: Vec<Vec<Hits>>,
    /// `[team]`
    pub points: Vec<Histogram>,
    /// `[team]`
    pub goal_difference: Vec<Histogram>,
    /// `[team][rank]`: counts of the batch at hand.
    batch: Vec<Vec<u32>>,
}

/// What was counted in all seasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Seasons and batches.
    pub batches: Batches,
    /// In the order of the plan.
    pub groups: Vec<GroupTally>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn empty(plan: &Plan<'_>) -> Self {
        let groups = plan.groups.iter().map(GroupTally::empty).collect();
        Self {
            batches: Batches::default(),
            groups,
        }
    }

    /// Counts the first `seasons` lanes of a block.
    pub(super) fn observe(&mut self, played: &[PlayedGroup], seasons: usize) {
        for (tally, played) in self.groups.iter_mut().zip(played) {
            tally.observe(played, seasons);
        }
    }

    /// Closes a batch of that many seasons.
    pub(super) fn close_batch(&mut self, plan: &Plan<'_>, seasons: u64) {
        self.batches.count += 1;
        self.batches.seasons += seasons;
        self.batches.squares += seasons * seasons;
        for (tally, planned) in self.groups.iter_mut().zip(&plan.groups) {
            tally.close_batch(planned, seasons);
        }
    }

    /// Adds what another tally of the same plan has counted.
    pub fn merge(mut self, other: &Self) -> Self {
        self.batches.count += other.batches.count;
        self.batches.seasons += other.batches.seasons;
        self.batches.squares += other.batches.squares;
        for (group, other) in self.groups.iter_mut().zip(&other.groups) {
            group.merge(other);
        }
        self
    }
}

impl GroupTally {
    fn empty(planned: &PlannedGroup) -> Self {
        let size = planned.teams.len();
        let range = |team: usize, of: &dyn Fn(usize) -> (i32, i32)| {
            let (lowest, highest) = of(team);
            Histogram::new(lowest, highest)
        };
        Self {
            positions: vec![vec![Hits::default(); size]; size],
            outcomes: vec![vec![Hits::default(); planned.outcomes.len()]; size],
            points: (0..size)
                .map(|team| range(team, &|team| planned.points_range(team)))
                .collect(),
            goal_difference: (0..size)
                .map(|team| range(team, &|team| planned.goal_difference_range(team)))
                .collect(),
            batch: vec![vec![0; size]; size],
        }
    }

    fn observe(&mut self, played: &PlayedGroup, seasons: usize) {
        debug_assert!(seasons <= LANES);
        for (team, batch) in self.batch.iter_mut().enumerate() {
            let (points, goal_difference, ranks) = played.lanes(team);
            for (rank, count) in batch.iter_mut().enumerate() {
                let here = |&other: &u8| u16::from(usize::from(other) == rank);
                *count += u32::from(ranks[..seasons].iter().map(here).sum::<u16>());
            }
            points[..seasons]
                .iter()
                .for_each(|&points| self.points[team].observe(points));
            let differences = &goal_difference[..seasons];
            differences
                .iter()
                .for_each(|&value| self.goal_difference[team].observe(value));
        }
    }

    fn close_batch(&mut self, planned: &PlannedGroup, seasons: u64) {
        for (team, batch) in self.batch.iter_mut().enumerate() {
            for (hits, &count) in self.positions[team].iter_mut().zip(batch.iter()) {
                hits.observe(count.into(), seasons);
            }
            for (hits, ranks) in self.outcomes[team].iter_mut().zip(&planned.outcomes) {
                hits.observe(
                    ranks.iter().map(|&rank| u64::from(batch[rank])).sum(),
                    seasons,
                );
            }
            batch.fill(0);
        }
    }

    fn merge(&mut self, other: &Self) {
        let pairs = |own: &mut Vec<Vec<Hits>>, other: &Vec<Vec<Hits>>| {
            let flat = own.iter_mut().flatten().zip(other.iter().flatten());
            flat.for_each(|(own, other)| own.merge(other));
        };
        pairs(&mut self.positions, &other.positions);
        pairs(&mut self.outcomes, &other.outcomes);
        let own = self.points.iter_mut().chain(&mut self.goal_difference);
        for (own, other) in own.zip(other.points.iter().chain(&other.goal_difference)) {
            own.counts
                .iter_mut()
                .zip(&other.counts)
                .for_each(|(own, other)| *own += other);
        }
    }
}
