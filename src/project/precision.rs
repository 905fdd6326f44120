//! How sure a projection is to be, and when a run looks whether it is.

use crate::error::Error;
use crate::simulate::Tally;

/// The largest standard error that a run is content with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision(f64);

/// A run looks how sure it is after so many batches for the first time: fewer tell too little of errors.
const FIRST_LOOK: u64 = 64;

impl Precision {
    /// No run can be surer: it would take more than a million million seasons.
    const FINEST: f64 = 0.0001;

    /// So many percentage points, from 0.0001 to 50.
    ///
    /// # Errors
    /// [`Error::Precision`] for all others.
    pub fn of_points(points: f64) -> Result<Self, Error> {
        match (Self::FINEST..=50.0).contains(&points) {
            true => Ok(Self(points)),
            false => Err(Error::Precision { points }),
        }
    }

    /// In percentage points.
    pub fn points(self) -> f64 {
        self.0
    }

    /// The first number of batches, from `batches` on, after which a run looks how sure it is: 64, then
    /// an eighth more each time. As they are the same for every run, it stops where an interrupted one
    /// stops that goes on.
    pub fn look_from(batches: u64) -> u64 {
        let mut look = FIRST_LOOK;
        while look < batches {
            look += look / 8;
        }
        look
    }

    /// Whether no share of what was counted has a larger error.
    pub fn is_met(self, tally: &Tally) -> bool {
        self.allows(tally.largest_error())
    }

    /// Whether a standard error, as a share, is small enough.
    pub fn allows(self, standard_error: f64) -> bool {
        100.0 * standard_error <= self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_at_fixed_numbers_of_batches() {
        let mut looks = vec![Precision::look_from(0)];
        while looks.len() < 9 {
            looks.push(Precision::look_from(looks[looks.len() - 1] + 1));
        }
        assert_eq!(looks, [64, 72, 81, 91, 102, 114, 128, 144, 162]);
        assert_eq!(Precision::look_from(73), 81);
        assert_eq!(Precision::look_from(81), 81);
    }
}
