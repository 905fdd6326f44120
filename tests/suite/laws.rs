//! Every law of goals through the whole fit: little data, absurd data, other settings.

use std::fs;
use std::process::Command;

use jiff::civil::date;
use matchday::edition::{Edition, When, read_forecasts};
use matchday::error::Error;
use matchday::fit::{Beforehand, Fit, PlayedMatch, Settings};
use matchday::fixture::{Outcome, Scoreline, Venue};
use matchday::model::{
    Elo, GRID_SIDE, Given, GoalModel, Law, Margin, Pairing, ScoreGrid, Strengths,
};
use matchday::team::TeamId;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn pairing(home: usize, away: usize) -> Pairing {
    Pairing {
        home: TeamId(home as u16),
        away: TeamId(away as u16),
        venue: Venue::Home,
    }
}

fn played(home: usize, away: usize, goals: (u8, u8)) -> PlayedMatch {
    let goals = Scoreline::new(goals.0, goals.1);
    PlayedMatch::new(pairing(home, away), goals, date(2024, 1, 1))
}

fn law(law: Law) -> Settings {
    Settings {
        law,
        ..Settings::default()
    }
}

fn assert_probabilities(grid: &ScoreGrid, what: &str) {
    let sum: f64 = grid.cells().iter().sum();
    assert!((sum - 1.0).abs() < 1e-9, "{what}: {sum}");
    assert!(grid.cells().iter().all(|cell| *cell >= 0.0), "{what}");
}

/// 100 matches of 60 teams, one of which never scores and one of which always scores nine.
fn sparse() -> Vec<PlayedMatch> {
    let mut generator = ChaCha8Rng::seed_from_u64(100);
    let mut below = |most: usize| generator.random_range(0..most);
    (0..100)
        .map(|_| {
            let home = below(60);
            let away = (home + 1 + below(59)) % 60;
            let goals = |team: usize, any: usize| match team {
                0 => 0,
                1 => 9,
                _ => any as u8,
            };
            played(home, away, (goals(home, below(4)), goals(away, below(3))))
        })
        .collect()
}

#[test]
fn sparse_matches_and_a_team_without_a_goal_fit_under_every_law_with_and_without_a_prior() {
    let matches = sparse();
    for settings in Law::ALL.map(law) {
        for settings in [
            settings,
            Settings {
                prior: None,
                ..settings
            },
        ] {
            let what = format!("{:?}, prior {}", settings.law, settings.prior.is_some());
            let fit = Fit::to_matches(matches.clone(), vec![0.0; 60], &settings);
            let fit = fit.unwrap_or_else(|error| panic!("{what}: {error}"));
            assert!(fit.log_likelihood.is_finite(), "{what}");
            assert!(
                fit.model.estimate().iter().all(|value| value.is_finite()),
                "{what}"
            );
            let mut drawn = fit.model.estimate().to_vec();
            let deviates: Vec<f64> = (0..drawn.len()).map(|i| (i as f64).sin() * 2.0).collect();
            fit.model.draw(&deviates, &mut drawn);
            for pairing in [pairing(0, 1), pairing(1, 0), pairing(2, 3)] {
                for share in [1.0, 1.0 / 3.0] {
                    let grid = fit.model.grid_of_share(&drawn, pairing, share);
                    assert_probabilities(&grid, &what);
                }
                assert_probabilities(&fit.model.grid(pairing, Strengths::Posterior), &what);
            }
        }
    }
}

