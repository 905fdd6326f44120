//! Real tables and ties: who stands where, and which rule separated whom.

use serde::Serialize;

use super::layout::{Cell, FAINT, GOOD, HEADING, Layout, styled, wrap};
use super::manifest::Manifest;
use super::number::Number;
use super::{Report, to_csv, to_json};
use crate::competition::Stage;
use crate::edition::{Listed, Snapshot};
use crate::fixture::{Scoreline, Status};
use crate::standings::{Compared, Metric, Scope, Standing, Standings, Table, Totals};
use crate::team::TeamId;

/// Every group of a snapshot whose teams are known.
pub struct StandingsReport<'a> {
    /// What was known.
    pub snapshot: &'a Snapshot,
    /// What it depends on.
    pub manifest: Manifest,
}

/// A group with everything there is to say of it.
struct RankedGroup<'a> {
    stage: usize,
    group: usize,
    members: &'a [TeamId],
    table: Table,
    standings: Standings,
    complete: bool,
}

impl Report for StandingsReport<'_> {
    fn text(&self) -> String {
        let edition = self.snapshot.edition();
        let title = format!("{}, {}", edition.name, self.snapshot.label());
        let mut text = styled(HEADING, wrap(&title, 0).trim_end());
        text.push('\n');
        let rulebook = &edition.competition.rulebook;
        if let Some(simplified) = &rulebook.simplified {
            text.push_str(&wrap(&format!("Rules simplified: {simplified}."), 0));
        }
        if let Some(reason) = &rulebook.unverified {
            text.push_str(&wrap(&format!("Rules not verified: {reason}."), 0));
        }
        // What only ranks teams beforehand has no table of matches to show.
        let stages = edition.competition.stages.iter().enumerate();
        for (stage, declared) in stages.filter(|(_, declared)| !declared.is_seeding()) {
            let groups: Vec<RankedGroup<'_>> =
                self.ranked().filter(|group| group.stage == stage).collect();
            let tables = groups.iter().filter(|group| group.members.len() > 2);
            tables.for_each(|group| text.push_str(&format!("\n{}", self.table_text(group))));
            let ties: Vec<&RankedGroup<'_>> = groups
                .iter()
                .filter(|group| group.members.len() == 2)
                .collect();
            if !ties.is_empty() {
                text.push_str(&format!("\n{}\n", styled(HEADING, &declared.name)));
                text.push_str(&self.ties_text(&ties));
            }
            text.push_str(&reasons(declared));
        }
        text
    }

    fn json(&self) -> String {
        let groups = self.ranked().map(|group| GroupRecord {
            stage: &self.stage(&group).id,
            group: &self.stage(&group).groups[group.group].id,
            complete: group.complete,
            teams: self.rows(&group),
            manner: self.manner(&group),
        });
        to_json(&Document {
            manifest: &self.manifest,
            groups: groups.collect(),
        })
    }

    fn csv(&self) -> String {
        let rows = self.ranked().flat_map(|group| {
            let stage = self.stage(&group);
            let place = (stage.id.clone(), stage.groups[group.group].id.clone());
            let rows: Vec<CsvRow> = self
                .rows(&group)
                .into_iter()
                .map(|row| CsvRow::new(&place, row))
                .collect();
            rows
        });
        to_csv(rows.collect::<Vec<_>>())
    }
}

