//! Ranking by refinement.

use std::cmp::Reverse;
use std::fmt;

use super::rule::{Among, Metric, Restart, Rule};
use super::table::{LARGEST_GROUP, Table, TeamSet};

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
}

impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule => f.write_str("the rulebook has no further rule"),
            Self::Value(metric) => write!(f, "needs {metric}"),
        }
    }
}

/// Is told what happens while teams are ranked.
pub trait Observer {
    /// Teams still level were compared.
    fn compared(&mut self, _comparison: Comparison<'_>) {}

    /// The rules cannot separate these teams. The observer may put them in another order.
    fn undecided(&mut self, level: &mut [u8], needs: Needs);
}

/// Puts `teams`, positions in the group of `table`, in order, best first.
///
/// Each rule splits the teams still level; a part smaller than what entered the rule meets it again
/// or moves on, as the rule's [`Restart`] says. Ranking is a pure function of the table: teams the
/// rules cannot separate stay adjacent and are given to [`Observer::undecided`].
///
/// Allocates nothing; costs one look at the mini-table per team, metric and split.
pub fn rank(teams: &mut [u8], rules: &[Rule], table: &Table, observer: &mut impl Observer) {
    Ranking { table, observer }.by_rules(teams, rules);
}

struct Ranking<'a, O> {
    table: &'a Table,
    observer: &'a mut O,
}

/// A rule at work: the rules from it onwards, whose matches count, and how many teams entered it.
#[derive(Clone, Copy)]
struct Entered<'a> {
    rules: &'a [Rule],
    among: TeamSet,
    size: usize,
}

impl<O: Observer> Ranking<'_, O> {
    fn by_rules(&mut self, level: &mut [u8], rules: &[Rule]) {
        if level.len() < 2 {
            return;
        }
        let Some(rule) = rules.first() else {
            return self.observer.undecided(level, Needs::Rule);
        };
        let among = match rule.among {
            Among::Everyone => TeamSet::first(self.table.size()),
            Among::LevelTeams => TeamSet::of(level),
        };
        let entered = Entered {
            rules,
            among,
            size: level.len(),
        };
        self.by_metrics(level, &rule.by, entered);
    }

    fn by_metrics(&mut self, level: &mut [u8], metrics: &[Metric], entered: Entered<'_>) {
        if level.len() < 2 {
            return;
        }
        let rule = &entered.rules[0];
        let Some((&metric, later)) = metrics.split_first() else {
            let again = level.len() < entered.size
                && match rule.restart {
                    Restart::Never => false,
                    Restart::Pair => level.len() == 2,
                    Restart::Subset | Restart::EachSplit => true,
                };
            return self.by_rules(
                level,
                if again {
                    entered.rules
                } else {
                    &entered.rules[1..]
                },
            );
        };
        let mut values = [0; LARGEST_GROUP];
        for &team in level.iter() {
            match self.table.value(metric, team, entered.among) {
                Some(value) => values[usize::from(team)] = value,
                None => return self.observer.undecided(level, Needs::Value(metric)),
            }
        }
        let value = |team: u8| values[usize::from(team)];
        self.observer.compared(Comparison {
            metric,
            among: rule.among,
            teams: level,
            values: &values,
        });
        level.sort_unstable_by_key(|&team| Reverse(value(team)));
        let split = value(level[0]) != value(level[level.len() - 1]);
        for part in level.chunk_by_mut(|&a, &b| value(a) == value(b)) {
            match split && rule.restart == Restart::EachSplit {
                true => self.by_rules(part, entered.rules),
                false => self.by_metrics(part, later, entered),
            }
        }
    }
}
