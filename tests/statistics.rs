//! Slow statistical checks: `cargo test --release --test statistics`. Seeds are fixed, so a check that
//! passes always passes; the error probability stated is that of a correct program under a fresh seed.

use std::collections::HashMap;

use matchday::edition::{
    Edition, Snapshot, When, embedded_editions, embedded_rulebooks, open_rulebook,
};
use matchday::fit::{Fit, Settings};
use matchday::fixture::Scoreline;
use matchday::model::{GoalModel, Law, Strengths};
use matchday::project::{Comparison, Side};
use matchday::simulate::{Block, Difference, LANES, Plan, Run, SetResult, simulate};
use matchday::standings::{Needs, Observer, rank};
use rayon::prelude::*;
use statrs::distribution::{ChiSquared, ContinuousCDF};
use tempfile::TempDir;

fn fitted(edition: &str, when: &str) -> (Snapshot, Fit) {
    let snapshot = Edition::open(edition)
        .unwrap()
        .as_of(when.parse().unwrap())
        .unwrap();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    (snapshot, fit)
}

#[derive(Default)]
struct Level(Vec<u8>);

impl Observer for Level {
    fn undecided(&mut self, level: &mut [u8], _needs: Needs) {
        self.0.extend_from_slice(level);
    }
}

/// How many tables a list of rules is tried on: as many as the environment's `TABLES` says.
fn tables() -> usize {
    let asked = std::env::var("TABLES").ok().map(|text| text.parse());
    asked
        .transpose()
        .expect("TABLES is a number")
        .unwrap_or(100_000)
}

/// What was seen of simulated tables that the reference engine ranked once more.
#[derive(Default)]
struct Tried {
    tables: usize,
    /// With teams that neither the kernel nor the rules could separate.
    with_lots: usize,
}

/// Ranks the simulated tables of a plan with the reference engine, and holds both equal.
fn try_tables(plan: &Plan<'_>, tables: usize, what: &str) -> Tried {
    let mut block = Block::new(plan, 12);
    let mut tried = Tried::default();
    for number in 0.. {
        if tried.tables >= tables {
            break;
        }
        let groups = plan.groups.iter().zip(block.play(number));
        for (group, played) in groups.filter(|(group, _)| group.is_shown_as_table()) {
            let mut table = group.table.clone();
            let mut order: Vec<u8> = Vec::new();
            for lane in 0..LANES {
                table.clone_from(&group.table);
                for (index, open) in group.open.iter().enumerate() {
                    table.record(open.home, open.away, played.scoreline(index, lane));
                }
                order.clear();
                order.extend(0..group.teams.len() as u8);
                let mut level = Level::default();
                rank(&mut order, &group.rules, &table, &mut level);
                for (place, &team) in order.iter().enumerate() {
                    let seen = played.rank(usize::from(team), lane);
                    assert!(
                        seen == place || level.0.contains(&team),
                        "{what}, block {number}, lane {lane}"
                    );
                }
                tried.with_lots += usize::from(!level.0.is_empty());
                tried.tables += 1;
            }
        }
    }
    tried
}

#[test]
fn the_fast_path_equals_the_reference_engine_in_every_embedded_edition() {
    for edition in embedded_editions() {
        let (snapshot, fit) = fitted(edition, "start");
        let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
        let tried = try_tables(&plan, tables(), edition);
        println!(
            "{edition}: {} tables equal, {} with lots",
            tried.tables, tried.with_lots
        );
    }
}

/// Groups of equal teams come level in every way: four that meet twice, and seven that meet once.
#[test]
fn the_fast_path_equals_the_reference_engine_under_every_list_of_every_rulebook() {
    let lists: Vec<(&str, String)> = embedded_rulebooks()
        .flat_map(|id| {
            let rulebook = open_rulebook(id).unwrap();
            let orders: Vec<String> = rulebook
                .orders()
                .filter(|order| !order.last.is_for_ties() && order.id != "seeding")
                .map(|order| order.id.clone())
                .collect();
            orders.into_iter().map(move |order| (id, order))
        })
        .collect();
    assert!(lists.len() >= 50, "{}", lists.len());
    lists.par_iter().for_each(|(rulebook, order)| {
        for (size, legs) in [(4, 2), (7, 1)] {
            let what = format!("{rulebook}, {order}, {size} teams");
            let (_folder, snapshot) = equal_teams(rulebook, order, size, legs);
            let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
            let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
            let tried = try_tables(&plan, tables().div_ceil(2), &what);
            println!(
                "{what}: {} tables equal, {} with lots",
                tried.tables, tried.with_lots
            );
        }
    });
}

