//! What a sampler of the program's is asked, and what becomes of its answer.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex};

use agentops::Session;
use agentops::otel::opentelemetry::baggage::BaggageExt as _;
use agentops::otel::opentelemetry::trace::{
    Link, SpanContext, SpanId, SpanKind, TraceContextExt as _, TraceFlags, TraceId, TraceState,
    Tracer as _,
};
use agentops::otel::opentelemetry::{Context, KeyValue, global};
use agentops::otel::opentelemetry_sdk::trace::{SamplingDecision, SamplingResult, ShouldSample};
use agentops_tests::{Received, Telemetry};

/// A question that was asked.
#[derive(Clone, Debug)]
struct Question {
    name: String,
    kind: SpanKind,
    parent: Option<SpanContext>,
    tenant: Option<String>,
    attributes: Vec<KeyValue>,
    links: Vec<SpanContext>,
}

impl Question {
    fn attribute(&self, key: &str) -> Option<String> {
        let found = self
            .attributes
            .iter()
            .find(|known| known.key.as_str() == key);
        found.map(|known| known.value.to_string())
    }
}

/// A sampler that notes what it is asked, and answers with an attribute and a trace state.
#[derive(Clone, Default)]
struct Noting(Arc<Mutex<Vec<Question>>>, Answer);

/// What it says.
#[derive(Clone, Copy, Default)]
enum Answer {
    #[default]
    Sample,
    RecordOnly,
}

impl fmt::Debug for Noting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Noting")
    }
}

impl Noting {
    fn questions(&self) -> Vec<Question> {
        self.0.lock().unwrap().clone()
    }

    #[track_caller]
    fn question(&self, name: &str) -> Question {
        let all = self.questions();
        let found = all.iter().find(|question| question.name == name);
        found.unwrap_or_else(|| panic!("{all:?}")).clone()
    }
}

impl ShouldSample for Noting {
    fn should_sample(
        &self,
        parent: Option<&Context>,
        _: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        // As the SDK has it: there is always a context, and only its span may be missing.
        let cx = parent.unwrap();
        let span = cx.span().span_context().clone();
        let tenant = cx.baggage().get("tenant");
        self.0.lock().unwrap().push(Question {
            name: name.to_owned(),
            kind: kind.clone(),
            parent: span.is_valid().then_some(span),
            tenant: tenant.map(ToString::to_string),
            attributes: attributes.to_vec(),
            links: links.iter().map(|link| link.span_context.clone()).collect(),
        });
        SamplingResult {
            decision: match self.1 {
                Answer::Sample => SamplingDecision::RecordAndSample,
                Answer::RecordOnly => SamplingDecision::RecordOnly,
            },
            attributes: vec![KeyValue::new("sampler.rule", format!("rule of {name}"))],
            trace_state: TraceState::from_key_value([("sampler", "yes")]).unwrap(),
        }
    }
}

#[agentops::session]
fn run() -> Option<String> {
    ask("gpt-4o", 3);
    let headers = Session::current()?.propagate_context();
    Some(headers.get("tracestate")?.to_str().ok()?.to_owned())
}

#[agentops::llm_call(provider = "openai", model = model, fields(attempt = attempt))]
fn ask(model: &str, attempt: u32) {}

fn with_every(sampler: &Noting, work: impl FnOnce()) -> Received {
    let sampler = sampler.clone();
    let telemetry = Telemetry::start_with(|config, _| config.sampler_for_every_span(sampler));
    work();
    telemetry.stop()
}

#[test]
fn sampler_is_asked_with_what_is_known_of_the_span() {
    let sampler = Noting::default();
    let spans = with_every(&sampler, || {
        run();
    })
    .spans;
    let root = sampler.question("run");
    assert!(root.parent.is_none());
    assert_eq!(root.kind, SpanKind::Internal);
    assert_eq!(
        root.attribute("agentops.span.kind").as_deref(),
        Some("session")
    );
    let call = sampler.question("chat gpt-4o");
    let parent = call.parent.clone().unwrap();
    assert_eq!(parent.span_id().to_string(), spans.named("run").span_id());
    assert_eq!(call.kind, SpanKind::Client);
    for (key, value) in [
        ("gen_ai.provider.name", "openai"),
        ("gen_ai.request.model", "gpt-4o"),
        ("attempt", "3"),
        ("agentops.span.kind", "llm_call"),
        ("gen_ai.operation.name", "chat"),
        ("code.function.name", "ask"),
    ] {
        assert_eq!(call.attribute(key).as_deref(), Some(value), "{key}");
    }
}

