//! Files as bytes and as text, whatever wrote them.

use std::fs;
use std::path::Path;

use crate::error::{Error, Location};

/// The largest file that is read; a hundred seasons of a large league fit in it many times over.
const LARGEST: u64 = 64 << 20;

/// The bytes of a file; `None` if there is no such file.
pub(crate) fn read_bytes(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let failed = |source| Error::Read {
        path: path.into(),
        source,
    };
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata.map_err(failed)?,
    };
    if !metadata.is_file() {
        return Err(failed(std::io::Error::other("not a file")));
    }
    if metadata.len() > LARGEST {
        return Err(Error::TooMany {
            at: Location::new(&path.display().to_string(), 0),
            what: "bytes",
            found: metadata.len(),
            most: LARGEST,
        });
    }
    fs::read(path).map(Some).map_err(failed)
}

/// A file of somebody else's, as text with plain line ends.
pub(super) struct InputFile {
    /// As the user named it.
    pub(super) name: String,
    pub(super) text: String,
}

impl InputFile {
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        let bytes = read_bytes(path)?.ok_or_else(|| Error::MissingFile {
            at: Location::new(&name, 0),
            expected: "it should hold matches in one of the formats of docs/import.md",
        })?;
        Ok(Self::new(&name, &bytes))
    }

    pub(super) fn new(name: &str, bytes: &[u8]) -> Self {
        let text = decoded(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes));
        Self {
            name: name.into(),
            text: text.replace("\r\n", "\n").replace('\r', "\n"),
        }
    }

    /// A line of it.
    pub(super) fn at(&self, line: usize) -> Location {
        Location::new(&self.name, line)
    }

    /// What its name says, less the folder, the ending and the years.
    pub(super) fn title(&self) -> &str {
        let stem = Path::new(&self.name).file_stem();
        let stem = stem.and_then(|stem| stem.to_str()).unwrap_or_default();
        let ends = |c: char| c.is_ascii_digit() || "-_".contains(c);
        match stem.trim_end_matches(ends) {
            // Digits that belong to the name of a league: `E0`, `SP1`.
            short if short.len() < stem.len() => {
                let digits = &stem[short.len()..];
                let own = digits.bytes().take_while(u8::is_ascii_digit).count();
                stem[..short.len() + if own < 3 { own } else { 0 }].trim_end()
            }
            whole => whole,
        }
    }
}

/// UTF-8, or else Windows-1252, in which older files of football-data.co.uk are written.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
    }
}

fn windows_1252(byte: u8) -> char {
    // The five that are not assigned stand for control characters, as the WHATWG has it.
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => FROM_80[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_utf_8_or_windows_1252_without_mark_and_with_plain_line_ends() {
        let text = |bytes: &[u8]| InputFile::new("file", bytes).text;
        assert_eq!(
            text("\u{feff}Köln\r\nNîmes\rx".as_bytes()),
            "Köln\nNîmes\nx"
        );
        assert_eq!(text(b"K\xf6ln \x96 N\xeemes\n"), "Köln – Nîmes\n");
    }

    #[test]
    fn the_title_is_the_name_without_the_years() {
        let title = |name: &str| InputFile::new(name, b"").title().to_owned();
        assert_eq!(title("results/E0_2012-13.csv"), "E0");
        assert_eq!(title("SP1.csv"), "SP1");
        assert_eq!(title("season-1617.csv"), "season");
        assert_eq!(title("england.csv"), "england");
        assert_eq!(title("Liga 2 2016-17.csv"), "Liga 2");
    }
}
