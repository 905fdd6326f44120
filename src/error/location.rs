//! Where in an input file.

use std::fmt;

/// A place in an input file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as the user named it.
    pub file: Box<str>,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
}

impl Location {
    /// A line of a file.
    pub fn new(file: &str, line: usize) -> Self {
        Self {
            file: file.into(),
            line,
        }
    }

    /// The line that holds a byte of the file's text.
    pub fn of_byte(file: &str, text: &str, byte: usize) -> Self {
        let before = &text.as_bytes()[..byte.min(text.len())];
        Self::new(
            file,
            1 + before.iter().filter(|&&byte| byte == b'\n').count(),
        )
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.file),
            line => write!(f, "{}:{line}", self.file),
        }
    }
}
