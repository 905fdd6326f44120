//! CSV files of others: the columns that are needed must be there, all others are passed over.

use std::str::FromStr;

use csv::StringRecord;

use super::file::InputFile;
use crate::error::{Error, Location};

/// A CSV file with its line numbers.
pub(super) struct Records<'a> {
    file: &'a InputFile,
    header: Vec<String>,
    header_line: usize,
    rows: Vec<(usize, StringRecord)>,
}

/// A column of a file.
#[derive(Clone, Copy)]
pub(super) struct Column {
    index: usize,
    pub(super) name: &'static str,
}

/// One line of [`Records`].
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    file: &'a InputFile,
    pub(super) line: usize,
    /// How many the header has.
    cells: usize,
    record: &'a StringRecord,
}

impl<'a> Records<'a> {
    /// Reads a file; lines without any text are passed over, and so are empty cells beyond the
    /// header. A line may end early, and the cells it lacks are empty, but not before a column of
    /// `needed`.
    pub(super) fn parse(file: &'a InputFile, needed: &[&'static str]) -> Result<Self, Error> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(file.text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| Error::Syntax {
                at: file.at(0),
                message: error.to_string(),
            })?;
            let line = record.position().map_or(0, |place| {
                // Where a record is said to begin, empty lines may come first.
                let rest = file.text.as_bytes().get(place.byte() as usize..);
                let empty = rest.unwrap_or_default().iter().take_while(|&&b| b == b'\n');
                place.line() as usize + empty.count()
            });
            if record.iter().any(|cell| cell.contains('\n')) {
                return Err(Error::OpenQuote { at: file.at(line) });
            }
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                rows.push((line, record));
            }
        }
        if rows.is_empty() {
            return Err(Error::EmptyFile {
                at: file.at(0),
                expected: "it should hold a line of column names and one line for each match",
            });
        }
        let (header_line, header) = rows.remove(0);
        let header: Vec<String> = header.iter().map(|name| name.trim().into()).collect();
        for (line, record) in &rows {
            if record
                .iter()
                .skip(header.len())
                .any(|cell| !cell.trim().is_empty())
            {
                return Err(Error::CellCount {
                    at: file.at(*line),
                    found: record.len(),
                    expected: header.len(),
                });
            }
            let lacking = header.iter().skip(record.len());
            if let Some(column) = lacking.filter_map(|name| find(needed, name)).next() {
                return Err(Error::LineEnds {
                    at: file.at(*line),
                    found: record.len(),
                    expected: header.len(),
                    column,
                });
            }
        }
        Ok(Self {
            file,
            header,
            header_line,
            rows,
        })
    }

    fn at_header(&self) -> Location {
        self.file.at(self.header_line)
    }

    /// A column that may be there, once.
    pub(super) fn optional(&self, name: &'static str) -> Result<Option<Column>, Error> {
        let mut found = (0..self.header.len()).filter(|&index| self.header[index] == name);
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(Error::RepeatedColumn {
                at: self.at_header(),
                column: name.into(),
            }),
            (index, None) => Ok(index.map(|index| Column { index, name })),
        }
    }

    /// A column that must be there, once.
    pub(super) fn needed(&self, name: &'static str) -> Result<Column, Error> {
        self.optional(name)?.ok_or_else(|| Error::MissingColumn {
            at: self.at_header(),
            column: name,
        })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row {
            file: self.file,
            line: *line,
            cells: self.header.len(),
            record,
        })
    }
}

fn find(names: &[&'static str], name: &str) -> Option<&'static str> {
    names.iter().copied().find(|&known| known == name)
}

impl<'a> Row<'a> {
    pub(super) fn at(&self) -> Location {
        self.file.at(self.line)
    }

    /// A cell, empty where nothing is known. `NA` is how R writes that.
    pub(super) fn cell(&self, column: impl Into<Option<Column>>) -> &'a str {
        let column: Option<Column> = column.into();
        let cell = column
            .and_then(|column| self.record.get(column.index))
            .map(str::trim);
        cell.filter(|&cell| cell != "NA").unwrap_or_default()
    }

    /// Whether all of some cells hold something, that mean nothing without one another. A line that
    /// ends between them was cut off.
    pub(super) fn has_all(&self, columns: &[Column]) -> Result<bool, Error> {
        let ended = |column: &&Column| column.index >= self.record.len();
        match columns.iter().find(ended) {
            Some(column) if !columns.iter().all(|column| ended(&column)) => Err(Error::LineEnds {
                at: self.at(),
                found: self.record.len(),
                expected: self.cells,
                column: column.name,
            }),
            _ => Ok(columns.iter().all(|&column| !self.cell(column).is_empty())),
        }
    }

    /// A cell that must hold a text.
    pub(super) fn text(&self, column: Column) -> Result<&'a str, Error> {
        match self.cell(column) {
            "" => Err(self.bad(column, "a name")),
            text => Ok(text),
        }
    }

    /// A cell that must hold a value; Rust's numbers may begin with a plus sign, those of a file not.
    pub(super) fn value<T: FromStr>(
        &self,
        column: Column,
        expected: &'static str,
    ) -> Result<T, Error> {
        let cell = Some(self.cell(column)).filter(|cell| !cell.starts_with('+'));
        let value = cell.and_then(|cell| cell.parse().ok());
        value.ok_or_else(|| self.bad(column, expected))
    }

    /// The error that a cell cannot say what it says.
    pub(super) fn bad(&self, column: Column, expected: &'static str) -> Error {
        Error::BadValue {
            at: self.at(),
            what: column.name,
            value: self.cell(column).into(),
            expected,
        }
    }
}
