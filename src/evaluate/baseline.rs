//! What any forecaster should beat: those that do not know who plays.

use super::score::place;
use super::{Forecast, Forecaster, Past, Upcoming};
use crate::error::Error;

/// A third each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Uniform;

impl Forecaster for Uniform {
    fn name(&self) -> String {
        "uniform".into()
    }

    fn forecast(
        &mut self,
        _: &Past<'_>,
        fixtures: &[Upcoming],
    ) -> Result<Vec<Option<Forecast>>, Error> {
        Ok(vec![Some([1.0 / 3.0; 3]); fixtures.len()])
    }
}

/// How often home wins, draws and away wins have been seen, each counted once beforehand.
#[derive(Clone, Copy, Debug, Default)]
pub struct BaseRates;

impl Forecaster for BaseRates {
    fn name(&self) -> String {
        "base-rates".into()
    }

    fn forecast(
        &mut self,
        past: &Past<'_>,
        fixtures: &[Upcoming],
    ) -> Result<Vec<Option<Forecast>>, Error> {
        let mut counts = [1.0; 3];
        for (_, goals) in past.played() {
            counts[place(goals.outcome())] += 1.0;
        }
        let total: f64 = counts.iter().sum();
        Ok(vec![
            Some(counts.map(|count| count / total));
            fixtures.len()
        ])
    }
}
