//! An edition as a history.

use super::Edition;
use crate::fixture::{FULL_TIME, Status};
use crate::history::{History, PastMatch};

impl Edition {
    /// Its matches and fixtures that have a date, as one season of one league.
    pub fn history(&self) -> History {
        let matches = self.fixtures.iter().filter_map(|listed| {
            let fixture = &listed.fixture;
            let stage = &self.competition.stages[fixture.stage];
            let score = fixture.score;
            let on_pitch = score.and_then(|score| score.on_pitch());
            let whole = on_pitch.filter(|played| played.minutes == FULL_TIME);
            Some(PastMatch {
                date: fixture.dates?.last,
                league: 0,
                season: 0,
                home: fixture.home,
                away: fixture.away,
                venue: self
                    .competition
                    .venue(fixture.venue, fixture.home, fixture.away),
                goals: whole.map(|played| played.goals),
                after_extra_time: false,
                extra_time: score.and_then(|score| score.extra_time),
                penalties: score.and_then(|score| score.penalties),
                ruling: score.filter(|score| score.status != Status::Played),
                shots_on_target: None,
                odds: None,
                given: None,
                group: stage.groups[fixture.group].id.clone(),
                round: stage.name.clone(),
                file: 0,
                line: listed.line,
            })
        });
        let mut matches: Vec<PastMatch> = matches.collect();
        matches.sort_by_key(|played| played.date);
        History {
            teams: self.teams.clone(),
            leagues: vec![self.name.clone()],
            seasons: vec![self.id.clone()],
            files: vec![self.file.clone()],
            matches,
            ..History::default()
        }
    }
}
