//! Events and numbers that follow from the facts of a layout.

use super::event::{Event, Number, is_among};
use super::layout::{KeptGroup, KeptOutcome, KeptStage, Layout, OUTCOME_PLANES};
use crate::fixture::Scoreline;
use crate::team::TeamId;

impl Layout {
    /// The stage of the plan that holds a group of the plan.
    pub fn stage_of(&self, group: usize) -> &KeptStage {
        let mut stages = self.stages.iter();
        stages
            .find(|stage| stage.groups.contains(&group))
            .expect("every group is in a stage")
    }

    /// A team finishes on one of some ranks (0 = best, ascending) of a group of the plan.
    pub fn finishes(&self, group: usize, team: TeamId, ranks: &[usize]) -> Event {
        let kept = &self.groups[group];
        if kept.is_known() {
            let seat = kept.seat(team);
            return seat.map_or(Event::Constant(false), |seat| {
                is_among(kept.rank_planes(seat), ranks)
            });
        }
        let stage = self.stage_of(group);
        let own = group - stage.groups.start;
        Event::all([
            Event::Plane(stage.entered(team)),
            is_among(stage.group_planes(team), &[own]),
            is_among(stage.rank_planes(team), ranks),
        ])
    }

    /// A team finishes on one of some ranks of a stage of the plan, whichever its group.
    pub fn finishes_in(&self, stage: usize, team: TeamId, ranks: &[usize]) -> Event {
        let stage = &self.stages[stage];
        match stage.floats() {
            true => Event::Plane(stage.entered(team)).and(is_among(stage.rank_planes(team), ranks)),
            false => Event::any(
                stage
                    .groups
                    .clone()
                    .map(|group| self.finishes(group, team, ranks)),
            ),
        }
    }

    /// A team takes part in a stage of the plan.
    pub fn enters(&self, stage: usize, team: TeamId) -> Event {
        let stage = &self.stages[stage];
        match stage.floats() {
            true => Event::Plane(stage.entered(team)),
            false => {
                let mut groups = self.groups[stage.groups.clone()].iter();
                Event::Constant(groups.any(|group| group.seat(team).is_some()))
            }
        }
    }

    /// Two teams are in one group of a stage of the plan: in ties, they meet.
    pub fn meets(&self, stage: usize, one: TeamId, other: TeamId) -> Event {
        let stage = &self.stages[stage];
        if one == other {
            return Event::Constant(false);
        }
        if !stage.floats() {
            let mut groups = self.groups[stage.groups.clone()].iter();
            let both = |group: &KeptGroup| group.seat(one).is_some() && group.seat(other).is_some();
            return Event::Constant(groups.any(both));
        }
        let bits = stage.group_planes(one).zip(stage.group_planes(other));
        let same = bits.map(|(one, other)| Event::Plane(one).same(Event::Plane(other)));
        let entered = [one, other].map(|team| Event::Plane(stage.entered(team)));
        Event::all(entered.into_iter().chain(same))
    }

    /// A team reaches an outcome of the plan.
    pub fn reaches(&self, outcome: usize, team: TeamId) -> Event {
        let KeptOutcome { taken, places, .. } = &self.outcomes[outcome];
        if taken.contains(&team) {
            return Event::Constant(true);
        }
        let mut events = Vec::new();
        for (index, stage) in self.stages.iter().enumerate() {
            let own = || {
                places
                    .iter()
                    .filter(|(group, _)| stage.groups.contains(group))
            };
            let mut ranks = own().map(|(_, ranks)| ranks);
            let first = ranks.next();
            let all_alike = ranks.all(|ranks| Some(ranks) == first);
            match first {
                Some(ranks) if all_alike && own().count() == stage.groups.len() => {
                    events.push(self.finishes_in(index, team, ranks));
                }
                _ => events.extend(own().map(|(group, ranks)| self.finishes(*group, team, ranks))),
            }
        }
        Event::any(events)
    }

    /// The home side of an open fixture of a group of the plan wins.
    pub fn home_win(&self, group: usize, fixture: usize) -> Event {
        Event::Plane(self.groups[group].fixture_planes(fixture, self.goals).start)
    }

    /// The away side wins.
    pub fn away_win(&self, group: usize, fixture: usize) -> Event {
        Event::Plane(self.groups[group].fixture_planes(fixture, self.goals).start + 1)
    }

    /// Neither wins.
    pub fn draw(&self, group: usize, fixture: usize) -> Event {
        !self
            .home_win(group, fixture)
            .or(self.away_win(group, fixture))
    }

    /// The goals of the home and the away side of an open fixture; `None` unless goals are kept.
    pub fn fixture_goals(&self, group: usize, fixture: usize) -> Option<[Number; 2]> {
        let planes = self.groups[group].fixture_planes(fixture, self.goals);
        let code = planes.start + OUTCOME_PLANES;
        self.goals
            .then(|| [code + 4..code + 8, code..code + 4].map(Number::binary))
    }

    /// An open fixture ends with a scoreline; `None` unless goals are kept.
    pub fn scoreline(&self, group: usize, fixture: usize, scoreline: Scoreline) -> Option<Event> {
        let [home, away] = self.fixture_goals(group, fixture)?;
        let [home_goals, away_goals] = [scoreline.home, scoreline.away].map(i64::from);
        Some(home.exactly(home_goals).and(away.exactly(away_goals)))
    }

    /// The points of a seat at the end; `None` where they do not add up to a table.
    pub fn points(&self, group: usize, seat: usize) -> Option<Number> {
        let kept = &self.groups[group];
        let [win, draw] = kept.worth;
        let mut points = Number {
            constant: kept.teams.get(seat).filter(|_| kept.is_table)?.points,
            terms: Vec::new(),
        };
        for (index, fixture) in kept.fixtures.iter().enumerate() {
            let sides = [self.home_win(group, index), self.away_win(group, index)];
            let [wins, loses] = match [fixture.home, fixture.away] {
                [home, _] if home == seat => sides,
                [_, away] if away == seat => {
                    let [home, away] = sides;
                    [away, home]
                }
                _ => continue,
            };
            // A draw is neither, so that its points are those without a winner.
            points.constant += draw;
            points.terms.extend([(win - draw, wins), (-draw, loses)]);
        }
        Some(points)
    }

    /// The goals of a seat for and against itself in open fixtures, each times a factor, and so many
    /// more; `None` unless goals are kept and add up to a table.
    fn sum_of_goals(
        &self,
        group: usize,
        seat: usize,
        constant: i64,
        against: i64,
    ) -> Option<Number> {
        let kept = &self.groups[group];
        let mut sum = Number {
            constant,
            terms: Vec::new(),
        };
        for (index, fixture) in kept.fixtures.iter().enumerate() {
            let [home, away] = self.fixture_goals(group, index)?;
            if fixture.home == seat {
                sum = sum.plus(1, home).plus(against, away);
            } else if fixture.away == seat {
                sum = sum.plus(1, away).plus(against, home);
            }
        }
        (self.goals && kept.is_table).then_some(sum)
    }

    /// The goals of a seat at the end; `None` unless goals are kept and add up to a table.
    pub fn goals_for(&self, group: usize, seat: usize) -> Option<Number> {
        let start = self.groups[group].teams.get(seat)?.goals;
        self.sum_of_goals(group, seat, start, 0)
    }

    /// The goal difference of a seat at the end; `None` unless goals are kept and add up to a table.
    pub fn goal_difference(&self, group: usize, seat: usize) -> Option<Number> {
        let start = self.groups[group].teams.get(seat)?.goal_difference;
        self.sum_of_goals(group, seat, start, -1)
    }
}
