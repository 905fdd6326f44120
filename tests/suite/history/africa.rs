//! CAF's competitions. Scores: openfootball, internationals; martj42, international results; the
//! encyclopaedia pages of the Confederation Cup.

use matchday::standings::External;

use super::{Case, Group, Rules, case};

// Africa Cup of Nations 2015, Groups C and D, and 2021, Group B.
const CUP_2015_C: &str =
    "GHA 1-2 SEN, ALG 3-1 RSA, GHA 1-0 ALG, RSA 1-1 SEN, SEN 0-2 ALG, RSA 1-2 GHA";
const CUP_2015_D: &str =
    "CIV 1-1 GUI, MLI 1-1 CMR, CMR 1-1 GUI, CIV 1-1 MLI, CMR 0-1 CIV, GUI 1-1 MLI";
const CUP_2021_B: &str =
    "GUI 1-0 MWI, SEN 1-0 ZIM, SEN 0-0 GUI, MWI 2-1 ZIM, MWI 0-0 SEN, ZIM 2-1 GUI";

// Qualifiers for 2012, Group G.
const QUALIFIERS_2012_G: &str = "RSA 2-0 NIG, EGY 1-1 SLE, NIG 1-0 EGY, SLE 0-0 RSA, RSA 1-0 EGY,
    NIG 3-1 SLE, SLE 1-0 NIG, EGY 0-0 RSA, SLE 2-1 EGY, NIG 2-1 RSA, EGY 3-0 NIG, RSA 0-0 SLE";

// Confederation Cup 2023–24, Group C, and 2007, Group B.
pub const CONFEDERATION_CUP_2023_C: &str = "CA 2-0 DRE, RIV 3-0 LOB, DRE 2-1 RIV, LOB 1-3 CA,
    RIV 1-0 CA, LOB 2-3 DRE, DRE 4-0 LOB, CA 3-0 RIV, LOB 2-3 RIV, DRE 1-0 CA, RIV 2-1 DRE, CA 1-1 LOB";
const CONFEDERATION_CUP_2007_B: &str = "DOL 2-0 KWA, ISM 1-1 MER, KWA 1-1 ISM, MER 6-1 DOL,
    DOL 2-0 ISM, KWA 2-1 MER, ISM 1-0 DOL, MER 4-1 KWA, KWA 0-0 DOL, MER 1-0 ISM, DOL 3-0 MER, ISM 1-0 KWA";

