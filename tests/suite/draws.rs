//! Draws of real editions: exact, sampled, and inside seasons.

use matchday::competition::draw::Procedure;
use matchday::competition::{Limit, Seating, Slot, Trait};
use matchday::edition::{Edition, Snapshot, embedded_editions};
use matchday::fit::{Fit, Settings};
use matchday::model::Strengths;
use matchday::project::{DrawOdds, ExactOdds, Projection};
use matchday::simulate::{DrawnBall, Plan, SeedingDraw, SeedingKind, simulate};

use crate::scenario::run_in;

const UCL: &str = "uefa-champions-league-2023-24";

fn cut(edition: &str, when: &str) -> Snapshot {
    let edition = Edition::open(edition).unwrap();
    edition.as_of(when.parse().unwrap()).unwrap()
}

fn stage(snapshot: &Snapshot, id: &str) -> usize {
    let mut stages = snapshot.edition().competition.stages.iter();
    stages.position(|stage| stage.id == id).unwrap()
}

/// The ball of a team.
fn ball(draw: &SeedingDraw<'_>, snapshot: &Snapshot, name: &str) -> usize {
    let team = snapshot.edition().teams.find(name).unwrap();
    draw.teams.iter().position(|&known| known == team).unwrap()
}

/// Facts of the draw of 18 December 2023, worked out by enumeration elsewhere.
#[test]
fn the_round_of_16_of_2023_comes_out_exactly() {
    let snapshot = cut(UCL, "2023-12-17");
    let draw = SeedingDraw::new(&snapshot, stage(&snapshot, "round-of-16"), &[]).unwrap();
    let exact = ExactOdds::new(&draw).unwrap();
    assert_eq!(exact.outcomes, 10_595);
    let [paris, bayern] =
        ["Paris Saint-Germain", "Bayern Munich"].map(|name| ball(&draw, &snapshot, name));
    let ceremony = exact.ceremony.together(paris, bayern).value;
    assert!(
        (ceremony - 131_840_657.0 / 762_048_000.0).abs() < 1e-12,
        "{ceremony}"
    );
    let uniform = exact.uniform.together(paris, bayern).value;
    assert!((uniform - 362.0 / 2_119.0).abs() < 1e-12, "{uniform}");
}

/// Ceremony and uniform outcomes against the exact probabilities of all 54 pairs each; five standard
/// errors: a false alarm in about 15,000.
#[test]
fn sampled_draws_agree_with_exact_ones() {
    const DRAWS: u64 = 100_000;
    let snapshot = cut(UCL, "2023-12-17");
    let draw = SeedingDraw::new(&snapshot, stage(&snapshot, "round-of-16"), &[]).unwrap();
    let exact = ExactOdds::new(&draw).unwrap();
    for (procedure, exact) in [
        (Procedure::Ceremony, &exact.ceremony),
        (Procedure::Uniform, &exact.uniform),
    ] {
        let counts = draw.sample(procedure, 5, DRAWS, |_| {}).unwrap();
        let odds = DrawOdds::sampled(procedure, &draw, &counts);
        let mut pairs = 0;
        for one in 0..16 {
            for other in 0..one {
                let exact = exact.together(one, other).value;
                let seen = odds.together(one, other);
                let error = f64::sqrt(exact * (1.0 - exact) / DRAWS as f64);
                assert!(
                    (seen.value - exact).abs() <= 5.0 * error,
                    "{one} {other} {procedure:?}"
                );
                assert!((exact == 0.0) == (seen.value == 0.0));
                pairs += usize::from(exact > 0.0);
            }
        }
        assert_eq!(pairs, 54);
        // Every group holds every team as often as any other.
        for one in 0..16 {
            assert_eq!(
                counts.in_group[one * 8..(one + 1) * 8].iter().sum::<u64>(),
                DRAWS
            );
        }
    }
}

/// What seasons draw, they draw as the ceremony does: who meets whom in the round of 16, and through it
/// who reaches the quarter-finals. Five standard errors of 108 shares: a false alarm in about 15,000.
#[test]
fn seasons_hold_the_draw_as_the_ceremony_does() {
    const SEASONS: u64 = 100_000;
    let snapshot = cut(UCL, "2023-12-17");
    let round = stage(&snapshot, "round-of-16");
    let draw = SeedingDraw::new(&snapshot, round, &[]).unwrap();
    let exact = ExactOdds::new(&draw).unwrap().ceremony;
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
    let tally = simulate(&plan, 11, SEASONS, |_| {}).unwrap();
    let projection = Projection::new(&snapshot, &plan, &tally);
    assert_eq!(tally.batches.seasons(), SEASONS);
    let mut pairs = 0;
    for of in projection.opponents.iter().filter(|of| of.stage == round) {
        let one = draw.teams.iter().position(|&team| team == of.team).unwrap();
        for (other, met) in &of.opponents {
            let other = draw.teams.iter().position(|team| team == other).unwrap();
            let exact = exact.together(one, other).value;
            let error = f64::sqrt(exact * (1.0 - exact) / SEASONS as f64);
            assert!((met.value - exact).abs() < 5.0 * error, "{one} {other}");
            pairs += 1;
        }
    }
    assert_eq!(pairs, 2 * 54);
    let outcomes = &snapshot.edition().competition.outcomes;
    let quarter_finals = outcomes
        .iter()
        .position(|outcome| outcome.name == "quarter-finals")
        .unwrap();
    let reached: f64 = projection
        .careers
        .iter()
        .filter_map(|career| career.outcomes[quarter_finals])
        .map(|p| p.value)
        .sum();
    assert!((reached - 8.0).abs() < 1e-9, "{reached}");
}

