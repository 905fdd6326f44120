//! Rankings over several seasons: what clubs reached, points for it, weights of seasons.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

/// How performances become points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scheme {
    /// Its name in print.
    pub name: String,
    /// The article or document that says so.
    pub cite: String,
    /// The seasons that count, oldest first.
    pub window: Vec<Season>,
    /// What a competition gives, by its name.
    pub competitions: BTreeMap<String, BTreeMap<String, Points>>,
    /// How many teams an association may enter, where the ranking says so.
    pub entries: Option<Entries>,
}

/// Points in thousandths: half points exist, and sums must be exact.
pub type Points = i64;

/// A season of the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Season {
    /// As the performances name it: `2018–19`.
    pub season: String,
    /// How often its points count.
    pub weight: i64,
}

/// How many teams an association may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Entries {
    /// The worst rank that is entitled to more.
    pub best: usize,
    /// How many teams an association of such a rank may enter.
    pub teams: usize,
    /// How many any other may.
    pub others: usize,
}

impl Entries {
    /// How many teams an association may enter, given its rank if it has one. A shared rank counts as
    /// it is printed.
    pub fn allowed(&self, rank: Option<usize>) -> usize {
        match rank {
            Some(rank) if rank <= self.best => self.teams,
            _ => self.others,
        }
    }
}

/// How far a club went in a competition of one season.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Performance {
    /// The season.
    pub season: String,
    /// The competition.
    pub competition: String,
    /// The club.
    pub club: String,
    /// Its association.
    pub association: String,
    /// How far it went, in the words of the scheme.
    pub reached: String,
}

/// Clubs and associations in order of their points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ranking {
    /// Sums over clubs; best first, level ones by name.
    pub associations: Vec<Ranked>,
    /// Best first, level ones by name.
    pub clubs: Vec<Ranked>,
}

/// A line of a ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ranked {
    /// From 1; shared by who is level.
    pub rank: usize,
    /// The club or association.
    pub name: String,
    /// The association of a club; an association's own name.
    pub association: String,
    /// Weighted points.
    pub points: Points,
    /// `[season of the window]`: weighted points.
    pub by_season: Vec<Points>,
    /// Clubs that earned them.
    pub clubs: usize,
}

impl Ranking {
    /// Adds up performances. Those outside the window, and those that the scheme does not score, give
    /// nothing.
    pub fn of(scheme: &Scheme, performances: &[Performance]) -> Self {
        let mut clubs: BTreeMap<(&str, &str), Vec<Points>> = BTreeMap::new();
        for performance in performances {
            let Some((season, points)) = scheme.score(performance) else {
                continue;
            };
            let key = (performance.club.as_str(), performance.association.as_str());
            let nothing = || vec![0; scheme.window.len()];
            clubs.entry(key).or_insert_with(nothing)[season] += points;
        }
        let mut associations: BTreeMap<&str, (Vec<Points>, usize)> = BTreeMap::new();
        for ((_, association), points) in &clubs {
            let nothing = || (vec![0; scheme.window.len()], 0);
            let (sums, count) = associations.entry(association).or_insert_with(nothing);
            sums.iter_mut()
                .zip(points)
                .for_each(|(sum, points)| *sum += points);
            *count += 1;
        }
        let clubs = clubs
            .into_iter()
            .map(|((club, association), by_season)| Ranked::new(club, association, by_season, 1));
        let associations = associations
            .into_iter()
            .map(|(name, (by_season, clubs))| Ranked::new(name, name, by_season, clubs));
        Self {
            associations: ranked(associations.collect()),
            clubs: ranked(clubs.collect()),
        }
    }

    /// The rank of an association, if it has points.
    pub fn rank_of(&self, association: &str) -> Option<usize> {
        let mut ranked = self.associations.iter();
        ranked
            .find(|ranked| ranked.name == association)
            .map(|ranked| ranked.rank)
    }
}

impl Scheme {
    /// The season of the window that a performance belongs to, and its weighted points.
    fn score(&self, performance: &Performance) -> Option<(usize, Points)> {
        let season = self
            .window
            .iter()
            .position(|season| season.season == performance.season)?;
        let points = self
            .competitions
            .get(&performance.competition)?
            .get(&performance.reached)?;
        Some((season, points * self.window[season].weight))
    }
}

impl Ranked {
    fn new(name: &str, association: &str, by_season: Vec<Points>, clubs: usize) -> Self {
        Self {
            rank: 0,
            name: name.into(),
            association: association.into(),
            points: by_season.iter().sum(),
            by_season,
            clubs,
        }
    }
}

/// Puts lines in order; who is level shares the better rank.
fn ranked(mut lines: Vec<Ranked>) -> Vec<Ranked> {
    lines.sort_by_key(|line| Reverse(line.points));
    for index in 0..lines.len() {
        let level = index > 0 && lines[index - 1].points == lines[index].points;
        lines[index].rank = if level {
            lines[index - 1].rank
        } else {
            index + 1
        };
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(window: &[(&str, i64)]) -> Scheme {
        let points = [("winner", 5_000), ("fourth", 500)];
        let points = points.map(|(reached, points)| (reached.to_owned(), points));
        let season = |&(season, weight): &(&str, i64)| Season {
            season: season.into(),
            weight,
        };
        Scheme {
            name: "Ranking".into(),
            cite: "made up".into(),
            window: window.iter().map(season).collect(),
            competitions: BTreeMap::from([("cup".to_owned(), BTreeMap::from(points))]),
            entries: Some(Entries {
                best: 2,
                teams: 2,
                others: 1,
            }),
        }
    }

    fn performances() -> Vec<Performance> {
        let rows = [
            ("1", "Ashford", "North", "winner"),
            ("1", "Denby", "South", "fourth"),
            ("2", "Bexley", "North", "fourth"),
            ("2", "Elston", "South", "winner"),
            ("3", "Farley", "West", "winner"),
        ];
        let row = |(season, club, association, reached): (&str, &str, &str, &str)| Performance {
            season: season.into(),
            competition: "cup".into(),
            club: club.into(),
            association: association.into(),
            reached: reached.into(),
        };
        rows.map(row).to_vec()
    }

    #[test]
    fn associations_have_the_weighted_sum_of_their_clubs_half_points_included() {
        let ranking = Ranking::of(&scheme(&[("1", 1), ("2", 2)]), &performances());
        let lines: Vec<(usize, &str, i64)> = ranking
            .associations
            .iter()
            .map(|line| (line.rank, line.name.as_str(), line.points))
            .collect();
        assert_eq!(lines, [(1, "South", 10_500), (2, "North", 6_000)]);
        assert_eq!(ranking.clubs[0].by_season, [0, 10_000]);
    }

    #[test]
    fn who_is_level_shares_a_rank_and_the_next_rank_is_left_out() {
        let ranking = Ranking::of(&scheme(&[("1", 1), ("2", 1), ("3", 1)]), &performances());
        let ranks: Vec<usize> = ranking.clubs.iter().map(|line| line.rank).collect();
        assert_eq!(ranks, [1, 1, 1, 4, 4]);
        let entries = scheme(&[]).entries.unwrap();
        let allowed = ranking
            .associations
            .iter()
            .map(|line| entries.allowed(Some(line.rank)));
        assert_eq!(allowed.collect::<Vec<_>>(), [2, 2, 1]);
        assert_eq!(entries.allowed(ranking.rank_of("East")), 1);
    }
}
