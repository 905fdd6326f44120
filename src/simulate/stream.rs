//! Addressed randomness: every word is a pure function of seed, purpose, block, address and lane.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::wide::{Simd, WithSimd, wide};
use crate::standings::LARGEST_GROUP;

/// Seasons played side by side in one block.
pub const LANES: usize = 256;

/// Random words that one seeding draw of one season may take before it takes those of the next.
const WORDS_A_DRAW: u128 = 1 << 20;

/// What random words are for. Each purpose has streams of its own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// Scorelines: stream *b* is block *b*; the address is the fixture's.
    Scores = 0,
    /// Lots between teams equal in everything; the address is the team's seat.
    Lots = 1,
    /// Strengths drawn from the posterior; one stream a batch of blocks.
    Strengths = 2,
    /// Extra time, shoot-outs, replays and deciding matches; the address is the seat's and the kind's.
    Further = 3,
    /// Seeding draws; the address is the stage's.
    Seating = 4,
    /// One draw held many times; stream *b* is chunk *b*.
    Draws = 5,
    /// Who is at home last in a tie, where that is drawn; the address is the seat's.
    Hosts = 6,
}

/// The number of the ChaCha8 stream of a block for a purpose.
fn number(purpose: Purpose, block: u64) -> u64 {
    block | (purpose as u64) << 56
}

/// Random words in sequence, for one block and one purpose.
pub(super) struct Stream(ChaCha8Rng);

impl Stream {
    pub(super) fn new(seed: u64, purpose: Purpose, block: u64) -> Self {
        // Written out, so that no library's way of stretching a seed can change the words.
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(number(purpose, block));
        Self(generator)
    }

    /// A generator for one season at an address, for who takes as many words as it comes to.
    pub(super) fn generator(&mut self, address: usize, lane: usize) -> &mut ChaCha8Rng {
        let position = (address * LANES + lane) as u128;
        self.0.set_word_pos(position * WORDS_A_DRAW);
        &mut self.0
    }

    /// Independent standard normals, by Box and Muller's transform [Box & Muller 1958].
    pub(super) fn normals(&mut self, deviates: &mut [f64]) {
        const STEP: f64 = 1.0 / 4_294_967_296.0;
        for pair in deviates.chunks_mut(2) {
            let uniform = |word: u32| (f64::from(word) + 0.5) * STEP;
            let radius = (-2.0 * libm::log(uniform(self.0.next_u32()))).sqrt();
            let angle = std::f64::consts::TAU * uniform(self.0.next_u32());
            let values = [radius * libm::cos(angle), radius * libm::sin(angle)];
            pair.copy_from_slice(&values[..pair.len()]);
        }
    }
}

/// One word a lane.
pub(super) type Words = [u32; LANES];

/// Words of ChaCha8 that are made for all lanes of a block at once.
#[derive(Clone, Copy)]
pub(super) struct LaneStream {
    seed: u64,
    number: u64,
}

/// Words that one block of ChaCha8 gives, and the blocks that give a word to each lane.
const BLOCK: usize = 16;

impl LaneStream {
    pub(super) fn new(seed: u64, purpose: Purpose, block: u64) -> Self {
        Self {
            seed,
            number: number(purpose, block),
        }
    }

    /// One word a lane, at an address: lane 16 *w* + *k* has word *w* of the *k*-th block of the address,
    /// which has 16. So no word has to be moved to its lane, and the words come four times as fast as those
    /// that the library writes in sequence.
    pub(super) fn fill(self, address: usize, words: &mut Words) {
        wide(Fill {
            stream: self,
            first: (address * LANES / BLOCK) as u64,
            words,
        });
    }
}

struct Fill<'a> {
    stream: LaneStream,
    /// The number of the first block.
    first: u64,
    words: &'a mut Words,
}

