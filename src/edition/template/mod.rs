//! Editions from templates: a template is a folder of text with placeholders, and a file that says what
//! may be chosen and what it needs of the teams.

mod bracket;
mod draw;
mod groups;
mod matches;
mod strengths;
pub(super) mod text;

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use self::groups::Groups;
use self::text::{Values, fill_in, list, quote};
use super::source::{Source, read_text, template_file, template_files};
use super::teams::{TEAMS_HOLD, teams};
use super::{Edition, When};
use crate::competition::Seating;
use crate::error::{Error, Location, Nearest};
use crate::team::{TeamId, Teams};

pub use super::source::embedded_templates;

const TEMPLATE: &str = "template.toml";
const DRAW: &str = "draw.toml";

/// What editions are written from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name.
    #[serde(skip)]
    pub id: String,
    /// What it is, in one line.
    pub about: String,
    /// The name of an edition that is given none.
    name: String,
    /// How many teams it takes, from and to.
    pub teams: [usize; 2],
    /// How often teams meet, where that may be chosen.
    legs: Option<u32>,
    /// Pots of a draw without groups.
    pots: Option<usize>,
    groups: Option<GroupsWanted>,
    /// The groups that hosts are drawn to; `None` where no match is on neutral ground.
    hosts: Option<Vec<String>>,
    /// The columns that pots may follow from, most important first.
    #[serde(default)]
    seeding: Vec<String>,
    /// The columns that strength may lean on, the best first.
    strengths: Vec<String>,
    /// What every outcome of the draw must respect.
    #[serde(rename = "bound", default)]
    bounds: Vec<draw::Wanted>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupsWanted {
    /// How many there are, where that may be chosen.
    default: Option<usize>,
    /// How many of each group go on, where that may be chosen.
    through: Option<usize>,
    /// Their names, where they are laid down.
    #[serde(default)]
    ids: Vec<String>,
    /// How many teams each holds, where that is laid down.
    size: Option<usize>,
}

/// What may be wished of an edition.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Its name in print.
    pub name: Option<String>,
    /// How often teams of a group meet.
    pub legs: Option<u32>,
    /// How many groups there are.
    pub groups: Option<usize>,
    /// How many of each group go on.
    pub through: Option<usize>,
    /// Who is at home on neutral ground.
    pub hosts: Vec<String>,
    /// The first matchday; the others follow a week apart.
    pub first_day: Option<Date>,
}

/// An edition that is not written yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it says, checked like any other.
    pub edition: Edition,
    /// Its files, by name.
    pub files: Vec<(String, String)>,
}

impl Template {
    /// Opens an embedded template by name.
    ///
    /// # Errors
    /// [`Error::UnknownTemplate`] if there is none of that name.
    pub fn open(id: &str) -> Result<Self, Error> {
        let found = embedded_templates().find(|name| *name == id);
        let text = found.and_then(|id| template_file(id, TEMPLATE));
        let text = text.ok_or_else(|| Error::UnknownTemplate {
            name: id.into(),
            nearest: Nearest::of(id, embedded_templates().map(|name| (name, name))),
            known: embedded_templates().collect::<Vec<_>>().join(", "),
        })?;
        let template: Self = toml::from_str(text).expect("a test opens every template");
        Ok(Self {
            id: id.into(),
            ..template
        })
    }

    /// Fills the template with the teams of a file, for a folder that is yet to be written.
    ///
    /// # Errors
    /// A file of teams that cannot be read, or that the template or the wishes do not fit.
    pub fn fill(&self, teams: &Path, wishes: &Wishes, folder: &Path) -> Result<Draft, Error> {
        let file = teams.display().to_string();
        let text = read_text(teams)?.ok_or_else(|| Error::MissingFile {
            at: Location::new(&file, 0),
            expected: TEAMS_HOLD,
        })?;
        Filling::new(self, &file, &text, wishes)?.draft(&text, folder)
    }
}

/// A template, its teams and what was wished.
struct Filling<'a> {
    template: &'a Template,
    wishes: &'a Wishes,
    /// How the file of teams is named in errors.
    file: &'a str,
    teams: Teams,
    /// `[team]`: its line in the file.
    lines: Vec<usize>,
    hosts: Vec<TeamId>,
    groups: Groups,
}

