//! Others' real files, where they lie beside the checkout in `../shared/data`. They are not part of the
//! project: where they are absent these tests say so and pass.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use matchday::edition::import::{Choice, Imported, import};
use matchday::edition::{Snapshot, When};
use matchday::fixture::{Outcome, Venue};
use matchday::history::{History, OddsSource};
use matchday::io::{Aliases, read};
use matchday::simulate::check_draws;

use crate::scenario::run_in;

/// The files of a folder of the data, sorted; `None` where it is not here.
fn files(folder: &str) -> Option<Vec<PathBuf>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !data.is_dir() {
        eprintln!("skipped: {} is not here", data.display());
        return None;
    }
    let files = std::fs::read_dir(data.join(folder)).expect("a folder of data");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    Some(files)
}

fn file(folder: &str, name: &str) -> Option<PathBuf> {
    files(folder)?.into_iter().find(|file| file.ends_with(name))
}

fn history(paths: &[PathBuf]) -> History {
    read(paths, &Aliases::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn imported(path: &Path) -> (Snapshot, Vec<String>) {
    let history = history(&[path.to_owned()]);
    let made = import(&history, &Choice::default(), Path::new("imported"));
    let Imported { draft, notices } =
        made.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let snapshot = draft
        .edition
        .as_of(When::Now)
        .expect("what was played fits");
    check_draws(&snapshot).expect("draws that can be held");
    (snapshot, notices)
}

/// Points of a league by team.
fn points(snapshot: &Snapshot) -> BTreeMap<String, u32> {
    let mut points = BTreeMap::new();
    for (fixture, played) in snapshot.played() {
        let [home, away] = match played.goals.outcome() {
            Outcome::HomeWin => [3, 0],
            Outcome::Draw => [1, 1],
            Outcome::AwayWin => [0, 3],
        };
        for (team, won) in [(fixture.home, home), (fixture.away, away)] {
            *points
                .entry(snapshot.edition().teams.name(team).to_owned())
                .or_default() += won;
        }
    }
    points
}

/// The teams of a group, best first.
fn order(snapshot: &Snapshot, stage: usize, group: usize) -> Vec<&str> {
    let members = snapshot.members(stage, group).expect("known teams");
    let standings = snapshot.standings(stage, group).expect("a table");
    let name = |place: u8| snapshot.edition().teams.name(members[usize::from(place)]);
    standings.teams().map(name).collect()
}

/// League seasons as sorted scores, with whatever names.
fn scores(history: &History) -> Vec<String> {
    let matches = history.matches.iter();
    let mut scores: Vec<String> = matches
        .map(|played| {
            let name = |team| history.teams.name(team);
            let goals = played.goals.expect("a score");
            format!(
                "{} {} {} {goals}",
                played.date,
                name(played.home),
                name(played.away)
            )
        })
        .collect();
    scores.sort();
    scores
}

#[test]
fn eighteen_seasons_are_read_with_odds_and_shots_and_agree_with_another_copy() {
    let (Some(main), Some(results)) = (files("football-data-style"), files("datahub-results"))
    else {
        return;
    };
    let history = history(&main);
    assert_eq!(history.matches.len(), 6396);
    assert_eq!(history.leagues, ["D1", "E0", "SP1"]);
    assert_eq!(history.seasons.len(), 6);
    let from = |source| {
        let odds = history.matches.iter().filter_map(|played| played.odds);
        odds.filter(|odds| odds.source == source).count()
    };
    assert_eq!(
        (
            from(OddsSource::PinnacleClosing),
            from(OddsSource::Pinnacle)
        ),
        (6395, 1)
    );
    assert!(
        history
            .matches
            .iter()
            .all(|played| played.shots_on_target.is_some())
    );
    assert_eq!(scores(&history), scores(&self::history(&results)));
    assert!(
        read(&[&main[..1], &results[..1]].concat(), &Aliases::default())
            .unwrap_err()
            .to_string()
            .contains("is already at")
    );
}

#[test]
fn every_season_becomes_an_edition_with_its_final_table() {
    let Some(main) = files("football-data-style") else {
        return;
    };
    let mut champions = BTreeMap::new();
    for path in main {
        let (snapshot, _) = imported(&path);
        let name = snapshot.edition().name.clone();
        let teams = snapshot.edition().teams.len();
        assert_eq!(
            snapshot.edition().fixtures.len(),
            teams * (teams - 1),
            "{name}"
        );
        let first = order(&snapshot, 0, 0)[0].to_owned();
        let with = points(&snapshot)[&first];
        champions.insert(name, format!("{first} {with}"));
    }
    // Sources: the final tables of premierleague.com, laliga.com and bundesliga.com.
    let known = [
        ("Bundesliga 2012–13", "Bayern Munich 91"),
        ("Bundesliga 2017–18", "Bayern Munich 84"),
        ("La Liga 2013–14", "Ath Madrid 90"),
        ("La Liga 2016–17", "Real Madrid 93"),
        ("Premier League 2013–14", "Man City 86"),
        ("Premier League 2015–16", "Leicester 81"),
        ("Premier League 2017–18", "Man City 100"),
    ];
    assert_eq!(champions.len(), 18);
    for (name, champion) in known {
        assert_eq!(champions[name], champion);
    }
}

#[test]
fn schedules_of_openfootball_agree_with_football_data() {
    let Some(main) = file("football-data-style", "E0_2016-17.csv") else {
        return;
    };
    let names = "alias,name
        AFC Bournemouth,Bournemouth\nArsenal FC,Arsenal\nBurnley FC,Burnley\nChelsea FC,Chelsea\nEverton FC,Everton
        Hull City,Hull\nLeicester City,Leicester\nLiverpool FC,Liverpool\nManchester City,Man City
        Manchester United,Man United\nMiddlesbrough FC,Middlesbrough\nSouthampton FC,Southampton\nStoke City,Stoke
        Sunderland AFC,Sunderland\nSwansea City,Swansea\nTottenham Hotspur,Tottenham\nWatford FC,Watford
        West Bromwich Albion,West Brom\nWest Ham United,West Ham\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names.csv");
    std::fs::write(&path, names).unwrap();
    let aliases = Aliases::read(&path).unwrap();
    let wanted = scores(&history(&[main]));
    for name in [
        "england_2016-17_premierleague.txt",
        "football.json_2016-17_en.1.json",
    ] {
        let path = file("openfootball", name).unwrap();
        assert_eq!(scores(&read(&[path], &aliases).unwrap()), wanted, "{name}");
    }
}

#[test]
fn cups_become_groups_and_ties_with_their_champions() {
    let Some(schedules) = files("openfootball") else {
        return;
    };
    let mut found = BTreeMap::new();
    for path in schedules {
        let (snapshot, notices) = imported(&path);
        assert!(
            notices.iter().all(|notice| !notice.contains("Left out")),
            "{notices:?}"
        );
        let stages = snapshot.edition().competition.stages.len();
        let last = order(&snapshot, stages - 1, 0)[0].to_owned();
        found.insert(
            snapshot.edition().name.clone(),
            (stages, snapshot.edition().fixtures.len(), last),
        );
    }
    let champion = |name: &str| {
        let (stages, fixtures, champion) = &found[name];
        (*stages, *fixtures, champion.as_str())
    };
    assert_eq!(
        champion("UEFA Champions League 2021–22"),
        (5, 125, "Real Madrid")
    );
    assert_eq!(
        champion("UEFA Champions League 2022–23"),
        (5, 125, "Manchester City")
    );
    assert_eq!(champion("Copa América 2011"), (5, 26, "Uruguay"));
    assert_eq!(champion("Copa América 2024"), (5, 32, "Argentina"));
    assert_eq!(champion("Bundesliga 2015–16"), (1, 306, "Bayern München"));
    assert_eq!(
        champion("Championship 2016–17"),
        (1, 552, "Newcastle United")
    );
}

#[test]
fn internationals_are_read_whole() {
    let Some(path) = file("internationals", "results_1990_2024.csv") else {
        return;
    };
    let history = history(&[path]);
    assert_eq!(history.matches.len(), 29_583);
    let neutral = history
        .matches
        .iter()
        .filter(|played| played.venue != Venue::Home)
        .count();
    assert!((6_000..12_000).contains(&neutral), "{neutral}");
}

#[test]
fn the_command_imports_checks_and_projects_a_real_season() {
    let Some(path) = file("football-data-style", "D1_2017-18.csv") else {
        return;
    };
    let desk = tempfile::tempdir().unwrap();
    let path = path.canonicalize().unwrap();
    let path = path.to_str().unwrap();
    for arguments in [
        &["import", path, "-o", "mine"][..],
        &["check", "mine"],
        &["fit", "mine", "--after", "matchday 17"],
        &["project", "mine", "--after", "matchday 17", "-n", "600"],
    ] {
        let run = run_in(desk.path(), arguments);
        assert_eq!(
            (run.code, run.stderr.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}
