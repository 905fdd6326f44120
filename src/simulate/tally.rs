//! Integer counts of what happened: observed batch by batch, merged in any order.

use super::block::Block;
use super::plan::{Plan, PlannedGroup, PlannedPlace, PlannedStage};
use super::played_group::PlayedGroup;
use super::run::Observation;
use super::stream::LANES;
use super::wide::{Simd, WithSimd, wide};

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
    /// Adds a batch.
    pub(crate) fn observe(&mut self, hits: u64, seasons: u64) {
        self.seasons += hits;
        self.squares += hits * hits;
        self.products += hits * seasons;
    }

    pub(super) fn merge(&mut self, other: &Self) {
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
    /// Adds a batch.
    pub(crate) fn observe(&mut self, seasons: u64) {
        self.count += 1;
        self.seasons += seasons;
        self.squares += seasons * seasons;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.seasons += other.seasons;
        self.squares += other.squares;
    }

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
            return (share, self.unseen_error());
        }
        if self.count < 2 {
            return (share, binomial(share));
        }
        self.means(
            hits.seasons as f64,
            hits.squares as f64,
            hits.products as f64,
        )
    }

    /// The error of the share of what was never seen: that of a share of 1 / (seasons + 2).
    pub(crate) fn unseen_error(&self) -> f64 {
        let seasons = self.seasons as f64;
        let share = 1.0 / (seasons + 2.0);
        f64::sqrt(share * (1.0 - share) / seasons)
    }

    /// The share that a sum over batches is of all seasons, and its standard error by batch means, from
    /// the sums of its squares and of its products with the seasons of the batches; of two batches or more.
    pub(super) fn means(&self, sum: f64, squares: f64, products: f64) -> (f64, f64) {
        let (seasons, count) = (self.seasons as f64, self.count as f64);
        let share = sum / seasons;
        let deviation = squares - 2.0 * share * products + share * share * self.squares as f64;
        // Few batches that happen to agree do not make sure; what they differ by may be rounding.
        let error = match deviation > 1e-6 {
            true => (deviation * count / (count - 1.0)).sqrt() / seasons,
            false => (share.abs() * (1.0 - share.abs()) / seasons).sqrt(),
        };
        (share, error)
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

    fn observe(&mut self, values: &[i16]) {
        for &value in values {
            self.counts[(i32::from(value) - self.lowest) as usize] += 1;
        }
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

/// Counts of the batch at hand, one a cell, and what they have come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    columns: usize,
    cells: Vec<Hits>,
    batch: Vec<u32>,
}

impl Grid {
    fn new(rows: usize, columns: usize) -> Self {
        Self {
            columns,
            cells: vec![Hits::default(); rows * columns],
            batch: vec![0; rows * columns],
        }
    }

    /// How often a cell came up.
    pub fn hits(&self, row: usize, column: usize) -> &Hits {
        &self.cells[row * self.columns + column]
    }

    /// The cells of a row.
    pub fn row(&self, row: usize) -> &[Hits] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }

    #[inline]
    fn count(&mut self, row: usize, column: usize, times: u32) {
        self.batch[row * self.columns + column] += times;
    }

    fn close_batch(&mut self, seasons: u64) {
        for (hits, count) in self.cells.iter_mut().zip(&mut self.batch) {
            if *count > 0 {
                hits.observe((*count).into(), seasons);
                *count = 0;
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        let pairs = self.cells.iter_mut().zip(&other.cells);
        pairs.for_each(|(own, other)| own.merge(other));
    }
}

/// What was counted in one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTally {
    /// `[team][rank]`; no row where the teams differ from season to season.
    pub positions: Grid,
    /// `[team]`; none where points and goals are not counted.
    pub points: Vec<Histogram>,
    /// `[team]`; none where points and goals are not counted.
    pub goal_difference: Vec<Histogram>,
    /// `[boundary][cause]`: what separated the ranks either side, lots last; no row unless asked for.
    pub causes: Grid,
}

/// What was counted in the groups of a stage whose teams differ from season to season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageTally {
    /// `[team][rank]`, whichever the group; the last column counts who entered.
    pub positions: Grid,
    /// `[team][opponent]`, in ties of two, known ones included; no row in other stages, and where the
    /// edition has more than [`MOST_OPPONENTS`] teams.
    pub opponents: Grid,
}

/// Opponents are not counted in editions of more teams.
pub const MOST_OPPONENTS: usize = 256;

/// What was counted in all seasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Seasons and batches.
    pub batches: Batches,
    /// In the order of the plan.
    pub groups: Vec<GroupTally>,
    /// In the order of the plan.
    pub stages: Vec<StageTally>,
    /// `[outcome][team]`, in the order of the plan.
    pub outcomes: Grid,
    /// Seasons in which some draw could not meet all its bounds.
    pub unmet: u64,
}

