//! An edition as it was known at one point in time: nothing later is visible in it.

mod entrants;
mod scores;
mod tables;
mod withdrawn;

use std::sync::OnceLock;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::as_of::{Cutoff, Sight};
use super::{Edition, Listed, When};
use crate::competition::{Place, Schedule, Stage};
use crate::error::Error;
use crate::fixture::{FULL_TIME, Fixture, Kind, OnPitch, Score, Status};
use crate::standings::{Standings, Table};
use crate::team::TeamId;

/// An edition cut at a point in time.
///
/// Later scores, later draws, and the fixtures of groups whose teams are not known yet are gone from
/// it, so what reads a snapshot cannot see past its date.
#[derive(Clone, Debug)]
pub struct Snapshot {
    edition: Edition,
    when: When,
    day: Date,
    members: Vec<Vec<Option<Vec<TeamId>>>>,
    /// `[stage]`: whether its draw lies ahead.
    undrawn: Vec<bool>,
    /// `[stage][group]`: its table, once somebody asked for it. A table may rest on those of all stages
    /// before, so without this one question would ask them all again and again.
    counted: Vec<Vec<OnceLock<Option<Counted>>>>,
}

/// What has been counted in a group, and its order.
#[derive(Clone, Debug)]
struct Counted {
    table: Table,
    standings: Standings,
}

impl Edition {
    /// The edition as it was known at a point in time.
    ///
    /// # Errors
    /// A point in time before the edition or beyond its matchdays; scores that contradict the rules
    /// or the places that lead to their fixtures, as far as they are visible.
    pub fn as_of(&self, when: When) -> Result<Snapshot, Error> {
        let cutoff = Cutoff::of(self, when)?;
        let mut edition = self.clone();
        edition
            .values
            .retain(|value| value.known.is_none_or(|known| known <= cutoff.day));
        edition
            .withdrawn
            .retain(|withdrawn| withdrawn.date <= cutoff.day);
        for Listed { fixture, .. } in &mut edition.fixtures {
            let sight = cutoff.sight(fixture);
            if sight != Sight::Official {
                // What is written of a match after its score is as late as the score.
                let on_pitch = fixture.score.and_then(|score| score.on_pitch);
                fixture.score = on_pitch
                    .filter(|_| sight == Sight::OnPitch)
                    .map(provisional);
                fixture.decided = None;
                fixture.note.clear();
            }
        }
        let mut snapshot = Snapshot {
            edition,
            when,
            day: cutoff.day,
            members: Vec::new(),
            undrawn: Vec::new(),
            counted: Vec::new(),
        };
        snapshot.forget_counted();
        let stages = 0..snapshot.edition.competition.stages.len();
        snapshot.undrawn = stages.map(|stage| snapshot.lies_ahead(stage)).collect();
        for stage in 0..snapshot.edition.competition.stages.len() {
            snapshot.reveal(stage)?;
            snapshot.withdraw(stage);
            for group in 0..snapshot.members[stage].len() {
                snapshot.check(stage, group)?;
            }
        }
        snapshot.forget_unknown();
        snapshot.forget_counted();
        Ok(snapshot)
    }
}

/// What the table shows of a match until its official score is known.
fn provisional(played: OnPitch) -> Score {
    match played.minutes == FULL_TIME {
        true => Score::played(played.goals.home, played.goals.away),
        false => Score {
            on_pitch: Some(played),
            ..Score::by(Status::Abandoned, played.goals)
        },
    }
}

impl Snapshot {
    /// What was known of the edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The point in time.
    pub fn when(&self) -> When {
        self.when
    }

    /// The last day of which everything is known; [`Date::MAX`] after everything.
    pub fn day(&self) -> Date {
        self.day
    }

    /// The point in time in words: `after matchday 4 (2023-12-20)`.
    pub fn label(&self) -> String {
        match self.when {
            When::Entries => "before the first draw and match".into(),
            When::Start => "before matchday 1".into(),
            When::Matchday(_) => format!("after {} ({})", self.when, self.day),
            When::Date(_) => format!("after {}", self.when),
            When::Now => "after the last result".into(),
        }
    }

    /// The teams of a group in order of group position; `None` while they are not all known.
    pub fn members(&self, stage: usize, group: usize) -> Option<&[TeamId]> {
        self.members[stage][group].as_deref()
    }

    /// The fixtures of a group, in file order.
    pub fn fixtures(&self, stage: usize, group: usize) -> impl Iterator<Item = &Listed> {
        let here =
            move |listed: &&Listed| listed.fixture.stage == stage && listed.fixture.group == group;
        self.edition.fixtures.iter().filter(here)
    }

    /// The matches that tell of strength, with what was played of them, in minutes up to 90.
    pub fn played(&self) -> impl Iterator<Item = (&Fixture, OnPitch)> {
        self.edition
            .fixtures
            .iter()
            .filter_map(|Listed { fixture, .. }| {
                let played = fixture.score?.on_pitch()?;
                (played.minutes > 0).then_some((fixture, played))
            })
    }

    /// What has been counted in a group; `None` while its teams are not all known.
    pub fn table(&self, stage: usize, group: usize) -> Option<Table> {
        self.counted(stage, group)
            .map(|counted| counted.table.clone())
    }

    /// The ordered table of a group; `None` while its teams are not all known.
    pub fn standings(&self, stage: usize, group: usize) -> Option<Standings> {
        self.counted(stage, group)
            .map(|counted| counted.standings.clone())
    }

    /// Whether every fixture of a group has a score that counts. A group that plays nothing is complete
    /// once its teams are known.
    pub fn is_complete(&self, stage: usize, group: usize) -> bool {
        let declared = &self.edition.competition.stages[stage];
        if declared.schedule == Schedule::Nothing {
            return self.members(stage, group).is_some();
        }
        let expected = declared.matches(group);
        let regular = || {
            let fixtures = self.fixtures(stage, group).map(|listed| &listed.fixture);
            fixtures.filter(|fixture| fixture.kind == Kind::Regular)
        };
        let over = |fixture: &Fixture| {
            let status = fixture.score.map(|score| score.status);
            status.is_some_and(|status| status != Status::Abandoned)
        };
        expected > 0 && regular().count() >= expected && regular().all(over)
    }

    /// The team in a place, once its group is complete and the rules have decided it.
    pub fn finisher(&self, place: Place) -> Option<TeamId> {
        let Place { stage, group, rank } = place;
        let standings = self
            .standings(stage, group)
            .filter(|_| self.is_complete(stage, group))?;
        let team = standings.decided(rank)?;
        Some(self.members(stage, group)?[usize::from(team)])
    }

    /// SHA-256 of everything visible, in hexadecimal: what an output depends on besides options.
    pub fn content_hash(&self) -> String {
        let visible = serde_json::to_vec(&self.edition).expect("an edition is plain data");
        Sha256::digest(visible)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// Whether the draw of a stage lies ahead.
    pub fn is_undrawn(&self, stage: usize) -> bool {
        self.undrawn[stage]
    }

    /// Counts anew whatever is asked for from now on.
    fn forget_counted(&mut self) {
        let stages = self.edition.competition.stages.iter();
        let none = |stage: &Stage| stage.groups.iter().map(|_| OnceLock::new()).collect();
        self.counted = stages.map(none).collect();
    }
}
