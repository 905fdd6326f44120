//! Sets of teams of one group.

/// The most teams a group can hold: a set of its teams is one machine word.
pub const LARGEST_GROUP: usize = 64;

/// A set of teams of one group, by their positions in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TeamSet(u64);

impl TeamSet {
    /// The first `size` teams.
    pub fn first(size: usize) -> Self {
        debug_assert!((1..=LARGEST_GROUP).contains(&size));
        Self(u64::MAX >> (LARGEST_GROUP - size))
    }

    /// The teams listed.
    pub fn of(teams: &[u8]) -> Self {
        Self(teams.iter().fold(0, |set, &team| set | 1 << team))
    }

    /// Whether a team belongs to it.
    pub fn contains(self, team: u8) -> bool {
        self.0 >> team & 1 == 1
    }

    /// The set with one more team.
    pub fn with(self, team: u8) -> Self {
        Self(self.0 | 1 << team)
    }

    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let team = (rest != 0).then(|| rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            team
        })
    }
}
