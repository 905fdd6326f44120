//! The walk: nothing ahead is visible, and threads change nothing.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::*;
use crate::fixture::{Scoreline, Venue};
use crate::history::{History, PastMatch};
use crate::team::{Team, TeamId, Teams};

/// Two leagues of six teams that share none, three seasons, a double round robin a week a round;
/// a team is promoted every season.
pub(super) fn history() -> History {
    let mut history = History {
        teams: Teams::new(
            (0..16)
                .map(|number| Team {
                    name: format!("Team {number}"),
                    ..Team::default()
                })
                .collect(),
        ),
        leagues: vec!["A".into(), "B".into()],
        seasons: vec!["2021-22".into(), "2022-23".into(), "2023-24".into()],
        files: vec!["made.csv".into()],
        matches: Vec::new(),
    };
    for season in 0..3 {
        for league in 0..2 {
            let team = |seat: usize| {
                let promoted = if seat == 5 { season } else { 0 };
                TeamId((8 * league + seat + promoted) as u16)
            };
            let start = date(2021 + season as i16, 8, 7);
            for round in 0..10 {
                for (home, away) in pairings(round) {
                    let (home, away) = (team(home), team(away));
                    let mixed = 7 * season + 5 * round + 3 * home.index() + 11 * away.index();
                    let goals = Scoreline::new((mixed % 4) as u8, (mixed / 4 % 3) as u8);
                    history.matches.push(PastMatch {
                        date: start.checked_add((round as i64).weeks()).unwrap(),
                        league: league as u16,
                        season: season as u16,
                        home,
                        away,
                        venue: Venue::Home,
                        goals: Some(goals),
                        after_extra_time: false,
                        extra_time: None,
                        penalties: None,
                        ruling: None,
                        shots_on_target: None,
                        odds: None,
                        given: None,
                        group: String::new(),
                        round: String::new(),
                        file: 0,
                        line: history.matches.len() + 2,
                    });
                }
            }
        }
    }
    history.matches.sort_by_key(|played| played.date);
    history
}

/// The circle method for six teams.
fn pairings(round: usize) -> Vec<(usize, usize)> {
    let seat = |place: usize| (place + round % 5) % 5;
    let pairs = [(5, seat(0)), (seat(1), seat(4)), (seat(2), seat(3))];
    let turned = |(home, away)| {
        if round < 5 {
            (home, away)
        } else {
            (away, home)
        }
    };
    pairs.map(turned).to_vec()
}

/// Forecasts are made of everything it can see, so any leak changes them.
struct Nosy;

impl Forecaster for Nosy {
    fn name(&self) -> String {
        "nosy".into()
    }