impl WithSimd for Fill<'_> {
    type Output = ();

    /// ChaCha with 8 rounds, a 64-bit counter and a 64-bit stream number [Bernstein 2008], as many blocks side
    /// by side as a vector has words.
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        const STEPS: [u32; BLOCK] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        let Self {
            stream: LaneStream { seed, number },
            first,
            words,
        } = self;
        let steps = S::as_simd_u32s(&STEPS).0;
        let words = S::as_mut_simd_u32s(words).0;
        for (part, &step) in steps.iter().enumerate() {
            let start = [
                // "expand 32-byte k"
                all(simd, 0x6170_7865),
                all(simd, 0x3320_646e),
                all(simd, 0x7962_2d32),
                all(simd, 0x6b20_6574),
                all(simd, seed),
                all(simd, seed >> 32),
                all(simd, 0),
                all(simd, 0),
                all(simd, 0),
                all(simd, 0),
                all(simd, 0),
                all(simd, 0),
                // The first is a multiple of 16, so nothing is carried.
                simd.add_u32s(all(simd, first), step),
                all(simd, first >> 32),
                all(simd, number),
                all(simd, number >> 32),
            ];
            let mut state = start;
            for _ in 0..4 {
                quarter_round(simd, &mut state, [0, 4, 8, 12]);
                quarter_round(simd, &mut state, [1, 5, 9, 13]);
                quarter_round(simd, &mut state, [2, 6, 10, 14]);
                quarter_round(simd, &mut state, [3, 7, 11, 15]);
                quarter_round(simd, &mut state, [0, 5, 10, 15]);
                quarter_round(simd, &mut state, [1, 6, 11, 12]);
                quarter_round(simd, &mut state, [2, 7, 8, 13]);
                quarter_round(simd, &mut state, [3, 4, 9, 14]);
            }
            for word in 0..BLOCK {
                words[steps.len() * word + part] = simd.add_u32s(state[word], start[word]);
            }
        }
    }
}

/// A vector whose words are all the lower half of this one.
#[inline(always)]
fn all<S: Simd>(simd: S, word: u64) -> S::u32s {
    simd.splat_u32s(word as u32)
}

#[inline(always)]
fn quarter_round<S: Simd>(simd: S, state: &mut [S::u32s; BLOCK], [a, b, c, d]: [usize; 4]) {
    add_and_turn::<S, 16>(simd, state, [a, b, d]);
    add_and_turn::<S, 12>(simd, state, [c, d, b]);
    add_and_turn::<S, 8>(simd, state, [a, b, d]);
    add_and_turn::<S, 7>(simd, state, [c, d, b]);
}

/// Adds one word to another and turns a third, mixed with the sum, to the left.
#[inline(always)]
fn add_and_turn<S: Simd, const BITS: u32>(
    simd: S,
    state: &mut [S::u32s; BLOCK],
    [sum, by, turned]: [usize; 3],
) {
    state[sum] = simd.add_u32s(state[sum], state[by]);
    let mixed = simd.xor_u32s(state[turned], state[sum]);
    let left = simd.wrapping_dyn_shl_u32s(mixed, simd.splat_u32s(BITS));
    let right = simd.wrapping_dyn_shr_u32s(mixed, simd.splat_u32s(32 - BITS));
    state[turned] = simd.or_u32s(left, right);
}

/// Addresses whose words are kept: all seats of a group.
const KEPT: usize = LARGEST_GROUP;

/// 64 random bits for some lanes of a block, made for all lanes when the first one asks.
pub(super) struct SparseStream {
    stream: LaneStream,
    /// `[address % KEPT]`: the address and its bits.
    kept: Vec<(usize, [Words; 2])>,
}

impl SparseStream {
    /// Memory for the streams of a purpose.
    pub(super) fn new() -> Self {
        Self {
            stream: LaneStream { seed: 0, number: 0 },
            kept: vec![(usize::MAX, [[0; LANES]; 2]); KEPT],
        }
    }

    /// Turns to the stream of a block.
    pub(super) fn turn_to(&mut self, stream: LaneStream) {
        self.stream = stream;
        self.kept.iter_mut().for_each(|kept| kept.0 = usize::MAX);
    }

