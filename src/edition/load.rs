//! Reads the files of an edition. What they say is taken as it stands; `structure` checks it.

use toml::Spanned;

use super::check::check_fixtures;
use super::entries::check_entries;
use super::matches::{MATCHES_HOLD, date, find_team, fixtures, named};
use super::names::is_name;
use super::ranking::{self, RANKING_HOLDS};
use super::raw::{
    Better, CovariateWord, File, MissingWord, RawEdition, RawStrengths, RawWithdrawal,
};
use super::seats::Seats;
use super::sheet::{Row, Sheet};
use super::source::{Source, embedded_rulebook, embedded_rulebooks};
use super::structure::{Declared, declare};
use super::teams::{TEAMS_HOLD, Thousandths, teams, values_of_teams};
use super::{Covariate, CovariateColumn, Edition, Known, KnownValue, Missing, Withdrawn};
use crate::competition::{Competition, Rulebook, Stage};
use crate::error::{Error, Location, Nearest, toml_error};
use crate::standings::{External, Metric};
use crate::team::{TeamId, Teams};

impl Edition {
    /// Opens an embedded edition by name, or a folder by path, and checks everything that does not
    /// depend on scores.
    ///
    /// # Errors
    /// Every [`Error`] that names a file: the first thing found that cannot be right.
    pub fn open(edition: &str) -> Result<Self, Error> {
        Self::read(&Source::find(edition)?)
    }

    pub(super) fn read(source: &Source) -> Result<Self, Error> {
        let mut edition = Self::declared(source)?;
        let (file, text) = source.needed("matches.csv", MATCHES_HOLD)?;
        let (teams, stages) = (&edition.teams, &edition.competition.stages);
        let mut fixtures = fixtures(&file, &text, teams, stages)?;
        check_fixtures(&file, &fixtures, teams, stages)?;
        address(&mut fixtures, stages);
        if let Some(text) = source.read("values.csv")? {
            let file = source.file_name("values.csv");
            let values = known_values(&file, &text, teams, stages)?;
            edition.values.extend(values);
        }
        Ok(Self {
            fixtures,
            file,
            ..edition
        })
    }

