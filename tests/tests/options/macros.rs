//! Options that a `macro_rules!` writes, and a runtime behind a re-export.

use agentops_tests::{Span, Telemetry};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use serde_json::json;

use crate::{INPUT, OUTPUT, block_on, json as content, record_content};

/// Where a framework would re-export the runtime.
mod framework {
    pub(crate) mod telemetry {
        pub(crate) use agentops::*;
    }
}

/// What the functions return.
struct Text(String);

impl Text {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn size(&self) -> (u64, u64) {
        (1, self.len().try_into().unwrap())
    }

    fn is_long(&self) -> bool {
        self.len() > 3
    }
}

/// Functions of which all that options say comes from fragments.
macro_rules! calls {
    ($(
        $name:literal, $model:expr, $field:ident, $kind:ident, $argument:ident: $type:ty,
        $told:expr, $judged:path => $function:ident, $later:ident;
    )*) => {$(
        #[agentops::llm_call(
            name = $name,
            provider = "acme",
            model = $model,
            kind = $kind,
            fields($field = $argument.len(), fixed.$field = $name),
            args($argument, size = $argument.len()),
            usage = $told,
            ret($told, fields($field.told = Text::len)),
            ok_if = $judged,
            metrics($field = $name),
            tags($name)
        )]
        fn $function($argument: $type) -> Text {
            Text($argument.to_uppercase())
        }

        #[agentops::llm_call(
            name = $name,
            provider = "acme",
            model = $model,
            kind = $kind,
            fields($field = $argument.len(), fixed.$field = $name),
            args($argument, size = $argument.len()),
            usage = $told,
            ret($told, fields($field.told = Text::len)),
            ok_if = $judged,
            metrics($field = $name),
            tags($name)
        )]
        async fn $later($argument: $type) -> Text {
            tokio::task::yield_now().await;
            Text($argument.to_uppercase())
        }
    )*};
}

calls! {
    "first", "m-1", hits, producer, text: &str, |text| (1, text.0.len()), Text::is_long => one, one_later;
    "second", String::from("m") + "-2", rows, server, query: String, |query| query.size().max((0, 0)), Text::is_long => two, two_later;
}

#[track_caller]
fn assert_tells_all(span: &Span, model: &str, field: &str, argument: &str, kind: SpanKind) {
    let name = span.name();
    assert_eq!(span.kind(), kind, "{name}");
    assert_eq!(span.str("gen_ai.request.model"), Some(model), "{name}");
    assert_eq!(span.str(&format!("fixed.{field}")), Some(name));
    assert_eq!(span.int(&format!("{field}.told")), Some(4), "{name}");
    assert_eq!(
        content(span, INPUT),
        json!({argument: "rust", "size": 4}),
        "{name}"
    );
    assert_eq!(content(span, OUTPUT), json!([1, 4]), "{name}");
    assert_eq!(span.int("gen_ai.usage.output_tokens"), Some(4), "{name}");
    assert_eq!(span.status(), StatusCode::Ok, "{name}");
    assert_eq!(span.attributes().strs("agentops.tags"), Some(vec![name]));
}

#[test]
fn options_come_from_fragments_of_macros() {
    let received = record_content(|| {
        one("rust");
        block_on(one_later("rust"));
        two("rust".to_owned());
        block_on(two_later("rust".to_owned()));
    });
    let (first, second) = (
        received.spans.all_named("first"),
        received.spans.all_named("second"),
    );
    assert_eq!((first.len(), second.len()), (2, 2));
    for span in first {
        assert_tells_all(span, "m-1", "hits", "text", SpanKind::Producer);
    }
    for span in second {
        assert_tells_all(span, "m-2", "rows", "query", SpanKind::Server);
    }
    let tokens = |field: &str, name: &str| {
        let dimension = [(field, name), ("gen_ai.token.type", "output")];
        received
            .metrics
            .assert_total("llm.tokens.total", &dimension, 8.0);
    };
    tokens("hits", "first");
    tokens("rows", "second");
}

