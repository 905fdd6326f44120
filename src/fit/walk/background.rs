//! What a history tells of the teams of an edition, up to a point in time.

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Evidence;
use crate::edition::{Listed, Snapshot};
use crate::error::{Error, Nearest};
use crate::fixture::FULL_TIME;
use crate::history::{History, PastMatch};
use crate::model::{Margin, Pairing};
use crate::team::{Team, TeamId};

/// A match may be listed a day or two off in another file.
const SAME_MATCH: i32 = 3;

/// A history as it was known at a snapshot: there is no way from here to a later match, and nothing
/// depends on how files list them.
#[derive(Clone, Debug)]
pub struct Background {
    history: History,
    /// `[match of the history]`: whether the edition lists it, and so has the say on it.
    is_own: Vec<bool>,
    /// `[team of the edition]`: its number in the history, beyond which newcomers have theirs.
    pub(super) of_edition: Vec<TeamId>,
    /// What was played on the pitch in the edition itself.
    pub(super) own: Vec<Evidence>,
    /// The league that the edition is in: one of the history, or one of its own.
    pub(super) league: u16,
    /// Its season, likewise.
    pub(super) season: u16,
    /// The last day of which anything is known; `None` where nothing is dated.
    pub(super) until: Option<Date>,
    /// The days of what is still to be played, in order.
    pub(super) open: Vec<Date>,
}

impl Background {
    /// Finds the teams of a snapshot in a history. `newcomers` are teams that it need not know.
    ///
    /// # Errors
    /// [`Error::NoPast`] for another team that it does not know by then, by name or alias;
    /// [`Error::PlaysItself`] where two teams of the history that met are one in the edition.
    pub fn new(
        snapshot: &Snapshot,
        history: &History,
        newcomers: &[TeamId],
    ) -> Result<Self, Error> {
        let teams = &snapshot.edition().teams;
        let open = open_dates(snapshot);
        let until = until(snapshot, &open);
        let history = history.until(until, |team: &Team| {
            let known = team.spellings().find_map(|name| teams.find(name).ok());
            known
                .map_or(&*team.name, |known| teams.name(known))
                .to_owned()
        })?;
        let of_edition = numbers(snapshot, &history, newcomers)?;
        let own = own_matches(snapshot, &of_edition);
        let listing = Listing::new(snapshot, &of_edition);
        let league = listing.league(&history);
        let decides = |played| listing.decides(played, league);
        let mut background = Self {
            is_own: history.matches.iter().map(decides).collect(),
            history,
            of_edition,
            own,
            league,
            season: 0,
            until,
            open,
        };
        background.season = background.season();
        Ok(background)
    }

    /// Every match that can be seen, and the teams, leagues, seasons and files of these.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What everything tells that the edition does not list.
    pub(super) fn past(&self, margin: Margin) -> Vec<Evidence> {
        let matches = self.history.matches.iter().zip(&self.is_own);
        let past = matches.filter(|(_, is_own)| !**is_own);
        past.filter_map(|(played, _)| Evidence::of(played, margin))
            .collect()
    }

    /// What a match of the edition tells: its own score, and the shots and odds of the history.
    pub(super) fn told(&self, own: &Evidence, margin: Margin) -> Evidence {
        let told = self.counterpart(own);
        let told = told.and_then(|played| Evidence::of(played, margin));
        let is_turned = told.is_some_and(|told| told.pairing.home != own.pairing.home);
        let seen_from_home = |[first, second]: [f64; 2]| match is_turned {
            true => [second, first],
            false => [first, second],
        };
        Evidence {
            league: self.league,
            season: self.season,
            shots_on_target: told
                .and_then(|told| told.shots_on_target)
                .map(seen_from_home),
            expected: told.and_then(|told| told.expected).map(seen_from_home),
            ..*own
        }
    }

    /// The match of the history that is one of the edition's.
    fn counterpart(&self, own: &Evidence) -> Option<&PastMatch> {
        let from = own.date.saturating_sub(SAME_MATCH.days());
        let matches = &self.history.matches;
        let first = matches.partition_point(|played| played.date < from);
        let near = matches[first..].iter();
        let mut near = near.take_while(|played| is_near(played.date, own.date));
        let teams = sides(own.pairing.home, own.pairing.away);
        near.find(|played| sides(played.home, played.away) == teams)
    }

    /// The season as the history names it, if it has matches of the edition; else a new one.
    fn season(&self) -> u16 {
        let known = self.own.iter().filter_map(|own| self.counterpart(own));
        let known = known.map(|played| played.season).min();
        known.unwrap_or(self.history.seasons.len() as u16)
    }
}

