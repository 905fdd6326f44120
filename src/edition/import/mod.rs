//! Editions from a history: the matches of one league in one season, as a folder of one's own.
//!
//! Matches with groups, or none with rounds, are tables; rounds after them are ties. Who enters a tie is
//! written as the place it came from, asked of the edition as far as it stands: so what is imported is
//! ranked by the engine that ranks everything.

mod known;
mod rounds;
mod tables;
mod text;

use std::path::Path;

use self::known::Known;
use super::source::{Source, embedded_rulebook, open_rulebook, read_text};
use super::template::Draft;
use super::{Edition, When};
use crate::competition::Rulebook;
use crate::error::{Error, Location, Nearest};
use crate::fixture::Scoreline;
use crate::history::{History, PastMatch};
use crate::team::TeamId;

/// What may be chosen of an import.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The edition's name in print.
    pub name: Option<String>,
    /// An embedded rulebook, or the path of one.
    pub rulebook: Option<String>,
    /// Which league, where the history has several.
    pub league: Option<String>,
    /// Which season, where it has several.
    pub season: Option<String>,
    /// How often teams of a table meet, where the matches do not show it yet.
    pub legs: Option<u32>,
}

/// An edition that is not written yet, and what should be known of it.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The edition.
    pub draft: Draft,
    /// What was assumed, added or left out, a sentence or two each.
    pub notices: Vec<String>,
}

/// Makes an edition of one league and season, for a folder that is yet to be written.
///
/// # Errors
/// [`Error::Import`] if the history holds several leagues or seasons and none was chosen, or if the
/// matches are neither round robins nor ties; or what a check of the edition finds.
pub fn import(history: &History, choice: &Choice, folder: &Path) -> Result<Imported, Error> {
    let (league, season, matches) = chosen(history, choice)?;
    let import = Import {
        history,
        choice,
        folder,
        league,
        season,
        known: Known::of(league, season),
        matches,
    };
    import.imported()
}

/// The matches of the league and season that were chosen, or that alone are there.
fn chosen<'a>(
    history: &'a History,
    choice: &Choice,
) -> Result<(&'a str, &'a str, Vec<&'a PastMatch>), Error> {
    let mut found: Vec<(u16, u16)> = Vec::new();
    for played in &history.matches {
        if !found.contains(&(played.league, played.season)) {
            found.push((played.league, played.season));
        }
    }
    let league = |index: u16| history.leagues[usize::from(index)].as_str();
    let season = |index: u16| history.seasons[usize::from(index)].as_str();
    let wished = |wish: &Option<String>, name: &str| {
        wish.as_ref()
            .is_none_or(|wish| wish.to_lowercase() == name.to_lowercase())
    };
    for (option, wish, names) in [
        ("--league", &choice.league, &history.leagues),
        ("--season", &choice.season, &history.seasons),
    ] {
        if !names.iter().any(|name| wished(wish, name)) {
            let value = wish.clone().unwrap_or_default();
            return Err(Error::UnknownWord {
                at: Location::new(option, 0),
                key: "name",
                nearest: Nearest::of(
                    &value,
                    names.iter().map(|name| (name.as_str(), name.as_str())),
                ),
                value,
                known: names.join(", "),
            });
        }
    }
    found.sort_by_key(|&(l, s)| (league(l), season(s)));
    found.retain(|&(l, _)| wished(&choice.league, league(l)));
    let of_league: Vec<String> = found.iter().map(|&(_, s)| season(s).into()).collect();
    found.retain(|&(_, s)| wished(&choice.season, season(s)));
    match found[..] {
        [(l, s)] => {
            let of = |played: &&PastMatch| (played.league, played.season) == (l, s);
            Ok((
                league(l),
                season(s),
                history.matches.iter().filter(of).collect(),
            ))
        }
        _ => {
            let problem = match (&choice.league, &choice.season) {
                (Some(wished_league), Some(wished_season)) if found.is_empty() => format!(
                    "no match of league `{wished_league}` is of season `{wished_season}`; choose with --season from {}",
                    listed(of_league)
                ),
                _ => format!(
                    "an edition is one league in one season; choose with --league and --season from {}",
                    listed(
                        found
                            .iter()
                            .map(|&(l, s)| format!("{} {}", league(l), season(s)))
                            .collect()
                    )
                ),
            };
            Err(Error::Import {
                at: Location::new(
                    &match &history.files[..] {
                        [file] => file.clone(),
                        files => format!("{} and {} more", files[0], files.len() - 1),
                    },
                    0,
                ),
                problem,
            })
        }
    }
}

