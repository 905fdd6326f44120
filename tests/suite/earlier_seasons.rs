//! Rankings over several seasons, entries and pots, against what the sources print.

use std::collections::BTreeMap;
use std::path::Path;

use matchday::competition::Slot;
use matchday::competition::ranking::{Ranking, Scheme, Season};
use matchday::edition::{ClubRanking, Edition, Snapshot, When};
use matchday::standings::External;
use matchday::team::Team;

use crate::scenario::{Run, Scenario, run_in};

const CAF_2023: &str = "caf-confederation-cup-2023-24";
const UEFA_2023: &str = "uefa-champions-league-2023-24";

/// Association totals after 2022–23 as africa-press.net printed them.
const TOTALS: &str = "
    Morocco 180
    Egypt 172.5
    Algeria 134
    South Africa 114
    Tunisia 101
    Tanzania 56.5
    DR Congo 54
    Angola 41.5
    Sudan 39
    Guinea 29
    Libya 28
    Nigeria 25
";

/// Club totals after 2022–23 as newsofegypt.com printed them.
const CLUBS: [(&str, i64); 2] = [("Al Ahly", 83_000), ("Wydad Casablanca", 74_000)];

/// Name and thousandths of a point.
fn totals() -> Vec<(&'static str, i64)> {
    let line = |line: &'static str| {
        let (name, points) = line.trim().rsplit_once(' ').expect("name and points");
        let (whole, half) = points.split_once('.').unwrap_or((points, "0"));
        let [whole, half] = [whole, half].map(|digits| digits.parse::<i64>().expect("digits"));
        (name, whole * 1000 + half * 100)
    };
    TOTALS.trim().lines().map(line).collect()
}

fn open(edition: &str) -> Edition {
    Edition::open(edition).expect("a valid edition")
}

fn now(edition: &str) -> Snapshot {
    open(edition).as_of(When::Now).expect("valid scores")
}

/// The ranking of an edition by another window of seasons.
fn by_window(edition: &Edition, window: &[(&str, i64)]) -> Ranking {
    let Some(ClubRanking::Known {
        scheme,
        performances,
    }) = &edition.ranking
    else {
        panic!("the edition has a ranking");
    };
    let season = |&(season, weight): &(&str, i64)| Season {
        season: season.into(),
        weight,
    };
    let scheme = Scheme {
        window: window.iter().map(season).collect(),
        ..scheme.clone()
    };
    Ranking::of(&scheme, performances)
}

fn points_of(ranking: &Ranking, club: &str) -> i64 {
    let mut clubs = ranking.clubs.iter();
    clubs
        .find(|line| line.name == club)
        .map_or(0, |line| line.points)
}

#[test]
fn the_five_year_ranking_has_the_totals_that_were_printed() {
    let ranking = open(CAF_2023).ranking().expect("a ranking");
    let best = ranking.associations.iter().take(12);
    let computed: Vec<(&str, i64)> = best.map(|line| (line.name.as_str(), line.points)).collect();
    assert_eq!(computed, totals());
    for (club, points) in CLUBS {
        assert_eq!(points_of(&ranking, club), points, "{club}");
    }
}

#[test]
fn no_point_is_lost_or_counted_twice() {
    // One group stage of 16 clubs gives 43 points, the other 29, and the weights sum to 15.
    let ranking = open(CAF_2023).ranking().expect("a ranking");
    for lines in [&ranking.associations, &ranking.clubs] {
        let sum: i64 = lines.iter().map(|line| line.points).sum();
        assert_eq!(sum, (43 + 29) * 15 * 1000);
    }
}

#[test]
fn the_ranks_printed_with_the_teams_are_those_of_the_ranking() {
    let edition = open(CAF_2023);
    let ranking = edition.ranking().expect("a ranking");
    for (_, team) in edition.teams.iter() {
        let printed = team.association_rank.map(|rank| rank as usize);
        assert_eq!(ranking.rank_of(&team.association), printed, "{}", team.name);
    }
    let points = |team: &Team| points_of(&ranking, &team.name);
    for (_, team) in edition.teams.iter() {
        let better = edition
            .teams
            .iter()
            .filter(|(_, other)| points(other) > points(team));
        assert_eq!(
            team.ranking,
            Some(better.count() as u32 + 1),
            "{}",
            team.name
        );
    }
}

