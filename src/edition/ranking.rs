//! Reads what clubs did in seasons before, and the points that gives them.

use std::collections::HashMap;

use serde::Serialize;
use toml::Spanned;

use super::Edition;
use super::raw::{File, Number, RawRanking, RawSeason};
use super::sheet::{Row, Sheet};
use super::teams::Thousandths;
use crate::competition::ranking::{Entries, Performance, Points, Ranking, Scheme, Season};
use crate::error::{Error, Location, Nearest};
use crate::team::{TeamId, Teams};

/// What an edition says of a ranking over several seasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClubRanking {
    /// Why it cannot be worked out.
    Unknown(String),
    /// Performances and what they give.
    Known {
        /// How performances become points.
        scheme: Scheme,
        /// In file order.
        performances: Vec<Performance>,
    },
}

pub(super) const RANKING_HOLDS: &str = "it should hold what clubs reached in earlier seasons, one a line, as [ranking] in edition.toml says";

const COLUMNS: [&str; 5] = ["season", "competition", "club", "association", "reached"];

/// More for one season is taken for a typing error.
const LARGEST_WEIGHT: i64 = 1000;

impl Edition {
    /// The ranking over several seasons, where the sources allow one.
    pub fn ranking(&self) -> Option<Ranking> {
        match self.ranking.as_ref()? {
            ClubRanking::Unknown(_) => None,
            ClubRanking::Known {
                scheme,
                performances,
            } => Some(Ranking::of(scheme, performances)),
        }
    }

    /// The teams of an association.
    pub fn entered(&self, association: &str) -> impl Iterator<Item = TeamId> {
        let teams = self.teams.iter();
        teams
            .filter(move |(_, team)| team.association == association)
            .map(|(id, _)| id)
    }
}

/// Reads `[ranking]`, and `ranking.csv` where it is needed; `read` gives name and text of that file.
pub(super) fn ranking(
    raw: &Spanned<RawRanking>,
    file: File<'_>,
    read: impl FnOnce() -> Result<(String, String), Error>,
    teams: &Teams,
) -> Result<ClubRanking, Error> {
    let declared = raw.get_ref();
    if let Some(reason) = &declared.unknown {
        let alone = declared.name.is_none()
            && declared.window.is_empty()
            && declared.points.is_empty()
            && declared.entries.is_none();
        return match alone && !reason.trim().is_empty() {
            true => Ok(ClubRanking::Unknown(reason.clone())),
            false => Err(wrong(
                file.at(raw),
                "`unknown` says why there is no ranking, and stands alone".into(),
            )),
        };
    }
    let scheme = scheme(raw, file)?;
    let (name, text) = read()?;
    let performances = performances(&name, &text, &scheme, teams)?;
    Ok(ClubRanking::Known {
        scheme,
        performances,
    })
}

fn wrong(at: Location, problem: String) -> Error {
    Error::Ranking { at, problem }
}

fn scheme(raw: &Spanned<RawRanking>, file: File<'_>) -> Result<Scheme, Error> {
    let declared = raw.get_ref();
    let (Some(name), Some(cite)) = (&declared.name, &declared.cite) else {
        return Err(wrong(
            file.at(raw),
            "it needs `name` and `cite`, or `unknown` with the reason why there is none".into(),
        ));
    };
    if declared.window.is_empty() || declared.points.is_empty() {
        return Err(wrong(
            file.at(raw),
            "it needs a `window` of seasons and the `points` of at least one competition".into(),
        ));
    }
    let mut window: Vec<Season> = Vec::new();
    for RawSeason { season, weight } in &declared.window {
        if window.iter().any(|known| known.season == *season.get_ref()) {
            return Err(Error::Repeated {
                at: file.at(season),
                what: "season",
                id: season.get_ref().clone(),
            });
        }
        if !(1..=LARGEST_WEIGHT).contains(weight.get_ref()) {
            return Err(Error::BadValue {
                at: file.at(weight),
                what: "weight",
                value: weight.get_ref().to_string(),
                expected: "a whole number from 1 to 1000",
            });
        }
        window.push(Season {
            season: season.get_ref().clone(),
            weight: *weight.get_ref(),
        });
    }
    let competitions = declared.points.iter().map(|(competition, points)| {
        let given = points.iter().map(|(reached, number)| {
            let points = thousandths(*number.get_ref()).ok_or_else(|| Error::BadValue {
                at: file.at(number),
                what: "points",
                value: number.get_ref().to_string(),
                expected: "a number from 0 with up to three decimals",
            });
            Ok((reached.clone(), points?))
        });
        Ok((competition.clone(), given.collect::<Result<_, Error>>()?))
    });
    let entries = declared.entries.as_ref().map(|entries| {
        let entries = entries.get_ref();
        Entries {
            best: entries.best,
            teams: entries.teams,
            others: entries.others,
        }
    });
    Ok(Scheme {
        name: name.clone(),
        cite: cite.clone(),
        window,
        competitions: competitions.collect::<Result<_, Error>>()?,
        entries,
    })
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Decimal(number) => number.fmt(f),
        }
    }
}

