//! The walk: nothing ahead is visible, and threads change nothing.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::*;
use crate::fit::Method;
use crate::fixture::{Scoreline, Venue};
use crate::history::{History, PastMatch};
use crate::model::Law;
use crate::team::{Team, TeamId, Teams};

/// Two leagues of eight teams that share none, three seasons, a double round robin a week a round;
/// a team is promoted every season.
pub(super) fn history() -> History {
    let mut history = History {
        teams: Teams::new(
            (0..20)
                .map(|number| Team {
                    name: format!("Team {number}"),
                    ..Team::default()
                })
                .collect(),
        ),
        leagues: vec!["A".into(), "B".into()],
        seasons: vec!["2021-22".into(), "2022-23".into(), "2023-24".into()],
        files: vec!["made.csv".into()],
        ..History::default()
    };
    for season in 0..3 {
        for league in 0..2 {
            let team = |seat: usize| {
                let promoted = if seat == 7 { season } else { 0 };
                TeamId((10 * league + seat + promoted) as u16)
            };
            let start = date(2021 + season as i16, 8, 7);
            for round in 0..14 {
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

/// The circle method for eight teams.
fn pairings(round: usize) -> Vec<(usize, usize)> {
    let seat = |place: usize| (place + round % 7) % 7;
    let pairs = [
        (7, seat(0)),
        (seat(1), seat(6)),
        (seat(2), seat(5)),
        (seat(3), seat(4)),
    ];
    let turned = |(home, away)| {
        if round < 7 {
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
            assert_eq!(past.teams(), 8 + season);
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
    assert_eq!(new.len(), 8);
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
        (first, Some(counts.map(|count| count / 59.0)))
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
        late.contains("matches run from 2021-08-07 to 2023-11-06"),
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

#[test]
fn no_contender_sees_what_is_ahead() {
    for (name, _) in Contender::names() {
        let contender = Contender::named(&name).unwrap();
        assert_blind_to_what_is_ahead(&|| contender.start());
    }
}

#[test]
fn every_contender_goes_by_the_name_it_is_called_by() {
    for (name, _) in Contender::names() {
        assert_eq!(Contender::named(&name).unwrap().name(), name);
    }
    let unknown = Contender::named("poison").err().unwrap().to_string();
    assert!(unknown.contains("did you mean `poisson`"), "{unknown}");
    let contender = Contender::named("poisson/270").unwrap();
    let Some(Method::Still(settings)) = contender.method() else {
        panic!("a law with a half-life stands still");
    };
    assert_eq!(settings.half_life, Some(270.0));
    let contender = Contender::named("walk-odds/poisson").unwrap();
    assert_eq!(contender.method().map(Method::law), Some(Law::Poisson));
    let never = Contender::named("poisson/0").err().unwrap().to_string();
    assert!(never.contains("half-life of 0 days"), "{never}");
}

#[test]
fn a_market_without_odds_is_an_error() {
    let history = history();
    let set = TestSet::new(&history, Start::AfterSeasons(1)).unwrap();
    let market = [Contender::named("market").unwrap()];
    let error = Evaluation::of(&set, &market, 0, Resampling::default(), |_| {});
    let error = error.unwrap_err().to_string();
    assert!(error.contains("`market` forecasts none"), "{error}");
}

#[test]
fn all_are_scored_on_the_matches_that_all_forecast() {
    let mut history = history();
    for (number, played) in history.matches.iter_mut().enumerate() {
        played.given = (number % 4 != 0).then_some([0.5, 0.25, 0.25]);
    }
    let set = TestSet::new(&history, Start::AfterSeasons(1)).unwrap();
    let contenders = ["uniform", "given"].map(|name| Contender::named(name).unwrap());
    let evaluation = Evaluation::of(&set, &contenders, 0, Resampling::default(), |_| {}).unwrap();
    assert_eq!((evaluation.matches, evaluation.unanswered), (168, 56));
    let [uniform, given] = &evaluation.contenders[..] else {
        panic!("two contenders, two rows")
    };
    let [_, log, brier] = uniform.scores;
    assert!((log.value - 3.0_f64.ln()).abs() < 1e-12 && log.high - log.low < 1e-12);
    assert!((brier.value - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(uniform.differences, None);
    let difference = given.differences.unwrap()[0].value;
    assert!((difference - (given.scores[0].value - uniform.scores[0].value)).abs() < 1e-12);
    let of_parts: usize = given.parts.iter().map(|part| part.matches).sum();
    assert_eq!((given.parts.len(), of_parts), (4, 168));
}

#[test]
fn an_evaluation_does_not_depend_on_threads() {
    let history = history();
    let set = TestSet::new(&history, Start::AfterSeasons(1)).unwrap();
    let contenders = ["base-rates", "elo-outcomes", "poisson", "walk"]
        .map(|name| Contender::named(name).unwrap());
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let evaluate = || Evaluation::of(&set, &contenders, 0, Resampling::default(), |_| {});
        pool.build().unwrap().install(evaluate).unwrap()
    };
    assert_eq!(format!("{:?}", with(1)), format!("{:?}", with(4)));
}

#[test]
fn a_round_is_in_one_week_from_friday_to_monday() {
    let week = |day| evaluation::week(date(2024, 3, day));
    // 2024-03-01 is a Friday.
    assert!((1..=4).all(|day| week(day) == week(1)));
    assert!((5..=11).all(|day| week(day) == week(1) + 1));
}

fn seasons(history: &History, names: &[&str], every: usize) -> Result<SeasonEvaluation, Error> {
    let set = TestSet::new(history, Start::AfterSeasons(1))?;
    let contenders: Vec<_> = names
        .iter()
        .map(|name| Contender::named(name).unwrap())
        .collect();
    let options = SeasonOptions {
        every,
        seasons: 2_000,
        seed: 1,
    };
    SeasonEvaluation::of(&set, &contenders, options, Resampling::default(), |_| {})
}

#[test]
fn seasons_are_projected_from_the_start_and_every_so_many_matchdays() {
    let evaluation = seasons(&history(), &["poisson", "elo-outcomes"], 5).unwrap();
    // Two leagues, two seasons after the first; matchdays 0, 5 and 10 of 14.
    assert_eq!((evaluation.seasons, evaluation.projections), (4, 12));
    assert_eq!(evaluation.without_goals, ["elo-outcomes"]);
    let questions = &evaluation.contenders[0].questions;
    let claims: Vec<_> = questions.iter().map(|question| question.claims).collect();
    assert_eq!(claims, [96, 96, 96, 768]);
    // As many are champions, among four and among three as should be.
    for (question, share) in questions.iter().zip([1.0, 4.0, 3.0, 1.0]) {
        let happened: f64 = question
            .bins
            .iter()
            .map(|bin| bin.happened * bin.claims as f64)
            .sum();
        let claimed: f64 = question
            .bins
            .iter()
            .map(|bin| bin.claimed * bin.claims as f64)
            .sum();
        let expected = share / 8.0 * question.claims as f64;
        assert!((happened - expected).abs() < 1e-9, "{question:?}");
        // Half a season on either side of every count adds a little.
        assert!((claimed - expected).abs() < 0.2, "{question:?}");
        assert!(question.log.value < 3.0_f64.ln() && question.brier.value < 0.25);
    }
}

#[test]
fn a_season_that_is_not_whole_is_left_out() {
    let mut history = history();
    let last = history.matches.len() - 1;
    history.matches[last].goals = None;
    let evaluation = seasons(&history, &["poisson"], 14).unwrap();
    assert_eq!(
        (evaluation.seasons, evaluation.left_out),
        (3, vec!["B 2023-24".to_owned()])
    );
}

#[test]
fn seasons_without_a_goals_model_are_an_error() {
    let error = seasons(&history(), &["elo-outcomes", "uniform"], 5)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("elo-outcomes, uniform know of outcomes only"),
        "{error}"
    );
}

#[test]
fn projections_of_seasons_see_nothing_ahead() {
    let history = history();
    let before = first_season_projections(&history);
    let mut changed = history.clone();
    for played in &mut changed.matches {
        if played.date >= date(2023, 9, 4) {
            played.shots_on_target = Some([9, 1]);
            played.goals = played
                .goals
                .map(|goals| Scoreline::new(goals.away + 3, goals.home));
        }
    }
    // Matchdays 0 and 4 of the last season; the second falls on the first day that was changed.
    assert_eq!(before, first_season_projections(&changed));
}

/// What is simulated on the first two mornings of the last season, of every team and place.
fn first_season_projections(history: &History) -> Vec<Vec<u64>> {
    let set = TestSet::new(history, Start::AfterSeasons(2)).unwrap();
    let projected = season::projected(&set, &Contender::named("poisson").unwrap(), 4);
    projected.into_iter().take(16).collect()
}
