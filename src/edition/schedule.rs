//! How often and where the teams of a stage meet.

use std::collections::HashMap;

use super::places::whole;
use super::raw::RawStage;
use super::seating::LEAGUE_PHASE;
use super::structure::Declared;
use crate::competition::{Group, Schedule, SecondLeg, Slot};
use crate::error::{Error, Location};
use crate::fixture::Venue;
use crate::standings::Metric;

const MOST_LEGS: u32 = 10;

impl Declared<'_> {
    pub(super) fn schedule(&self, raw: &RawStage, groups: &[Group]) -> Result<Schedule, Error> {
        let wrong = |at: Location, problem: String| Error::Stage {
            at,
            stage: raw.id.get_ref().clone(),
            problem,
        };
        let at = || self.file.at(&raw.id);
        let plays = groups.iter().any(|group| group.size != 1);
        let says = [
            raw.legs
                .as_ref()
                .filter(|legs| *legs.get_ref() > 0)
                .map(|_| "legs"),
            raw.matches.as_ref().map(|_| "matches"),
            raw.schedule.as_ref().map(|_| "schedule"),
            raw.venue.as_ref().map(|_| "venue"),
        ];
        if let Some(key) = says.into_iter().flatten().next().filter(|_| !plays) {
            let problem =
                format!("its groups have one seat each and play nothing; leave out `{key}`");
            return Err(wrong(at(), problem));
        }
        if let Some(lines) = &raw.schedule {
            let (at, lines) = (self.file.at(lines), lines.get_ref());
            if raw.legs.is_some() || raw.matches.is_some() {
                return Err(wrong(
                    at,
                    "`schedule` says how often teams meet; leave out `legs` and `matches`".into(),
                ));
            }
            let sizes = groups.iter().map(|group| group.size);
            let size = sizes.clone().max().unwrap_or(0);
            if sizes.min() != Some(size) {
                return Err(wrong(at, "`schedule` needs groups of one size".into()));
            }
            return template(lines, size).map_err(|problem| wrong(at, problem));
        }
        match (&raw.legs, &raw.matches) {
            (Some(_), Some(_)) => {
                let problem = "it has both `legs` and `matches`; remove one";
                Err(wrong(at(), problem.into()))
            }
            (None, None) if !plays => Ok(Schedule::Nothing),
            (None, None) => Err(wrong(
                at(),
                "how often teams meet is missing: `legs`, `matches` of each team, or a `schedule`"
                    .into(),
            )),
            (Some(legs), None) => match *legs.get_ref() {
                0 if raw.carry.is_some() || !self.counts_matches(raw) => Ok(Schedule::Nothing),
                0 => Err(wrong(
                    self.file.at(legs),
                    "without matches it needs `carry`: what its teams bring along".into(),
                )),
                legs @ 1..=MOST_LEGS => Ok(Schedule::RoundRobin { legs }),
                found => Err(Error::BadValue {
                    at: self.file.at(legs),
                    what: "legs",
                    value: found.to_string(),
                    expected: "a whole number from 0 to 10",
                }),
            },
            (None, Some(matches)) => {
                let count = *matches.get_ref();
                let fits = |group: &Group| {
                    let size = group.size as u32;
                    size == 0 || (count < size && (count * size).is_multiple_of(2))
                };
                if count == 0 || !groups.iter().all(fits) {
                    return Err(Error::BadValue {
                        at: self.file.at(matches),
                        what: "matches",
                        value: count.to_string(),
                        expected: "how many of the others each team meets, once each; with an odd number of teams \
                                   an even one",
                    });
                }
                match self.is_given(raw, groups) {
                    true => Ok(Schedule::Given { matches: count }),
                    false => Err(wrong(
                        self.file.at(matches),
                        "only the file of matches or the draw of a league phase can say who meets whom with \
                         `matches`; write `legs` or a `schedule`, or name its teams"
                            .into(),
                    )),
                }
            }
        }
    }

    /// Whether somebody says who meets whom: the file of matches, which must have all of a group of named
    /// teams, or the draw of a league phase.
    fn is_given(&self, raw: &RawStage, groups: &[Group]) -> bool {
        let named = |group: &Group| {
            let mut slots = group.entrants.iter();
            slots.all(|slot| matches!(slot, Slot::Team(_)))
        };
        match &raw.draw {
            Some(draw) => draw
                .get_ref()
                .kind
                .as_ref()
                .is_some_and(|kind| kind.get_ref() == LEAGUE_PHASE),
            None => groups.iter().all(named),
        }
    }

    /// Whether the rules of a stage look at matches, rather than at rankings and lots alone.
    fn counts_matches(&self, raw: &RawStage) -> bool {
        let order = raw.order.as_ref();
        let order = order.and_then(|order| self.rulebook.order(order.get_ref()));
        order.is_some_and(|order| {
            let external = |metric| matches!(metric, Metric::External(_) | Metric::EarlierPlace);
            !order.last.metrics().all(external)
        })
    }

    pub(super) fn venue(&self, raw: &RawStage) -> Result<Venue, Error> {
        match raw.venue.as_ref().map(|venue| venue.get_ref().as_str()) {
            None => Ok(Venue::Home),
            Some("neutral") => Ok(Venue::Neutral),
            Some(word) => Err(Error::BadValue {
                at: raw
                    .venue
                    .as_ref()
                    .map_or_else(|| self.file.at(&raw.id), |venue| self.file.at(venue)),
                what: "venue",
                value: word.into(),
                expected: "`neutral`, or no such key where matches are at the home side's ground",
            }),
        }
    }

    pub(super) fn second_leg(&self, raw: &RawStage, groups: &[Group]) -> Result<SecondLeg, Error> {
        const WORDS: [(&str, SecondLeg); 3] = [
            ("second", SecondLeg::Second),
            ("drawn", SecondLeg::Drawn),
            ("better placed", SecondLeg::BetterPlaced),
        ];
        match &raw.second_leg {
            None => Ok(SecondLeg::default()),
            Some(key) if groups.iter().all(|group| group.size > 2 || group.size == 1) => {
                let problem = "`second_leg` goes with ties of two, and it has none; leave it out";
                Err(self.stage_error(key, raw, problem.into()))
            }
            Some(word) => self.word("second_leg", word, &WORDS),
        }
    }
}

