//! The parts of a block, one by one: what each of them costs.

use std::hint::black_box;

use super::block::Block;
use super::play_on::Chance;
use super::played_group::Room;
use super::stream::{LANES, LaneStream, Purpose};
use crate::model::Strengths;

/// A part of the work that it takes to play a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Strengths are drawn, and the tables of scorelines made from them.
    Strengths,
    /// Random words for all fixtures.
    Words,
    /// Scorelines from words.
    Scorelines,
    /// Points and goals are added up.
    Counts,
    /// Teams are ranked, as far as the kernel can.
    Ranks,
    /// What the kernel left undecided is ranked by the reference engine.
    Undecided,
}

impl Work {
    /// Every part, in the order in which a block goes through them.
    pub const ALL: [Self; 6] = [
        Self::Strengths,
        Self::Words,
        Self::Scorelines,
        Self::Counts,
        Self::Ranks,
        Self::Undecided,
    ];
}

impl Block<'_> {
    /// Goes once more through one part of the block played last, as block `number`, for the groups whose teams
    /// are known. What is left in memory is of no use but to be gone through again.
    pub fn repeat(&mut self, part: Work, number: u64) {
        if part == Work::Strengths {
            if self.plan.options.strengths == Strengths::Posterior {
                self.draw_strengths(number);
            }
            return;
        }
        let scores = LaneStream::new(self.seed, Purpose::Scores, number);
        let (mut words, mut codes) = ([0; LANES], [0; LANES]);
        scores.fill(0, &mut words);
        let mut samplers = self.samplers.iter();
        for (index, planned) in self.plan.groups.iter().enumerate() {
            let (earlier, rest) = self.groups.split_at_mut(index);
            let played = &mut rest[0];
            if !planned.is_known() || planned.is_drawn_by_fixture() {
                continue;
            }
            let mut chance = Chance {
                lots: &mut self.lots,
                further: &mut self.further,
                pairs: &mut self.pairs,
                parameters: &self.parameters,
            };
            let mut room = Room {
                plan: self.plan,
                planned,
                earlier,
                places: &self.places,
                chance: &mut chance,
            };
            match part {
                Work::Strengths => {}
                Work::Words => {
                    for open in &planned.open {
                        scores.fill(open.address, &mut words);
                        black_box(&words);
                    }
                }
                Work::Scorelines => {
                    // The scorelines that were played stay, for the parts behind this one.
                    for (_, sampler) in planned.open.iter().zip(&mut samplers) {
                        sampler.sample_all(black_box(&words), &mut codes);
                        black_box(&codes);
                    }
                }
                Work::Counts => played.count(&room),
                Work::Ranks => played.rank_lanes(planned),
                Work::Undecided => played.settle(&mut room),
            }
        }
    }
}
