//! Files that hold a part of a run: what was played of it, and all that it depends on.

use std::fmt;
use std::fs;
use std::io;
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::str::FromStr;

use anyhow::{bail, ensure};
use matchday::error::Error;
use matchday::report::{Manifest, sha256};
use matchday::simulate::{Plan, Run, SEASONS_A_BATCH, Tally};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::file;
use super::scenario::Scenario;

/// The version of the format.
const FORMAT: u32 = 1;

/// Which part of a run, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shard {
    /// From 1.
    pub number: u64,
    /// How many there are.
    pub of: u64,
}

impl Shard {
    /// The most parts that a run can be divided into.
    const MOST: u64 = 1_000_000;

    /// All of a run.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// The whole batches of a run that belong to it.
    pub fn batches(self, run: Run) -> Range<u64> {
        let end = |parts: u64| {
            let batches = u128::from(run.whole_batches()) * u128::from(parts);
            (batches / u128::from(self.of)) as u64
        };
        end(self.number - 1)..end(self.number)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (number, of) = text.split_once('/')?;
            let (number, of): (u64, u64) = (number.trim().parse().ok()?, of.trim().parse().ok()?);
            ((1..=of).contains(&number) && of <= Self::MOST).then_some(Self { number, of })
        };
        read().ok_or_else(|| {
            let most = Self::MOST;
            format!(
                "expected the number of a part and how many there are, such as 2/3; at most {most}"
            )
        })
    }
}

impl TryFrom<String> for Shard {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        format!("{}/{}", shard.number, shard.of)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "part {} of {}", self.number, self.of)
    }
}

/// What was played of a run, and which run it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What is played.
    pub scenario: Scenario,
    /// How many seasons the run has in all.
    pub seasons: u64,
    /// Which part of it this is.
    pub shard: Shard,
    /// What every number depends on, but for the number of seasons.
    manifest: Value,
    /// How many whole batches of the part are played, from its first.
    pub played: u64,
    /// What was counted in them.
    counts: Vec<u64>,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    format: u32,
    version: String,
    sha256: String,
    run: Box<RawValue>,
}

impl Checkpoint {
    /// A part of which nothing is played yet.
    pub fn new(scenario: &Scenario, manifest: &Manifest, seasons: u64, shard: Shard) -> Self {
        let mut manifest = serde_json::to_value(manifest).expect("manifests are plain data");
        if let Some(run) = manifest["run"].as_object_mut() {
            run.remove("seasons");
        }
        Self {
            scenario: scenario.clone(),
            seasons,
            shard,
            manifest,
            played: 0,
            counts: Vec::new(),
        }
    }

