//! Who can be evaluated, by name.

use super::{BaseRates, Elo, Fitted, Forecaster, Given, Market, Uniform, Walking};
use crate::error::{Error, Nearest};
use crate::fit::walk::{WalkSettings, Walks};
use crate::fit::{Method, Settings};
use crate::model::{Law, Margin};

/// A forecaster that is started afresh for every part of a history.
pub struct Contender {
    name: String,
    method: Option<Method>,
    start: Box<dyn Fn() -> Box<dyn Forecaster> + Send + Sync>,
}

type Start = fn() -> Box<dyn Forecaster>;

/// Those that are not fitted goals: name, what it is in a few words, and how it starts.
const OTHERS: [(&str, &str, Start); 7] = [
    ("uniform", "a third each", || Box::new(Uniform)),
    ("base-rates", "how often each outcome was seen", || {
        Box::new(BaseRates)
    }),
    ("elo", "Elo ratings and an ordered logit", || {
        Box::<Elo>::default()
    }),
    (
        "market",
        "odds of the match, margin removed by power",
        || {
            Box::new(Market {
                margin: Margin::Power,
            })
        },
    ),
    ("market-shin", "the same by Shin's method", || {
        Box::new(Market {
            margin: Margin::Shin,
        })
    }),
    ("market-proportional", "the same in proportion", || {
        Box::new(Market {
            margin: Margin::Proportional,
        })
    }),
    ("given", "probabilities of the match in the file", || {
        Box::new(Given)
    }),
];

/// Strengths that walk: name, what they are learnt from, and how they walk.
const WALKS: [(&str, &str, fn() -> WalkSettings); 3] = [
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

/// Days after which a match counts half, unless the name says otherwise.
const HALF_LIFE: f64 = 365.0;

/// The half-life of what is most often compared with: a weight of exp(−0.0018 × days) [Dixon & Coles
/// 1997, as fitted since].
const PLAIN_HALF_LIFE: f64 = std::f64::consts::LN_2 / 0.0018;
/// Before the name of a law: by the likelihood alone, strengths not held by a prior.
const PLAIN: &str = "plain-";

impl Contender {
    /// Who starts by a function.
    pub fn new(start: impl Fn() -> Box<dyn Forecaster> + Send + Sync + 'static) -> Self {
        Self {
            name: start().name(),
            method: None,
            start: Box::new(start),
        }
    }

    /// A law of goals, refitted before every date.
    pub fn fitted(name: &str, settings: Settings) -> Self {
        let name = name.to_owned();
        Self {
            method: Some(Method::Still(settings)),
            ..Self::new(move || Box::new(Fitted::new(&name, settings)))
        }
    }

    /// Strengths that walk.
    pub fn walking(name: &str, walks: Walks) -> Self {
        let name = name.to_owned();
        Self {
            method: Some(Method::Walking(walks.clone())),
            ..Self::new(move || Box::new(Walking::new(&name, walks.clone())))
        }
    }

    /// One of [`names`](Self::names); that of a law may be followed by a half-life in days, as in
    /// `poisson/270`, and that of a walk by a law, as in `walk/poisson`.
    ///
    /// # Errors
    /// [`Error::UnknownModel`] with the nearest, [`Error::HalfLife`].
    pub fn named(name: &str) -> Result<Self, Error> {
        if let Some((_, _, start)) = OTHERS.iter().find(|(known, ..)| *known == name) {
            return Ok(Self::new(start));
        }
        let (known, days) = match name.split_once('/') {
            Some((known, more)) => (known, Some(more)),
            None => (name, None),
        };
        let law_named = |name: &str| Law::ALL.into_iter().find(|law| key(*law) == name);
        if let Some((_, _, settings)) = WALKS.iter().find(|(walk, ..)| *walk == known)
            && let Some(law) = law_named(days.unwrap_or(&key(Law::default())))
        {
            let walks = Walks::new(law, settings());
            return Ok(Self::walking(name, walks));
        }
        let plain = known.strip_prefix(PLAIN);
        let law = law_named(plain.unwrap_or(known));
        let half_life = match (days.map(str::parse), plain) {
            (None, None) => Some(HALF_LIFE),
            (None, Some(_)) => Some(PLAIN_HALF_LIFE),
            (Some(days), _) => days.ok(),
        };
        let (Some(law), Some(half_life)) = (law, half_life) else {
            let names = Self::names();
            return Err(Error::UnknownModel {
                name: name.into(),
                nearest: Nearest::of(known, names.iter().map(|(known, _)| (&**known, &**known))),
                known: names
                    .iter()
                    .map(|(known, _)| &**known)
                    .collect::<Vec<_>>()
                    .join(", "),
            });
        };
        if !(half_life > 0.0 && half_life < f64::INFINITY) {
            return Err(Error::HalfLife { days: half_life });
        }
        let usual = Settings::default();
        let settings = Settings {
            law,
            prior: usual.prior.filter(|_| plain.is_none()),
            half_life: Some(half_life),
            ..usual
        };
        Ok(Self::fitted(name, settings))
    }

    /// Every law of goals with its prior, with each of some half-lives in days.
    pub fn laws(half_lives: &[f64]) -> Vec<Self> {
        let of_law = |law| {
            half_lives
                .iter()
                .map(move |days| format!("{}/{days}", key(law)))
        };
        let names = Law::ALL.into_iter().flat_map(of_law);
        names
            .map(|name| Self::named(&name).expect("a law with a half-life has a name"))
            .collect()
    }

    /// Every name, with what it is in a few words.
    pub fn names() -> Vec<(String, String)> {
        let others = OTHERS.map(|(name, about, _)| (name.into(), about.into()));
        let laws = Law::ALL.into_iter().flat_map(|law| {
            let (key, goals) = (key(law), law.name());
            let plain = format!("{PLAIN}{key}");
            [
                (key, format!("{goals} goals, strengths held by their prior")),
                (plain, format!("{goals} goals by the likelihood alone")),
            ]
        });
        let walks = WALKS.map(|(name, about, _)| (name.into(), about.into()));
        others.into_iter().chain(laws).chain(walks).collect()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it learns strengths; `None` of those that know none.
    pub fn method(&self) -> Option<&Method> {
        self.method.as_ref()
    }

    /// A forecaster that has learnt nothing.
    pub fn start(&self) -> Box<dyn Forecaster> {
        (self.start)()
    }
}

/// The name of a law on the command line.
fn key(law: Law) -> String {
    law.name().to_lowercase().replace([' ', '–'], "-")
}
