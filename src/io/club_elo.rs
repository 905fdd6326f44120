//! Ratings of ClubElo, of one day or of one club.

use super::dates::DateColumn;
use super::file::InputFile;
use super::ledger::Ledger;
use super::records::Records;
use super::shape::Shape;
use crate::error::Error;
use crate::history::Rating;

pub(super) fn read(file: &InputFile, ledger: &mut Ledger<'_>) -> Result<Vec<Rating>, Error> {
    let records = Records::parse(file, Shape::ClubElo.columns())?;
    let (club, country) = (records.needed("Club")?, records.needed("Country")?);
    let (level, elo) = (records.needed("Level")?, records.needed("Elo")?);
    let (from, to) = (records.needed("From")?, records.needed("To")?);
    let mut dates = DateColumn::default();
    let mut ratings = Vec::new();
    ledger.open(&file.name)?;
    for row in records.rows() {
        let team = ledger.team(row.text(club)?)?;
        ledger.set_association(team, row.cell(country));
        let points: f64 = row.value(elo, "Elo points")?;
        if !points.is_finite() {
            return Err(row.bad(elo, "Elo points"));
        }
        let rating = Rating {
            team,
            elo: points,
            from: dates.read(row, from)?,
            to: dates.read(row, to)?,
            level: match row.cell(level) {
                "" => 0,
                _ => row.value(level, "the division, a whole number")?,
            },
        };
        if rating.to < rating.from {
            return Err(row.bad(to, "a day not before `From`"));
        }
        ratings.push(rating);
    }
    Ok(ratings)
}
