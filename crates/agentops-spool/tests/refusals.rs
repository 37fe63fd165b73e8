//! Whatever a server refuses: all is delivered but the one record that it never takes.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use agentops_spool::ledger::Ledger;
use agentops_spool::otlp::wire::Writer;
use agentops_spool::queue::disk::MAX_AGE;
use agentops_spool::segment::format::Signal;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::{
    Gauge, Metric, NumberDataPoint, ResourceMetrics, ScopeMetrics,
};
use prost::Message as _;
use support::bodies::{body, numbers};
use support::queues::{Fixture, drain, files, queue_in};
use support::sending::{LONG, all_settled, send_until};
use support::server::{Arrived, Reply, Server};

const POISON: u64 = 13;

/// A name of its own for the span that is refused.
fn name(number: u64) -> String {
    match number {
        POISON => "poison".into(),
        number => format!("span {number}"),
    }
}

fn all_but_the_poison(count: u64) -> Vec<u64> {
    (0..count).filter(|number| *number != POISON).collect()
}

fn all_of(count: u64) -> Vec<u64> {
    (0..count).collect()
}

/// What became of items: delivered, quarantined, lost.
fn outcome(ledger: &Ledger) -> (u64, u64, u64) {
    (ledger.delivered, ledger.quarantined, ledger.lost)
}

/// Statuses by which a server refuses data itself; by all others it is kept.
fn refuses_data(status: u16) -> bool {
    let kept = [401, 403, 404, 405, 407, 408, 415, 421, 425, 426, 429];
    (400..500).contains(&status) && !kept.contains(&status)
}

#[test]
fn of_twenty_spans_no_status_costs_one_that_is_taken_later() {
    for status in 300..=599 {
        let f = Fixture::new();
        f.queue.append(&body(0..20, name), 20, 0, false);
        let server = Server::start(move |n, request| {
            let is_refused = match refuses_data(status) {
                true => request.holds(b"poison"),
                false => n < 2,
            };
            Reply::status(if is_refused { status } else { 200 })
        });
        send_until(&f, server.endpoint(LONG), all_settled);
        let ledger = f.queue.ledger();
        if refuses_data(status) {
            assert_eq!(outcome(&ledger), (19, 1, 0), "{status}");
            assert_eq!(numbers(server.taken()), all_but_the_poison(20), "{status}");
            assert_eq!(numbers(f.put_aside()), [POISON], "{status}");
            assert!(f.told()[0].contains("put aside in the spool: 1 (status"));
        } else {
            assert_eq!(outcome(&ledger), (20, 0, 0), "{status}");
            assert_eq!(numbers(server.taken()), all_of(20), "{status}");
        }
        assert_eq!(f.told().len(), 1, "{status}: {:?}", f.told());
    }
}

/// A server that refuses all of its first requests, whatever they hold, and then takes all.
fn refusing_all(requests: usize) -> Server {
    Server::start(move |n, _| Reply::status(if n < requests { 400 } else { 200 }))
}

/// Refuses all data for itself: an empty request is taken.
fn refuse_data(_: usize, request: &Arrived) -> Reply {
    Reply::status(if request.body.is_empty() { 200 } else { 400 })
}

#[test]
fn nothing_is_put_aside_where_an_empty_request_is_refused_as_well() {
    // All spans in one body, in few, and each in one of its own.
    for in_one in [40_u32, 10, 1] {
        let f = Fixture::new();
        for nth in 0..40 / in_one {
            let first = u64::from(nth * in_one);
            let spans = body(first..first + u64::from(in_one), name);
            f.queue.append(&spans, in_one, 0, false);
        }
        let server = refusing_all(60);
        send_until(&f, server.endpoint(LONG), all_settled);
        assert_eq!(outcome(&f.queue.ledger()), (40, 0, 0));
        assert_eq!(numbers(server.taken()), all_of(40));
        let told = f.told().join("\n");
        assert!(
            told.contains("no data is taken at this URL (status 400, for an empty"),
            "{told}"
        );
    }
}

#[test]
fn spans_that_are_all_refused_for_themselves_are_all_put_aside() {
    let f = Fixture::new();
    f.queue.append(&body(0..40, name), 40, 0, false);
    let server = Server::start(refuse_data);
    send_until(&f, server.endpoint(LONG), all_settled);
    assert_eq!(outcome(&f.queue.ledger()), (0, 40, 0));
    assert_eq!(numbers(f.put_aside()), all_of(40));
    let arrived = server.arrived();
    let empty = arrived.iter().filter(|request| request.body.is_empty());
    assert_eq!(empty.count(), 1, "it is asked once");
}

