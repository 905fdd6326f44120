//! Folders of editions, written whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

use matchday::edition::template::Draft;
use matchday::error::Error;

fn failed(path: &Path) -> impl Fn(io::Error) -> Error {
    move |source| Error::Write {
        path: path.into(),
        source,
    }
}

/// A folder may be there, but nothing in it.
pub fn check_free(folder: &Path) -> Result<(), Error> {
    let taken = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => true,
        Err(error) => return Err(failed(folder)(error)),
    };
    match taken {
        true => Err(Error::Taken {
            path: folder.into(),
            option: "-o",
        }),
        false => Ok(()),
    }
}

/// Writes beside the folder first; only what is whole takes its name.
pub fn write(draft: &Draft, folder: &Path) -> Result<(), Error> {
    // Of `.` and `..` the name shows only in the full path.
    let folder = std::path::absolute(folder).map_err(failed(folder))?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let parent = folder.parent().unwrap_or(&folder);
    if std::env::current_dir().is_ok_and(|here| here.starts_with(&folder)) {
        // It could only be replaced, which would leave the shell nowhere.
        let message = "it is the folder you are in; name a new one inside or beside it";
        return Err(failed(&folder)(io::Error::other(message)));
    }
    fs::create_dir_all(parent).map_err(failed(parent))?;
    let beside = parent.join(format!(".{name}.{}.partial", std::process::id()));
    fs::create_dir(&beside).map_err(failed(&beside))?;
    let written = fill(&beside, draft).and_then(|()| {
        // An empty folder gives way; one that has been filled meanwhile does not.
        match fs::remove_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&folder)(error)),
            _ => fs::rename(&beside, &folder).map_err(failed(&folder)),
        }
    });
    if written.is_err() {
        // What matters is why it could not be written.
        let _ = fs::remove_dir_all(&beside);
    }
    written
}

fn fill(folder: &Path, draft: &Draft) -> Result<(), Error> {
    for (name, text) in &draft.files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(failed(&path))?;
    }
    Ok(())
}
