//! Who can be evaluated, by name.

use super::{BaseRates, Elo, Forecaster, Given, Market, PoissonFits, Uniform, Walking};
use crate::error::{Error, Nearest};
use crate::fit::walk::WalkSettings;
use crate::model::{Law, Margin};

/// A forecaster that is started afresh for every part of a history.
pub struct Contender {
    name: String,
    start: Box<dyn Fn() -> Box<dyn Forecaster> + Send + Sync>,
}

/// Every contender: its name, what it is in a few words, and how it starts.
const CONTENDERS: [(&str, &str, fn() -> Box<dyn Forecaster>); 11] = [
    ("uniform", "a third each", || Box::new(Uniform)),
    ("base-rates", "how often each outcome was seen", || {
        Box::new(BaseRates)
    }),
    ("elo", "Elo ratings and an ordered logit", || {
        Box::<Elo>::default()
    }),
    (
        "poisson",
        "Poisson goals with the hierarchical prior",
        || Box::<PoissonFits>::default(),
    ),
    ("walk", "strengths that walk, learnt from goals", || {
        walking("walk", WalkSettings::of_goals())
    }),
    (
        "walk-shots",
        "the same, from goals and shots on target",
        || walking("walk-shots", WalkSettings::of_shots()),
    ),
    (
        "walk-odds",
        "the same, from those and odds of past matches",
        || walking("walk-odds", WalkSettings::of_odds()),
    ),
    (
        "market",
        "odds of the match, margin removed by power",
        || {
            Box::new(Market {
                margin: Margin::Power,
            })
        },
    ),
    ("market-shin", "the same, by Shin's method", || {
        Box::new(Market {
            margin: Margin::Shin,
        })
    }),
    ("market-proportional", "the same, in proportion", || {
        Box::new(Market {
            margin: Margin::Proportional,
        })
    }),
    ("given", "probabilities of the match in the file", || {
        Box::new(Given)
    }),
];

fn walking(name: &str, settings: WalkSettings) -> Box<dyn Forecaster> {
    Box::new(Walking::new(
        name,
        Law::default(),
        settings,
        Margin::default(),
    ))
}

impl Contender {
    /// Who starts by a function.
    pub fn new(start: impl Fn() -> Box<dyn Forecaster> + Send + Sync + 'static) -> Self {
        Self {
            name: start().name(),
            start: Box::new(start),
        }
    }

    /// One of [`names`](Self::names).
    ///
    /// # Errors
    /// [`Error::UnknownModel`] with the nearest.
    pub fn named(name: &str) -> Result<Self, Error> {
        let found = CONTENDERS.iter().find(|(known, ..)| *known == name);
        match found {
            Some((_, _, start)) => Ok(Self::new(start)),
            None => Err(Error::UnknownModel {
                name: name.into(),
                nearest: Nearest::of(name, CONTENDERS.map(|(known, ..)| (known, known))),
                known: CONTENDERS.map(|(known, ..)| known).join(", "),
            }),
        }
    }

    /// Every name, with what it is in a few words.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        CONTENDERS.iter().map(|(name, about, _)| (*name, *about))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A forecaster that has learnt nothing.
    pub fn start(&self) -> Box<dyn Forecaster> {
        (self.start)()
    }
}
