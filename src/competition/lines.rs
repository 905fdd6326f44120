//! The lines of a rulebook file, and what the engine and a reader make of them.

use serde::Deserialize;
use toml::Spanned;

use super::rulebook::{Line, RuleList, Stake};
use super::words::{AGAIN, ANY_OUTCOME, BETWEEN, HEAD_TO_HEAD, WHEN, in_words, of_sizes, of_stake};
use crate::error::{Error, Location, Nearest};
use crate::standings::{Among, Condition, Criterion, Metric, Restart, Rule, Sizes, Step};

/// A line as written.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLine {
    by: Option<String>,
    play: Option<String>,
    again: Option<String>,
    share: Option<bool>,
    /// The first line that `again` goes back to.
    from: Option<String>,
    teams: Option<RawSizes>,
    at: Option<RawStake>,
    when: Option<String>,
    cite: String,
}

#[derive(Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a number of teams such as 2, or a text such as \"3+\""
)]
enum RawSizes {
    Exactly(usize),
    Words(String),
}

#[derive(Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "expected \"any outcome\", or a list of outcomes"
)]
enum RawStake {
    Word(String),
    Outcomes(Vec<String>),
}

const FROM_ALONE: &str = "`from` goes with `again = \"all but best\"` alone";

/// Turns lines into rules: neighbouring head-to-head lines that apply alike share one mini-table, and
/// an `again` line says who meets them again.
pub(super) fn compile(
    lines: &[Spanned<RawLine>],
    at: impl Fn(&Spanned<RawLine>) -> Location,
) -> Result<RuleList, Error> {
    let mut compiler = Compiler::default();
    for spanned in lines {
        let line = Reader {
            line: spanned.get_ref(),
            at: at(spanned),
        };
        compiler.add(&line)?;
    }
    let rules = || compiler.rules.iter().map(|(rule, _)| rule);
    if rules().flat_map(Rule::metrics).next().is_none() {
        let problem = "a rule list needs a line that compares, such as `by = \"points\"`";
        let at = at(&lines[0]);
        return Err(Error::RuleLine { at, problem });
    }
    Ok(RuleList::new(compiler.lines, compiler.rules))
}

#[derive(Default)]
struct Compiler {
    lines: Vec<Line>,
    rules: Vec<(Rule, Option<Stake>)>,
    /// `[rule]`: how its first line is written, for lines that go back to it.
    firsts: Vec<String>,
    block_is_open: bool,
}

impl Compiler {
    fn add(&mut self, line: &Reader<'_>) -> Result<(), Error> {
        let RawLine {
            by,
            play,
            again,
            share,
            ..
        } = line.line;
        if line.line.from.is_some() && again.is_none() {
            return line.wrong(FROM_ALONE);
        }
        if let Some((last, None)) = self.rules.last()
            && last.step == Step::Share
            && last.condition.is_empty()
        {
            return line.wrong("no line can follow a shared place");
        }
        let meaning = match (by.as_deref(), play.as_deref(), again.as_deref(), share) {
            (Some(by), None, None, None) => self.compare(line, by)?,
            (None, Some(play), None, None) => self.play(line, play)?,
            (None, None, Some(word), None) => self.again(line, word)?,
            (None, None, None, Some(true)) => {
                line.without_sizes()?;
                self.push(line, Step::Share, "share")?;
                "the place is shared".into()
            }
            _ => {
                return line
                    .wrong("a line has exactly one of `by`, `play`, `again`, `share = true`");
            }
        };
        let limits = line.limits_in_words()?;
        let mut words = meaning + &limits;
        if self
            .rules
            .last()
            .is_some_and(|(rule, _)| rule.step == Step::PlayOff)
            && line.line.at.is_some()
        {
            words += "; of more than two, the rules below find those who play it";
        }
        let short = by.as_ref().or(play.as_ref());
        self.lines.push(Line {
            text: short.map_or_else(|| words.clone(), |short| format!("{short}{limits}")),
            words,
            cite: line.line.cite.clone(),
        });
        Ok(())
    }

    fn push(&mut self, line: &Reader<'_>, step: Step, first: &str) -> Result<(), Error> {
        let rule = Rule {
            condition: line.condition()?,
            step,
        };
        self.rules.push((rule, line.stake()?));
        self.firsts.push(first.to_owned());
        self.block_is_open = false;
        Ok(())
    }

