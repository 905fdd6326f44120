//! What can be wrong with a question about kept seasons.

use super::Nearest;

/// What is wrong with a question about kept seasons.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionProblem {
    /// Something else should stand here.
    #[error("expected {0} here; docs/queries.md has the grammar")]
    Expected(&'static str),
    /// A name in quotation marks that does not end.
    #[error("this quotation mark is not closed; close it, or leave it out")]
    OpenQuote,
    /// More in each other than is read.
    #[error("parentheses and `not` go more than {most} deep here; take some away")]
    TooDeep {
        /// The most.
        most: usize,
    },
    /// No team has this name.
    #[error("no team is called `{name}`{nearest} (`matchday show` lists names and aliases)")]
    UnknownTeam {
        /// As written.
        name: String,
        /// Teams of a similar name.
        nearest: Nearest,
    },
    /// No outcome, stage or group has this name.
    #[error("no {what} is called `{name}`{nearest} (known: {known})")]
    UnknownPlace {
        /// What may stand here.
        what: &'static str,
        /// As written.
        name: String,
        /// Names that are similar.
        nearest: Nearest,
        /// All that may stand here.
        known: String,
    },
    /// Several groups have this name.
    #[error("several groups are called `{name}`; write {choices}")]
    SeveralGroups {
        /// As written.
        name: String,
        /// How to tell them apart.
        choices: String,
    },
    /// The competition has it, but the seasons were not played that far or cannot tell.
    #[error(
        "`{name}` is not among what these seasons tell; they may have been played with --through, or its teams are \
         not known to the sources"
    )]
    NotPlayed {
        /// As written.
        name: String,
    },
    /// A group of known teams that the team is not one of.
    #[error("{team} is not in {group}{instead}")]
    NotInGroup {
        /// The team.
        team: String,
        /// The group.
        group: String,
        /// The group of the stage that it is in, if there is one.
        instead: String,
    },
    /// More goals than are kept of a side.
    #[error("scorelines go to {most} goals a side; choose fewer")]
    TooManyGoals {
        /// The most.
        most: usize,
    },
    /// Two teams have no open fixture that fits.
    #[error("{problem}")]
    NoFixture {
        /// What there is instead, and what to do.
        problem: String,
    },
    /// Two teams have several fixtures that fit.
    #[error("{teams} play each other more than once; say which: {choices}")]
    SeveralFixtures {
        /// Their names.
        teams: String,
        /// How to tell them apart.
        choices: String,
    },
    /// Teams of a stage do not meet in ties.
    #[error("`{name}` is not a round of ties; `meets` asks who comes together in one")]
    NoTies {
        /// The stage.
        name: String,
    },
    /// A position that no group of the stage has.
    #[error("the last position there is {last}; choose one from 1st on")]
    NoPosition {
        /// The last one.
        last: String,
    },
    /// Which table is meant does not show.
    #[error("{team} {found}; {remedy}")]
    WhichTable {
        /// The team.
        team: String,
        /// How many there are.
        found: &'static str,
        /// What to do.
        remedy: String,
    },
    /// Points and goals do not add up to a table.
    #[error(
        "points and goals of this table are not kept, as its fixtures are drawn anew in every season or its rules          count averages; ask for positions"
    )]
    NoColumns,
    /// Goals were not kept.
    #[error("goals were not kept; play the seasons anew with --keep-goals")]
    GoalsNotKept,
}
