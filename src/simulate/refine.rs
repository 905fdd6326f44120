//! The fast path of ranking: the same refinement as the reference engine's, in all lanes at once.
//!
//! Of every pair of teams each lane knows who is above, or that they are level. A rule gives every team a
//! value, and settles the pairs that are level by it. Who is level with whom when a rule begins is kept: those
//! are the teams of its mini-table, and who is level with fewer afterwards may meet the rule again. Lanes that
//! come to a rule which the kernel does not know, with teams still level, are left to the reference engine.

#![allow(
    clippy::needless_range_loop,
    reason = "lanes of several arrays are walked side by side"
)]

use super::plan::{MOST_SAMPLED, OpenFixture};
use super::stream::LANES;
use super::totals::{Overall, Totals};
use super::wide::{Simd, WithSimd, wide};
use crate::standings::{Among, Metric, Restart, Rule, Scope, Sizes, Step, Table, TeamSet};

/// Lanes that are ranked together: what is known of all pairs of a league stays close to the processor.
const STRIP: usize = 64;

/// One value for each lane of a strip; as a mask all bits or none.
type Strip = [i16; STRIP];

/// A metric as a part of one number that orders teams by several.
#[derive(Clone, Copy, Debug)]
struct Packed {
    metric: Overall,
    lowest: i32,
    /// How many values there are from the lowest on.
    span: i32,
}

/// What a rule compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Compared {
    metric: Overall,
    among: Among,
    /// How many teams must have entered the rule.
    teams: Sizes,
}

/// A rule as far as the kernel knows its metrics.
#[derive(Clone, Debug)]
struct LaneRule {
    by: Vec<Compared>,
    restart: Restart,
    /// Whether it goes on, or others follow, in a way that the kernel does not know.
    is_last: bool,
}

/// The meetings of two teams of a group.
#[derive(Clone, Debug)]
struct Meetings {
    /// The two teams.
    pair: [u8; 2],
    /// `[metric]`: what meetings already decided give each of the two.
    decided: [[i16; 2]; Overall::ALL.len()],
    /// Meetings to be played: position among the open fixtures, and whether the first is at home.
    open: Vec<(usize, bool)>,
}

/// How the lanes of a group are ranked.
#[derive(Clone, Debug)]
pub(super) struct LaneRules {
    /// The metrics over all matches that come first, as few numbers as they fit into.
    packs: Vec<Vec<Packed>>,
    rules: Vec<LaneRule>,
    pairs: Vec<Meetings>,
    /// Whether the kernel can rank at all; otherwise all lanes are left to the reference engine.
    is_sound: bool,
}

/// What lanes start from.
pub(super) struct Ground<'a> {
    pub(super) rules: &'a [Rule],
    pub(super) table: &'a Table,
    pub(super) open: &'a [OpenFixture],
    /// `[team]`: what is counted already, where that is the same in every season.
    pub(super) start: Option<&'a [[i16; Overall::ALL.len()]]>,
    /// Points that a win and a draw are worth.
    pub(super) worth: [i16; 2],
    /// Whether two teams meet and nothing else counts: then nothing is added up.
    pub(super) is_tie: bool,
    /// Whether what is brought along, if anything, is simply added up.
    pub(super) is_plain: bool,
}

impl LaneRules {
    /// How the lanes of a group are ranked under its rules.
    pub(super) fn new(ground: &Ground<'_>) -> Self {
        let Ground {
            rules,
            table,
            open,
            is_tie,
            ..
        } = *ground;
        let plain = |rule: &Rule| overall(rule.plain()?).filter(|_| !is_tie);
        let leading: Vec<Overall> = rules.iter().map_while(plain).collect();
        let size = table.size() as u8;
        let pairs =
            (0..size).flat_map(|first| (first + 1..size).map(move |second| [first, second]));
        let annulled = (0..size).any(|team| table.is_annulled(team));
        Self {
            rules: ground.lane_rules(&rules[leading.len()..]),
            packs: ground.packs(&leading),
            pairs: pairs.map(|pair| Meetings::of(pair, table, open)).collect(),
            is_sound: !annulled && !table.has_averages() && ground.is_plain,
        }
    }

