//! `matchday select`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use matchday::evaluate::{Choice, Contender, TestSet};
use matchday::model::Law;
use matchday::report::{EvaluationManifest, EvaluationReport, Report};

use super::past::PastArguments;
use super::{file, print};

/// Arguments of `matchday select`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    past: PastArguments,
    /// Models to choose from, divided by commas, as in `matchday evaluate`; the lowest mean ranked
    /// probability score wins [default: laws of goals, but for weibull, with several half-lives, strengths
    /// that walk by all that the files tell of, and these with settings tuned to the matches before].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    model: Vec<String>,
    /// The file to write; nothing is overwritten.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

const EXAMPLES: &str = "Examples:
  matchday select E0_*.csv -o model.toml
  matchday select E0_*.csv --model poisson/365,poisson/1000,walk,walk-odds -o model.toml";

/// Laws that are tried unless the user names models: all but Weibull's, which takes longer than all others
/// together.
const LAWS: [Law; 5] = [
    Law::Poisson,
    Law::DixonColes,
    Law::BivariatePoisson,
    Law::DiagonalInflated,
    Law::NegativeBinomial,
];

/// Half-lives in days that are tried unless the user names models.
const HALF_LIVES: [f64; 4] = [270.0, 365.0, 540.0, 1000.0];

/// Compares, prints, and writes the winner.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments { past, output, .. } = arguments;
    file::check_free(output, "-o")?;
    let named = arguments.model.iter().map(|name| Contender::named(name));
    let mut contenders: Vec<Contender> = named.collect::<Result<_, _>>()?;
    let start = past.start()?;
    let history = past.history()?;
    let set = TestSet::new(&history, start)?;
    if contenders.is_empty() {
        contenders = Contender::laws(&LAWS, &HALF_LIVES);
        contenders.extend(past.on_threads(|| Contender::walks(&set))?);
    }
    let evaluation = past.evaluate(&set, &contenders, 0)?;
    let choice = Choice::of(&evaluation, &contenders, &history.files)?;
    file::write(output, |file| file.write_all(choice.text().as_bytes()))?;
    let report = EvaluationReport {
        evaluation: &evaluation,
        seasons: None,
        manifest: EvaluationManifest::new("select", &history, start, past.resampling()),
    };
    let path = output.display();
    print(&format!(
        "{}\n`{}` is chosen and written to {path}\n",
        report.text(),
        choice.model
    ))
}
