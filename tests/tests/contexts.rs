//! What a session hands on: its context to other threads, its baggage to callees.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use agentops::testing::capture;
use agentops::{Session, otel::opentelemetry};
use opentelemetry::Context;
use opentelemetry::baggage::{BaggageExt as _, BaggageMetadata, KeyValueMetadata};

fn baggage(key: &str) -> Option<String> {
    let cx = Context::current();
    cx.baggage().get(key).map(|value| value.as_str().to_owned())
}

#[agentops::session]
fn session_on_two_threads() {
    let session = Session::current().unwrap();
    let id = session.id().to_owned();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let _entered = session.enter();
            assert_eq!(Session::current().unwrap().id(), id);
            call();
        });
    });
}

#[agentops::llm_call(model = "m")]
fn call() {}

#[test]
fn current_session_can_be_entered_on_another_thread() {
    let captured = capture(session_on_two_threads);
    let tree = "session session_on_two_threads\n  llm_call chat m\n";
    assert_eq!(captured.tree(), tree);
}

#[agentops::session(baggage(tenant = "outer"))]
fn outer() -> [Option<String>; 3] {
    let before = baggage("tenant");
    let within = inner();
    [before, within, baggage("tenant")]
}

#[agentops::llm_call(model = "m", baggage(tenant = "inner"))]
fn inner() -> Option<String> {
    innermost()
}

#[agentops::llm_call(model = "m")]
fn innermost() -> Option<String> {
    baggage("tenant")
}

#[test]
fn baggage_that_was_set_nearer_stays() {
    capture(|| {
        let found = outer();
        assert_eq!(
            found.map(Option::unwrap),
            ["outer", "inner", "outer"].map(str::to_owned)
        );
    });
}

#[agentops::session(baggage(tenant = "first"))]
fn changing() -> Option<String> {
    let session = Session::current().unwrap();
    session.add_baggage("tenant", "second").unwrap();
    innermost()
}

#[test]
fn baggage_that_the_session_changes_is_changed_for_what_begins_later() {
    capture(|| assert_eq!(changing().as_deref(), Some("second")));
}

#[agentops::session]
fn nested() -> Option<String> {
    nested_with_baggage();
    innermost()
}

#[agentops::session(baggage(tenant = "nested"))]
fn nested_with_baggage() {
    assert_eq!(innermost().as_deref(), Some("nested"));
}

#[test]
fn baggage_of_a_nested_session_ends_with_it() {
    capture(|| assert_eq!(nested(), None));
}

#[agentops::session(id = "outer", baggage(tenant = "outer"))]
fn another_within() -> [Option<String>; 3] {
    let within = another();
    [within[0].clone(), within[1].clone(), innermost()]
}

#[agentops::session(id = "another", baggage(tenant = "another"))]
fn another() -> [Option<String>; 2] {
    let before = innermost();
    let session = Session::current().unwrap();
    session.add_baggage("tenant", "changed").unwrap();
    [before, innermost()]
}

#[test]
fn baggage_of_another_session_wins_within_it_over_what_was_there() {
    capture(|| {
        let found = another_within();
        assert_eq!(
            found.map(Option::unwrap),
            ["another", "changed", "outer"].map(str::to_owned)
        );
        let _far = agentops::baggage::scope([("tenant", "far")]).unwrap();
        let found = another();
        assert_eq!(
            found.map(Option::unwrap),
            ["another", "changed"].map(str::to_owned)
        );
    });
}

#[agentops::session(extract = headers)]
fn changing_what_came(headers: &[(&str, &str)]) -> [Option<String>; 4] {
    let came = innermost();
    let session = Session::current().unwrap();
    session.add_baggage("tenant", "changed").unwrap();
    let changed = [session.get_baggage_value("tenant"), innermost()];
    let _near = agentops::baggage::scope([("tenant", "near")]).unwrap();
    let [first, second] = changed;
    [came, first, second, innermost()]
}

#[test]
fn baggage_that_the_session_changes_wins_over_what_came_before_it() {
    let expected = |came: &str| [came, "changed", "changed", "near"].map(str::to_owned);
    capture(|| {
        let found = changing_what_came(&[("baggage", "tenant=came")]);
        assert_eq!(found.map(Option::unwrap), expected("came"));
        let _far = agentops::baggage::scope([("tenant", "far")]).unwrap();
        let found = changing_what_came(&[]);
        assert_eq!(found.map(Option::unwrap), expected("far"));
    });
}

#[test]
fn properties_of_other_members_are_kept() {
    let member = KeyValueMetadata::new("other", "1", BaggageMetadata::from("private"));
    capture(|| {
        let cx = Context::current().with_baggage([member.clone()]);
        let _attached = cx.attach();
        outer_with_properties();
    });
}

#[agentops::session(baggage(tenant = "t"))]
fn outer_with_properties() {
    let cx = Context::current();
    let (_, properties) = cx.baggage().get_with_metadata("other").unwrap();
    assert_eq!(properties.as_str(), "private");
}

#[agentops::session(id = id)]
fn named(id: &str) -> String {
    Session::current().unwrap().id().to_owned()
}

#[test]
fn an_empty_id_is_no_id() {
    capture(|| {
        assert_eq!(named("mine"), "mine");
        assert!(!named("").is_empty());
    });
}
