//! The one error of the library. Each variant is something the user can mend: it carries what, where
//! and the nearest valid value, and says what to do.

mod location;
mod nearest;
mod question;
mod syntax;

use std::io;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::history::OddsSource;

pub use location::Location;
pub use nearest::Nearest;
pub use question::QuestionProblem;

pub(crate) use syntax::toml_error;

/// What can be wrong with what the library is given.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder does not hold an edition.
    #[error("{}: no edition here: there is no edition.toml; docs/editions.md shows a minimal one", path.display())]
    NoEdition {
        /// The folder.
        path: PathBuf,
    },
    /// No embedded edition and no folder has this name.
    #[error(
        "unknown edition `{name}`{nearest} (neither embedded, see `matchday list`, nor a folder)"
    )]
    UnknownEdition {
        /// What was asked for.
        name: String,
        /// Embedded editions of a similar name.
        nearest: Nearest,
    },
    /// A file cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What was to be written is there already.
    #[error("{}: there is something already, and nothing is overwritten; choose another name with {option}", path.display())]
    Taken {
        /// The file or folder.
        path: PathBuf,
        /// Where it was named.
        option: &'static str,
    },
    /// No template has this name.
    #[error("unknown template `{name}`{nearest} (known: {known}; see `matchday new`)")]
    UnknownTemplate {
        /// What was asked for.
        name: String,
        /// Templates of a similar name.
        nearest: Nearest,
        /// Every template.
        known: String,
    },
    /// A template that the teams or the options do not fit.
    #[error("{at}: template `{template}`: {problem}")]
    Template {
        /// The file of teams, a line of it, or an option.
        at: Location,
        /// The template.
        template: String,
        /// What is wrong and how it should be.
        problem: String,
    },
    /// The edition's rulebook is neither embedded nor in its folder.
    #[error(
        "{at}: unknown rulebook `{name}`{nearest} (see `matchday rules` for those embedded, or put {name}.toml beside edition.toml)"
    )]
    UnknownRulebook {
        /// Where it is named.
        at: Location,
        /// What was asked for.
        name: String,
        /// Rulebooks of a similar name.
        nearest: Nearest,
    },
    /// No embedded rulebook and no file has this name.
    #[error(
        "unknown rulebook `{name}`{nearest} (neither embedded, see `matchday rules`, nor a .toml file)"
    )]
    NoRulebook {
        /// What was asked for.
        name: String,
        /// Embedded rulebooks of a similar name.
        nearest: Nearest,
    },
    /// A rule list that can end level orders a tie.
    #[error(
        "{at}: rulebook `{rulebook}`: list `{list}` can leave the two teams of a tie level; end it with a line such as `play = \"penalties\"` or `by = \"lots\"`"
    )]
    EndsLevel {
        /// The stage's rule list.
        at: Location,
        /// The rulebook.
        rulebook: String,
        /// The list.
        list: String,
    },
    /// A rule depends on an outcome that the edition does not have.
    #[error(
        "{at}: rulebook `{rulebook}`: list `{list}` has a rule for where `{outcome}` is at stake, but no such outcome is declared{nearest}; declare it in `outcomes`"
    )]
    UndeclaredStake {
        /// The stage's rule list.
        at: Location,
        /// The rulebook.
        rulebook: String,
        /// The list.
        list: String,
        /// The outcome.
        outcome: String,
        /// Outcomes of a similar name.
        nearest: Nearest,
    },
    /// The file holds nothing.
    #[error("{at}: the file is empty; {expected}")]
    EmptyFile {
        /// The file.
        at: Location,
        /// What it should hold.
        expected: &'static str,
    },
    /// A file that an edition needs is not there.
    #[error("{at}: no such file; {expected}")]
    MissingFile {
        /// The file.
        at: Location,
        /// What it should hold.
        expected: &'static str,
    },
    /// Fewer of something than there must be.
    #[error("{at}: {found} {what}; at least {least} {} needed", if *least == 1 { "is" } else { "are" })]
    TooFew {
        /// Where.
        at: Location,
        /// What there is too little of.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there must be.
        least: usize,
    },
    /// A quote that its line does not close.
    #[error(
        "{at}: a quote is not closed on this line; close it, or write it as two quotes inside a quoted cell"
    )]
    OpenQuote {
        /// The line.
        at: Location,
    },
    /// The covariate of the prior is not known of any team.
    #[error(
        "{at}: no team has a value in column `{column}`, which [strengths] in edition.toml asks for; fill it or remove [strengths]"
    )]
    NoCovariate {
        /// The file of teams.
        at: Location,
        /// The column.
        column: &'static str,
    },
    /// A value given twice.
    #[error("{at}: {value} of {team} on the same day is already on line {first}; remove one")]
    RepeatedValue {
        /// Where the second is.
        at: Location,
        /// What it is.
        value: String,
        /// Of which team.
        team: String,
        /// The line of the first.
        first: usize,
    },
    /// The file is not UTF-8.
    #[error("{at}: not UTF-8 text; save the file as UTF-8")]
    NotUtf8 {
        /// The first line that is not.
        at: Location,
    },
    /// Not TOML or CSV, or not with the keys of this file.
    #[error("{at}: {message}")]
    Syntax {
        /// Where.
        at: Location,
        /// What the parser found and expected.
        message: String,
    },
    /// A line of CSV has another number of cells than the header.
    #[error("{at}: {found} {} where the header has {expected}; quote cells that hold a comma", if *found == 1 { "cell" } else { "cells" })]
    CellCount {
        /// The line.
        at: Location,
        /// Cells found.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A line of CSV that ends before all that it must say.
    #[error(
        "{at}: the line ends after {found} of {expected} cells, before `{column}`; complete it, with empty cells where nothing is known"
    )]
    LineEnds {
        /// The line.
        at: Location,
        /// Cells found.
        found: usize,
        /// Cells of the header.
        expected: usize,
        /// The first column that it lacks and needs.
        column: &'static str,
    },
    /// A column that this file does not have.
    #[error("{at}: unknown column `{column}`{nearest} (known: {known})")]
    UnknownColumn {
        /// The header.
        at: Location,
        /// The column.
        column: String,
        /// Similar columns.
        nearest: Nearest,
        /// Every column of the file.
        known: String,
    },
    /// A column given twice.
    #[error("{at}: column `{column}` appears twice; remove one")]
    RepeatedColumn {
        /// The header.
        at: Location,
        /// The column.
        column: String,
    },
    /// A column that must be there.
    #[error("{at}: column `{column}` is missing; add it to the header")]
    MissingColumn {
        /// The header.
        at: Location,
        /// The column.
        column: &'static str,
    },
    /// A cell or key whose value cannot be.
    #[error("{at}: {what} `{value}`: expected {expected}")]
    BadValue {
        /// Where.
        at: Location,
        /// The column, key or argument.
        what: &'static str,
        /// What it says.
        value: String,
        /// What it should say.
        expected: &'static str,
    },
    /// A word outside a fixed list.
    #[error("{at}: {key} `{value}` is unknown{nearest} (known: {known})")]
    UnknownWord {
        /// Where.
        at: Location,
        /// The key or column.
        key: &'static str,
        /// What it says.
        value: String,
        /// Similar words.
        nearest: Nearest,
        /// Every word it may say.
        known: String,
    },
    /// A line of a rule list that makes no sense where it stands.
    #[error("{at}: {problem}")]
    RuleLine {
        /// Where.
        at: Location,
        /// What is wrong and how it should be.
        problem: &'static str,
    },
    /// A team nobody knows.
    #[error("{at}: unknown team `{name}`{nearest}")]
    UnknownTeam {
        /// Where: a line of a file, or the argument.
        at: Location,
        /// The name.
        name: String,
        /// Similar names.
        nearest: Nearest,
    },
    /// Two teams answer to one name.
    #[error("{at}: `{name}` already names {other}; names and aliases must differ")]
    NameTaken {
        /// Where it appears again.
        at: Location,
        /// The name.
        name: String,
        /// The team that has it.
        other: String,
    },
    /// More of something than the program can hold.
    #[error("{at}: {found} {what}; at most {most} are possible")]
    TooMany {
        /// Where.
        at: Location,
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        found: u64,
        /// How many there may be.
        most: u64,
    },
    /// A slot that is neither a team nor a place.
    #[error("{at}: slot `{slot}` is neither a team{nearest} nor a place `stage/group/position`")]
    BadSlot {
        /// Where.
        at: Location,
        /// The slot.
        slot: String,
        /// Teams of a similar name.
        nearest: Nearest,
    },
    /// A place that does not exist.
    #[error("{at}: place `{place}`: {problem}")]
    NoSuchPlace {
        /// Where.
        at: Location,
        /// The place.
        place: String,
        /// Which part does not exist, and what does.
        problem: String,
    },
    /// A slot that depends on its own stage or a later one.
    #[error(
        "{at}: slot `{slot}` of stage `{stage}` points to stage `{target}`, which is not before it: slots would form a cycle; name an earlier stage"
    )]
    SlotCycle {
        /// Where.
        at: Location,
        /// The slot.
        slot: String,
        /// The stage that holds it.
        stage: String,
        /// The stage it points to.
        target: String,
    },
    /// Two things of one name.
    #[error("{at}: {what} `{id}` is declared twice; rename one")]
    Repeated {
        /// Where the second is.
        at: Location,
        /// What they are.
        what: &'static str,
        /// The name.
        id: String,
    },
    /// A stage that cannot be as it is declared.
    #[error("{at}: stage `{stage}`: {problem}")]
    Stage {
        /// Where.
        at: Location,
        /// The stage.
        stage: String,
        /// What is wrong and how it should be.
        problem: String,
    },
    /// A stage that the edition does not have.
    #[error("edition `{edition}` has no stage `{id}`{nearest} (known: {known})")]
    UnknownStage {
        /// The edition.
        edition: String,
        /// What was asked for.
        id: String,
        /// The nearest id.
        nearest: Nearest,
        /// All ids.
        known: String,
    },
    /// A ranking over several seasons that cannot be worked out as declared.
    #[error("{at}: {problem}")]
    Ranking {
        /// Where.
        at: Location,
        /// What is wrong and how it should be.
        problem: String,
    },
    /// A team that is not where the file of teams says.
    #[error("{at}: {team} {problem}")]
    Entry {
        /// The line of the team.
        at: Location,
        /// The team.
        team: String,
        /// What is wrong and how it should be.
        problem: String,
    },
    /// A table of seats that is not whole.
    #[error("{at}: {problem}")]
    AllocationTable {
        /// Where.
        at: Location,
        /// What is wrong and how it should be.
        problem: String,
    },
    /// A seat taken twice.
    #[error("{at}: `{entrant}` enters stage `{stage}` twice; a team or place fills one seat")]
    RepeatedEntrant {
        /// Where the second is.
        at: Location,
        /// The team or place.
        entrant: String,
        /// The stage.
        stage: String,
    },
    /// A fixture between teams that do not belong to its group.
    #[error("{at}: {team} is not in {group} (its teams: {members}); correct the team or the group")]
    NotInGroup {
        /// Where.
        at: Location,
        /// The team.
        team: String,
        /// The group.
        group: String,
        /// Who is in it.
        members: String,
    },
    /// A team against itself.
    #[error("{at}: {team} cannot play itself; correct one of the names")]
    PlaysItself {
        /// Where.
        at: Location,
        /// The team.
        team: String,
    },
    /// A fixture given more often than the legs of its stage allow.
    #[error("{at}: {home} v {away} is already on line {first}; {group} has {legs} {}", if *legs == 1 { "leg" } else { "legs" })]
    DuplicateFixture {
        /// Where the second is.
        at: Location,
        /// The home side.
        home: String,
        /// The away side.
        away: String,
        /// The line of the first.
        first: usize,
        /// The group.
        group: String,
        /// Legs of the stage.
        legs: u32,
    },
    /// A group without all its fixtures.
    #[error(
        "{at}: {group} has {found} of its {expected} fixtures, {home} v {away} is missing; add it, without a score if it is to be played"
    )]
    MissingFixture {
        /// The file.
        at: Location,
        /// The group.
        group: String,
        /// Fixtures there.
        found: usize,
        /// Fixtures that should be.
        expected: usize,
        /// The home side of the first one missing.
        home: String,
        /// Its away side.
        away: String,
    },
    /// Fixtures of a group that do not make up its schedule.
    #[error("{at}: {group}: {problem}")]
    Fixtures {
        /// Where.
        at: Location,
        /// The group.
        group: String,
        /// What is wrong and how it should be.
        problem: String,
    },
    /// A score that says not enough or too much.
    #[error("{at}: {problem}")]
    Score {
        /// Where.
        at: Location,
        /// What is wrong and how it should be.
        problem: String,
    },
    /// A question that kept seasons have no answer to.
    #[error("these seasons cannot tell: {problem}")]
    NotTold {
        /// Why, and what to do.
        problem: String,
    },
    /// Too little history to learn from or to test on.
    #[error("nothing to evaluate: {problem}")]
    NothingToTest {
        /// What is wrong and what would do.
        problem: String,
    },
    /// No model has this name.
    #[error("unknown model `{name}`{nearest} (known: {known})")]
    UnknownModel {
        /// What was asked for.
        name: String,
        /// Models of a similar name.
        nearest: Nearest,
        /// Every model.
        known: String,
    },
    /// A model that has nothing to say to any match it is tested on.
    #[error(
        "model `{model}` forecasts none of the matches: `market` needs odds in the files, `given` probabilities; leave it out, or give files that have them"
    )]
    NoForecasts {
        /// The model.
        model: String,
    },
    /// Nobody to choose from.
    #[error(
        "none of {models} fits goals, so none can play seasons; name one that does, such as `poisson`"
    )]
    NoChoice {
        /// Who was compared.
        models: String,
    },
    /// No season that could be projected and scored.
    #[error("no seasons to project: {problem}; leave out --seasons, or name others")]
    NoSeasons {
        /// What is wrong.
        problem: String,
    },
    /// An as-of point that cannot be.
    #[error("--after `{when}`: {problem}")]
    AsOf {
        /// What was asked for.
        when: String,
        /// What is wrong and what would do.
        problem: String,
    },
    /// A result set by the user that cannot be.
    #[error("--set `{text}`: {problem}")]
    SetResult {
        /// What was asked for.
        text: String,
        /// What is wrong and what would do.
        problem: String,
    },
    /// A draw that the user means, and that is not clear.
    #[error("{edition}: {problem}")]
    WhichDraw {
        /// Its identifier.
        edition: String,
        /// What is wrong and what would do.
        problem: String,
    },
    /// A ball that the user says is drawn, and that cannot be.
    #[error("--fix `{text}`: {problem}")]
    DrawnBall {
        /// What was asked for.
        text: String,
        /// What is wrong and what would do.
        problem: String,
    },
    /// Nothing is left that can be projected.
    #[error("{edition}, {as_of}: {problem}")]
    NothingToProject {
        /// The edition.
        edition: String,
        /// The point in time.
        as_of: String,
        /// Why, and what would do.
        problem: String,
    },
    /// A number of seasons that cannot be run.
    #[error("{seasons} seasons: choose from 1 to {most}")]
    Seasons {
        /// What was asked for.
        seasons: u64,
        /// The most.
        most: u64,
    },
    /// A standard error that no run can be asked for.
    #[error("a standard error of {points} percentage points: it has to be from 0.0001 to 50")]
    Precision {
        /// What was asked for.
        points: f64,
    },
    /// More seasons than can be kept.
    #[error("{seasons} seasons are too many to keep: choose at most {most}, or leave out --keep")]
    TooManyKept {
        /// What was asked for.
        seasons: u64,
        /// The most.
        most: u64,
    },
    /// A file that does not hold kept seasons.
    #[error("{at}: no kept seasons here; `matchday project … --keep FILE` writes such files")]
    NotASample {
        /// The file.
        at: Location,
    },
    /// Kept seasons in the format of another version of the program.
    #[error(
        "{at}: kept seasons in format {found}, where this version reads format {known}; keep them anew with this version, or ask the one that wrote them"
    )]
    SampleVersion {
        /// The file.
        at: Location,
        /// The version of its format.
        found: u32,
        /// The version that is read.
        known: u32,
    },
    /// Kept seasons whose file ends too early.
    #[error("{at}: the file of kept seasons is cut short; copy it again, or keep the seasons anew")]
    SampleCutShort {
        /// The file.
        at: Location,
    },
    /// Kept seasons that are not as they were written.
    #[error(
        "{at}: {part} of the file of kept seasons is not as it was written; copy it again, or keep the seasons anew"
    )]
    SampleAltered {
        /// The file.
        at: Location,
        /// Which part.
        part: &'static str,
    },
    /// A question that cannot be read, or asks for what is not kept.
    #[error("{problem}\n  {question}\n  {marks}")]
    Question {
        /// What is wrong.
        problem: Box<QuestionProblem>,
        /// The question, on one line.
        question: String,
        /// A line with marks below what is wrong.
        marks: String,
    },
    /// A file of others in no format that is known.
    #[error("{at}: {found}; the formats known are {known}")]
    UnknownShape {
        /// Where it shows.
        at: Location,
        /// What was found, and what it lacks to be of the nearest format.
        found: String,
        /// Every format.
        known: String,
    },
    /// A file of a known format that holds something else than is wanted.
    #[error("{at}: the file holds {found}, where {wanted} are wanted")]
    OtherContent {
        /// The file.
        at: Location,
        /// What it holds.
        found: &'static str,
        /// What it should hold.
        wanted: &'static str,
    },
    /// Dates with years first and with days first in one file.
    #[error(
        "{at}: date `{value}` is written {style}, but line {line} has {first}; write all dates of a file with the year first, or all with the day first"
    )]
    MixedDates {
        /// Where the style changes.
        at: Location,
        /// The date.
        value: String,
        /// Its style.
        style: &'static str,
        /// The style of the first date.
        first: &'static str,
        /// The line of the first date.
        line: usize,
    },
    /// Dates of which nothing tells the day from the month.
    #[error(
        "{at}: nothing tells days from months, as no date of the file has a number above 12; write dates such as 2016-08-05"
    )]
    DayOrMonth {
        /// The file.
        at: Location,
    },
    /// Matches of more than a year, and nothing that tells their seasons apart.
    #[error(
        "{at}: matches from {first} to {last}, and no column `Season` that tells seasons apart; add one, or keep each season in a file of its own"
    )]
    SeveralSeasons {
        /// The file.
        at: Location,
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },
    /// A match that is there already.
    #[error("{at}: {pairing} on {date} is already at {first}; remove one")]
    RepeatedMatch {
        /// Where the second is.
        at: Location,
        /// Who meets whom.
        pairing: String,
        /// The day.
        date: Date,
        /// Where the first is.
        first: Location,
    },
    /// A match of a double round robin that is there on another day already.
    #[error(
        "{at}: {pairing} on {date} is already at {first}, on {earlier}; in {league} each side is at home once, so remove the wrong date"
    )]
    TwoDates {
        /// Where the second is.
        at: Location,
        /// Who meets whom.
        pairing: String,
        /// The second day.
        date: Date,
        /// Where the first is.
        first: Location,
        /// The first day.
        earlier: Date,
        /// The league and season.
        league: String,
    },
    /// A match that another file or league has within a week.
    #[error(
        "{at}: {pairing} on {date} is already at {first}, on {other}; no two sides meet twice within a week at one ground, so remove one"
    )]
    SameWeek {
        /// Where the second is.
        at: Location,
        /// Who meets whom.
        pairing: String,
        /// The day of the second.
        date: Date,
        /// Where the first is.
        first: Location,
        /// The day of the first.
        other: Date,
    },
    /// A team that plays in two domestic leagues at once.
    #[error(
        "{at}: {team} plays in {leagues} at the same time, here and at {first}; two clubs seem to share the name, so rename one in its file, or mend the alias that makes them one"
    )]
    TwoLeagues {
        /// Where it first plays in the second.
        at: Location,
        /// Its name.
        team: String,
        /// Both leagues, the second one first.
        leagues: String,
        /// Where it first plays in the first.
        first: Location,
    },
    /// Odds that would give money away.
    #[error("{at}: odds {}, {} and {} ({bookmaker}) leave a margin of {:.1} %, and no bookmaker offers less than nothing; correct them", odds[0], odds[1], odds[2], 100.0 * margin)]
    NegativeMargin {
        /// The line.
        at: Location,
        /// Whose they are.
        bookmaker: OddsSource,
        /// On home win, draw and away win.
        odds: [f64; 3],
        /// What is left of a stake of one.
        margin: f64,
    },
    /// A line of Football.TXT that cannot be read.
    #[error("{at}: `{text}`: {problem}")]
    ScheduleLine {
        /// The line.
        at: Location,
        /// What it says.
        text: String,
        /// What is wrong and how it should be.
        problem: &'static str,
    },
    /// No rates of goals have these outcomes.
    #[error(
        "{at}: {pairing}: no rates of goals give {:.1} % home wins, {:.1} % draws and {:.1} % away wins: check the probabilities, or give rates",
        100.0 * outcomes[0], 100.0 * outcomes[1], 100.0 * outcomes[2]
    )]
    NoRates {
        /// Where they are given.
        at: Location,
        /// Who meets whom.
        pairing: String,
        /// Probabilities of home win, draw and away win.
        outcomes: [f64; 3],
    },
    /// A forecast, or a cell of one, that is given twice.
    #[error("{at}: {what} is already on line {first}; remove one")]
    RepeatedForecast {
        /// Where the second is.
        at: Location,
        /// What it is, and of which pairing.
        what: String,
        /// The line of the first.
        first: usize,
    },
    /// Matches cannot count half after so many days.
    #[error("a half-life of {days} days: it has to be more than 0")]
    HalfLife {
        /// What was asked for.
        days: f64,
    },
    /// A team that the history of an edition does not know.
    #[error(
        "the history has no team `{team}`{nearest}; give the name it has there as an alias, or say that it is new with `--newcomer`"
    )]
    NoPast {
        /// The team of the edition.
        team: String,
        /// Which it may be.
        nearest: Nearest,
    },
    /// A number by which strengths cannot be learnt.
    #[error("{name} = {value}: it has to be {expected}")]
    FitSetting {
        /// What it is called.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What it can be.
        expected: &'static str,
    },
    /// A number in a file of a model.
    #[error("{file}: {problem}")]
    ModelFile {
        /// The file.
        file: String,
        /// What is wrong with it.
        problem: Box<Error>,
    },
    /// Strengths that walked out of bounds.
    #[error("strengths walked out of all bounds: check the settings of the walk, odds and scores")]
    WalkDiverged,
    /// A match lies after the day that ages are counted from.
    #[error("a match of {day} lies after {as_of}, the day the fit is made for")]
    MatchAhead {
        /// The day of the match.
        day: jiff::civil::Date,
        /// The day of the fit.
        as_of: jiff::civil::Date,
    },
    /// A law counts goals and was given a part of one.
    #[error("{goals} goals: {law} goals are whole numbers; fit fractions with Poisson goals")]
    FractionOfGoals {
        /// The name of the law.
        law: &'static str,
        /// The goals.
        goals: f64,
    },
    /// A history of which no edition can be made.
    #[error("{at}: {problem}")]
    Import {
        /// The file or its line.
        at: Location,
        /// What is wrong and what would do.
        problem: String,
    },
    /// The fit did not settle.
    #[error(
        "the fit did not settle after {steps} steps (gradient {gradient:e}): check the scores for typing errors"
    )]
    FitDiverged {
        /// Newton steps made.
        steps: usize,
        /// The largest element of the gradient.
        gradient: f64,
    },
}
