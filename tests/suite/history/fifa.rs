//! The World Cup. Scores: openfootball, worldcup and worldcup.json.

use matchday::standings::External;

use super::{Case, Group, Rules, case};

// World Cup 1994, Groups D, E and F.
pub const WORLD_CUP_1994_D: &str =
    "ARG 4-0 GRE, NGA 3-0 BUL, ARG 2-1 NGA, GRE 0-4 BUL, GRE 0-2 NGA, ARG 0-2 BUL";
const WORLD_CUP_1994_E: &str =
    "ITA 0-1 IRL, NOR 1-0 MEX, ITA 1-0 NOR, MEX 2-1 IRL, IRL 0-0 NOR, ITA 1-1 MEX";
const WORLD_CUP_1994_F: &str =
    "BEL 1-0 MAR, NED 2-1 KSA, BEL 1-0 NED, KSA 2-1 MAR, MAR 1-2 NED, BEL 0-1 KSA";
const WORLD_CUP_2002_G: &str =
    "CRO 0-1 MEX, ITA 2-0 ECU, ITA 1-2 CRO, MEX 2-1 ECU, MEX 1-1 ITA, ECU 1-0 CRO";
const WORLD_CUP_2018_H: &str =
    "COL 1-2 JPN, POL 1-2 SEN, JPN 2-2 SEN, POL 0-3 COL, JPN 0-1 POL, SEN 0-1 COL";

/// The list of 1994, as its final tables show, was that of 1998 to 2014.
fn in_1994_and_2026(matches: &str, order: &str) {
    case("world-cup-1998", "groups", matches)
        .is(order)
        .rests_on("head-to-head");
    case("world-cup-2026", "groups", matches)
        .is(order)
        .rests_on("subset");
}

#[test]
fn bulgaria_finish_above_argentina_for_beating_them() {
    in_1994_and_2026(WORLD_CUP_1994_D, "NGA BUL ARG GRE");
}

#[test]
fn four_teams_on_four_points_and_goal_difference_nil_are_all_separated() {
    in_1994_and_2026(WORLD_CUP_1994_E, "MEX IRL ITA NOR");
}

#[test]
fn the_netherlands_win_the_group_for_beating_saudi_arabia() {
    in_1994_and_2026(WORLD_CUP_1994_F, "NED KSA BEL MAR");
}