#[test]
fn ghana_win_the_group_for_beating_algeria_against_goal_difference() {
    case("africa-cup-2021", "groups", CUP_2015_C)
        .is("GHA ALG SEN RSA")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn guinea_go_through_for_beating_malawi_level_in_all_else() {
    let group = case("africa-cup-2021", "groups", CUP_2021_B)
        .is("SEN GUI MWI ZIM")
        .rests_on("head-to-head");
    let without = group.changed(|rules| rules.without("head-to-head points"));
    assert_eq!(without.needs(), ["needs lots"]);
}

#[test]
fn guinea_and_mali_are_level_until_lots_are_drawn() {
    // Guinea drew the better lot.
    let group = case("africa-cup-2021", "groups", CUP_2015_D).is("CIV GUI=MLI CMR");
    assert_eq!(group.needs(), ["needs lots"]);
    group
        .knowing(|group| group.with(External::Lots, &[("GUI", 1), ("MLI", 2)]))
        .is("CIV GUI MLI CMR")
        .rests_on("lots");
}

#[test]
fn of_two_teams_only_points_are_compared_between_them() {
    // Made up: home and away the list for two and the list for more differ.
    let two = Group::of("A 2-0 B, B 1-0 A").records("A 3-0-3 5:6, B 3-0-3 9:5");
    Case::new(two, Rules::of("africa-cup-2021", "groups"))
        .is("B A")
        .rests_on_key("head-to-head goal difference", "teams");
}

#[test]
fn thirds_level_on_goals_draw_lots() {
    // Africa Cup of Nations 2021: the thirds of Groups A to F.
    let records =
        "CPV 1-1-1 2:2, MWI 1-1-1 2:2, COM 1-0-2 3:5, SDN 0-1-2 1:4, SLE 0-2-1 2:3, TUN 1-0-2 4:2";
    let group = Case::new(
        Group::of("").records(records),
        Rules::of("africa-cup-2021", "thirds"),
    )
    .is("CPV=MWI TUN COM SLE SDN")
    .rests_on("points");
    assert_eq!(group.needs(), ["needs lots"]);
}

#[test]
fn the_final_knows_extra_time_and_the_match_for_third_place_does_not() {
    // Africa Cup of Nations 2021, quarter-final; the match for third place is of 2021 too, 5–3 on kicks
    // by general knowledge.
    case("africa-cup-2021", "ties", "EGY 1-1 MAR aet 1-0")
        .is("EGY MAR")
        .rests_on("extra time");
    case("africa-cup-2021", "ties", "SEN 0-0 EGY aet 0-0 pens 4-2")
        .is("SEN EGY")
        .rests_on("penalties");
    case("africa-cup-2021", "third-place", "CMR 3-3 BFA pens 5-3")
        .is("CMR BFA")
        .rests_on("penalties");
}

#[test]
fn niger_go_through_while_south_africa_celebrate() {
    let group = case("africa-cup-qualifiers-2012", "groups", QUALIFIERS_2012_G)
        .is("NIG RSA SLE EGY")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
    assert_eq!(group.reason("RSA"), "tied on 9: head-to-head points 6 v 5");
}

#[test]
fn dreams_win_the_group_once_four_comparisons_between_two_clubs_fail() {
    let group = case("caf-club-2023", "groups", CONFEDERATION_CUP_2023_C).is("DRE RIV CA LOB");
    assert_eq!(
        group.reason("RIV"),
        "tied on 12: head-to-head points 3–3, goal difference 0–0, goals 3–3, away goals 1–1; \
         goal difference +4 v +2"
    );
    // Points come before the best goal difference of the group, that of the third.
    assert_eq!(group.reason("CA"), "");
    // Made up: two goals for Rivers away from home would have made them first.
    let higher = CONFEDERATION_CUP_2023_C.replace("DRE 2-1 RIV", "DRE 3-2 RIV");
    case("caf-club-2023", "groups", &higher)
        .is("RIV DRE CA LOB")
        .rests_on("head-to-head away goals")
        .rests_on_order("head-to-head away goals", "goal difference");
}

#[test]
fn al_merrikh_finish_above_dolphins_whichever_list_was_in_force() {
    let group = case("caf-club-2007", "groups", CONFEDERATION_CUP_2007_B).is("MER DOL ISM KWA");
    group
        .under("libertadores-2020", "groups")
        .is("MER DOL ISM KWA");
    // Made up: had Dolphins scored more, the list would have decided.
    let higher = CONFEDERATION_CUP_2007_B
        .replace("DOL 3-0 MER", "DOL 4-0 MER")
        .replace("MER 4-1 KWA", "MER 1-0 KWA")
        .replace("DOL 2-0 KWA", "DOL 9-0 KWA");
    case("caf-club-2007", "groups", &higher)
        .is("MER DOL ISM KWA")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn zamalek_are_champions_on_away_goals_without_extra_time() {
    // Confederation Cup 2024, final; and a tie of the second qualifying round.
    for rulebook in ["caf-club-2023", "caf-club-2007"] {
        case(rulebook, "ties", "BER 2-1 ZAM, ZAM 1-0 BER")
            .is("ZAM BER")
            .rests_on("away goals");
        case(rulebook, "ties", "BEN 1-0 CHL, CHL 1-0 BEN pens 3-4")
            .is("BEN CHL")
            .rests_on("penalties");
    }
}
