//! Goals of both sides in two columns.

use super::records::{Column, Row};
use crate::error::Error;
use crate::fixture::{MOST_GOALS, Scoreline};

const GOALS: &str = "goals from 0 to 99, or nothing while it is to be played";

/// The goals of a match; `None` while it is to be played.
pub(super) fn goals(
    row: Row<'_>,
    home: impl Into<Option<Column>>,
    away: impl Into<Option<Column>>,
) -> Result<Option<Scoreline>, Error> {
    let goals = |column: Option<Column>| match column {
        Some(column) if !row.cell(column).is_empty() => match row.value(column, GOALS)? {
            goals if goals > MOST_GOALS => Err(row.bad(column, GOALS)),
            goals => Ok(Some(goals)),
        },
        _ => Ok(None),
    };
    let (home, away) = (goals(home.into())?, goals(away.into())?);
    match (home, away) {
        (Some(home), Some(away)) => Ok(Some(Scoreline::new(home, away))),
        (None, None) => Ok(None),
        (home, away) => {
            let shown =
                |goals: Option<u8>| goals.map_or_else(String::new, |goals| goals.to_string());
            Err(Error::Score {
                at: row.at(),
                problem: format!(
                    "goals of one side only, `{}-{}`: give both, or neither while it is to be played",
                    shown(home),
                    shown(away)
                ),
            })
        }
    }
}
