//! Rulebooks: the list of those embedded, and one in plain words.

use serde::Serialize;

use super::layout::{Cell, FAINT, HEADING, Layout, numbered, styled, wrap};
use super::manifest::ProgramManifest;
use super::{Report, to_csv, to_json};
use crate::competition::{Order, RuleList, Rulebook, Withdrawal};

/// The embedded rulebooks.
pub struct RulebookList {
    /// In order of their names.
    pub rulebooks: Vec<Rulebook>,
}

impl Report for RulebookList {
    fn text(&self) -> String {
        let mut layout = Layout::names("rulebook").left("name").left("");
        for row in self.rows() {
            let doubt = if row.unverified { "*" } else { "" };
            layout.row(vec![
                Cell::new(row.rulebook),
                Cell::new(row.name),
                Cell::new(doubt).style(FAINT),
            ]);
        }
        layout.render() + "* in part not verified: `matchday rules` and its name say what\n"
    }

    fn json(&self) -> String {
        to_json(&ListDocument {
            manifest: ProgramManifest::new("rules"),
            rulebooks: self.rows(),
        })
    }

    fn csv(&self) -> String {
        to_csv(self.rows())
    }
}

impl RulebookList {
    fn rows(&self) -> Vec<ListRow<'_>> {
        self.rulebooks.iter().map(ListRow::new).collect()
    }
}

#[derive(Serialize)]
struct ListDocument<'a> {
    manifest: ProgramManifest,
    rulebooks: Vec<ListRow<'a>>,
}

#[derive(Serialize)]
struct ListRow<'a> {
    rulebook: &'a str,
    name: &'a str,
    lists: String,
    unverified: bool,
}

impl<'a> ListRow<'a> {
    fn new(rulebook: &'a Rulebook) -> Self {
        let lists: Vec<&str> = rulebook.orders().map(|order| order.id.as_str()).collect();
        Self {
            rulebook: &rulebook.id,
            name: &rulebook.name,
            lists: lists.join("|"),
            unverified: rulebook.unverified.is_some(),
        }
    }
}

/// A line that says whether the rules are the whole regulation, and certain; none if they are.
pub(super) fn doubts(rulebook: &Rulebook) -> String {
    let doubt = match (&rulebook.simplified, &rulebook.unverified) {
        (None, None) => return String::new(),
        (Some(_), None) => "simplified",
        (None, Some(_)) => "not verified",
        (Some(_), Some(_)) => "simplified, and in part not verified",
    };
    format!("Rules {doubt}: see `matchday show`.\n")
}

/// One rulebook, in plain words with its citations.
pub struct RulebookCard {
    /// What the regulation says.
    pub rulebook: Rulebook,
}

/// A rule list, of finished groups or of those under way.
#[derive(Clone, Copy)]
struct Listed<'a> {
    order: &'a Order,
    list: &'a RuleList,
    interim: bool,
}

impl Report for RulebookCard {
    fn text(&self) -> String {
        let rulebook = &self.rulebook;
        let mut text = styled(HEADING, wrap(&rulebook.name, 0).trim_end());
        let Rulebook { id, win, draw, .. } = rulebook;
        text.push('\n');
        text.push_str(&wrap(
            &format!(
                "Rulebook {id}: {win} points for a win, {draw} for a draw. Of each list the first rule \
                 that separates teams decides."
            ),
            0,
        ));
        for listed in self.lists() {
            let when = if listed.interim {
                ", while matches are left"
            } else {
                ""
            };
            let heading = format!("Rules for {}{when}", listed.order.id);
            text.push_str(&format!("\n{}\n", styled(HEADING, &heading)));
            for (index, line) in listed.list.lines.iter().enumerate() {
                let rule = format!("{} [{}]", line.words, line.cite);
                text.push_str(&numbered(index + 1, &rule));
            }
            text.push_str(&listed.end());
        }
        text.push('\n');
        text.push_str(&wrap(&self.withdrawal(), 0));
        text.push_str(&wrap(&format!("Source: {}.", rulebook.source), 0));
        if let Some(simplified) = &rulebook.simplified {
            text.push_str(&wrap(&format!("Simplified: {simplified}."), 0));
        }
        if let Some(reason) = &rulebook.unverified {
            text.push_str(&wrap(&format!("Not verified: {reason}."), 0));
        }
        text
    }

