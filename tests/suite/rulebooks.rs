//! The shipped rulebooks as a whole, and the command that shows them.

use std::path::Path;

use matchday::competition::{Order, RuleList, Rulebook};
use matchday::edition::{embedded_rulebooks, open_rulebook};
use matchday::fixture::Scoreline;
use matchday::standings::{Metric, Standings, Table, Totals};
use unicode_width::UnicodeWidthStr;

use crate::scenario::*;

fn every_list() -> impl Iterator<Item = (&'static str, Order)> {
    embedded_rulebooks().flat_map(|id| {
        let rulebook = open_rulebook(id).expect("an embedded rulebook");
        let orders: Vec<Order> = rulebook.orders().cloned().collect();
        orders.into_iter().map(move |order| (id, order))
    })
}

#[test]
fn every_embedded_rulebook_reads_and_cites_every_line() {
    assert!(embedded_rulebooks().count() >= 50);
    for id in embedded_rulebooks() {
        let rulebook = open_rulebook(id).expect("an embedded rulebook");
        assert_eq!(rulebook.id, id);
        assert!(!rulebook.source.is_empty(), "{id}");
        for order in rulebook.orders() {
            for line in order.lists().flat_map(|list| &list.lines) {
                assert!(!line.cite.trim().is_empty(), "{id}: {}", line.text);
            }
        }
    }
}

#[test]
fn lists_have_the_names_that_editions_ask_for() {
    const NAMES: [&str; 9] = [
        "groups",
        "league",
        "ties",
        "thirds",
        "final",
        "overall",
        "play-offs",
        "third-place",
        "seeding",
    ];
    for (id, order) in every_list() {
        assert!(NAMES.contains(&order.id.as_str()), "{id}: {}", order.id);
    }
}

#[test]
fn no_tie_of_an_embedded_rulebook_can_end_level() {
    let is_for_ties = |order: &Order| order.last.is_for_ties();
    let mut ties = 0;
    for (id, order) in every_list().filter(|(_, order)| is_for_ties(order)) {
        assert!(order.last.always_decides(2), "{id}: {}", order.id);
        assert!(
            ["ties", "final", "third-place"].contains(&order.id.as_str()),
            "{id}"
        );
        ties += 1;
    }
    assert!(ties >= 20);
}

/// Lists of tables that can leave teams level, with what they end in. Where a regulation goes on, its
/// rulebook says what was not found.
const OPEN_ENDS: &str = "
bundesliga league: play-off, of more than two
eredivisie league: play-off for the title alone
la-liga league: play-off, of more than two
liga-1-indonesia league: disciplinary points
liga-1-romania league: head-to-head goals
libertadores-2026 groups: goal difference
ligue-1-2017 league: disciplinary points
primeira-liga league: play-off, of more than two
primeira-liga-2019 league: play-off, of more than two
super-lig league: forfeits
austria-2018 league: head-to-head goal difference
austria-2021 league: away goals
belgium-play-offs league: play-off, of more than two
belgium-play-offs play-offs: play-off, of more than two
euro-2016 groups: coefficient
euro-2016 thirds: coefficient
uefa-club-1999 groups: coefficient
uefa-club-2009 groups: coefficient
uefa-club-2015 groups: goals
uefa-club-2018 groups: coefficient
uefa-club-2021 groups: coefficient
uefa-league-phase-2024 league: coefficient
world-cup-qualifiers-2014 groups: head-to-head away goals
";

#[test]
fn a_list_ends_in_a_decision_unless_its_regulation_does_not() {
    let open = |list: &RuleList| {
        let decides = [2, 3].into_iter().all(|teams| list.always_decides(teams));
        !list.is_for_ties() && !decides
    };
    let lists = every_list().filter(|(_, order)| open(&order.last));
    let mut found: Vec<String> = lists
        .map(|(id, order)| format!("{id} {}", order.id))
        .collect();
    let known = OPEN_ENDS.lines().filter_map(|line| line.split_once(':'));
    let mut known: Vec<String> = known.map(|(list, _)| list.to_owned()).collect();
    found.sort_unstable();
    known.sort_unstable();
    assert_eq!(found, known);
}

/// The cases of `history` say which rulebook gave another order with a line left out or moved.
#[test]
fn every_embedded_rulebook_is_held_against_a_table() {
    let program = std::env::current_exe().expect("the tests");
    let history = std::process::Command::new(program)
        .args(["history::", "--nocapture"])
        .output()
        .expect("the tests run");
    let said = String::from_utf8(history.stdout).expect("text");
    assert!(history.status.success(), "{said}");
    for id in embedded_rulebooks() {
        let held = format!("a line of {id} counts\n");
        assert!(said.contains(&held), "no table rests on a line of {id}");
    }
}

