//! Which match matters to whom: how its three results move the probabilities of outcomes.

use std::io::{Read, Seek};

use rayon::prelude::*;

use super::conditional::{Conditional, Prospect, nothing_open, open_prospects, prospects};
use super::kept::KeptSample;
use crate::error::Error;
use crate::simulate::{Crossed, Event, Layout, MOST_RUNS, Sample};
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
#[derive(Clone)]
struct Square {
    sum: f64,
    chance: f64,
    by_run: [f64; MOST_RUNS],
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
        // What is neither win is a draw, which takes a third of the counting away.
        let wins = fixtures
            .iter()
            .flat_map(|(.., [home_win, _, away_win])| [home_win.clone(), away_win.clone()]);
        let wins: Vec<Event> = wins.collect();
        let events: Vec<Event> = open.iter().map(|(.., event)| event.clone()).collect();
        let crossed = sample.cross(&wins, &events);
        let prospects = prospects(sample, &open);
        let all = ByRun::of(&crossed, None, None);
        let happened: Vec<ByRun> = (0..events.len())
            .map(|event| ByRun::of(&crossed, None, Some(event)))
            .collect();
        let fixtures = fixtures.par_iter().enumerate();
        let fixtures = fixtures.map(|(index, &(group, fixture, _))| {
            let by_result = |event, of_all: &ByRun| {
                let [home_win, away_win] = [2 * index, 2 * index + 1]
                    .map(|condition| ByRun::of(&crossed, Some(condition), event));
                let draw = of_all.less(&home_win).less(&away_win);
                [home_win, draw, away_win]
            };
            let met = by_result(None, &all);
            let mut in_all: Vec<Option<Square>> = vec![None; layout.outcomes.len()];
            let moves = prospects.iter().zip(&happened).enumerate();
            let moves = moves.map(|(event, (prospect, happened))| {
                let joint = by_result(Some(event), happened);
                let (moved, square) = moved([&all, happened], &met, &joint);
                in_all[prospect.outcome]
                    .get_or_insert_default()
                    .add(&square);
                moved
            });
            FixtureLeverage {
                group,
                fixture,
                moves: moves.collect(),
                results: met.each_ref().map(|met| all.given(met)),
                in_all: in_all
                    .iter()
                    .map(|square| square.as_ref().map(|square| square.swing(all.runs())))
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

/// How many seasons are so, run by run; whole numbers, so that sums of them are exact.
#[derive(Clone, Debug)]
struct ByRun([f64; MOST_RUNS]);

impl ByRun {
    fn of(crossed: &Crossed, condition: Option<usize>, event: Option<usize>) -> Self {
        let mut counts = [0.0; MOST_RUNS];
        let by_run = crossed.by_run(condition, event);
        counts
            .iter_mut()
            .zip(by_run)
            .for_each(|(count, seasons)| *count = seasons as f64);
        Self(counts)
    }

    /// Those that are not so as well.
    fn less(&self, other: &Self) -> Self {
        let mut counts = self.0;
        let others = counts.iter_mut().zip(&other.0);
        others.for_each(|(count, other)| *count = (*count - other).max(0.0));
        Self(counts)
    }

    fn total(&self) -> f64 {
        self.0.iter().sum()
    }

    /// How many runs have such seasons.
    fn runs(&self) -> usize {
        self.0.iter().filter(|count| **count > 0.0).count()
    }

    /// How often others happened where these are so.
    fn given(&self, happened: &Self) -> Conditional {
        let pairs = self.0.iter().zip(&happened.0);
        Conditional::of_runs(pairs.map(|(met, joint)| [*met as u64, *joint as u64]))
    }
}

/// How the results of a fixture move the share of an event: of all seasons and those with the event, of those
/// with each result, and of those with both.
fn moved([all, happened]: [&ByRun; 2], met: &[ByRun; 3], joint: &[ByRun; 3]) -> (Move, Square) {
    let seasons = all.total();
    let share = happened.total() / seasons;
    let mut square = Square::default();
    let mut differences = [None; 3];
    let mut given = [Conditional::NEVER; 3];
    for (result, (met, joint)) in met.iter().zip(joint).enumerate() {
        let [met_in_all, joint_in_all] = [met, joint].map(ByRun::total);
        if met_in_all == 0.0 {
            continue;
        }
        let conditional = joint_in_all / met_in_all;
        let difference = conditional - share;
        let weight = met_in_all / seasons;
        let (mut own_squares, mut squares) = (0.0, 0.0);
        for run in 0..MOST_RUNS {
            let own = joint.0[run] - conditional * met.0[run];
            let of_all = happened.0[run] - share * all.0[run];
            let deviation = own / met_in_all - of_all / seasons;
            own_squares += own * own;
            squares += deviation * deviation;
            // By the delta method; the probability overall drops out, as its moves cancel.
            let weighed = difference * difference * (met.0[run] - weight * all.0[run]);
            square.by_run[run] += (weighed + 2.0 * difference * own) / seasons;
        }
        let spread = |squares: f64, runs: usize| {
            let runs = runs as f64;
            (squares * runs / (runs - 1.0)).sqrt()
        };
        let (runs, own_runs) = (all.runs(), met.runs());
        let standard_error = if own_runs > 1 && 0.0 < joint_in_all && joint_in_all < met_in_all {
            given[result] = Conditional {
                given: met_in_all as u64,
                seasons: joint_in_all as u64,
                share: Some((conditional, spread(own_squares, own_runs) / met_in_all)),
            };
            spread(squares, runs)
        } else {
            // The runs tell nothing of it: the errors of both shares, as if they were independent.
            given[result] = met.given(joint);
            let error = |of: &Conditional| of.share.map_or(0.0, |(_, error)| error);
            error(&given[result]).hypot(error(&all.given(happened)))
        };
        differences[result] = Some((difference, standard_error));
        square.sum += weight * difference * difference;
        square.chance += weight * standard_error * standard_error;
    }
    let moved = Move {
        given,
        differences,
        swing: square.swing(all.runs()),
    };
    (moved, square)
}

impl Default for Square {
    fn default() -> Self {
        Self {
            sum: 0.0,
            chance: 0.0,
            by_run: [0.0; MOST_RUNS],
        }
    }
}

impl Square {
    /// Adds the squared move of another team.
    fn add(&mut self, other: &Self) {
        self.sum += other.sum;
        self.chance += other.chance;
        let runs = self.by_run.iter_mut().zip(&other.by_run);
        runs.for_each(|(own, other)| *own += other);
    }

    /// The root of what is not chance, of so many runs.
    fn swing(&self, runs: usize) -> Swing {
        let deviations: f64 = self.by_run.iter().map(|run| run * run).sum();
        let by_chance = self.chance.sqrt();
        let standard_error = match runs > 1 && self.sum > 0.0 {
            true => {
                let runs = runs as f64;
                (deviations * runs / (runs - 1.0)).sqrt() / (2.0 * self.sum.sqrt())
            }
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
