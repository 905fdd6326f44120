//! Reads `teams.csv`: one team a line, and what is known of it before the first match.

use std::str::FromStr;

use super::matches::named;
use super::names::check_names;
use super::sheet::Sheet;

use super::{Known, KnownValue};
use crate::error::{Error, Location};
use crate::standings::External;
use crate::team::{Team, TeamId, Teams};

pub(super) const TEAMS_HOLD: &str =
    "it should hold one team a line, with at least the column `name`";

const TEAM_COLUMNS: [&str; 12] = [
    "association",
    "confederation",
    "aliases",
    "association_rank",
    "ranking",
    "seed",
    "qualifying_method",
    "entry_round",
    "pot",
    "group",
    "coefficient",
    "note",
];

/// The teams, and the line of each; `stages` are those that they may enter, where it is known.
pub(super) fn teams(
    file: &str,
    text: &str,
    stages: Option<&[&str]>,
) -> Result<(Teams, Vec<usize>), Error> {
    let sheet = Sheet::parse(file, text, &["name"], &TEAM_COLUMNS, TEAMS_HOLD)?;
    let mut teams = Vec::new();
    let mut places = Vec::new();
    for row in sheet.rows() {
        if row.text("name").is_empty() || row.text("name").contains(char::is_control) {
            return Err(row.bad("name", "the name of a team"));
        }
        if let Some(stages) = stages.filter(|_| !row.text("entry_round").is_empty()) {
            named(row, "entry_round", stages.iter().copied())?;
        }
        let aliases = row.text("aliases").split('|').map(str::trim);
        let number = |column| match row.optional(column, "a whole number from 1, or nothing")? {
            Some(0) => Err(row.bad(column, "a whole number from 1, or nothing")),
            number => Ok::<Option<u32>, Error>(number),
        };
        teams.push(Team {
            name: row.text("name").into(),
            aliases: aliases
                .filter(|alias| !alias.is_empty())
                .map(str::to_owned)
                .collect(),
            association: row.text("association").into(),
            confederation: row.text("confederation").into(),
            association_rank: number("association_rank")?,
            ranking: number("ranking")?,
            seed: number("seed")?,
            qualifying_method: row.text("qualifying_method").into(),
            entry_round: row.text("entry_round").into(),
            pot: number("pot")?,
            group: row.text("group").into(),
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
    let lines = places.into_iter().map(|at| at.line).collect();
    Ok((Teams::new(teams), lines))
}

/// A positive decimal number, exact to three places.
pub(super) struct Thousandths(pub(super) i64);

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

/// What the file of teams tells of them, known before the first match.
pub(super) fn values_of_teams(teams: &Teams) -> Vec<KnownValue> {
    let known = |(team, facts): (TeamId, &Team)| {
        let value = move |external, value: Option<i64>| {
            value.map(|value| KnownValue {
                what: Known::External(external),
                team,
                known: None,
                value,
            })
        };
        [
            value(External::Coefficient, facts.coefficient),
            value(External::Ranking, facts.ranking.map(i64::from)),
            value(External::Seed, facts.seed.map(i64::from)),
        ]
    };
    teams.iter().flat_map(known).flatten().collect()
}
