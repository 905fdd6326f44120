//! Kept seasons against the counts of the same seasons.

use std::sync::Arc;

use matchday::edition::{Edition, Snapshot, When, embedded_editions};
use matchday::fit::{Fit, Settings};
use matchday::model::Strengths;
use matchday::simulate::{Event, Hits, Layout, Options, Plan, Run, Sample, Tally};
use matchday::team::TeamId;

use crate::draft::{Draft, HEAD_TO_HEAD_FIRST};

/// Seven whole batches and a part.
const SEASONS: u64 = 3700;

fn played(plan: &Plan<'_>, goals: bool, threads: usize) -> (Tally, Sample) {
    let run = Run::new(3, SEASONS).unwrap();
    let layout = Arc::new(Layout::of(plan, goals));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let empty = || (Tally::empty(plan), Sample::empty(&layout));
    pool.install(|| run.play(plan, 0..run.batches(), empty, |_| {}))
}

/// Every count of the tally is that of an event.
fn agree(name: &str, snapshot: &Snapshot, goals: bool) -> usize {
    let fit = Fit::of(snapshot, &Settings::default()).unwrap();
    let plan = Plan::new(
        snapshot,
        &fit.model,
        Options::from(Strengths::Posterior),
        &[],
    )
    .unwrap();
    let (tally, sample) = played(&plan, goals, 2);
    assert_eq!(sample.batches(), tally.batches, "{name}");
    let layout = sample.layout();
    let mut compared = 0;
    let mut same = |event: Event, hits: &Hits, what: &dyn Fn() -> String| {
        assert_eq!(&sample.count(&event), hits, "{name}: {}", what());
        compared += 1;
    };
    let teams = || (0..plan.teams()).map(|team| TeamId(team as u16));
    for (group, counted) in tally.groups.iter().enumerate() {
        let planned = &plan.groups[group];
        for (seat, &team) in planned.teams.iter().enumerate() {
            for rank in 0..planned.size() {
                let hits = counted.positions.hits(seat, rank);
                same(layout.finishes(group, team, &[rank]), hits, &|| {
                    format!("group {group}, seat {seat}, rank {rank}")
                });
            }
        }
        for seat in 0..counted.points.len() {
            let points = layout.points(group, seat).unwrap();
            for (value, seasons) in counted.points[seat].counts() {
                assert_eq!(
                    sample.count(&points.exactly(value.into())).seasons,
                    seasons,
                    "{name}"
                );
            }
            let Some(difference) = layout.goal_difference(group, seat) else {
                assert!(!goals, "{name}");
                continue;
            };
            for (value, seasons) in counted.goal_difference[seat].counts() {
                let counted = sample.count(&difference.exactly(value.into())).seasons;
                assert_eq!(counted, seasons, "{name}: goal difference {value}");
            }
        }
    }
    for (stage, counted) in tally.stages.iter().enumerate() {
        for team in teams().take(counted.positions.rows()) {
            let (entered, ranks) = counted.positions.row(team.index()).split_last().unwrap();
            same(layout.enters(stage, team), entered, &|| {
                format!("stage {stage}, {team:?}")
            });
            for (rank, hits) in ranks.iter().enumerate() {
                same(layout.finishes_in(stage, team, &[rank]), hits, &|| {
                    format!("stage {stage}, {team:?}, rank {rank}")
                });
            }
        }
        if counted.opponents.rows() > 0 {
            for (one, other) in teams().flat_map(|one| teams().map(move |other| (one, other))) {
                let hits = counted.opponents.hits(one.index(), other.index());
                same(layout.meets(stage, one, other), hits, &|| {
                    format!("stage {stage}, {one:?} meets {other:?}")
                });
            }
        }
    }
    for outcome in 0..plan.outcomes.len() {
        for team in teams() {
            let hits = tally.outcomes.hits(outcome, team.index());
            same(layout.reaches(outcome, team), hits, &|| {
                format!("outcome {outcome}, {team:?}")
            });
        }
    }
    compared
}

