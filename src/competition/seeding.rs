//! Who goes into which pot: by title, coefficient or ranking, most important first.

use serde::Serialize;

use crate::standings::{External, LARGEST_GROUP, Metric, Rule, Standings, Table};

/// One line of what pots follow from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeedingLine {
    /// What is compared.
    pub by: External,
    /// The article or document that says so.
    pub cite: String,
}

impl SeedingLine {
    /// What is known of teams before the first match, and so can be seeded by.
    pub const KNOWN: [(&'static str, External); 3] = [
        ("seed", External::Seed),
        ("coefficient", External::Coefficient),
        ("ranking", External::Ranking),
    ];
}

/// Who has no seed comes after all who have one.
const NO_SEED: i64 = u32::MAX as i64;

/// Orders teams for the pots, at most [`LARGEST_GROUP`]; `value` gives what is known of each.
///
/// The engine that ranks tables does it: a pot is a part of a standing.
pub fn order(
    teams: usize,
    lines: &[SeedingLine],
    value: impl Fn(usize, External) -> Option<i64>,
) -> Standings {
    debug_assert!(teams <= LARGEST_GROUP);
    let mut table = Table::new(teams, 1, 0);
    for team in 0..teams {
        for &SeedingLine { by, .. } in lines {
            let missing = (by == External::Seed).then_some(NO_SEED);
            if let Some(value) = value(team, by).or(missing) {
                table.set_value(team as u8, by, value);
            }
        }
    }
    let rule = |line: &SeedingLine| Rule::overall(Metric::External(line.by));
    let rules: Vec<Rule> = lines.iter().map(rule).collect();
    Standings::of(&table, &rules)
}

/// Teams that are level where one pot ends and the next begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The pot that ends there, from 1.
    pub pot: usize,
    /// Their positions.
    pub teams: Vec<u8>,
    /// What it would take to separate them.
    pub needs: String,
}

/// Fills pots of these sizes in the order of the standings.
///
/// # Errors
/// The teams that are level at the end of a pot, the first time it happens.
pub fn pots(standings: &Standings, sizes: &[usize]) -> Result<Vec<Vec<u8>>, Level> {
    let mut first = 0;
    let mut pots = Vec::new();
    for (pot, size) in (1..).zip(sizes) {
        let rows = &standings.order[first..first + size];
        first += size;
        if let Some(below) = standings.order.get(first)
            && let Some(needs) = &below.needs
        {
            let level = |row: &&crate::standings::Standing| row.position == below.position;
            return Err(Level {
                pot,
                teams: standings
                    .order
                    .iter()
                    .filter(level)
                    .map(|row| row.team)
                    .collect(),
                needs: needs.clone(),
            });
        }
        pots.push(rows.iter().map(|row| row.team).collect());
    }
    Ok(pots)
}

/// The first team in a later pot, `[team]`: from 1, that is ranked before a team in an earlier one, and
/// that one.
pub fn contradiction(standings: &Standings, pots: &[u32]) -> Option<(u8, u8)> {
    let rows = &standings.order;
    let pot = |row: usize| pots[usize::from(rows[row].team)];
    let mut pairs =
        (0..rows.len()).flat_map(|later| (0..later).map(move |earlier| (earlier, later)));
    let wrong = pairs.find(|&(earlier, later)| {
        rows[earlier].position < rows[later].position && pot(earlier) > pot(later)
    });
    wrong.map(|(earlier, later)| (rows[earlier].team, rows[later].team))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEDS: [Option<i64>; 6] = [None, Some(1), None, None, None, None];
    const COEFFICIENTS: [i64; 6] = [50_000, 12_232, 40_500, 40_500, 90_000, 33_000];

    fn standings() -> Standings {
        let line = |by| SeedingLine {
            by,
            cite: "-".into(),
        };
        let lines = [External::Seed, External::Coefficient].map(line);
        order(6, &lines, |team, by| match by {
            External::Seed => SEEDS[team],
            _ => Some(COEFFICIENTS[team]),
        })
    }

    #[test]
    fn a_seed_comes_before_any_coefficient() {
        let pots = pots(&standings(), &[2, 3, 1]).unwrap();
        assert_eq!(pots, [vec![1, 4], vec![0, 2, 3], vec![5]]);
    }

    #[test]
    fn teams_level_at_the_end_of_a_pot_are_an_error() {
        let level = pots(&standings(), &[3, 1, 2]).unwrap_err();
        assert_eq!((level.pot, level.teams), (2, vec![2, 3]));
    }

    #[test]
    fn pots_may_put_level_teams_either_way_and_no_other() {
        assert_eq!(contradiction(&standings(), &[2, 1, 2, 3, 1, 3]), None);
        assert_eq!(contradiction(&standings(), &[2, 1, 3, 2, 1, 3]), None);
        let swapped = contradiction(&standings(), &[1, 1, 2, 3, 2, 3]);
        assert_eq!(swapped, Some((4, 0)));
    }
}
