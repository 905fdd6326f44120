//! Text tables that align by what is seen, in at most 80 columns.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub(super) use crate::standings::ordinal;

/// No line of text is wider.
pub(super) const WIDTH: usize = 80;

const GAP: &str = "  ";
const NARROWEST_NAME: usize = 8;

pub(super) const HEADING: Style = Style::new().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const GOOD: Style = AnsiColor::Green.on_default();

/// A piece of text in a style.
pub(super) fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// One cell of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            style: Style::new(),
        }
    }

    pub(super) fn style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Align {
    Left,
    Right,
}

struct Column {
    heading: String,
    align: Align,
    /// Left out first, last of them first, where the table is too wide.
    optional: bool,
}

/// A table under construction: columns first, then rows.
#[derive(Default)]
pub(super) struct Layout {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    narrowest: usize,
}

impl Layout {
    /// The table's first column, of text; text is cut short where nothing else helps. A heading may
    /// have several lines, here and in every column.
    pub(super) fn names(heading: impl Into<String>) -> Self {
        Self::default().column(heading, Align::Left, false)
    }

    /// Makes the first column at least so wide, so that neighbouring tables align.
    pub(super) fn at_least(mut self, width: usize) -> Self {
        self.narrowest = width;
        self
    }

    pub(super) fn left(self, heading: impl Into<String>) -> Self {
        self.column(heading, Align::Left, false)
    }

    pub(super) fn right(self, heading: impl Into<String>) -> Self {
        self.column(heading, Align::Right, false)
    }

    pub(super) fn optional(self, heading: impl Into<String>) -> Self {
        self.column(heading, Align::Right, true)
    }

    fn column(mut self, heading: impl Into<String>, align: Align, optional: bool) -> Self {
        self.columns.push(Column {
            heading: heading.into(),
            align,
            optional,
        });
        self
    }

    /// Adds a row of as many cells as there are columns.
    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(cells);
    }

    /// The table as lines, each ended.
    pub(super) fn render(&self) -> String {
        let mut shown: Vec<usize> = (0..self.columns.len()).collect();
        let mut widths: Vec<usize> = shown.iter().map(|&column| self.width(column)).collect();
        let total = |shown: &[usize], widths: &[usize]| {
            shown.iter().map(|&column| widths[column]).sum::<usize>()
                + GAP.len() * (shown.len() - 1)
        };
        while total(&shown, &widths) > WIDTH {
            match shown
                .iter()
                .rposition(|&column| self.columns[column].optional)
            {
                Some(position) => {
                    shown.remove(position);
                }
                None => break,
            }
        }
        // Names give way, the longest first.
        while total(&shown, &widths) > WIDTH {
            let text = shown
                .iter()
                .filter(|&&column| self.columns[column].align == Align::Left);
            match text.copied().max_by_key(|&column| widths[column]) {
                Some(widest) if widths[widest] > NARROWEST_NAME => widths[widest] -= 1,
                _ => break,
            }
        }
        let headings = self.headings();
        headings
            .iter()
            .chain(&self.rows)
            .map(|row| self.line(row, &shown, &widths))
            .collect()
    }

    /// The rows of headings: names from the top, all other columns down to the bottom.
    fn headings(&self) -> Vec<Vec<Cell>> {
        let lines = |column: &Column| column.heading.lines().count();
        let height = self.columns.iter().map(lines).max().unwrap_or(0);
        let cell = |row: usize, (index, column): (usize, &Column)| {
            let skipped = if index == 0 {
                0
            } else {
                height - lines(column)
            };
            let line = row
                .checked_sub(skipped)
                .and_then(|line| column.heading.lines().nth(line));
            Cell::new(line.unwrap_or_default()).style(HEADING)
        };
        let row = |row| {
            self.columns
                .iter()
                .enumerate()
                .map(|column| cell(row, column))
                .collect()
        };
        (0..height).map(row).collect()
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().map(|row| row[column].text.width());
        let headings = self.columns[column]
            .heading
            .lines()
            .map(UnicodeWidthStr::width);
        let narrowest = if column == 0 { self.narrowest } else { 0 };
        cells.chain(headings).fold(narrowest, usize::max)
    }

    fn line(&self, row: &[Cell], shown: &[usize], widths: &[usize]) -> String {
        let mut line = String::new();
        for (place, &column) in shown.iter().enumerate() {
            let Cell { text, style } = &row[column];
            let text = shorten(text, widths[column]);
            let padding = " ".repeat(widths[column] - text.width());
            line.push_str(if place == 0 { "" } else { GAP });
            // Blanks at the end stay plain, so that they can be trimmed from the line.
            let (words, blanks) = text.split_at(text.trim_end().len());
            let text = if words.is_empty() {
                text
            } else {
                styled(*style, words) + blanks
            };
            let last = place + 1 == shown.len();
            match self.columns[column].align {
                Align::Right => line.extend([padding, text]),
                Align::Left if last => line.push_str(&text),
                Align::Left => line.extend([text, padding]),
            }
        }
        let mut line = line.trim_end().to_owned();
        line.push('\n');
        line
    }
}

