//! football-data.co.uk, main leagues: one file a league and season, with shots and odds. The same
//! columns without `Div` are results alone, as of datahub.io.

use jiff::ToSpan;
use jiff::civil::Date;

use super::dates::DateColumn;
use super::file::InputFile;
use super::goals::{check_result, goals};
use super::ledger::{AtHome, Contest, Ledger, Pairing};
use super::odds::OddsColumns;
use super::records::{Column, Records, Row};
use super::shape::Shape;
use crate::error::Error;

/// Leagues that are a double round robin and nothing else, by the begin of their code. The others
/// meet more often, or go on with play-offs.
const DOUBLE_ROUND_ROBIN: [&str; 8] = ["E", "D", "I", "SP", "F", "N", "P", "T"];

pub(super) fn read(file: &InputFile, shape: Shape, ledger: &mut Ledger<'_>) -> Result<(), Error> {
    let records = Records::parse(file, shape.columns())?;
    let div = records.optional("Div")?;
    let (home, away) = (records.needed("HomeTeam")?, records.needed("AwayTeam")?);
    let (home_goals, away_goals) = (records.needed("FTHG")?, records.needed("FTAG")?);
    let result = records.optional("FTR")?;
    let shots = [records.optional("HST")?, records.optional("AST")?];
    let odds = OddsColumns::of(&records)?;
    let season_column = records.optional("Season")?;
    let dates = dates(file, &records, div)?;
    let season = match season_column {
        Some(_) => String::new(),
        None => season(file, &dates, div.is_some())?,
    };
    for (row, date) in records.rows().zip(dates) {
        let league = match div {
            Some(div) => row.text(div)?,
            None => file.title(),
        };
        let mut played = ledger.fixture(&Pairing {
            line: row.line,
            date,
            league,
            season: season_column.map_or(&season, |column| row.cell(column)),
            home: row.text(home)?,
            away: row.text(away)?,
        })?;
        played.goals = goals(row, home_goals, away_goals)?;
        check_result(row, result, played.goals)?;
        played.shots_on_target = shots_on_target(row, shots)?;
        played.odds = odds.read(row)?;
        // Without a code it may be of anything.
        let contest = div.map_or(Contest::Unknown, |_| ledger.domestic(league));
        ledger.add(at_home(row.cell(div)), contest, played);
    }
    Ok(())
}

fn at_home(code: &str) -> AtHome {
    let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
    match DOUBLE_ROUND_ROBIN.contains(&letters) {
        true => AtHome::Once,
        false => AtHome::OnceAtFirst,
    }
}

fn dates(file: &InputFile, records: &Records<'_>, div: Option<Column>) -> Result<Vec<Date>, Error> {
    let column = records.needed("Date")?;
    let mut style = DateColumn::default();
    let dates = records.rows().map(|row| style.read(row, column));
    let dates: Vec<Date> = dates.collect::<Result<_, _>>()?;
    // Files of football-data.co.uk put the day first, and before the 13th of a first month nothing
    // else shows it. Of other files that is not known.
    match div.is_some() || style.is_told_apart() || dates.is_empty() {
        true => Ok(dates),
        false => Err(Error::DayOrMonth { at: file.at(0) }),
    }
}

/// The season that a file holds, by its first and last day. The leagues that have a code all begin in
/// summer; others may be played within a year.
fn season(file: &InputFile, dates: &[Date], has_code: bool) -> Result<String, Error> {
    let Some((&first, &last)) = dates.iter().min().zip(dates.iter().max()) else {
        return Ok(String::new());
    };
    if first.saturating_add(370.days()) < last {
        return Err(Error::SeveralSeasons {
            at: file.at(0),
            first,
            last,
        });
    }
    Ok(match (first.month() >= 7, has_code) {
        (true, _) => across(first.year()),
        (false, true) => across(first.year() - 1),
        (false, false) if first.year() < last.year() => across(first.year()),
        (false, false) => first.year().to_string(),
    })
}

/// The name of a season that begins in a year and ends in the next.
pub(super) fn across(year: i16) -> String {
    format!("{year}-{:02}", (year + 1).rem_euclid(100))
}

fn shots_on_target(row: Row<'_>, columns: [Option<Column>; 2]) -> Result<Option<[u16; 2]>, Error> {
    let [Some(home), Some(away)] = columns else {
        return Ok(None);
    };
    if !row.has_all(&[home, away])? {
        return Ok(None);
    }
    let shots = |column| row.value(column, "shots on target, a whole number");
    Ok(Some([shots(home)?, shots(away)?]))
}
