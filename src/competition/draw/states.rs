//! Positions of a draw that are alike in all that matters for its future, as one.

use super::counts::Counts;
use super::members;
use super::rules::{Each, Rules};

/// `[place]`: which group is written there.
pub(super) type Order = Each<u8>;

/// Writes positions as bytes and reads them back.
///
/// A position is the balls left; group after group its free seats, pot by pot, and what limits count in
/// it; and what they count in larger areas. A count that can no longer matter is written as one that
/// never does. Where the order of the groups means nothing, groups that no ball left tells apart are
/// written in order of what they hold.
#[derive(Debug)]
pub(super) struct Coder {
    /// Whether the order of the groups means nothing.
    symmetric: bool,
    /// Positions of the limits that count in single groups, then of the others.
    single: Vec<usize>,
    larger: Vec<usize>,
}

impl Coder {
    pub(super) fn new(rules: &Rules, symmetric: bool) -> Self {
        let is_single = |&limit: &usize| rules.limits[limit].areas == 0;
        let (single, larger) = (0..rules.limits.len()).partition(is_single);
        Self {
            symmetric,
            single,
            larger,
        }
    }

    /// Bytes of a position.
    pub(super) fn width(&self, rules: &Rules) -> usize {
        8 + rules.groups * (self.block(rules) + self.larger.len())
    }

    /// Bytes of a group.
    fn block(&self, rules: &Rules) -> usize {
        rules.pots + self.single.len()
    }

    /// Writes a position into `key`.
    pub(super) fn write(&self, rules: &Rules, counts: &Counts, key: &mut Vec<u8>) -> Order {
        let mut blocks = Vec::with_capacity(rules.groups * self.block(rules));
        for group in 0..rules.groups {
            let seats = |pot: usize| counts.seats[pot * rules.groups + group];
            blocks.extend((0..rules.pots).map(seats));
            blocks.extend(
                self.single
                    .iter()
                    .map(|&limit| self.count(rules, counts, limit, group)),
            );
        }
        let block =
            |group: u8| &blocks[usize::from(group) * self.block(rules)..][..self.block(rules)];
        let mut order: Order = std::array::from_fn(|group| group as u8);
        if self.symmetric {
            for class in self.classes(rules, counts) {
                let mut groups: Vec<u8> = members(class).map(|group| group as u8).collect();
                groups.sort_by_key(|&group| block(group));
                members(class)
                    .zip(groups)
                    .for_each(|(place, group)| order[place] = group);
            }
        }
        key.clear();
        key.extend(counts.left.to_le_bytes());
        order[..rules.groups]
            .iter()
            .for_each(|&group| key.extend(block(group)));
        for &limit in &self.larger {
            let count = |&groups: &u64| match groups {
                0 => 0,
                groups => self.count(rules, counts, limit, groups.trailing_zeros() as usize),
            };
            let areas = &rules.areas[rules.limits[limit].areas];
            key.extend(areas.groups[..rules.groups].iter().map(count));
        }
        order
    }

    /// Reads a position.
    pub(super) fn read(&self, rules: &Rules, key: &[u8], counts: &mut Counts) {
        counts.clear(rules);
        let (left, rest) = key.split_at(8);
        counts.left = left
            .iter()
            .rev()
            .fold(0, |left, &byte| left << 8 | u64::from(byte));
        let (groups, larger) = rest.split_at(rules.groups * self.block(rules));
        for (group, block) in groups.chunks_exact(self.block(rules)).enumerate() {
            let (seats, single) = block.split_at(rules.pots);
            counts.filled[group] = rules.size as u8 - seats.iter().sum::<u8>();
            for (pot, &seats) in seats.iter().enumerate() {
                counts.seats[pot * rules.groups + group] = seats;
                if seats == 0 {
                    counts.open[pot] &= !(1 << group);
                }
            }
            for (&limit, &count) in self.single.iter().zip(single) {
                counts.set_area(rules, limit, group, count);
            }
        }
        for (&limit, cells) in self.larger.iter().zip(larger.chunks_exact(rules.groups)) {
            for (area, &count) in cells.iter().enumerate() {
                counts.set_area(rules, limit, area, count);
            }
        }
    }

    /// What a limit counts in the area of a group, or `least` where that no longer matters.
    fn count(&self, rules: &Rules, counts: &Counts, limit: usize, group: usize) -> u8 {
        match self.matters(rules, counts, limit, group) {
            true => counts.in_area[rules.cell(limit, group)],
            false => rules.limits[limit].least,
        }
    }