    /// What a file holds; nothing where there is none.
    pub fn read(path: &Path) -> anyhow::Result<Option<Self>> {
        let failed = |source| Error::Read {
            path: path.into(),
            source,
        };
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            metadata => ensure!(
                metadata.map_err(failed)?.is_file(),
                failed(io::Error::other("not a file"))
            ),
        }
        let (name, bytes) = (path.display(), fs::read(path).map_err(failed)?);
        let other = "nothing was written to it; name another file";
        let Ok(envelope) = serde_json::from_slice::<Envelope>(&bytes) else {
            bail!("{name}: not a checkpoint, or cut short; {other}");
        };
        let version = env!("CARGO_PKG_VERSION");
        let Envelope { run, .. } = &envelope;
        ensure!(
            envelope.format == FORMAT && envelope.version == version,
            "{name}: a checkpoint of matchday {}, in format {}, and this is {version}, format {FORMAT}; \
             go on with that version, or begin anew: {other}",
            envelope.version,
            envelope.format,
        );
        ensure!(
            envelope.sha256 == sha256(run.get().as_bytes()),
            "{name}: a checkpoint that was altered, as its digest says; {other}"
        );
        match serde_json::from_str(run.get()) {
            Ok(checkpoint) => Ok(Some(checkpoint)),
            Err(error) => bail!("{name}: not a checkpoint of this program: {error}; {other}"),
        }
    }

    /// Writes the file anew, whole.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        let run = serde_json::value::to_raw_value(self)?;
        let envelope = Envelope {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").into(),
            sha256: sha256(run.get().as_bytes()),
            run,
        };
        let mut text = serde_json::to_string(&envelope)?;
        text.push('\n');
        Ok(file::write(path, |file| file.write_all(text.as_bytes()))?)
    }

    /// Remembers what was counted in the batches that are played.
    pub fn record(&mut self, tally: &Tally) {
        self.played = tally.batches.count();
        self.counts = tally.clone().into_counts();
    }

    /// What was counted; nothing where the counts are not those of so many batches of the plan.
    pub fn tally(&self, plan: &Plan<'_>) -> Option<Tally> {
        if self.played == 0 {
            return Some(Tally::empty(plan));
        }
        let tally = Tally::from_counts(plan, &self.counts)?;
        let batches = tally.batches;
        let seasons = self.played.checked_mul(SEASONS_A_BATCH)?;
        (batches.count() == self.played && batches.seasons() == seasons).then_some(tally)
    }

    /// Refuses to go on as another run, or another part, than this file holds; only longer.
    pub fn check_goes_on_as(&self, wanted: &Self, path: &Path) -> anyhow::Result<()> {
        let name = path.display();
        let advice = "name another file, or give the options that it was begun with";
        if let Some(difference) = self.difference(wanted) {
            let Difference {
                name: of,
                ours,
                theirs,
            } = &difference;
            match difference.changed() {
                Some(what) => bail!(
                    "{name}: holds another run: {what} changed since it was begun; bring back what it was begun with, \
                     or begin anew with another file"
                ),
                None => {
                    bail!(
                        "{name}: holds another run: `{of}` is {ours} there and {theirs} here; {advice}"
                    )
                }
            }
        }
        ensure!(
            self.shard == wanted.shard,
            "{name}: holds {}, and {} is wanted; {advice}",
            self.shard,
            wanted.shard
        );
        ensure!(
            self.shard == Shard::WHOLE || self.seasons == wanted.seasons,
            "{name}: holds {} of {} seasons, and of {} it would be another part; {advice}",
            self.shard,
            self.seasons,
            wanted.seasons
        );
        Ok(())
    }

    /// Whether it was counted which rule separates places.
    pub fn has_causes(&self) -> bool {
        self.manifest["run"]["causes"] == true
    }

    /// Whether the run ends when it is sure enough.
    pub fn is_precise(&self) -> bool {
        !self.manifest["run"]["precision"].is_null()
    }

    /// How many seasons of the part are played, and how many it has.
    pub fn progress(&self) -> Result<(u64, u64), Error> {
        let run = Run::new(self.scenario.seed, self.seasons)?;
        let batches = self.shard.batches(run);
        let seasons = |batches: u64| batches.saturating_mul(SEASONS_A_BATCH);
        Ok((seasons(self.played), seasons(batches.end - batches.start)))
    }

    /// In what the run of another checkpoint differs from this one's, its length aside. That what was read has
    /// changed only counts where it is what was named before.
    pub fn difference(&self, other: &Self) -> Option<Difference> {
        let mut all = Vec::new();
        differences(String::new(), &self.manifest, &other.manifest, &mut all);
        let first = (0..all.len()).min_by_key(|&index| (all[index].changed().is_some(), index))?;
        Some(all.swap_remove(first))
    }
}

/// What two manifests have not in common.
pub struct Difference {
    /// What it is, such as `run.seed`.
    pub name: String,
    /// Its value in one of them, as JSON.
    pub ours: Value,
    /// Its value in the other.
    pub theirs: Value,
}

impl Difference {
    /// What was read then and now, where it has changed.
    pub fn changed(&self) -> Option<&'static str> {
        match self.name.as_str() {
            "content_sha256" => Some("the edition"),
            "history.content_sha256" | "history.matches" => Some("the history"),
            "given.content_sha256" => Some("the file of --given"),
            _ => None,
        }
    }
}

/// Adds every difference of two values by this name.
fn differences(name: String, one: &Value, other: &Value, found: &mut Vec<Difference>) {
    let (Value::Object(ours), Value::Object(theirs)) = (one, other) else {
        if one != other {
            found.push(Difference {
                name,
                ours: one.clone(),
                theirs: other.clone(),
            });
        }
        return;
    };
    let more = theirs.keys().filter(|key| !ours.contains_key(*key));
    for key in ours.keys().chain(more) {
        let name = match name.is_empty() {
            true => key.clone(),
            false => format!("{name}.{key}"),
        };
        let [ours, theirs] = [ours, theirs].map(|object| object.get(key).unwrap_or(&Value::Null));
        differences(name, ours, theirs, found);
    }
}