    /// What the kernel has to add up: what is shown, and what is compared.
    pub(super) fn needs(&self) -> Vec<Overall> {
        let leading = self.packs.iter().flatten().map(|packed| packed.metric);
        let by = self.rules.iter().flat_map(|rule| &rule.by);
        let overall = by.filter(|compared| compared.among == Among::Everyone);
        let compared: Vec<Overall> = leading
            .chain(overall.map(|compared| compared.metric))
            .collect();
        let shown = &Overall::ALL[..3];
        let needed = |metric: &Overall| shown.contains(metric) || compared.contains(metric);
        Overall::ALL.into_iter().filter(needed).collect()
    }

    fn compares_meetings(&self, metric: Overall) -> bool {
        let mut by = self.rules.iter().flat_map(|rule| &rule.by);
        by.any(|compared| (compared.among, compared.metric) == (Among::LevelTeams, metric))
    }

    /// Ranks all lanes; those it cannot decide are marked.
    pub(super) fn rank(
        &self,
        codes: &[[u8; LANES]],
        totals: &Totals,
        worth: [i16; 2],
        ranks: &mut LaneRanks,
    ) {
        if !self.is_sound {
            ranks.undecided.fill(1);
            return;
        }
        wide(Ranking {
            rules: self,
            codes,
            totals,
            worth,
            ranks,
        });
    }
}

impl Ground<'_> {
    /// The rules behind the leading ones, up to the first that the kernel does not know to its end.
    fn lane_rules(&self, rules: &[Rule]) -> Vec<LaneRule> {
        let drawn = self.open.first().is_some_and(|open| open.home == open.away);
        let mut known = Vec::new();
        for rule in rules {
            let Step::Compare { among, by, restart } = &rule.step else {
                break;
            };
            // Of a season that is played to its end it is known beforehand who has met.
            let mut condition = rule.condition;
            condition.all_met &= !self.all_meet();
            let whole = [Restart::AllButBest, Restart::SubsetOrNothing];
            let by_meetings = *among == Among::LevelTeams || self.is_tie;
            if !condition.is_empty() || whole.contains(restart) || (drawn && by_meetings) {
                break;
            }
            let among = if by_meetings {
                Among::LevelTeams
            } else {
                Among::Everyone
            };
            let compared = by.iter().map_while(|criterion| {
                let metric = match criterion.metric {
                    Metric::Aggregate if self.is_tie => Some(Overall::Goals),
                    metric => overall(metric),
                };
                let teams = criterion.teams;
                metric.map(|metric| Compared {
                    metric,
                    among,
                    teams,
                })
            });
            let compared: Vec<Compared> = compared.collect();
            let is_last = compared.len() < by.len();
            known.push(LaneRule {
                by: compared,
                restart: *restart,
                is_last,
            });
            if is_last {
                break;
            }
        }
        known
    }

    /// Whether all teams have met as often as they ever will once what is open is played.
    fn all_meet(&self) -> bool {
        let mut table = self.table.clone();
        for open in self.open.iter().filter(|open| open.home != open.away) {
            table.record(open.home, open.away, crate::fixture::Scoreline::new(0, 0));
        }
        let teams: Vec<u8> = (0..table.size() as u8).collect();
        table.all_met(&teams)
    }

    /// Metrics in as few numbers of 31 bits as hold them.
    fn packs(&self, leading: &[Overall]) -> Vec<Vec<Packed>> {
        let mut packs: Vec<Vec<Packed>> = Vec::new();
        let mut product = i64::MAX;
        for &metric in leading {
            let (lowest, highest) = self.range(metric);
            let span = highest - lowest + 1;
            product = product.saturating_mul(span.into());
            if product > i32::MAX.into() {
                packs.push(Vec::new());
                product = span.into();
            }
            if let Some(pack) = packs.last_mut() {
                pack.push(Packed {
                    metric,
                    lowest,
                    span,
                });
            }
        }
        packs
    }

    /// The lowest and the highest value that any team can have in a season.
    fn range(&self, metric: Overall) -> (i32, i32) {
        let Some(start) = self.start else {
            return (i16::MIN.into(), i16::MAX.into());
        };
        let best = i32::from(self.worth[0].max(self.worth[1]));
        let (down, up) = match metric {
            Overall::Points => (0, best),
            Overall::GoalDifference => (-MOST_SAMPLED, MOST_SAMPLED),
            Overall::Goals | Overall::AwayGoals => (0, MOST_SAMPLED),
            Overall::Wins | Overall::AwayWins => (0, 1),
        };
        let teams = start.iter().enumerate().map(|(team, start)| {
            let plays =
                |open: &&OpenFixture| [open.home, open.away].map(usize::from).contains(&team);
            let left = self.open.iter().filter(plays).count() as i32;
            let start = i32::from(start[metric as usize]);
            (start + down * left, start + up * left)
        });
        teams.fold((0, 0), |(lowest, highest), (low, high)| {
            (lowest.min(low), highest.max(high))
        })
    }
}