    fn compare(&mut self, line: &Reader<'_>, by: &str) -> Result<String, Error> {
        let (among, word) = match by.strip_prefix(HEAD_TO_HEAD) {
            Some(word) => (Among::LevelTeams, word),
            None => (Among::Everyone, by),
        };
        let known = |metric: Metric| match among {
            Among::Everyone => !metric.is_play(),
            Among::LevelTeams => BETWEEN.contains(&metric),
        };
        let criterion = Criterion {
            metric: line.metric("by", word, known)?,
            teams: line.sizes()?,
        };
        let alike = (line.condition()?, line.stake()?);
        let open = self.rules.last_mut().filter(|(rule, stake)| {
            self.block_is_open
                && among == Among::LevelTeams
                && (rule.condition, stake) == (alike.0, &alike.1)
        });
        if let Some((
            Rule {
                step: Step::Compare { by, .. },
                ..
            },
            _,
        )) = open
        {
            by.push(criterion);
        } else {
            let step = Step::Compare {
                among,
                by: vec![criterion],
                restart: Restart::Never,
            };
            self.push(line, step, by)?;
        }
        self.block_is_open = among == Among::LevelTeams;
        Ok(in_words(criterion.metric, among).to_owned())
    }

    fn play(&mut self, line: &Reader<'_>, play: &str) -> Result<String, Error> {
        let metric = line.metric("play", play, Metric::is_play)?;
        let (step, words) = match metric {
            Metric::PlayOff => {
                line.without_sizes()?;
                // Without a stake only two play: of more nobody says which two.
                let words = match line.line.at {
                    None => "a match, if just two are level",
                    Some(_) => "a match",
                };
                (Step::PlayOff, words)
            }
            metric => {
                let criterion = Criterion {
                    metric,
                    teams: line.sizes()?,
                };
                let step = Step::Compare {
                    among: Among::Everyone,
                    by: vec![criterion],
                    restart: Restart::Never,
                };
                (step, in_words(metric, Among::Everyone))
            }
        };
        self.push(line, step, play)?;
        Ok(words.into())
    }

    fn again(&mut self, line: &Reader<'_>, word: &str) -> Result<String, Error> {
        line.without_sizes()?;
        if line.line.at.is_some() || line.line.when.is_some() {
            return line.wrong("`again` takes neither `at` nor `when`; its lines have them");
        }
        let found = AGAIN.iter().find(|(name, ..)| *name == word);
        let Some((_, restart, words)) = found else {
            return Err(line.unknown("again", word, AGAIN.iter().map(|row| row.0).collect()));
        };
        match (restart, &line.line.from) {
            (Restart::AllButBest, Some(from)) => {
                self.all_but_best(line, from)?;
                return Ok(format!("{words} from {from}"));
            }
            (Restart::AllButBest, None) => {
                return line
                    .wrong("`again = \"all but best\"` needs `from`, the first of its lines");
            }
            (_, Some(_)) => return line.wrong(FROM_ALONE),
            (_, None) => {}
        }
        let block = self.rules.last_mut().filter(|_| self.block_is_open);
        let Some((
            Rule {
                step: Step::Compare { restart: of, .. },
                ..
            },
            _,
        )) = block
        else {
            return line.wrong("`again` must follow head-to-head lines");
        };
        *of = *restart;
        self.block_is_open = false;
        Ok((*words).into())
    }

    /// Makes one rule of all lines over all matches from the one written so.
    fn all_but_best(&mut self, line: &Reader<'_>, from: &str) -> Result<(), Error> {
        let Some(first) = self.firsts.iter().position(|known| known == from) else {
            let known = Nearest::of(from, self.firsts.iter().map(|name| (&**name, &**name)));
            return Err(Error::UnknownWord {
                at: line.at.clone(),
                key: "from",
                value: from.into(),
                nearest: known,
                known: self.firsts.join(", "),
            });
        };
        let mut criteria = Vec::new();
        for (rule, stake) in self.rules.drain(first..) {
            match rule.step {
                Step::Compare {
                    among: Among::Everyone,
                    by,
                    restart: Restart::Never,
                } if rule.condition.is_empty() && stake.is_none() => criteria.extend(by),
                _ => {
                    return line.wrong(
                        "`again = \"all but best\"` goes back over lines that compare all matches, without \
                         `at` and `when`",
                    );
                }
            }
        }
        self.firsts.truncate(first);
        let step = Step::Compare {
            among: Among::Everyone,
            by: criteria,
            restart: Restart::AllButBest,
        };
        self.rules.push((
            Rule {
                condition: Condition::default(),
                step,
            },
            None,
        ));
        self.firsts.push(from.to_owned());
        self.block_is_open = false;
        Ok(())
    }
}

