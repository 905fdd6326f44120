//! One group in all lanes of a block: sampled, counted, ranked.

use super::pairs::Span;
use super::plan::{Plan, PlannedCarry, PlannedGroup, Seat};
use super::play_on::{Causes, Chance, PlayOn};
use super::refine::LaneRanks;
use super::sampler::Sampler;
use super::seating::LaneTeams;
use super::stream::{LANES, LaneStream, Words};
use super::totals::{Overall, Totals};
use crate::fixture::{Scoreline, Venue};
use crate::standings::{LARGEST_GROUP, Origin, Table, rank};
use crate::team::TeamId;

/// One group in all lanes of a block.
pub struct PlayedGroup {
    /// `[seat][lane]`: its team, where that differs from season to season.
    pub(super) teams: Vec<LaneTeams>,
    /// `[open fixture][lane]`: home and away seat, where that differs.
    pub(super) pairings: Vec<[[u8; 2]; LANES]>,
    /// `[open fixture][lane]`: the scoreline as `home * 16 + away`.
    pub(super) codes: Vec<[u8; LANES]>,
    pub(super) totals: Totals,
    pub(super) ranks: LaneRanks,
    /// `[rank][lane]`: the seat that finished there; empty where nobody asks.
    pub(super) order: Vec<[u8; LANES]>,
    /// `[boundary][lane]`: position of what separated the two either side; empty where nobody asks.
    pub(super) causes: Vec<[u8; LANES]>,
    pub(super) scratch: Table,
}

/// What a group is played in.
pub(super) struct Room<'a, 'b> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) planned: &'a PlannedGroup,
    pub(super) earlier: &'a mut [PlayedGroup],
    pub(super) places: &'a [[u8; LANES]],
    pub(super) chance: &'a mut Chance<'b>,
}

impl PlayedGroup {
    pub(super) fn new(planned: &PlannedGroup, causes: bool) -> Self {
        let size = planned.size();
        let floating = if planned.is_known() { 0 } else { size };
        let drawn = if planned.is_drawn_by_fixture() {
            planned.open.len()
        } else {
            0
        };
        Self {
            teams: vec![[0; LANES]; floating],
            pairings: vec![[[0; 2]; LANES]; drawn],
            codes: vec![[0; LANES]; planned.open.len()],
            totals: Totals::new(size, &planned.lane_rules.needs()),
            ranks: LaneRanks::new(size, &planned.lane_rules),
            order: vec![[0; LANES]; if planned.is_asked { size } else { 0 }],
            causes: vec![[0; LANES]; if causes { size.saturating_sub(1) } else { 0 }],
            scratch: planned.table.clone(),
        }
    }

    /// The team in a seat in one season.
    #[inline]
    pub fn team(&self, planned: &PlannedGroup, seat: usize, lane: usize) -> TeamId {
        match self.teams.get(seat) {
            Some(teams) => TeamId(teams[lane]),
            None => planned.teams[seat],
        }
    }

    /// The team that finished on a rank in one season, where somebody asks.
    #[inline]
    pub fn finisher(&self, planned: &PlannedGroup, rank: usize, lane: usize) -> TeamId {
        self.team(planned, self.order[rank][lane].into(), lane)
    }

    /// `[lane]`: the points of a seat.
    pub(super) fn points(&self, seat: usize) -> &[i16; LANES] {
        &self.totals.of(Overall::Points)[seat]
    }

    /// `[lane]`: the goal difference of a seat.
    pub(super) fn goal_difference(&self, seat: usize) -> &[i16; LANES] {
        &self.totals.of(Overall::GoalDifference)[seat]
    }

    /// `[seat][lane]`: the rank (0 = best).
    pub(super) fn all_ranks(&self) -> &[[u8; LANES]] {
        &self.ranks.rank
    }

    /// The rank (0 = best) of a seat in one season.
    pub fn rank(&self, seat: usize, lane: usize) -> usize {
        self.ranks.rank[seat][lane].into()
    }

    /// The position of what separated the ranks either side of a boundary in one season.
    pub(super) fn cause(&self, boundary: usize, lane: usize) -> usize {
        self.causes[boundary][lane].into()
    }

    /// The scoreline of an open fixture of the group in one season.
    pub fn scoreline(&self, open: usize, lane: usize) -> Scoreline {
        let code = self.codes[open][lane];
        Scoreline::new(code >> 4, code & 15)
    }

    /// The seats that an open fixture brings together in one season, home side first.
    pub fn sides(&self, planned: &PlannedGroup, open: usize, lane: usize) -> [u8; 2] {
        match self.pairings.get(open) {
            Some(pairings) => pairings[lane],
            None => [planned.open[open].home, planned.open[open].away],
        }
    }

