//! `matchday check`

use clap::Args;
use matchday::competition::Competition;
use matchday::edition::{Edition, When};
use matchday::simulate::check_draws;

use super::print;

/// Arguments of `matchday check`.
#[derive(Args)]
pub struct Arguments {
    /// The folder of an edition, or an embedded one.
    folder: String,
}

/// Reads an edition whole and says what is in it.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let snapshot = Edition::open(&arguments.folder)?.as_of(When::Now)?;
    check_draws(&snapshot)?;
    let edition = snapshot.edition();
    let scores = edition
        .fixtures
        .iter()
        .filter(|listed| listed.fixture.score.is_some())
        .count();
    let mut text = format!(
        "{}: {} teams, {}, {} fixtures, {scores} with a score, rulebook {}\n",
        edition.name,
        edition.teams.len(),
        match edition.competition.stages.len() {
            1 => "1 stage".to_owned(),
            stages => format!("{stages} stages"),
        },
        edition.fixtures.len(),
        edition.competition.rulebook.id,
    );
    for (stage, declared) in edition.competition.stages.iter().enumerate() {
        for group in 0..declared.groups.len() {
            let undecided = snapshot
                .standings(stage, group)
                .filter(|_| snapshot.is_complete(stage, group));
            let rows = undecided.iter().flat_map(|standings| &standings.order);
            for needs in rows.filter_map(|row| row.needs.as_ref()) {
                text += &format!("{}: undecided, {needs}\n", declared.group_name(group));
            }
        }
    }
    text += &notes(&edition.competition);
    text.push_str("no errors\n");
    print(&text)
}

/// What is no error and yet worth knowing.
fn notes(competition: &Competition) -> String {
    let mut notes = String::new();
    for stage in &competition.stages {
        if let Some(unverified) = stage
            .seating
            .drawing()
            .and_then(|draw| draw.unverified.as_ref())
        {
            notes += &format!(
                "note: the draw of {} is not verified: {unverified}\n",
                stage.name
            );
        }
    }
    for order in competition.rulebook.orders() {
        let mut stages = competition.stages.iter();
        let ranks_tables =
            stages.any(|stage| stage.is_table() && !stage.is_seeding() && stage.order == order.id);
        if ranks_tables && !order.last.has_last_resort() {
            notes += &format!(
                "note: rule list `{}` has no lots; where it leaves teams level, seasons draw them\n",
                order.id
            );
        }
    }
    notes
}