#[test]
fn the_window_of_the_encyclopaedia_page_gives_other_totals() {
    // The page prints the weights of 2019–20 to 2023–24, which is the ranking after this edition.
    let page = ["2019–20", "2020–21", "2021–22", "2022–23", "2023–24"];
    let window: Vec<(&str, i64)> = page.into_iter().zip(1..).collect();
    let ranking = by_window(&open(CAF_2023), &window);
    for (name, points) in totals() {
        let mut lines = ranking.associations.iter();
        let other = lines.find(|line| line.name == name).map(|line| line.points);
        assert_ne!(other, Some(points), "{name}");
    }
    for (club, points) in CLUBS {
        assert_ne!(points_of(&ranking, club), points, "{club}");
    }
}

#[test]
fn a_season_of_the_window_without_rows_is_refused() {
    let scenario = copy_of(CAF_2023).replace(
        "edition.toml",
        "{ season = \"2018–19\", weight = 1 }",
        "{ season = \"2023–24\", weight = 1 }",
    );
    scenario.refused(
        &["ranking", "league"],
        "ranking.csv: no row for season `2023–24` | 2018–19, 2019–20 | correct the window",
    );
}

#[test]
fn nobody_enters_more_teams_than_its_rank_allows() {
    let edition = open(CAF_2023);
    let ranking = edition.ranking().expect("a ranking");
    let Some(ClubRanking::Known { scheme, .. }) = &edition.ranking else {
        panic!("the edition has a ranking");
    };
    let entries = scheme.entries.expect("a rule of entry");
    let mut entered: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, team) in edition.teams.iter() {
        *entered.entry(&team.association).or_default() += 1;
    }
    let allowed = |association: &str| entries.allowed(ranking.rank_of(association));
    let of = |wanted: usize| {
        let associations = entered.iter().filter(move |entry| *entry.1 == wanted);
        associations.map(|entry| *entry.0).collect::<Vec<_>>()
    };
    assert_eq!(entered.values().sum::<usize>(), 52);
    assert_eq!(entered.len(), 41);
    // Of the twelve that may enter two, only DR Congo did not.
    let mut twelve: Vec<&str> = totals().into_iter().map(|(name, _)| name).collect();
    assert!(twelve.iter().all(|name| allowed(name) == 2));
    twelve.retain(|name| *name != "DR Congo");
    twelve.sort_unstable();
    assert_eq!(of(2), twelve);
    assert_eq!(of(1).len(), 30);
    for (association, count) in &entered {
        assert!(*count <= allowed(association), "{association}");
    }
}

#[test]
fn teams_are_counted_where_they_enter() {
    let edition = open(CAF_2023);
    let counts: Vec<_> = edition
        .entry_rounds()
        .into_iter()
        .map(|round| {
            let stage = &edition.competition.stages[round.stage];
            (
                stage.id.as_str(),
                round.teams.len(),
                round.from_earlier,
                round.unknown,
            )
        })
        .collect();
    assert_eq!(
        counts,
        [("first-round", 40, 0, 4), ("second-round", 12, 20, 0)]
    );
    let edition = open(UEFA_2023);
    let rounds = edition.entry_rounds();
    assert_eq!((rounds.len(), rounds[0].teams.len()), (1, 32));
}

#[test]
fn an_entry_round_that_the_stages_contradict_is_refused() {
    let too_late = "Morocco,FUS|Fath Union Sport|FUS de Rabat,1,10,third in the 2022–23 Botola,";
    let scenario = copy_of(CAF_2023).replace(
        "teams.csv",
        &format!("{too_late}first-round"),
        &format!("{too_late}second-round"),
    );
    let offered = "teams.csv:2: FUS Rabat enters `second-round` | stage `first-round` names it";
    scenario.refused(&["check", "league"], offered);
    // The four ties that the source does not tell hide eight clubs, and no ninth.
    let egypt = "2,1,third in the 2022–23 Egyptian Premier League,";
    let scenario = copy_of(CAF_2023).replace(
        "teams.csv",
        &format!("{egypt}second-round"),
        &format!("{egypt}first-round"),
    );
    let offered = "teams.csv: | enters `first-round` | but that stage does not name it";
    scenario.refused(&["check", "league"], offered);
}

