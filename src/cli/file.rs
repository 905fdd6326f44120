//! Files, written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use matchday::error::Error;

/// Writes beside the file first; only what is whole, and on the disk, takes its name.
pub fn write(path: &Path, text: &str) -> Result<(), Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // One name for all processes, so that one that was killed leaves nothing that the next does not take.
    let beside = path.with_file_name(format!(".{name}.partial"));
    let fill = || -> io::Result<()> {
        let mut file = File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    fill().map_err(|source| {
        // What matters is why it could not be written.
        let _ = fs::remove_file(&beside);
        Error::Write {
            path: path.into(),
            source,
        }
    })
}
