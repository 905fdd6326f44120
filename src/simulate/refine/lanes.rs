//! The lanes of a group, ranked strip by strip.

use super::super::stream::LANES;
use super::super::totals::{Overall, Totals};
use super::super::wide::{Simd, WithSimd};
use super::strip::{
    Keys, STRIP, Strip, as_bytes, entering, gained, is_any, only_where, or_fewer, or_level, plus,
    plus_level, plus_sign, settled, settled_by_keys, strip, strip_mut, sum, with_metric,
};
use super::{Compared, LaneRule, LaneRules, Meetings};
use crate::standings::{Among, Restart, Sizes};

/// The order of teams in all lanes, and what it takes to find it.
#[derive(Clone, Debug)]
pub(in super::super) struct LaneRanks {
    /// `[team][lane]`: 0 = best.
    pub(in super::super) rank: Vec<[u8; LANES]>,
    /// `[lane]`: not zero where the reference engine has to decide.
    pub(in super::super) undecided: [u8; LANES],
    /// `[pair]`: 1 where the first is above, -1 where the second is, 0 where they are level.
    above: Vec<Strip>,
    /// `[pair]`: whether they were level when the rule began, and entered it.
    entered: Vec<Strip>,
    /// `[team]`: packed metrics.
    keys: Vec<Keys>,
    /// `[team]`: what is compared.
    values: Vec<Strip>,
    /// `[team]`: with how many others it was level when the rule began, and is now.
    with: [Vec<Strip>; 2],
    /// `[metric][pair]`: what the meetings give each of the two; no pairs for a metric nobody asks for.
    met: [Vec<[Strip; 2]>; Overall::ALL.len()],
    /// `[metric]`: whether that has been found in this strip.
    is_met: [bool; Overall::ALL.len()],
}

impl LaneRanks {
    /// Memory for groups that are ranked by these rules.
    pub(in super::super) fn new(teams: usize, rules: &LaneRules) -> Self {
        let pairs = rules.pairs.len();
        let strips = |count: usize| vec![[0; STRIP]; count];
        let meetings = |metric: Overall| match rules.compares_meetings(metric) {
            true => vec![[[0; STRIP]; 2]; pairs],
            false => Vec::new(),
        };
        Self {
            rank: vec![[0; LANES]; teams],
            undecided: [0; LANES],
            above: strips(pairs),
            entered: strips(pairs),
            keys: vec![[0; STRIP]; teams],
            values: strips(teams),
            with: [strips(teams), strips(teams)],
            met: Overall::ALL.map(meetings),
            is_met: [false; Overall::ALL.len()],
        }
    }
}

/// Ranks all lanes.
pub(super) struct Ranking<'a> {
    pub(super) rules: &'a LaneRules,
    pub(super) codes: &'a [[u8; LANES]],
    pub(super) totals: &'a Totals,
    pub(super) worth: [i16; 2],
    pub(super) ranks: &'a mut LaneRanks,
}

impl WithSimd for Ranking<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _simd: S) {
        for from in (0..LANES).step_by(STRIP) {
            self.ranks.is_met = [false; Overall::ALL.len()];
            self.by_packs(from);
            for rule in &self.rules.rules {
                if !self.is_any_level() {
                    break;
                }
                self.by_rule(rule, from);
                if rule.is_last {
                    break;
                }
            }
            self.count_above(from);
        }
    }
}

