//! The names of everything that a sample's facts are about, so that its file needs no edition beside it.

use serde::{Deserialize, Serialize};

use crate::edition::Snapshot;
use crate::simulate::Layout;
use crate::team::TeamId;

/// The names of everything that a sample's facts are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// The edition's name in print.
    pub edition: String,
    /// The point in time from which seasons were played, in words.
    pub as_of: String,
    /// `[team]`: every spelling, the name in print first.
    pub teams: Vec<Vec<String>>,
    /// `[stage]` of the competition.
    pub stages: Vec<StageNames>,
    /// `[outcome]` of the competition.
    pub outcomes: Vec<String>,
    /// `[group][fixture]` of the layout: when, as files have it, if that is fixed.
    pub dates: Vec<Vec<Option<String>>>,
}

/// The names of a stage and its groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageNames {
    /// In files.
    pub id: String,
    /// In print.
    pub name: String,
    /// `[group]` of the stage: its id, and its name in print.
    pub groups: Vec<(String, String)>,
}

impl Names {
    /// The names of an edition.
    pub fn of(snapshot: &Snapshot, layout: &Layout) -> Self {
        let edition = snapshot.edition();
        let spellings = |team| {
            let team: &crate::team::Team = &edition.teams[team];
            team.spellings().map(str::to_owned).collect()
        };
        let stages = edition.competition.stages.iter().map(|stage| {
            let group = |group: usize| (stage.groups[group].id.clone(), stage.group_name(group));
            StageNames {
                id: stage.id.clone(),
                name: stage.name.clone(),
                groups: (0..stage.groups.len()).map(group).collect(),
            }
        });
        let dates = layout.groups.iter().map(|kept| {
            let date = |address: usize| {
                let mut listed = snapshot.fixtures(kept.stage, kept.group);
                let listed = listed.find(|listed| listed.address == address)?;
                listed.fixture.dates.map(|dates| dates.to_string())
            };
            let fixtures = kept.fixtures.iter();
            fixtures.map(|fixture| date(fixture.address)).collect()
        });
        let outcomes = edition.competition.outcomes.iter();
        Self {
            edition: edition.name.clone(),
            as_of: snapshot.label(),
            teams: edition.teams.ids().map(spellings).collect(),
            stages: stages.collect(),
            outcomes: outcomes.map(|outcome| outcome.name.clone()).collect(),
            dates: dates.collect(),
        }
    }

    /// The name of a team in print.
    pub fn team(&self, team: TeamId) -> &str {
        &self.teams[team.index()][0]
    }

    /// The name of an outcome of the layout.
    pub fn outcome(&self, layout: &Layout, outcome: usize) -> &str {
        &self.outcomes[layout.outcomes[outcome].outcome]
    }

    /// The name in print of a stage of the layout.
    pub fn stage(&self, layout: &Layout, stage: usize) -> &str {
        &self.stages[layout.stages[stage].stage].name
    }

    /// The name in print of a group of the layout.
    pub fn group(&self, layout: &Layout, group: usize) -> &str {
        let kept = &layout.groups[group];
        &self.stages[kept.stage].groups[kept.group].1
    }

    /// Whether there is a name for everything in a layout.
    pub(super) fn fit(&self, layout: &Layout) -> bool {
        let groups = || layout.groups.iter();
        let named = |(stage, group): (usize, usize)| {
            let stage = self.stages.get(stage);
            stage.is_some_and(|stage| group < stage.groups.len())
        };
        let dated = self.dates.iter().map(Vec::len);
        self.teams.len() == layout.teams
            && self.teams.iter().all(|spellings| !spellings.is_empty())
            && groups().all(|group| named((group.stage, group.group)))
            && layout
                .stages
                .iter()
                .all(|stage| stage.stage < self.stages.len())
            && layout
                .outcomes
                .iter()
                .all(|outcome| outcome.outcome < self.outcomes.len())
            && dated.eq(groups().map(|group| group.fixtures.len()))
    }
}