    fn forecast(
        &mut self,
        past: &Past<'_>,
        fixtures: &[Upcoming],
    ) -> Result<Vec<Option<Forecast>>, Error> {
        assert!(
            past.matches()
                .iter()
                .all(|played| played.date < past.date())
        );
        let seen = format!("{:?} {} {fixtures:?}", past.matches(), past.teams());
        let sum = seen.bytes().fold(7_u64, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
        Ok(vec![Some([sum as f64, 0.0, 0.0]); fixtures.len()])
    }
}

/// Asks about everything from the second season on.
fn answers(
    history: &History,
    forecaster: &(dyn Fn() -> Box<dyn Forecaster> + Sync),
) -> Vec<(Date, Option<Forecast>)> {
    let set = TestSet::new(history, Start::AfterSeasons(1)).unwrap();
    let answers = set.walk(forecaster, |_| {}).unwrap();
    set.matches()
        .map(|(played, _)| played.date)
        .zip(answers)
        .collect()
}

/// Fails if a forecaster sees anything at or after the date it forecasts.
pub(super) fn assert_blind_to_what_is_ahead(forecaster: &(dyn Fn() -> Box<dyn Forecaster> + Sync)) {
    let history = history();
    let before = answers(&history, forecaster);
    for day in [date(2022, 8, 20), date(2023, 8, 7), date(2023, 9, 30)] {
        let mut changed = history.clone();
        for played in &mut changed.matches {
            if played.date >= day {
                let goals = played.goals.expect("all are played");
                played.goals = Some(Scoreline::new(goals.away + 3, goals.home));
                played.shots_on_target = Some([9, 1]);
                played.after_extra_time = true;
            }
        }
        let after = answers(&changed, forecaster);
        for (before, after) in before
            .iter()
            .zip(&after)
            .filter(|(before, _)| before.0 <= day)
        {
            assert_eq!(
                before, after,
                "forecast of {}, changed from {day}",
                before.0
            );
        }
        assert_eq!(before.len(), after.len());
    }
}

#[test]
fn nothing_at_or_after_the_date_is_visible() {
    assert_blind_to_what_is_ahead(&|| Box::new(Nosy));
}

#[test]
fn teams_that_are_still_to_come_are_unknown() {
    let history = history();
    let set = TestSet::new(&history, Start::AfterSeasons(1)).unwrap();
    struct Counting;
    impl Forecaster for Counting {
        fn name(&self) -> String {
            "counting".into()
        }
        fn forecast(
            &mut self,
            past: &Past<'_>,
            fixtures: &[Upcoming],
        ) -> Result<Vec<Option<Forecast>>, Error> {
            let season = usize::from(fixtures[0].season);
            assert_eq!(past.teams(), 6 + season);
            Ok(vec![None; fixtures.len()])
        }
    }
    set.walk(&|| Box::new(Counting), |_| {}).unwrap();
}

#[test]
fn what_is_new_since_a_date_is_everything_from_it_on() {
    let history = history();
    let past = Past::new(&history, date(2022, 8, 14), &[]);
    let new = past.since(date(2022, 8, 7));
    assert_eq!(new.len(), 6);
    assert!(new.iter().all(|played| played.date == date(2022, 8, 7)));
}

#[test]
fn what_other_leagues_do_is_not_told() {
    let history = history();
    let mut changed = history.clone();
    for played in changed
        .matches
        .iter_mut()
        .filter(|played| played.league == 1)
    {
        played.goals = Some(Scoreline::new(9, 0));
    }
    let set = TestSet::new(&history, Start::AfterSeasons(1)).unwrap();
    let of_first = |history: &History| {
        let answers = answers(history, &|| Box::new(Nosy));
        let leagues = set.matches().map(|(played, _)| played.league);
        let kept = answers.into_iter().zip(leagues);
        kept.filter(|(_, league)| *league == 0).collect::<Vec<_>>()
    };
    assert_eq!(of_first(&history), of_first(&changed));
}

#[test]
fn threads_change_nothing() {
    let history = history();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| answers(&history, &|| Box::new(Nosy)))
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn base_rates_count_what_was_seen() {
    let history = history();
    let first = date(2022, 8, 7);
    let mut counts = [1.0; 3];
    for played in history.matches.iter().filter(|played| played.league == 0) {
        if played.date < first {
            counts[score::place(played.goals.unwrap().outcome())] += 1.0;
        }
    }
    let (day, forecast) = answers(&history, &|| Box::new(BaseRates))[0];
    assert_eq!(
        (day, forecast),
        (first, Some(counts.map(|count| count / 33.0)))
    );
}

#[test]
fn too_little_to_learn_from_or_to_test_is_an_error() {
    let history = history();
    let problem = |start| TestSet::new(&history, start).err().unwrap().to_string();
    let late = problem(Start::On(date(2031, 1, 1)));
    assert!(
        late.contains("from 2031-01-01 on leaves 0 matches to test on"),
        "{late}"
    );
    assert!(
        late.contains("matches run from 2021-08-07 to 2023-10-09"),
        "{late}"
    );
    let early = problem(Start::On(date(2021, 8, 7)));
    assert!(early.contains("leaves 0 matches to learn from"), "{early}");
    let skipped = problem(Start::AfterSeasons(3));
    assert!(
        skipped.contains("after the first 3 seasons of every league 0 matches"),
        "{skipped}"
    );
}