impl Ranking<'_> {
    /// By the metrics that come first.
    #[inline(always)]
    fn by_packs(&mut self, from: usize) {
        let LaneRanks { above, keys, .. } = &mut *self.ranks;
        above.fill([0; STRIP]);
        for pack in &self.rules.packs {
            for (team, key) in keys.iter_mut().enumerate() {
                key.fill(0);
                for packed in pack {
                    let values = strip(&self.totals.of(packed.metric)[team], from);
                    *key = with_metric(key, values, packed.lowest, packed.span);
                }
            }
            for (pair, above) in self.rules.pairs.iter().zip(above.iter_mut()) {
                let first = &keys[usize::from(pair.pair[0])];
                let second = &keys[usize::from(pair.pair[1])];
                *above = settled_by_keys(above, first, second);
            }
        }
    }

    #[inline(always)]
    fn is_any_level(&self) -> bool {
        let mut any = [0; STRIP];
        for above in &self.ranks.above {
            any = or_level(&any, above);
        }
        is_any(&any)
    }

    /// By one rule, which smaller sets may meet again.
    #[inline(always)]
    fn by_rule(&mut self, rule: &LaneRule, from: usize) {
        let counts =
            rule.restart != Restart::Never || rule.by.iter().any(|by| by.teams != Sizes::ANY);
        let mut only_pairs = false;
        loop {
            self.enter(only_pairs);
            if counts {
                self.count_level(0);
            }
            for (place, compared) in rule.by.iter().enumerate() {
                self.find_values(*compared, from);
                let after_split = rule.restart == Restart::EachSplit && place > 0;
                if after_split {
                    self.count_level(1);
                }
                self.settle(compared.teams, after_split);
            }
            if rule.restart == Restart::Never || only_pairs {
                return;
            }
            self.count_level(1);
            only_pairs = rule.restart == Restart::Pair;
            if !self.goes_again(only_pairs) {
                return;
            }
        }
    }

    /// Notes who is level when a rule begins; of those who meet it again only pairs, if so asked.
    #[inline(always)]
    fn enter(&mut self, only_pairs: bool) {
        let LaneRanks {
            above,
            entered,
            with: [_, now],
            ..
        } = &mut *self.ranks;
        let pairs = self.rules.pairs.iter().zip(above.iter().zip(entered));
        for (pair, (above, entered)) in pairs {
            let with = &now[usize::from(pair.pair[0])];
            *entered = entering(above, with, only_pairs);
        }
    }

    /// With how many others every team is level.
    #[inline(always)]
    fn count_level(&mut self, when: usize) {
        let LaneRanks { above, with, .. } = &mut *self.ranks;
        let with = &mut with[when];
        with.fill([0; STRIP]);
        for (pair, above) in self.rules.pairs.iter().zip(above) {
            for team in pair.pair {
                let with = &mut with[usize::from(team)];
                *with = plus_level(with, above);
            }
        }
    }

    /// What is compared: over all matches, or those among the teams that entered together.
    #[inline(always)]
    fn find_values(&mut self, compared: Compared, from: usize) {
        let LaneRanks {
            entered,
            values,
            met,
            is_met,
            ..
        } = &mut *self.ranks;
        if compared.among == Among::Everyone {
            for (values, totals) in values.iter_mut().zip(self.totals.of(compared.metric)) {
                *values = *strip(totals, from);
            }
            return;
        }
        let met = &mut met[compared.metric as usize];
        let is_met = &mut is_met[compared.metric as usize];
        if !*is_met {
            *is_met = true;
            for (pair, met) in self.rules.pairs.iter().zip(met.iter_mut()) {
                *met = met_by(pair, compared.metric, self.codes, from, self.worth);
            }
        }
        values.fill([0; STRIP]);
        let pairs = self.rules.pairs.iter().zip(met);
        for ((pair, met), entered) in pairs.zip(entered) {
            for side in 0..2 {
                let values = &mut values[usize::from(pair.pair[side])];
                *values = plus(values, &met[side], entered);
            }
        }
    }

    /// Settles the pairs that entered the rule and are level, if so many entered together, and if asked only
    /// where none of those has been split off since.
    #[inline(always)]
    fn settle(&mut self, teams: Sizes, unless_split: bool) {
        let LaneRanks {
            above,
            entered,
            values,
            with: [then, now],
            ..
        } = &mut *self.ranks;
        let least = (teams.least - 1).min(LANES) as i16;
        let most = (teams.most - 1).min(LANES) as i16;
        let pairs = self.rules.pairs.iter().zip(above.iter_mut().zip(entered));
        for (pair, (above, entered)) in pairs {
            let (first, second) = (usize::from(pair.pair[0]), usize::from(pair.pair[1]));
            let (one, two) = (&values[first], &values[second]);
            let sign = settled(above, one, two, entered);
            *above = match teams == Sizes::ANY && !unless_split {
                true => sign,
                false => {
                    let with = [&then[first], &now[first]];
                    only_where(above, &sign, with, [least, most], unless_split)
                }
            };
        }
    }

    /// Whether somewhere teams are level of whom fewer are left than entered: in all, or just two.
    #[inline(always)]
    fn goes_again(&self, only_pairs: bool) -> bool {
        let [then, now] = &self.ranks.with;
        let mut any = [0; STRIP];
        for (then, now) in then.iter().zip(now) {
            any = or_fewer(&any, then, now, only_pairs);
        }
        is_any(&any)
    }

    /// Ranks by the number of teams above; marks lanes where some are level.
    #[inline(always)]
    fn count_above(&mut self, from: usize) {
        let LaneRanks {
            rank,
            undecided,
            above,
            values,
            ..
        } = &mut *self.ranks;
        values.fill([0; STRIP]);
        let mut open: Strip = [0; STRIP];
        for (pair, above) in self.rules.pairs.iter().zip(above) {
            open = or_level(&open, above);
            for (side, sign) in [(0, -1), (1, 1)] {
                let values = &mut values[usize::from(pair.pair[side])];
                *values = plus_sign(values, above, sign);
            }
        }
        for (rank, values) in rank.iter_mut().zip(values) {
            *strip_mut(rank, from) = as_bytes(values);
        }
        *strip_mut(undecided, from) = as_bytes(&open);
    }
}

/// What the meetings of two teams give each of them.
#[inline(always)]
fn met_by(
    pair: &Meetings,
    metric: Overall,
    codes: &[[u8; LANES]],
    from: usize,
    worth: [i16; 2],
) -> [Strip; 2] {
    let decided = pair.decided[metric as usize];
    let mut found = [[decided[0]; STRIP], [decided[1]; STRIP]];
    for &(index, first_at_home) in &pair.open {
        let [home, away] = gained(metric, strip(&codes[index], from), worth);
        let [first, second] = if first_at_home {
            [home, away]
        } else {
            [away, home]
        };
        found = [sum(&found[0], &first), sum(&found[1], &second)];
    }
    found
}
