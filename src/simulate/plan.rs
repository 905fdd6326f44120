//! A snapshot and a model as dense indices: after this nothing can fail.

use std::fmt;

use crate::edition::{Listed, Snapshot, When};
use crate::error::{Error, Location};
use crate::fixture::{MOST_GOALS, Scoreline};
use crate::model::{GRID_SIDE, GoalModel, Pairing, ScoreGrid, Strengths};
use crate::standings::{Metric, Rule, Scope, Table};
use crate::team::TeamId;

use super::pairwise::Pairwise;
use super::sampler::Sampler;

/// A result the user supposes: `Zamalek 2-0 Abu Salim`.
#[derive(Clone, Debug, PartialEq)]
pub struct SetResult {
    /// What was asked for.
    pub text: String,
    home: TeamId,
    away: TeamId,
    goals: Scoreline,
}

impl SetResult {
    /// Reads a home team, a score and an away team.
    ///
    /// # Errors
    /// [`Error::SetResult`] without a score between two names, [`Error::UnknownTeam`] for a name.
    pub fn parse(text: &str, snapshot: &Snapshot) -> Result<Self, Error> {
        let wrong = |problem: &str| Error::SetResult {
            text: text.into(),
            problem: problem.into(),
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        let digit = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        let shaped = |word: &&str| word.parse::<Scoreline>().is_ok();
        let position = words.iter().position(|word| digit(word) && shaped(word));
        let usual = format!(
            "expected HOME GOALS-GOALS AWAY such as `Zamalek 2-0 Abu Salim`, goals up to {MOST_GOALS}"
        );
        let position = position.filter(|&at| at > 0 && at + 1 < words.len());
        let position = position.ok_or_else(|| wrong(&usual))?;
        let team = |words: &[&str]| {
            let name = words.join(" ");
            snapshot
                .edition()
                .teams
                .find(&name)
                .map_err(|nearest| Error::UnknownTeam {
                    at: Location::new("--set", 0),
                    name,
                    nearest,
                })
        };
        Ok(Self {
            text: text.into(),
            home: team(&words[..position])?,
            away: team(&words[position + 1..])?,
            goals: words[position].parse().map_err(|()| wrong(&usual))?,
        })
    }
}

impl fmt::Display for SetResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A fixture to be played.
#[derive(Clone, Copy, Debug)]
pub struct OpenFixture {
    /// The address of its random words.
    pub address: usize,
    /// Position of the home side in the group.
    pub home: u8,
    /// Position of the away side in the group.
    pub away: u8,
    /// Who meets where.
    pub pairing: Pairing,
}

/// A group that is played in every season.
pub struct PlannedGroup {
    /// Position of its stage in the competition.
    pub stage: usize,
    /// Position of the group in the stage.
    pub group: usize,
    /// Its teams, in order of group position.
    pub teams: Vec<TeamId>,
    /// What has been counted already, set results included.
    pub table: Table,
    /// The rules that order it.
    pub rules: Vec<Rule>,
    /// What is still to be played.
    pub open: Vec<OpenFixture>,
    /// `[outcome]`: the ranks (0 = best) that mean it; empty where the group has no part in it.
    pub outcomes: Vec<Vec<usize>>,
    pub(super) pairwise: Pairwise,
    /// The address of the lots of its first team.
    pub(super) first_seat: usize,
    /// Points a win and a draw are worth.
    pub(super) worth: [i16; 2],
    /// `[team]`: points, goal difference and goals already counted.
    pub(super) start: Vec<[i16; 3]>,
}

/// The most goals a sampled side can score in a match.
const MOST_SAMPLED: i32 = GRID_SIDE as i32 - 1;

impl PlannedGroup {
    /// Points a win and a draw are worth.
    pub fn worth(&self) -> [i64; 2] {
        self.worth.map(i64::from)
    }

    fn matches_left(&self, team: usize) -> i32 {
        let plays =
            |open: &&OpenFixture| usize::from(open.home) == team || usize::from(open.away) == team;
        self.open.iter().filter(plays).count() as i32
    }

    /// The fewest and the most points a team can have in a season.
    pub(super) fn points_range(&self, team: usize) -> (i32, i32) {
        let start = i32::from(self.start[team][0]);
        let best = self.worth[0].max(self.worth[1]);
        (start, start + i32::from(best) * self.matches_left(team))
    }

