//! All positions of a draw, and in how many ways each can be completed.

use super::counts::Counts;
use super::rules::{Each, Rules};
use super::states::{Coder, Layer, Order};
use super::{Fault, LARGEST_DRAW, members};

/// How much is kept of a draw before it counts as too large.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Positions in all.
    pub positions: usize,
    /// Numbers, of the positions with equally many balls left.
    pub numbers: usize,
}

/// What is drawn next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Next {
    /// The first ball left, into any group: every outcome comes about in one way.
    First,
    /// Any ball left of the first pot that has one; its group is any, or the first.
    ByPot { first_admissible: bool },
    /// A ball of the first pot of which the first group lacks one.
    ByGroup,
}

/// A step from a position to one with a ball less left.
pub(super) struct Step {
    /// The first of its kind that is left.
    pub ball: usize,
    pub group: usize,
    /// The number of the position it leads to.
    pub to: usize,
    /// How that position has the groups.
    pub order: Order,
    /// In how many ways that position can be completed; 0 if it is a dead end.
    pub ways: u128,
}

/// All positions that can be reached without breaking a rule there and then.
///
/// Balls of a pot that are in the same constraints are of one kind: they leave the pot in order of their
/// numbers, and whoever asks about one of them asks about all.
#[derive(Debug)]
pub(super) struct Positions {
    pub rules: Rules,
    /// Balls that nothing tells apart. A fixed ball is a kind of its own.
    pub kinds: Vec<u64>,
    /// `[ball]`
    pub kind_of: Each<u8>,
    pub next: Next,
    coder: Coder,
    /// Each with one ball less left than the one before.
    pub layers: Vec<Layer>,
}

impl Positions {
    /// Finds all positions after `start`, and then, backwards, which of them lead to a valid outcome. For
    /// [`Next::First`] the ways are outcomes, or as many as can be counted.
    pub(super) fn after(
        start: &Counts,
        rules: Rules,
        next: Next,
        room: Room,
    ) -> Result<Self, Fault> {
        let symmetric = match next {
            Next::First => true,
            Next::ByPot { first_admissible } => !first_admissible,
            Next::ByGroup => false,
        };
        let mut positions = Self {
            kinds: Vec::new(),
            kind_of: [0; LARGEST_DRAW],
            next,
            coder: Coder::new(&rules, symmetric),
            rules,
            layers: Vec::new(),
        };
        positions.find_kinds(start);
        positions.find(start, room)?;
        positions.count_ways();
        Ok(positions)
    }

    /// The steps from a position of a layer, ball by ball; dead ends among them.
    pub(super) fn steps(&self, counts: &mut Counts, layer: usize) -> Vec<Step> {
        let (mut steps, mut key) = (Vec::new(), Vec::new());
        let following = &self.layers[layer + 1];
        self.each_step(counts, |counts, ball, group| {
            let order = self.write(counts, &mut key);
            let to = following.find(&key).expect("all positions were found");
            steps.push(Step {
                ball,
                group,
                to,
                order,
                ways: following.ways[to],
            });
        });
        steps
    }

    /// Reads a position of a layer.
    pub(super) fn read(&self, layer: usize, position: usize, counts: &mut Counts) {
        let key = self.layers[layer].key(position);
        self.coder.read(&self.rules, key, counts);
    }

    /// Writes a position.
    pub(super) fn write(&self, counts: &Counts, key: &mut Vec<u8>) -> Order {
        self.coder.write(&self.rules, counts, key)
    }

    fn find_kinds(&mut self, start: &Counts) {
        let Self { rules, .. } = self;
        for ball in 0..rules.balls {
            let is_alike = |kind: &u64| {
                let other = kind.trailing_zeros() as usize;
                start.left >> ball & start.left >> other & 1 == 1
                    && rules.pot_of[ball] == rules.pot_of[other]
                    && rules.allowed[ball] == rules.allowed[other]
                    && rules.limits_of(ball).eq(rules.limits_of(other))
            };
            let known = self.kinds.iter().position(is_alike);
            let kind = known.unwrap_or_else(|| {
                self.kinds.push(0);
                self.kinds.len() - 1
            });
            self.kinds[kind] |= 1 << ball;
            self.kind_of[ball] = kind as u8;
        }
    }

