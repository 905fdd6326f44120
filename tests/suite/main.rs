//! All integration tests, in one program.

mod bad_input;
mod editions;
mod history;
