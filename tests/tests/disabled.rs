//! Without the feature `enable`, annotated functions are the bare functions.

#![allow(
    clippy::unwrap_used,
    reason = "support code of tests: what is not as expected ends the test"
)]

#[path = "outside/project.rs"]
#[allow(dead_code, reason = "each test needs a part of it")]
mod project;

use std::time::Duration;

use agentops_tests::Program;
use project::Project;

#[test]
fn attributes_leave_no_trace_where_they_are_turned_off() {
    let home = tempfile::tempdir().unwrap();
    let spool = home.path().join("agentops");
    let project = Project::copied("disabled");
    let built = project.cargo("build", &[]).output().unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
    assert!(!said.contains("warning"), "{said}");

    let exit = Program::new(project.program("agentops-disabled"))
        .env("AGENTOPS_HOME", &spool)
        .env("AGENTOPS_DESTINATION", "local")
        .env("AGENTOPS_CONSOLE", "not read, or it would be an error")
        .run(Duration::from_mins(1));
    exit.assert_success();
    assert_eq!((exit.stdout.as_str(), exit.stderr.as_str()), ("done\n", ""));
    assert!(!spool.exists(), "nothing was written");
}
