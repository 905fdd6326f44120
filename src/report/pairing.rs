//! One pairing: outcomes, expected goals, scorelines.

use serde::Serialize;

use super::layout::{Cell, FAINT, HEADING, Layout, styled, wrap};
use super::manifest::Manifest;
use super::percent::unproved;
use super::{Report, to_csv, to_json};
use crate::edition::Snapshot;
use crate::fixture::{Outcome, Venue};
use crate::model::{GRID_SIDE, Pairing, ScoreGrid, Strengths};

/// Goals of a side up to which the text shows scorelines.
const SHOWN: usize = 6;

/// A pairing with the probability of every scoreline.
pub struct PairingReport<'a> {
    /// What was known.
    pub snapshot: &'a Snapshot,
    /// Who meets where.
    pub pairing: Pairing,
    /// How strengths were taken.
    pub strengths: Strengths,
    /// The probability of every scoreline.
    pub grid: &'a ScoreGrid,
    /// What it depends on.
    pub manifest: Manifest,
}

impl Report for PairingReport<'_> {
    fn text(&self) -> String {
        let [home, away] = self.names();
        let place = if self.pairing.venue == Venue::Neutral {
            " on neutral ground"
        } else {
            ""
        };
        let title = format!("{home} – {away}{place}, {}", self.snapshot.label());
        let [home_goals, away_goals] = self.grid.expected_goals();
        let [win, draw, loss] = self.outcomes().map(unproved);
        let mut text = styled(HEADING, wrap(&title, 0).trim_end());
        text.push('\n');
        text.push_str(&wrap(
            &format!("{home} win {win} %, draw {draw} %, {away} win {loss} %"),
            0,
        ));
        text.push_str(&wrap(
            &format!("expected goals {home_goals:.2}–{away_goals:.2}"),
            0,
        ));
        let likeliest = self.grid.likeliest(5).into_iter();
        let likeliest: Vec<String> = likeliest
            .map(|(score, share)| format!("{score} {} %", unproved(share)))
            .collect();
        text.push_str(&wrap(
            &format!("likeliest scores {}", likeliest.join(", ")),
            0,
        ));
        text.push('\n');
        let mut layout = Layout::names("% of matches");
        for goals in 0..=SHOWN {
            layout = layout.right(goals.to_string());
        }
        for home_goals in 0..=SHOWN {
            let mut cells = vec![Cell::new(format!("{home} {home_goals}"))];
            cells.extend((0..=SHOWN).map(|away_goals| {
                let share = self.grid.probability(home_goals, away_goals);
                let cell = Cell::new(unproved(share));
                if share < 0.001 {
                    cell.style(FAINT)
                } else {
                    cell
                }
            }));
            layout.row(cells);
        }
        text.push_str(&layout.render());
        text.push_str(&wrap(
            &format!(
                "Columns are goals of {away}. Computed from the fitted model, over 90 minutes."
            ),
            0,
        ));
        text
    }

    fn json(&self) -> String {
        let [home, away] = self.names();
        let [home_win, draw, away_win] = self.outcomes();
        let row = |home| {
            (0..GRID_SIDE)
                .map(|away| self.grid.probability(home, away))
                .collect()
        };
        to_json(&Document {
            manifest: &self.manifest,
            home,
            away,
            venue: self.pairing.venue,
            strengths: self.strengths,
            home_win,
            draw,
            away_win,
            expected_goals: self.grid.expected_goals(),
            grid: (0..GRID_SIDE).map(row).collect(),
        })
    }

    fn csv(&self) -> String {
        let [home, away] = self.names();
        let scores = (0..GRID_SIDE).flat_map(|home| (0..GRID_SIDE).map(move |away| (home, away)));
        to_csv(scores.map(|(home_goals, away_goals)| Row {
            home,
            away,
            home_goals,
            away_goals,
            probability: self.grid.probability(home_goals, away_goals),
        }))
    }
}

impl PairingReport<'_> {
    fn names(&self) -> [&str; 2] {
        [self.pairing.home, self.pairing.away].map(|team| self.snapshot.edition().teams.name(team))
    }

    fn outcomes(&self) -> [f64; 3] {
        [Outcome::HomeWin, Outcome::Draw, Outcome::AwayWin]
            .map(|outcome| self.grid.outcome(outcome))
    }
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Manifest,
    home: &'a str,
    away: &'a str,
    venue: Venue,
    strengths: Strengths,
    home_win: f64,
    draw: f64,
    away_win: f64,
    expected_goals: [f64; 2],
    grid: Vec<Vec<f64>>,
}

#[derive(Serialize)]
struct Row<'a> {
    home: &'a str,
    away: &'a str,
    home_goals: usize,
    away_goals: usize,
    probability: f64,
}
