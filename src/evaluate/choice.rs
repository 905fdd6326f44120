//! The model that won on the past, in a small file with how it is fitted and what it won by.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Contender, Evaluation, Interval};
use crate::error::{Error, Location, toml_error};
use crate::fit::Method;

/// A model that was chosen, with the reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name.
    pub model: String,
    /// What it was tested on.
    pub tested: Tested,
    /// How it learns strengths.
    pub method: Method,
    /// Everybody who was compared, the lowest ranked probability score first.
    pub compared: Vec<Compared>,
}

/// What models were tested on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tested {
    /// The files.
    pub files: Vec<String>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// How many matches.
    pub matches: usize,
}

/// How one of them did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// Its name.
    pub model: String,
    /// Its mean ranked probability score.
    pub ranked_probability_score: f64,
    /// The 95 % interval of that.
    pub interval: [f64; 2],
    /// Its mean log score.
    pub log_score: f64,
    /// Its calibration slope, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration_slope: Option<f64>,
}

/// What stands above every such file.
const HEADER: &str = "# Written by `matchday select`: the fitted model with the lowest mean ranked probability score.\n\n";

impl Choice {
    /// The contender with the lowest ranked probability score among those that fit goals, as only they
    /// can play seasons; of equal ones, the first.
    ///
    /// # Errors
    /// [`Error::NoChoice`] if no contender fits goals.
    pub fn of(
        evaluation: &Evaluation,
        contenders: &[Contender],
        files: &[String],
    ) -> Result<Self, Error> {
        let scored = || evaluation.contenders.iter().zip(contenders);
        let fitted = scored().filter_map(|(scored, contender)| Some((scored, contender.method()?)));
        let best = fitted.min_by(|(a, _), (b, _)| a.scores[0].value.total_cmp(&b.scores[0].value));
        let Some((best, method)) = best else {
            let names: Vec<&str> = contenders.iter().map(Contender::name).collect();
            return Err(Error::NoChoice {
                models: names.join(", "),
            });
        };
        let mut compared: Vec<Compared> = evaluation
            .contenders
            .iter()
            .map(|scored| {
                let [Interval { value, low, high }, log, _] = scored.scores;
                Compared {
                    model: scored.name.clone(),
                    ranked_probability_score: value,
                    interval: [low, high],
                    log_score: log.value,
                    calibration_slope: scored.calibration.all.map(|all| all.slope.value),
                }
            })
            .collect();
        compared.sort_by(|a, b| {
            a.ranked_probability_score
                .total_cmp(&b.ranked_probability_score)
        });
        Ok(Self {
            model: best.name.clone(),
            tested: Tested {
                files: files.to_vec(),
                from: evaluation.from,
                to: evaluation.to,
                matches: evaluation.matches,
            },
            method: method.clone(),
            compared,
        })
    }

    /// Reads the text of a file that is named `file`.
    ///
    /// # Errors
    /// Text that is no such file, with the line, and a half-life that cannot be.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        if text.trim().is_empty() {
            return Err(Error::EmptyFile {
                at: Location::new(file, 0),
                expected: "it should hold a model, as `matchday select` writes it",
            });
        }
        let choice: Self = toml::from_str(text).map_err(|error| toml_error(file, text, &error))?;
        choice.method.check().map_err(|problem| Error::ModelFile {
            file: file.into(),
            problem: Box::new(problem),
        })?;
        Ok(choice)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let body = toml::to_string(self).expect("a choice is plain data");
        format!("{HEADER}{body}")
    }
}
