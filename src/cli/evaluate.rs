//! `matchday evaluate`

use clap::Args;
use matchday::evaluate::{Contender, SeasonEvaluation, SeasonOptions, TestSet};
use matchday::fit::walk::Walks;
use matchday::report::{EvaluationManifest, EvaluationReport};

use super::Output;
use super::past::PastArguments;

/// Arguments of `matchday evaluate`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    past: PastArguments,
    #[arg(long, value_name = "NAME", value_delimiter = ',', help = models())]
    model: Vec<String>,
    /// The model that the others are compared with, match by match [default: the first].
    #[arg(long, value_name = "NAME")]
    against: Option<String>,
    /// Project whole seasons as well: champion, top four, last three, every place.
    #[arg(long)]
    seasons: bool,
    /// Matchdays from one projection of a season to the next.
    #[arg(long, value_name = "MATCHDAYS", default_value_t = 4, requires = "seasons",
          value_parser = clap::value_parser!(u16).range(1..))]
    every: u16,
    /// Seasons to play for each projection.
    #[arg(
        short = 'n',
        long,
        value_name = "SEASONS",
        default_value_t = 10_000,
        requires = "seasons"
    )]
    simulations: u64,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str =
    "Every match is forecast on the morning of its day, from what was played before.

Examples:
  matchday evaluate E0_*.csv
  matchday evaluate E0_*.csv SP1_*.csv --model poisson,elo,market --against elo
  matchday evaluate E0_*.csv --model poisson,walk,walk-odds,market
  matchday evaluate results.csv --model poisson --from 2020-01-01 --format json
  matchday evaluate E0_*.csv --model poisson --seasons --every 8";

fn models() -> String {
    let names = Contender::names().into_iter();
    let models: Vec<String> = names
        .map(|(name, about)| format!("{name} ({about})"))
        .collect();
    format!(
        "Models to compare, divided by commas: {}; goals may be followed by a half-life in days, as in poisson/270, and walks by a law, as in walk/poisson [default: base-rates,elo,poisson, the walks that most matches have the columns for, and market where there are odds]",
        models.join(", ")
    )
}

/// What is compared unless it is said otherwise.
const USUAL: [&str; 3] = ["base-rates", "elo", "poisson"];

/// Reads, walks through the past, and prints how the models did.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments { past, output, .. } = arguments;
    for name in arguments.model.iter().chain(&arguments.against) {
        Contender::named(name)?;
    }
    let start = past.start()?;
    let history = past.history()?;
    let set = TestSet::new(&history, start)?;
    let (names, reference) = arguments.names(&set);
    let contenders = names.iter().map(|name| Contender::named(name));
    let contenders: Vec<Contender> = contenders.collect::<Result<_, _>>()?;
    let evaluation = past.evaluate(&set, &contenders, reference)?;
    let seasons = match arguments.seasons {
        true => Some(arguments.evaluate_seasons(&set, &contenders)?),
        false => None,
    };
    output.print(&EvaluationReport {
        evaluation: &evaluation,
        seasons: seasons.as_ref(),
        manifest: EvaluationManifest::new("evaluate", &history, start, past.resampling()),
    })
}

impl Arguments {
    /// Who is compared, each once, and the position of who the others are compared with.
    fn names(&self, set: &TestSet<'_>) -> (Vec<String>, usize) {
        let mut wanted = self.model.clone();
        if wanted.is_empty() {
            wanted.extend(USUAL.map(str::to_owned));
            let walks = Walks::all_for(set.history());
            wanted.extend(walks.into_iter().map(|(name, _)| name.to_owned()));
            let has_odds = set.matches().any(|(played, _)| played.odds.is_some());
            wanted.extend(has_odds.then(|| "market".to_owned()));
        }
        wanted.extend(self.against.clone());
        let mut names: Vec<String> = Vec::new();
        for name in wanted {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let against = self.against.as_ref();
        let reference = names.iter().position(|name| Some(name) == against);
        (names, reference.unwrap_or(0))
    }

    fn evaluate_seasons(
        &self,
        set: &TestSet<'_>,
        contenders: &[Contender],
    ) -> anyhow::Result<SeasonEvaluation> {
        let options = SeasonOptions {
            every: self.every.into(),
            seasons: self.simulations,
            seed: self.past.seed,
        };
        let resampling = self.past.resampling();
        let evaluate = || SeasonEvaluation::of(set, contenders, options, resampling, |_| {});
        Ok(self.past.on_threads(evaluate)??)
    }
}
