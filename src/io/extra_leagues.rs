//! football-data.co.uk, extra leagues: one file a country, all seasons, with odds.

use super::dates::DateColumn;
use super::file::InputFile;
use super::football_data::across;
use super::goals::{check_result, goals};
use super::ledger::{AtHome, Ledger, Pairing};
use super::odds::OddsColumns;
use super::records::Records;
use super::shape::Shape;
use crate::error::Error;

pub(super) fn read(file: &InputFile, ledger: &mut Ledger<'_>) -> Result<(), Error> {
    let records = Records::parse(file, Shape::ExtraLeagues.columns())?;
    let (country, league) = (records.needed("Country")?, records.needed("League")?);
    let (season, date) = (records.needed("Season")?, records.needed("Date")?);
    let (home, away) = (records.needed("Home")?, records.needed("Away")?);
    let (home_goals, away_goals) = (records.needed("HG")?, records.needed("AG")?);
    let result = records.optional("Res")?;
    let odds = OddsColumns::of(&records)?;
    let mut dates = DateColumn::default();
    for row in records.rows() {
        let mut played = ledger.fixture(&Pairing {
            line: row.line,
            date: dates.read(row, date)?,
            league: &format!("{} {}", row.text(country)?, row.text(league)?),
            season: &season_name(row.text(season)?),
            home: row.text(home)?,
            away: row.text(away)?,
        })?;
        played.goals = goals(row, home_goals, away_goals)?;
        check_result(row, result, played.goals)?;
        played.odds = odds.read(row)?;
        // Split seasons, openings and closings, play-offs: no rule holds for all of them.
        let contest = ledger.domestic(row.text(country)?);
        ledger.add(AtHome::Often, contest, played);
    }
    Ok(())
}

/// `2012/2013` as other formats have it.
fn season_name(text: &str) -> String {
    match text
        .split_once('/')
        .map(|(first, last)| (first.parse::<i16>(), last.parse::<i16>()))
    {
        Some((Ok(first @ 1800..=2999), Ok(last))) if last == first + 1 => across(first),
        _ => text.into(),
    }
}
