//! Editions: the list of those embedded, and the card of one.

use serde::Serialize;

use super::layout::{Cell, FAINT, HEADING, Layout, numbered, ordinal, styled, wrap};
use super::manifest::{Manifest, ProgramManifest};
use super::{Report, to_csv, to_json};
use crate::competition::{
    Competition, Group, Line, Outcome, Place, Rulebook, Schedule, Slot, Stage,
};
use crate::edition::{Edition, Snapshot};
use crate::fixture::{Dates, Fixture};
use crate::standings::Metric;
use crate::team::Team;

/// The embedded editions.
pub struct EditionList {
    /// In order of their names.
    pub editions: Vec<Edition>,
}

impl Report for EditionList {
    fn text(&self) -> String {
        let mut layout = Layout::names("edition")
            .left("name")
            .right("teams")
            .optional("matches")
            .optional("from");
        for row in self.rows() {
            layout.row(vec![
                Cell::new(row.edition),
                Cell::new(row.name),
                Cell::new(row.teams.to_string()),
                Cell::new(row.fixtures.to_string()),
                Cell::new(row.first_day.get(..7).unwrap_or_default()).style(FAINT),
            ]);
        }
        layout.render()
    }

    fn json(&self) -> String {
        to_json(&ListDocument {
            manifest: ProgramManifest::new("list"),
            editions: self.rows(),
        })
    }

    fn csv(&self) -> String {
        to_csv(self.rows())
    }
}

impl EditionList {
    fn rows(&self) -> Vec<ListRow<'_>> {
        let row = |edition: &'_ Edition| {
            let fixtures = edition.fixtures.iter().map(|listed| &listed.fixture);
            let Period {
                first_day,
                last_day,
            } = Period::of(fixtures);
            (first_day, last_day, edition.fixtures.len())
        };
        let rows = self.editions.iter().map(|edition| {
            let (first_day, last_day, fixtures) = row(edition);
            ListRow {
                edition: &edition.id,
                name: &edition.name,
                rulebook: &edition.competition.rulebook.id,
                teams: edition.teams.len(),
                fixtures,
                first_day,
                last_day,
            }
        });
        rows.collect()
    }
}

#[derive(Serialize)]
struct ListDocument<'a> {
    manifest: ProgramManifest,
    editions: Vec<ListRow<'a>>,
}

#[derive(Serialize)]
struct ListRow<'a> {
    edition: &'a str,
    name: &'a str,
    rulebook: &'a str,
    teams: usize,
    fixtures: usize,
    first_day: String,
    last_day: String,
}

#[derive(Serialize)]
struct Period {
    first_day: String,
    last_day: String,
}

impl Period {
    fn of<'a>(fixtures: impl Iterator<Item = &'a Fixture>) -> Self {
        let dates: Vec<Dates> = fixtures.filter_map(|fixture| fixture.dates).collect();
        let first = dates.iter().map(|dates| dates.first).min();
        let last = dates.iter().map(|dates| dates.last).max();
        let text =
            |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
        Self {
            first_day: text(first),
            last_day: text(last),
        }
    }
}

/// One edition: stages, rules in words, teams, dates.
pub struct EditionCard<'a> {
    /// Everything the edition holds.
    pub snapshot: &'a Snapshot,
    /// What it depends on.
    pub manifest: Manifest,
}

