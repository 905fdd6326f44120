//! How teams come to their seats inside a season.

use rand_chacha::ChaCha8Rng;

use super::facts::Facts;
use super::no_outcome;
use super::plan::Seat;
use super::planned_draw::PlannedDraw;
use super::stream::LANES;
use crate::competition::draw::{Draw, LeaguePhase, LeagueWorkspace, Workspace};
use crate::competition::{Allocation, DrawKind, Drawing, Seating, Slot, Stage};
use crate::edition::Snapshot;
use crate::error::Error;

/// How the entrants of a stage come to their seats.
pub(super) enum PlannedSeating {
    /// From earlier places, or they are known.
    Slots,
    /// By a draw of groups.
    Draw(Box<PlannedDraw>),
    /// They are known or come from earlier places; who meets whom is drawn.
    League(Box<PlannedLeague>),
    /// By a table: which places of a ranking go on says who takes which seat.
    Table {
        /// The planned group that ranks.
        ranking: usize,
        allocation: Allocation,
        /// `[group of the letters]`: its seat in the ranking.
        seat_of_letter: Vec<Option<usize>>,
    },
}

/// A league phase that every season draws.
pub(super) struct PlannedLeague {
    /// `[ball]`: its seat, in order of the pots.
    pub(super) seats: Vec<u8>,
    /// How many teams a pot has.
    pub(super) size: usize,
    pub(super) most_of_association: u8,
}

impl PlannedSeating {
    /// Every seat that a draw takes its teams from.
    pub(super) fn balls(&self) -> impl Iterator<Item = &Seat> {
        let balls = match self {
            Self::Draw(draw) => draw.balls.as_slice(),
            _ => &[],
        };
        balls.iter()
    }

    /// Plans a draw that lies ahead.
    ///
    /// # Errors
    /// [`Error::Stage`] if it is known already that no outcome is valid, or its size cannot be.
    pub(super) fn drawn(
        drawing: &Drawing,
        balls: Vec<Seat>,
        stage: &Stage,
        facts: &Facts,
        snapshot: &Snapshot,
    ) -> Result<Self, Error> {
        let held = match drawing.kind {
            DrawKind::Groups(held) => held,
            DrawKind::LeaguePhase {
                most_of_association,
            } => {
                let slots = &stage.groups[0].entrants;
                let seat = |ball: &Slot| {
                    slots
                        .iter()
                        .position(|slot| slot == ball)
                        .unwrap_or_default() as u8
                };
                let association = |ball: &Seat| match ball {
                    Seat::Team(team) => facts.association[team.index()],
                    _ => 0,
                };
                let size = drawing.pots.first().map_or(0, |pot| pot.balls.len());
                let associations: Vec<u16> = balls.iter().map(association).collect();
                let league = LeaguePhase::new(size, &associations, most_of_association);
                let checked = league.check();
                checked.map_err(|fault| no_outcome::of_league(fault, stage, snapshot))?;
                return Ok(Self::League(Box::new(PlannedLeague {
                    seats: drawing.balls().map(|ball| seat(&ball)).collect(),
                    size,
                    most_of_association,
                })));
            }
        };
        let draw = PlannedDraw::new(drawing, held, balls, stage, facts);
        let (known, from) = draw.known(facts);
        if let Err(fault) = known.check() {
            let bound = |constraint: usize| Some(&drawing.bounds[*from.get(constraint)?]);
            return Err(no_outcome::error(fault, stage, bound, snapshot));
        }
        Ok(Self::Draw(Box::new(draw)))
    }
}

/// Checks that every draw of an edition has a valid outcome, as far as its teams are known, and that the
/// groups it lists are one.
///
/// # Errors
/// [`Error::Stage`] for the first that has none.
pub fn check_draws(snapshot: &Snapshot) -> Result<(), Error> {
    let facts = Facts::of(snapshot);
    for stage in &snapshot.edition().competition.stages {
        if let Seating::Drawn(drawing) = &stage.seating {
            let balls = known_balls(drawing, snapshot);
            PlannedSeating::drawn(drawing, balls, stage, &facts, snapshot)?;
            check_listed(drawing, stage, &facts, snapshot)?;
        }
    }
    Ok(())
}

/// Checks that the groups which are listed are an outcome of their draw.
pub(super) fn check_listed(
    drawing: &Drawing,
    stage: &Stage,
    facts: &Facts,
    snapshot: &Snapshot,
) -> Result<(), Error> {
    let DrawKind::Groups(held) = drawing.kind else {
        return Ok(());
    };
    let balls = known_balls(drawing, snapshot);
    let draw = PlannedDraw::new(drawing, held, balls, stage, facts);
    draw.check_listed(drawing, stage, facts, snapshot)
}

/// The balls of a draw, as far as it is known whose they are.
fn known_balls(drawing: &Drawing, snapshot: &Snapshot) -> Vec<Seat> {
    let team = |slot| match slot {
        Slot::Team(team) => Some(team),
        Slot::Place(place) => snapshot.finisher(place),
    };
    let seat = |slot| team(slot).map_or(Seat::Drawn, Seat::Team);
    drawing.balls().map(seat).collect()
}

impl PlannedLeague {
    /// Draws the fixtures once: `placed` is told the number of each and its seats, home side first.
    /// Whether all bounds could be met; if not, they are drawn without regard to associations.
    pub(super) fn hold(
        &self,
        association: impl Fn(u8) -> u16,
        hall: &mut Hall,
        rng: &mut ChaCha8Rng,
        mut placed: impl FnMut(usize, [u8; 2]),
    ) -> bool {
        let Hall {
            league,
            league_workspace,
            associations,
            ..
        } = hall;
        associations.clear();
        associations.extend(self.seats.iter().map(|&seat| association(seat)));
        league.most = self.most_of_association;
        league.enter(self.size, associations);
        let met = league.draw(league_workspace, rng).is_ok();
        if !met {
            associations.fill(0);
            league.enter(self.size, associations);
            league.most = u8::MAX;
            let drawn = league.draw(league_workspace, rng);
            drawn.expect("the size of its pots was checked on loading");
        }
        for (fixture, pairing) in league_workspace.pairings().iter().enumerate() {
            let seat = |ball: u8| self.seats[usize::from(ball)];
            placed(fixture, [seat(pairing.home), seat(pairing.away)]);
        }
        met
    }
}

/// A place to hold draws, reused from season to season.
#[derive(Default)]
pub(super) struct Hall {
    pub(super) draw: Draw,
    pub(super) workspace: Workspace,
    league: LeaguePhase,
    league_workspace: LeagueWorkspace,
    associations: Vec<u16>,
}

/// `[lane]`: a team.
pub(super) type LaneTeams = [u16; LANES];
