//! Rulebooks as data: a regulation's order of ranking, one line a rule, each with its article.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Location, Nearest, toml_error};
use crate::standings::{Metric, Restart, Rule};

/// More points for one match are taken for a typing error.
const MOST_POINTS: u8 = 10;

/// What a regulation says of points and of the order of teams.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rulebook {
    /// Its name in files, such as `uefa-club-2021`.
    pub id: String,
    /// Its name in print.
    pub name: String,
    /// Where the rules were read.
    pub source: String,
    /// Why the rules are not certain, where they are not.
    pub unverified: Option<String>,
    /// Points for a win.
    pub win: u8,
    /// Points for a draw.
    pub draw: u8,
    /// The rule lists, by name.
    orders: Vec<Order>,
}

/// A list of rules, in the order of the regulation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Order {
    /// Its name in files: `groups`, `ties`.
    pub id: String,
    /// What the regulation says, line by line.
    pub lines: Vec<Line>,
    /// What the engine runs.
    pub rules: Vec<Rule>,
}

/// One line of a regulation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// The article or document that says so.
    pub cite: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.text, self.cite)
    }
}

impl Order {
    /// Whether scores of 90 minutes and lots are all it takes: no extra time, no shoot-out.
    pub fn is_without_play(&self) -> bool {
        !self
            .rules
            .iter()
            .flat_map(|rule| &rule.by)
            .any(|metric| metric.is_play())
    }
}

impl Rulebook {
    /// The rule list of that name.
    pub fn order(&self, id: &str) -> Option<&Order> {
        self.orders.iter().find(|order| order.id == id)
    }

    /// The names of its rule lists, sorted.
    pub fn orders(&self) -> impl Iterator<Item = &str> {
        self.orders.iter().map(|order| order.id.as_str())
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
        let orders = raw.order.into_iter().map(|(name, lines)| {
            let at =
                |line: &toml::Spanned<RawLine>| Location::of_byte(file, text, line.span().start);
            if lines.is_empty() {
                let problem = "a rule list needs at least one line";
                return Err(Error::RuleLine {
                    at: Location::new(file, 0),
                    problem,
                });
            }
            let rules = compile(&lines, at)?;
            let lines = lines.iter().map(|line| line.get_ref().line()).collect();
            Ok(Order {
                id: name,
                lines,
                rules,
            })
        });
        Ok(Self {
            id: id.into(),
            name: raw.name,
            source: raw.source,
            unverified: raw.unverified,
            win: worth.win,
            draw: worth.draw,
            orders: orders.collect::<Result<_, Error>>()?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRulebook {
    name: String,
    source: String,
    unverified: Option<String>,
    points: toml::Spanned<RawPoints>,
    order: std::collections::BTreeMap<String, Vec<toml::Spanned<RawLine>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPoints {
    win: u8,
    draw: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    by: Option<String>,
    play: Option<String>,
    again: Option<String>,
    cite: String,
}

const HEAD_TO_HEAD: &str = "head-to-head ";
const AGAIN: [(&str, Restart, &str); 3] = [
    (
        "subset",
        Restart::Subset,
        "the head-to-head rules again among any fewer teams still level",
    ),
    (
        "pair",
        Restart::Pair,
        "the head-to-head rules again if just two teams are still level",
    ),
    (
        "each split",
        Restart::EachSplit,
        "from the first head-to-head rule again as soon as one separates any teams",
    ),
];

impl RawLine {
    fn line(&self) -> Line {
        let again = |word: &str| {
            AGAIN
                .iter()
                .find(|row| row.0 == word)
                .map(|row| row.2.to_owned())
        };
        let text = match (&self.by, &self.play, &self.again) {
            (Some(by), _, _) => by.clone(),
            (_, Some(play), _) => play.clone(),
            (_, _, word) => word.as_deref().and_then(again).unwrap_or_default(),
        };
        Line {
            text,
            cite: self.cite.clone(),
        }
    }
}

/// Turns lines into rules: neighbouring head-to-head lines share one mini-table, and an `again`
/// line says who meets them again.
fn compile(
    lines: &[toml::Spanned<RawLine>],
    at: impl Fn(&toml::Spanned<RawLine>) -> Location,
) -> Result<Vec<Rule>, Error> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut block_is_open = false;
    for spanned in lines {
        let wrong = |key: &'static str, value: &str, known: Vec<&'static str>| Error::UnknownWord {
            at: at(spanned),
            key,
            value: value.into(),
            nearest: Nearest::of(value, known.iter().map(|word| (*word, *word))),
            known: known.join(", "),
        };
        let metric = |key, word: &str, play: bool| {
            let known = || {
                Metric::NAMES
                    .iter()
                    .filter(|(_, metric)| metric.is_play() == play)
            };
            known()
                .find(|(name, _)| *name == word)
                .map(|(_, metric)| *metric)
                .ok_or_else(|| wrong(key, word, known().map(|(name, _)| *name).collect()))
        };
        let RawLine {
            by, play, again, ..
        } = spanned.get_ref();
        match (by.as_deref(), play.as_deref(), again.as_deref()) {
            (Some(by), None, None) => match by.strip_prefix(HEAD_TO_HEAD) {
                Some(word) => {
                    let metric = metric("by", word, false)?;
                    match rules.last_mut().filter(|_| block_is_open) {
                        Some(block) => block.by.push(metric),
                        None => rules.push(Rule::head_to_head(vec![metric], Restart::Never)),
                    }
                    block_is_open = true;
                }
                None => {
                    rules.push(Rule::overall(metric("by", by, false)?));
                    block_is_open = false;
                }
            },
            (None, Some(play), None) => {
                rules.push(Rule::overall(metric("play", play, true)?));
                block_is_open = false;
            }
            (None, None, Some(word)) => {
                let known = || AGAIN.iter().map(|row| row.0).collect();
                let row = AGAIN.iter().find(|row| row.0 == word);
                let (_, restart, _) = row.ok_or_else(|| wrong("again", word, known()))?;
                match rules.last_mut().filter(|_| block_is_open) {
                    Some(block) => block.restart = *restart,
                    None => {
                        return Err(Error::RuleLine {
                            at: at(spanned),
                            problem: "`again` must follow head-to-head lines",
                        });
                    }
                }
                block_is_open = false;
            }
            _ => {
                return Err(Error::RuleLine {
                    at: at(spanned),
                    problem: "a line has exactly one of `by`, `play`, `again`",
                });
            }
        }
    }
    Ok(rules)
}
