//! Where the matches of all files come together: names become positions, and what only shows in the
//! whole is checked.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::aliases::Aliases;
use crate::error::{Error, Location};
use crate::fixture::Venue;
use crate::history::{History, PastMatch};
use crate::team::{Team, TeamId, Teams};

/// How often the teams of a league may meet at one ground in a season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtHome {
    /// Once: a double round robin.
    Once,
    /// Once, until everybody has met: some leagues then play on.
    OnceAtFirst,
    /// As the competition has it.
    Often,
}

/// What kind of competition a match is of, as far as its file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contest {
    /// The leagues of a country, or one of them, by [`Ledger::domestic`]: a club plays in one at a time.
    Domestic(u16),
    /// A round of ties.
    Cup,
    /// Any.
    Unknown,
}

/// The history as it grows.
pub(super) struct Ledger<'a> {
    aliases: &'a Aliases,
    teams: Vec<Team>,
    /// From names in lower case.
    known: HashMap<String, TeamId>,
    leagues: Names,
    domestic: Names,
    seasons: Names,
    files: Vec<String>,
    matches: Vec<Entered>,
    pending: Vec<Location>,
}

/// A match and what its format knows beside it.
struct Entered {
    at_home: AtHome,
    contest: Contest,
    played: PastMatch,
}

/// Names in order of appearance.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    known: HashMap<String, u16>,
}

impl Names {
    fn position(&mut self, name: &str) -> Option<u16> {
        if let Some(&known) = self.known.get(name) {
            return Some(known);
        }
        let position = u16::try_from(self.list.len()).ok()?;
        self.list.push(name.into());
        self.known.insert(name.into(), position);
        Some(position)
    }
}

/// Who meets whom, where and when: what every format has.
pub(super) struct Pairing<'a> {
    pub(super) line: usize,
    pub(super) date: Date,
    pub(super) league: &'a str,
    pub(super) season: &'a str,
    pub(super) home: &'a str,
    pub(super) away: &'a str,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(aliases: &'a Aliases) -> Self {
        Self {
            aliases,
            teams: Vec::new(),
            known: HashMap::new(),
            leagues: Names::default(),
            domestic: Names::default(),
            seasons: Names::default(),
            files: Vec::new(),
            matches: Vec::new(),
            pending: Vec::new(),
        }
    }

    /// Begins a file.
    pub(super) fn open(&mut self, file: &str) -> Result<(), Error> {
        self.files.push(file.into());
        match u16::try_from(self.files.len()) {
            Ok(_) => Ok(()),
            Err(_) => Err(self.too_many("files")),
        }
    }

    fn too_many(&self, what: &'static str) -> Error {
        Error::TooMany {
            at: self.at(0),
            what,
            found: 1 + u64::from(u16::MAX),
            most: u64::from(u16::MAX),
        }
    }

    fn at(&self, line: usize) -> Location {
        Location::new(self.files.last().map_or("", String::as_str), line)
    }

    /// The team of a name, which is new if nobody has it.
    pub(super) fn team(&mut self, spelling: &str) -> Result<TeamId, Error> {
        let name = self.aliases.name(spelling.trim());
        let key = name.to_lowercase();
        if let Some(&known) = self.known.get(&key) {
            return Ok(known);
        }
        let Some(id) = u16::try_from(self.teams.len())
            .ok()
            .filter(|&id| id < u16::MAX)
        else {
            return Err(self.too_many("teams"));
        };
        self.known.insert(key, TeamId(id));
        self.teams.push(Team {
            name: name.into(),
            aliases: self.aliases.of(name),
            ..Team::default()
        });
        Ok(TeamId(id))
    }

    /// Where the file says of a team where it is at home.
    pub(super) fn set_association(&mut self, team: TeamId, association: &str) {
        self.teams[team.index()].association = association.into();
    }

    /// A match of the file begun last, of which nothing more is known.
    pub(super) fn fixture(&mut self, pairing: &Pairing<'_>) -> Result<PastMatch, Error> {
        let (home, away) = (self.team(pairing.home)?, self.team(pairing.away)?);
        if home == away {
            return Err(Error::PlaysItself {
                at: self.at(pairing.line),
                team: self.teams[home.index()].name.clone(),
            });
        }
        let league = self.leagues.position(pairing.league);
        let season = self.seasons.position(pairing.season);
        Ok(PastMatch {
            date: pairing.date,
            league: league.ok_or_else(|| self.too_many("leagues"))?,
            season: season.ok_or_else(|| self.too_many("seasons"))?,
            home,
            away,
            venue: Venue::Home,
            goals: None,
            after_extra_time: false,
            extra_time: None,
            penalties: None,
            ruling: None,
            shots_on_target: None,
            odds: None,
            given: None,
            group: String::new(),
            round: String::new(),
            file: (self.files.len() - 1) as u16,
            line: pairing.line,
        })
    }

    pub(super) fn add(&mut self, at_home: AtHome, contest: Contest, played: PastMatch) {
        self.matches.push(Entered {
            at_home,
            contest,
            played,
        });
    }

    /// A domestic league, or those of a country where its file holds all of them.
    pub(super) fn domestic(&mut self, name: &str) -> Contest {
        let position = self.domestic.position(name);
        position.map_or(Contest::Unknown, Contest::Domestic)
    }

    /// A fixture whose teams are not known yet.
    pub(super) fn add_pending(&mut self, line: usize) {
        self.pending.push(self.at(line));
    }

    pub(super) fn into_teams(self) -> Teams {
        Teams::new(self.teams)
    }

    /// Joins everything by date and checks that nothing is there twice.
    pub(super) fn finish(mut self) -> Result<History, Error> {
        if self.matches.is_empty() {
            return Err(Error::TooFew {
                at: self.at(0),
                what: "matches",
                found: 0,
                least: 1,
            });
        }
        self.matches.sort_by_key(|entered| entered.played.date);
        let kinds = self
            .matches
            .iter()
            .map(|entered| (entered.at_home, entered.contest));
        let (at_home, contests): (Vec<AtHome>, Vec<Contest>) = kinds.unzip();
        let matches = self
            .matches
            .into_iter()
            .map(|entered| entered.played)
            .collect();
        let history = History {
            teams: Teams::new(self.teams),
            leagues: self.leagues.list,
            seasons: self.seasons.list,
            files: self.files,
            matches,
            pending: self.pending,
        };
        check_repeated(&history)?;
        check_dates(&history, &at_home)?;
        check_same_week(&history, &contests)?;
        check_one_league(&history, &contests)?;
        Ok(history)
    }
}

