//! Whether seasons are kept, and where.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use matchday::edition::Snapshot;
use matchday::error::Error;
use matchday::project::{MOST_KEPT, Names, write_sample};
use matchday::report::Manifest;
use matchday::simulate::{Layout, Plan, Sample};

use super::file;

/// Whether seasons are kept, and where.
#[derive(Args)]
pub struct Keeping {
    /// Keep every season in this file, to be asked by `matchday query`; nothing is overwritten.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["checkpoint", "shard"])]
    keep: Option<PathBuf>,
    /// Keep the goals of every fixture too, so that goals can be asked for; a larger file.
    #[arg(long, requires = "keep")]
    keep_goals: bool,
}

impl Keeping {
    /// Whether seasons are kept.
    pub fn is_asked(&self) -> bool {
        self.keep.is_some()
    }

    /// Whether so many seasons can be kept, before they are played.
    pub fn check(&self, seasons: u64) -> Result<(), Error> {
        match &self.keep {
            None => Ok(()),
            Some(_) if seasons > MOST_KEPT => Err(Error::TooManyKept {
                seasons,
                most: MOST_KEPT,
            }),
            Some(path) => file::check_free(path, "--keep"),
        }
    }

    /// What is to be kept of the seasons of a plan.
    pub fn layout(&self, plan: &Plan<'_>) -> Option<Arc<Layout>> {
        let keep = self.keep.as_ref();
        keep.map(|_| Arc::new(Layout::of(plan, self.keep_goals)))
    }

    /// Writes the seasons, if they are kept.
    pub fn write(
        &self,
        sample: Option<Sample>,
        snapshot: &Snapshot,
        manifest: &Manifest,
    ) -> Result<(), Error> {
        let (Some(path), Some(sample)) = (&self.keep, sample) else {
            return Ok(());
        };
        let names = Names::of(snapshot, sample.layout());
        file::write(path, |file| write_sample(&sample, &names, manifest, file))
    }
}
