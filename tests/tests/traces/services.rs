//! Sessions that go on in another service.

use std::collections::HashMap;

use agentops::otel::opentelemetry::baggage::BaggageExt as _;
use agentops::otel::opentelemetry::trace::{TraceContextExt as _, Tracer as _};
use agentops::otel::opentelemetry::{Context, StringValue, global};
use agentops::otel::opentelemetry_sdk::trace::Sampler;
use agentops::{Session, baggage, propagation};
use agentops_tests::{Telemetry, Tree};

type Headers = HashMap<String, String>;

/// A session of the first service, which sends these headers.
#[agentops::session(id = "s 1", baggage(tenant = "acme, inc."))]
fn caller() -> Headers {
    send()
}

#[agentops::tool]
fn send() -> Headers {
    let headers = Session::current().unwrap().propagate_context();
    let text = |value: &str| value.to_owned();
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value.to_str().unwrap())))
        .collect()
}

#[agentops::session(extract = headers)]
fn callee(headers: &Headers) -> Option<String> {
    work();
    baggage::get("tenant")
}

#[agentops::tool]
fn work() {}

#[test]
fn extracted_session_is_the_callers_in_one_trace() {
    let received = Telemetry::record(|| {
        let headers = caller();
        assert_eq!(headers["baggage"], "session.id=s%201,tenant=acme%2C%20inc.");
        assert_eq!(callee(&headers).as_deref(), Some("acme, inc."));
    });
    Tree::of(&received.spans).assert_eq(
        "
        session caller: unset
          tool execute_tool send: unset
            session callee: unset
              tool execute_tool work: unset
        ",
    );
    for span in received.spans.iter() {
        assert_eq!(span.str("session.id"), Some("s 1"), "{}", span.name());
    }
}

#[test]
fn baggage_of_a_caller_is_handed_on_to_the_next_service() {
    #[agentops::session(extract = headers)]
    fn middle(headers: &Headers) -> Headers {
        send()
    }

    Telemetry::record(|| {
        let first = caller();
        let second = middle(&first);
        assert_eq!(second["baggage"], first["baggage"]);
        assert_ne!(second["traceparent"], first["traceparent"]);
        assert_eq!(second["traceparent"][..35], first["traceparent"][..35]);
    });
}

#[test]
fn headers_that_say_nothing_begin_a_session_of_ones_own() {
    for (name, value) in [
        ("x-other", ""),
        ("traceparent", ""),
        ("traceparent", "00-zz-1-01"),
        (
            "traceparent",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        ),
        ("baggage", "session.id="),
        ("baggage", "=,;=,%FF"),
        ("baggage", &format!("session.id={}", "x".repeat(257))),
    ] {
        let headers = Headers::from([(name.to_owned(), value.to_owned())]);
        let received = Telemetry::record(|| callee(&headers));
        let session = received.spans.named("callee");
        assert_eq!(session.parent_id(), None, "{name}: {value}");
        assert_eq!(
            session.str("session.id").unwrap().len(),
            36,
            "{name}: {value}"
        );
    }
}

#[test]
fn given_id_wins_over_the_callers() {
    #[agentops::session(id = "own", extract = headers)]
    fn callee(headers: &Headers) {
        work();
    }

    let received = Telemetry::record(|| callee(&caller()));
    let session = received.spans.named("callee");
    assert!(session.is_child_of(received.spans.named("execute_tool send")));
    assert_eq!(session.str("session.id"), Some("own"));
    assert_eq!(
        received.spans.named("execute_tool work").str("session.id"),
        Some("own")
    );
}

#[test]
fn carrier_is_ignored_where_its_trace_is_continued_already() {
    // As a server's middleware does: it extracts, and makes a span of its own.
    let received = Telemetry::record(|| {
        let headers = caller();
        let cx = propagation::extract(&headers);
        let span = global::tracer("server").start_with_context("POST /run", &cx);
        let _attached = cx.with_span(span).attach();
        callee(&headers);
    });
    let server = received.spans.named("POST /run");
    assert!(received.spans.named("callee").is_child_of(server));
    assert_eq!(server.str("session.id"), Some("s 1"));
}

