//! Reads questions: the grammar of `docs/queries.md`.

use std::ops::Range;

use super::problem::{At, Problem};
use super::question::{Claim, Comparison, Ending, Name, Question, Says, Statement, Total, Which};
use super::token::{Token, tokens};
use crate::error::{Error, QuestionProblem};
use crate::model::GRID_SIDE;

/// How deep parentheses and negations may be.
const DEEPEST: usize = 50;

impl Question {
    /// Reads a question.
    ///
    /// # Errors
    /// [`Error::Question`] that shows where it goes wrong and what was expected there.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let read = || {
            let mut parser = Parser {
                tokens: tokens(text)?,
                next: 0,
                end: text.len(),
            };
            parser.question()
        };
        read().map_err(|problem| problem.of(text))
    }
}

struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    /// Where the next token stands, or the end.
    fn here(&self) -> Range<usize> {
        let token = self.tokens.get(self.next);
        token.map_or(self.end..self.end, |(_, at)| at.clone())
    }

    fn expected<T>(&self, expected: &'static str) -> Result<T, Problem> {
        Err(QuestionProblem::Expected(expected).at(self.here()))
    }

    fn take(&mut self, token: &Token) -> bool {
        let taken = self.peek() == Some(token);
        self.next += usize::from(taken);
        taken
    }

    fn sign(&mut self, sign: &'static str) -> bool {
        self.take(&Token::Sign(sign))
    }

    fn reserved(&mut self, words: &[&'static str]) -> bool {
        words.iter().any(|word| self.take(&Token::Reserved(word)))
    }

    /// A word that is only one of the language where it stands.
    fn word(&mut self, word: &str) -> bool {
        self.take(&Token::Word(word.into()))
    }

    fn question(&mut self) -> Result<Question, Problem> {
        let event = self.any(0)?;
        let given = self.sign("|") || self.reserved(&["given"]);
        let condition = given.then(|| self.any(0)).transpose()?;
        match self.peek() {
            None => Ok(Question { event, condition }),
            Some(Token::Sign("|") | Token::Reserved("given")) => {
                self.expected("one condition only; join conditions with `&`")
            }
            Some(_) => self.expected("`&`, `or`, `|` or the end"),
        }
    }

    fn any(&mut self, depth: usize) -> Result<Statement, Problem> {
        let mut parts = vec![self.all(depth)?];
        while self.reserved(&["or"]) {
            parts.push(self.all(depth)?);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Statement::Or(parts),
        })
    }

    fn all(&mut self, depth: usize) -> Result<Statement, Problem> {
        let mut parts = vec![self.one(depth)?];
        while self.sign("&") {
            parts.push(self.one(depth)?);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Statement::And(parts),
        })
    }

    fn one(&mut self, depth: usize) -> Result<Statement, Problem> {
        if depth == DEEPEST {
            return Err(QuestionProblem::TooDeep { most: DEEPEST }.at(self.here()));
        }
        if self.reserved(&["not"]) {
            return Ok(Statement::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.sign("(") {
            let inner = self.any(depth + 1)?;
            return match self.sign(")") {
                true => Ok(inner),
                false => self.expected("`)`, `&` or `or`"),
            };
        }
        self.claim().map(Statement::Claim)
    }

    /// A name: words up to one of the language, or one in quotation marks.
    fn name(&mut self, expected: &'static str) -> Result<Name, Problem> {
        let start = self.here().start;
        let mut words: Vec<&str> = Vec::new();
        let mut end = start;
        while let Some((token, at)) = self.tokens.get(self.next) {
            match token {
                Token::Quoted(name) if words.is_empty() => {
                    self.next += 1;
                    return Ok(Name {
                        text: name.clone(),
                        at: at.clone(),
                    });
                }
                Token::Word(word) => words.push(word),
                _ => break,
            }
            end = at.end;
            self.next += 1;
        }
        match words.is_empty() {
            true => self.expected(expected),
            false => Ok(Name {
                text: words.join(" "),
                at: start..end,
            }),
        }
    }

    fn claim(&mut self) -> Result<Claim, Problem> {
        let team = self.name("a team, `not` or `(`")?;
        let says = self.says()?;
        Ok(Claim { team, says })
    }

    /// `in` a stage or a group, if that is said.
    fn place(&mut self) -> Result<Option<Name>, Problem> {
        let said = self.reserved(&["in"]);
        said.then(|| self.name("a stage or a group")).transpose()
    }

    fn says(&mut self) -> Result<Says, Problem> {
        const EXPECTED: &str = "what the team does: `in`, `1st in`, `beat`, `draw with`, `lose to`, `meets`, `points >= 10`";
        if self.reserved(&["in"]) {
            let place = self.name("an outcome, a stage or a group")?;
            return Ok(Says::TakesPart(place));
        }
        if self.reserved(&["is"]) {
            return self.name("an outcome").map(Says::Is);
        }
        if self.reserved(&["meet", "meets"]) {
            let other = self.name("the team that it meets")?;
            return match self.place()? {
                Some(stage) => Ok(Says::Meets(other, stage)),
                None => self.expected("`in` and the stage in which they meet"),
            };
        }
        if self.reserved(&["beat", "beats"]) {
            return self.plays(Ending::Win);
        }
        for (verb, preposition, expected, ending) in [
            (["draw", "draws"], "with", "`with`", Ending::Draw),
            (["lose", "loses"], "to", "`to`", Ending::Loss),
        ] {
            if self.reserved(&verb) {
                return match self.word(preposition) {
                    true => self.plays(ending),
                    false => self.expected(expected),
                };
            }
        }
        if let Some(Token::Score(goals)) = self.peek() {
            let ending = Ending::Score(*goals);
            if usize::from(goals.home.max(goals.away)) >= GRID_SIDE {
                return Err(QuestionProblem::TooManyGoals {
                    most: GRID_SIDE - 1,
                }
                .at(self.here()));
            }
            self.next += 1;
            return self.plays(ending);
        }
        let comparison = match self.reserved(&["at"]) {
            false => Comparison::Exactly,
            true if self.word("most") => Comparison::AtMost,
            true if self.word("least") => Comparison::AtLeast,
            true => return self.expected("`most` or `least`"),
        };
        if let Some(Token::Ordinal(rank)) = self.peek() {
            let rank = *rank;
            self.next += 1;
            return Ok(Says::Finishes(comparison, rank, self.place()?));
        }
        if comparison != Comparison::Exactly {
            return self.expected("a position such as `2nd`");
        }
        let verb = self.reserved(&["have", "has"]);
        let total = if self.reserved(&["points"]) {
            Total::Points
        } else if self.reserved(&["goals"]) {
            Total::Goals
        } else if self.reserved(&["goal"]) {
            match self.word("difference") {
                true => Total::GoalDifference,
                false => return self.expected("`difference`"),
            }
        } else if verb {
            return self.expected("`points`, `goals` or `goal difference`");
        } else {
            return self.expected(EXPECTED);
        };
        self.compared(total)
    }

    fn compared(&mut self, total: Total) -> Result<Says, Problem> {
        let signs = [
            (">=", Comparison::AtLeast, 0),
            ("<=", Comparison::AtMost, 0),
            ("=", Comparison::Exactly, 0),
            (">", Comparison::AtLeast, 1),
            ("<", Comparison::AtMost, -1),
        ];
        let sign = signs.into_iter().find(|(sign, ..)| self.sign(sign));
        let Some((_, comparison, more)) = sign else {
            return self.expected("`>=`, `<=`, `=`, `>` or `<`");
        };
        let Some(Token::Word(number)) = self.peek() else {
            return self.expected("a whole number");
        };
        match number
            .parse::<i64>()
            .ok()
            .and_then(|number| number.checked_add(more))
        {
            Some(number) => {
                self.next += 1;
                Ok(Says::Has(total, comparison, number, self.place()?))
            }
            None if is_whole(number) => self.expected("a whole number closer to zero"),
            None => self.expected("a whole number"),
        }
    }

    fn plays(&mut self, ending: Ending) -> Result<Says, Problem> {
        let other = self.name("the other team")?;
        let mut which = Which::default();
        loop {
            if self.reserved(&["at"]) {
                match self.word("home") && which.at_home.is_none() {
                    true => which.at_home = Some(true),
                    false => return self.expected("`home`, once"),
                }
            } else if self.reserved(&["away"]) {
                if which.at_home.replace(false).is_some() {
                    return self.expected("`at home` or `away`, once");
                }
            } else if self.reserved(&["on"]) {
                let number = self
                    .word("matchday")
                    .then(|| self.peek().cloned())
                    .flatten();
                let number = match number {
                    Some(Token::Word(number)) if which.matchday.is_none() => number.parse().ok(),
                    _ => None,
                };
                match number {
                    Some(number) => which.matchday = Some(number),
                    None => return self.expected("`matchday` and its number, once"),
                }
                self.next += 1;
            } else {
                which.place = self.place()?;
                return Ok(Says::Plays(other, ending, which));
            }
        }
    }
}

/// Whether it is written as a whole number, of whatever size.
fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
