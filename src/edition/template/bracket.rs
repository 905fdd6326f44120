//! The ties after a group stage, down to the final.

use super::text::group;

/// Outcomes and stages of a knockout that the first `through` of every group reach, both numbers
/// powers of two, as text.
///
/// Neighbouring groups meet crosswise, best against worst. Who comes from one group is kept apart as
/// long as can be, and so are the winners of neighbouring groups.
pub(super) fn knockout(groups: &[String], through: usize, legs: u32) -> (String, String) {
    let mut ties: Vec<[String; 2]> = first_ties(groups, through);
    let mut outcomes = Vec::new();
    let mut stages = String::new();
    let mut reached = format!("groups/*/1..{through}");
    loop {
        let (id, name) = round(ties.len());
        let outcome = name.to_lowercase();
        outcomes.push(format!(
            "  {{ name = \"{outcome}\", places = \"{reached}\" }},"
        ));
        let last = ties.len() == 1;
        let first = reached.starts_with("groups/");
        let legs = if last { 1 } else { legs.min(2) };
        stages += &format!(
            "\n[[stage]]\nid = \"{id}\"\nname = \"{name}\"\norder = \"ties\"\nlegs = {legs}\n"
        );
        if legs == 1 {
            stages += "venue = \"neutral\"\n";
        } else if !first {
            stages += "second_leg = \"drawn\"\n";
        }
        stages += "groups = [\n";
        for (number, tie) in (1..).zip(&ties) {
            let entrants = tie.iter().map(String::as_str);
            stages += &format!("{}\n", group(&number.to_string(), entrants));
        }
        stages += "]\n";
        reached = format!("{id}/*/1");
        if last {
            break;
        }
        let winner = |tie: usize| format!("{id}/{}/1", tie + 1);
        ties = (0..ties.len() / 2)
            .map(|tie| [winner(2 * tie), winner(2 * tie + 1)])
            .collect();
    }
    outcomes.push("  { name = \"champion\", places = \"final/1/1\" },".into());
    (outcomes.join("\n"), stages.trim_end().to_owned())
}

/// The better placed stands second, and so is at home last.
fn first_ties(groups: &[String], through: usize) -> Vec<[String; 2]> {
    let place = |group: &String, rank: usize| format!("groups/{group}/{rank}");
    if let [group] = groups {
        return seeds(through)
            .chunks(2)
            .map(|pair| [place(group, pair[1]), place(group, pair[0])])
            .collect();
    }
    let mut ties = Vec::new();
    for rank in (0..through).map(|index| 1 + reversed(index, through)) {
        for pair in groups.chunks(2) {
            let other = through + 1 - rank;
            ties.push(match rank <= other {
                true => [place(&pair[1], other), place(&pair[0], rank)],
                false => [place(&pair[0], rank), place(&pair[1], other)],
            });
        }
    }
    ties
}

/// The order of seeds in a bracket where the best two can meet only at its end.
fn seeds(count: usize) -> Vec<usize> {
    let mut order = vec![1];
    while order.len() < count {
        let sum = 2 * order.len() + 1;
        order = order.iter().flat_map(|&seed| [seed, sum - seed]).collect();
    }
    order
}

/// A number below a power of two with its binary digits the other way round.
fn reversed(number: usize, power: usize) -> usize {
    match power {
        1 => 0,
        power => number.reverse_bits() >> (usize::BITS - power.trailing_zeros()),
    }
}

/// Id and name of the round with so many ties.
fn round(ties: usize) -> (String, String) {
    match ties {
        1 => ("final".into(), "Final".into()),
        2 => ("semi-finals".into(), "Semi-finals".into()),
        4 => ("quarter-finals".into(), "Quarter-finals".into()),
        ties => (
            format!("round-of-{}", 2 * ties),
            format!("Round of {}", 2 * ties),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ties(groups: &str, through: usize) -> Vec<String> {
        let groups: Vec<String> = groups.chars().map(String::from).collect();
        let ties = first_ties(&groups, through);
        let short = |place: &String| place.replace("groups/", "").replace('/', "");
        ties.iter()
            .map(|tie| tie.iter().map(short).collect::<Vec<_>>().join("-"))
            .collect()
    }

    #[test]
    fn winners_meet_runners_up_of_the_next_group_and_their_own_only_in_the_final() {
        assert_eq!(
            ties("ABCDEFGH", 2),
            [
                "B2-A1", "D2-C1", "F2-E1", "H2-G1", "A2-B1", "C2-D1", "E2-F1", "G2-H1"
            ]
        );
        assert_eq!(ties("ABCD", 1), ["B1-A1", "D1-C1"]);
    }

    #[test]
    fn the_best_of_two_groups_stay_apart_longest() {
        assert_eq!(ties("AB", 4), ["B4-A1", "A3-B2", "B3-A2", "A4-B1"]);
    }

    #[test]
    fn one_group_is_a_table_with_play_offs() {
        assert_eq!(ties("A", 2), ["A2-A1"]);
        assert_eq!(ties("A", 8), ["A8-A1", "A5-A4", "A7-A2", "A6-A3"]);
    }
}
