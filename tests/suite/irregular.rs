//! What does not go as planned: deductions, awards, abandoned and annulled matches, withdrawals.

use matchday::edition::{Edition, Snapshot};
use matchday::fit::{Fit, Prior};
use matchday::fixture::Scoreline;
use matchday::model::{GoalModel, Strengths};
use matchday::project::Projection;
use matchday::simulate::{Plan, Sampler, simulate};
use matchday::standings::Scope;

use crate::scenario::*;

/// The scenario's edition at a point in time.
fn cut(scenario: &Scenario, when: &str) -> Snapshot {
    let path = scenario.path("");
    let edition = Edition::open(path.to_str().unwrap()).unwrap();
    edition.as_of(when.parse().unwrap()).unwrap()
}

/// Name, points and goals of every team of group A, best first: `Ashford 7 5:2`.
fn group_a(snapshot: &Snapshot) -> Vec<String> {
    let table = snapshot.table(0, 0).unwrap();
    let members = snapshot.members(0, 0).unwrap();
    let standings = snapshot.standings(0, 0).unwrap();
    let row = |team: u8| {
        let totals = table.totals(team, Scope::All);
        let name = snapshot.edition().teams.name(members[usize::from(team)]);
        let points = table.points(team);
        format!(
            "{name} {points} {}:{}",
            totals.goals_for, totals.goals_against
        )
    };
    standings.teams().map(row).collect()
}

fn fitted(snapshot: &Snapshot) -> Fit {
    Fit::of(snapshot, &Prior::default()).unwrap()
}

#[test]
fn a_deduction_counts_from_the_day_it_was_known_and_the_last_one_known_counts() {
    let values = "value,team,known,amount\n\
                  deduction,Ashford,2025-03-16,6\n\
                  deduction,Ashford,2025-03-23,2\n";
    let scenario = Scenario::new().write("values.csv", values);
    for (when, first) in [
        ("2025-03-15", "Ashford 4 3:2"),
        ("2025-03-16", "Bexley 3 4:4"),
        ("2025-03-22", "Bexley 3 4:6"),
        ("2025-03-23", "Ashford 5 5:2"),
    ] {
        assert_eq!(group_a(&cut(&scenario, when))[0], first, "{when}");
    }
    let snapshot = cut(&scenario, "2025-03-22");
    let fit = fitted(&snapshot);
    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
    let tally = simulate(&plan, 1, 2_000, |_| {}).unwrap();
    let projection = Projection::new(&snapshot, &plan, &tally);
    let ashford = |team: &&matchday::project::TeamProjection| {
        snapshot.edition().teams.name(team.team) == "Ashford"
    };
    let ashford = projection.groups[0].teams.iter().find(ashford).unwrap();
    let seasons = &ashford.points.as_ref().unwrap().seasons;
    // One match is left: 1 point so far, and 0, 1 or 3 more.
    assert_eq!(ashford.points_now, 1.0);
    assert_eq!(
        seasons.iter().map(|row| row.0).collect::<Vec<_>>(),
        [1, 2, 4]
    );
}

#[test]
fn a_deduction_leaves_the_mini_league_alone() {
    // Ashford and Calder drew their only match so far; level on points after the deduction, the matches
    // between them still say so.
    let values = "value,team,known,amount\ndeduction,Ashford,2025-03-08,3\n";
    let snapshot = cut(&Scenario::new().write("values.csv", values), "2025-03-08");
    let standings = snapshot.standings(0, 0).unwrap();
    let reasons: Vec<String> = standings.order.iter().map(|row| row.reason()).collect();
    assert!(
        reasons
            .iter()
            .any(|reason| reason.contains("head-to-head points 1–1")),
        "{reasons:?}"
    );
}

const AWARD: &str = "groups,A,3,2025-03-15,Bexley,Calder,3,2,played,,";

