//! `matchday new`

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use matchday::edition::When;
use matchday::edition::template::{Draft, Template, Wishes, embedded_templates};
use matchday::error::Error;
use matchday::fit::{Fit, Settings};
use matchday::fixture::read_date;
use matchday::simulate::{Options, Plan};

use super::folder::{check_free, write};
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
