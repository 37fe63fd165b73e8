//! Options of `guardrail`: `stage`, `triggered`, `threshold`, `action`.

use agentops_tests::{Span, Telemetry};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

use crate::{block_on, panics};

struct Verdict {
    score: f64,
}

impl Verdict {
    fn is_blocked(&self) -> bool {
        self.score > 0.8
    }
}

#[agentops::guardrail(
    stage = input,
    triggered = Verdict::is_blocked,
    threshold = 0.8,
    action = block
)]
fn check(score: f64) -> Verdict {
    Verdict { score }
}

#[agentops::guardrail(
    stage = output,
    triggered = |verdict| verdict.score > 0.8,
    threshold = threshold,
    action = redact
)]
async fn check_async(score: f64, threshold: f64) -> Result<Verdict, String> {
    tokio::task::yield_now().await;
    let _ = threshold;
    if score < 0.0 {
        Err("no score".to_owned())
    } else {
        Ok(Verdict { score })
    }
}

fn triggered(span: &Span) -> Option<bool> {
    span.bool("agentops.guardrail.triggered")
}

#[test]
fn guardrail_says_where_it_stands_and_whether_it_caught_something() {
    let spans = Telemetry::record(|| [0.9, 0.1].map(check)).spans;
    assert_eq!(
        [&spans[0], &spans[1]].map(triggered),
        [Some(true), Some(false)]
    );
    for span in spans.iter() {
        assert_eq!(span.str("agentops.guardrail.stage"), Some("input"));
        assert_eq!(span.str("agentops.guardrail.action"), Some("block"));
        assert_eq!(span.f64("agentops.guardrail.threshold"), Some(0.8));
        assert_eq!(span.status(), StatusCode::Unset, "to catch is no error");
    }
}

#[test]
fn async_guardrail_says_so_of_its_value_and_nothing_of_an_error() {
    let spans = Telemetry::record(|| {
        for score in [0.9, 0.1, -1.0] {
            drop(block_on(check_async(score, 0.5)));
        }
    })
    .spans;
    let told = [&spans[0], &spans[1], &spans[2]].map(triggered);
    assert_eq!(told, [Some(true), Some(false), None]);
    for span in spans.iter() {
        assert_eq!(span.str("agentops.guardrail.stage"), Some("output"));
        assert_eq!(span.str("agentops.guardrail.action"), Some("redact"));
        assert_eq!(span.f64("agentops.guardrail.threshold"), Some(0.5));
    }
}

#[test]
fn guardrail_that_warns_says_so() {
    #[agentops::guardrail(action = warn)]
    fn warns() {}

    let spans = Telemetry::record(warns).spans;
    let keys = spans.named("warns").attributes().keys();
    let own: Vec<_> = keys
        .iter()
        .filter(|key| key.starts_with("agentops.guardrail."))
        .collect();
    assert_eq!(own, [&"agentops.guardrail.action"]);
    let action = spans.named("warns").str("agentops.guardrail.action");
    assert_eq!(action, Some("warn"));
}

#[test]
fn triggered_that_panics_says_nothing() {
    #[agentops::guardrail(triggered = |_| panics())]
    fn check() -> u8 {
        1
    }

    #[agentops::guardrail(triggered = |_| panics())]
    async fn check_async() -> u8 {
        1
    }

    let spans = Telemetry::record(|| {
        assert_eq!((check(), block_on(check_async())), (1, 1));
    })
    .spans;
    assert_eq!(spans.len(), 2);
    for span in spans.iter() {
        assert_eq!(triggered(span), None);
        assert_eq!(span.status(), StatusCode::Unset);
    }
}
