//! Why a draw cannot be held, in the words of its edition.

use crate::competition::draw::{Fault, LeagueFault};
use crate::competition::{Bound, Limit, Seating, Slot, Stage, Trait};
use crate::edition::Snapshot;
use crate::error::{Error, Location};

/// The error of a draw that cannot be held; `bound` finds what is behind a constraint.
pub(super) fn error<'b>(
    fault: Fault,
    stage: &Stage,
    bound: impl Fn(usize) -> Option<&'b Bound>,
    snapshot: &Snapshot,
) -> Error {
    let named = |constraint| match bound(constraint) {
        Some(bound) => describe(bound, stage, snapshot),
        None => "its constraints".into(),
    };
    let line = match fault {
        Fault::Unmet { constraint } | Fault::FixedAgainst { constraint } => {
            bound(constraint).map(|bound| bound.line)
        }
        _ => None,
    };
    let problem = match fault {
        Fault::Unmet { constraint } => format!(
            "no outcome of its draw meets the bound on {}, given those before it; relax it or correct the pots",
            named(constraint)
        ),
        Fault::FixedAgainst { constraint } => format!(
            "the balls drawn already leave no outcome that meets the bound on {}; correct one of them",
            named(constraint)
        ),
        Fault::TooHard => {
            "whether its draw has a valid outcome is too hard to decide; give it fewer bounds"
                .into()
        }
        Fault::TooLarge => {
            "its draw has too many positions for exact probabilities; take `--procedure ceremony` or \
             `uniform`"
                .into()
        }
        Fault::NoneValid { tries } => format!(
            "none of {tries} random outcomes of its draw was valid; take `--procedure ceremony`"
        ),
        other => format!("its draw cannot be held: {other}"),
    };
    Error::Stage {
        at: at(line, stage, snapshot),
        stage: stage.id.clone(),
        problem,
    }
}

/// The error of groups that are listed against a bound.
pub(super) fn of_listed(bound: &Bound, stage: &Stage, snapshot: &Snapshot) -> Error {
    Error::Stage {
        at: at(Some(bound.line), stage, snapshot),
        stage: stage.id.clone(),
        problem: format!(
            "its groups as listed do not meet the bound on {}; correct one of them",
            describe(bound, stage, snapshot)
        ),
    }
}

/// The line of a bound, else that of the draw.
fn at(line: Option<usize>, stage: &Stage, snapshot: &Snapshot) -> Location {
    let draw = match &stage.seating {
        Seating::Drawn(drawing) => drawing.line,
        _ => 0,
    };
    Location::new(&snapshot.edition().declared, line.unwrap_or(draw))
}

/// The error of a league phase that cannot be drawn.
pub(super) fn of_league(fault: LeagueFault, stage: &Stage, snapshot: &Snapshot) -> Error {
    Error::Stage {
        at: at(None, stage, snapshot),
        stage: stage.id.clone(),
        problem: match fault {
            LeagueFault::Impossible => format!(
                "its fixtures cannot be drawn: {fault}; raise `most_of_association`, or correct the pots"
            ),
            _ => format!("its fixtures cannot be drawn: {fault}"),
        },
    }
}

/// A team, or a place in words.
pub(super) fn slot_name(slot: &Slot, snapshot: &Snapshot) -> String {
    let edition = snapshot.edition();
    match *slot {
        Slot::Team(team) => edition.teams.name(team).to_owned(),
        Slot::Place(place) => place.name(&edition.competition.stages),
    }
}

/// A bound in words.
pub(super) fn describe(bound: &Bound, stage: &Stage, snapshot: &Snapshot) -> String {
    let of = match &bound.of {
        Trait::Association => "teams of one association".to_owned(),
        Trait::Confederation => "teams of one confederation".to_owned(),
        Trait::EarlierGroup => "teams of one earlier group".to_owned(),
        Trait::OneOf(slots) => {
            let name = |slot| slot_name(slot, snapshot);
            slots.iter().map(name).collect::<Vec<_>>().join(", ")
        }
    };
    let value = bound.value.as_ref();
    let value = value.map_or_else(String::new, |value| format!(" ({value})"));
    let limit = match &bound.limit {
        Limit::Group { least: 0, most } => format!("at most {most} in a group"),
        Limit::Group { least, most } => format!("{least} to {most} in a group"),
        Limit::Parts { most, .. } => format!("at most {most} in each part"),
        Limit::Only { groups } => {
            let ids = groups.iter().map(|&group| stage.groups[group].id.as_str());
            format!("only in {}", ids.collect::<Vec<_>>().join(", "))
        }
    };
    format!("{of}{value}, {limit}")
}