#[test]
fn every_count_is_that_of_an_event_in_every_embedded_edition() {
    let mut compared = 0;
    for edition in embedded_editions() {
        for when in [When::Entries, When::Start, When::Matchday(2), When::Now] {
            let snapshot = Edition::open(edition).unwrap().as_of(when);
            let Ok(snapshot) = snapshot else { continue };
            let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
            if Plan::new(&snapshot, &fit.model, Options::default(), &[]).is_ok() {
                compared += agree(
                    &format!("{edition}, {when}"),
                    &snapshot,
                    when == When::Start,
                );
            }
        }
    }
    assert!(compared > 20_000, "{compared}");
}

#[test]
fn every_count_of_a_league_is_that_of_an_event() {
    let score = |index: usize, home: usize, away: usize| {
        index.is_multiple_of(3).then_some((
            ((home * 7 + index) % 4) as u8,
            ((away * 5 + index) % 3) as u8,
        ))
    };
    let (_folder, snapshot) = Draft::league(11, HEAD_TO_HEAD_FIRST).play(score).open();
    assert!(agree("a league of eleven", &snapshot, true) >= 121);
}

#[test]
fn any_number_of_threads_keeps_the_same_seasons_in_their_order() {
    let snapshot = Edition::open("uefa-champions-league-2023-24")
        .unwrap()
        .as_of(When::Start)
        .unwrap();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let plan = Plan::new(&snapshot, &fit.model, Options::default(), &[]).unwrap();
    let (_, one) = played(&plan, true, 1);
    let (_, three) = played(&plan, true, 3);
    assert_eq!(one, three);
}

#[test]
fn fixtures_agree_with_their_goals_and_conditions_with_plain_counting() {
    let (_folder, snapshot) = Draft::league(5, HEAD_TO_HEAD_FIRST).open();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let plan = Plan::new(&snapshot, &fit.model, Options::default(), &[]).unwrap();
    let (_, sample) = played(&plan, true, 2);
    let layout = sample.layout();
    for fixture in 0..layout.groups[0].fixtures.len() {
        let [home, away] = layout.fixture_goals(0, fixture).unwrap();
        let lead = home.plus(-1, away);
        for (event, by_goals) in [
            (layout.home_win(0, fixture), lead.at_least(1)),
            (layout.draw(0, fixture), lead.exactly(0)),
            (layout.away_win(0, fixture), lead.at_most(-1)),
        ] {
            assert_eq!(sample.seasons_with(&event), sample.seasons_with(&by_goals));
        }
    }
    // A conditional probability by hand, batch by batch.
    let condition = layout.home_win(0, 0);
    let event = layout.finishes(0, TeamId(0), &[0, 1]);
    let [met, happened] = [&condition, &event].map(|event| sample.seasons_with(event));
    let counts: Vec<[f64; 2]> = met
        .chunks(512)
        .zip(happened.chunks(512))
        .map(|(met, happened)| {
            let joint = met
                .iter()
                .zip(happened)
                .filter(|(met, happened)| **met && **happened);
            [
                joint.count() as f64,
                met.iter().filter(|met| **met).count() as f64,
            ]
        })
        .collect();
    let sum = |of: &dyn Fn(&[f64; 2]) -> f64| counts.iter().map(of).sum::<f64>();
    let (joint, given) = (sum(&|count| count[0]), sum(&|count| count[1]));
    let share = joint / given;
    let batches = counts.len() as f64;
    let spread = sum(&|count| (count[0] - share * count[1]).powi(2)) * batches / (batches - 1.0);
    let (batches, hits) = sample.count_given(&event, &condition);
    let (value, error) = batches.share(&hits);
    assert_eq!(
        (hits.seasons, batches.seasons()),
        (joint as u64, given as u64)
    );
    assert_eq!(value, share);
    assert!((error / (spread.sqrt() / given) - 1.0).abs() < 1e-9);
}
