//! Whom a team may meet, round by round.

use serde::Serialize;

use super::{KeptSeasons, ShareRecord, heading, share, title};
use crate::project::Meetings;
use crate::report::layout::{Cell, FAINT, Layout, styled, wrap};
use crate::report::percent::{error, seen};
use crate::report::{Report, to_csv};
use crate::team::TeamId;

/// Opponents that are shown of a round.
const SHOWN: usize = 8;

/// Whom a team may meet, round by round.
pub struct MeetingsReport<'a> {
    /// Whose seasons.
    pub kept: KeptSeasons<'a>,
    /// The team.
    pub team: TeamId,
    /// What they say.
    pub rounds: &'a [Meetings],
}

#[derive(Serialize)]
struct Content<'a> {
    team: &'a str,
    rounds: Vec<RoundRecord<'a>>,
}

#[derive(Serialize)]
struct RoundRecord<'a> {
    stage: &'a str,
    #[serde(flatten)]
    entering: ShareRecord,
    opponents: Vec<OpponentRecord<'a>>,
}

#[derive(Serialize)]
struct OpponentRecord<'a> {
    opponent: &'a str,
    #[serde(flatten)]
    share: ShareRecord,
}

#[derive(Serialize)]
struct Row<'a> {
    team: &'a str,
    stage: &'a str,
    entering: Option<f64>,
    entering_standard_error: Option<f64>,
    opponent: &'a str,
    probability: Option<f64>,
    standard_error: Option<f64>,
    seasons: u64,
    given_seasons: u64,
}

impl Report for MeetingsReport<'_> {
    fn text(&self) -> String {
        let how = "in %, ± one standard error.";
        let mut text = heading(self.kept.names, self.kept.seasons, how);
        let team = self.kept.team(self.team);
        for round in self.rounds {
            let stage = self.kept.names.stage(self.kept.layout, round.stage);
            let (value, standard_error) = round.entering.share.unwrap_or_default();
            let (entering, error) = (seen(value, standard_error), error(standard_error));
            text += &title(&format!("{team} in {stage}: {entering} ±{error}"));
            let mut table = Layout::names("opponent").right("if it gets there");
            for (opponent, met) in round.opponents.iter().take(SHOWN) {
                table.row(vec![Cell::new(self.kept.team(*opponent)), share(met)]);
            }
            match round.opponents.len() {
                0 => text += "It got there in no season.\n",
                all => {
                    text += &table.render();
                    if let more @ 1.. = all.saturating_sub(SHOWN) {
                        text += &styled(FAINT, wrap(&format!("and {more} more"), 0).trim_end());
                        text += "\n";
                    }
                }
            }
        }
        text
    }

    fn json(&self) -> String {
        let rounds = self.rounds.iter().map(|round| RoundRecord {
            stage: self.stage(round),
            entering: ShareRecord::of(&round.entering),
            opponents: self.opponents(round).collect(),
        });
        let content = Content {
            team: self.kept.team(self.team),
            rounds: rounds.collect(),
        };
        self.kept.json("opponents", content)
    }

    fn csv(&self) -> String {
        to_csv(self.rounds.iter().flat_map(|round| {
            self.opponents(round).map(|of| Row {
                team: self.kept.team(self.team),
                stage: self.stage(round),
                entering: round.entering.share.map(|share| share.0),
                entering_standard_error: round.entering.share.map(|share| share.1),
                opponent: of.opponent,
                probability: of.share.probability,
                standard_error: of.share.standard_error,
                seasons: of.share.seasons,
                given_seasons: of.share.given_seasons,
            })
        }))
    }
}

impl<'a> MeetingsReport<'a> {
    fn stage(&self, round: &Meetings) -> &'a str {
        &self.kept.names.stages[self.kept.layout.stages[round.stage].stage].id
    }

    fn opponents(&self, round: &'a Meetings) -> impl Iterator<Item = OpponentRecord<'a>> {
        round
            .opponents
            .iter()
            .map(|(opponent, met)| OpponentRecord {
                opponent: self.kept.team(*opponent),
                share: ShareRecord::of(met),
            })
    }
}
