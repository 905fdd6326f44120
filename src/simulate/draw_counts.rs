//! One draw, held many times.

use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::seeding_draw::{SeedingDraw, SeedingKind};
use super::stream::{Purpose, Stream};
use crate::competition::draw::{
    Draw, Drawn, Fault, LeagueWorkspace, Outcomes, Procedure, Workspace,
};
use crate::error::Error;

/// Draws that share a stream of random words.
const DRAWS_A_CHUNK: u64 = 512;

/// Random outcomes that are tried for one valid one, where they are too many to be counted.
const TRIES: u32 = 10_000_000;

/// How often balls came together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawCounts {
    /// Draws held.
    pub draws: u64,
    /// `[ball * balls + ball]`: shared a group; in a league phase, the first at home to the second.
    pub together: Vec<u64>,
    /// `[ball * groups + group]`; empty in a league phase.
    pub in_group: Vec<u64>,
}

/// How outcomes of groups are taken.
enum Way {
    Ceremony,
    Counted(Box<Outcomes>),
    Tried,
}

impl SeedingDraw<'_> {
    /// Holds the draw `draws` times. The result depends on the draw, the procedure, the seed and
    /// `draws` alone. `progress` is told the draws of every finished chunk.
    ///
    /// # Errors
    /// [`Error::Stage`] if random outcomes are hardly ever valid.
    pub fn sample(
        &self,
        procedure: Procedure,
        seed: u64,
        draws: u64,
        progress: impl Fn(u64) + Sync,
    ) -> Result<DrawCounts, Error> {
        let way = match (&self.kind, procedure) {
            (SeedingKind::Groups(draw), Procedure::Uniform) => match draw.outcomes() {
                Ok(outcomes) => Way::Counted(Box::new(outcomes)),
                Err(Fault::TooLarge) => Way::Tried,
                Err(fault) => return Err(self.fault(fault)),
            },
            _ => Way::Ceremony,
        };
        let worker = || {
            let spaces = (Workspace::default(), LeagueWorkspace::default());
            (spaces, self.none())
        };
        (0..draws.div_ceil(DRAWS_A_CHUNK))
            .into_par_iter()
            .try_fold(worker, |((mut groups, mut league), mut counts), chunk| {
                let draws = DRAWS_A_CHUNK.min(draws - chunk * DRAWS_A_CHUNK);
                let mut stream = Stream::new(seed, Purpose::Draws, chunk);
                let rng = stream.generator(0, 0);
                for _ in 0..draws {
                    match &self.kind {
                        SeedingKind::Groups(draw) => {
                            let drawn = way.draw(draw, &mut groups, rng);
                            counts.observe(drawn.map_err(|fault| self.fault(fault))?);
                        }
                        SeedingKind::LeaguePhase(phase) => {
                            let drawn = match procedure {
                                Procedure::Ceremony => phase.draw(&mut league, rng),
                                Procedure::Uniform => phase.uniform(&mut league, rng),
                            };
                            let pairings = drawn.map_err(|fault| self.league_fault(fault))?;
                            for pairing in pairings {
                                let row = usize::from(pairing.home) * self.teams.len();
                                counts.together[row + usize::from(pairing.away)] += 1;
                            }
                        }
                    }
                }
                counts.draws += draws;
                progress(draws);
                Ok(((groups, league), counts))
            })
            .map(|worker| worker.map(|(_, counts)| counts))
            .try_reduce(|| self.none(), |one, other| Ok(one.merge(&other)))
    }

    fn none(&self) -> DrawCounts {
        let balls = self.teams.len();
        let groups = match &self.kind {
            SeedingKind::Groups(draw) => draw.groups,
            SeedingKind::LeaguePhase(_) => 0,
        };
        DrawCounts {
            draws: 0,
            together: vec![0; balls * balls],
            in_group: vec![0; balls * groups],
        }
    }
}

impl Way {
    fn draw<'w>(
        &self,
        draw: &Draw,
        workspace: &'w mut Workspace,
        rng: &mut ChaCha8Rng,
    ) -> Result<&'w Drawn, Fault> {
        match self {
            Self::Ceremony => draw.ceremony(workspace, rng),
            Self::Counted(outcomes) => Ok(outcomes.draw(workspace, rng)),
            Self::Tried => draw.uniform(workspace, rng, TRIES),
        }
    }
}

impl DrawCounts {
    fn observe(&mut self, drawn: &Drawn) {
        let balls = drawn.group_of().len();
        let groups = self.in_group.len() / balls;
        for (group, members) in drawn.groups().enumerate() {
            for &ball in members {
                let ball = usize::from(ball);
                self.in_group[ball * groups + group] += 1;
                for &other in members {
                    self.together[ball * balls + usize::from(other)] += 1;
                }
            }
        }
    }

    fn merge(mut self, other: &Self) -> Self {
        self.draws += other.draws;
        let add = |own: &mut [u64], other: &[u64]| {
            own.iter_mut()
                .zip(other)
                .for_each(|(own, other)| *own += other);
        };
        add(&mut self.together, &other.together);
        add(&mut self.in_group, &other.in_group);
        self
    }
}
