//! `matchday new`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use matchday::edition::When;
use matchday::edition::template::{Draft, Template, Wishes, embedded_templates};
use matchday::error::Error;
use matchday::fit::{Fit, Settings};
use matchday::fixture::read_date;
use matchday::simulate::{Options, Plan};

use super::print;

/// Arguments of `matchday new`.
#[derive(Args)]
pub struct Arguments {
    /// What to write an edition from [default: lists the templates].
    #[arg(requires = "teams")]
    template: Option<String>,
    /// The teams: a CSV file with the columns of teams.csv.
    #[arg(long, value_name = "FILE", requires = "template")]
    teams: Option<PathBuf>,
    /// The folder to write, which must not hold anything yet [default: the template's name].
    #[arg(short, long, value_name = "FOLDER", requires = "template")]
    output: Option<PathBuf>,
    /// The day of the first matchday, the others a week apart [default: no dates].
    #[arg(long, value_name = "DATE", value_parser = date, requires = "template")]
    from: Option<Date>,
    /// The edition's name in print [default: the template's].
    #[arg(long, requires = "template")]
    name: Option<String>,
    /// How often teams of a league or group meet [default: 2].
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10), requires = "template")]
    legs: Option<u32>,
    /// How many groups there are [default: 8].
    #[arg(long, requires = "template")]
    groups: Option<usize>,
    /// How many of each group go on [default: 2].
    #[arg(long, value_name = "TEAMS", requires = "template")]
    through: Option<usize>,
    /// A team at home on neutral ground; may be given more than once.
    #[arg(long, value_name = "TEAM", requires = "template")]
    host: Vec<String>,
}

fn date(text: &str) -> Result<Date, &'static str> {
    read_date(text).ok_or("expected a date such as 2025-08-16")
}

/// Writes an edition from a template, whole or not at all; without a template lists those there are.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let (Some(id), Some(teams)) = (&arguments.template, &arguments.teams) else {
        return list();
    };
    let template = Template::open(id)?;
    let folder = arguments.output.clone().unwrap_or_else(|| id.into());
    check_free(&folder)?;
    let wishes = Wishes {
        name: arguments.name.clone(),
        legs: arguments.legs,
        groups: arguments.groups,
        through: arguments.through,
        hosts: arguments.host.clone(),
        first_day: arguments.from,
    };
    let draft = template.fill(teams, &wishes, &folder)?;
    check_plan(&draft)?;
    write(&draft, &folder)?;
    let edition = &draft.edition;
    print(&format!(
        "{}: {}, {} teams, {} fixtures; README.md says what was assumed\n",
        folder.display(),
        edition.name,
        edition.teams.len(),
        edition.fixtures.len()
    ))
}

/// Prints the templates, one a line.
fn list() -> anyhow::Result<()> {
    let mut text = String::new();
    for id in embedded_templates() {
        let Template { about, teams, .. } = Template::open(id)?;
        let teams = match teams {
            [least, most] if least == most => format!("{most} teams"),
            [least, most] => format!("{least} to {most} teams"),
        };
        text += &format!("{id:<14}  {teams:<13}  {about}\n");
    }
    print(&text)
}

/// A draw that no outcome satisfies would only show in the first season.
fn check_plan(draft: &Draft) -> Result<(), Error> {
    let snapshot = draft.edition.as_of(When::Now)?;
    let fit = Fit::of(&snapshot, &Settings::default())?;
    Plan::new(&snapshot, &fit.model, Options::default(), &[]).map(|_| ())
}

fn failed(path: &Path) -> impl Fn(io::Error) -> Error {
    move |source| Error::Write {
        path: path.into(),
        source,
    }
}

/// A folder may be there, but nothing in it.
fn check_free(folder: &Path) -> Result<(), Error> {
    let taken = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => true,
        Err(error) => return Err(failed(folder)(error)),
    };
    match taken {
        true => Err(Error::Taken {
            path: folder.into(),
        }),
        false => Ok(()),
    }
}

/// Writes beside the folder first; only what is whole takes its name.
fn write(draft: &Draft, folder: &Path) -> Result<(), Error> {
    // Of `.` and `..` the name shows only in the full path.
    let folder = std::path::absolute(folder).map_err(failed(folder))?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let parent = folder.parent().unwrap_or(&folder);
    if std::env::current_dir().is_ok_and(|here| here.starts_with(&folder)) {
        // It could only be replaced, which would leave the shell nowhere.
        let message = "it is the folder you are in; name a new one inside or beside it";
        return Err(failed(&folder)(io::Error::other(message)));
    }
    fs::create_dir_all(parent).map_err(failed(parent))?;
    let beside = parent.join(format!(".{name}.{}.partial", std::process::id()));
    fs::create_dir(&beside).map_err(failed(&beside))?;
    let written = fill(&beside, draft).and_then(|()| {
        // An empty folder gives way; one that has been filled meanwhile does not.
        match fs::remove_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&folder)(error)),
            _ => fs::rename(&beside, &folder).map_err(failed(&folder)),
        }
    });
    if written.is_err() {
        // What matters is why it could not be written.
        let _ = fs::remove_dir_all(&beside);
    }
    written
}

fn fill(folder: &Path, draft: &Draft) -> Result<(), Error> {
    for (name, text) in &draft.files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(failed(&path))?;
    }
    Ok(())
}
