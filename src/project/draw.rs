//! What to expect of one draw.

use crate::competition::draw::Procedure;
use crate::error::Error;
use crate::simulate::{DrawCounts, SeedingDraw, SeedingKind};

/// A probability of a draw.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// From 0 to 1.
    pub value: f64,
    /// Its standard error; 0 where it is exact, and where balls drawn already settle it.
    pub standard_error: f64,
}

impl Share {
    fn exact(value: f64) -> Self {
        Self {
            value,
            standard_error: 0.0,
        }
    }

    /// Of draws that were held.
    fn of(value: f64, draws: u64) -> Self {
        let draws = draws as f64;
        // What was seen never or always may still happen, or not.
        let spread = match value == 0.0 || value == 1.0 {
            true => 1.0 / (draws + 2.0),
            false => value,
        };
        Self {
            value,
            standard_error: f64::sqrt(spread * (1.0 - spread) / draws),
        }
    }
}

/// How likely balls come together under one procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawOdds {
    /// How outcomes come about.
    pub procedure: Procedure,
    /// Draws held; `None` where the probabilities are exact.
    pub draws: Option<u64>,
    balls: usize,
    together: Vec<Share>,
    in_group: Vec<Share>,
}

/// Exact probabilities, and how many outcomes there are.
#[derive(Clone, Debug, PartialEq)]
pub struct ExactOdds {
    /// Of the ceremony.
    pub ceremony: DrawOdds,
    /// Of valid outcomes, all equally likely.
    pub uniform: DrawOdds,
    /// How many of them there are. Groups that no rule tells apart are not told apart here.
    pub outcomes: u128,
}

impl DrawOdds {
    /// From draws that were held.
    pub fn sampled(procedure: Procedure, draw: &SeedingDraw<'_>, counts: &DrawCounts) -> Self {
        let balls = draw.teams.len();
        let groups = counts.in_group.len() / balls;
        let share = |count: u64, settled: Option<bool>| match settled {
            Some(happens) => Share::exact(f64::from(u8::from(happens))),
            None => Share::of(count as f64 / counts.draws as f64, counts.draws),
        };
        let together = counts.together.iter().enumerate();
        let in_group = counts.in_group.iter().enumerate();
        Self {
            procedure,
            draws: Some(counts.draws),
            balls,
            together: together
                .map(|(at, &count)| share(count, draw.together(at / balls, at % balls)))
                .collect(),
            in_group: in_group
                .map(|(at, &count)| {
                    let drawn = draw.group_of(at / groups);
                    share(count, drawn.map(|group| group == at % groups))
                })
                .collect(),
        }
    }

    /// The probability that two balls share a group; in a league phase, that the first is at home to
    /// the second.
    pub fn together(&self, one: usize, other: usize) -> Share {
        self.together[one * self.balls + other]
    }

    /// The probability that two teams of a league phase meet, at either's ground: never at both.
    pub fn either_way(&self, one: usize, other: usize) -> Share {
        let [there, back] = [self.together(one, other), self.together(other, one)];
        let value = there.value + back.value;
        match self.draws {
            Some(draws) if there.standard_error > 0.0 => Share::of(value, draws),
            _ => Share::exact(value),
        }
    }

    /// `[group]`: the probability that a ball gets there; empty in a league phase.
    pub fn in_groups(&self, ball: usize) -> &[Share] {
        let groups = self.in_group.len() / self.balls;
        &self.in_group[ball * groups..(ball + 1) * groups]
    }
}

impl ExactOdds {
    /// Both procedures of a draw of groups.
    ///
    /// # Errors
    /// [`Error::Stage`] for a draw with too many positions, or a league phase.
    pub fn new(draw: &SeedingDraw<'_>) -> Result<Self, Error> {
        let SeedingKind::Groups(groups) = &draw.kind else {
            return Err(draw.too_large());
        };
        let balls = draw.teams.len();
        let mut outcomes = 0;
        let mut odds = |procedure| -> Result<DrawOdds, Error> {
            let exact = groups.exact(procedure).map_err(|fault| draw.fault(fault))?;
            outcomes = exact.outcomes();
            let each = |of: usize| {
                (0..balls).flat_map(move |ball| (0..of).map(move |to| (ball as u8, to as u8)))
            };
            Ok(DrawOdds {
                procedure,
                draws: None,
                balls,
                together: each(balls)
                    .map(|(one, other)| Share::exact(exact.together(one, other)))
                    .collect(),
                in_group: each(groups.groups)
                    .map(|(ball, group)| Share::exact(exact.in_group(ball, group)))
                    .collect(),
            })
        };
        Ok(Self {
            ceremony: odds(Procedure::Ceremony)?,
            uniform: odds(Procedure::Uniform)?,
            outcomes,
        })
    }
}