#[test]
fn rules_are_shown_in_plain_words_within_80_columns() {
    let scenario = Scenario::new();
    let list = scenario.accepted(&["rules"]);
    for id in embedded_rulebooks() {
        assert!(list.contains(id), "{id}");
        let text = scenario.accepted(&["rules", id]);
        for line in list.lines().chain(text.lines()) {
            assert!(line.width() <= 80, "{id}: {line}");
        }
        let rulebook = open_rulebook(id).expect("an embedded rulebook");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = words(&text);
        assert!(shown.contains(&words(&rulebook.source)), "{id}: source");
        if let Some(reason) = &rulebook.unverified {
            assert!(shown.contains(&words(reason)), "{id}: not verified");
        }
        for order in rulebook.orders() {
            for line in order.lists().flat_map(|list| &list.lines) {
                let line = format!("{} [{}]", line.words, line.cite);
                assert!(shown.contains(&words(&line)), "{id}: {line}");
            }
        }
    }
}

#[test]
fn a_rulebook_of_ones_own_is_shown_by_its_path() {
    let scenario = Scenario::new();
    let text = scenario.accepted(&["rules", "league/county.toml"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "County Cup rules Rulebook county: 3 points for a win, 1 for a draw. Of each list the first rule \
         that separates teams decides.",
        "Rules for groups 1. more points [rule 1] 2. more points in the matches between them [rule 2]",
        "4. the head-to-head rules again, among any fewer teams still level [rule 4]",
        "Rules for ties 1. more goals in the whole tie [rule 7] 2. extra time [rule 8]",
        "Assumed, for want of a rule: a match lost by decision counts 0–3",
        "Source: made up.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    scenario.refused(
        &["rules", "uefa-club-2022"],
        "unknown rulebook `uefa-club-2022` | did you mean `uefa-club-2021` | matchday rules",
    );
    scenario.refused(
        &["rules", "league/town.toml"],
        "unknown rulebook `league/town.toml` | .toml file",
    );
    scenario.refused(&["rules", "league"], "cannot read league | not a file");
    Scenario::new()
        .replace("county.toml", "\"lots\"", "\"lot\"")
        .refused(
            &["rules", "league/county.toml"],
            "county.toml:12: | `lot` | did you mean `lots`",
        );
}

#[test]
fn a_list_that_ends_level_says_so() {
    let shown = |from: &str, to: &str| {
        let scenario = Scenario::new().replace("county.toml", from, to);
        scenario.accepted(&["rules", "league/county.toml"])
    };
    let lots = "{ by = \"lots\", cite = \"rule 6\" }";
    let silent = shown("rule 6", "rule 6a");
    assert!(!silent.contains("undecided"), "{silent}");
    let open = shown(lots, "{ by = \"goals\", cite = \"rule 6\" }");
    assert!(
        open.contains("    Teams still level after that stay undecided.\n"),
        "{open}"
    );
    let two = shown(lots, "{ play = \"play-off\", cite = \"rule 6\" }");
    assert!(
        two.contains("    Three or more teams still level after that stay undecided.\n"),
        "{two}"
    );
    let shared = shown(lots, "{ share = true, cite = \"rule 6\" }");
    assert!(!shared.contains("undecided"), "{shared}");
}

#[test]
fn withdrawals_are_shown_as_the_rulebook_has_them() {
    let shown = |keys: &str| {
        let scenario =
            Scenario::new().replace("county.toml", "\n[order]", &format!("{keys}\n[order]"));
        let text = scenario.accepted(&["rules", "league/county.toml"]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for (keys, words) in [
        (
            "withdrawal = \"annul\"",
            "0–3; a team that withdraws comes last, and none of its matches counts.",
        ),
        (
            "withdrawal = \"award\"\nforfeit = 2",
            "A match lost by decision counts 0–2; if a team withdraws its results stand",
        ),
        (
            "withdrawal = \"average\"",
            "gets the average points of all home or away matches.",
        ),
    ] {
        let text = shown(keys);
        assert!(text.contains(words), "{text}");
        assert!(!text.contains("Assumed"), "{text}");
    }
}

#[test]
fn rules_in_json_and_csv_hold_every_line() {
    let scenario = Scenario::new();
    let json = |arguments: &[&str]| -> serde_json::Value {
        let text = scenario.accepted(&[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&text).expect("JSON")
    };
    let list = json(&["rules"]);
    assert_eq!(list["manifest"]["command"], "rules");
    let rulebooks = list["rulebooks"].as_array().expect("a list");
    assert_eq!(rulebooks.len(), embedded_rulebooks().count());
    let csv = scenario.accepted(&["rules", "--format", "csv"]);
    assert_eq!(csv.lines().next(), Some("rulebook,name,lists,unverified"));
    assert_eq!(csv.lines().count(), 1 + rulebooks.len());

    let one = json(&["rules", "bundesliga"]);
    assert_eq!(one["rulebook"], "bundesliga");
    assert_eq!(
        (&one["win"], &one["draw"], &one["forfeit"]),
        (&3.into(), &1.into(), &3.into())
    );
    assert_eq!(one["withdrawal_is_assumed"], true);
    let lists = one["lists"].as_array().expect("lists");
    let kinds: Vec<_> = lists
        .iter()
        .map(|list| (list["list"].as_str(), list["interim"].as_bool()))
        .collect();
    assert_eq!(
        kinds,
        [
            (Some("league"), Some(false)),
            (Some("league"), Some(true)),
            (Some("ties"), Some(false))
        ]
    );
    assert_eq!(lists[0]["always_decides"], false);
    assert_eq!(lists[1]["always_decides"], true);
    let line = &lists[1]["lines"][3];
    assert_eq!(line["number"], 4);
    assert_eq!(
        line["rule"],
        "head-to-head goal difference, once they have played all their matches against each other"
    );
    let lines: usize = lists
        .iter()
        .filter_map(|list| list["lines"].as_array())
        .map(Vec::len)
        .sum();
    let csv = scenario.accepted(&["rules", "bundesliga", "--format", "csv"]);
    assert_eq!(
        csv.lines().next(),
        Some("rulebook,list,interim,number,rule,words,cite")
    );
    assert_eq!(csv.lines().count(), 1 + lines);
}

#[test]
fn what_is_compared_between_teams_is_what_their_matches_gave() {
    // A list of lots alone would rank without a match, which only a seeding may.
    for (_, order) in every_list().filter(|(_, order)| order.id != "seeding") {
        for list in order.lists() {
            assert!(list.metrics().any(Metric::is_earned), "{}", order.id);
        }
    }
}

/// Three clubs on 60 points: A has 8 points from the matches between them, B and C drew twice; C has
/// the better goal difference.
fn three_on_sixty_points() -> Table {
    let mut table = Table::new(3, 3, 1);
    let [win, draw] = [(1, 0), (1, 1)].map(|(home, away)| Scoreline::new(home, away));
    for (home, away, goals) in [
        (0, 1, win),
        (1, 0, draw),
        (0, 2, win),
        (2, 0, draw),
        (1, 2, draw),
        (2, 1, draw),
    ] {
        table.record(home, away, goals);
    }
    for (team, goals_for) in [(0, 20), (1, 40), (2, 50)] {
        let won = if team == 0 { 17 } else { 19 };
        table.carry(
            team,
            Totals {
                won,
                drawn: 1,
                goals_for,
                ..Totals::default()
            },
        );
        table.adjust_points(team, 60 - table.points(team) as i64);
    }
    table
}

#[test]
fn the_example_of_the_guide_does_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = std::fs::read_to_string(root.join("docs/editions.md")).expect("the guide");
    let (_, example) = guide.split_once("### An example").expect("the example");
    let (_, example) = example.split_once("```toml\n").expect("its text");
    let (text, _) = example.split_once("```").expect("its end");
    let rulebook = Rulebook::parse("example", "example.toml", text).expect("a rulebook");
    let league = rulebook.order("league").expect("the list");

    let for_the_title = league.last.rules(|_| 1);
    let open = Standings::of(&three_on_sixty_points(), &for_the_title);
    assert_eq!(open.teams().collect::<Vec<_>>(), [0, 2, 1]);
    assert_eq!(open.order[1].needs.as_deref(), Some("needs play-off"));
    let mut played = three_on_sixty_points();
    played.record_play_off(2, 0, Scoreline::new(1, 0));
    let decided = Standings::of(&played, &for_the_title);
    assert_eq!(decided.teams().collect::<Vec<_>>(), [2, 0, 1]);

    let for_fifth_place = league.last.rules(|_| 0);
    let ordered = Standings::of(&three_on_sixty_points(), &for_fifth_place);
    assert_eq!(ordered.teams().collect::<Vec<_>>(), [0, 2, 1]);
    assert!(ordered.order.iter().all(|row| row.needs.is_none()));
}

#[test]
fn the_guide_names_every_word_of_the_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = std::fs::read_to_string(root.join("docs/editions.md")).expect("the guide");
    let (_, rulebooks) = guide.split_once("## Rulebooks").expect("the part");
    for (name, _) in Metric::NAMES {
        assert!(rulebooks.contains(&format!("`{name}`")), "{name}");
    }
    let words = "subset|pair|each split|subset or nothing|all but best|all met|all known|\
                 both on the field|after last match|annul|award|average|any outcome";
    for word in words.split('|') {
        let quoted = [format!("`{word}`"), format!("\"{word}\"")];
        assert!(
            quoted.iter().any(|quoted| rulebooks.contains(quoted)),
            "{word}"
        );
    }
}
