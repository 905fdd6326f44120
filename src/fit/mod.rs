//! What the past says of strengths: penalised likelihood with a hierarchical prior, whose spread is
//! estimated by marginal likelihood.

mod connected;
mod likelihood;
mod method;
mod newton;
mod played;
mod prior;
mod spread;
mod summary;
pub mod walk;

pub use crate::model::Belief;
pub use connected::unconnected_groups;
pub use method::Method;
pub use played::PlayedMatch;
pub use prior::{Beforehand, Prior};
pub use summary::{Dispersion, Estimate, ShapeEstimate, Summary, TeamStrength};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::edition::{Snapshot, When};
use crate::error::Error;
use crate::fixture::FULL_TIME;
use crate::model::{Elo, GoalModel, Law, Pairing, StrengthsModel};
use crate::team::TeamId;
use likelihood::Posterior;

/// The peak is found to this share of a standard deviation, squared, before the last step.
const ENOUGH: f64 = 1e-12;

/// What is fitted, and how.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The law of goals.
    #[serde(rename = "goals")]
    pub law: Law,
    /// What is believed before any match; `None` for the likelihood alone.
    pub prior: Option<Prior>,
    /// Days after which a match counts half; `None` where age does not matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_life: Option<f64>,
    /// The day ages are counted from; `None` for the day of the last match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// The spread of strengths; `None` where it is to be estimated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spread: Option<f64>,
    /// Standard deviation of teams' own home advantages around the common one; `None` where all
    /// have the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_grounds: Option<f64>,
    /// How ratings follow results, where they take the place of teams' own strengths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elo: Option<Elo>,
}

impl Settings {
    /// A standard deviation of teams' own home advantages: 0.1 turns 1.50 goals at home into 1.36 to 1.66.
    pub const OWN_GROUNDS: f64 = 0.1;

    /// Days after which a match counts half in a past of many years, where nobody says otherwise:
    /// `docs/models.md` has how others did.
    pub const HALF_LIFE: f64 = 1000.0;
}

impl Settings {
    /// Checks that every number can be.
    ///
    /// # Errors
    /// [`Error::HalfLife`], [`Error::FitSetting`] with the first that cannot.
    pub fn check(&self) -> Result<(), Error> {
        if let Some(days) = self.half_life
            && !(days > 0.0 && days.is_finite())
        {
            return Err(Error::HalfLife { days });
        }
        let mut positive = Vec::new();
        let mut finite = Vec::new();
        if let Some(prior) = self.prior {
            for (name, belief) in [
                ("base", prior.base),
                ("home_advantage", prior.home_advantage),
                ("slope", prior.slope),
                ("log_spread", prior.log_spread),
            ] {
                positive.push((name, belief.deviation));
                finite.push((name, belief.mean));
            }
        }
        positive.extend(self.spread.map(|spread| ("spread", spread)));
        positive.extend(self.own_grounds.map(|spread| ("own_grounds", spread)));
        if let Some(Elo { k, home, start }) = self.elo {
            positive.push(("k", k));
            finite.extend([("home", home), ("start", start)]);
        }
        let wrong = |&(_, value): &(&str, f64)| !(value > 0.0 && value.is_finite());
        if let Some(&(name, value)) = positive.iter().find(|number| wrong(number)) {
            let expected = "above 0";
            return Err(Error::FitSetting {
                name,
                value,
                expected,
            });
        }
        match finite.into_iter().find(|(_, value)| !value.is_finite()) {
            None => Ok(()),
            Some((name, value)) => Err(Error::FitSetting {
                name,
                value,
                expected: "a number",
            }),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            law: Law::default(),
            prior: Some(Prior::default()),
            half_life: None,
            as_of: None,
            spread: None,
            own_grounds: None,
            elo: None,
        }
    }
}

