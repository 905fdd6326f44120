//! Teams: their names, and the lookup that never guesses.

use serde::{Deserialize, Serialize};

use crate::error::Nearest;

/// A team of one edition: its position in [`Teams`], in file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TeamId(pub u16);

impl TeamId {
    /// The position in arrays of shape `[team]`.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// One team and what is known of it before the first match.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Team {
    /// The name shown to people.
    pub name: String,
    /// Other spellings that mean this team.
    pub aliases: Vec<String>,
    /// The association it belongs to; empty where not known.
    pub association: String,
    /// Its confederation; several, divided by `|`, where it is not yet known who it will be.
    pub confederation: String,
    /// Rank of its association, 1 = best; `None` where it has none.
    pub association_rank: Option<u32>,
    /// Its place in a ranking before the first match, 1 = best.
    pub ranking: Option<u32>,
    /// How it qualified, in the source's words.
    pub qualifying_method: String,
    /// The id of the stage it enters.
    pub entry_round: String,
    /// Seeding pot, 1 = strongest.
    pub pot: Option<u32>,
    /// The group it is in, as drawn; empty where the file does not say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// The pot it is entitled to whatever its coefficient, 1 = strongest.
    pub seed: Option<u32>,
    /// Club coefficient in thousandths of a point, more = better.
    pub coefficient: Option<i64>,
    /// Free text.
    pub note: String,
}

/// All teams of an edition, in file order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Teams(Vec<Team>);

impl Teams {
    /// Keeps the given order: a team's id is its position.
    pub fn new(teams: Vec<Team>) -> Self {
        Self(teams)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every team with its id, in file order.
    pub fn iter(&self) -> impl Iterator<Item = (TeamId, &Team)> {
        self.ids().zip(&self.0)
    }

    /// Every id, in file order.
    pub fn ids(&self) -> impl Iterator<Item = TeamId> + use<> {
        (0..self.0.len()).map(|index| TeamId(index as u16))
    }

    /// The name of a team.
    pub fn name(&self, team: TeamId) -> &str {
        &self[team].name
    }

    /// Finds a team by name or alias. Letter case does not matter, accents do.
    ///
    /// # Errors
    /// The names nearest to `name`, for the message; nothing is ever guessed.
    pub fn find(&self, name: &str) -> Result<TeamId, Nearest> {
        self.named(name).ok_or_else(|| {
            let spellings = self.0.iter().flat_map(|team| {
                team.spellings()
                    .map(|spelling| (spelling, team.name.as_str()))
            });
            Nearest::of(name, spellings)
        })
    }

    /// The team of that name or alias, if there is one.
    pub fn named(&self, name: &str) -> Option<TeamId> {
        let wanted = name.trim().to_lowercase();
        let is_it = |team: &Team| {
            let mut spellings = team.spellings();
            spellings.any(|spelling| spelling.to_lowercase() == wanted)
        };
        let found = self.iter().find(|(_, team)| is_it(team));
        found.map(|(id, _)| id)
    }
}

impl std::ops::Index<TeamId> for Teams {
    type Output = Team;

    fn index(&self, team: TeamId) -> &Team {
        &self.0[team.index()]
    }
}

impl Team {
    /// Every confederation it may belong to.
    pub fn confederations(&self) -> impl Iterator<Item = &str> {
        self.confederation
            .split('|')
            .map(str::trim)
            .filter(|name| !name.is_empty())
    }

    /// The name, then every alias.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn teams() -> Teams {
        let team = |name: &str, aliases: &[&str]| Team {
            name: name.into(),
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
            ..Team::default()
        };
        Teams::new(vec![
            team("Zamalek", &[]),
            team("Sagrada Esperança", &["Sagrada"]),
        ])
    }

    #[test]
    fn names_and_aliases_find_their_team_whatever_the_case() {
        assert_eq!(teams().find("zamalek"), Ok(TeamId(0)));
        assert_eq!(teams().find(" Sagrada "), Ok(TeamId(1)));
        assert_eq!(teams().find("SAGRADA ESPERANÇA"), Ok(TeamId(1)));
    }

    #[test]
    fn an_unknown_name_is_an_error_that_offers_the_nearest() {
        let nearest = teams().find("Zamalec").unwrap_err();
        assert_eq!(nearest.to_string(), ", did you mean `Zamalek`?");
        assert_eq!(teams().find("Real Madrid").unwrap_err().to_string(), "");
    }
}
