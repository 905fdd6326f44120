//! Names outside of any question: who and what is meant, as in one.

use super::place::Place;
use super::problem::{At, Problem};
use super::question::Name;
use super::resolve::Resolver;
use crate::error::{Error, QuestionProblem};
use crate::project::kept::Names;
use crate::simulate::Layout;
use crate::team::TeamId;

/// What names mean in kept seasons.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    /// The names of its facts.
    pub names: &'a Names,
    /// Its facts.
    pub layout: &'a Layout,
}

impl<'a> Named<'a> {
    fn read<T>(
        self,
        text: &str,
        read: impl FnOnce(&Resolver<'a>, &Name) -> Result<T, Problem>,
    ) -> Result<T, Error> {
        let Self { names, layout } = self;
        let name = Name::new(text);
        let name = Name {
            at: 0..text.len(),
            ..name
        };
        read(&Resolver { names, layout }, &name).map_err(|problem| problem.of(text))
    }

    /// A team by any of its names.
    ///
    /// # Errors
    /// [`Error::Question`] where nobody is called that.
    pub fn team(self, text: &str) -> Result<TeamId, Error> {
        self.read(text, |resolver, name| resolver.team(name))
    }

    /// An outcome of the layout by its name.
    ///
    /// # Errors
    /// [`Error::Question`] where nothing is called that, or the seasons do not go so far.
    pub fn outcome(self, text: &str) -> Result<usize, Error> {
        self.read(text, |resolver, name| resolver.outcome(name))
    }

    /// The table of a team: its group in the layout, and its seat there. It is the one in a stage or group,
    /// or the only one, or the only one where matches are open.
    ///
    /// # Errors
    /// [`Error::Question`] where it has no such table, or several.
    pub fn table(self, team: TeamId, place: Option<&str>) -> Result<(usize, usize), Error> {
        let text = place.unwrap_or(self.names.team(team));
        self.read(text, |resolver, name| {
            let place = place.map(|_| resolver.place(name)).transpose()?;
            resolver.table(name, team, place)
        })
    }

    /// The groups of the layout that a name means: one, or all of a stage.
    ///
    /// # Errors
    /// [`Error::Question`] where nothing is called that.
    pub fn groups(self, text: &str) -> Result<std::ops::Range<usize>, Error> {
        self.read(text, |resolver, name| match resolver.place(name)? {
            Place::Group(group) => Ok(group..group + 1),
            Place::Stage(stage) => Ok(self.layout.stages[stage].groups.clone()),
            Place::Outcome(_) => {
                let name = name.clone();
                Err(QuestionProblem::Expected("a stage or a group").at(name.at))
            }
        })
    }
}