#[test]
fn an_award_after_play_shows_the_pitch_until_it_is_decided_and_the_fit_sees_the_pitch() {
    let awarded = MATCHES.replace(AWARD, "groups,A,3,2025-03-15,Bexley,Calder,0,3,awarded,,");
    let awarded = with_column(&awarded, "on_pitch", &[(6, "3-2")]);
    let awarded = with_column(&awarded, "decided", &[(6, "2025-03-20")]);
    let scenario = Scenario::new().write("matches.csv", awarded);
    let plain = Scenario::new();
    for when in ["2025-03-15", "2025-03-19"] {
        assert_eq!(
            group_a(&cut(&scenario, when)),
            group_a(&cut(&plain, when)),
            "{when}"
        );
    }
    let (snapshot, other) = (cut(&scenario, "2025-03-20"), cut(&plain, "2025-03-20"));
    assert_eq!(group_a(&snapshot)[0], "Calder 4 4:1");
    assert_eq!(group_a(&other)[1], "Bexley 3 4:4");
    assert_eq!(
        fitted(&snapshot).model.estimate(),
        fitted(&other).model.estimate()
    );
}

#[test]
fn an_abandoned_match_does_not_count_yet_and_goes_on_from_where_it_stopped() {
    let abandoned = MATCHES.replace(AWARD, "groups,A,3,2025-03-15,Bexley,Calder,,,abandoned,,");
    let abandoned = with_column(&abandoned, "on_pitch", &[(6, "2-0")]);
    let abandoned = with_column(&abandoned, "minutes", &[(6, "60")]);
    let scenario = Scenario::new().write("matches.csv", abandoned);
    let snapshot = cut(&scenario, "2025-03-22");
    assert!(group_a(&snapshot).contains(&"Bexley 0 1:4".to_owned()));
    let fit = fitted(&snapshot);
    let shares: Vec<f64> = fit.matches.iter().map(|played| played.share).collect();
    assert_eq!(
        shares.iter().filter(|&&share| share == 60.0 / 90.0).count(),
        1
    );
    assert_eq!(shares.len(), 8);

    let plan = Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).unwrap();
    let group = &plan.groups[0];
    let open = group
        .open
        .iter()
        .position(|open| open.broken_off.is_some())
        .unwrap();
    let pairing = group.open[open].pairing.unwrap();
    // Half an hour more, from 2–0: exactly the seasons' own probabilities.
    let rest = fit
        .model
        .grid_of_share(fit.model.estimate(), pairing, 30.0 / 90.0);
    let exact = Sampler::new(&rest).probabilities();
    const BLOCKS: u64 = 400;
    let mut block = matchday::simulate::Block::new(&plan, 5);
    let mut seen = [0.0; 256];
    for number in 0..BLOCKS {
        let played = &block.play(number)[0];
        for lane in 0..matchday::simulate::LANES {
            let score = played.scoreline(open, lane);
            assert!(score.home >= 2);
            seen[usize::from(score.home - 2) * 16 + usize::from(score.away)] += 1.0;
        }
    }
    let seasons = (BLOCKS * matchday::simulate::LANES as u64) as f64;
    for (seen, exact) in seen.iter().zip(exact).filter(|(_, exact)| *exact > 1e-4) {
        // Five standard errors: a false alarm in about 1.7 million a cell.
        let error = 5.0 * f64::sqrt(exact * (1.0 - exact) / seasons);
        assert!(
            (seen / seasons - exact).abs() < error,
            "{} {exact}",
            seen / seasons
        );
    }
    // What `project` shows is the final score.
    let grid = plan.grid_of(&group.open[open]).unwrap();
    assert_eq!(grid.probability(0, 0), 0.0);
    assert!((grid.probability(2, 0) - rest.probability(0, 0)).abs() < 1e-12);
}

#[test]
fn a_resumed_match_is_open_until_the_day_it_was_finished() {
    let resumed = with_column(MATCHES, "on_pitch", &[(6, "2-0")]);
    let resumed = with_column(&resumed, "minutes", &[(6, "60")]);
    let resumed = with_column(&resumed, "decided", &[(6, "2025-03-18")]);
    let scenario = Scenario::new().write("matches.csv", resumed);
    assert!(group_a(&cut(&scenario, "2025-03-17")).contains(&"Bexley 0 1:2".to_owned()));
    assert!(group_a(&cut(&scenario, "2025-03-18")).contains(&"Bexley 3 4:4".to_owned()));
    let played = cut(&scenario, "2025-03-18");
    assert!(
        fitted(&played)
            .matches
            .iter()
            .all(|played| played.share == 1.0)
    );
}

