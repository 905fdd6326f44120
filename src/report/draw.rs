//! One draw: who may come together, and how likely.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::layout::{Cell, FAINT, HEADING, Layout, WIDTH, styled, thousands, wrap};
use super::manifest::Manifest;
use super::percent::{error, proved, seen, seen_with_error, unproved};
use super::rulebook::doubts;
use super::{Report, to_csv, to_json};
use crate::competition::draw::Procedure;
use crate::competition::{Drawing, Stage};
use crate::edition::Snapshot;
use crate::project::{DrawOdds, Share};
use crate::simulate::{SeedingDraw, SeedingKind};

/// A draw and its odds.
pub struct DrawReport<'a> {
    /// What was known.
    pub snapshot: &'a Snapshot,
    /// The draw.
    pub draw: &'a SeedingDraw<'a>,
    /// Under one procedure or more.
    pub odds: &'a [DrawOdds],
    /// How many valid outcomes there are, if they were counted.
    pub outcomes: Option<u128>,
    /// What it depends on.
    pub manifest: Manifest,
    /// Balls that the user says are drawn.
    pub fix: &'a [String],
}

impl Report for DrawReport<'_> {
    fn text(&self) -> String {
        let title = format!(
            "{}, draw of the {}, {}",
            self.snapshot.edition().name,
            lower_first(&self.stage().name),
            self.snapshot.label()
        );
        let mut text = styled(HEADING, wrap(&title, 0).trim_end());
        text.push('\n');
        text.push_str(&styled(FAINT, wrap(&self.method(), 0).trim_end()));
        text.push('\n');
        if let Some(unverified) = self
            .drawing()
            .and_then(|drawing| drawing.unverified.as_ref())
        {
            text.push_str(&wrap(&format!("Draw not verified: {unverified}."), 0));
        }
        text.push_str(&doubts(&self.snapshot.edition().competition.rulebook));
        text.push('\n');
        match self.is_of_ties() {
            true => text + &self.pairs_text(),
            false => text + &self.lists_text(),
        }
    }

    fn json(&self) -> String {
        to_json(&Document {
            manifest: &self.manifest,
            stage: &self.stage().id,
            cite: self.drawing().map_or("", |drawing| &drawing.cite),
            unverified: self
                .drawing()
                .and_then(|drawing| drawing.unverified.as_deref()),
            outcomes: self.outcomes.map(|outcomes| outcomes.to_string()),
            pots: self
                .pots()
                .map(|pot| pot.map(|ball| self.name(ball)).collect())
                .collect(),
            pairs: self.pair_records().collect(),
            groups: self.group_records().collect(),
        })
    }

    fn csv(&self) -> String {
        let pairs = self.pair_records().map(|record| CsvRow {
            what: if record.at_home { "home" } else { "pair" },
            team: record.team,
            other: record.other,
            procedure: record.procedure,
            probability: record.probability,
            standard_error: record.standard_error,
        });
        let groups = self.group_records().map(|record| CsvRow {
            what: "group",
            team: record.team,
            other: record.group,
            procedure: record.procedure,
            probability: record.probability,
            standard_error: record.standard_error,
        });
        to_csv(pairs.chain(groups))
    }
}