impl Tally {
    /// Nothing counted yet.
    pub fn empty(plan: &Plan<'_>) -> Self {
        let causes = plan.options().causes;
        let group = |planned| GroupTally::empty(planned, causes);
        Self {
            batches: Batches::default(),
            groups: plan.groups.iter().map(group).collect(),
            stages: plan
                .stages
                .iter()
                .map(|stage| StageTally::empty(plan, stage))
                .collect(),
            outcomes: Grid::new(plan.outcomes.len(), plan.teams()),
            unmet: 0,
        }
    }

    /// Every count, in the order of the plan: all that there is to a tally.
    pub fn into_counts(mut self) -> Vec<u64> {
        let mut counts = Vec::new();
        self.visit_counts(|count| counts.push(*count));
        counts
    }

    /// The tally of a plan with these counts; `None` where it has more or fewer of them.
    pub fn from_counts(plan: &Plan<'_>, counts: &[u64]) -> Option<Self> {
        let mut tally = Self::empty(plan);
        let (mut counts, mut missing) = (counts.iter(), false);
        tally.visit_counts(|own| match counts.next() {
            Some(count) => *own = *count,
            None => missing = true,
        });
        (!missing && counts.next().is_none()).then_some(tally)
    }

    fn visit_counts(&mut self, mut visit: impl FnMut(&mut u64)) {
        visit(&mut self.batches.count);
        visit(&mut self.batches.seasons);
        visit(&mut self.batches.squares);
        visit(&mut self.unmet);
        for hits in self.grids().flat_map(|grid| &mut grid.cells) {
            visit(&mut hits.seasons);
            visit(&mut hits.squares);
            visit(&mut hits.products);
        }
        for group in &mut self.groups {
            let histograms = group.points.iter_mut().chain(&mut group.goal_difference);
            let counts = histograms.flat_map(|histogram| &mut histogram.counts);
            counts.for_each(&mut visit);
        }
    }

    /// The largest standard error of the shares of all that was counted.
    pub fn largest_error(&self) -> f64 {
        let groups = self.groups.iter();
        let groups = groups.flat_map(|group| [&group.positions, &group.causes]);
        let stages = self.stages.iter();
        let stages = stages.flat_map(|stage| [&stage.positions, &stage.opponents]);
        let grids = groups.chain(stages).chain([&self.outcomes]);
        let errors = grids.flat_map(|grid| &grid.cells);
        let errors = errors.map(|hits| self.batches.share(hits).1);
        errors.fold(0.0, f64::max)
    }

    fn grids(&mut self) -> impl Iterator<Item = &mut Grid> {
        let groups = self.groups.iter_mut();
        let groups = groups.flat_map(|group| [&mut group.positions, &mut group.causes]);
        let stages = self.stages.iter_mut();
        let stages = stages.flat_map(|stage| [&mut stage.positions, &mut stage.opponents]);
        groups.chain(stages).chain([&mut self.outcomes])
    }
}

impl Observation for Tally {
    fn observe(&mut self, plan: &Plan<'_>, block: &Block<'_>, seasons: usize) {
        let (played, unmet) = (block.played(), block.unmet());
        for (tally, played) in self.groups.iter_mut().zip(played) {
            tally.observe(played, seasons);
        }
        for (tally, stage) in self.stages.iter_mut().zip(&plan.stages) {
            tally.observe(plan, stage, played, seasons);
        }
        for (row, outcome) in plan.outcomes.iter().enumerate() {
            for place in &outcome.places {
                match *place {
                    PlannedPlace::Taken(team) => {
                        self.outcomes.count(row, team.index(), seasons as u32);
                    }
                    // Of known groups the places are counted anyway.
                    PlannedPlace::Open { group, .. } if plan.groups[group].is_known() => {}
                    PlannedPlace::Open { group, rank } => {
                        let (planned, played) = (&plan.groups[group], &played[group]);
                        for lane in 0..seasons {
                            let team = played.finisher(planned, rank, lane);
                            self.outcomes.count(row, team.index(), 1);
                        }
                    }
                }
            }
        }
        self.unmet += unmet[..seasons].iter().filter(|&&unmet| unmet).count() as u64;
    }

    fn close_batch(&mut self, plan: &Plan<'_>, seasons: u64) {
        for (row, outcome) in plan.outcomes.iter().enumerate() {
            for place in &outcome.places {
                if let PlannedPlace::Open { group, rank } = *place {
                    let positions = &self.groups[group].positions;
                    for (seat, team) in plan.groups[group].teams.iter().enumerate() {
                        let count = positions.batch[seat * positions.columns + rank];
                        self.outcomes.count(row, team.index(), count);
                    }
                }
            }
        }
        self.batches.observe(seasons);
        self.grids().for_each(|grid| grid.close_batch(seasons));
    }

