//! The likeliest final tables of groups: complete orders with their shares of the seasons.

use std::io::{Read, Seek};
use std::ops::Range;

use super::conditional::Conditional;
use super::kept::KeptSample;
use crate::error::Error;
use crate::simulate::{Event, Layout, MOST_ORDERED, Sample};
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
            .filter(|&group| has_likeliest(layout, group))
            .collect();
        if tables.is_empty() {
            return Err(Error::NotTold {
                problem: format!(
                    "orders are counted in groups of 3 to {MOST_ORDERED} known teams, as larger ones hardly end \
                     the same way twice; ask for positions"
                ),
            });
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
