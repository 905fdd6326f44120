//! The kernel: one block of seasons, fixture by fixture, all lanes side by side.

use super::pairs::{PairSamplers, Span};
use super::pairwise::{Overall, Ranks, Totals};
use super::plan::{Facts, Plan, PlannedGroup, PlannedStage, Seat};
use super::planned_draw::PlannedDraw;
use super::play_on::{Causes, Chance, PlayOn};
use super::sampler::Sampler;
use super::seating::{Hall, LaneTeams, PlannedLeague, PlannedSeating};
use super::stream::{LANES, Purpose, Stream};
use crate::competition::{Allocation, SecondLeg};
use crate::fixture::{Scoreline, Venue};
use crate::model::Strengths;
use crate::standings::{LARGEST_GROUP, Metric, Origin, Table, rank};
use crate::team::TeamId;

/// Blocks that share one draw of strengths: the second mirrors the deviates of the first, so that
/// what strengths do to first order cancels within each batch.
pub(super) const BLOCKS_A_BATCH: u64 = 2;

/// Plays blocks of seasons, reusing its memory.
pub struct Block<'p> {
    plan: &'p Plan<'p>,
    seed: u64,
    samplers: Vec<Sampler>,
    deviates: Vec<f64>,
    parameters: Vec<f64>,
    pairs: PairSamplers,
    groups: Vec<PlayedGroup>,
    /// `[team][lane]`: the place in the last table, from 1; empty where nobody asks.
    places: Vec<[u8; LANES]>,
    desk: Desk,
}

/// What seating needs, reused from stage to stage.
#[derive(Default)]
struct Desk {
    hall: Hall,
    /// `[ball][lane]`
    balls: Vec<LaneTeams>,
    /// One lane of the same.
    teams: Vec<u16>,
    unmet: Vec<bool>,
}

/// One group in all lanes of a block.
pub struct PlayedGroup {
    /// `[seat][lane]`: its team, where that differs from season to season.
    teams: Vec<LaneTeams>,
    /// `[open fixture][lane]`: home and away seat, where that differs.
    pairings: Vec<[[u8; 2]; LANES]>,
    /// `[open fixture][lane]`: the scoreline as `home * 16 + away`.
    codes: Vec<[u8; LANES]>,
    totals: Totals,
    ranks: Ranks,
    /// `[rank][lane]`: the seat that finished there; empty where nobody asks.
    order: Vec<[u8; LANES]>,
    /// `[boundary][lane]`: position of what separated the two either side; empty where nobody asks.
    causes: Vec<[u8; LANES]>,
    scratch: Table,
}

impl<'p> Block<'p> {
    /// Memory for the blocks of a plan.
    pub fn new(plan: &'p Plan<'p>, seed: u64) -> Self {
        let count = plan.model.estimate().len();
        let asks_places = |group: &PlannedGroup| {
            let mut metrics = group.rules.iter().flat_map(|rule| rule.metrics());
            group.second_leg == SecondLeg::BetterPlaced
                || metrics.any(|metric| metric == Metric::EarlierPlace)
        };
        let places = plan.groups.iter().any(asks_places);
        Self {
            plan,
            seed,
            samplers: plan.samplers.clone(),
            deviates: vec![0.0; count],
            parameters: plan.model.estimate().to_vec(),
            pairs: PairSamplers::new(plan.teams()),
            groups: plan
                .groups
                .iter()
                .map(|group| PlayedGroup::new(group, plan.options.causes))
                .collect(),
            places: vec![[0; LANES]; if places { plan.teams() } else { 0 }],
            desk: Desk::default(),
        }
    }

