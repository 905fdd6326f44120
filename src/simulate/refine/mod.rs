//! The fast path of ranking: the same refinement as the reference engine's, in all lanes at once.
//!
//! Of every pair of teams each lane knows who is above, or that they are level. A rule gives every team a
//! value, and settles the pairs that are level by it. Who is level with whom when a rule begins is kept: those
//! are the teams of its mini-table, and who is level with fewer afterwards may meet the rule again. Lanes that
//! come to a rule which the kernel does not know, with teams still level, are left to the reference engine.

mod lanes;
mod strip;

pub(super) use lanes::LaneRanks;

use super::plan::{MOST_SAMPLED, OpenFixture};
use super::stream::LANES;
use super::totals::{Overall, Totals};
use super::wide::wide;
use crate::standings::{Among, Metric, Restart, Rule, Scope, Sizes, Step, Table, TeamSet};
use lanes::Ranking;

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
                // What is cut short ends here: who goes again is for who knows all of it.
                restart: if is_last { Restart::Never } else { *restart },
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
}
