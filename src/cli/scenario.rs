//! What is to be played: the arguments that every command shares which plays seasons.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use matchday::edition::Snapshot;
use matchday::error::Error;
use matchday::fit::Fit;
use matchday::model::{Given, GivenPairing, Strengths};
use matchday::project::Precision;
use matchday::report::{Manifest, RunOptions};
use matchday::simulate::{Options, Plan, SetResult, Shootouts};

use serde::{Deserialize, Serialize};

use super::Known;
use super::model::{GivenArguments, ModelArguments};

/// What is known, how strong teams are, and what is supposed.
#[derive(Args, Clone, Debug, Serialize, Deserialize)]
pub struct Scenario {
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    model: ModelArguments,
    #[command(flatten)]
    given: GivenArguments,
    /// The same seed gives the same bytes, on any number of threads and machines.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Suppose a result: "Zamalek 2-0 Abu Salim". May be given more than once; strengths and all other
    /// simulated scores stay as they are.
    #[arg(long, value_name = "RESULT")]
    set: Vec<String>,
    /// Draw strengths from their posterior, or take the best estimate for the truth.
    #[arg(long, value_enum, default_value_t = StrengthsName::Posterior)]
    strengths: StrengthsName,
    /// Decide shoot-outs by the toss of a coin, or let the stronger side win a little more often.
    #[arg(long, value_enum, default_value_t = ShootoutsName::Even)]
    shootouts: ShootoutsName,
    /// Play no further than this stage, by its id or its name as `matchday show` has them [default: to the
    /// end].
    #[arg(long, value_name = "STAGE")]
    through: Option<String>,
}

/// How strengths are taken, as written on the command line.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ValueEnum)]
pub enum StrengthsName {
    /// As uncertain as the fit left them.
    Posterior,
    /// At their best estimate, as if it were the truth.
    PlugIn,
}

/// How shoot-outs are decided, as written on the command line.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ValueEnum)]
enum ShootoutsName {
    /// By the toss of a coin.
    Even,
    /// By the toss of a coin that favours the stronger side a little.
    Strength,
}

impl From<StrengthsName> for Strengths {
    fn from(name: StrengthsName) -> Self {
        match name {
            StrengthsName::Posterior => Self::Posterior,
            StrengthsName::PlugIn => Self::PlugIn,
        }
    }
}

impl From<ShootoutsName> for Shootouts {
    fn from(name: ShootoutsName) -> Self {
        match name {
            ShootoutsName::Even => Self::Even,
            ShootoutsName::Strength => Self::Strength,
        }
    }
}

impl Scenario {
    /// The first side of a comparison: nothing is supposed.
    pub fn unchanged(&self) -> Self {
        Self {
            set: Vec::new(),
            ..self.clone()
        }
    }

    /// The other side of a comparison.
    pub fn changed(&self, change: &Change) -> Self {
        let Change {
            other,
            other_after,
            other_model,
            other_given,
        } = change;
        Self {
            known: Known {
                edition: other.as_ref().unwrap_or(&self.known.edition).clone(),
                after: other_after.clone().or(self.known.after.clone()),
            },
            model: self.model.or_named(other_model.as_deref()),
            given: self.given.or_in(other_given.as_deref()),
            ..self.clone()
        }
    }

    /// Reads everything that is named for a command, and learns how strong teams are.
    pub fn open(&self, command: &'static str) -> anyhow::Result<Fitted> {
        let snapshot = self.known.open()?;
        let set = self.set.iter();
        let set = set.map(|text| SetResult::parse(text, &snapshot));
        let set: Vec<SetResult> = set.collect::<Result<_, _>>()?;
        let (fit, history) = self.model.fit(&snapshot)?;
        let (given, given_options) = self.given.read(&snapshot)?;
        let stage = |name| snapshot.edition().stage(name);
        let options = Options {
            strengths: self.strengths.into(),
            shootouts: self.shootouts.into(),
            causes: false,
            through: self.through.as_deref().map(stage).transpose()?,
        };
        let manifest = Manifest::new(command, &snapshot)
            .with_model(&fit.method)
            .with_history(history)
            .with_given(given_options);
        Ok(Fitted {
            seed: self.seed,
            snapshot,
            fit,
            given,
            options,
            set,
            manifest,
        })
    }
}

/// What is another on the other side of a comparison.
#[derive(Args)]
pub struct Change {
    /// The edition of the other side: embedded, a folder, or a file of results [default: the same].
    #[arg(value_name = "OTHER")]
    other: Option<String>,
    /// What is known on the other side [default: the same].
    #[arg(long, value_name = "WHEN")]
    other_after: Option<String>,
    /// The model of the other side, as `--model` has it [default: the same].
    #[arg(long, value_name = "NAME|FILE")]
    other_model: Option<String>,
    /// What is given on the other side, as `--given` has it [default: the same].
    #[arg(long, value_name = "FILE")]
    other_given: Option<PathBuf>,
}

impl Change {
    /// How the models of both sides are called, where they differ.
    pub fn model_names(&self, scenario: &Scenario) -> Option<[String; 2]> {
        let other = self.other_model.clone()?;
        let first = scenario.model.name().unwrap_or("the usual model");
        Some([first.to_owned(), other])
    }
}

/// A scenario with everything read, and the strengths learnt.
pub struct Fitted {
    /// Of all random words.
    pub seed: u64,
    /// What is known.
    pub snapshot: Snapshot,
    /// How strong teams are.
    pub fit: Fit,
    given: Vec<GivenPairing>,
    /// How seasons are played.
    pub options: Options,
    /// Supposed results.
    pub set: Vec<SetResult>,
    manifest: Manifest,
}

impl Fitted {
    /// The same, in which it is counted, or not, which rule separates places.
    pub fn counting_causes(mut self, causes: bool) -> Self {
        self.options.causes = causes;
        self
    }

    /// What is learnt, with what is given laid over it.
    pub fn model(&self) -> Result<Given<'_>, Error> {
        Given::over(&self.fit.model, self.given.clone())
    }

    /// What a season plays.
    pub fn plan<'m>(&self, model: &'m Given<'m>) -> Result<Plan<'m>, Error> {
        Plan::new(&self.snapshot, model, self.options, &self.set)
    }

    /// Supposed results, as written.
    pub fn set(&self) -> Vec<String> {
        let set = self.set.iter();
        set.map(|result| result.text.clone()).collect()
    }

    /// What so many seasons of it depend on.
    pub fn manifest(&self, seasons: u64, precision: Option<Precision>) -> Manifest {
        let stages = &self.snapshot.edition().competition.stages;
        let through = self.options.through;
        self.manifest.clone().with_run(RunOptions {
            seed: self.seed,
            seasons,
            strengths: self.options.strengths,
            shootouts: self.options.shootouts,
            set: self.set(),
            through: through.map(|stage| stages[stage].id.clone()),
            causes: self.options.causes,
            precision: precision.map(Precision::points),
            random_numbers: RunOptions::RANDOM_NUMBERS,
        })
    }
}