/// No two sides meet twice on a day, whatever the league is called.
fn check_repeated(history: &History) -> Result<(), Error> {
    let mut seen: HashMap<(Date, TeamId, TeamId), &PastMatch> = HashMap::new();
    for played in &history.matches {
        if let Some(first) = seen.insert((played.date, played.home, played.away), played) {
            let (first, second) = in_file_order(first, played);
            return Err(Error::RepeatedMatch {
                at: history.location(second),
                pairing: pairing(history, played),
                date: played.date,
                first: history.location(first),
            });
        }
    }
    Ok(())
}

/// Two files that give one match two days do not make two of it.
///
/// No two sides meet twice within a week at one ground, but for a league match and one of a cup. Where
/// it is not known whether they are that, other goals tell them apart, unless there is but a day between.
fn check_same_week(history: &History, contests: &[Contest]) -> Result<(), Error> {
    type Met<'a> = Vec<(&'a PastMatch, Contest)>;
    let mut seen: HashMap<(TeamId, TeamId), Met<'_>> = HashMap::new();
    for (played, &contest) in history.matches.iter().zip(contests) {
        let earlier = seen.entry((played.home, played.away)).or_default();
        for &(first, other) in earlier.iter().rev() {
            let days = (played.date - first.date).get_days();
            if days > 7 {
                break;
            }
            let same_league = played.league == first.league;
            let elsewhere = played.file != first.file || !same_league;
            // How many days may lie between them where the goals differ.
            let apart = match (contest, other) {
                _ if same_league => Some(7),
                (Contest::Domestic(_), Contest::Domestic(_)) => Some(7),
                (Contest::Domestic(_), Contest::Cup) | (Contest::Cup, Contest::Domestic(_)) => None,
                _ => Some(1),
            };
            let same_score = (played.goals, played.ruling) == (first.goals, first.ruling);
            let is_one =
                apart.is_some_and(|most| same_score || (played.file != first.file && days <= most));
            if elsewhere && is_one {
                let (first, second) = in_file_order(first, played);
                return Err(Error::SameWeek {
                    at: history.location(second),
                    pairing: pairing(history, second),
                    date: second.date,
                    first: history.location(first),
                    other: first.date,
                });
            }
        }
        earlier.push((played, contest));
    }
    Ok(())
}

