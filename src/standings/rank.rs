//! Ranking by refinement.

use std::cmp::Reverse;
use std::fmt;

use super::rule::{Among, Criterion, Metric, Restart, Rule, Step};
use super::table::{Scope, Table};
use super::team_set::{LARGEST_GROUP, TeamSet};

/// One look at teams that were level so far.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    /// What was compared.
    pub metric: Metric,
    /// Over which matches.
    pub among: Among,
    /// The teams compared.
    pub teams: &'a [u8],
    /// `[team]`: the values, more being better; only those of `teams` mean anything.
    pub values: &'a [i64],
}

/// Why teams remain level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// The rulebook ends here.
    Rule,
    /// The rule at hand counts what is not known.
    Value(Metric),
    /// Nothing: the rulebook lets them share their place.
    Nothing,
}

impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule => f.write_str("the rulebook has no further rule"),
            Self::Value(metric) => write!(f, "needs {metric}"),
            Self::Nothing => f.write_str("the place is shared"),
        }
    }
}

/// Is told what happens while teams are ranked, and may play on where the rules ask for it.
pub trait Observer {
    /// Teams still level were compared, or have just played on.
    fn compared(&mut self, _comparison: Comparison<'_>) {}

    /// The table lacks a value that a rule compares. Whoever can give it for all these teams, by
    /// playing on or drawing lots, writes `values[team]`, more being better, and says `true`.
    fn supply(&mut self, _metric: Metric, _level: &[u8], _values: &mut [i64]) -> bool {
        false
    }

    /// The rules cannot separate these teams. The observer may put them in another order.
    fn undecided(&mut self, level: &mut [u8], needs: Needs);
}

/// Puts `teams`, positions in the group of `table`, in order, best first. The first of them takes
/// rank 0, on which depends what is at stake.
///
/// Each rule splits the teams still level; a part smaller than what entered the rule meets it again
/// or moves on, as the rule's [`Restart`] says. Ranking is a pure function of the table and of what
/// the observer supplies: teams the rules cannot separate stay adjacent and are given to
/// [`Observer::undecided`].
///
/// Allocates nothing; costs one look at the mini-table per team, metric and split.
pub fn rank(teams: &mut [u8], rules: &[Rule], table: &Table, observer: &mut impl Observer) {
    teams.sort_by_key(|&team| table.is_annulled(team));
    let taking_part = teams.partition_point(|&team| !table.is_annulled(team));
    let mut ranking = Ranking {
        table,
        observer,
        on_trial: false,
    };
    let (in_it, out_of_it) = teams.split_at_mut(taking_part);
    ranking.by_rules(in_it, rules, 0);
    ranking.by_rules(out_of_it, &[], taking_part);
}

struct Ranking<'a, O> {
    table: &'a Table,
    observer: &'a mut O,
    /// Whether a rule that may count for nothing is being tried out.
    on_trial: bool,
}

/// A rule at work: the rules from it onwards, whose matches count, and how many teams entered it.
#[derive(Clone, Copy)]
struct Entered<'a> {
    rules: &'a [Rule],
    among: Among,
    restart: Restart,
    scope: Scope,
    size: usize,
}

