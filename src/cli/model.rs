//! Which model of goals, and how it is fitted: the arguments that commands share.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args, ValueEnum};
use matchday::edition::{Snapshot, read_forecasts};
use matchday::error::{Error, Location};
use matchday::evaluate::Choice;
use matchday::fit::walk::Background;
use matchday::fit::{Fit, Method, Settings};
use matchday::history::History;
use matchday::io::{self, Aliases};
use matchday::model::{GivenPairing, Margin};
use matchday::report::{GivenOptions, HistoryOptions};
use matchday::team::TeamId;
use serde::{Deserialize, Serialize};

/// Which model of goals, and what strengths are learnt from.
#[derive(Args, Clone, Debug, Serialize, Deserialize)]
pub struct ModelArguments {
    /// How goals come about: poisson, dixon-coles, bivariate-poisson, diagonal-inflated,
    /// negative-binomial, weibull, each also by the likelihood alone as plain-poisson and so on, or elo, all
    /// with a half-life in days where one follows, as in poisson/270; with `--history` walk, walk-shots or
    /// walk-odds, with another law where one follows, as in walk/poisson; or a file that `matchday select`
    /// has written [default: poisson; with `--history` the walk that its columns allow, or dixon-coles where
    /// teams play in many competitions, as national teams do].
    #[arg(long, value_name = "NAME|FILE")]
    model: Option<String>,
    /// Let a match count half after so many days [default: as the name or file of the model says, else 1000
    /// with `--history`, and all count alike without].
    #[arg(long, value_name = "DAYS")]
    half_life: Option<f64>,
    /// Hold strengths by what is usual, or believe the matches alone.
    #[arg(long, value_enum, default_value_t = PriorName::Usual)]
    prior: PriorName,
    /// Let all have the same home advantage, or every team its own around the common one.
    #[arg(long, value_enum, default_value_t = HomeName::Common)]
    home_advantage: HomeName,
    /// Learn from earlier seasons and other competitions too: files of results, as `matchday import` reads
    /// them; nothing after the date counts.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    history: Vec<PathBuf>,
    /// Other spellings of teams in the history: a CSV file with the columns `alias` and `name`.
    #[arg(long, value_name = "FILE", requires = "history")]
    aliases: Option<PathBuf>,
    /// A team that the history does not have; may be given more than once.
    #[arg(long, value_name = "TEAM", requires = "history")]
    newcomer: Vec<String>,
}

/// A prior, as written on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ValueEnum)]
enum PriorName {
    /// Measured on past competitions.
    Usual,
    /// No prior at all.
    None,
}

/// A home advantage, as written on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ValueEnum)]
enum HomeName {
    /// The same for all.
    Common,
    /// Every team's own.
    PerTeam,
}

impl ModelArguments {
    /// What the model is called, if that is said.
    pub fn name(&self) -> Option<&str> {
        self.model.as_deref()
    }

    /// The same of another model, if one is named.
    pub fn or_named(&self, name: Option<&str>) -> Self {
        Self {
            model: name.map(str::to_owned).or(self.model.clone()),
            ..self.clone()
        }
    }

    /// Learns strengths from a snapshot, and from the history if there is one.
    pub fn fit(&self, snapshot: &Snapshot) -> anyhow::Result<(Fit, Option<HistoryOptions>)> {
        let method = self.model.as_deref().map(named).transpose()?;
        if self.history.is_empty() {
            let Method::Still(settings) = method.unwrap_or_default() else {
                bail!("strengths that walk need a past: give files of results with `--history`");
            };
            return Ok((Fit::of(snapshot, &self.adjust(settings)?)?, None));
        }
        let background = Background::new(snapshot, &self.read()?, &self.newcomers(snapshot)?)?;
        let method = match method {
            None if self.adjusts() => Method::default(),
            None => Method::for_history(background.history()),
            Some(method) => method,
        };
        let method = match method {
            Method::Still(settings) => {
                let mut settings = self.adjust(settings)?;
                settings.half_life.get_or_insert(Settings::HALF_LIFE);
                Method::Still(settings)
            }
            Method::Walking(_) if self.adjusts() => bail!(
                "strengths that walk have neither a half-life, nor another prior, nor a home advantage of every team; leave these out"
            ),
            walking => walking,
        };
        let fit = Fit::following(snapshot, &background, &method)?;
        let options = HistoryOptions::new(background.history(), fit.past);
        Ok((fit, Some(options)))
    }

