//! Matches of FiveThirtyEight's Soccer Power Index, with the probabilities it gave.

use super::dates::DateColumn;
use super::file::InputFile;
use super::goals::goals;
use super::ledger::{AtHome, Contest, Ledger, Pairing};
use super::records::{Column, Records, Row};
use super::shape::Shape;
use crate::error::Error;

/// By how much rounded probabilities may miss a sum of one.
const ROUNDING: f64 = 0.01;

pub(super) fn read(file: &InputFile, ledger: &mut Ledger<'_>) -> Result<(), Error> {
    let records = Records::parse(file, Shape::Spi.columns())?;
    let (season, date) = (records.needed("season")?, records.needed("date")?);
    let league = records.needed("league")?;
    let (home, away) = (records.needed("team1")?, records.needed("team2")?);
    let (home_goals, away_goals) = (records.needed("score1")?, records.needed("score2")?);
    let columns = [
        records.optional("prob1")?,
        records.optional("probtie")?,
        records.optional("prob2")?,
    ];
    let mut dates = DateColumn::default();
    for row in records.rows() {
        let mut played = ledger.fixture(&Pairing {
            line: row.line,
            date: dates.read(row, date)?,
            league: row.text(league)?,
            season: row.text(season)?,
            home: row.text(home)?,
            away: row.text(away)?,
        })?;
        played.goals = goals(row, home_goals, away_goals)?;
        played.given = given(row, columns)?;
        ledger.add(AtHome::Often, Contest::Unknown, played);
    }
    Ok(())
}

/// The probabilities of a match, where all three are there.
fn given(row: Row<'_>, columns: [Option<Column>; 3]) -> Result<Option<[f64; 3]>, Error> {
    let [Some(home), Some(draw), Some(away)] = columns else {
        return Ok(None);
    };
    if !row.has_all(&[home, draw, away])? {
        return Ok(None);
    }
    let probability = |column| {
        let expected = "a probability from 0 to 1, or nothing";
        let value: f64 = row.value(column, expected)?;
        match (0.0..=1.0).contains(&value) {
            true => Ok(value),
            false => Err(row.bad(column, expected)),
        }
    };
    let given = [probability(home)?, probability(draw)?, probability(away)?];
    let sum: f64 = given.iter().sum();
    match (sum - 1.0).abs() <= ROUNDING {
        true => Ok(Some(given.map(|value| value / sum))),
        false => Err(Error::Score {
            at: row.at(),
            problem: format!(
                "probabilities {}, {} and {} sum to {sum:.3} instead of 1: correct them",
                given[0], given[1], given[2]
            ),
        }),
    }
}
