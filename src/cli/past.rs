//! Which matches a model is tested on: the arguments that `evaluate` and `select` share.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use matchday::edition::{Edition, embedded_editions};
use matchday::error::{Error, Location};
use matchday::evaluate::{Contender, Evaluation, Resampling, Start, TestSet};
use matchday::fixture::read_date;
use matchday::history::History;
use matchday::io::{self, Aliases};

use super::progress::Progress;

/// What was played, and what of it is for testing.
#[derive(Args)]
pub struct PastArguments {
    /// Files of results (docs/import.md lists the formats), and editions or their folders.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Test on everything from this day on, such as 2014-08-01.
    #[arg(long, value_name = "DATE", conflicts_with = "skip_seasons")]
    from: Option<String>,
    /// Test on everything after so many seasons of every league.
    #[arg(long, value_name = "SEASONS", default_value_t = 2)]
    skip_seasons: usize,
    /// Other spellings of teams: a CSV file with the columns `alias` and `name`.
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// The key of all random words: the same seed gives the same bytes.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Threads to use, at most 256 [default: one a processor]; the output does not depend on it.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

impl PastArguments {
    /// Everything the files and editions hold.
    pub fn history(&self) -> anyhow::Result<History> {
        let aliases = match &self.aliases {
            Some(path) => Aliases::read(path)?,
            None => Aliases::default(),
        };
        let is_edition = |name: &&String| {
            let mut embedded = embedded_editions();
            embedded.any(|known| known == name.as_str()) || Path::new(name.as_str()).is_dir()
        };
        let (editions, files): (Vec<_>, Vec<_>) = self.files.iter().partition(is_edition);
        let mut history = match files.is_empty() {
            true => History::default(),
            false => io::read(&files, &aliases)?,
        };
        for edition in editions {
            history.join(Edition::open(edition)?.history());
        }
        Ok(history)
    }

    /// Where testing starts.
    pub fn start(&self) -> Result<Start, Error> {
        let Some(text) = &self.from else {
            return Ok(Start::AfterSeasons(self.skip_seasons));
        };
        let date: Option<Date> = read_date(text);
        date.map(Start::On).ok_or_else(|| Error::BadValue {
            at: Location::new("--from", 0),
            what: "date",
            value: text.clone(),
            expected: "a date such as 2014-08-01",
        })
    }

    /// How intervals are drawn.
    pub fn resampling(&self) -> Resampling {
        Resampling {
            seed: self.seed,
            ..Resampling::default()
        }
    }

    /// Does something on the threads that were asked for.
    pub fn on_threads<R: Send>(&self, work: impl FnOnce() -> R + Send) -> anyhow::Result<R> {
        let threads = self.threads.map_or(0, usize::from);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()?;
        Ok(pool.install(work))
    }

    /// Asks and scores the contenders, with a bar.
    pub fn evaluate(
        &self,
        set: &TestSet<'_>,
        contenders: &[Contender],
        reference: usize,
    ) -> anyhow::Result<Evaluation> {
        let total = (set.len() * contenders.len()) as u64;
        let progress = Progress::new(total, "forecasts");
        let evaluation = self.on_threads(|| {
            let advance = |forecasts| progress.advance(forecasts);
            Evaluation::of(set, contenders, reference, self.resampling(), advance)
        });
        progress.finish();
        Ok(evaluation??)
    }
}
