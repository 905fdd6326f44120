//! Leagues and cups of the R package engsoccerdata: one file a country or cup, all seasons.

use jiff::civil::Date;

use super::dates::DateColumn;
use super::file::InputFile;
use super::football_data::across;
use super::goals::{check_result, goals};
use super::ledger::{AtHome, Contest, Ledger, Pairing};
use super::records::Records;
use super::shape::Shape;
use crate::error::Error;
use crate::fixture::Venue;

pub(super) fn read(file: &InputFile, ledger: &mut Ledger<'_>) -> Result<(), Error> {
    let records = Records::parse(file, Shape::Engsoccerdata.columns())?;
    let (date, season) = (records.needed("Date")?, records.needed("Season")?);
    let (home, away) = (records.needed("home")?, records.needed("visitor")?);
    let (home_goals, away_goals) = (records.needed("hgoal")?, records.needed("vgoal")?);
    let (division, tier) = (records.optional("division")?, records.optional("tier")?);
    let result = records.optional("result")?;
    let (round, group) = (records.optional("round")?, records.optional("group")?);
    let (aet, neutral) = (records.optional("aet")?, records.optional("neutral")?);
    let mut dates = DateColumn::default();
    for row in records.rows() {
        let year: i16 = row.value(season, "the year in which the season began")?;
        if !(1800..=2999).contains(&year) {
            return Err(row.bad(season, "the year in which the season began"));
        }
        let level = match row.cell(division) {
            "" => row.cell(tier),
            division => division,
        };
        let league = format!("{} {level}", file.title()).trim().to_owned();
        let date: Date = dates.read(row, date)?;
        let mut played = ledger.fixture(&Pairing {
            line: row.line,
            date,
            league: &league,
            season: &across(year),
            home: row.text(home)?,
            away: row.text(away)?,
        })?;
        played.goals = goals(row, home_goals, away_goals)?;
        check_result(row, result, played.goals)?;
        played.after_extra_time = row.cell(aet).eq_ignore_ascii_case("yes");
        if row.cell(neutral).eq_ignore_ascii_case("yes") {
            played.venue = Venue::Neutral;
        }
        played.group = row.cell(group).into();
        played.round = row.cell(round).into();
        let (at_home, contest) = match (level.is_empty(), row.cell(round).is_empty()) {
            (false, true) => (AtHome::OnceAtFirst, ledger.domestic(&league)),
            (true, true) => (AtHome::OnceAtFirst, Contest::Unknown),
            (true, false) => (AtHome::OnceAtFirst, Contest::Cup),
            (false, false) => (AtHome::Often, Contest::Unknown),
        };
        ledger.add(at_home, contest, played);
    }
    Ok(())
}