#[test]
fn an_annulled_match_is_played_again() {
    let again = MATCHES.replace(AWARD, "groups,A,3,2025-03-15,Bexley,Calder,,,annulled,,");
    let again = with_column(&again, "on_pitch", &[(6, "3-2")]);
    let again = with_column(&again, "decided", &[(6, "2025-03-17")]);
    let again = again + "groups,A,3,2025-03-25,Bexley,Calder,1,1,played,,,,\n";
    let scenario = Scenario::new().write("matches.csv", &again);
    for (when, bexley) in [
        ("2025-03-16", "Bexley 3 4:4"),
        ("2025-03-17", "Bexley 0 1:2"),
        ("2025-03-25", "Bexley 1 2:5"),
    ] {
        assert!(
            group_a(&cut(&scenario, when)).contains(&bexley.to_owned()),
            "{when}: {:?}",
            group_a(&cut(&scenario, when))
        );
    }
    // Both were played, so both teach.
    assert_eq!(fitted(&cut(&scenario, "2025-03-25")).matches.len(), 9);
    // Without the match that takes its place the group lacks one.
    let missing = again
        .lines()
        .take(13)
        .map(|line| format!("{line}\n"))
        .collect::<String>();
    Scenario::new().write("matches.csv", missing).refused(
        &CHECK,
        "matches.csv: | Group A has 5 of its 6 fixtures | Bexley v Calder",
    );
}

/// The edition with Calder gone after the fourth matchday.
fn gone(policy: &str) -> Scenario {
    let withdrawal = format!(
        "[[withdrawal]]\nteam = \"Calder\"\nstage = \"groups\"\ndate = 2025-03-24\npolicy = \"{policy}\"\n\n\
         [[stage]]\nid = \"groups\""
    );
    Scenario::new().replace("edition.toml", "[[stage]]\nid = \"groups\"", &withdrawal)
}

/// Played so far: Ashford 2-1 Bexley, Calder 1-1 Ashford, Bexley 3-2 Calder, Bexley 0-2 Ashford; Calder
/// still has to go to Ashford and to receive Bexley.
#[test]
fn a_team_that_leaves_is_annulled_or_loses_or_is_averaged() {
    for policy in ["annul", "award", "average"] {
        let before = cut(&gone(policy), "2025-03-23");
        assert_eq!(
            group_a(&before),
            ["Ashford 7 5:2", "Bexley 3 4:6", "Calder 1 3:4"]
        );
    }
    let annulled = cut(&gone("annul"), "2025-03-24");
    assert_eq!(
        group_a(&annulled),
        ["Ashford 6 4:1", "Bexley 0 1:4", "Calder 0 0:0"]
    );
    let awarded = cut(&gone("award"), "2025-03-24");
    assert_eq!(
        group_a(&awarded),
        ["Ashford 10 8:2", "Bexley 6 7:6", "Calder 1 3:10"]
    );
    // Home matches of the group gave 3 + 1 + 3 + 0 points in four, away matches 0 + 1 + 0 + 3: Ashford
    // misses one at home, Bexley one away.
    let averaged = cut(&gone("average"), "2025-03-24");
    assert_eq!(
        group_a(&averaged),
        ["Ashford 8.75 5:2", "Bexley 4 4:6", "Calder 1 3:4"]
    );
    for (snapshot, matches) in [(&annulled, 8), (&awarded, 8), (&averaged, 8)] {
        assert!(snapshot.is_complete(0, 0));
        assert_eq!(
            fitted(snapshot).matches.len(),
            matches,
            "what was played still teaches"
        );
        let fit = fitted(snapshot);
        let plan = Plan::new(snapshot, &fit.model, Strengths::Posterior, &[]).unwrap();
        let tally = simulate(&plan, 1, 1_000, |_| {}).unwrap();
        assert_eq!(
            tally.groups[0].positions.hits(2, 2).seasons,
            1_000,
            "Calder come last"
        );
    }
}

#[test]
fn a_rulebook_says_what_becomes_of_matches_unless_the_edition_does() {
    let scenario = gone("annul").replace("edition.toml", "policy = \"annul\"\n", "");
    assert_eq!(group_a(&cut(&scenario, "2025-03-24"))[2], "Calder 1 3:10");
    let annul = scenario.replace(
        "county.toml",
        "points = {",
        "withdrawal = \"annul\"\npoints = {",
    );
    assert_eq!(group_a(&cut(&annul, "2025-03-24"))[2], "Calder 0 0:0");
}