/// No club plays in two domestic leagues at once; two clubs of one name do.
fn check_one_league(history: &History, contests: &[Contest]) -> Result<(), Error> {
    /// The first and last match of a team in a season of a league.
    struct Span<'a> {
        season: (u16, u16),
        contest: Contest,
        first: &'a PastMatch,
        last: &'a PastMatch,
    }
    let mut spans: Vec<Vec<Span<'_>>> = history.teams.iter().map(|_| Vec::new()).collect();
    for (played, &contest) in history.matches.iter().zip(contests) {
        if !matches!(contest, Contest::Domestic(_)) {
            continue;
        }
        let season = (played.league, played.season);
        for team in [played.home, played.away] {
            let of_team = &mut spans[team.index()];
            match of_team.iter_mut().find(|span| span.season == season) {
                Some(span) => span.last = played,
                None => of_team.push(Span {
                    season,
                    contest,
                    first: played,
                    last: played,
                }),
            }
        }
    }
    for ((_, team), spans) in history.teams.iter().zip(&spans) {
        for (index, a) in spans.iter().enumerate() {
            let at_once = |b: &&Span<'_>| {
                a.contest != b.contest && a.first.date <= b.last.date && b.first.date <= a.last.date
            };
            if let Some(b) = spans[..index].iter().find(at_once) {
                let (first, second) = in_file_order(b.first, a.first);
                let league = |played: &PastMatch| &history.leagues[usize::from(played.league)];
                return Err(Error::TwoLeagues {
                    at: history.location(second),
                    team: team.name.clone(),
                    leagues: format!("{} and {}", league(second), league(first)),
                    first: history.location(first),
                });
            }
        }
    }
    Ok(())
}

fn pairing(history: &History, played: &PastMatch) -> String {
    let name = |team| history.teams.name(team);
    format!("{} v {}", name(played.home), name(played.away))
}

fn in_file_order<'a>(a: &'a PastMatch, b: &'a PastMatch) -> (&'a PastMatch, &'a PastMatch) {
    match (a.file, a.line) <= (b.file, b.line) {
        true => (a, b),
        false => (b, a),
    }
}

/// One season of a league, or of a group of it, by date.
#[derive(Default)]
struct Season<'a> {
    teams: HashSet<TeamId>,
    at_home: HashMap<(TeamId, TeamId), &'a PastMatch>,
    /// Who has met before, and how many pairs had by then.
    repeated: Vec<(&'a PastMatch, &'a PastMatch, usize)>,
    once: bool,
}

/// In a double round robin no match is there on two dates.
fn check_dates(history: &History, at_home: &[AtHome]) -> Result<(), Error> {
    let mut order = Vec::new();
    let mut seasons: HashMap<(u16, u16, &str), Season<'_>> = HashMap::new();
    for (played, at_home) in history.matches.iter().zip(at_home) {
        if *at_home == AtHome::Often {
            continue;
        }
        let key = (played.league, played.season, played.group.as_str());
        let season = seasons.entry(key).or_insert_with(|| {
            order.push(key);
            Season::default()
        });
        season.once |= *at_home == AtHome::Once;
        season.teams.extend([played.home, played.away]);
        let pair = (played.home, played.away);
        match season.at_home.get(&pair) {
            Some(first) => season.repeated.push((first, played, season.at_home.len())),
            None => {
                season.at_home.insert(pair, played);
            }
        }
    }
    for key in order {
        let season = &seasons[&key];
        if let Some((first, second)) = season.wrong() {
            let (first, second) = in_file_order(first, second);
            let (league, year) = (
                &history.leagues[usize::from(key.0)],
                &history.seasons[usize::from(key.1)],
            );
            return Err(Error::TwoDates {
                at: history.location(second),
                pairing: pairing(history, second),
                date: second.date,
                first: history.location(first),
                earlier: first.date,
                league: format!("{league} {year}").trim().into(),
            });
        }
    }
    Ok(())
}

impl<'a> Season<'a> {
    /// The first match that cannot be on both of its dates.
    ///
    /// Where a league plays on after a double round robin, nearly everybody has met both ways before
    /// anybody does again. Where it is neither, many meet again.
    fn wrong(&self) -> Option<(&'a PastMatch, &'a PastMatch)> {
        let pairs = self.teams.len() * (self.teams.len() - 1);
        let (met, repeated) = (self.at_home.len(), self.repeated.len());
        let few = 20 * repeated <= met || met < 20;
        let early = |&&(_, _, met): &&(_, _, usize)| self.once || (few && 10 * met < 9 * pairs);
        let wrong = self.repeated.iter().find(early);
        wrong.map(|&(first, second, _)| (first, second))
    }
}
