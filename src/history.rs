//! What was played before, in one league or many: what fits learn from and evaluations ask about.
//! No file is opened here; [`crate::io`] reads them.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::error::{Error, Location};
use crate::fixture::{Score, Scoreline, Venue};
use crate::team::{Team, TeamId, Teams};

/// Matches of any number of leagues and seasons, and the fixtures that are still to be played.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct History {
    /// Every team, in order of appearance.
    pub teams: Teams,
    /// The names of the leagues, in order of appearance: `E0`, `Serie A`, `FIFA World Cup`.
    pub leagues: Vec<String>,
    /// The names of the seasons, in order of appearance: `2016-17`, or `2024` within one year.
    pub seasons: Vec<String>,
    /// The files that were read, as the user named them.
    pub files: Vec<String>,
    /// Every match and fixture by date; those of one day as their files list them.
    pub matches: Vec<PastMatch>,
    /// Where fixtures stand whose teams are not known yet, such as `W49 v W50`.
    #[serde(skip)]
    pub pending: Vec<Location>,
}

impl History {
    /// Where a match is written, for errors.
    pub fn location(&self, played: &PastMatch) -> Location {
        Location::new(&self.files[usize::from(played.file)], played.line)
    }

    /// Adds all of another history. Teams, leagues and seasons of one name are one; matches stay in
    /// order of dates.
    pub fn join(&mut self, other: Self) {
        let mut teams: Vec<Team> = self.teams.iter().map(|(_, team)| team.clone()).collect();
        let mut ids = Vec::new();
        for (_, team) in other.teams.iter() {
            ids.push(self.teams.named(&team.name).unwrap_or_else(|| {
                teams.push(team.clone());
                TeamId(teams.len() as u16 - 1)
            }));
        }
        self.teams = Teams::new(teams);
        let leagues = join_names(&mut self.leagues, other.leagues);
        let seasons = join_names(&mut self.seasons, other.seasons);
        let files = join_names(&mut self.files, other.files);
        self.pending.extend(other.pending);
        self.matches
            .extend(other.matches.into_iter().map(|played| PastMatch {
                home: ids[played.home.index()],
                away: ids[played.away.index()],
                league: leagues[usize::from(played.league)],
                season: seasons[usize::from(played.season)],
                file: files[usize::from(played.file)],
                ..played
            }));
        self.matches.sort_by_key(|played| played.date);
    }

    /// What was played up to a day, or all of it, whatever the order of files and lines: teams, leagues,
    /// seasons and files are in order of their names, matches in order of dates and teams. Teams take the
    /// names that `name` gives them; those of one name are one.
    ///
    /// # Errors
    /// [`Error::PlaysItself`] where two that become one have met.
    pub fn until(&self, last: Option<Date>, name: impl Fn(&Team) -> String) -> Result<Self, Error> {
        let seen = || {
            let matches = self.matches.iter();
            matches.take_while(|played| last.is_none_or(|last| played.date <= last))
        };
        let names: Vec<String> = self.teams.iter().map(|(_, team)| name(team)).collect();
        let sides = seen().flat_map(|played| [played.home.0, played.away.0]);
        let (teams, team_at) = by_name(&names, sides);
        let (leagues, league_at) = by_name(&self.leagues, seen().map(|played| played.league));
        let (seasons, season_at) = by_name(&self.seasons, seen().map(|played| played.season));
        let (files, file_at) = by_name(&self.files, seen().map(|played| played.file));
        let mut matches = Vec::new();
        for played in seen() {
            let [home, away] = [played.home, played.away].map(|team| team_at[team.index()]);
            if home == away {
                return Err(Error::PlaysItself {
                    at: self.location(played),
                    team: teams[usize::from(home)].clone(),
                });
            }
            matches.push(PastMatch {
                home: TeamId(home),
                away: TeamId(away),
                league: league_at[usize::from(played.league)],
                season: season_at[usize::from(played.season)],
                file: file_at[usize::from(played.file)],
                ..played.clone()
            });
        }
        matches.sort_by_key(|played| (played.date, played.home, played.away));
        let teams = teams.into_iter().map(|name| Team {
            name,
            ..Team::default()
        });
        Ok(Self {
            teams: Teams::new(teams.collect()),
            leagues,
            seasons,
            files,
            matches,
            pending: Vec::new(),
        })
    }

    /// Finds every team of an edition by its name or aliases, `[team]`; `file` is where they stand.
    ///
    /// # Errors
    /// [`Error::UnknownTeam`] for the first that is not here, with the nearest names;
    /// [`Error::NameTaken`] if two are one team here.
    pub fn find_all(&self, teams: &Teams, file: &str) -> Result<Vec<TeamId>, Error> {
        let at = || Location::new(file, 0);
        let mut found: Vec<TeamId> = Vec::new();
        for (id, team) in teams.iter() {
            let here = team.spellings().find_map(|name| self.teams.named(name));
            let Some(here) = here else {
                let nearest = self.teams.find(&team.name).err().unwrap_or_default();
                return Err(Error::UnknownTeam {
                    at: at(),
                    name: teams.name(id).into(),
                    nearest,
                });
            };
            if let Some(other) = found.iter().position(|&other| other == here) {
                return Err(Error::NameTaken {
                    at: at(),
                    name: team.name.clone(),
                    other: teams.name(TeamId(other as u16)).into(),
                });
            }
            found.push(here);
        }
        Ok(found)
    }
}