    /// Whether the area of a group can still come to have too many of a limit's balls, or has too few.
    fn matters(&self, rules: &Rules, counts: &Counts, position: usize, group: usize) -> bool {
        let limit = &rules.limits[position];
        if limit.areas == 0 && usize::from(counts.filled[group]) == rules.size {
            return false;
        }
        let count = counts.in_area[rules.cell(position, group)];
        let balls = limit.balls & counts.left;
        let seats = |pot: usize| {
            let free = u32::from(counts.seats[pot * rules.groups + group]);
            free.min((balls & rules.in_pot[pot]).count_ones())
        };
        let more = match limit.areas {
            0 => (0..rules.pots).map(seats).sum(),
            _ => balls.count_ones(),
        };
        count < limit.least || u32::from(count) + more > u32::from(limit.most)
    }

    /// Sets of groups that no ball left tells apart but by what they hold.
    fn classes(&self, rules: &Rules, counts: &Counts) -> Vec<u64> {
        let all = rules.all_groups();
        let mut classes = vec![all];
        let mut split = |part: u64| {
            for position in 0..classes.len() {
                let class = classes[position];
                if class & part != 0 && class & !part != 0 {
                    classes[position] = class & part;
                    classes.push(class & !part);
                }
            }
        };
        members(counts.left).for_each(|ball| split(rules.allowed[ball]));
        for &limit in &self.larger {
            if (0..rules.groups).any(|group| self.matters(rules, counts, limit, group)) {
                let areas = &rules.areas[rules.limits[limit].areas];
                areas.groups[..rules.groups]
                    .iter()
                    .for_each(|&part| split(part));
            }
        }
        classes
    }
}

/// Positions with equally many balls left, each once, in the order they were found.
#[derive(Debug)]
pub(super) struct Layer {
    width: usize,
    keys: Vec<u8>,
    /// Where the positions are, by hash: number plus one, 0 for none. At most half full.
    table: Vec<u32>,
    /// Of all positions, where outcomes are counted: the group that the next ball joins, and the
    /// position that leads to.
    pub steps: Vec<(u8, u32)>,
    /// `[position]`: where its steps end; they begin where those of the position before end.
    pub ends: Vec<usize>,
    /// `[position]`: in how many ways it can be completed.
    pub ways: Vec<u128>,
}

impl Layer {
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            keys: Vec::new(),
            table: vec![0; 64],
            steps: Vec::new(),
            ends: Vec::new(),
            ways: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len() / self.width
    }

    pub(super) fn key(&self, position: usize) -> &[u8] {
        &self.keys[position * self.width..][..self.width]
    }

    /// The steps from a position.
    pub(super) fn steps(&self, position: usize) -> &[(u8, u32)] {
        let begin = position
            .checked_sub(1)
            .map_or(0, |before| self.ends[before]);
        &self.steps[begin..self.ends[position]]
    }

    /// The number of a position.
    pub(super) fn find(&self, key: &[u8]) -> Option<usize> {
        (self.table[self.slot(key)] as usize).checked_sub(1)
    }

    /// Makes sure that a position is there; its number.
    pub(super) fn insert(&mut self, key: &[u8]) -> usize {
        let slot = self.slot(key);
        if let Some(position) = (self.table[slot] as usize).checked_sub(1) {
            return position;
        }
        self.keys.extend(key);
        self.table[slot] = self.len() as u32;
        if self.len() * 2 > self.table.len() {
            self.table = vec![0; self.table.len() * 4];
            for position in 0..self.len() {
                let slot = self.slot(self.key(position));
                self.table[slot] = position as u32 + 1;
            }
        }
        self.len() - 1
    }

    /// Where a position is in the table, or would be.
    fn slot(&self, key: &[u8]) -> usize {
        let step = |hash: u64, bytes: &[u8]| {
            let word = bytes
                .iter()
                .fold(0, |word, &byte| word << 8 | u64::from(byte));
            let mixed = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed ^ mixed >> 32
        };
        let hash = key.chunks(8).fold(0, step);
        let mut slot = hash as usize % self.table.len();
        while let Some(position) = (self.table[slot] as usize).checked_sub(1) {
            if self.key(position) == key {
                break;
            }
            slot = (slot + 1) % self.table.len();
        }
        slot
    }
}
