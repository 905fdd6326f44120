//! Files, written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use matchday::error::Error;

/// Nothing may be there yet, where an option names a file, and it must be possible to write there: that shows
/// before any work is done.
pub fn check_free(path: &Path, option: &'static str) -> Result<(), Error> {
    if path.exists() {
        return Err(Error::Taken {
            path: path.into(),
            option,
        });
    }
    let beside = beside(path);
    let tried = File::create(&beside).and_then(|_| fs::remove_file(&beside));
    tried.map_err(|source| Error::Write {
        path: path.into(),
        source,
    })
}

/// One name for all processes, so that one that was killed leaves nothing that the next does not take.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.partial"))
}

/// Writes beside the file first; only what is whole, and on the disk, takes its name.
pub fn write(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), Error> {
    let beside = beside(path);
    let written = File::create(&beside).and_then(|file| {
        let mut file = BufWriter::new(file);
        content(&mut file)?;
        file.into_inner()?.sync_all()?;
        fs::rename(&beside, path)
    });
    written.map_err(|source| {
        // What matters is why it could not be written.
        let _ = fs::remove_file(&beside);
        Error::Write {
            path: path.into(),
            source,
        }
    })
}
