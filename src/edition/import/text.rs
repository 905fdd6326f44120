//! The files of an imported edition.

use std::fmt::Write as _;

use super::{Entrant, Import, Stage};
use crate::edition::matches::COLUMNS;
use crate::edition::template::text::{group, item, quote};
use crate::fixture::{Score, Status, Venue};
use crate::history::PastMatch;

const EXTRAS: [&str; 4] = ["extra_time", "penalties", "venue", "note"];

/// Whether a ruling needs more than the source tells: until when an abandoned match was played, or
/// which match replaces an annulled one.
pub(super) fn is_unwritten(played: &PastMatch) -> bool {
    let status = played.ruling.map(|ruling| ruling.status);
    matches!(status, Some(Status::Abandoned | Status::Annulled))
}

impl Import<'_> {
    pub(super) fn edition_text(&self, name: &str, rulebook: &str, stages: &[Stage<'_>]) -> String {
        let mut text = format!(
            "name = {}\nrulebook = {}\noutcomes = [\n",
            quote(name),
            quote(rulebook)
        );
        for (outcome, places) in self.outcomes(stages) {
            let _ = writeln!(
                text,
                "  {{ name = {}, places = {places} }},",
                quote(&outcome)
            );
        }
        text += "]\n";
        for stage in stages {
            let (id, name, order) = (quote(&stage.id), quote(&stage.name), quote(stage.order));
            let _ = write!(
                text,
                "\n[[stage]]\nid = {id}\nname = {name}\norder = {order}\nlegs = {}\n",
                stage.legs
            );
            if stage.neutral {
                text += "venue = \"neutral\"\n";
            }
            if let Some(drawn) = stage.drawn {
                let _ = writeln!(text, "drawn = {drawn}");
            }
            text += "groups = [\n";
            for listed in &stage.groups {
                let entrants: Vec<String> =
                    listed.entrants.iter().map(|e| self.entrant(e)).collect();
                let _ = writeln!(
                    text,
                    "{}",
                    group(&listed.id, entrants.iter().map(String::as_str))
                );
            }
            text += "]\n";
        }
        text
    }

    fn entrant(&self, entrant: &Entrant) -> String {
        match entrant {
            Entrant::Team(team) => self.name(*team).into(),
            Entrant::Place {
                stage,
                group,
                position,
            } => format!("{stage}/{group}/{position}"),
        }
    }

    /// Names of outcomes and their places, as TOML writes them.
    fn outcomes(&self, stages: &[Stage<'_>]) -> Vec<(String, String)> {
        let mut outcomes = Vec::new();
        let [first, rounds @ ..] = stages else {
            return outcomes;
        };
        let is_league = first.id == "league";
        if is_league {
            let teams = first.groups[0].entrants.len();
            if rounds.is_empty() {
                outcomes.push(("champion".into(), quote("league/1/1")));
            }
            if let Some((down, for_it)) = self
                .known
                .relegated
                .filter(|(down, for_it)| down + for_it < teams)
            {
                if for_it > 0 {
                    let (from, to) = (teams - down - for_it + 1, teams - down);
                    outcomes.push((
                        "relegation play-off".into(),
                        quote(&places("league/1", from, to)),
                    ));
                }
                outcomes.push((
                    "relegated".into(),
                    quote(&places("league/1", teams - down + 1, teams)),
                ));
            }
        } else if rounds.is_empty() && first.id == "groups" {
            outcomes.push(("first of its group".into(), quote("groups/*/1")));
        }
        for round in rounds {
            let entrants = round.groups.iter().flat_map(|tie| &tie.entrants);
            let known: Vec<String> = entrants
                .filter(|entrant| matches!(entrant, Entrant::Place { .. }))
                .map(|entrant| quote(&self.entrant(entrant)))
                .collect();
            let name = round.name.to_lowercase();
            if !known.is_empty() && outcomes.iter().all(|(other, _)| *other != name) {
                outcomes.push((name, format!("[{}]", known.join(", "))));
            }
        }
        let last = stages
            .last()
            .filter(|stage| !is_league || stage.id != "league");
        if let Some(last) =
            last.filter(|stage| stage.groups.len() == 1 && stage.groups[0].entrants.len() == 2)
        {
            outcomes.push(("champion".into(), quote(&format!("{}/1/1", last.id))));
        }
        if outcomes.is_empty() {
            outcomes.push((
                format!("winner of {}", first.name.to_lowercase()),
                quote(&format!("{}/*/1", first.id)),
            ));
        }
        outcomes
    }

    pub(super) fn teams_text(&self, stages: &[Stage<'_>]) -> String {
        let rows = stages
            .iter()
            .flat_map(|stage| &stage.groups)
            .flat_map(|group| &group.rows);
        let mut teams: Vec<_> = rows.flat_map(|row| [row.home, row.away]).collect();
        teams.sort_unstable();
        teams.dedup();
        let teams: Vec<_> = teams
            .into_iter()
            .map(|team| &self.history.teams[team])
            .collect();
        let associations = teams.iter().any(|team| !team.association.is_empty());
        let aliases = teams.iter().any(|team| !team.aliases.is_empty());
        let columns = |cells: [&str; 3]| -> Vec<String> {
            let shown = [true, associations, aliases];
            let cells = cells.into_iter().zip(shown).filter(|(_, shown)| *shown);
            cells.map(|(cell, _)| cell.into()).collect()
        };
        let names = std::iter::once(columns(["name", "association", "aliases"]));
        let rows = teams
            .iter()
            .map(|team| columns([&team.name, &team.association, &team.aliases.join("|")]));
        sheet(names.chain(rows))
    }

    pub(super) fn matches_text(&self, stages: &[Stage<'_>]) -> String {
        let header = COLUMNS.into_iter().chain(EXTRAS);
        let mut lines = vec![header.map(String::from).collect::<Vec<_>>()];
        for stage in stages {
            let mut rows: Vec<_> = (stage.groups.iter())
                .flat_map(|group| group.rows.iter().map(move |row| (group, row)))
                .collect();
            // Day by day, as the season goes; what has no date comes last.
            rows.sort_by_key(|(_, row)| {
                (row.source.is_none(), row.source.map(|played| played.date))
            });
            for (group, row) in rows {
                let score = row.source.map_or_else(Default::default, cells);
                let venue = match row.source.map_or(Venue::Home, |played| played.venue) {
                    _ if stage.neutral => "neutral",
                    Venue::Home => "",
                    Venue::Neutral => "neutral",
                    Venue::Away => "away",
                };
                let mut line = vec![
                    stage.id.clone(),
                    group.id.clone(),
                    row.matchday.to_string(),
                    row.source
                        .map_or_else(String::new, |played| played.date.to_string()),
                    self.name(row.home).into(),
                    self.name(row.away).into(),
                ];
                let [home, away, status, extra_time, penalties, note] = score;
                line.extend([
                    home,
                    away,
                    status,
                    extra_time,
                    penalties,
                    venue.into(),
                    note,
                ]);
                lines.push(line);
            }
        }
        sheet(lines)
    }

    pub(super) fn readme_text(&self, name: &str, notices: &[String]) -> String {
        let files = self
            .matches
            .iter()
            .map(|played| self.history.files[usize::from(played.file)].as_str());
        let mut sources: Vec<String> = files
            .map(|file| {
                std::path::Path::new(file)
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        sources.sort_unstable();
        sources.dedup();
        let items: Vec<String> = notices.iter().map(|notice| item(notice)).collect();
        format!(
            "# {name}\n\nImported by `matchday import` from {}.\n\n## Assumed\n\n{}\n",
            sources.join(", "),
            items.join("\n")
        )
    }
}

fn places(group: &str, from: usize, to: usize) -> String {
    match from == to {
        true => format!("{group}/{from}"),
        false => format!("{group}/{from}..{to}"),
    }
}

/// Goals of both sides, status, extra time, penalties, note.
fn cells(played: &PastMatch) -> [String; 6] {
    let ruled = |status| {
        played
            .ruling
            .filter(|ruling: &Score| ruling.status == status)
    };
    if let Some(ruling) = ruled(Status::Awarded) {
        let (home, away) = (ruling.goals.home.to_string(), ruling.goals.away.to_string());
        return [
            home,
            away,
            "awarded".into(),
            String::new(),
            String::new(),
            String::new(),
        ];
    }
    if let Some(ruling) = played.ruling {
        let word = if ruling.status == Status::Abandoned {
            "abandoned"
        } else {
            "annulled"
        };
        let mut cells = <[String; 6]>::default();
        cells[5] = format!("{word} at {}", ruling.goals);
        return cells;
    }
    let Some(goals) = played.goals else {
        return Default::default();
    };
    // Goals of extra time are among those of 90 minutes where the source does not tell them apart.
    let extra_time = match (
        played.extra_time,
        played.after_extra_time && played.penalties.is_some(),
    ) {
        (Some(extra_time), _) => extra_time.to_string(),
        (None, true) => "0-0".into(),
        (None, false) => String::new(),
    };
    let note = match played.after_extra_time {
        true => "goals include extra time, which the source does not tell apart",
        false => "",
    };
    [
        goals.home.to_string(),
        goals.away.to_string(),
        "played".into(),
        extra_time,
        played
            .penalties
            .map_or_else(String::new, |kicks| kicks.to_string()),
        note.into(),
    ]
}

/// Rows as CSV.
fn sheet(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(&row)
            .expect("every row has the cells of the header, and memory takes them");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("names are UTF-8")
}
