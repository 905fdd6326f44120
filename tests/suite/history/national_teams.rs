//! UEFA's national teams: European Championship and Nations League. Scores: openfootball, euro, and
//! martj42, international results.

use matchday::standings::External;

use super::{Case, Group, Rules, case};

pub const EURO_1996_C: &str =
    "GER 2-0 CZE, ITA 2-1 RUS, CZE 2-1 ITA, RUS 0-3 GER, RUS 3-3 CZE, ITA 0-0 GER";
pub const EURO_2004_C: &str =
    "DEN 0-0 ITA, SWE 5-0 BUL, BUL 0-2 DEN, ITA 1-1 SWE, ITA 2-1 BUL, DEN 2-2 SWE";
pub const EURO_2008_A: &str =
    "SUI 0-1 CZE, POR 2-0 TUR, CZE 1-3 POR, SUI 1-2 TUR, SUI 2-0 POR, TUR 3-2 CZE";
pub const EURO_2012_A: &str =
    "POL 1-1 GRE, RUS 4-1 CZE, GRE 1-2 CZE, POL 1-1 RUS, CZE 1-0 POL, GRE 1-0 RUS";
pub const EURO_2016_E: &str =
    "IRL 1-1 SWE, BEL 0-2 ITA, ITA 1-0 SWE, BEL 3-0 IRL, ITA 0-1 IRL, SWE 0-1 BEL";
pub const EURO_2020_B: &str =
    "DEN 0-1 FIN, BEL 3-0 RUS, FIN 0-1 RUS, DEN 1-2 BEL, RUS 1-4 DEN, FIN 0-2 BEL";
pub const EURO_2020_F: &str =
    "HUN 0-3 POR, FRA 1-0 GER, HUN 1-1 FRA, POR 2-4 GER, POR 2-2 FRA, GER 2-2 HUN";
pub const EURO_2024_C: &str =
    "SVN 1-1 DEN, SRB 0-1 ENG, SVN 1-1 SRB, DEN 1-1 ENG, ENG 0-0 SVN, DEN 0-0 SRB";
pub const EURO_2024_E: &str =
    "ROU 3-0 UKR, BEL 0-1 SVK, SVK 1-2 UKR, BEL 2-0 ROU, SVK 1-1 ROU, UKR 0-0 BEL";

