//! Percentages that claim no more than is known: 0 and 100 only where proved.

use super::layout::{Cell, FAINT, GOOD};
use crate::project::{Probability, Verdict};

/// `71.2`, `<0.1`, `>99.9`; `0` and `100` where proved.
pub(super) fn percent(probability: &Probability) -> Cell {
    match probability.verdict {
        Verdict::Impossible => Cell::new("0").style(FAINT),
        Verdict::Certain => Cell::new("100").style(GOOD),
        Verdict::Open => Cell::new(unproved(probability.value)),
    }
}

/// `71.2 ±0.4`; `0` and `100` without an error where proved.
pub(super) fn percent_with_error(probability: &Probability) -> Cell {
    match probability.verdict {
        Verdict::Open => {
            let value = unproved(probability.value);
            Cell::new(format!("{value:>5} ±{}", error(probability.standard_error)))
        }
        // As wide as a value with its error, so that the decimal points stand in line.
        verdict => {
            let (text, style) = if verdict == Verdict::Certain {
                ("100", GOOD)
            } else {
                ("0", FAINT)
            };
            Cell::new(format!("{text:>5}     ")).style(style)
        }
    }
}

/// A probability that nothing proves, as a percentage.
pub(super) fn unproved(value: f64) -> String {
    match 100.0 * value {
        percent if percent < 0.1 => "<0.1".into(),
        percent if percent > 99.9 => ">99.9".into(),
        percent => format!("{percent:.1}"),
    }
}

/// A standard error in percentage points, rounded up: it never looks smaller than it is.
fn error(standard_error: f64) -> String {
    format!("{:.1}", (1000.0 * standard_error).ceil().max(1.0) / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certainty_is_printed_only_where_proved() {
        for (value, text) in [
            (0.0, "<0.1"),
            (0.0009, "<0.1"),
            (0.5, "50.0"),
            (0.9995, ">99.9"),
            (1.0, ">99.9"),
        ] {
            assert_eq!(unproved(value), text);
        }
        assert_eq!(unproved(0.001), "0.1");
        assert_eq!(unproved(0.999), "99.9");
    }

    #[test]
    fn errors_are_rounded_up() {
        for (standard_error, text) in [
            (0.0, "0.1"),
            (0.0004, "0.1"),
            (0.0011, "0.2"),
            (0.05, "5.0"),
        ] {
            assert_eq!(error(standard_error), text);
        }
    }
}
