//! All integration tests, in one program.

mod bad_input;
mod bad_matches;
mod draft;
mod earlier_seasons;
mod editions;
mod fitting;
mod formats;
mod history;
mod knockout;
mod new;
mod odd_input;
mod output;
mod scenario;
mod simulation;
