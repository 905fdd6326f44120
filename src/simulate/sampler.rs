//! Scorelines from random words, by the alias method [Walker 1977; Vose 1991].

use super::stream::{LANES, Words};
use super::wide::{Simd, WithSimd, wide};
use crate::model::ScoreGrid;

const CELLS: usize = 256;
/// A word is one byte to choose a cell and these bits to choose between the cell and its alias.
const FRACTION_BITS: u32 = 24;
/// Empty cells are filled by so many at once.
const STRIDE: usize = 32;
/// What a cell holds, in units of 2⁻³²: the cells hold one together.
const FULL: i64 = 1 << FRACTION_BITS;

/// A score grid as an alias table of 256 cells, each packing a threshold of 24 bits and its alias:
/// one word, one look-up, one comparison a scoreline. Probabilities are exact to 2⁻³².
///
/// Cells are filled in the order of scorelines, and so are those that fill them: where the strengths
/// change a little, so does the scoreline of few words.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampler {
    cells: [u32; CELLS],
}

impl Sampler {
    /// The table of a grid.
    pub fn new(grid: &ScoreGrid) -> Self {
        let mut sampler = Self { cells: [0; CELLS] };
        sampler.rebuild(grid);
        sampler
    }

    /// Becomes the table of another grid, by the sweep of [Hübschle-Schneider & Sanders 2019] in whole numbers.
    pub fn rebuild(&mut self, grid: &ScoreGrid) {
        let mut mass = [0; CELLS];
        let spare = wide(Rounding {
            cells: grid.cells(),
            mass: &mut mass,
        });
        // Cells that fill others, that need some filling, and that are empty. Each is written to all lists and
        // kept in one: no branch to guess wrong.
        let (mut rich, mut poor, mut empty) = ([0_u8; CELLS], [0_u8; CELLS], [0_u8; CELLS]);
        let [mut riches, mut poors, mut empties] = [0_usize; 3];
        for (cell, &mass) in mass.iter().enumerate() {
            rich[riches % CELLS] = cell as u8;
            poor[poors % CELLS] = cell as u8;
            empty[empties % CELLS] = cell as u8;
            riches += usize::from(mass >= FULL);
            poors += usize::from(mass > 0 && mass < FULL);
            empties += usize::from(mass == 0);
        }
        // The first one takes what rounding has left over.
        mass[usize::from(rich[0])] += spare;
        let mut poor = &poor[..poors];
        // `[empty cell]`: who fills it. Written by the stride: what is too much, the next one writes over.
        let mut fills = [0_u8; CELLS + STRIDE];
        let (mut filled, mut left) = (0, 0);
        for (place, &cell) in rich[..riches].iter().enumerate() {
            if place > 0 {
                // What was left of the one before does not fill its own cell: this one does.
                let before = rich[place - 1];
                if left < FULL {
                    self.cells[usize::from(before)] = (left as u32) << 8 | u32::from(cell);
                }
                left -= FULL;
            }
            left += mass[usize::from(cell)];
            // Full by itself, unless another has to fill it.
            self.cells[usize::from(cell)] = cell.into();
            while let Some((&first, rest)) = poor.split_first().filter(|_| left > FULL) {
                let mass = mass[usize::from(first)];
                self.cells[usize::from(first)] = (mass as u32) << 8 | u32::from(cell);
                left -= FULL - mass;
                poor = rest;
            }
            let more = ((left - 1) / FULL) as usize;
            for from in (filled..=filled + more).step_by(STRIDE) {
                fills[from..from + STRIDE].fill(cell);
            }
            filled += more;
            left -= FULL * more as i64;
        }
        for (&cell, &by) in empty[..empties].iter().zip(&fills) {
            self.cells[usize::from(cell)] = by.into();
        }
    }

    /// The scoreline of a word, as `home * 16 + away`.
    #[inline(always)]
    pub fn sample(&self, word: u32) -> u8 {
        scoreline(&self.cells, word)
    }

    /// The scorelines of the words of all lanes.
    pub(super) fn sample_all(&self, words: &Words, codes: &mut [u8; LANES]) {
        wide(Sampling {
            sampler: self,
            words,
            codes,
        });
    }