#[test]
fn the_czech_republic_finish_above_italy_against_goal_difference() {
    case("euro-1996", "groups", EURO_1996_C)
        .is("GER CZE ITA RUS")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn italy_go_out_on_goals_in_three_draws() {
    let group = case("euro-2004", "groups", EURO_2004_C).is("SWE DEN ITA BUL");
    assert_eq!(
        group.reason("ITA"),
        "tied on 5: head-to-head points 2–2, goal difference 0–0, goals 2 v 1"
    );
    // Goal difference would say the same; made up: Italy beat Bulgaria by six.
    let higher = EURO_2004_C.replace("ITA 2-1 BUL", "ITA 6-0 BUL");
    case("euro-2004", "groups", &higher)
        .is("SWE DEN ITA BUL")
        .rests_on("head-to-head goals")
        .rests_on_order("head-to-head goals", "goal difference");
}

#[test]
fn the_czech_republic_finish_above_the_hosts_against_goal_difference() {
    case("euro-2008", "groups", EURO_2008_A)
        .is("POR TUR CZE SUI")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn greece_finish_above_russia_against_goal_difference() {
    case("euro-2012", "groups", EURO_2012_A)
        .is("CZE GRE RUS POL")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn italy_win_the_group_for_beating_belgium_who_scored_more() {
    case("euro-2016", "groups", EURO_2016_E)
        .is("ITA BEL IRL SWE")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goals");
}

#[test]
fn germany_finish_above_portugal_who_scored_more() {
    case("euro-2020", "groups", EURO_2020_F)
        .is("FRA GER POR HUN")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goals");
}

#[test]
fn three_teams_that_beat_each_other_in_a_circle_are_split_by_goals_among_themselves() {
    let group = case("euro-2020", "groups", EURO_2020_B).is("BEL DEN FIN RUS");
    assert_eq!(
        group.reason("FIN"),
        "tied on 3: head-to-head points 3–3, goal difference +2 v 0"
    );
}

#[test]
fn denmark_and_slovenia_are_level_until_their_cards_are_known() {
    // Cards, one of them an assistant coach's: Flashscore.
    let group = case("euro-2024", "groups", EURO_2024_C).is("ENG DEN=SVN SRB");
    assert_eq!(group.needs(), ["needs disciplinary points"]);

    let cards = External::DisciplinaryPoints;
    group
        .knowing(|group| group.with(cards, &[("DEN", 6), ("SVN", 7)]))
        .is("ENG DEN SVN SRB")
        .rests_on("disciplinary points");

    // The official list left out the coach at first: level again, and the next rule is asked.
    let players = group.knowing(|group| group.with(cards, &[("DEN", 6), ("SVN", 6)]));
    assert_eq!(players.is("ENG DEN=SVN SRB").needs(), ["needs ranking"]);
}

#[test]
fn lots_are_drawn_only_where_the_host_has_no_ranking() {
    let group = case("euro-2024", "groups", EURO_2024_C)
        .knowing(|group| group.with(External::DisciplinaryPoints, &[("DEN", 6), ("SVN", 6)]));
    group
        .knowing(|group| group.with(External::Ranking, &[("SVN", 9), ("DEN", 12)]))
        .is("ENG SVN DEN SRB")
        .rests_on("ranking");
    // Made up: were Denmark the host, they would have no ranking.
    let host = group.knowing(|group| group.with(External::Ranking, &[("SVN", 9)]));
    assert_eq!(host.is("ENG DEN=SVN SRB").needs(), ["needs lots"]);
    host.knowing(|group| group.with(External::Lots, &[("DEN", 1), ("SVN", 2)]))
        .is("ENG DEN SVN SRB")
        .rests_on_key("ranking", "when");
}

#[test]
fn all_four_on_four_points_are_split_by_goals_among_themselves() {
    let group = case("euro-2024", "groups", EURO_2024_E)
        .is("ROU BEL SVK UKR")
        .rests_on("head-to-head goals");
    group
        .changed(|rules| rules.again("each split"))
        .is("BEL ROU SVK UKR");
}

#[test]
fn kicks_decide_between_two_who_drew_their_last_match_and_are_level_in_everything() {
    // Made up, after a worked example on hermann-baum.de: A and B meet last, level in goals too.
    let before = "A 1-0 C, B 1-0 D, A 2-2 D, B 2-2 C, C 1-0 D";
    for edition in [
        "euro-2004",
        "euro-2008",
        "euro-2012",
        "euro-2016",
        "euro-2020",
        "euro-2024",
    ] {
        let drawn = format!("{before}, A 0-0 B");
        let open = case(edition, "groups", &drawn).is("A=B C D");
        assert_eq!(open.needs(), ["needs penalties"], "{edition}");
        case(edition, "groups", &format!("{before}, A 0-0 B pens 2-4"))
            .is("B A C D")
            .rests_on("penalties");
        // Not if they met earlier, nor where their goals differ.
        let earlier = format!("A 0-0 B, {before}");
        assert_ne!(
            case(edition, "groups", &earlier).needs(),
            ["needs penalties"]
        );
        let other_goals = drawn.replace("A 2-2 D", "A 1-1 D");
        assert!(
            !case(edition, "groups", &other_goals)
                .needs()
                .contains(&"needs penalties".into())
        );
    }
    assert_eq!(
        case("euro-1996", "groups", &format!("{before}, A 0-0 B")).needs(),
        ["needs coefficient"]
    );
}

/// The best thirds of a tournament.
fn thirds(rulebook: &str, records: &str) -> Case {
    Case::new(
        Group::of("").records(records),
        Rules::of(rulebook, "thirds"),
    )
}

#[test]
fn portugal_go_through_as_the_best_third_on_three_points_by_goals() {
    thirds(
        "euro-2016",
        "ALB 1-0-2 1:3, SVK 1-1-1 3:3, NIR 1-0-2 2:2, TUR 1-0-2 2:4, IRL 1-1-1 2:4, POR 0-3-0 4:4",
    )
    .is("SVK IRL POR NIR TUR ALB")
    .rests_on("goal difference")
    .rests_on("goals");
}

#[test]
fn ukraine_go_through_as_the_last_third_of_2020() {
    thirds(
        "euro-2020",
        "SUI 1-1-1 4:5, FIN 1-0-2 1:3, UKR 1-0-2 4:5, CZE 1-1-1 3:2, SVK 1-0-2 2:7, POR 1-1-1 7:6",
    )
    .is("POR CZE SUI UKR FIN SVK")
    .rests_on("goals");
}

#[test]
fn wins_rank_thirds_from_2020() {
    // Made up: one win and one draw or three draws make no four points, but with six matches they may.
    let level = "A 2-0-1 4:3, B 1-3-0 4:3";
    thirds("euro-2020", level).is("A B").rests_on("wins");
    thirds("euro-2024", level).is("A B").rests_on("wins");
    assert_eq!(
        thirds("euro-2016", level).is("A=B").needs(),
        ["needs disciplinary points"]
    );
}

#[test]
fn the_netherlands_and_georgia_are_level_among_the_thirds_of_2024() {
    let group = thirds(
        "euro-2024",
        "HUN 1-0-2 2:5, CRO 0-2-1 3:6, SVN 0-3-0 2:2, NED 1-1-1 4:4, SVK 1-1-1 3:3, GEO 1-1-1 4:4",
    )
    .is("GEO=NED SVK SVN HUN CRO")
    .rests_on("goal difference");
    assert_eq!(group.needs(), ["needs disciplinary points"]);
}

#[test]
fn a_match_of_the_knockout_stage_goes_to_extra_time_and_kicks() {
    // Euro 2008 and Euro 2020: openfootball, euro. The others are decided alike.
    for edition in [
        "euro-1996",
        "euro-2004",
        "euro-2008",
        "euro-2012",
        "euro-2016",
        "euro-2020",
        "euro-2024",
    ] {
        case(edition, "ties", "NED 1-1 RUS aet 0-2")
            .is("RUS NED")
            .rests_on("extra time");
        case(edition, "ties", "FRA 3-3 SUI aet 0-0 pens 4-5")
            .is("SUI FRA")
            .rests_on("penalties");
        case(edition, "ties", "POR 2-3 GER").is("GER POR");
    }
}

// Nations League 2020–21, A2 and B3 (the matches of Serbia and Turkey), and 2022–23, C2.
const NATIONS_2020_A2: &str = "ISL 0-1 ENG, DEN 0-2 BEL, BEL 5-1 ISL, DEN 0-0 ENG, ENG 2-1 BEL,
    ISL 0-3 DEN, ISL 1-2 BEL, ENG 0-1 DEN, BEL 2-0 ENG, DEN 2-1 ISL, ENG 4-0 ISL, BEL 4-2 DEN";
const NATIONS_2022_C2: &str = "NIR 0-1 GRE, CYP 0-2 KOS, CYP 0-0 NIR, KOS 0-1 GRE, KOS 3-2 NIR,
    GRE 3-0 CYP, NIR 2-2 CYP, GRE 2-0 KOS, NIR 2-1 KOS, CYP 1-0 GRE, KOS 5-1 CYP, GRE 3-1 NIR";

#[test]
fn denmark_finish_above_england_for_one_win_at_wembley() {
    case("uefa-nations-league-2018", "groups", NATIONS_2020_A2)
        .is("BEL DEN ENG ISL")
        .rests_on("head-to-head")
        .rests_on_order("head-to-head", "goal difference");
}

#[test]
fn cyprus_go_to_the_play_outs_because_away_goals_between_two_teams_were_dropped() {
    let group = case("uefa-nations-league-2022", "groups", NATIONS_2022_C2).is("GRE KOS NIR CYP");
    group
        .under("uefa-nations-league-2018", "groups")
        .is("GRE KOS CYP NIR")
        .rests_on("head-to-head away goals");
}

#[test]
fn across_groups_a_better_place_comes_before_more_points() {
    // Made up: third with ten points is behind second with seven.
    let overall = |records: &str, places: &[(&str, i64)]| {
        let group = Group::of("").records(records).after_places(places);
        Case::new(group, Rules::of("uefa-nations-league-2022", "overall"))
    };
    overall(
        "A 3-1-2 9:6, B 2-1-3 7:8, C 2-1-3 6:7",
        &[("A", 3), ("B", 2), ("C", 2)],
    )
    .is("B C A")
    .rests_on("earlier place")
    .rests_on("goals");
}
