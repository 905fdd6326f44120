//! Internationals as martj42 collects them: one file, a tournament each row. Scores count extra time
//! and do not say where it was played.

use super::dates::DateColumn;
use super::file::InputFile;
use super::goals::goals;
use super::ledger::{AtHome, Contest, Ledger, Pairing};
use super::records::Records;
use super::shape::Shape;
use crate::error::Error;
use crate::fixture::Venue;

pub(super) fn read(file: &InputFile, ledger: &mut Ledger<'_>) -> Result<(), Error> {
    let records = Records::parse(file, Shape::Internationals.columns())?;
    let date = records.needed("date")?;
    let (home, away) = (records.needed("home_team")?, records.needed("away_team")?);
    let (home_goals, away_goals) = (records.needed("home_score")?, records.needed("away_score")?);
    let (tournament, neutral) = (records.needed("tournament")?, records.needed("neutral")?);
    let country = records.optional("country")?;
    let mut dates = DateColumn::default();
    for row in records.rows() {
        let date = dates.read(row, date)?;
        let mut played = ledger.fixture(&Pairing {
            line: row.line,
            date,
            league: row.text(tournament)?,
            season: &date.year().to_string(),
            home: row.text(home)?,
            away: row.text(away)?,
        })?;
        played.goals = goals(row, home_goals, away_goals)?;
        played.venue = match row.cell(neutral).to_ascii_lowercase().as_str() {
            "false" => Venue::Home,
            "true" if row.cell(country) == row.cell(away) => Venue::Away,
            "true" => Venue::Neutral,
            _ => return Err(row.bad(neutral, "TRUE or FALSE")),
        };
        ledger.add(AtHome::Often, Contest::Unknown, played);
    }
    Ok(())
}
