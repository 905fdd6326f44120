//! The likeliest final tables of groups.

use serde::Serialize;

use super::{KeptSeasons, ShareRecord, heading, share, title};
use crate::project::FinalOrders;
use crate::report::layout::{Cell, FAINT, Layout, ordinal, styled, thousands};
use crate::report::{Report, to_csv};
use crate::team::TeamId;

/// Orders that are shown of a group.
const SHOWN: usize = 3;

/// The likeliest final tables of groups.
pub struct OrdersReport<'a> {
    /// Whose seasons.
    pub kept: KeptSeasons<'a>,
    /// What they say.
    pub groups: &'a [FinalOrders],
}

#[derive(Serialize)]
struct Content<'a> {
    groups: Vec<GroupRecord<'a>>,
}

#[derive(Serialize)]
struct GroupRecord<'a> {
    stage: &'a str,
    group: &'a str,
    orders: Vec<OrderRecord<'a>>,
}

#[derive(Serialize)]
struct OrderRecord<'a> {
    teams: Vec<&'a str>,
    #[serde(flatten)]
    share: ShareRecord,
}

#[derive(Serialize)]
struct Row<'a> {
    stage: &'a str,
    group: &'a str,
    order: usize,
    position: usize,
    team: &'a str,
    probability: Option<f64>,
    standard_error: Option<f64>,
    seasons: u64,
}

impl Report for OrdersReport<'_> {
    fn text(&self) -> String {
        let how = "in %, ± one standard error: how often a group ended in just this order.";
        let mut text = heading(self.kept.names, self.kept.seasons, how);
        for group in self.groups {
            let stage = self.kept.layout.groups[group.group].stage;
            let stage = &self.kept.names.stages[stage].name;
            let name = self.kept.names.group(self.kept.layout, group.group);
            text += &title(&match name == stage {
                true => name.to_owned(),
                false => format!("{stage}, {name}"),
            });
            text += &self.table(group);
        }
        text
    }

    fn json(&self) -> String {
        let groups = self.groups.iter().map(|group| {
            let [stage, name] = self.kept.ids(group.group);
            let orders = group.orders.iter().map(|(teams, share)| OrderRecord {
                teams: teams.iter().map(|team| self.kept.team(*team)).collect(),
                share: ShareRecord::of(share),
            });
            GroupRecord {
                stage,
                group: name,
                orders: orders.collect(),
            }
        });
        let content = Content {
            groups: groups.collect(),
        };
        self.kept.json("orders", content)
    }

    fn csv(&self) -> String {
        let orders = self.groups.iter().flat_map(|group| {
            let orders = group.orders.iter().enumerate();
            orders.map(move |(order, (teams, share))| (group, order, teams, share))
        });
        to_csv(orders.flat_map(|(group, order, teams, share)| {
            let [stage, group] = self.kept.ids(group.group);
            let teams = teams.iter().enumerate();
            teams.map(move |(rank, team): (usize, &TeamId)| Row {
                stage,
                group,
                order: order + 1,
                position: rank + 1,
                team: self.kept.team(*team),
                probability: share.share.map(|share| share.0),
                standard_error: share.share.map(|share| share.1),
                seasons: share.seasons,
            })
        }))
    }
}

impl OrdersReport<'_> {
    /// The likeliest orders side by side.
    fn table(&self, group: &FinalOrders) -> String {
        let shown = &group.orders[..group.orders.len().min(SHOWN)];
        let mut table = Layout::names("");
        for (_, seasons) in shown {
            table = table.left(share(seasons).text().trim_start());
        }
        let places = shown.first().map_or(0, |(teams, _)| teams.len());
        for rank in 0..places {
            let mut cells = vec![Cell::new(ordinal(rank + 1))];
            let teams = shown.iter().map(|(teams, _)| self.kept.team(teams[rank]));
            cells.extend(teams.map(Cell::new));
            table.row(cells);
        }
        let more = group.orders.len() - shown.len();
        let more = match more {
            0 => String::new(),
            more => format!(
                "{}\n",
                styled(
                    FAINT,
                    &format!("and {} other orders", thousands(more as u64))
                )
            ),
        };
        table.render() + &more
    }
}