impl Report for EditionCard<'_> {
    fn text(&self) -> String {
        let edition = self.snapshot.edition();
        let Competition {
            rulebook,
            stages,
            outcomes,
            ..
        } = &edition.competition;
        let mut text = format!("{}\n", styled(HEADING, &edition.name));
        text.push_str(&wrap(
            &format!(
                "{} teams, {} fixtures, rulebook {}",
                edition.teams.len(),
                edition.fixtures.len(),
                rulebook.id
            ),
            0,
        ));

        text.push_str(&format!("\n{}\n", styled(HEADING, "Stages")));
        let mut layout = Layout::names("").left("").left("").left("");
        for (index, stage) in stages.iter().enumerate() {
            let Period {
                first_day,
                last_day,
            } = self.period(index);
            let days = if first_day == last_day {
                first_day
            } else {
                format!("{first_day} to {last_day}")
            };
            let legs = match &stage.schedule {
                Schedule::Nothing => String::new(),
                Schedule::Given { matches } => format!("{matches} matches each"),
                schedule if schedule.legs() == 1 => "1 leg".into(),
                schedule => format!("{} legs", schedule.legs()),
            };
            layout.row(vec![
                Cell::new(&stage.name),
                Cell::new(size_in_words(stage)),
                Cell::new(legs),
                Cell::new(days).style(FAINT),
            ]);
        }
        text.push_str(&layout.render());

        let mut shown: Vec<&str> = Vec::new();
        for stage in stages {
            if shown.contains(&stage.order.as_str()) {
                continue;
            }
            shown.push(&stage.order);
            text.push_str(&format!(
                "\n{}\n",
                styled(HEADING, &format!("Rules for {}", stage.order))
            ));
            let order = rulebook.order(&stage.order);
            if order
                .is_some_and(|order| order.last.metrics().any(|metric| metric == Metric::Points))
            {
                let Rulebook { win, draw, .. } = rulebook;
                text.push_str(&wrap(
                    &format!("{win} points for a win, {draw} for a draw."),
                    0,
                ));
            }
            for (
                number,
                Line {
                    text: rule, cite, ..
                },
            ) in self.lines(&stage.order).iter().enumerate()
            {
                text.push_str(&numbered(number + 1, &format!("{rule} [{cite}]")));
            }
        }
        text.push_str(&wrap(&format!("Source: {}.", rulebook.source), 0));
        if let Some(simplified) = &rulebook.simplified {
            text.push_str(&wrap(&format!("Simplified: {simplified}."), 0));
        }
        if let Some(reason) = &rulebook.unverified {
            text.push_str(&wrap(&format!("Not verified: {reason}."), 0));
        }
        for stage in stages {
            if let Some(unverified) = draw_unverified(stage) {
                let line = format!("Draw of {} not verified: {unverified}.", stage.name);
                text.push_str(&wrap(&line, 0));
            }
        }

        text.push_str(&format!("\n{}\n", styled(HEADING, "Outcomes")));
        for outcome in outcomes {
            text.push_str(&wrap(
                &format!("{}: {}", outcome.name, self.places(&outcome.places)),
                0,
            ));
        }

        text.push('\n');
        text.push_str(&self.teams());
        text
    }

    fn json(&self) -> String {
        let edition = self.snapshot.edition();
        let stage = |(index, stage): (usize, &Stage)| StageRecord {
            id: stage.id.clone(),
            name: stage.name.clone(),
            rules: self.lines(&stage.order).to_vec(),
            legs: stage.schedule.legs(),
            drawn: stage.drawn.map(|day| day.to_string()),
            draw_unverified: draw_unverified(stage).map(str::to_owned),
            period: self.period(index),
            groups: stage
                .groups
                .iter()
                .map(|group| self.group_record(group))
                .collect(),
        };
        let outcome = |outcome: &Outcome| OutcomeRecord {
            name: outcome.name.clone(),
            places: outcome
                .places
                .iter()
                .map(|&place| self.place(place))
                .collect(),
        };
        let teams = edition.teams.iter();
        to_json(&Document {
            manifest: &self.manifest,
            name: &edition.name,
            source_of_rules: &edition.competition.rulebook.source,
            simplified: edition.competition.rulebook.simplified.as_deref(),
            unverified: edition.competition.rulebook.unverified.as_deref(),
            stages: edition
                .competition
                .stages
                .iter()
                .enumerate()
                .map(stage)
                .collect(),
            outcomes: edition.competition.outcomes.iter().map(outcome).collect(),
            teams: teams
                .map(|(_, team)| TeamRow::new(team, &team.aliases))
                .collect(),
        })
    }

    fn csv(&self) -> String {
        let teams = self.snapshot.edition().teams.iter();
        to_csv(teams.map(|(_, team)| TeamRow::new(team, team.aliases.join("|"))))
    }
}

