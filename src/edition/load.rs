//! Reads the files of an edition. What they say is taken as it stands; `structure` checks it.

use std::str::FromStr;

use toml::Spanned;

use super::check::check_fixtures;
use super::entries::check_entries;
use super::matches::{MATCHES_HOLD, date, find_team, fixtures, named};
use super::ranking::{self, RANKING_HOLDS};
use super::raw::{
    Better, CovariateWord, File, MissingWord, RawEdition, RawStrengths, RawWithdrawal,
};
use super::sheet::{Row, Sheet};
use super::source::{Source, embedded_rulebook, embedded_rulebooks};
use super::structure::{Declared, check_names, declare, find_stage};
use super::{Covariate, CovariateColumn, Edition, Known, KnownValue, Missing, Withdrawn};
use crate::competition::{Competition, Rulebook, Stage};
use crate::error::{Error, Location, Nearest, toml_error};
use crate::standings::{External, Metric};
use crate::team::{Team, TeamId, Teams};

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
        let (teams, lines) = teams(&teams_file, &teams_text, &stage_ids)?;
        let covariate = raw.strengths.map(covariate);
        check_covariate(covariate, &teams, &teams_file)?;
        let declared = Declared {
            file,
            source: &source,
            teams: &teams,
            rulebook: &rulebook,
            ids: &stage_ids,
        };
        let hosts = raw.hosts.iter().map(|name| declared.team(name));
        let hosts = hosts.collect::<Result<_, _>>()?;
        let (stages, outcomes) = declare(&raw.stages, &raw.outcomes, declared)?;
        let withdrawn = raw.withdrawals.iter();
        let withdrawn = withdrawn.map(|raw| withdrawal(raw, declared, &stages));
        let withdrawn = withdrawn.collect::<Result<_, _>>()?;
        let competition = Competition {
            rulebook,
            stages,
            outcomes,
            hosts,
        };
        check_entries(&teams_file, &teams, &lines, &competition)?;
        let ranking = raw.ranking.as_ref();
        let ranking = ranking.map(|raw| {
            ranking::ranking(raw, file, || needed("ranking.csv", RANKING_HOLDS), &teams)
        });

        let (matches_file, matches_text) = needed("matches.csv", MATCHES_HOLD)?;
        let stages = &competition.stages;
        let mut fixtures = fixtures(&matches_file, &matches_text, &teams, stages)?;
        check_fixtures(&matches_file, &fixtures, &teams, stages)?;
        address(&mut fixtures, stages);

        let (values_file, values_text) = read("values.csv")?;
        let mut values = values_of_teams(&teams);
        if let Some(text) = values_text {
            values.extend(known_values(&values_file, &text, &teams, stages)?);
        }
        Ok(Self {
            id: source.id(),
            name: raw.name.into_inner(),
            ranking: ranking.transpose()?,
            competition,
            covariate,
            withdrawn,
            teams,
            fixtures,
            values,
            file: matches_file,
        })
    }
}

/// Gives every fixture the address of its random numbers: groups one after the other, in each the
/// fixtures in file order. So it depends on nothing that a later line of the file can change.
fn address(fixtures: &mut [super::Listed], stages: &[Stage]) {
    let mut next: Vec<Vec<usize>> = addresses(stages);
    for listed in fixtures {
        let next = &mut next[listed.fixture.stage][listed.fixture.group];
        listed.address = *next;
        *next += 1;
    }
}

/// `[stage][group]`: the address of the first match.
pub(crate) fn addresses(stages: &[Stage]) -> Vec<Vec<usize>> {
    let mut first = 0;
    let mut group = |stage: &Stage, group: usize| {
        let here = first;
        // Replays, and matches annulled and played again, need addresses too.
        first += 2 * stage.matches(group) + 2;
        here
    };
    let stage = |stage: &Stage| {
        (0..stage.groups.len())
            .map(|index| group(stage, index))
            .collect()
    };
    stages.iter().map(stage).collect()
}

fn withdrawal(
    raw: &RawWithdrawal,
    declared: Declared<'_>,
    stages: &[Stage],
) -> Result<Withdrawn, Error> {
    let missing = |problem| Error::NoSuchPlace {
        at: declared.file.at(&raw.stage),
        place: raw.stage.get_ref().clone(),
        problem,
    };
    let stage = find_stage(stages, raw.stage.get_ref()).map_err(missing)?;
    if !stages[stage].is_table() {
        return Err(Error::Stage {
            at: declared.file.at(&raw.stage),
            stage: stages[stage].id.clone(),
            problem: "a withdrawal from a tie is written as awarded matches".into(),
        });
    }
    Ok(Withdrawn {
        team: declared.team(&raw.team)?,
        stage,
        date: declared.day(&raw.date, "date")?,
        policy: raw.policy.unwrap_or(declared.rulebook.withdrawal),
    })
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
            known: embedded_rulebooks().collect::<Vec<_>>().join(", "),
        }),
    }
}

