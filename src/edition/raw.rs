//! What `edition.toml` may say, as it stands.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::competition::Withdrawal;
use crate::error::Location;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEdition {
    pub(super) name: Spanned<String>,
    pub(super) rulebook: Spanned<String>,
    #[serde(default)]
    pub(super) hosts: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) outcomes: Vec<RawOutcome>,
    pub(super) strengths: Option<RawStrengths>,
    pub(super) ranking: Option<Spanned<RawRanking>>,
    #[serde(rename = "withdrawal", default)]
    pub(super) withdrawals: Vec<RawWithdrawal>,
    #[serde(rename = "stage")]
    pub(super) stages: Vec<RawStage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOutcome {
    pub(super) name: Spanned<String>,
    pub(super) places: Spanned<OneOrMany>,
}

/// A text or a list of texts.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text, or a list of texts")]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub(super) fn texts(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStrengths {
    pub(super) covariate: CovariateWord,
    pub(super) better: Better,
    #[serde(default)]
    pub(super) missing: MissingWord,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CovariateWord {
    AssociationRank,
    Coefficient,
    Ranking,
    Pot,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Better {
    Higher,
    Lower,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum MissingWord {
    Worst,
    #[default]
    Average,
}

/// A ranking over several seasons, or why there is none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRanking {
    pub(super) unknown: Option<String>,
    pub(super) name: Option<String>,
    pub(super) cite: Option<String>,
    #[serde(default)]
    pub(super) window: Vec<RawSeason>,
    #[serde(default)]
    pub(super) points: BTreeMap<String, BTreeMap<String, Spanned<Number>>>,
    pub(super) entries: Option<Spanned<RawEntries>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSeason {
    pub(super) season: Spanned<String>,
    pub(super) weight: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEntries {
    pub(super) best: usize,
    pub(super) teams: usize,
    pub(super) others: usize,
}

/// A number as written.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged, expecting = "expected a number")]
pub(super) enum Number {
    Whole(i64),
    Decimal(f64),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWithdrawal {
    pub(super) team: Spanned<String>,
    pub(super) stage: Spanned<String>,
    pub(super) date: Spanned<toml::value::Datetime>,
    pub(super) policy: Option<Withdrawal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStage {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) order: Option<Spanned<String>>,
    pub(super) legs: Option<Spanned<u32>>,
    pub(super) matches: Option<Spanned<u32>>,
    pub(super) schedule: Option<Spanned<Vec<String>>>,
    pub(super) venue: Option<Spanned<String>>,
    pub(super) second_leg: Option<Spanned<String>>,
    pub(super) carry: Option<RawCarry>,
    pub(super) drawn: Option<Spanned<toml::value::Datetime>>,
    pub(super) draw: Option<Spanned<RawDraw>>,
    pub(super) allocation: Option<RawAllocation>,
    pub(super) groups: Vec<RawGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    pub(super) id: Spanned<String>,
    #[serde(default)]
    pub(super) entrants: Vec<Spanned<String>>,
    pub(super) unknown: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCarry {
    pub(super) from: Spanned<String>,
    pub(super) matches: Option<Spanned<String>>,
    pub(super) points: Option<Spanned<String>>,
    pub(super) goals: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAllocation {
    pub(super) table: Spanned<String>,
    pub(super) of: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDraw {
    pub(super) kind: Option<Spanned<String>>,
    pub(super) held: Option<Spanned<String>>,
    pub(super) pots: Option<Vec<Spanned<OneOrMany>>>,
    pub(super) per_group: Option<Spanned<Vec<usize>>>,
    pub(super) seeding: Option<Spanned<Vec<RawSeeding>>>,
    #[serde(default)]
    pub(super) bounds: Vec<RawBound>,
    pub(super) most_of_association: Option<Spanned<u8>>,
    #[serde(default)]
    pub(super) fixed: Vec<RawSeat>,
    pub(super) cite: String,
    pub(super) unverified: Option<String>,
}

/// A line of what pots follow from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSeeding {
    pub(super) by: Spanned<String>,
    pub(super) cite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBound {
    pub(super) of: Spanned<OneOrMany>,
    pub(super) is: Option<String>,
    pub(super) parts: Option<Spanned<Vec<Vec<Spanned<String>>>>>,
    pub(super) only: Option<Spanned<Vec<Spanned<String>>>>,
    pub(super) least: Option<u8>,
    pub(super) most: Option<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSeat {
    pub(super) team: Spanned<String>,
    pub(super) group: Spanned<String>,
}

/// A file of the edition, for the lines that errors name.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
}

impl File<'_> {
    pub(super) fn at<T>(&self, spanned: &Spanned<T>) -> Location {
        Location::of_byte(self.name, self.text, spanned.span().start)
    }
}
