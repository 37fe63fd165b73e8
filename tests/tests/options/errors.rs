//! `err`: how an error is said.

use std::cell::Cell;
use std::fmt;
use std::num::ParseIntError;

use agentops_tests::program::uninitialized;
use agentops_tests::{Span, Telemetry};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

use crate::{block_on, panics};

/// An error with a secret, a code and both forms.
#[derive(Debug)]
struct Refused {
    code: u16,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused with {}", self.code)
    }
}

type Answer = Result<u8, Refused>;

fn refuse() -> Answer {
    Err(Refused { code: 429 })
}

/// Status, message and type of the error, and what the event says of them.
#[track_caller]
fn assert_failed(span: &Span, message: &str, error_type: &str) {
    assert_eq!(span.status(), StatusCode::Error, "{}", span.name());
    assert_eq!(span.status_message(), message, "{}", span.name());
    assert_eq!(span.str("error.type"), Some(error_type), "{}", span.name());
    let events = span.events();
    let exception = events.iter().find(|event| event.name() == "exception");
    let attributes = exception.unwrap().attributes();
    assert_eq!(attributes.str("exception.message"), Some(message));
    assert_eq!(attributes.str("exception.type"), Some(error_type));
}

const REFUSED: &str = "options::errors::Refused";

#[test]
fn error_is_said_in_the_form_that_is_asked_for() {
    #[agentops::task]
    fn plain() -> Answer {
        refuse()
    }

    #[agentops::task(err(Debug))]
    fn debug() -> Answer {
        refuse()
    }

    #[agentops::guardrail(err(Display))]
    async fn display() -> Answer {
        refuse()
    }

    #[agentops::session(err(|error| format!("code {}", error.code)))]
    fn words() -> Answer {
        refuse()
    }

    #[agentops::operation(err(|error| error.code, type = |error| format!("http_{}", error.code)))]
    async fn both() -> Answer {
        tokio::task::yield_now().await;
        refuse()
    }

    #[agentops::operation(leaf, err(|error| error.code, type = |_| "http"))]
    fn leaf() -> Answer {
        refuse()
    }

    let spans = Telemetry::record(|| {
        let answers = [
            plain(),
            debug(),
            block_on(display()),
            words(),
            block_on(both()),
            leaf(),
        ];
        assert!(answers.iter().all(Result::is_err));
    })
    .spans;
    assert_failed(spans.named("plain"), "refused with 429", REFUSED);
    assert_failed(spans.named("debug"), "Refused { code: 429 }", REFUSED);
    assert_failed(spans.named("display"), "refused with 429", REFUSED);
    assert_failed(spans.named("words"), "code 429", REFUSED);
    assert_failed(spans.named("both"), "429", "http_429");
    assert_failed(spans.named("leaf"), "429", "http");
}

#[test]
fn error_without_any_form_is_said_by_a_closure() {
    struct Silent;

    #[agentops::tool(err(|_| "silent", type = |_| "Silent"))]
    fn run() -> Result<(), Silent> {
        Err(Silent)
    }

    #[agentops::tool(err(type = |_| "Silent"))]
    fn run_typed() -> Result<(), Silent> {
        Err(Silent)
    }

    let spans = Telemetry::record(|| {
        assert!(run().is_err());
        assert!(run_typed().is_err());
    })
    .spans;
    assert_failed(spans.named("execute_tool run"), "silent", "Silent");
    let typed = spans.named("execute_tool run_typed");
    assert_eq!(typed.status(), StatusCode::Error);
    assert_eq!(typed.str("error.type"), Some("Silent"));
}

#[test]
fn early_return_by_question_mark_is_said_as_well() {
    #[agentops::agent(err(|error| format!("not a number: {error}"), type = |_| "Parse"))]
    async fn parse(text: &str) -> Result<u8, ParseIntError> {
        let number: u8 = text.parse()?;
        Ok(number + 1)
    }

    let spans = Telemetry::record(|| {
        block_on(parse("x")).unwrap_err();
        block_on(parse("1")).unwrap();
    })
    .spans;
    let [failed, succeeded] = spans.all_named("invoke_agent parse")[..] else {
        panic!("it was called twice")
    };
    let message = "not a number: invalid digit found in string";
    assert_failed(failed, message, "Parse");
    assert_eq!(succeeded.status(), StatusCode::Ok);
    assert_eq!(succeeded.str("error.type"), None);
}

thread_local! {
    /// How often a closure on an error ran.
    static LOOKED: Cell<u8> = const { Cell::new(0) };
}

fn look() -> &'static str {
    LOOKED.set(LOOKED.get() + 1);
    "looked"
}

#[agentops::task(err(|_| look()))]
fn looked_at(fails: bool) -> Answer {
    if fails { refuse() } else { Ok(1) }
}

#[test]
fn closure_runs_once_for_an_error_and_not_without_init() {
    LOOKED.set(0);
    uninitialized(|| looked_at(true)).unwrap_err();
    Telemetry::record(|| looked_at(false));
    assert_eq!(LOOKED.get(), 0);
    let spans = Telemetry::record(|| looked_at(true)).spans;
    assert_eq!(LOOKED.get(), 1);
    assert_failed(spans.named("looked_at"), "looked", REFUSED);
}

#[test]
fn closure_that_panics_leaves_the_errors_own_words() {
    #[agentops::task(err(|_| panics::<u8>(), type = |_| panics::<u8>()))]
    fn run() -> Answer {
        refuse()
    }

    #[agentops::workflow(err(|_| panics::<u8>(), type = |_| panics::<u8>()))]
    async fn run_async() -> Answer {
        refuse()
    }

    let spans = Telemetry::record(|| {
        assert_eq!(run().unwrap_err().code, 429);
        assert_eq!(block_on(run_async()).unwrap_err().code, 429);
    })
    .spans;
    assert_failed(spans.named("run"), "refused with 429", REFUSED);
    let workflow = spans.named("invoke_workflow run_async");
    assert_failed(workflow, "refused with 429", REFUSED);
}