/// Appends ten thousand spans, in bodies of 500, and sends them.
fn ten_thousand(
    name: impl Fn(u64) -> String,
    reply: impl Fn(&Arrived) -> u16 + Send + Sync + 'static,
) -> (Fixture, Server) {
    let f = Fixture::new();
    for first in (0..10_000).step_by(500) {
        f.queue
            .append(&body(first..first + 500, &name), 500, 0, false);
    }
    let queue = Arc::clone(&f.queue);
    let server = Server::start(move |_, request| {
        assert!(queue.ledger().balances());
        Reply::status(reply(request))
    });
    send_until(&f, server.endpoint(LONG), all_settled);
    assert_eq!(outcome(&f.queue.ledger()), (9_999, 1, 0));
    assert_eq!(numbers(server.taken()), all_but_the_poison(10_000));
    assert_eq!(numbers(f.put_aside()), [POISON]);
    assert_eq!(f.told().len(), 1, "{:?}", f.told());
    (f, server)
}

#[test]
fn of_ten_thousand_spans_only_the_one_that_is_refused_is_put_aside() {
    let refuse = |request: &Arrived| match request.holds(b"poison") {
        true => 400,
        false => 200,
    };
    let (_f, server) = ten_thousand(name, refuse);
    let requests = server.arrived().len();
    // About twice the logarithm of 20 bodies, and of 500 spans.
    println!("{requests} requests for one refused span among 10,000");
    assert!(requests <= 2 * (5 + 9) + 2, "{requests}");
}

#[test]
fn of_ten_thousand_spans_only_the_one_that_is_too_big_is_put_aside() {
    const LIMIT: usize = 64 << 10;
    let big = |number| match number {
        POISON => "x".repeat(LIMIT),
        number => name(number),
    };
    let (_f, server) = ten_thousand(big, |request| match request.body.len() > LIMIT {
        true => 413,
        false => 200,
    });
    let arrived = server.arrived();
    let bytes: usize = arrived.iter().map(|request| request.body.len()).sum();
    let needed: usize = server.taken().iter().map(Vec::len).sum();
    println!(
        "{} requests of {bytes} bytes for {needed} bytes",
        arrived.len()
    );
    assert!(arrived.len() <= 2 * (5 + 9) + needed.div_ceil(LIMIT / 4));
    assert!(bytes <= 5 * needed, "{bytes} for {needed}");
}

#[test]
fn two_kinds_of_refusal_in_one_search_cost_nothing() {
    for limit in [40 << 10, 80 << 10, 200 << 10] {
        let f = Fixture::new();
        for first in (0..2_000).step_by(100) {
            // The first half is the bigger one.
            let more = "x".repeat(if first < 1_000 { 300 } else { 0 });
            let long = |number| format!("{}{more}", name(number));
            f.queue
                .append(&body(first..first + 100, long), 100, 0, false);
        }
        let server = Server::start(move |n, request| match request.body.len() > limit {
            _ if n == 0 || request.holds(b"poison") => Reply::status(400),
            true => Reply::status(413),
            false => Reply::status(200),
        });
        send_until(&f, server.endpoint(LONG), all_settled);
        assert_eq!(outcome(&f.queue.ledger()), (1_999, 1, 0));
        assert_eq!(numbers(server.taken()), all_but_the_poison(2_000));
    }
}

/// Twenty spans in two bodies, on the disk or in memory.
fn twenty(on_disk: bool) -> Fixture {
    let f = Fixture::new();
    if !on_disk {
        std::fs::remove_dir_all(f.home.path()).unwrap();
    }
    for first in [0, 10] {
        f.queue.append(&body(first..first + 10, name), 10, 0, false);
    }
    let ledger = f.queue.ledger();
    assert_eq!(ledger.spooled, if on_disk { 20 } else { 0 });
    assert_eq!(ledger.buffered, 20 - ledger.spooled);
    f
}

/// A server that refuses the poison; before its answer number `n` it does `event(n)`, which may
/// give another one.
fn refusing(f: &Fixture, event: impl Fn(usize) -> Option<u16> + Send + Sync + 'static) -> Server {
    let queue = Arc::clone(&f.queue);
    Server::start(move |n, request| {
        assert!(queue.ledger().balances());
        let own = if request.holds(b"poison") { 422 } else { 200 };
        Reply::status(event(n).unwrap_or(own))
    })
}

