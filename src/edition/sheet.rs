//! A CSV file with a fixed set of columns, read with its line numbers.

use std::str::FromStr;

use crate::error::{Error, Location, Nearest};

/// A CSV file, checked against the columns it may have.
pub(super) struct Sheet {
    file: String,
    header: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
}

/// One line of a [`Sheet`].
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    sheet: &'a Sheet,
    line: usize,
    cells: &'a [String],
}

impl Sheet {
    /// Reads `text`, one record a line; lines without any text are passed over.
    pub(super) fn parse(
        file: &str,
        text: &str,
        required: &[&'static str],
        optional: &[&'static str],
        expected: &'static str,
    ) -> Result<Self, Error> {
        let mut rows = Vec::new();
        for (number, line) in lines(text) {
            let cells = cells(line, || Location::new(file, number))?;
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push((number, cells));
            }
        }
        if rows.is_empty() {
            return Err(Error::EmptyFile {
                at: Location::new(file, 0),
                expected,
            });
        }
        let (line, header) = rows.remove(0);
        let sheet = Self {
            file: file.into(),
            header,
            rows,
        };
        sheet.check_header(line, required, optional)?;
        match sheet
            .rows
            .iter()
            .find(|(_, cells)| cells.len() != sheet.header.len())
        {
            Some((line, cells)) => Err(Error::CellCount {
                at: Location::new(file, *line),
                found: cells.len(),
                expected: sheet.header.len(),
            }),
            None => Ok(sheet),
        }
    }

    fn check_header(
        &self,
        line: usize,
        required: &[&'static str],
        optional: &[&'static str],
    ) -> Result<(), Error> {
        let at = || Location::new(&self.file, line);
        let known: Vec<_> = required.iter().chain(optional).copied().collect();
        for (index, column) in self.header.iter().enumerate() {
            if !known.contains(&column.as_str()) {
                return Err(Error::UnknownColumn {
                    at: at(),
                    column: column.into(),
                    nearest: Nearest::of(column, known.iter().map(|name| (*name, *name))),
                    known: known.join(", "),
                });
            }
            if self.header[..index].contains(column) {
                return Err(Error::RepeatedColumn {
                    at: at(),
                    column: column.into(),
                });
            }
        }
        match required
            .iter()
            .find(|&&column| !self.header.iter().any(|name| name == column))
        {
            Some(&column) => Err(Error::MissingColumn { at: at(), column }),
            None => Ok(()),
        }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row {
            sheet: self,
            line: *line,
            cells,
        })
    }
}

/// The lines of a text with their numbers, whatever ends them.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let windows = text.contains("\r\n");
    let ends = move |c: char| c == '\n' || (c == '\r' && !windows);
    text.split(ends)
        .map(|line| line.trim_end_matches('\r'))
        .enumerate()
        .map(|(index, line)| (index + 1, line))
}

/// The trimmed cells of a line.
fn cells(line: &str, at: impl Fn() -> Location) -> Result<Vec<String>, Error> {
    if !line.contains('"') {
        let cells = line.split(',').map(|cell| cell.trim().to_owned());
        return Ok(match line.trim().is_empty() {
            true => Vec::new(),
            false => cells.collect(),
        });
    }
    // A quote left open swallows the line end, and so shows.
    let ended = format!("{line}\nend");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(ended.as_bytes());
    let mut record = csv::StringRecord::new();
    let read = reader.read_record(&mut record);
    read.map_err(|error| Error::Syntax {
        at: at(),
        message: error.to_string(),
    })?;
    if record.iter().any(|cell| cell.contains('\n')) {
        return Err(Error::OpenQuote { at: at() });
    }
    Ok(record.iter().map(|cell| cell.trim().to_owned()).collect())
}

impl<'a> Row<'a> {
    pub(super) fn at(&self) -> Location {
        Location::new(&self.sheet.file, self.line)
    }

    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// The text of a cell; empty where the file lacks the column.
    pub(super) fn text(&self, column: &str) -> &'a str {
        let index = self.sheet.header.iter().position(|name| name == column);
        index
            .and_then(|index| self.cells.get(index))
            .map_or("", String::as_str)
    }

    /// A cell that must hold a value.
    pub(super) fn value<T: FromStr>(
        &self,
        column: &'static str,
        expected: &'static str,
    ) -> Result<T, Error> {
        // Rust's numbers may begin with a plus sign; those of a results file do not.
        let text = Some(self.text(column)).filter(|text| !text.starts_with('+'));
        text.and_then(|text| text.parse().ok())
            .ok_or_else(|| self.bad(column, expected))
    }

    /// A cell that may be empty.
    pub(super) fn optional<T: FromStr>(
        &self,
        column: &'static str,
        expected: &'static str,
    ) -> Result<Option<T>, Error> {
        match self.text(column) {
            "" => Ok(None),
            _ => self.value(column, expected).map(Some),
        }
    }

    /// The error that a cell cannot say what it says.
    pub(super) fn bad(&self, column: &'static str, expected: &'static str) -> Error {
        Error::BadValue {
            at: self.at(),
            what: column,
            value: self.text(column).into(),
            expected,
        }
    }
}
