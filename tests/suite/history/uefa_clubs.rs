//! UEFA's club competitions. Scores to 2010: engsoccerdata, champs; from then on: openfootball,
//! champions-league.

use super::{Case, Rules, case};

// Champions League 2000–01, second group stage, Groups A and C.
const SECOND_STAGE_2000_A: &str = "MUN 3-1 PAN, VAL 2-0 STU, STU 0-2 MUN, PAN 0-0 VAL, VAL 0-0 MUN,
    STU 2-0 PAN, MUN 1-1 VAL, PAN 1-2 STU, PAN 1-1 MUN, STU 0-5 VAL, MUN 3-0 STU, VAL 2-1 PAN";
const SECOND_STAGE_2000_C: &str = "SPM 4-1 ARS, BAY 1-0 OL, ARS 2-2 BAY, OL 3-0 SPM, OL 0-1 ARS,
    BAY 1-0 SPM, ARS 1-1 OL, SPM 0-3 BAY, ARS 1-0 SPM, OL 3-0 BAY, BAY 1-0 ARS, SPM 1-1 OL";
// Champions League 2002–03, second group stage, Group D.
const SECOND_STAGE_2002_D: &str = "BAS 1-3 MUN, DEP 2-2 JUV, JUV 4-0 BAS, MUN 2-0 DEP, BAS 1-0 DEP,
    MUN 2-1 JUV, DEP 1-0 BAS, JUV 0-3 MUN, MUN 1-1 BAS, JUV 3-2 DEP, BAS 2-1 JUV, DEP 2-0 MUN";

// Champions League 2012–13 E, 2013–14 F, 2015–16 E.
const GROUP_2012_E: &str = "CHE 2-2 JUV, SHK 2-0 NOR, JUV 1-1 SHK, NOR 0-4 CHE, SHK 2-1 CHE,
    NOR 1-1 JUV, CHE 3-2 SHK, JUV 4-0 NOR, JUV 3-0 CHE, NOR 2-5 SHK, SHK 0-1 JUV, CHE 6-1 NOR";
const GROUP_2013_F: &str = "OM 1-2 ARS, NAP 2-1 BVB, BVB 3-0 OM, ARS 2-0 NAP, ARS 1-2 BVB,
    OM 1-2 NAP, BVB 0-1 ARS, NAP 3-2 OM, ARS 2-0 OM, BVB 3-1 NAP, OM 1-2 BVB, NAP 2-0 ARS";
const GROUP_2015_E: &str = "ROM 1-1 BAR, LEV 4-1 BAT, BAR 2-1 LEV, BAT 3-2 ROM, BAT 0-2 BAR,
    LEV 4-4 ROM, ROM 3-2 LEV, BAR 3-0 BAT, BAT 1-1 LEV, BAR 6-1 ROM, LEV 1-1 BAR, ROM 0-0 BAT";

// Champions League 2018–19, Groups C and G.
const GROUP_2018_C: &str = "LIV 3-2 PSG, RSB 0-0 NAP, PSG 6-1 RSB, NAP 1-0 LIV, PSG 2-2 NAP,
    LIV 4-0 RSB, RSB 2-0 LIV, NAP 1-1 PSG, PSG 2-1 LIV, NAP 3-1 RSB, LIV 1-0 NAP, RSB 1-4 PSG";
const GROUP_2018_G: &str = "RMA 3-0 ROM, PLZ 2-2 CSK, CSK 1-0 RMA, ROM 5-0 PLZ, ROM 3-0 CSK,
    RMA 2-1 PLZ, CSK 1-2 ROM, PLZ 0-5 RMA, CSK 1-2 PLZ, ROM 0-2 RMA, RMA 0-3 CSK, PLZ 2-1 ROM";

