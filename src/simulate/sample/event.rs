//! Events of a season as expressions over bit planes, and whole numbers made of them.

use std::collections::BTreeSet;

use super::evaluate::MOST_SUM;

/// Something that happens in a season or does not.
///
/// Made by [`Layout`](super::Layout), combined by the methods here, counted by
/// [`Sample`](super::Sample).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// In every season, or in none.
    Constant(bool),
    /// As a plane of the sample says.
    Plane(usize),
    /// Where the other does not happen.
    Not(Box<Event>),
    /// Where all happen.
    And(Vec<Event>),
    /// Where any happens.
    Or(Vec<Event>),
    /// Where the weights of those that happen sum to so much; made by [`Number::at_least`].
    AtLeast {
        /// Each counts its weight where it happens.
        terms: Vec<(u32, Event)>,
        /// The sum it takes.
        least: u32,
    },
}

impl Event {
    /// All of them happen; true of none.
    pub fn all(events: impl IntoIterator<Item = Event>) -> Self {
        let mut parts = Vec::new();
        for event in events {
            match event {
                Self::Constant(true) => {}
                Self::Constant(false) => return Self::Constant(false),
                Self::And(more) => parts.extend(more),
                event => parts.push(event),
            }
        }
        match parts.len() {
            0 => Self::Constant(true),
            1 => parts.remove(0),
            _ => Self::And(parts),
        }
    }

    /// Any of them happens; false of none.
    pub fn any(events: impl IntoIterator<Item = Event>) -> Self {
        let mut parts = Vec::new();
        for event in events {
            match event {
                Self::Constant(false) => {}
                Self::Constant(true) => return Self::Constant(true),
                Self::Or(more) => parts.extend(more),
                event => parts.push(event),
            }
        }
        match parts.len() {
            0 => Self::Constant(false),
            1 => parts.remove(0),
            _ => Self::Or(parts),
        }
    }

    /// Both happen.
    pub fn and(self, other: Self) -> Self {
        Self::all([self, other])
    }

    /// One of two happens, or both.
    pub fn or(self, other: Self) -> Self {
        Self::any([self, other])
    }

    /// Both happen, or neither.
    pub fn same(self, other: Self) -> Self {
        let neither = (!self.clone()).and(!other.clone());
        self.and(other).or(neither)
    }

    /// Adds the planes that it is made of.
    pub fn note_planes(&self, planes: &mut BTreeSet<usize>) {
        match self {
            Self::Constant(_) => {}
            Self::Plane(plane) => {
                planes.insert(*plane);
            }
            Self::Not(event) => event.note_planes(planes),
            Self::And(events) | Self::Or(events) => {
                events.iter().for_each(|event| event.note_planes(planes));
            }
            Self::AtLeast { terms, .. } => {
                terms
                    .iter()
                    .for_each(|(_, event)| event.note_planes(planes));
            }
        }
    }
}

impl std::ops::Not for Event {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(!value),
            Self::Not(event) => *event,
            event => Self::Not(Box::new(event)),
        }
    }
}

/// A whole number of every season: a constant, and what each event adds where it happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Number {
    /// What it is where nothing happens.
    pub constant: i64,
    /// Weights with their events.
    pub terms: Vec<(i64, Event)>,
}

impl Number {
    /// The number that planes hold in binary, the lowest bit first.
    pub(super) fn binary(planes: std::ops::Range<usize>) -> Self {
        let bit = |(bit, plane)| (1_i64 << bit, Event::Plane(plane));
        Self {
            constant: 0,
            terms: planes.enumerate().map(bit).collect(),
        }
    }

    /// So many times another number more.
    pub fn plus(mut self, times: i64, other: Self) -> Self {
        self.constant += times * other.constant;
        let terms = other.terms.into_iter();
        self.terms
            .extend(terms.map(|(weight, event)| (times * weight, event)));
        self
    }

    /// The lowest and the highest value its terms allow.
    pub fn range(&self) -> (i64, i64) {
        let weights = || self.terms.iter().map(|(weight, _)| *weight);
        (
            self.constant + weights().filter(|weight| *weight < 0).sum::<i64>(),
            self.constant + weights().filter(|weight| *weight > 0).sum::<i64>(),
        )
    }

    /// Where it is `least` or more.
    pub fn at_least(&self, least: i64) -> Event {
        let (lowest, highest) = self.range();
        if least <= lowest {
            return Event::Constant(true);
        }
        if least > highest {
            return Event::Constant(false);
        }
        assert!(
            highest - lowest <= i64::from(MOST_SUM),
            "layouts bound every number"
        );
        // What lowers the sum where it happens raises it, from a lower start, where it does not.
        let term = |(weight, event): &(i64, Event)| match weight.signum() {
            -1 => (weight.unsigned_abs() as u32, !event.clone()),
            _ => (*weight as u32, event.clone()),
        };
        Event::AtLeast {
            terms: self.terms.iter().map(term).collect(),
            least: (least - lowest) as u32,
        }
    }

    /// Where it is `most` or less.
    pub fn at_most(&self, most: i64) -> Event {
        match most.checked_add(1) {
            Some(more) => !self.at_least(more),
            None => Event::Constant(true),
        }
    }

    /// Where it is exactly so much.
    pub fn exactly(&self, value: i64) -> Event {
        self.at_least(value).and(self.at_most(value))
    }
}

/// Where a number in binary, the lowest plane first, has one of some values, ascending.
pub(super) fn is_among(planes: std::ops::Range<usize>, values: &[usize]) -> Event {
    // What does not fit in the planes is no value of theirs.
    let values = &values[..values.partition_point(|value| value >> planes.len() == 0)];
    let is = |value: &usize| {
        let bits = planes.clone().enumerate();
        Event::all(bits.map(|(bit, plane)| match value >> bit & 1 {
            1 => Event::Plane(plane),
            _ => !Event::Plane(plane),
        }))
    };
    match values {
        [.., last] if values.len() == last + 1 => is_at_most(planes, *last),
        values => Event::any(values.iter().map(is)),
    }
}

fn is_at_most(planes: std::ops::Range<usize>, most: usize) -> Event {
    let mut event = Event::Constant(true);
    for (bit, plane) in planes.enumerate() {
        event = match most >> bit & 1 {
            1 => (!Event::Plane(plane)).or(event),
            _ => (!Event::Plane(plane)).and(event),
        };
    }
    event
}
