//! What a season does where the rules ask for more than the table has: extra time, shoot-outs, replays
//! and deciding matches are played, lots are drawn.

use super::pairs::{PairSamplers, Span};
use super::plan::{LastLeg, Plan, PlannedGroup, Shootouts};
use super::stream::SparseStream;
use crate::fixture::{Scoreline, Venue};
use crate::standings::{Comparison, External, LARGEST_GROUP, Metric, Needs, Observer};
use crate::team::TeamId;

/// By how much strength tells in a shoot-out: the log odds of winning it per unit of difference in
/// strength. 322 shoot-outs of national teams, 1990 to 2024, give 0.21 with a standard error of 0.19.
const SHOOTOUT_SLOPE: f64 = 0.2;

/// What is played on for, each with random words of its own.
#[derive(Clone, Copy)]
enum Further {
    ExtraTime,
    Shootout,
    Replay,
    PlayOff,
    PlayOffExtraTime,
    PlayOffShootout,
}

/// Kinds of further play that a seat has addresses for.
const KINDS: usize = 8;

/// What is drawn and played in one season beside the matches of 90 minutes.
pub(super) struct Chance<'a> {
    pub(super) lots: &'a mut SparseStream,
    pub(super) further: &'a mut SparseStream,
    pub(super) pairs: &'a mut PairSamplers,
    pub(super) parameters: &'a [f64],
}

/// One group in one season, being ranked.
pub(super) struct PlayOn<'a, 'b> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) planned: &'a PlannedGroup,
    pub(super) lane: usize,
    /// `[seat]`: its team.
    pub(super) teams: &'a [u16],
    /// `[seat]`: its place in the last table before, from 1; 0 where it was in none.
    pub(super) places: &'a [u8],
    pub(super) chance: &'a mut Chance<'b>,
    /// Where the tie has been played on, and the goals of its extra time.
    pub(super) further: Option<(LastLeg, Scoreline)>,
    pub(super) causes: Option<&'a mut Causes>,
}

impl PlayOn<'_, '_> {
    /// The random bits of one thing that is played on for between the teams from `seat` on.
    fn bits(&mut self, seat: u8, further: Further) -> u64 {
        let seat = self.planned.first_seat + usize::from(seat);
        let address = seat * KINDS + further as usize;
        self.chance.further.lane(address, self.lane)
    }

    fn goals(&mut self, leg: LastLeg, span: Span, further: Further) -> Scoreline {
        let word = (self.bits(leg.home.min(leg.away), further) >> 32) as u32;
        let [home, away] = [leg.home, leg.away].map(|seat| self.teams[usize::from(seat)]);
        let facts = &self.plan.facts;
        let venue = facts.venue(leg.venue, home.into(), away.into());
        let (model, parameters) = (self.plan.model, self.chance.parameters);
        let sampler = self
            .chance
            .pairs
            .of(model, parameters, span, (home, away), venue);
        let code = sampler.sample(word);
        Scoreline::new(code >> 4, code & 15)
    }

    /// Whether the first of two teams wins the shoot-out.
    fn wins_shootout(&mut self, pair: [u8; 2], further: Further) -> bool {
        let bits = self.bits(pair[0].min(pair[1]), further);
        let chance = match self.plan.options.shootouts {
            Shootouts::Even => 0.5,
            Shootouts::Strength => {
                let [a, b] = pair.map(|seat| TeamId(self.teams[usize::from(seat)]));
                let difference = self.plan.model.difference(self.chance.parameters, a, b);
                1.0 / (1.0 + libm::exp(-SHOOTOUT_SLOPE * difference))
            }
        };
        ((bits >> 11) as f64) < chance * (1_u64 << 53) as f64
    }

    /// Whether the first of two teams wins a match on neutral ground that goes on until it is decided.
    fn wins_play_off(&mut self, [a, b]: [u8; 2]) -> bool {
        let leg = LastLeg {
            home: a,
            away: b,
            venue: Venue::Neutral,
        };
        for (span, further) in [
            (Span::Match, Further::PlayOff),
            (Span::ExtraTime, Further::PlayOffExtraTime),
        ] {
            let goals = self.goals(leg, span, further);
            if goals.home != goals.away {
                return goals.home > goals.away;
            }
        }
        self.wins_shootout([a, b], Further::PlayOffShootout)
    }

    /// Where a tie is played on: at the ground of the last leg, or of its replay.
    fn leg(&self) -> Option<LastLeg> {
        self.further.map(|(leg, _)| leg).or(self.planned.last_leg)
    }
}

impl Observer for PlayOn<'_, '_> {
    fn compared(&mut self, comparison: Comparison<'_>) {
        if let Some(causes) = &mut self.causes {
            causes.compared(comparison);
        }
    }

