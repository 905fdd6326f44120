//! Runs: what is played, in how many pieces, and what stops it.

use crate::scenario::Scenario;

#[test]
fn the_last_stage_is_told_by_its_id_or_by_its_name() {
    let project = |stage| {
        let project = ["project", "league", "-n", "600", "--format", "json"];
        Scenario::new().accepted(&[&project[..], &["--through", stage]].concat())
    };
    let by_id = project("groups");
    assert!(by_id.contains("\"through\": \"groups\""));
    assert_eq!(project("Group stage"), by_id);
    assert_eq!(project("group STAGE"), by_id);
    Scenario::new().refused(
        &["project", "league", "--through", "Group stag"],
        "has no stage `Group stag` | did you mean `groups`? | known: groups, final",
    );
}