impl<'a> Filling<'a> {
    fn new(
        template: &'a Template,
        file: &'a str,
        text: &str,
        wishes: &'a Wishes,
    ) -> Result<Self, Error> {
        let (teams, lines) = teams(file, text, None)?;
        let mut filling = Self {
            template,
            wishes,
            file,
            teams,
            lines,
            hosts: Vec::new(),
            groups: Groups::None,
        };
        filling.check_count()?;
        filling.check_wishes()?;
        filling.hosts = filling.find_hosts()?;
        filling.groups = filling.find_groups()?;
        Ok(filling)
    }

    fn wrong(&self, at: &str, problem: String) -> Error {
        self.wrong_on(Location::new(at, 0), problem)
    }

    fn wrong_on(&self, at: Location, problem: String) -> Error {
        Error::Template {
            at,
            template: self.template.id.clone(),
            problem,
        }
    }

    fn at_file(&self) -> Location {
        Location::new(self.file, 0)
    }

    fn at(&self, team: TeamId) -> Location {
        Location::new(self.file, self.lines[team.index()])
    }

    fn check_count(&self) -> Result<(), Error> {
        let found = self.teams.len();
        match self.template.teams {
            [least, most] if (least..=most).contains(&found) => Ok(()),
            [least, most] if least == most => {
                let problem = format!("{found} teams where it needs {most}");
                Err(self.wrong(self.file, problem))
            }
            [least, most] => {
                let problem = format!("{found} teams where it takes {least} to {most}");
                Err(self.wrong(self.file, problem))
            }
        }
    }

    /// What is laid down cannot be chosen.
    fn check_wishes(&self) -> Result<(), Error> {
        let (template, wishes) = (self.template, self.wishes);
        let groups = template.groups.as_ref();
        let laid_down = [
            (
                "--legs",
                wishes.legs.is_some() && template.legs.is_none(),
                "how often teams meet is laid down",
            ),
            (
                "--groups",
                wishes.groups.is_some() && groups.is_none_or(|groups| groups.default.is_none()),
                "the number of groups is laid down",
            ),
            (
                "--through",
                wishes.through.is_some() && groups.is_none_or(|groups| groups.through.is_none()),
                "how many of a group go on is laid down",
            ),
            (
                "--host",
                !wishes.hosts.is_empty() && template.hosts.is_none(),
                "no match is on neutral ground for all",
            ),
        ];
        match laid_down.iter().find(|(_, wrong, _)| *wrong) {
            Some((option, _, why)) => Err(self.wrong(option, format!("{why}; leave it out"))),
            None => Ok(()),
        }
    }

    fn find_hosts(&self) -> Result<Vec<TeamId>, Error> {
        let at = || Location::new("--host", 0);
        let mut hosts = Vec::new();
        for name in &self.wishes.hosts {
            let team = self
                .teams
                .find(name)
                .map_err(|nearest| Error::UnknownTeam {
                    at: at(),
                    name: name.clone(),
                    nearest,
                })?;
            if hosts.contains(&team) {
                return Err(Error::Repeated {
                    at: at(),
                    what: "host",
                    id: name.clone(),
                });
            }
            hosts.push(team);
        }
        match &self.template.hosts {
            Some(groups) if !groups.is_empty() && hosts.len() > groups.len() => {
                let (found, most) = (hosts.len(), groups.len());
                Err(self.wrong(
                    "--host",
                    format!("{found} hosts where it takes at most {most}"),
                ))
            }
            _ => Ok(hosts),
        }
    }

