//! All integration tests, in one program.

mod allocations;
mod bad_competitions;
mod bad_input;
mod bad_matches;
mod carried;
mod draft;
mod draws;
mod earlier_seasons;
mod editions;
mod fitting;
mod formats;
mod history;
mod irregular;
mod knockout;
mod new;
mod odd_input;
mod output;
mod ranking;
mod rulebooks;
mod scenario;
mod simulation;
mod spoilt;
mod wording;