/// What a macro of a framework writes, which knows the runtime by its own name alone.
macro_rules! framework_tool {
    ($name:expr, $cost:expr, $user_key:path, $condition:expr => $($function:tt)*) => {
        #[agentops::tool(
            crate = $crate::macros::framework::telemetry,
            name = $name,
            cost = $cost,
            fields({$user_key} = $cost),
            if = $condition,
            on_cancel = ok,
            links = agentops::otel::opentelemetry::trace::SpanContext::empty_context(),
            ret(Display),
            err(Debug, type = |_| "fmt"),
            err_if = |result| matches!(result, Ok(9)),
            metrics(big = $cost > 1.0)
        )]
        $($function)*
    };
}

const NAME: &str = "constant";

mod keys {
    pub(super) const KEY: &str = "constant.key";
}

framework_tool! { "literal", 0.5, keys::KEY, true => fn literal(number: u8) -> Result<u8, std::fmt::Error> {
    (number > 0).then_some(number).ok_or(std::fmt::Error)
}}

framework_tool! { NAME, 1.0 + 1.0, keys::KEY, number < 9 => async fn constant(number: u8) -> Result<u8, std::fmt::Error> {
    (number > 0).then_some(number).ok_or(std::fmt::Error)
}}

#[test]
fn runtime_is_reached_behind_a_re_export() {
    let spans = record_content(|| {
        literal(1).unwrap();
        literal(0).unwrap_err();
        block_on(constant(1)).unwrap();
        block_on(constant(9)).unwrap();
    })
    .spans;
    let [succeeded, failed] = spans.all_named("execute_tool literal")[..] else {
        panic!("it was called twice")
    };
    assert_eq!(content(succeeded, "gen_ai.tool.call.result"), json!("1"));
    assert_eq!(succeeded.f64(keys::KEY), Some(0.5));
    assert_eq!(succeeded.str("big"), Some("false"));
    assert_eq!(failed.status_message(), "Error");
    assert_eq!(failed.str("error.type"), Some("fmt"));
    let constant = spans.named("execute_tool constant");
    assert_eq!(constant.f64("agentops.cost"), Some(2.0));
    assert_eq!(constant.str("big"), Some("true"));
}

/// Every family, each with an option of its own, behind the re-export.
mod behind {
    use agentops::EndState;

    #[agentops::session(crate = crate::macros::framework::telemetry, end_state = |_| EndState::Indeterminate, flush)]
    pub(super) async fn session() -> bool {
        agent()
    }

    #[agentops::agent(crate = crate::macros::framework::telemetry, version = "1", root)]
    fn agent() -> bool {
        workflow()
    }

    #[agentops::workflow(crate = crate::macros::framework::telemetry, baggage(tenant = "acme"))]
    fn workflow() -> bool {
        task() && leaf() && guardrail()
    }

    #[agentops::task(crate = crate::macros::framework::telemetry, ret(fields(told = |told| *told)))]
    fn task() -> bool {
        true
    }

    #[agentops::operation(crate = crate::macros::framework::telemetry, leaf, args(n = 1))]
    fn leaf() -> bool {
        true
    }

    #[agentops::guardrail(crate = crate::macros::framework::telemetry, triggered = |told| *told)]
    fn guardrail() -> bool {
        true
    }
}

#[test]
fn every_family_works_behind_a_re_export() {
    let spans = Telemetry::record(|| block_on(behind::session())).spans;
    let mut names = spans.names();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "guardrail",
            "invoke_agent agent",
            "invoke_workflow workflow",
            "leaf",
            "session",
            "task"
        ]
    );
    let state = spans.named("session").str("agentops.session.end_state");
    assert_eq!(state, Some("Indeterminate"));
    let guardrail = spans.named("guardrail");
    assert_eq!(guardrail.bool("agentops.guardrail.triggered"), Some(true));
}
