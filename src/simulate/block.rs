//! The kernel: one block of seasons, fixture by fixture, all lanes side by side.

use super::pairwise::{Ranks, Totals};
use super::plan::{Plan, PlannedGroup};
use super::sampler::Sampler;
use super::stream::{LANES, Purpose, Stream};
use crate::fixture::Scoreline;
use crate::model::Strengths;
use crate::standings::{LARGEST_GROUP, Needs, Observer, Table, rank};

/// Blocks that share one draw of strengths: the second mirrors the deviates of the first, so that
/// what strengths do to first order cancels within each batch.
pub(super) const BLOCKS_A_BATCH: u64 = 2;

/// Plays blocks of seasons, reusing its memory.
pub struct Block<'p> {
    plan: &'p Plan<'p>,
    seed: u64,
    samplers: Vec<Sampler>,
    deviates: Vec<f64>,
    parameters: Vec<f64>,
    groups: Vec<PlayedGroup>,
}

/// One group in all lanes of a block.
pub struct PlayedGroup {
    /// `[open fixture][lane]`: the scoreline as `home * 16 + away`.
    codes: Vec<[u8; LANES]>,
    totals: Totals,
    ranks: Ranks,
    scratch: Table,
}

impl<'p> Block<'p> {
    /// Memory for the blocks of a plan.
    pub fn new(plan: &'p Plan<'p>, seed: u64) -> Self {
        let count = plan.model.estimate().len();
        Self {
            plan,
            seed,
            samplers: plan.samplers.clone(),
            deviates: vec![0.0; count],
            parameters: vec![0.0; count],
            groups: plan.groups.iter().map(PlayedGroup::new).collect(),
        }
    }

    /// Plays block `number`: every season in it depends on the plan, the seed and the number alone.
    ///
    /// Costs one draw a fixture and lane, one pass over the pairs of each group, and the reference
    /// engine for lanes with ties that pairs cannot settle. Allocates nothing.
    pub fn play(&mut self, number: u64) -> &[PlayedGroup] {
        if self.plan.strengths == Strengths::Posterior {
            self.draw_strengths(number);
        }
        let mut scores = Stream::new(self.seed, Purpose::Scores, number);
        let mut lots = Stream::new(self.seed, Purpose::Lots, number);
        let mut samplers = self.samplers.as_slice();
        for (planned, played) in self.plan.groups.iter().zip(&mut self.groups) {
            let (of_group, rest) = samplers.split_at(planned.open.len());
            samplers = rest;
            played.sample(planned, of_group, &mut scores);
            played.count(planned);
            planned.pairwise.rank(
                &played.codes,
                &played.totals,
                planned.worth[0],
                &mut played.ranks,
            );
            played.settle(planned, &mut lots);
        }
        &self.groups
    }

    fn draw_strengths(&mut self, number: u64) {
        let batch = number / BLOCKS_A_BATCH;
        Stream::new(self.seed, Purpose::Strengths, batch).normals(&mut self.deviates);
        if number % BLOCKS_A_BATCH == 1 {
            self.deviates
                .iter_mut()
                .for_each(|deviate| *deviate = -*deviate);
        }
        self.plan.model.draw(&self.deviates, &mut self.parameters);
        let open = self.plan.groups.iter().flat_map(|group| &group.open);
        for (sampler, open) in self.samplers.iter_mut().zip(open) {
            sampler.rebuild(&self.plan.model.grid_at(&self.parameters, open.pairing));
        }
    }
}

impl PlayedGroup {
    fn new(planned: &PlannedGroup) -> Self {
        let teams = planned.teams.len();
        Self {
            codes: vec![[0; LANES]; planned.open.len()],
            totals: Totals::new(teams),
            ranks: Ranks::new(teams),
            scratch: planned.table.clone(),
        }
    }

    /// `[team][lane]`: points, goal difference and rank (0 = best) of a team.
    pub(super) fn lanes(&self, team: usize) -> (&[i16; LANES], &[i16; LANES], &[u8; LANES]) {
        (
            &self.totals.points[team],
            &self.totals.goal_difference[team],
            &self.ranks.rank[team],
        )
    }

    /// The rank (0 = best) of a team in one season.
    pub fn rank(&self, team: usize, lane: usize) -> usize {
        self.ranks.rank[team][lane].into()
    }

    /// The scoreline of an open fixture of the group in one season.
    pub fn scoreline(&self, open: usize, lane: usize) -> Scoreline {
        let code = self.codes[open][lane];
        Scoreline::new(code >> 4, code & 15)
    }

    fn sample(&mut self, planned: &PlannedGroup, samplers: &[Sampler], scores: &mut Stream) {
        let mut words = [0; LANES];
        for ((open, sampler), codes) in planned.open.iter().zip(samplers).zip(&mut self.codes) {
            scores.fill(open.address, &mut words);
            for (code, &word) in codes.iter_mut().zip(&words) {
                *code = sampler.sample(word);
            }
        }
    }

    fn count(&mut self, planned: &PlannedGroup) {
        let Totals {
            points,
            goal_difference,
            goals,
        } = &mut self.totals;
        for (team, start) in planned.start.iter().enumerate() {
            points[team].fill(start[0]);
            goal_difference[team].fill(start[1]);
            goals[team].fill(start[2]);
        }
        let [win, draw] = planned.worth;
        for (open, codes) in planned.open.iter().zip(&self.codes) {
            for (team, shift, other) in [(open.home, 4, 0), (open.away, 0, 4)] {
                let team = usize::from(team);
                let (points, difference, scored) = (
                    &mut points[team],
                    &mut goal_difference[team],
                    &mut goals[team],
                );
                for lane in 0..LANES {
                    let own = i16::from(codes[lane] >> shift & 15);
                    let others = i16::from(codes[lane] >> other & 15);
                    points[lane] += win * i16::from(own > others) + draw * i16::from(own == others);
                    difference[lane] += own - others;
                    scored[lane] += own;
                }
            }
        }
    }

    /// Gives the lanes that pairs could not settle to the reference engine.
    fn settle(&mut self, planned: &PlannedGroup, lots: &mut Stream) {
        let size = planned.teams.len();
        for lane in 0..LANES {
            if self.ranks.undecided[lane] == 0 {
                continue;
            }
            self.scratch.clone_from(&planned.table);
            for (index, open) in planned.open.iter().enumerate() {
                self.scratch
                    .record(open.home, open.away, self.scoreline(index, lane));
            }
            let mut order: [u8; LARGEST_GROUP] = std::array::from_fn(|team| team as u8);
            let order = &mut order[..size];
            let mut drawing = Lots {
                stream: lots,
                first_seat: planned.first_seat,
                lane,
            };
            rank(order, &planned.rules, &self.scratch, &mut drawing);
            for (place, &team) in order.iter().enumerate() {
                self.ranks.rank[usize::from(team)][lane] = place as u8;
            }
        }
    }
}

/// Separates by lot whom the rules cannot: in a season nothing stays undecided.
struct Lots<'a> {
    stream: &'a mut Stream,
    first_seat: usize,
    lane: usize,
}

impl Observer for Lots<'_> {
    fn undecided(&mut self, level: &mut [u8], _needs: Needs) {
        let mut lots = [0; LARGEST_GROUP];
        for &team in level.iter() {
            let seat = self.first_seat + usize::from(team);
            lots[usize::from(team)] = self.stream.lane(seat, self.lane);
        }
        level.sort_unstable_by_key(|&team| lots[usize::from(team)]);
    }
}
