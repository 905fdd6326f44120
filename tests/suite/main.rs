//! All integration tests, in one program.

mod bad_input;
mod draft;
mod editions;
mod fitting;
mod history;
mod output;
mod simulation;