impl<O: Observer> Ranking<'_, O> {
    /// Orders teams that are level, from the rank `first` on.
    fn by_rules(&mut self, level: &mut [u8], rules: &[Rule], first: usize) {
        if level.len() < 2 {
            return;
        }
        let Some((rule, later)) = rules.split_first() else {
            return self.observer.undecided(level, Needs::Rule);
        };
        if !self.applies(rule, level, first) {
            return self.by_rules(level, later, first);
        }
        match &rule.step {
            Step::Share => self.observer.undecided(level, Needs::Nothing),
            Step::PlayOff => {
                // Two play at once; of more the rules that follow find the two.
                if level.len() > 2 {
                    self.by_rules(level, later, first);
                }
                self.play_off(level, rule.condition.at_stake, first);
            }
            Step::Compare { among, by, restart } => {
                let entered = Entered {
                    rules,
                    among: *among,
                    restart: *restart,
                    scope: match among {
                        Among::Everyone => Scope::All,
                        Among::LevelTeams => Scope::Between(TeamSet::of(level)),
                    },
                    size: level.len(),
                };
                match restart {
                    Restart::AllButBest => self.best_first(level, by, entered, first),
                    Restart::SubsetOrNothing
                        if !self.on_trial && !self.separates(level, &rules[..1], first) =>
                    {
                        self.by_rules(level, later, first);
                    }
                    _ => self.by_criteria(level, by, entered, first),
                }
            }
        }
    }

    fn applies(&self, rule: &Rule, level: &[u8], first: usize) -> bool {
        let condition = &rule.condition;
        let inside = || (first..first + level.len() - 1).fold(0, |set, rank| set | 1_u64 << rank);
        // Where nobody has a value it is asked for, not passed over.
        let partly_known = || {
            rule.metrics().any(|metric| {
                let known = |&&team: &&u8| self.table.value(metric, team, Scope::All).is_some();
                let known = level.iter().filter(known).count();
                (1..level.len()).contains(&known)
            })
        };
        condition.at_stake.is_none_or(|at| at & inside() != 0)
            && (!condition.all_met || self.table.all_met(level))
            && (!condition.met_last || self.table.meet_last(level))
            && (!condition.after_last_match || self.table.drew_last_match(level))
            && (!condition.all_known || !partly_known())
    }

    fn by_criteria(
        &mut self,
        level: &mut [u8],
        criteria: &[Criterion],
        entered: Entered<'_>,
        first: usize,
    ) {
        if level.len() < 2 {
            return;
        }
        let Some((criterion, later)) = criteria.split_first() else {
            let again = level.len() < entered.size
                && match entered.restart {
                    Restart::Never | Restart::AllButBest => false,
                    Restart::Pair => level.len() == 2,
                    Restart::Subset | Restart::EachSplit | Restart::SubsetOrNothing => true,
                };
            let rules = &entered.rules[usize::from(!again)..];
            return self.by_rules(level, rules, first);
        };
        if !criterion.teams.contains(entered.size) {
            return self.by_criteria(level, later, entered, first);
        }
        let mut values = [0; LARGEST_GROUP];
        if !self.look(level, criterion.metric, entered, &mut values) {
            return self
                .observer
                .undecided(level, Needs::Value(criterion.metric));
        }
        let value = |team: u8| values[usize::from(team)];
        level.sort_unstable_by_key(|&team| Reverse(value(team)));
        let split = value(level[0]) != value(level[level.len() - 1]);
        let mut first = first;
        for part in level.chunk_by_mut(|&a, &b| value(a) == value(b)) {
            match split && entered.restart == Restart::EachSplit {
                true => self.by_rules(part, entered.rules, first),
                false => self.by_criteria(part, later, entered, first),
            }
            first += part.len();
        }
    }

    /// Finds the best by all criteria; the others meet the rule again from its first one.
    fn best_first(
        &mut self,
        level: &mut [u8],
        criteria: &[Criterion],
        entered: Entered<'_>,
        first: usize,
    ) {
        let mut best = level.len();
        for criterion in criteria {
            if best == 1 {
                break;
            }
            if !criterion.teams.contains(entered.size) {
                continue;
            }
            let mut values = [0; LARGEST_GROUP];
            let candidates = &mut level[..best];
            if !self.look(candidates, criterion.metric, entered, &mut values) {
                self.observer
                    .undecided(candidates, Needs::Value(criterion.metric));
                return self.by_rules(&mut level[best..], entered.rules, first + best);
            }
            let value = |team: u8| values[usize::from(team)];
            candidates.sort_unstable_by_key(|&team| Reverse(value(team)));
            best = candidates.partition_point(|&team| value(team) == value(candidates[0]));
        }
        let (candidates, others) = level.split_at_mut(best);
        self.by_rules(candidates, &entered.rules[1..], first);
        self.by_rules(others, entered.rules, first + best);
    }

    /// Whether the one rule, met again by every smaller set, separates all of these teams.
    fn separates(&self, level: &[u8], rules: &[Rule], first: usize) -> bool {
        struct Probe(bool);
        impl Observer for Probe {
            fn undecided(&mut self, _level: &mut [u8], _needs: Needs) {
                self.0 = false;
            }
        }
        let mut trial = [0; LARGEST_GROUP];
        let trial = &mut trial[..level.len()];
        trial.copy_from_slice(level);
        let mut probe = Probe(true);
        let mut ranking = Ranking {
            table: self.table,
            observer: &mut probe,
            on_trial: true,
        };
        ranking.by_rules(trial, rules, first);
        probe.0
    }

    /// The two either side of each boundary at stake play each other for the better place.
    fn play_off(&mut self, level: &mut [u8], at_stake: Option<u64>, first: usize) {
        let boundaries = at_stake.unwrap_or(if level.len() == 2 { 1 << first } else { 0 });
        for above in 0..level.len() - 1 {
            if boundaries >> (first + above) & 1 == 0 {
                continue;
            }
            let pair = &mut level[above..above + 2];
            let entered = Entered {
                rules: &[],
                among: Among::Everyone,
                restart: Restart::Never,
                scope: Scope::All,
                size: 2,
            };
            let mut values = [0; LARGEST_GROUP];
            if !self.look(pair, Metric::PlayOff, entered, &mut values) {
                self.observer.undecided(pair, Needs::Value(Metric::PlayOff));
            } else if values[usize::from(pair[0])] < values[usize::from(pair[1])] {
                pair.swap(0, 1);
            }
        }
    }

    /// The values of a metric for level teams, and whether they are all there.
    fn look(
        &mut self,
        level: &[u8],
        metric: Metric,
        entered: Entered<'_>,
        values: &mut [i64],
    ) -> bool {
        let known = level.iter().all(|&team| {
            let value = self.table.value(metric, team, entered.scope);
            values[usize::from(team)] = value.unwrap_or(0);
            value.is_some()
        });
        if !known && !self.observer.supply(metric, level, values) {
            return false;
        }
        self.observer.compared(Comparison {
            metric,
            among: entered.among,
            teams: level,
            values,
        });
        true
    }
}
