//! Rulebooks as data: a regulation's order of ranking, one line a rule, each with its article.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::lines::{RawLine, compile};
use crate::error::{Error, Location, toml_error};
use crate::fixture::MOST_GOALS;
use crate::standings::{External, Metric, Rule, Step};

/// More points for one match are taken for a typing error.
const MOST_POINTS: u8 = 10;

/// The engine goes down a list line by line.
const MOST_LINES: usize = 100;

/// What a match lost by decision counts for the other side where the file does not say.
const USUAL_FORFEIT: u8 = 3;

/// What a regulation says of points and of the order of teams.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rulebook {
    /// Its name in files, such as `uefa-club-2021`.
    pub id: String,
    /// Its name in print.
    pub name: String,
    /// Where the rules were read.
    pub source: String,
    /// What the rules leave out of the regulation, where they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub simplified: Option<String>,
    /// Why the rules are not certain, where they are not.
    pub unverified: Option<String>,
    /// Points for a win.
    pub win: u8,
    /// Points for a draw.
    pub draw: u8,
    /// What happens to the matches of a team that withdraws.
    pub withdrawal: Withdrawal,
    /// Goals that a match lost by decision counts for the other side, to nil.
    pub forfeit: u8,
    /// Whether the file is silent on withdrawals and such matches, so that both are assumed.
    #[serde(skip)]
    pub withdrawal_is_assumed: bool,
    /// The rule lists, by name.
    orders: Vec<Order>,
}

/// What happens to the matches of a team that withdraws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withdrawal {
    /// None of its matches counts, and it comes last.
    Annul,
    /// Its results stand, and what it does not play is lost by decision.
    #[default]
    Award,
    /// Its results stand, and who could not play it gets the average points of all teams' matches, at
    /// home or away.
    Average,
}

/// A list of rules, in the order of the regulation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Order {
    /// Its name in files: `groups`, `ties`.
    pub id: String,
    /// What orders a finished group.
    pub last: RuleList,
    /// What orders a group that is not finished, where that differs.
    pub interim: Option<RuleList>,
}

/// What a regulation says and what the engine makes of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleList {
    /// What the regulation says, line by line.
    pub lines: Vec<Line>,
    rules: Vec<Rule>,
    /// `[rule]`: at which stakes it applies.
    stakes: Vec<Option<Stake>>,
}

/// What must be at stake for a rule to apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stake {
    /// Any outcome of the edition.
    AnyOutcome,
    /// One of these outcomes, by name.
    Outcomes(Vec<String>),
}

/// One line of a regulation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What it says, as the file writes it.
    pub text: String,
    /// What it says, in plain words.
    #[serde(skip)]
    pub words: String,
    /// The article or document that says so.
    pub cite: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.text, self.cite)
    }
}

impl RuleList {
    /// The rules for a group, given where its outcomes change: `boundaries` gives for a stake the set
    /// of boundaries between ranks, bit *b* between rank *b* and the next.
    pub fn rules(&self, boundaries: impl Fn(&Stake) -> u64) -> Vec<Rule> {
        let bound = self.rules.iter().zip(&self.stakes).map(|(rule, stake)| {
            let mut rule = rule.clone();
            rule.condition.at_stake = stake.as_ref().map(&boundaries);
            rule
        });
        bound.collect()
    }

    /// Whether so many teams cannot be left level once all that the rules ask for is known, but by
    /// sharing their place.
    pub fn always_decides(&self, teams: usize) -> bool {
        let mut rules = self.rules.iter().zip(&self.stakes);
        rules.any(|(rule, stake)| {
            rule.condition.is_empty() && stake.is_none() && rule.always_decides(teams)
        })
    }

    /// Whether teams still level draw lots or share their place, whatever is known of them.
    pub fn has_last_resort(&self) -> bool {
        let lots = Metric::External(External::Lots);
        let shares = self.rules.iter().any(|rule| rule.step == Step::Share);
        shares || self.metrics().any(|metric| metric == lots)
    }

    /// Whether it orders the two teams of a tie, by their goals over its legs.
    pub fn is_for_ties(&self) -> bool {
        self.metrics().any(|metric| metric == Metric::Aggregate)
    }

    /// Whether a rule asks for the metric only of two teams who meet in their last match.
    pub fn is_for_last_match(&self, metric: Metric) -> bool {
        let after = |rule: &&Rule| rule.condition.met_last || rule.condition.after_last_match;
        let mut rules = self.rules.iter().filter(after);
        rules.any(|rule| rule.metrics().any(|known| known == metric))
    }

