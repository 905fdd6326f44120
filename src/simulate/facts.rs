//! What seasons need to know of teams beside their strengths.

use crate::edition::{Known, Snapshot};
use crate::fixture::Venue;
use crate::standings::External;
use crate::team::Team;

/// What seasons need to know of teams.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// `[team]`: the number of its association, from 1; 0 where none is known.
    pub(super) association: Vec<u16>,
    /// In order of their numbers.
    pub(super) associations: Vec<String>,
    /// `[team]`: a bit for every confederation it may belong to.
    pub(super) confederations: Vec<u64>,
    /// In order of their bits.
    pub(super) confederation_names: Vec<String>,
    /// `[team]`: what is known of it that scores cannot tell.
    pub(super) values: Vec<Vec<(External, i64)>>,
    /// `[stage][team]`: points taken away; no stage without any.
    pub(super) deducted: Vec<Vec<i64>>,
    /// `[team]`: whether it is at home on neutral ground.
    pub(super) is_host: Vec<bool>,
}

impl Facts {
    /// What a snapshot says of teams.
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let edition = snapshot.edition();
        let teams = || edition.teams.iter();
        let mut associations: Vec<&str> =
            teams().map(|(_, team)| team.association.as_str()).collect();
        let mut confederations: Vec<&str> = teams()
            .flat_map(|(_, team)| team.confederations())
            .collect();
        for names in [&mut associations, &mut confederations] {
            names.retain(|name| !name.is_empty());
            names.sort_unstable();
            names.dedup();
        }
        let position = |names: &[&str], name: &str| names.binary_search(&name).ok();
        let association =
            |team: &Team| position(&associations, &team.association).map_or(0, |index| index + 1);
        let confederation = |team: &Team| {
            let bits = team
                .confederations()
                .filter_map(|name| position(&confederations, name));
            bits.fold(0, |set, bit| set | 1_u64 << (bit % 64))
        };
        let mut values = vec![Vec::new(); edition.teams.len()];
        let mut deducted = vec![Vec::new(); edition.competition.stages.len()];
        for value in &edition.values {
            match value.what {
                Known::External(external) => {
                    let known: &mut Vec<_> = &mut values[value.team.index()];
                    known.retain(|(other, _)| *other != external);
                    known.push((external, value.value));
                }
                Known::Deduction { stage } => {
                    deducted[stage].resize(edition.teams.len(), 0);
                    deducted[stage][value.team.index()] = value.value;
                }
            }
        }
        Self {
            association: teams().map(|(_, team)| association(team) as u16).collect(),
            confederations: teams().map(|(_, team)| confederation(team)).collect(),
            associations: associations.iter().map(|&name| name.to_owned()).collect(),
            confederation_names: confederations.iter().map(|&name| name.to_owned()).collect(),
            values,
            deducted,
            is_host: teams()
                .map(|(id, _)| edition.competition.hosts.contains(&id))
                .collect(),
        }
    }

    /// The number of an association.
    pub(super) fn association_named(&self, name: &str) -> Option<u16> {
        let found = self.associations.iter().position(|known| known == name);
        found.map(|index| index as u16 + 1)
    }

    /// The bit of a confederation.
    pub(super) fn confederation_named(&self, name: &str) -> Option<u32> {
        let found = self
            .confederation_names
            .iter()
            .position(|known| known == name);
        found.map(|index| index as u32)
    }

    /// Where a match gives the home advantage: a host is at home on neutral ground.
    #[inline]
    pub(super) fn venue(&self, venue: Venue, home: usize, away: usize) -> Venue {
        match (venue, self.is_host[home], self.is_host[away]) {
            (Venue::Neutral, true, false) => Venue::Home,
            (Venue::Neutral, false, true) => Venue::Away,
            (venue, ..) => venue,
        }
    }
}
