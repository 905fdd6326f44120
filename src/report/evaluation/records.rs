//! One number a row.

use serde::Serialize;

use crate::evaluate::{
    Evaluation, Interval, Recalibration, ScoredSeasons, ScoringRule, SeasonEvaluation,
};

/// One number with its interval.
#[derive(Serialize)]
pub(super) struct Record<'a> {
    model: &'a str,
    about: &'static str,
    league: &'a str,
    season: &'a str,
    measure: String,
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
}

const OUTCOMES: [&str; 3] = ["home-win", "draw", "away-win"];

pub(super) fn records<'a>(
    evaluation: &'a Evaluation,
    seasons: Option<&'a SeasonEvaluation>,
) -> Vec<Record<'a>> {
    let mut records = Vec::new();
    for contender in &evaluation.contenders {
        let model = contender.name.as_str();
        for (rule, score) in ScoringRule::ALL.into_iter().zip(contender.scores) {
            records.push(Record::of(model, "matches", rule.name().into(), score));
        }
        for (rule, difference) in ScoringRule::ALL
            .into_iter()
            .zip(contender.differences.into_iter().flatten())
        {
            let measure = format!("{}-difference", rule.name());
            records.push(Record::of(model, "matches", measure, difference));
        }
        let calibration = &contender.calibration;
        records.extend(slope(model, "matches", calibration.all));
        for (about, recalibration) in OUTCOMES.into_iter().zip(calibration.outcomes) {
            records.extend(slope(model, about, recalibration));
        }
        for part in &contender.parts {
            for (rule, value) in ScoringRule::ALL.into_iter().zip(part.scores) {
                records.push(Record {
                    model,
                    about: "matches",
                    league: &part.league,
                    season: &part.season,
                    measure: rule.name().into(),
                    value,
                    low: None,
                    high: None,
                });
            }
        }
    }
    let seasons = seasons.iter().flat_map(|seasons| &seasons.contenders);
    records.extend(seasons.flat_map(of_seasons));
    records
}

fn of_seasons(contender: &ScoredSeasons) -> impl Iterator<Item = Record<'_>> {
    contender.questions.iter().flat_map(|scored| {
        let (model, about) = (contender.name.as_str(), scored.question.name());
        [
            Record::of(model, about, ScoringRule::Log.name().into(), scored.log),
            Record::of(model, about, ScoringRule::Brier.name().into(), scored.brier),
        ]
        .into_iter()
        .chain(slope(model, about, scored.calibration))
    })
}

fn slope<'a>(
    model: &'a str,
    about: &'static str,
    recalibration: Option<Recalibration>,
) -> Option<Record<'a>> {
    let slope = recalibration?.slope;
    Some(Record::of(model, about, "calibration-slope".into(), slope))
}

impl<'a> Record<'a> {
    fn of(model: &'a str, about: &'static str, measure: String, interval: Interval) -> Self {
        Self {
            model,
            about,
            league: "",
            season: "",
            measure,
            value: interval.value,
            low: Some(interval.low),
            high: Some(interval.high),
        }
    }
}
