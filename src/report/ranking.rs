//! Rankings over several seasons, who enters where, and who is in which pot.

use serde::Serialize;

use super::layout::{Cell, FAINT, HEADING, Layout, styled, wrap};
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
        let edition = self.edition();
        let title = format!("{}, {}", edition.name, self.snapshot.label());
        let mut text = format!("{}\n", styled(HEADING, wrap(&title, 0).trim_end()));
        match (&self.known(), &edition.ranking) {
            (Some(known), _) => text += &self.ranking_text(known),
            (None, Some(ClubRanking::Unknown(reason))) => {
                let line = format!("No ranking over several seasons: {reason}.");
                text += &format!("\n{}", wrap(&line, 0));
            }
            (None, _) => {
                let line = "No ranking over several seasons: the edition has neither [ranking] nor ranking.csv.";
                text += &format!("\n{}", wrap(line, 0));
            }
        }
        text + &self.rounds_text() + &self.pots_text()
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

    fn ranking_text(&self, known: &WorkedOut<'_>) -> String {
        let scheme = known.scheme;
        let weights = scheme.window.iter();
        let weights = weights.map(|season| format!("{} times {}", season.season, season.weight));
        let mut text = format!("\n{}\n", styled(HEADING, &scheme.name));
        let weights = weights.collect::<Vec<_>>().join(", ");
        text += &wrap(&format!("{weights} [{}].", scheme.cite), 0);
        if let Some(entries) = scheme.entries {
            let line = format!(
                "An association of rank 1 to {} may enter {} teams, any other {}.",
                entries.best, entries.teams, entries.others
            );
            text += &wrap(&line, 0);
        }
        let mut layout = Layout::names("").left("association").right("points");
        layout = layout.right("clubs");
        if scheme.entries.is_some() {
            layout = layout.right("may\nenter");
        }
        layout = layout.right("entered");
        for row in self.associations(known) {
            let mut cells = vec![
                Cell::new(row.rank.map_or_else(|| "–".into(), |rank| rank.to_string())),
                Cell::new(row.association),
                Cell::new(row.points.to_string()),
                Cell::new(row.clubs.to_string()).style(FAINT),
            ];
            cells.extend(row.may_enter.map(|number| Cell::new(number.to_string())));
            cells.push(Cell::new(row.entered.to_string()));
            layout.row(cells);
        }
        text += &format!("\n{}", layout.render());
        let mut layout = Layout::names("")
            .left("club")
            .left("association")
            .right("points");
        // The latest first: where room is short, the oldest go.
        for season in scheme.window.iter().rev() {
            layout = layout.optional(&season.season);
        }
        for row in self.clubs(known) {
            let style = if row.takes_part { HEADING } else { FAINT };
            let mut cells = vec![
                Cell::new(row.rank.to_string()),
                Cell::new(row.club).style(style),
                Cell::new(row.association).style(FAINT),
                Cell::new(row.points.to_string()),
            ];
            let seasons = row.seasons.iter().rev().map(|season| match season.points {
                Thousandths(0) => Cell::default(),
                points => Cell::new(points.to_string()).style(FAINT),
            });
            cells.extend(seasons);
            layout.row(cells);
        }
        text + &format!("\n{}", layout.render())
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

    fn rounds_text(&self) -> String {
        let stages = &self.edition().competition.stages;
        let mut text = format!("\n{}\n", styled(HEADING, "Who enters where"));
        for (index, round) in self.edition().entry_rounds().iter().enumerate() {
            let mut line = format!(
                "{}: {} {}{}",
                stages[round.stage].name,
                round.teams.len(),
                if round.teams.len() == 1 {
                    "team"
                } else {
                    "teams"
                },
                if index > 0 { " after a bye" } else { "" },
            );
            if round.from_earlier > 0 {
                line += &format!(", beside {} that come from earlier", round.from_earlier);
            }
            if round.unknown > 0 {
                line += &format!("; {} of its ties are not known", round.unknown);
            }
            text += &wrap(&(line + "."), 0);
        }
        text
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

    fn pots_text(&self) -> String {
        let mut text = String::new();
        let balls = self.balls();
        let stages = self.edition().competition.stages.iter();
        for stage in stages {
            let balls: Vec<&BallRecord> =
                balls.iter().filter(|ball| ball.stage == stage.id).collect();
            if balls.is_empty() {
                continue;
            }
            let title = format!("Pots of the draw for {}", stage.name);
            text += &format!("\n{}\n", styled(HEADING, &title));
            if balls
                .iter()
                .all(|ball| ball.reason.is_none() && ball.place.is_none())
            {
                text += &wrap(
                    "As the edition lists them; it does not say what they follow from.",
                    0,
                );
            }
            let mut layout = Layout::names("pot").left("team").left("because of");
            let mut last = 0;
            for ball in balls {
                let number = match ball.pot == last {
                    true => String::new(),
                    false => ball.pot.to_string(),
                };
                last = ball.pot;
                let place = ball.place.clone().unwrap_or_default();
                let name = ball.team.clone();
                layout.row(vec![
                    Cell::new(number),
                    Cell::new(name.unwrap_or_else(|| format!("{place}, not known yet"))),
                    Cell::new(ball.reason.clone().unwrap_or_default()).style(FAINT),
                ]);
            }
            text += &layout.render();
        }
        match text.is_empty() {
            true => "\nNo stage has a draw of groups.\n".into(),
            false => text,
        }
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
