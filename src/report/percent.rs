//! Percentages that claim no more than is known: 0 and 100 only where proved.

use super::layout::{Cell, FAINT, GOOD};
use crate::project::{Probability, Verdict};

/// Below this many batches standard errors are themselves uncertain by a quarter or more.
pub(super) const FEW_BATCHES: u64 = 10;

/// What is to be said of standard errors from so few batches.
pub(super) fn doubt_of_errors(batches: u64) -> Option<String> {
    let rest_on = match batches {
        0 | 1 => "one batch".into(),
        few => format!("{few} batches"),
    };
    let doubt =
        format!("The errors are rough: they rest on {rest_on} of seasons. Run more with -n.");
    (batches < FEW_BATCHES).then_some(doubt)
}

/// `71.2`, `<0.1`, `>99.9`; `0` and `100` where proved.
pub(super) fn percent(probability: &Probability) -> Cell {
    match probability.verdict {
        Verdict::Impossible => Cell::new("0").style(FAINT),
        Verdict::Certain => Cell::new("100").style(GOOD),
        Verdict::Open => Cell::new(seen(probability.value, probability.standard_error)),
    }
}

/// `71.2 ±0.4`; `0` and `100` without an error where proved.
pub(super) fn percent_with_error(probability: &Probability) -> Cell {
    match probability.verdict {
        Verdict::Open => seen_with_error(probability.value, probability.standard_error),
        verdict => proved(verdict == Verdict::Certain),
    }
}

/// What is proved, as wide as a value with its error, so that the decimal points stand in line.
pub(super) fn proved(happens: bool) -> Cell {
    let (text, style) = if happens { ("100", GOOD) } else { ("0", FAINT) };
    Cell::new(format!("{text:>5}     ")).style(style)
}

/// A share of seasons or draws with its error, nothing being proved.
pub(super) fn seen_with_error(value: f64, standard_error: f64) -> Cell {
    let value = seen(value, standard_error);
    Cell::new(format!("{value:>5} ±{}", error(standard_error)))
}

/// A share of seasons or draws: what was seen never or always claims no more than its error allows.
pub(super) fn seen(value: f64, standard_error: f64) -> String {
    match value {
        0.0 => format!("<{}", error(standard_error)),
        1.0 => format!(">{:.1}", 100.0 - tenths(standard_error)),
        value => unproved(value),
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
pub(super) fn error(standard_error: f64) -> String {
    format!("{:.1}", tenths(standard_error))
}

/// A standard error in thousandths of a percentage point, rounded up.
pub(super) fn fine_error(standard_error: f64) -> String {
    format!("{:.3}", (100_000.0 * standard_error).ceil() / 1000.0)
}

fn tenths(standard_error: f64) -> f64 {
    (1000.0 * standard_error).ceil().max(1.0) / 10.0
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
    fn few_seasons_claim_little() {
        let never = |seasons: f64| {
            let share = 1.0 / (seasons + 2.0);
            let error = f64::sqrt(share * (1.0 - share) / seasons);
            (seen(0.0, error), seen(1.0, error))
        };
        assert_eq!(never(1.0), ("<47.2".into(), ">52.8".into()));
        assert_eq!(never(100.0), ("<1.0".into(), ">99.0".into()));
        assert_eq!(never(100_000.0), ("<0.1".into(), ">99.9".into()));
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
