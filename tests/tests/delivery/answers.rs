//! What the endpoint answers, and what becomes of the data.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use agentops::Session;
use agentops_tests::{Answer, Collector, Request, Signal, Store, Telemetry};

use crate::TIMEOUT;

/// Answers the first requests for traces with these answers, one after the other, and all others
/// with 200; when requests for traces came is noted.
fn answer_traces(collector: &Collector, answers: Vec<Answer>) -> Arc<Mutex<Vec<Instant>>> {
    let times = Arc::<Mutex<Vec<Instant>>>::default();
    let noted = Arc::clone(&times);
    let answers = Mutex::new(answers.into_iter());
    collector.answer_with(move |request: &Request| {
        if request.signal() != Some(Signal::Traces) {
            return None;
        }
        noted.lock().unwrap().push(Instant::now());
        answers.lock().unwrap().next()
    });
    times
}

fn session(name: &str) {
    drop(Session::start(name));
}

fn has_spans(count: usize) -> impl Fn(&Store) -> bool {
    move |store| store.spans().len() >= count
}

#[test]
fn flush_delivers_without_a_shutdown() {
    let telemetry = Telemetry::start();
    for round in 1..=3 {
        session("run");
        let report = telemetry.guard().flush();
        assert_eq!(telemetry.collector().spans().len(), round);
        assert_eq!(report.traces.delivered, round as u64);
        assert!(report.balances() && !report.timed_out, "{report:?}");
        let to = telemetry.collector().endpoint();
        let expected = match round {
            1 => format!("1 span delivered to {to}"),
            _ => format!("{round} spans delivered to {to}"),
        };
        assert_eq!(report.to_string(), expected);
        assert_eq!(telemetry.guard().stats(), report);
    }
    telemetry.stop();
}

#[test]
fn spans_are_delivered_without_a_flush() {
    let telemetry = Telemetry::start();
    session("run");
    telemetry.collector().wait_for(has_spans(1), TIMEOUT);
    telemetry.stop();
}

#[test]
fn flush_with_nothing_recorded_sends_nothing() {
    let telemetry = Telemetry::start();
    let report = telemetry.guard().flush();
    assert_eq!(report.to_string(), "no spans");
    assert!(telemetry.collector().requests().is_empty());
    telemetry.stop();
}

#[test]
fn retry_after_is_honoured() {
    let telemetry = Telemetry::start();
    let busy = Answer::new(429, &[("retry-after", "1")], []);
    let times = answer_traces(telemetry.collector(), vec![busy]);
    session("run");
    let report = telemetry.guard().flush();
    assert_eq!((report.traces.spooled, report.traces.delivered), (1, 0));
    assert!(report.balances() && !report.timed_out, "{report:?}");

    // Nobody who waits makes it come earlier.
    telemetry.guard().flush();
    telemetry.collector().wait_for(has_spans(1), TIMEOUT);
    let times = times.lock().unwrap();
    assert_eq!(times.len(), 2);
    let pause = times[1] - times[0];
    assert!(pause >= Duration::from_millis(990), "{pause:?}");
    drop(times);
    telemetry.stop();
}

#[test]
fn answers_that_may_pass_are_retried() {
    for status in [408, 429, 500, 502, 503, 504] {
        let telemetry = Telemetry::start();
        let answers = vec![Answer::new(status, &[], [])];
        let times = answer_traces(telemetry.collector(), answers);
        session("run");
        telemetry.collector().wait_for(has_spans(1), TIMEOUT);
        assert_eq!(times.lock().unwrap().len(), 2, "{status}");
        assert_eq!(telemetry.stop().spans.names(), ["run"]);
    }
}

#[test]
fn connection_that_is_closed_in_mid_answer_is_retried() {
    let telemetry = Telemetry::start();
    answer_traces(telemetry.collector(), vec![Answer::hang_up()]);
    session("run");
    telemetry.collector().wait_for(has_spans(1), TIMEOUT);
    assert_eq!(telemetry.stop().spans.names(), ["run"]);
}

#[test]
fn data_that_the_key_does_not_cover_is_kept() {
    for status in [401, 403, 404] {
        let telemetry = Telemetry::start();
        let answers = vec![Answer::new(status, &[], [])];
        answer_traces(telemetry.collector(), answers);
        session("run");
        telemetry.collector().wait_for(has_spans(1), TIMEOUT);
        assert_eq!(telemetry.stop().spans.names(), ["run"], "{status}");
    }
}

