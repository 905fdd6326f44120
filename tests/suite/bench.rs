//! What is measured: figures that nobody can foretell, but that have to fit together.

use serde_json::Value;

use crate::scenario::Scenario;

#[test]
fn every_part_and_every_rate_is_measured() {
    let scenario = Scenario::new();
    let command = [
        "bench",
        "caf-confederation-cup-2007",
        "--after",
        "start",
        "--rounds",
        "1",
    ];
    let json = scenario.accepted(&[&command[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["matches"], 26);
    let number = |value: &Value| value.as_f64().expect("a number");
    assert!(number(&report["chacha8_ns_per_word"]) > 0.0);
    let rates = report["rates"].as_array().expect("rates");
    for strengths in ["plug-in", "posterior"] {
        let mut of = rates.iter().filter(|rate| rate["strengths"] == strengths);
        assert_eq!(of.next().expect("a rate")["threads"], 1);
    }
    assert!(
        rates
            .iter()
            .all(|rate| number(&rate["seasons_per_second"]) > 0.0)
    );
    let parts = report["parts"].as_array().expect("parts");
    assert_eq!(parts.len(), 7);
    assert!(parts.iter().all(|part| number(&part["ns_per_match"]) > 0.0));
    let text = scenario.accepted(&command);
    for part in parts {
        assert!(
            text.contains(part["part"].as_str().expect("a name")),
            "{text}"
        );
    }
}
