//! Which match matters to whom: how its three results move the probabilities of outcomes.

use std::io::{Read, Seek};

use rayon::prelude::*;

use super::conditional::{Conditional, Prospect, nothing_open, open_prospects, prospects};
use super::kept::KeptSample;
use crate::error::Error;
use crate::simulate::{Crossed, Event, Layout, Sample};
use crate::team::TeamId;

/// How every open fixture between known teams moves the probabilities of outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Leverage {
    /// The outcomes of teams that are looked at: by outcome, then by team.
    pub prospects: Vec<Prospect>,
    /// In the order of the layout.
    pub fixtures: Vec<FixtureLeverage>,
}

/// How a fixture moves the probabilities of outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct FixtureLeverage {
    /// Position of its group in the layout.
    pub group: usize,
    /// Its position in the group.
    pub fixture: usize,
    /// How often it was a home win, a draw, an away win.
    pub results: [Conditional; 3],
    /// `[prospect]`
    pub moves: Vec<Move>,
    /// `[outcome of the layout]`: how far it moves all teams together; `None` for an outcome that is not
    /// looked at.
    pub in_all: Vec<Option<Swing>>,
}

/// How a fixture moves the probability of one outcome for one team.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// Given a home win, a draw and an away win.
    pub given: [Conditional; 3],
    /// By how much each of these differs from the probability overall, and the standard error of that;
    /// `None` where the result never came.
    pub differences: [Option<(f64, f64)>; 3],
    /// How far the probability moves.
    pub swing: Swing,
}

/// How far probabilities move once a result is known.
///
/// For an outcome *o* and a fixture with the results *r* it is the root of the mean square move, Σ P(*r*)
/// (P(*o* | *r*) − P(*o*))²: the *suspense* of the fixture [Ely, Frankel and Kamenica 2015, "Suspense
/// and surprise"]. For several teams the squares are summed before the root is taken. What is expected of
/// the square by chance alone, Σ P(*r*) ε² with the errors ε of the differences, has been taken off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The root; 0 where chance explains the whole.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// The squared move, what chance adds to it, and what each run adds to its deviation.
struct Square {
    sum: f64,
    chance: f64,
    by_run: Vec<f64>,
}

impl Leverage {
    /// Reads of kept seasons what it takes, for one team or all, and one outcome or all.
    ///
    /// # Errors
    /// [`Error::NotTold`] where no fixture is left or none of these outcomes is open for any of these
    /// teams; [`Error::SampleAltered`] and [`Error::Read`] as [`KeptSample::sample`] has them.
    pub fn of<R: Read + Seek>(
        kept: &mut KeptSample<R>,
        team: Option<TeamId>,
        outcome: Option<usize>,
    ) -> Result<Self, Error> {
        let layout = kept.layout();
        let open = open_prospects(layout, &teams(layout, team), outcome);
        let results: Vec<Event> = results(layout).flat_map(|(.., results)| results).collect();
        if results.is_empty() {
            let problem = "no fixture between known teams is left to matter; keep seasons from an earlier date";
            return Err(Error::NotTold {
                problem: problem.into(),
            });
        }
        if open.is_empty() {
            return Err(nothing_open(kept.names(), layout, team, outcome));
        }
        let sample = kept.sample(open.iter().map(|(.., event)| event).chain(&results))?;
        Ok(Self::in_sample(&sample, team, outcome))
    }

    /// The same of a sample that has every plane.
    pub fn in_sample(sample: &Sample, team: Option<TeamId>, outcome: Option<usize>) -> Self {
        let layout = sample.layout();
        let open = open_prospects(layout, &teams(layout, team), outcome);
        let fixtures: Vec<(usize, usize, [Event; 3])> = results(layout).collect();
        let conditions: Vec<Event> = fixtures.iter().flat_map(|(.., of)| of.clone()).collect();
        let events: Vec<Event> = open.iter().map(|(.., event)| event.clone()).collect();
        let crossed = sample.cross(&conditions, &events);
        let prospects = prospects(sample, &open);
        let (outcomes, batches) = (layout.outcomes.len(), sample.batches());
        let fixtures = fixtures.par_iter().enumerate();
        let fixtures = fixtures.map(|(index, &(group, fixture, ref results))| {
            let squares = (0..prospects.len()).map(|event| moved(&crossed, 3 * index, event));
            let mut all: Vec<Option<Square>> = (0..outcomes).map(|_| None).collect();
            let moves = squares
                .zip(&prospects)
                .map(|((given, differences, square), of)| {
                    let swing = square.swing();
                    match &mut all[of.outcome] {
                        Some(all) => all.add(&square),
                        none => *none = Some(square),
                    }
                    Move {
                        given,
                        differences,
                        swing,
                    }
                });
            FixtureLeverage {
                group,
                fixture,
                moves: moves.collect(),
                results: results
                    .each_ref()
                    .map(|result| Conditional::of((batches, sample.count(result)))),
                in_all: all
                    .iter()
                    .map(|all| all.as_ref().map(Square::swing))
                    .collect(),
            }
        });
        Self {
            fixtures: fixtures.collect(),
            prospects,
        }
    }
}

