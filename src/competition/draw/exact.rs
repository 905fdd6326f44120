//! Exact probabilities: all positions of a draw, ball after ball, and how likely each of them is.

use super::counts::Counts;
use super::outcomes::MOST_POSITIONS;
use super::positions::{Next, Positions, Room, Step};
use super::rules::Rules;
use super::{Draw, Fault, Held, Workspace, members};

/// The most numbers that are kept of the positions with equally many balls left: half a gibibyte.
const CELLS: usize = 1 << 26;

/// How outcomes come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Procedure {
    /// As [`Draw::ceremony`] draws.
    Ceremony,
    /// As [`Draw::uniform`] draws.
    Uniform,
}

/// Exact probabilities of a draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Exact {
    balls: usize,
    groups: usize,
    /// `[ball * balls + ball]`
    together: Vec<f64>,
    /// `[ball * groups + group]`
    in_group: Vec<f64>,
    outcomes: u128,
}

impl Exact {
    /// The probability that two balls share a group.
    ///
    /// # Panics
    ///
    /// If the draw has no such ball.
    pub fn together(&self, one: u8, other: u8) -> f64 {
        self.together[usize::from(one) * self.balls + usize::from(other)]
    }

    /// The probability that a ball is in a group.
    ///
    /// # Panics
    ///
    /// If the draw has no such ball or group.
    pub fn in_group(&self, ball: u8, group: u8) -> f64 {
        self.in_group[usize::from(ball) * self.groups + usize::from(group)]
    }

    /// How many valid outcomes there are. Groups without fixed balls that no rule tells apart are not
    /// told apart here either: of a draw of pairs, these are the pairings.
    pub fn outcomes(&self) -> u128 {
        self.outcomes
    }
}

impl Draw {
    /// Computes how likely it is that balls share a group, and where they land.
    ///
    /// A forward pass over all positions; those alike in everything that matters later are one. A
    /// position does not say who is in its groups, so it carries how many balls of each kind are to be
    /// expected there, and which group it is.
    ///
    /// # Errors
    ///
    /// What [`Draw::check`] says, and [`Fault::TooLarge`] beyond two million positions, or a gibibyte.
    pub fn exact(&self, procedure: Procedure) -> Result<Exact, Fault> {
        let next = match (procedure, self.held) {
            (Procedure::Uniform, _) => Next::First,
            (Procedure::Ceremony, Held::ByGroup) => Next::ByGroup,
            (Procedure::Ceremony, Held::ByPot { first_admissible }) => {
                Next::ByPot { first_admissible }
            }
        };
        if next == Next::First {
            let outcomes = self.outcomes()?;
            return Exact::of(&outcomes.positions, &outcomes.start, outcomes.number);
        }
        // What is too large for its ceremony is not worth counting.
        let mut workspace = Workspace::default();
        workspace.read(self)?;
        workspace.begin(&self.fixed);
        let Workspace { rules, counts, .. } = workspace;
        let room = Room {
            positions: MOST_POSITIONS,
            numbers: CELLS,
        };
        let positions = Positions::after(&counts, rules, next, room)?;
        Exact::of(&positions, &counts, self.outcomes()?.number)
    }
}

/// How likely a position is, and with it who is where.
struct Weight {
    chance: f64,
    /// `[place * width + column]`: for every group that is not full, how many balls of a kind it can be
    /// expected to have, times the probability of the position; and the joint probability of the position
    /// and of the group's being this or that one. The columns of the kinds come first.
    held: Vec<f64>,
}

impl Exact {
    /// The probabilities of all positions, one layer after the other, and what they add up to.
    fn of(positions: &Positions, start: &Counts, outcomes: u128) -> Result<Self, Fault> {
        let width = positions.kinds.len() + positions.rules.groups;
        let cells = positions.numbers();
        // `[kind * width + column]`: as in a weight, summed over all balls of the kind as they come out.
        let mut sums = vec![0.0; positions.kinds.len() * width];
        let mut here = vec![positions.first_weight(start, &mut sums)];
        let mut counts = Counts::default();
        for (number, following) in positions.layers[1..].iter().enumerate() {
            if following.len() * cells > CELLS {
                return Err(Fault::TooLarge);
            }
            let mut there = Vec::new();
            there.resize_with(following.len(), || Weight::new(cells));
            let reached = here
                .iter()
                .enumerate()
                .filter(|(_, from)| from.chance > 0.0);
            for (position, from) in reached {
                positions.read(number, position, &mut counts);
                let mut steps = positions.steps(&mut counts, number);
                steps.retain(|step| step.ways > 0);
                for (position, step) in steps.iter().enumerate() {
                    let chance = positions.chance(&steps, position, &counts);
                    let kind = usize::from(positions.kind_of[step.ball]);
                    let row = &from.held[step.group * width..][..width];
                    add(&mut sums[kind * width..][..width], row, chance);
                    there[step.to].come(from, step, chance, kind, &counts, &positions.rules);
                }
            }
            here = there;
        }
        Ok(Self::read(positions, &sums, outcomes))
    }