impl StandingsReport<'_> {
    fn ranked(&self) -> impl Iterator<Item = RankedGroup<'_>> {
        let stages = self
            .snapshot
            .edition()
            .competition
            .stages
            .iter()
            .enumerate();
        let places = stages.flat_map(|(stage, declared)| {
            (0..declared.groups.len()).map(move |group| (stage, group))
        });
        places.filter_map(|(stage, group)| {
            Some(RankedGroup {
                stage,
                group,
                members: self.snapshot.members(stage, group)?,
                table: self.snapshot.table(stage, group)?,
                standings: self.snapshot.standings(stage, group)?,
                complete: self.snapshot.is_complete(stage, group),
            })
        })
    }

    fn stage(&self, group: &RankedGroup<'_>) -> &Stage {
        &self.snapshot.edition().competition.stages[group.stage]
    }

    fn name(&self, group: &RankedGroup<'_>, team: u8) -> &str {
        self.snapshot
            .edition()
            .teams
            .name(group.members[usize::from(team)])
    }

    /// The outcomes that a rank of a complete group means; of a shared place, what all its ranks mean.
    fn outcomes(&self, group: &RankedGroup<'_>, rank: usize) -> Vec<&str> {
        if !group.complete {
            return Vec::new();
        }
        let order = &group.standings.order;
        let shared =
            (0..order.len()).filter(|&other| order[other].position == order[rank].position);
        let shared: Vec<usize> = shared.collect();
        let outcomes = self.snapshot.edition().competition.outcomes.iter();
        let meant = outcomes.filter(|outcome| {
            let ranks: Vec<usize> = outcome.ranks(group.stage, group.group).collect();
            shared.iter().all(|rank| ranks.contains(rank))
        });
        meant.map(|outcome| outcome.name.as_str()).collect()
    }

    fn table_text(&self, group: &RankedGroup<'_>) -> String {
        let mut layout = Layout::names("").left(self.stage(group).group_name(group.group));
        for heading in ["P", "W", "D", "L", "goals", "GD", "Pts"] {
            layout = layout.right(heading);
        }
        layout = layout.left("");
        for (rank, standing) in group.standings.order.iter().enumerate() {
            let totals = group.table.totals(standing.team, Scope::All);
            let Totals {
                won,
                drawn,
                lost,
                goals_for,
                goals_against,
                ..
            } = totals;
            let numbers = [
                totals.played().to_string(),
                won.to_string(),
                drawn.to_string(),
                lost.to_string(),
                format!("{goals_for}:{goals_against}"),
                signed(totals.goal_difference()),
                Number(group.table.points(standing.team)).to_string(),
            ];
            let mut cells = vec![
                Cell::new(standing.position.to_string()),
                Cell::new(self.name(group, standing.team)),
            ];
            cells.extend(numbers.map(Cell::new));
            cells.push(Cell::new(self.outcomes(group, rank).join(", ")).style(GOOD));
            layout.row(cells);
        }
        let mut text = layout.render();
        for (above, below) in group
            .standings
            .order
            .iter()
            .zip(&group.standings.order[1..])
        {
            let reason = below.reason();
            if !reason.is_empty() {
                let (above, below) = (self.name(group, above.team), self.name(group, below.team));
                text.push_str(&styled(
                    FAINT,
                    wrap(&format!("{above} – {below}: {reason}"), 3).trim_end(),
                ));
                text.push('\n');
            }
        }
        text
    }

    fn ties_text(&self, ties: &[&RankedGroup<'_>]) -> String {
        let mut layout = Layout::names("").left("").left("").left("");
        for group in ties {
            let [first, second] = [0, 1].map(|row| group.standings.order[row].team);
            layout.row(vec![
                Cell::new(self.name(group, first)),
                Cell::new(self.name(group, second)),
                Cell::new(self.legs(group, first).join(", ")),
                Cell::new(self.manner(group).unwrap_or_default()),
            ]);
        }
        layout.render()
    }

    /// The score of each leg, the goals of `first` before those of the other team.
    fn legs(&self, group: &RankedGroup<'_>, first: u8) -> Vec<String> {
        let fixtures = self.snapshot.fixtures(group.stage, group.group);
        let leg = |Listed { fixture, .. }: &Listed| {
            let score = fixture.score?;
            let Scoreline { home, away } = score.goals;
            let at_home = fixture.home == group.members[usize::from(first)];
            let goals = if at_home {
                score.goals
            } else {
                Scoreline::new(away, home)
            };
            let awarded = if score.status == Status::Awarded {
                " awarded"
            } else {
                ""
            };
            Some(format!("{goals}{awarded}"))
        };
        fixtures
            .map(|listed| leg(listed).unwrap_or_else(|| "–".into()))
            .collect()
    }

    /// How a complete tie was decided, the winner's goals first: `2–2, 1–0 on away goals`.
    fn manner(&self, group: &RankedGroup<'_>) -> Option<String> {
        if group.members.len() != 2 || !group.complete {
            return None;
        }
        let loser = group.standings.order.last()?;
        let Some(step) = loser.decisive() else {
            return Some(format!(
                "undecided: {}",
                loser.needs.as_deref().unwrap_or_default()
            ));
        };
        let pair = |step: &Compared| format!("{}–{}", step.values[0], step.values[1]);
        let aggregate = loser.steps.first().map(pair).unwrap_or_default();
        let single = self.stage(group).schedule.legs() == 1;
        Some(match step.metric {
            Metric::Aggregate if single => aggregate,
            Metric::Aggregate => format!("{aggregate} on aggregate"),
            Metric::AwayGoals => format!("{aggregate}, {} on away goals", pair(step)),
            Metric::ExtraTime => format!("{aggregate}, {} in extra time", pair(step)),
            Metric::Penalties => format!("{aggregate}, {} on penalties", pair(step)),
            metric => format!("{} on {metric}", pair(step)),
        })
    }

    fn rows(&self, group: &RankedGroup<'_>) -> Vec<TeamRecord> {
        let row = |(rank, standing): (usize, &Standing)| {
            let totals = group.table.totals(standing.team, Scope::All);
            TeamRecord {
                position: standing.position,
                team: self.name(group, standing.team).to_owned(),
                played: totals.played(),
                goal_difference: totals.goal_difference(),
                points: Number(group.table.points(standing.team)),
                totals,
                outcomes: self
                    .outcomes(group, rank)
                    .into_iter()
                    .map(str::to_owned)
                    .collect(),
                compared_with_above: standing.steps.clone(),
                separated_by: standing.decisive().map(|step| step.metric.to_string()),
                reason: standing.reason(),
                needs: standing.needs.clone(),
            }
        };
        group.standings.order.iter().enumerate().map(row).collect()
    }
}