#[test]
fn trouble_amid_a_search_sends_nothing_twice() {
    for (trouble_at, on_disk) in (1..9).flat_map(|n| [(n, true), (n, false)]) {
        let f = twenty(on_disk);
        let server = refusing(&f, move |n| (n == trouble_at).then_some(503));
        send_until(&f, server.endpoint(LONG), all_settled);
        // In memory there is no disk to put the refused one aside on.
        let expected = if on_disk { (19, 1, 0) } else { (19, 0, 1) };
        assert_eq!(outcome(&f.queue.ledger()), expected, "{trouble_at}");
        assert_eq!(numbers(server.taken()), all_but_the_poison(20));
        assert_eq!(numbers(f.put_aside()), [POISON][..usize::from(on_disk)]);
        assert!(f.files(".traces").is_empty());
    }
}

#[test]
fn what_is_rejected_amid_a_search_is_counted_and_not_sent_again() {
    let f = twenty(true);
    let mut partial = Writer::default();
    partial.message(1, |out| out.uint(1, 2));
    let partial = partial.into_bytes();
    let server = Server::start(move |n, request| match request.holds(b"poison") {
        true => Reply::status(400),
        // The first of all is a body of ten, and the next a half of the other.
        false if n < 5 => Reply::Answer(200, "", partial.clone()),
        false => Reply::status(200),
    });
    send_until(&f, server.endpoint(LONG), all_settled);
    assert_eq!(numbers(server.taken()), all_but_the_poison(20));
    let arrived = server.arrived();
    let rejected = arrived[..5].iter().filter(|request| request.taken);
    let lost = 2 * rejected.count() as u64;
    assert!(lost >= 4, "{lost}");
    assert_eq!(outcome(&f.queue.ledger()), (19 - lost, 1, lost));
    assert_eq!(f.told().len(), 2, "{:?}", f.told());
}

#[test]
fn an_end_amid_a_search_leaves_what_was_not_sent() {
    for (end_at, on_disk) in (1..9).flat_map(|n| [(n, true), (n, false)]) {
        let f = twenty(on_disk);
        let queue = Arc::clone(&f.queue);
        let server = refusing(&f, move |n| {
            if n == end_at {
                queue.close();
            }
            None
        });
        send_until(&f, server.endpoint(LONG), |_| true);
        // A disk that comes late gets all that no sender holds.
        std::fs::create_dir_all(f.home.path()).unwrap();
        f.queue.seal();
        f.assert_balanced();
        let ledger = f.queue.ledger();
        let left = numbers(drain(&f.queue));
        assert_eq!(left.len() as u64, ledger.spooled);
        let mut all = numbers(server.taken());
        assert_eq!(all.len() as u64, ledger.delivered);
        all.extend(left);
        match ledger.lost {
            0 => all.extend(numbers(f.put_aside())),
            _ => all.push(POISON),
        }
        all.sort_unstable();
        assert_eq!(all, all_of(20), "{end_at} {on_disk}");
    }
}

#[test]
fn a_crash_amid_a_search_loses_nothing() {
    for crash_at in 1..9 {
        let f = twenty(true);
        let copy = tempfile::tempdir().unwrap();
        let (from, to) = (f.home.path().to_owned(), copy.path().to_owned());
        let server = refusing(&f, move |n| {
            if n == crash_at {
                for name in files(&from, ".traces") {
                    std::fs::copy(from.join(&name), to.join(&name)).unwrap();
                }
            }
            None
        });
        send_until(&f, server.endpoint(LONG), all_settled);
        // What stood on the disk in that moment is what the next process finds.
        let before: Vec<_> = server.arrived().drain(..crash_at).collect();
        let before = before.iter().filter(|request| request.taken);
        let mut all = numbers(before.map(|request| &request.body));
        let next = queue_in(copy.path(), &f.notices);
        for name in files(copy.path(), ".traces") {
            next.adopt(copy.path().join(name));
        }
        all.extend(numbers(drain(&next)));
        all.sort_unstable();
        all.dedup();
        assert_eq!(all, all_of(20), "{crash_at}");
    }
}

