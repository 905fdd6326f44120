//! Seasons that are kept: every fact is a bit plane, one bit a season.

mod bits;
mod crossed;
mod evaluate;
mod event;
mod follows;
mod layout;
mod orders;

use std::sync::Arc;

use rayon::prelude::*;

use super::block::Block;
use super::plan::Plan;
use super::played_group::PlayedGroup;
use super::run::{Observation, SEASONS_A_BATCH};
use super::stream::LANES;
use super::tally::{Batches, Hits};
use bits::{WORDS, pack};
use evaluate::{CHUNK, Words, evaluate};

pub use crossed::{Crossed, MOST_RUNS};
pub use event::{Event, Number};
pub use layout::{KeptFixture, KeptGroup, KeptOutcome, KeptStage, KeptTeam, Layout};
pub use orders::MOST_ORDERED;

/// Words of a plane that make up a batch.
const BATCH: usize = (SEASONS_A_BATCH / 64) as usize;

/// One bit for every season, in their order, the lowest bit of a word first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plane {
    /// The same in every season.
    Constant(bool),
    /// Word by word; words beyond the last one are 0, and so are bits beyond the last season.
    Words(Vec<u64>),
    /// Not at hand: it was not asked for when the sample was read.
    Absent,
}

impl Plane {
    /// Adds bits after so many words.
    fn push(&mut self, before: usize, bits: &[u64]) {
        if let (Self::Words(words), true) = (self, bits.iter().any(|&bits| bits != 0)) {
            words.resize(before, 0);
            words.extend_from_slice(bits);
        }
    }

    fn read(&self, first: usize, into: &mut Words) {
        match self {
            Self::Constant(value) => into.fill(if *value { u64::MAX } else { 0 }),
            Self::Words(words) => {
                let rest = words.get(first..).unwrap_or(&[]);
                let count = rest.len().min(CHUNK);
                into[..count].copy_from_slice(&rest[..count]);
                into[count..].fill(0);
            }
            Self::Absent => unreachable!("a sample is read with the planes that it is asked for"),
        }
    }
}

/// Facts of seasons, one bit plane each, and how often what follows from them happened.
///
/// Which facts, its [`Layout`] says, which also makes the [`Event`]s that a sample is asked for. As an
/// [`Observation`] it takes `planes / 8` bytes a season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    layout: Arc<Layout>,
    seasons: u64,
    planes: Vec<Plane>,
}

impl Sample {
    /// No season yet.
    pub fn empty(layout: &Arc<Layout>) -> Self {
        Self {
            layout: layout.clone(),
            seasons: 0,
            planes: vec![Plane::Words(Vec::new()); layout.planes()],
        }
    }

    /// A sample that was kept: `planes` in the order of the layout, words up to the last season.
    pub fn kept(layout: &Arc<Layout>, seasons: u64, planes: Vec<Plane>) -> Self {
        assert_eq!(planes.len(), layout.planes(), "a plane for every fact");
        Self {
            layout: layout.clone(),
            seasons,
            planes,
        }
    }

    /// Which facts it keeps.
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// How many seasons it has.
    pub fn seasons(&self) -> u64 {
        self.seasons
    }

    /// In the order of the layout.
    pub fn planes(&self) -> &[Plane] {
        &self.planes
    }

    /// Words of a whole plane.
    fn words(&self) -> usize {
        self.seasons.div_ceil(64) as usize
    }

    /// How many batches its seasons come in, and how large they are.
    pub fn batches(&self) -> Batches {
        self.count_given(&Event::Constant(false), &Event::Constant(true))
            .0
    }

    /// How often an event happened: the very counts that a [`Tally`](super::Tally) of the same seasons
    /// has.
    pub fn count(&self, event: &Event) -> Hits {
        self.count_given(event, &Event::Constant(true)).1
    }

    /// How often an event happened where a condition did. [`Batches::share`] of both is the conditional
    /// probability with its error.
    ///
    /// It is a ratio *p* = Σ joint / Σ condition over batches, and its error that of a ratio by batch means
    /// (the delta method): the square root of Σ (joint − *p* · condition)² · *n* / (*n* − 1), divided by Σ
    /// condition, where *n* counts the batches in which the condition was met. Without a condition this
    /// is the error of any other share. Where the batches have no season the condition was never
    /// met, and nothing can be said.
    pub fn count_given(&self, event: &Event, condition: &Event) -> (Batches, Hits) {
        let chunk = |chunk: usize| {
            let first = chunk * CHUNK;
            let (mut met, mut joint) = ([0; CHUNK], [0; CHUNK]);
            evaluate(condition, &self.planes, first, &mut met);
            self.clear_beyond(first, &mut met);
            evaluate(event, &self.planes, first, &mut joint);
            joint
                .iter_mut()
                .zip(&met)
                .for_each(|(joint, met)| *joint &= met);
            let mut counts = (Batches::default(), Hits::default());
            for (met, joint) in met.chunks(BATCH).zip(joint.chunks(BATCH)) {
                let [met, joint] = [met, joint]
                    .map(|words| words.iter().map(|word| u64::from(word.count_ones())).sum());
                if met > 0 {
                    counts.0.observe(met);
                    counts.1.observe(joint, met);
                }
            }
            counts
        };
        let chunks = self.words().div_ceil(CHUNK);
        let merge = |mut one: (Batches, Hits), other: (Batches, Hits)| {
            one.0.merge(&other.0);
            one.1.merge(&other.1);
            one
        };
        (0..chunks)
            .into_par_iter()
            .map(chunk)
            .reduce(Default::default, merge)
    }

