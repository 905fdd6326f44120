//! What a team needs: outcomes by its points at the end and by the record of its matches left.

use serde::Serialize;

use super::{KeptSeasons, ShareRecord, heading, share, title};
use crate::project::{Conditional, Ending, PointsNeeded, SHARES, Takes};
use crate::report::layout::{Cell, FAINT, Layout, stacked, styled, wrap};
use crate::report::{Report, to_csv};

/// Columns that a heading over a share may take.
const HEADING_WIDTH: usize = 13;

/// Outcomes that always fit beside each other.
const MOST_SHOWN: usize = 4;

/// What a team needs.
pub struct PointsReport<'a> {
    /// Whose seasons.
    pub kept: KeptSeasons<'a>,
    /// What they say.
    pub points: &'a PointsNeeded,
}

#[derive(Serialize)]
struct Content<'a> {
    team: &'a str,
    stage: &'a str,
    group: &'a str,
    points: Vec<PointsRecord<'a>>,
    records: Vec<PlayedRecord<'a>>,
    takes: Vec<TakesRecord<'a>>,
}

#[derive(Serialize)]
struct PointsRecord<'a> {
    points: i64,
    #[serde(flatten)]
    share: ShareRecord,
    outcomes: Vec<OutcomeRecord<'a>>,
}

#[derive(Serialize)]
struct PlayedRecord<'a> {
    wins: usize,
    draws: usize,
    losses: usize,
    #[serde(flatten)]
    share: ShareRecord,
    outcomes: Vec<OutcomeRecord<'a>>,
}

#[derive(Serialize)]
struct OutcomeRecord<'a> {
    outcome: &'a str,
    #[serde(flatten)]
    share: ShareRecord,
}

#[derive(Serialize)]
struct TakesRecord<'a> {
    outcome: &'a str,
    avoiding: bool,
    share: f64,
    points: Option<i64>,
    settled: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    team: &'a str,
    stage: &'a str,
    group: &'a str,
    points: Option<i64>,
    wins: Option<usize>,
    draws: Option<usize>,
    losses: Option<usize>,
    share: Option<f64>,
    share_standard_error: Option<f64>,
    outcome: &'a str,
    probability: Option<f64>,
    standard_error: Option<f64>,
    seasons: u64,
    given_seasons: u64,
}

impl Report for PointsReport<'_> {
    fn text(&self) -> String {
        let how = "in %, ± one standard error.";
        let mut text = heading(self.kept.names, self.kept.seasons, how);
        let group = self.kept.names.group(self.kept.layout, self.points.group);
        let points = self.points.points.iter();
        let points = points.map(|(points, ending)| (points.to_string(), ending));
        text += &title(&format!(
            "{}, {group}: by its points at the end",
            self.team()
        ));
        text += &self.table("points", points);
        text += &title("What it takes, to come in so many seasons");
        text += &self.takes();
        let records = self.points.records.iter();
        let records = records.map(|(record, ending)| {
            let record = record.map(|count| count.to_string());
            (record.join("–"), ending)
        });
        let left = self.points.records.first();
        let left: usize = left.map_or(0, |(record, _)| record.iter().sum());
        text += &title(&match left {
            1 => "By its match left".into(),
            left => format!("By wins, draws and losses in its {left} matches left"),
        });
        text += &self.table("W–D–L", records);
        let mut legend = "Outcomes given the points or the record; what never came up is left out. An outcome takes \
                          the fewest points that it came with in so many seasons, as it did with any more."
            .to_owned();
        if self.points.prospects.len() > MOST_SHOWN {
            legend.push_str(
                " Outcomes that do not fit are left out; --outcome, json and csv have all.",
            );
        }
        text + "\n" + &styled(FAINT, wrap(&legend, 0).trim_end()) + "\n"
    }

    fn json(&self) -> String {
        let [stage, group] = self.kept.ids(self.points.group);
        let points = self.points.points.iter();
        let points = points.map(|(points, ending)| PointsRecord {
            points: *points,
            share: ShareRecord::of(&ending.overall),
            outcomes: self.outcomes(ending).collect(),
        });
        let records = self.points.records.iter();
        let records = records.map(|([wins, draws, losses], ending)| PlayedRecord {
            wins: *wins,
            draws: *draws,
            losses: *losses,
            share: ShareRecord::of(&ending.overall),
            outcomes: self.outcomes(ending).collect(),
        });
        let takes = self.points.prospects.iter().zip(&self.points.takes);
        let takes = takes.filter_map(|(prospect, takes)| Some((prospect, takes.as_ref()?)));
        let takes = takes.flat_map(|(prospect, takes)| {
            let each = SHARES.into_iter().zip(takes.points);
            each.map(|(share, least)| TakesRecord {
                outcome: self.kept.outcome(prospect.outcome),
                avoiding: takes.avoiding,
                share,
                points: least.points,
                settled: least.settled,
            })
        });
        let content = Content {
            team: self.team(),
            stage,
            group,
            points: points.collect(),
            records: records.collect(),
            takes: takes.collect(),
        };
        self.kept.json("points", content)
    }

    fn csv(&self) -> String {
        let points = self.points.points.iter();
        let points = points.flat_map(|(points, ending)| self.rows(Some(*points), None, ending));
        let records = self.points.records.iter();
        let records = records.flat_map(|(record, ending)| self.rows(None, Some(*record), ending));
        to_csv(points.chain(records))
    }
}

