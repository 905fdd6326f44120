//! Bookmakers' odds, as football-data.co.uk names its columns.

use super::records::{Column, Records, Row};
use crate::error::Error;
use crate::history::{Odds, OddsSource};

/// The columns of home, draw and away, best source first.
const SOURCES: [(OddsSource, [&str; 3]); 8] = [
    (OddsSource::PinnacleClosing, ["PSCH", "PSCD", "PSCA"]),
    (OddsSource::AverageClosing, ["AvgCH", "AvgCD", "AvgCA"]),
    (OddsSource::Bet365Closing, ["B365CH", "B365CD", "B365CA"]),
    (OddsSource::Pinnacle, ["PSH", "PSD", "PSA"]),
    (OddsSource::Pinnacle, ["PH", "PD", "PA"]),
    (OddsSource::Average, ["BbAvH", "BbAvD", "BbAvA"]),
    (OddsSource::Average, ["AvgH", "AvgD", "AvgA"]),
    (OddsSource::Bet365, ["B365H", "B365D", "B365A"]),
];

/// The odds columns that a file has, best source first.
pub(super) struct OddsColumns(Vec<(OddsSource, [Column; 3])>);

impl OddsColumns {
    pub(super) fn of(records: &Records<'_>) -> Result<Self, Error> {
        let mut found = Vec::new();
        for (source, [home, draw, away]) in SOURCES {
            let columns = [
                records.optional(home)?,
                records.optional(draw)?,
                records.optional(away)?,
            ];
            if let [Some(home), Some(draw), Some(away)] = columns {
                found.push((source, [home, draw, away]));
            }
        }
        Ok(Self(found))
    }

    /// The best odds of a match of which all three are there.
    pub(super) fn read(&self, row: Row<'_>) -> Result<Option<Odds>, Error> {
        let mut found = None;
        for &(source, columns) in &self.0 {
            if row.has_all(&columns)? {
                found = found.or(Some((source, columns)));
            }
        }
        let Some((source, columns)) = found else {
            return Ok(None);
        };
        let price = |column| {
            let expected = "decimal odds above 1, or nothing";
            let price: f64 = row.value(column, expected)?;
            match price.is_finite() && price > 1.0 {
                true => Ok(price),
                false => Err(row.bad(column, expected)),
            }
        };
        let odds = Odds {
            home: price(columns[0])?,
            draw: price(columns[1])?,
            away: price(columns[2])?,
            source,
        };
        // The best of several bookmakers may leave no margin; one of them, or their average, does.
        match odds.margin() < 0.0 {
            true => Err(Error::NegativeMargin {
                at: row.at(),
                bookmaker: source,
                odds: [odds.home, odds.draw, odds.away],
                margin: odds.margin(),
            }),
            false => Ok(Some(odds)),
        }
    }
}
