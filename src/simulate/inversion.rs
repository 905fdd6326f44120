//! Scorelines from random words, by inversion [Devroye 1986, chapter III]: home goals first, then away goals.

use crate::model::{GRID_SIDE, ScoreGrid};

/// A score grid with the probability of every number of home goals.
///
/// It is made at a tenth of the cost of an alias table and takes a few steps a scoreline, so it is the better
/// one for a pairing that comes up in few lanes.
#[derive(Clone, Debug)]
pub(super) struct Inversion {
    grid: ScoreGrid,
    home_goals: [f64; GRID_SIDE],
}

impl Inversion {
    /// That of a grid.
    pub(super) fn new(grid: ScoreGrid) -> Self {
        let mut home_goals = [0.0; GRID_SIDE];
        for (sum, row) in home_goals.iter_mut().zip(rows(&grid)) {
            *sum = row.iter().sum();
        }
        Self { grid, home_goals }
    }

    /// The scoreline of a word, as `home * 16 + away`.
    #[inline]
    pub(super) fn sample(&self, word: u32) -> u8 {
        const STEP: f64 = 1.0 / 4_294_967_296.0;
        let left = (f64::from(word) + 0.5) * STEP;
        let (home, left) = invert(&self.home_goals, left);
        let (away, _) = invert(rows(&self.grid).nth(home).unwrap_or(&[]), left);
        (home * GRID_SIDE + away) as u8
    }
}

/// `[home goals][away goals]`: the probabilities of a grid.
fn rows(grid: &ScoreGrid) -> impl Iterator<Item = &[f64]> {
    grid.cells().chunks_exact(GRID_SIDE)
}

/// The first value at which the sum of probabilities is more than this, and by how much it exceeds those before.
/// Where rounding has left the sum too small: the last one that is possible.
#[inline]
fn invert(probabilities: &[f64], mut left: f64) -> (usize, f64) {
    let mut last = (0, 0.0);
    for (value, &probability) in probabilities.iter().enumerate() {
        if left < probability {
            return (value, left);
        }
        left -= probability;
        if probability > 0.0 {
            last = (value, probability);
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words one apart by a fixed step cover every probability to that step.
    #[test]
    fn words_give_every_scoreline_its_share() {
        let weight = |rate: f64, goals: usize| (1..=goals).fold(1.0, |w, k| w * rate / k as f64);
        let grid = ScoreGrid::from_weights(|h, a| {
            weight(1.6, h) * weight(1.1, a) * if h == a { 1.3 } else { 1.0 }
        });
        let inversion = Inversion::new(grid.clone());
        const WORDS: u64 = 1 << 20;
        let mut counts = [0_u64; GRID_SIDE * GRID_SIDE];
        for word in 0..WORDS {
            let word = (word << 12 | 1 << 11) as u32;
            counts[usize::from(inversion.sample(word))] += 1;
        }
        for (count, probability) in counts.into_iter().zip(grid.cells()) {
            let share = count as f64 / WORDS as f64;
            assert!(
                (share - probability).abs() <= 1.0 / WORDS as f64,
                "{share} {probability}"
            );
        }
    }

    #[test]
    fn no_word_gives_what_is_impossible() {
        let grid =
            ScoreGrid::from_weights(|h, a| f64::from(u8::from([(2, 1), (0, 3)].contains(&(h, a)))));
        let inversion = Inversion::new(grid);
        for word in [0, 1, u32::MAX / 2, u32::MAX / 2 + 1, u32::MAX - 1, u32::MAX] {
            assert!([0x21, 0x03].contains(&inversion.sample(word)), "{word}");
        }
        assert_eq!(invert(&[0.5, 0.25, 0.0], 0.9), (1, 0.25));
    }
}
