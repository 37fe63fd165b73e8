//! What a session says of itself on its spans: user, tags, metadata, end state.

use std::sync::Barrier;
use std::thread;

use agentops::otel::opentelemetry::global;
use agentops::otel::opentelemetry::trace::Tracer as _;
use agentops::{EndState, Session};
use agentops_tests::{Spans, Telemetry};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

#[agentops::session(
    user = user,
    tags("nightly", "eu"),
    metadata(plan = "pro", attempt = attempt, config = ?(1, 2))
)]
fn run(user: &str, attempt: i64) {
    step();
    global::tracer("db").in_span("SELECT", |_| ());
}

#[agentops::tool(tags("slow"))]
fn step() {
    Session::current().unwrap().tag("escalated");
}

#[agentops::task]
fn parse() {}

fn tags<'a>(spans: &'a Spans, name: &str) -> Option<Vec<&'a str>> {
    spans.named(name).attributes().strs("agentops.tags")
}

#[test]
fn user_and_tags_are_on_every_span_whoever_made_it() {
    let spans = Telemetry::record(|| run("u-7", 2)).spans;
    for span in spans.iter() {
        assert_eq!(span.str("user.id"), Some("u-7"), "{}", span.name());
    }
    let all = Some(vec!["nightly", "eu", "escalated"]);
    assert_eq!(tags(&spans, "run"), all);
    assert_eq!(tags(&spans, "SELECT"), all);
    assert_eq!(
        tags(&spans, "execute_tool step"),
        Some(vec!["nightly", "eu", "slow"])
    );
}

#[test]
fn session_keeps_so_many_tags_and_the_first_of_them() {
    let spans = Telemetry::record(|| {
        let session = Session::start("run");
        for n in 0..130 {
            session.tag(n.to_string());
        }
    })
    .spans;
    let expected: Vec<String> = (0..128).map(|n| n.to_string()).collect();
    assert_eq!(tags(&spans, "run").unwrap(), expected);
}

#[test]
fn debug_of_a_session_does_not_tell_whom_it_runs_for() {
    Telemetry::record(|| {
        let session = Session::start("run");
        session.set_user("u-7");
        session.add_baggage("tenant", "acme").unwrap();
        let told = format!("{session:?}");
        assert_eq!(told, format!("Session {{ id: {:?}, .. }}", session.id()));
    });
}

/// The reader of records comes by the thread first that began to record first.
#[test]
fn word_of_another_thread_that_came_later_wins() {
    let spans = Telemetry::record(|| {
        let session = Session::start("shared");
        let (first, second) = (Barrier::new(2), Barrier::new(2));
        thread::scope(|scope| {
            scope.spawn(|| {
                parse();
                first.wait();
                second.wait();
                session.set_user("late");
                session.tag("late");
            });
            first.wait();
            let early = scope.spawn(|| {
                session.set_user("early");
                session.tag("early");
            });
            drop(early.join());
            second.wait();
        });
    })
    .spans;
    assert_eq!(spans.named("shared").str("user.id"), Some("late"));
    assert_eq!(tags(&spans, "shared"), Some(vec!["early", "late"]));
}

#[test]
fn metadata_is_on_the_sessions_own_span() {
    let spans = Telemetry::record(|| run("u-7", 2)).spans;
    let session = spans.named("run");
    assert_eq!(session.str("agentops.metadata.plan"), Some("pro"));
    assert_eq!(session.int("agentops.metadata.attempt"), Some(2));
    assert_eq!(session.str("agentops.metadata.config"), Some("(1, 2)"));
    assert_eq!(
        spans
            .named("execute_tool step")
            .str("agentops.metadata.plan"),
        None
    );
}

#[test]
fn session_in_hand_says_the_same() {
    let spans = Telemetry::record(|| {
        let session = Session::start("import");
        session.set_user("u-8");
        session.tag("manual");
        session.tag("manual");
        session.metadata("rows", 12);
        {
            let _entered = session.enter();
            parse();
        }
        session.end(EndState::Other("Postponed".to_owned()));
    })
    .spans;
    for name in ["import", "parse"] {
        assert_eq!(spans.named(name).str("user.id"), Some("u-8"));
        assert_eq!(tags(&spans, name), Some(vec!["manual"]));
    }
    let session = spans.named("import");
    assert_eq!(session.int("agentops.metadata.rows"), Some(12));
    assert_eq!(session.str("agentops.session.end_state"), Some("Postponed"));
    assert_eq!(session.str("code.file.path"), Some(file!()));
}

#[test]
fn tags_of_the_program_are_on_every_session() {
    let telemetry = Telemetry::start_with(|config, _| config.tags(["eu", "blue"]));
    run("u-7", 1);
    parse();
    let spans = telemetry.stop().spans;
    let expected = Some(vec!["eu", "blue", "nightly", "escalated"]);
    assert_eq!(tags(&spans, "run"), expected);
    assert_eq!(tags(&spans, "parse"), None);
}

#[test]
fn session_in_a_session_adds_to_what_is_said() {
    #[agentops::session(tags("outer"))]
    fn outer() {
        inner();
    }

    #[agentops::session(user = "u-9", tags("inner"))]
    fn inner() {}

    let spans = Telemetry::record(outer).spans;
    for name in ["outer", "inner"] {
        assert_eq!(spans.named(name).str("user.id"), Some("u-9"));
        assert_eq!(tags(&spans, name), Some(vec!["outer", "inner"]));
    }
}

#[test]
fn end_state_is_attribute_and_status() {
    for (state, word, status) in [
        (EndState::Success, "Success", StatusCode::Ok),
        (EndState::Error, "Error", StatusCode::Error),
        (EndState::Indeterminate, "Indeterminate", StatusCode::Unset),
        (EndState::Cancelled, "Cancelled", StatusCode::Error),
    ] {
        let spans = Telemetry::record(|| Session::start("run").end(state)).spans;
        let session = spans.named("run");
        assert_eq!(session.str("agentops.session.end_state"), Some(word));
        assert_eq!(session.status(), status, "{word}");
    }
}

#[test]
fn end_that_comes_after_the_programs_word_wins_over_it() {
    #[agentops::session]
    fn run(fails: bool) -> Result<(), std::fmt::Error> {
        let session = Session::current().unwrap();
        session.end(EndState::Success);
        assert!(fails, "no budget left");
        Err(std::fmt::Error)
    }

    let spans = Telemetry::record(|| {
        run(true).unwrap_err();
        std::panic::catch_unwind(|| run(false)).unwrap_err();
    })
    .spans;
    let ended = spans.all_named("run");
    assert_eq!(ended.len(), 2);
    for span in ended {
        assert_eq!(span.status(), StatusCode::Error);
        assert_eq!(span.str("agentops.session.end_state"), Some("Error"));
    }
}

#[test]
fn span_of_other_code_belongs_to_the_session_that_it_began_in() {
    let spans = Telemetry::record(|| {
        let tracer = global::tracer("db");
        let before = tracer.start("before");
        let session = Session::start("run");
        let within = {
            let _entered = session.enter();
            drop(before);
            tracer.start("within")
        };
        drop(within);
    })
    .spans;
    assert_eq!(spans.named("before").str("session.id"), None);
    let id = spans.named("run").str("session.id");
    assert_eq!(spans.named("within").str("session.id"), id);
}
