//! Secrets on every way into the product, and all of its types shown.

use std::io;

use agentops::otel::opentelemetry::KeyValue;
use agentops::otel::opentelemetry::global;
use agentops::otel::opentelemetry::trace::{Span as _, Tracer as _};
use agentops::{Config, Kind, Session};
use agentops_tests::drills::canary::Canary;

use crate::{hear, init, say};

/// Lets canaries take all ways, shows what can be shown, and waits for a word.
pub(crate) fn run() {
    let config = Config::from_env().unwrap();
    println!("debug {config:?} {config:#?}");
    let guard = init();
    println!("debug {guard:?} {:?}", guard.warnings());
    // No hook of the program's own prints what it panics with.
    std::panic::set_hook(Box::new(|_| {}));
    let session = Session::start("secrets");
    let entered = session.enter();
    println!("debug {session:?} {entered:?}");
    all();
    println!("debug {:?} {:?}", guard.flush(), Session::current());
    let open = thread_that_waits();
    println!("ready");
    hear();
    drop(open);
    drop(entered);
    drop(session);
    say(&guard.shutdown());
}

/// A call that is open when the program ends holds an argument, too.
fn thread_that_waits() -> agentops::builder::SpanGuard {
    let texts: Vec<String> = Canary::of("input of a builder").map(Canary::text).collect();
    agentops::span(Kind::Task, "open").input(&texts).start()
}

fn all() {
    for canary in Canary::of("argument") {
        argument(&canary.text());
    }
    for canary in Canary::of("argument by Debug") {
        debugged(&Shown {
            note: canary.text(),
        });
    }
    for canary in Canary::of("member of an argument") {
        member(&serde_json::json!({"list": [{"note": canary.text()}]}));
    }
    for canary in Canary::of("result") {
        let _ = result(canary);
    }
    for canary in Canary::of("error") {
        let _ = error(canary);
    }
    for canary in Canary::of("prompt") {
        asked(&canary.text());
    }
    for canary in Canary::of("completion") {
        let _ = answered(canary);
    }
    for canary in Canary::of("input of a builder") {
        let builder = agentops::span(Kind::Tool, "built").input(&canary.text());
        println!("debug {builder:?}");
        builder.in_scope(|| {});
    }
    for canary in Canary::of("attribute") {
        attribute(&canary.text());
        agentops::record("recorded", canary.text());
        let mut span = global::tracer("secrets").start("other");
        span.set_attribute(KeyValue::new("note", canary.text()));
        span.end();
    }
    for canary in Canary::of("baggage") {
        let scope = agentops::baggage::scope([("note", canary.text())]);
        println!("debug {:?}", scope.as_ref().err());
        argument("within baggage");
    }
}

#[derive(Debug)]
struct Shown {
    #[expect(dead_code, reason = "it is shown")]
    note: String,
}

#[agentops::tool]
fn argument(text: &str) {
    let _ = text;
}

#[agentops::task]
fn debugged(shown: &Shown) {
    let _ = shown;
}

#[agentops::agent]
fn member(value: &serde_json::Value) {
    let _ = value;
}

#[agentops::tool(args())]
fn result(canary: Canary) -> String {
    canary.text()
}

#[agentops::tool(args())]
fn error(canary: Canary) -> Result<(), io::Error> {
    Err(io::Error::other(canary.text()))
}

#[agentops::llm_call(model = "gpt-4o", prompt = prompt)]
fn asked(prompt: &str) {}

#[agentops::llm_call(model = "gpt-4o", args(), completion = |answer| answer)]
fn answered(canary: Canary) -> String {
    canary.text()
}

#[agentops::operation(args(), fields(note = text))]
fn attribute(text: &str) {}