#[test]
fn ecuador_would_finish_above_croatia_had_their_match_come_before_goal_difference() {
    case("world-cup-1998", "groups", WORLD_CUP_2002_G)
        .is("MEX ITA CRO ECU")
        .rests_on("goal difference")
        .rests_on_order("goal difference", "head-to-head points");
    case("world-cup-2026", "groups", WORLD_CUP_2002_G)
        .is("MEX ITA ECU CRO")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn without_a_second_look_at_the_rest_the_groups_of_1994_stay_open() {
    for (matches, open) in [
        (WORLD_CUP_1994_D, "NGA ARG=BUL GRE"),
        (WORLD_CUP_1994_E, "MEX IRL=ITA NOR"),
        (WORLD_CUP_1994_F, "KSA=NED BEL MAR"),
    ] {
        let group = case("world-cup-2026", "groups", matches);
        let never = group.changed(|rules| rules.without("subset")).is(open);
        assert_eq!(never.needs(), ["needs disciplinary points"]);
        let pair = group.changed(|rules| rules.again("pair"));
        pair.is(&group.group.order(&group.rules));
    }
}

#[test]
fn the_reason_tells_of_the_table_of_three_and_then_of_the_table_of_two() {
    let group = case("world-cup-2026", "groups", WORLD_CUP_1994_D);
    assert_eq!(
        group.reason("BUL"),
        "tied on 6: head-to-head points 3–3, goal difference +2 v −1"
    );
    assert_eq!(
        group.reason("ARG"),
        "tied on 6: head-to-head points 3–3, goal difference −1 each, goals 2–2; \
         head-to-head points 3 v 0"
    );
}

#[test]
fn japan_and_senegal_are_level_until_their_cards_are_known() {
    // Cards: the press of 28 June 2018.
    let group = case("world-cup-2018", "groups", WORLD_CUP_2018_H).is("COL JPN=SEN POL");
    assert_eq!(group.needs(), ["needs disciplinary points"]);

    let cards = [("JPN", 4), ("SEN", 6)];
    for one in cards {
        group
            .knowing(|group| group.with(External::DisciplinaryPoints, &[one]))
            .is("COL JPN=SEN POL");
    }
    let known = group
        .knowing(|group| group.with(External::DisciplinaryPoints, &cards))
        .is("COL JPN SEN POL")
        .rests_on("disciplinary points");
    assert_eq!(
        known.reason("SEN"),
        "tied on 4: goal difference 0–0, goals 4–4; \
         head-to-head points 1–1, goal difference 0–0, goals 2–2; disciplinary points 4 v 6"
    );
    // Until 2014 lots would have been drawn.
    assert_eq!(
        group.under("world-cup-1998", "groups").needs(),
        ["needs lots"]
    );
}

#[test]
fn ghana_and_ecuador_are_level_among_the_thirds_of_2026() {
    let records = "URU 0-2-1 3:4, COD 1-1-1 4:3, SCO 1-0-2 1:4, SWE 1-1-1 7:7, IRN 0-3-0 3:3,
        GHA 1-1-1 2:2, ECU 1-1-1 2:2, KOR 1-0-2 2:3, BIH 1-1-1 5:6, ALG 1-1-1 5:7, PAR 1-1-1 2:4,
        SEN 1-0-2 8:6";
    let rules = Rules::of("world-cup-2026", "thirds");
    let group = Case::new(Group::of("").records(records), rules)
        .is("COD SWE ECU=GHA BIH ALG PAR SEN IRN KOR SCO URU")
        .rests_on("goals")
        .rests_on_order("goal difference", "goals");
    assert_eq!(group.needs(), ["needs disciplinary points"]);
}

#[test]
fn a_match_of_the_knockout_stage_goes_to_extra_time_and_kicks() {
    // World Cup 2022, final; the others are decided alike.
    for edition in ["world-cup-1998", "world-cup-2018", "world-cup-2026"] {
        case(edition, "ties", "ARG 2-2 FRA aet 1-1 pens 4-2")
            .is("ARG FRA")
            .rests_on("penalties");
        case(edition, "ties", "FRA 0-0 PAR aet 1-0")
            .is("FRA PAR")
            .rests_on("extra time");
        case(edition, "ties", "FRA 4-2 CRO").is("FRA CRO");
    }
}

#[test]
fn sweden_leave_the_netherlands_out_on_goal_difference() {
    // Qualifiers for 2018, Group A: martj42, international results. The list is that of 2014, which
    // gives the places as they were.
    let group = Group::of("SWE 1-1 NED, NED 2-0 SWE").records("SWE 6-1-3 26:9, NED 6-1-3 21:12");
    let group = Case::new(group, Rules::of("world-cup-qualifiers-2014", "groups")).is("SWE NED");
    let meetings_first = |rules: &Rules| {
        let behind = rules.moved_behind("goals", "head-to-head");
        behind.moved_behind("goal difference", "head-to-head")
    };
    group.changed(meetings_first).is("NED SWE");
}

#[test]
fn goals_away_count_between_two_qualifiers_alone() {
    // Made up.
    let two = "A 1-1 B, B 0-0 A";
    let rules = Rules::of("world-cup-qualifiers-2014", "groups");
    Case::new(Group::of(two), rules.clone())
        .is("B A")
        .rests_on("head-to-head away goals");
    let three = format!("{two}, A 1-1 C, C 0-0 A, B 1-1 C, C 0-0 B");
    Case::new(Group::of(&three), rules)
        .is("A=B=C")
        .rests_on_key("head-to-head away goals", "teams");
}
