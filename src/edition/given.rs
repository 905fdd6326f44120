//! Forecasts of pairings from a CSV file.

use super::sheet::{Row, Sheet};
use crate::error::{Error, Location};
use crate::fixture::Venue;
use crate::model::{Forecast, GRID_SIDE, GivenPairing, Margin, Pairing, ScoreGrid};
use crate::team::{TeamId, Teams};

const RATES: [&str; 2] = ["home_rate", "away_rate"];
const OUTCOMES: [&str; 3] = ["home_win", "draw", "away_win"];
const ODDS: [&str; 3] = ["home_odds", "draw_odds", "away_odds"];
const CELL: [&str; 3] = ["home_goals", "away_goals", "probability"];

/// Probabilities may miss a sum of one by this much, and are then scaled.
const ROUNDING: f64 = 0.01;

/// Reads forecasts of pairings from the text of a file: rates, probabilities of the outcomes, odds,
/// or one line for each cell of a grid; the columns tell which.
///
/// # Errors
/// An [`Error`] with file and line for whatever the file cannot mean.
pub fn read_forecasts(
    file: &str,
    text: &str,
    teams: &Teams,
    margin: Margin,
) -> Result<Vec<GivenPairing>, Error> {
    let optional: Vec<&'static str> = ["venue"]
        .into_iter()
        .chain(RATES)
        .chain(OUTCOMES)
        .chain(ODDS)
        .chain(CELL)
        .collect();
    let sheet = Sheet::parse(
        file,
        text,
        &["home_team", "away_team"],
        &optional,
        "it should hold pairings with their rates, probabilities, odds or grids",
    )?;
    let mut given: Vec<GivenPairing> = Vec::new();
    let mut grids: Vec<Cells> = Vec::new();
    for row in sheet.rows() {
        let pairing = pairing(row, teams)?;
        let has = |columns: &[&str]| columns.iter().any(|column| !row.text(column).is_empty());
        let kinds = [has(&RATES), has(&OUTCOMES), has(&ODDS), has(&CELL)];
        if kinds.iter().filter(|&&kind| kind).count() != 1 {
            let expected = "either rates, or probabilities, or odds, or a cell of a grid";
            return Err(row.bad("home_team", expected));
        }
        let title = || {
            format!(
                "{} v {}",
                teams.name(pairing.home),
                teams.name(pairing.away)
            )
        };
        let repeated = |what: String, first| Error::RepeatedForecast {
            at: row.at(),
            what: format!("{what} {}", title()),
            first,
        };
        let [.., has_cell] = kinds;
        let listed = given.iter().map(|given| (given.pairing, given.at.line));
        let in_cells = grids.iter().filter(|_| !has_cell);
        let mut listed = listed.chain(in_cells.map(|grid| (grid.pairing, grid.at.line)));
        if let Some((_, first)) = listed.find(|(known, _)| *known == pairing) {
            return Err(repeated("the forecast of".into(), first));
        }
        let forecast = match kinds {
            [true, ..] => {
                let [home, away] = RATES;
                Forecast::Rates([positive(row, home)?, positive(row, away)?])
            }
            [_, true, ..] => Forecast::Outcomes(outcomes(row)?),
            [_, _, true, _] => {
                let [home, draw, away] = ODDS.map(|column| odds(row, column));
                let odds = [home?, draw?, away?];
                let booksum: f64 = odds.iter().map(|odds| 1.0 / odds).sum();
                if booksum < 1.0 {
                    return Err(row.bad("home_odds", "odds whose inverses sum to 1 or more"));
                }
                Forecast::Outcomes(margin.probabilities(odds))
            }
            _ => {
                let goals = |column| {
                    let goals: usize = row.value(column, "0 to 15 goals")?;
                    let goals = Some(goals).filter(|&goals| goals < GRID_SIDE);
                    goals.ok_or_else(|| row.bad(column, "0 to 15 goals"))
                };
                let (home, away) = (goals(CELL[0])?, goals(CELL[1])?);
                let share = share(row, CELL[2])?;
                let known = grids.iter().position(|grid| grid.pairing == pairing);
                let position = known.unwrap_or_else(|| {
                    grids.push(Cells {
                        pairing,
                        title: title(),
                        at: row.at(),
                        shares: [[None; GRID_SIDE]; GRID_SIDE],
                    });
                    grids.len() - 1
                });
                let cell = &mut grids[position].shares[home][away];
                if let Some((first, _)) = *cell {
                    return Err(repeated(
                        format!("the probability of {home}-{away} in"),
                        first,
                    ));
                }
                *cell = Some((row.line(), share));
                continue;
            }
        };
        given.push(GivenPairing {
            pairing,
            forecast,
            title: title(),
            at: row.at(),
        });
    }
    for Cells {
        pairing,
        title,
        at,
        shares,
    } in grids
    {
        let cells = shares.map(|row| row.map(|cell| cell.map_or(0.0, |(_, share)| share)));
        let sum: f64 = cells.iter().flatten().sum();
        if (sum - 1.0).abs() > ROUNDING {
            return Err(Error::BadValue {
                at,
                what: "probability",
                value: format!("{sum:.4}"),
                expected: "cells of a grid that sum to 1",
            });
        }
        let grid = ScoreGrid::from_weights(|home, away| cells[home][away]);
        let forecast = Forecast::Grid(Box::new(grid));
        given.push(GivenPairing {
            pairing,
            forecast,
            title,
            at,
        });
    }
    match given.is_empty() {
        true => Err(Error::TooFew {
            at: Location::new(file, 0),
            what: "forecasts",
            found: 0,
            least: 1,
        }),
        false => Ok(given),
    }
}

