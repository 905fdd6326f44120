//! Who can be evaluated, by name.

use super::{BaseRates, Elo, Fitted, Forecaster, Given, Market, TestSet, Uniform, Walking};
use crate::error::{Error, Nearest};
use crate::fit::walk::Walks;
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
    ("elo-outcomes", "Elo ratings and an ordered logit", || {
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

impl Contender {
    /// Who starts by a function.
    pub fn new(start: impl Fn() -> Box<dyn Forecaster> + Send + Sync + 'static) -> Self {
        Self {
            name: start().name(),
            method: None,
            start: Box::new(start),
        }
    }

    /// Strengths learnt by a method.
    pub fn learning(name: &str, method: Method) -> Self {
        let (name, start) = (name.to_owned(), method.clone());
        Self {
            method: Some(method),
            ..Self::new(move || match start.clone() {
                Method::Still(settings) => Box::new(Fitted::new(&name, settings)),
                Method::Walking(walks) => Box::new(Walking::new(&name, walks)),
            })
        }
    }

    /// One of [`names`](Self::names), with what may follow the name of a [`Method`].
    ///
    /// # Errors
    /// [`Error::UnknownModel`] with the nearest, [`Error::HalfLife`].
    pub fn named(name: &str) -> Result<Self, Error> {
        if let Some((_, _, start)) = OTHERS.iter().find(|(known, ..)| *known == name) {
            return Ok(Self::new(start));
        }
        let mut method = Method::named(name).map_err(|error| match error {
            Error::UnknownModel { .. } => {
                let names = Self::names();
                let keys = || names.iter().map(|(known, _)| known.as_str());
                Error::UnknownModel {
                    name: name.into(),
                    nearest: Nearest::of(name, keys().map(|known| (known, known))),
                    known: keys().collect::<Vec<_>>().join(", "),
                }
            }
            other => other,
        })?;
        if let Method::Still(settings) = &mut method {
            settings.half_life.get_or_insert(Settings::HALF_LIFE);
        }
        Ok(Self::learning(name, method))
    }

    /// Some laws of goals with their prior, each with every one of some half-lives in days.
    pub fn laws(laws: &[Law], half_lives: &[f64]) -> Vec<Self> {
        let of_law = |law: Law| {
            half_lives
                .iter()
                .map(move |days| format!("{}/{days}", law.key()))
        };
        let names = laws.iter().copied().flat_map(of_law);
        names
            .map(|name| Self::named(&name).expect("a law with a half-life has a name"))
            .collect()
    }

    /// Every walk that the history has the columns for, and the one that knows most once more, with settings
    /// tuned to what was played before the first match that is forecast.
    pub fn walks(set: &TestSet<'_>) -> Vec<Self> {
        let walks = Walks::all_for(set.history());
        let learning =
            |(name, walks): &(&str, Walks)| Self::learning(name, Method::Walking(walks.clone()));
        let mut contenders: Vec<Self> = walks.iter().map(learning).collect();
        if let Some((name, walks)) = walks.last() {
            let (settings, _) = walks.settings.tuned(&set.before(walks.margin));
            let tuned = Walks {
                settings,
                ..walks.clone()
            };
            contenders.push(Self::learning(
                &format!("{name}-tuned"),
                Method::Walking(tuned),
            ));
        }
        contenders
    }

    /// Every name, with what it is in a few words.
    pub fn names() -> Vec<(String, String)> {
        let others = OTHERS.map(|(name, about, _)| (name.into(), about.into()));
        others.into_iter().chain(Method::names()).collect()
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
