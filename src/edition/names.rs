//! Names that stand for one thing each, and words of a fixed list.

use std::collections::HashMap;

use toml::Spanned;

use super::raw::File;
use super::structure::Declared;
use crate::error::{Error, Location, Nearest};
use crate::team::Team;

/// The fit holds a square of twice the teams.
pub(super) const MOST_TEAMS: usize = 1000;

/// No two teams may answer to one name.
pub(super) fn check_names(teams: &[Team], places: &[Location]) -> Result<(), Error> {
    if teams.len() > MOST_TEAMS {
        return Err(Error::TooMany {
            at: places[0].clone(),
            what: "teams",
            found: teams.len() as u64,
            most: MOST_TEAMS as u64,
        });
    }
    let mut taken: HashMap<String, &str> = HashMap::new();
    for (team, at) in teams.iter().zip(places) {
        for spelling in team.spellings() {
            match taken.insert(spelling.to_lowercase(), &team.name) {
                None => {}
                Some(other) => {
                    return Err(Error::NameTaken {
                        at: at.clone(),
                        name: spelling.into(),
                        other: other.into(),
                    });
                }
            }
        }
    }
    Ok(())
}

/// Whether a text can stand for something in files and in print.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(char::is_control)
}

pub(super) fn unique(
    before: &[&str],
    id: &Spanned<String>,
    what: &'static str,
    file: File<'_>,
) -> Result<(), Error> {
    let name = id.get_ref();
    if !is_name(name) {
        return Err(Error::BadValue {
            at: file.at(id),
            what,
            value: name.trim().into(),
            expected: "a name, without spaces round it",
        });
    }
    // Such a name could not be told from the parts of a place.
    if what != "outcome" && (name.contains('/') || name == "*") {
        return Err(Error::BadValue {
            at: file.at(id),
            what,
            value: name.clone(),
            expected: "a name without `/`, and not `*`, as it is part of places `stage/group/position`",
        });
    }
    match before.contains(&name.as_str()) {
        true => Err(Error::Repeated {
            at: file.at(id),
            what,
            id: name.clone(),
        }),
        false => Ok(()),
    }
}

impl Declared<'_> {
    /// One of a list of words.
    pub(super) fn word<T: Copy>(
        &self,
        key: &'static str,
        word: &Spanned<String>,
        words: &[(&str, T)],
    ) -> Result<T, Error> {
        let name = word.get_ref();
        let found = words.iter().find(|(known, _)| known == name);
        found.map(|row| row.1).ok_or_else(|| Error::UnknownWord {
            at: self.file.at(word),
            key,
            value: name.clone(),
            nearest: Nearest::of(name, words.iter().map(|row| (row.0, row.0))),
            known: listed(words.iter().map(|row| row.0)),
        })
    }
}

/// Words in a row; where one of them has a comma, it does not part them.
fn listed<'a>(words: impl Iterator<Item = &'a str> + Clone) -> String {
    let comma = words.clone().any(|word| word.contains(','));
    let words: Vec<&str> = words.collect();
    words.join(if comma { "; " } else { ", " })
}
