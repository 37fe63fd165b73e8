//! What options do where a span is not recorded.

use agentops::Session;
use agentops::otel::opentelemetry::baggage::BaggageExt as _;
use agentops::otel::opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};
use agentops::otel::opentelemetry::{Context, ContextGuard};
use agentops::otel::opentelemetry_sdk::trace::Sampler;
use agentops::testing::capture;
use agentops_tests::{Metrics, Telemetry};

use crate::block_on;
use crate::metrics::DURATIONS;

const TRACE: u128 = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;

/// A span of another service.
fn remote(flags: TraceFlags) -> SpanContext {
    let (trace_id, span_id) = (TraceId::from(TRACE), SpanId::from(9));
    SpanContext::new(trace_id, span_id, flags, true, TraceState::NONE)
}

/// What a body finds around it.
#[derive(Debug)]
struct Seen {
    kind: &'static str,
    span: SpanContext,
    tenant: Option<String>,
    is_in_session: bool,
}

impl Seen {
    fn now(kind: &'static str) -> Self {
        let cx = Context::current();
        let tenant = cx.baggage().get("tenant");
        Self {
            kind,
            span: cx.span().span_context().clone(),
            tenant: tenant.map(ToString::to_string),
            is_in_session: Session::current().is_some(),
        }
    }
}

/// A function that calls one function of each kind, and an async one, with the same options.
macro_rules! calls {
    ($all:ident($cx:ident), $options:tt, $($kind:ident)*) => {
        fn $all($cx: &Context) -> Vec<Seen> {
            let mut seen = Vec::new();
            $({
                #[agentops::$kind $options]
                fn now($cx: &Context) -> Seen {
                    let _ = $cx;
                    Seen::now(stringify!($kind))
                }

                #[agentops::$kind $options]
                async fn later($cx: &Context) -> Seen {
                    let _ = $cx;
                    tokio::task::yield_now().await;
                    Seen::now(stringify!($kind))
                }

                seen.extend([now($cx), block_on(later($cx))]);
            })*
            seen
        }
    };
    ($all:ident($cx:ident), $options:tt) => {
        calls!(
            $all($cx), $options,
            operation task guardrail agent workflow tool llm_call session
        );
    };
}

calls!(plain(cx), (fields(n = 1, kind = "x")));
calls!(fine(cx), (if = true, links = cx, tags("a"), kind = producer, content = false));
calls!(absent(cx), (if = false, baggage(tenant = "acme")));
calls!(carries(cx), (baggage(tenant = "acme")));
calls!(below(cx), (parent = cx, baggage(tenant = "acme")));
calls!(apart(cx), (root, baggage(tenant = "acme")));
calls!(uncounted(cx), (metrics = false), agent workflow tool llm_call session);
calls!(named(cx), (id = "s", user = "u"), session);
calls!(
    told(cx),
    (request = "r", prompt = "p", model = "m"),
    llm_call
);

#[track_caller]
fn assert_counts(metrics: &Metrics, expected: u64) {
    for name in DURATIONS {
        let points = metrics
            .all_named(name)
            .into_iter()
            .flat_map(agentops_tests::metrics::Metric::points);
        let count: u64 = points.map(|point| point.count()).sum();
        assert_eq!(count, expected, "{name}");
    }
}

/// Where calls are made of which nothing is recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    /// At roots that a sampler leaves out.
    Root,
    /// Below a span of this program that a sampler left out.
    Local,
    /// Below a span that another service left out.
    Remote,
    /// Below one that another service recorded, while the sampler leaves out every span.
    Sampled,
}

#[agentops::task]
fn outer<R>(f: impl FnOnce() -> R) -> R {
    f()
}

/// Runs `calls` there, checks that nothing is recorded, and gives the metrics.
#[track_caller]
fn calls_in(place: Place, calls: impl FnOnce(&Context)) -> Metrics {
    let telemetry = Telemetry::start_with(|config, _| match place {
        Place::Root | Place::Local => config.sampler(Sampler::AlwaysOff),
        Place::Remote => config,
        Place::Sampled => config.sampler_for_every_span(Sampler::AlwaysOff),
    });
    let attached = |flags| -> ContextGuard {
        let cx = Context::new().with_remote_span_context(remote(flags));
        cx.attach()
    };
    let other = Context::new().with_remote_span_context(remote(TraceFlags::default()));
    match place {
        Place::Root => calls(&other),
        Place::Local => outer(|| calls(&other)),
        Place::Remote => {
            let _attached = attached(TraceFlags::default());
            calls(&other);
        }
        Place::Sampled => {
            let _attached = attached(TraceFlags::SAMPLED);
            calls(&other);
        }
    }
    let received = telemetry.stop();
    assert!(received.spans.is_empty(), "{place:?}");
    received.metrics
}

