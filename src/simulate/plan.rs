//! A snapshot and a model as dense indices: after this nothing can fail.

use std::ops::Range;

use super::facts::Facts;
use super::refine::LaneRules;
use super::sampler::Sampler;
use super::seating::PlannedSeating;
use crate::competition::{Place, SecondLeg};
use crate::fixture::{FULL_TIME, OnPitch, Venue};
use crate::model::{GRID_SIDE, GoalModel, Pairing, ScoreGrid, Strengths};
use crate::standings::{Among, Carry, External, Metric, Rule, Step, Table};
use crate::team::TeamId;

/// Where the team of a seat comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// It is known.
    Team(TeamId),
    /// From a place of a group that is played earlier in the season.
    Place {
        /// Position among the planned groups.
        group: usize,
        /// 0 = best.
        rank: usize,
    },
    /// By lot or by a table, inside the season.
    Drawn,
}

/// A fixture to be played.
#[derive(Clone, Copy, Debug)]
pub struct OpenFixture {
    /// The address of its random words.
    pub address: usize,
    /// The round; in a tie, the leg.
    pub matchday: u32,
    /// Position of the home side in the group.
    pub home: u8,
    /// Position of the away side in the group.
    pub away: u8,
    /// Where, but for the hosts of a tournament.
    pub venue: Venue,
    /// What was played already, where the match was broken off.
    pub broken_off: Option<OnPitch>,
    /// Who meets where, if both teams are known.
    pub pairing: Option<Pairing>,
}

impl OpenFixture {
    /// How much of the match is left, 1 being all of it.
    pub(super) fn share(&self) -> f64 {
        let played = self.broken_off.map_or(0, |played| played.minutes);
        f64::from(FULL_TIME - played) / f64::from(FULL_TIME)
    }
}

/// The last leg of a tie: where extra time is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LastLeg {
    pub(super) home: u8,
    pub(super) away: u8,
    pub(super) venue: Venue,
}

/// A group that is played in every season.
pub struct PlannedGroup {
    /// Position of its stage in the competition.
    pub stage: usize,
    /// Position of the group in the stage.
    pub group: usize,
    /// Where its teams come from, in order of group position.
    pub seats: Vec<Seat>,
    /// Its teams, in order of group position; empty while they are not all known.
    pub teams: Vec<TeamId>,
    /// What has been counted already, set results included.
    pub table: Table,
    /// The rules that order it.
    pub rules: Vec<Rule>,
    /// What is still to be played.
    pub open: Vec<OpenFixture>,
    /// `[outcome]`: the ranks (0 = best) that mean it; empty where the group has no part in it.
    pub outcomes: Vec<Vec<usize>>,
    pub(super) lane_rules: LaneRules,
    /// The address of the lots of its first team, and of all that is played on after 90 minutes.
    pub(super) first_seat: usize,
    /// Points a win and a draw are worth.
    pub(super) worth: [i16; 2],
    /// `[team]`: what the kernel adds up, as far as it is counted already.
    pub(super) start: Vec<[i16; 6]>,
    pub(super) last_leg: Option<LastLeg>,
    pub(super) second_leg: SecondLeg,
    pub(super) carry: Option<PlannedCarry>,
    /// What scores cannot tell and a rule may ask for.
    pub(super) externals: Vec<External>,
    /// Whether somebody asks season by season who finished where: a later stage, a count of teams.
    pub(super) is_asked: bool,
}

/// What the teams of a group bring along, and from which planned groups.
#[derive(Clone, Debug)]
pub(super) struct PlannedCarry {
    pub(super) what: Carry,
    pub(super) from: Range<usize>,
}

/// The most goals a sampled side can score in a match.
pub(super) const MOST_SAMPLED: i32 = GRID_SIDE as i32 - 1;

impl PlannedGroup {
    /// How many teams it holds.
    pub fn size(&self) -> usize {
        self.seats.len()
    }

    /// Whether its teams are known.
    pub fn is_known(&self) -> bool {
        !self.teams.is_empty()
    }

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

    /// Everything that may separate two of its teams, in the order of the rules; lots not among it.
    pub fn causes(&self) -> Vec<(Among, Metric)> {
        let mut causes = Vec::new();
        for rule in &self.rules {
            let among = match rule.step {
                Step::Compare { among, .. } => among,
                _ => Among::Everyone,
            };
            for metric in rule.metrics() {
                if !causes.contains(&(among, metric)) {
                    causes.push((among, metric));
                }
            }
        }
        causes
    }