/// Why groups of a stage are not known, a sentence a reason.
fn reasons(stage: &Stage) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for reason in stage
        .groups
        .iter()
        .filter_map(|group| group.unknown.as_deref())
    {
        match counts.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => counts.push((reason, 1)),
        }
    }
    let sentence = |(reason, count)| wrap(&format!("{count} more not known: {reason}."), 0);
    counts.into_iter().map(sentence).collect()
}

fn signed(value: i64) -> String {
    match value {
        0 => "0".into(),
        value => format!("{value:+}").replace('-', "−"),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Manifest,
    groups: Vec<GroupRecord<'a>>,
}

#[derive(Serialize)]
struct GroupRecord<'a> {
    stage: &'a str,
    group: &'a str,
    complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    manner: Option<String>,
    teams: Vec<TeamRecord>,
}

#[derive(Serialize)]
struct TeamRecord {
    position: usize,
    team: String,
    played: u32,
    #[serde(flatten)]
    totals: Totals,
    goal_difference: i64,
    points: Number,
    outcomes: Vec<String>,
    compared_with_above: Vec<Compared>,
    separated_by: Option<String>,
    reason: String,
    needs: Option<String>,
}

#[derive(Serialize)]
struct CsvRow {
    stage: String,
    group: String,
    position: usize,
    team: String,
    played: u32,
    won: u32,
    drawn: u32,
    lost: u32,
    goals_for: u32,
    goals_against: u32,
    goal_difference: i64,
    points: Number,
    outcomes: String,
    separated_by: String,
    reason: String,
    needs: String,
}

impl CsvRow {
    fn new((stage, group): &(String, String), row: TeamRecord) -> Self {
        let Totals {
            won,
            drawn,
            lost,
            goals_for,
            goals_against,
            ..
        } = row.totals;
        Self {
            stage: stage.clone(),
            group: group.clone(),
            position: row.position,
            team: row.team,
            played: row.played,
            won,
            drawn,
            lost,
            goals_for,
            goals_against,
            goal_difference: row.goal_difference,
            points: row.points,
            outcomes: row.outcomes.join("|"),
            separated_by: row.separated_by.unwrap_or_default(),
            reason: row.reason,
            needs: row.needs.unwrap_or_default(),
        }
    }
}
