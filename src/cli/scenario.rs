//! What is to be played: the arguments that every command shares which plays seasons.

use clap::{Args, ValueEnum};
use matchday::edition::Snapshot;
use matchday::error::Error;
use matchday::fit::Fit;
use matchday::model::{Given, GivenPairing, Strengths};
use matchday::report::{Manifest, RunOptions};
use matchday::simulate::{Options, Plan, SetResult, Shootouts};

use super::Known;
use super::model::{GivenArguments, ModelArguments};

/// What is known, how strong teams are, and what is supposed.
#[derive(Args)]
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
    /// Show how often each rule separates a place from the next.
    #[arg(long)]
    causes: bool,
}

/// How strengths are taken, as written on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum StrengthsName {
    /// As uncertain as the fit left them.
    Posterior,
    /// At their best estimate, as if it were the truth.
    PlugIn,
}

/// How shoot-outs are decided, as written on the command line.
#[derive(Clone, Copy, ValueEnum)]
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
    /// Reads everything that is named, and learns how strong teams are.
    pub fn open(&self) -> anyhow::Result<Fitted> {
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
            causes: self.causes,
            through: self.through.as_deref().map(stage).transpose()?,
        };
        let manifest = Manifest::new("project", &snapshot)
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

/// A scenario with everything read, and the strengths learnt.
pub struct Fitted {
    seed: u64,
    /// What is known.
    pub snapshot: Snapshot,
    /// How strong teams are.
    pub fit: Fit,
    given: Vec<GivenPairing>,
    /// How seasons are played.
    pub options: Options,
    set: Vec<SetResult>,
    manifest: Manifest,
}

impl Fitted {
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
    pub fn manifest(&self, seasons: u64) -> Manifest {
        let stages = &self.snapshot.edition().competition.stages;
        let through = self.options.through;
        self.manifest.clone().with_run(RunOptions {
            seed: self.seed,
            seasons,
            strengths: self.options.strengths,
            shootouts: self.options.shootouts,
            set: self.set(),
            through: through.map(|stage| stages[stage].id.clone()),
            random_numbers: RunOptions::RANDOM_NUMBERS,
        })
    }
}