/// The first of some names, and how many more there are.
fn listed(mut names: Vec<String>) -> String {
    const SHOWN: usize = 12;
    if names.len() > SHOWN {
        let more = format!("{} more", names.len() - SHOWN);
        names.truncate(SHOWN);
        names.push(more);
    }
    names.join(", ")
}

/// One import.
struct Import<'a> {
    history: &'a History,
    choice: &'a Choice,
    folder: &'a Path,
    league: &'a str,
    season: &'a str,
    known: Known,
    matches: Vec<&'a PastMatch>,
}

/// A stage as it is to be written.
struct Stage<'a> {
    id: String,
    name: String,
    /// The rule list.
    order: &'static str,
    legs: u32,
    neutral: bool,
    /// The day on which entrants were known that no earlier place tells.
    drawn: Option<jiff::civil::Date>,
    groups: Vec<Group<'a>>,
}

/// A group or tie as it is to be written.
struct Group<'a> {
    id: String,
    /// Teams, or places where they come from.
    entrants: Vec<Entrant>,
    rows: Vec<Row<'a>>,
}

/// Who enters.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entrant {
    Team(TeamId),
    Place {
        stage: String,
        group: String,
        position: usize,
    },
}

/// A line of the file of matches.
struct Row<'a> {
    matchday: u32,
    home: TeamId,
    away: TeamId,
    /// What the source has; `None` for a fixture that it does not list.
    source: Option<&'a PastMatch>,
}

/// Rules that are assumed where no rulebook is known.
const PLAIN_RULES: &str = r#"name = "Plain rules"
source = "assumed; to be replaced by the regulations"
points = { win = 3, draw = 1 }

[order]
league = [
  { by = "points",              cite = "assumed" },
  { by = "goal difference",     cite = "assumed" },
  { by = "goals",               cite = "assumed" },
  { by = "head-to-head points", cite = "assumed" },
  { by = "lots",                cite = "assumed" },
]
ties = [
  { by = "aggregate",    cite = "assumed" },
  { play = "extra time", cite = "assumed" },
  { play = "penalties",  cite = "assumed" },
]
shoot-outs = [
  { by = "aggregate",   cite = "as played: no extra time before the shoot-outs" },
  { play = "penalties", cite = "as played" },
]
"#;

/// A rulebook and the file it needs, if it is not embedded.
struct Rules {
    book: Rulebook,
    file: Option<(String, String)>,
    notice: String,
}

impl<'a> Import<'a> {
    fn wrong(&self, problem: String) -> Error {
        let file = self
            .matches
            .first()
            .map_or(0, |played| usize::from(played.file));
        Error::Import {
            at: Location::new(&self.history.files[file], 0),
            problem: format!("{}: {problem}", self.title()),
        }
    }

