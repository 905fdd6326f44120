//! Rankings over several seasons, who enters where, and who is in which pot.

mod text;

use serde::Serialize;

use super::manifest::Manifest;
use super::number::Thousandths;
use super::{Report, to_csv, to_json};
use crate::competition::Slot;
use crate::competition::ranking::{Ranked, Ranking, Scheme};
use crate::edition::{ClubRanking, Drawn, Edition, EntryRound, Reason, Snapshot};
use crate::standings::External;
use crate::team::TeamId;

/// What of an edition follows from earlier seasons, and what it leads to.
pub struct RankingReport<'a> {
    /// What was known.
    pub snapshot: &'a Snapshot,
    /// What it depends on.
    pub manifest: Manifest,
}

/// A ranking and how it came about.
struct WorkedOut<'a> {
    scheme: &'a Scheme,
    ranking: Ranking,
}

impl Report for RankingReport<'_> {
    fn text(&self) -> String {
        self.whole_text()
    }

    fn json(&self) -> String {
        let known = self.known();
        let unknown = match &self.edition().ranking {
            Some(ClubRanking::Unknown(reason)) => Some(reason.as_str()),
            _ => None,
        };
        to_json(&Document {
            manifest: &self.manifest,
            unknown,
            ranking: known.as_ref().map(|known| RankingRecord {
                name: &known.scheme.name,
                cite: &known.scheme.cite,
                window: known
                    .scheme
                    .window
                    .iter()
                    .map(|season| WindowRecord {
                        season: &season.season,
                        weight: season.weight,
                    })
                    .collect(),
                associations: self.associations(known),
                clubs: self.clubs(known),
            }),
            entry_rounds: self.rounds(),
            pots: self.balls(),
        })
    }

    fn csv(&self) -> String {
        let mut rows: Vec<CsvRow> = Vec::new();
        if let Some(known) = &self.known() {
            rows.extend(self.associations(known).into_iter().map(|row| CsvRow {
                what: "association",
                rank: row.rank,
                name: row.association.clone(),
                association: row.association,
                points: Some(row.points),
                may_enter: row.may_enter,
                entered: Some(row.entered),
                ..CsvRow::default()
            }));
            rows.extend(self.clubs(known).into_iter().map(|row| CsvRow {
                what: "club",
                rank: Some(row.rank),
                name: row.club,
                association: row.association,
                points: Some(row.points),
                ..CsvRow::default()
            }));
        }
        let teams = &self.edition().teams;
        for (round, record) in self.edition().entry_rounds().iter().zip(self.rounds()) {
            rows.extend(round.teams.iter().map(|&team| CsvRow {
                what: "entry",
                stage: record.stage.clone(),
                name: teams.name(team).into(),
                association: teams[team].association.clone(),
                ..CsvRow::default()
            }));
        }
        rows.extend(self.balls().into_iter().map(|ball| CsvRow {
            what: "pot",
            stage: ball.stage,
            rank: Some(ball.pot),
            association: ball.association,
            name: ball.team.unwrap_or(ball.place.unwrap_or_default()),
            reason: ball.reason.unwrap_or_default(),
            ..CsvRow::default()
        }));
        to_csv(rows)
    }
}

