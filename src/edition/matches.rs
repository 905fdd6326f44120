//! Reads `matches.csv`: one fixture a line, with its score once there is one.

use jiff::civil::Date;

use super::Listed;
use super::sheet::{Row, Sheet};
use crate::competition::Stage;
use crate::error::{Error, Nearest};
use crate::fixture::{
    FULL_TIME, Fixture, Kind, MOST_GOALS, OnPitch, Score, Scoreline, Status, Venue, one_sided,
    read_date,
};
use crate::team::{TeamId, Teams};

pub(super) const MATCHES_HOLD: &str =
    "it should hold one fixture a line, without a score while it is to be played";

/// What every file of matches has; those that are written start with it.
pub(super) const COLUMNS: [&str; 9] = [
    "stage",
    "group",
    "matchday",
    "date",
    "home",
    "away",
    "home_goals",
    "away_goals",
    "status",
];
const EXTRAS: [&str; 8] = [
    "extra_time",
    "penalties",
    "venue",
    "kind",
    "decided",
    "on_pitch",
    "minutes",
    "note",
];

/// Every fixture, in file order; addresses are given later.
pub(super) fn fixtures(
    file: &str,
    text: &str,
    teams: &Teams,
    stages: &[Stage],
) -> Result<Vec<Listed>, Error> {
    let sheet = Sheet::parse(file, text, &COLUMNS, &EXTRAS, MATCHES_HOLD)?;
    let listed = |row: Row<'_>| {
        Ok(Listed {
            fixture: fixture(row, teams, stages)?,
            address: 0,
            line: row.line(),
        })
    };
    sheet.rows().map(listed).collect()
}

fn fixture(row: Row<'_>, teams: &Teams, stages: &[Stage]) -> Result<Fixture, Error> {
    let stage = named(row, "stage", stages.iter().map(|stage| stage.id.as_str()))?;
    let groups = &stages[stage].groups;
    let group = named(row, "group", groups.iter().map(|group| group.id.as_str()))?;
    let matchday = row.value("matchday", "a whole number from 1")?;
    if !(1..=1000).contains(&matchday) {
        return Err(row.bad("matchday", "a whole number from 1 to 1000"));
    }
    let home = find_team(row, "home", teams)?;
    let away = find_team(row, "away", teams)?;
    if home == away {
        return Err(Error::PlaysItself {
            at: row.at(),
            team: teams.name(home).into(),
        });
    }
    let score = score(row)?;
    let dates = row.optional(
        "date",
        "a date such as 2024-03-03, or a window 2023-08-18/2023-08-20",
    )?;
    if dates.is_none() && score.is_some() {
        return Err(row.bad(
            "date",
            "a date such as 2024-03-03, or a window 2023-08-18/2023-08-20, since the match has a score",
        ));
    }
    Ok(Fixture {
        stage,
        group,
        matchday,
        dates,
        home,
        away,
        venue: match row.text("venue") {
            "" => Venue::Home,
            "neutral" => Venue::Neutral,
            "away" => Venue::Away,
            _ => {
                return Err(row.bad(
                    "venue",
                    "`neutral`, `away`, or nothing for the home side's ground",
                ));
            }
        },
        kind: match row.text("kind") {
            "" => Kind::Regular,
            "replay" => Kind::Replay,
            "play-off" => Kind::PlayOff,
            _ => return Err(row.bad("kind", "`replay`, `play-off`, or nothing")),
        },
        decided: decided(row)?,
        score,
        note: row.text("note").into(),
    })
}

/// The day the official score was known, where the pitch did not give it that day.
fn decided(row: Row<'_>) -> Result<Option<Date>, Error> {
    let later = match row.text("status") {
        "awarded" | "annulled" => true,
        "played" => !row.text("on_pitch").is_empty(),
        _ => false,
    };
    match row.text("decided") {
        "" => Ok(None),
        _ if later => date(row, "decided").map(Some),
        _ => Err(row.bad(
            "decided",
            "nothing, unless the status is `awarded` or `annulled`, or a match broken off was finished later",
        )),
    }
}

pub(super) fn date(row: Row<'_>, column: &'static str) -> Result<Date, Error> {
    read_date(row.text(column)).ok_or_else(|| row.bad(column, "a date such as 2024-03-03"))
}

pub(super) fn find_team(row: Row<'_>, column: &str, teams: &Teams) -> Result<TeamId, Error> {
    let name = row.text(column);
    teams.find(name).map_err(|nearest| Error::UnknownTeam {
        at: row.at(),
        name: name.into(),
        nearest,
    })
}

