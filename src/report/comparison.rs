//! Two projections side by side.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::layout::{Cell, FAINT, HEADING, Layout, styled, thousands, wrap};
use super::manifest::Manifest;
use super::percent::{doubt_of_errors, percent};
use super::rulebook::doubts;
use super::{Report, to_csv, to_json};
use crate::edition::Snapshot;
use crate::project::{Compared, Comparison, Event, Happening, Probability, Verdict};

/// Smaller differences are not shown as text: half of what the last digit of a probability is worth.
const SHOWN: f64 = 0.0005;

/// One side of a comparison, for the heading.
pub struct ComparedSide<'a> {
    /// What was known.
    pub snapshot: &'a Snapshot,
    /// What it depends on.
    pub manifest: Manifest,
    /// Results supposed by the user.
    pub set: Vec<String>,
    /// How its model is called, where the other side has another one.
    pub model: Option<String>,
}

/// A comparison with what it was made from.
pub struct ComparisonReport<'a> {
    /// First and second.
    pub sides: [ComparedSide<'a>; 2],
    /// What there is between them.
    pub comparison: &'a Comparison,
    /// The seed, for the heading.
    pub seed: u64,
    /// Whether the text shows places too.
    pub positions: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Manifest,
    other_manifest: &'a Manifest,
    batches: u64,
    events: Vec<EventRecord<'a>>,
}

#[derive(Serialize)]
struct EventRecord<'a> {
    team: &'a str,
    measure: &'static str,
    stage: Option<&'a str>,
    outcome: Option<&'a str>,
    position: Option<usize>,
    first: Option<Probability>,
    other: Option<Probability>,
    difference: Option<DifferenceRecord>,
}

#[derive(Serialize)]
struct DifferenceRecord {
    value: f64,
    standard_error: f64,
}

#[derive(Serialize)]
struct Row<'a> {
    team: &'a str,
    measure: &'static str,
    stage: &'a str,
    of: String,
    first: Option<f64>,
    first_standard_error: Option<f64>,
    first_verdict: Option<Verdict>,
    other: Option<f64>,
    other_standard_error: Option<f64>,
    other_verdict: Option<Verdict>,
    difference: Option<f64>,
    standard_error: Option<f64>,
}

impl<'a> EventRecord<'a> {
    fn of(compared: &'a Compared) -> Self {
        let (mut outcome, mut stage, mut position) = (None, None, None);
        let measure = match &compared.event.what {
            Happening::Outcome(name) => {
                outcome = Some(name.as_str());
                "outcome"
            }
            Happening::Entering(id) => {
                stage = Some(id.as_str());
                "entering"
            }
            Happening::Position(id, of) => {
                (stage, position) = (Some(id.as_str()), Some(*of));
                "position"
            }
        };
        let difference = compared.difference;
        Self {
            team: &compared.event.team,
            measure,
            stage,
            outcome,
            position,
            first: compared.sides[0],
            other: compared.sides[1],
            difference: difference.map(|(value, standard_error)| DifferenceRecord {
                value,
                standard_error,
            }),
        }
    }

    fn row(self) -> Row<'a> {
        let position = || self.position.map(|position| position.to_string());
        let of = self.outcome.map(str::to_owned).or_else(position);
        let (first, other, difference) = (self.first, self.other, self.difference);
        Row {
            team: self.team,
            measure: self.measure,
            stage: self.stage.unwrap_or_default(),
            of: of.unwrap_or_default(),
            first: first.map(|side| side.value),
            first_standard_error: first.map(|side| side.standard_error),
            first_verdict: first.map(|side| side.verdict),
            other: other.map(|side| side.value),
            other_standard_error: other.map(|side| side.standard_error),
            other_verdict: other.map(|side| side.verdict),
            difference: difference.as_ref().map(|difference| difference.value),
            standard_error: difference.map(|difference| difference.standard_error),
        }
    }
}

impl Report for ComparisonReport<'_> {
    fn text(&self) -> String {
        let mut text = self.heading();
        let mut shown = false;
        for what in self.happenings() {
            let table = self.table(&what);
            shown |= !table.is_empty();
            text.push_str(&table);
        }
        if !shown {
            text.push_str("\nNothing differs by 0.05 or more.\n");
        }
        text.push('\n');
        text.push_str(&styled(FAINT, wrap(&self.legend(), 0).trim_end()));
        text.push('\n');
        text.push_str(&self.strangers());
        text
    }

    fn json(&self) -> String {
        to_json(&Document {
            manifest: &self.sides[0].manifest,
            other_manifest: &self.sides[1].manifest,
            batches: self.comparison.batches,
            events: self.comparison.events.iter().map(EventRecord::of).collect(),
        })
    }

    fn csv(&self) -> String {
        let events = self.comparison.events.iter();
        to_csv(events.map(|compared| EventRecord::of(compared).row()))
    }
}

