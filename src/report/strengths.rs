//! Fitted strengths.

use serde::Serialize;

use super::layout::{Cell, FAINT, HEADING, Layout, styled, wrap};
use super::manifest::Manifest;
use super::{Report, to_csv, to_json};
use crate::edition::Snapshot;
use crate::fit::{Estimate, Fit, Method, ShapeEstimate, Summary};
use crate::team::TeamId;

/// A fit with what it was made from.
pub struct StrengthsReport<'a> {
    /// What was known.
    pub snapshot: &'a Snapshot,
    /// The fit.
    pub fit: &'a Fit,
    /// What it says.
    pub summary: &'a Summary,
    /// What it depends on.
    pub manifest: Manifest,
}

impl Report for StrengthsReport<'_> {
    fn text(&self) -> String {
        let Summary {
            matches,
            past,
            home_advantage,
            slopes,
            spread,
            shape,
            expected_goals: [neutral, home],
            log_likelihood,
            dispersion,
            teams,
            ..
        } = self.summary;
        let title = format!(
            "{}, {}",
            self.snapshot.edition().name,
            self.snapshot.label()
        );
        let mut text = styled(HEADING, wrap(&title, 0).trim_end());
        text.push('\n');
        let mut say = |line: String| text.push_str(&wrap(&line, 0));
        let law = self.fit.model.law().name();
        let before = match past {
            0 => String::new(),
            past => format!(" of the edition and {past} before or beside them"),
        };
        say(match &self.fit.method {
            Method::Still(_) => format!(
                "{law} goals fitted to {matches} matches{before}, log likelihood {log_likelihood:.2}; ± is one standard error."
            ),
            Method::Walking(_) => format!(
                "{law} goals by strengths that walk, learnt from {matches} matches{before}; ± is one standard error."
            ),
        });
        say(format!(
            "An average side scores {neutral:.2} against another on neutral ground, {home:.2} at home: home advantage {}.",
            plus_minus(home_advantage)
        ));
        for ShapeEstimate { name, estimate } in shape {
            say(format!("The {name} is {}.", plus_minus(estimate)));
        }
        let spread = spread.map_or(String::new(), |spread| {
            format!(" Their spread around the prior mean is {spread:.2}.")
        });
        say(format!(
            "Strengths are on the log scale: +0.10 in attack scores about 10 % more, in defence concedes about 10 % fewer.{spread}"
        ));
        if let Some([attack, defence]) = slopes {
            say(format!(
                "One standard deviation of the covariate is worth {} in attack and {} in defence.",
                plus_minus(attack),
                plus_minus(defence)
            ));
        }
        if let Some(dispersion) = dispersion {
            say(format!(
                "Goals vary {:.2} times as much as Poisson goals would (p = {:.2}).",
                dispersion.ratio, dispersion.p_value
            ));
        }
        let mut layout = Layout::names("team")
            .right("played")
            .right("attack")
            .right("defence")
            .right("overall");
        if self.fit.model.parameters().own_grounds {
            layout = layout.right("at home");
        }
        for team in teams {
            let mut cells = vec![
                Cell::new(self.name(team.team)),
                Cell::new(team.played.to_string()),
            ];
            cells.extend(
                [&team.attack, &team.defence, &team.overall]
                    .map(|value| Cell::new(plus_minus(value))),
            );
            let at_home = team.home_advantage.as_ref();
            cells.extend(at_home.map(|value| Cell::new(plus_minus(value))));
            layout.row(cells);
        }
        text.push('\n');
        text.push_str(&layout.render());
        text.push('\n');
        text.push_str(&styled(FAINT, self.connections().trim_end()));
        text.push('\n');
        text
    }

    fn json(&self) -> String {
        let names = |group: &Vec<TeamId>| group.iter().map(|&team| self.name(team)).collect();
        to_json(&Document {
            manifest: &self.manifest,
            matches: self.summary.matches,
            base: self.summary.base,
            home_advantage: self.summary.home_advantage,
            covariate_slopes: self
                .summary
                .slopes
                .map(|[attack, defence]| Slopes { attack, defence }),
            spread: self.summary.spread,
            shape: &self.summary.shape,
            log_likelihood: self.summary.log_likelihood,
            dispersion: self.summary.dispersion,
            teams: self.rows(),
            connected_groups: self.fit.groups.iter().map(names).collect(),
        })
    }

    fn csv(&self) -> String {
        to_csv(self.rows())
    }
}

impl StrengthsReport<'_> {
    fn name(&self, team: TeamId) -> &str {
        self.snapshot.edition().teams.name(team)
    }

    /// Which teams no match connects.
    fn connections(&self) -> String {
        let (groups, alone): (Vec<_>, Vec<_>) =
            self.fit.groups.iter().partition(|group| group.len() > 1);
        let names = |teams: &mut dyn Iterator<Item = &TeamId>| {
            teams
                .map(|&team| self.name(team))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut text = String::new();
        if self.fit.groups.len() == 1 {
            return wrap("Matches connect all teams.", 0);
        }
        if groups.len() > 1 {
            text.push_str(&wrap(
                &format!(
                    "No match connects these {} groups; only the prior compares them:",
                    groups.len()
                ),
                0,
            ));
            for group in &groups {
                text.push_str(&wrap(&format!("- {}", names(&mut group.iter())), 2));
            }
        }
        if !alone.is_empty() {
            let teams = names(&mut alone.iter().flat_map(|group| group.iter()));
            text.push_str(&wrap(
                &format!("Without a match that counts, so at their prior: {teams}."),
                0,
            ));
        }
        text
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let row = |team: &crate::fit::TeamStrength| Row {
            team: self.name(team.team),
            played: team.played,
            attack: team.attack.value,
            attack_standard_error: team.attack.standard_error,
            defence: team.defence.value,
            defence_standard_error: team.defence.standard_error,
            overall: team.overall.value,
            overall_standard_error: team.overall.standard_error,
            home_advantage: team.home_advantage.map(|at_home| at_home.value),
            home_advantage_standard_error: team
                .home_advantage
                .map(|at_home| at_home.standard_error),
        };
        self.summary.teams.iter().map(row).collect()
    }
}

fn plus_minus(estimate: &Estimate) -> String {
    format!("{:+.2} ±{:.2}", estimate.value, estimate.standard_error).replace('-', "−")
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Manifest,
    matches: usize,
    base: Estimate,
    home_advantage: Estimate,
    covariate_slopes: Option<Slopes>,
    spread: Option<f64>,
    shape: &'a [ShapeEstimate],
    log_likelihood: f64,
    dispersion: Option<crate::fit::Dispersion>,
    teams: Vec<Row<'a>>,
    connected_groups: Vec<Vec<&'a str>>,
}

#[derive(Serialize)]
struct Slopes {
    attack: Estimate,
    defence: Estimate,
}

#[derive(Serialize)]
struct Row<'a> {
    team: &'a str,
    played: usize,
    attack: f64,
    attack_standard_error: f64,
    defence: f64,
    defence_standard_error: f64,
    overall: f64,
    overall_standard_error: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_advantage: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_advantage_standard_error: Option<f64>,
}
