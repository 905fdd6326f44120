//! The probability of every scoreline. All that is asked of a match is a method of it, so no two
//! answers can disagree.

use crate::fixture::{Outcome, Scoreline};

/// Goals of a side run from 0 to one less than this: a scoreline is one byte.
pub const GRID_SIDE: usize = 16;

const CELLS: usize = GRID_SIDE * GRID_SIDE;

/// The probability of every scoreline of one match, over 90 minutes; its cells sum to one.
///
/// A side scores at most 15: what lies beyond is spread over the rest in proportion. At three
/// expected goals that is less than one match in ten million.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreGrid {
    cells: [f64; CELLS],
}

impl ScoreGrid {
    /// The grid of the given weights, `weight(home, away) >= 0`, scaled to sum to one.
    ///
    /// # Panics
    /// When the weights do not have a positive, finite sum.
    pub fn from_weights(weight: impl Fn(usize, usize) -> f64) -> Self {
        let mut cells = [0.0; CELLS];
        for (code, cell) in cells.iter_mut().enumerate() {
            *cell = weight(code / GRID_SIDE, code % GRID_SIDE);
        }
        let sum: f64 = cells.iter().sum();
        assert!(
            sum > 0.0 && sum.is_finite(),
            "the weights of a grid sum to {sum}"
        );
        let scale = 1.0 / sum;
        for cell in &mut cells {
            *cell *= scale;
        }
        Self { cells }
    }

    /// The grid of independent goals: `[goals]` of each side, both summing to one.
    pub fn independent(home: &[f64; GRID_SIDE], away: &[f64; GRID_SIDE]) -> Self {
        let mut cells = [0.0; CELLS];
        for (row, home) in cells.chunks_exact_mut(GRID_SIDE).zip(home) {
            for (cell, away) in row.iter_mut().zip(away) {
                *cell = home * away;
            }
        }
        Self { cells }
    }

    /// The grid of final scores where this is the grid of the rest and so many goals have fallen.
    pub fn after(&self, goals: Scoreline) -> Self {
        let most = GRID_SIDE - 1;
        let mut cells = [0.0; CELLS];
        for (rest, probability) in self.scores() {
            let home = usize::from(rest.home + goals.home).min(most);
            let away = usize::from(rest.away + goals.away).min(most);
            cells[home * GRID_SIDE + away] += probability;
        }
        Self { cells }
    }

    /// The probability of a scoreline.
    pub fn probability(&self, home: usize, away: usize) -> f64 {
        match home < GRID_SIDE && away < GRID_SIDE {
            true => self.cells[home * GRID_SIDE + away],
            false => 0.0,
        }
    }

    /// `[home * 16 + away]`: the probability of every scoreline.
    pub fn cells(&self) -> &[f64; CELLS] {
        &self.cells
    }

    /// The probability of an outcome.
    pub fn outcome(&self, outcome: Outcome) -> f64 {
        self.sum(|score| if score.outcome() == outcome { 1.0 } else { 0.0 })
    }

    /// Expected goals of the home and of the away side.
    pub fn expected_goals(&self) -> [f64; 2] {
        [
            self.sum(|score| score.home.into()),
            self.sum(|score| score.away.into()),
        ]
    }

    /// The likeliest scorelines with their probabilities, likeliest first.
    pub fn likeliest(&self, count: usize) -> Vec<(Scoreline, f64)> {
        let mut scores: Vec<_> = self.scores().collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1));
        scores.truncate(count);
        scores
    }

    fn sum(&self, value: impl Fn(Scoreline) -> f64) -> f64 {
        self.scores()
            .map(|(score, probability)| probability * value(score))
            .sum()
    }

    fn scores(&self) -> impl Iterator<Item = (Scoreline, f64)> + '_ {
        let score =
            |code: usize| Scoreline::new((code / GRID_SIDE) as u8, (code % GRID_SIDE) as u8);
        self.cells
            .iter()
            .enumerate()
            .map(move |(code, &probability)| (score(code), probability))
    }
}