    /// Shares what was summed up for kinds among their balls.
    fn read(positions: &Positions, sums: &[f64], outcomes: u128) -> Self {
        let Rules { balls, groups, .. } = positions.rules;
        let kinds = &positions.kinds;
        let kind = |ball: usize| usize::from(positions.kind_of[ball]);
        let size = |ball: usize| f64::from(kinds[kind(ball)].count_ones());
        let sum = |ball: usize, column: usize| sums[kind(ball) * (kinds.len() + groups) + column];
        let together = |(one, other): (usize, usize)| {
            let pairs = sum(one, kind(other)) + sum(other, kind(one));
            match (one == other, kind(one) == kind(other)) {
                (true, _) => 1.0,
                // Each pair was summed once, and is here twice.
                (_, true) => pairs / (size(one) * (size(one) - 1.0)),
                (_, false) => pairs / (size(one) * size(other)),
            }
        };
        let in_group = |(ball, group): (usize, usize)| sum(ball, kinds.len() + group) / size(ball);
        let pairs = |others: usize| {
            (0..balls).flat_map(move |ball| (0..others).map(move |other| (ball, other)))
        };
        Self {
            balls,
            groups,
            together: pairs(balls).map(together).collect(),
            in_group: pairs(groups).map(in_group).collect(),
            outcomes,
        }
    }
}

impl Positions {
    /// The position from which everything starts: its groups are known, and who is fixed in them.
    fn first_weight(&self, start: &Counts, sums: &mut [f64]) -> Weight {
        let groups = self.rules.groups;
        let width = self.kinds.len() + groups;
        let mut rows = vec![0.0; groups * width];
        for group in 0..groups {
            rows[group * width + self.kinds.len() + group] = 1.0;
        }
        for ball in members(self.rules.all_balls() & !start.left) {
            let row = &mut rows[usize::from(start.group_of[ball]) * width..][..width];
            let kind = usize::from(self.kind_of[ball]);
            add(&mut sums[kind * width..][..width], row, 1.0);
            row[kind] = 1.0;
        }
        let order = self.write(start, &mut Vec::new());
        let row = |&group: &u8| &rows[usize::from(group) * width..][..width];
        let held = order[..groups].iter().flat_map(row).copied().collect();
        Weight { chance: 1.0, held }
    }

    /// How likely one of the steps from a position is, dead ends left out.
    fn chance(&self, steps: &[Step], position: usize, counts: &Counts) -> f64 {
        let step = &steps[position];
        let left = |set: u64| f64::from((set & counts.left).count_ones());
        let of_kind = |step: &Step| left(self.kinds[usize::from(self.kind_of[step.ball])]);
        let mut same_ball = steps.iter().filter(|other| other.ball == step.ball);
        match self.next {
            Next::First => {
                let ways = steps.iter().map(|step| step.ways as f64);
                step.ways as f64 / ways.sum::<f64>()
            }
            Next::ByGroup => of_kind(step) / steps.iter().map(of_kind).sum::<f64>(),
            Next::ByPot { first_admissible } => {
                let pot = self.rules.in_pot[usize::from(self.rules.pot_of[step.ball])];
                let chance = of_kind(step) / left(pot);
                match first_admissible {
                    false => chance / same_ball.count() as f64,
                    // Steps come in the order of their groups.
                    true if same_ball
                        .next()
                        .is_some_and(|first| first.group == step.group) =>
                    {
                        chance
                    }
                    true => 0.0,
                }
            }
        }
    }
}

impl Weight {
    fn new(cells: usize) -> Self {
        Self {
            chance: 0.0,
            held: vec![0.0; cells],
        }
    }

    /// Adds what comes by a step.
    fn come(
        &mut self,
        from: &Self,
        step: &Step,
        chance: f64,
        kind: usize,
        counts: &Counts,
        rules: &Rules,
    ) {
        let width = self.held.len() / rules.groups;
        self.chance += from.chance * chance;
        for (place, &group) in step.order[..rules.groups].iter().enumerate() {
            let group = usize::from(group);
            let arrives = group == step.group;
            // Nobody joins a full group any more.
            if usize::from(counts.filled[group]) + usize::from(arrives) < rules.size {
                let row = &mut self.held[place * width..][..width];
                add(row, &from.held[group * width..][..width], chance);
                if arrives {
                    row[kind] += from.chance * chance;
                }
            }
        }
    }
}

fn add(sums: &mut [f64], values: &[f64], times: f64) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value * times;
    }
}
