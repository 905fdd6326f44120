//! Dates as CSV files write them, years first or days first in one file.

use jiff::civil::Date;

use super::records::{Column, Row};
use crate::error::Error;
use crate::fixture::read_date;

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Iso,
    ShortYear,
    LongYear,
}

impl Style {
    fn name(self) -> &'static str {
        match self {
            Self::Iso => "yyyy-mm-dd",
            Self::ShortYear => "dd/mm/yy",
            Self::LongYear => "dd/mm/yyyy",
        }
    }
}

const DATE: &str = "a date such as 2016-08-13, 13/08/2016 or 13/08/16";

/// Reads the dates of one file, and holds it to one order: days first, with two or four digits of the
/// year, or years first.
#[derive(Default)]
pub(super) struct DateColumn {
    first: Option<(Style, usize)>,
    /// Whether some day is above 12, and so cannot be a month.
    day_seen: bool,
}

impl DateColumn {
    pub(super) fn read(&mut self, row: Row<'_>, column: Column) -> Result<Date, Error> {
        let text = row.cell(column);
        let (style, date) = read(text).ok_or_else(|| row.bad(column, DATE))?;
        let (first, line) = *self.first.get_or_insert((style, row.line));
        self.day_seen |= style == Style::Iso || date.day() > 12;
        match (style == Style::Iso) == (first == Style::Iso) {
            true => Ok(date),
            false => Err(Error::MixedDates {
                at: row.at(),
                value: text.into(),
                style: style.name(),
                first: first.name(),
                line,
            }),
        }
    }

    /// Whether some date shows that days come first.
    pub(super) fn is_told_apart(&self) -> bool {
        self.day_seen
    }
}

fn read(text: &str) -> Option<(Style, Date)> {
    if let Some(date) = read_date(text) {
        return Some((Style::Iso, date));
    }
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<i16>().ok().filter(|_| digits)
    };
    let (style, century) = match year.len() {
        4 => (Style::LongYear, 0),
        // The oldest files are of 1993.
        2 if number(year)? >= 80 => (Style::ShortYear, 1900),
        2 => (Style::ShortYear, 2000),
        _ => return None,
    };
    let whole = parts.next().is_none() && day.len() <= 2 && month.len() <= 2;
    let (day, month) = (
        number(day)?.try_into().ok()?,
        number(month)?.try_into().ok()?,
    );
    let date = Date::new(century + number(year)?, month, day).ok()?;
    whole.then_some((style, date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_before_months_and_years_have_two_or_four_digits() {
        let shown = |text: &str| read(text).map(|(style, date)| format!("{date} {}", style.name()));
        assert_eq!(shown("13/08/16").unwrap(), "2016-08-13 dd/mm/yy");
        assert_eq!(shown("5/8/93").unwrap(), "1993-08-05 dd/mm/yy");
        assert_eq!(shown("13/08/2016").unwrap(), "2016-08-13 dd/mm/yyyy");
        assert_eq!(shown("2016-08-13").unwrap(), "2016-08-13 yyyy-mm-dd");
        for bad in [
            "08/13/2016",
            "13/08/216",
            "13/08",
            "13/08/16/1",
            "+3/08/16",
            "",
            "13.08.16",
        ] {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }
}