/// Cuts text to a width, with an ellipsis for what is lost.
fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = width.saturating_sub(1);
    for character in text.chars() {
        let width = character.width().unwrap_or(0);
        if width > left {
            break;
        }
        left -= width;
        kept.push(character);
    }
    kept + "…"
}

/// Breaks text into lines of at most 80 columns, each begun by `indent` spaces and ended. Words
/// that no line holds are broken as well.
pub(super) fn wrap(text: &str, indent: usize) -> String {
    let room = WIDTH - indent;
    let mut lines = String::new();
    let mut line = String::new();
    let mut end = |line: &mut String| {
        lines += &format!("{:indent$}{line}\n", "");
        line.clear();
    };
    for word in text.split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > room {
            end(&mut line);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for character in word.chars() {
            if line.width() + character.width().unwrap_or(0) > room {
                end(&mut line);
            }
            line.push(character);
        }
    }
    if !line.is_empty() {
        end(&mut line);
    }
    lines
}

/// A sentence and what there is to note of it, in lines of at most 80 columns.
pub fn with_notes(text: &str, notes: &[String]) -> String {
    let notes = notes.iter().map(|note| wrap(note, 2).replacen(' ', "-", 1));
    wrap(text, 0) + &notes.collect::<String>()
}

/// Breaks the text of a numbered line, the number in front of it and what follows under the text.
pub(super) fn numbered(number: usize, text: &str) -> String {
    const INDENT: usize = 4;
    let lines = wrap(text, INDENT);
    format!("{number:>2}. {}", lines.trim_start())
}

/// Breaks a heading at spaces and after hyphens into lines of at most `width` columns, where words
/// allow.
pub(super) fn stacked(heading: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for piece in heading.split_inclusive([' ', '-']) {
        let line = lines.last_mut().expect("there is always a line");
        match line.is_empty() || line.width() + piece.trim_end().width() <= width {
            true => line.push_str(piece),
            false => lines.push(piece.to_owned()),
        }
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n")
}

/// A whole number with commas between thousands.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_accents_align_and_long_ones_are_cut() {
        let mut layout = Layout::names("team").right("points");
        layout.row(vec![Cell::new("Sagrada Esperança"), Cell::new("8")]);
        layout.row(vec![Cell::new("ザマレク"), Cell::new("16")]);
        layout.row(vec![Cell::new("x".repeat(100)), Cell::new("1")]);
        let plain = anstream_strip(&layout.render());
        let widths: Vec<usize> = plain.lines().map(UnicodeWidthStr::width).collect();
        assert_eq!(widths, [WIDTH; 4]);
        assert!(plain.contains('…'));
    }

    #[test]
    fn optional_columns_go_first() {
        let mut layout = Layout::names("team")
            .optional("a".repeat(40))
            .right("b".repeat(40));
        layout.row(vec![Cell::new("name"), Cell::new("1"), Cell::new("2")]);
        let plain = anstream_strip(&layout.render());
        assert!(!plain.contains("aa") && plain.contains("bb") && plain.contains("name"));
    }

    #[test]
    fn notes_are_wrapped_under_their_first_word() {
        let long = ["word"; 17].join(" ");
        let text = with_notes("What.", &["Short.".into(), long]);
        let last = format!("- {}\n  word word\n", ["word"; 15].join(" "));
        assert_eq!(text, format!("What.\n- Short.\n{last}"));
    }

    #[test]
    fn numbers_and_places_read_well() {
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(thousands(100), "100");
        let places = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111].map(ordinal);
        let words = [
            "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st", "111th",
        ];
        assert_eq!(places, words);
    }

    fn anstream_strip(text: &str) -> String {
        let mut plain = String::new();
        let mut escape = false;
        for character in text.chars() {
            match (escape, character) {
                (false, '\u{1b}') => escape = true,
                (true, 'm') => escape = false,
                (true, _) => {}
                (false, character) => plain.push(character),
            }
        }
        plain
    }
}