impl EditionCard<'_> {
    fn lines(&self, order: &str) -> &[Line] {
        let rulebook = &self.snapshot.edition().competition.rulebook;
        rulebook.order(order).map_or(&[], |order| &order.last.lines)
    }

    fn period(&self, stage: usize) -> Period {
        let fixtures = self
            .snapshot
            .edition()
            .fixtures
            .iter()
            .map(|listed| &listed.fixture);
        Period::of(fixtures.filter(|fixture| fixture.stage == stage))
    }

    /// Every place in words; groups alike are named together.
    fn places(&self, places: &[Place]) -> String {
        let mut places = places.to_vec();
        places.sort_unstable();
        let mut parts = Vec::new();
        for of_stage in places.chunk_by(|a, b| a.stage == b.stage) {
            let mut alike: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
            for of_group in of_stage.chunk_by(|a, b| a.group == b.group) {
                let ranks: Vec<usize> = of_group.iter().map(|place| place.rank).collect();
                let group = of_group[0].group;
                match alike.iter_mut().find(|(known, _)| *known == ranks) {
                    Some((_, groups)) => groups.push(group),
                    None => alike.push((ranks, vec![group])),
                }
            }
            let stage = &self.snapshot.edition().competition.stages[of_stage[0].stage];
            parts.extend(alike.iter().map(|(ranks, groups)| {
                format!(
                    "{} of {}",
                    ranks_in_words(ranks),
                    groups_in_words(stage, groups)
                )
            }));
        }
        match parts.is_empty() {
            true => "no place".into(),
            false => parts.join("; "),
        }
    }

    fn teams(&self) -> String {
        let teams = &self.snapshot.edition().teams;
        let any = |known: &dyn Fn(&Team) -> bool| teams.iter().any(|(_, team)| known(team));
        let (ranked, potted, rated) = (
            any(&|team| team.association_rank.is_some()),
            any(&|team| team.pot.is_some()),
            any(&|team| team.coefficient.is_some()),
        );
        let mut layout = Layout::names("team").left("association");
        for (heading, shown) in [("rank", ranked), ("pot", potted), ("coefficient", rated)] {
            if shown {
                layout = layout.right(heading);
            }
        }
        let entered = any(&|team| !team.entry_round.is_empty());
        if entered {
            layout = layout.left("enters");
        }
        let number = |value: Option<u32>| {
            Cell::new(value.map_or_else(|| "–".into(), |value| value.to_string()))
        };
        for (_, team) in teams.iter() {
            let mut cells = vec![Cell::new(&team.name), Cell::new(&team.association)];
            cells.extend(ranked.then(|| number(team.association_rank)));
            cells.extend(potted.then(|| number(team.pot)));
            cells.extend(rated.then(|| {
                Cell::new(team.coefficient.map_or_else(
                    || "–".into(),
                    |value| format!("{:.3}", value as f64 / 1000.0),
                ))
            }));
            cells.extend(entered.then(|| Cell::new(&team.entry_round).style(FAINT)));
            layout.row(cells);
        }
        layout.render()
    }

    /// `stage/group/position`
    fn place(&self, place: Place) -> String {
        let stage = &self.snapshot.edition().competition.stages[place.stage];
        format!(
            "{}/{}/{}",
            stage.id,
            stage.groups[place.group].id,
            place.rank + 1
        )
    }

    fn group_record(&self, group: &Group) -> GroupRecord {
        let edition = self.snapshot.edition();
        let slot = |slot: &Slot| match *slot {
            Slot::Team(team) => edition.teams.name(team).to_owned(),
            Slot::Place(place) => self.place(place),
        };
        GroupRecord {
            id: group.id.clone(),
            entrants: group.entrants.iter().map(slot).collect(),
            unknown: group.unknown.clone(),
        }
    }
}

