//! Football.TXT of openfootball: match schedules as people write them.
//!
//! A title names league and season, headings groups and rounds, and every other line is a day, a
//! match, or something around a match that is passed over: scorers, line-ups, referees, comments.

mod day;
mod score;

use std::collections::HashMap;

pub(super) use self::score::since;

use self::day::{Day, Years, day};
use self::score::{FullScore, NotPlayed, Notes, notes, scored};
use super::file::InputFile;
use super::football_data::across;
use super::ledger::{AtHome, Contest, Ledger, Pairing};
use crate::error::Error;
use crate::fixture::Score;
use crate::history::PastMatch;

/// Marks of headings, as files have had them over the years.
const MARKS: [char; 8] = ['▪', '»', '›', '•', '▸', '►', '◦', '■'];

/// First words of headings that stand without a mark.
const HEADINGS: [&str; 31] = [
    "group",
    "gruppe",
    "grupo",
    "groupe",
    "matchday",
    "round",
    "week",
    "spieltag",
    "jornada",
    "journée",
    "final",
    "finals",
    "quarter-final",
    "quarter-finals",
    "quarterfinals",
    "quarter",
    "semi-final",
    "semi-finals",
    "semifinals",
    "semi",
    "third",
    "third-place",
    "match",
    "play-off",
    "play-offs",
    "playoff",
    "playoffs",
    "preliminary",
    "qualifying",
    "league",
    "knockout",
];
/// Words that make a heading of the line they stand in, such as `First round`, `1/8 Finals`.
const ROUND_WORDS: [&str; 9] = [
    "round",
    "final",
    "finals",
    "leg",
    "replay",
    "replays",
    "play-off",
    "play-offs",
    "stage",
];
const GROUPS: [&str; 4] = ["group", "gruppe", "grupo", "groupe"];
const MATCHDAYS: [&str; 6] = [
    "matchday", "round", "week", "spieltag", "jornada", "journée",
];

pub(super) fn read(file: &InputFile, ledger: &mut Ledger<'_>) -> Result<(), Error> {
    let mut reader = Reader {
        file,
        ledger,
        league: String::new(),
        season: String::new(),
        years: Years::default(),
        day: None,
        group: String::new(),
        round: String::new(),
        groups: HashMap::new(),
    };
    let mut around = Around::default();
    for (text, line) in file.text.lines().zip(1..) {
        let text = text.split_once(" #").map_or(text, |(text, _)| text);
        let text = text.split_once("\t#").map_or(text, |(text, _)| text);
        if text.trim_start().starts_with('#') || around.holds(text) {
            continue;
        }
        match text.trim() {
            "" => {}
            text => reader.line(text, line)?,
        }
    }
    Ok(())
}

/// What is told around a match, over any number of lines.
#[derive(Default)]
struct Around {
    /// Brackets still open.
    open: usize,
    /// Whether a list goes on in the next line.
    goes_on: bool,
}

impl Around {
    /// Whether a line is about players and referees and not about fixtures.
    fn holds(&mut self, line: &str) -> bool {
        let text = line.trim();
        if text.is_empty() {
            *self = Self::default();
            return true;
        }
        let scorers =
            self.open > 0 || (text.starts_with('(') && !is_number(text)) || is_goals(text);
        if scorers {
            let opened = self.open + text.matches(['(', '[']).count();
            self.open = opened.saturating_sub(text.matches([')', ']']).count());
            return true;
        }
        let property = self.goes_on || is_property(text);
        self.goes_on = property && text.ends_with([',', ';', '-']);
        property
    }
}

