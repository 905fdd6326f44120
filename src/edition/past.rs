//! What an edition adds to a history, and a season that a history holds whole as an edition.

use super::Edition;
use super::source::{Source, template_file};
use super::template::{list, quote};
use crate::error::Error;
use crate::fixture::{FULL_TIME, Status};
use crate::history::{History, PastMatch};
use crate::team::{TeamId, Teams};

/// Rulebooks of leagues by the codes of football-data.co.uk; other leagues are ranked by plain rules.
const RULEBOOKS: [(&str, &str); 6] = [
    ("E0", "premier-league-1992"),
    ("SP1", "la-liga"),
    ("D1", "bundesliga"),
    ("I1", "serie-a-2022"),
    ("N1", "eredivisie"),
    ("T1", "super-lig"),
];

const HEADER: [&str; 9] = [
    "stage",
    "group",
    "matchday",
    "date",
    "home",
    "away",
    "home_goals",
    "away_goals",
    "status",
];

impl Edition {
    /// Its matches and fixtures that have a date, as one season of one league.
    pub fn history(&self) -> History {
        let matches = self.fixtures.iter().filter_map(|listed| {
            let fixture = &listed.fixture;
            let stage = &self.competition.stages[fixture.stage];
            let score = fixture.score;
            let on_pitch = score.and_then(|score| score.on_pitch());
            let whole = on_pitch.filter(|played| played.minutes == FULL_TIME);
            Some(PastMatch {
                date: fixture.dates?.last,
                league: 0,
                season: 0,
                home: fixture.home,
                away: fixture.away,
                venue: self
                    .competition
                    .venue(fixture.venue, fixture.home, fixture.away),
                goals: whole.map(|played| played.goals),
                after_extra_time: false,
                extra_time: score.and_then(|score| score.extra_time),
                penalties: score.and_then(|score| score.penalties),
                ruling: score.filter(|score| score.status != Status::Played),
                shots_on_target: None,
                odds: None,
                given: None,
                group: stage.groups[fixture.group].id.clone(),
                round: stage.name.clone(),
                file: 0,
                line: listed.line,
            })
        });
        let mut matches: Vec<PastMatch> = matches.collect();
        matches.sort_by_key(|played| played.date);
        History {
            teams: self.teams.clone(),
            leagues: vec![self.name.clone()],
            seasons: vec![self.id.clone()],
            files: vec![self.file.clone()],
            matches,
            ..History::default()
        }
    }

    /// The edition of a season in which everybody met everybody at home once and all was played.
    /// `members` become its teams, in their order; `matches` are in order of dates.
    ///
    /// # Errors
    /// Names that no edition can have, such as one that is empty.
    pub(crate) fn of_league(
        league: &str,
        season: &str,
        teams: &Teams,
        members: &[TeamId],
        matches: &[&PastMatch],
    ) -> Result<Self, Error> {
        let names = || members.iter().map(|&team| teams.name(team));
        let rulebook = RULEBOOKS.iter().find(|(code, _)| *code == league);
        let declared = format!(
            "name = {}\nrulebook = {}\noutcomes = []\n\n[[stage]]\nid = \"league\"\nname = \"League\"\n\
             order = \"league\"\nlegs = 2\ngroups = [{{ id = \"1\", entrants = [{}] }}]\n",
            quote(&format!("{league} {season}")),
            quote(rulebook.map_or("rules", |(_, rulebook)| rulebook)),
            list(names()),
        );
        let rules = template_file("league", "rules.toml").unwrap_or_default();
        let rounds = members.len() / 2;
        let rows = matches.iter().enumerate().map(|(number, played)| {
            let goals = played.goals.map(|goals| [goals.home, goals.away]);
            let [home_goals, away_goals] = goals.unwrap_or_default();
            [
                "league".into(),
                "1".into(),
                (number / rounds + 1).to_string(),
                played.date.to_string(),
                teams.name(played.home).into(),
                teams.name(played.away).into(),
                home_goals.to_string(),
                away_goals.to_string(),
                "played".into(),
            ]
        });
        let files = [
            ("edition.toml", declared),
            ("rules.toml", rules.into()),
            (
                "teams.csv",
                sheet(["name"], names().map(|name| [name.into()])),
            ),
            ("matches.csv", sheet(HEADER, rows)),
        ];
        Self::read(&Source::Draft {
            folder: format!("{league}-{season}").into(),
            files: files.map(|(name, text)| (name.to_owned(), text)).into(),
            teams: "teams.csv".into(),
        })
    }
}

fn sheet<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: &[String]| {
        let written = writer.write_record(record);
        written.expect("every row has the cells of the header, and memory takes them");
    };
    write(&header.map(str::to_owned));
    rows.for_each(|row| write(&row));
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("rows are UTF-8")
}
