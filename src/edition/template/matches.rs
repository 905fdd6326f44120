//! The fixtures that can be known: those of groups whose teams are.

use jiff::{Span, civil::Date};

use super::Filling;
use crate::competition::{Meeting, Slot};
use crate::edition::Edition;
use crate::edition::matches::COLUMNS;
use crate::error::Error;
use crate::fixture::Venue;
use crate::team::TeamId;

const EXTRAS: [&str; 3] = ["extra_time", "penalties", "venue"];

impl Filling<'_> {
    /// The file of matches of an edition that has none yet.
    pub(super) fn matches(
        &self,
        edition: &Edition,
        assumed: &mut Vec<String>,
    ) -> Result<String, Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut write = |record: &[&str]| {
            writer
                .write_record(record)
                .expect("every row has the cells of the header, and memory takes them");
        };
        write(&[&COLUMNS[..], &EXTRAS].concat());
        let mut known = false;
        for stage in &edition.competition.stages {
            let mut rows: Vec<(Meeting, usize, Vec<TeamId>)> = Vec::new();
            for (index, group) in stage.groups.iter().enumerate() {
                let named = group.entrants.iter().map(|slot| match slot {
                    Slot::Team(team) => Some(*team),
                    Slot::Place(_) => None,
                });
                let teams = named.collect::<Option<Vec<TeamId>>>();
                if let Some(teams) = teams.filter(|teams| !teams.is_empty()) {
                    let meetings = stage.schedule.meetings(teams.len()).into_iter();
                    rows.extend(meetings.map(|meeting| (meeting, index, teams.clone())));
                }
            }
            // Matchday by matchday, as the season goes.
            rows.sort_by_key(|(meeting, group, _)| (meeting.matchday, *group));
            for (meeting, group, teams) in rows {
                let name = |seat: u8| self.teams.name(teams[usize::from(seat)]);
                let date = self.date(meeting.matchday)?;
                let venue = match stage.venue {
                    Venue::Neutral => "neutral",
                    _ => "",
                };
                known = true;
                write(&[
                    &stage.id,
                    &stage.groups[group].id,
                    &meeting.matchday.to_string(),
                    &date.map_or_else(String::new, |date| date.to_string()),
                    name(meeting.home),
                    name(meeting.away),
                    "",
                    "",
                    "",
                    "",
                    "",
                    venue,
                ]);
            }
        }
        match (self.wishes.first_day, known) {
            (Some(_), false) => {
                let problem = "no fixture is known before the draw; leave it out".into();
                return Err(self.wrong("--from", problem));
            }
            (Some(day), true) => {
                assumed.push(format!("Matchdays are a week apart, the first on {day}."));
            }
            (None, true) => {
                assumed.push(
                    "Matches have no date: fill in the column `date` of `matches.csv`.".into(),
                );
            }
            (None, false) => {
                assumed.push("No fixture is known before the draw: `matches.csv` has none.".into());
            }
        }
        let bytes = writer.into_inner().expect("writing to memory cannot fail");
        Ok(String::from_utf8(bytes).expect("names are UTF-8"))
    }

    fn date(&self, matchday: u32) -> Result<Option<Date>, Error> {
        let Some(first) = self.wishes.first_day else {
            return Ok(None);
        };
        let later = first.checked_add(Span::new().weeks(i64::from(matchday) - 1));
        later.map(Some).map_err(|_| {
            let problem = format!("matchday {matchday} lies beyond the calendar; begin earlier");
            self.wrong("--from", problem)
        })
    }
}
