//! One draw by itself, everybody in it being known.

use super::facts::Facts;
use super::no_outcome;
use super::plan::Seat;
use super::planned_draw::PlannedDraw;
use crate::competition::draw::{Draw, Fault, LeagueFault, LeaguePhase, Pairing, Placed};
use crate::competition::{Bound, DrawKind, Drawing, Place, Pot, Seating, Slot};
use crate::edition::{Snapshot, When};
use crate::error::{Error, Location};
use crate::team::TeamId;

/// A ball that the user says is drawn: `Paris Saint-Germain in 3`, or `Porto v Arsenal`.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnBall {
    /// What was asked for.
    pub text: String,
    team: TeamId,
    where_to: Destination,
}

#[derive(Clone, Debug, PartialEq)]
enum Destination {
    /// Into the group of this name.
    Group(String),
    /// Into a group with this team; away to it in a league phase.
    With(TeamId),
}

impl DrawnBall {
    /// Reads a team and its group, or two teams that were drawn together.
    ///
    /// # Errors
    /// [`Error::DrawnBall`] for another shape, [`Error::UnknownTeam`] for a name.
    pub fn parse(text: &str, snapshot: &Snapshot) -> Result<Self, Error> {
        let team = |name: &str| {
            let name = name.trim();
            let found = snapshot.edition().teams.find(name);
            found.map_err(|nearest| Error::UnknownTeam {
                at: Location::new("--fix", 0),
                name: name.into(),
                nearest,
            })
        };
        let (name, where_to) = match (text.rsplit_once(" in "), text.split_once(" v ")) {
            (_, Some((home, away))) => (home, Destination::With(team(away)?)),
            (Some((name, group)), None) => (name, Destination::Group(group.trim().into())),
            (None, None) => {
                return Err(Error::DrawnBall {
                    text: text.into(),
                    problem: "expected TEAM in GROUP such as `Porto in 3`, or TEAM v TEAM".into(),
                });
            }
        };
        Ok(Self {
            text: text.into(),
            team: team(name)?,
            where_to,
        })
    }

    fn error(&self, problem: impl Into<String>) -> Error {
        Error::DrawnBall {
            text: self.text.clone(),
            problem: problem.into(),
        }
    }
}

/// A draw by itself: who is in it, and what it must respect.
pub struct SeedingDraw<'s> {
    snapshot: &'s Snapshot,
    /// Position of its stage in the competition.
    pub stage: usize,
    /// `[ball]`: whose it is, in order of the pots.
    pub teams: Vec<TeamId>,
    /// `[pot]`: how many balls it holds.
    pub pots: Vec<usize>,
    /// What is drawn, in numbers of balls.
    pub kind: SeedingKind,
    /// `[constraint]`: the bound of the edition that it comes from.
    from: Vec<usize>,
}

/// What a draw settles, in numbers of balls.
#[derive(Debug)]
pub enum SeedingKind {
    /// Who is in which group.
    Groups(Draw),
    /// Who meets whom.
    LeaguePhase(LeaguePhase),
}

