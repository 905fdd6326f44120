//! A draw made ready: checked, and in the form in which it is quickly asked.

use super::{Constraint, Draw, Fault, LARGEST_DRAW, Placed, Scope, first, members};

/// One value for every ball, group or pot; there are no more pots than balls.
pub(super) type Each<T> = [T; LARGEST_DRAW];

/// How many of a set of balls an area may have. The areas are single groups or the parts of a partition,
/// which are thus one thing to everything that counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limit {
    pub balls: u64,
    pub least: u8,
    pub most: u8,
    /// Which areas: 0 for single groups, then the partitions.
    pub areas: usize,
}

/// A way to cut up the groups.
#[derive(Clone, Debug)]
pub(super) struct Areas {
    /// `[group]`: its area.
    pub of: Each<u8>,
    /// `[area]`: its groups.
    pub groups: Each<u64>,
}

/// A draw made ready.
#[derive(Debug)]
pub(super) struct Rules {
    pub balls: usize,
    pub groups: usize,
    pub pots: usize,
    /// How many balls a group takes.
    pub size: usize,
    /// `[ball]`
    pub pot_of: Each<u8>,
    /// `[pot]`: its balls.
    pub in_pot: Each<u64>,
    /// `[pot]`: how many of its balls a group takes.
    pub per_group: Each<u8>,
    /// `[pot]`: the first of its seats in a group.
    pub seat: Each<u8>,
    /// `[ball]`: the groups it may go to as long as no other ball is in any.
    pub allowed: Each<u64>,
    /// Those that can be violated at all.
    pub limits: Vec<Limit>,
    pub areas: Vec<Areas>,
    /// Sets of groups that no rule tells apart.
    pub classes: Vec<u64>,
    /// Positions of limits, ball by ball.
    limits_of: Vec<u32>,
    /// `[ball]`: where its limits end; they begin where those of the ball before end.
    ends: Each<u32>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            balls: 0,
            groups: 0,
            pots: 0,
            size: 0,
            pot_of: [0; LARGEST_DRAW],
            in_pot: [0; LARGEST_DRAW],
            per_group: [0; LARGEST_DRAW],
            seat: [0; LARGEST_DRAW],
            allowed: [0; LARGEST_DRAW],
            limits: Vec::new(),
            areas: Vec::new(),
            classes: Vec::new(),
            limits_of: Vec::new(),
            ends: [0; LARGEST_DRAW],
        }
    }
}

impl Rules {
    /// Makes a draw ready with the first `constraints` of its constraints.
    pub(super) fn read(&mut self, draw: &Draw, constraints: usize) -> Result<(), Fault> {
        self.read_pots(draw)?;
        self.read_partitions(draw)?;
        self.limits.clear();
        for (position, constraint) in draw.constraints[..constraints].iter().enumerate() {
            self.read_constraint(constraint, draw)
                .ok_or(Fault::Constraint {
                    constraint: position,
                })?;
        }
        self.limits_of.clear();
        for ball in 0..self.balls {
            let holding = |(position, limit): (usize, &Limit)| {
                (limit.balls >> ball & 1 == 1).then_some(position as u32)
            };
            self.limits_of
                .extend(self.limits.iter().enumerate().filter_map(holding));
            self.ends[ball] = self.limits_of.len() as u32;
        }
        for (position, &Placed { ball, group }) in draw.fixed.iter().enumerate() {
            if usize::from(ball) >= self.balls || usize::from(group) >= self.groups {
                return Err(Fault::Fixed { fixed: position });
            }
        }
        Ok(())
    }

    /// Whether every outcome is valid.
    pub(super) fn is_free(&self) -> bool {
        (0..self.balls).all(|ball| self.is_unbound(ball))
    }

    /// Whether no rule speaks of a ball.
    pub(super) fn is_unbound(&self, ball: usize) -> bool {
        self.allowed[ball] == self.all_groups() && self.limits_of(ball).next().is_none()
    }

    pub(super) fn all_balls(&self) -> u64 {
        first(self.balls)
    }

    pub(super) fn all_groups(&self) -> u64 {
        first(self.groups)
    }

    /// Positions of the limits a ball counts for.
    pub(super) fn limits_of(&self, ball: usize) -> impl Iterator<Item = usize> {
        let begin = match ball {
            0 => 0,
            ball => self.ends[ball - 1],
        };
        self.limits_of[begin as usize..self.ends[ball] as usize]
            .iter()
            .map(|&limit| limit as usize)
    }

    /// Where the counts of a limit have the area of a group.
    pub(super) fn cell(&self, limit: usize, group: usize) -> usize {
        limit * self.groups + usize::from(self.areas[self.limits[limit].areas].of[group])
    }

