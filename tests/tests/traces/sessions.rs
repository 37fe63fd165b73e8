//! Sessions: which spans belong to which, and how they end.

use std::cell::RefCell;
use std::panic::catch_unwind;

use agentops::{EndState, Session};
use agentops_tests::{Spans, Telemetry, Tree};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

use crate::{record_async, record_on_workers};

#[agentops::llm_call(model = "gpt-4o")]
async fn ask() {
    tokio::task::yield_now().await;
}

#[agentops::llm_call(model = "gpt-4o")]
fn ask_now() {}

#[agentops::session(id = id)]
fn with_id(id: &str, then: impl FnOnce()) {
    then();
}

#[agentops::session]
fn without_id(then: impl FnOnce()) -> String {
    then();
    Session::current().unwrap().id().to_owned()
}

#[track_caller]
fn session_ids(spans: &Spans) -> Vec<&str> {
    let mut ids: Vec<_> = spans
        .iter()
        .filter_map(|span| span.str("session.id"))
        .collect();
    assert_eq!(ids.len(), spans.len(), "each span belongs to a session");
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[test]
fn session_without_an_id_gets_a_fresh_uuid() {
    let received = Telemetry::record(|| {
        let [first, second] = [without_id(ask_now), without_id(ask_now)];
        assert_ne!(first, second);
        // The version of a UUID is its 13th digit: 7 sorts by time.
        assert_eq!((first.len(), &first[14..15]), (36, "7"));
    });
    assert_eq!(session_ids(&received.spans).len(), 2);
}

#[test]
fn session_takes_the_id_it_is_given() {
    let spans = Telemetry::record(|| with_id("T-1042", ask_now)).spans;
    assert_eq!(session_ids(&spans), ["T-1042"]);
}

thread_local! {
    /// What records at the moment, for code that cannot be given it.
    static CURRENT: RefCell<Option<Telemetry>> = const { RefCell::new(None) };
}

#[test]
fn session_keeps_its_id_however_long_its_value_is_looked_at() {
    fn is_read() -> bool {
        CURRENT.with_borrow(|telemetry| {
            // Each flush has all read that was written so far.
            let guard = telemetry.as_ref().unwrap().guard();
            (0..3).all(|_| guard.flush().balances())
        })
    }

    #[agentops::session(id = "T-1042", ok_if = |_| is_read())]
    fn looked_at() -> u8 {
        ask_now();
        1
    }

    CURRENT.set(Some(Telemetry::start()));
    looked_at();
    let telemetry = CURRENT.take().unwrap();
    assert_eq!(session_ids(&telemetry.stop().spans), ["T-1042"]);
}

#[test]
fn session_in_a_session_is_nested_with_the_same_id() {
    let spans = Telemetry::record(|| {
        with_id("outer", || drop(without_id(ask_now)));
    })
    .spans;
    Tree::of(&spans).assert_eq(
        "
        session with_id: unset
          session without_id: unset
            llm_call chat gpt-4o: unset
        ",
    );
    assert_eq!(session_ids(&spans), ["outer"]);
    assert_eq!(
        spans.named("without_id").str("agentops.session.end_state"),
        Some("Success")
    );
}

#[test]
fn session_in_a_session_with_the_same_explicit_id_is_nested() {
    let spans = Telemetry::record(|| with_id("one", || with_id("one", ask_now))).spans;
    assert_eq!(session_ids(&spans), ["one"]);
    let [inner, outer] = spans.all_named("with_id")[..] else {
        panic!("two sessions make two spans");
    };
    assert!(inner.is_child_of(outer));
    assert!(inner.proto.links.is_empty());
}

#[test]
fn session_in_a_session_with_another_id_is_a_new_root_with_a_link() {
    let spans = Telemetry::record(|| {
        with_id("outer", || {
            with_id("inner", ask_now);
            ask_now();
        });
    })
    .spans;
    let session = |id: &str| {
        let found = spans.all_named("with_id").into_iter();
        let mut found = found.filter(|span| span.str("session.id") == Some(id));
        found.next().unwrap()
    };
    let (outer, inner) = (session("outer"), session("inner"));
    assert_eq!(inner.parent_id(), None);
    assert_ne!(inner.trace_id(), outer.trace_id());
    let [link] = &inner.proto.links[..] else {
        panic!("the session it was started in is linked to");
    };
    assert_eq!(link.trace_id, outer.proto.trace_id);
    assert_eq!(link.span_id, outer.proto.span_id);
    for root in [outer, inner] {
        let [call] = spans.children_of(root)[..] else {
            panic!("each session made a call");
        };
        assert_eq!(call.str("session.id"), root.str("session.id"));
    }
}

#[test]
fn concurrent_sessions_keep_their_spans_apart() {
    #[agentops::session(id = id)]
    async fn run(id: String) {
        ask().await;
        tokio::join!(ask(), ask());
        let session = Session::current().unwrap();
        tokio::spawn(session.instrument(ask())).await.unwrap();
    }

    let spans = record_on_workers(async {
        let runs: Vec<_> = (0..32)
            .map(|number| tokio::spawn(run(format!("run-{number}"))))
            .collect();
        for run in runs {
            run.await.unwrap();
        }
    })
    .spans;
    assert_eq!(session_ids(&spans).len(), 32);
    assert_eq!(spans.len(), 32 * 5);
    for root in spans.all_named("run") {
        let calls = spans.children_of(root);
        assert_eq!(calls.len(), 4);
        for call in calls {
            assert_eq!(call.str("session.id"), root.str("session.id"));
        }
    }
}

#[test]
fn futures_of_one_task_keep_their_sessions_apart() {
    #[agentops::session(id = id)]
    async fn run(id: &str) {
        for _ in 0..3 {
            ask().await;
        }
    }

    let spans = record_async(async { tokio::join!(run("left"), run("right")) }).spans;
    assert_eq!(session_ids(&spans), ["left", "right"]);
    for root in spans.all_named("run") {
        assert_eq!(spans.children_of(root).len(), 3);
    }
}

#[test]
fn calls_outside_any_session_have_no_session_id() {
    let spans = Telemetry::record(ask_now).spans;
    assert_eq!(spans.named("chat gpt-4o").str("session.id"), None);
}

#[test]
fn started_session_is_current_where_it_is_entered() {
    let spans = Telemetry::record(|| {
        let session = Session::start("report");
        assert!(Session::current().is_none());
        {
            let _entered = session.enter();
            assert_eq!(Session::current().unwrap().id(), session.id());
            assert_eq!(Session::current().unwrap().trace_id(), session.trace_id());
            ask_now();
        }
        assert!(Session::current().is_none());
        session.end(EndState::Success);
        assert_eq!(session.id().len(), 36);
    })
    .spans;
    Tree::of(&spans).assert_eq(
        "
        session report: ok
          llm_call chat gpt-4o: unset
        ",
    );
    let [id] = session_ids(&spans)[..] else {
        panic!("there is one session");
    };
    assert_eq!(id.len(), 36);
}

#[test]
fn started_session_is_current_in_the_futures_it_instruments() {
    let spans = record_on_workers(async {
        let session = Session::start("report");
        let first = tokio::spawn(session.instrument(ask()));
        let second = tokio::spawn(session.instrument(async { ask().await }));
        first.await.unwrap();
        second.await.unwrap();
        session.end(EndState::Success);
    })
    .spans;
    Tree::of(&spans).assert_eq(
        "
        session report: ok
          llm_call chat gpt-4o: unset
          llm_call chat gpt-4o: unset
        ",
    );
    assert_eq!(session_ids(&spans).len(), 1);
}

#[test]
fn started_session_ends_in_the_state_it_is_given() {
    let states = [
        (EndState::Success, "Success", StatusCode::Ok),
        (EndState::Error, "Error", StatusCode::Error),
        (EndState::Indeterminate, "Indeterminate", StatusCode::Unset),
        (EndState::Cancelled, "Cancelled", StatusCode::Error),
        (
            EndState::Other("parked".to_owned()),
            "parked",
            StatusCode::Unset,
        ),
    ];
    let spans = Telemetry::record(|| {
        for (state, word, _) in &states {
            Session::start(*word).end(state.clone());
        }
    })
    .spans;
    for (_, word, status) in states {
        let span = spans.named(word);
        assert_eq!(span.str("agentops.session.end_state"), Some(word));
        assert_eq!(span.status(), status, "{word}");
    }
}

#[test]
fn started_session_ends_once_with_its_first_end() {
    let spans = Telemetry::record(|| {
        let session = Session::start("report");
        let clone = session.clone();
        clone.end(EndState::Error);
        session.end(EndState::Success);
        drop(session);
    })
    .spans;
    let span = spans.named("report");
    assert_eq!(span.str("agentops.session.end_state"), Some("Error"));
    assert_eq!(span.status(), StatusCode::Error);
}

#[test]
fn started_session_that_is_dropped_is_a_success() {
    let spans = Telemetry::record(|| {
        let session = Session::start("report");
        let clone = session.clone();
        drop(session);
        let _entered = clone.enter();
        ask_now();
    })
    .spans;
    let span = spans.named("report");
    assert_eq!(span.str("agentops.session.end_state"), Some("Success"));
    assert!(spans.named("chat gpt-4o").is_child_of(span));
}

#[test]
fn started_session_that_a_panic_drops_has_panicked() {
    let spans = Telemetry::record(|| {
        let unwound = catch_unwind(|| {
            let _session = Session::start("report");
            panic!("no report")
        });
        unwound.unwrap_err();
    })
    .spans;
    let span = spans.named("report");
    assert_eq!(span.str("agentops.session.end_state"), Some("Error"));
    assert_eq!(span.str("error.type"), Some("panic"));
}

#[test]
fn annotated_session_can_be_told_how_it_ends() {
    #[agentops::session]
    fn run() {
        Session::current()
            .unwrap()
            .end(EndState::Other("parked".to_owned()));
        ask_now();
    }

    let spans = Telemetry::record(run).spans;
    let run = spans.named("run");
    assert_eq!(run.str("agentops.session.end_state"), Some("parked"));
    assert!(spans.named("chat gpt-4o").is_child_of(run));
}

#[test]
fn status_follows_the_last_word_on_how_a_session_ends() {
    #[agentops::session(id = words)]
    fn run(words: &str, first: EndState, last: EndState) {
        let session = Session::current().unwrap();
        session.end(first);
        session.end(last);
    }

    use EndState::{Cancelled, Error, Indeterminate, Success};
    let cases = [
        (Success, Error, "Error", StatusCode::Error),
        (Error, Success, "Success", StatusCode::Ok),
        (Cancelled, Indeterminate, "Indeterminate", StatusCode::Unset),
        (Cancelled, Error, "Error", StatusCode::Error),
    ];
    for (first, last, word, status) in cases {
        let spans = Telemetry::record(|| run(word, first, last)).spans;
        let run = spans.named("run");
        assert_eq!(run.str("agentops.session.end_state"), Some(word));
        assert_eq!((run.status(), run.status_message()), (status, ""), "{word}");
    }
}

#[test]
fn call_that_outlives_its_session_keeps_its_id() {
    let spans = record_on_workers(async {
        let session = Session::start("report");
        let (go_on, wait) = tokio::sync::oneshot::channel::<()>();
        let call = tokio::spawn(session.instrument(async {
            wait.await.unwrap();
            ask().await;
        }));
        session.end(EndState::Success);
        drop(session);
        go_on.send(()).unwrap();
        call.await.unwrap();
    })
    .spans;
    assert_eq!(session_ids(&spans).len(), 1);
    assert!(
        spans
            .named("chat gpt-4o")
            .is_child_of(spans.named("report"))
    );
}

#[test]
fn session_open_at_shutdown_arrives_as_incomplete() {
    let telemetry = Telemetry::start();
    let session = Session::start("report");
    let spans = telemetry.stop().spans;
    session.end(EndState::Success);
    let span = spans.named("report");
    assert_eq!(span.bool("agentops.span.incomplete"), Some(true));
    assert_eq!(
        span.str("agentops.session.end_state"),
        Some("Indeterminate")
    );
}
