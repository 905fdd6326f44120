//! Shows the teams of a stage to their seats, and draws who meets whom.

use super::facts::Facts;
use super::plan::{PlannedGroup, PlannedStage, Seat};
use super::planned_draw::PlannedDraw;
use super::played_group::PlayedGroup;
use super::seating::{Hall, LaneTeams, PlannedLeague, PlannedSeating};
use super::stream::{LANES, LaneStream, Purpose, SparseStream, Stream};
use crate::competition::{Allocation, SecondLeg};
use crate::standings::LARGEST_GROUP;

/// What seating needs, reused from stage to stage.
pub(super) struct Desk {
    hall: Hall,
    seating: Stream,
    hosts: SparseStream,
    /// `[ball][lane]`
    balls: Vec<LaneTeams>,
    /// One lane of the same.
    teams: Vec<u16>,
    pub(super) unmet: Vec<bool>,
}

impl Desk {
    /// Memory for the blocks of a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            hall: Hall::default(),
            seating: Stream::new(seed, Purpose::Seating, 0),
            hosts: SparseStream::new(),
            balls: Vec::new(),
            teams: Vec::new(),
            unmet: vec![false; LANES],
        }
    }

    /// Turns to another block.
    pub(super) fn turn_to(&mut self, seating: Stream, hosts: LaneStream) {
        self.seating = seating;
        self.hosts.turn_to(hosts);
        self.unmet.fill(false);
    }
}

/// Shows the teams of a stage to their seats.
pub(super) struct Usher<'a> {
    pub(super) facts: &'a Facts,
    pub(super) planned: &'a [PlannedGroup],
    pub(super) earlier: &'a [PlayedGroup],
    pub(super) places: &'a [[u8; LANES]],
    pub(super) desk: &'a mut Desk,
}

impl Usher<'_> {
    pub(super) fn seat(&mut self, stage: &PlannedStage, current: &mut [PlayedGroup]) {
        let planned = &self.planned[stage.groups.clone()];
        match &stage.seating {
            PlannedSeating::Slots => {}
            PlannedSeating::League(_) => {}
            PlannedSeating::Draw(draw) => self.hold(stage.stage, draw, current),
            PlannedSeating::Table {
                ranking,
                allocation,
                seat_of_letter,
            } => self.allot(*ranking, allocation, seat_of_letter, current),
        }
        for (planned, played) in planned.iter().zip(&mut *current) {
            for (seat, teams) in planned.seats.iter().zip(&mut played.teams) {
                self.fill(*seat, teams);
            }
            self.choose_hosts(planned, played);
        }
        if let PlannedSeating::League(league) = &stage.seating {
            for (planned, played) in planned.iter().zip(current) {
                self.pair(stage.stage, league, planned, played);
            }
        }
    }

    /// The team of a seat in all lanes, unless it is drawn.
    fn fill(&self, seat: Seat, teams: &mut LaneTeams) {
        match seat {
            Seat::Team(team) => teams.fill(team.0),
            Seat::Place { group, rank } => {
                let (planned, played) = (&self.planned[group], &self.earlier[group]);
                for (lane, team) in teams.iter_mut().enumerate() {
                    let seat = usize::from(played.order[rank][lane]);
                    *team = played.team(planned, seat, lane).0;
                }
            }
            Seat::Drawn => {}
        }
    }

    fn hold(&mut self, stage: usize, draw: &PlannedDraw, current: &mut [PlayedGroup]) {
        let mut balls = std::mem::take(&mut self.desk.balls);
        balls.resize(draw.balls.len(), [0; LANES]);
        for (seat, teams) in draw.balls.iter().zip(&mut balls) {
            self.fill(*seat, teams);
        }
        let Desk {
            hall,
            teams,
            unmet,
            seating,
            ..
        } = &mut *self.desk;
        for lane in 0..LANES {
            teams.clear();
            teams.extend(balls.iter().map(|ball| ball[lane]));
            let generator = seating.generator(stage, lane);
            let met = draw.hold(teams, self.facts, hall, generator, |ball, group, seat| {
                current[group].teams[seat][lane] = balls[ball][lane];
            });
            unmet[lane] |= !met;
        }
        self.desk.balls = balls;
    }

    fn allot(
        &self,
        ranking: usize,
        allocation: &Allocation,
        seat_of_letter: &[Option<usize>],
        current: &mut [PlayedGroup],
    ) {
        let (planned, played) = (&self.planned[ranking], &self.earlier[ranking]);
        let mut letter_of_seat = [0; LARGEST_GROUP];
        for (letter, seat) in seat_of_letter.iter().enumerate() {
            if let Some(seat) = seat {
                letter_of_seat[*seat] = letter;
            }
        }
        for lane in 0..LANES {
            let going = played.order[..allocation.count].iter();
            let key = going.fold(0, |set, seats| {
                set | 1_u64 << letter_of_seat[usize::from(seats[lane])]
            });
            let row = allocation.table.row(key).unwrap_or(&[]);
            for (seated, &letter) in current.iter_mut().zip(row) {
                if let Some(seat) = seat_of_letter[usize::from(letter)] {
                    seated.teams[0][lane] = played.team(planned, seat, lane).0;
                }
            }
        }
    }

    /// Who is at home in the last leg sits second.
    fn choose_hosts(&mut self, planned: &PlannedGroup, played: &mut PlayedGroup) {
        let [first, second] = &mut played.teams[..] else {
            return;
        };
        for lane in 0..LANES {
            let swap = match planned.second_leg {
                SecondLeg::Second => return,
                SecondLeg::Drawn => self.desk.hosts.lane(planned.first_seat, lane) & 1 == 1,
                SecondLeg::BetterPlaced => {
                    let place = |team: u16| self.places[usize::from(team)][lane];
                    let (a, b) = (place(first[lane]), place(second[lane]));
                    a > 0 && b > 0 && a < b
                }
            };
            if swap {
                (first[lane], second[lane]) = (second[lane], first[lane]);
            }
        }
    }

    /// Draws the fixtures of a league phase.
    fn pair(
        &mut self,
        stage: usize,
        league: &PlannedLeague,
        planned: &PlannedGroup,
        played: &mut PlayedGroup,
    ) {
        for lane in 0..LANES {
            let (teams, pairings) = (&played.teams, &mut played.pairings);
            let association = |seat: u8| {
                let floating = teams.get(usize::from(seat)).map(|teams| teams[lane]);
                let team = floating.unwrap_or_else(|| planned.teams[usize::from(seat)].0);
                self.facts.association[usize::from(team)]
            };
            let Desk { hall, seating, .. } = &mut *self.desk;
            let met = league.hold(
                association,
                hall,
                seating.generator(stage, lane),
                |fixture, pair| {
                    pairings[fixture][lane] = pair;
                },
            );
            self.desk.unmet[lane] |= !met;
        }
    }
}