// Champions League 2022–23 H, Europa League 2022–23 F, Conference League 2023–24 H.
const GROUP_2022_H: &str = "PSG 2-1 JUV, SLB 2-0 MHA, JUV 1-2 SLB, MHA 1-3 PSG, JUV 3-1 MHA,
    SLB 1-1 PSG, MHA 2-0 JUV, PSG 1-1 SLB, SLB 4-3 JUV, PSG 7-2 MHA, JUV 1-2 PSG, MHA 1-6 SLB";
const EUROPA_2022_F: &str = "LAZ 4-2 FEY, STU 1-0 FCM, FCM 5-1 LAZ, FEY 6-0 STU, STU 0-0 LAZ,
    FCM 2-2 FEY, FEY 2-2 FCM, LAZ 2-2 STU, LAZ 2-1 FCM, STU 1-0 FEY, FEY 1-0 LAZ, FCM 2-0 STU";
const CONFERENCE_2023_H: &str = "FEN 3-1 NOR, LUD 4-0 TRN, NOR 7-1 LUD, TRN 1-2 FEN, FEN 3-1 LUD,
    TRN 0-2 NOR, NOR 1-1 TRN, LUD 2-0 FEN, NOR 6-1 FEN, TRN 1-2 LUD, FEN 4-0 TRN, LUD 1-0 NOR";

// Made up: four teams on 4 points, one win, one draw and one defeat each. B, C and D are level on
// goals and away goals too, but not in the matches between the three: C 4 points, B 3, D 1.
pub const THREE_OF_FOUR: &str = "A 0-0 B, A 1-0 C, D 1-0 A, C 2-1 B, B 2-1 D, D 1-1 C";

