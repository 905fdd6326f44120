//! `matchday compare`

use std::ops::Range;

use anyhow::bail;
use clap::Args;
use matchday::project::{Comparison, Side};
use matchday::report::{ComparedSide, ComparisonReport};
use matchday::simulate::{Counter, Paired, Plan, Run, SEASONS_A_BATCH};

use super::play::{Ended, Limits, Sliced};
use super::progress::Progress;
use super::scenario::{Change, Fitted, Scenario};
use super::{Interrupted, Output, note};

/// Arguments of `matchday compare`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    scenario: Scenario,
    #[command(flatten)]
    change: Change,
    /// How many seasons to play of either side.
    #[arg(short = 'n', long, default_value_t = 100_000, value_name = "SEASONS")]
    seasons: u64,
    #[command(flatten)]
    limits: Limits,
    /// Show places too.
    #[arg(long)]
    positions: bool,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "Results given with `--set` are supposed on the other side only; what else is not said of \
the other side is as on the first. Teams, stages and outcomes of two editions are matched by name.

Examples:
  matchday compare caf-confederation-cup-2023-24 --after \"matchday 4\" --set \"Abu Salim 2-0 Zamalek\"
  matchday compare caf-confederation-cup-2023-24 --after \"matchday 3\" --other-after \"matchday 4\"
  matchday compare uefa-euro-2024 --after start --other-model dixon-coles
  matchday compare my-league my-league-with-another-rulebook";

/// Plays both sides side by side and prints what is between them.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments {
        scenario, change, ..
    } = arguments;
    let run = Run::new(scenario.seed, arguments.seasons)?;
    let fitted = [scenario.unchanged(), scenario.changed(change)];
    let [first, other] = [fitted[0].open("compare")?, fitted[1].open("compare")?];
    let models = [first.model()?, other.model()?];
    let plan = first.plan(&models[0])?;
    let changed = other.plan(&models[1])?;
    // What depends on the same is the same.
    let is_same = first.manifest(run.seasons(), None) == other.manifest(run.seasons(), None);
    let plans = [&plan, if is_same { &plan } else { &changed }];
    let sides = [side(&first, plans[0]), side(&other, plans[1])];
    let counters = Comparison::counters(sides);
    let mut pair = Pair {
        run,
        plans,
        counters: &counters,
        paired: Paired::empty(plans, &counters),
    };
    let ended = arguments.limits.play(&mut pair)?;
    let seasons = pair.paired.batches().seasons();
    if seasons > 0 {
        arguments.output.print(&ComparisonReport {
            sides: [(&first, 0), (&other, 1)].map(|(fitted, side)| ComparedSide {
                snapshot: &fitted.snapshot,
                manifest: fitted.manifest(seasons, None),
                set: fitted.set(),
                model: change
                    .model_names(scenario)
                    .map(|names| names[side].clone()),
            }),
            comparison: &Comparison::new(sides, &pair.paired),
            seed: run.seed(),
            positions: arguments.positions,
        })?;
    }
    match ended {
        Ended::Interrupted => bail!(Interrupted { seasons }),
        Ended::TimeUp => note(&format!("time is up after {seasons} seasons")),
        Ended::Done => {}
    }
    Ok(())
}

fn side<'a>(fitted: &'a Fitted, plan: &'a Plan<'a>) -> Side<'a> {
    Side {
        snapshot: &fitted.snapshot,
        plan,
    }
}

/// Both sides, as far as they are played.
struct Pair<'a> {
    run: Run,
    plans: [&'a Plan<'a>; 2],
    counters: &'a [[Counter; 2]],
    paired: Paired,
}

impl Sliced for Pair<'_> {
    fn ahead(&self) -> Range<u64> {
        self.paired.batches().count()..self.run.batches()
    }

    fn left(&self) -> u64 {
        let ahead = self.ahead();
        (ahead.end - ahead.start) * SEASONS_A_BATCH
    }

    fn play(&mut self, batches: Range<u64>, progress: &Progress) -> anyhow::Result<()> {
        let advance = |seasons| progress.advance(seasons);
        let (plans, counters) = (self.plans, self.counters);
        let slice = self.run.play_paired(plans, counters, batches, advance);
        let empty = Paired::empty(plans, counters);
        self.paired = std::mem::replace(&mut self.paired, empty).merge(slice);
        Ok(())
    }
}