    fn name(&self, team: TeamId) -> &'a str {
        self.history.teams.name(team)
    }

    /// `Premier League 2016–17`.
    fn title(&self) -> String {
        let league = self.known.title.unwrap_or(self.league);
        format!("{league} {}", self.season.replace('-', "–"))
            .trim()
            .to_owned()
    }

    fn imported(&self) -> Result<Imported, Error> {
        let mut notices = Vec::new();
        let rules = self.rules()?;
        notices.push(rules.notice.clone());
        let (in_tables, in_rounds) = self.tables_and_rounds();
        let mut stages = Vec::new();
        if !in_tables.is_empty() {
            stages.push(self.tables(&in_tables, &rules.book, &mut notices)?);
        }
        self.add_rounds(&in_rounds, &rules, &mut stages, &mut notices)?;
        if stages.is_empty() {
            return Err(self.wrong("the matches are neither round robins nor ties".into()));
        }
        self.tell_what_is_not_written(&mut notices);
        let files = self.files(&stages, &rules, Some(&notices))?;
        let edition = self.read(&files)?;
        edition.as_of(When::Now)?;
        Ok(Imported {
            draft: Draft { edition, files },
            notices,
        })
    }

    /// Matches of groups, or of a league; and those of rounds.
    fn tables_and_rounds(&self) -> (Vec<&'a PastMatch>, Vec<&'a PastMatch>) {
        let grouped = self.matches.iter().any(|played| !played.group.is_empty());
        let in_table = |played: &&PastMatch| match grouped {
            true => !played.group.is_empty(),
            false => played.round.is_empty() || rounds::matchday(&played.round).is_some(),
        };
        self.matches.iter().copied().partition(in_table)
    }

    fn rules(&self) -> Result<Rules, Error> {
        let embedded = |id: &str| embedded_rulebook(id).is_some();
        let (id, why) = match (&self.choice.rulebook, self.known.rulebook) {
            (Some(chosen), _) if !embedded(chosen) => {
                let book = open_rulebook(chosen)?;
                let text = read_text(Path::new(chosen))?.unwrap_or_default();
                return Ok(Rules {
                    file: Some((format!("{}.toml", book.id), text)),
                    notice: format!("Rulebook {}, as chosen.", book.id),
                    book,
                });
            }
            (Some(chosen), _) => (chosen.as_str(), "as chosen"),
            (None, Some(known)) => (known, "known of this league and season"),
            (None, None) => {
                return Ok(Rules {
                    book: Rulebook::parse("rules", "rules.toml", PLAIN_RULES)?,
                    file: Some(("rules.toml".into(), PLAIN_RULES.into())),
                    notice: "Plain rules are assumed, `rules.toml`: points, goal difference, goals, points against \
                             each other, lots. Choose others with --rulebook (see `matchday rules`)."
                        .into(),
                });
            }
        };
        let book = open_rulebook(id)?;
        let notice = format!("Rulebook {id} ({}), {why}.", book.name);
        Ok(Rules {
            book,
            file: None,
            notice,
        })
    }

    /// What the source says and the edition does not.
    fn tell_what_is_not_written(&self, notices: &mut Vec<String>) {
        let ruled = self
            .matches
            .iter()
            .filter(|played| text::is_unwritten(played));
        let ruled: Vec<String> = ruled
            .map(|played| format!("{} v {}", self.name(played.home), self.name(played.away)))
            .collect();
        if !ruled.is_empty() {
            notices.push(format!(
                "Abandoned or annulled, and so written as still to be played: {}.",
                ruled.join(", ")
            ));
        }
        let whole = self
            .matches
            .iter()
            .filter(|played| played.after_extra_time)
            .count();
        if whole > 0 {
            notices.push(format!(
                "In {whole} of the matches the source does not tell goals after 90 minutes from those of extra time; they \
                 are written as one, and `note` says so."
            ));
        }
        let pending = self.history.pending.len();
        if pending > 0 {
            notices.push(format!(
                "Left out: {} whose teams are not known yet, the first at {}. Add their stages to \
                 `edition.toml`.",
                if pending == 1 {
                    "1 fixture".to_owned()
                } else {
                    format!("{pending} fixtures")
                },
                self.history.pending[0]
            ));
        }
    }

    fn read(&self, files: &[(String, String)]) -> Result<Edition, Error> {
        Edition::read(&Source::Draft {
            folder: self.folder.to_owned(),
            files: files.to_vec(),
            teams: self.folder.join("teams.csv").display().to_string(),
        })
    }

    /// Every file of the edition; the README once what it tells is known.
    fn files(
        &self,
        stages: &[Stage<'_>],
        rules: &Rules,
        notices: Option<&[String]>,
    ) -> Result<Vec<(String, String)>, Error> {
        let name = self.choice.name.clone().unwrap_or_else(|| self.title());
        if !super::names::is_name(&name) {
            return Err(Error::BadValue {
                at: Location::new("--name", 0),
                what: "name",
                value: name,
                expected: "a name on one line",
            });
        }
        let mut files = vec![
            (
                "edition.toml".into(),
                self.edition_text(&name, &rules.book.id, stages),
            ),
            ("teams.csv".into(), self.teams_text(stages)),
            ("matches.csv".into(), self.matches_text(stages)),
        ];
        files.extend(rules.file.clone());
        if let Some(notices) = notices {
            files.push(("README.md".into(), self.readme_text(&name, notices)));
        }
        Ok(files)
    }
}

/// Whether a score ends with a shoot-out right after 90 minutes.
fn straight_to_penalties(played: &PastMatch) -> bool {
    let level = |goals: Scoreline| goals.home == goals.away;
    played.penalties.is_some()
        && played.extra_time.is_none()
        && !played.after_extra_time
        && played.goals.is_some_and(level)
}
