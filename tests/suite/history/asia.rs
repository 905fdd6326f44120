//! Asia. Sources are named at each case.

use matchday::standings::External;

use super::{Case, Group, Rules, case, clubs};

#[test]
fn matches_between_two_clubs_come_first() {
    // Made up: no group of 2010 with all its figures was found in which the list decides.
    let level = Group::of("A 2-0 B, B 1-0 A").records("A 3-0-3 5:6, B 3-0-3 9:5");
    Case::new(level, Rules::of("afc-2010", "groups"))
        .is("A B")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

// Made up: A and B win a match each against the other and are level in all.
const LEVEL: &str = "A 1-0 C, B 1-0 C, C 0-0 A, C 0-0 B";

#[test]
fn kicks_are_taken_only_by_two_who_are_both_on_the_field() {
    let last = format!("{LEVEL}, A 1-0 B, B 1-0 A");
    let open = case("afc-2010", "groups", &last).is("A=B C");
    assert_eq!(open.needs(), ["needs penalties"]);
    case("afc-2010", "groups", &format!("{last} pens 5-6"))
        .is("A B C")
        .rests_on("penalties");
    let earlier = format!("A 1-0 B, B 1-0 A, {LEVEL}");
    let cards = case("afc-2010", "groups", &earlier).is("A=B C");
    assert_eq!(cards.needs(), ["needs disciplinary points"]);
    cards
        .knowing(|group| group.with(External::DisciplinaryPoints, &[("A", 3), ("B", 1)]))
        .is("B A C")
        .rests_on_key("penalties", "when");
}

#[test]
fn five_clubs_on_41_points_are_ranked_by_goal_difference_and_goals_not_wins() {
    // J1 2018, 12th to 16th: goal.com/jp for places and goal difference, enpedia.rxy.jp for goals.
    let records = "YFM 12-5-17 56:56, SHO 10-11-13 38:43, TOS 10-11-13 29:34, NAG 12-5-17 52:59,
        IWA 10-11-13 35:48";
    clubs("j1", "", records)
        .is("YFM SHO TOS NAG IWA")
        .rests_on("goal difference")
        .rests_on("goals")
        .rests_on_order("goal difference", "goals");
}

#[test]
fn suwon_samsung_go_down_on_goals_scored_with_the_better_difference() {
    // K League 1 2023, 11th and 12th on 33 points: The Korea Herald, 2 December 2023; goals conceded
    // by general knowledge.
    clubs("k-league-1", "", "SFC 8-9-21 44:76, SAM 8-9-21 35:57")
        .is("SFC SAM")
        .rests_on("goals")
        .rests_on_order("goals", "goal difference");
}

#[test]
fn in_indonesia_matches_between_clubs_count_for_nothing_unless_they_separate_all() {
    // Made up: A is above B and C between the three, who stay level: back to goal difference.
    let three = "A 1-0 B, B 0-0 A, A 1-0 C, C 0-0 A, B 1-1 C, C 1-1 B";
    let seasons = "A 10-5-5 20:20, B 10-5-5 30:20, C 10-5-5 35:30";
    let group = clubs("liga-1-indonesia", three, seasons)
        .is("B C A")
        .rests_on("goal difference");
    group.changed(|rules| rules.again("subset")).is("A B C");
    // They do separate all: they stand, against goal difference.
    let apart = three.replace("B 1-1 C", "B 0-1 C");
    clubs("liga-1-indonesia", &apart, seasons)
        .is("A C B")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn a_goal_away_counts_for_nothing_in_asia_from_2023() {
    // Made up.
    let tie = case("afc-2023", "ties", "A 2-1 B, B 1-0 A").is("A=B");
    assert_eq!(tie.needs(), ["needs extra time"]);
    case("afc-2023", "ties", "A 2-1 B, B 1-0 A aet 1-1 pens 3-4")
        .is("A B")
        .rests_on("penalties");
}
