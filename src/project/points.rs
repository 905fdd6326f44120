//! What a team needs: its outcomes by its points at the end, and by the record of its matches left.

use std::io::{Read, Seek};

use super::conditional::{Conditional, Prospect, nothing_open, open_prospects, prospects};
use super::kept::KeptSample;
use crate::error::Error;
use crate::simulate::{Crossed, Event, Layout, Number, Sample};

/// The shares of seasons for which it is said what they take.
pub const SHARES: [f64; 3] = [0.5, 0.9, 0.99];

/// What a team needs in the table of its group.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsNeeded {
    /// Position of the group in the layout.
    pub group: usize,
    /// The seat of the team in it.
    pub seat: usize,
    /// Its outcomes.
    pub prospects: Vec<Prospect>,
    /// By its points at the end, ascending: every number that came up.
    pub points: Vec<(i64, Ending)>,
    /// By wins, draws and losses in its matches left, the most points first: every record that came up.
    pub records: Vec<([usize; 3], Ending)>,
    /// `[prospect]`: what it takes; `None` where more points bring it, or avoid it, and yet more undo that,
    /// as places in the middle of a table.
    pub takes: Vec<Option<Takes>>,
}

/// How often a team ended so, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// How often.
    pub overall: Conditional,
    /// `[prospect]`: how often it was reached then.
    pub outcomes: Vec<Conditional>,
}

/// How many points an outcome takes, or, where it comes of few points, staying clear of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Takes {
    /// Whether seasons without the outcome end with more points: then the points are those to avoid it.
    pub avoiding: bool,
    /// `[share]`, in the order of [`SHARES`]: the fewest points with which it came, or was avoided, in at
    /// least that share of seasons, and with any more points too.
    pub points: [Least; 3],
}

/// The fewest points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Least {
    /// So many; `None` where no number that came up is enough.
    pub points: Option<i64>,
    /// Whether the seasons suffice to say so: the shares with these points and with the next fewer, or with
    /// the most where none are enough, are at least two standard errors away from what they are held against.
    pub settled: bool,
}

impl PointsNeeded {
    /// Reads of kept seasons what it takes, for the seat of a group, and one outcome or all.
    ///
    /// # Errors
    /// [`Error::NotTold`] where points do not add up to a table, or none of these outcomes is open for the
    /// team; [`Error::SampleAltered`] and [`Error::Read`] as [`KeptSample::sample`] has them.
    pub fn of<R: Read + Seek>(
        kept: &mut KeptSample<R>,
        (group, seat): (usize, usize),
        outcome: Option<usize>,
    ) -> Result<Self, Error> {
        let layout = kept.layout();
        let team = layout.groups[group].teams[seat].team;
        let open = open_prospects(layout, &[team], outcome);
        let Some(points) = layout.points(group, seat) else {
            let problem = "points of this table are not kept, as its fixtures are drawn anew in every season or its \
                           rules count averages; ask for positions";
            return Err(Error::NotTold {
                problem: problem.into(),
            });
        };
        if open.is_empty() {
            return Err(nothing_open(kept.names(), layout, Some(team), outcome));
        }
        let terms: Vec<Event> = points.terms.into_iter().map(|(_, event)| event).collect();
        let sample = kept.sample(open.iter().map(|(.., event)| event).chain(&terms))?;
        Ok(Self::in_sample(&sample, (group, seat), outcome).expect("the table has points"))
    }

    /// The same of a sample that has every plane; `None` where points do not add up to a table.
    pub fn in_sample(
        sample: &Sample,
        (group, seat): (usize, usize),
        outcome: Option<usize>,
    ) -> Option<Self> {
        let layout = sample.layout();
        let points = layout.points(group, seat)?;
        let team = layout.groups[group].teams[seat].team;
        let open = open_prospects(layout, &[team], outcome);
        let events: Vec<Event> = open.iter().map(|(.., event)| event.clone()).collect();
        let (lowest, highest) = points.range();
        let values = (lowest..=highest).map(|value| (value, points.exactly(value)));
        let points = endings(sample, values.collect(), &events);
        let mut records = endings(sample, records(layout, group, seat), &events);
        let [win, draw] = layout.groups[group].worth;
        let worth = |[wins, draws, _]: [usize; 3]| wins as i64 * win + draws as i64 * draw;
        records.sort_by_key(|(record, _)| std::cmp::Reverse((worth(*record), record[0])));
        let prospects = prospects(sample, &open);
        let takes = (0..prospects.len()).map(|prospect| takes(&points, prospect));
        Some(Self {
            group,
            seat,
            takes: takes.collect(),
            prospects,
            points,
            records,
        })
    }
}