#[test]
fn sampler_is_asked_with_the_name_and_the_attributes_that_the_span_has() {
    #[agentops::tool(name = "look")]
    fn look() {}

    #[agentops::agent]
    async fn plan() {
        look();
        agentops::llm_call("local", "small").in_scope(|| {});
        agentops::span(agentops::Kind::Tool, "built").in_scope(|| {});
        embed();
        named();
    }

    #[agentops::llm_call(operation = embeddings, model = "e5")]
    fn embed() {}

    #[agentops::llm_call(name = "mine", model = "e5")]
    fn named() {}

    #[agentops::workflow]
    fn work() {
        crate::block_on(plan());
    }

    let sampler = Noting::default();
    let spans = with_every(&sampler, work).spans;
    assert_eq!(spans.len(), 7);
    for span in spans.iter() {
        let question = sampler.question(span.name());
        for key in [
            "agentops.span.kind",
            "gen_ai.operation.name",
            "gen_ai.provider.name",
            "gen_ai.request.model",
            "gen_ai.tool.name",
            "gen_ai.agent.name",
            "gen_ai.workflow.name",
            "code.function.name",
        ] {
            let (asked, recorded) = (question.attribute(key), span.str(key));
            assert_eq!(asked.as_deref(), recorded, "{key} of {}", span.name());
        }
        let keys = question.attributes.iter().map(|known| &known.key);
        let distinct: HashSet<_> = keys.collect();
        assert_eq!(distinct.len(), question.attributes.len());
    }
}

#[test]
fn sampler_is_asked_with_the_context_that_a_span_begins_in() {
    #[agentops::session(extract = headers)]
    fn serve(headers: &[(&str, &str)]) {}

    #[agentops::session]
    fn changes() {
        let session = Session::current().unwrap();
        session.add_baggage("tenant", "changed").unwrap();
        after();
    }

    #[agentops::task]
    fn after() {}

    #[agentops::task(parent = cx)]
    fn below(cx: &Context) {}

    #[agentops::task(root)]
    fn apart() {}

    let sampler = Noting::default();
    with_every(&sampler, || {
        let headers = [
            (
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            ),
            ("baggage", "tenant=remote"),
        ];
        serve(&headers);
        changes();
        below(&Context::new().with_baggage([KeyValue::new("tenant", "given")]));
        let _near = agentops::baggage::scope([("tenant", "near")]).unwrap();
        run();
        global::tracer("other").in_span("outer", |_| apart());
    });
    for (name, tenant, has_parent) in [
        ("serve", "remote", true),
        ("after", "changed", true),
        ("below", "given", false),
        ("run", "near", false),
        ("apart", "near", false),
    ] {
        let question = sampler.question(name);
        assert_eq!(question.tenant.as_deref(), Some(tenant), "{name}");
        assert_eq!(question.parent.is_some(), has_parent, "{name}");
    }
}

#[test]
fn sampler_is_asked_with_links() {
    #[agentops::task(links = to)]
    fn linked(to: &SpanContext) {}

    let to = SpanContext::new(
        TraceId::from(7),
        SpanId::from(9),
        TraceFlags::SAMPLED,
        true,
        TraceState::NONE,
    );
    let sampler = Noting::default();
    with_every(&sampler, || linked(&to));
    assert_eq!(sampler.question("linked").links, [to]);
}

#[test]
fn what_a_sampler_adds_is_on_the_span_and_goes_on() {
    let sampler = Noting::default();
    let mut header = None;
    let spans = with_every(&sampler, || header = run()).spans;
    for (name, span) in [
        ("run", spans.named("run")),
        ("chat gpt-4o", spans.named("chat gpt-4o")),
    ] {
        assert!(span.str("sampler.rule").is_some(), "{name}");
        assert_eq!(span.proto.trace_state, "sampler=yes", "{name}");
    }
    assert_eq!(header.as_deref(), Some("sampler=yes"));
}

#[test]
fn trace_state_of_a_root_is_that_of_all_below() {
    let sampler = Noting::default();
    let at_roots = sampler.clone();
    let telemetry = Telemetry::start_with(|config, _| config.sampler(at_roots));
    run();
    let spans = telemetry.stop().spans;
    // Asked about the root alone.
    assert_eq!(sampler.questions().len(), 1);
    assert_eq!(spans.named("chat gpt-4o").proto.trace_state, "sampler=yes");
    assert_eq!(spans.named("chat gpt-4o").str("sampler.rule"), None);
}

#[test]
fn sampler_at_roots_is_asked_about_roots_of_other_code_alike() {
    let sampler = Noting::default();
    let at_roots = sampler.clone();
    let telemetry = Telemetry::start_with(|config, _| config.sampler(at_roots));
    global::tracer("other").in_span("request", |_| {
        run();
        global::tracer("other").in_span("query", |_| {});
    });
    let spans = telemetry.stop().spans;
    assert_eq!(sampler.questions().len(), 1);
    assert_eq!(sampler.question("request").name, "request");
    assert!(spans.named("run").is_child_of(spans.named("request")));
}

#[test]
fn what_is_recorded_only_is_not_delivered() {
    let sampler = Noting(Arc::default(), Answer::RecordOnly);
    let spans = with_every(&sampler, || {
        run();
    })
    .spans;
    assert!(spans.is_empty());
    assert_eq!(sampler.questions().len(), 2);
}
