//! `crate = path` where `agentops` is a dependency of another name.

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
fn every_option_works_under_another_name_of_the_crate() {
    let project = Project::copied("renamed");
    let built = project.cargo("build", &[]).output().unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
    assert!(!said.contains("warning"), "{said}");

    let program = Program::new(project.program("agentops-renamed"));
    let exit = program.run(Duration::from_mins(1));
    exit.assert_success();
    let expected = "\
session session
  agent invoke_agent agent
    tool execute_tool tool
    guardrail guardrail
    operation leaf
session session_later
workflow invoke_workflow workflow
  llm_call chat m
    task step
tool execute_tool Tools::measure
";
    assert_eq!((exit.stdout.as_str(), exit.stderr.as_str()), (expected, ""));
}