    /// Whether every team's points and goals are counted for show: in a table whose teams are known and
    /// whose fixtures are not drawn anew in every season.
    pub fn is_shown_as_table(&self) -> bool {
        self.is_known()
            && self.size() > 2
            && !self.is_drawn_by_fixture()
            && !self.table.has_averages()
    }

    /// Whether who meets whom differs from season to season.
    pub(super) fn is_drawn_by_fixture(&self) -> bool {
        self.open.first().is_some_and(|open| open.home == open.away)
    }
}

/// A stage, as far as it is played.
pub struct PlannedStage {
    /// Position in the competition.
    pub stage: usize,
    /// Its groups among the planned ones.
    pub groups: Range<usize>,
    pub(super) seating: PlannedSeating,
    /// Whether its places are places for who asks later: it has a table.
    pub(super) is_table: bool,
}

impl PlannedStage {
    /// Whether everybody whom a drawn seat may be filled from gets one.
    pub fn seats_all(&self) -> bool {
        matches!(self.seating, PlannedSeating::Draw(_))
    }

    /// Every seat that its drawn seats may be filled from.
    pub fn drawn_from(&self) -> Vec<Seat> {
        match &self.seating {
            PlannedSeating::Draw(draw) => draw.balls.clone(),
            PlannedSeating::Table {
                ranking,
                allocation,
                ..
            } => (0..allocation.count)
                .map(|rank| Seat::Place {
                    group: *ranking,
                    rank,
                })
                .collect(),
            PlannedSeating::Slots | PlannedSeating::League(_) => Vec::new(),
        }
    }
}

/// A place of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlannedPlace {
    /// In a group that is played.
    Open {
        /// Position among the planned groups.
        group: usize,
        /// 0 = best.
        rank: usize,
    },
    /// Taken already.
    Taken(TeamId),
}

/// An outcome, all of whose places are played or taken.
pub struct PlannedOutcome {
    /// Position among the outcomes of the competition.
    pub outcome: usize,
    /// The places that mean it.
    pub places: Vec<PlannedPlace>,
}

/// How shoot-outs are decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shootouts {
    /// By the toss of a coin.
    #[default]
    Even,
    /// The stronger side wins more often, by a little.
    Strength,
}

/// What a season is to be asked beside places and outcomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether strengths are uncertain.
    pub strengths: Strengths,
    /// How shoot-outs are decided.
    pub shootouts: Shootouts,
    /// Whether it is counted which rule decided between places.
    pub causes: bool,
    /// Position of the last stage that is played; all of them where none is given.
    pub through: Option<usize>,
}

impl From<Strengths> for Options {
    fn from(strengths: Strengths) -> Self {
        Self {
            strengths,
            ..Self::default()
        }
    }
}

/// Everything one season needs.
pub struct Plan<'m> {
    pub(super) model: &'m dyn GoalModel,
    pub(super) options: Options,
    /// In playing order.
    pub stages: Vec<PlannedStage>,
    /// In the order of stages and groups.
    pub groups: Vec<PlannedGroup>,
    /// Those that can be told, in the order of the competition.
    pub outcomes: Vec<PlannedOutcome>,
    /// The samplers of all open fixtures between known teams, in the order of groups, with the strengths
    /// at their best estimate.
    pub(super) samplers: Vec<Sampler>,
    pub(super) facts: Facts,
}

impl Plan<'_> {
    /// The probability of every scoreline of a pairing, as the seasons see it.
    pub fn grid(&self, pairing: Pairing) -> ScoreGrid {
        self.model.grid(pairing, self.options.strengths)
    }

    /// The probability of every final scoreline of an open fixture between known teams, as the seasons
    /// see it.
    pub fn grid_of(&self, open: &OpenFixture) -> Option<ScoreGrid> {
        let pairing = open.pairing?;
        Some(match open.broken_off {
            None => self.grid(pairing),
            Some(played) => {
                let (model, share) = (self.model, open.share());
                let rest = model.grid_of_share(model.estimate(), pairing, share);
                rest.after(played.goals)
            }
        })
    }

    /// How many fixtures a season plays, further play in ties aside.
    pub fn open_fixtures(&self) -> usize {
        self.groups.iter().map(|group| group.open.len()).sum()
    }

    /// How many teams the edition has.
    pub fn teams(&self) -> usize {
        self.facts.association.len()
    }

    /// The options it was made with.
    pub fn options(&self) -> Options {
        self.options
    }

    /// The planned group that gives a place, if it is played.
    pub fn planned(&self, place: Place) -> Option<usize> {
        let here = |group: &PlannedGroup| (group.stage, group.group) == (place.stage, place.group);
        self.groups.iter().position(here)
    }
}
