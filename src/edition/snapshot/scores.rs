//! Visible scores must fit the teams of their group and the rules.

use super::Snapshot;
use crate::competition::{Place, Slot};
use crate::edition::Listed;
use crate::error::{Error, Location};
use crate::fixture::{Fixture, Kind};
use crate::standings::Metric;
use crate::team::TeamId;

impl Snapshot {
    /// Visible scores must fit the teams of the group and the rules.
    pub(super) fn check(&self, stage: usize, group: usize) -> Result<(), Error> {
        let declared = &self.edition.competition.stages[stage];
        let at = |listed: &Listed| Location::new(&self.edition.file, listed.line);
        let wrong = |listed, problem| {
            Err(Error::Score {
                at: at(listed),
                problem,
            })
        };
        let Some(members) = self.members(stage, group) else {
            return match self
                .fixtures(stage, group)
                .find(|listed| listed.fixture.score.is_some())
            {
                Some(listed) => wrong(listed, self.why_unknown(stage, group)),
                None => Ok(()),
            };
        };
        for listed in self.fixtures(stage, group) {
            let sides = [listed.fixture.home, listed.fixture.away];
            if let Some(&team) = sides.iter().find(|team| !members.contains(team)) {
                let name = |&team: &TeamId| self.edition.teams.name(team);
                return Err(Error::NotInGroup {
                    at: at(listed),
                    team: name(&team).into(),
                    group: declared.group_name(group),
                    members: members.iter().map(name).collect::<Vec<_>>().join(", "),
                });
            }
        }
        let mut listed = self.fixtures(stage, group);
        listed.try_for_each(
            |listed| match self.why_no_play(stage, group, &listed.fixture) {
                Some(problem) => wrong(listed, problem),
                None => Ok(()),
            },
        )
    }

    /// Why a fixture cannot have had the extra time, the shoot-out or the further match that it gives.
    fn why_no_play(&self, stage: usize, group: usize, fixture: &Fixture) -> Option<String> {
        let score = fixture.score?;
        let further = match fixture.kind {
            Kind::Regular => None,
            Kind::Replay => Some(Metric::Replay),
            Kind::PlayOff => Some(Metric::PlayOff),
        };
        let extras = score.extra_time.map(|_| Metric::ExtraTime);
        let extras = extras
            .into_iter()
            .chain(score.penalties.map(|_| Metric::Penalties));
        // A play-off goes on until it is decided, whatever the rules say of ties.
        let extras = extras.filter(|_| fixture.kind != Kind::PlayOff);
        let of_metric = |metric| self.why_not(metric, stage, group, fixture);
        let problem = further
            .into_iter()
            .chain(extras)
            .filter_map(of_metric)
            .next();
        let level = score
            .penalties
            .is_some_and(|kicks| kicks.home == kicks.away);
        problem.or_else(|| level.then(|| "a penalty shoot-out cannot end level".into()))
    }

    fn why_not(
        &self,
        metric: Metric,
        stage: usize,
        group: usize,
        fixture: &Fixture,
    ) -> Option<String> {
        let declared = &self.edition.competition.stages[stage];
        let list = &self.edition.competition.order(stage).last;
        if !list.metrics().any(|known| known == metric) {
            let name = &declared.name;
            return Some(format!(
                "{metric} given, but the rulebook has none in {name}"
            ));
        }
        let is_tie = declared.groups[group].size == 2;
        if metric == Metric::PlayOff {
            return None;
        }
        if !is_tie && !list.is_for_last_match(metric) {
            return Some(format!("{metric} given outside a tie of two teams"));
        }
        let last = self
            .fixtures(stage, group)
            .map(|listed| listed.fixture.matchday)
            .max();
        if last.is_some_and(|last| fixture.matchday < last) {
            return Some(format!(
                "{metric} given before the last leg; move to the match that it decided"
            ));
        }
        if !self.is_complete(stage, group) || self.came_to(metric, stage, group) {
            return None;
        }
        if !is_tie {
            return Some(format!(
                "{metric} given, but the rules do not come to them here"
            ));
        }
        let needs = self.needs(stage, group);
        let missing = [Metric::Replay, Metric::ExtraTime]
            .into_iter()
            .find(|&missing| needs.as_deref() == Some(&format!("needs {missing}")));
        Some(match missing {
            Some(Metric::ExtraTime) => {
                format!("{metric} given without the extra time before them; `0-0` if goalless")
            }
            Some(missing) => format!("{metric} given without the {missing} before"),
            None => format!("{metric} given, but the tie was decided before"),
        })
    }

    /// What the rules wait for in a group, if they wait.
    fn needs(&self, stage: usize, group: usize) -> Option<String> {
        let standings = self.standings(stage, group)?;
        standings.order.into_iter().find_map(|row| row.needs)
    }

    /// Whether the rules had to look at a metric to order a group.
    fn came_to(&self, metric: Metric, stage: usize, group: usize) -> bool {
        let standings = self.standings(stage, group);
        let mut rows = standings.iter().flat_map(|standings| &standings.order);
        rows.any(|row| row.steps.iter().any(|step| step.metric == metric))
    }

    fn why_unknown(&self, stage: usize, group: usize) -> String {
        let declared = &self.edition.competition.stages[stage];
        let name = declared.group_name(group);
        if let Some(reason) = &declared.groups[group].unknown {
            return format!("a score in {name}, whose teams are not known: {reason}");
        }
        if let Some(day) = declared.drawn.filter(|&day| day > self.day) {
            return format!("a score in {name} before its draw on {day}; correct one of the dates");
        }
        let open = declared.groups[group]
            .entrants
            .iter()
            .find_map(|slot| match *slot {
                Slot::Place(place) if self.finisher(place).is_none() => Some(place),
                _ => None,
            });
        let Some(Place { stage, group, rank }) = open else {
            return format!("a score in {name}, whose teams are not known");
        };
        let feeder = &self.edition.competition.stages[stage];
        let needs = self
            .needs(stage, group)
            .filter(|_| self.is_complete(stage, group));
        let why = match needs {
            Some(needs) => format!("{needs}: add a row to values.csv or the missing score"),
            None => "its matches are not all played".into(),
        };
        format!(
            "a score in {name}, but position {} of {} is not decided: {why}",
            rank + 1,
            feeder.group_name(group)
        )
    }
}
