//! Without the feature `enable`, annotated functions are the bare functions.

#![allow(
    clippy::unwrap_used,
    reason = "support code of tests: what is not as expected ends the test"
)]

use std::time::Duration;

use agentops_tests::outside;

#[test]
fn attributes_leave_no_trace_where_they_are_turned_off() {
    let home = tempfile::tempdir().unwrap();
    let spool = home.path().join("agentops");
    let exit = outside("disabled", env!("CARGO_TARGET_TMPDIR"))
        .env("AGENTOPS_HOME", &spool)
        .env("AGENTOPS_DESTINATION", "local")
        .env("AGENTOPS_CONSOLE", "not read, or it would be an error")
        .run(Duration::from_mins(1));
    exit.assert_success();
    assert_eq!((exit.stdout.as_str(), exit.stderr.as_str()), ("done\n", ""));
    assert!(!spool.exists(), "nothing was written");
}