#[test]
fn computed_pots_are_those_that_were_drawn_from() {
    let snapshot = now(UEFA_2023);
    let pots = snapshot.pots(0).expect("a draw of groups");
    // Without the column the same pots follow from titles and coefficients alone.
    let text = std::fs::read_to_string(model(UEFA_2023).join("teams.csv")).expect("the teams");
    let bare = copy_of(UEFA_2023).write("teams.csv", without_column(&text, "pot"));
    let bare = now(bare.path("").to_str().expect("a path in UTF-8"));
    assert!(
        bare.edition()
            .teams
            .iter()
            .all(|(_, team)| team.pot.is_none())
    );
    for snapshot in [&snapshot, &bare] {
        for (number, pot) in (1..).zip(snapshot.pots(0).expect("a draw of groups")) {
            assert_eq!(pot.balls.len(), 8);
            for ball in &pot.balls {
                let team = ball.team.expect("it is named");
                let listed = pots[number - 1]
                    .balls
                    .iter()
                    .any(|other| other.slot == Slot::Team(team));
                assert!(
                    listed,
                    "{} in pot {number}",
                    snapshot.edition().teams.name(team)
                );
                let reason = ball.reason.expect("a title or a coefficient").by;
                let title = if number == 1 {
                    External::Seed
                } else {
                    External::Coefficient
                };
                assert_eq!(reason, title);
            }
        }
    }
}

#[test]
fn pots_by_place_tell_whom_the_place_brought_there() {
    let snapshot = now(CAF_2023);
    let groups = snapshot
        .edition()
        .competition
        .main_stage()
        .expect("a group stage");
    let names: Vec<Vec<&str>> = snapshot
        .pots(groups)
        .expect("a draw of groups")
        .iter()
        .map(|pot| {
            let name = |team| snapshot.edition().teams.name(team);
            pot.balls
                .iter()
                .filter_map(|ball| ball.team.map(name))
                .collect()
        })
        .collect();
    assert_eq!(
        names[0],
        ["Zamalek", "RS Berkane", "USM Alger", "Rivers United"]
    );
    assert_eq!(
        names[1],
        [
            "Diables Noirs",
            "Sagrada Esperança",
            "Modern Future",
            "Club Africain"
        ]
    );
    // The eight of pot 3 are level, which does not matter inside one pot.
    assert_eq!(names[2].len(), 8);
    let before = open(CAF_2023)
        .as_of(When::Entries)
        .expect("before the first match");
    let pots = before.pots(groups).expect("a draw of groups");
    let known = pots
        .iter()
        .flat_map(|pot| &pot.balls)
        .filter(|ball| ball.team.is_some());
    assert_eq!(known.count(), 0, "the second round is still to be played");
}

#[test]
fn pots_that_contradict_the_seeding_are_refused() {
    let swap = |from: &str, to: &str| copy_of(UEFA_2023).replace("teams.csv", from, to);
    let scenario = swap("Arsenal FC,,2,76.000", "Arsenal FC,,3,76.000").replace(
        "teams.csv",
        "Milan,Italy,AC Milan,,3,50.000",
        "Milan,Italy,AC Milan,,2,50.000",
    );
    scenario.refused(
        &["check", "league"],
        "edition.toml: | Arsenal comes before Milan by `seeding` | pots 3 and 2 | correct one",
    );
    let scenario = copy_of(UEFA_2023).replace("edition.toml", "by = \"seed\"", "by = \"sead\"");
    scenario.refused(
        &["check", "league"],
        "by `sead` is unknown, did you mean `seed`?",
    );
}

#[test]
fn teams_level_where_a_pot_ends_are_refused() {
    let text = std::fs::read_to_string(model(UEFA_2023).join("teams.csv")).expect("the teams");
    let bare = copy_of(UEFA_2023).write("teams.csv", without_column(&text, "pot"));
    let level = bare.replace("teams.csv", "76.000", "63.000");
    level.refused(
        &["check", "league"],
        "stage `groups` | Arsenal, Shakhtar Donetsk are level where pot 2 ends | a column `pot`",
    );
}

