//! Reads the files of an edition. What they say is taken as it stands; `structure` checks it.

use std::str::FromStr;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::sheet::{Row, Sheet};
use super::source::{Source, embedded_rulebook, embedded_rulebooks};
use super::structure::{Declared, check_fixtures, check_names, declare};
use super::{Covariate, CovariateColumn, Edition, KnownValue, Listed, Missing};
use crate::competition::{Competition, Rulebook, Stage};
use crate::error::{Error, Location, Nearest, toml_error};
use crate::fixture::{Fixture, MOST_GOALS, Score, Scoreline, Status, Venue, read_date};
use crate::standings::{External, Metric};
use crate::team::{Team, TeamId, Teams};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEdition {
    name: Spanned<String>,
    rulebook: Spanned<String>,
    #[serde(default)]
    outcomes: Vec<RawOutcome>,
    strengths: Option<RawStrengths>,
    #[serde(rename = "stage")]
    stages: Vec<RawStage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOutcome {
    pub(super) name: Spanned<String>,
    pub(super) places: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStrengths {
    covariate: CovariateWord,
    better: Better,
    #[serde(default)]
    missing: MissingWord,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CovariateWord {
    AssociationRank,
    Coefficient,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Better {
    Higher,
    Lower,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum MissingWord {
    Worst,
    #[default]
    Average,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStage {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) order: Spanned<String>,
    pub(super) legs: Spanned<u32>,
    pub(super) drawn: Option<Spanned<toml::value::Datetime>>,
    pub(super) groups: Vec<RawGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    pub(super) id: Spanned<String>,
    #[serde(default)]
    pub(super) entrants: Vec<Spanned<String>>,
    pub(super) unknown: Option<String>,
}

/// A file of the edition, for the lines that errors name.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
}

impl File<'_> {
    pub(super) fn at<T>(&self, spanned: &Spanned<T>) -> Location {
        Location::of_byte(self.name, self.text, spanned.span().start)
    }
}

impl Edition {
    /// Opens an embedded edition by name, or a folder by path, and checks everything that does not
    /// depend on scores.
    ///
    /// # Errors
    /// Every [`Error`] that names a file: the first thing found that cannot be right.
    pub fn open(edition: &str) -> Result<Self, Error> {
        let source = Source::find(edition)?;
        let read = |file: &str| Ok((source.file_name(file), source.read(file)?));
        let needed = |file: &str, expected| {
            let (name, text) = read(file)?;
            let at = Location::new(&name, 0);
            let text = text.ok_or(Error::MissingFile { at, expected })?;
            Ok::<_, Error>((name, text))
        };
        let (name, text) = read("edition.toml")?;
        let Some(text) = text else {
            return Err(Error::NoEdition {
                path: edition.into(),
            });
        };
        let file = File {
            name: &name,
            text: &text,
        };
        if text.trim().is_empty() {
            let expected = "it should hold the name, rulebook and stages of an edition";
            return Err(Error::EmptyFile {
                at: Location::new(&name, 0),
                expected,
            });
        }
        let raw: RawEdition = toml::from_str(&text).map_err(|e| toml_error(&name, &text, &e))?;
        if raw.name.get_ref().trim().is_empty() || raw.stages.is_empty() {
            return Err(Error::BadValue {
                at: file.at(&raw.name),
                what: "edition",
                value: raw.name.get_ref().clone(),
                expected: "a name, and at least one stage",
            });
        }
        let rulebook = rulebook(&source, &raw.rulebook, file)?;

        let (teams_file, teams_text) = needed("teams.csv", TEAMS_HOLD)?;
        let stage_ids: Vec<&str> = raw
            .stages
            .iter()
            .map(|stage| stage.id.get_ref().as_str())
            .collect();
        let teams = teams(&teams_file, &teams_text, &stage_ids)?;
        let covariate = raw.strengths.map(covariate);
        check_covariate(covariate, &teams, &teams_file)?;
        let declared = Declared {
            file,
            teams: &teams,
            rulebook: &rulebook,
        };
        let (stages, outcomes) = declare(&raw.stages, &raw.outcomes, declared)?;

        let (matches_file, matches_text) = needed("matches.csv", MATCHES_HOLD)?;
        let fixtures = fixtures(&matches_file, &matches_text, &teams, &stages)?;
        check_fixtures(&matches_file, &fixtures, &teams, &stages)?;

        let (values_file, values_text) = read("values.csv")?;
        let mut values = coefficients(&teams);
        if let Some(text) = values_text {
            values.extend(known_values(&values_file, &text, &teams)?);
        }
        Ok(Self {
            id: source.id(),
            name: raw.name.into_inner(),
            competition: Competition {
                rulebook,
                stages,
                outcomes,
            },
            covariate,
            teams,
            fixtures,
            values,
            file: matches_file,
        })
    }
}

fn rulebook(source: &Source, id: &Spanned<String>, edition: File<'_>) -> Result<Rulebook, Error> {
    let name = id.get_ref();
    let own = format!("{name}.toml");
    let plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    if plain && let Some(text) = source.read(&own)? {
        return Rulebook::parse(name, &source.file_name(&own), &text);
    }
    match embedded_rulebook(name) {
        Some(text) => Rulebook::parse(name, &own, text),
        None => Err(Error::UnknownRulebook {
            at: edition.at(id),
            name: name.clone(),
            nearest: Nearest::of(name, embedded_rulebooks().map(|known| (known, known))),
        }),
    }
}

fn covariate(raw: RawStrengths) -> Covariate {
    Covariate {
        column: match raw.covariate {
            CovariateWord::AssociationRank => CovariateColumn::AssociationRank,
            CovariateWord::Coefficient => CovariateColumn::Coefficient,
        },
        higher_is_better: raw.better == Better::Higher,
        missing: match raw.missing {
            MissingWord::Worst => Missing::Worst,
            MissingWord::Average => Missing::Average,
        },
    }
}

const TEAMS_HOLD: &str = "it should hold one team a line, with at least the column `name`";
const MATCHES_HOLD: &str =
    "it should hold one fixture a line, without a score while it is to be played";

/// A covariate that no team has would silently count for nothing.
fn check_covariate(covariate: Option<Covariate>, teams: &Teams, file: &str) -> Result<(), Error> {
    let Some(Covariate { column, .. }) = covariate else {
        return Ok(());
    };
    let has = |team: &Team| match column {
        CovariateColumn::AssociationRank => team.association_rank.is_some(),
        CovariateColumn::Coefficient => team.coefficient.is_some(),
    };
    match teams.iter().any(|(_, team)| has(team)) {
        true => Ok(()),
        false => Err(Error::NoCovariate {
            at: Location::new(file, 0),
            column: column.name(),
        }),
    }
}

const TEAM_COLUMNS: [&str; 8] = [
    "association",
    "aliases",
    "association_rank",
    "qualifying_method",
    "entry_round",
    "pot",
    "coefficient",
    "note",
];

fn teams(file: &str, text: &str, stages: &[&str]) -> Result<Teams, Error> {
    let sheet = Sheet::parse(file, text, &["name"], &TEAM_COLUMNS, TEAMS_HOLD)?;
    let mut teams = Vec::new();
    let mut places = Vec::new();
    for row in sheet.rows() {
        if row.text("name").is_empty() || row.text("name").contains(char::is_control) {
            return Err(row.bad("name", "the name of a team"));
        }
        if !row.text("entry_round").is_empty() {
            named(row, "entry_round", stages.iter().copied())?;
        }
        let aliases = row.text("aliases").split('|').map(str::trim);
        let rank = row.optional("association_rank", "a whole number from 1, or nothing")?;
        if rank == Some(0) {
            return Err(row.bad("association_rank", "a whole number from 1, or nothing"));
        }
        teams.push(Team {
            name: row.text("name").into(),
            aliases: aliases
                .filter(|alias| !alias.is_empty())
                .map(str::to_owned)
                .collect(),
            association: row.text("association").into(),
            association_rank: rank,
            qualifying_method: row.text("qualifying_method").into(),
            entry_round: row.text("entry_round").into(),
            pot: row.optional("pot", "a whole number, or nothing")?,
            coefficient: row
                .optional::<Thousandths>(
                    "coefficient",
                    "a positive number with up to three decimals",
                )?
                .map(|thousandths| thousandths.0),
            note: row.text("note").into(),
        });
        places.push(row.at());
    }
    check_names(&teams, &places)?;
    if teams.len() < 2 {
        return Err(Error::TooFew {
            at: Location::new(file, 0),
            what: "teams",
            found: teams.len(),
            least: 2,
        });
    }
    Ok(Teams::new(teams))
}

/// A positive decimal number, exact to three places.
struct Thousandths(i64);

impl FromStr for Thousandths {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > 9
            || decimals.len() > 3
            || !digits(whole)
            || !digits(decimals)
        {
            return Err(());
        }
        let value = format!("{whole}{decimals:0<3}").parse().map_err(|_| ())?;
        if value > 0 { Ok(Self(value)) } else { Err(()) }
    }
}

fn coefficients(teams: &Teams) -> Vec<KnownValue> {
    let known = |(team, facts): (TeamId, &Team)| {
        let external = External::Coefficient;
        facts.coefficient.map(|value| KnownValue {
            external,
            team,
            known: None,
            value,
        })
    };
    teams.iter().filter_map(known).collect()
}

fn known_values(file: &str, text: &str, teams: &Teams) -> Result<Vec<KnownValue>, Error> {
    let expected = "remove it, or give one value a line";
    let sheet = Sheet::parse(
        file,
        text,
        &["value", "team", "known", "amount"],
        &[],
        expected,
    )?;
    let mut values: Vec<(usize, KnownValue)> = Vec::new();
    for row in sheet.rows() {
        let new = known_value(row, teams)?;
        let same = |old: &KnownValue| {
            (old.external, old.team, old.known) == (new.external, new.team, new.known)
        };
        if let Some((first, _)) = values.iter().find(|(_, old)| same(old)) {
            return Err(Error::RepeatedValue {
                at: row.at(),
                value: new.external.to_string(),
                team: teams.name(new.team).into(),
                first: *first,
            });
        }
        values.push((row.line(), new));
    }
    // Of several days the last one known counts, so it is set last.
    values.sort_by_key(|(_, value)| value.known);
    Ok(values.into_iter().map(|(_, value)| value).collect())
}

fn known_value(row: Row<'_>, teams: &Teams) -> Result<KnownValue, Error> {
    let names = || {
        Metric::NAMES
            .iter()
            .filter_map(|(name, metric)| match metric {
                Metric::External(external) => Some((*name, *external)),
                _ => None,
            })
    };
    let word = row.text("value");
    let (_, external) =
        names()
            .find(|(name, _)| *name == word)
            .ok_or_else(|| Error::UnknownWord {
                at: row.at(),
                key: "value",
                value: word.into(),
                nearest: Nearest::of(word, names().map(|(name, _)| (name, name))),
                known: names().map(|(name, _)| name).collect::<Vec<_>>().join(", "),
            })?;
    let value = match external {
        External::Coefficient => {
            row.value::<Thousandths>("amount", "a positive number with up to three decimals")?
                .0
        }
        _ => row.value::<u32>("amount", "a whole number")?.into(),
    };
    Ok(KnownValue {
        external,
        team: find_team(row, "team", teams)?,
        known: Some(date(row, "known")?),
        value,
    })
}

fn date(row: Row<'_>, column: &'static str) -> Result<Date, Error> {
    read_date(row.text(column)).ok_or_else(|| row.bad(column, "a date such as 2024-03-03"))
}

fn find_team(row: Row<'_>, column: &str, teams: &Teams) -> Result<TeamId, Error> {
    let name = row.text(column);
    teams.find(name).map_err(|nearest| Error::UnknownTeam {
        at: row.at(),
        name: name.into(),
        nearest,
    })
}

const MATCH_COLUMNS: [&str; 9] = [
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
const MATCH_EXTRAS: [&str; 5] = ["extra_time", "penalties", "venue", "decided", "note"];

fn fixtures(file: &str, text: &str, teams: &Teams, stages: &[Stage]) -> Result<Vec<Listed>, Error> {
    let sheet = Sheet::parse(file, text, &MATCH_COLUMNS, &MATCH_EXTRAS, MATCHES_HOLD)?;
    let listed = |(address, row): (usize, Row<'_>)| {
        Ok(Listed {
            fixture: fixture(row, teams, stages)?,
            address,
            line: row.line(),
        })
    };
    sheet.rows().enumerate().map(listed).collect()
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
    Ok(Fixture {
        stage,
        group,
        matchday,
        dates: row.value(
            "date",
            "a date such as 2024-03-03, or a window 2023-08-18/2023-08-20",
        )?,
        home,
        away,
        venue: match row.text("venue") {
            "" => Venue::Home,
            "neutral" => Venue::Neutral,
            _ => return Err(row.bad("venue", "`neutral`, or nothing for the home side's ground")),
        },
        decided: decided(row)?,
        score: score(row)?,
        note: row.text("note").into(),
    })
}

/// The day of a decision, which only an awarded score has.
fn decided(row: Row<'_>) -> Result<Option<Date>, Error> {
    match (row.text("decided"), row.text("status")) {
        ("", _) => Ok(None),
        (_, "awarded") => date(row, "decided").map(Some),
        _ => Err(row.bad("decided", "nothing, unless the status is `awarded`")),
    }
}

fn named<'a>(
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
        _ => return Err(row.bad("status", "`played`, `awarded`, or nothing without a score")),
    };
    match (home, away, status) {
        (Some(home), Some(away), Some(status)) => {
            let goals = Scoreline::new(home, away);
            Ok(Some(Score {
                status,
                goals,
                extra_time,
                penalties,
            }))
        }
        (Some(home), Some(away), None) => wrong(format!(
            "a score {home}-{away} without a status: write `played`, or `awarded` if it was not played out"
        )),
        (None, None, None) if extra_time.is_none() && penalties.is_none() => Ok(None),
        (None, None, None) => {
            wrong("extra time or penalties without a score: give the goals".into())
        }
        (None, None, Some(_)) => wrong(format!(
            "status `{}` without a score: give the goals or clear the status",
            row.text("status")
        )),
        (home, away, _) => {
            let shown =
                |goals: Option<u8>| goals.map_or_else(String::new, |goals| goals.to_string());
            wrong(format!(
                "goals of one side only, `{}-{}`: give both, or neither while it is to be played",
                shown(home),
                shown(away)
            ))
        }
    }
}
