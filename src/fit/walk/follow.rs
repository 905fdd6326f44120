//! The teams of an edition, followed through their past up to a point in time.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::{Fit, Method, PlayedMatch, unconnected_groups};
use super::{Evidence, Walk, Walks};
use crate::edition::{Snapshot, When};
use crate::error::{Error, Nearest};
use crate::fixture::FULL_TIME;
use crate::history::{History, PastMatch};
use crate::model::Pairing;
use crate::team::TeamId;

/// A match may be listed a day or two off in another file.
const SAME_MATCH: i32 = 3;

impl Fit {
    /// Follows the teams of a snapshot through a history, nothing of which counts after the snapshot. The
    /// strengths are as they will be half-way through what is still to be played.
    ///
    /// A match that both have counts as the edition has it, with the shots and odds of the history.
    /// `newcomers` are teams that the history need not know.
    ///
    /// # Errors
    /// [`Error::NoPast`] for another team that it does not know, by name or alias.
    pub fn following(
        snapshot: &Snapshot,
        history: &History,
        newcomers: &[TeamId],
        walks: &Walks,
    ) -> Result<Self, Error> {
        let ids = Ids::new(snapshot, history, newcomers)?;
        let own = own_matches(snapshot, &ids);
        let until = until(snapshot, &own);
        let past: Vec<&PastMatch> = history
            .matches
            .iter()
            .take_while(|played| played.date <= until)
            .filter(|played| !ids.is_own(played))
            .collect();
        let (league, season) = (ids.league(&past, history), ids.season(history, &own));
        let mut evidence: Vec<Evidence> = past
            .iter()
            .filter_map(|played| Evidence::of(played, walks.margin))
            .collect();
        let of_past = evidence.len();
        evidence.extend(own.iter().map(|own| {
            let known = ids.counterpart(own.pairing, own.date, history);
            let told = known.and_then(|played| Evidence::of(played, walks.margin));
            Evidence {
                league,
                season,
                shots_on_target: told.and_then(|told| told.shots_on_target),
                expected: told.and_then(|told| told.expected),
                ..*own
            }
        }));
        evidence.sort_by_key(|evidence| evidence.date);
        let mut walk = Walk::new(walks.law, walks.settings.clone());
        for evidence in &evidence {
            walk.learn(evidence)?;
        }
        let open = open_dates(snapshot);
        walk.advance(open.first().copied().unwrap_or(until));
        for &team in &ids.of_edition {
            walk.enter(team, league, season);
        }
        if let Some(&middle) = open.get(open.len() / 2) {
            walk.advance(middle);
        }
        let matches: Vec<PlayedMatch> = own.iter().filter_map(|own| ids.played(own)).collect();
        let teams = ids.of_edition.len();
        let groups = match of_past {
            0 => unconnected_groups(teams, &matches),
            _ => vec![snapshot.edition().teams.ids().collect()],
        };
        Ok(Self {
            model: walk.model(league, &ids.of_edition)?,
            spread: walks.settings.spread,
            log_likelihood: walk.log_likelihood(),
            groups,
            matches,
            past: of_past,
            beforehand: vec![0.0; teams].into(),
            method: Method::Walking(walks.clone()),
        })
    }
}

/// Which team of an edition is which of a history.
struct Ids {
    /// `[team of the edition]`: as the walk knows it, which is as the history knows it.
    of_edition: Vec<TeamId>,
    /// `[team of the walk]`: as the edition knows it.
    of_walk: HashMap<TeamId, TeamId>,
    /// Every match that the edition lists: home and away as the walk knows them, and the day.
    listed: HashMap<(TeamId, TeamId), Vec<Date>>,
}

impl Ids {
    fn new(snapshot: &Snapshot, history: &History, newcomers: &[TeamId]) -> Result<Self, Error> {
        let teams = &snapshot.edition().teams;
        let mut of_edition: Vec<Option<TeamId>> = vec![None; teams.len()];
        for (id, team) in history.teams.iter() {
            if let Ok(found) = teams.find(&team.name) {
                of_edition[found.index()].get_or_insert(id);
            }
        }
        let mut unknown = 0;
        for (id, team) in teams.iter() {
            if of_edition[id.index()].is_some() {
                continue;
            }
            let known = team
                .spellings()
                .find_map(|spelling| history.teams.find(spelling).ok());
            if known.is_none() && !newcomers.contains(&id) {
                let names = history.teams.iter();
                let names = names.map(|(_, team)| (team.name.as_str(), team.name.as_str()));
                return Err(Error::NoPast {
                    team: team.name.clone(),
                    nearest: Nearest::of(&team.name, names),
                });
            }
            of_edition[id.index()] = known.or_else(|| {
                unknown += 1;
                Some(TeamId((history.teams.len() + unknown - 1) as u16))
            });
        }
        let of_edition: Vec<TeamId> = of_edition.into_iter().flatten().collect();
        let of_walk = of_edition.iter().zip(teams.ids());
        let mut ids = Self {
            of_walk: of_walk.map(|(&walk, edition)| (walk, edition)).collect(),
            of_edition,
            listed: HashMap::new(),
        };
        for (stage, group) in groups(snapshot) {
            for listed in snapshot.fixtures(stage, group) {
                let fixture = &listed.fixture;
                if let Some(dates) = fixture.dates {
                    let teams = [fixture.home, fixture.away].map(|team| ids.walking(team));
                    let days = ids.listed.entry((teams[0], teams[1])).or_default();
                    days.push(dates.last);
                }
            }
        }
        Ok(ids)
    }

