//! A part of a run, as it is played and kept.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use matchday::project::Precision;
use matchday::simulate::{Layout, Observation, Plan, Run, SEASONS_A_BATCH, Sample, Tally};

use super::checkpoint::{Checkpoint, Shard};
use super::play::Sliced;
use super::progress::Progress;

/// The whole batches of a part of a run, as far as they are played.
pub struct Part<'a> {
    plan: &'a Plan<'a>,
    run: Run,
    batches: Range<u64>,
    precision: Option<Precision>,
    tally: Tally,
    /// The seasons themselves, if they are kept.
    sample: Option<Sample>,
    kept: Option<Kept>,
}

/// A checkpoint and the file that it is written to.
struct Kept {
    path: PathBuf,
    checkpoint: Checkpoint,
    started: Instant,
    written: Instant,
}

impl<'a> Part<'a> {
    /// A part of a run, from its beginning.
    pub fn new(plan: &'a Plan<'a>, run: Run, shard: Shard) -> Self {
        Self {
            plan,
            run,
            batches: shard.batches(run),
            precision: None,
            tally: Tally::empty(plan),
            sample: None,
            kept: None,
        }
    }

    /// The same, to be played no further than until every probability is so sure.
    pub fn until(self, precision: Option<Precision>) -> Self {
        Self { precision, ..self }
    }

    /// The same, with every season kept, if there is a layout for it.
    pub fn keeping(self, layout: Option<Arc<Layout>>) -> Self {
        let sample = layout.as_ref().map(Sample::empty);
        Self { sample, ..self }
    }

    /// The same, kept in a file: what the file has of it already is not played again.
    pub fn kept_in(self, path: &Path, checkpoint: Checkpoint) -> anyhow::Result<Self> {
        let part = match Checkpoint::read(path)? {
            Some(earlier) => {
                earlier.check_goes_on_as(&checkpoint, path)?;
                self.with(&earlier, path)?
            }
            None => self,
        };
        let now = Instant::now();
        let mut kept = Kept {
            path: path.into(),
            checkpoint,
            started: now,
            written: now,
        };
        // What cannot be written shows before anything is played.
        kept.write(&part.tally)?;
        Ok(Self {
            kept: Some(kept),
            ..part
        })
    }

    /// The same, with what the file of a checkpoint has of the batches to come.
    pub fn with(self, earlier: &Checkpoint, path: &Path) -> anyhow::Result<Self> {
        let (name, left) = (path.display(), self.batches.end - self.next());
        let seasons = earlier.played.saturating_mul(SEASONS_A_BATCH);
        ensure!(
            earlier.played <= left,
            "{name}: {seasons} seasons are played already, more than are asked for; ask for more with -n, \
             or name another file"
        );
        let counted = earlier.tally(self.plan);
        let counted =
            counted.with_context(|| format!("{name}: its counts are not those of this run"))?;
        Ok(Self {
            tally: self.tally.merge(counted),
            ..self
        })
    }

    /// How many seasons are played.
    pub fn seasons(&self) -> u64 {
        self.tally.batches.seasons()
    }

    fn next(&self) -> u64 {
        self.batches.start + self.tally.batches.count()
    }

    fn is_sure(&self) -> bool {
        let looks = Precision::look_from(self.next()) == self.next();
        let met = |precision: Precision| looks && precision.is_met(&self.tally);
        self.precision.is_some_and(met)
    }

    /// Writes the file, if it is kept in one.
    pub fn write(&mut self) -> anyhow::Result<()> {
        match &mut self.kept {
            Some(kept) => kept.write(&self.tally),
            None => Ok(()),
        }
    }

    /// What was counted, and kept: of all seasons of the run, with those that fill no batch, if it was
    /// played to its end.
    pub fn seen(self) -> (Tally, Option<Sample>) {
        let rest = self.run.whole_batches()..self.run.batches();
        let is_over = !self.is_sure() && self.next() == rest.start;
        let rest = is_over.then(|| self.play(rest, |_| ()));
        let seen = (self.tally, self.sample);
        match rest {
            Some(rest) => seen.merge(rest),
            None => seen,
        }
    }

    fn empty(&self) -> (Tally, Option<Sample>) {
        let sample = self.sample.as_ref();
        let kept = sample.map(|sample| Sample::empty(sample.layout()));
        (Tally::empty(self.plan), kept)
    }

    fn play(&self, batches: Range<u64>, progress: impl Fn(u64) + Sync) -> (Tally, Option<Sample>) {
        self.run.play(self.plan, batches, || self.empty(), progress)
    }
}

impl Sliced for Part<'_> {
    fn ahead(&self) -> Range<u64> {
        let next = self.next();
        match self.precision {
            _ if self.is_sure() => next..next,
            None => next..self.batches.end,
            Some(_) => next..self.batches.end.min(Precision::look_from(next + 1)),
        }
    }

    fn left(&self) -> u64 {
        let left = (self.batches.end - self.next()) * SEASONS_A_BATCH;
        let Some(precision) = self.precision else {
            return left;
        };
        // Errors shrink as the root of the seasons grows.
        let looked = self
            .seasons()
            .max(Precision::look_from(0) * SEASONS_A_BATCH);
        let ratio = 100.0 * self.tally.largest_error() / precision.points();
        let wanted = looked as f64
            * if self.seasons() > 0 {
                ratio * ratio
            } else {
                1.0
            };
        left.min((wanted as u64).saturating_sub(self.seasons()))
    }

    fn play(&mut self, batches: Range<u64>, progress: &Progress) -> anyhow::Result<()> {
        let slice = Part::play(self, batches, |seasons| progress.advance(seasons));
        let (tally, sample) = self.empty();
        let seen = (
            std::mem::replace(&mut self.tally, tally),
            std::mem::replace(&mut self.sample, sample),
        );
        (self.tally, self.sample) = seen.merge(slice);
        match &mut self.kept {
            Some(kept) if kept.is_due() => kept.write(&self.tally),
            _ => Ok(()),
        }
    }
}

impl Kept {
    /// Never written more often than this, nor, in a long run, less often than that.
    const PAUSES: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(5)];

    /// Whether a tenth of all that was played since the start would be lost.
    fn is_due(&self) -> bool {
        let [shortest, longest] = Self::PAUSES;
        let pause = self.started.elapsed() / 10;
        self.written.elapsed() >= pause.clamp(shortest, longest)
    }

    fn write(&mut self, tally: &Tally) -> anyhow::Result<()> {
        self.checkpoint.record(tally);
        self.checkpoint.write(&self.path)?;
        self.written = Instant::now();
        Ok(())
    }
}
