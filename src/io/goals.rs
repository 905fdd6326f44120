//! Goals of both sides in two columns, and the letter that says who won.

use super::records::{Column, Row};
use crate::error::Error;
use crate::fixture::{MOST_GOALS, Outcome, Scoreline, one_sided};

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
    let one_sided = |goals, side| Error::Score {
        at: row.at(),
        problem: one_sided(goals, side),
    };
    match (home, away) {
        (Some(home), Some(away)) => Ok(Some(Scoreline::new(home, away))),
        (None, None) => Ok(None),
        (Some(goals), None) => Err(one_sided(goals, "home")),
        (None, Some(goals)) => Err(one_sided(goals, "away")),
    }
}

/// Holds a column `H`, `D` or `A`, where there is one, to the goals beside it.
pub(super) fn check_result(
    row: Row<'_>,
    column: Option<Column>,
    goals: Option<Scoreline>,
) -> Result<(), Error> {
    let Some((column, letter)) = column
        .map(|column| (column, row.cell(column)))
        .filter(|(_, letter)| !letter.is_empty())
    else {
        return Ok(());
    };
    let result = match letter {
        "H" | "h" => Outcome::HomeWin,
        "D" | "d" => Outcome::Draw,
        "A" | "a" => Outcome::AwayWin,
        _ => return Err(row.bad(column, "H, D or A, or nothing")),
    };
    let problem = match goals {
        Some(goals) if goals.outcome() == result => return Ok(()),
        Some(goals) => format!("but the goals are {goals}: correct one of them"),
        None => "but no goals: give them, or clear the result while it is to be played".into(),
    };
    Err(Error::Score {
        at: row.at(),
        problem: format!("{} `{letter}`, {problem}", column.name),
    })
}
