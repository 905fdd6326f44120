//! Samplers of pairings that differ from season to season, made when they are first asked for.

use super::inversion::Inversion;
use crate::fixture::Venue;
use crate::model::{EXTRA_TIME, GoalModel, Pairing};
use crate::team::TeamId;

/// More samplers than this (two kilobytes each) are not kept.
const MOST_KEPT: usize = 1 << 12;

/// How much of a match is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// 90 minutes.
    Match,
    /// 30 minutes.
    ExtraTime,
}

impl Span {
    fn share(self) -> f64 {
        match self {
            Self::Match => 1.0,
            Self::ExtraTime => EXTRA_TIME,
        }
    }
}

/// One sampler a pair of teams, venue and span.
pub(super) struct PairSamplers {
    teams: usize,
    /// `[span and venue][home * teams + away]`: position of the sampler, from 1; no list before one is
    /// asked for.
    positions: [Vec<u32>; 6],
    /// Where a position is set.
    used: Vec<(u8, u32)>,
    samplers: Vec<Inversion>,
}

impl PairSamplers {
    pub(super) fn new(teams: usize) -> Self {
        Self {
            teams,
            positions: Default::default(),
            used: Vec::new(),
            samplers: Vec::new(),
        }
    }

    /// Forgets all samplers: the strengths have changed.
    pub(super) fn forget(&mut self) {
        for &(kind, cell) in &self.used {
            self.positions[usize::from(kind)][cell as usize] = 0;
        }
        self.used.clear();
    }

    /// The sampler of a pairing at the given strengths.
    #[inline]
    pub(super) fn of(
        &mut self,
        model: &dyn GoalModel,
        parameters: &[f64],
        span: Span,
        (home, away): (u16, u16),
        venue: Venue,
    ) -> &Inversion {
        let kind = span as usize * 3 + venue as usize;
        let cell = usize::from(home) * self.teams + usize::from(away);
        let known = self.positions[kind].get(cell).copied().unwrap_or(0);
        let position = match known {
            0 => self.make(model, parameters, span, (home, away), venue),
            known => known as usize - 1,
        };
        &self.samplers[position]
    }

    #[cold]
    fn make(
        &mut self,
        model: &dyn GoalModel,
        parameters: &[f64],
        span: Span,
        (home, away): (u16, u16),
        venue: Venue,
    ) -> usize {
        if self.used.len() == MOST_KEPT {
            self.forget();
        }
        let pairing = Pairing {
            home: TeamId(home),
            away: TeamId(away),
            venue,
        };
        let grid = model.grid_of_share(parameters, pairing, span.share());
        let position = self.used.len();
        match self.samplers.get_mut(position) {
            Some(sampler) => *sampler = Inversion::new(grid),
            None => self.samplers.push(Inversion::new(grid)),
        }
        let kind = span as usize * 3 + venue as usize;
        let cell = usize::from(home) * self.teams + usize::from(away);
        self.positions[kind].resize(self.teams * self.teams, 0);
        self.positions[kind][cell] = position as u32 + 1;
        self.used.push((kind as u8, cell as u32));
        position
    }
}