/// Reads matchdays such as `1-4 2-3`, by seats from 1.
fn template(lines: &[String], size: usize) -> Result<Schedule, String> {
    let mut met: HashMap<(u8, u8), u32> = HashMap::new();
    let mut matchdays = Vec::new();
    for line in lines {
        let mut pairs = Vec::new();
        let mut playing = Vec::new();
        for pair in line.split_whitespace() {
            let seat = |text: &str| whole(text).filter(|seat| (1..=size).contains(seat));
            let sides = pair
                .split_once('-')
                .and_then(|(home, away)| seat(home).zip(seat(away)));
            let Some((home, away)) = sides else {
                return Err(format!(
                    "`{pair}` in `schedule`: expected two positions from 1 to {size}, such as `1-{size}`"
                ));
            };
            if playing.contains(&home) || playing.contains(&away) || home == away {
                return Err(format!("`{line}` in `schedule`: a team plays twice"));
            }
            playing.extend([home, away]);
            let (home, away) = (home as u8 - 1, away as u8 - 1);
            *met.entry((home.min(away), home.max(away))).or_default() += 1;
            pairs.push((home, away));
        }
        matchdays.push(pairs);
    }
    let legs = met.values().copied().max().unwrap_or(0);
    let pairs = size * size.saturating_sub(1) / 2;
    if legs == 0 || met.len() != pairs || met.values().any(|&count| count != legs) {
        return Err("`schedule`: every pair must meet, and all equally often".into());
    }
    if legs > MOST_LEGS {
        return Err(format!(
            "`schedule`: every pair meets {legs} times; at most {MOST_LEGS} are possible"
        ));
    }
    Ok(Schedule::Template { matchdays, legs })
}
