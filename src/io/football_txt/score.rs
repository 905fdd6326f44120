//! Scores as Football.TXT writes them: `2-1 (1-0)`, `3-2 a.e.t. (2-1, 0-1)`, `4-5 pen 1-1 a.e.t. (1-1)`.

use crate::fixture::{Scoreline, Status};

/// What a match ended with, as far as it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FullScore {
    /// After 90 minutes.
    pub(super) full_time: Option<Scoreline>,
    /// After extra time, the 90 minutes included.
    pub(super) after_extra_time: Option<Scoreline>,
    pub(super) penalties: Option<Scoreline>,
}

/// What brackets after a match tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Notes {
    /// The score is that after extra time.
    pub(super) extra_time: bool,
    pub(super) penalties: Option<Scoreline>,
    pub(super) not_played: Option<NotPlayed>,
}

/// Why a score, if there is one, is not that of a match played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotPlayed {
    /// Put off, or off for good: a fixture until the file says more.
    Off,
    /// By decision.
    Ruled(Status),
}

/// What one word of a score is.
enum Word {
    Goals(Scoreline, Of),
    ExtraTime,
    Penalties,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Unsaid,
    ExtraTime,
    Penalties,
}

/// Splits a text around its score; `None` if it has none.
pub(super) fn scored(text: &str) -> Result<Option<(&str, FullScore, &str)>, &'static str> {
    let mut places = words(text);
    let Some(first) = places.position(|(_, word)| matches!(read(word), Some(Word::Goals(..))))
    else {
        return Ok(None);
    };
    let start = words(text).nth(first).map_or(0, |(place, _)| place);
    let mut parts: Vec<(Scoreline, Of)> = Vec::new();
    let mut inside: Option<Vec<Scoreline>> = None;
    let mut open = false;
    let mut end = text.len();
    for (place, word) in words(text).skip(first) {
        if open || word.starts_with('(') {
            let list = inside.get_or_insert_default();
            let goals = word.trim_matches(['(', ')', ',', ';']);
            if !goals.is_empty() {
                match read(goals) {
                    Some(Word::Goals(goals, Of::Unsaid)) => list.push(goals),
                    // A remark of another kind, as `(ENG)` after the away side.
                    _ if !open => {
                        end = place;
                        break;
                    }
                    _ => return Err("brackets after a score hold scores such as `(1-1, 0-1)`"),
                }
            }
            open = !word.ends_with(')');
            continue;
        }
        match read(word) {
            Some(Word::Goals(goals, of)) => parts.push((goals, of)),
            Some(Word::ExtraTime) => said(&mut parts, Of::ExtraTime)?,
            Some(Word::Penalties) => said(&mut parts, Of::Penalties)?,
            None => {
                end = place;
                break;
            }
        }
    }
    if open {
        return Err("a bracket is not closed");
    }
    let score = put_together(&parts, &inside.unwrap_or_default())?;
    Ok(Some((&text[..start], score, &text[end..])))
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// `2-2 a.e.t.`: of what the goals before are.
fn said(parts: &mut [(Scoreline, Of)], of: Of) -> Result<(), &'static str> {
    match parts.last_mut() {
        Some((_, unsaid @ Of::Unsaid)) => {
            *unsaid = of;
            Ok(())
        }
        _ => Err("`a.e.t.` or `pen.` belongs after its own score"),
    }
}

fn read(word: &str) -> Option<Word> {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "a.e.t." | "a.e.t" | "aet" | "aet." | "n.v." | "nv" => return Some(Word::ExtraTime),
        "pen" | "pen." | "p" | "p." | "pens" | "pens." | "i.e." | "ie" => {
            return Some(Word::Penalties);
        }
        _ => {}
    }
    let end = lower.find(|c: char| !(c.is_ascii_digit() || "-–:".contains(c)));
    let (goals, kind) = lower.split_at(end.unwrap_or(lower.len()));
    let of = match kind {
        "" => Of::Unsaid,
        "a.e.t." | "aet" | "nv" | "n.v." => Of::ExtraTime,
        "p" | "pen" | "pen." | "ie" | "i.e." => Of::Penalties,
        _ => return None,
    };
    goals.parse().ok().map(|goals| Word::Goals(goals, of))
}

fn put_together(
    parts: &[(Scoreline, Of)],
    inside: &[Scoreline],
) -> Result<FullScore, &'static str> {
    let mut score = FullScore::default();
    for &(goals, of) in parts {
        let place = match of {
            Of::Unsaid => &mut score.full_time,
            Of::ExtraTime => &mut score.after_extra_time,
            Of::Penalties => &mut score.penalties,
        };
        if place.replace(goals).is_some() {
            return Err("two scores of one kind; mark them `a.e.t.` and `pen.`");
        }
    }
    let known = (score.full_time, score.after_extra_time, score.penalties);
    match (known, inside) {
        // Half-time scores are of no use.
        ((Some(_), ..), [] | [_]) => {}
        ((None, ..), []) => {}
        ((None, Some(_), _), [full_time] | [full_time, _]) => score.full_time = Some(*full_time),
        ((None, None, Some(_)), [full_time] | [full_time, _]) => score.full_time = Some(*full_time),
        ((None, None, Some(_)), [end, full_time, _]) => {
            score.after_extra_time = Some(*end);
            score.full_time = Some(*full_time);
        }
        _ => return Err("more scores in brackets than there are periods"),
    }
    Ok(score)
}

/// Goals of extra time alone.
pub(in crate::io) fn since(
    full_time: Scoreline,
    end: Scoreline,
) -> Result<Scoreline, &'static str> {
    let home = end.home.checked_sub(full_time.home);
    let away = end.away.checked_sub(full_time.away);
    let since = home
        .zip(away)
        .map(|(home, away)| Scoreline::new(home, away));
    since.ok_or("fewer goals after extra time than before it")
}

/// Reads the notes after `[`, such as `aet, 3-0 pen]` or `postponed]`.
pub(super) fn notes(text: &str) -> Result<Notes, &'static str> {
    let mut notes = Notes::default();
    let unknown = "brackets may hold `aet`, `3-0 pen`, `agg 3-2`, `postponed`, `cancelled`, `abandoned`, `awarded` or `annulled`";
    for part in text
        .split([',', ';', ']', '['])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let lower = part.to_lowercase();
        match lower.as_str() {
            "aet" | "a.e.t." => notes.extra_time = true,
            "postponed" | "cancelled" | "canceled" | "suspended" => {
                notes.not_played = Some(NotPlayed::Off)
            }
            "abandoned" => notes.not_played = Some(NotPlayed::Ruled(Status::Abandoned)),
            "awarded" => notes.not_played = Some(NotPlayed::Ruled(Status::Awarded)),
            "annulled" | "void" | "voided" => {
                notes.not_played = Some(NotPlayed::Ruled(Status::Annulled))
            }
            _ if lower.starts_with("agg") || lower.contains("away goals") => {}
            _ => {
                let mut words = lower.split_whitespace().map(read);
                match (words.next().flatten(), words.next().flatten(), words.next()) {
                    (Some(Word::Goals(goals, _)), Some(Word::Penalties), None)
                    | (Some(Word::Goals(goals, Of::Penalties)), None, None) => {
                        notes.penalties = Some(goals);
                    }
                    _ => return Err(unknown),
                }
            }
        }
    }
    Ok(notes)
}