impl<'s> SeedingDraw<'s> {
    /// The draw of a stage, with balls that are drawn already.
    ///
    /// # Errors
    /// [`Error::Stage`] for a stage without a draw, with balls whose team is not known yet, or with a
    /// draw that no outcome satisfies; [`Error::DrawnBall`] for a ball that contradicts it.
    pub fn new(snapshot: &'s Snapshot, stage: usize, drawn: &[DrawnBall]) -> Result<Self, Error> {
        let declared = &snapshot.edition().competition.stages[stage];
        let problem = |problem: String| Error::Stage {
            at: Location::new(&snapshot.edition().id, 0),
            stage: declared.id.clone(),
            problem,
        };
        let Seating::Drawn(drawing) = &declared.seating else {
            return Err(problem(format!(
                "it has no draw; {}",
                stages_with_draws(snapshot)
            )));
        };
        let mut teams = Vec::new();
        for pot in &drawing.pots {
            for &ball in &pot.balls {
                teams.push(team_of(ball, pot, snapshot).ok_or_else(|| {
                    let place = no_outcome::slot_name(&ball, snapshot);
                    let when = snapshot.label();
                    let later = match snapshot.when() {
                        When::Now => "add the results that lead to it, or take",
                        _ => "take a later date, or",
                    };
                    problem(format!(
                        "{place} is in its draw, and not known {when}; {later} `matchday project`, which \
                         holds the draw in every season"
                    ))
                })?);
            }
        }
        let mut seeding = Self {
            snapshot,
            stage,
            pots: drawing.pots.iter().map(|pot| pot.balls.len()).collect(),
            kind: SeedingKind::LeaguePhase(LeaguePhase::default()),
            from: Vec::new(),
            teams,
        };
        let facts = Facts::of(snapshot);
        match drawing.kind {
            DrawKind::Groups(held) => {
                let seats = seeding.teams.iter().copied().map(Seat::Team).collect();
                let planned = PlannedDraw::new(drawing, held, seats, declared, &facts);
                let (mut draw, from) = planned.known(&facts);
                seeding.from = from;
                draw.check().map_err(|fault| seeding.fault(fault))?;
                for ball in drawn {
                    seeding.place(ball, drawing, &mut draw)?;
                    draw.check()
                        .map_err(|fault| seeding.contradiction(ball, fault))?;
                }
                seeding.kind = SeedingKind::Groups(draw);
            }
            DrawKind::LeaguePhase {
                most_of_association,
            } => {
                let of = |team: &TeamId| facts.association[team.index()];
                let associations: Vec<u16> = seeding.teams.iter().map(of).collect();
                let size = seeding.pots.first().copied().unwrap_or(0);
                let mut phase = LeaguePhase::new(size, &associations, most_of_association);
                for ball in drawn {
                    phase.fixed.push(seeding.fixture(ball)?);
                    phase.check().map_err(|fault| match fault {
                        LeagueFault::Fixed { .. } => ball
                            .error("it breaks a rule of the draw, or contradicts those before it"),
                        LeagueFault::Impossible => ball.error("no outcome is left that has it"),
                        other => ball.error(other.to_string()),
                    })?;
                }
                let checked = phase.check();
                checked.map_err(|fault| no_outcome::of_league(fault, declared, snapshot))?;
                seeding.kind = SeedingKind::LeaguePhase(phase);
            }
        }
        Ok(seeding)
    }

    /// The group of a ball that is drawn already.
    pub fn group_of(&self, ball: usize) -> Option<usize> {
        let SeedingKind::Groups(draw) = &self.kind else {
            return None;
        };
        let mut fixed = draw.fixed.iter();
        let placed = fixed.find(|placed| usize::from(placed.ball) == ball)?;
        Some(placed.group.into())
    }

    /// Whether two balls come together, as far as those drawn already settle it; in a league phase,
    /// whether the first is at home to the second.
    pub fn together(&self, one: usize, other: usize) -> Option<bool> {
        match &self.kind {
            SeedingKind::Groups(_) => Some(self.group_of(one)? == self.group_of(other)?),
            SeedingKind::LeaguePhase(phase) => {
                let drawn = |home: usize, away: usize| {
                    let mut fixed = phase.fixed.iter();
                    fixed.any(|pair| {
                        (usize::from(pair.home), usize::from(pair.away)) == (home, away)
                    })
                };
                match (drawn(one, other), drawn(other, one)) {
                    (false, false) => None,
                    (is_drawn, _) => Some(is_drawn),
                }
            }
        }
    }

    /// Why the draw cannot be held, or not in this way.
    pub fn fault(&self, fault: Fault) -> Error {
        let stage = &self.snapshot.edition().competition.stages[self.stage];
        no_outcome::error(
            fault,
            stage,
            |constraint| self.bound(constraint),
            self.snapshot,
        )
    }

    /// Why there are no exact probabilities.
    pub fn too_large(&self) -> Error {
        self.fault(Fault::TooLarge)
    }

    /// The same of a league phase.
    pub(super) fn league_fault(&self, fault: LeagueFault) -> Error {
        let stage = &self.snapshot.edition().competition.stages[self.stage];
        no_outcome::of_league(fault, stage, self.snapshot)
    }

    fn bound(&self, constraint: usize) -> Option<&Bound> {
        let stage = &self.snapshot.edition().competition.stages[self.stage];
        match &stage.seating {
            Seating::Drawn(drawing) => drawing.bounds.get(*self.from.get(constraint)?),
            _ => None,
        }
    }

    fn contradiction(&self, ball: &DrawnBall, fault: Fault) -> Error {
        let because = match fault {
            Fault::FixedAgainst { constraint } => match self.bound(constraint) {
                Some(bound) => {
                    let stage = &self.snapshot.edition().competition.stages[self.stage];
                    no_outcome::describe(bound, stage, self.snapshot)
                }
                None => return self.fault(fault),
            },
            Fault::FixedContradict { .. } => {
                return ball.error(match &ball.where_to {
                    Destination::Group(name) => {
                        format!("group `{name}` has no room left for its pot")
                    }
                    Destination::With(_) => "no tie has room for both its teams".into(),
                });
            }
            other => return self.fault(other),
        };
        ball.error(format!(
            "no outcome is left that meets the bound on {because}"
        ))
    }

