//! Addressed randomness: every word is a pure function of seed, purpose, block, address and lane.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Seasons played side by side in one block. A multiple of 64, which is what ChaCha fills at once.
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
}

/// The random words of one block for one purpose.
pub(super) struct Stream(ChaCha8Rng);

impl Stream {
    pub(super) fn new(seed: u64, purpose: Purpose, block: u64) -> Self {
        // Written out, so that no library's way of stretching a seed can change the words.
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(block | (purpose as u64) << 56);
        Self(generator)
    }

    /// One word a lane, at an address.
    pub(super) fn fill(&mut self, address: usize, words: &mut [u32; LANES]) {
        self.0.set_word_pos((address * LANES) as u128);
        self.0.fill(words);
    }

    /// The 64 bits of one lane at an address.
    pub(super) fn lane(&mut self, address: usize, lane: usize) -> u64 {
        self.0.set_word_pos(((address * LANES + lane) * 2) as u128);
        self.0.next_u64()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected words from a transcription of ChaCha with 8 rounds, a 64-bit counter and a 64-bit stream
    /// in another language.
    #[test]
    fn words_are_those_of_chacha_8_and_stay_so() {
        let mut words = [0; LANES];
        Stream::new(1, Purpose::Scores, 0).fill(0, &mut words);
        assert_eq!(
            words[..4],
            [2_699_648_719, 1_638_484_553, 3_990_160_702, 1_266_703_218]
        );
        let mut later = [0; LANES];
        Stream::new(1, Purpose::Scores, 7).fill(95, &mut later);
        assert_eq!(later[..2], [2_055_260_790, 2_261_624_529]);
        assert_eq!(
            Stream::new(1, Purpose::Lots, 0).lane(3, 17),
            4_264_460_015_804_936_917
        );
        assert_eq!(
            Stream::new(1, Purpose::Further, 5).lane(3, 17),
            12_808_060_706_956_473_603
        );
        let mut seating = Stream::new(1, Purpose::Seating, 3);
        assert_eq!(
            seating.generator(2, 9).next_u64(),
            10_894_228_008_437_267_470
        );
    }

    #[test]
    fn an_address_gives_the_same_words_whatever_was_read_before() {
        let (mut first, mut second) = ([0; LANES], [0; LANES]);
        let mut stream = Stream::new(9, Purpose::Scores, 2);
        stream.fill(5, &mut first);
        stream.fill(3, &mut second);
        stream.fill(5, &mut second);
        assert_eq!(first, second);
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