/// A fitted model and what it was fitted to.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The model.
    pub model: StrengthsModel,
    /// Standard deviation of attacks, and of defences, around their prior mean.
    pub spread: f64,
    /// The log likelihood of the matches at the estimate, each by its weight, without the prior.
    pub log_likelihood: f64,
    /// The matches of the edition it learnt from.
    pub matches: Vec<PlayedMatch>,
    /// How many matches of earlier seasons and other competitions it learnt from beside.
    pub past: usize,
    /// Every group of teams that matches connect, largest first; one group if all are connected.
    pub groups: Vec<Vec<TeamId>>,
    /// What was known of teams beforehand.
    pub beforehand: Beforehand,
    /// How it learnt.
    pub method: Method,
}

impl Fit {
    /// Fits strengths to everything played in a snapshot, in whichever stage.
    ///
    /// # Errors
    /// As [`Fit::to_matches`].
    pub fn of(snapshot: &Snapshot, settings: &Settings) -> Result<Self, Error> {
        let competition = &snapshot.edition().competition;
        let played = snapshot.played().filter_map(|(fixture, played)| {
            let (home, away) = (fixture.home, fixture.away);
            let venue = competition.venue(fixture.venue, home, away);
            let pairing = Pairing { home, away, venue };
            Some(PlayedMatch {
                share: f64::from(played.minutes) / f64::from(FULL_TIME),
                ..PlayedMatch::new(pairing, played.goals, fixture.dates?.last)
            })
        });
        let as_of = match snapshot.when() {
            When::Date(date) => settings.as_of.or(Some(date)),
            _ => settings.as_of,
        };
        Self::to_matches(
            played.collect(),
            snapshot.edition().covariate_values(),
            &Settings { as_of, ..*settings },
        )
    }

    /// Fits strengths to matches. `beforehand` tells of every team; a plain list of covariates will do.
    ///
    /// # Errors
    /// [`Error::HalfLife`] and [`Error::MatchAhead`] for settings that do not go with the matches,
    /// [`Error::FractionOfGoals`] where a law needs whole goals, [`Error::FitDiverged`] if Newton's
    /// method does not settle, which no plausible scores cause.
    pub fn to_matches(
        matches: Vec<PlayedMatch>,
        beforehand: impl Into<Beforehand>,
        settings: &Settings,
    ) -> Result<Self, Error> {
        Self::from(None, matches, beforehand.into(), settings)
    }

    /// Fits again, starting where this fit ended: the same peak, found sooner where little changed.
    ///
    /// # Errors
    /// As [`Fit::to_matches`].
    pub fn again(
        &self,
        matches: Vec<PlayedMatch>,
        beforehand: impl Into<Beforehand>,
        settings: &Settings,
    ) -> Result<Self, Error> {
        Self::from(Some(self), matches, beforehand.into(), settings)
    }

    fn from(
        earlier: Option<&Self>,
        matches: Vec<PlayedMatch>,
        beforehand: Beforehand,
        settings: &Settings,
    ) -> Result<Self, Error> {
        let posterior = Posterior::new(&matches, &beforehand, settings)?;
        let earlier = earlier.filter(|fit| {
            (fit.model.law(), fit.model.parameters()) == (posterior.law, posterior.parameters)
        });
        let start = match earlier {
            Some(fit) => fit.model.estimate().to_vec(),
            None => posterior.start(),
        };
        let is_free = settings.prior.is_none() || settings.elo.is_some();
        let known = match is_free {
            true => Some(Prior::FLAT_SPREAD),
            false => settings.spread,
        };
        let (spread, start) = match known {
            Some(spread) => (spread, start),
            None => {
                let spread = earlier.map(|fit| fit.spread);
                spread::most_likely(&posterior, spread, start)?
            }
        };
        let peak = newton::maximise(&posterior, spread, start, ENOUGH)?;
        let log_likelihood = posterior.log_likelihood(&peak.at);
        let model = StrengthsModel::new(
            posterior.law,
            posterior.parameters,
            posterior.ratings,
            peak.at,
            &peak.precision,
        );
        let groups = unconnected_groups(beforehand.covariate.len(), &matches);
        Ok(Self {
            model,
            spread,
            log_likelihood,
            matches,
            groups,
            beforehand,
            past: 0,
            method: Method::Still(*settings),
        })
    }
}