    /// The ball of a team.
    fn ball(&self, ball: &DrawnBall, team: TeamId) -> Result<usize, Error> {
        let position = self.teams.iter().position(|&known| known == team);
        position.ok_or_else(|| {
            let name = self.snapshot.edition().teams.name(team);
            ball.error(format!("{name} are not in this draw"))
        })
    }

    /// The ball of a team that is not drawn yet.
    fn undrawn(&self, ball: &DrawnBall, team: TeamId, draw: &Draw) -> Result<usize, Error> {
        let position = self.ball(ball, team)?;
        let mut fixed = draw.fixed.iter();
        match fixed.any(|placed| usize::from(placed.ball) == position) {
            true => {
                let name = self.snapshot.edition().teams.name(team);
                Err(ball.error(format!("{name} are drawn already")))
            }
            false => Ok(position),
        }
    }

    /// Puts a ball into its group; two that were drawn together into the first empty one.
    fn place(&self, ball: &DrawnBall, drawing: &Drawing, draw: &mut Draw) -> Result<(), Error> {
        let groups = &self.snapshot.edition().competition.stages[self.stage].groups;
        let of_team = self.undrawn(ball, ball.team, draw)?;
        let placed = |ball: usize, group: usize| Placed {
            ball: ball as u8,
            group: group as u8,
        };
        match &ball.where_to {
            Destination::Group(name) => {
                let group = groups.iter().position(|group| group.id == *name);
                let group = group.ok_or_else(|| {
                    let names: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
                    let names = names.join(", ");
                    ball.error(format!("there is no group `{name}`; there are {names}"))
                })?;
                draw.fixed.push(placed(of_team, group));
            }
            Destination::With(other) => {
                let other = self.undrawn(ball, *other, draw)?;
                if drawing.group_size() != 2 {
                    return Err(ball.error("groups have more than two teams; say TEAM in GROUP"));
                }
                let taken = |group: &usize| {
                    let mut fixed = draw.fixed.iter();
                    fixed.any(|placed| usize::from(placed.group) == *group)
                };
                let free = (0..groups.len()).find(|group| !taken(group));
                let group = free.ok_or_else(|| ball.error("all ties are drawn already"))?;
                draw.fixed
                    .extend([placed(of_team, group), placed(other, group)]);
            }
        }
        Ok(())
    }

    /// The numbers of the two teams of a fixture that is drawn.
    fn fixture(&self, ball: &DrawnBall) -> Result<Pairing, Error> {
        match ball.where_to {
            Destination::With(away) => {
                let (home, away) = (self.ball(ball, ball.team)?, self.ball(ball, away)?);
                Ok(Pairing {
                    home: home as u8,
                    away: away as u8,
                })
            }
            Destination::Group(_) => {
                Err(ball.error("a league phase draws fixtures; say HOME v AWAY"))
            }
        }
    }
}

/// The team of a ball. Places that only lots could tell apart are as good as known where all of them are
/// in one pot.
fn team_of(ball: Slot, pot: &Pot, snapshot: &Snapshot) -> Option<TeamId> {
    let place = match ball {
        Slot::Team(team) => return Some(team),
        Slot::Place(place) => place,
    };
    snapshot.finisher(place).or_else(|| {
        let Place { stage, group, rank } = place;
        let standings = snapshot
            .standings(stage, group)
            .filter(|_| snapshot.is_complete(stage, group))?;
        let shared = standings.order.get(rank)?.position;
        let mut level = (0..standings.order.len())
            .filter(|&rank| standings.order[rank].position == shared)
            .map(|rank| Slot::Place(Place { stage, group, rank }));
        let alike = level.all(|place| pot.balls.contains(&place));
        let seat = usize::from(standings.order[rank].team);
        alike.then(|| snapshot.members(stage, group).map(|members| members[seat]))?
    })
}

/// `draws are held for: a, b`.
fn stages_with_draws(snapshot: &Snapshot) -> String {
    let stages = snapshot.edition().competition.stages.iter();
    let drawn = stages.filter(|stage| matches!(stage.seating, Seating::Drawn(_)));
    let names: Vec<String> = drawn.map(|stage| format!("`{}`", stage.id)).collect();
    match names.is_empty() {
        true => "nor has any other stage".into(),
        false => format!("those that have one are {}", names.join(", ")),
    }
}