/// A decimal number read back from its shortest text is what was written, and so exact.
fn thousandths(number: Number) -> Option<Points> {
    let text = number.to_string();
    match text.parse() {
        Ok(Thousandths(points)) => Some(points),
        Err(()) => (text == "0").then_some(0),
    }
}

fn performances(
    file: &str,
    text: &str,
    scheme: &Scheme,
    teams: &Teams,
) -> Result<Vec<Performance>, Error> {
    let sheet = Sheet::parse(file, text, &COLUMNS, &[], RANKING_HOLDS)?;
    let mut performances: Vec<Performance> = Vec::new();
    let mut seen: HashMap<[String; 3], usize> = HashMap::new();
    let mut home: HashMap<String, (String, usize)> = HashMap::new();
    for row in sheet.rows() {
        let performance = performance(row, scheme, teams)?;
        let Performance {
            season,
            competition,
            club,
            association,
            ..
        } = &performance;
        let key = [season, competition, club].map(String::clone);
        if let Some(first) = seen.insert(key, row.line()) {
            let problem = format!(
                "{club} in {competition} of {season} is already on line {first}; remove one"
            );
            return Err(wrong(row.at(), problem));
        }
        let (known, first) = home
            .entry(club.clone())
            .or_insert_with(|| (association.clone(), row.line()));
        if known != association {
            let problem = format!(
                "{club} of {association}, but of {known} on line {first}; a club has one association"
            );
            return Err(wrong(row.at(), problem));
        }
        performances.push(performance);
    }
    let played = |season: &Season| {
        let mut rows = performances.iter();
        rows.any(|performance| performance.season == season.season)
    };
    match scheme.window.iter().find(|season| !played(season)) {
        None => Ok(performances),
        Some(season) => {
            let mut known: Vec<&str> = performances.iter().map(|row| row.season.as_str()).collect();
            known.dedup();
            let problem = format!(
                "no row for season `{}`, which the window of [ranking] counts (seasons here: {}); add its rows or \
                 correct the window",
                season.season,
                known.join(", ")
            );
            Err(wrong(Location::new(file, 0), problem))
        }
    }
}

fn performance(row: Row<'_>, scheme: &Scheme, teams: &Teams) -> Result<Performance, Error> {
    let needed = |column: &'static str| match row.text(column) {
        "" => Err(row.bad(column, "a text")),
        text => Ok(text.to_owned()),
    };
    let unknown = |key: &'static str, known: Vec<&str>| Error::UnknownWord {
        at: row.at(),
        key,
        value: row.text(key).into(),
        nearest: Nearest::of(row.text(key), known.iter().map(|name| (*name, *name))),
        known: known.join(", "),
    };
    let competitions = &scheme.competitions;
    let Some(points) = competitions.get(row.text("competition")) else {
        let known = competitions.keys().map(String::as_str).collect();
        return Err(unknown("competition", known));
    };
    if !points.contains_key(row.text("reached")) {
        let known = points.keys().map(String::as_str).collect();
        return Err(unknown("reached", known));
    }
    let club = needed("club")?;
    Ok(Performance {
        season: needed("season")?,
        competition: needed("competition")?,
        // An entrant is called here as it is called everywhere else.
        club: match teams.named(&club) {
            Some(team) => teams.name(team).to_owned(),
            None => club,
        },
        association: needed("association")?,
        reached: needed("reached")?,
    })
}