    /// The 64 bits of one lane at an address.
    #[inline]
    pub(super) fn lane(&mut self, address: usize, lane: usize) -> u64 {
        let (kept, words) = &mut self.kept[address % KEPT];
        if *kept != address {
            *kept = address;
            for (half, words) in words.iter_mut().enumerate() {
                self.stream.fill(2 * address + half, words);
            }
        }
        u64::from(words[0][lane]) | u64::from(words[1][lane]) << 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the library says of the word at a position.
    fn word(seed: u64, purpose: Purpose, block: u64, position: usize) -> u32 {
        let mut stream = Stream::new(seed, purpose, block);
        stream.0.set_word_pos(position as u128);
        stream.0.next_u32()
    }

    /// Expected words from a transcription of ChaCha with 8 rounds, a 64-bit counter and a 64-bit stream
    /// in another language.
    #[test]
    fn words_are_those_of_chacha_8_and_stay_so() {
        let mut words = [0; LANES];
        LaneStream::new(1, Purpose::Scores, 0).fill(0, &mut words);
        let first = [0, 16, 32, 48].map(|lane| words[lane]);
        assert_eq!(
            first,
            [2_699_648_719, 1_638_484_553, 3_990_160_702, 1_266_703_218]
        );
        LaneStream::new(1, Purpose::Scores, 7).fill(95, &mut words);
        assert_eq!([words[0], words[16]], [2_055_260_790, 2_261_624_529]);
        let mut seating = Stream::new(1, Purpose::Seating, 3);
        assert_eq!(
            seating.generator(2, 9).next_u64(),
            10_894_228_008_437_267_470
        );
    }

    /// With a seed and an address that fill both halves of their 64 bits.
    #[test]
    fn every_lane_has_its_word_of_the_library() {
        for (seed, block, address) in [
            (1, 0, 0),
            (u64::MAX - 7, 123_456_789_012, 77),
            (1 << 40, 3, (1 << 36) + 5),
        ] {
            let mut words = [0; LANES];
            LaneStream::new(seed, Purpose::Further, block).fill(address, &mut words);
            for (lane, &found) in words.iter().enumerate() {
                let position = address * LANES + lane % 16 * 16 + lane / 16;
                assert_eq!(
                    found,
                    word(seed, Purpose::Further, block, position),
                    "{lane}"
                );
            }
        }
    }

    #[test]
    fn words_do_not_depend_on_the_width_of_vectors() {
        let stream = LaneStream::new(5, Purpose::Scores, 9);
        let (mut widest, mut narrowest) = ([0; LANES], [0; LANES]);
        stream.fill(3, &mut widest);
        Fill {
            stream,
            first: 3 * (LANES / BLOCK) as u64,
            words: &mut narrowest,
        }
        .with_simd(pulp::Scalar::new());
        assert_eq!(widest, narrowest);
    }

    #[test]
    fn bits_of_a_lane_do_not_depend_on_what_was_asked_before() {
        let stream = LaneStream::new(9, Purpose::Lots, 2);
        let mut sparse = SparseStream::new();
        sparse.turn_to(stream);
        let asked: Vec<u64> = [3, 11, 3, 4, 19, 3]
            .map(|address| sparse.lane(address, 200))
            .into();
        let fresh = |address: usize| {
            let mut words = [[0; LANES]; 2];
            stream.fill(2 * address, &mut words[0]);
            stream.fill(2 * address + 1, &mut words[1]);
            u64::from(words[0][200]) | u64::from(words[1][200]) << 32
        };
        assert_eq!(asked, [3, 11, 3, 4, 19, 3].map(fresh));
        sparse.turn_to(LaneStream::new(9, Purpose::Lots, 3));
        assert_ne!(sparse.lane(3, 200), asked[5]);
    }

    #[test]
    fn normals_have_the_moments_of_the_standard_normal() {
        let mut deviates = vec![0.0; 200_001];
        Stream::new(4, Purpose::Strengths, 0).normals(&mut deviates);
        let count = deviates.len() as f64;
        let moment = |power| deviates.iter().map(|z: &f64| z.powi(power)).sum::<f64>() / count;
        // Four standard errors of each moment: a false alarm in about 16,000.
        for (power, expected, variance) in
            [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0)]
        {
            let bound = 4.0 * f64::sqrt(variance / count);
            assert!(
                (moment(power) - expected).abs() < bound,
                "moment {power}: {}",
                moment(power)
            );
        }
    }
}
