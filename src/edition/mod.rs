//! One competition in one season: loaded, checked, and cut at a point in time.

mod as_of;
mod bounds;
mod carry;
mod check;
mod entries;
mod given;
pub mod import;
mod load;
mod matches;
mod names;
mod outcomes;
mod past;
mod places;
mod pots;
mod ranking;
mod raw;
mod rules;
mod schedule;
mod seating;
mod seats;
mod sheet;
mod snapshot;
mod source;
mod structure;
mod teams;
pub mod template;

use jiff::civil::Date;
use serde::Serialize;

pub use as_of::When;
pub use entries::EntryRound;
pub use given::read_forecasts;
pub use pots::{DrawPot, Drawn, Reason};
pub use ranking::ClubRanking;
pub use snapshot::Snapshot;
pub use source::{embedded_editions, embedded_rulebooks, open_rulebook};

pub(crate) use load::addresses;

use crate::competition::{Competition, Withdrawal};
use crate::error::{Error, Nearest};
use crate::fixture::Fixture;
use crate::standings::External;
use crate::team::{Team, TeamId, Teams};

/// One competition in one season, with everything its files say.
///
/// Loading checks all that does not depend on scores; what does is checked by
/// [`Edition::as_of`], which sees no further than its date.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edition {
    /// The name of its folder.
    pub id: String,
    /// Its name in print.
    pub name: String,
    /// Who takes part.
    pub teams: Teams,
    /// What is played, and by which rules.
    pub competition: Competition,
    /// What the prior of team strengths may depend on.
    pub covariate: Option<Covariate>,
    /// Teams that left in the middle of a stage.
    pub withdrawn: Vec<Withdrawn>,
    /// Every fixture, in file order.
    pub fixtures: Vec<Listed>,
    /// What scores cannot tell.
    pub values: Vec<KnownValue>,
    /// What clubs did before; `None` where the edition says nothing of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranking: Option<ClubRanking>,
    /// How the file that declares it is named in errors.
    #[serde(skip)]
    pub(crate) declared: String,
    /// How the file of fixtures is named in errors.
    #[serde(skip)]
    file: String,
}

/// A fixture and where it stands in its file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    /// The fixture.
    pub fixture: Fixture,
    /// The address of its random numbers: its group's first, and its position in the group.
    pub address: usize,
    /// The line of the file, for errors.
    #[serde(skip)]
    pub line: usize,
}

/// A number known of every team before the first match, on which strength may depend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Covariate {
    /// Which number.
    pub column: CovariateColumn,
    /// Whether a higher number means a stronger team.
    pub higher_is_better: bool,
    /// What a team without the number counts as.
    pub missing: Missing,
}

/// The columns that can serve as a covariate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CovariateColumn {
    /// Rank of the team's association.
    AssociationRank,
    /// Club coefficient.
    Coefficient,
    /// Place in a ranking.
    Ranking,
    /// Seeding pot.
    Pot,
}

impl CovariateColumn {
    /// The column of the file of teams.
    pub fn name(self) -> &'static str {
        match self {
            Self::AssociationRank => "association_rank",
            Self::Coefficient => "coefficient",
            Self::Ranking => "ranking",
            Self::Pot => "pot",
        }
    }

    /// What a team has in it.
    fn value(self, team: &Team) -> Option<f64> {
        match self {
            Self::AssociationRank => team.association_rank.map(f64::from),
            Self::Coefficient => team.coefficient.map(|value| value as f64 / 1000.0),
            Self::Ranking => team.ranking.map(f64::from),
            Self::Pot => team.pot.map(f64::from),
        }
    }
}

/// What a team without the covariate counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// As the worst value that any team has.
    Worst,
    /// As the average team.
    Average,
}

/// A team that left in the middle of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    /// The team.
    pub team: TeamId,
    /// Position of the stage.
    pub stage: usize,
    /// The day it was known.
    pub date: Date,
    /// What happens to its matches.
    pub policy: Withdrawal,
}

/// What a known value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// What a rule may need.
    External(External),
    /// Points taken away in a stage; of several the last one known counts.
    Deduction {
        /// Position of the stage.
        stage: usize,
    },
}

/// What scores cannot tell of a team, and from which day on it was known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct KnownValue {
    /// What it is.
    pub what: Known,
    /// Of which team.
    pub team: TeamId,
    /// The first day on which it may be used; `None` if known before the first match.
    pub known: Option<Date>,
    /// The value as its source prints it; coefficients in thousandths.
    pub value: i64,
}

impl Edition {
    /// The position of a stage, by its id or by its name, whose letter case does not matter.
    ///
    /// # Errors
    /// [`Error::UnknownStage`] if none is called so.
    pub fn stage(&self, name: &str) -> Result<usize, Error> {
        let stages = &self.competition.stages;
        let wanted = name.trim().to_lowercase();
        let by_id = stages.iter().position(|stage| stage.id == name);
        let by_name = || {
            let mut stages = stages.iter();
            stages.position(|stage| stage.name.to_lowercase() == wanted)
        };
        by_id.or_else(by_name).ok_or_else(|| {
            let ids: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
            let spellings = stages.iter().flat_map(|stage| {
                [&stage.id, &stage.name].map(|spelling| (spelling.as_str(), stage.id.as_str()))
            });
            Error::UnknownStage {
                edition: self.id.clone(),
                id: name.to_owned(),
                nearest: Nearest::of(name, spellings),
                known: ids.join(", "),
            }
        })
    }

    /// `[team]`: the covariate on the log scale, standardised over all teams to mean 0 and standard
    /// deviation 1, more being better. All zero where the edition has none.
    pub fn covariate_values(&self) -> Vec<f64> {
        let Some(covariate) = self.covariate else {
            return vec![0.0; self.teams.len()];
        };
        let sign = if covariate.higher_is_better {
            1.0
        } else {
            -1.0
        };
        let value = |team: TeamId| {
            let number = covariate.column.value(&self.teams[team]);
            number.map(|number| sign * libm::log(number))
        };
        let known: Vec<f64> = self.teams.ids().filter_map(value).collect();
        if known.is_empty() {
            return vec![0.0; self.teams.len()];
        }
        let missing = match covariate.missing {
            Missing::Worst => known.iter().copied().fold(f64::INFINITY, f64::min),
            Missing::Average => known.iter().sum::<f64>() / known.len() as f64,
        };
        standardise(
            self.teams
                .ids()
                .map(|team| value(team).unwrap_or(missing))
                .collect(),
        )
    }
}

fn standardise(mut values: Vec<f64>) -> Vec<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum::<f64>()
        / count;
    let scale = if variance > 0.0 { variance.sqrt() } else { 1.0 };
    for value in &mut values {
        *value = (*value - mean) / scale;
    }
    values
}
