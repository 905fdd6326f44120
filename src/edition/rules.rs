//! Which list of the rulebook orders a stage, and whether it can.

use super::raw::RawStage;
use super::structure::Declared;
use crate::competition::{Group, Outcome, RuleList, Schedule, Stage};
use crate::error::{Error, Nearest};
use crate::standings::Metric;

impl Declared<'_> {
    /// The list of the rulebook; a stage of seats needs none.
    pub(super) fn order(&self, raw: &RawStage, plays: bool) -> Result<String, Error> {
        let orders = || self.rulebook.orders().map(|order| order.id.as_str());
        let Some(order) = &raw.order else {
            // A seat of its own has nothing to be ordered; any list will do.
            let first = orders().next().filter(|_| !plays);
            return first.map(str::to_owned).ok_or_else(|| {
                let known = orders().collect::<Vec<_>>().join(", ");
                let problem =
                    format!("`order` is missing: which list of the rulebook orders its groups (known: {known})");
                self.stage_error(&raw.id, raw, problem)
            });
        };
        let name = order.get_ref();
        match self.rulebook.order(name) {
            Some(_) => Ok(name.clone()),
            None => Err(Error::UnknownWord {
                at: self.file.at(order),
                key: "order",
                value: name.clone(),
                nearest: Nearest::of(name, orders().map(|id| (id, id))),
                known: orders().collect::<Vec<_>>().join(", "),
            }),
        }
    }

    /// The rules of a stage must decide its ties, and know the outcomes they depend on.
    pub(super) fn check_rules(
        &self,
        raw: &RawStage,
        stage: &Stage,
        outcomes: &[Outcome],
    ) -> Result<(), Error> {
        let at = || match &raw.order {
            Some(order) => self.file.at(order),
            None => self.file.at(&raw.id),
        };
        let rulebook = &self.rulebook.id;
        let order = self.rulebook.order(&stage.order);
        let order = order.expect("the stage was declared with a list of the rulebook");
        let plays = stage.schedule != Schedule::Nothing;
        if plays && !order.last.metrics().any(Metric::is_earned) {
            return Err(Error::Stage {
                at: at(),
                stage: stage.id.clone(),
                problem: format!(
                    "list `{}` of rulebook `{rulebook}` has no line that compares what the matches gave, such as \
                     `by = \"points\"` or `by = \"aggregate\"`",
                    stage.order
                ),
            });
        }
        let large = stage.groups.iter().find(|group| group.size > 2);
        if let Some(group) = large.filter(|_| plays && order.last.is_for_ties()) {
            return Err(Error::Stage {
                at: at(),
                stage: stage.id.clone(),
                problem: format!(
                    "list `{}` of rulebook `{rulebook}` is for ties of two, since it compares `aggregate`, but group \
                     `{}` has {} teams; take another list, or correct the entrants",
                    stage.order, group.id, group.size
                ),
            });
        }
        let is_tie = |group: &Group| group.size == 2 && plays;
        if stage.groups.iter().any(is_tie) && !order.last.always_decides(2) {
            return Err(Error::EndsLevel {
                at: at(),
                rulebook: rulebook.clone(),
                list: stage.order.clone(),
            });
        }
        let names = || outcomes.iter().map(|outcome| outcome.name.as_str());
        let mut stakes = order.lists().flat_map(RuleList::outcomes);
        match stakes.find(|&stake| names().all(|name| name != stake)) {
            None => Ok(()),
            Some(stake) => Err(Error::UndeclaredStake {
                at: at(),
                rulebook: rulebook.clone(),
                list: stage.order.clone(),
                outcome: stake.into(),
                nearest: Nearest::of(stake, names().map(|name| (name, name))),
            }),
        }
    }
}
