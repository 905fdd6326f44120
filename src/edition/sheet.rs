//! A CSV file with a fixed set of columns, read with its line numbers.

use std::str::FromStr;

use crate::error::{Error, Location, Nearest};

/// A CSV file, checked against the columns it may have.
pub(super) struct Sheet {
    file: String,
    header: csv::StringRecord,
    rows: Vec<(usize, csv::StringRecord)>,
}

/// One line of a [`Sheet`].
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    sheet: &'a Sheet,
    line: usize,
    cells: &'a csv::StringRecord,
}

impl Sheet {
    /// Reads `text`; lines without any text are passed over.
    pub(super) fn parse(
        file: &str,
        text: &str,
        required: &[&'static str],
        optional: &[&'static str],
        expected: &'static str,
    ) -> Result<Self, Error> {
        if text.trim().is_empty() {
            return Err(Error::EmptyFile {
                at: Location::new(file, 0),
                expected,
            });
        }
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = reader
            .headers()
            .map_err(|error| csv_error(file, &error))?
            .clone();
        let sheet = Self {
            file: file.into(),
            header,
            rows: Vec::new(),
        };
        sheet.check_header(required, optional)?;
        let mut rows = Vec::new();
        for record in reader.into_records() {
            let record = record.map_err(|error| csv_error(file, &error))?;
            let line = record
                .position()
                .map_or(0, |position| position.line() as usize);
            if record.iter().all(str::is_empty) {
                continue;
            }
            if record.len() != sheet.header.len() {
                return Err(Error::CellCount {
                    at: Location::new(file, line),
                    found: record.len(),
                    expected: sheet.header.len(),
                });
            }
            rows.push((line, record));
        }
        Ok(Self { rows, ..sheet })
    }

    fn check_header(
        &self,
        required: &[&'static str],
        optional: &[&'static str],
    ) -> Result<(), Error> {
        let at = || Location::new(&self.file, 1);
        let known: Vec<_> = required.iter().chain(optional).copied().collect();
        for (index, column) in self.header.iter().enumerate() {
            if !known.contains(&column) {
                return Err(Error::UnknownColumn {
                    at: at(),
                    column: column.into(),
                    nearest: Nearest::of(column, known.iter().map(|name| (*name, *name))),
                    known: known.join(", "),
                });
            }
            if self
                .header
                .iter()
                .take(index)
                .any(|earlier| earlier == column)
            {
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
        index.and_then(|index| self.cells.get(index)).unwrap_or("")
    }

    /// A cell that must hold a value.
    pub(super) fn value<T: FromStr>(
        &self,
        column: &'static str,
        expected: &'static str,
    ) -> Result<T, Error> {
        self.text(column)
            .parse()
            .map_err(|_| self.bad(column, expected))
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

fn csv_error(file: &str, error: &csv::Error) -> Error {
    let line = error
        .position()
        .map_or(0, |position| position.line() as usize);
    Error::Syntax {
        at: Location::new(file, line),
        message: error.to_string(),
    }
}
