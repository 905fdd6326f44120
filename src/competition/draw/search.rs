//! Whether a valid outcome is left, decided by complete search.

use super::counts::Counts;
use super::outlook::{Culprit, Outlook};
use super::rules::{Each, Rules};
use super::{Fault, LARGEST_DRAW, members};

/// Positions looked at in one run before a search is given up. Real draws take a few dozen.
const NODES: u32 = 20_000;
/// After so many of them a search starts afresh with what it has learnt, then after half as many more.
const FIRST_RUN: u32 = 64;

/// Places all balls left, if that can be done; otherwise leaves the counts as they were.
///
/// Backtracking that always turns to whatever has the fewest options for the trouble it has made so far
/// [Boussemart et al. 2004], with restarts. The first dive is cheap; once something has failed, positions
/// are looked at more closely, and in later runs more closely still. Groups that nothing tells apart stand for one another. Where there is a
/// choice, a ball goes where it goes in `guide`, so that a valid outcome near to that one is found at
/// once. What is found depends on the guide; whether something is found does not.
pub(super) fn complete(
    rules: &Rules,
    counts: &mut Counts,
    guide: Option<&Each<u8>>,
) -> Result<bool, Fault> {
    let mut search = Search {
        rules,
        counts,
        guide,
        nodes: 0,
        limit: FIRST_RUN,
        wary: false,
        turn: 0,
        balls: [1; LARGEST_DRAW],
        seats: [1; LARGEST_DRAW],
        groups: [1; LARGEST_DRAW],
    };
    loop {
        match search.descend() {
            Ok(found) => return Ok(found),
            Err(Exhausted) if search.limit < NODES => search.start_afresh(),
            Err(Exhausted) => return Err(Fault::TooHard),
        }
    }
}

struct Search<'a> {
    rules: &'a Rules,
    counts: &'a mut Counts,
    guide: Option<&'a Each<u8>>,
    nodes: u32,
    /// For `nodes`, in this run.
    limit: u32,
    /// Whether something has failed.
    wary: bool,
    /// Decides where to begin among equals; 0 for the first.
    turn: u32,
    /// `[ball]`: the trouble it has made.
    balls: Each<u32>,
    /// `[pot * groups + group]`: the trouble its seats have made.
    seats: Each<u32>,
    /// `[group]`: the trouble it has made by what it must have.
    groups: Each<u32>,
}

/// The limit of a run is reached.
#[derive(Debug, PartialEq)]
struct Exhausted;

/// What to decide next.
#[derive(Clone, Copy)]
enum Branch {
    /// Which of these groups a ball joins.
    Ball(usize, u64),
    /// Which of these balls a group gets; one of them it must.
    Group(usize, u64),
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
        if !self.counts.can_suffice(self.rules) {
            return Ok(false);
        }
        if self.counts.left == 0 {
            return Ok(true);
        }
        self.nodes += 1;
        if self.nodes > self.limit {
            return Err(Exhausted);
        }
        match self.branch() {
            Ok(Branch::Ball(ball, groups)) => {
                let guided = self.guide.map_or(0, |guide| groups & 1 << guide[ball]);
                if guided != 0 && self.place(ball, guided.trailing_zeros() as usize)? {
                    return Ok(true);
                }
                self.any(groups & !guided, |search, group| search.place(ball, group))
            }
            Ok(Branch::Group(group, balls)) => {
                self.any(balls, |search, ball| search.place(ball, group))
            }
            Err(culprit) => {
                self.blame(culprit);
                Ok(false)
            }
        }
    }

    /// Whether one of the options leads to a valid outcome.
    fn any(
        &mut self,
        options: u64,
        mut leads: impl FnMut(&mut Self, usize) -> Result<bool, Exhausted>,
    ) -> Result<bool, Exhausted> {
        // Xorshift, which stays at 0.
        self.turn ^= self.turn << 13;
        self.turn ^= self.turn >> 17;
        self.turn ^= self.turn << 5;
        let before = (1 << (self.turn % u64::BITS)) - 1;
        for option in members(options & !before).chain(members(options & before)) {
            if leads(self, option)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn place(&mut self, ball: usize, group: usize) -> Result<bool, Exhausted> {
        self.counts.place(self.rules, ball, group);
        let found = self.descend();
        if found != Ok(true) {
            self.counts.lift(self.rules, ball);
            self.wary = true;
        }
        found
    }

    fn blame(&mut self, culprit: Culprit) {
        match culprit {
            Culprit::Ball(ball) => self.balls[ball] += 1,
            Culprit::Seats(seats) => self.seats[seats] += 1,
            Culprit::Group(group) => self.groups[group] += 1,
            Culprit::Many => {}
        }
    }

    /// What has the fewest options for the trouble it makes.
    fn branch(&self) -> Result<Branch, Culprit> {
        let Self { rules, counts, .. } = self;
        let mut outlook = Outlook::of(rules, counts);
        // Dear, and rarely worth it before a run has been in vain.
        if self.limit > FIRST_RUN {
            outlook.look_ahead(rules, counts)?;
        }
        let hidden = self.hidden();
        let mut best = (u32::MAX, 1, Branch::Ball(0, 0));
        for ball in members(counts.left) {
            let groups = outlook.groups[ball] & !hidden;
            if groups == 0 {
                return Err(Culprit::Ball(ball));
            }
            prefer(
                &mut best,
                groups,
                self.balls[ball],
                Branch::Ball(ball, groups),
            );
        }
        for (position, limit) in rules.limits.iter().enumerate() {
            if limit.least == 0 {
                continue;
            }
            for group in members(rules.all_groups() & !hidden) {
                let count = counts.in_area[rules.cell(position, group)];
                if count < limit.least {
                    let balls = outlook.joining(limit.balls & counts.left, group);
                    if balls.count_ones() < u32::from(limit.least - count) {
                        return Err(Culprit::Group(group));
                    }
                    let branch = Branch::Group(group, balls);
                    prefer(&mut best, balls, self.groups[group], branch);
                }
            }
        }
        if self.wary {
            outlook.check_limits(rules, counts)?;
            for pot in 0..rules.pots {
                let left = counts.left & rules.in_pot[pot];
                for group in members(counts.open[pot] & !hidden) {
                    let seats = pot * rules.groups + group;
                    let balls = outlook.joining(left, group);
                    if balls.count_ones() < u32::from(counts.seats[seats]) {
                        return Err(Culprit::Seats(seats));
                    }
                    let branch = Branch::Group(group, balls);
                    prefer(&mut best, balls, self.seats[seats], branch);
                }
            }
            outlook.check_pots(rules, counts)?;
        }
        Ok(best.2)
    }

    /// Untouched groups that an untouched one before them stands for.
    fn hidden(&self) -> u64 {
        let untouched = |class: &u64| class & !self.counts.touched;
        let classes = self.rules.classes.iter().map(untouched);
        classes.fold(0, |hidden, class| hidden | class & class.wrapping_sub(1))
    }
}

/// Keeps the branch with fewer options for its trouble.
fn prefer(best: &mut (u32, u32, Branch), options: u64, trouble: u32, branch: Branch) {
    let options = options.count_ones();
    if u64::from(options) * u64::from(best.1) < u64::from(best.0) * u64::from(trouble) {
        *best = (options, trouble, branch);
    }
}