#[test]
fn basel_finish_above_deportivo_in_a_table_of_three() {
    case("uefa-club-1999", "groups", SECOND_STAGE_2002_D)
        .is("MUN JUV BAS DEP")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn arsenal_go_through_for_beating_lyon_against_goal_difference() {
    case("uefa-club-1999", "groups", SECOND_STAGE_2000_C)
        .is("BAY ARS OL SPM")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn valencia_win_the_group_on_one_goal_at_old_trafford() {
    let group = case("uefa-club-1999", "groups", SECOND_STAGE_2000_A).is("VAL MUN STU PAN");
    assert_eq!(
        group.reason("MUN"),
        "tied on 12: head-to-head points 2–2, goal difference 0–0, away goals 1 v 0"
    );
    // Goal difference would say the same; made up: the same group with a higher win for United.
    let higher = SECOND_STAGE_2000_A.replace("MUN 3-0 STU", "MUN 6-0 STU");
    case("uefa-club-1999", "groups", &higher)
        .is("VAL MUN STU PAN")
        .rests_on("head-to-head away goals")
        .rests_on_order("head-to-head away goals", "goal difference");
}

#[test]
fn goals_between_clubs_counted_only_from_2009() {
    // Made up: all three have 6 points and goal difference nil, A and B scored more, C more away.
    let level = "A 3-0 B, B 3-0 A, A 2-1 C, C 1-0 A, B 2-1 C, C 1-0 B";
    case("uefa-club-1999", "groups", level)
        .is("C A=B")
        .rests_on("head-to-head away goals");
    case("uefa-club-2009", "groups", level)
        .is("A=B C")
        .rests_on_order("head-to-head goals", "head-to-head away goals");
}

#[test]
fn the_holders_go_out_on_away_goals_between_two_clubs() {
    let group = case("uefa-club-2009", "groups", GROUP_2012_E)
        .is("JUV SHK CHE NOR")
        .rests_on("head-to-head away goals")
        .rests_on_order("head-to-head away goals", "goal difference");
    assert_eq!(
        group.reason("CHE"),
        "tied on 10: head-to-head points 3–3, goal difference 0–0, goals 4–4, away goals 2 v 1"
    );
    group
        .under("uefa-club-2021", "groups")
        .is("JUV CHE SHK NOR");
}

#[test]
fn napoli_go_out_with_twelve_points_in_a_table_of_three() {
    case("uefa-club-2009", "groups", GROUP_2013_F)
        .is("BVB ARS NAP OM")
        .rests_on_order("head-to-head goal difference", "head-to-head away goals");
}

#[test]
fn roma_go_through_with_five_goals_conceded_more_than_scored() {
    case("uefa-club-2015", "groups", GROUP_2015_E)
        .is("BAR ROM LEV BAT")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn what_followed_goals_from_2015_to_2018_is_left_open() {
    let group = case("uefa-club-2015", "groups", GROUP_2022_H).is("PSG=SLB MHA JUV");
    assert_eq!(group.needs(), ["the rulebook has no further rule"]);
}

#[test]
fn liverpool_go_through_on_goals_once_all_else_is_level() {
    let group = case("uefa-club-2018", "groups", GROUP_2018_C)
        .is("PSG LIV NAP RSB")
        .rests_on("goals")
        .rests_on_order("goals", "away goals");
    assert_eq!(
        group.reason("NAP"),
        "tied on 9: head-to-head points 3–3, goal difference 0–0, goals 1–1, away goals 0–0; \
         goal difference +2 each, goals 9 v 7"
    );
}

#[test]
fn plzen_drop_to_the_europa_league_for_beating_cska_against_goal_difference() {
    case("uefa-club-2018", "groups", GROUP_2018_G)
        .is("RMA ROM PLZ CSK")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn benfica_win_the_group_on_away_goals_in_all_matches() {
    let group = case("uefa-club-2021", "groups", GROUP_2022_H)
        .is("SLB PSG JUV MHA")
        .rests_on("away goals");
    assert_eq!(
        group.reason("PSG"),
        "tied on 14: head-to-head points 2–2, goal difference 0–0, goals 2–2; \
         goal difference +9 each, goals 16–16, away goals 9 v 6"
    );
    assert_eq!(
        group.reason("MHA"),
        "tied on 3: head-to-head points 3–3, goal difference 0–0, goals 3–3; \
         goal difference −4 v −14"
    );
}

#[test]
fn four_clubs_on_eight_points_are_split_by_all_their_matches() {
    let group = case("uefa-club-2021", "groups", EUROPA_2022_F).is("FEY FCM LAZ STU");
    assert_eq!(
        group.reason("FCM"),
        "tied on 8: head-to-head points 8–8, goal difference +4 each, goals 13 v 12"
    );
}

#[test]
fn fenerbahce_win_the_group_because_away_goals_between_two_clubs_were_dropped() {
    let group = case("uefa-club-2021", "groups", CONFERENCE_2023_H).is("FEN LUD NOR TRN");
    group
        .under("uefa-club-2018", "groups")
        .is("LUD FEN NOR TRN")
        .rests_on("head-to-head away goals");
}

#[test]
fn three_left_of_four_meet_again_only_where_the_list_says_so_of_any_number() {
    for any_number in [
        "uefa-club-2018",
        "uefa-club-2021",
        "caf-club-2023",
        "euro-2024",
    ] {
        case(any_number, "groups", THREE_OF_FOUR)
            .is("C B D A")
            .rests_on("subset");
    }
    for pairs_only in ["uefa-club-2009", "africa-cup-2021"] {
        let group = case(pairs_only, "groups", THREE_OF_FOUR).is("B=C=D A");
        group.changed(|rules| rules.again("subset")).is("C B D A");
    }
}

// Champions League 2024–25, league phase: the matches of Dortmund, Real Madrid and Bayern, 10th to
// 12th of 36. Nobody else comes near their points in this part of it.
const LEAGUE_PHASE_2024: &str = "RMA 3-1 STU, LIL 1-0 RMA, RMA 5-2 BVB, RMA 1-3 MIL, LIV 2-0 RMA,
    ATA 2-3 RMA, RMA 5-1 SAL, BRE 0-3 RMA, BAY 9-2 DIN, AVL 1-0 BAY, BAR 4-1 BAY, BAY 1-0 SLB,
    BAY 1-0 PSG, SHK 1-5 BAY, FEY 3-0 BAY, BAY 3-1 SLO";

#[test]
fn real_madrid_finish_above_bayern_on_away_wins() {
    let group = case("uefa-league-phase-2024", "league", LEAGUE_PHASE_2024);
    let order = group.group.order(&group.rules);
    assert!(order.starts_with("RMA BAY "), "{order}");
    let without = group.group.order(&group.rules.without("away wins"));
    assert!(!without.starts_with("RMA BAY "), "{without}");
    assert_eq!(
        group.reason("BAY"),
        "tied on 15: goal difference +8 each, goals 20–20, away goals 6–6, wins 5–5, away wins 2 v 1"
    );
}

#[test]
fn what_opponents_got_decides_only_when_the_league_phase_is_over() {
    // Made up: A and B won alike; the opponent of A has more points, that of B the better difference.
    let matches = "A 1-0 C, B 1-0 D, C 1-0 E, F 4-0 C, F 0-0 D";
    let group = case("uefa-league-phase-2024", "league", matches)
        .is("F A B C D E")
        .rests_on("opponents' points")
        .rests_on_order("opponents' points", "opponents' goal difference");
    let under_way = Case::new(
        group.group.clone(),
        Rules::interim("uefa-league-phase-2024", "league"),
    );
    assert_eq!(under_way.is("F A=B C D E").needs(), ["the place is shared"]);
}

#[test]
fn celtic_go_through_on_an_away_goal_of_a_tie_with_an_awarded_match() {
    // Champions League 2014–15, third qualifying round: UEFA's statement, as quoted by the press.
    let tie = case("uefa-club-2009", "ties", "LEG 4-1 CEL, CEL 3-0 LEG")
        .is("CEL LEG")
        .rests_on("away goals");
    let without_away_goals = tie.under("uefa-club-2021", "ties").is("CEL=LEG");
    assert_eq!(without_away_goals.needs(), ["needs extra time"]);
}

#[test]
fn porto_go_through_on_an_away_goal_in_extra_time() {
    // Champions League 2020–21, round of 16.
    let tie = case("uefa-club-2018", "ties", "POR 2-1 JUV, JUV 2-1 POR aet 1-1")
        .is("POR JUV")
        .rests_on("extra-time away goals");
    assert_eq!(
        tie.under("uefa-club-2021", "ties").is("JUV=POR").needs(),
        ["needs penalties"]
    );
}

#[test]
fn milan_go_through_on_an_away_goal_in_their_own_stadium() {
    // Champions League 2002–03, semi-final: both clubs play at San Siro.
    case("uefa-club-1999", "ties", "ACM 0-0 INT, INT 1-1 ACM")
        .is("ACM INT")
        .rests_on("away goals");
}

#[test]
fn the_round_of_sixteen_of_2016_knew_extra_time_and_kicks() {
    case("uefa-club-2015", "ties", "JUV 2-2 BAY, BAY 2-2 JUV aet 2-0")
        .is("BAY JUV")
        .rests_on("extra time");
    case(
        "uefa-club-2015",
        "ties",
        "PSV 0-0 ATM, ATM 0-0 PSV aet 0-0 pens 8-7",
    )
    .is("ATM PSV")
    .rests_on("penalties");
}

#[test]
fn a_goal_away_counts_for_nothing_from_2024() {
    // Champions League 2023–24, round of 16, by the rule that holds on; openfootball.
    case("uefa-league-phase-2024", "ties", "ARS 0-0 POR, POR 0-0 ARS").is("ARS=POR");
    case(
        "uefa-league-phase-2024",
        "ties",
        "POR 1-0 ARS, ARS 1-0 POR aet 0-0 pens 4-2",
    )
    .is("ARS POR")
    .rests_on("penalties");
    case(
        "uefa-league-phase-2024",
        "ties",
        "INT 1-0 ATM, ATM 2-1 INT aet 0-0 pens 3-2",
    )
    .is("ATM INT")
    .rests_on("penalties");
}