/// What the kernel adds up of a metric.
fn overall(metric: Metric) -> Option<Overall> {
    Overall::ALL
        .into_iter()
        .find(|known| known.metric() == metric)
}

impl Meetings {
    fn of(pair: [u8; 2], table: &Table, open: &[OpenFixture]) -> Self {
        let among = Scope::Between(TeamSet::of(&pair));
        let decided = Overall::ALL.map(|metric| {
            pair.map(|team| {
                let value = table.value(metric.metric(), team, among);
                value.unwrap_or_default() as i16
            })
        });
        let meeting = |(index, open): (usize, &OpenFixture)| match [open.home, open.away] {
            sides if sides == pair => Some((index, true)),
            [home, away] if [away, home] == pair => Some((index, false)),
            _ => None,
        };
        let open = open.iter().enumerate().filter_map(meeting).collect();
        Self {
            pair,
            decided,
            open,
        }
    }

    /// What the meetings give each of the two.
    #[inline(always)]
    fn find(
        &self,
        metric: Overall,
        codes: &[[u8; LANES]],
        from: usize,
        worth: [i16; 2],
        found: &mut [Strip; 2],
    ) {
        let decided = self.decided[metric as usize];
        let [first, second] = found;
        *first = [decided[0]; STRIP];
        *second = [decided[1]; STRIP];
        for &(index, first_at_home) in &self.open {
            let codes: &[u8; STRIP] = strip(&codes[index], from);
            let (own, other) = if first_at_home { (4, 0) } else { (0, 4) };
            // Of what is counted away only one of the two gets any.
            let away_only = matches!(metric, Overall::AwayGoals | Overall::AwayWins);
            let one = if away_only && first_at_home { 0 } else { -1 };
            let two = if away_only && !first_at_home { 0 } else { -1 };
            for lane in 0..STRIP {
                let own = i16::from(codes[lane] >> own & 15);
                let other = i16::from(codes[lane] >> other & 15);
                let (won, lost) = (i16::from(own > other), i16::from(own < other));
                let gained = match metric {
                    Overall::Points => {
                        let drawn = worth[1] * i16::from(own == other);
                        (worth[0] * won + drawn, worth[0] * lost + drawn)
                    }
                    Overall::GoalDifference => (own - other, other - own),
                    Overall::Goals | Overall::AwayGoals => (own, other),
                    Overall::Wins | Overall::AwayWins => (won, lost),
                };
                first[lane] += gained.0 & one;
                second[lane] += gained.1 & two;
            }
        }
    }
}

/// The lanes of a strip.
#[inline(always)]
fn strip<T>(lanes: &[T; LANES], from: usize) -> &[T; STRIP] {
    lanes[from..from + STRIP]
        .try_into()
        .expect("strips have one length")
}

/// The lanes of a strip, to be written.
#[inline(always)]
fn strip_mut<T>(lanes: &mut [T; LANES], from: usize) -> &mut [T; STRIP] {
    (&mut lanes[from..from + STRIP])
        .try_into()
        .expect("strips have one length")
}

