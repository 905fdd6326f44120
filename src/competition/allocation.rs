//! Tables that seat third-placed teams: which groups they come from decides who meets whom.

use std::collections::HashMap;

use serde::Serialize;

use crate::error::{Error, Location};

/// A table of seats, and the ranking of places it is entered with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Allocation {
    /// The table.
    pub table: AllocationTable,
    /// Position of the stage that ranks the places; its only group.
    pub ranking: usize,
    /// How many of them are seated.
    pub count: usize,
    /// Position of the earlier stage whose groups are the letters of the table.
    pub letters: usize,
}

/// Who takes which seat, by the set of groups the teams come from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AllocationTable {
    /// Its name in files, such as `euro-2020`.
    pub id: String,
    /// By set of groups, bit *g* being group *g*: for every seat the group whose team takes it.
    #[serde(serialize_with = "by_key")]
    rows: HashMap<u64, Vec<u8>>,
}

/// A hash map has no order of its own, and what depends on it must not either.
fn by_key<S: serde::Serializer>(
    rows: &HashMap<u64, Vec<u8>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let sorted: std::collections::BTreeMap<_, _> = rows.iter().collect();
    sorted.serialize(serializer)
}

impl AllocationTable {
    /// The groups whose teams take the seats, `[seat]`, given the set of groups they come from.
    pub fn row(&self, groups: u64) -> Option<&[u8]> {
        self.rows.get(&groups).map(Vec::as_slice)
    }

    /// Reads a table: a column with the groups that are to be seated, and one for every seat. `names`
    /// are the groups in order, each of one letter, `seats` the seats.
    ///
    /// # Errors
    /// An unknown seat or group, a row that does not seat exactly its groups, a set of groups twice or
    /// not at all.
    pub fn parse(
        id: &str,
        file: &str,
        text: &str,
        names: &[&str],
        seats: &[&str],
    ) -> Result<Self, Error> {
        let wrong = |line: usize, problem: String| Error::AllocationTable {
            at: Location::new(file, line),
            problem,
        };
        let lines = (1..).zip(text.lines().map(str::trim));
        let mut lines = lines.filter(|(_, line)| !line.is_empty());
        let Some((first, header)) = lines.next() else {
            return Err(Error::EmptyFile {
                at: Location::new(file, 0),
                expected: "it should hold the groups that go on, and for every seat whose team takes it",
            });
        };
        let columns: Vec<&str> = header.split(',').map(str::trim).skip(1).collect();
        let column = |seat: &&str| {
            let found = columns.iter().position(|name| name == seat);
            found.ok_or_else(|| {
                let known = columns.join(", ");
                wrong(
                    first,
                    format!("no column for seat `{seat}` (its columns: {known})"),
                )
            })
        };
        let order: Vec<usize> = seats.iter().map(column).collect::<Result<_, _>>()?;
        if columns.len() != seats.len() {
            let (columns, seats) = (columns.len(), seats.len());
            return Err(wrong(
                first,
                format!("{columns} columns of seats where the stage has {seats}"),
            ));
        }
        let mut rows = HashMap::new();
        for (line, text) in lines {
            let cells: Vec<&str> = text.split(',').map(str::trim).collect();
            if cells.len() != 1 + seats.len() {
                let (found, needed) = (cells.len(), 1 + seats.len());
                return Err(wrong(
                    line,
                    format!("{found} cells where the header has {needed}"),
                ));
            }
            let group = |name: &str| {
                let found = names.iter().position(|known| *known == name);
                found.ok_or_else(|| {
                    let known = names.join(", ");
                    wrong(line, format!("no group `{name}` (known: {known})"))
                })
            };
            let letters = cells[0].chars().map(|letter| group(&letter.to_string()));
            let key = letters
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .fold(0, |set, group| set | 1_u64 << group);
            let seated = order.iter().map(|&column| group(cells[1 + column]));
            let seated: Vec<usize> = seated.collect::<Result<_, _>>()?;
            let filled = seated.iter().fold(0, |set, group| set | 1_u64 << group);
            let letters = cells[0].chars().count();
            if filled != key || key.count_ones() as usize != seats.len() || letters != seats.len() {
                let cells = cells[1..].join(" ");
                return Err(wrong(
                    line,
                    format!(
                        "the seats `{cells}` do not hold exactly the groups of the first column"
                    ),
                ));
            }
            let row = seated.into_iter().map(|group| group as u8).collect();
            if rows.insert(key, row).is_some() {
                return Err(wrong(line, format!("a second row for `{}`", cells[0])));
            }
        }
        if let Some(missing) = missing(&rows, names, seats.len()) {
            return Err(wrong(
                0,
                format!("no row for `{missing}`; there must be one for every set"),
            ));
        }
        Ok(Self {
            id: id.into(),
            rows,
        })
    }
}

/// The first set of `count` groups that has no row.
fn missing(rows: &HashMap<u64, Vec<u8>>, names: &[&str], count: usize) -> Option<String> {
    // Every set of so many bits, ascending, by Gosper's step.
    let mut set = (1_u64 << count) - 1;
    while set < 1 << names.len() {
        if !rows.contains_key(&set) {
            let members = (0..names.len()).filter(|group| set >> group & 1 == 1);
            return Some(members.map(|group| names[group]).collect());
        }
        let lowest = set & set.wrapping_neg();
        let ripple = set + lowest;
        set = ripple | (((set ^ ripple) / lowest) >> 2);
    }
    None
}
