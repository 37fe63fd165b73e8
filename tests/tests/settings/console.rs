//! Sessions on stderr.

use agentops_tests::terminal::masked;

use crate::run;

#[test]
fn each_session_is_shown_as_a_tree_when_it_ends() {
    let exit = run("endings", &[("AGENTOPS_CONSOLE", "1")]);
    assert_eq!(
        masked(&exit.stderr),
        "\
✓ succeeds unknown_service:probe <time> 2 spans <duration> 17 → 5 tokens
└ ✦ chat gpt-4o 17 → 5 <duration> ok
total 1 llm call 17 → 5 tokens <duration> session <id>
✗ fails unknown_service:probe <time> 1 span <duration> no budget left
total 0 llm calls <duration> session <id>
✗ panics unknown_service:probe <time> 1 span <duration> panicked
total 0 llm calls <duration> session <id>
⊘ stops unknown_service:probe <time> 1 span <duration> cancelled
total 0 llm calls <duration> session <id>
"
    );
}

#[test]
fn nothing_is_shown_without_being_asked_for_where_stderr_is_no_terminal() {
    assert_eq!(run("endings", &[]).stderr, "");
    assert_eq!(run("endings", &[("AGENTOPS_CONSOLE", "0")]).stderr, "");
}

#[test]
fn tree_has_no_colours_where_stderr_is_no_terminal() {
    for variables in [
        &[("AGENTOPS_CONSOLE", "1")][..],
        &[("AGENTOPS_CONSOLE", "1"), ("TERM", "xterm-256color")],
        &[("AGENTOPS_CONSOLE", "1"), ("NO_COLOR", "1")],
    ] {
        let exit = run("endings", variables);
        assert!(!exit.stderr.contains('\x1b'), "{variables:?}");
    }
}

#[test]
fn tree_is_headed_by_the_session_also_when_its_calls_ran_on_other_threads() {
    // Which thread is read first is up to chance, so one run proves little.
    for _ in 0..10 {
        let exit = run("init-outside-tokio", &[("AGENTOPS_CONSOLE", "1")]);
        let tree = "\
✓ work_async unknown_service:probe <time> 2 spans <duration> 17 → 5 tokens
└ ✦ chat gpt-4o 17 → 5 <duration> ok
total 1 llm call 17 → 5 tokens <duration> session <id>
";
        assert_eq!(masked(&exit.stderr), tree.repeat(2));
    }
}

#[test]
fn tree_shows_the_name_of_the_service() {
    let variables = [
        ("AGENTOPS_CONSOLE", "true"),
        ("OTEL_SERVICE_NAME", "planner"),
    ];
    let exit = run("run", &variables);
    assert!(
        exit.stderr.starts_with("✓ work   planner   "),
        "{}",
        exit.stderr
    );
}

#[test]
fn tree_is_shown_whatever_the_destination() {
    let variables = [("AGENTOPS_CONSOLE", "1"), ("AGENTOPS_DESTINATION", "none")];
    let exit = run("run", &variables);
    assert!(exit.stderr.starts_with("✓ work "), "{}", exit.stderr);
}
