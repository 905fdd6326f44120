//! What the TOML parser says, in one line and in the words of the file.

use super::{Error, Location};

/// Turns a TOML error into one line with file and line.
pub(crate) fn toml_error(file: &str, text: &str, error: &toml::de::Error) -> Error {
    let at = match error.span() {
        Some(span) => Location::of_byte(file, text, span.start),
        None => Location::new(file, 0),
    };
    let message = error.message().trim_end().replace('\n', ", ");
    Error::Syntax {
        at,
        message: in_words(&message),
    }
}

/// What the parser says, without the types of the program.
fn in_words(message: &str) -> String {
    const A_DATE: &str = "expected a date without quotes, such as 2023-10-06";
    const WORDS: [(&str, &str); 16] = [
        (
            " as i128, expected any value",
            ", expected a smaller number",
        ),
        (
            " as u128, expected any value",
            ", expected a smaller number",
        ),
        (" as i128, ", ", "),
        (" as u128, ", ", "),
        ("expected u8", "expected a whole number from 0 to 255"),
        ("expected u32", "expected a whole number from 0"),
        ("expected usize", "expected a whole number from 0"),
        ("expected i64", "expected a whole number"),
        ("expected a sequence", "expected a list"),
        ("expected a map", "expected a table"),
        ("invalid type: sequence", "invalid type: list"),
        ("invalid type: map", "invalid type: a date or a table"),
        ("expected a spanned value", "expected no date"),
        (
            "unknown field `$__toml_private_datetime`",
            "invalid type: a date",
        ),
        ("expected a TOML datetime", A_DATE),
        ("expected field with custom name", A_DATE),
    ];
    let replace = |message: String, (from, to): &(&str, &str)| message.replace(from, to);
    let message = WORDS.iter().fold(message.to_owned(), replace);
    match message.rsplit_once("expected struct ") {
        Some((found, _)) => format!("{found}expected a table `{{ key = value }}`"),
        None => message,
    }
}
