//! `matchday query`

use std::path::PathBuf;

use clap::Args;
use matchday::project::query::ask;
use matchday::report::QueryReport;

use super::{Output, kept};

/// Arguments of `matchday query`.
#[derive(Args)]
#[command(after_help = GRAMMAR)]
pub struct Arguments {
    /// Seasons that `matchday project … --keep FILE` has kept.
    file: PathBuf,
    /// What is asked; each question in quotation marks for the shell.
    #[arg(required = true, value_name = "QUESTION")]
    questions: Vec<String>,
    #[command(flatten)]
    output: Output,
}

const GRAMMAR: &str = "\
A question is a statement, or two with a bar between: how likely is the first, given the second. Statements are
joined by `&`, `or`, `not` and parentheses:
  Zamalek in quarter-finals                 reaches the outcome, takes part in the stage or group
  Zamalek 1st in Group B, Zamalek at most 2nd in Group B, Zamalek 1st in final
  Zamalek beat Abu Salim, Zamalek draw with Abu Salim, Zamalek lose to Abu Salim
      at home, away, on matchday 5, in groups: which of several fixtures
  Zamalek meets Dreams FC in semi-finals
  Zamalek points >= 10                      also <=, =, <, >
  Zamalek goals >= 8, Zamalek goal difference > 3, Zamalek 2-0 Abu Salim
      where goals were kept (--keep-goals)
Teams, stages and groups go by any name they have, whatever the case. Names that hold a word of the language or a
sign go in quotation marks. docs/queries.md has the whole grammar.

Examples:
  matchday project caf-confederation-cup-2023-24 --after \"matchday 4\" --keep caf.seasons
  matchday query caf.seasons \"Zamalek 1st in Group B\" \"Zamalek points >= 12\"
  matchday query caf.seasons \"Zamalek in quarter-finals | Zamalek lose to Abu Salim\"";

/// Opens, asks and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut kept = kept::open(&arguments.file)?;
    let answers = ask(&mut kept, &arguments.questions)?;
    arguments.output.print(&QueryReport {
        names: kept.names(),
        manifest: kept.manifest(),
        seasons: kept.seasons(),
        answers: &answers,
    })
}
