//! What a walk believes, as a model of goals.

use nalgebra::DMatrix;

use super::Walk;
use crate::error::Error;
use crate::model::{Parameters, StrengthsModel};
use crate::team::TeamId;

/// The variance of what is sure, for a covariance that can be inverted.
const SURE: f64 = 1e-12;

impl Walk {
    /// The belief about some teams in a league as a model of goals, in which they have these places. Teams
    /// that have not [entered](Self::enter) are nobody's opponents, and count as zero.
    ///
    /// # Errors
    /// [`Error::WalkDiverged`] where it is no longer finite.
    pub fn model(&self, league: u16, teams: &[TeamId]) -> Result<StrengthsModel, Error> {
        let parameters = Parameters {
            teams: teams.len(),
            own_grounds: false,
            shapes: self.shape.estimate().len(),
        };
        let found = self.leagues[usize::from(league)].expect("leagues are entered first");
        let base = found.numbers + 2 * self.forecasting();
        // `[parameter]`: its number in the state, where it has one.
        let mut numbers = vec![None; parameters.count()];
        numbers[Parameters::BASE] = Some(base);
        numbers[Parameters::HOME_ADVANTAGE] = Some(base + 1);
        for (place, &team) in teams.iter().enumerate() {
            let place = TeamId(place as u16);
            let member = self.teams.get(team.index()).copied().flatten();
            numbers[parameters.attack(place)] = member.map(|member| member.numbers);
            numbers[parameters.defence(place)] = member.map(|member| member.numbers + 1);
        }
        let mean = |number: &Option<usize>| number.map_or(0.0, |number| self.state.mean(number));
        let mut estimate: Vec<f64> = numbers.iter().map(mean).collect();
        let mut covariance = DMatrix::from_fn(numbers.len(), numbers.len(), |row, column| {
            match (numbers[row], numbers[column]) {
                (Some(row), Some(column)) => self.state.covariance(row, column),
                _ => 0.0,
            }
        });
        // What the walk does not know, such as slopes of a covariate, is zero for sure.
        for (parameter, number) in numbers.iter().enumerate() {
            if number.is_none() {
                covariance[(parameter, parameter)] = SURE;
            }
        }
        let shapes = self.shape.estimate().iter().zip(self.shape.variance());
        for (parameter, (&shape, &variance)) in (parameters.first_shape()..).zip(shapes) {
            estimate[parameter] = shape;
            covariance[(parameter, parameter)] = variance;
        }
        let law = self.shape.law();
        StrengthsModel::of_covariance(law, parameters, estimate, covariance)
            .ok_or(Error::WalkDiverged)
    }
}
