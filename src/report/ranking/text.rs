//! A ranking, entries and pots as text.

use super::{BallRecord, RankingReport, WorkedOut};
use crate::edition::ClubRanking;
use crate::report::layout::{Cell, FAINT, HEADING, Layout, styled, wrap};
use crate::report::number::Thousandths;

impl RankingReport<'_> {
    pub(super) fn whole_text(&self) -> String {
        let edition = self.edition();
        let title = format!("{}, {}", edition.name, self.snapshot.label());
        let mut text = format!("{}\n", styled(HEADING, wrap(&title, 0).trim_end()));
        match (&self.known(), &edition.ranking) {
            (Some(known), _) => text += &self.ranking_text(known),
            (None, Some(ClubRanking::Unknown(reason))) => {
                let line = format!("No ranking over several seasons: {reason}.");
                text += &format!("\n{}", wrap(&line, 0));
            }
            (None, _) => {
                let line = "No ranking over several seasons: the edition has neither [ranking] nor ranking.csv.";
                text += &format!("\n{}", wrap(line, 0));
            }
        }
        text + &self.rounds_text() + &self.pots_text()
    }

    fn ranking_text(&self, known: &WorkedOut<'_>) -> String {
        let scheme = known.scheme;
        let weights = scheme.window.iter();
        let weights = weights.map(|season| format!("{} times {}", season.season, season.weight));
        let mut text = format!("\n{}\n", styled(HEADING, &scheme.name));
        let weights = weights.collect::<Vec<_>>().join(", ");
        text += &wrap(&format!("{weights} [{}].", scheme.cite), 0);
        if let Some(entries) = scheme.entries {
            let line = format!(
                "An association of rank 1 to {} may enter {} teams, any other {}.",
                entries.best, entries.teams, entries.others
            );
            text += &wrap(&line, 0);
        }
        let mut layout = Layout::names("").left("association").right("points");
        layout = layout.right("clubs");
        if scheme.entries.is_some() {
            layout = layout.right("may\nenter");
        }
        layout = layout.right("entered");
        for row in self.associations(known) {
            let mut cells = vec![
                Cell::new(row.rank.map_or_else(|| "–".into(), |rank| rank.to_string())),
                Cell::new(row.association),
                Cell::new(row.points.to_string()),
                Cell::new(row.clubs.to_string()).style(FAINT),
            ];
            cells.extend(row.may_enter.map(|number| Cell::new(number.to_string())));
            cells.push(Cell::new(row.entered.to_string()));
            layout.row(cells);
        }
        text += &format!("\n{}", layout.render());
        let mut layout = Layout::names("")
            .left("club")
            .left("association")
            .right("points");
        // The latest first: where room is short, the oldest go.
        for season in scheme.window.iter().rev() {
            layout = layout.optional(&season.season);
        }
        for row in self.clubs(known) {
            let style = if row.takes_part { HEADING } else { FAINT };
            let mut cells = vec![
                Cell::new(row.rank.to_string()),
                Cell::new(row.club).style(style),
                Cell::new(row.association).style(FAINT),
                Cell::new(row.points.to_string()),
            ];
            let seasons = row.seasons.iter().rev().map(|season| match season.points {
                Thousandths(0) => Cell::default(),
                points => Cell::new(points.to_string()).style(FAINT),
            });
            cells.extend(seasons);
            layout.row(cells);
        }
        text + &format!("\n{}", layout.render())
    }

    fn rounds_text(&self) -> String {
        let stages = &self.edition().competition.stages;
        let mut text = format!("\n{}\n", styled(HEADING, "Who enters where"));
        for (index, round) in self.edition().entry_rounds().iter().enumerate() {
            let mut line = format!(
                "{}: {} {}{}",
                stages[round.stage].name,
                round.teams.len(),
                if round.teams.len() == 1 {
                    "team"
                } else {
                    "teams"
                },
                if index > 0 { " after a bye" } else { "" },
            );
            if round.from_earlier > 0 {
                line += &format!(", beside {} that come from earlier", round.from_earlier);
            }
            if round.unknown > 0 {
                line += &format!("; {} of its ties are not known", round.unknown);
            }
            text += &wrap(&(line + "."), 0);
        }
        text
    }

    fn pots_text(&self) -> String {
        let mut text = String::new();
        let balls = self.balls();
        let stages = self.edition().competition.stages.iter();
        for stage in stages {
            let balls: Vec<&BallRecord> =
                balls.iter().filter(|ball| ball.stage == stage.id).collect();
            if balls.is_empty() {
                continue;
            }
            let title = format!("Pots of the draw for {}", stage.name);
            text += &format!("\n{}\n", styled(HEADING, &title));
            if balls
                .iter()
                .all(|ball| ball.reason.is_none() && ball.place.is_none())
            {
                text += &wrap(
                    "As the edition lists them; it does not say what they follow from.",
                    0,
                );
            }
            let mut layout = Layout::names("pot").left("team").left("because of");
            let mut last = 0;
            for ball in balls {
                let number = match ball.pot == last {
                    true => String::new(),
                    false => ball.pot.to_string(),
                };
                last = ball.pot;
                let place = ball.place.clone().unwrap_or_default();
                let name = ball.team.clone();
                layout.row(vec![
                    Cell::new(number),
                    Cell::new(name.unwrap_or_else(|| format!("{place}, not known yet"))),
                    Cell::new(ball.reason.clone().unwrap_or_default()).style(FAINT),
                ]);
            }
            text += &layout.render();
        }
        match text.is_empty() {
            true => "\nNo stage has a draw of groups.\n".into(),
            false => text,
        }
    }
}