    /// Every metric that a rule may ask for.
    pub fn metrics(&self) -> impl Iterator<Item = Metric> + '_ {
        self.rules.iter().flat_map(Rule::metrics)
    }

    /// Every outcome that a rule names.
    pub fn outcomes(&self) -> impl Iterator<Item = &str> {
        let stakes = self.stakes.iter().flatten();
        let names = stakes.filter_map(|stake| match stake {
            Stake::AnyOutcome => None,
            Stake::Outcomes(names) => Some(names),
        });
        names.flatten().map(String::as_str)
    }
}

impl Order {
    /// The list for a group, finished or not.
    pub fn list(&self, finished: bool) -> &RuleList {
        match &self.interim {
            Some(interim) if !finished => interim,
            _ => &self.last,
        }
    }

    /// Both lists.
    pub fn lists(&self) -> impl Iterator<Item = &RuleList> {
        std::iter::once(&self.last).chain(&self.interim)
    }
}

impl Rulebook {
    /// The rule list of that name.
    pub fn order(&self, id: &str) -> Option<&Order> {
        self.orders.iter().find(|order| order.id == id)
    }

    /// The rule lists, by name.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.iter()
    }

    /// Reads a rulebook from the text of its file; `file` is named in errors.
    ///
    /// # Errors
    /// Bad TOML, unknown keys, unknown words, or a list that makes no sense, with the line.
    pub fn parse(id: &str, file: &str, text: &str) -> Result<Self, Error> {
        let raw: RawRulebook = toml::from_str(text).map_err(|e| toml_error(file, text, &e))?;
        let worth = raw.points.get_ref();
        if worth.win > MOST_POINTS || worth.win <= worth.draw {
            return Err(Error::BadValue {
                at: Location::of_byte(file, text, raw.points.span().start),
                what: "points",
                value: format!("win = {}, draw = {}", worth.win, worth.draw),
                expected: "a win worth more than a draw, and at most 10 points",
            });
        }
        if let Some(forfeit) = &raw.forfeit
            && *forfeit.get_ref() > MOST_GOALS
        {
            return Err(Error::BadValue {
                at: Location::of_byte(file, text, forfeit.span().start),
                what: "forfeit",
                value: forfeit.get_ref().to_string(),
                expected: "goals from 0 to 99",
            });
        }
        let at = |line: &toml::Spanned<RawLine>| Location::of_byte(file, text, line.span().start);
        let list_error = |list: &RawList, problem| Error::RuleLine {
            at: Location::of_byte(file, text, list.span().start),
            problem,
        };
        let list = |list: &RawList| {
            let lines = list.get_ref();
            if lines.is_empty() {
                return Err(list_error(list, "a rule list needs at least one line"));
            }
            if let Some(line) = lines.get(MOST_LINES) {
                return Err(Error::TooMany {
                    at: at(line),
                    what: "lines of one list",
                    found: lines.len() as u64,
                    most: MOST_LINES as u64,
                });
            }
            compile(lines, at)
        };
        let mut interim = raw.interim;
        let orders = raw.order.into_iter().map(|(name, lines)| {
            Ok(Order {
                last: list(&lines)?,
                interim: interim
                    .remove(&name)
                    .map(|lines| list(&lines))
                    .transpose()?,
                id: name,
            })
        });
        let orders = orders.collect::<Result<_, Error>>()?;
        if let Some(alone) = interim.values().next() {
            return Err(list_error(alone, "[interim] has a list that [order] lacks"));
        }
        Ok(Self {
            id: id.into(),
            name: raw.name,
            source: raw.source,
            simplified: raw.simplified,
            unverified: raw.unverified,
            win: worth.win,
            draw: worth.draw,
            withdrawal_is_assumed: raw.withdrawal.is_none() && raw.forfeit.is_none(),
            withdrawal: raw.withdrawal.unwrap_or_default(),
            forfeit: raw.forfeit.map_or(USUAL_FORFEIT, toml::Spanned::into_inner),
            orders,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRulebook {
    name: String,
    source: String,
    simplified: Option<String>,
    unverified: Option<String>,
    points: toml::Spanned<RawPoints>,
    withdrawal: Option<Withdrawal>,
    forfeit: Option<toml::Spanned<u8>>,
    order: BTreeMap<String, RawList>,
    #[serde(default)]
    interim: BTreeMap<String, RawList>,
}

type RawList = toml::Spanned<Vec<toml::Spanned<RawLine>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPoints {
    win: u8,
    draw: u8,
}

impl RuleList {
    pub(super) fn new(lines: Vec<Line>, rules: Vec<(Rule, Option<Stake>)>) -> Self {
        let (rules, stakes) = rules.into_iter().unzip();
        Self {
            lines,
            rules,
            stakes,
        }
    }
}
