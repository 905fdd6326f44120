//! Days as Football.TXT writes them: `[Sat Aug/13]`, `Jul 16 16:00`, `14-6-24`, `05.04.1959`.

use jiff::civil::{Date, Weekday};

/// A day as written, without its year where that is inherited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    weekday: Option<Weekday>,
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    day: i8,
}

/// The first and the last year of a season, once known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::io) struct Years(pub(super) Option<(i16, i16)>);

impl Years {
    /// Reads `2016/17`, `2016-2017` or `2024`.
    pub(super) fn read(text: &str) -> Self {
        let year = |text: &str| {
            text.parse::<i16>()
                .ok()
                .filter(|year| (1850..=2999).contains(year))
        };
        let mut parts = text.split(['/', '-', '–']);
        let (first, last) = (parts.next().and_then(year), parts.next());
        let years = match (first, last) {
            (Some(first), None) => Some((first, first)),
            (Some(first), Some(last)) => {
                let next = first + 1;
                let short = format!("{:02}", next % 100);
                (last == short || last == next.to_string()).then_some((first, next))
            }
            (None, _) => None,
        };
        Self(years.filter(|_| parts.next().is_none()))
    }

    /// The season of a first day: from July on it goes on into the next year.
    pub(super) fn around(year: i16, month: i8) -> Self {
        Self(Some(if month >= 7 {
            (year, year + 1)
        } else {
            (year, year)
        }))
    }

    pub(in crate::io) fn is_unknown(&self) -> bool {
        self.0.is_none()
    }

    /// The day in its year: in a season over two years, July to December are in the first. In
    /// summer, when one season may end or the next begin, the day of the week decides if it can.
    pub(super) fn date(&self, day: Day) -> Option<Date> {
        let (first, last) = self.0?;
        let on = |year: i16| Date::new(year, day.month, day.day).ok();
        if let Some(year) = day.year {
            return on(year);
        }
        let (likely, other) = if day.month >= 7 {
            (first, last)
        } else {
            (last, first)
        };
        let fits = |year: i16| on(year).filter(|date| Some(date.weekday()) == day.weekday);
        match (6..=8).contains(&day.month) {
            true => fits(likely).or_else(|| fits(other)).or_else(|| on(likely)),
            false => on(likely),
        }
    }
}

/// Takes a day from the front of a text.
pub(super) fn day(text: &str) -> Option<(Day, &str)> {
    let (inside, after) = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => (text, ""),
    };
    let bracketed = text.starts_with('[');
    let mut rest = inside.trim_start();
    let (first, after_first) = word(rest);
    let weekday = weekday(first.trim_end_matches([',', '.']));
    if weekday.is_some() {
        rest = after_first;
    }
    let (day, rest) = numeric(rest).or_else(|| named(rest))?;
    let day = Day { weekday, ..day };
    match bracketed {
        true if rest.trim().is_empty() => Some((day, after.trim_start())),
        true => None,
        false => Some((day, rest.trim_start())),
    }
}

/// `14-6-24`, `05.04.1959`, `2024-06-14`.
fn numeric(text: &str) -> Option<(Day, &str)> {
    let (first, rest) = word(text);
    let parts: Vec<&str> = first.split(['-', '.', '/']).collect();
    let [a, b, c] = parts[..] else {
        return None;
    };
    if [a, b, c]
        .iter()
        .any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return None;
    }
    let (year, day) = match (a.len(), c.len()) {
        (4, 1 | 2) => (a.parse().ok()?, c),
        (1 | 2, 4) => (c.parse().ok()?, a),
        // Two digits: the last hundred years or so.
        (1 | 2, 2) => match c.parse::<i16>().ok()? {
            late @ 50.. => (1900 + late, a),
            early => (2000 + early, a),
        },
        _ => return None,
    };
    valid(Some(year), b.parse().ok()?, day.parse().ok()?).map(|day| (day, rest))
}

/// `Aug/13`, `Aug 13 2016`, `26 June`.
fn named(text: &str) -> Option<(Day, &str)> {
    let (first, after) = word(text);
    let (month_name, number, rest) = match first.split_once('/') {
        Some((month, day)) if month.bytes().all(|byte| byte.is_ascii_digit()) => {
            (day, month, after)
        }
        Some((month, day)) => (month, day, after),
        None => {
            let (second, rest) = word(after);
            match month(second.trim_end_matches([',', '.'])) {
                Some(_) => (second, first, rest),
                None => (first, second, rest),
            }
        }
    };
    let month = month(month_name.trim_end_matches([',', '.']))?;
    let number = number.trim_end_matches([',', '.']);
    let day = number.parse().ok().filter(|_| number.len() <= 2)?;
    // A year follows after one space; what follows after two may be a club, such as 1899 Hoffenheim.
    let (year, after_year) = word(rest);
    let alone = !rest.starts_with("  ") && year.len() == 4;
    match year
        .parse::<i16>()
        .ok()
        .filter(|year| alone && (1871..=2999).contains(year))
    {
        Some(year) => valid(Some(year), month, day).map(|day| (day, after_year)),
        None => valid(None, month, day).map(|day| (day, rest)),
    }
}

fn valid(year: Option<i16>, month: i8, day: i8) -> Option<Day> {
    let plausible = (1..=12).contains(&month) && (1..=31).contains(&day);
    plausible.then_some(Day {
        weekday: None,
        year,
        month,
        day,
    })
}

/// The first word of a text and what follows it, spaces and all.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

fn weekday(name: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    abbreviated(name, &NAMES)
}

fn month(name: &str) -> Option<i8> {
    const NAMES: [(&str, i8); 12] = [
        ("january", 1),
        ("february", 2),
        ("march", 3),
        ("april", 4),
        ("may", 5),
        ("june", 6),
        ("july", 7),
        ("august", 8),
        ("september", 9),
        ("october", 10),
        ("november", 11),
        ("december", 12),
    ];
    abbreviated(name, &NAMES)
}

/// A name written out, or its first three letters or more.
fn abbreviated<T: Copy>(name: &str, names: &[(&str, T)]) -> Option<T> {
    let name = name.to_ascii_lowercase();
    let found = names
        .iter()
        .find(|(whole, _)| name.len() >= 3 && whole.starts_with(&name));
    found.map(|(_, value)| *value)
}

/// Passes over the time of day and its zone.
pub(super) fn without_time(text: &str) -> &str {
    let (first, rest) = word(text);
    let time = first.split_once([':', '.']).is_some_and(|(hour, minute)| {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        (1..=2).contains(&hour.len()) && minute.len() == 2 && digits(hour) && digits(minute)
    });
    // German scores look like times: what is left says which it was.
    if !time || rest.trim().is_empty() {
        return text;
    }
    let mut rest = rest.trim_start();
    if let Some(zone) = rest.strip_prefix('(') {
        rest = zone
            .split_once(')')
            .map_or("", |(_, rest)| rest)
            .trim_start();
    }
    let (zone, after) = word(rest);
    match zone.starts_with("UTC") || zone.starts_with("GMT") {
        true => after.trim_start(),
        false => rest,
    }
}
