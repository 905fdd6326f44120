//! `matchday merge`

use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};
use clap::Args;
use matchday::error::{Error, Location};
use matchday::simulate::Run;

use super::checkpoint::{Checkpoint, Difference, Shard};
use super::part::Part;
use super::project::Shown;

/// Arguments of `matchday merge`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The checkpoints of all parts of a run, as `matchday project --shard` has written them. Editions and
    /// files of results that were named there are read again, by the same names.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    shown: Shown,
}

const EXAMPLES: &str = "Examples:
  matchday project uefa-euro-2024 --shard 1/2 --checkpoint 1.json
  matchday project uefa-euro-2024 --shard 2/2 --checkpoint 2.json
  matchday merge 1.json 2.json --format json";

/// Reads the parts, adds them up, and prints what the run prints as a whole.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let parts = arguments.files.iter().map(|path| read(path));
    let mut parts: Vec<(&Path, Checkpoint)> = parts.collect::<Result<_, _>>()?;
    check_lengths_known(&parts)?;
    check_one_run(&parts)?;
    parts.sort_by_key(|(_, part)| part.shard.number);
    check_complete(&parts)?;
    let (path, first) = &parts[0];
    let run = Run::new(first.scenario.seed, first.seasons)?;
    let fitted = first.scenario.open("project")?;
    let fitted = fitted.counting_causes(first.has_causes());
    let model = fitted.model()?;
    let plan = fitted.plan(&model)?;
    let manifest = fitted.manifest(run.seasons(), None);
    let now = Checkpoint::new(&first.scenario, &manifest, run.seasons(), first.shard);
    first.check_goes_on_as(&now, path)?;
    let mut whole = Part::new(&plan, run, Shard::WHOLE);
    for (path, part) in &parts {
        whole = whole.with(part, path)?;
    }
    arguments.shown.print(&fitted, &plan, &whole.seen().0, None)
}

fn read(path: &Path) -> anyhow::Result<(&Path, Checkpoint)> {
    let missing = || Error::MissingFile {
        at: Location::new(&path.display().to_string(), 0),
        expected: "it should hold a part of a run, as `matchday project --shard` writes it",
    };
    Ok((path, Checkpoint::read(path)?.ok_or_else(missing)?))
}

/// None is of a run that ends when it is sure enough: such a run is no part, whether it is over or not.
fn check_lengths_known(parts: &[(&Path, Checkpoint)]) -> anyhow::Result<()> {
    match parts.iter().find(|(_, part)| part.is_precise()) {
        None => Ok(()),
        Some((path, _)) => bail!(
            "{}: a run with --precision, which cannot be merged, as it has no set number of seasons; give its command \
             again, and it prints what the file has",
            path.display()
        ),
    }
}

/// All are parts of one run, divided alike.
fn check_one_run(parts: &[(&Path, Checkpoint)]) -> anyhow::Result<()> {
    let (path, first) = &parts[0];
    for (other, part) in &parts[1..] {
        let (path, other) = (path.display(), other.display());
        if let Some(difference) = first.difference(part) {
            let Difference { name, ours, theirs } = &difference;
            match difference.changed() {
                Some(what) => bail!(
                    "{path} and {other} are of different runs: {what} changed between them; play one of them anew"
                ),
                None => bail!(
                    "{path} and {other} are of different runs: `{name}` is {ours} and {theirs}"
                ),
            }
        }
        let (ours, theirs) = (first.seasons, part.seasons);
        ensure!(
            ours == theirs,
            "{path} and {other} are of different runs: -n is {ours} and {theirs}"
        );
        let (ours, theirs) = (first.shard, part.shard);
        ensure!(
            ours.of == theirs.of,
            "{path} and {other} overlap: they are {ours} and {theirs}; give all parts of one division"
        );
    }
    Ok(())
}

/// Every part is there once, and is played to its end.
fn check_complete(parts: &[(&Path, Checkpoint)]) -> anyhow::Result<()> {
    let same = |pair: &&[(&Path, Checkpoint)]| pair[0].1.shard == pair[1].1.shard;
    if let Some([(one, part), (other, _)]) = parts.windows(2).find(same) {
        let (one, other, shard) = (one.display(), other.display(), part.shard);
        bail!("{one} and {other} both hold {shard}; give one of them");
    }
    let of = parts[0].1.shard.of;
    let held = parts.iter().map(|(_, part)| part.shard.number);
    if let Some((number, _)) = (1..=of).zip(held.chain([0])).find(|(a, b)| a != b) {
        let files = parts.iter().map(|(path, _)| path.display().to_string());
        let (missing, files) = (Shard { number, of }, files.collect::<Vec<_>>().join(", "));
        bail!("{missing} is missing from {files}; give its file too");
    }
    for (path, part) in parts {
        let (seasons, of) = part.progress()?;
        ensure!(
            seasons == of,
            "{}: {} has {seasons} of its {of} seasons; let its command go on to its end first",
            path.display(),
            part.shard
        );
    }
    Ok(())
}
