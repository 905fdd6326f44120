//! Scorelines from random words, by the alias method [Walker 1977; Vose 1991].

use crate::model::ScoreGrid;

const CELLS: usize = 256;
/// A word is one byte to choose a cell and these bits to choose between the cell and its alias.
const FRACTION_BITS: u32 = 24;
const WHOLE: f64 = (1 << FRACTION_BITS) as f64;

/// A score grid as an alias table of 256 cells, each packing a threshold of 24 bits and its alias:
/// one word, one look-up, one comparison a scoreline. Probabilities are exact to 2⁻³².
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

    /// Becomes the table of another grid.
    pub fn rebuild(&mut self, grid: &ScoreGrid) {
        // Mass of every cell in units of the average; light cells borrow from heavy ones.
        let mut mass = grid.cells().map(|probability| probability * CELLS as f64);
        let (mut light, mut heavy) = ([0_u8; CELLS], [0_u8; CELLS]);
        let (mut lights, mut heavies) = (0, 0);
        for (cell, &mass) in mass.iter().enumerate() {
            // Written to both lists, kept in one: no branch to guess wrong.
            let is_light = mass < 1.0;
            light[lights] = cell as u8;
            heavy[heavies] = cell as u8;
            lights += usize::from(is_light);
            heavies += usize::from(!is_light);
            // A cell that never borrows is its own alias.
            self.cells[cell] = cell as u32;
        }
        while heavies > 0 {
            heavies -= 1;
            let rich = usize::from(heavy[heavies]);
            let mut left = mass[rich];
            while left >= 1.0 && lights > 0 {
                lights -= 1;
                let poor = usize::from(light[lights]);
                self.cells[poor] = ((mass[poor] * WHOLE) as u32) << 8 | rich as u32;
                left -= 1.0 - mass[poor];
            }
            if left < 1.0 {
                mass[rich] = left;
                light[lights] = rich as u8;
                lights += 1;
            }
        }
    }

    /// The scoreline of a word, as `home * 16 + away`.
    #[inline]
    pub fn sample(&self, word: u32) -> u8 {
        let cell = word >> FRACTION_BITS;
        let packed = self.cells[cell as usize];
        let stays = word & ((1 << FRACTION_BITS) - 1) < packed >> 8;
        (if stays { cell } else { packed & 0xff }) as u8
    }

    /// `[home * 16 + away]`: the exact probability with which each scoreline is drawn.
    pub fn probabilities(&self) -> [f64; CELLS] {
        let mut probabilities = [0.0; CELLS];
        for (cell, &packed) in self.cells.iter().enumerate() {
            let stays = f64::from(packed >> 8) / WHOLE;
            probabilities[cell] += stays / CELLS as f64;
            probabilities[(packed & 0xff) as usize] += (1.0 - stays) / CELLS as f64;
        }
        probabilities
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
                prop_assert!((drawn - wanted).abs() < 1e-7, "{drawn} {wanted}");
            }
        }
    }
}
