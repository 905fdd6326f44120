//! `matchday project`

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use matchday::project::{MOST_KEPT, Precision, Projection};
use matchday::report::ProjectionReport;
use matchday::simulate::{Plan, Run, Tally};

use super::checkpoint::{Checkpoint, Shard};
use super::keep::Keeping;
use super::part::Part;
use super::play::{Ended, Limits};
use super::scenario::{Fitted, Scenario};
use super::{Interrupted, Output, note};

/// Arguments of `matchday project`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    scenario: Scenario,
    /// Show how often each rule separates a place from the next.
    #[arg(long)]
    causes: bool,
    /// How many seasons to play; with `--precision` the most [default: 100000, or 1000000000 with
    /// `--precision`].
    #[arg(short = 'n', long, value_name = "SEASONS")]
    seasons: Option<u64>,
    /// Play until the standard error of every probability is at most so many percentage points, such as
    /// 0.1.
    #[arg(long, value_name = "POINTS", value_parser = precision, conflicts_with = "shard")]
    precision: Option<Precision>,
    #[command(flatten)]
    limits: Limits,
    /// Keep what is played in this file every few seconds; the same command goes on from there, also with
    /// a larger `-n`.
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Play one part of the run only, such as 2/3, and keep it in the checkpoint; `matchday merge` puts
    /// the parts together.
    #[arg(long, value_name = "PART/PARTS", requires = "checkpoint")]
    shard: Option<Shard>,
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    shown: Shown,
}

const EXAMPLES: &str = "Examples:
  matchday project uefa-euro-2024 --after start
  matchday project uefa-euro-2024 --after start --precision 0.05 --time-limit 10m
  matchday project uefa-euro-2024 --after start -n 1000000000 --checkpoint euro.json
  matchday project uefa-euro-2024 --after start -n 1000000000 --shard 1/2 --checkpoint 1.json
  matchday merge 1.json 2.json";

/// How a projection is shown.
#[derive(Args)]
pub struct Shown {
    /// Show whom teams may meet in rounds to come.
    #[arg(long)]
    opponents: bool,
    #[command(flatten)]
    output: Output,
}

fn precision(text: &str) -> Result<Precision, String> {
    let points: f64 = text.parse().map_err(|_| "not a number")?;
    Precision::of_points(points).map_err(|error| error.to_string())
}

/// Fits, plans, plays and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments {
        scenario,
        causes,
        precision,
        limits,
        keeping,
        ..
    } = arguments;
    let run = Run::new(scenario.seed, arguments.seasons())?;
    keeping.check(run.seasons())?;
    let fitted = scenario.open("project")?.counting_causes(*causes);
    let model = fitted.model()?;
    let plan = fitted.plan(&model)?;
    let shard = arguments.shard.unwrap_or(Shard::WHOLE);
    let manifest = fitted.manifest(run.seasons(), *precision);
    let checkpoint = Checkpoint::new(scenario, &manifest, run.seasons(), shard);
    let mut part = Part::new(&plan, run, shard)
        .until(*precision)
        .keeping(keeping.layout(&plan));
    if let Some(path) = &arguments.checkpoint {
        part = part.kept_in(path, checkpoint)?;
    }
    let ended = limits.play(&mut part)?;
    part.write()?;
    let seasons = part.seasons();
    if arguments.shard.is_none() && (seasons > 0 || ended == Ended::Done) {
        let (tally, sample) = part.seen();
        let manifest = fitted.manifest(tally.batches.seasons(), *precision);
        // What cannot be kept can still be read.
        let printed = arguments.shown.print(&fitted, &plan, &tally, *precision);
        keeping.write(sample, &fitted.snapshot, &manifest)?;
        printed?;
    }
    match (ended, arguments.shard) {
        (Ended::Interrupted, _) => bail!(Interrupted { seasons }),
        (Ended::TimeUp, _) => note(&format!("time is up after {seasons} seasons")),
        (Ended::Done, Some(shard)) => note(&format!("{shard} is played: {seasons} seasons")),
        (Ended::Done, None) => {}
    }
    Ok(())
}

impl Arguments {
    fn seasons(&self) -> u64 {
        let usual = match self.precision {
            None => 100_000,
            Some(_) if self.keeping.is_asked() => MOST_KEPT,
            Some(_) => 1_000_000_000,
        };
        self.seasons.unwrap_or(usual)
    }
}

impl Shown {
    /// Prints what was counted as probabilities.
    pub fn print(
        &self,
        fitted: &Fitted,
        plan: &Plan<'_>,
        tally: &Tally,
        precision: Option<Precision>,
    ) -> anyhow::Result<()> {
        let report = ProjectionReport {
            snapshot: &fitted.snapshot,
            projection: &Projection::new(&fitted.snapshot, plan, tally),
            manifest: fitted.manifest(tally.batches.seasons(), precision),
            seed: fitted.seed,
            strengths: fitted.options.strengths,
            set: fitted.set(),
            precision,
            opponents: self.opponents,
        };
        self.output.print(&report)?;
        if let Some(shortfall) = report.shortfall() {
            note(&shortfall);
        }
        Ok(())
    }
}
