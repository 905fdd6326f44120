//! A question in tokens, each with where it stands.

use std::ops::Range;

use super::problem::{At, Problem};
use crate::error::QuestionProblem;
use crate::fixture::Scoreline;
use crate::standings;

/// Words that no name has unless it is quoted.
const RESERVED: [&str; 21] = [
    "at", "away", "beat", "beats", "draw", "draws", "given", "goal", "goals", "in", "is", "lose",
    "loses", "meet", "meets", "not", "on", "or", "points", "have", "has",
];

/// The smallest part of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word of the language.
    Reserved(&'static str),
    /// `1st`: the rank, from 0.
    Ordinal(usize),
    /// `2-0`
    Score(Scoreline),
    /// Any other word.
    Word(String),
    /// A name in quotation marks.
    Quoted(String),
    /// `&`, `|`, `(`, `)`, or a comparison.
    Sign(&'static str),
}

const SIGNS: [&str; 9] = ["&", "|", "(", ")", ">=", "<=", "=", "<", ">"];

/// Cuts a question into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Problem> {
    let mut tokens = Vec::new();
    let mut from = 0;
    while let Some(first) = text[from..].chars().next() {
        let rest = &text[from..];
        if first.is_whitespace() {
            from += first.len_utf8();
            continue;
        }
        let (token, length) = match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            Some(sign) => (Token::Sign(sign), sign.len()),
            None if first == '"' || first == '\'' => {
                let (name, length) = quoted(rest, first)
                    .ok_or_else(|| QuestionProblem::OpenQuote.at(from..text.len()))?;
                (Token::Quoted(name), length)
            }
            None => {
                let ends = |c: char| c.is_whitespace() || "&|()<>=\"".contains(c);
                let length = rest.find(ends).unwrap_or(rest.len());
                (word(&rest[..length]), length)
            }
        };
        tokens.push((token, from..from + length));
        from += length;
    }
    Ok(tokens)
}

/// The name between two marks, of which a doubled one means one; and the bytes it takes.
fn quoted(text: &str, mark: char) -> Option<(String, usize)> {
    let mut name = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((place, character)) = characters.next() {
        if character != mark {
            name.push(character);
        } else if characters.next_if(|(_, next)| *next == mark).is_some() {
            name.push(mark);
        } else {
            return Some((name, place + mark.len_utf8()));
        }
    }
    None
}

fn word(text: &str) -> Token {
    if let Some(word) = RESERVED.iter().find(|word| **word == text) {
        return Token::Reserved(word);
    }
    if let Some(position) = ordinal(text) {
        return Token::Ordinal(position - 1);
    }
    let digits = |c: char| c.is_ascii_digit();
    match text.parse() {
        Ok(score) if text.starts_with(digits) && text.ends_with(digits) => Token::Score(score),
        _ => Token::Word(text.into()),
    }
}

/// `1st`, `22nd`: the position, from 1.
fn ordinal(text: &str) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let position = text[..digits].parse().ok()?;
    ((1..=1000).contains(&position) && standings::ordinal(position) == text).then_some(position)
}

/// A name as a question may have it, in quotation marks where it would not be read as one.
pub(super) fn as_written(name: &str) -> String {
    let plain = tokens(name).is_ok_and(|tokens| {
        let mut words = tokens.iter();
        !tokens.is_empty() && words.all(|(token, _)| matches!(token, Token::Word(_)))
    });
    let spaced = name.split_whitespace().collect::<Vec<_>>().join(" ") == name;
    match plain && spaced {
        true => name.into(),
        false => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}
