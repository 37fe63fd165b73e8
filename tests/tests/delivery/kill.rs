//! `kill -9`: what had ended is delivered by the next run.

use std::collections::{HashMap, HashSet};

use agentops_tests::{Collector, Exit, Span};

use crate::{TIMEOUT, distinct, probe};

const THREADS: usize = 4;
const SPANS: usize = 2_500;

/// By thread and number, the ids of spans that had ended, as the program told.
fn acknowledged(exit: &Exit) -> HashMap<(i64, i64), String> {
    let lines = exit
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("ended "));
    let whole = |line: &str| {
        let [thread, number, id] = line.split(' ').collect::<Vec<_>>()[..] else {
            return None;
        };
        // The last line may have been cut in the middle.
        let key = (thread.parse().ok()?, number.parse().ok()?);
        (id.len() == 16).then(|| (key, id.to_owned()))
    };
    lines.filter_map(whole).collect()
}

/// The spans of the run that was killed.
fn numbered<'a>(spans: &HashMap<String, &'a Span>) -> HashMap<(i64, i64), &'a Span> {
    let key = |span: &Span| ["thread", "number"].map(|key| span.int(key).unwrap());
    let numbered = spans.values().filter(|span| span.name() == "numbered");
    let mut by_key = HashMap::new();
    for span in numbered {
        let [thread, number] = key(span);
        let other = by_key.insert((thread, number), *span);
        assert!(other.is_none(), "{thread} {number} was made once");
    }
    by_key
}

/// Kills a run, makes another one with an endpoint that takes data, and compares.
fn killed_run_is_delivered_by_the_next(until: &str) {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    collector.answer_always(503, &[], []);
    let endpoint = collector.endpoint();
    let arguments = format!("acknowledge {THREADS} {SPANS}");
    let child = probe(&arguments, home.path(), &endpoint).spawn();
    child.wait_for_stdout(until, TIMEOUT);
    let killed = acknowledged(&child.kill_9());
    assert!(killed.len() >= 700, "{} spans had ended", killed.len());

    collector.answer_with(|_| None);
    let exit = probe("run", home.path(), &endpoint).run(TIMEOUT);
    exit.assert_success();
    assert_eq!(exit.stderr, "");
    assert!(!exit.stdout.contains("trouble"), "{}", exit.stdout);

    let spans = collector.spans();
    let spans = distinct(&spans);
    let delivered = numbered(&spans);
    for (key, id) in &killed {
        let span = delivered.get(key);
        let span = span.unwrap_or_else(|| panic!("{key:?} had ended and was not delivered"));
        assert_eq!(span.span_id(), *id);
        assert_eq!(span.bool("agentops.span.incomplete"), None, "{key:?}");
    }
    // A thread that was killed had made one span at most that it had not told of yet.
    let untold: Vec<_> = delivered
        .keys()
        .filter(|key| !killed.contains_key(key))
        .collect();
    let threads: HashSet<_> = untold.iter().map(|(thread, _)| thread).collect();
    assert_eq!(threads.len(), untold.len(), "{untold:?}");
    for (thread, number) in untold {
        let before = killed.keys().filter(|(of, _)| of == thread).count();
        assert_eq!(usize::try_from(*number).unwrap(), before);
    }
    // Two spans of the second run, and nothing else.
    assert_eq!(spans.len(), delivered.len() + 2);
    for span in delivered.values() {
        assert!(span.proto.end_time_unix_nano >= span.proto.start_time_unix_nano);
        let thread_and_number = ["thread", "number"].map(|key| span.int(key));
        assert!(
            span.str("session.id").is_some(),
            "{thread_and_number:?} has lost its session: {span:?}"
        );
    }
}

#[test]
#[cfg_attr(agentops_plain, ignore = "plain memory goes with the process")]
fn run_that_is_killed_in_the_middle_is_delivered_by_the_next() {
    killed_run_is_delivered_by_the_next("ended 0 700 ");
}

#[test]
#[cfg_attr(agentops_plain, ignore = "plain memory goes with the process")]
fn run_that_is_killed_after_ten_thousand_spans_is_delivered_by_the_next() {
    killed_run_is_delivered_by_the_next("ready");
}

#[test]
#[cfg_attr(agentops_plain, ignore = "plain memory goes with the process")]
fn killed_run_is_adopted_once_by_two_that_start_together() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    collector.answer_always(503, &[], []);
    let child = probe("acknowledge 2 100", home.path(), &collector.endpoint()).spawn();
    child.wait_for_stdout("ready", TIMEOUT);
    let killed = acknowledged(&child.kill_9());
    assert_eq!(killed.len(), 200);

    collector.answer_with(|_| None);
    let next = [0; 2].map(|_| probe("run", home.path(), &collector.endpoint()).spawn());
    for next in next {
        next.wait(TIMEOUT).assert_success();
    }
    let spans = collector.spans();
    let spans = distinct(&spans);
    assert_eq!(spans.len(), 204);
    let ids = numbered(&spans).into_iter();
    let ids: HashMap<_, _> = ids.map(|(key, span)| (key, span.span_id())).collect();
    assert_eq!(ids, killed);
}

#[test]
#[cfg_attr(agentops_plain, ignore = "plain memory goes with the process")]
fn session_that_was_open_when_the_run_was_killed_arrives_as_incomplete() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    let child = probe("open", home.path(), &collector.endpoint()).spawn();
    child.wait_for_stdout("ready", TIMEOUT);
    child.kill_9();
    probe("run", home.path(), &collector.endpoint())
        .run(TIMEOUT)
        .assert_success();
    let spans = collector.spans();
    for (name, kind) in [("report", "session"), ("chat gpt-4o-mini", "llm_call")] {
        let span = spans.named(name);
        assert_eq!(span.bool("agentops.span.incomplete"), Some(true), "{name}");
        assert_eq!(span.str("agentops.span.kind"), Some(kind));
        assert!(span.proto.end_time_unix_nano >= span.proto.start_time_unix_nano);
    }
    let call = spans.named("chat gpt-4o-mini");
    assert!(call.is_child_of(spans.named("report")));
    assert_eq!(
        call.str("session.id"),
        spans.named("report").str("session.id")
    );
    assert!(spans.named("inner").is_child_of(call));
}