    /// How many numbers tell what is to be expected of the groups of a position.
    pub(super) fn numbers(&self) -> usize {
        self.rules.groups * (self.kinds.len() + self.rules.groups)
    }

    fn find(&mut self, start: &Counts, room: Room) -> Result<(), Fault> {
        let (mut counts, mut key) = (Counts::default(), Vec::new());
        let mut layer = Layer::new(self.coder.width(&self.rules));
        self.write(start, &mut key);
        layer.insert(&key);
        let mut found = 1;
        // Of other procedures the steps are far more, and seldom asked for.
        let is_counted = self.next == Next::First;
        for _ in 0..start.left.count_ones() {
            let mut following = Layer::new(self.coder.width(&self.rules));
            let (mut steps, mut ends) = (Vec::new(), Vec::new());
            for position in 0..layer.len() {
                let key_of = layer.key(position);
                self.coder.read(&self.rules, key_of, &mut counts);
                self.each_step(&mut counts, |counts, _, group| {
                    self.write(counts, &mut key);
                    let to = following.insert(&key);
                    if is_counted {
                        steps.push((group as u8, to as u32));
                    }
                });
                ends.push(steps.len());
                let numbers = following.len() * self.numbers();
                if found + following.len() > room.positions || numbers > room.numbers {
                    return Err(Fault::TooLarge);
                }
            }
            found += following.len();
            (layer.steps, layer.ends) = (steps, ends);
            self.layers.push(layer);
            layer = following;
        }
        layer.ways = vec![1; layer.len()];
        self.layers.push(layer);
        Ok(())
    }

    fn count_ways(&mut self) {
        let mut counts = Counts::default();
        for number in (0..self.layers.len() - 1).rev() {
            let (layer, following) = (&self.layers[number], &self.layers[number + 1]);
            let sum = |ways: u128, more: u128| ways.saturating_add(more);
            let ways = |position| match self.next {
                Next::First => {
                    let steps = layer.steps(position).iter();
                    steps
                        .map(|&(_, to)| following.ways[to as usize])
                        .fold(0, sum)
                }
                _ => {
                    self.read(number, position, &mut counts);
                    let steps = self.steps(&mut counts, number);
                    steps.iter().map(|step| step.ways).fold(0, sum)
                }
            };
            self.layers[number].ways = (0..layer.len()).map(ways).collect();
        }
    }

    /// Takes every step that no rule forbids there and then, ball by ball, and takes it back.
    fn each_step(&self, counts: &mut Counts, mut step: impl FnMut(&Counts, usize, usize)) {
        let Self { rules, next, .. } = self;
        let (balls, groups) = match next {
            Next::First => (counts.left & counts.left.wrapping_neg(), rules.all_groups()),
            Next::ByPot { .. } => {
                let mut pots = (0..rules.pots).map(|pot| counts.left & rules.in_pot[pot]);
                (
                    pots.find(|&left| left != 0).unwrap_or(0),
                    rules.all_groups(),
                )
            }
            Next::ByGroup => {
                let lacks = |pot: usize, group: usize| counts.open[pot] >> group & 1 == 1;
                let pot = |group: usize| (0..rules.pots).find(|&pot| lacks(pot, group));
                let seat = (0..rules.groups).find_map(|group| Some((pot(group)?, group)));
                let (pot, group) = seat.expect("a position with a step has a seat left");
                (counts.left & rules.in_pot[pot], 1 << group)
            }
        };
        let left = counts.left;
        let is_first = |&ball: &usize| {
            let kind = self.kinds[usize::from(self.kind_of[ball])];
            (kind & left).trailing_zeros() as usize == ball
        };
        for ball in members(balls).filter(is_first) {
            for group in members(groups & counts.domain(rules, ball)) {
                counts.place(rules, ball, group);
                if counts.can_suffice(rules) {
                    step(counts, ball, group);
                }
                counts.lift(rules, ball);
            }
        }
    }
}
