//! How strengths are learnt from the past, by the name that commands know.

use serde::{Deserialize, Serialize};

use super::walk::{Source, WalkSettings, Walks};
use super::{Prior, Settings};
use crate::error::{Error, Nearest};
use crate::history::{History, PastMatch};
use crate::model::{Elo, Law};
use crate::team::TeamId;

/// How strengths are learnt from the past.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "strengths", rename_all = "kebab-case")]
pub enum Method {
    /// They stand still: one fit to everything, in which older matches may count less.
    Still(Settings),
    /// They walk from day to day.
    Walking(Walks),
}

impl Default for Method {
    fn default() -> Self {
        Self::Still(Settings::default())
    }
}

type SettingsOfWalk = fn() -> WalkSettings;

/// Strengths that walk: name, what they are learnt from, and how they walk.
const WALKS: [(&str, &str, SettingsOfWalk); 3] = [
    (
        "walk",
        "strengths that walk, learnt from goals",
        WalkSettings::of_goals,
    ),
    (
        "walk-shots",
        "the same from goals and shots on target",
        WalkSettings::of_shots,
    ),
    (
        "walk-odds",
        "the same from those and odds of matches past",
        WalkSettings::of_odds,
    ),
];

impl Walks {
    /// The walks that a history has the columns for, with their names: most of its matches have the last
    /// source of each. The last of them knows most.
    pub fn all_for(history: &History) -> Vec<(&'static str, Self)> {
        let played = history.matches.iter();
        let played: Vec<&PastMatch> = played.filter(|played| played.goals.is_some()).collect();
        let walks = WALKS.map(|(name, _, settings)| (name, settings()));
        let has_columns = |(_, settings): &(&str, WalkSettings)| {
            let told =
                |source: &Source| played.iter().filter(|played| source.is_of(played)).count();
            let last = settings.sources.last();
            last.is_some_and(|source| *source == Source::Goals || 2 * told(source) > played.len())
        };
        let walks = walks.into_iter().filter(has_columns);
        walks
            .map(|(name, settings)| (name, Self::new(Law::DixonColes, settings)))
            .collect()
    }
}

/// Where teams play in so many competitions on average, as national teams do, none of these is a league
/// of its own with seasons and newcomers.
const MANY_COMPETITIONS: usize = 4;

const ELO: &str = "elo";

/// The half-life of what is most often compared with: a weight of exp(−0.0018 × days) [Dixon & Coles
/// 1997, as fitted since].
const PLAIN_HALF_LIFE: f64 = std::f64::consts::LN_2 / 0.0018;

/// Before the name of a law: by the likelihood alone, strengths not held by a prior.
const PLAIN: &str = "plain-";

impl Method {
    /// One of [`names`](Self::names). After a slash, that of a law may have a half-life in days, as in
    /// `poisson/270`, and that of a walk a law, as in `walk/poisson`.
    ///
    /// # Errors
    /// [`Error::UnknownModel`] with the nearest, [`Error::HalfLife`].
    pub fn named(name: &str) -> Result<Self, Error> {
        let (known, more) = match name.split_once('/') {
            Some((known, more)) => (known, Some(more)),
            None => (name, None),
        };
        let law_named = |name: &str| Law::ALL.into_iter().find(|law| law.key() == name);
        if let Some((_, _, settings)) = WALKS.iter().find(|(walk, ..)| *walk == known)
            && let Some(law) = more.map_or(Some(Law::DixonColes), law_named)
        {
            return Ok(Self::Walking(Walks::new(law, settings())));
        }
        let plain = known.strip_prefix(PLAIN);
        let law = match known {
            ELO => Some(Law::Poisson),
            _ => law_named(plain.unwrap_or(known)),
        };
        let half_life = match (more.map(str::parse), plain) {
            (None, None) => Some(None),
            (None, Some(_)) => Some(Some(PLAIN_HALF_LIFE)),
            (Some(days), _) => days.ok().map(Some),
        };
        let (Some(law), Some(half_life)) = (law, half_life) else {
            let names = Self::names();
            let keys = || names.iter().map(|(known, _)| known.as_str());
            return Err(Error::UnknownModel {
                name: name.into(),
                nearest: Nearest::of(known, keys().map(|known| (known, known))),
                known: keys().collect::<Vec<_>>().join(", "),
            });
        };
        let method = Self::Still(Settings {
            law,
            prior: plain.is_none().then(Prior::default),
            half_life,
            elo: (known == ELO).then(Elo::default),
            ..Settings::default()
        });
        method.check()?;
        Ok(method)
    }

    /// Every name, with what it is in a few words.
    pub fn names() -> Vec<(String, String)> {
        let laws = Law::ALL.into_iter().flat_map(|law| {
            let (key, goals) = (law.key().to_owned(), law.name());
            let plain = format!("{PLAIN}{key}");
            [
                (key, format!("{goals} goals, strengths held by their prior")),
                (plain, format!("{goals} goals by the likelihood alone")),
            ]
        });
        let elo = (ELO.into(), "Poisson goals by Elo ratings".into());
        let walks = WALKS.map(|(name, about, _)| (name.into(), about.into()));
        laws.chain([elo]).chain(walks).collect()
    }

    /// What does best on such a history (`docs/models.md`): the walk that knows most of it, or one fit of
    /// Dixon–Coles goals to everything where teams play in many competitions.
    pub fn for_history(history: &History) -> Self {
        let mut walks = Walks::all_for(history);
        let mut entered: Vec<(TeamId, u16)> = history
            .matches
            .iter()
            .flat_map(|played| [(played.home, played.league), (played.away, played.league)])
            .collect();
        entered.sort_unstable();
        entered.dedup();
        match walks.pop() {
            Some((_, walks)) if entered.len() < MANY_COMPETITIONS * history.teams.len() => {
                Self::Walking(walks)
            }
            _ => Self::Still(Settings {
                law: Law::DixonColes,
                half_life: Some(Settings::HALF_LIFE),
                ..Settings::default()
            }),
        }
    }

    /// The law of goals.
    pub fn law(&self) -> Law {
        match self {
            Self::Still(settings) => settings.law,
            Self::Walking(walks) => walks.law,
        }
    }

    /// How one fit to everything is made; `None` where strengths walk.
    pub fn still(&self) -> Option<&Settings> {
        match self {
            Self::Still(settings) => Some(settings),
            Self::Walking(_) => None,
        }
    }

    /// Checks that every number can be.
    ///
    /// # Errors
    /// [`Error::HalfLife`], [`Error::FitSetting`].
    pub fn check(&self) -> Result<(), Error> {
        match self {
            Self::Still(settings) => settings.check(),
            Self::Walking(walks) => walks.settings.check(),
        }
    }
}