    /// What an edition says of itself, before any fixture.
    pub(super) fn declared(source: &Source) -> Result<Self, Error> {
        let name = source.file_name("edition.toml");
        let Some(text) = source.read("edition.toml")? else {
            return Err(Error::NoEdition {
                path: source.path(),
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
        if !is_name(raw.name.get_ref()) || raw.stages.is_empty() {
            return Err(Error::BadValue {
                at: file.at(&raw.name),
                what: "edition",
                value: raw.name.get_ref().clone(),
                expected: "a name, and at least one stage",
            });
        }
        let rulebook = rulebook(source, &raw.rulebook, file)?;

        let (teams_file, teams_text) = source.needed("teams.csv", TEAMS_HOLD)?;
        let stage_ids: Vec<&str> = raw
            .stages
            .iter()
            .map(|stage| stage.id.get_ref().as_str())
            .collect();
        let (teams, lines) = teams(&teams_file, &teams_text, Some(&stage_ids))?;
        let covariate = raw.strengths.map(covariate);
        check_covariate(covariate, &teams, &teams_file)?;
        let declared = Declared {
            file,
            source,
            teams: &teams,
            rulebook: &rulebook,
            ids: &stage_ids,
        };
        let hosts = hosts(&raw.hosts, declared)?;
        let (stages, outcomes) = declare(&raw.stages, &raw.outcomes, declared)?;
        let mut withdrawn = Vec::new();
        for raw in &raw.withdrawals {
            withdrawn.push(withdrawal(raw, declared, &stages, &withdrawn)?);
        }
        let competition = Competition {
            rulebook,
            stages,
            outcomes,
            hosts,
        };
        check_entries(&teams_file, &teams, &lines, &competition)?;
        let ranking = raw.ranking.as_ref();
        let ranking = ranking.map(|raw| {
            let read = || source.needed("ranking.csv", RANKING_HOLDS);
            ranking::ranking(raw, file, read, &teams)
        });
        Ok(Self {
            id: source.id(),
            name: raw.name.into_inner(),
            ranking: ranking.transpose()?,
            competition,
            covariate,
            withdrawn,
            fixtures: Vec::new(),
            values: values_of_teams(&teams),
            teams,
            declared: name,
            file: String::new(),
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

/// The teams at home on neutral ground, each named once.
fn hosts(names: &[Spanned<String>], declared: Declared<'_>) -> Result<Vec<TeamId>, Error> {
    let mut hosts = Vec::new();
    for name in names {
        let host = declared.team(name)?;
        if hosts.contains(&host) {
            return Err(Error::BadValue {
                at: declared.file.at(name),
                what: "hosts",
                value: name.get_ref().clone(),
                expected: "every host once",
            });
        }
        hosts.push(host);
    }
    Ok(hosts)
}

fn withdrawal(
    raw: &RawWithdrawal,
    declared: Declared<'_>,
    stages: &[Stage],
    before: &[Withdrawn],
) -> Result<Withdrawn, Error> {
    let name = raw.stage.get_ref();
    let ids = declared.ids.iter().copied();
    let found = ids.clone().position(|id| id == name);
    let stage = found.ok_or_else(|| Error::UnknownWord {
        at: declared.file.at(&raw.stage),
        key: "stage",
        value: name.clone(),
        nearest: Nearest::of(name, ids.map(|id| (id, id))),
        known: declared.ids.join(", "),
    })?;
    let wrong = |at: Location, problem: String| {
        Err(Error::Stage {
            at,
            stage: name.clone(),
            problem,
        })
    };
    if !stages[stage].is_table() {
        let problem = "a withdrawal from a tie is written as awarded matches";
        return wrong(declared.file.at(&raw.stage), problem.into());
    }
    let team = declared.team(&raw.team)?;
    let of_team = || (declared.file.at(&raw.team), declared.teams.name(team));
    if !Seats::new(stages).may_enter(team, &stages[stage]) {
        let (at, name) = of_team();
        return wrong(
            at,
            format!("`{name}` does not play in it, so cannot withdraw"),
        );
    }
    if before
        .iter()
        .any(|other| (other.team, other.stage) == (team, stage))
    {
        let (at, name) = of_team();
        return wrong(at, format!("`{name}` withdraws from it twice; remove one"));
    }
    Ok(Withdrawn {
        team,
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

/// A covariate that no team has would silently count for nothing.
fn check_covariate(covariate: Option<Covariate>, teams: &Teams, file: &str) -> Result<(), Error> {
    let Some(Covariate { column, .. }) = covariate else {
        return Ok(());
    };
    match teams.iter().any(|(_, team)| column.value(team).is_some()) {
        true => Ok(()),
        false => Err(Error::NoCovariate {
            at: Location::new(file, 0),
            column: column.name(),
        }),
    }
}

fn known_values(
    file: &str,
    text: &str,
    teams: &Teams,
    stages: &[Stage],
) -> Result<Vec<KnownValue>, Error> {
    let expected = "it should hold one value a line; fill it, or remove it";
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

/// More points taken away are taken for a typing error.
const MOST_DEDUCTED: u32 = 1000;
const DEDUCTED: &str = "points from 0 to 1000";

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
                _ => deducting_stage(row, stages)?,
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
        Known::External(External::Lots | External::Ranking | External::Seed) => {
            match row.value::<u32>("amount", "a whole number from 1")? {
                0 => return Err(row.bad("amount", "a whole number from 1")),
                place => place.into(),
            }
        }
        Known::Deduction { .. } => match row.value::<u32>("amount", DEDUCTED)? {
            points if points > MOST_DEDUCTED => return Err(row.bad("amount", DEDUCTED)),
            points => points.into(),
        },
        _ => row.value::<u32>("amount", "a whole number")?.into(),
    };
    let team = find_team(row, "team", teams)?;
    if let Known::Deduction { stage } = what
        && !Seats::new(stages).may_enter(team, &stages[stage])
    {
        let (team, stage) = (teams.name(team), &stages[stage].id);
        let problem = format!("does not play in stage `{stage}`, so no points are deducted there");
        return Err(Error::Entry {
            at: row.at(),
            team: team.into(),
            problem,
        });
    }
    Ok(KnownValue {
        what,
        team,
        known: Some(date(row, "known")?),
        value,
    })
}

/// The stage that a deduction names, which has a table.
fn deducting_stage(row: Row<'_>, stages: &[Stage]) -> Result<usize, Error> {
    let stage = named(row, "stage", stages.iter().map(|stage| stage.id.as_str()))?;
    match stages[stage].is_table() {
        true => Ok(stage),
        false => Err(row.bad(
            "stage",
            "a stage with a table, as a tie has no points to deduct",
        )),
    }
}

/// The first table, which a deduction means where it names no stage.
fn main_table(row: Row<'_>, stages: &[Stage]) -> Result<usize, Error> {
    let table = stages.iter().position(Stage::is_table);
    table.ok_or_else(|| row.bad("value", "no deduction where no stage has a table"))
}
