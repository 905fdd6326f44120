//! `matchday project`

use clap::Args;
use matchday::project::Projection;
use matchday::report::ProjectionReport;
use matchday::simulate::{Plan, Run, Sample, Tally};

use super::Output;
use super::keep::Keeping;
use super::progress::Progress;
use super::scenario::Scenario;

/// Arguments of `matchday project`.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    scenario: Scenario,
    /// How many seasons to play.
    #[arg(short = 'n', long, default_value_t = 100_000, value_name = "SEASONS")]
    seasons: u64,
    /// Show whom teams may meet in rounds to come.
    #[arg(long)]
    opponents: bool,
    /// Threads to use, at most 256 [default: one a processor]; the output does not depend on it.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    output: Output,
}

/// Fits, plans, simulates and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let run = Run::new(arguments.scenario.seed, arguments.seasons)?;
    arguments.keeping.check(run.seasons())?;
    let fitted = arguments.scenario.open()?;
    let model = fitted.model()?;
    let plan = fitted.plan(&model)?;
    let (tally, sample) = play(arguments, run, &plan)?;
    let manifest = fitted.manifest(run.seasons());
    arguments
        .keeping
        .write(sample, &fitted.snapshot, &manifest)?;
    arguments.output.print(&ProjectionReport {
        snapshot: &fitted.snapshot,
        projection: &Projection::new(&fitted.snapshot, &plan, &tally),
        manifest,
        seed: run.seed(),
        strengths: fitted.options.strengths,
        set: fitted.set(),
        opponents: arguments.opponents,
    })
}

fn play(
    arguments: &Arguments,
    run: Run,
    plan: &Plan<'_>,
) -> anyhow::Result<(Tally, Option<Sample>)> {
    let progress = Progress::new(run.seasons(), "seasons");
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads.map_or(0, usize::from))
        .build()?;
    let layout = arguments.keeping.layout(plan);
    let empty = || (Tally::empty(plan), layout.as_ref().map(Sample::empty));
    let advance = |seasons| progress.advance(seasons);
    let seen = pool.install(|| run.play(plan, 0..run.batches(), empty, advance));
    progress.finish();
    Ok(seen)
}
