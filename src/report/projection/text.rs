//! A projection as text.

use unicode_width::UnicodeWidthStr;

use super::{ProjectionReport, cause_in_words};
use crate::competition::Stage;
use crate::model::Strengths;
use crate::project::{
    Boundary, GroupProjection, Opponents, Probability, StageProjection, TeamProjection, Verdict,
};
use crate::report::layout::{
    Cell, FAINT, HEADING, Layout, WIDTH, ordinal, stacked, styled, thousands, wrap,
};
use crate::report::number::Number;
use crate::report::percent::{doubt_of_errors, error, percent, percent_with_error, seen, unproved};
use crate::report::rulebook::doubts;
use crate::team::TeamId;

/// The width of a probability with its error.
const OUTCOME_WIDTH: usize = 10;

/// The width of a probability alone.
const SHARE_WIDTH: usize = 9;

/// In larger groups places that do not fit are left out of the text.
const MOST_PLACES: usize = 6;

/// Opponents that are met less often are not named one by one.
const LIKELY: f64 = 0.01;

impl ProjectionReport<'_> {
    pub(super) fn whole_text(&self) -> String {
        let mut text = self.heading();
        let shown: Vec<_> = self
            .projection
            .groups
            .iter()
            .filter(|group| self.is_shown(group))
            .collect();
        let (tables, ties): (Vec<_>, Vec<_>) =
            shown.into_iter().partition(|group| group.teams.len() > 2);
        for group in tables {
            text.push('\n');
            text.push_str(&self.group(group));
        }
        for ties in ties.chunk_by(|a, b| a.stage == b.stage) {
            text.push('\n');
            text.push_str(&self.ties(ties));
        }
        for stage in &self.projection.stages {
            if self.stage_of(stage.stage).is_table() && !self.stage_of(stage.stage).is_seeding() {
                text.push('\n');
                text.push_str(&self.stage(stage));
            }
        }
        text.push_str(&self.careers());
        text.push('\n');
        text.push_str(&styled(FAINT, wrap(self.legend().as_str(), 0).trim_end()));
        text.push('\n');
        if self.opponents {
            text.push_str(&self.opponents());
        }
        text.push_str(&self.causes());
        text.push_str(&self.fixtures());
        text
    }

    /// Groups are shown while anything is open in them; if nothing is open anywhere, all are.
    fn is_shown(&self, group: &GroupProjection) -> bool {
        let positions = |group: &GroupProjection| {
            let mut positions = group.teams.iter().flat_map(|team| &team.positions);
            positions.any(|position| position.verdict == Verdict::Open)
        };
        let nothing_open = || {
            let known = self.projection.groups.iter();
            self.projection.stages.is_empty() && !known.into_iter().any(positions)
        };
        !self.stage_of(group.stage).is_seeding() && (positions(group) || nothing_open())
    }

    fn stage_of(&self, stage: usize) -> &Stage {
        &self.snapshot.edition().competition.stages[stage]
    }

    fn longest_name(&self) -> usize {
        let tables = self
            .projection
            .groups
            .iter()
            .filter(|group| self.is_shown(group));
        let tables = tables.filter(|group| group.teams.len() > 2);
        let teams = tables.flat_map(|group| &group.teams).map(|team| team.team);
        teams.map(|team| self.name(team).width()).max().unwrap_or(0)
    }

    fn heading(&self) -> String {
        let title = format!(
            "{}, {}",
            self.snapshot.edition().name,
            self.snapshot.label()
        );
        let strengths = match self.strengths {
            Strengths::Posterior => "strengths drawn from their posterior",
            Strengths::PlugIn => "strengths at their best estimate",
        };
        let seasons = thousands(self.projection.seasons);
        let plural = if self.projection.seasons == 1 {
            "season"
        } else {
            "seasons"
        };
        let mut text = styled(HEADING, wrap(&title, 0).trim_end());
        text.push('\n');
        text.push_str(&wrap(
            &format!("{seasons} {plural}, seed {}, {strengths}", self.seed),
            0,
        ));
        let rulebook = &self.snapshot.edition().competition.rulebook;
        text.push_str(&doubts(rulebook));
        for set in &self.set {
            text.push_str(&wrap(&format!("supposing {set}"), 0));
        }
        text
    }

    fn legend(&self) -> String {
        let mut legend = "Places and outcomes in % of seasons, ± one standard error. \
            0 and 100 are proved; <0.1 and >99.9 are not."
            .to_owned();
        let large = |group: &&GroupProjection| group.teams.len() > MOST_PLACES;
        let mut shown = self
            .projection
            .groups
            .iter()
            .filter(|group| self.is_shown(group));
        if shown.any(|group| large(&group)) {
            legend.push_str(" Places that do not fit are left out; json and csv have all.");
        }
        if let Some(precision) = self.precision_in_words() {
            legend.push(' ');
            legend.push_str(&precision);
        }
        if let Some(doubt) = doubt_of_errors(self.projection.batches) {
            legend.push(' ');
            legend.push_str(&doubt);
        }
        if self.projection.unmet_draws > 0.0 {
            legend.push_str(&format!(
                " In {} % of seasons no outcome of a draw met all its bounds; there the balls were drawn \
                 without them.",
                unproved(self.projection.unmet_draws)
            ));
        }
        legend
    }

    fn group(&self, group: &GroupProjection) -> String {
        let GroupProjection {
            stage,
            group: index,
            matches_played,
            matches,
            teams,
        } = group;
        let name = self.stage_of(*stage).group_name(*index);
        let heading = match matches {
            0 => name,
            _ => format!("{name}\n{matches_played} of {matches} played"),
        };
        let with_points = teams.iter().all(|team| team.points.is_some());
        let mut layout = Layout::names(heading)
            .at_least(self.longest_name())
            .right("Pts");
        if with_points {
            layout = layout
                .right("final\nPts")
                .optional("5–95%")
                .optional("final\nGD");
        }
        for rank in 0..teams.len() {
            layout = match teams.len() > MOST_PLACES {
                true => layout.optional(ordinal(rank + 1)),
                false => layout.right(ordinal(rank + 1)),
            };
        }
        let reached: Vec<usize> = (0..teams[0].outcomes.len())
            .filter(|&outcome| teams.iter().any(|team| team.outcomes[outcome].is_some()))
            .collect();
        let names: Vec<&str> = self.outcome_names().collect();
        for &outcome in &reached {
            layout = layout.right(stacked(names[outcome], OUTCOME_WIDTH));
        }
        for team in teams {
            let mut cells = vec![
                Cell::new(self.name(team.team)),
                Cell::new(Number(team.points_now).to_string()),
            ];
            if let Some((points, difference)) =
                team.points.as_ref().zip(team.goal_difference.as_ref())
                && with_points
            {
                let [low, .., high] = points.quantiles;
                cells.extend([
                    Cell::new(format!("{:.1}", points.mean).replace('-', "−")),
                    Cell::new(format!("{low}–{high}").replace('-', "−")).style(FAINT),
                    Cell::new(signed(difference.mean)).style(FAINT),
                ]);
            }
            cells.extend(team.positions.iter().map(percent));
            cells.extend(reached.iter().map(|&outcome| {
                team.outcomes[outcome]
                    .as_ref()
                    .map_or_else(Cell::default, percent_with_error)
            }));
            layout.row(cells);
        }
        layout.render()
    }

    /// The ties of one stage, one a line.
    fn ties(&self, ties: &[&GroupProjection]) -> String {
        let name = &self.stage_of(ties[0].stage).name;
        let mut layout = Layout::names(name).left("").right("through").right("");
        for tie in ties {
            // Named as the file does, not by who is ahead.
            let members = self.snapshot.members(tie.stage, tie.group).unwrap_or(&[]);
            let of = |team: &TeamId| tie.teams.iter().find(|projected| projected.team == *team);
            let through = |team: &TeamProjection| percent(&team.positions[0]);
            let [first, second] = [members.first(), members.get(1)]
                .map(|team| team.and_then(of).unwrap_or(&tie.teams[0]));
            let score = match tie.matches_played {
                0 => String::new(),
                _ => self.score_so_far(tie),
            };
            layout.row(vec![
                Cell::new(format!(
                    "{} – {}",
                    self.name(first.team),
                    self.name(second.team)
                )),
                Cell::new(score).style(FAINT),
                through(first),
                through(second),
            ]);
        }
        layout.render()
    }

    /// The scores of a tie so far, from the side of its first team.
    fn score_so_far(&self, tie: &GroupProjection) -> String {
        let members = self.snapshot.members(tie.stage, tie.group);
        let fixtures = self.snapshot.fixtures(tie.stage, tie.group);
        let scores = fixtures.filter_map(|listed| {
            let goals = listed.fixture.score?.goals;
            let at_home = members.is_some_and(|members| members[0] == listed.fixture.home);
            Some(match at_home {
                true => format!("{}–{}", goals.home, goals.away),
                false => format!("{}–{}", goals.away, goals.home),
            })
        });
        scores.collect::<Vec<_>>().join(", ")
    }

    /// A table whose teams are not all known: who takes part, and how they finish.
    fn stage(&self, stage: &StageProjection) -> String {
        let declared = self.stage_of(stage.stage);
        let mut layout = Layout::names(&*declared.name).right("taking\npart");
        let ranks = stage
            .entrants
            .first()
            .map_or(0, |entrant| entrant.positions.len());
        for rank in 0..ranks {
            layout = match ranks > MOST_PLACES {
                true => layout.optional(ordinal(rank + 1)),
                false => layout.right(ordinal(rank + 1)),
            };
        }
        for entrant in &stage.entrants {
            let mut cells = vec![
                Cell::new(self.name(entrant.team)),
                percent_with_error(&entrant.entering),
            ];
            cells.extend(entrant.positions.iter().map(percent));
            layout.row(cells);
        }
        layout.render()
    }

    /// How far everybody goes, where an outcome lies beyond the groups that are shown.
    fn careers(&self) -> String {
        let told = |outcome: &usize| {
            let mut careers = self.projection.careers.iter();
            careers.any(|career| career.outcomes[*outcome].is_some())
        };
        let names: Vec<&str> = self.outcome_names().collect();
        let outcomes: Vec<usize> = (0..names.len()).filter(told).collect();
        let in_tables = |outcome: &usize| {
            let tables = self
                .projection
                .groups
                .iter()
                .filter(|group| group.teams.len() > 2);
            let mut teams = tables.flat_map(|group| &group.teams);
            teams.any(|team| team.outcomes[*outcome].is_some())
        };
        let Some((last, before)) = outcomes
            .split_last()
            .filter(|_| !outcomes.iter().all(in_tables))
        else {
            return String::new();
        };
        let mut layout = Layout::names("How far\nthey go");
        for &outcome in before {
            layout = layout.right(stacked(names[outcome], SHARE_WIDTH));
        }
        layout = layout.right(stacked(names[*last], OUTCOME_WIDTH));
        for career in &self.projection.careers {
            let mut cells = vec![Cell::new(self.name(career.team))];
            let of = |outcome: usize, show: fn(&Probability) -> Cell| {
                career.outcomes[outcome]
                    .as_ref()
                    .map_or_else(Cell::default, show)
            };
            cells.extend(before.iter().map(|&outcome| of(outcome, percent)));
            cells.push(of(*last, percent_with_error));
            layout.row(cells);
        }
        format!("\n{}", layout.render())
    }

    /// Whom teams may meet, round by round.
    fn opponents(&self) -> String {
        let mut text = String::new();
        for round in self
            .projection
            .opponents
            .chunk_by(|a, b| a.stage == b.stage)
        {
            let stage = round[0].stage;
            let heading = format!("{}: opponents", self.stage_of(stage).name);
            let names = round.iter().map(|of| self.name(of.team).width());
            let longest = names.fold(heading.width(), usize::max);
            let room = WIDTH.saturating_sub(longest + "  in it  ".len());
            let mut layout = Layout::names(heading).right("in it").left("");
            let stages = self.projection.stages.iter();
            let entrants = stages.filter(|projected| projected.stage == stage);
            for entrant in entrants.flat_map(|projected| &projected.entrants) {
                let Some(of) = round.iter().find(|of| of.team == entrant.team) else {
                    continue;
                };
                let team = [Cell::new(self.name(of.team)), percent(&entrant.entering)];
                let mut front = team.into_iter();
                for line in self.met(of, room) {
                    let mut cells: Vec<Cell> = front.by_ref().collect();
                    cells.resize(2, Cell::default());
                    cells.push(Cell::new(line));
                    layout.row(cells);
                }
            }
            text.push('\n');
            text.push_str(&layout.render());
        }
        text
    }

    /// The likely opponents and the share of all others, in lines of at most `room` columns.
    fn met(&self, of: &Opponents, room: usize) -> Vec<String> {
        let likely = of
            .opponents
            .iter()
            .take_while(|(_, met)| met.value >= LIKELY);
        let (named, others) = of.opponents.split_at(likely.count().max(1));
        let named = named.iter().map(|(opponent, met)| {
            let share = match met.verdict {
                Verdict::Certain => "100".into(),
                _ => seen(met.value, met.standard_error),
            };
            format!("{} {share}", self.name(*opponent))
        });
        let rest: f64 = others.iter().map(|(_, met)| met.value).sum();
        let rest = (!others.is_empty()).then(|| format!("others {}", unproved(rest)));
        let mut lines: Vec<String> = Vec::new();
        for item in named.chain(rest) {
            match lines.last_mut() {
                Some(line) if line.width() + ", ,".len() + item.width() <= room => {
                    *line += &format!(", {item}");
                }
                Some(line) => {
                    line.push(',');
                    lines.push(item);
                }
                None => lines.push(item),
            }
        }
        lines
    }

    /// What decides between places that are open.
    fn causes(&self) -> String {
        let settled = |boundary: &Boundary| {
            let known = self
                .projection
                .groups
                .iter()
                .find(|group| (group.stage, group.group) == (boundary.stage, boundary.group));
            known.is_some_and(|group| !self.is_shown(group))
                || self.stage_of(boundary.stage).is_seeding()
        };
        let mut text = String::new();
        for boundary in self.projection.boundaries.iter().filter(|of| !settled(of)) {
            let Boundary {
                stage,
                group,
                position,
                causes,
            } = boundary;
            let declared = self.stage_of(*stage);
            let name = declared.group_name(*group);
            let what = match declared.groups[*group].size {
                2 => name,
                _ => format!("{name}, {} place", ordinal(*position)),
            };
            let shares = causes
                .iter()
                .map(|(cause, share)| format!("{} {}", cause_in_words(cause), in_words(share)));
            let line = format!("{what}: {}", shares.collect::<Vec<_>>().join(", "));
            text.push_str(&wrap(&line, 0));
        }
        match text.is_empty() {
            true => text,
            false => format!(
                "\n{}\n{text}",
                styled(
                    HEADING,
                    "What separates a place from the next, in % of seasons"
                )
            ),
        }
    }

    fn fixtures(&self) -> String {
        let mut layout = Layout::names("To be played")
            .right("home")
            .right("draw")
            .right("away");
        layout = layout.right("goals").optional("likeliest");
        let mut matchday = None;
        for fixture in &self.projection.fixtures {
            let day = (fixture.stage, fixture.matchday, fixture.dates);
            if matchday != Some(day) {
                matchday = Some(day);
                let declared = self.stage_of(fixture.stage);
                let round = match (declared.is_table(), declared.matches(fixture.group)) {
                    (true, _) => format!("Matchday {}", fixture.matchday),
                    (false, 1) => declared.name.clone(),
                    (false, _) => format!("{}, leg {}", declared.name, fixture.matchday),
                };
                let heading = match fixture.dates {
                    Some(dates) => format!("{round}, {dates}"),
                    None => round,
                };
                let mut cells = vec![Cell::new(heading).style(FAINT)];
                cells.resize(6, Cell::default());
                layout.row(cells);
            }
            let names = format!("{} – {}", self.name(fixture.home), self.name(fixture.away));
            let [home, away] = fixture.grid.expected_goals();
            let (score, share) = fixture.likeliest()[0];
            let mut cells = vec![Cell::new(names)];
            cells.extend(
                fixture
                    .outcomes()
                    .map(|outcome| Cell::new(unproved(outcome))),
            );
            cells.push(Cell::new(format!("{home:.1}–{away:.1}")));
            cells.push(Cell::new(format!("{score} {}", unproved(share))).style(FAINT));
            layout.row(cells);
        }
        match matchday {
            None => String::new(),
            Some(_) => format!("\n{}", layout.render()),
        }
    }
}

/// `71.2 ±0.4`; `100` where proved.
fn in_words(share: &Probability) -> String {
    match share.verdict {
        Verdict::Impossible => "0".into(),
        Verdict::Certain => "100".into(),
        Verdict::Open => {
            let value = seen(share.value, share.standard_error);
            format!("{value} ±{}", error(share.standard_error))
        }
    }
}

fn signed(value: f64) -> String {
    format!("{value:+.1}").replace('-', "−")
}
