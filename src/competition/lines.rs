//! The lines of a rulebook file, and what the engine and a reader make of them.

use serde::Deserialize;
use toml::Spanned;

use super::rulebook::{Line, RuleList, Stake};
use crate::error::{Error, Location, Nearest};
use crate::standings::{Among, Condition, Criterion, External, Metric, Restart, Rule, Sizes, Step};

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
    expecting = "a number of teams such as 2, or a text such as \"3+\""
)]
enum RawSizes {
    Exactly(usize),
    Words(String),
}

#[derive(Clone, Deserialize)]
#[serde(untagged, expecting = "\"any outcome\", or a list of outcomes")]
enum RawStake {
    Word(String),
    Outcomes(Vec<String>),
}

const HEAD_TO_HEAD: &str = "head-to-head ";
const ANY_OUTCOME: &str = "any outcome";

/// Who meets rules again: the word, what it means to the engine, and to a reader.
const AGAIN: [(&str, Restart, &str); 5] = [
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
    (
        "subset or nothing",
        Restart::SubsetOrNothing,
        "the head-to-head rules again among any fewer teams still level; if they do not separate all, \
         none of them counts",
    ),
    (
        "all but best",
        Restart::AllButBest,
        "once the best is found, the others begin again",
    ),
];

/// When a rule applies: the word, the condition, and what it means to a reader.
const WHEN: [(&str, Condition, &str); 3] = {
    const ALWAYS: Condition = Condition {
        at_stake: None,
        all_met: false,
        after_last_match: false,
        all_known: false,
    };
    [
        (
            "all met",
            Condition {
                all_met: true,
                ..ALWAYS
            },
            "once all matches between them are played",
        ),
        (
            "all known",
            Condition {
                all_known: true,
                ..ALWAYS
            },
            "if every one of them has one",
        ),
        (
            "after last match",
            Condition {
                after_last_match: true,
                ..ALWAYS
            },
            "if they drew their last match against each other, are equal in goals and no other team has \
             their points",
        ),
    ]
};

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
    if compiler.rules.is_empty() {
        let problem = "a rule list needs a line that compares";
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
        let text = match (by.as_deref(), play.as_deref(), again.as_deref(), share) {
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
        let when = line.when_in_words()?;
        let words = text + &when;
        let short = by.as_ref().or(play.as_ref());
        self.lines.push(Line {
            text: short.map_or_else(|| words.clone(), |short| format!("{short}{when}")),
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
        let criterion = Criterion {
            metric: line.metric("by", word, false)?,
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
        Ok(in_words(criterion.metric, among).to_owned() + &between(criterion.teams))
    }

    fn play(&mut self, line: &Reader<'_>, play: &str) -> Result<String, Error> {
        let metric = line.metric("play", play, true)?;
        let (step, words) = match metric {
            Metric::PlayOff => {
                line.without_sizes()?;
                let words = "a match between the two, or between the two next to the boundary if more \
                             are level and the rules below order them";
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
            (_, Some(_)) => return line.wrong("`from` goes with `again = \"all but best\"` alone"),
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

    fn metric(&self, key: &'static str, word: &str, play: bool) -> Result<Metric, Error> {
        let known = || {
            let names = Metric::NAMES.iter();
            names.filter(move |(_, metric)| metric.is_play() == play)
        };
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
                let least = words.strip_suffix('+').and_then(|text| text.parse().ok());
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

    /// When the line applies, to follow what it compares.
    fn when_in_words(&self) -> Result<String, Error> {
        let stake = match self.stake()? {
            None => String::new(),
            Some(Stake::AnyOutcome) => ", where something is at stake".into(),
            Some(Stake::Outcomes(names)) => format!(", where {} is at stake", names.join(" or ")),
        };
        let when = self.when()?;
        Ok(stake + &when.map_or_else(String::new, |row| format!(", {}", row.2)))
    }
}

fn between(sizes: Sizes) -> String {
    match sizes {
        Sizes::ANY => String::new(),
        Sizes { least, most } if least == most => format!(", between {least} teams only"),
        Sizes { least, .. } => format!(", between {least} or more teams only"),
    }
}

/// What a rule compares, in plain words.
fn in_words(metric: Metric, among: Among) -> &'static str {
    match (among, metric) {
        (Among::LevelTeams, Metric::Points) => "more points in the matches between them",
        (Among::LevelTeams, Metric::GoalDifference) => {
            "better goal difference in the matches between them"
        }
        (Among::LevelTeams, Metric::Goals) => "more goals scored in the matches between them",
        (Among::LevelTeams, Metric::AwayGoals) => {
            "more goals scored away in the matches between them"
        }
        (Among::LevelTeams, Metric::Wins) => "more wins in the matches between them",
        (Among::LevelTeams, Metric::AwayWins) => "more wins away in the matches between them",
        (_, Metric::Points) => "more points",
        (_, Metric::PointsLost) => "fewer points lost",
        (_, Metric::GoalDifference) => "better goal difference in all matches",
        (_, Metric::Goals) => "more goals scored in all matches",
        (_, Metric::HomeGoalDifference) => "better goal difference at home",
        (_, Metric::HomeGoals) => "more goals scored at home",
        (_, Metric::AwayGoalDifference) => "better goal difference away",
        (_, Metric::AwayGoals) => "more goals scored away in all matches",
        (_, Metric::Wins) => "more wins in all matches",
        (_, Metric::AwayWins) => "more wins away in all matches",
        (_, Metric::OpponentsPoints) => "more points of all opponents together",
        (_, Metric::OpponentsGoalDifference) => "better goal difference of all opponents together",
        (_, Metric::OpponentsGoals) => "more goals of all opponents together",
        (_, Metric::Rounding) => {
            "whose points were rounded down when halved, before whose were rounded up"
        }
        (_, Metric::Forfeits) => "fewer matches lost by decision",
        (_, Metric::Aggregate) => "more goals over all legs",
        (_, Metric::Replay) => "a replay on the other ground",
        (_, Metric::PlayOff) => "a match between them",
        (_, Metric::ExtraTime) => "extra time, more goals in it",
        (_, Metric::ExtraTimeAwayGoals) => "more goals scored away in extra time",
        (_, Metric::Penalties) => "kicks from the penalty mark",
        (_, Metric::EarlierPlace) => "the better place in the stage before",
        (_, Metric::External(external)) => match external {
            External::DisciplinaryPoints => "fewer disciplinary points",
            External::RedCards => "fewer red cards",
            External::YellowCards => "fewer yellow cards",
            External::Coefficient => "the higher coefficient",
            External::Ranking => "the better place in the ranking",
            External::Seed => "the better seed",
            External::Lots => "drawing of lots",
        },
    }
}