    /// The groups that no rule tells apart from this one, itself included.
    pub(super) fn class(&self, group: usize) -> u64 {
        let holds = |class: &&u64| **class >> group & 1 == 1;
        *self
            .classes
            .iter()
            .find(holds)
            .expect("classes part the groups")
    }

    fn read_pots(&mut self, draw: &Draw) -> Result<(), Fault> {
        let balls = draw.pots.iter().map(|pot| pot.balls.len()).sum();
        let groups = draw.groups;
        if !(1..=LARGEST_DRAW).contains(&balls) || !(1..=LARGEST_DRAW).contains(&groups) {
            return Err(Fault::Size { balls, groups });
        }
        (self.balls, self.groups, self.pots, self.size) = (balls, groups, draw.pots.len(), 0);
        let mut seen = 0_u64;
        for (number, pot) in draw.pots.iter().enumerate() {
            let seats = usize::from(pot.per_group) * groups;
            // A pot without balls and seats would draw nothing, but there could be any number of them.
            if pot.balls.len() != seats || seats == 0 {
                return Err(Fault::PotSize {
                    pot: number,
                    balls: pot.balls.len(),
                    seats,
                });
            }
            let before = seen;
            for &ball in &pot.balls {
                if usize::from(ball) >= balls || seen >> ball & 1 == 1 {
                    return Err(Fault::Ball { ball });
                }
                seen |= 1 << ball;
                self.pot_of[usize::from(ball)] = number as u8;
            }
            self.in_pot[number] = seen & !before;
            self.per_group[number] = pot.per_group;
            self.seat[number] = self.size as u8;
            self.size += usize::from(pot.per_group);
        }
        self.allowed = [first(groups); LARGEST_DRAW];
        Ok(())
    }

    fn read_partitions(&mut self, draw: &Draw) -> Result<(), Fault> {
        let none = Areas {
            of: [0; LARGEST_DRAW],
            groups: [0; LARGEST_DRAW],
        };
        self.areas.clear();
        self.areas.resize(1 + draw.partitions.len(), none);
        for group in 0..self.groups {
            self.areas[0].of[group] = group as u8;
            self.areas[0].groups[group] = 1 << group;
        }
        self.classes.clear();
        self.classes.push(first(self.groups));
        for (partition, parts) in draw.partitions.iter().enumerate() {
            let fault = Fault::Partition { partition };
            if parts.len() > self.groups {
                return Err(fault);
            }
            let (areas, mut seen) = (&mut self.areas[1 + partition], 0);
            for (number, &part) in parts.iter().enumerate() {
                if part == 0 || part & seen != 0 || part & !first(self.groups) != 0 {
                    return Err(fault);
                }
                seen |= part;
                areas.groups[number] = part;
                members(part).for_each(|group| areas.of[group] = number as u8);
            }
            if seen != first(self.groups) {
                return Err(fault);
            }
        }
        Ok(())
    }

    /// Takes a constraint up, unless nothing can violate it; none where it makes no sense.
    fn read_constraint(&mut self, constraint: &Constraint, draw: &Draw) -> Option<()> {
        let &Constraint { balls, scope } = constraint;
        if balls & !self.all_balls() != 0 {
            return None;
        }
        let (least, most, areas) = match scope {
            Scope::Only { groups } => {
                if groups & !self.all_groups() != 0 {
                    return None;
                }
                members(balls).for_each(|ball| self.allowed[ball] &= groups);
                self.split_classes(groups);
                return Some(());
            }
            Scope::Group { least, most } => (least, most, 0),
            Scope::Parts { partition, most } => (0, most, 1 + partition),
        };
        if least > most || areas >= self.areas.len() {
            return None;
        }
        let limit = Limit {
            balls,
            least,
            most,
            areas,
        };
        if least > 0 || self.room(&limit) > u32::from(most) {
            self.limits.push(limit);
            if areas > 0 {
                draw.partitions[areas - 1]
                    .iter()
                    .for_each(|&part| self.split_classes(part));
            }
        }
        Some(())
    }

    /// How many of a limit's balls its largest area has seats for.
    fn room(&self, limit: &Limit) -> u32 {
        let fits = |area: &u64| -> u32 {
            let here = |pot: usize| {
                let seats = u32::from(self.per_group[pot]) * area.count_ones();
                seats.min((limit.balls & self.in_pot[pot]).count_ones())
            };
            (0..self.pots).map(here).sum()
        };
        let areas = &self.areas[limit.areas].groups[..self.groups];
        areas.iter().map(fits).max().unwrap_or(0)
    }

    /// Tells the groups of a set apart from all others.
    fn split_classes(&mut self, groups: u64) {
        for position in 0..self.classes.len() {
            let class = self.classes[position];
            if class & groups != 0 && class & !groups != 0 {
                self.classes[position] = class & groups;
                self.classes.push(class & !groups);
            }
        }
    }
}
