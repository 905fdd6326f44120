//! A draw of groups, from the words of an edition to balls and constraints.

use rand_chacha::ChaCha8Rng;

use super::facts::Facts;
use super::no_outcome;
use super::plan::Seat;
use super::seating::Hall;
use crate::competition::draw::{Constraint, Draw, Fault, Held as HeldBy, Placed, Pot, Scope};
use crate::competition::{Bound, Drawing, Held, Limit, Slot, Stage, Trait};
use crate::edition::Snapshot;
use crate::error::Error;
use crate::team::TeamId;

/// A draw of groups that every season holds.
pub(super) struct PlannedDraw {
    /// With the constraints that hold whoever is in it.
    draw: Draw,
    /// In order of the pots.
    pub(super) balls: Vec<Seat>,
    /// `[constraint]`: the bound of the edition that it comes from.
    from: Vec<usize>,
    /// The rest, which depend on who is in it.
    bounds: Vec<TeamBound>,
}

/// A bound on teams.
struct TeamBound {
    /// Position among the bounds of the edition.
    bound: usize,
    of: TeamTrait,
    scope: Scope,
}

enum TeamTrait {
    /// One association, by number, or every one of them.
    Association(Option<u16>),
    /// One confederation, by bit, or every one of them.
    Confederation(Option<u32>),
    OneOf(Vec<TeamId>),
}

impl PlannedDraw {
    pub(super) fn new(
        drawing: &Drawing,
        held: Held,
        balls: Vec<Seat>,
        stage: &Stage,
        facts: &Facts,
    ) -> Self {
        let mut number = 0;
        let pots = drawing.pots.iter().map(|pot| Pot {
            balls: pot
                .balls
                .iter()
                .map(|_| {
                    number += 1;
                    number - 1
                })
                .collect(),
            per_group: pot.per_group as u8,
        });
        let mut draw = Draw {
            pots: pots.collect(),
            groups: stage.groups.len(),
            fixed: drawing
                .fixed
                .iter()
                .map(|&(ball, group)| Placed {
                    ball: ball as u8,
                    group: group as u8,
                })
                .collect(),
            held: match held {
                Held::ByPot => HeldBy::ByPot {
                    first_admissible: false,
                },
                Held::ByPotInOrder => HeldBy::ByPot {
                    first_admissible: true,
                },
                Held::ByGroup => HeldBy::ByGroup,
            },
            ..Draw::default()
        };
        let slots: Vec<Slot> = drawing.balls().collect();
        let (mut from, mut bounds) = (Vec::new(), Vec::new());
        for (bound, declared) in drawing.bounds.iter().enumerate() {
            let scope = scope(declared, &mut draw, stage.groups.len());
            let value = declared.value.as_ref();
            let of = match &declared.of {
                Trait::EarlierGroup => {
                    draw.constraints.extend(earlier_groups(&slots, scope));
                    from.resize(draw.constraints.len(), bound);
                    continue;
                }
                Trait::OneOf(some) if some.iter().all(|slot| slots.contains(slot)) => {
                    let members = (0..slots.len()).filter(|&ball| some.contains(&slots[ball]));
                    let balls = members.fold(0, |set, ball| set | 1_u64 << ball);
                    draw.constraints.push(Constraint { balls, scope });
                    from.push(bound);
                    continue;
                }
                Trait::Association => {
                    TeamTrait::Association(value.and_then(|name| facts.association_named(name)))
                }
                Trait::Confederation => {
                    TeamTrait::Confederation(value.and_then(|name| facts.confederation_named(name)))
                }
                Trait::OneOf(some) => {
                    let team = |slot: &Slot| match slot {
                        Slot::Team(team) => Some(*team),
                        Slot::Place(_) => None,
                    };
                    TeamTrait::OneOf(some.iter().filter_map(team).collect())
                }
            };
            bounds.push(TeamBound { bound, of, scope });
        }
        Self {
            draw,
            balls,
            from,
            bounds,
        }
    }

    /// The draw with all its constraints, as far as the teams are known, and the bound that each of
    /// them comes from.
    pub(super) fn known(&self, facts: &Facts) -> (Draw, Vec<usize>) {
        let team = |ball: &Seat| match ball {
            Seat::Team(team) => Some(team.0),
            _ => None,
        };
        let (mut draw, mut from) = (self.draw.clone(), self.from.clone());
        if let Some(teams) = self.balls.iter().map(team).collect::<Option<Vec<u16>>>() {
            self.constrain(&teams, facts, |bound, constraint| {
                draw.constraints.push(constraint);
                from.push(bound);
            });
        }
        (draw, from)
    }

    /// Checks that groups which are listed obey the bounds, as far as the teams are known.
    ///
    /// # Errors
    /// [`Error::Stage`] for the first bound that they do not.
    pub(super) fn check_listed(
        &self,
        drawing: &Drawing,
        stage: &Stage,
        facts: &Facts,
        snapshot: &Snapshot,
    ) -> Result<(), Error> {
        let (mut draw, from) = self.known(facts);
        let group = |ball: Slot| {
            let mut groups = stage.groups.iter();
            groups.position(|group| group.entrants.contains(&ball))
        };
        let place = |(ball, slot): (usize, Slot)| {
            Some(Placed {
                ball: ball as u8,
                group: group(slot)? as u8,
            })
        };
        let Some(fixed) = drawing.balls().enumerate().map(place).collect() else {
            return Ok(());
        };
        draw.fixed = fixed;
        draw.check().map_err(|fault| match fault {
            Fault::FixedAgainst { constraint } => {
                no_outcome::of_listed(&drawing.bounds[from[constraint]], stage, snapshot)
            }
            other => no_outcome::error(other, stage, |_| None, snapshot),
        })
    }