/// How often each of some ends came up, if it did, and what came of it.
fn endings<E>(sample: &Sample, ends: Vec<(E, Event)>, events: &[Event]) -> Vec<(E, Ending)> {
    let (ends, conditions): (Vec<E>, Vec<Event>) = ends.into_iter().unzip();
    let crossed: Crossed = sample.cross(&conditions, events);
    let batches = sample.batches();
    let ends = ends.into_iter().zip(conditions).enumerate();
    let came_up = ends.filter(|(index, _)| crossed.count(Some(*index), None) > 0);
    let ending = |(index, (end, condition)): (usize, (E, Event))| {
        let outcome = |event| Conditional::crossed(&crossed, Some(index), Some(event));
        let ending = Ending {
            overall: Conditional::of((batches, sample.count(&condition))),
            outcomes: (0..events.len()).map(outcome).collect(),
        };
        (end, ending)
    };
    came_up.map(ending).collect()
}

/// Every record that the matches left of a seat can have.
fn records(layout: &Layout, group: usize, seat: usize) -> Vec<([usize; 3], Event)> {
    let [mut wins, mut draws] = [Number::default(), Number::default()];
    for (index, fixture) in layout.groups[group].fixtures.iter().enumerate() {
        let win = match [fixture.home, fixture.away] {
            [home, _] if home == seat => layout.home_win(group, index),
            [_, away] if away == seat => layout.away_win(group, index),
            _ => continue,
        };
        wins.terms.push((1, win));
        draws.terms.push((1, layout.draw(group, index)));
    }
    let matches = wins.terms.len();
    let all = (0..=matches).flat_map(|won| (0..=matches - won).map(move |drawn| (won, drawn)));
    let record = |(won, drawn): (usize, usize)| {
        let is = wins.exactly(won as i64).and(draws.exactly(drawn as i64));
        ([won, drawn, matches - won - drawn], is)
    };
    all.map(record).collect()
}

/// What an outcome takes, by the points of every ending, ascending; `None` where more points undo it.
fn takes(points: &[(i64, Ending)], prospect: usize) -> Option<Takes> {
    let mean = |weight: &dyn Fn(&Conditional) -> u64| {
        let parts = points.iter().map(|(value, ending)| {
            let weight = weight(&ending.outcomes[prospect]);
            (i128::from(*value) * i128::from(weight), weight)
        });
        let (sum, weights) = parts.fold((0, 0), |(sum, all), (part, weight)| {
            (sum + part, all + weight)
        });
        sum as f64 / weights as f64
    };
    let with = mean(&|outcome| outcome.seasons);
    let without = mean(&|outcome| outcome.given - outcome.seasons);
    let avoiding = without > with;
    let shares = points.iter().rev().map(|(value, ending)| {
        let share = ending.outcomes[prospect].share;
        let (share, error) = share.expect("points that came up");
        (*value, if avoiding { 1.0 - share } else { share }, error)
    });
    let is_clear = |share: f64, error: f64, wanted: f64| (share - wanted).abs() >= 2.0 * error;
    let is_undone = |wanted: f64| {
        let mut clear = shares
            .clone()
            .filter(|(_, share, error)| is_clear(*share, *error, wanted))
            .map(|(_, share, _)| share >= wanted);
        clear.any(|reached| !reached) && clear.any(|reached| reached)
    };
    let least = |wanted: f64| {
        let enough = shares
            .clone()
            .take_while(|(_, share, _)| *share >= wanted)
            .count();
        let mut around = shares
            .clone()
            .skip(enough.saturating_sub(1))
            .take(match enough {
                0 => 1,
                _ => 2,
            });
        Least {
            points: enough
                .checked_sub(1)
                .and_then(|last| Some(shares.clone().nth(last)?.0)),
            settled: around.all(|(_, share, error)| is_clear(share, error, wanted)),
        }
    };
    (!SHARES.into_iter().any(is_undone)).then(|| Takes {
        avoiding,
        points: SHARES.map(least),
    })
}