    fn walking(&self, team: TeamId) -> TeamId {
        self.of_edition[team.index()]
    }

    /// A match as the edition knows it.
    fn played(&self, own: &Evidence) -> Option<PlayedMatch> {
        let known = |team: TeamId| self.of_walk.get(&team).copied();
        Some(PlayedMatch {
            pairing: Pairing {
                home: known(own.pairing.home)?,
                away: known(own.pairing.away)?,
                venue: own.pairing.venue,
            },
            goals: own.goals?,
            share: own.share,
            day: own.date,
            weight: 1.0,
        })
    }

    /// Whether the edition lists a match of the history.
    fn is_own(&self, played: &PastMatch) -> bool {
        let days = self.listed.get(&(played.home, played.away));
        days.is_some_and(|days| days.iter().any(|&day| is_near(day, played.date)))
    }

    /// The match of the history that is one of the edition's.
    fn counterpart<'h>(
        &self,
        pairing: Pairing,
        date: Date,
        history: &'h History,
    ) -> Option<&'h PastMatch> {
        let from = date.saturating_sub(SAME_MATCH.days());
        let first = history.matches.partition_point(|played| played.date < from);
        let near = history.matches[first..].iter();
        let mut near = near.take_while(|played| is_near(played.date, date));
        near.find(|played| (played.home, played.away) == (pairing.home, pairing.away))
    }

    /// The league in which most matches of the past are between teams of the edition; one of its own if
    /// there is none.
    fn league(&self, past: &[&PastMatch], history: &History) -> u16 {
        let mut counts = vec![0_usize; history.leagues.len()];
        let is_member = |team: &TeamId| self.of_walk.contains_key(team);
        for played in past {
            if is_member(&played.home) && is_member(&played.away) {
                counts[usize::from(played.league)] += 1;
            }
        }
        let most = counts.iter().copied().max().filter(|&most| most > 0);
        let league = most.and_then(|most| counts.iter().position(|&count| count == most));
        league.unwrap_or(history.leagues.len()) as u16
    }

    /// The season as the history names it, if it has matches of the edition; else a new one.
    fn season(&self, history: &History, own: &[Evidence]) -> u16 {
        let known = own
            .iter()
            .find_map(|own| self.counterpart(own.pairing, own.date, history));
        known.map_or(history.seasons.len() as u16, |played| played.season)
    }
}

fn is_near(one: Date, other: Date) -> bool {
    (one - other).get_days().abs() <= SAME_MATCH
}

fn groups(snapshot: &Snapshot) -> impl Iterator<Item = (usize, usize)> + '_ {
    let stages = snapshot.edition().competition.stages.iter().enumerate();
    stages.flat_map(|(stage, found)| (0..found.groups.len()).map(move |group| (stage, group)))
}

/// What was played on the pitch in the edition itself; league and season are still to be found.
fn own_matches(snapshot: &Snapshot, ids: &Ids) -> Vec<Evidence> {
    let competition = &snapshot.edition().competition;
    let evidence = snapshot.played().filter_map(|(fixture, played)| {
        let (home, away) = (fixture.home, fixture.away);
        Some(Evidence {
            date: fixture.dates?.last,
            league: 0,
            season: 0,
            pairing: Pairing {
                home: ids.walking(home),
                away: ids.walking(away),
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

/// The last day of which anything may be known.
fn until(snapshot: &Snapshot, own: &[Evidence]) -> Date {
    if let When::Date(date) = snapshot.when() {
        return date;
    }
    let last = own.iter().map(|own| own.date).max();
    last.unwrap_or_else(|| match open_dates(snapshot).first() {
        Some(first) => first.saturating_sub(1.day()),
        None => Date::MAX,
    })
}

/// The days of what is still to be played, in order.
fn open_dates(snapshot: &Snapshot) -> Vec<Date> {
    let mut dates: Vec<Date> = groups(snapshot)
        .flat_map(|(stage, group)| snapshot.fixtures(stage, group))
        .filter(|listed| listed.fixture.score.is_none())
        .filter_map(|listed| Some(listed.fixture.dates?.last))
        .collect();
    dates.sort_unstable();
    dates
}