    /// Whether the command line says more of a fit than its name.
    fn adjusts(&self) -> bool {
        self.half_life.is_some()
            || self.prior == PriorName::None
            || self.home_advantage == HomeName::PerTeam
    }

    /// Settings with what the command line says of them.
    fn adjust(&self, settings: Settings) -> anyhow::Result<Settings> {
        if settings.elo.is_some() && self.home_advantage == HomeName::PerTeam {
            bail!("ratings have one home advantage for all teams; leave out `--home-advantage`");
        }
        Ok(Settings {
            half_life: self.half_life.or(settings.half_life),
            prior: settings.prior.filter(|_| self.prior == PriorName::Usual),
            own_grounds: match self.home_advantage {
                HomeName::Common => settings.own_grounds,
                HomeName::PerTeam => settings.own_grounds.or(Some(Settings::OWN_GROUNDS)),
            },
            ..settings
        })
    }

    fn newcomers(&self, snapshot: &Snapshot) -> Result<Vec<TeamId>, Error> {
        let teams = &snapshot.edition().teams;
        let newcomers = self.newcomer.iter().map(|name| {
            teams.find(name).map_err(|nearest| Error::UnknownTeam {
                at: Location::new("--newcomer", 0),
                name: name.clone(),
                nearest,
            })
        });
        newcomers.collect()
    }

    fn read(&self) -> Result<History, Error> {
        let aliases = match &self.aliases {
            Some(path) => Aliases::read(path)?,
            None => Aliases::default(),
        };
        io::read(&self.history, &aliases)
    }
}

/// A model by its name, or as a file has it.
fn named(name: &str) -> Result<Method, Error> {
    let path = Path::new(name);
    if !path.is_file() {
        return Method::named(name);
    }
    let text = fs::read_to_string(path).map_err(|source| Error::Read {
        path: path.into(),
        source,
    })?;
    Ok(Choice::parse(name, &text)?.method)
}

/// Forecasts that are given.
#[derive(Args, Clone, Debug, Serialize, Deserialize)]
pub struct GivenArguments {
    /// Take these pairings as a CSV file has them: rates, probabilities, odds or whole grids.
    #[arg(long, value_name = "FILE")]
    given: Option<PathBuf>,
    /// How the bookmaker's margin is taken out of odds that are given.
    #[arg(long, value_enum, default_value_t = MarginName::Power, requires = "given")]
    margin: MarginName,
}

/// A way to remove a margin, as written on the command line.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ValueEnum)]
enum MarginName {
    /// A power of the inverse odds.
    Power,
    /// Shin's insiders.
    Shin,
    /// In proportion.
    Proportional,
}

impl From<MarginName> for Margin {
    fn from(name: MarginName) -> Self {
        match name {
            MarginName::Power => Self::Power,
            MarginName::Shin => Self::Shin,
            MarginName::Proportional => Self::Proportional,
        }
    }
}

impl GivenArguments {
    /// The same of another file, if one is named.
    pub fn or_in(&self, path: Option<&Path>) -> Self {
        Self {
            given: path.map(Path::to_owned).or(self.given.clone()),
            ..self.clone()
        }
    }

    /// What is given, and what the manifest says of it.
    pub fn read(
        &self,
        snapshot: &Snapshot,
    ) -> Result<(Vec<GivenPairing>, Option<GivenOptions>), Error> {
        let Some(path) = &self.given else {
            return Ok((Vec::new(), None));
        };
        let text = fs::read_to_string(path).map_err(|source| Error::Read {
            path: path.clone(),
            source,
        })?;
        let (file, margin) = (path.display().to_string(), self.margin.into());
        let given = read_forecasts(&file, &text, &snapshot.edition().teams, margin)?;
        Ok((given, Some(GivenOptions::new(file, &text, margin))))
    }
}