fn draw_unverified(stage: &Stage) -> Option<&str> {
    stage.seating.drawing()?.unverified.as_deref()
}

/// `1st and 2nd`, `9th to 24th`; the ranks ascend.
fn ranks_in_words(ranks: &[usize]) -> String {
    let runs = ranks.chunk_by(|rank, next| rank + 1 == *next);
    let run = |run: &[usize]| match *run {
        [first, _, .., last] => format!("{} to {}", ordinal(first + 1), ordinal(last + 1)),
        _ => {
            let each: Vec<String> = run.iter().map(|rank| ordinal(rank + 1)).collect();
            each.join(" and ")
        }
    };
    runs.map(run).collect::<Vec<_>>().join(" and ")
}

fn groups_in_words(stage: &Stage, groups: &[usize]) -> String {
    let mut all = 0..stage.groups.len();
    let is_every =
        all.all(|group| groups.contains(&group) || stage.groups[group].unknown.is_some());
    match (stage.groups.len(), is_every) {
        (1, _) => stage.name.clone(),
        (_, true) => format!("every {} of {}", kind(stage), stage.name),
        (_, false) => {
            let names: Vec<String> = groups
                .iter()
                .map(|&group| stage.group_name(group))
                .collect();
            names.join(", ")
        }
    }
}

/// What a group of the stage is called: a seat holds one team, a tie two.
fn kind(stage: &Stage) -> &'static str {
    let size = stage.groups.iter().map(|group| group.size).max();
    match size {
        Some(1) => "seat",
        Some(2) => "tie",
        _ => "group",
    }
}

/// `8 groups of 4`, `12 ties, 4 not known`.
fn size_in_words(stage: &Stage) -> String {
    let (known, unknown): (Vec<&Group>, Vec<&Group>) = stage
        .groups
        .iter()
        .partition(|group| group.unknown.is_none());
    let mut sizes: Vec<usize> = known.iter().map(|group| group.size).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let plural = if known.len() == 1 { "" } else { "s" };
    let mut text = format!("{} {}{plural}", known.len(), kind(stage));
    if stage.is_table() {
        let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
        text += &format!(" of {}", sizes.join(" or "));
    }
    if !unknown.is_empty() {
        text += &format!(", {} not known", unknown.len());
    }
    text
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Manifest,
    name: &'a str,
    source_of_rules: &'a str,
    simplified: Option<&'a str>,
    unverified: Option<&'a str>,
    stages: Vec<StageRecord>,
    outcomes: Vec<OutcomeRecord>,
    teams: Vec<TeamRow<'a, &'a Vec<String>>>,
}

#[derive(Serialize)]
struct OutcomeRecord {
    name: String,
    places: Vec<String>,
}

#[derive(Serialize)]
struct StageRecord {
    id: String,
    name: String,
    rules: Vec<Line>,
    legs: u32,
    drawn: Option<String>,
    draw_unverified: Option<String>,
    #[serde(flatten)]
    period: Period,
    groups: Vec<GroupRecord>,
}

#[derive(Serialize)]
struct GroupRecord {
    id: String,
    entrants: Vec<String>,
    unknown: Option<String>,
}

#[derive(Serialize)]
struct TeamRow<'a, Aliases> {
    team: &'a str,
    association: &'a str,
    association_rank: Option<u32>,
    coefficient: Option<f64>,
    pot: Option<u32>,
    entry_round: &'a str,
    qualifying_method: &'a str,
    note: &'a str,
    aliases: Aliases,
}

impl<'a, Aliases> TeamRow<'a, Aliases> {
    fn new(team: &'a Team, aliases: Aliases) -> Self {
        Self {
            team: &team.name,
            association: &team.association,
            association_rank: team.association_rank,
            coefficient: team.coefficient.map(|value| value as f64 / 1000.0),
            pot: team.pot,
            entry_round: &team.entry_round,
            qualifying_method: &team.qualifying_method,
            note: &team.note,
            aliases,
        }
    }
}