    pub(super) fn sample(
        &mut self,
        room: &mut Room<'_, '_>,
        samplers: &[Sampler],
        scores: LaneStream,
    ) {
        let planned = room.planned;
        let mut words = [0; LANES];
        let mut samplers = samplers.iter();
        for (index, open) in planned.open.iter().enumerate() {
            scores.fill(open.address, &mut words);
            match open.pairing.and_then(|_| samplers.next()) {
                Some(sampler) => sampler.sample_all(&words, &mut self.codes[index]),
                None => self.sample_by_lane(room, index, open.venue, &words),
            }
            if let Some(played) = open.broken_off {
                // What was played stays; a side is given 15 goals at most.
                for code in &mut self.codes[index] {
                    let home = (*code >> 4).saturating_add(played.goals.home).min(15);
                    let away = (*code & 15).saturating_add(played.goals.away).min(15);
                    *code = home << 4 | away;
                }
            }
        }
    }

    fn sample_by_lane(
        &mut self,
        room: &mut Room<'_, '_>,
        index: usize,
        venue: Venue,
        words: &Words,
    ) {
        let (planned, facts) = (room.planned, &room.plan.facts);
        let Chance {
            pairs, parameters, ..
        } = &mut *room.chance;
        for (lane, &word) in words.iter().enumerate() {
            let [home, away] = self.sides(planned, index, lane);
            let [home, away] = [home, away].map(|seat| self.team(planned, seat.into(), lane));
            let venue = facts.venue(venue, home.index(), away.index());
            let pair = (home.0, away.0);
            let sampler = pairs.of(room.plan.model, parameters, Span::Match, pair, venue);
            self.codes[index][lane] = sampler.sample(word);
        }
    }

    pub(super) fn count(&mut self, room: &Room<'_, '_>) {
        let planned = room.planned;
        if planned.size() <= 2 && planned.carry.is_none() {
            // The goals of a tie are in its meetings.
            return;
        }
        self.totals.begin(&planned.start);
        self.bring_along(room);
        let deducted = &room.plan.facts.deducted[planned.stage];
        if !planned.is_known() && !deducted.is_empty() {
            for (seat, teams) in self.teams.iter().enumerate() {
                let points = &mut self.totals.of_mut(Overall::Points)[seat];
                for (points, &team) in points.iter_mut().zip(teams) {
                    *points -= deducted[usize::from(team)] as i16;
                }
            }
        }
        if self.pairings.is_empty() {
            self.totals
                .add_all(&planned.open, &self.codes, planned.worth);
        }
        for (pairings, codes) in self.pairings.iter().zip(&self.codes) {
            self.totals.add_by_lane(pairings, codes, planned.worth);
        }
    }

    /// Starts with the totals of an earlier group, where they are simply added up.
    fn bring_along(&mut self, room: &Room<'_, '_>) {
        let plain = |carry: &&PlannedCarry| carry.what.is_plain();
        if room.planned.is_known() || room.planned.carry.as_ref().filter(plain).is_none() {
            return;
        }
        for seat in 0..room.planned.size() {
            for lane in 0..LANES {
                let origin = self.origin(room.plan, room.planned, room.earlier, seat, lane);
                let source = &room.earlier[origin.group];
                self.totals
                    .copy(seat, lane, &source.totals, origin.team.into());
            }
        }
    }

    /// Where the team of a seat stood among the planned groups that it brings something along from.
    fn origin(
        &self,
        plan: &Plan<'_>,
        planned: &PlannedGroup,
        earlier: &[PlayedGroup],
        seat: usize,
        lane: usize,
    ) -> Origin {
        let team = self.team(planned, seat, lane);
        let groups = match (planned.seats[seat], &planned.carry) {
            (Seat::Place { group, .. }, _) => group..group + 1,
            (_, Some(carry)) => carry.from.clone(),
            (_, None) => 0..0,
        };
        for group in groups {
            let (planned, played) = (&plan.groups[group], &earlier[group]);
            let seat = (0..planned.size()).find(|&seat| played.team(planned, seat, lane) == team);
            if let Some(seat) = seat {
                let team = seat as u8;
                return Origin { group, team };
            }
        }
        unreachable!("loading checks that who carries records comes from where they were earned")
    }

    /// Ranks all lanes as far as the kernel can.
    pub(super) fn rank_lanes(&mut self, planned: &PlannedGroup) {
        planned
            .lane_rules
            .rank(&self.codes, &self.totals, planned.worth, &mut self.ranks);
    }