    /// Every file of the edition, and the edition that they make.
    fn draft(&self, teams: &str, folder: &Path) -> Result<Draft, Error> {
        let mut assumed = Vec::new();
        let mut values = self.values(&mut assumed)?;
        let mut files = vec![("teams.csv".to_owned(), teams.to_owned())];
        let texts = template_files(&self.template.id)
            .filter(|(name, _)| ![TEMPLATE, DRAW, "README.md"].contains(name));
        files.extend(texts.map(|(name, text)| (name.to_owned(), fill_in(text, &values))));
        // The schedule of groups is asked of the edition itself, before it has fixtures.
        let source = |files: &[(String, String)]| Source::Draft {
            folder: folder.to_owned(),
            files: files.to_vec(),
            teams: self.file.to_owned(),
        };
        let declared = Edition::declared(&source(&files))?;
        self.check_hosts(&declared)?;
        files.push(("matches.csv".into(), self.matches(&declared, &mut assumed)?));
        let items: Vec<String> = assumed.iter().map(|item| text::item(item)).collect();
        values.push(("assumed", items.join("\n")));
        let readme = template_file(&self.template.id, "README.md").unwrap_or_default();
        files.push(("README.md".into(), fill_in(readme, &values)));
        let edition = Edition::read(&source(&files))?;
        edition.as_of(When::Now)?;
        Ok(Draft { edition, files })
    }

    /// What stands for each placeholder but the assumptions, which are noted on the way.
    fn values(&self, assumed: &mut Vec<String>) -> Result<Values, Error> {
        let name = self.name()?;
        let legs = self.wishes.legs.or(self.template.legs).unwrap_or(1);
        let tournament = self.template.hosts.is_some() && legs == 1;
        let mut values: Values = vec![
            ("name", quote(&name)),
            ("title", name),
            ("count", self.teams.len().to_string()),
            ("legs", legs.to_string()),
            ("legs in words", times(legs)),
            ("groups", self.groups_text()),
            ("hosts", self.hosts_text(assumed)),
            ("venue", text::line_if(tournament, "venue = \"neutral\"")),
        ];
        if self.template.legs.is_some() && tournament {
            assumed.push("Teams meet once, so every match is on neutral ground.".into());
        }
        if let (Some(through), Some(ids)) = (self.through(), self.groups.ids()) {
            let (outcomes, stages) = bracket::knockout(&ids, through, legs);
            values.push(("outcomes", outcomes));
            values.push(("knockout", stages));
            let plural = if ids.len() == 1 { "group" } else { "groups" };
            values.push(("number of groups", format!("{} {plural}", ids.len())));
            values.push(("through in words", format!("the first {through}")));
        }
        self.draw_values(&mut values, assumed)?;
        values.push(("strengths", self.strengths(assumed)));
        Ok(values)
    }

    fn name(&self) -> Result<String, Error> {
        let name = self.wishes.name.as_deref().unwrap_or(&self.template.name);
        match name.trim().is_empty() || name.contains(char::is_control) {
            false => Ok(name.trim().to_owned()),
            true => Err(Error::BadValue {
                at: Location::new("--name", 0),
                what: "name",
                value: name.into(),
                expected: "a name on one line",
            }),
        }
    }

    fn hosts_text(&self, assumed: &mut Vec<String>) -> String {
        if self.hosts.is_empty() {
            return String::new();
        }
        let names: Vec<&str> = self
            .hosts
            .iter()
            .map(|&host| self.teams.name(host))
            .collect();
        assumed.push(format!("At home on neutral ground: {}.", names.join(", ")));
        format!("hosts = [{}]", list(names.iter().copied()))
    }

    /// Hosts who are drawn to certain groups come from the first pot.
    fn check_hosts(&self, declared: &Edition) -> Result<(), Error> {
        let stages = declared.competition.stages.iter();
        let drawings = stages.filter_map(|stage| match &stage.seating {
            Seating::Drawn(drawing) => Some(drawing),
            _ => None,
        });
        for drawing in drawings {
            let last_of_first = drawing.pots.first().map_or(0, |pot| pot.balls.len());
            let late = drawing
                .fixed
                .iter()
                .find(|(ball, _)| *ball >= last_of_first);
            let Some(crate::competition::Slot::Team(team)) =
                late.and_then(|(ball, _)| drawing.balls().nth(*ball))
            else {
                continue;
            };
            let column = match self.teams[team].pot {
                Some(_) => "pot",
                None => "seed",
            };
            return Err(self.wrong(
                "--host",
                format!(
                    "{} is not in pot 1, where hosts are; give it `{column}` 1 in {}",
                    self.teams.name(team),
                    self.file
                ),
            ));
        }
        Ok(())
    }
}

fn times(number: u32) -> String {
    match number {
        1 => "once".into(),
        2 => "twice".into(),
        number => format!("{number} times"),
    }
}