#[test]
fn an_annulled_team_comes_last_whatever_its_points() {
    // Bexley have three points less than none.
    let values = "value,team,known,amount\ndeduction,Bexley,2025-03-23,3\n";
    let snapshot = cut(&gone("annul").write("values.csv", values), "2025-03-24");
    assert_eq!(
        group_a(&snapshot),
        ["Ashford 6 4:1", "Bexley -3 1:4", "Calder 0 0:0"]
    );
}

#[test]
fn irregular_rows_that_contradict_themselves_are_refused() {
    let row = |text: &str| MATCHES.replace(AWARD, text);
    let extended = |text: &str, on_pitch: &str, minutes: &str, decided: &str| {
        let text = with_column(&row(text), "on_pitch", &[(6, on_pitch)]);
        let text = with_column(&text, "minutes", &[(6, minutes)]);
        with_column(&text, "decided", &[(6, decided)])
    };
    let played = "groups,A,3,2025-03-15,Bexley,Calder,3,2,played,,";
    let awarded = "groups,A,3,2025-03-15,Bexley,Calder,0,3,awarded,,";
    let abandoned = "groups,A,3,2025-03-15,Bexley,Calder,,,abandoned,,";
    let scored = "groups,A,3,2025-03-15,Bexley,Calder,1,0,abandoned,,";
    for (text, on_pitch, minutes, decided, words) in [
        (
            played,
            "2-0",
            "60",
            "",
            "the final score was known | `decided`",
        ),
        (
            awarded,
            "3-2",
            "",
            "",
            "the official score was known | `decided`",
        ),
        (
            played,
            "",
            "60",
            "",
            "minutes `60` | nothing without `on_pitch`",
        ),
        (
            awarded,
            "3-2",
            "91",
            "2025-03-20",
            "minutes `91` | from 1 to 90",
        ),
        (
            awarded,
            "3:2:1",
            "",
            "2025-03-20",
            "on_pitch `3:2:1` | a pair such as",
        ),
        (
            abandoned,
            "",
            "",
            "",
            "without what was played | `on_pitch`",
        ),
        (
            abandoned,
            "1-0",
            "",
            "",
            "abandoned match of 90 minutes | `minutes`",
        ),
        (
            scored,
            "1-0",
            "60",
            "",
            "status `abandoned` with a score | `on_pitch`",
        ),
        (
            abandoned,
            "1-0",
            "60",
            "2025-03-20",
            "decided `2025-03-20` | nothing, unless",
        ),
    ] {
        let matches = extended(text, on_pitch, minutes, decided);
        let words = format!("matches.csv:6: | {words}");
        Scenario::new()
            .write("matches.csv", matches)
            .refused(&CHECK, &words);
    }
    for (from, to, words) in [
        (
            "team = \"Calder\"",
            "team = \"Calda\"",
            "unknown team `Calda` | `Calder`",
        ),
        (
            "stage = \"groups\"",
            "stage = \"group\"",
            "stage `group` is unknown | did you mean `groups`?",
        ),
        (
            "stage = \"groups\"",
            "stage = \"final\"",
            "withdrawal from a tie | awarded matches",
        ),
        ("policy = \"annul\"", "policy = \"forget\"", "annul"),
    ] {
        gone("annul")
            .replace("edition.toml", from, to)
            .refused(&CHECK, words);
    }
    let values = "value,team,known,amount,stage\ndeduction,Ashford,2025-03-16,6,league\n";
    Scenario::new().write("values.csv", values).refused(
        &CHECK,
        "values.csv:2: | stage `league` is unknown | groups, final",
    );
}

#[test]
fn a_score_over_ninety_minutes_is_what_a_table_counts() {
    // Extra time decides a tie and is no goal of the match.
    let snapshot = cut(&Scenario::finished(), "2025-04-12");
    let table = snapshot.table(1, 0).unwrap();
    assert_eq!(table.totals(0, Scope::All).goals_for, 1);
    let score = snapshot
        .fixtures(1, 0)
        .next()
        .unwrap()
        .fixture
        .score
        .unwrap();
    assert_eq!(score.goals, Scoreline::new(1, 1));
}