    fn json(&self) -> String {
        let rulebook = &self.rulebook;
        to_json(&Document {
            manifest: ProgramManifest::new("rules"),
            rulebook: &rulebook.id,
            name: &rulebook.name,
            source: &rulebook.source,
            simplified: rulebook.simplified.as_deref(),
            unverified: rulebook.unverified.as_deref(),
            win: rulebook.win,
            draw: rulebook.draw,
            withdrawal: rulebook.withdrawal,
            forfeit: rulebook.forfeit,
            withdrawal_is_assumed: rulebook.withdrawal_is_assumed,
            lists: self.lists().map(ListRecord::new).collect(),
        })
    }

    fn csv(&self) -> String {
        let rows = self.lists().flat_map(|listed| {
            let lines = listed.lines().map(move |line| CsvRow {
                rulebook: &self.rulebook.id,
                list: &listed.order.id,
                interim: listed.interim,
                number: line.number,
                rule: line.rule,
                words: line.words,
                cite: line.cite,
            });
            lines.collect::<Vec<_>>()
        });
        to_csv(rows)
    }
}

impl RulebookCard {
    fn lists(&self) -> impl Iterator<Item = Listed<'_>> {
        self.rulebook.orders().flat_map(|order| {
            let lists = order.lists().enumerate();
            lists.map(move |(index, list)| Listed {
                order,
                list,
                interim: index > 0,
            })
        })
    }

    fn withdrawal(&self) -> String {
        let forfeit = self.rulebook.forfeit;
        let leaves = match self.rulebook.withdrawal {
            Withdrawal::Annul => "a team that withdraws comes last, and none of its matches counts",
            Withdrawal::Award => {
                "if a team withdraws its results stand, and it loses by decision what it does not play"
            }
            Withdrawal::Average => {
                "if a team withdraws its results stand, and who could not play it gets the average \
                 points of all home or away matches"
            }
        };
        let begin = match self.rulebook.withdrawal_is_assumed {
            true => "Assumed, for want of a rule: a",
            false => "A",
        };
        format!("{begin} match lost by decision counts 0–{forfeit}; {leaves}.")
    }
}

impl<'a> Listed<'a> {
    fn always_decides(&self, teams: usize) -> bool {
        let teams = if self.list.is_for_ties() { 2 } else { teams };
        self.list.always_decides(teams)
    }

    /// What happens where the list ends.
    fn end(&self) -> String {
        let who = match [2, 3].map(|teams| self.always_decides(teams)) {
            [true, true] => return String::new(),
            [true, false] => "Three or more teams",
            [false, _] => "Teams",
        };
        wrap(&format!("{who} still level after that stay undecided."), 4)
    }

    fn lines(self) -> impl Iterator<Item = LineRecord<'a>> {
        let lines = self.list.lines.iter().enumerate();
        lines.map(|(index, line)| LineRecord {
            number: index + 1,
            rule: &line.text,
            words: &line.words,
            cite: &line.cite,
        })
    }
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: ProgramManifest,
    rulebook: &'a str,
    name: &'a str,
    source: &'a str,
    simplified: Option<&'a str>,
    unverified: Option<&'a str>,
    win: u8,
    draw: u8,
    withdrawal: Withdrawal,
    forfeit: u8,
    withdrawal_is_assumed: bool,
    lists: Vec<ListRecord<'a>>,
}

#[derive(Serialize)]
struct ListRecord<'a> {
    list: &'a str,
    interim: bool,
    always_decides: bool,
    lines: Vec<LineRecord<'a>>,
}

impl<'a> ListRecord<'a> {
    fn new(listed: Listed<'a>) -> Self {
        Self {
            list: &listed.order.id,
            interim: listed.interim,
            always_decides: listed.always_decides(2) && listed.always_decides(3),
            lines: listed.lines().collect(),
        }
    }
}

#[derive(Serialize)]
struct LineRecord<'a> {
    number: usize,
    rule: &'a str,
    words: &'a str,
    cite: &'a str,
}

#[derive(Serialize)]
struct CsvRow<'a> {
    rulebook: &'a str,
    list: &'a str,
    interim: bool,
    number: usize,
    rule: &'a str,
    words: &'a str,
    cite: &'a str,
}