    /// The lowest and the highest goal difference a team can have in a season.
    pub(super) fn goal_difference_range(&self, team: usize) -> (i32, i32) {
        let start = i32::from(self.start[team][1]);
        let swing = MOST_SAMPLED * self.matches_left(team);
        (start - swing, start + swing)
    }
}

/// Everything one season needs.
pub struct Plan<'m> {
    pub(super) model: &'m dyn GoalModel,
    pub(super) strengths: Strengths,
    /// In the order of stages and groups.
    pub groups: Vec<PlannedGroup>,
    /// The samplers of all open fixtures, in the order of groups, with the strengths at their best
    /// estimate.
    pub(super) samplers: Vec<Sampler>,
}

impl<'m> Plan<'m> {
    /// Plans every stage whose teams are known and whose rules need no extra time or shoot-out.
    ///
    /// # Errors
    /// [`Error::NothingToProject`] if there is no such stage, [`Error::SetResult`] for a result that
    /// fits no open fixture.
    pub fn new(
        snapshot: &Snapshot,
        model: &'m dyn GoalModel,
        strengths: Strengths,
        set: &[SetResult],
    ) -> Result<Self, Error> {
        let mut groups = Vec::new();
        let mut first_seat = 0;
        let mut open_set: Vec<&SetResult> = set.iter().collect();
        for (stage, declared) in snapshot.edition().competition.stages.iter().enumerate() {
            if !is_without_play(snapshot, stage) {
                continue;
            }
            for group in 0..declared.groups.len() {
                if snapshot.fixtures(stage, group).next().is_some()
                    && let Some(planned) =
                        plan_group(snapshot, stage, group, first_seat, &mut open_set)?
                {
                    groups.push(planned);
                }
                first_seat += declared.groups[group].entrants.len();
            }
        }
        if let Some(left) = open_set.first() {
            return Err(unplaced(snapshot, left, set));
        }
        if groups.is_empty() {
            return Err(nothing_to_project(snapshot));
        }
        let open = groups.iter().flat_map(|group| &group.open);
        let sampler =
            |open: &OpenFixture| Sampler::new(&model.grid_at(model.estimate(), open.pairing));
        let samplers = open.map(sampler).collect();
        Ok(Self {
            model,
            strengths,
            groups,
            samplers,
        })
    }

    /// The probability of every scoreline of a pairing, as the seasons see it.
    pub fn grid(&self, pairing: Pairing) -> ScoreGrid {
        self.model.grid(pairing, self.strengths)
    }

    /// How many fixtures a season plays.
    pub fn open_fixtures(&self) -> usize {
        self.samplers.len()
    }
}

fn plan_group(
    snapshot: &Snapshot,
    stage: usize,
    group: usize,
    first_seat: usize,
    open_set: &mut Vec<&SetResult>,
) -> Result<Option<PlannedGroup>, Error> {
    let (Some(teams), Some(mut table)) =
        (snapshot.members(stage, group), snapshot.table(stage, group))
    else {
        return Ok(None);
    };
    let position = |team| {
        teams
            .iter()
            .position(|&member| member == team)
            .unwrap_or_default() as u8
    };
    let mut open = Vec::new();
    for Listed {
        fixture, address, ..
    } in snapshot.fixtures(stage, group)
    {
        if fixture.score.is_some() {
            continue;
        }
        let (home, away) = (position(fixture.home), position(fixture.away));
        let set = open_set
            .iter()
            .position(|set| set.home == fixture.home && set.away == fixture.away);
        match set.map(|index| open_set.remove(index)) {
            Some(set) => table.record(home, away, set.goals),
            None => {
                let (home_team, away_team, venue) = (fixture.home, fixture.away, fixture.venue);
                let pairing = Pairing {
                    home: home_team,
                    away: away_team,
                    venue,
                };
                open.push(OpenFixture {
                    address: *address,
                    home,
                    away,
                    pairing,
                });
            }
        }
    }
    let competition = &snapshot.edition().competition;
    let rules = competition.rules(stage, group, true);
    let ranks = |outcome: &crate::competition::Outcome| outcome.ranks(stage, group).collect();
    let worth = [
        competition.rulebook.win.into(),
        competition.rulebook.draw.into(),
    ];
    let start = (0..teams.len() as u8).map(|team| {
        let totals = table.totals(team, Scope::All);
        let most =
            totals.goals_for.max(totals.goals_against) + (MOST_SAMPLED as u32) * open.len() as u32;
        if most > i16::MAX as u32 {
            return Err(Error::TooMany {
                at: Location::new(&snapshot.edition().id, 0),
                what: "goals of one team in a group",
                found: most.into(),
                most: i16::MAX as u64,
            });
        }
        let counted = [
            table.points(team) as i64,
            totals.goal_difference(),
            totals.goals_for.into(),
        ];
        Ok(counted.map(|value| value as i16))
    });
    let start = start.collect::<Result<_, _>>()?;
    Ok(Some(PlannedGroup {
        start,
        stage,
        group,
        teams: teams.to_vec(),
        pairwise: Pairwise::new(&rules, &table, &open),
        outcomes: competition.outcomes.iter().map(ranks).collect(),
        table,
        rules,
        open,
        first_seat,
        worth,
    }))
}

