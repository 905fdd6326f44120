//! The one error of the library. Each variant is something the user can mend: it carries what, where
//! and the nearest valid value, and says what to do.

mod location;
mod nearest;
mod syntax;

use std::io;
use std::path::PathBuf;

pub use location::Location;
pub use nearest::Nearest;

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
    #[error("{}: there is something already, and nothing is overwritten; choose another folder with -o", path.display())]
    Taken {
        /// The folder.
        path: PathBuf,
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
    #[error("{at}: {found} {what}; at least {least} are needed")]
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
    #[error("{at}: {found} cells where the header has {expected}; quote cells that hold a comma")]
    CellCount {
        /// The line.
        at: Location,
        /// Cells found.
        found: usize,
        /// Cells of the header.
        expected: usize,
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
