//! Probabilities from bookmakers' odds, whose inverses add up to more than one.

use serde::Serialize;

/// How the margin is taken out of odds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Margin {
    /// All inverses are raised to the power that makes them sum to one [Clarke, Kovalchik & Ingram
    /// 2017]: long odds carry more of the margin.
    #[default]
    Power,
    /// As if some of the money came from insiders who know the result [Shin 1993].
    Shin,
    /// All inverses are divided by their sum.
    Proportional,
}

const STEPS: usize = 200;

impl Margin {
    /// The probabilities behind decimal odds, each above 1; `None` where they leave no margin.
    pub fn remove(self, odds: [f64; 3]) -> Option<[f64; 3]> {
        let inverses = odds.map(|odds| 1.0 / odds);
        let sum: f64 = inverses.iter().sum();
        let valid = odds.iter().all(|&odds| odds > 1.0 && odds.is_finite());
        if !valid || sum < 1.0 {
            return None;
        }
        let at = |value: f64| match self {
            Self::Proportional => inverses.map(|inverse| inverse / sum),
            Self::Power => inverses.map(|inverse| libm::pow(inverse, 1.0 / value)),
            Self::Shin => inverses.map(|inverse| {
                let root = value * value + 4.0 * (1.0 - value) * inverse * inverse / sum;
                (root.sqrt() - value) / (2.0 * (1.0 - value))
            }),
        };
        // The sum of the probabilities rises with the inverse power and falls with the insiders' share.
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..STEPS {
            let middle = 0.5 * (low + high);
            let above = at(middle).iter().sum::<f64>() > 1.0;
            match above == (self == Self::Shin) {
                true => low = middle,
                false => high = middle,
            }
        }
        let probabilities = at(0.5 * (low + high));
        let sum: f64 = probabilities.iter().sum();
        Some(probabilities.map(|probability| probability / sum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_gives_probabilities_and_takes_most_from_long_odds() {
        let odds = [1.4, 4.76, 8.78];
        let [power, shin, proportional] = [Margin::Power, Margin::Shin, Margin::Proportional]
            .map(|margin| margin.remove(odds).unwrap());
        for probabilities in [power, shin, proportional] {
            assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        assert!(power[2] < proportional[2] && shin[2] < proportional[2]);
        assert!(power[0] > proportional[0] && shin[0] > proportional[0]);
    }

    #[test]
    fn fair_odds_are_what_they_say() {
        for margin in [Margin::Power, Margin::Shin, Margin::Proportional] {
            let [home, draw, away] = margin.remove([2.0, 4.0, 4.0]).unwrap();
            assert!((home - 0.5).abs() < 1e-9 && (draw - 0.25).abs() < 1e-9);
            assert!((away - 0.25).abs() < 1e-9);
        }
        assert_eq!(Margin::Power.remove([2.1, 4.2, 4.2]), None);
        assert_eq!(Margin::Power.remove([1.0, 4.0, 4.0]), None);
    }
}
