//! Records carried on: rankings across groups, split seasons, halved points; and who is better placed.

use matchday::edition::{Edition, Snapshot, When};
use matchday::fit::{Fit, Settings};
use matchday::fixture::Venue;
use matchday::model::{EXTRA_TIME, GoalModel, Pairing, Strengths};
use matchday::simulate::{Block, LANES, Plan, Sampler, simulate};
use matchday::standings::{Scope, TeamSet};
use matchday::team::TeamId;
use tempfile::TempDir;

/// An edition of these files.
fn open(edition: &str, rulebook: &str, teams: &str, matches: &str) -> (TempDir, Edition) {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [
        ("edition.toml", edition),
        ("rules.toml", rulebook),
        ("teams.csv", teams),
        ("matches.csv", matches),
    ] {
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    let edition = Edition::open(folder.path().to_str().unwrap()).unwrap();
    (folder, edition)
}

const RULES: &str = r#"name = "Rules"
source = "made up"
points = { win = 3, draw = 1 }
[order]
table = [
  { by = "points", cite = "-" },
  { by = "rounding", cite = "-" },
  { by = "goal difference", cite = "-" },
  { by = "goals", cite = "-" },
  { by = "lots", cite = "-" },
]
ties = [
  { by = "aggregate", cite = "-" },
  { play = "extra time", cite = "-" },
  { play = "penalties", cite = "-" },
]
"#;

const TEAMS: &str = "name\nA\nB\nC\nD\n";

/// Played to the end: A 18 points, B 10, C 5, D 1; B and C have an odd number, so do D.
const LEAGUE: &str = "\
stage,group,matchday,date,home,away,home_goals,away_goals,status
league,1,1,2025-01-01,A,B,2,0,played
league,1,1,2025-01-01,C,D,1,0,played
league,1,2,2025-01-02,B,C,1,1,played
league,1,2,2025-01-02,D,A,0,3,played
league,1,3,2025-01-03,A,C,1,0,played
league,1,3,2025-01-03,B,D,2,1,played
league,1,4,2025-01-04,B,A,0,1,played
league,1,4,2025-01-04,D,C,2,2,played
league,1,5,2025-01-05,C,B,0,2,played
league,1,5,2025-01-05,A,D,1,0,played
league,1,6,2025-01-06,C,A,0,4,played
league,1,6,2025-01-06,D,B,0,1,played
";

/// A league and what it carries into a stage of its first three.
fn split(carry: &str, legs: u32) -> String {
    format!(
        "name = \"Split\"\nrulebook = \"rules\"\n\
         outcomes = [{{ name = \"champion\", places = \"split/1/1\" }}]\n\
         [[stage]]\nid = \"league\"\nname = \"League\"\norder = \"table\"\nlegs = 2\n\
         groups = [{{ id = \"1\", entrants = [\"A\", \"B\", \"C\", \"D\"] }}]\n\
         [[stage]]\nid = \"split\"\nname = \"Split\"\norder = \"table\"\nlegs = {legs}\ncarry = {carry}\n\
         groups = [{{ id = \"1\", entrants = [\"league/1/1..3\"] }}]\n"
    )
}

/// Name, points, matches and goals of every team of a stage, best first.
fn rows(snapshot: &Snapshot, stage: usize) -> Vec<String> {
    let table = snapshot.table(stage, 0).unwrap();
    let members = snapshot.members(stage, 0).unwrap();
    let standings = snapshot.standings(stage, 0).unwrap();
    let row = |team: u8| {
        let totals = table.totals(team, Scope::All);
        let name = snapshot.edition().teams.name(members[usize::from(team)]);
        let (points, played) = (table.points(team), totals.played());
        format!(
            "{name} {points} {played} {}:{}",
            totals.goals_for, totals.goals_against
        )
    };
    standings.teams().map(row).collect()
}

#[test]
fn a_split_season_carries_what_it_says() {
    for (carry, expected) in [
        // D 1: B had 2-1 and 1-0, A 3-0 and 1-0, C 1-0 and 2-2 against it.
        (
            "{ from = \"league\" }",
            ["A 18 6 12:0", "B 10 6 6:5", "C 5 6 4:10"],
        ),
        (
            "{ from = \"league\", matches = \"among entrants\" }",
            ["A 12 4 8:0", "B 4 4 3:4", "C 1 4 1:8"],
        ),
        (
            "{ from = \"league\", points = \"half, rounded down\" }",
            ["A 9 6 12:0", "B 5 6 6:5", "C 2 6 4:10"],
        ),
        (
            "{ from = \"league\", points = \"half, rounded up\" }",
            ["A 9 6 12:0", "B 5 6 6:5", "C 3 6 4:10"],
        ),
        (
            "{ from = \"league\", points = \"half, rounded up\", goals = false }",
            ["A 9 6 0:0", "B 5 6 0:0", "C 3 6 0:0"],
        ),
    ] {
        let (_folder, edition) = open(&split(carry, 1), RULES, TEAMS, LEAGUE);
        let snapshot = edition.as_of(When::Now).unwrap();
        assert_eq!(rows(&snapshot, 1), expected, "{carry}");
    }
}

#[test]
fn what_is_played_after_the_split_is_never_halved() {
    let matches = format!(
        "{LEAGUE}split,1,1,2025-02-01,B,C,1,0,played\n\
         split,1,2,2025-02-02,A,B,,,\nsplit,1,3,2025-02-03,C,A,,,\n"
    );
    let carry = "{ from = \"league\", points = \"half, rounded down\" }";
    let (_folder, edition) = open(&split(carry, 1), RULES, TEAMS, &matches);
    let snapshot = edition.as_of(When::Now).unwrap();
    assert_eq!(
        rows(&snapshot, 1),
        ["A 9 6 12:0", "B 8 7 7:5", "C 2 7 4:11"]
    );
    // Both meetings before the split and the one after it are between the same two.
    let between = Scope::Between(TeamSet::of(&[1, 2]));
    let totals = snapshot.table(1, 0).unwrap().totals(1, between);
    assert_eq!(
        (totals.played(), totals.goals_for, totals.goals_against),
        (3, 4, 1)
    );
}

#[test]
fn whose_points_were_rounded_down_stands_above_whose_were_not() {
    // C has 2½ and gets 2; after a win for each over nobody else's points B 5, C 2: make them level.
    let league = LEAGUE
        .replace("C,D,1,0,played", "C,D,0,0,played")
        .replace("C,B,0,2,played", "C,B,0,0,played");
    // A 18; B 1 + 3 + 1 + 3 = 8, C 1 + 1 + 1 + 1 = 4, D 1 + 1 = 2.
    let (_folder, edition) = open(
        &split("{ from = \"league\", points = \"half, rounded down\" }", 1),
        RULES,
        TEAMS,
        &league,
    );
    assert_eq!(
        rows(&edition.as_of(When::Now).unwrap(), 1),
        ["A 9 6 12:0", "B 4 6 4:5", "C 2 6 3:8"]
    );
    // C drew once more and lost once less: 5 points, 2½ before rounding, level with a team on 4.
    let league = league.replace("B,C,1,1,played", "B,C,1,2,played");
    let (_folder, edition) = open(
        &split("{ from = \"league\", points = \"half, rounded down\" }", 1),
        RULES,
        TEAMS,
        &league,
    );
    let snapshot = edition.as_of(When::Now).unwrap();
    // B 7 → 3, C 6 → 3: B's half point was taken away, so B stands first, though no goals say so.
    assert_eq!(rows(&snapshot, 1), ["A 9 6 12:0", "B 3 6 4:6", "C 3 6 4:8"]);
    let reason = snapshot.standings(1, 0).unwrap().order[2].reason();
    assert_eq!(reason, "tied on 3: rounding +0.5 v +0.0");
}

/// Every lane: what the kernel ranks after a split is what the table of that lane says.
#[test]
fn simulated_split_seasons_rank_what_they_carry() {
    let unplayed: String = LEAGUE
        .lines()
        .enumerate()
        .map(|(index, line)| match index {
            7.. => {
                let cells: Vec<&str> = line.split(',').collect();
                format!("{},,,\n", cells[..6].join(","))
            }
            _ => format!("{line}\n"),
        })
        .collect();
    for carry in [
        "{ from = \"league\" }",
        "{ from = \"league\", matches = \"among entrants\" }",
        "{ from = \"league\", points = \"half, rounded down\" }",
        "{ from = \"league\", points = \"half, rounded up\", goals = false }",
    ] {
        let (_folder, edition) = open(&split(carry, 1), RULES, TEAMS, &unplayed);
        let snapshot = edition.as_of(When::Now).unwrap();
        let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
        let plan = Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
        let mut block = Block::new(&plan, 9);
        let mut checked = 0;
        for number in 0..2 {
            let played = block.play(number);
            for lane in 0..LANES {
                // The season as a file: the same scores, read and ranked like any other.
                let mut matches = String::from(
                    "stage,group,matchday,date,home,away,home_goals,away_goals,status\n",
                );
                for line in unplayed.lines().skip(1).take(6) {
                    matches += line;
                    matches += "\n";
                }
                for (index, planned) in plan.groups.iter().enumerate() {
                    for open in 0..planned.open.len() {
                        let [home, away] = played[index].sides(planned, open, lane);
                        let team = |seat: u8| {
                            let team = played[index].team(planned, seat.into(), lane);
                            edition.teams.name(team)
                        };
                        let score = played[index].scoreline(open, lane);
                        let stage = ["league", "split"][planned.stage];
                        let round = if index == 0 {
                            4
                        } else {
                            planned.open[open].matchday
                        };
                        matches += &format!(
                            "{stage},1,{round},2025-02-01,{},{},{},{},played\n",
                            team(home),
                            team(away),
                            score.home,
                            score.away
                        );
                    }
                }
                let (_folder, season) = open(&split(carry, 1), RULES, TEAMS, &matches);
                // Lots between the first three and the fourth of the league are not in the file.
                let Ok(ended) = season.as_of(When::Now) else {
                    continue;
                };
                let Some(standings) = ended.standings(1, 0) else {
                    continue;
                };
                if standings.order.iter().any(|row| row.needs.is_some()) {
                    continue;
                }
                let members = ended.members(1, 0).unwrap();
                let order: Vec<TeamId> = standings
                    .teams()
                    .map(|team| members[usize::from(team)])
                    .collect();
                let seen: Vec<TeamId> = (0..3)
                    .map(|rank| played[1].finisher(&plan.groups[1], rank, lane))
                    .collect();
                assert_eq!(seen, order, "{carry} lane {lane}");
                checked += 1;
            }
        }
        assert!(
            checked > 400,
            "{carry}: only {checked} seasons could be compared"
        );
    }
}

const RANKING: &str = r#"name = "Seconds"
rulebook = "rules"
[[stage]]
id = "groups"
name = "Groups"
order = "table"
legs = 1
groups = [
  { id = "X", entrants = ["A", "B", "C"] },
  { id = "Y", entrants = ["D", "E", "F", "G"] },
]
[[stage]]
id = "seconds"
name = "Seconds"
order = "table"
legs = 0
carry = { from = "groups", matches = "without last" }
groups = [{ id = "1", entrants = ["groups/*/2"] }]
"#;

#[test]
fn results_against_the_last_are_dropped_in_the_larger_group_alone() {
    let teams = "name\nA\nB\nC\nD\nE\nF\nG\n";
    let matches = "\
stage,group,matchday,date,home,away,home_goals,away_goals,status
groups,X,1,2025-01-01,A,B,1,0,played
groups,X,2,2025-01-02,B,C,2,0,played
groups,X,3,2025-01-03,C,A,0,1,played
groups,Y,1,2025-01-01,D,E,1,0,played
groups,Y,1,2025-01-01,F,G,1,0,played
groups,Y,2,2025-01-02,D,F,1,0,played
groups,Y,2,2025-01-02,E,G,9,0,played
groups,Y,3,2025-01-03,D,G,1,0,played
groups,Y,3,2025-01-03,E,F,1,1,played
";
    let (_folder, edition) = open(RANKING, RULES, teams, matches);
    let snapshot = edition.as_of(When::Now).unwrap();
    // E's nine goals against G, the last, do not count; B's two against C do, since X is the smallest.
    assert_eq!(rows(&snapshot, 1), ["B 3 2 2:1", "E 1 2 1:2"]);
    let whole = RANKING.replace(", matches = \"without last\"", "");
    let (_folder, edition) = open(&whole, RULES, teams, matches);
    assert_eq!(
        rows(&edition.as_of(When::Now).unwrap(), 1),
        ["E 4 3 10:2", "B 3 2 2:1"]
    );
}

/// One tie between the first and the second of a league of two, under a list of its own.
fn tie(list: &str, legs: u32, second_leg: &str) -> (TempDir, Edition) {
    let edition = format!(
        "name = \"Tie\"\nrulebook = \"rules\"\noutcomes = [{{ name = \"winner\", places = \"tie/1/1\" }}]\n\
         [[stage]]\nid = \"league\"\nname = \"League\"\norder = \"table\"\nlegs = 1\n\
         groups = [{{ id = \"1\", entrants = [\"A\", \"B\", \"C\"] }}]\n\
         [[stage]]\nid = \"tie\"\nname = \"Tie\"\norder = \"tie\"\nlegs = {legs}\nsecond_leg = \"{second_leg}\"\n\
         groups = [{{ id = \"1\", entrants = [\"league/1/1\", \"league/1/2\"] }}]\n"
    );
    let rules = RULES.replace("ties = [", &format!("tie = [{list}]\nties = ["));
    let matches = "\
stage,group,matchday,date,home,away,home_goals,away_goals,status
league,1,1,2025-01-01,A,B,3,0,played
league,1,2,2025-01-02,B,C,2,0,played
league,1,3,2025-01-03,C,A,0,1,played
";
    open(&edition, &rules, "name\nA\nB\nC\n", matches)
}

/// The share of seasons in which A, the better placed, wins the tie.
fn wins(edition: &Edition) -> (f64, Fit, [TeamId; 2]) {
    const SEASONS: u64 = 200_000;
    let snapshot = edition.as_of(When::Now).unwrap();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
    let tally = simulate(&plan, 4, SEASONS, |_| {}).unwrap();
    let [a, b] = ["A", "B"].map(|name| edition.teams.find(name).unwrap());
    let seen = tally.outcomes.hits(0, a.index()).seasons as f64 / SEASONS as f64;
    (seen, fit.clone(), [a, b])
}

/// Home win, draw and away win, exactly as seasons draw them.
fn outcomes(fit: &Fit, home: TeamId, away: TeamId, venue: Venue, share: f64) -> [f64; 3] {
    let pairing = Pairing { home, away, venue };
    let grid = fit
        .model
        .grid_of_share(fit.model.estimate(), pairing, share);
    let cells = Sampler::new(&grid).probabilities();
    let sum = |of: &dyn Fn(usize, usize) -> bool| {
        let cells = cells.iter().enumerate();
        let cells = cells.filter(|(code, _)| of(code / 16, code % 16));
        cells.map(|(_, p)| p).sum::<f64>()
    };
    [sum(&|h, a| h > a), sum(&|h, a| h == a), sum(&|h, a| h < a)]
}

fn assert_near(seen: f64, exact: f64, of: &str) {
    // Five standard errors of 200,000 seasons: a false alarm in about 1.7 million.
    let error = f64::sqrt(exact * (1.0 - exact) / 200_000.0);
    assert!(
        (seen - exact).abs() < 5.0 * error,
        "{of}: {seen} instead of {exact}"
    );
}

#[test]
fn a_level_match_is_replayed_on_the_other_ground() {
    let list = r#"{ by = "aggregate", cite = "-" }, { play = "replay", cite = "-" },
                  { play = "extra time", cite = "-" }, { play = "penalties", cite = "-" }"#;
    let (_folder, edition) = tie(list, 1, "second");
    let (seen, fit, [a, b]) = wins(&edition);
    // A sits first, so is at home; the replay is at B's, and its extra time too.
    let [win, draw, _] = outcomes(&fit, a, b, Venue::Home, 1.0);
    let [_, level, replay_win] = outcomes(&fit, b, a, Venue::Home, 1.0);
    let [_, goalless, extra_win] = outcomes(&fit, b, a, Venue::Home, EXTRA_TIME);
    let exact = win + draw * (replay_win + level * (extra_win + goalless / 2.0));
    assert_near(seen, exact, "replay");
}

#[test]
fn a_level_tie_goes_to_a_match_on_neutral_ground() {
    let list = r#"{ by = "aggregate", cite = "-" }, { play = "play-off", cite = "-" }"#;
    let (_folder, edition) = tie(list, 1, "second");
    let (seen, fit, [a, b]) = wins(&edition);
    let [win, draw, _] = outcomes(&fit, a, b, Venue::Home, 1.0);
    let [neutral, level, _] = outcomes(&fit, a, b, Venue::Neutral, 1.0);
    let [extra, goalless, _] = outcomes(&fit, a, b, Venue::Neutral, EXTRA_TIME);
    let exact = win + draw * (neutral + level * (extra + goalless / 2.0));
    assert_near(seen, exact, "play-off");
}

#[test]
fn the_better_placed_go_through_a_level_tie_and_are_at_home_last() {
    let list = r#"{ by = "aggregate", cite = "-" }, { by = "earlier place", cite = "-" }"#;
    let (_folder, edition) = tie(list, 1, "better placed");
    let (seen, fit, [a, b]) = wins(&edition);
    // One leg, and A, first of the league, sits second: B is at home.
    let [_, draw, win] = outcomes(&fit, b, a, Venue::Home, 1.0);
    assert_near(seen, win + draw, "better placed");

    let (_folder, edition) = tie(list, 1, "drawn");
    let (seen, fit, [a, b]) = wins(&edition);
    let [home_win, home_draw, _] = outcomes(&fit, a, b, Venue::Home, 1.0);
    let [_, away_draw, away_win] = outcomes(&fit, b, a, Venue::Home, 1.0);
    let exact = (home_win + home_draw + away_draw + away_win) / 2.0;
    assert_near(seen, exact, "drawn");
}

#[test]
fn away_goals_in_extra_time_count_where_the_list_says_so() {
    let list = r#"{ by = "aggregate", cite = "-" }, { play = "extra time", cite = "-" },
                  { by = "extra-time away goals", cite = "-" }, { play = "penalties", cite = "-" }"#;
    let (_folder, edition) = tie(list, 1, "second");
    let (seen, fit, [a, b]) = wins(&edition);
    let [win, draw, _] = outcomes(&fit, a, b, Venue::Home, 1.0);
    let pairing = Pairing {
        home: a,
        away: b,
        venue: Venue::Home,
    };
    let grid = fit
        .model
        .grid_of_share(fit.model.estimate(), pairing, EXTRA_TIME);
    let cells = Sampler::new(&grid).probabilities();
    let extra_win = outcomes(&fit, a, b, Venue::Home, EXTRA_TIME)[0];
    // Level with goals, the visitors go through; goalless, kicks decide.
    assert_near(
        seen,
        win + draw * (extra_win + cells[0] / 2.0),
        "extra-time away goals",
    );
}

#[test]
fn strength_tells_in_shoot_outs_only_where_asked() {
    use matchday::simulate::{Options, Shootouts};
    let list = r#"{ by = "aggregate", cite = "-" }, { play = "penalties", cite = "-" }"#;
    let (_folder, edition) = tie(list, 1, "second");
    let snapshot = edition.as_of(When::Now).unwrap();
    let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
    let [a, b] = ["A", "B"].map(|name| edition.teams.find(name).unwrap());
    let [win, draw, _] = outcomes(&fit, a, b, Venue::Home, 1.0);
    let difference = fit.model.difference(fit.model.estimate(), a, b);
    assert!(difference > 0.1, "{difference}");
    for (shootouts, chance) in [
        (Shootouts::Even, 0.5),
        (
            Shootouts::Strength,
            1.0 / (1.0 + f64::exp(-0.2 * difference)),
        ),
    ] {
        let options = Options {
            strengths: Strengths::PlugIn,
            shootouts,
            ..Options::default()
        };
        let plan = Plan::new(&snapshot, &fit.model, options, &[]).unwrap();
        let tally = simulate(&plan, 4, 200_000, |_| {}).unwrap();
        let seen = tally.outcomes.hits(0, a.index()).seasons as f64 / 200_000.0;
        assert_near(seen, win + draw * chance, &format!("{shootouts:?}"));
    }
}