#[test]
fn extraction_within_another_session_leaves_it_with_a_link() {
    #[agentops::session(id = "here")]
    fn here(headers: &Headers) {
        callee(headers);
    }

    let received = Telemetry::record(|| here(&caller()));
    let callee = received.spans.named("callee");
    assert!(callee.is_child_of(received.spans.named("execute_tool send")));
    assert_eq!(callee.str("session.id"), Some("s 1"));
    let link = &callee.proto.links[0];
    let here = &received.spans.named("here").proto;
    assert_eq!(
        (&link.trace_id, &link.span_id),
        (&here.trace_id, &here.span_id)
    );
}

#[test]
fn received_context_makes_all_that_begins_in_it_the_callers() {
    let received = Telemetry::record(|| {
        let headers = caller();
        let _attached = Session::receive_context(&headers).attach();
        work();
        global::tracer("db").in_span("SELECT", |_| ());
        Session::start("later").end(agentops::EndState::Success);
    });
    let parent = received.spans.named("execute_tool send");
    for name in ["execute_tool work", "SELECT", "later"] {
        let span = received.spans.named(name);
        assert!(span.is_child_of(parent), "{name}");
        assert_eq!(span.str("session.id"), Some("s 1"), "{name}");
    }
}

#[test]
fn unsampled_caller_makes_an_unsampled_callee() {
    let headers = Headers::from([(
        "traceparent".to_owned(),
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00".to_owned(),
    )]);
    let received = Telemetry::record(|| callee(&headers));
    assert!(received.spans.is_empty(), "{:?}", received.spans.names());
}

#[test]
fn explicit_injection_hands_on_all_baggage_and_middleware_only_the_session() {
    #[agentops::session(id = "s1", baggage(user.id = "u-7"))]
    fn run() {
        let _scope = baggage::scope([("step", "2")]).unwrap();
        let mut explicit = Headers::new();
        propagation::inject(&mut explicit);
        assert_eq!(explicit["baggage"], "session.id=s1,step=2,user.id=u-7");
        let mut implicit = Headers::new();
        global::get_text_map_propagator(|propagator| {
            propagator.inject_context(&Context::current(), &mut implicit);
        });
        assert_eq!(implicit["baggage"], "session.id=s1");
        assert_eq!(explicit["traceparent"], implicit["traceparent"]);
    }
    Telemetry::record(run);
}

#[test]
fn session_in_hand_is_propagated_from_outside_of_it() {
    let received = Telemetry::record(|| {
        let session = Session::start("run");
        session.add_baggage("tenant", "acme").unwrap();
        let headers = session.propagate_context();
        let id = session.id().to_owned();
        assert_eq!(headers["baggage"], format!("session.id={id},tenant=acme"));
        let _attached = Session::receive_context(&headers).attach();
        work();
    });
    let work = received.spans.named("execute_tool work");
    assert!(work.is_child_of(received.spans.named("run")));
}

#[test]
fn baggage_arrives_as_it_was_sent() {
    #[agentops::session(id = "team=blue, run=7")]
    fn run(headers: &mut Headers) {
        let _scope = baggage::scope([("query", "a=1&b=50%;c")]).unwrap();
        propagation::inject(headers);
    }
    let mut headers = Headers::new();
    Telemetry::record(|| run(&mut headers));
    let cx = propagation::extract(&headers);
    let value = |key| cx.baggage().get(key).map(StringValue::as_str);
    assert_eq!(value("session.id"), Some("team=blue, run=7"));
    assert_eq!(value("query"), Some("a=1&b=50%;c"));
}