impl DrawReport<'_> {
    fn stage(&self) -> &Stage {
        &self.snapshot.edition().competition.stages[self.draw.stage]
    }

    fn drawing(&self) -> Option<&Drawing> {
        self.stage().seating.drawing()
    }

    fn name(&self, ball: usize) -> &str {
        self.snapshot.edition().teams.name(self.draw.teams[ball])
    }

    /// The balls of every pot.
    fn pots(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let mut first = 0;
        self.draw.pots.iter().map(move |size| {
            first += size;
            first - size..first
        })
    }

    fn is_of_fixtures(&self) -> bool {
        matches!(self.draw.kind, SeedingKind::LeaguePhase(_))
    }

    fn is_of_ties(&self) -> bool {
        self.stage().groups.iter().all(|group| group.size == 2)
    }

    /// How likely two teams meet, or share a group.
    fn meeting(&self, odds: &DrawOdds, one: usize, other: usize) -> Share {
        match self.is_of_fixtures() {
            true => odds.either_way(one, other),
            false => odds.together(one, other),
        }
    }

    /// The largest error of what the text shows.
    fn largest_error(&self) -> f64 {
        let balls = 0..self.draw.teams.len();
        let pairs = balls
            .clone()
            .flat_map(|one| balls.clone().map(move |other| (one, other)));
        let errors =
            pairs.map(|(one, other)| self.meeting(&self.odds[0], one, other).standard_error);
        errors.fold(0.0, f64::max)
    }

    fn method(&self) -> String {
        let balls = self.draw.teams.len();
        let pots = self.draw.pots.len();
        let pots = if pots == 1 {
            "one pot".to_owned()
        } else {
            format!("{pots} pots")
        };
        let mut text = format!("{balls} teams, {pots}.");
        match (self.outcomes, self.odds[0].draws) {
            (Some(outcomes), _) => {
                let outcomes =
                    u64::try_from(outcomes).map_or_else(|_| outcomes.to_string(), thousands);
                text += &format!(" {outcomes} valid outcomes; exact probabilities, in %");
                text += match self.is_of_ties() {
                    true => ".",
                    false => ", as the ceremony has them.",
                };
            }
            (None, draws) => {
                let errors = match self.is_of_ties() {
                    true => "± one standard error".into(),
                    false => format!("standard errors up to {}", error(self.largest_error())),
                };
                let draws = thousands(draws.unwrap_or(0));
                text += &format!(" {draws} draws, in %, {errors}; ");
                text += match (self.odds[0].procedure, self.is_of_fixtures()) {
                    (Procedure::Ceremony, false) => {
                        "ball by ball, each where a valid outcome is left."
                    }
                    (Procedure::Ceremony, true) => {
                        "team by team, its opponents among those that leave a valid outcome; how the organiser's \
                         software chooses is not published."
                    }
                    (Procedure::Uniform, _) => "all valid outcomes equally likely.",
                };
            }
        }
        if !self.fix.is_empty() {
            text += &format!(" Drawn already: {}.", self.fix.join(", "));
        }
        text
    }

    /// Whether any procedure lets them meet.
    fn can_meet(&self, one: usize, other: usize) -> bool {
        self.odds
            .iter()
            .any(|odds| self.meeting(odds, one, other).value > 0.0)
    }

    /// Every pair of teams that can meet, one row each; the first from the last pot.
    fn pairs_text(&self) -> String {
        let mut layout = Layout::names("");
        for odds in self.odds {
            layout = layout.right(procedure_name(odds.procedure));
        }
        let first = self.pots().last().unwrap_or(0..0);
        let all = 0..self.draw.teams.len();
        let one_pot = self.draw.pots.len() == 1;
        for one in first {
            let mut others: Vec<usize> = all
                .clone()
                .filter(|&other| {
                    (!one_pot || other > one) && other != one && self.can_meet(one, other)
                })
                .collect();
            let chance = |other: usize| self.meeting(&self.odds[0], one, other).value;
            others.sort_by(|&a, &b| chance(b).total_cmp(&chance(a)));
            for (index, &other) in others.iter().enumerate() {
                let mut cells = vec![Cell::new(format!(
                    "{} – {}",
                    self.name(one),
                    self.name(other)
                ))];
                let share =
                    |odds: &DrawOdds| shown(self.meeting(odds, one, other), odds.draws.is_some());
                cells.extend(self.odds.iter().map(share));
                // A line a team stands out where the list of the next begins.
                if index == 0 {
                    cells[0] = cells[0].clone().style(HEADING);
                }
                layout.row(cells);
            }
        }
        layout.render()
    }

    /// Whom every team may meet, likeliest first.
    fn lists_text(&self) -> String {
        let names = (0..self.draw.teams.len()).map(|ball| self.name(ball).width());
        let width = names.max().unwrap_or(0);
        let mut layout = Layout::names("").left(match self.is_of_fixtures() {
            true => "may meet",
            false => "may be with",
        });
        let room = WIDTH.saturating_sub(width + 2);
        for (number, pot) in (1..).zip(self.pots()) {
            let heading = Cell::new(format!("Pot {number}")).style(FAINT);
            layout.row(vec![heading, Cell::default()]);
            for one in pot {
                layout.row(vec![
                    Cell::new(self.name(one)),
                    Cell::new(self.likeliest(one, room)),
                ]);
            }
        }
        let more = match self.odds.len() {
            1 => "All pairs, with their errors: --format csv.",
            _ => "All pairs, and as uniform outcomes have them: --format csv.",
        };
        format!("{}\n{}\n", layout.render(), styled(FAINT, more))
    }

    fn likeliest(&self, one: usize, room: usize) -> String {
        let mut others: Vec<(Share, usize)> = (0..self.draw.teams.len())
            .filter(|&other| other != one)
            .map(|other| (self.meeting(&self.odds[0], one, other), other))
            .filter(|(share, _)| share.value > 0.0)
            .collect();
        others.sort_by(|a, b| b.0.value.total_cmp(&a.0.value));
        let mut text = String::new();
        for (index, &(share, other)) in others.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            let value = match share {
                Share {
                    value: 1.0,
                    standard_error: 0.0,
                } => "100".into(),
                Share {
                    value,
                    standard_error: 0.0,
                } => unproved(value),
                Share {
                    value,
                    standard_error,
                } => seen(value, standard_error),
            };
            let next = format!("{comma}{} {value}", self.name(other));
            let left = others.len() - index;
            let rest = if left > 1 { ", and 99 more".len() } else { 0 };
            if index > 0 && text.width() + next.width() + rest > room {
                return format!("{text}, and {left} more");
            }
            text += &next;
        }
        text
    }

    fn pair_records(&self) -> impl Iterator<Item = PairRecord> + '_ {
        let balls = self.draw.teams.len();
        let at_home = self.is_of_fixtures();
        self.odds.iter().flat_map(move |odds| {
            let pairs = (0..balls).flat_map(move |one| (0..balls).map(move |other| (one, other)));
            let pairs = pairs.filter(move |(one, other)| one < other || (at_home && one != other));
            pairs.map(move |(one, other)| {
                let share = odds.together(one, other);
                PairRecord {
                    team: self.name(one).into(),
                    other: self.name(other).into(),
                    at_home,
                    procedure: procedure_name(odds.procedure),
                    probability: share.value,
                    standard_error: share.standard_error,
                }
            })
        })
    }

    fn group_records(&self) -> impl Iterator<Item = GroupRecord> + '_ {
        self.odds.iter().flat_map(move |odds| {
            (0..self.draw.teams.len()).flat_map(move |ball| {
                let shares = odds.in_groups(ball).iter().zip(&self.stage().groups);
                shares.map(move |(share, group)| GroupRecord {
                    team: self.name(ball).into(),
                    group: group.id.clone(),
                    procedure: procedure_name(odds.procedure),
                    probability: share.value,
                    standard_error: share.standard_error,
                })
            })
        })
    }
}

