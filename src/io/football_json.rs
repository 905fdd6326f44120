//! Football.JSON of openfootball: a name and a list of matches, or of rounds with their matches.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::file::InputFile;
use super::football_txt::{is_matchday, is_place, league_and_years, of_round, since};
use super::ledger::{Ledger, Pairing};
use crate::error::{Error, Location};
use crate::fixture::{MOST_GOALS, Score, Scoreline, Status, one_sided, read_date};
use crate::history::PastMatch;

#[derive(Deserialize)]
struct Competition<'a> {
    #[serde(default)]
    name: String,
    #[serde(borrow, default)]
    matches: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    rounds: Vec<Round<'a>>,
}

#[derive(Deserialize)]
struct Round<'a> {
    #[serde(default)]
    name: String,
    #[serde(borrow, default)]
    matches: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Match {
    round: Option<String>,
    group: Option<Name>,
    date: Option<String>,
    team1: Name,
    team2: Name,
    score: Option<Scores>,
    score1: Option<i64>,
    score2: Option<i64>,
    score1et: Option<i64>,
    score2et: Option<i64>,
    score1p: Option<i64>,
    score2p: Option<i64>,
    status: Option<String>,
}

/// A text, or an object that has a name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Named { name: String },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scores {
    Ends {
        ft: Option<[i64; 2]>,
        et: Option<[i64; 2]>,
        p: Option<[i64; 2]>,
    },
    FullTime([i64; 2]),
}

impl Name {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Named { name: text } => text.trim(),
        }
    }
}

pub(super) fn read(file: &InputFile, ledger: &mut Ledger<'_>) -> Result<(), Error> {
    let syntax = |line: usize, error: &serde_json::Error| {
        // What the parser says ends with a place; of a match it is that in the match alone.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Error::Syntax {
            at: file.at(line),
            message: format!("not Football.JSON of openfootball: {message}"),
        }
    };
    let competition: Competition<'_> =
        serde_json::from_str(&file.text).map_err(|error| syntax(error.line(), &error))?;
    let (league, years) = league_and_years(&competition.name);
    let rounds = competition
        .rounds
        .iter()
        .flat_map(|round| round.matches.iter().map(|raw| (round.name.as_str(), *raw)));
    for (round, raw) in competition
        .matches
        .iter()
        .map(|raw| ("", *raw))
        .chain(rounds)
    {
        let place = raw.get().as_ptr() as usize - file.text.as_ptr() as usize;
        let at = Location::of_byte(&file.name, &file.text, place);
        let found: Match = serde_json::from_str(raw.get())
            .map_err(|error| syntax(at.line + error.line() - 1, &error))?;
        let entry = Entry {
            found,
            round,
            at: &at,
        };
        entry.add(&league, &years.name(), ledger)?;
    }
    Ok(())
}

/// A match and where it stands.
struct Entry<'a> {
    found: Match,
    round: &'a str,
    at: &'a Location,
}

impl Entry<'_> {
    fn add(&self, league: &str, season: &str, ledger: &mut Ledger<'_>) -> Result<(), Error> {
        let found = &self.found;
        let (home, away) = (found.team1.text(), found.team2.text());
        for (what, name) in [("team1", home), ("team2", away)] {
            if name.is_empty() {
                return Err(self.bad(what, String::new(), "a name"));
            }
        }
        let ends = self.ends()?;
        if ends.iter().all(Option::is_none) && (is_place(home) || is_place(away)) {
            ledger.add_pending(self.at.line);
            return Ok(());
        }
        let text = found.date.as_deref().unwrap_or_default();
        let date = read_date(text)
            .ok_or_else(|| self.bad("date", text.into(), "a date such as 2016-08-13"))?;
        let mut played = ledger.fixture(&Pairing {
            line: self.at.line,
            date,
            league,
            season,
            home,
            away,
        })?;
        self.enter(&mut played, ends)?;
        played.group = found.group.as_ref().map_or("", Name::text).into();
        played.round = found.round.as_deref().unwrap_or(self.round).into();
        let table = !played.group.is_empty() || is_matchday(&played.round);
        let (at_home, contest) = of_round(table, &played.round);
        ledger.add(at_home, contest, played);
        Ok(())
    }

    fn bad(&self, what: &'static str, value: String, expected: &'static str) -> Error {
        Error::BadValue {
            at: self.at.clone(),
            what,
            value,
            expected,
        }
    }

    fn wrong(&self, problem: &str) -> Error {
        Error::Score {
            at: self.at.clone(),
            problem: problem.into(),
        }
    }

    /// After 90 minutes, after extra time, and of the shoot-out.
    fn ends(&self) -> Result<[Option<Scoreline>; 3], Error> {
        let found = &self.found;
        let goals = |what: &'static str, goals: i64| {
            let small = u8::try_from(goals)
                .ok()
                .filter(|&goals| goals <= MOST_GOALS);
            small.ok_or_else(|| self.bad(what, goals.to_string(), "goals from 0 to 99"))
        };
        let pair = |what, pair: Option<[i64; 2]>| {
            pair.map(|[home, away]| Ok(Scoreline::new(goals(what, home)?, goals(what, away)?)))
                .transpose()
        };
        let both = |what, home: Option<i64>, away: Option<i64>| match (home, away) {
            (None, None) => Ok(None),
            (Some(home), Some(away)) => pair(what, Some([home, away])),
            (Some(goals), None) => Err(self.wrong(&one_sided(goals, "home"))),
            (None, Some(goals)) => Err(self.wrong(&one_sided(goals, "away"))),
        };
        match found.score {
            Some(Scores::Ends { ft, et, p }) => {
                Ok([pair("ft", ft)?, pair("et", et)?, pair("p", p)?])
            }
            Some(Scores::FullTime(goals)) => Ok([pair("score", Some(goals))?, None, None]),
            None => Ok([
                both("score", found.score1, found.score2)?,
                both("et", found.score1et, found.score2et)?,
                both("p", found.score1p, found.score2p)?,
            ]),
        }
    }

    fn enter(
        &self,
        played: &mut PastMatch,
        [full_time, end, penalties]: [Option<Scoreline>; 3],
    ) -> Result<(), Error> {
        played.goals = full_time.or(end);
        played.after_extra_time = full_time.is_none() && end.is_some();
        played.penalties = penalties;
        if let (Some(full_time), Some(end)) = (full_time, end) {
            let extra = since(full_time, end).map_err(|problem| self.wrong(problem))?;
            played.extra_time = Some(extra);
        }
        if played.penalties.is_some() && played.goals.is_none() {
            return Err(self.wrong("a shoot-out without the goals before it"));
        }
        let status = match self
            .found
            .status
            .as_deref()
            .map(str::to_lowercase)
            .as_deref()
        {
            None | Some("" | "postponed" | "cancelled" | "canceled" | "suspended") => return Ok(()),
            Some("awarded") => Status::Awarded,
            Some("abandoned") => Status::Abandoned,
            Some("annulled") => Status::Annulled,
            Some(other) => {
                let expected = "`postponed`, `cancelled`, `abandoned`, `awarded` or `annulled`";
                return Err(self.bad("status", other.into(), expected));
            }
        };
        match played.goals.take() {
            Some(goals) => played.ruling = Some(Score::by(status, goals)),
            None => return Err(self.wrong("awarded, abandoned or annulled, but without a score")),
        }
        Ok(())
    }
}