#[test]
fn session_arrives_however_much_baggage_there_is() {
    #[agentops::session(id = "s1")]
    fn run(headers: &mut Headers, size: usize, count: usize) -> Option<String> {
        let session = Session::current().unwrap();
        let value = "x".repeat(size);
        let add = |number| session.add_baggage(&format!("key-{number}"), &value);
        let refused = (0..count).find_map(|number| add(number).err());
        propagation::inject(headers);
        refused.map(|error| error.to_string())
    }
    for (size, count, kept) in [(10, 63, 63), (10, 64, 63), (3_000, 3, 2), (4_000, 63, 2)] {
        let mut headers = Headers::new();
        let mut refused = None;
        Telemetry::record(|| refused = run(&mut headers, size, count));
        let cx = propagation::extract(&headers);
        let baggage = cx.baggage();
        let id = baggage.get("session.id").map(StringValue::as_str);
        assert_eq!((id, baggage.len()), (Some("s1"), kept + 1));
        let message = "invalid baggage `key-63`: the session has 63 members already, as many as \
                       a header holds";
        assert_eq!(refused.as_deref(), (count > 63).then_some(message));
    }
}

#[test]
fn sampler_is_asked_below_the_caller_and_not_below_what_is_current() {
    for (flags, expected) in [("01", 1), ("00", 0)] {
        let headers = Headers::from([(
            "traceparent".to_owned(),
            format!("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-{flags}"),
        )]);
        // Roots would be decided the other way.
        let root = match expected {
            1 => Sampler::AlwaysOff,
            _ => Sampler::AlwaysOn,
        };
        let telemetry = Telemetry::start_with(|config, _| config.sampler(root));
        callee(&headers);
        let spans = telemetry.stop().spans;
        assert_eq!(spans.all_named("callee").len(), expected, "{flags}");
    }
}

#[test]
fn baggage_of_a_session_that_is_left_stays_behind() {
    #[agentops::session(id = "outer", baggage(tenant = "a", region = "eu"))]
    fn outer(headers: &Headers) -> [Headers; 3] {
        Session::current()
            .unwrap()
            .add_baggage("tenant", "b")
            .unwrap();
        let _scope = baggage::scope([("step", "2")]).unwrap();
        [other(), continued(headers), send()]
    }

    #[agentops::session(id = "other")]
    fn other() -> Headers {
        send()
    }

    #[agentops::session(extract = headers)]
    fn continued(headers: &Headers) -> Headers {
        send()
    }

    Telemetry::record(|| {
        let headers = outer(&caller());
        let baggage = headers
            .each_ref()
            .map(|headers| headers["baggage"].as_str());
        // What a scope adds belongs to the code and not to the session.
        assert_eq!(baggage[0], "session.id=other,step=2");
        assert_eq!(baggage[1], "session.id=s%201,step=2,tenant=acme%2C%20inc.");
        assert_eq!(baggage[2], "session.id=outer,region=eu,step=2,tenant=b");
    });
}

#[test]
fn latest_value_of_the_session_is_what_is_read_and_sent() {
    #[agentops::session(id = "s", baggage(step = 1))]
    fn run() {
        let session = Session::current().unwrap();
        for step in 2..20 {
            let step = step.to_string();
            session.add_baggage("step", &step).unwrap();
            assert_eq!(baggage::get("step").as_deref(), Some(&*step));
            assert_eq!(session.get_baggage_value("step").as_deref(), Some(&*step));
            let headers = session.propagate_context();
            assert_eq!(headers["baggage"], format!("session.id=s,step={step}"));
        }
        let _scope = baggage::scope([("step", "here")]).unwrap();
        assert_eq!(session.get_baggage_value("step").as_deref(), Some("here"));
        assert_eq!(baggage::get("step").as_deref(), Some("here"));
    }
    Telemetry::record(run);
}

#[test]
fn baggage_travels_with_a_future() {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let future = baggage::with([("tenant", "acme")], async {
        tokio::task::yield_now().await;
        baggage::get("tenant")
    });
    let found = runtime.unwrap().block_on(future.unwrap());
    assert_eq!(found.as_deref(), Some("acme"));
    assert_eq!(baggage::get("tenant"), None);
    let refused = baggage::with([("not a token", "")], async {});
    assert!(refused.is_err());
}
