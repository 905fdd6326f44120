//! Which model of goals, and how it is fitted: the arguments that commands share.

use clap::{Args, ValueEnum};
use matchday::fit::{Prior, Settings};
use matchday::model::Law;

/// Which model of goals, and how it is fitted.
#[derive(Args)]
pub struct ModelArguments {
    /// How goals come about.
    #[arg(long, value_enum, default_value_t = ModelName::Poisson)]
    model: ModelName,
    /// Let a match count half after so many days [default: all count alike].
    #[arg(long, value_name = "DAYS")]
    half_life: Option<f64>,
    /// Hold strengths by what is usual, or believe the matches alone.
    #[arg(long, value_enum, default_value_t = PriorName::Usual)]
    prior: PriorName,
}

/// A model, as written on the command line.
#[derive(Clone, Copy, ValueEnum)]
enum ModelName {
    /// Independent Poisson goals.
    Poisson,
}

/// A prior, as written on the command line.
#[derive(Clone, Copy, ValueEnum)]
enum PriorName {
    /// Measured on past competitions.
    Usual,
    /// No prior at all.
    None,
}

impl ModelArguments {
    /// What the library is asked to fit.
    pub fn settings(&self) -> Settings {
        Settings {
            law: match self.model {
                ModelName::Poisson => Law::Poisson,
            },
            half_life: self.half_life,
            prior: match self.prior {
                PriorName::Usual => Some(Prior::default()),
                PriorName::None => None,
            },
            ..Settings::default()
        }
    }
}