/// A grid as far as its cells are read.
struct Cells {
    pairing: Pairing,
    title: String,
    /// The first of its lines.
    at: Location,
    /// `[home goals][away goals]`: line and probability.
    shares: [[Option<(usize, f64)>; GRID_SIDE]; GRID_SIDE],
}

fn pairing(row: Row<'_>, teams: &Teams) -> Result<Pairing, Error> {
    let team = |column: &'static str| -> Result<TeamId, Error> {
        let name = row.text(column);
        teams.find(name).map_err(|nearest| Error::UnknownTeam {
            at: row.at(),
            name: name.into(),
            nearest,
        })
    };
    let (home, away) = (team("home_team")?, team("away_team")?);
    if home == away {
        return Err(Error::PlaysItself {
            at: row.at(),
            team: teams.name(home).into(),
        });
    }
    let venue = match row.text("venue") {
        "" | "home" => Venue::Home,
        "neutral" => Venue::Neutral,
        _ => return Err(row.bad("venue", "`home` or `neutral`")),
    };
    Ok(Pairing { home, away, venue })
}

fn positive(row: Row<'_>, column: &'static str) -> Result<f64, Error> {
    const EXPECTED: &str = "goals per match, above 0 and up to 12";
    let rate: f64 = row.value(column, EXPECTED)?;
    let rate = Some(rate).filter(|rate| (f64::MIN_POSITIVE..=12.0).contains(rate));
    rate.ok_or_else(|| row.bad(column, EXPECTED))
}

fn odds(row: Row<'_>, column: &'static str) -> Result<f64, Error> {
    const EXPECTED: &str = "decimal odds above 1";
    let odds: f64 = row.value(column, EXPECTED)?;
    let odds = Some(odds).filter(|&odds| odds > 1.0 && odds.is_finite());
    odds.ok_or_else(|| row.bad(column, EXPECTED))
}

fn share(row: Row<'_>, column: &'static str) -> Result<f64, Error> {
    const EXPECTED: &str = "a probability from 0 to 1";
    let share: f64 = row.value(column, EXPECTED)?;
    let share = Some(share).filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| row.bad(column, EXPECTED))
}

fn outcomes(row: Row<'_>) -> Result<[f64; 3], Error> {
    let [home, draw, away] = OUTCOMES.map(|column| share(row, column));
    let outcomes = [home?, draw?, away?];
    let sum: f64 = outcomes.iter().sum();
    match (sum - 1.0).abs() <= ROUNDING {
        true => Ok(outcomes.map(|outcome| outcome / sum)),
        false => Err(row.bad("home_win", "three probabilities that sum to 1")),
    }
}
