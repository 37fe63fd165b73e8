//! Annotated functions mean in each edition what they mean without their attributes there.

#![allow(
    clippy::unwrap_used,
    reason = "support code of tests: what is not as expected ends the test"
)]

#[allow(dead_code, reason = "each test needs a part of it")]
#[path = "outside/project.rs"]
mod project;

use std::time::Duration;

use agentops_tests::Program;
use project::Project;

#[test]
fn functions_mean_the_same_in_every_edition() {
    let project = Project::copied("editions");
    let built = project.cargo("build", &[]).output().unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
    assert!(!said.contains("warning"), "{said}");
    let outputs = ["2018", "2021", "2024"].map(|edition| {
        let program = project.program(&format!("edition-{edition}"));
        let exit = Program::new(program).run(Duration::from_mins(1));
        exit.assert_success().stdout.clone()
    });
    assert_ne!(outputs[0], outputs[1], "what closures capture");
    assert_ne!(outputs[1], outputs[2], "when temporaries are dropped");
}
