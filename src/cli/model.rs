//! Which model of goals, and how it is fitted: the arguments that commands share.

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use matchday::edition::{Snapshot, read_forecasts};
use matchday::error::Error;
use matchday::fit::{Fit, Prior, Settings};
use matchday::model::{Elo, Given, Law, Margin};
use matchday::report::GivenOptions;

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
    /// Poisson goals with the four lowest scores shifted.
    DixonColes,
    /// Poisson goals with a part in common.
    BivariatePoisson,
    /// Bivariate Poisson goals with more draws.
    DiagonalInflated,
    /// Goals that vary more than Poisson goals.
    NegativeBinomial,
    /// Goals after Weibull waiting times, dependent.
    Weibull,
    /// Poisson goals by Elo ratings instead of attack and defence.
    Elo,
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
                ModelName::Poisson | ModelName::Elo => Law::Poisson,
                ModelName::DixonColes => Law::DixonColes,
                ModelName::BivariatePoisson => Law::BivariatePoisson,
                ModelName::DiagonalInflated => Law::DiagonalInflated,
                ModelName::NegativeBinomial => Law::NegativeBinomial,
                ModelName::Weibull => Law::Weibull,
            },
            elo: matches!(self.model, ModelName::Elo).then(Elo::default),
            half_life: self.half_life,
            prior: match self.prior {
                PriorName::Usual => Some(Prior::default()),
                PriorName::None => None,
            },
            ..Settings::default()
        }
    }
}

/// Forecasts that are given.
#[derive(Args)]
pub struct GivenArguments {
    /// Take these pairings as a CSV file has them: rates, probabilities, odds or whole grids.
    #[arg(long, value_name = "FILE")]
    given: Option<PathBuf>,
    /// How the bookmaker's margin is taken out of odds that are given.
    #[arg(long, value_enum, default_value_t = MarginName::Power, requires = "given")]
    margin: MarginName,
}

/// A way to remove a margin, as written on the command line.
#[derive(Clone, Copy, ValueEnum)]
enum MarginName {
    /// A power of the inverse odds.
    Power,
    /// Shin's insiders.
    Shin,
    /// In proportion.
    Proportional,
}

impl From<MarginName> for Margin {
    fn from(name: MarginName) -> Self {
        match name {
            MarginName::Power => Self::Power,
            MarginName::Shin => Self::Shin,
            MarginName::Proportional => Self::Proportional,
        }
    }
}

impl GivenArguments {
    /// The fitted model with what is given laid over it, and what the manifest says of that.
    pub fn over<'m>(
        &self,
        fit: &'m Fit,
        snapshot: &Snapshot,
    ) -> Result<(Given<'m>, Option<GivenOptions>), Error> {
        let Some(path) = &self.given else {
            return Ok((Given::over(&fit.model, Vec::new())?, None));
        };
        let text = fs::read_to_string(path).map_err(|source| Error::Read {
            path: path.clone(),
            source,
        })?;
        let (file, margin) = (path.display().to_string(), self.margin.into());
        let given = read_forecasts(&file, &text, &snapshot.edition().teams, margin)?;
        let options = GivenOptions::new(file, &text, margin);
        Ok((Given::over(&fit.model, given)?, Some(options)))
    }
}