#[test]
fn body_that_is_refused_for_good_is_put_aside_alone() {
    let telemetry = Telemetry::start();
    telemetry.collector().answer_with(|request: &Request| {
        let poison = b"poison";
        let is_poisoned = request.body.windows(poison.len()).any(|at| at == poison);
        is_poisoned.then(|| Answer::new(400, &[], []))
    });
    for number in 0..20 {
        session(if number == 7 { "poison" } else { "run" });
        // A body of its own for each span.
        telemetry.guard().flush();
    }
    let report = telemetry.guard().flush();
    assert_eq!(telemetry.collector().spans().len(), 19);
    assert_eq!(
        (report.traces.delivered, report.traces.quarantined),
        (19, 1)
    );
    assert!(report.balances(), "{report:?}");
    assert!(
        report.to_string().contains("1 span refused and kept in "),
        "{report}"
    );
    drop(telemetry);
}

#[test]
fn poison_span_is_put_aside_alone_also_within_a_body() {
    let telemetry = Telemetry::start();
    telemetry.collector().answer_with(|request: &Request| {
        let poison = b"poison";
        let is_poisoned = request.body.windows(poison.len()).any(|at| at == poison);
        is_poisoned.then(|| Answer::new(400, &[], []))
    });
    for number in 0..20 {
        session(if number == 7 { "poison" } else { "run" });
    }
    let report = telemetry.guard().flush();
    assert!(report.balances(), "{report:?}");
    assert_eq!(telemetry.collector().spans().len(), 19);
    assert_eq!(
        (report.traces.delivered, report.traces.quarantined),
        (19, 1)
    );
    drop(telemetry);
}

#[test]
fn items_that_are_rejected_are_counted_and_not_sent_again() {
    use opentelemetry_proto::tonic::collector::trace::v1::{
        ExportTracePartialSuccess, ExportTraceServiceResponse,
    };
    use prost::Message as _;

    let telemetry = Telemetry::start();
    let answer = ExportTraceServiceResponse {
        partial_success: Some(ExportTracePartialSuccess {
            rejected_spans: 1,
            error_message: "too old".to_owned(),
        }),
    };
    let headers = [("content-type", "application/x-protobuf")];
    let answer = Answer::new(200, &headers, answer.encode_to_vec());
    let times = answer_traces(telemetry.collector(), vec![answer]);
    session("run");
    session("run");
    // One pass may have seen only the first: then the second comes on its own.
    let report = telemetry.guard().flush();
    assert_eq!((report.traces.delivered, report.traces.lost), (1, 1));
    assert!(report.balances(), "{report:?}");
    assert!(times.lock().unwrap().len() <= 2);
    assert_eq!(report.lost(), 1);
    drop(telemetry);
}

#[test]
fn redirect_on_the_same_server_is_followed() {
    let telemetry = Telemetry::start();
    let moved = Answer::new(308, &[("location", "/moved/v1/traces")], []);
    let times = answer_traces(telemetry.collector(), vec![moved]);
    session("run");
    let received = telemetry.stop();
    assert_eq!(received.spans.names(), ["run"]);
    assert_eq!(times.lock().unwrap().len(), 2);
    let paths = received.requests.iter().map(|request| &request.path[..]);
    assert!(paths.into_iter().any(|path| path == "/moved/v1/traces"));
}

#[test]
fn redirect_to_another_server_is_not_followed() {
    let telemetry = Telemetry::start();
    let elsewhere = Collector::start();
    let to = format!("{}/v1/traces", elsewhere.endpoint());
    answer_traces(
        telemetry.collector(),
        vec![Answer::new(307, &[("location", &to)], [])],
    );
    session("run");
    telemetry.collector().wait_for(has_spans(1), TIMEOUT);
    assert!(elsewhere.requests().is_empty());
    telemetry.stop();
}

/// Such as a gateway does that wants a header which is not set.
#[test]
fn nothing_is_put_aside_by_an_endpoint_that_refuses_everything() {
    let telemetry = Telemetry::start();
    telemetry.collector().answer_always(400, &[], []);
    for _ in 0..20 {
        session("run");
    }
    let report = telemetry.guard().flush();
    assert!(report.balances(), "{report:?}");
    assert_eq!((report.traces.spooled, report.traces.quarantined), (20, 0));
    telemetry.collector().answer_with(|_| None);
    let report = telemetry.guard().flush();
    assert_eq!(report.traces.delivered, 20, "{report:?}");
}