/// The names in some positions, in order, and where each stands there, `[position]`.
fn by_name(names: &[String], positions: impl Iterator<Item = u16>) -> (Vec<String>, Vec<u16>) {
    let mut is_there = vec![false; names.len()];
    for position in positions {
        is_there[usize::from(position)] = true;
    }
    let there = names.iter().zip(is_there).filter(|(_, is_there)| *is_there);
    let mut ordered: Vec<String> = there.map(|(name, _)| name.clone()).collect();
    ordered.sort_unstable();
    ordered.dedup();
    let place = |name: &String| ordered.binary_search(name).unwrap_or_else(|place| place) as u16;
    let places = names.iter().map(place).collect();
    (ordered, places)
}

/// Adds the names that are new, and tells where every one of `others` stands.
fn join_names(names: &mut Vec<String>, others: Vec<String>) -> Vec<u16> {
    let mut place = |other: String| {
        let known = names.iter().position(|name| *name == other);
        let place = known.unwrap_or_else(|| {
            names.push(other);
            names.len() - 1
        });
        place as u16
    };
    others.into_iter().map(&mut place).collect()
}

/// A match of a [`History`]; a fixture while it has neither goals nor a ruling.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PastMatch {
    /// The day.
    pub date: Date,
    /// Position of its league in [`History::leagues`].
    pub league: u16,
    /// Position of its season in [`History::seasons`].
    pub season: u16,
    /// The home side; on neutral ground, the side named first.
    pub home: TeamId,
    /// The away side.
    pub away: TeamId,
    /// Where.
    pub venue: Venue,
    /// What was played, and so what models fit: the goals after 90 minutes, but see
    /// [`after_extra_time`](Self::after_extra_time). `None` where nothing was, or not yet.
    pub goals: Option<Scoreline>,
    /// Whether `goals` are known to hold those of extra time, because the file does not tell them apart.
    pub after_extra_time: bool,
    /// Goals in extra time alone, where the file tells them apart.
    pub extra_time: Option<Scoreline>,
    /// Kicks scored in the penalty shoot-out, where there was one. They are never goals.
    pub penalties: Option<Scoreline>,
    /// An official score that was not played: awarded, abandoned or annulled. Models do not see it.
    pub ruling: Option<Score>,
    /// Shots on target of the home and the away side.
    pub shots_on_target: Option<[u16; 2]>,
    /// The best bookmaker's odds of the file.
    pub odds: Option<Odds>,
    /// `[home, draw, away]`: probabilities that the file gives, summing to one.
    pub given: Option<[f64; 3]>,
    /// The group, in the file's words; empty where it has none.
    pub group: String,
    /// The matchday or round, in the file's words; empty where it has none.
    pub round: String,
    /// Position of its file in [`History::files`].
    #[serde(skip)]
    pub file: u16,
    /// The line of the file, for errors.
    #[serde(skip)]
    pub line: usize,
}

impl PastMatch {
    /// Whether it is still to be played.
    pub fn is_open(&self) -> bool {
        self.goals.is_none() && self.ruling.is_none()
    }
}

/// Decimal odds of home win, draw and away win: what a stake of one pays, the stake included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Odds {
    /// On a home win; above 1, as are all three.
    pub home: f64,
    /// On a draw.
    pub draw: f64,
    /// On an away win.
    pub away: f64,
    /// Whose they are.
    pub source: OddsSource,
}

impl Odds {
    /// What the bookmaker keeps: by how much the inverse odds sum to more than one.
    pub fn margin(&self) -> f64 {
        1.0 / self.home + 1.0 / self.draw + 1.0 / self.away - 1.0
    }
}

/// Whose odds, best first: at the close of betting before earlier, sharp before soft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OddsSource {
    /// Pinnacle at the close of betting.
    PinnacleClosing,
    /// The average of the market at the close of betting.
    AverageClosing,
    /// Bet365 at the close of betting.
    Bet365Closing,
    /// Pinnacle some days or hours before.
    Pinnacle,
    /// The average of the market some days or hours before.
    Average,
    /// Bet365 some days or hours before.
    Bet365,
}

impl fmt::Display for OddsSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::PinnacleClosing => "Pinnacle, closing",
            Self::AverageClosing => "market average, closing",
            Self::Bet365Closing => "Bet365, closing",
            Self::Pinnacle => "Pinnacle",
            Self::Average => "market average",
            Self::Bet365 => "Bet365",
        })
    }
}

/// Strengths by somebody else's reckoning, each for a span of days.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Ratings {
    /// Every team, in order of appearance; its association is the file's country.
    pub teams: Teams,
    /// Every rating, in file order.
    pub ratings: Vec<Rating>,
}

/// A rating of one team and the days it holds for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rating {
    /// The team.
    pub team: TeamId,
    /// Elo points: 400 more make a win ten times as likely.
    pub elo: f64,
    /// The first day it holds for.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The division the team plays in, 1 = highest; 0 where the file does not say.
    pub level: u8,
}
