//! Which format a file is in, by its content.

use super::file::InputFile;
use crate::error::Error;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Main leagues of football-data.co.uk.
    FootballData,
    /// Results alone, in the columns of football-data.co.uk.
    Results,
    /// Extra leagues of football-data.co.uk.
    ExtraLeagues,
    /// Internationals of martj42.
    Internationals,
    /// Leagues of engsoccerdata.
    Engsoccerdata,
    /// Club matches of FiveThirtyEight's SPI.
    Spi,
    /// Ratings of ClubElo.
    ClubElo,
    /// Football.TXT of openfootball.
    FootballTxt,
    /// Football.JSON of openfootball.
    FootballJson,
}

/// Tables by their columns, the more special ones first.
const TABLES: [(Shape, &str, &[&str]); 7] = [
    (
        Shape::FootballData,
        "football-data.co.uk",
        &["Div", "Date", "HomeTeam", "AwayTeam", "FTHG", "FTAG"],
    ),
    (
        Shape::Results,
        "results",
        &["Date", "HomeTeam", "AwayTeam", "FTHG", "FTAG"],
    ),
    (
        Shape::ExtraLeagues,
        "football-data.co.uk extra leagues",
        &[
            "Country", "League", "Season", "Date", "Home", "Away", "HG", "AG",
        ],
    ),
    (
        Shape::Internationals,
        "internationals",
        &[
            "date",
            "home_team",
            "away_team",
            "home_score",
            "away_score",
            "tournament",
            "neutral",
        ],
    ),
    (
        Shape::Engsoccerdata,
        "engsoccerdata",
        &["Date", "Season", "home", "visitor", "hgoal", "vgoal"],
    ),
    (
        Shape::Spi,
        "538 SPI",
        &[
            "season", "date", "league", "team1", "team2", "score1", "score2",
        ],
    ),
    (
        Shape::ClubElo,
        "ClubElo",
        &["Club", "Country", "Level", "Elo", "From", "To"],
    ),
];

/// The longest piece of an unknown file that an error shows.
const SHOWN: usize = 60;

impl Shape {
    /// The columns that a table of this format must have.
    pub(super) fn columns(self) -> &'static [&'static str] {
        let found = TABLES.iter().find(|(shape, _, _)| *shape == self);
        found.map_or(&[], |(_, _, columns)| columns)
    }

    pub(super) fn of(file: &InputFile) -> Result<Self, Error> {
        let mut lines = file
            .text
            .lines()
            .zip(1..)
            .map(|(line, number)| (line.trim(), number));
        let Some((first, number)) = lines.find(|(line, _)| !line.is_empty()) else {
            return Err(Error::EmptyFile {
                at: file.at(0),
                expected: "it should hold matches in one of the formats of docs/import.md",
            });
        };
        if first.starts_with('{') {
            return Ok(Self::FootballJson);
        }
        let begins = |line: &str| line.starts_with('=');
        let comment = |line: &str| line.is_empty() || line.starts_with('#');
        if begins(first)
            || lines
                .find(|(line, _)| !comment(line))
                .is_some_and(|(line, _)| first.starts_with('#') && begins(line))
        {
            return Ok(Self::FootballTxt);
        }
        let header: Vec<&str> = first
            .split(',')
            .map(|name| name.trim().trim_matches('"'))
            .collect();
        let lacking = |columns: &[&'static str]| -> Vec<&'static str> {
            columns
                .iter()
                .copied()
                .filter(|column| !header.contains(column))
                .collect()
        };
        if let Some((shape, _, _)) = TABLES
            .iter()
            .find(|(_, _, columns)| lacking(columns).is_empty())
        {
            return Ok(*shape);
        }
        let share = |columns: &[&'static str]| lacking(columns).len() as f64 / columns.len() as f64;
        let nearest = TABLES
            .iter()
            .filter(|(_, _, columns)| share(columns) <= 0.5)
            .min_by(|a, b| share(a.2).total_cmp(&share(b.2)));
        let begin: String = first.chars().take(SHOWN).collect();
        let more = if begin.len() < first.len() { "…" } else { "" };
        let found = match nearest {
            Some((_, name, columns)) => {
                let lacking = lacking(columns).join("`, `");
                format!(
                    "unknown format, nearest to {name}, but without `{lacking}`: `{begin}{more}`"
                )
            }
            None => format!("unknown format: `{begin}{more}`"),
        };
        let tables = TABLES
            .iter()
            .map(|(_, name, columns)| format!("{name} ({})", columns.join(",")));
        let texts = [
            "Football.TXT (begins with `= Name 2016/17`)",
            "Football.JSON (begins with `{`)",
        ];
        let known: Vec<String> = tables.chain(texts.map(String::from)).collect();
        Err(Error::UnknownShape {
            at: file.at(number),
            found,
            known: known.join("; "),
        })
    }
}
