//! Which names mean the same team: a CSV file `alias,name`.

use std::collections::HashMap;
use std::path::Path;

use super::file::InputFile;
use super::records::Records;
use crate::error::Error;

/// Other spellings of teams. They hold for every file that is read, and each team of the history gets
/// its own as [`crate::team::Team::aliases`], so that an edition's spelling is found as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// `[name]`: its aliases in file order.
    of_name: HashMap<String, Vec<String>>,
    /// From aliases, in lower case, to names.
    names: HashMap<String, String>,
}

impl Aliases {
    /// Reads a file of the columns `alias` and `name`.
    ///
    /// # Errors
    /// A file that cannot be read, an empty cell, or an alias that has two names or is one.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let file = InputFile::read(path)?;
        let records = Records::parse(&file, &["alias", "name"])?;
        let (alias, name) = (records.needed("alias")?, records.needed("name")?);
        let mut aliases = Self::default();
        let mut lines = Vec::new();
        for row in records.rows() {
            let (alias, name) = (row.text(alias)?, row.text(name)?);
            if alias.to_lowercase() == name.to_lowercase() {
                continue;
            }
            match aliases.names.insert(alias.to_lowercase(), name.into()) {
                Some(other) if other != name => {
                    return Err(Error::NameTaken {
                        at: row.at(),
                        name: alias.into(),
                        other,
                    });
                }
                Some(_) => continue,
                None => {}
            }
            let of_name = aliases.of_name.entry(name.into()).or_default();
            of_name.push(alias.into());
            lines.push((row.at(), name));
        }
        // One step leads to the name: there are no aliases of aliases.
        for (at, name) in lines {
            if let Some(other) = aliases.names.get(&name.to_lowercase()) {
                return Err(Error::NameTaken {
                    at,
                    name: name.into(),
                    other: other.clone(),
                });
            }
        }
        Ok(aliases)
    }

    /// The name that a spelling means.
    pub(super) fn name<'a>(&'a self, spelling: &'a str) -> &'a str {
        let found = self.names.get(&spelling.to_lowercase());
        found.map_or(spelling, String::as_str)
    }

    /// Every other spelling of a name.
    pub(super) fn of(&self, name: &str) -> Vec<String> {
        self.of_name.get(name).cloned().unwrap_or_default()
    }
}