/// The order of teams in all lanes, and what it takes to find it.
#[derive(Clone, Debug)]
pub(super) struct LaneRanks {
    /// `[team][lane]`: 0 = best.
    pub(super) rank: Vec<[u8; LANES]>,
    /// `[lane]`: not zero where the reference engine has to decide.
    pub(super) undecided: [u8; LANES],
    /// `[pair]`: 1 where the first is above, -1 where the second is, 0 where they are level.
    above: Vec<Strip>,
    /// `[pair]`: whether they were level when the rule began, and entered it.
    entered: Vec<Strip>,
    /// `[team]`: packed metrics.
    keys: Vec<[i32; STRIP]>,
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
    pub(super) fn new(teams: usize, rules: &LaneRules) -> Self {
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

struct Ranking<'a> {
    rules: &'a LaneRules,
    codes: &'a [[u8; LANES]],
    totals: &'a Totals,
    worth: [i16; 2],
    ranks: &'a mut LaneRanks,
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

/// Whether any lane has a bit set.
#[inline(always)]
fn is_any(lanes: &Strip) -> bool {
    let mut any = 0;
    for lane in 0..STRIP {
        any |= lanes[lane];
    }
    any != 0
}

/// All bits where the two are level.
#[inline(always)]
fn level(above: i16) -> i16 {
    -i16::from(above == 0)
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
                    for lane in 0..STRIP {
                        key[lane] =
                            key[lane] * packed.span + (i32::from(values[lane]) - packed.lowest);
                    }
                }
            }
            for (pair, above) in self.rules.pairs.iter().zip(above.iter_mut()) {
                let first = &keys[usize::from(pair.pair[0])];
                let second = &keys[usize::from(pair.pair[1])];
                for lane in 0..STRIP {
                    let sign = i16::from(first[lane] > second[lane])
                        - i16::from(first[lane] < second[lane]);
                    above[lane] |= sign & level(above[lane]);
                }
            }
        }
    }

    #[inline(always)]
    fn is_any_level(&self) -> bool {
        let mut any = [0; STRIP];
        for above in &self.ranks.above {
            for lane in 0..STRIP {
                any[lane] |= level(above[lane]);
            }
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
            for lane in 0..STRIP {
                let is_in = !only_pairs | (with[lane] == 1);
                entered[lane] = level(above[lane]) & -i16::from(is_in);
            }
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
                for lane in 0..STRIP {
                    with[lane] -= level(above[lane]);
                }
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
                pair.find(compared.metric, self.codes, from, self.worth, met);
            }
        }
        values.fill([0; STRIP]);
        let pairs = self.rules.pairs.iter().zip(met);
        for ((pair, met), entered) in pairs.zip(entered) {
            for side in 0..2 {
                let values = &mut values[usize::from(pair.pair[side])];
                for lane in 0..STRIP {
                    values[lane] += met[side][lane] & entered[lane];
                }
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
            if teams == Sizes::ANY && !unless_split {
                for lane in 0..STRIP {
                    let sign = i16::from(one[lane] > two[lane]) - i16::from(one[lane] < two[lane]);
                    above[lane] |= sign & entered[lane] & level(above[lane]);
                }
                continue;
            }
            let (then, now) = (&then[first], &now[first]);
            for lane in 0..STRIP {
                let sign = i16::from(one[lane] > two[lane]) - i16::from(one[lane] < two[lane]);
                let meant = (then[lane] >= least) & (then[lane] <= most);
                let whole = !unless_split | (now[lane] == then[lane]);
                let mask = entered[lane] & level(above[lane]) & -i16::from(meant & whole);
                above[lane] |= sign & mask;
            }
        }
    }

    /// Whether somewhere teams are level of whom fewer are left than entered: in all, or just two.
    #[inline(always)]
    fn goes_again(&self, only_pairs: bool) -> bool {
        let [then, now] = &self.ranks.with;
        let mut any = [0; STRIP];
        for (then, now) in then.iter().zip(now) {
            for lane in 0..STRIP {
                let fewer = (now[lane] > 0) & (now[lane] < then[lane]);
                let meant = !only_pairs | (now[lane] == 1);
                any[lane] |= i16::from(fewer & meant);
            }
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
            let first = &mut values[usize::from(pair.pair[0])];
            for lane in 0..STRIP {
                open[lane] |= level(above[lane]);
                first[lane] += i16::from(above[lane] < 0);
            }
            let second = &mut values[usize::from(pair.pair[1])];
            for lane in 0..STRIP {
                second[lane] += i16::from(above[lane] > 0);
            }
        }
        for (rank, values) in rank.iter_mut().zip(values) {
            let rank = strip_mut(rank, from);
            for lane in 0..STRIP {
                rank[lane] = values[lane] as u8;
            }
        }
        let undecided = strip_mut(undecided, from);
        for lane in 0..STRIP {
            undecided[lane] = (open[lane] & 1) as u8;
        }
    }
}
