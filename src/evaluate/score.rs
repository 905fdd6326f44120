//! Scores of forecasts: lower is better, and honesty is the best policy under each of them.

use serde::Serialize;

use super::Forecast;
use crate::fixture::Outcome;

/// How a forecast is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScoringRule {
    /// [`ranked_probability_score`].
    RankedProbability,
    /// [`log_score`].
    Log,
    /// [`brier_score`].
    Brier,
}

impl ScoringRule {
    /// Every rule, the one that decides first.
    pub const ALL: [Self; 3] = [Self::RankedProbability, Self::Log, Self::Brier];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::RankedProbability => "ranked-probability-score",
            Self::Log => "log-score",
            Self::Brier => "brier-score",
        }
    }

    /// The score of a forecast.
    pub fn score(self, forecast: Forecast, outcome: Outcome) -> f64 {
        match self {
            Self::RankedProbability => ranked_probability_score(forecast, outcome),
            Self::Log => log_score(forecast, outcome),
            Self::Brier => brier_score(forecast, outcome),
        }
    }
}

/// Where an outcome stands in a [`Forecast`].
pub(super) fn place(outcome: Outcome) -> usize {
    match outcome {
        Outcome::HomeWin => 0,
        Outcome::Draw => 1,
        Outcome::AwayWin => 2,
    }
}

/// Half the squared gaps between forecast and observed cumulative probabilities: 0 is perfect, 1 the
/// worst [Epstein 1969; Constantinou & Fenton 2012].
pub fn ranked_probability_score([home, draw, _]: Forecast, outcome: Outcome) -> f64 {
    let (home_seen, not_lost) = match outcome {
        Outcome::HomeWin => (1.0, 1.0),
        Outcome::Draw => (0.0, 1.0),
        Outcome::AwayWin => (0.0, 0.0),
    };
    ((home - home_seen).powi(2) + (home + draw - not_lost).powi(2)) / 2.0
}

/// What happened to a probability below this scores like this, so that one surprise does not make a
/// mean infinite.
const LEAST_PROBABILITY: f64 = 1e-9;

/// Minus the natural logarithm of the probability of what happened: 0 is perfect [Good 1952].
pub fn log_score(forecast: Forecast, outcome: Outcome) -> f64 {
    -libm::log(forecast[place(outcome)].max(LEAST_PROBABILITY))
}

/// The squared gaps between forecast and observed probabilities: 0 is perfect, 2 the worst
/// [Brier 1950].
pub fn brier_score(forecast: Forecast, outcome: Outcome) -> f64 {
    let mut gaps = forecast;
    gaps[place(outcome)] -= 1.0;
    gaps.iter().map(|gap| gap * gap).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTCOMES: [Outcome; 3] = [Outcome::HomeWin, Outcome::Draw, Outcome::AwayWin];

    #[test]
    fn ranked_probability_scores_are_those_of_the_paper() {
        // Constantinou & Fenton 2012: five hypothetical matches, two forecasts each.
        let cases = [
            (Outcome::HomeWin, [1.0, 0.0, 0.0], 0.0000),
            (Outcome::HomeWin, [0.9, 0.1, 0.0], 0.0050),
            (Outcome::HomeWin, [0.8, 0.1, 0.1], 0.0250),
            (Outcome::HomeWin, [0.5, 0.25, 0.25], 0.1562),
            (Outcome::Draw, [0.35, 0.3, 0.35], 0.1225),
            (Outcome::Draw, [0.6, 0.3, 0.1], 0.1850),
            (Outcome::HomeWin, [0.6, 0.25, 0.15], 0.0913),
            (Outcome::HomeWin, [0.6, 0.15, 0.25], 0.1113),
            (Outcome::HomeWin, [0.57, 0.33, 0.1], 0.0975),
            (Outcome::HomeWin, [0.6, 0.2, 0.2], 0.1000),
        ];
        for (outcome, forecast, expected) in cases {
            let score = ranked_probability_score(forecast, outcome);
            // The paper prints four decimals.
            assert!((score - expected).abs() <= 5.1e-5, "{forecast:?}: {score}");
        }
    }

    #[test]
    fn log_and_brier_scores_are_those_worked_out_by_hand() {
        let forecast = [0.5, 0.3, 0.2];
        assert!((log_score(forecast, Outcome::Draw) - 1.203_972_804).abs() < 1e-9);
        assert!((brier_score(forecast, Outcome::HomeWin) - 0.38).abs() < 1e-12);
        assert!((brier_score(forecast, Outcome::AwayWin) - 0.98).abs() < 1e-12);
        assert!(log_score([1.0, 0.0, 0.0], Outcome::Draw).is_finite());
    }

    #[test]
    fn certainty_scores_zero_where_right_and_the_worst_where_wrong() {
        let certain = [1.0, 0.0, 0.0];
        for (rule, worst) in [
            (ScoringRule::RankedProbability, 1.0),
            (ScoringRule::Brier, 2.0),
        ] {
            assert_eq!(rule.score(certain, Outcome::HomeWin), 0.0);
            assert_eq!(rule.score(certain, Outcome::AwayWin), worst);
        }
    }

    #[test]
    fn nobody_gains_by_saying_other_than_what_they_believe() {
        let truth = [0.45, 0.27, 0.28];
        for rule in ScoringRule::ALL {
            let expected = |said: Forecast| -> f64 {
                let scores = OUTCOMES.map(|outcome| rule.score(said, outcome));
                truth.iter().zip(scores).map(|(p, score)| p * score).sum()
            };
            let honest = expected(truth);
            for (home, draw) in
                (1..20).flat_map(|home| (1..20 - home).map(move |draw| (home, draw)))
            {
                let (home, draw) = (f64::from(home) / 20.0, f64::from(draw) / 20.0);
                assert!(
                    expected([home, draw, 1.0 - home - draw]) >= honest,
                    "{rule:?}"
                );
            }
        }
    }

    #[test]
    fn only_the_ranked_probability_score_tells_near_from_far() {
        let (near, far) = ([0.5, 0.3, 0.2], [0.5, 0.2, 0.3]);
        let [ranked, log, brier] = ScoringRule::ALL
            .map(|rule| rule.score(near, Outcome::HomeWin) < rule.score(far, Outcome::HomeWin));
        assert!(ranked && !log && !brier);
    }
}
