//! Real tables, chosen for what is hard about them, each under the shipped regulations of its day.
//!
//! Every case says where its scores are from; where no real table is known it says so. A case does not
//! stop at the right order: [`Case::rests_on`] takes a line out of the regulation and
//! [`Case::rests_on_order`] moves one behind another, and both ask for another order. So the table
//! shows that the line is there and where it stands.

mod africa;
mod americas;
mod asia;
mod europe;
mod fifa;
mod leagues;
mod national_teams;
mod picture;
mod rules;
mod uefa_clubs;

pub use picture::{Case, Group, case, clubs};
pub use rules::Rules;