#[test]
fn rankings_that_cannot_be_are_refused_line_by_line() {
    for (file, from, to, words) in [
        (
            "ranking.csv",
            "2018–19,champions-league,Simba,Tanzania,quarter-finals",
            "2018–19,champions-league,Simba,Tanzania,quarter-final",
            "ranking.csv:7: reached `quarter-final` is unknown, did you mean `quarter-finals`",
        ),
        (
            "ranking.csv",
            "2018–19,champions-league,Simba",
            "2018–19,champions-legue,Simba",
            "ranking.csv:7: competition `champions-legue` | did you mean `champions-league`",
        ),
        (
            "ranking.csv",
            "2018–19,champions-league,Simba,",
            "2018–19,champions-league,Horoya,",
            "ranking.csv:8: Horoya in champions-league of 2018–19 is already on line 7",
        ),
        (
            "ranking.csv",
            "2020–21,champions-league,Simba,Tanzania",
            "2020–21,champions-league,Simba,Kenya",
            "ranking.csv:70: Simba of Kenya, but of Tanzania on line 7",
        ),
        (
            "edition.toml",
            "group-fourth = 0.5 }",
            "group-fourth = 0.0005 }",
            "points `0.0005` | up to three decimals",
        ),
        (
            "edition.toml",
            "season = \"2018–19\", weight = 1",
            "season = \"2018–19\", weight = 0",
            "weight `0` | from 1 to 1000",
        ),
        (
            "edition.toml",
            "season = \"2018–19\"",
            "season = \"2019–20\"",
            "season `2019–20` is declared twice",
        ),
        (
            "edition.toml",
            "name = \"CAF five-year ranking after 2022–23\"\n",
            "",
            "it needs `name` and `cite`, or `unknown`",
        ),
    ] {
        let scenario = copy_of(CAF_2023).replace(file, from, to);
        scenario.refused(&["check", "league"], words);
    }
    let scenario = copy_of(CAF_2023).remove("ranking.csv");
    scenario.refused(
        &["check", "league"],
        "ranking.csv: no such file | what clubs reached",
    );
}

#[test]
fn an_edition_whose_sources_lack_club_points_says_so() {
    for (edition, reason) in [
        (
            "caf-confederation-cup-2007",
            "the page has no ranking of clubs",
        ),
        (UEFA_2023, "the page prints each club's coefficient"),
        ("uefa-champions-league-2024-25", "only five of the 36 club"),
        (
            "uefa-euro-2024",
            "the edition has neither [ranking] nor ranking.csv",
        ),
    ] {
        let run = ranking(&[edition]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{edition}");
        let text = run.stdout.replace('\n', " ");
        assert!(text.contains(reason), "{edition}: {text}");
    }
}

#[test]
fn every_format_tells_the_same() {
    let text = ranking(&[CAF_2023]).stdout;
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    assert!(text.contains("2   Egypt               172.5"), "{text}");
    let csv = ranking(&[CAF_2023, "--format", "csv"]).stdout;
    for row in [
        "what,stage,rank,name,association,points,may_enter,entered,reason",
        "association,,2,Egypt,Egypt,172.5,2,2,",
        "association,,,Zanzibar,Zanzibar,0,1,1,",
        "club,,1,Al Ahly,Egypt,83,,,",
        "entry,second-round,,Zamalek,Egypt,,,,",
        "pot,groups,1,Zamalek,Egypt,,,,ranking 1",
    ] {
        assert!(csv.lines().any(|line| line == row), "no `{row}` in\n{csv}");
    }
    let json = ranking(&[CAF_2023, "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("valid JSON");
    assert_eq!(json["manifest"]["command"], "ranking");
    let egypt = &json["ranking"]["associations"][1];
    assert_eq!(
        (&egypt["association"], &egypt["points"]),
        (&"Egypt".into(), &172.5.into())
    );
    assert_eq!(json["ranking"]["clubs"][0]["seasons"][4]["points"], 30);
    assert_eq!(
        json["entry_rounds"][1]["teams"].as_array().map(Vec::len),
        Some(12)
    );
    assert_eq!(json["pots"][0]["place"], "seeding/1/1");
    assert_eq!(json["unknown"], serde_json::Value::Null);
}

fn ranking(arguments: &[&str]) -> Run {
    let arguments: Vec<&str> = ["ranking"].iter().chain(arguments).copied().collect();
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments)
}

fn model(edition: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("models/editions")
        .join(edition)
}

/// An embedded edition in a folder `league`, to be changed.
fn copy_of(edition: &str) -> Scenario {
    let mut scenario = Scenario::new().remove("county.toml");
    for file in std::fs::read_dir(model(edition)).expect("the edition") {
        let path = file.expect("a file").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name");
        scenario = scenario.write(name, std::fs::read(&path).expect("the file"));
    }
    scenario
}

/// As text, without one of its columns.
fn without_column(text: &str, column: &str) -> String {
    let index = text
        .lines()
        .next()
        .and_then(|header| header.split(',').position(|name| name == column));
    let index = index.expect("the column");
    let line = |line: &str| {
        let cells = line
            .split(',')
            .enumerate()
            .filter(|(place, _)| *place != index);
        cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(",") + "\n"
    };
    text.lines().map(line).collect()
}
