//! Where editions come from: embedded in the program, or a folder of the user's own.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::competition::Rulebook;
use crate::error::{Error, Location, Nearest};
use crate::io::file::read_bytes;

static MODELS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/models");

/// The files of one edition.
pub(super) enum Source {
    Embedded(&'static Dir<'static>),
    Folder(PathBuf),
    /// A folder that is not written yet: its files by name.
    Draft {
        folder: PathBuf,
        files: Vec<(String, String)>,
        /// Where the file of teams was read.
        teams: String,
    },
}

impl Source {
    /// An embedded edition by name, else a folder by path.
    pub(super) fn find(edition: &str) -> Result<Self, Error> {
        // Only the very name: `./name` and `name/` are paths to folders.
        let embedded = embedded_editions().find(|name| *name == edition);
        if let Some(folder) = embedded.and_then(|name| MODELS.get_dir(format!("editions/{name}"))) {
            return Ok(Self::Embedded(folder));
        }
        let path = Path::new(edition);
        match path.is_dir() {
            true => Ok(Self::Folder(path.into())),
            false => Err(Error::UnknownEdition {
                name: edition.into(),
                nearest: Nearest::of(edition, embedded_editions().map(|name| (name, name))),
            }),
        }
    }

    /// Where the edition is, or would be.
    pub(super) fn path(&self) -> PathBuf {
        match self {
            Self::Embedded(folder) => folder.path().to_path_buf(),
            Self::Folder(path) | Self::Draft { folder: path, .. } => path.clone(),
        }
    }

    /// Name and text of a file that must be there.
    pub(super) fn needed(
        &self,
        file: &str,
        expected: &'static str,
    ) -> Result<(String, String), Error> {
        let name = self.file_name(file);
        let at = Location::new(&name, 0);
        let text = self.read(file)?;
        Ok((name, text.ok_or(Error::MissingFile { at, expected })?))
    }

    /// The last part of the folder's name.
    pub(super) fn id(&self) -> String {
        let path = match self {
            Self::Embedded(folder) => folder.path().to_path_buf(),
            Self::Folder(path) | Self::Draft { folder: path, .. } => {
                path.canonicalize().unwrap_or_else(|_| path.clone())
            }
        };
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }

    /// How a file of the edition is named in errors.
    pub(super) fn file_name(&self, file: &str) -> String {
        match self {
            Self::Embedded(_) => format!("{}/{file}", self.id()),
            Self::Draft { teams, .. } if file == "teams.csv" => teams.clone(),
            Self::Folder(path) | Self::Draft { folder: path, .. } => {
                path.join(file).display().to_string()
            }
        }
    }

    /// The text of a file without its byte-order mark; `None` if there is no such file.
    pub(super) fn read(&self, file: &str) -> Result<Option<String>, Error> {
        let bytes = match self {
            Self::Embedded(folder) => folder
                .get_file(folder.path().join(file))
                .map(|file| file.contents().to_vec()),
            Self::Folder(path) => read_bytes(&path.join(file))?,
            Self::Draft { files, .. } => {
                let found = files.iter().find(|(name, _)| name == file);
                return Ok(found.map(|(_, text)| text.clone()));
            }
        };
        bytes
            .map(|bytes| text(&self.file_name(file), bytes))
            .transpose()
    }
}

/// The names of the embedded editions, sorted.
pub fn embedded_editions() -> impl Iterator<Item = &'static str> {
    names("editions").into_iter()
}

/// The names of the embedded templates, sorted.
pub fn embedded_templates() -> impl Iterator<Item = &'static str> {
    let entries = MODELS.get_dir("templates").into_iter().flat_map(Dir::dirs);
    let names = entries.filter_map(|folder| folder.path().file_name()?.to_str());
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.into_iter()
}

/// The files of an embedded template, sorted by name.
pub(super) fn template_files(id: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let folder = MODELS.get_dir(format!("templates/{id}"));
    let files = folder.into_iter().flat_map(Dir::files).filter_map(|file| {
        let name = file.path().file_name()?.to_str()?;
        Some((name, file.contents_utf8()?))
    });
    let mut files: Vec<_> = files.collect();
    files.sort_unstable();
    files.into_iter()
}

/// The text of one of them.
pub(super) fn template_file(id: &str, name: &str) -> Option<&'static str> {
    let mut files = template_files(id);
    files
        .find(|(known, _)| *known == name)
        .map(|(_, text)| text)
}

/// The text of an embedded rulebook.
pub(super) fn embedded_rulebook(id: &str) -> Option<&'static str> {
    MODELS
        .get_file(format!("rulebooks/{id}.toml"))?
        .contents_utf8()
}

/// The text of an embedded table of seats.
pub(super) fn embedded_allocation(id: &str) -> Option<&'static str> {
    MODELS
        .get_file(format!("allocations/{id}.csv"))?
        .contents_utf8()
}

/// The names of the embedded tables of seats, sorted.
pub(super) fn embedded_allocations() -> impl Iterator<Item = &'static str> {
    names("allocations").into_iter()
}

/// The names of the embedded rulebooks, sorted.
pub fn embedded_rulebooks() -> impl Iterator<Item = &'static str> {
    names("rulebooks").into_iter()
}

/// Reads a rulebook: an embedded one by name, else a file by path.
///
/// # Errors
/// [`Error::NoRulebook`] if it is neither, or what is wrong with the file.
pub fn open_rulebook(name: &str) -> Result<Rulebook, Error> {
    if let Some(text) = embedded_rulebook(name) {
        return Rulebook::parse(name, &format!("{name}.toml"), text);
    }
    let path = Path::new(name);
    match read_bytes(path)? {
        Some(bytes) => {
            let id = path.file_stem().unwrap_or_default().to_string_lossy();
            Rulebook::parse(&id, name, &text(name, bytes)?)
        }
        None => Err(Error::NoRulebook {
            name: name.into(),
            nearest: Nearest::of(name, embedded_rulebooks().map(|known| (known, known))),
        }),
    }
}

fn names(folder: &str) -> Vec<&'static str> {
    let entries = MODELS
        .get_dir(folder)
        .map_or(&[][..], |folder| folder.entries());
    let stem = |entry: &'static include_dir::DirEntry<'static>| {
        let path = entry.path();
        let notes = path.extension().is_some_and(|extension| extension == "md");
        path.file_stem()?.to_str().filter(|_| !notes)
    };
    let mut names: Vec<_> = entries.iter().filter_map(stem).collect();
    names.sort_unstable();
    names
}

/// The text of a file without its byte-order mark; `None` if there is no such file.
pub(super) fn read_text(path: &Path) -> Result<Option<String>, Error> {
    let bytes = read_bytes(path)?;
    bytes
        .map(|bytes| text(&path.display().to_string(), bytes))
        .transpose()
}

fn text(file: &str, bytes: Vec<u8>) -> Result<String, Error> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..valid]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count();
        Error::NotUtf8 {
            at: Location::new(file, line),
        }
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}
