//! Who can still reach which place, through all stages: what is not proved stays possible.

use super::certainty::{Verdict, possible_ranks};
use crate::simulate::{Plan, PlannedGroup, PlannedOutcome, PlannedPlace, PlannedStage, Seat};
use crate::team::TeamId;

/// A set of teams of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TeamsBits(Vec<u64>);

impl TeamsBits {
    fn none(teams: usize) -> Self {
        Self(vec![0; teams.div_ceil(64)])
    }

    fn insert(&mut self, team: usize) {
        self.0[team / 64] |= 1 << (team % 64);
    }

    fn contains(&self, team: usize) -> bool {
        self.0[team / 64] >> (team % 64) & 1 == 1
    }

    fn is_only(&self, team: usize) -> bool {
        let count: u32 = self.0.iter().map(|bits| bits.count_ones()).sum();
        count == 1 && self.contains(team)
    }

    fn include(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own |= other;
        }
    }
}

/// Who can still finish where in every planned group.
pub struct Reach<'p> {
    plan: &'p Plan<'p>,
    /// `[planned group][rank]`
    finishers: Vec<Vec<TeamsBits>>,
    /// `[planned group][team of the group]`: a bit a rank, where the teams are known.
    ranks: Vec<Vec<u64>>,
}

impl<'p> Reach<'p> {
    /// Works it out, stage by stage.
    pub fn of(plan: &'p Plan<'p>) -> Self {
        let mut reach = Self {
            plan,
            finishers: Vec::new(),
            ranks: Vec::new(),
        };
        for stage in &plan.stages {
            for group in &plan.groups[stage.groups.clone()] {
                reach.add(stage, group);
            }
        }
        reach
    }

    /// The ranks that the teams of a known group can still finish on, one bit a rank.
    pub fn ranks(&self, group: usize) -> &[u64] {
        &self.ranks[group]
    }

    fn add(&mut self, stage: &PlannedStage, group: &PlannedGroup) {
        let teams = self.plan.teams();
        let mut finishers = vec![TeamsBits::none(teams); group.size()];
        if group.is_known() {
            let ranks = possible_ranks(group);
            for (&team, &possible) in group.teams.iter().zip(&ranks) {
                for (rank, finishers) in finishers.iter_mut().enumerate() {
                    if possible >> rank & 1 == 1 {
                        finishers.insert(team.index());
                    }
                }
            }
            self.ranks.push(ranks);
        } else {
            let mut entrants = TeamsBits::none(teams);
            for seat in &group.seats {
                entrants.include(&self.seat(stage, *seat));
            }
            finishers.fill(entrants);
            self.ranks.push(Vec::new());
        }
        self.finishers.push(finishers);
    }

    /// Who can still take a seat.
    fn seat(&self, stage: &PlannedStage, seat: Seat) -> TeamsBits {
        let mut teams = TeamsBits::none(self.plan.teams());
        match seat {
            Seat::Team(team) => teams.insert(team.index()),
            Seat::Place { group, rank } => teams.include(&self.finishers[group][rank]),
            Seat::Drawn => {
                for seat in stage.drawn_from() {
                    teams.include(&self.seat(stage, seat));
                }
            }
        }
        teams
    }

    /// Whether a team can still finish on a rank of a group.
    pub fn can_finish(&self, team: TeamId, group: usize, rank: usize) -> bool {
        self.finishers[group][rank].contains(team.index())
    }

    /// Whether a team can still enter a group.
    pub fn can_enter(&self, team: TeamId, group: usize) -> bool {
        let mut finishers = self.finishers[group].iter();
        finishers.any(|finishers| finishers.contains(team.index()))
    }

    /// What is proved of a team's taking part in a stage.
    pub fn entry(&self, team: TeamId, stage: &PlannedStage) -> Verdict {
        let groups = || stage.groups.clone();
        let seats = groups().flat_map(|group| self.plan.groups[group].seats.iter().copied());
        let drawn = stage.drawn_from().into_iter().filter(|_| stage.seats_all());
        let seats: Vec<Seat> = seats.chain(drawn).collect();
        if seats.iter().any(|&seat| self.surely_takes(team, seat)) || self.is_sent(team, &seats) {
            Verdict::Certain
        } else if groups().any(|group| self.can_enter(team, group)) {
            Verdict::Open
        } else {
            Verdict::Impossible
        }
    }

    /// Whether every rank that a team can finish on in some known group leads to one of the seats.
    fn is_sent(&self, team: TeamId, seats: &[Seat]) -> bool {
        let place = |seat: &Seat| match *seat {
            Seat::Place { group, rank } => Some((group, rank)),
            _ => None,
        };
        let places = || seats.iter().filter_map(place);
        places().any(|(group, _)| {
            let ranks = places().filter(|(of, _)| *of == group);
            self.surely_finishes(team, group, ranks.map(|(_, rank)| rank))
        })
    }

    /// Whether two teams surely meet in a stage of ties.
    pub fn surely_meet(&self, one: TeamId, other: TeamId, stage: &PlannedStage) -> bool {
        let pair = |first, second, seats: &[Seat; 2]| {
            self.surely_takes(first, seats[0]) && self.surely_takes(second, seats[1])
        };
        let groups = self.plan.groups[stage.groups.clone()].iter();
        let mut ties =
            groups.filter_map(|group| <&[Seat; 2]>::try_from(group.seats.as_slice()).ok());
        ties.any(|seats| pair(one, other, seats) || pair(other, one, seats))
    }

    /// Whether nobody else can take a seat.
    fn surely_takes(&self, team: TeamId, seat: Seat) -> bool {
        match seat {
            Seat::Team(known) => known == team,
            Seat::Place { group, rank } => self.finishers[group][rank].is_only(team.index()),
            Seat::Drawn => false,
        }
    }

    /// What is proved of a team and an outcome.
    pub fn verdict(&self, outcome: &PlannedOutcome, team: TeamId) -> Verdict {
        let mut possible = false;
        for place in &outcome.places {
            match *place {
                PlannedPlace::Taken(taken) if taken == team => return Verdict::Certain,
                PlannedPlace::Taken(_) => {}
                PlannedPlace::Open { group, rank } => {
                    possible |= self.can_finish(team, group, rank);
                    if self.is_certain(outcome, group, team) {
                        return Verdict::Certain;
                    }
                }
            }
        }
        if possible {
            Verdict::Open
        } else {
            Verdict::Impossible
        }
    }

    /// Whether every rank that a team can finish on in a known group means the outcome.
    fn is_certain(&self, outcome: &PlannedOutcome, group: usize, team: TeamId) -> bool {
        let ranks = outcome.places.iter().filter_map(|place| match *place {
            PlannedPlace::Open { group: of, rank } if of == group => Some(rank),
            _ => None,
        });
        self.surely_finishes(team, group, ranks)
    }

    /// Whether a team of a known group cannot but finish on one of `ranks`.
    fn surely_finishes(
        &self,
        team: TeamId,
        group: usize,
        ranks: impl Iterator<Item = usize>,
    ) -> bool {
        let teams = &self.plan.groups[group].teams;
        let position = teams.iter().position(|&member| member == team);
        position.is_some_and(|position| {
            Verdict::of(self.ranks[group][position], ranks) == Verdict::Certain
        })
    }
}