/// The position of a name in a list.
pub(super) fn named<'a>(
    row: Row<'_>,
    column: &'static str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Result<usize, Error> {
    let name = row.text(column);
    known
        .clone()
        .position(|id| id == name)
        .ok_or_else(|| Error::UnknownWord {
            at: row.at(),
            key: column,
            value: name.into(),
            nearest: Nearest::of(name, known.clone().map(|id| (id, id))),
            known: known.collect::<Vec<_>>().join(", "),
        })
}

fn score(row: Row<'_>) -> Result<Option<Score>, Error> {
    let goals = |column| {
        let goals: Option<u8> = row.optional(column, "goals from 0 to 99, or nothing")?;
        match goals {
            Some(goals) if goals > MOST_GOALS => {
                Err(row.bad(column, "goals from 0 to 99, or nothing"))
            }
            goals => Ok(goals),
        }
    };
    let pair = |column| row.optional::<Scoreline>(column, "a pair such as 4-2, home side first");
    let (home, away) = (goals("home_goals")?, goals("away_goals")?);
    let (extra_time, penalties) = (pair("extra_time")?, pair("penalties")?);
    let on_pitch = on_pitch(row)?;
    let wrong = |problem: String| {
        Err(Error::Score {
            at: row.at(),
            problem,
        })
    };
    let status = match row.text("status") {
        "" => None,
        "played" => Some(Status::Played),
        "awarded" => Some(Status::Awarded),
        "abandoned" => Some(Status::Abandoned),
        "annulled" => Some(Status::Annulled),
        _ => {
            return Err(row.bad(
                "status",
                "`played`, `awarded`, `abandoned`, `annulled`, or nothing without a score",
            ));
        }
    };
    let extras = extra_time.is_some() || penalties.is_some();
    match (home, away, status) {
        (Some(home), Some(away), Some(status @ (Status::Played | Status::Awarded))) => {
            let resumed = status == Status::Played;
            if on_pitch.is_some() && row.text("decided").is_empty() {
                return wrong(format!(
                    "`on_pitch` without the day the {} score was known: fill in `decided`",
                    if resumed { "final" } else { "official" }
                ));
            }
            Ok(Some(Score {
                status,
                goals: Scoreline::new(home, away),
                on_pitch,
                extra_time,
                penalties,
            }))
        }
        (None, None, Some(status @ (Status::Abandoned | Status::Annulled))) if !extras => {
            let Some(played) = on_pitch.or_else(|| {
                let nothing = OnPitch {
                    goals: Scoreline::new(0, 0),
                    minutes: 0,
                };
                (status == Status::Annulled).then_some(nothing)
            }) else {
                return wrong(
                    "an abandoned match without what was played: fill in `on_pitch` and `minutes`"
                        .into(),
                );
            };
            if status == Status::Abandoned && played.minutes == FULL_TIME {
                return wrong("an abandoned match of 90 minutes: fill in `minutes`".into());
            }
            Ok(Some(Score {
                on_pitch,
                ..Score::by(status, played.goals)
            }))
        }
        (_, _, Some(Status::Abandoned | Status::Annulled)) => wrong(format!(
            "status `{}` with a score: what was played belongs into `on_pitch`",
            row.text("status")
        )),
        (Some(home), Some(away), None) => wrong(format!(
            "a score {home}-{away} without a status: write `played`, or `awarded` if it was not played out"
        )),
        (None, None, None) if !extras && on_pitch.is_none() => Ok(None),
        (None, None, None) if extras => {
            wrong("extra time or penalties without a score: give the goals".into())
        }
        (None, None, None) => wrong("`on_pitch` without a status: give it".into()),
        (None, None, Some(_)) => wrong(format!(
            "status `{}` without a score: give the goals or clear the status",
            row.text("status")
        )),
        (Some(goals), None, _) => wrong(one_sided(goals, "home")),
        (None, Some(goals), _) => wrong(one_sided(goals, "away")),
    }
}

/// What was played, where that is not the official score.
fn on_pitch(row: Row<'_>) -> Result<Option<OnPitch>, Error> {
    let goals = row.optional::<Scoreline>("on_pitch", "a pair such as 4-2, home side first")?;
    let minutes: Option<u8> = row.optional("minutes", "minutes played, from 1 to 90")?;
    if minutes.is_some_and(|minutes| !(1..=FULL_TIME).contains(&minutes)) {
        return Err(row.bad("minutes", "minutes played, from 1 to 90"));
    }
    match (goals, minutes) {
        (None, Some(_)) => Err(row.bad("minutes", "nothing without `on_pitch`")),
        (goals, minutes) => Ok(goals.map(|goals| OnPitch {
            goals,
            minutes: minutes.unwrap_or(FULL_TIME),
        })),
    }
}