/// `(12) Jun/10 …`: the number of a match.
fn is_number(text: &str) -> bool {
    let inside = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    inside.is_some_and(|(inside, _)| {
        !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// `[Neymar 29', 71' (pen.)]`: older files have scorers in square brackets, as they have days.
fn is_goals(text: &str) -> bool {
    text.starts_with('[') && text.contains('\'')
}

/// `Referee: …`, `Italy:  …`: a name and a colon before anything else.
fn is_property(text: &str) -> bool {
    let Some((name, rest)) = text.split_once(':') else {
        return false;
    };
    let is_name = name
        .chars()
        .all(|c| c.is_alphabetic() || " .-'&".contains(c));
    is_name && rest.starts_with([' ', '\t'])
}

struct Reader<'a, 'l> {
    file: &'a InputFile,
    ledger: &'a mut Ledger<'l>,
    league: String,
    season: String,
    years: Years,
    /// The day of the matches that follow.
    day: Option<jiff::civil::Date>,
    group: String,
    round: String,
    /// From teams to the groups that definitions put them in.
    groups: HashMap<String, String>,
}

impl Reader<'_, '_> {
    fn wrong(&self, line: usize, text: &str, problem: &'static str) -> Error {
        Error::ScheduleLine {
            at: self.file.at(line),
            text: text.into(),
            problem,
        }
    }

    fn line(&mut self, text: &str, line: usize) -> Result<(), Error> {
        if text.starts_with('=') {
            self.title(text);
            return Ok(());
        }
        if let Some((name, members)) = text.split_once('|') {
            self.definition(name.trim(), members);
            return Ok(());
        }
        if let Some(heading) = text.strip_prefix(MARKS) {
            self.heading(heading.trim_start_matches(MARKS).trim());
            return Ok(());
        }
        let mut rest = match is_number(text) {
            true => text
                .split_once(')')
                .map_or("", |(_, rest)| rest)
                .trim_start(),
            false => text,
        };
        if let Some((day, after)) = day(rest) {
            self.day = Some(self.date(day, line, text)?);
            rest = after;
        }
        rest = day::without_time(rest);
        if let Some(place) = rest.strip_prefix('@') {
            // A ground before the match ends where two spaces are.
            rest = place
                .trim_start()
                .split_once("  ")
                .map_or("", |(_, rest)| rest.trim());
        }
        match rest {
            "" => Ok(()),
            _ if self.fixture(rest, line)? => Ok(()),
            _ if rest.len() == text.len() && is_heading(text) => {
                self.heading(text.trim_end_matches(':'));
                Ok(())
            }
            _ => {
                let problem = "neither a heading nor a day nor a match such as `Home  2-1 (1-0)  Away` or `Home v Away`";
                Err(self.wrong(line, text, problem))
            }
        }
    }

    /// `= Name 2016/17`; further signs begin a part of the competition.
    fn title(&mut self, text: &str) {
        let level = text.len() - text.trim_start_matches('=').len();
        let name = text.trim_matches('=').trim();
        self.group.clear();
        self.round.clear();
        if level > 1 {
            name.clone_into(&mut self.round);
            return;
        }
        (self.league, self.years) = league_and_years(name);
        self.season = self.years.name();
        self.day = None;
        self.groups.clear();
    }

    /// `Group A  |  Brazil  Croatia`: who is in a group. When rounds are is of no use.
    fn definition(&mut self, name: &str, members: &str) {
        if !is_group(name) {
            return;
        }
        let members = members
            .split("  ")
            .map(str::trim)
            .filter(|member| !member.is_empty());
        for member in members {
            self.groups.insert(member.into(), name.into());
        }
    }

    fn heading(&mut self, text: &str) {
        // `Matchday 1 / Group A` and `Group A, Matchday 1`.
        let parts: Vec<&str> = text.split([',', '/']).map(str::trim).collect();
        let group = parts.iter().find(|part| is_group(part));
        match group {
            Some(group) => {
                (*group).clone_into(&mut self.group);
                let rest = parts.iter().filter(|part| *part != group);
                self.round = rest.copied().collect::<Vec<_>>().join(", ");
            }
            None => {
                // Matchdays may stand below a group; other rounds come after it.
                if !is_matchday(text) {
                    self.group.clear();
                }
                text.clone_into(&mut self.round);
            }
        }
    }

    fn date(&mut self, day: Day, line: usize, text: &str) -> Result<jiff::civil::Date, Error> {
        if let (
            true,
            Day {
                year: Some(year),
                month,
                ..
            },
        ) = (self.years.is_unknown(), day)
        {
            self.years = Years::around(year, month);
            self.season = self.years.name();
        }
        if self.years.is_unknown() {
            let problem = "no year: end the title with it, as in `= Name 2016/17`, or give it with the first day";
            return Err(self.wrong(line, text, problem));
        }
        let date = self.years.date(day);
        date.ok_or_else(|| self.wrong(line, text, "there is no such day"))
    }

    /// Reads a match or fixture; `false` if the text is neither.
    fn fixture(&mut self, text: &str, line: usize) -> Result<bool, Error> {
        let Some((pairing, notes)) = self.pairing(text, line)? else {
            return Ok(false);
        };
        let (home, home_association) = team(&pairing.home);
        let (away, away_association) = team(&pairing.away);
        if home.is_empty() || away.is_empty() {
            return Err(self.wrong(line, text, "a team is missing"));
        }
        if pairing.score.is_none() && (is_place(home) || is_place(away)) {
            self.ledger.add_pending(line);
            return Ok(true);
        }
        let Some(date) = self.day else {
            return Err(self.wrong(
                line,
                text,
                "a match before any day: write the day above it or before it",
            ));
        };
        let mut played = self.ledger.fixture(&Pairing {
            line,
            date,
            league: &self.league,
            season: &self.season,
            home,
            away,
        })?;
        for (team, association) in [
            (played.home, home_association),
            (played.away, away_association),
        ] {
            if !association.is_empty() {
                self.ledger.set_association(team, association);
            }
        }
        let score = pairing.score.unwrap_or_default();
        if let Err(problem) = enter(&mut played, score, notes) {
            return Err(self.wrong(line, text, problem));
        }
        played.group = self.group_of(home, away);
        self.round.clone_into(&mut played.round);
        let table = !played.group.is_empty() || is_matchday(&self.round);
        let (at_home, contest) = of_round(table, &played.round);
        self.ledger.add(at_home, contest, played);
        Ok(true)
    }

    /// The group of a match: by its heading, or by definition while it is a matchday.
    fn group_of(&self, home: &str, away: &str) -> String {
        let defined = self
            .groups
            .get(home)
            .filter(|group| self.groups.get(away) == Some(group));
        match defined {
            Some(group) if self.group.is_empty() && is_matchday(&self.round) => group.clone(),
            _ => self.group.clone(),
        }
    }

    /// Both sides, the score between or after them, and notes in brackets.
    fn pairing(&self, text: &str, line: usize) -> Result<Option<(Sides, Notes)>, Error> {
        let text = text.split_once(" @ ").map_or(text, |(text, _)| text);
        let (text, noted) = match text.split_once('[') {
            Some((text, noted)) => (text, noted),
            None => (text, ""),
        };
        let notes = notes(noted).map_err(|problem| self.wrong(line, noted, problem))?;
        let text = text.trim();
        let score = scored(text).map_err(|problem| self.wrong(line, text, problem))?;
        let (before, score, after) = match score {
            Some((before, score, after)) => (before.trim(), Some(score), after.trim()),
            None => (text, None, ""),
        };
        let versus = [" v ", " vs ", " vs. ", " - ", " – "];
        let split = versus.iter().find_map(|versus| before.split_once(versus));
        let (home, away) = match (split, after.is_empty(), &score) {
            (Some((home, away)), true, _) => (home, away),
            (None, false, Some(_)) => (before, after),
            (_, _, Some(_)) => {
                let problem = "a score, but not one team before and one after it, or both before it as in `Home v Away  2-1`";
                return Err(self.wrong(line, text, problem));
            }
            _ => return Ok(None),
        };
        let (home, away) = (home.trim().to_owned(), away.trim().to_owned());
        Ok(Some((Sides { home, away, score }, notes)))
    }
}

struct Sides {
    home: String,
    away: String,
    score: Option<FullScore>,
}

/// Writes the score into a match.
fn enter(played: &mut PastMatch, score: FullScore, notes: Notes) -> Result<(), &'static str> {
    let FullScore {
        full_time,
        after_extra_time,
        penalties,
    } = score;
    played.penalties = penalties.or(notes.penalties);
    match (full_time, after_extra_time) {
        (Some(full_time), Some(end)) => {
            played.goals = Some(full_time);
            played.extra_time = Some(score::since(full_time, end)?);
        }
        (Some(goals), None) => {
            played.goals = Some(goals);
            played.after_extra_time = notes.extra_time;
        }
        (None, end) => {
            played.goals = end;
            played.after_extra_time = end.is_some();
        }
    }
    if played.penalties.is_some() && played.goals.is_none() {
        return Err("a shoot-out without the goals before it: write `4-2 pen. (1-1)`");
    }
    match notes.not_played {
        None => Ok(()),
        Some(NotPlayed::Off) if played.goals.is_none() => Ok(()),
        Some(NotPlayed::Off) => Err("a score of a match that was not played"),
        Some(NotPlayed::Ruled(status)) => {
            let Some(goals) = played.goals.take() else {
                return Err("awarded, abandoned or annulled, but without a score");
            };
            played.ruling = Some(Score::by(status, goals));
            Ok(())
        }
    }
}

/// The league that a title names, and the years of its season.
pub(super) fn league_and_years(title: &str) -> (String, Years) {
    let end = title
        .trim_end_matches(|c: char| c.is_ascii_digit() || "/-–".contains(c))
        .len();
    let years = Years::read(&title[end..]);
    if !years.is_unknown() {
        return (title[..end].trim().into(), years);
    }
    // `2024-25 Champions League`
    let begin = title.find(|c: char| !(c.is_ascii_digit() || "/-–".contains(c)));
    let (years, name) = title.split_at(begin.unwrap_or(0));
    match Years::read(years) {
        years if years.is_unknown() => (title.trim().into(), years),
        years => (name.trim().into(), years),
    }
}

impl Years {
    /// The season's name as other formats have it.
    pub(super) fn name(&self) -> String {
        match self.0 {
            None => String::new(),
            Some((first, last)) if first == last => first.to_string(),
            Some((first, _)) => across(first),
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let trimmed = text
        .split_whitespace()
        .map(|word| word.trim_matches([',', ':', '.']));
    trimmed.map(str::to_lowercase)
}

/// `Group A`, `Gruppe 1`, `Group HEX`: the word and a short name.
pub(super) fn is_group(text: &str) -> bool {
    let words: Vec<String> = words(text).collect();
    matches!(&words[..], [group, name] if GROUPS.contains(&group.as_str()) && name.len() <= 3)
}

/// What a match of a table is, or else of a round. A table may be of a league or of a cup.
pub(super) fn of_round(table: bool, round: &str) -> (AtHome, Contest) {
    match (table, round.is_empty()) {
        (true, _) => (AtHome::OnceAtFirst, Contest::Unknown),
        (false, true) => (AtHome::Often, Contest::Unknown),
        (false, false) => (AtHome::Often, Contest::Cup),
    }
}

/// `Matchday 1`, `3. Round`: a day of a table, and not `Round of 16`.
pub(crate) fn is_matchday(text: &str) -> bool {
    let words: Vec<String> = words(text).collect();
    let number = |word: &String| word.parse::<u32>().is_ok();
    let matchday = |word: &String| MATCHDAYS.contains(&word.as_str());
    match &words[..] {
        [.., name, at] if matchday(name) => number(at),
        [at, name] if matchday(name) && name != "round" => number(at),
        [name, at, of, most] if matchday(name) && of == "of" => number(at) && number(most),
        _ => false,
    }
}

fn is_heading(text: &str) -> bool {
    let words: Vec<String> = words(text).collect();
    words
        .first()
        .is_some_and(|word| HEADINGS.contains(&word.as_str()))
        || words
            .iter()
            .any(|word| ROUND_WORDS.contains(&word.as_str()))
}

/// A team without its association, `Chelsea FC (ENG)`.
fn team(text: &str) -> (&str, &str) {
    let parts = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" ("));
    match parts {
        Some((name, code)) if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => {
            (name.trim(), code)
        }
        _ => (text, ""),
    }
}

/// A place that stands for a team not known yet: `W49`, `1A`, `3A/B/C`, `Winner Group A`.
pub(super) fn is_place(name: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let groups = |text: &str| {
        !text.is_empty()
            && text
                .split('/')
                .all(|group| group.len() == 1 && group.bytes().all(|b| b.is_ascii_uppercase()))
    };
    let letters = ["W", "L"]
        .iter()
        .any(|letter| name.strip_prefix(letter).is_some_and(digits));
    let places = ["1", "2", "3", "4"]
        .iter()
        .any(|place| name.strip_prefix(place).is_some_and(groups));
    let first = name
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    letters
        || places
        || ["winner", "loser", "runner-up", "tbd", "?", "n.n."].contains(&first.as_str())
}

#[cfg(test)]
mod tests;