impl ComparisonReport<'_> {
    fn heading(&self) -> String {
        let mut text = String::new();
        for (name, side) in ["First", "Other"].iter().zip(&self.sides) {
            let edition = &side.snapshot.edition().name;
            let mut title = format!("{name}: {edition}, {}", side.snapshot.label());
            if let Some(model) = &side.model {
                title.push_str(&format!(", with {model}"));
            }
            for set in &side.set {
                title.push_str(&format!(", supposing {set}"));
            }
            text.push_str(&styled(HEADING, wrap(&title, 0).trim_end()));
            text.push('\n');
        }
        let [first, other] = [0, 1]
            .map(|side: usize| doubts(&self.sides[side].snapshot.edition().competition.rulebook));
        text.push_str(&first);
        if other != first {
            text.push_str(&other);
        }
        let seasons = thousands(self.comparison.seasons);
        let plural = if self.comparison.seasons == 1 {
            "season"
        } else {
            "seasons"
        };
        let line = format!(
            "{seasons} {plural} each, on the same random numbers, seed {}",
            self.seed
        );
        text.push_str(&wrap(&line, 0));
        text
    }

    /// Everything that may happen, in the order in which it is first told.
    fn happenings(&self) -> Vec<Happening> {
        let mut happenings: Vec<Happening> = Vec::new();
        for Event { what, .. } in self
            .comparison
            .events
            .iter()
            .map(|compared| &compared.event)
        {
            let is_outcome = matches!(what, Happening::Outcome(_));
            if (is_outcome || self.positions) && !happenings.contains(what) {
                happenings.push(what.clone());
            }
        }
        happenings
    }

    fn title(&self, what: &Happening) -> String {
        let stage = |id: &str| {
            let mut stages = self
                .sides
                .iter()
                .flat_map(|side| side.snapshot.edition().competition.stages.iter());
            let stage = stages.find(|stage| stage.id == id);
            stage.map_or(id.to_owned(), |stage| stage.name.clone())
        };
        match what {
            Happening::Outcome(name) => name.clone(),
            Happening::Entering(id) => format!("{}, taking part", stage(id)),
            Happening::Position(id, position) => format!("{}, position {position}", stage(id)),
        }
    }

    /// Whom it becomes likelier and less likely for, the winners first.
    fn table(&self, what: &Happening) -> String {
        let events = self.comparison.events.iter();
        let mut rows: Vec<(&str, [Probability; 2], (f64, f64))> = events
            .filter(|compared| compared.event.what == *what)
            .filter_map(|compared| {
                let [first, other] = compared.sides;
                Some((
                    compared.event.team.as_str(),
                    [first?, other?],
                    compared.difference?,
                ))
            })
            .filter(|(_, _, (difference, _))| difference.abs() >= SHOWN)
            .collect();
        if rows.is_empty() {
            return String::new();
        }
        rows.sort_by(|a, b| b.2.0.total_cmp(&a.2.0));
        let names = self
            .comparison
            .events
            .iter()
            .filter(|compared| compared.difference.is_some());
        let longest = names.map(|compared| compared.event.team.width()).max();
        let mut layout = Layout::names(self.title(what))
            .at_least(longest.unwrap_or(0))
            .right("first")
            .right("other")
            .right("difference  ");
        for (team, [first, other], difference) in rows {
            layout.row(vec![
                Cell::new(team),
                percent(&first),
                percent(&other),
                Cell::new(in_points(difference)),
            ]);
        }
        format!("\n{}", layout.render())
    }

    fn legend(&self) -> String {
        let mut legend =
            "In % of seasons, differences in percentage points, ± one standard error. \
            Differences below 0.05 are left out"
                .to_owned();
        legend.push_str(match self.positions {
            true => ".",
            false => ", and places; --positions shows these.",
        });
        if let Some(doubt) = doubt_of_errors(self.comparison.batches) {
            legend.push(' ');
            legend.push_str(&doubt);
        }
        legend
    }

    /// What only one side knows.
    fn strangers(&self) -> String {
        let mut text = String::new();
        for (side, name) in ["the first", "the other"].iter().enumerate() {
            let known = |kind: &dyn Fn(&Event) -> Option<String>, side: usize| -> Vec<String> {
                let events = self.comparison.events.iter();
                let events = events.filter(|compared| compared.sides[side].is_some());
                let mut names: Vec<String> = Vec::new();
                for name in events.filter_map(|compared| kind(&compared.event)) {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                names
            };
            let alone = |kind: &dyn Fn(&Event) -> Option<String>| -> Vec<String> {
                let others = known(kind, 1 - side);
                let mut names = known(kind, side);
                names.retain(|name| !others.contains(name));
                names
            };
            let teams = alone(&|event| Some(event.team.clone()));
            let outcomes = alone(&|event| match &event.what {
                Happening::Outcome(name) => Some(name.clone()),
                _ => None,
            });
            let stages = alone(&|event| match &event.what {
                Happening::Entering(id) | Happening::Position(id, _) => Some(id.clone()),
                Happening::Outcome(_) => None,
            });
            for (kind, names) in [("teams", teams), ("outcomes", outcomes), ("stages", stages)] {
                if !names.is_empty() {
                    let line = format!("Only {name} has the {kind} {}.", names.join(", "));
                    text.push_str(&wrap(&line, 0));
                }
            }
        }
        text
    }
}

/// `+1.24 ±0.03`, `−5.1`: a difference in hundredths, its error rounded up.
fn in_points((difference, error): (f64, f64)) -> String {
    let value = format!("{:+.2}", 100.0 * difference).replace('-', "−");
    match error {
        0.0 => format!("{value}      "),
        error => format!("{value} ±{:.2}", (10_000.0 * error).ceil() / 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_a_sign_and_errors_are_rounded_up() {
        assert_eq!(in_points((0.012_44, 0.000_21)), "+1.24 ±0.03");
        assert_eq!(in_points((-0.1, 0.01)), "−10.00 ±1.00");
        assert_eq!(in_points((1.0, 0.0)).trim_end(), "+100.00");
    }
}
