//! `matchday bench`

use std::hint::black_box;
use std::time::Instant;

use anyhow::bail;
use clap::Args;
use matchday::model::Strengths;
use matchday::report::{BenchReport, DRAWN_STRENGTHS, PartCost, Rate};
use matchday::simulate::{
    Block, LANES, Observation, Options, Plan, Run, SEASONS_A_BATCH, Tally, Work,
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::Output;
use super::progress::Progress;
use super::scenario::Scenario;

/// Arguments of `matchday bench`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    scenario: Scenario,
    /// How often to measure everything; the fastest time counts.
    #[arg(long, default_value_t = 5, value_name = "ROUNDS",
          value_parser = clap::value_parser!(u32).range(1..=1000))]
    rounds: u32,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "Strengths are measured both ways, whatever `--strengths` says.

Examples:
  matchday bench uefa-champions-league-2023-24 --after start --through groups
  matchday bench my-league --after start --rounds 20";

/// What each part is called.
const NAMES: [(Work, &str); 5] = [
    (Work::Words, "random numbers"),
    (Work::Scorelines, "scorelines"),
    (Work::Counts, "counting"),
    (Work::Ranks, "ranking"),
    (Work::Undecided, "reference engine"),
];

/// Seconds that one part is measured in a round, and a run.
const SECONDS: [f64; 2] = [0.02, 0.1];

/// Plays, measures and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let fitted = arguments.scenario.open("bench")?;
    let model = fitted.model()?;
    let plan = |strengths| {
        let options = Options {
            strengths,
            ..fitted.options
        };
        Plan::new(&fitted.snapshot, &model, options, &fitted.set)
    };
    let [plug_in, posterior] = [plan(Strengths::PlugIn)?, plan(Strengths::Posterior)?];
    if plug_in.open_fixtures() == 0 {
        bail!("no match is left to play; say with `--after` what is known");
    }
    let mut bench = Bench::new(&plug_in, &posterior, arguments.scenario.seed)?;
    let progress = Progress::new(arguments.rounds.into(), "rounds");
    for _ in 0..arguments.rounds {
        bench.round();
        progress.advance(1);
    }
    progress.finish();
    let edition = fitted.snapshot.edition();
    arguments.output.print(&BenchReport {
        manifest: fitted.manifest(bench.run.seasons(), None),
        title: format!("{}, {}", edition.name, fitted.snapshot.label()),
        matches: plug_in.open_fixtures(),
        rates: bench.rates(),
        parts: bench.parts(),
        chacha8_ns_per_word: bench.chacha8,
        rounds: arguments.rounds,
    })
}

/// The fastest times so far.
struct Bench<'p> {
    run: Run,
    plans: [(&'static str, &'p Plan<'p>); 2],
    pools: Vec<rayon::ThreadPool>,
    /// `[plan][pool]`: nanoseconds a season.
    seasons: [Vec<f64>; 2],
    blocks: [Block<'p>; 2],
    tally: Tally,
    /// Nanoseconds a match: strengths, then the parts by name, then events.
    parts: Vec<f64>,
    /// Nanoseconds a word.
    chacha8: f64,
}

impl<'p> Bench<'p> {
    fn new(plug_in: &'p Plan<'p>, posterior: &'p Plan<'p>, seed: u64) -> anyhow::Result<Self> {
        let most = std::thread::available_parallelism().map_or(1, usize::from);
        let doubled = std::iter::successors(Some(1), |threads| Some(2 * threads));
        let mut threads: Vec<usize> = doubled.take_while(|&threads| threads < most).collect();
        threads.push(most);
        let pool = |threads: &usize| {
            let builder = rayon::ThreadPoolBuilder::new();
            builder.num_threads(*threads).build()
        };
        let pools: Vec<_> = threads.iter().map(pool).collect::<Result<_, _>>()?;
        let mut blocks = [Block::new(plug_in, seed), Block::new(posterior, seed)];
        blocks.iter_mut().for_each(|block| {
            block.play(0);
        });
        // As many seasons as one thread plays in about the time of a measurement.
        let mut number = 0;
        let block = nanoseconds(SECONDS[0], || {
            number += 1;
            blocks[1].play(number);
        });
        let batches = (SECONDS[1] * 1e9 / (2.0 * block)).ceil().max(8.0) as u64;
        Ok(Self {
            run: Run::new(seed, batches * SEASONS_A_BATCH)?,
            plans: [("plug-in", plug_in), ("posterior", posterior)],
            seasons: [
                vec![f64::INFINITY; pools.len()],
                vec![f64::INFINITY; pools.len()],
            ],
            pools,
            blocks,
            tally: Tally::empty(plug_in),
            parts: vec![f64::INFINITY; NAMES.len() + 2],
            chacha8: f64::INFINITY,
        })
    }

    /// Measures everything once.
    fn round(&mut self) {
        let run = self.run;
        for ((_, plan), seasons) in self.plans.iter().zip(&mut self.seasons) {
            for (pool, fastest) in self.pools.iter().zip(seasons) {
                let started = Instant::now();
                let empty = || Tally::empty(plan);
                pool.install(|| black_box(run.play(plan, 0..run.batches(), empty, |_| {})));
                let each = started.elapsed().as_secs_f64() * 1e9 / run.seasons() as f64;
                *fastest = fastest.min(each);
            }
        }
        let matches = (LANES * self.plans[0].1.open_fixtures()) as f64;
        let [plug_in, posterior] = &mut self.blocks;
        let mut number = 0;
        let mut part = |block: &mut Block<'_>, part| {
            let time = nanoseconds(SECONDS[0], || {
                number += 1;
                block.repeat(part, number);
            });
            time / matches
        };
        let mut times = vec![part(posterior, Work::Strengths)];
        times.extend(NAMES.iter().map(|&(name, _)| part(plug_in, name)));
        let plan = self.plans[0].1;
        times.push(nanoseconds(SECONDS[0], || self.tally.observe(plan, plug_in, LANES)) / matches);
        for (fastest, time) in self.parts.iter_mut().zip(times) {
            *fastest = fastest.min(time);
        }
        let mut generator = ChaCha8Rng::seed_from_u64(run.seed());
        let mut bytes = [0; 4 * LANES];
        let time = nanoseconds(SECONDS[0], || generator.fill_bytes(black_box(&mut bytes)));
        self.chacha8 = self.chacha8.min(time / LANES as f64);
    }

    fn rates(&self) -> Vec<Rate> {
        let rates = self.plans.iter().zip(&self.seasons);
        let rates = rates.flat_map(|((strengths, _), seasons)| {
            self.pools.iter().zip(seasons).map(|(pool, &time)| Rate {
                strengths,
                threads: pool.current_num_threads(),
                seasons_per_second: 1e9 / time,
            })
        });
        rates.collect()
    }

    fn parts(&self) -> Vec<PartCost> {
        let names = NAMES.iter().map(|&(_, name)| name);
        let names = [DRAWN_STRENGTHS].into_iter().chain(names);
        let costs = names.chain(["events"]).zip(&self.parts);
        costs
            .map(|(part, &ns_per_match)| PartCost { part, ns_per_match })
            .collect()
    }
}

/// What one piece of work takes, repeated for so many seconds.
fn nanoseconds(seconds: f64, mut work: impl FnMut()) -> f64 {
    let started = Instant::now();
    let mut times = 0.0;
    loop {
        for _ in 0..8 {
            work();
        }
        times += 8.0;
        let elapsed = started.elapsed().as_secs_f64();
        if elapsed >= seconds {
            return elapsed * 1e9 / times;
        }
    }
}