fn covariate(raw: RawStrengths) -> Covariate {
    Covariate {
        column: match raw.covariate {
            CovariateWord::AssociationRank => CovariateColumn::AssociationRank,
            CovariateWord::Coefficient => CovariateColumn::Coefficient,
            CovariateWord::Ranking => CovariateColumn::Ranking,
            CovariateWord::Pot => CovariateColumn::Pot,
        },
        higher_is_better: raw.better == Better::Higher,
        missing: match raw.missing {
            MissingWord::Worst => Missing::Worst,
            MissingWord::Average => Missing::Average,
        },
    }
}

const TEAMS_HOLD: &str = "it should hold one team a line, with at least the column `name`";

/// A covariate that no team has would silently count for nothing.
fn check_covariate(covariate: Option<Covariate>, teams: &Teams, file: &str) -> Result<(), Error> {
    let Some(Covariate { column, .. }) = covariate else {
        return Ok(());
    };
    let has = |team: &Team| match column {
        CovariateColumn::AssociationRank => team.association_rank.is_some(),
        CovariateColumn::Coefficient => team.coefficient.is_some(),
        CovariateColumn::Ranking => team.ranking.is_some(),
        CovariateColumn::Pot => team.pot.is_some(),
    };
    match teams.iter().any(|(_, team)| has(team)) {
        true => Ok(()),
        false => Err(Error::NoCovariate {
            at: Location::new(file, 0),
            column: column.name(),
        }),
    }
}

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

/// The teams, and the line of each.
pub(super) fn teams(file: &str, text: &str, stages: &[&str]) -> Result<(Teams, Vec<usize>), Error> {
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
fn values_of_teams(teams: &Teams) -> Vec<KnownValue> {
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

fn known_values(
    file: &str,
    text: &str,
    teams: &Teams,
    stages: &[Stage],
) -> Result<Vec<KnownValue>, Error> {
    let expected = "remove it, or give one value a line";
    let columns = ["value", "team", "known", "amount"];
    let sheet = Sheet::parse(file, text, &columns, &["stage"], expected)?;
    let mut values: Vec<(usize, KnownValue)> = Vec::new();
    for row in sheet.rows() {
        let new = known_value(row, teams, stages)?;
        let same =
            |old: &KnownValue| (old.what, old.team, old.known) == (new.what, new.team, new.known);
        if let Some((first, _)) = values.iter().find(|(_, old)| same(old)) {
            return Err(Error::RepeatedValue {
                at: row.at(),
                value: row.text("value").into(),
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

const DEDUCTION: &str = "deduction";

fn known_value(row: Row<'_>, teams: &Teams, stages: &[Stage]) -> Result<KnownValue, Error> {
    let externals = Metric::NAMES
        .iter()
        .filter_map(|(name, metric)| match metric {
            Metric::External(external) => Some((*name, Known::External(*external))),
            _ => None,
        });
    let word = row.text("value");
    let found = externals.clone().find(|(name, _)| *name == word);
    let what = match (found, row.text("stage")) {
        (Some((_, what)), "") => what,
        (Some(_), _) => return Err(row.bad("stage", "nothing, unless the value is a deduction")),
        (None, _) if word == DEDUCTION => Known::Deduction {
            stage: match row.text("stage") {
                "" => main_table(row, stages)?,
                _ => named(row, "stage", stages.iter().map(|stage| stage.id.as_str()))?,
            },
        },
        (None, _) => {
            let names = || externals.clone().map(|(name, _)| name).chain([DEDUCTION]);
            return Err(Error::UnknownWord {
                at: row.at(),
                key: "value",
                value: word.into(),
                nearest: Nearest::of(word, names().map(|name| (name, name))),
                known: names().collect::<Vec<_>>().join(", "),
            });
        }
    };
    let value = match what {
        Known::External(External::Coefficient) => {
            row.value::<Thousandths>("amount", "a positive number with up to three decimals")?
                .0
        }
        _ => row.value::<u32>("amount", "a whole number")?.into(),
    };
    Ok(KnownValue {
        what,
        team: find_team(row, "team", teams)?,
        known: Some(date(row, "known")?),
        value,
    })
}

/// The first table, which a deduction means where it names no stage.
fn main_table(row: Row<'_>, stages: &[Stage]) -> Result<usize, Error> {
    let table = stages.iter().position(Stage::is_table);
    table.ok_or_else(|| row.bad("value", "no deduction where no stage has a table"))
}
