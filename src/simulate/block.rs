//! The kernel: one block of seasons, fixture by fixture, all lanes side by side.

use super::pairs::PairSamplers;
use super::plan::{Plan, PlannedGroup};
use super::play_on::Chance;
use super::played_group::{PlayedGroup, Room};
use super::sampler::Sampler;
use super::stream::{LANES, LaneStream, Purpose, SparseStream, Stream};
use super::usher::{Desk, Usher};
use crate::competition::SecondLeg;
use crate::model::Strengths;
use crate::standings::Metric;

/// Blocks that share one draw of strengths: the second mirrors the deviates of the first, so that
/// what strengths do to first order cancels within each batch.
pub(super) const BLOCKS_A_BATCH: u64 = 2;

/// Plays blocks of seasons, reusing its memory.
pub struct Block<'p> {
    pub(super) plan: &'p Plan<'p>,
    pub(super) seed: u64,
    pub(super) samplers: Vec<Sampler>,
    deviates: Vec<f64>,
    pub(super) parameters: Vec<f64>,
    pub(super) pairs: PairSamplers,
    pub(super) groups: Vec<PlayedGroup>,
    /// `[team][lane]`: the place in the last table, from 1; empty where nobody asks.
    pub(super) places: Vec<[u8; LANES]>,
    desk: Desk,
    pub(super) lots: SparseStream,
    pub(super) further: SparseStream,
}

impl<'p> Block<'p> {
    /// Memory for the blocks of a plan.
    pub fn new(plan: &'p Plan<'p>, seed: u64) -> Self {
        let count = plan.model.estimate().len();
        let asks_places = |group: &PlannedGroup| {
            let mut metrics = group.rules.iter().flat_map(|rule| rule.metrics());
            group.second_leg == SecondLeg::BetterPlaced
                || metrics.any(|metric| metric == Metric::EarlierPlace)
        };
        let places = plan.groups.iter().any(asks_places);
        Self {
            plan,
            seed,
            samplers: plan.samplers.clone(),
            deviates: vec![0.0; count],
            parameters: plan.model.estimate().to_vec(),
            pairs: PairSamplers::new(plan.teams()),
            groups: plan
                .groups
                .iter()
                .map(|group| PlayedGroup::new(group, plan.options.causes))
                .collect(),
            places: vec![[0; LANES]; if places { plan.teams() } else { 0 }],
            desk: Desk::new(seed),
            lots: SparseStream::new(),
            further: SparseStream::new(),
        }
    }

    /// Plays block `number`: every season in it depends on the plan, the seed and the number alone.
    ///
    /// Costs one draw a fixture and lane, a few passes over the pairs of each group, and the reference engine
    /// for lanes in which teams are level that the kernel cannot separate. Allocates nothing once it is warm.
    pub fn play(&mut self, number: u64) -> &[PlayedGroup] {
        if self.plan.options.strengths == Strengths::Posterior {
            self.draw_strengths(number);
        }
        self.places.iter_mut().for_each(|places| places.fill(0));
        let stream = |purpose| LaneStream::new(self.seed, purpose, number);
        let scores = stream(Purpose::Scores);
        self.lots.turn_to(stream(Purpose::Lots));
        self.further.turn_to(stream(Purpose::Further));
        self.desk.turn_to(
            Stream::new(self.seed, Purpose::Seating, number),
            stream(Purpose::Hosts),
        );
        let mut samplers = self.samplers.as_slice();
        let mut chance = Chance {
            lots: &mut self.lots,
            further: &mut self.further,
            pairs: &mut self.pairs,
            parameters: &self.parameters,
        };
        for stage in &self.plan.stages {
            let planned = &self.plan.groups[stage.groups.clone()];
            let (earlier, rest) = self.groups.split_at_mut(stage.groups.start);
            let current = &mut rest[..planned.len()];
            let mut usher = Usher {
                facts: &self.plan.facts,
                planned: &self.plan.groups,
                earlier,
                places: &self.places,
                desk: &mut self.desk,
            };
            usher.seat(stage, current);
            for (planned, played) in planned.iter().zip(current) {
                let known = planned
                    .open
                    .iter()
                    .filter(|open| open.pairing.is_some())
                    .count();
                let (of_group, rest) = samplers.split_at(known);
                samplers = rest;
                let mut room = Room {
                    plan: self.plan,
                    planned,
                    earlier,
                    places: &self.places,
                    chance: &mut chance,
                };
                played.sample(&mut room, of_group, scores);
                played.count(&room);
                played.rank_lanes(planned);
                played.settle(&mut room);
                played.order();
            }
            if stage.is_table && !self.places.is_empty() {
                let current = &rest[..planned.len()];
                for (planned, played) in planned.iter().zip(current) {
                    played.note_places(planned, &mut self.places);
                }
            }
        }
        &self.groups
    }

    /// The groups of the block played last.
    pub(super) fn played(&self) -> &[PlayedGroup] {
        &self.groups
    }

    /// `[lane]`: whether in the block played last some draw could not meet all its bounds.
    pub fn unmet(&self) -> &[bool] {
        &self.desk.unmet
    }

    pub(super) fn draw_strengths(&mut self, number: u64) {
        let batch = number / BLOCKS_A_BATCH;
        Stream::new(self.seed, Purpose::Strengths, batch).normals(&mut self.deviates);
        if number % BLOCKS_A_BATCH == 1 {
            self.deviates
                .iter_mut()
                .for_each(|deviate| *deviate = -*deviate);
        }
        let model = self.plan.model;
        model.draw(&self.deviates, &mut self.parameters);
        self.pairs.forget();
        let open = self.plan.groups.iter().flat_map(|group| &group.open);
        let known = open.filter_map(|open| Some((open.pairing?, open.share())));
        for (sampler, (pairing, share)) in self.samplers.iter_mut().zip(known) {
            sampler.rebuild(&model.grid_of_share(&self.parameters, pairing, share));
        }
    }
}