    fn supply(&mut self, metric: Metric, level: &[u8], values: &mut [i64]) -> bool {
        let mut give = |goals: Scoreline, leg: LastLeg| {
            values[usize::from(leg.home)] = goals.home.into();
            values[usize::from(leg.away)] = goals.away.into();
        };
        match (metric, level, self.leg()) {
            (Metric::External(External::Lots), ..) => {
                for &team in level {
                    let seat = self.planned.first_seat + usize::from(team);
                    let lot = self.chance.lots.lane(seat, self.lane);
                    values[usize::from(team)] = (lot >> 1) as i64;
                }
            }
            (Metric::EarlierPlace, ..)
                if level.iter().all(|&team| self.places[usize::from(team)] > 0) =>
            {
                for &team in level {
                    values[usize::from(team)] = -i64::from(self.places[usize::from(team)]);
                }
            }
            (Metric::Replay, [_, _], Some(leg)) => {
                let replay = LastLeg {
                    home: leg.away,
                    away: leg.home,
                    venue: leg.venue,
                };
                let goals = self.goals(replay, Span::Match, Further::Replay);
                give(goals, replay);
                self.further = Some((replay, Scoreline::new(0, 0)));
            }
            (Metric::ExtraTime, [_, _], Some(leg)) => {
                let goals = self.goals(leg, Span::ExtraTime, Further::ExtraTime);
                give(goals, leg);
                self.further = Some((leg, goals));
            }
            (Metric::ExtraTimeAwayGoals, [_, _], Some(leg)) => {
                let away = self.further.map_or(0, |(_, goals)| goals.away);
                give(Scoreline::new(0, away), leg);
            }
            (Metric::Penalties | Metric::PlayOff, &[a, b], _) => {
                // Which of them is asked first must not depend on how they were sorted.
                let pair = [a.min(b), a.max(b)];
                let first_wins = match metric {
                    Metric::PlayOff => self.wins_play_off(pair),
                    _ => self.wins_shootout(pair, Further::Shootout),
                };
                for (seat, wins) in pair.into_iter().zip([first_wins, !first_wins]) {
                    values[usize::from(seat)] = wins.into();
                }
            }
            _ => return false,
        }
        true
    }

    /// Separates by lot whom the rules cannot: in a season nothing stays undecided.
    fn undecided(&mut self, level: &mut [u8], _needs: Needs) {
        let mut lots = [0; LARGEST_GROUP];
        for &team in level.iter() {
            let seat = self.planned.first_seat + usize::from(team);
            lots[usize::from(team)] = self.chance.lots.lane(seat, self.lane);
        }
        level.sort_unstable_by_key(|&team| lots[usize::from(team)]);
        if let Some(causes) = &mut self.causes {
            causes.drew_lots(level);
        }
    }
}

/// What separated every two teams of a group in one season.
#[derive(Clone, Debug, Default)]
pub(super) struct Causes {
    size: usize,
    /// `[team * size + team]`: position of the cause, from 1; 0 while nothing did.
    of: Vec<u16>,
    known: Vec<(crate::standings::Among, Metric)>,
}

impl Causes {
    /// Begins a season of a group of `size` teams whose rules can decide by these causes.
    pub(super) fn begin(&mut self, size: usize, known: &[(crate::standings::Among, Metric)]) {
        self.size = size;
        self.of.clear();
        self.of.resize(size * size, 0);
        self.known.clear();
        self.known.extend_from_slice(known);
    }

    fn compared(&mut self, comparison: Comparison<'_>) {
        let Comparison {
            metric,
            among,
            teams,
            values,
        } = comparison;
        let cause = self
            .known
            .iter()
            .position(|known| *known == (among, metric));
        let cause = cause.map_or(self.known.len(), |cause| cause) as u16 + 1;
        for (index, &a) in teams.iter().enumerate() {
            for &b in &teams[..index] {
                if values[usize::from(a)] != values[usize::from(b)] {
                    self.set(a, b, cause);
                }
            }
        }
    }

    fn drew_lots(&mut self, level: &[u8]) {
        let lots = self.known.len() as u16 + 1;
        for (index, &a) in level.iter().enumerate() {
            for &b in &level[..index] {
                self.set(a, b, lots);
            }
        }
    }

    /// Later causes are set last: a play-off overrules what ordered the two before.
    fn set(&mut self, a: u8, b: u8, cause: u16) {
        let (a, b) = (usize::from(a), usize::from(b));
        self.of[a * self.size + b] = cause;
        self.of[b * self.size + a] = cause;
    }

    /// The position of what separated two teams; the number of known causes stands for lots.
    pub(super) fn between(&self, a: u8, b: u8) -> usize {
        let cause = self.of[usize::from(a) * self.size + usize::from(b)];
        usize::from(cause.max(1)) - 1
    }
}
