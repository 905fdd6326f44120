//! What a question means: the events that its claims are.

use super::place::{Place, folded};
use super::problem::{At, Problem};
use super::question::{Claim, Comparison, Ending, Name, Question, Says, Statement, Total};
use crate::error::{Error, Nearest, QuestionProblem};
use crate::fixture::Scoreline;
use crate::project::kept::Names;
use crate::simulate::{Event, Layout};
use crate::standings::ordinal;
use crate::team::TeamId;

/// What the names of questions may mean.
pub(super) struct Resolver<'a> {
    pub(super) names: &'a Names,
    pub(super) layout: &'a Layout,
}

impl Resolver<'_> {
    /// The event and the condition of a question, which is written `text`.
    pub(super) fn events(&self, question: &Question, text: &str) -> Result<[Event; 2], Error> {
        let event = |statement| {
            let event = self.statement(statement);
            event.map_err(|problem| problem.of(text))
        };
        let condition = question.condition.as_ref();
        Ok([
            event(&question.event)?,
            condition.map_or(Ok(Event::Constant(true)), event)?,
        ])
    }

    fn statement(&self, statement: &Statement) -> Result<Event, Problem> {
        let each = |parts: &[Statement]| {
            let parts = parts.iter().map(|part| self.statement(part));
            parts.collect::<Result<Vec<_>, _>>()
        };
        Ok(match statement {
            Statement::Claim(claim) => self.claim(claim)?,
            Statement::Not(statement) => !self.statement(statement)?,
            Statement::And(parts) => Event::all(each(parts)?),
            Statement::Or(parts) => Event::any(each(parts)?),
        })
    }

    fn claim(&self, claim: &Claim) -> Result<Event, Problem> {
        let team = self.team(&claim.team)?;
        let layout = self.layout;
        match &claim.says {
            Says::TakesPart(place) => Ok(match self.place_or_outcome(place)? {
                Place::Outcome(outcome) => layout.reaches(outcome, team),
                Place::Stage(stage) => layout.enters(stage, team),
                Place::Group(group) => {
                    self.check_in_group(place, team, group)?;
                    let ranks: Vec<usize> = (0..layout.groups[group].size).collect();
                    layout.finishes(group, team, &ranks)
                }
            }),
            Says::Is(outcome) => Ok(layout.reaches(self.outcome(outcome)?, team)),
            Says::Finishes(comparison, rank, place) => {
                let name = place.as_ref().unwrap_or(&claim.team);
                let place = match place {
                    Some(place) => self.place(place)?,
                    None => Place::Group(self.table(name, team, None)?.0),
                };
                if let Place::Group(group) = place {
                    self.check_in_group(name, team, group)?;
                }
                let event = self.finishes(team, *comparison, *rank, place);
                event.map_err(|problem| problem.at(name.at.clone()))
            }
            Says::Meets(other, stage) => {
                let name = other;
                let other = self.team(name)?;
                if other == team {
                    let problem = "a team cannot meet itself; name another".into();
                    return Err(QuestionProblem::NoFixture { problem }.at(name.at.clone()));
                }
                match self.place(stage)? {
                    Place::Stage(index) if layout.stages[index].largest() == 2 => {
                        Ok(layout.meets(index, team, other))
                    }
                    _ => {
                        let name = stage.text.clone();
                        Err(QuestionProblem::NoTies { name }.at(stage.at.clone()))
                    }
                }
            }
            Says::Plays(other, ending, which) => {
                let teams = [team, self.team(other)?];
                let (group, fixture, at_home) = self.fixture(teams, other, which)?;
                let event = match (ending, at_home) {
                    (Ending::Draw, _) => Some(layout.draw(group, fixture)),
                    (Ending::Win, true) | (Ending::Loss, false) => {
                        Some(layout.home_win(group, fixture))
                    }
                    (Ending::Win, false) | (Ending::Loss, true) => {
                        Some(layout.away_win(group, fixture))
                    }
                    (Ending::Score(goals), true) => layout.scoreline(group, fixture, *goals),
                    (Ending::Score(goals), false) => {
                        let turned = Scoreline::new(goals.away, goals.home);
                        layout.scoreline(group, fixture, turned)
                    }
                };
                event.ok_or_else(|| self.no_goals(&claim.team))
            }
            Says::Has(total, comparison, number, place) => {
                let name = place.as_ref().unwrap_or(&claim.team);
                let place = place.as_ref().map(|place| self.place(place)).transpose()?;
                let (group, seat) = self.table(name, team, place)?;
                let column = match total {
                    Total::Points => layout.points(group, seat),
                    Total::Goals => layout.goals_for(group, seat),
                    Total::GoalDifference => layout.goal_difference(group, seat),
                };
                let column = column.ok_or_else(|| match layout.groups[group].is_table {
                    true => self.no_goals(&claim.team),
                    false => QuestionProblem::NoColumns.at(name.at.clone()),
                })?;
                Ok(match comparison {
                    Comparison::Exactly => column.exactly(*number),
                    Comparison::AtLeast => column.at_least(*number),
                    Comparison::AtMost => column.at_most(*number),
                })
            }
        }
    }

    fn no_goals(&self, name: &Name) -> Problem {
        QuestionProblem::GoalsNotKept.at(name.at.clone())
    }

    fn finishes(
        &self,
        team: TeamId,
        comparison: Comparison,
        rank: usize,
        place: Place,
    ) -> Result<Event, QuestionProblem> {
        let size = match place {
            Place::Stage(stage) => self.layout.stages[stage].largest(),
            Place::Group(group) => self.layout.groups[group].size,
            Place::Outcome(_) => 0,
        };
        if rank >= size {
            let last = ordinal(size);
            return Err(QuestionProblem::NoPosition { last });
        }
        let ranks = match comparison {
            Comparison::Exactly => rank..rank + 1,
            Comparison::AtLeast => rank..size,
            Comparison::AtMost => 0..rank + 1,
        };
        let ranks: Vec<usize> = ranks.collect();
        Ok(match place {
            Place::Stage(stage) => self.layout.finishes_in(stage, team, &ranks),
            Place::Group(group) => self.layout.finishes(group, team, &ranks),
            Place::Outcome(outcome) => self.layout.reaches(outcome, team),
        })
    }

    pub(super) fn team(&self, name: &Name) -> Result<TeamId, Problem> {
        let wanted = folded(&name.text);
        let is = |spelling: &String| folded(spelling) == wanted;
        let mut teams = self.names.teams.iter();
        let found = teams.position(|spellings| spellings.iter().any(is));
        found.map(|team| TeamId(team as u16)).ok_or_else(|| {
            let known = self.names.teams.iter().flat_map(|spellings| {
                let all = spellings.iter();
                all.map(|spelling| (spelling.as_str(), spellings[0].as_str()))
            });
            QuestionProblem::UnknownTeam {
                name: name.text.clone(),
                nearest: Nearest::of(&wanted, known),
            }
            .at(name.at.clone())
        })
    }
}