    /// Gives the lanes that the kernel could not settle to the reference engine.
    pub(super) fn settle(&mut self, room: &mut Room<'_, '_>) {
        let planned = room.planned;
        let size = planned.size();
        let mut causes = (!self.causes.is_empty()).then(Causes::default);
        let known = match causes {
            Some(_) => planned.causes(),
            None => Vec::new(),
        };
        for lane in 0..LANES {
            if self.ranks.undecided[lane] == 0 && causes.is_none() {
                continue;
            }
            self.write_table(room.plan, planned, room.earlier, lane);
            let mut teams = [0; LARGEST_GROUP];
            let mut places = [0; LARGEST_GROUP];
            for seat in 0..size {
                let team = self.team(planned, seat, lane);
                teams[seat] = team.0;
                places[seat] = room
                    .places
                    .get(team.index())
                    .map_or(0, |places| places[lane]);
            }
            if let Some(causes) = &mut causes {
                causes.begin(size, &known);
            }
            let mut order: [u8; LARGEST_GROUP] = std::array::from_fn(|seat| seat as u8);
            let order = &mut order[..size];
            let mut play_on = PlayOn {
                plan: room.plan,
                planned,
                lane,
                teams: &teams[..size],
                places: &places[..size],
                chance: room.chance,
                further: None,
                causes: causes.as_mut(),
            };
            rank(order, &planned.rules, &self.scratch, &mut play_on);
            for (place, &seat) in order.iter().enumerate() {
                self.ranks.rank[usize::from(seat)][lane] = place as u8;
            }
            if let Some(causes) = &causes {
                for (boundary, pair) in order.windows(2).enumerate() {
                    self.causes[boundary][lane] = causes.between(pair[0], pair[1]) as u8;
                }
            }
        }
    }

    /// Writes the table of one season: what was counted before, what it brings along, what it played.
    fn write_table(
        &mut self,
        plan: &Plan<'_>,
        planned: &PlannedGroup,
        earlier: &mut [PlayedGroup],
        lane: usize,
    ) {
        self.scratch.clone_from(&planned.table);
        // A known group has brought along what it brings already.
        if !planned.is_known() {
            self.carry_over(plan, planned, earlier, lane);
        }
        for index in 0..planned.open.len() {
            let [home, away] = self.sides(planned, index, lane);
            self.scratch.record(home, away, self.scoreline(index, lane));
        }
        if planned.is_known() {
            return;
        }
        let deducted = &plan.facts.deducted[planned.stage];
        for seat in 0..planned.size() {
            let team = self.team(planned, seat, lane).index();
            for &(external, value) in &plan.facts.values[team] {
                if planned.externals.contains(&external) {
                    self.scratch.set_value(seat as u8, external, value);
                }
            }
            if let Some(points) = deducted.get(team) {
                self.scratch.adjust_points(seat as u8, -points);
            }
        }
    }

    /// Starts the table of one season with what its teams bring along.
    fn carry_over(
        &mut self,
        plan: &Plan<'_>,
        planned: &PlannedGroup,
        earlier: &mut [PlayedGroup],
        lane: usize,
    ) {
        let Some(carry) = &planned.carry else {
            return;
        };
        let from = carry.from.clone();
        for group in from.clone() {
            let (before, rest) = earlier.split_at_mut(group);
            rest[0].write_table(plan, &plan.groups[group], before, lane);
        }
        let mut origins = [Origin { group: 0, team: 0 }; LARGEST_GROUP];
        let origins = &mut origins[..planned.size()];
        for (seat, origin) in origins.iter_mut().enumerate() {
            *origin = self.origin(plan, planned, earlier, seat, lane);
        }
        let sizes = plan.groups[from].iter().map(PlannedGroup::size);
        self.scratch.carry_over(
            carry.what,
            origins,
            sizes.min().unwrap_or(0),
            |group| &earlier[group].scratch,
            |group| earlier[group].order.last().map(|seats| seats[lane]),
        );
    }

    /// Notes who finished where, for who asks.
    pub(super) fn order(&mut self) {
        if self.order.is_empty() {
            return;
        }
        for (seat, ranks) in self.ranks.rank.iter().enumerate() {
            for (lane, &rank) in ranks.iter().enumerate() {
                self.order[usize::from(rank)][lane] = seat as u8;
            }
        }
    }

    pub(super) fn note_places(&self, planned: &PlannedGroup, places: &mut [[u8; LANES]]) {
        for seat in 0..planned.size() {
            for (lane, rank) in self.ranks.rank[seat].iter().enumerate() {
                let team = self.team(planned, seat, lane);
                places[team.index()][lane] = rank + 1;
            }
        }
    }
}