impl<'a> PointsReport<'a> {
    fn team(&self) -> &'a str {
        let group = &self.kept.layout.groups[self.points.group];
        self.kept.team(group.teams[self.points.seat].team)
    }

    fn table<'e>(&self, name: &str, endings: impl Iterator<Item = (String, &'e Ending)>) -> String {
        let mut table = Layout::names(name).right("seasons");
        for prospect in &self.points.prospects {
            let name = self.kept.outcome(prospect.outcome);
            table = table.optional(stacked(name, HEADING_WIDTH));
        }
        for (name, ending) in endings {
            let mut cells = vec![Cell::new(name), share(&ending.overall)];
            cells.extend(ending.outcomes.iter().map(share));
            table.row(cells);
        }
        table.render()
    }

    /// The fewest points for every outcome.
    fn takes(&self) -> String {
        let mut table = Layout::names("fewest points for");
        for share in SHARES {
            table = table.right(format!("{:.0} %", 100.0 * share));
        }
        let mut unsettled = false;
        let mut undone = Vec::new();
        for (prospect, takes) in self.points.prospects.iter().zip(&self.points.takes) {
            let name = self.kept.outcome(prospect.outcome);
            let Some(Takes { avoiding, points }) = takes else {
                undone.push(name);
                continue;
            };
            let name = match avoiding {
                true => format!("not {name}"),
                false => name.to_owned(),
            };
            let mut cells = vec![Cell::new(name)];
            cells.extend(points.iter().map(|least| {
                unsettled |= !least.settled;
                let mark = if least.settled { " " } else { "?" };
                match least.points {
                    Some(points) => Cell::new(format!("{points}{mark}")),
                    None => Cell::new(format!("–{mark}")).style(FAINT),
                }
            }));
            table.row(cells);
        }
        let mut text = match undone.len() == self.points.prospects.len() {
            true => String::new(),
            false => table.render(),
        };
        if unsettled {
            let note = "?: these seasons are too few to tell it from a point more or less.";
            text += &wrap(note, 0);
        }
        if !undone.is_empty() {
            let note = "Left out, as what some points bring more points undo";
            text += &wrap(&format!("{note}: {}.", undone.join(", ")), 0);
        }
        text
    }

    fn outcomes(&self, ending: &Ending) -> impl Iterator<Item = OutcomeRecord<'a>> {
        let prospects = self.points.prospects.iter().zip(&ending.outcomes);
        prospects.map(|(prospect, share)| OutcomeRecord {
            outcome: self.kept.outcome(prospect.outcome),
            share: ShareRecord::of(share),
        })
    }

    fn rows(
        &self,
        points: Option<i64>,
        record: Option<[usize; 3]>,
        ending: &Ending,
    ) -> Vec<Row<'a>> {
        let [stage, group] = self.kept.ids(self.points.group);
        let Conditional { share, .. } = ending.overall;
        let row = |of: OutcomeRecord<'a>| Row {
            team: self.team(),
            stage,
            group,
            points,
            wins: record.map(|record| record[0]),
            draws: record.map(|record| record[1]),
            losses: record.map(|record| record[2]),
            share: share.map(|share| share.0),
            share_standard_error: share.map(|share| share.1),
            outcome: of.outcome,
            probability: of.share.probability,
            standard_error: of.share.standard_error,
            seasons: of.share.seasons,
            given_seasons: of.share.given_seasons,
        };
        self.outcomes(ending).map(row).collect()
    }
}