/// `[team of the edition]`: its number in a history; newcomers follow in order of their names.
fn numbers(
    snapshot: &Snapshot,
    history: &History,
    newcomers: &[TeamId],
) -> Result<Vec<TeamId>, Error> {
    let teams = &snapshot.edition().teams;
    let mut new: Vec<&str> = Vec::new();
    for (id, team) in teams.iter() {
        if let Err(nearest) = history.teams.find(&team.name) {
            if !newcomers.contains(&id) {
                let team = team.name.clone();
                return Err(Error::NoPast { team, nearest });
            }
            new.push(&team.name);
        }
    }
    new.sort_unstable();
    let number = |(_, team): (TeamId, &Team)| {
        history.teams.find(&team.name).unwrap_or_else(|_: Nearest| {
            let place = new.binary_search(&&*team.name);
            let place = place.expect("who is not known is new");
            TeamId((history.teams.len() + place) as u16)
        })
    };
    Ok(teams.iter().map(number).collect())
}

/// The matches that an edition lists.
struct Listing {
    /// Of every two teams: the days on which they meet.
    days: HashMap<[TeamId; 2], Vec<Date>>,
    /// The first and the last day of all.
    span: RangeInclusive<Date>,
    teams: BTreeSet<TeamId>,
}

impl Listing {
    fn new(snapshot: &Snapshot, of_edition: &[TeamId]) -> Self {
        let mut days: HashMap<[TeamId; 2], Vec<Date>> = HashMap::new();
        let (mut first, mut last) = (Date::MAX, Date::MIN);
        for Listed { fixture, .. } in &snapshot.edition().fixtures {
            let [home, away] = [fixture.home, fixture.away].map(|team| of_edition[team.index()]);
            if let Some(dates) = fixture.dates {
                let days = days.entry(sides(home, away)).or_default();
                days.push(dates.last);
                (first, last) = (first.min(dates.first), last.max(dates.last));
            }
        }
        Self {
            days,
            span: first..=last,
            teams: of_edition.iter().copied().collect(),
        }
    }

    fn has(&self, played: &PastMatch) -> bool {
        let days = self.days.get(&sides(played.home, played.away));
        days.is_some_and(|days| days.iter().any(|&day| is_near(day, played.date)))
    }

    fn is_between_teams(&self, played: &PastMatch) -> bool {
        self.teams.contains(&played.home) && self.teams.contains(&played.away)
    }

    /// The league of most matches that are listed, else of most between its teams; one of its own if there
    /// is none.
    fn league(&self, history: &History) -> u16 {
        let most = |is_counted: &dyn Fn(&PastMatch) -> bool| {
            let mut counts = vec![0_usize; history.leagues.len()];
            for played in history.matches.iter().filter(|played| is_counted(played)) {
                counts[usize::from(played.league)] += 1;
            }
            let most = counts.iter().copied().max().filter(|&most| most > 0)?;
            counts.iter().position(|&count| count == most)
        };
        let league = most(&|played| self.has(played));
        let league = league.or_else(|| most(&|played| self.is_between_teams(played)));
        league.unwrap_or(history.leagues.len()) as u16
    }

    /// Whether the edition has the say on a match: it lists it within days, or, as matches are put off and
    /// some not listed yet, it is one of its teams in its league while that lasts.
    fn decides(&self, played: &PastMatch, league: u16) -> bool {
        let is_within = played.league == league && self.span.contains(&played.date);
        self.has(played) || is_within && self.is_between_teams(played)
    }
}

/// Two teams, whoever is at home: on neutral ground others may name them the other way round.
fn sides(one: TeamId, other: TeamId) -> [TeamId; 2] {
    [one.min(other), one.max(other)]
}

fn is_near(one: Date, other: Date) -> bool {
    (one - other).get_days().abs() <= SAME_MATCH
}

/// What was played on the pitch in the edition itself; league and season are still to be found.
fn own_matches(snapshot: &Snapshot, of_edition: &[TeamId]) -> Vec<Evidence> {
    let competition = &snapshot.edition().competition;
    let evidence = snapshot.played().filter_map(|(fixture, played)| {
        let (home, away) = (fixture.home, fixture.away);
        Some(Evidence {
            date: fixture.dates?.last,
            league: 0,
            season: 0,
            pairing: Pairing {
                home: of_edition[home.index()],
                away: of_edition[away.index()],
                venue: competition.venue(fixture.venue, home, away),
            },
            goals: Some([played.goals.home, played.goals.away].map(f64::from)),
            share: f64::from(played.minutes) / f64::from(FULL_TIME),
            shots_on_target: None,
            expected: None,
        })
    });
    evidence.collect()
}

/// The last day of which anything may be known: that of the snapshot, else that of the last match played,
/// else the day before the first.
fn until(snapshot: &Snapshot, open: &[Date]) -> Option<Date> {
    if snapshot.day() < Date::MAX {
        return Some(snapshot.day());
    }
    let played = snapshot.played();
    let last = played.filter_map(|(fixture, _)| Some(fixture.dates?.last));
    let before = open.first().map(|first| first.saturating_sub(1.day()));
    last.max().or(before)
}

/// The days of what is still to be played, in order.
fn open_dates(snapshot: &Snapshot) -> Vec<Date> {
    let fixtures = snapshot.edition().fixtures.iter();
    let open = fixtures.filter(|listed| listed.fixture.score.is_none());
    let mut dates: Vec<Date> = open
        .filter_map(|listed| Some(listed.fixture.dates?.last))
        .collect();
    dates.sort_unstable();
    dates
}