/// A line and where it stands.
struct Reader<'a> {
    line: &'a RawLine,
    at: Location,
}

impl Reader<'_> {
    fn wrong<T>(&self, problem: &'static str) -> Result<T, Error> {
        Err(Error::RuleLine {
            at: self.at.clone(),
            problem,
        })
    }

    fn unknown(&self, key: &'static str, value: &str, known: Vec<&'static str>) -> Error {
        Error::UnknownWord {
            at: self.at.clone(),
            key,
            value: value.into(),
            nearest: Nearest::of(value, known.iter().map(|word| (*word, *word))),
            known: known.join(", "),
        }
    }

    fn metric(
        &self,
        key: &'static str,
        word: &str,
        fits: impl Fn(Metric) -> bool,
    ) -> Result<Metric, Error> {
        let known = || Metric::NAMES.iter().filter(|(_, metric)| fits(*metric));
        let found = known().find(|(name, _)| *name == word);
        let names = || known().map(|(name, _)| *name).collect();
        found
            .map(|(_, metric)| *metric)
            .ok_or_else(|| self.unknown(key, word, names()))
    }

    fn sizes(&self) -> Result<Sizes, Error> {
        let sizes = match &self.line.teams {
            None => Some(Sizes::ANY),
            Some(RawSizes::Exactly(size)) => Some(Sizes {
                least: *size,
                most: *size,
            }),
            Some(RawSizes::Words(words)) => {
                let digits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
                let least = words.strip_suffix('+').filter(digits);
                let least = least.and_then(|text| text.parse().ok());
                least.map(|least| Sizes {
                    least,
                    most: usize::MAX,
                })
            }
        };
        sizes.filter(|sizes| sizes.least >= 2).map_or_else(
            || self.wrong("`teams` is a number from 2, or a text such as \"3+\""),
            Ok,
        )
    }

    fn without_sizes(&self) -> Result<(), Error> {
        match self.line.teams {
            Some(_) => self.wrong("`teams` goes with `by`, and with `play` but for a play-off"),
            None => Ok(()),
        }
    }

    fn condition(&self) -> Result<Condition, Error> {
        self.when()
            .map(|row| row.map_or_else(Condition::default, |row| row.1))
    }

    fn when(&self) -> Result<Option<&'static (&'static str, Condition, &'static str)>, Error> {
        let Some(word) = &self.line.when else {
            return Ok(None);
        };
        let found = WHEN.iter().find(|(name, ..)| name == word);
        let known = || WHEN.iter().map(|row| row.0).collect();
        found
            .map(Some)
            .ok_or_else(|| self.unknown("when", word, known()))
    }

    fn stake(&self) -> Result<Option<Stake>, Error> {
        match &self.line.at {
            None => Ok(None),
            Some(RawStake::Word(word)) if word == ANY_OUTCOME => Ok(Some(Stake::AnyOutcome)),
            Some(RawStake::Outcomes(names)) if !names.is_empty() => {
                Ok(Some(Stake::Outcomes(names.clone())))
            }
            Some(_) => self.wrong("`at` is \"any outcome\", or a list of outcomes"),
        }
    }

    /// Between how many teams, where and when the line applies, to follow what it compares.
    fn limits_in_words(&self) -> Result<String, Error> {
        let stake = self.stake()?;
        let limits = [
            Some(of_sizes(self.sizes()?)),
            stake.as_ref().map(of_stake),
            self.when()?.map(|row| format!(", {}", row.2)),
        ];
        Ok(limits.into_iter().flatten().collect())
    }
}
