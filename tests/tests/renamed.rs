//! `crate = path` where `agentops` is a dependency of another name.

use std::time::Duration;

use agentops_tests::outside;

#[test]
fn every_option_works_under_another_name_of_the_crate() {
    let exit = outside("renamed", env!("CARGO_TARGET_TMPDIR")).run(Duration::from_mins(1));
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