const PLACES: [Place; 4] = [Place::Root, Place::Local, Place::Remote, Place::Sampled];

#[track_caller]
fn assert_left_out(seen: &[Seen], trace: Option<TraceId>, tenant: Option<&str>) {
    for seen in seen {
        assert!(seen.span.is_valid() && !seen.span.is_sampled(), "{seen:?}");
        assert!(
            trace.is_none_or(|trace| seen.span.trace_id() == trace),
            "{seen:?}"
        );
        assert_eq!(seen.tenant.as_deref(), tenant, "{seen:?}");
        assert_eq!(seen.is_in_session, seen.kind == "session", "{seen:?}");
    }
}

/// The trace of the current span.
fn trace() -> Option<TraceId> {
    let current = Context::current().span().span_context().clone();
    current.is_valid().then(|| current.trace_id())
}

#[test]
fn what_is_called_learns_the_trace_and_that_it_is_not_recorded() {
    for place in PLACES {
        let metrics = calls_in(place, |cx| {
            assert_left_out(&plain(cx), trace(), None);
            assert_left_out(&fine(cx), trace(), None);
            assert_left_out(&named(cx), trace(), None);
            assert_left_out(&uncounted(cx), trace(), None);
            assert_left_out(&told(cx), trace(), None);
        });
        let count = |name: &str, expected: u64| {
            let points = metrics.named(name).points();
            let count: u64 = points.iter().map(|point| point.count()).sum();
            assert_eq!(count, expected, "{name} {place:?}");
        };
        count("gen_ai.invoke_agent.duration", 4);
        count("gen_ai.execute_tool.duration", 4);
        count("gen_ai.invoke_workflow.duration", 4);
        count("llm.request.latency", 6);
        count("agentops.session.duration", 6);
    }
}

#[test]
fn baggage_is_handed_on() {
    for place in PLACES {
        let metrics = calls_in(place, |cx| {
            assert_left_out(&carries(cx), trace(), Some("acme"));
        });
        assert_counts(&metrics, 2);
    }
}

#[test]
fn nothing_is_there_whose_condition_is_not_met() {
    for place in PLACES {
        let metrics = calls_in(place, |cx| {
            for seen in absent(cx) {
                assert_eq!(seen.span, Seen::now("").span, "{place:?} {seen:?}");
                assert_eq!((seen.tenant, seen.is_in_session), (None, false));
            }
        });
        assert_counts(&metrics, 0);
    }
}

#[test]
fn parent_and_root_say_which_trace_it_is() {
    for place in PLACES {
        let metrics = calls_in(place, |cx| {
            assert_left_out(&below(cx), Some(TraceId::from(TRACE)), Some("acme"));
            // Without a sampler a root is recorded.
            if place != Place::Remote {
                let seen = apart(cx);
                assert_left_out(&seen, None, Some("acme"));
                assert!(
                    seen.iter()
                        .all(|seen| Some(seen.span.trace_id()) != trace())
                );
            }
        });
        assert_counts(&metrics, if place == Place::Remote { 2 } else { 4 });
    }
}

#[test]
fn parent_that_is_recorded_and_a_root_are_recorded_below_what_is_not() {
    let received = Telemetry::record(|| {
        let sampled = Context::new().with_remote_span_context(remote(TraceFlags::SAMPLED));
        let cx = Context::new().with_remote_span_context(remote(TraceFlags::default()));
        let _attached = cx.attach();
        for seen in below(&sampled).into_iter().chain(apart(&sampled)) {
            assert!(seen.span.is_sampled(), "{seen:?}");
            assert_eq!(seen.tenant.as_deref(), Some("acme"), "{seen:?}");
        }
    });
    assert_eq!(received.spans.len(), 32);
    assert_counts(&received.metrics, 4);
}

#[test]
fn a_capture_is_not_the_samplers_concern() {
    let telemetry = Telemetry::start_with(|config, _| config.sampler(Sampler::AlwaysOff));
    let captured = capture(|| {
        let cx = Context::current();
        for seen in [plain(&cx), fine(&cx), carries(&cx), apart(&cx)] {
            assert!(seen.iter().all(|seen| seen.span.is_sampled()), "{seen:?}");
        }
    });
    assert_eq!(captured.spans.len(), 64);
    assert!(telemetry.stop().spans.is_empty());
}