/// Whether scores of 90 minutes and lots are all it takes to order a stage.
fn is_without_play(snapshot: &Snapshot, stage: usize) -> bool {
    let mut metrics = snapshot.edition().competition.order(stage).last.metrics();
    !metrics.any(Metric::is_play)
}

/// Why a result the user supposes has no place.
fn unplaced(snapshot: &Snapshot, set: &SetResult, all: &[SetResult]) -> Error {
    let name = |team| snapshot.edition().teams.name(team);
    let meetings = |home: TeamId, away: TeamId| {
        let meets =
            move |listed: &&Listed| listed.fixture.home == home && listed.fixture.away == away;
        snapshot.edition().fixtures.iter().filter(meets)
    };
    let mut played = meetings(set.home, set.away).filter_map(|listed| {
        listed
            .fixture
            .score
            .map(|score| (listed.fixture.dates, score.goals))
    });
    let reversed = || meetings(set.away, set.home).any(|listed| listed.fixture.score.is_none());
    let same = |other: &&SetResult| other.home == set.home && other.away == set.away;
    let problem = if all.iter().filter(same).count() > 1 {
        "the same fixture is supposed twice; keep one result".to_owned()
    } else if set.home == set.away {
        "a team cannot play itself".to_owned()
    } else if let Some((dates, goals)) = played.next_back() {
        format!("already played on {dates}, {goals}; only open fixtures can be set")
    } else if reversed() {
        format!(
            "{} are the home side of that fixture; name them first",
            name(set.away)
        )
    } else {
        let group_of = |team: TeamId| {
            let groups = snapshot
                .edition()
                .competition
                .stages
                .iter()
                .enumerate()
                .flat_map(|(stage, declared)| {
                    (0..declared.groups.len()).map(move |group| (stage, group, declared))
                });
            let mut known = groups.filter(|&(stage, group, _)| {
                let member = snapshot
                    .members(stage, group)
                    .is_some_and(|teams| teams.contains(&team));
                is_without_play(snapshot, stage) && member
            });
            known
                .next()
                .map(|(_, group, declared)| declared.group_name(group))
        };
        match (group_of(set.home), group_of(set.away)) {
            (Some(home), Some(away)) if home != away => {
                format!(
                    "{} are in {home}, {} in {away}: they do not meet",
                    name(set.home),
                    name(set.away)
                )
            }
            _ => {
                "there is no such fixture to be played; `matchday project` lists those left".into()
            }
        }
    };
    Error::SetResult {
        text: set.text.clone(),
        problem,
    }
}

fn nothing_to_project(snapshot: &Snapshot) -> Error {
    let edition = snapshot.edition();
    let stages = &edition.competition.stages;
    let group_stage = (0..stages.len()).find(|&stage| is_without_play(snapshot, stage));
    let problem = match group_stage {
        None => "no stage is ranked by scores alone".into(),
        Some(stage)
            if (0..stages[stage].groups.len())
                .all(|group| snapshot.members(stage, group).is_none()) =>
        {
            let remedy = match snapshot.when() {
                When::Date(_) => "use `--after start` or a later date",
                _ => "add the earlier results, or correct the day of the draw",
            };
            let name = &stages[stage].name;
            format!("the teams of {name} are not known yet; {remedy}")
        }
        Some(stage) => format!(
            "{} has no fixtures; add them to matches.csv",
            stages[stage].name
        ),
    };
    Error::NothingToProject {
        edition: edition.name.clone(),
        as_of: snapshot.label(),
        problem,
    }
}