/// Two ties of the round of 16 are drawn: what is left are draws of the other twelve teams.
#[test]
fn balls_that_are_drawn_stay() {
    let snapshot = cut(UCL, "2023-12-17");
    let round = stage(&snapshot, "round-of-16");
    let fixed = ["Porto v Arsenal", "Napoli v Barcelona"];
    let fixed: Vec<DrawnBall> = fixed
        .iter()
        .map(|text| DrawnBall::parse(text, &snapshot).unwrap())
        .collect();
    let draw = SeedingDraw::new(&snapshot, round, &fixed).unwrap();
    let exact = ExactOdds::new(&draw).unwrap();
    for (one, other, certain) in [
        ("Porto", "Arsenal", true),
        ("Napoli", "Barcelona", true),
        ("Porto", "Barcelona", false),
    ] {
        let [one, other] = [one, other].map(|name| ball(&draw, &snapshot, name));
        for odds in [&exact.ceremony, &exact.uniform] {
            let value = odds.together(one, other).value;
            assert!((value - f64::from(u8::from(certain))).abs() < 1e-12);
        }
    }
    // Every one left has somebody.
    for one in 0..16 {
        let sum: f64 = (0..16)
            .filter(|&other| other != one)
            .map(|other| exact.uniform.together(one, other).value)
            .sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
    let counts = draw.sample(Procedure::Ceremony, 1, 2_000, |_| {}).unwrap();
    let [porto, arsenal] = ["Porto", "Arsenal"].map(|name| ball(&draw, &snapshot, name));
    assert_eq!(counts.together[porto * 16 + arsenal], 2_000);
}

/// Every draw of every edition that can be held by itself keeps its bounds.
#[test]
fn draws_of_all_editions_keep_their_bounds() {
    let mut held = Vec::new();
    for id in embedded_editions() {
        let edition = Edition::open(id).unwrap();
        for (index, declared) in edition.competition.stages.iter().enumerate() {
            let Seating::Drawn(drawing) = &declared.seating else {
                continue;
            };
            let snapshot = cut(id, "2030-01-01");
            let draw = SeedingDraw::new(&snapshot, index, &[]).unwrap();
            held.push(format!("{id} {}", declared.id));
            let balls = draw.teams.len();
            // Counting the outcomes of the World Cup takes its time.
            let procedures = [Procedure::Ceremony, Procedure::Uniform];
            let procedures = &procedures[..if balls > 36 { 1 } else { 2 }];
            for &procedure in procedures {
                // One draw a seed, so that parts of an outcome can be told from parts of another.
                for seed in 0..4 {
                    let counts = draw.sample(procedure, seed, 1, |_| {}).unwrap();
                    let SeedingKind::Groups(_) = draw.kind else {
                        assert_eq!(
                            counts.together.iter().sum::<u64>(),
                            declared.matches(0) as u64
                        );
                        continue;
                    };
                    let group_of = |ball: usize| {
                        let groups = &counts.in_group[ball * declared.groups.len()..]
                            [..declared.groups.len()];
                        groups.iter().position(|&count| count == 1).unwrap()
                    };
                    let slots: Vec<Slot> = drawing.balls().collect();
                    for bound in &drawing.bounds {
                        let Limit::Parts { parts, most } = &bound.limit else {
                            continue;
                        };
                        let Trait::OneOf(some) = &bound.of else {
                            continue;
                        };
                        for part in parts {
                            let inside = (0..balls).filter(|&ball| {
                                some.contains(&slots[ball]) && part.contains(&group_of(ball))
                            });
                            assert!(inside.count() <= usize::from(*most), "{id} {}", declared.id);
                        }
                    }
                    let mut sizes = vec![0; declared.groups.len()];
                    (0..balls).for_each(|ball| sizes[group_of(ball)] += 1);
                    assert!(
                        sizes
                            .iter()
                            .zip(&declared.groups)
                            .all(|(&size, group)| size == group.size)
                    );
                }
            }
        }
    }
    assert!(held.len() >= 15, "{held:?}");
}

/// The printed command of the example, on any number of threads.
#[test]
fn the_command_prints_the_same_bytes_on_any_number_of_threads() {
    let folder = std::env::temp_dir();
    let outputs = ["1", "3"].map(|threads| {
        let mut command = crate::scenario::program(&[
            "draw",
            UCL,
            "round-of-16",
            "-n",
            "5000",
            "--format",
            "json",
        ]);
        command
            .env("RAYON_NUM_THREADS", threads)
            .current_dir(&folder);
        let run = crate::scenario::Run::of(&mut command);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        run.stdout
    });
    assert_eq!(outputs[0], outputs[1]);
    let run = run_in(
        &folder,
        &["draw", UCL, "round-of-16", "--procedure", "exact"],
    );
    assert!(
        run.stdout.contains("10,595 valid outcomes"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("Bayern Munich – Paris Saint-Germain       17.30    17.08"),
        "{}",
        run.stdout
    );
}