    /// `[home * 16 + away]`: the exact probability with which each scoreline is drawn.
    pub fn probabilities(&self) -> [f64; CELLS] {
        let whole = FULL as f64;
        let mut probabilities = [0.0; CELLS];
        for (cell, &packed) in self.cells.iter().enumerate() {
            let stays = f64::from(packed >> 8) / whole;
            probabilities[cell] += stays / CELLS as f64;
            probabilities[(packed & 0xff) as usize] += (1.0 - stays) / CELLS as f64;
        }
        probabilities
    }
}

/// Probabilities in units of 2⁻³², and what rounding leaves over.
struct Rounding<'a> {
    cells: &'a [f64; CELLS],
    mass: &'a mut [i64; CELLS],
}

impl WithSimd for Rounding<'_> {
    type Output = i64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) -> i64 {
        const ONE: i64 = 1 << 32;
        // Added to a number below it, this leaves the nearest whole number in the low bits.
        const ROUNDING: f64 = (1_u64 << 52) as f64;
        let mut spare = ONE;
        for cell in 0..CELLS {
            let rounded = self.cells[cell] * ONE as f64 + ROUNDING;
            let mass = (rounded.to_bits() & ((1 << 52) - 1)) as i64;
            self.mass[cell] = mass;
            spare -= mass;
        }
        spare
    }
}

#[inline(always)]
fn scoreline(cells: &[u32; CELLS], word: u32) -> u8 {
    let cell = word >> FRACTION_BITS;
    let packed = cells[cell as usize];
    let stays = word & ((1 << FRACTION_BITS) - 1) < packed >> 8;
    (if stays { cell } else { packed & 0xff }) as u8
}

/// By lane, and of nothing but references: so it becomes one look-up for many lanes at once.
#[inline(always)]
fn look_up(cells: &[u32; CELLS], words: &Words) -> [u8; LANES] {
    let mut codes = [0; LANES];
    for lane in 0..LANES {
        codes[lane] = scoreline(cells, words[lane]);
    }
    codes
}

struct Sampling<'a> {
    sampler: &'a Sampler,
    words: &'a Words,
    codes: &'a mut [u8; LANES],
}

impl WithSimd for Sampling<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        *self.codes = look_up(&self.sampler.cells, self.words);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_table_draws_its_grid(home in 0.0..8.0_f64, away in 0.0..8.0_f64) {
            let weight = |rate: f64, goals: usize| (1..=goals).fold(1.0, |w, k| w * rate / k as f64);
            let grid = ScoreGrid::from_weights(|h, a| weight(home, h) * weight(away, a));
            let drawn = Sampler::new(&grid).probabilities();
            for (drawn, wanted) in drawn.iter().zip(grid.cells()) {
                // Half a unit of rounding, and what it leaves in the likeliest cell.
                prop_assert!((drawn - wanted).abs() < 128.0 / 4_294_967_296.0, "{drawn} {wanted}");
            }
        }

        /// The probabilities of a table are multiples of 2⁻³² that sum to one, whatever the grid.
        #[test]
        fn a_table_draws_nothing_but_its_grid(weights in prop::collection::vec(0.0..1.0_f64, 256), power in 1..200) {
            let grid = ScoreGrid::from_weights(|h, a| 1e-300 + weights[h * 16 + a].powi(power));
            let drawn = Sampler::new(&grid).probabilities();
            prop_assert_eq!(drawn.iter().sum::<f64>(), 1.0);
            for (drawn, wanted) in drawn.iter().zip(grid.cells()) {
                prop_assert!((drawn - wanted).abs() < 128.0 / 4_294_967_296.0, "{drawn} {wanted}");
            }
        }

        #[test]
        fn all_lanes_have_the_scorelines_of_their_words(rate in 0.1..6.0_f64, words in prop::collection::vec(any::<u32>(), LANES)) {
            let weight = |goals: usize| (1..=goals).fold(1.0, |w, k| w * rate / k as f64);
            let sampler = Sampler::new(&ScoreGrid::from_weights(|h, a| weight(h) * weight(a)));
            let mut codes = [0; LANES];
            sampler.sample_all(&words.clone().try_into().expect("all lanes"), &mut codes);
            for (code, word) in codes.into_iter().zip(words) {
                prop_assert_eq!(code, sampler.sample(word));
            }
        }
    }
}