/// An edition of one group whose teams are equal.
fn equal_teams(rulebook: &str, order: &str, size: usize, legs: usize) -> (TempDir, Snapshot) {
    let names: Vec<String> = (1..=size).map(|team| format!("Team {team}")).collect();
    let edition = format!(
        r#"name = "Equal teams"
rulebook = "{rulebook}"
outcomes = [{{ name = "champion", places = "league/1/1" }}, {{ name = "relegated", places = "league/1/{size}" }}]
[[stage]]
id = "league"
name = "League"
order = "{order}"
legs = {legs}
groups = [{{ id = "1", entrants = ["{}"] }}]
"#,
        names.join("\", \"")
    );
    let folder = tempfile::tempdir().unwrap();
    let write = |file, text| std::fs::write(folder.path().join(file), text).unwrap();
    write("edition.toml", edition);
    write("teams.csv", format!("name\n{}\n", names.join("\n")));
    let header = "stage,group,matchday,date,home,away,home_goals,away_goals,status\n";
    let pairs = (0..size).flat_map(|home| (0..size).map(move |away| (home, away)));
    let pairs = pairs.filter(|(home, away)| home < away || (legs == 2 && home > away));
    let rows = pairs.enumerate().map(|(index, (home, away))| {
        let (matchday, home, away) = (index + 1, &names[home], &names[away]);
        format!("league,1,{matchday},2024-01-01,{home},{away},,,\n")
    });
    write("matches.csv", header.to_owned() + &rows.collect::<String>());
    let edition = Edition::open(folder.path().to_str().unwrap()).unwrap();
    let snapshot = edition.as_of(When::Now).unwrap();
    (folder, snapshot)
}

/// Ten million scorelines of one sampler against its grid. Error probability 1 in 10,000.
#[test]
fn scorelines_are_drawn_as_the_grid_says() {
    const BLOCKS: u64 = 40_000;
    let (snapshot, fit) = fitted("caf-confederation-cup-2007", "matchday 5");
    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
    let mut block = Block::new(&plan, 99);
    let mut seen: HashMap<Scoreline, u64> = HashMap::new();
    for number in 0..BLOCKS {
        let played = &block.play(number)[0];
        (0..LANES).for_each(|lane| *seen.entry(played.scoreline(0, lane)).or_default() += 1);
    }
    let grid = fit.model.grid_at(
        fit.model.estimate(),
        plan.groups[0].open[0].pairing.unwrap(),
    );
    let draws = (BLOCKS * LANES as u64) as f64;
    let (mut statistic, mut cells, mut rest, mut rest_seen) = (0.0, 0, draws, draws);
    for home in 0..16_u8 {
        for away in 0..16_u8 {
            let expected = draws * grid.probability(home.into(), away.into());
            if expected < 20.0 {
                continue;
            }
            let count = seen
                .get(&Scoreline::new(home, away))
                .copied()
                .unwrap_or_default() as f64;
            statistic += (count - expected).powi(2) / expected;
            cells += 1;
            rest -= expected;
            rest_seen -= count;
        }
    }
    statistic += (rest_seen - rest).powi(2) / rest;
    let law = ChiSquared::new(f64::from(cells)).unwrap();
    let p = law.sf(statistic);
    println!(
        "{} draws, {cells} cells, chi-square {statistic:.1}, p = {p:.3}",
        draws
    );
    assert!(
        p > 1e-4,
        "chi-square {statistic} on {cells} degrees, p = {p}"
    );
}

/// The stated errors against what 300 independent runs of the same projection really vary: the mean
/// square pull of 16 places a group is 1 within 0.15 (four standard errors, for places about as good
/// as 80 independent ones in 300 runs, is 0.04; the rest allows for estimating the error from 20
/// batches).
#[test]
fn standard_errors_are_as_large_as_runs_vary() {
    const RUNS: u64 = 300;
    const SEASONS: u64 = 10_240;
    for strengths in [Strengths::PlugIn, Strengths::Posterior] {
        let (snapshot, fit) = fitted("caf-confederation-cup-2023-24", "matchday 3");
        let plan = Plan::new(&snapshot, &fit.model, strengths, &[]).unwrap();
        let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
        for seed in 0..RUNS {
            let tally = simulate(&plan, seed, SEASONS, |_| {}).unwrap();
            let hits = tally.groups.iter().flat_map(|group| {
                let positions = &group.positions;
                (0..positions.rows()).flat_map(|team| positions.row(team))
            });
            runs.push(hits.map(|hits| tally.batches.share(hits)).collect());
        }
        let (mut variances, mut stated) = (0.0, 0.0);
        for place in 0..runs[0].len() {
            let shares: Vec<f64> = runs.iter().map(|run| run[place].0).collect();
            let mean = shares.iter().sum::<f64>() / RUNS as f64;
            if !(0.02..0.98).contains(&mean) {
                continue;
            }
            variances += shares
                .iter()
                .map(|share| (share - mean).powi(2))
                .sum::<f64>()
                / (RUNS - 1) as f64;
            stated += runs.iter().map(|run| run[place].1.powi(2)).sum::<f64>() / RUNS as f64;
        }
        println!(
            "{strengths:?}: variance over stated {:.3}",
            variances / stated
        );
        assert!(
            (variances / stated - 1.0).abs() < 0.15,
            "{strengths:?}: {}",
            variances / stated
        );
    }
}

