//! The likeliest final tables of groups: complete orders with their shares of the seasons.

use std::io::{Read, Seek};
use std::ops::Range;

use super::conditional::Conditional;
use super::kept::KeptSample;
use crate::error::Error;
use crate::simulate::{Event, KeptGroup, Layout, MOST_ORDERED, Sample};
use crate::team::TeamId;

/// In which orders a group finishes.
#[derive(Clone, Debug, PartialEq)]
pub struct FinalOrders {
    /// Position of the group in the layout.
    pub group: usize,
    /// Every order that came up, from the first place to the last, the most frequent first.
    pub orders: Vec<(Vec<TeamId>, Conditional)>,
}

impl FinalOrders {
    /// Reads of kept seasons the orders of some groups of the layout, as far as they are tables of known
    /// teams, and not too large to have a likeliest one.
    ///
    /// # Errors
    /// [`Error::NotTold`] where none of them is; [`Error::SampleAltered`] and [`Error::Read`] as
    /// [`KeptSample::sample`] has them.
    pub fn of<R: Read + Seek>(
        kept: &mut KeptSample<R>,
        groups: Range<usize>,
    ) -> Result<Vec<Self>, Error> {
        let layout = kept.layout();
        let tables: Vec<usize> = groups
            .clone()
            .filter(|&group| has_likeliest(layout, group))
            .collect();
        if tables.is_empty() {
            return Err(no_orders(&layout.groups[groups]));
        }
        let ranks = tables.iter().flat_map(|&group| {
            let of = &layout.groups[group];
            let ranks = of.teams.iter().flat_map(move |member| {
                (0..of.size).map(move |rank| layout.finishes(group, member.team, &[rank]))
            });
            ranks.collect::<Vec<Event>>()
        });
        let ranks: Vec<Event> = ranks.collect();
        let sample = kept.sample(&ranks)?;
        let tables = tables.into_iter();
        Ok(tables
            .map(|group| Self::in_sample(&sample, group))
            .collect())
    }

    /// The same of one group of a sample that has every plane.
    fn in_sample(sample: &Sample, group: usize) -> Self {
        let teams = &sample.layout().groups[group].teams;
        let (batches, orders) = sample.orders(group);
        let named = |(seats, hits): (Vec<usize>, _)| {
            let order = seats.into_iter().map(|seat| teams[seat].team).collect();
            (order, Conditional::of((batches, hits)))
        };
        Self {
            group,
            orders: orders.into_iter().map(named).collect(),
        }
    }
}

fn has_likeliest(layout: &Layout, group: usize) -> bool {
    (3..=MOST_ORDERED).contains(&layout.groups[group].teams.len())
}

/// Why none of some groups has a likeliest order.
fn no_orders(groups: &[KeptGroup]) -> Error {
    let problem = if groups.iter().all(|group| group.size <= 2) {
        "a tie has no order beyond who goes through; ask `matchday query` who is 1st there".into()
    } else if groups.iter().any(|group| group.teams.len() > 2) {
        format!(
            "orders are counted in groups of up to {MOST_ORDERED} teams, as larger ones hardly end the same way twice; \
             ask for positions"
        )
    } else {
        "orders are counted in groups whose teams are the same in all seasons; ask for positions"
            .into()
    };
    Error::NotTold { problem }
}