impl RankingReport<'_> {
    fn edition(&self) -> &Edition {
        self.snapshot.edition()
    }

    fn known(&self) -> Option<WorkedOut<'_>> {
        let ranking = self.edition().ranking()?;
        match self.edition().ranking.as_ref()? {
            ClubRanking::Known { scheme, .. } => Some(WorkedOut { scheme, ranking }),
            ClubRanking::Unknown(_) => None,
        }
    }

    /// Associations with points, then those of teams without any.
    fn associations(&self, known: &WorkedOut<'_>) -> Vec<AssociationRecord> {
        let record = |name: &str, ranked: Option<&Ranked>| {
            let rank = ranked.map(|ranked| ranked.rank);
            AssociationRecord {
                rank,
                association: name.into(),
                points: Thousandths(ranked.map_or(0, |ranked| ranked.points)),
                seasons: seasons(known.scheme, ranked),
                clubs: ranked.map_or(0, |ranked| ranked.clubs),
                may_enter: known.scheme.entries.map(|entries| entries.allowed(rank)),
                entered: self.edition().entered(name).count(),
            }
        };
        let ranked = known.ranking.associations.iter();
        let mut records: Vec<AssociationRecord> = ranked
            .map(|ranked| record(&ranked.name, Some(ranked)))
            .collect();
        for (_, team) in self.edition().teams.iter() {
            let name = &team.association;
            if !name.is_empty() && !records.iter().any(|record| record.association == *name) {
                records.push(record(name, None));
            }
        }
        records
    }

    fn clubs(&self, known: &WorkedOut<'_>) -> Vec<ClubRecord> {
        let takes_part = |ranked: &Ranked| {
            let mut teams = self.edition().teams.iter();
            teams.any(|(_, team)| team.name == ranked.name)
        };
        let record = |ranked: &Ranked| ClubRecord {
            rank: ranked.rank,
            club: ranked.name.clone(),
            association: ranked.association.clone(),
            points: Thousandths(ranked.points),
            seasons: seasons(known.scheme, Some(ranked)),
            takes_part: takes_part(ranked),
        };
        known.ranking.clubs.iter().map(record).collect()
    }

    fn rounds(&self) -> Vec<RoundRecord> {
        let stages = &self.edition().competition.stages;
        let name = |&team: &TeamId| self.edition().teams.name(team).to_owned();
        let record = |round: EntryRound| RoundRecord {
            stage: stages[round.stage].id.clone(),
            teams: round.teams.iter().map(name).collect(),
            from_earlier: round.from_earlier,
            unknown: round.unknown,
        };
        self.edition()
            .entry_rounds()
            .into_iter()
            .map(record)
            .collect()
    }

    fn balls(&self) -> Vec<BallRecord> {
        let edition = self.edition();
        let stages = edition.competition.stages.iter().enumerate();
        let mut records = Vec::new();
        for (index, stage) in stages {
            for (number, pot) in (1..).zip(self.snapshot.pots(index).unwrap_or_default()) {
                records.extend(pot.balls.iter().map(|ball: &Drawn| BallRecord {
                    stage: stage.id.clone(),
                    pot: number,
                    team: ball.team.map(|team| edition.teams.name(team).to_owned()),
                    association:
                        ball.team.map_or_else(String::new, |team| {
                            edition.teams[team].association.clone()
                        }),
                    place: match ball.slot {
                        Slot::Team(_) => None,
                        Slot::Place(place) => Some(place.name(&edition.competition.stages)),
                    },
                    by: ball.reason.map(|reason| reason.by),
                    value: ball.reason.map(value),
                    reason: ball.reason.map(|reason| self.in_words(ball, reason)),
                }));
            }
        }
        records
    }

    /// `coefficient 145`, `seed 1: champions of the association ranked 1`.
    fn in_words(&self, ball: &Drawn, reason: Reason) -> String {
        let mut words = format!("{} {}", reason.by, value(reason));
        let note = ball.team.map(|team| &self.edition().teams[team].note);
        if let Some(note) = note.filter(|note| reason.by == External::Seed && !note.is_empty()) {
            words += &format!(": {note}");
        }
        words
    }
}

fn seasons(scheme: &Scheme, ranked: Option<&Ranked>) -> Vec<SeasonRecord> {
    let points = |index: usize| ranked.map_or(0, |ranked| ranked.by_season[index]);
    let seasons = scheme.window.iter().enumerate();
    seasons
        .map(|(index, season)| SeasonRecord {
            season: season.season.clone(),
            points: Thousandths(points(index)),
        })
        .collect()
}

/// Coefficients are held in thousandths.
fn value(reason: Reason) -> Thousandths {
    match reason.by {
        External::Coefficient => Thousandths(reason.value),
        _ => Thousandths(reason.value * 1000),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Manifest,
    ranking: Option<RankingRecord<'a>>,
    unknown: Option<&'a str>,
    entry_rounds: Vec<RoundRecord>,
    pots: Vec<BallRecord>,
}

#[derive(Serialize)]
struct RankingRecord<'a> {
    name: &'a str,
    cite: &'a str,
    window: Vec<WindowRecord<'a>>,
    associations: Vec<AssociationRecord>,
    clubs: Vec<ClubRecord>,
}

#[derive(Serialize)]
struct WindowRecord<'a> {
    season: &'a str,
    weight: i64,
}

#[derive(Serialize)]
struct SeasonRecord {
    season: String,
    points: Thousandths,
}

#[derive(Serialize)]
struct AssociationRecord {
    rank: Option<usize>,
    association: String,
    points: Thousandths,
    seasons: Vec<SeasonRecord>,
    clubs: usize,
    may_enter: Option<usize>,
    entered: usize,
}

#[derive(Serialize)]
struct ClubRecord {
    rank: usize,
    club: String,
    association: String,
    points: Thousandths,
    seasons: Vec<SeasonRecord>,
    takes_part: bool,
}

#[derive(Serialize)]
struct RoundRecord {
    stage: String,
    teams: Vec<String>,
    from_earlier: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct BallRecord {
    stage: String,
    pot: usize,
    team: Option<String>,
    #[serde(skip)]
    association: String,
    place: Option<String>,
    by: Option<External>,
    value: Option<Thousandths>,
    reason: Option<String>,
}

#[derive(Default, Serialize)]
struct CsvRow {
    what: &'static str,
    stage: String,
    rank: Option<usize>,
    name: String,
    association: String,
    points: Option<Thousandths>,
    may_enter: Option<usize>,
    entered: Option<usize>,
    reason: String,
}
