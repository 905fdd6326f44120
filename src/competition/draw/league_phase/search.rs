//! Whether a valid draw is left, by bounded search.

use super::super::members;
use super::fixtures::Fixtures;
use super::rules::{MOST_SLOTS, Rules};

/// Positions looked at in one run before the question whether there is a draw at all is given up.
pub(super) const TO_CHECK: u32 = 20_000;
/// The same for a question during a draw.
pub(super) const TO_LOOK_AHEAD: u32 = 2_000;
/// After so many of them a search starts afresh with what it has learnt, then after half as many more.
const FIRST_RUN: u32 = 400;

/// Adds all fixtures that are missing, if that can be done; otherwise leaves everything as it was. None
/// where that was not decided.
///
/// Backtracking that always turns to whatever has the fewest options for the trouble it has made so far
/// [Boussemart et al. 2004], with restarts. Where there is a choice, a team has the guest it has in
/// `guide`.
pub(super) fn complete(
    rules: &Rules,
    fixtures: &mut Fixtures,
    guide: Option<&[u8]>,
    nodes: u32,
) -> Option<bool> {
    if !fixtures.has_room(rules) {
        return Some(false);
    }
    let mut search = Search {
        rules,
        fixtures,
        guide,
        nodes: 0,
        limit: FIRST_RUN,
        turn: 0,
        no_guest: [1; MOST_SLOTS],
        no_host: [1; MOST_SLOTS],
    };
    loop {
        match search.descend() {
            Ok(found) => return Some(found),
            Err(Exhausted) if search.limit < nodes => search.start_afresh(),
            Err(Exhausted) => return None,
        }
    }
}

struct Search<'a> {
    rules: &'a Rules,
    fixtures: &'a mut Fixtures,
    guide: Option<&'a [u8]>,
    nodes: u32,
    /// For `nodes`, in this run.
    limit: u32,
    /// Decides where to begin among equals; 0 for the first.
    turn: u32,
    /// `[slot]`: the trouble that a team has made for want of a guest.
    no_guest: [u32; MOST_SLOTS],
    /// `[slot]`: and for want of a host.
    no_host: [u32; MOST_SLOTS],
}

/// The limit of a run is reached.
#[derive(Debug, PartialEq)]
struct Exhausted;

/// What to decide next.
#[derive(Clone, Copy)]
enum Branch {
    /// Which of these teams a team is at home to.
    Guest(usize, u64),
    /// Which of these teams a team visits.
    Host(usize, u64),
}

impl Search<'_> {
    /// The next run: longer, without a guide, and elsewhere.
    fn start_afresh(&mut self) {
        self.nodes = 0;
        self.limit += self.limit / 2;
        self.guide = None;
        self.turn = self.limit;
    }

    fn descend(&mut self) -> Result<bool, Exhausted> {
        if self.fixtures.left == 0 {
            return Ok(true);
        }
        self.nodes += 1;
        if self.nodes > self.limit {
            return Err(Exhausted);
        }
        // Dear, and rarely worth it before a run has been in vain.
        let (rules, fixtures) = (self.rules, &*self.fixtures);
        let is_hopeless = || !fixtures.has_room(rules) || !fixtures.has_matchings(rules);
        if self.limit > FIRST_RUN && is_hopeless() {
            return Ok(false);
        }
        match self.branch() {
            None => Ok(false),
            Some(Branch::Guest(home, guests)) => {
                let guided = |guide: &[u8], away: usize| self.is_guided(guide, home, away);
                let first = self.guided(guests, guided);
                self.any(first, guests, |search, away| search.place(home, away))
            }
            Some(Branch::Host(away, hosts)) => {
                let guided = |guide: &[u8], home: usize| self.is_guided(guide, home, away);
                let first = self.guided(hosts, guided);
                self.any(first, hosts, |search, home| search.place(home, away))
            }
        }
    }

    fn is_guided(&self, guide: &[u8], home: usize, away: usize) -> bool {
        usize::from(guide[self.rules.slot(home, self.rules.pot(away))]) == away
    }

    /// The option that is the guide's, if one is.
    fn guided(&self, options: u64, is_guided: impl Fn(&[u8], usize) -> bool) -> u64 {
        let find = |guide| members(options).find(|&option| is_guided(guide, option));
        self.guide.and_then(find).map_or(0, |option| 1 << option)
    }

    /// Whether one of the options leads to a valid draw, those of `first` before the others.
    fn any(
        &mut self,
        first: u64,
        options: u64,
        mut leads: impl FnMut(&mut Self, usize) -> Result<bool, Exhausted>,
    ) -> Result<bool, Exhausted> {
        // Xorshift, which stays at 0.
        self.turn ^= self.turn << 13;
        self.turn ^= self.turn >> 17;
        self.turn ^= self.turn << 5;
        let before = (1 << (self.turn % u64::BITS)) - 1;
        let others = options & !first;
        for option in [first, others & !before, others & before]
            .into_iter()
            .flat_map(members)
        {
            if leads(self, option)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn place(&mut self, home: usize, away: usize) -> Result<bool, Exhausted> {
        self.fixtures.place(self.rules, home, away);
        let found = self.descend();
        if found != Ok(true) {
            self.fixtures.lift(self.rules, home, away);
        }
        found
    }

    /// What has the fewest options for the trouble it makes; none if something has no option at all.
    fn branch(&mut self) -> Option<Branch> {
        let Self {
            rules, fixtures, ..
        } = self;
        let mut best = (u32::MAX, 1, Branch::Guest(0, 0));
        for pot in 0..rules.pots {
            for team in members(fixtures.no_guest[pot]) {
                let guests = fixtures.guests(rules, team, pot);
                let trouble = &mut self.no_guest[rules.slot(team, pot)];
                if !prefer(&mut best, guests, trouble, Branch::Guest(team, guests)) {
                    return None;
                }
            }
            for team in members(fixtures.no_host[pot]) {
                let hosts = fixtures.hosts(rules, team, pot);
                let trouble = &mut self.no_host[rules.slot(team, pot)];
                if !prefer(&mut best, hosts, trouble, Branch::Host(team, hosts)) {
                    return None;
                }
            }
        }
        Some(best.2)
    }
}

/// Keeps the branch with fewer options for its trouble. False if it has none, which is more trouble.
fn prefer(best: &mut (u32, u32, Branch), options: u64, trouble: &mut u32, branch: Branch) -> bool {
    let options = options.count_ones();
    if u64::from(options) * u64::from(best.1) < u64::from(best.0) * u64::from(*trouble) {
        *best = (options, *trouble, branch);
    }
    *trouble += u32::from(options == 0);
    options > 0
}