#[test]
fn a_body_that_expires_amid_a_search_is_counted_once() {
    let f = Fixture::new();
    f.queue.append(&body(0..20, name), 20, 0, false);
    // What is complete may be removed.
    f.queue.seal();
    let home = f.home.path().to_owned();
    let server = refusing(&f, move |n| {
        let long_ago = SystemTime::now() - MAX_AGE - Duration::from_hours(1);
        for name in files(&home, ".traces") {
            let file = File::open(home.join(name)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        (n == 4).then_some(503)
    });
    send_until(&f, server.endpoint(LONG), all_settled);
    let ledger = f.queue.ledger();
    assert_eq!((ledger.expired, outcome(&ledger)), (20, (0, 0, 0)));
    assert!(f.files(".traces").is_empty());
}

fn metrics() -> Vec<u8> {
    let point = |value: u64| NumberDataPoint {
        time_unix_nano: value,
        ..NumberDataPoint::default()
    };
    let metric = |name: &str, values: std::ops::Range<u64>| Metric {
        name: name.into(),
        data: Some(Data::Gauge(Gauge {
            data_points: values.map(point).collect(),
        })),
        ..Metric::default()
    };
    let scope_metrics = vec![ScopeMetrics {
        metrics: vec![metric("one", 100..105), metric("two", 105..110)],
        ..ScopeMetrics::default()
    }];
    let resource_metrics = vec![ResourceMetrics {
        scope_metrics,
        ..ResourceMetrics::default()
    }];
    ExportMetricsServiceRequest { resource_metrics }.encode_to_vec()
}

/// The times of all data points, each behind the name of its metric.
fn points(bodies: &[Vec<u8>]) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for body in bodies {
        let request = ExportMetricsServiceRequest::decode(&body[..]).unwrap();
        let resources = request.resource_metrics.into_iter();
        let scopes = resources.flat_map(|resource| resource.scope_metrics);
        for metric in scopes.flat_map(|scope| scope.metrics) {
            let Some(Data::Gauge(gauge)) = metric.data else {
                panic!("not a gauge");
            };
            let times = gauge.data_points.iter().map(|point| point.time_unix_nano);
            found.extend(times.map(|time| (metric.name.clone(), time)));
        }
    }
    found.sort_unstable();
    found
}

fn two(time: u64) -> (String, u64) {
    ("two".into(), time)
}

#[test]
fn of_metrics_only_the_data_point_that_is_refused_is_put_aside() {
    let f = Fixture::of(Signal::Metrics);
    f.queue.append(&metrics(), 1, 0, false);
    // As it stands on the wire: a fixed64, and no other has this byte there.
    let refused = 107_u64.to_le_bytes();
    let server = Server::start(move |_, request| {
        Reply::status(if request.holds(&refused) { 400 } else { 200 })
    });
    send_until(&f, server.endpoint(LONG), all_settled);
    // The unit of the account is a body, and not all of this one was taken.
    assert_eq!(outcome(&f.queue.ledger()), (0, 1, 0));
    assert_eq!(points(&f.put_aside()), [two(107)]);
    let mut expected = points(&[metrics()]);
    expected.retain(|point| *point != two(107));
    assert_eq!(points(&server.taken()), expected);
}

fn logs() -> Vec<u8> {
    let record = |number: u64| LogRecord {
        event_name: name(number),
        ..LogRecord::default()
    };
    let scope_logs = vec![ScopeLogs {
        log_records: (0..20).map(record).collect(),
        ..ScopeLogs::default()
    }];
    let resource_logs = vec![ResourceLogs {
        scope_logs,
        ..ResourceLogs::default()
    }];
    ExportLogsServiceRequest { resource_logs }.encode_to_vec()
}

#[test]
fn of_logs_only_the_record_that_is_refused_is_put_aside() {
    let f = Fixture::of(Signal::Logs);
    f.queue.append(&logs(), 1, 0, false);
    let was_busy = AtomicBool::new(false);
    let server = Server::start(move |n, request| match request.holds(b"poison") {
        _ if n == 3 && !was_busy.swap(true, Ordering::Relaxed) => Reply::status(503),
        true => Reply::status(410),
        false => Reply::status(200),
    });
    send_until(&f, server.endpoint(LONG), all_settled);
    let names = |bodies: &[Vec<u8>]| {
        let mut names = Vec::new();
        for body in bodies {
            let request = ExportLogsServiceRequest::decode(&body[..]).unwrap();
            let resources = request.resource_logs.into_iter();
            let scopes = resources.flat_map(|resource| resource.scope_logs);
            let records = scopes.flat_map(|scope| scope.log_records);
            names.extend(records.map(|record| record.event_name));
        }
        names.sort_unstable();
        names
    };
    assert_eq!(names(&f.put_aside()), ["poison"]);
    let mut expected = names(&[logs()]);
    expected.retain(|name| name != "poison");
    assert_eq!(names(&server.taken()), expected);
    assert!(all_settled(&f.queue.ledger()));
}

#[test]
fn a_body_that_is_no_otlp_is_put_aside_whole() {
    let f = Fixture::new();
    f.queue.append(b"nonsense", 3, 0, false);
    let server = Server::start(refuse_data);
    send_until(&f, server.endpoint(LONG), all_settled);
    assert_eq!(outcome(&f.queue.ledger()), (0, 3, 0));
    assert_eq!(f.put_aside(), [b"nonsense"]);
}
