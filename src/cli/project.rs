//! `matchday project`

use clap::{Args, ValueEnum};
use matchday::error::Error;
use matchday::model::Strengths;
use matchday::project::Projection;
use matchday::report::{Manifest, ProjectionReport, RunOptions};
use matchday::simulate::{MOST_SEASONS, Options, Plan, SetResult, Shootouts, Tally, simulate};

use super::model::{GivenArguments, ModelArguments};
use super::progress::Progress;
use super::{Known, Output};

/// Arguments of `matchday project`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    model: ModelArguments,
    #[command(flatten)]
    given: GivenArguments,
    /// How many seasons to play.
    #[arg(short = 'n', long, default_value_t = 100_000, value_name = "SEASONS")]
    seasons: u64,
    /// The same seed gives the same bytes, on any number of threads and machines.
    #[arg(long, default_value_t = 1)]
    seed: u64,
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
    /// Play no further than this stage, by its id as `matchday show` has it [default: to the end].
    #[arg(long, value_name = "STAGE")]
    through: Option<String>,
    /// Show whom teams may meet in rounds to come.
    #[arg(long)]
    opponents: bool,
    /// Show how often each rule separates a place from the next.
    #[arg(long)]
    causes: bool,
    /// Threads to use, at most 256 [default: one a processor]; the output does not depend on it.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    #[command(flatten)]
    output: Output,
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

impl From<ShootoutsName> for Shootouts {
    fn from(name: ShootoutsName) -> Self {
        match name {
            ShootoutsName::Even => Self::Even,
            ShootoutsName::Strength => Self::Strength,
        }
    }
}

impl From<StrengthsName> for Strengths {
    fn from(name: StrengthsName) -> Self {
        match name {
            StrengthsName::Posterior => Self::Posterior,
            StrengthsName::PlugIn => Self::PlugIn,
        }
    }
}

/// Fits, plans, simulates and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    if !(1..=MOST_SEASONS).contains(&arguments.seasons) {
        return Err(Error::Seasons {
            seasons: arguments.seasons,
            most: MOST_SEASONS,
        }
        .into());
    }
    let snapshot = arguments.known.open()?;
    let set: Vec<SetResult> = arguments
        .set
        .iter()
        .map(|text| SetResult::parse(text, &snapshot))
        .collect::<Result<_, _>>()?;
    let (fit, history) = arguments.model.fit(&snapshot)?;
    let options = Options {
        strengths: arguments.strengths.into(),
        shootouts: arguments.shootouts.into(),
        causes: arguments.causes,
        through: arguments
            .through
            .as_deref()
            .map(|id| snapshot.edition().stage(id))
            .transpose()?,
    };
    let (model, given) = arguments.given.over(&fit, &snapshot)?;
    let plan = Plan::new(&snapshot, &model, options, &set)?;
    let tally = simulate_with_progress(arguments, &plan)?;
    let projection = Projection::new(&snapshot, &plan, &tally);
    let manifest = Manifest::new("project", &snapshot)
        .with_model(&fit.method)
        .with_history(history)
        .with_given(given)
        .with_run(RunOptions {
            seed: arguments.seed,
            seasons: arguments.seasons,
            strengths: options.strengths,
            shootouts: options.shootouts,
            set: arguments.set.clone(),
            through: arguments.through.clone(),
            random_numbers: RunOptions::RANDOM_NUMBERS,
        });
    arguments.output.print(&ProjectionReport {
        snapshot: &snapshot,
        projection: &projection,
        manifest,
        seed: arguments.seed,
        strengths: options.strengths,
        set: arguments.set.clone(),
        opponents: arguments.opponents,
    })
}

fn simulate_with_progress(arguments: &Arguments, plan: &Plan<'_>) -> anyhow::Result<Tally> {
    let progress = Progress::new(arguments.seasons, "seasons");
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads.map_or(0, usize::from))
        .build()?;
    let tally = pool.install(|| {
        simulate(plan, arguments.seed, arguments.seasons, |seasons| {
            progress.advance(seasons)
        })
    });
    progress.finish();
    Ok(tally?)
}