fn procedure_name(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Ceremony => "ceremony",
        Procedure::Uniform => "uniform",
    }
}

/// `17.30` where exact, else `17.3 ±0.2`; `100` where balls drawn already settle it.
fn shown(share: Share, is_sampled: bool) -> Cell {
    match (share.value, share.standard_error) {
        (0.0, 0.0) if !is_sampled => Cell::new("0").style(FAINT),
        (value, 0.0) if !is_sampled => Cell::new(format!("{:.2}", 100.0 * value)),
        (value, 0.0) => proved(value == 1.0),
        (value, error) => seen_with_error(value, error),
    }
}

/// `Round of 16` inside a sentence; `UEFA …` stays.
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.into(),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Manifest,
    stage: &'a str,
    cite: &'a str,
    unverified: Option<&'a str>,
    /// Text, since it may be larger than programs can hold exactly.
    outcomes: Option<String>,
    pots: Vec<Vec<&'a str>>,
    pairs: Vec<PairRecord>,
    groups: Vec<GroupRecord>,
}

#[derive(Serialize)]
struct PairRecord {
    team: String,
    other: String,
    at_home: bool,
    procedure: &'static str,
    probability: f64,
    standard_error: f64,
}

#[derive(Serialize)]
struct GroupRecord {
    team: String,
    group: String,
    procedure: &'static str,
    probability: f64,
    standard_error: f64,
}

#[derive(Serialize)]
struct CsvRow {
    what: &'static str,
    team: String,
    other: String,
    procedure: &'static str,
    probability: f64,
    standard_error: f64,
}
