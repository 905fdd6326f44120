//! Others' real files, where they lie beside the checkout in `../shared/data`. They are not part of the
//! project; where they are absent these tests say so and pass.

use std::path::PathBuf;

use matchday::history::{History, OddsSource};
use matchday::io::{Aliases, read, read_ratings};

fn data(file: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let found = folder.is_dir();
    if !found {
        eprintln!("skipped: ../shared/data is not here");
    }
    found.then(|| folder.join(file))
}

fn folder(name: &str) -> Option<Vec<PathBuf>> {
    let files = std::fs::read_dir(data(name)?).expect("a folder of data");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    Some(files)
}

fn history(paths: &[PathBuf]) -> History {
    read(paths, &Aliases::default()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn all_seasons_of_three_leagues_are_read_with_odds_and_shots() {
    let Some(files) = folder("football-data-style") else {
        return;
    };
    let history = history(&files);
    assert_eq!(history.matches.len(), 6396);
    assert_eq!(history.leagues, ["D1", "E0", "SP1"]);
    assert_eq!(history.seasons.len(), 6);
    assert!(history.matches.is_sorted_by_key(|played| played.date));
    let closing = |source| {
        let from = history
            .matches
            .iter()
            .filter(|played| played.odds.unwrap().source == source);
        from.count()
    };
    assert_eq!(closing(OddsSource::PinnacleClosing), 6395);
    assert_eq!(closing(OddsSource::Pinnacle), 1);
    let shots = history
        .matches
        .iter()
        .filter(|played| played.shots_on_target.is_some());
    println!("{} shots", shots.count());
}

#[test]
fn everything_else_is_read_too() {
    let Some(files) = folder("openfootball") else {
        return;
    };
    for file in files {
        let history = history(&[file.clone()]);
        println!(
            "{} {} {:?} {:?} {}",
            file.display(),
            history.matches.len(),
            history.leagues,
            history.seasons,
            history.teams.len()
        );
    }
    let internationals = history(&[data("internationals/results_1990_2024.csv").unwrap()]);
    println!(
        "{} {}",
        internationals.matches.len(),
        internationals.teams.len()
    );
}