    fn merge(mut self, mut other: Self) -> Self {
        self.batches.merge(&other.batches);
        self.unmet += other.unmet;
        for (grid, other) in self.grids().zip(other.grids()) {
            grid.merge(other);
        }
        for (group, other) in self.groups.iter_mut().zip(&other.groups) {
            let own = group.points.iter_mut().chain(&mut group.goal_difference);
            for (own, other) in own.zip(other.points.iter().chain(&other.goal_difference)) {
                let counts = own.counts.iter_mut().zip(&other.counts);
                counts.for_each(|(own, other)| *own += other);
            }
        }
        self
    }
}

impl GroupTally {
    fn empty(planned: &PlannedGroup, causes: bool) -> Self {
        let size = planned.size();
        let shown = if planned.is_shown_as_table() { size } else { 0 };
        let histogram = |of: &dyn Fn(usize) -> (i32, i32)| {
            let range = |team| {
                let (lowest, highest) = of(team);
                Histogram::new(lowest, highest)
            };
            (0..shown).map(range).collect()
        };
        let boundaries = if causes { size.saturating_sub(1) } else { 0 };
        Self {
            positions: Grid::new(if planned.is_known() { size } else { 0 }, size),
            points: histogram(&|team| planned.points_range(team)),
            goal_difference: histogram(&|team| planned.goal_difference_range(team)),
            causes: Grid::new(boundaries, planned.causes().len() + 1),
        }
    }

    fn observe(&mut self, played: &PlayedGroup, seasons: usize) {
        debug_assert!(seasons <= LANES);
        if self.positions.rows() > 0 {
            wide(CountingRanks {
                ranks: played.all_ranks(),
                counts: &mut self.positions.batch,
                seasons,
            });
        }
        let spreads = self.points.iter_mut().zip(&mut self.goal_difference);
        for (team, (points, goal_difference)) in spreads.enumerate() {
            points.observe(&played.points(team)[..seasons]);
            goal_difference.observe(&played.goal_difference(team)[..seasons]);
        }
        for boundary in 0..self.causes.rows() {
            for lane in 0..seasons {
                self.causes.count(boundary, played.cause(boundary, lane), 1);
            }
        }
    }
}

/// Counts ranks, `[team][lane]`, into `[team * teams + rank]`.
struct CountingRanks<'a> {
    ranks: &'a [[u8; LANES]],
    counts: &'a mut [u32],
    seasons: usize,
}

impl WithSimd for CountingRanks<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let teams = self.ranks.len();
        for (ranks, counts) in self.ranks.iter().zip(self.counts.chunks_exact_mut(teams)) {
            for (rank, count) in counts.iter_mut().enumerate() {
                let mut here = 0_u16;
                for &found in &ranks[..self.seasons] {
                    here += u16::from(found == rank as u8);
                }
                *count += u32::from(here);
            }
        }
    }
}

impl StageTally {
    fn empty(plan: &Plan<'_>, stage: &PlannedStage) -> Self {
        let groups = &plan.groups[stage.groups.clone()];
        let floating = groups.iter().any(|group| !group.is_known());
        let largest = groups.iter().map(PlannedGroup::size).max().unwrap_or(0);
        let ties = largest == 2 && plan.teams() <= MOST_OPPONENTS;
        let rows = |wanted: bool| if wanted { plan.teams() } else { 0 };
        Self {
            positions: Grid::new(rows(floating), largest + 1),
            opponents: Grid::new(rows(ties), plan.teams()),
        }
    }

    fn observe(
        &mut self,
        plan: &Plan<'_>,
        stage: &PlannedStage,
        played: &[PlayedGroup],
        seasons: usize,
    ) {
        let groups = stage.groups.clone();
        for (planned, played) in plan.groups[groups.clone()].iter().zip(&played[groups]) {
            let team = |seat: usize, lane: usize| played.team(planned, seat, lane).index();
            if self.positions.rows() > 0 {
                let entered = self.positions.columns - 1;
                for seat in 0..planned.size() {
                    for lane in 0..seasons {
                        self.positions
                            .count(team(seat, lane), played.rank(seat, lane), 1);
                        self.positions.count(team(seat, lane), entered, 1);
                    }
                }
            }
            if self.opponents.rows() > 0 && planned.size() == 2 {
                for lane in 0..seasons {
                    let [a, b] = [team(0, lane), team(1, lane)];
                    self.opponents.count(a, b, 1);
                    self.opponents.count(b, a, 1);
                }
            }
        }
    }
}