fn plan_of<'m>(snapshot: &Snapshot, fit: &'m Fit, set: &[SetResult]) -> Plan<'m> {
    Plan::new(snapshot, &fit.model, Strengths::Posterior, set).unwrap()
}

/// The stated errors of differences against what 300 independent comparisons really vary: the mean square
/// pull is 1 within 0.15, as above. The second model is another, so that strengths, too, differ.
#[test]
fn errors_of_differences_are_as_large_as_comparisons_vary() {
    const RUNS: u64 = 300;
    const SEASONS: u64 = 10_240;
    let (snapshot, fit) = fitted("caf-confederation-cup-2023-24", "matchday 4");
    let other = Settings {
        law: Law::DixonColes,
        half_life: Some(30.0),
        ..Settings::default()
    };
    let other = Fit::of(&snapshot, &other).unwrap();
    let set = [SetResult::parse("Abu Salim 2-0 Zamalek", &snapshot).unwrap()];
    let [first, supposed] = [&[][..], &set].map(|set| plan_of(&snapshot, &fit, set));
    let remodelled = plan_of(&snapshot, &other, &[]);
    for (name, second) in [("a result", supposed), ("a model", remodelled)] {
        let plans = [&first, &second];
        let counters = Comparison::counters(plans.map(|plan| Side {
            snapshot: &snapshot,
            plan,
        }));
        let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut alone = 0.0;
        for seed in 0..RUNS {
            let run = Run::new(seed, SEASONS).unwrap();
            let paired = run.play_paired(plans, &counters, 0..run.batches(), |_| ());
            let share = |difference: &Difference| difference.share(paired.batches());
            runs.push(paired.differences.iter().map(share).collect());
            for (pair, difference) in counters.iter().zip(&paired.differences) {
                let share = |side: usize| {
                    let hits = pair[side].hits(&paired.tallies[side]);
                    paired.batches().share(hits).1
                };
                if difference.is_seen() {
                    alone += (share(0).powi(2) + share(1).powi(2)) / RUNS as f64;
                }
            }
        }
        let (mut variances, mut stated, mut count) = (0.0, 0.0, 0);
        for place in 0..counters.len() {
            let shares: Vec<f64> = runs.iter().map(|run| run[place].0).collect();
            let mean = shares.iter().sum::<f64>() / RUNS as f64;
            let variance = shares
                .iter()
                .map(|share| (share - mean).powi(2))
                .sum::<f64>()
                / (RUNS - 1) as f64;
            // Rare differences have errors that are themselves rough, and weigh nothing.
            variances += variance;
            stated += runs.iter().map(|run| run[place].1.powi(2)).sum::<f64>() / RUNS as f64;
            count += u64::from(variance > 0.0);
        }
        println!(
            "{name}: {count} differences, variance over stated {:.3}, stated over that of two runs apart {:.3}",
            variances / stated,
            stated / alone
        );
        assert!(
            (variances / stated - 1.0).abs() < 0.15,
            "{name}: {}",
            variances / stated
        );
        assert!(stated < 0.8 * alone, "{name}: pairing gains nothing");
    }
}

/// Four goalless teams: each of the 24 orders equally often. Error probability 1 in 10,000.
#[test]
fn lots_put_level_teams_in_every_order_equally_often() {
    let edition = Edition::open("caf-confederation-cup-2007").unwrap();
    let snapshot = edition.as_of(When::Start).unwrap();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let goalless: Vec<_> = snapshot
        .fixtures(0, 0)
        .map(|listed| {
            let name = |team| snapshot.edition().teams.name(team);
            let text = format!(
                "{} 0-0 {}",
                name(listed.fixture.home),
                name(listed.fixture.away)
            );
            SetResult::parse(&text, &snapshot).unwrap()
        })
        .collect();
    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &goalless).unwrap();
    let mut block = Block::new(&plan, 4);
    let mut orders: HashMap<Vec<usize>, f64> = HashMap::new();
    for number in 0..200 {
        let played = &block.play(number)[0];
        for lane in 0..LANES {
            *orders
                .entry((0..4).map(|team| played.rank(team, lane)).collect())
                .or_default() += 1.0;
        }
    }
    assert_eq!(orders.len(), 24);
    let expected = (200 * LANES) as f64 / 24.0;
    let statistic: f64 = orders
        .values()
        .map(|count| (count - expected).powi(2) / expected)
        .sum();
    let p = ChiSquared::new(23.0).unwrap().sf(statistic);
    println!("chi-square {statistic:.1} on 23 degrees, p = {p:.3}");
    assert!(p > 1e-4, "chi-square {statistic}, p = {p}");
}
