//! Files of kept seasons.

use std::fs::File;
use std::path::Path;

use matchday::error::Error;
use matchday::project::KeptSample;
use matchday::project::query::Named;

/// Opens kept seasons.
pub fn open(path: &Path) -> Result<KeptSample<File>, Error> {
    let file = File::open(path).map_err(|source| Error::Read {
        path: path.into(),
        source,
    })?;
    KeptSample::open(&path.display().to_string(), file)
}

/// What names mean in them.
pub fn named(kept: &KeptSample<File>) -> Named<'_> {
    Named {
        names: kept.names(),
        layout: kept.layout(),
    }
}