    /// Plays block `number`: every season in it depends on the plan, the seed and the number alone.
    ///
    /// Costs one draw a fixture and lane, one pass over the pairs of each group, and the reference
    /// engine for lanes with ties that pairs cannot settle. Allocates nothing once it is warm.
    pub fn play(&mut self, number: u64) -> &[PlayedGroup] {
        if self.plan.options.strengths == Strengths::Posterior {
            self.draw_strengths(number);
        }
        self.desk.unmet.clear();
        self.desk.unmet.resize(LANES, false);
        self.places.iter_mut().for_each(|places| places.fill(0));
        let stream = |purpose| Stream::new(self.seed, purpose, number);
        let mut scores = stream(Purpose::Scores);
        let mut lots = stream(Purpose::Lots);
        let mut further = stream(Purpose::Further);
        let mut seating = stream(Purpose::Seating);
        let mut samplers = self.samplers.as_slice();
        let mut chance = Chance {
            lots: &mut lots,
            further: &mut further,
            pairs: &mut self.pairs,
            parameters: &self.parameters,
        };
        for stage in &self.plan.stages {
            let planned = &self.plan.groups[stage.groups.clone()];
            let (earlier, rest) = self.groups.split_at_mut(stage.groups.start);
            let current = &mut rest[..planned.len()];
            let mut usher = Usher {
                facts: &self.plan.facts,
                planned: &self.plan.groups,
                earlier,
                places: &self.places,
                seating: &mut seating,
                desk: &mut self.desk,
            };
            usher.seat(stage, current);
            for (planned, played) in planned.iter().zip(current) {
                let known = planned
                    .open
                    .iter()
                    .filter(|open| open.pairing.is_some())
                    .count();
                let (of_group, rest) = samplers.split_at(known);
                samplers = rest;
                let mut room = Room {
                    plan: self.plan,
                    planned,
                    earlier,
                    places: &self.places,
                    chance: &mut chance,
                };
                played.sample(&mut room, of_group, &mut scores);
                played.count(&room);
                planned.pairwise.rank(
                    &played.codes,
                    &played.totals,
                    planned.worth[0],
                    &mut played.ranks,
                );
                played.settle(&mut room);
                played.order();
            }
            if stage.is_table && !self.places.is_empty() {
                let current = &rest[..planned.len()];
                for (planned, played) in planned.iter().zip(current) {
                    played.note_places(planned, &mut self.places);
                }
            }
        }
        &self.groups
    }

    /// The groups of the block played last.
    pub(super) fn played(&self) -> &[PlayedGroup] {
        &self.groups
    }

    /// `[lane]`: whether in the block played last some draw could not meet all its bounds.
    pub fn unmet(&self) -> &[bool] {
        &self.desk.unmet
    }

    fn draw_strengths(&mut self, number: u64) {
        let batch = number / BLOCKS_A_BATCH;
        Stream::new(self.seed, Purpose::Strengths, batch).normals(&mut self.deviates);
        if number % BLOCKS_A_BATCH == 1 {
            self.deviates
                .iter_mut()
                .for_each(|deviate| *deviate = -*deviate);
        }
        let model = self.plan.model;
        model.draw(&self.deviates, &mut self.parameters);
        self.pairs.forget();
        let open = self.plan.groups.iter().flat_map(|group| &group.open);
        let known = open.filter_map(|open| Some((open.pairing?, open.share())));
        for (sampler, (pairing, share)) in self.samplers.iter_mut().zip(known) {
            sampler.rebuild(&model.grid_of_share(&self.parameters, pairing, share));
        }
    }
}

/// Shows the teams of a stage to their seats.
struct Usher<'a> {
    facts: &'a Facts,
    planned: &'a [PlannedGroup],
    earlier: &'a [PlayedGroup],
    places: &'a [[u8; LANES]],
    seating: &'a mut Stream,
    desk: &'a mut Desk,
}

