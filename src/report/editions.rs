//! Editions: the list of those embedded, and the card of one.

use serde::Serialize;

use super::layout::{Cell, FAINT, HEADING, Layout, numbered, styled, wrap};
use super::manifest::{Manifest, ProgramManifest};
use super::{Report, to_csv, to_json};
use crate::competition::{Competition, Line, Outcome, Place, Rulebook, Schedule, Slot};
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
            let teams: usize = stage.groups.iter().map(|group| group.entrants.len()).sum();
            let unknown = stage
                .groups
                .iter()
                .filter(|group| group.unknown.is_some())
                .count();
            let known = stage.groups.len() - unknown;
            let size = teams / known.max(1);
            let plural = if known == 1 { "" } else { "s" };
            let mut groups = match size {
                2 => format!("{known} tie{plural}"),
                size => format!("{known} group{plural} of {size}"),
            };
            if unknown > 0 {
                groups.push_str(&format!(", {unknown} not known"));
            }
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
                Cell::new(groups),
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
        if let Some(reason) = &rulebook.unverified {
            text.push_str(&wrap(&format!("Not verified: {reason}."), 0));
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
        let stage = |(index, stage): (usize, &crate::competition::Stage)| StageRecord {
            id: stage.id.clone(),
            name: stage.name.clone(),
            rules: self.lines(&stage.order).to_vec(),
            legs: stage.schedule.legs(),
            drawn: stage.drawn.map(|day| day.to_string()),
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

    /// `stage/group/position` of every place; groups alike are drawn together.
    fn places(&self, places: &[Place]) -> String {
        let stages = &self.snapshot.edition().competition.stages;
        let mut ranks: Vec<usize> = places.iter().map(|place| place.rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        let positions: Vec<String> = ranks
            .iter()
            .map(|&rank| super::layout::ordinal(rank + 1))
            .collect();
        let Some(first) = places.first() else {
            return "no place".into();
        };
        let stage = &stages[first.stage];
        let groups: Vec<usize> = places.iter().map(|place| place.group).collect();
        let all = (0..stage.groups.len())
            .all(|group| groups.contains(&group) || stage.groups[group].unknown.is_some());
        let of = match (all, stage.groups.len()) {
            (_, 1) => stage.name.clone(),
            (true, _) => format!("every group of {}", stage.name),
            (false, _) => stage.group_name(first.group),
        };
        format!("{} of {of}", positions.join(" and "))
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

    fn group_record(&self, group: &crate::competition::Group) -> GroupRecord {
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

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Manifest,
    name: &'a str,
    source_of_rules: &'a str,
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
