//! Reads others' files: results and fixtures into a [`History`], ratings into [`Ratings`].
//!
//! What a file is shows in its content, not in its name; `docs/import.md` lists the formats. Nothing
//! is guessed and nothing is dropped: what is not understood is an [`Error`] with file, line and value.

mod aliases;
mod club_elo;
mod dates;
mod engsoccerdata;
mod extra_leagues;
pub(crate) mod file;
mod football_data;
mod football_json;
mod football_txt;
mod goals;
mod internationals;
mod ledger;
mod odds;
mod records;
mod shape;
mod spi;

use std::path::Path;

pub use self::aliases::Aliases;
use self::file::InputFile;
pub(crate) use self::football_txt::is_matchday;
use self::ledger::Ledger;
use self::shape::Shape;
use crate::error::{Error, Location};
use crate::history::{History, Ratings};

/// Reads any number of files, each in any of the formats, into one history. Teams of one name, or
/// whose names `aliases` holds equal, are one team.
///
/// # Errors
/// The first thing found that cannot be right, in the order of the files; then what only shows when
/// they are joined, such as a match that two of them hold.
pub fn read<P: AsRef<Path>>(paths: &[P], aliases: &Aliases) -> Result<History, Error> {
    let mut ledger = Ledger::new(aliases);
    for path in paths {
        let file = InputFile::read(path.as_ref())?;
        add(&file, &mut ledger)?;
    }
    ledger.finish()
}

/// Reads the text of a file that is named `name`, as [`read`] does.
///
/// # Errors
/// As those of [`read`].
pub fn parse(name: &str, bytes: &[u8], aliases: &Aliases) -> Result<History, Error> {
    let mut ledger = Ledger::new(aliases);
    add(&InputFile::new(name, bytes), &mut ledger)?;
    ledger.finish()
}

fn add(file: &InputFile, ledger: &mut Ledger<'_>) -> Result<(), Error> {
    ledger.open(&file.name)?;
    match Shape::of(file)? {
        shape @ (Shape::FootballData | Shape::Results) => football_data::read(file, shape, ledger),
        Shape::ExtraLeagues => extra_leagues::read(file, ledger),
        Shape::Internationals => internationals::read(file, ledger),
        Shape::Engsoccerdata => engsoccerdata::read(file, ledger),
        Shape::Spi => spi::read(file, ledger),
        Shape::FootballTxt => football_txt::read(file, ledger),
        Shape::FootballJson => football_json::read(file, ledger),
        Shape::ClubElo => Err(Error::OtherContent {
            at: Location::new(&file.name, 0),
            found: "ratings of ClubElo",
            wanted: "matches",
        }),
    }
}

/// Reads ratings of ClubElo from any number of files.
///
/// # Errors
/// The first thing found that cannot be right.
pub fn read_ratings<P: AsRef<Path>>(paths: &[P], aliases: &Aliases) -> Result<Ratings, Error> {
    let mut ledger = Ledger::new(aliases);
    let mut ratings = Vec::new();
    for path in paths {
        let file = InputFile::read(path.as_ref())?;
        match Shape::of(&file)? {
            Shape::ClubElo => ratings.extend(club_elo::read(&file, &mut ledger)?),
            _ => {
                return Err(Error::OtherContent {
                    at: Location::new(&file.name, 0),
                    found: "matches",
                    wanted: "ratings of ClubElo",
                });
            }
        }
    }
    Ok(Ratings {
        teams: ledger.into_teams(),
        ratings,
    })
}