/// 40 seasons of every law, all of whose parameters are drawn from their prior: pulls (estimate less
/// truth over standard error) must be standard normal. 1,600 strengths have a mean square pull of
/// 1 ± 0.035, and 0.15 is four of that; 40 values of a shape have 1 ± 0.22, and are below 0.35 or
/// above 1.95 with a probability of 3 in 10,000. Shapes whose posterior leans get a little more room.
#[test]
fn strengths_and_shape_are_recovered_within_the_stated_errors_under_every_law() {
    const TEAMS: usize = 20;
    const SEASONS: usize = 40;
    let mut generator = ChaCha8Rng::seed_from_u64(17);
    for settings in Law::ALL.map(law) {
        let law = settings.law;
        let blank = Fit::to_matches(Vec::new(), vec![0.0; TEAMS], &settings).unwrap();
        let parameters = blank.model.parameters();
        let (mut strengths, mut shapes) = (0.0, vec![0.0; law.shapes().len()]);
        for _ in 0..SEASONS {
            let mut normal = || {
                let (u, v): (f64, f64) = (generator.random(), generator.random());
                (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
            };
            let mut truth = blank.model.estimate().to_vec();
            for value in &mut truth[4..parameters.first_shape()] {
                *value = 0.25 * normal();
            }
            for (value, shape) in truth[parameters.first_shape()..]
                .iter_mut()
                .zip(law.shapes())
            {
                *value = shape.belief.mean + shape.belief.deviation * normal();
            }
            let mut matches = Vec::new();
            for home in 0..TEAMS {
                for away in (0..TEAMS).filter(|&away| away != home) {
                    let grid = blank.model.grid_at(&truth, pairing(home, away));
                    let mut left: f64 = generator.random();
                    let code = grid.cells().iter().position(|cell| {
                        left -= cell;
                        left < 0.0
                    });
                    let code = code.unwrap_or(0);
                    let goals = ((code / GRID_SIDE) as u8, (code % GRID_SIDE) as u8);
                    matches.push(played(home, away, goals));
                }
            }
            let fit = Fit::to_matches(matches, vec![0.0; TEAMS], &settings).unwrap();
            let pull = |weights: &[f64]| {
                let (value, error) = fit.model.contrast(weights);
                let truth: f64 = weights.iter().zip(&truth).map(|(w, t)| w * t).sum();
                (value - truth) / error
            };
            for first in [4, 4 + TEAMS] {
                for team in 0..TEAMS {
                    let mut weights = vec![0.0; parameters.count()];
                    weights[first..first + TEAMS].fill(-1.0 / TEAMS as f64);
                    weights[first + team] += 1.0;
                    strengths += pull(&weights).powi(2) / (2 * TEAMS * SEASONS) as f64;
                }
            }
            for (position, sum) in shapes.iter_mut().enumerate() {
                let mut weights = vec![0.0; parameters.count()];
                weights[parameters.first_shape() + position] = 1.0;
                *sum += pull(&weights).powi(2) / SEASONS as f64;
            }
        }
        assert!((strengths - 1.0).abs() < 0.15, "{law:?}: {strengths}");
        for shape in shapes {
            assert!((0.3..2.2).contains(&shape), "{law:?}: {shape}");
        }
    }
}

#[test]
fn a_fit_again_finds_the_same_peak() {
    let matches = sparse();
    for settings in Law::ALL.map(law) {
        let fit = Fit::to_matches(matches.clone(), vec![0.0; 60], &settings).unwrap();
        let earlier = Fit::to_matches(matches[..80].to_vec(), vec![0.0; 60], &settings).unwrap();
        let again = earlier
            .again(matches.clone(), vec![0.0; 60], &settings)
            .unwrap();
        assert!(
            (fit.spread.ln() - again.spread.ln()).abs() < 5e-3,
            "{:?}",
            settings.law
        );
        let change = fit.log_likelihood - again.log_likelihood;
        assert!(change.abs() < 0.1, "{:?}: {change}", settings.law);
        let known = Settings {
            spread: Some(fit.spread),
            ..settings
        };
        let known = earlier
            .again(matches.clone(), vec![0.0; 60], &known)
            .unwrap();
        for (a, b) in fit.model.estimate().iter().zip(known.model.estimate()) {
            assert!((a - b).abs() < 1e-5, "{:?}: {a} and {b}", settings.law);
        }
    }
}

/// A match of weight 2 is two matches, and fractions of goals are a quasi-likelihood.
#[test]
fn weights_count_matches_and_poisson_goals_may_be_fractions() {
    let fit = |matches: Vec<PlayedMatch>, chosen: Law| {
        Fit::to_matches(matches, vec![0.0; 3], &law(chosen))
    };
    let matches = [
        played(0, 1, (2, 1)),
        played(1, 2, (0, 0)),
        played(2, 0, (1, 3)),
    ];
    for chosen in Law::ALL {
        let twice = fit([matches, matches].concat(), chosen).unwrap();
        let heavy = matches.map(|played| PlayedMatch {
            weight: 2.0,
            ..played
        });
        let heavy = fit(heavy.to_vec(), chosen).unwrap();
        assert!(
            (twice.log_likelihood - heavy.log_likelihood).abs() < 1e-9,
            "{chosen:?}"
        );
    }
    let half = PlayedMatch {
        goals: [1.5, 0.25],
        ..matches[0]
    };
    assert!(
        fit(vec![half], Law::Poisson)
            .unwrap()
            .log_likelihood
            .is_finite()
    );
    let refused = fit(vec![half], Law::DixonColes).unwrap_err().to_string();
    assert!(
        refused.contains("1.5 goals: Dixon–Coles goals are whole numbers"),
        "{refused}"
    );
}

#[test]
fn old_matches_fade_by_half_lives() {
    let old = PlayedMatch {
        day: date(2023, 1, 1),
        ..played(0, 1, (5, 0))
    };
    let half = PlayedMatch { weight: 0.5, ..old };
    let settings = Settings {
        half_life: Some(365.0),
        as_of: Some(date(2024, 1, 1)),
        ..Settings::default()
    };
    let faded = Fit::to_matches(vec![old], vec![0.0; 2], &settings).unwrap();
    let halved = Fit::to_matches(vec![half], vec![0.0; 2], &Settings::default()).unwrap();
    assert!((faded.log_likelihood - halved.log_likelihood).abs() < 1e-9);
    let ahead = Settings {
        as_of: Some(date(2022, 1, 1)),
        ..settings
    };
    let ahead = Fit::to_matches(vec![old], vec![0.0; 2], &ahead)
        .unwrap_err()
        .to_string();
    assert_eq!(
        ahead,
        "a match of 2023-01-01 lies after 2022-01-01, the day the fit is made for"
    );
    let never = Settings {
        half_life: Some(0.0),
        ..settings
    };
    assert!(matches!(
        Fit::to_matches(vec![old], vec![0.0; 2], &never),
        Err(Error::HalfLife { .. })
    ));
}

#[test]
fn a_team_may_have_a_ground_of_its_own_and_a_prior_of_its_own() {
    let mut matches = Vec::new();
    for _ in 0..10 {
        for away in 1..4 {
            matches.push(played(0, away, (4, 0)));
            matches.push(played(away, 0, (1, 1)));
        }
        matches.extend([
            played(1, 2, (1, 1)),
            played(2, 3, (1, 1)),
            played(3, 1, (1, 1)),
        ]);
    }
    let settings = Settings {
        own_grounds: Some(0.1),
        ..Settings::default()
    };
    let fit = Fit::to_matches(matches, vec![0.0; 4], &settings).unwrap();
    let own = |team| {
        let index = fit.model.parameters().own_ground(TeamId(team)).unwrap();
        fit.model.estimate()[index]
    };
    assert!(own(0) > 0.02 && own(1) < own(0), "{} {}", own(0), own(1));

    let promoted = Beforehand {
        covariate: vec![0.0; 2],
        offsets: vec![[0.0, 0.0], [-0.2, -0.3]],
    };
    let fit = Fit::to_matches(Vec::new(), promoted, &Settings::default()).unwrap();
    let (attack, _) = fit.model.attack(TeamId(1));
    let (defence, _) = fit.model.defence(TeamId(1));
    assert!((fit.model.estimate()[attack] + 0.2).abs() < 1e-9);
    assert!((fit.model.estimate()[defence] + 0.3).abs() < 1e-9);
}

#[test]
fn ratings_tell_the_stronger_side_under_every_law() {
    let snapshot = Edition::open("uefa-champions-league-2023-24").unwrap();
    let snapshot = snapshot.as_of(When::Now).unwrap();
    for law in Law::ALL {
        let settings = Settings {
            law,
            elo: Some(Elo::default()),
            ..Settings::default()
        };
        let fit = Fit::of(&snapshot, &settings).unwrap();
        let strengths = fit.summary().teams;
        let (best, worst) = (strengths[0].team, strengths.last().unwrap().team);
        assert!(
            fit.model.difference(fit.model.estimate(), best, worst) > 0.5,
            "{law:?}"
        );
        let grid = fit.model.grid(
            Pairing {
                home: worst,
                away: best,
                venue: Venue::Home,
            },
            Strengths::Posterior,
        );
        assert_probabilities(&grid, law.name());
        assert!(
            grid.outcome(Outcome::AwayWin) > grid.outcome(Outcome::HomeWin),
            "{law:?}"
        );
    }
}

const EDITION: &str = "caf-confederation-cup-2007";

fn teams() -> matchday::team::Teams {
    Edition::open(EDITION).unwrap().teams.clone()
}

#[test]
fn forecasts_that_cannot_be_are_refused_with_file_and_line() {
    let teams = teams();
    let [first, second] = [TeamId(0), TeamId(1)].map(|team| teams.name(team).to_owned());
    let read = |rows: &str| {
        let rows = rows.replace("FIRST", &first).replace("SECOND", &second);
        let read = read_forecasts("given.csv", &rows, &teams, Margin::Power);
        read.unwrap_err().to_string()
    };
    for (rows, expected) in [
        (
            "home_team,away_team,home_rate,away_rate\nFIRST,SECOND,1.2,0\n",
            "given.csv:2: away_rate `0`",
        ),
        (
            "home_team,away_team,home_rate,away_rate\nFIRST,FIRST,1.2,1\n",
            "given.csv:2: ",
        ),
        (
            "home_team,away_team,home_win,draw,away_win\nFIRST,SECOND,0.5,0.3,0.3\n",
            "given.csv:2: home_win `0.5`",
        ),
        (
            "home_team,away_team,home_odds,draw_odds,away_odds\nFIRST,SECOND,1,4,5\n",
            "given.csv:2: home_odds `1`",
        ),
        (
            "home_team,away_team,home_odds,draw_odds,away_odds\nFIRST,SECOND,3,4,5\n",
            "given.csv:2: home_odds `3`: expected odds whose inverses",
        ),
        (
            "home_team,away_team,home_odds,draw_odds,away_odds\nNobody,SECOND,3,3,3\n",
            "given.csv:2: ",
        ),
        (
            "home_team,away_team,home_goals,away_goals,probability\nFIRST,SECOND,0,0,0.4\n",
            "given.csv:2: probability `0.4000`",
        ),
        (
            "home_team,away_team,home_goals,away_goals,probability\nFIRST,SECOND,16,0,0.4\n",
            "given.csv:2: home_goals `16`",
        ),
        (
            "home_team,away_team,home_rate,away_rate\nFIRST,SECOND,1,1\nFIRST,SECOND,1,1\n",
            "given.csv:3: the forecast of FIRST v SECOND is already on line 2; remove one",
        ),
        (
            "home_team,away_team,home_goals,away_goals,probability\nFIRST,SECOND,0,0,0.5\n\nFIRST,SECOND,0,0,0.5\n",
            "given.csv:4: the probability of 0-0 in FIRST v SECOND is already on line 2; remove one",
        ),
        (
            "home_team,away_team,home_goals,away_goals,probability,home_rate,away_rate\n\
             FIRST,SECOND,0,0,1,,\nFIRST,SECOND,,,,1,1\n",
            "given.csv:3: the forecast of FIRST v SECOND is already on line 2; remove one",
        ),
        (
            "home_team,away_team,home_rate,away_rate\n",
            "given.csv: 0 forecasts; at least 1 ",
        ),
        (
            "",
            "given.csv: the file is empty; it should hold pairings with ",
        ),
        ("home_team,away_team\nFIRST,SECOND\n", "given.csv:2: "),
    ] {
        let expected = expected.replace("FIRST", &first).replace("SECOND", &second);
        let found = read(rows);
        assert!(found.starts_with(&expected), "{rows}: {found}");
    }
}

#[test]
fn outcomes_that_no_rates_have_are_refused_with_line_and_pairing() {
    let snapshot = Edition::open(EDITION).unwrap().as_of(When::Now).unwrap();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let teams = teams();
    let title = format!("{} v {}", teams.name(TeamId(0)), teams.name(TeamId(1)));
    let rows = format!(
        "home_team,away_team,home_win,draw,away_win\n{},0.5,0.01,0.49\n",
        title.replace(" v ", ",")
    );
    let given = read_forecasts("given.csv", &rows, &teams, Margin::Power).unwrap();
    let error = Given::over(&fit.model, given).err().expect("no such rates");
    assert_eq!(
        error.to_string(),
        format!(
            "given.csv:2: {title}: no rates of goals give 50.0 % home wins, 1.0 % draws and 49.0 % away wins: \
             check the probabilities, or give rates"
        )
    );
}

#[test]
fn what_is_given_stands_and_all_else_is_fitted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("given.csv");
    let teams = teams();
    let [home, away, third] = [0, 1, 2].map(|team| teams.name(TeamId(team)).to_owned());
    let run = |rows: &str, arguments: &[&str]| -> serde_json::Value {
        fs::write(&file, rows).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_matchday"))
            .args(["match", EDITION, "--format", "json"])
            .args(arguments)
            .arg("--given")
            .arg(&file)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let number = |document: &serde_json::Value, key: &str| document[key].as_f64().unwrap();
    for model in ["poisson", "dixon-coles", "weibull", "elo"] {
        let rows =
            format!("home_team,away_team,home_win,draw,away_win\n{home},{away},0.5,0.28,0.22\n");
        let said = run(&rows, &[&home, &away, "--model", model]);
        assert!((number(&said, "home_win") - 0.5).abs() < 1e-6, "{model}");
        assert!((number(&said, "draw") - 0.28).abs() < 1e-6, "{model}");
        let other = run(&rows, &[&home, &third, "--model", model]);
        assert!((number(&other, "home_win") - 0.5).abs() > 1e-4, "{model}");
    }
    let odds =
        format!("home_team,away_team,home_odds,draw_odds,away_odds\n{home},{away},2.2,3.6,3.6\n");
    for margin in ["power", "shin", "proportional"] {
        let said = run(&odds, &[&home, &away, "--margin", margin]);
        let sum = number(&said, "home_win") + number(&said, "draw") + number(&said, "away_win");
        assert!((sum - 1.0).abs() < 1e-9);
        assert_eq!(said["manifest"]["given"]["margin"], margin);
    }
    let grid = format!(
        "home_team,away_team,home_goals,away_goals,probability\n{home},{away},1,0,0.75\n{home},{away},2,2,0.25\n"
    );
    let said = run(&grid, &[&home, &away]);
    assert_eq!(said["grid"][1][0], 0.75);
    assert_eq!(said["grid"].as_array().unwrap().len(), GRID_SIDE);
}