impl Usher<'_> {
    fn seat(&mut self, stage: &PlannedStage, current: &mut [PlayedGroup]) {
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
            hall, teams, unmet, ..
        } = &mut *self.desk;
        for lane in 0..LANES {
            teams.clear();
            teams.extend(balls.iter().map(|ball| ball[lane]));
            let generator = self.seating.generator(stage, lane);
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
                SecondLeg::Drawn => {
                    // The address of the group's first seat lies beyond those of stages.
                    let address = planned.first_seat + LARGEST_GROUP;
                    self.seating.lane(address, lane) & 1 == 1
                }
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
            let generator = self.seating.generator(stage, lane);
            let met = league.hold(
                association,
                &mut self.desk.hall,
                generator,
                |fixture, pair| {
                    pairings[fixture][lane] = pair;
                },
            );
            self.desk.unmet[lane] |= !met;
        }
    }
}

/// What a group is played in.
struct Room<'a, 'b> {
    plan: &'a Plan<'a>,
    planned: &'a PlannedGroup,
    earlier: &'a mut [PlayedGroup],
    places: &'a [[u8; LANES]],
    chance: &'a mut Chance<'b>,
}

impl PlayedGroup {
    fn new(planned: &PlannedGroup, causes: bool) -> Self {
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
            totals: Totals::new(size, &planned.pairwise.needs()),
            ranks: Ranks::new(size),
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

    /// `[lane]`: the rank (0 = best) of a seat.
    pub(super) fn ranks(&self, seat: usize) -> &[u8; LANES] {
        &self.ranks.rank[seat]
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

    fn sample(&mut self, room: &mut Room<'_, '_>, samplers: &[Sampler], scores: &mut Stream) {
        let planned = room.planned;
        let mut words = [0; LANES];
        let mut samplers = samplers.iter();
        for (index, open) in planned.open.iter().enumerate() {
            scores.fill(open.address, &mut words);
            match open.pairing.and_then(|_| samplers.next()) {
                Some(sampler) => {
                    for (code, &word) in self.codes[index].iter_mut().zip(&words) {
                        *code = sampler.sample(word);
                    }
                }
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
        words: &[u32; LANES],
    ) {
        let (planned, facts) = (room.planned, &room.plan.facts);
        let Chance {
            pairs, parameters, ..
        } = &mut *room.chance;
        for lane in 0..LANES {
            let [home, away] = self.sides(planned, index, lane);
            let [home, away] = [home, away].map(|seat| self.team(planned, seat.into(), lane));
            let venue = facts.venue(venue, home.index(), away.index());
            let pair = (home.0, away.0);
            let sampler = pairs.of(room.plan.model, parameters, Span::Match, pair, venue);
            self.codes[index][lane] = sampler.sample(words[lane]);
        }
    }

    fn count(&mut self, room: &Room<'_, '_>) {
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
        for (index, codes) in self.codes.iter().enumerate() {
            match self.pairings.get(index) {
                Some(pairings) => self.totals.add_by_lane(pairings, codes, planned.worth),
                None => {
                    let open = &planned.open[index];
                    self.totals
                        .add((open.home, open.away), codes, planned.worth);
                }
            }
        }
    }

    /// Starts with the totals of an earlier group, where they are simply added up.
    fn bring_along(&mut self, room: &Room<'_, '_>) {
        let plain = |carry: &&super::plan::PlannedCarry| carry.what.is_plain();
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

    /// Gives the lanes that pairs could not settle to the reference engine.
    fn settle(&mut self, room: &mut Room<'_, '_>) {
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
    fn order(&mut self) {
        if self.order.is_empty() {
            return;
        }
        for (seat, ranks) in self.ranks.rank.iter().enumerate() {
            for (lane, &rank) in ranks.iter().enumerate() {
                self.order[usize::from(rank)][lane] = seat as u8;
            }
        }
    }

    fn note_places(&self, planned: &PlannedGroup, places: &mut [[u8; LANES]]) {
        for seat in 0..planned.size() {
            for lane in 0..LANES {
                let team = self.team(planned, seat, lane);
                places[team.index()][lane] = self.ranks.rank[seat][lane] + 1;
            }
        }
    }
}