    /// Clears what lies beyond the last season.
    fn clear_beyond(&self, first: usize, words: &mut Words) {
        for (index, word) in words.iter_mut().enumerate() {
            let before = 64 * (first + index) as u64;
            *word &= lowest(self.seasons.saturating_sub(before));
        }
    }

    /// Whether an event happened in each season, in their order.
    pub fn seasons_with(&self, event: &Event) -> Vec<bool> {
        let mut seasons = Vec::new();
        for first in (0..self.words()).step_by(CHUNK) {
            let mut words = [0; CHUNK];
            evaluate(event, &self.planes, first, &mut words);
            let bits = words
                .iter()
                .flat_map(|word| (0..64).map(move |bit| word >> bit & 1 == 1));
            seasons.extend(bits);
        }
        seasons.truncate(self.seasons as usize);
        seasons
    }

    fn observe_known(&mut self, played: &[PlayedGroup], seen: Seen) {
        let Self { layout, planes, .. } = self;
        for (kept, played) in layout.groups.iter().zip(played) {
            for seat in 0..kept.teams.len() {
                seen.push(planes, kept.rank_planes(seat), &played.all_ranks()[seat]);
            }
            for fixture in 0..kept.fixtures.len() {
                let codes = &played.codes[fixture];
                let mut outcomes = [0; LANES];
                for (outcome, code) in outcomes.iter_mut().zip(codes) {
                    let (home, away) = (code >> 4, code & 15);
                    *outcome = u8::from(home > away) | u8::from(home < away) << 1;
                }
                let of = kept.fixture_planes(fixture, layout.goals);
                let code = of.start + 2;
                seen.push(planes, of.start..code, &outcomes);
                seen.push(planes, code..of.end, codes);
            }
        }
    }

    fn observe_floating(&mut self, plan: &Plan<'_>, played: &[PlayedGroup], seen: Seen) {
        let Self { layout, planes, .. } = self;
        for stage in layout.stages.iter().filter(|stage| stage.floats()) {
            // `[team][eight planes][lane]`
            let bytes = stage.width().div_ceil(8);
            let mut codes = vec![[0; LANES]; layout.teams * bytes];
            for (position, group) in stage.groups.clone().enumerate() {
                let (planned, played) = (&plan.groups[group], &played[group]);
                for seat in 0..planned.size() {
                    for (lane, &rank) in played.all_ranks()[seat].iter().enumerate() {
                        let team = played.team(planned, seat, lane).index();
                        let code = stage.code(position, rank.into());
                        for byte in 0..bytes {
                            codes[team * bytes + byte][lane] = (code >> (8 * byte)) as u8;
                        }
                    }
                }
            }
            for (team, codes) in codes.chunks(bytes).enumerate() {
                let of = stage.planes(team);
                for (byte, codes) in codes.iter().enumerate() {
                    let first = of.start + 8 * byte;
                    seen.push(planes, first..of.end.min(first + 8), codes);
                }
            }
        }
    }
}

/// As many ones, from the lowest bit.
fn lowest(bits: u64) -> u64 {
    match bits {
        64.. => u64::MAX,
        bits => (1 << bits) - 1,
    }
}

/// What is seen of a block: so many lanes, after so many words.
#[derive(Clone, Copy)]
struct Seen {
    before: usize,
    seasons: usize,
}

impl Seen {
    /// Adds the bits of the lanes' bytes to some planes, the lowest bit to the first.
    fn push(self, planes: &mut [Plane], of: std::ops::Range<usize>, bytes: &[u8; LANES]) {
        let any = bytes.iter().fold(0, |any, byte| any | byte);
        for (bit, plane) in planes[of].iter_mut().enumerate() {
            if any >> bit & 1 == 0 {
                continue;
            }
            let mut words: [u64; WORDS] = pack(bytes, bit);
            for (index, word) in words.iter_mut().enumerate() {
                *word &= lowest(self.seasons.saturating_sub(64 * index) as u64);
            }
            plane.push(self.before, &words[..self.seasons.div_ceil(64)]);
        }
    }
}

impl Observation for Sample {
    fn observe(&mut self, plan: &Plan<'_>, block: &Block<'_>, seasons: usize) {
        let seen = Seen {
            before: self.words(),
            seasons,
        };
        self.observe_known(block.played(), seen);
        self.observe_floating(plan, block.played(), seen);
        self.seasons += seasons as u64;
    }

    fn close_batch(&mut self, _plan: &Plan<'_>, _seasons: u64) {}

    fn merge(mut self, later: Self) -> Self {
        if self.seasons == 0 {
            return later;
        }
        let before = self.words();
        for (plane, later) in self.planes.iter_mut().zip(&later.planes) {
            if let Plane::Words(words) = later {
                plane.push(before, words);
            }
        }
        self.seasons += later.seasons;
        self
    }
}