    /// Adds what depends on who is in it, `teams` being the team of every ball.
    fn constrain(&self, teams: &[u16], facts: &Facts, mut add: impl FnMut(usize, Constraint)) {
        let set = |of: &dyn Fn(usize) -> bool| {
            let members = (0..teams.len()).filter(|&ball| of(usize::from(teams[ball])));
            members.fold(0, |set, ball| set | 1_u64 << ball)
        };
        for TeamBound { bound, of, scope } in &self.bounds {
            let mut add = |balls: u64| {
                if binds(*scope, balls) {
                    add(
                        *bound,
                        Constraint {
                            balls,
                            scope: *scope,
                        },
                    );
                }
            };
            match of {
                TeamTrait::OneOf(some) => {
                    add(set(&|team| some.iter().any(|known| known.index() == team)));
                }
                TeamTrait::Association(Some(number)) => {
                    add(set(&|team| facts.association[team] == *number));
                }
                TeamTrait::Association(None) => {
                    let mut seen = 0_u64;
                    for (ball, &team) in teams.iter().enumerate() {
                        let number = facts.association[usize::from(team)];
                        if number > 0 && seen >> ball & 1 == 0 {
                            let alike = set(&|team| facts.association[team] == number);
                            seen |= alike;
                            add(alike);
                        }
                    }
                }
                TeamTrait::Confederation(Some(bit)) => {
                    add(set(&|team| facts.confederations[team] >> bit & 1 == 1));
                }
                TeamTrait::Confederation(None) => {
                    let of = |&team: &u16| facts.confederations[usize::from(team)];
                    let all = teams.iter().fold(0, |all, team| all | of(team));
                    for bit in (0..64).filter(|bit| all >> bit & 1 == 1) {
                        add(set(&|team| facts.confederations[team] >> bit & 1 == 1));
                    }
                }
            }
        }
    }

    /// Holds the draw once: `placed` is told ball, group and seat. Whether all bounds could be met; if
    /// not, the balls are drawn without them.
    pub(super) fn hold(
        &self,
        teams: &[u16],
        facts: &Facts,
        hall: &mut Hall,
        rng: &mut ChaCha8Rng,
        mut placed: impl FnMut(usize, usize, usize),
    ) -> bool {
        let Hall {
            draw, workspace, ..
        } = hall;
        draw.clone_from(&self.draw);
        self.constrain(teams, facts, |_, constraint| {
            draw.constraints.push(constraint)
        });
        let met = draw.ceremony(workspace, rng).is_ok();
        if !met {
            draw.constraints.clear();
            let drawn = draw.ceremony(workspace, rng);
            drawn.expect("the counts of a draw without constraints were checked on loading");
        }
        for (group, balls) in workspace.drawn().groups().enumerate() {
            for (seat, &ball) in balls.iter().enumerate() {
                placed(usize::from(ball), group, seat);
            }
        }
        met
    }
}

/// What a bound means to the draw; its parts become a partition.
fn scope(bound: &Bound, draw: &mut Draw, groups: usize) -> Scope {
    let set = |part: &Vec<usize>| part.iter().fold(0, |set, group| set | 1_u64 << group);
    match &bound.limit {
        &Limit::Group { least, most } => Scope::Group { least, most },
        Limit::Only { groups } => Scope::Only {
            groups: set(groups),
        },
        Limit::Parts { parts, most } => {
            let mut partition: Vec<u64> = parts.iter().map(set).collect();
            let named = partition.iter().fold(0, |named, part| named | part);
            let alone = (0..groups).map(|group| 1 << group);
            partition.extend(alone.filter(|group| named & group == 0));
            draw.partitions.push(partition);
            Scope::Parts {
                partition: draw.partitions.len() - 1,
                most: *most,
            }
        }
    }
}

/// Whether so many balls could break a bound.
fn binds(scope: Scope, balls: u64) -> bool {
    let count = balls.count_ones();
    match scope {
        Scope::Group { least, most } => least > 0 || count > u32::from(most),
        Scope::Parts { most, .. } => count > u32::from(most),
        Scope::Only { .. } => true,
    }
}

/// Who comes from the same group of an earlier stage.
fn earlier_groups(slots: &[Slot], scope: Scope) -> Vec<Constraint> {
    let origin = |slot: &Slot| match slot {
        Slot::Place(place) => Some((place.stage, place.group)),
        Slot::Team(_) => None,
    };
    let mut seen = 0_u64;
    let mut constraints = Vec::new();
    for ball in 0..slots.len() {
        let Some(of) = origin(&slots[ball]).filter(|_| seen >> ball & 1 == 0) else {
            continue;
        };
        let alike = (ball..slots.len()).filter(|&other| origin(&slots[other]) == Some(of));
        let balls = alike.fold(0, |set, ball| set | 1_u64 << ball);
        seen |= balls;
        if binds(scope, balls) {
            constraints.push(Constraint { balls, scope });
        }
    }
    constraints
}
