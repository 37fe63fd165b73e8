//! Programs that forget, replace or starve what they are made of.

use crate::{commanded, reports, say, start};

#[test]
fn sessions_that_are_leaked_are_delivered_as_incomplete() {
    let home = tempfile::tempdir().unwrap();
    let exit = say(start(commanded(home.path())), &["leak 300", "shutdown"]);
    assert_eq!(reports(&exit), ["spooled=300 buffered=0 lost=[]"]);
    let (spans, _) = agentops_tests::spool::read(&home.path().join(".agentops/spool/local"));
    assert_eq!(spans.len(), 300);
    for span in spans.iter() {
        assert_eq!(span.bool("agentops.span.incomplete"), Some(true));
    }
}

#[test]
fn a_span_that_ends_after_the_shutdown_was_delivered_by_it() {
    let home = tempfile::tempdir().unwrap();
    let exit = say(start(commanded(home.path())), &["open late", "shutdown"]);
    assert_eq!(reports(&exit), ["spooled=1 buffered=0 lost=[]"]);
    let (spans, _) = agentops_tests::spool::read(&home.path().join(".agentops/spool/local"));
    assert_eq!(
        spans.named("late").bool("agentops.span.incomplete"),
        Some(true)
    );
}