fn teams(layout: &Layout, team: Option<TeamId>) -> Vec<TeamId> {
    match team {
        Some(team) => vec![team],
        None => (0..layout.teams).map(|team| TeamId(team as u16)).collect(),
    }
}

/// Every open fixture with its group, its position there, and its three results.
fn results(layout: &Layout) -> impl Iterator<Item = (usize, usize, [Event; 3])> + '_ {
    layout
        .groups
        .iter()
        .enumerate()
        .flat_map(move |(group, kept)| {
            (0..kept.fixtures.len()).map(move |fixture| {
                let home_win = layout.home_win(group, fixture);
                let away_win = layout.away_win(group, fixture);
                let results = [home_win, layout.draw(group, fixture), away_win];
                (group, fixture, results)
            })
        })
}

/// How three conditions, from the first on, which exclude each other and leave nothing out, move the share of
/// an event.
fn moved(
    crossed: &Crossed,
    first: usize,
    event: usize,
) -> ([Conditional; 3], [Option<(f64, f64)>; 3], Square) {
    let conditions = [first, first + 1, first + 2];
    let given =
        conditions.map(|condition| Conditional::of(crossed.given(Some(condition), Some(event))));
    let overall = Conditional::of(crossed.given(None, Some(event)));
    let (share, share_error) = overall.share.unwrap_or_default();
    let seasons = overall.given as f64;
    let runs = crossed.runs() as f64;
    let in_all = || {
        let all = crossed.by_run(None, None);
        all.zip(crossed.by_run(None, Some(event)))
    };
    let mut square = Square {
        sum: 0.0,
        chance: 0.0,
        by_run: vec![0.0; crossed.runs()],
    };
    let mut differences = [None; 3];
    for ((condition, given), moved) in conditions.into_iter().zip(&given).zip(&mut differences) {
        let Some((conditional, error)) = given.share else {
            continue;
        };
        let difference = conditional - share;
        let met = given.given as f64;
        let weight = met / seasons;
        let by_run = crossed.by_run(Some(condition), None);
        let by_run = by_run.zip(crossed.by_run(Some(condition), Some(event)));
        let mut deviations = 0.0;
        for (((met_here, joint), (all, happened)), square) in
            by_run.zip(in_all()).zip(&mut square.by_run)
        {
            let (met_here, joint) = (met_here as f64, joint as f64);
            let (all, happened) = (all as f64, happened as f64);
            let own = joint - conditional * met_here;
            let deviation = own / met - (happened - share * all) / seasons;
            deviations += deviation * deviation;
            // By the delta method; the probability overall drops out, as its moves cancel.
            let weighed = difference * difference * (met_here - weight * all);
            *square += (weighed + 2.0 * difference * own) / seasons;
        }
        let seen = (1..given.given).contains(&given.seasons);
        let standard_error = match seen && crossed.runs() > 1 {
            true => (deviations * runs / (runs - 1.0)).sqrt(),
            false => error.hypot(share_error),
        };
        *moved = Some((difference, standard_error));
        square.sum += weight * difference * difference;
        square.chance += weight * standard_error * standard_error;
    }
    (given, differences, square)
}

impl Square {
    /// Adds the squared move of another team.
    fn add(&mut self, other: &Self) {
        self.sum += other.sum;
        self.chance += other.chance;
        let runs = self.by_run.iter_mut().zip(&other.by_run);
        runs.for_each(|(own, other)| *own += other);
    }

    fn swing(&self) -> Swing {
        let runs = self.by_run.len() as f64;
        let deviations: f64 = self.by_run.iter().map(|run| run * run).sum();
        let by_chance = self.chance.sqrt();
        let standard_error = match self.by_run.len() > 1 && self.sum > 0.0 {
            true => (deviations * runs / (runs - 1.0)).sqrt() / (2.0 * self.sum.sqrt()),
            false => by_chance,
        };
        Swing {
            value: (self.sum - self.chance).max(0.0).sqrt(),
            // Of a move that chance may explain, chance says how sure it is.
            standard_error: match self.sum <= 2.0 * self.chance {
                true => standard_error.max(by_chance),
                false => standard_error,
            },
        }
    }
}
