//! Leverage as text.

use super::super::{difference, heading, share, title};
use super::{LeverageReport, RESULTS};
use crate::project::{FixtureLeverage, Move, Prospect, Swing};
use crate::report::layout::{Cell, FAINT, GOOD, Layout, styled, wrap};
use crate::report::percent::{error, seen};
use crate::team::TeamId;

/// Fixtures that are shown of an outcome where several outcomes are.
const SHOWN: usize = 5;

impl<'a> LeverageReport<'a> {
    pub(super) fn as_text(&self) -> String {
        let how = "in percentage points, ± one standard error.";
        let mut text = heading(self.kept.names, self.kept.seasons, how);
        let outcomes = self.outcomes();
        for &outcome in &outcomes {
            text.push_str(&match self.team {
                Some(team) => self.of_team(team, outcome, outcomes.len() > 1),
                None if outcomes.len() > 1 => self.in_all(outcome, SHOWN),
                None => self.in_all(outcome, 4 * SHOWN) + &self.by_team(outcome),
            });
        }
        text.push('\n');
        let mut legend = match self.team {
            Some(_) => {
                "By how much each result changes the probability, and how far the match moves it: the root of the \
                 mean square of these changes."
            }
            None => {
                "How far the match moves the probability: the root of the mean square of what its three results \
                 change; of all teams, of the sum of their squares."
            }
        }
        .to_owned();
        if outcomes.len() > 1 {
            legend.push_str(" --outcome shows more of one; json and csv have all.");
        }
        text + &styled(FAINT, wrap(&legend, 0).trim_end()) + "\n"
    }

    /// The outcomes that are looked at, in their order.
    fn outcomes(&self) -> Vec<usize> {
        let all = self.leverage.prospects.iter().map(|of| of.outcome);
        let mut outcomes: Vec<usize> = all.collect();
        outcomes.dedup();
        outcomes
    }

    /// Teams with their moves of one outcome by a fixture.
    fn moves<'f>(
        &'f self,
        fixture: &'f FixtureLeverage,
        outcome: usize,
    ) -> impl Iterator<Item = (&'f Prospect, &'f Move)> {
        let prospects = self.leverage.prospects.iter();
        prospects
            .zip(&fixture.moves)
            .filter(move |(prospect, _)| prospect.outcome == outcome)
    }

    /// All fixtures, those that come first in some order.
    fn sorted(&self, by: impl Fn(&FixtureLeverage) -> f64) -> Vec<&'a FixtureLeverage> {
        let mut fixtures: Vec<&FixtureLeverage> = self.leverage.fixtures.iter().collect();
        fixtures.sort_by(|one, other| by(other).total_cmp(&by(one)));
        fixtures
    }

    fn name(&self, fixture: &FixtureLeverage) -> String {
        let [home, away] = self.sides(fixture);
        format!("{home} – {away}")
    }

    /// Which fixtures matter most to all teams together, and to whom.
    fn in_all(&self, outcome: usize, most: usize) -> String {
        let of_all = |fixture: &FixtureLeverage| fixture.in_all[outcome];
        let mut table = Layout::names("match")
            .right("all teams")
            .left("most to")
            .right("");
        let by_all = self.sorted(|fixture| of_all(fixture).map_or(0.0, |all| all.value));
        for fixture in by_all.into_iter().take(most) {
            let moves = self.moves(fixture, outcome);
            let most = moves.reduce(|most, next| match next.1.swing.value > most.1.swing.value {
                true => next,
                false => most,
            });
            let (Some((prospect, moved)), Some(all)) = (most, of_all(fixture)) else {
                continue;
            };
            table.row(vec![
                Cell::new(self.name(fixture)),
                swing(all),
                Cell::new(self.kept.team(prospect.team)),
                swing(moved.swing),
            ]);
        }
        let heading = format!("Which matches matter most: {}", self.kept.outcome(outcome));
        title(&heading) + &table.render()
    }

    /// Which fixture matters most to each team.
    fn by_team(&self, outcome: usize) -> String {
        let mut rows: Vec<(&Prospect, &FixtureLeverage, Swing)> = Vec::new();
        for (index, prospect) in self.leverage.prospects.iter().enumerate() {
            let swing = |fixture: &FixtureLeverage| fixture.moves[index].swing;
            let most = self.sorted(|fixture| swing(fixture).value);
            if prospect.outcome == outcome && swing(most[0]).value > 0.0 {
                rows.push((prospect, most[0], swing(most[0])));
            }
        }
        rows.sort_by(|one, other| other.2.value.total_cmp(&one.2.value));
        let mut table = Layout::names("team")
            .right("% now")
            .left("match")
            .right("moves it by");
        for (prospect, fixture, moved) in rows {
            table.row(vec![
                Cell::new(self.kept.team(prospect.team)),
                share(&prospect.overall),
                Cell::new(self.name(fixture)),
                swing(moved),
            ]);
        }
        let heading = format!(
            "Which match matters most to whom: {}",
            self.kept.outcome(outcome)
        );
        title(&heading) + &table.render()
    }

    /// What every result does for a team.
    fn of_team(&self, team: TeamId, outcome: usize, cut: bool) -> String {
        let of = self.leverage.prospects.iter();
        let Some(index) = of
            .clone()
            .position(|of| of.team == team && of.outcome == outcome)
        else {
            return String::new();
        };
        let overall = self.leverage.prospects[index].overall;
        let now = overall
            .share
            .map_or_else(String::new, |(value, standard_error)| {
                format!(
                    ", {} ±{} % now",
                    seen(value, standard_error),
                    error(standard_error)
                )
            });
        let heading = title(&format!(
            "{}, {}{now}",
            self.kept.team(team),
            self.kept.outcome(outcome)
        ));
        if overall.seasons == 0 || overall.seasons == overall.given {
            return heading
                + "It is the same in all these seasons: no match was seen to move it.\n";
        }
        let moved = |fixture: &FixtureLeverage| fixture.moves[index];
        let by_swing = self.sorted(|fixture| moved(fixture).swing.value);
        let most = if cut { SHOWN } else { by_swing.len() };
        let mut table = Layout::names("match");
        for (_, name) in RESULTS {
            table = table.right(name);
        }
        table = table.right("moves it by");
        for fixture in by_swing.into_iter().take(most) {
            let Move {
                differences,
                swing: size,
                ..
            } = moved(fixture);
            let best = differences.iter().flatten().map(|difference| difference.0);
            let best = best.fold(f64::NEG_INFINITY, f64::max);
            let mut cells = vec![Cell::new(self.name(fixture))];
            cells.extend(differences.iter().map(|moved| match moved {
                Some(moved) if size.value > 0.0 && moved.0 == best => {
                    Cell::new(difference(*moved)).style(GOOD)
                }
                Some(moved) => Cell::new(difference(*moved)),
                None => Cell::new("–").style(FAINT),
            }));
            cells.push(swing(size));
            table.row(cells);
        }
        heading + &table.render()
    }
}

/// How far probabilities move, in percentage points; no more than chance allows where it may be nothing.
fn swing(swing: Swing) -> Cell {
    let error = error(swing.standard_error);
    match 100.0 * swing.value {
        value if value < 0.05 => Cell::new(format!("<{error}")).style(FAINT),
        value => Cell::new(format!("{value:.1} ±{error}")),
    }
}
