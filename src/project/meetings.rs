//! Whom a team meets in rounds of ties, given that it gets there.

use std::io::{Read, Seek};

use super::conditional::Conditional;
use super::kept::{KeptSample, Names};
use crate::error::Error;
use crate::simulate::{Event, Layout, Sample};
use crate::team::TeamId;

/// A round of ties whose teams are not all known, and whom a team meets there.
#[derive(Clone, Debug, PartialEq)]
pub struct Meetings {
    /// Position of the stage in the layout.
    pub stage: usize,
    /// Getting there.
    pub entering: Conditional,
    /// Everybody whom it met in some season, the likeliest first, each given that it gets there.
    pub opponents: Vec<(TeamId, Conditional)>,
}

impl Meetings {
    /// Reads of kept seasons whom a team meets, round by round.
    ///
    /// # Errors
    /// [`Error::NotTold`] where no such round is to come; [`Error::SampleAltered`] and [`Error::Read`] as
    /// [`KeptSample::sample`] has them.
    pub fn of<R: Read + Seek>(kept: &mut KeptSample<R>, team: TeamId) -> Result<Vec<Self>, Error> {
        let layout = kept.layout();
        let rounds: Vec<usize> = rounds(layout).collect();
        if rounds.is_empty() {
            return Err(no_rounds(kept.names(), layout));
        }
        let events = rounds.into_iter().flat_map(|stage| {
            let meetings = others(layout, team).map(move |other| layout.meets(stage, team, other));
            meetings.chain([layout.enters(stage, team)])
        });
        let events: Vec<Event> = events.collect();
        Ok(Self::in_sample(&kept.sample(&events)?, team))
    }

    /// The same of a sample that has every plane.
    pub fn in_sample(sample: &Sample, team: TeamId) -> Vec<Self> {
        let layout = sample.layout();
        let round = |stage| {
            let meetings = others(layout, team).map(|other| layout.meets(stage, team, other));
            let meetings: Vec<Event> = meetings.collect();
            let entering = layout.enters(stage, team);
            let crossed = sample.cross(std::slice::from_ref(&entering), &meetings);
            let opponents = others(layout, team).enumerate().map(|(index, other)| {
                (other, Conditional::crossed(&crossed, Some(0), Some(index)))
            });
            let mut opponents: Vec<(TeamId, Conditional)> =
                opponents.filter(|(_, met)| met.seasons > 0).collect();
            opponents.sort_by_key(|(other, met)| (std::cmp::Reverse(met.seasons), other.index()));
            Self {
                stage,
                entering: Conditional::of((sample.batches(), sample.count(&entering))),
                opponents,
            }
        };
        rounds(layout).map(round).collect()
    }
}

/// Rounds of ties whose teams differ from season to season.
fn rounds(layout: &Layout) -> impl Iterator<Item = usize> + '_ {
    let stages = layout.stages.iter().enumerate();
    let rounds = stages.filter(|(_, stage)| stage.floats() && stage.largest() == 2);
    rounds.map(|(index, _)| index)
}

/// Why there is nobody to be met.
fn no_rounds(names: &Names, layout: &Layout) -> Error {
    let is_played = |outcome| layout.outcomes.iter().any(|kept| kept.outcome == outcome);
    let unplayed = (0..names.outcomes.len()).find(|outcome| !is_played(*outcome));
    let problem = match unplayed {
        Some(outcome) => format!(
            "these seasons end before any round of ties whose teams are open, and before `{}`; keep seasons of all \
             stages, without --through",
            names.outcomes[outcome]
        ),
        None => "no round of ties is to come whose teams are open; keep seasons from an earlier point in time, if they \
                 were open then"
            .into(),
    };
    Error::NotTold { problem }
}

fn others(layout: &Layout, team: TeamId) -> impl Iterator<Item = TeamId> + use<> {
    let teams = (0..layout.teams).map(|other| TeamId(other as u16));
    teams.filter(move |other| *other != team)
}
