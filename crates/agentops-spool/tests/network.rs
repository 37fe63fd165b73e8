//! Whatever a network does between sender and server: nothing is lost, no deadline is passed.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use agentops_faults::fault::Fault;
use agentops_faults::proxy::FaultProxy;
use agentops_spool::otlp::wire::Writer;
use agentops_spool::send::answer::{Answer, Cause};
use agentops_spool::send::client::Client;
use agentops_spool::send::endpoint::Endpoint;
use agentops_spool::send::sender::Sender;
use flate2::Compression;
use flate2::write::GzEncoder;
use support::bodies::{body, numbers};
use support::queues::Fixture;
use support::sending::{LONG, all_delivered, all_settled, send_until};
use support::server::{Reply, Server, endpoint};

const SHORT: Duration = Duration::from_millis(300);

/// More than any machine is late.
const LATE: Duration = Duration::from_secs(5);

fn ok() -> Server {
    Server::start(|_, _| Reply::status(200))
}

fn name(number: u64) -> String {
    format!("span {number}")
}

#[track_caller]
fn later(answer: Answer) -> (Cause, String) {
    match answer {
        Answer::Later(later) => (later.cause, later.reason),
        other => panic!("{other:?}"),
    }
}

#[test]
fn faults_that_come_and_go_lose_nothing_and_are_told_of_once_each() {
    let server = ok();
    let proxy = FaultProxy::start(server.address).unwrap();
    let f = Fixture::new();
    let client = Client::new(endpoint(proxy.addr(), SHORT));
    let sender = Sender::new(Arc::clone(&f.queue), client, Arc::clone(&f.notices));
    let faults = [
        Fault::Refuse,
        Fault::Reset,
        Fault::Hang,
        Fault::Mute,
        Fault::Tarpit(Duration::from_secs(1)),
        Fault::Truncate(0),
        Fault::Truncate(12),
        Fault::Status(500),
        Fault::Status(404),
    ];
    let deadline = Instant::now() + LONG;
    thread::scope(|scope| {
        scope.spawn(|| sender.run());
        for (round, fault) in (1..).zip(faults) {
            proxy.set(fault);
            let told = f.told().len();
            f.queue.append(&body([round], name), 1, 0, false);
            while f.told().len() == told && Instant::now() < deadline {
                f.queue.wait_until_settled(deadline);
            }
            assert_eq!(f.queue.ledger().spooled, 1, "{fault:?}");
            proxy.set(Fault::Pass);
            while !all_settled(&f.queue.ledger()) && Instant::now() < deadline {
                f.queue.wait_until_settled(deadline);
                f.assert_balanced();
            }
            assert_eq!(f.queue.ledger().delivered, round, "{fault:?}");
        }
        f.queue.close();
    });
    let told = f.told();
    assert_eq!(told.len(), faults.len(), "{told:?}");
    // Where an answer was cut the server has the span twice; never not at all.
    let mut arrived = numbers(server.taken());
    arrived.dedup();
    assert_eq!(arrived, (1..=9).collect::<Vec<_>>());
}

#[test]
fn no_attempt_takes_longer_than_its_deadline() {
    let server = ok();
    let proxy = FaultProxy::start(server.address).unwrap();
    // More than the buffers of a connection hold.
    let big = vec![b'x'; 16 << 20];
    for fault in [
        Fault::Hang,
        Fault::Mute,
        Fault::Tarpit(Duration::from_secs(1)),
    ] {
        for body in [&b"small"[..], &big] {
            proxy.set(fault);
            let begin = Instant::now();
            let answer = Client::new(endpoint(proxy.addr(), SHORT)).post(body);
            let took = begin.elapsed();
            assert_eq!(later(answer), (Cause::Endpoint, "timed out".into()));
            assert!(took >= SHORT && took < SHORT + LATE, "{fault:?} {took:?}");
        }
    }
}

#[test]
fn a_handshake_that_never_ends_costs_no_more_than_the_deadline() {
    let proxy = FaultProxy::start(ok().address).unwrap();
    for fault in [Fault::Hang, Fault::Mute] {
        proxy.set(fault);
        let plain = endpoint(proxy.addr(), SHORT);
        let url = plain.url.replace("http:", "https:");
        let mut client = Client::new(Endpoint { url, ..plain });
        let begin = Instant::now();
        assert_eq!(later(client.post(b"body")).1, "timed out");
        assert!(begin.elapsed() < SHORT + LATE, "{:?}", begin.elapsed());
    }
}

#[test]
fn a_web_page_is_no_answer() {
    const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";
    let pages = [
        Reply::Answer(200, HTML, b"\n<!doctype html><p>Sign in".to_vec()),
        Reply::Answer(200, HTML, b"<html>".to_vec()),
    ];
    for page in pages {
        let f = Fixture::new();
        f.queue.append(b"body", 1, 0, false);
        let server = Server::start(move |n, _| match n {
            0 => page.clone(),
            // Some servers call everything so, also nothing.
            _ => Reply::Answer(200, HTML, Vec::new()),
        });
        send_until(&f, server.endpoint(LONG), all_delivered);
        assert_eq!(server.arrived().len(), 2);
        let told = f.told().concat();
        let start = "no data is taken at this URL (a web page instead of an answer)";
        assert!(told.starts_with(start), "{told}");
    }
}

#[test]
fn a_listener_that_never_accepts_costs_no_more_than_the_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = Client::new(endpoint(listener.local_addr().unwrap(), SHORT));
    let begin = Instant::now();
    assert_eq!(later(client.post(b"body")).0, Cause::Endpoint);
    assert!(begin.elapsed() < SHORT + LATE);
}

#[test]
fn a_name_that_nobody_has_loses_nothing() {
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    let nowhere = Endpoint {
        url: "http://collector.invalid:4318/v1/traces".into(),
        base: "http://collector.invalid:4318".into(),
        timeout: SHORT,
        ..Endpoint::default()
    };
    send_until(&f, nowhere, |_| !f.told().is_empty());
    assert_eq!(f.queue.ledger().spooled, 1);
}

#[test]
fn one_connection_carries_all_requests() {
    let f = Fixture::new();
    // Two of three are refused or have to wait.
    let server = Server::start(|n, _| match n % 3 {
        0 => Reply::Answer(503, "", b"busy".to_vec()),
        1 => Reply::Answer(400, "", vec![b'x'; 10_000]),
        _ => Reply::status(200),
    });
    for _ in 0..20 {
        f.queue.append(&vec![b'x'; 1 << 20], 1, 0, false);
    }
    send_until(&f, server.endpoint(LONG), all_settled);
    assert!(server.arrived().len() >= 20);
    assert_eq!(server.connections(), 1);
}

#[test]
fn bodies_are_packed_where_that_is_asked_for() {
    let bytes = body(0..200, name);
    for gzip in [false, true] {
        let f = Fixture::new();
        f.queue.append(&bytes, 200, 0, false);
        let server = ok();
        let endpoint = Endpoint {
            gzip,
            ..server.endpoint(LONG)
        };
        send_until(&f, endpoint, all_delivered);
        let [request] = &server.arrived()[..] else {
            panic!("not one request");
        };
        // The server has unpacked it.
        assert_eq!(request.body, bytes);
        let encoding = gzip.then_some("gzip");
        assert_eq!(request.header("content-encoding"), encoding);
        assert_eq!(request.packed < bytes.len() / 4, gzip, "{}", request.packed);
    }
}

#[test]
fn packed_bodies_are_halved_too() {
    let f = Fixture::new();
    f.queue.append(&body(0..20, name), 20, 0, false);
    let server = Server::start(|_, request| match request.holds(b"span 7") {
        true => Reply::status(400),
        false => Reply::status(200),
    });
    let endpoint = Endpoint {
        gzip: true,
        ..server.endpoint(LONG)
    };
    send_until(&f, endpoint, all_settled);
    assert_eq!(f.queue.ledger().delivered, 19);
    assert_eq!(numbers(f.put_aside()), [7]);
}

fn partial(rejected: u64) -> Vec<u8> {
    let mut answer = Writer::default();
    answer.message(1, |out| out.uint(1, rejected));
    answer.into_bytes()
}

#[test]
fn of_a_giant_answer_the_beginning_counts() {
    let mut answer = Writer::from(partial(2));
    answer.bytes(99, &vec![0; 8 << 20]);
    let answer = answer.into_bytes();
    let f = Fixture::new();
    f.queue.append(b"body", 3, 0, false);
    let server = Server::start(move |_, _| Reply::Answer(200, "", answer.clone()));
    send_until(&f, server.endpoint(LONG), all_settled);
    let ledger = f.queue.ledger();
    assert_eq!((ledger.delivered, ledger.lost), (1, 2));
    assert_eq!(server.arrived().len(), 1);
}

#[test]
fn an_answer_that_would_unpack_to_gigabytes_is_not_unpacked() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    let server =
        Server::start(move |_, _| Reply::Answer(200, "Content-Encoding: gzip\r\n", bomb.clone()));
    send_until(&f, server.endpoint(LONG), all_delivered);
    let arrived = server.arrived();
    assert_eq!(arrived.len(), 1);
    // Nor was it asked for.
    assert_eq!(arrived[0].header("accept-encoding"), None);
}

#[test]
fn a_proxy_that_floods_costs_no_time() {
    let server = ok();
    let proxy = FaultProxy::start(server.address).unwrap();
    proxy.set(Fault::Giant);
    let begin = Instant::now();
    let answer = Client::new(endpoint(proxy.addr(), LONG)).post(b"body");
    assert!(matches!(answer, Answer::Taken(_)), "{answer:?}");
    assert!(begin.elapsed() < LATE, "{:?}", begin.elapsed());
}

#[test]
fn redirects_on_the_same_server_are_followed_with_all_that_was_sent() {
    for status in [307, 308] {
        for location in ["/elsewhere?key=other", "../elsewhere", "ABSOLUTE"] {
            let (f, location) = (Fixture::new(), location.to_owned());
            f.queue.append(b"body", 1, 0, false);
            let server = Server::start(move |n, request| {
                let location = match &location[..] {
                    "ABSOLUTE" => format!("http://{}/x", request.header("host").unwrap()),
                    relative => relative.to_owned(),
                };
                let header = format!("Location: {location}\r\n").leak();
                match n {
                    0 => Reply::Answer(status, header, b"moved".to_vec()),
                    _ => Reply::status(200),
                }
            });
            send_until(&f, server.endpoint(LONG), all_delivered);
            let [first, second] = &server.arrived()[..] else {
                panic!("not two requests");
            };
            assert_eq!(first.body, second.body);
            assert!(second.head.starts_with("POST /"), "{}", second.head);
            assert!(!second.head.starts_with("POST /v1/traces?key=hidden"));
            for name in ["authorization", "content-type", "host"] {
                assert_eq!(first.header(name), second.header(name), "{name}");
            }
            assert_eq!(f.told(), [""; 0]);
            assert_eq!(server.connections(), 1);
        }
    }
}

#[test]
fn redirects_without_end_are_not_followed_for_long() {
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    let server = Server::start(|_, _| Reply::Answer(308, "Location: /again\r\n", Vec::new()));
    send_until(&f, server.endpoint(LONG), |_| !f.told().is_empty());
    assert_eq!(f.queue.ledger().spooled, 1);
    let told = f.told().concat();
    assert!(
        told.contains("(more redirects than are followed)"),
        "{told}"
    );
    assert_eq!(server.arrived().len() % 4, 0);
}

#[test]
fn redirects_share_one_deadline() {
    let server = Server::start(|n, _| {
        thread::park_timeout(SHORT / 2);
        match n {
            0..3 => Reply::Answer(307, "Location: /again\r\n", Vec::new()),
            _ => Reply::Silence,
        }
    });
    let begin = Instant::now();
    let answer = Client::new(server.endpoint(SHORT)).post(b"body");
    assert_eq!(later(answer).1, "timed out");
    assert!(begin.elapsed() < SHORT + LATE, "{:?}", begin.elapsed());
    assert!(server.arrived().len() <= 3, "{}", server.arrived().len());
}

#[test]
fn redirects_to_others_take_no_credentials_and_no_data_there() {
    let other = ok();
    for status in [301, 302, 303, 307, 308] {
        for scheme in ["http", "https"] {
            let f = Fixture::new();
            f.queue.append(b"body", 1, 0, false);
            let to = format!("Location: {scheme}://{}/s3cret\r\n", other.address);
            let to: &str = to.leak();
            let server = Server::start(move |n, _| match n {
                0 => Reply::Answer(status, to, Vec::new()),
                _ => Reply::status(200),
            });
            send_until(&f, server.endpoint(LONG), all_delivered);
            let told = f.told();
            let reason = format!("(a redirect to {scheme}://{})", other.address);
            assert!(told.len() == 1 && told[0].contains(&reason), "{told:?}");
            assert!(!told[0].contains("s3cret"), "{told:?}");
        }
    }
    assert_eq!(other.connections(), 0);
}

/// A date in the form that HTTP prefers, of whole seconds since the epoch.
fn http_date(secs: u64) -> String {
    let (days, of_day) = (secs / 86_400, secs % 86_400);
    let (mut year, mut day) = (1970, days);
    let length = |year: u64| match year.is_multiple_of(4) && !year.is_multiple_of(100) {
        true => 366,
        false => 365 + u64::from(year.is_multiple_of(400)),
    };
    while day >= length(year) {
        day -= length(year);
        year += 1;
    }
    let february = length(year) - 337;
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(' ');
    for (name, length) in names.zip(lengths) {
        if day < length {
            let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
            let day = day + 1;
            return format!("Sun, {day:02} {name} {year} {hour:02}:{minute:02}:{second:02} GMT");
        }
        day -= length;
    }
    unreachable!("a day is in a month")
}

#[test]
fn no_request_comes_before_the_date_the_server_asked_for() {
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    let since_epoch = || {
        SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap()
    };
    let until = since_epoch().as_secs() + 2;
    let wish = format!("Retry-After: {}\r\n", http_date(until)).leak();
    let server = Server::start(|n, _| match n {
        0 => Reply::Answer(503, wish, Vec::new()),
        _ => Reply::status(200),
    });
    send_until(&f, server.endpoint(LONG), all_delivered);
    assert!(since_epoch() >= Duration::from_secs(until), "{wish}");
    assert_eq!(server.arrived().len(), 2);
}

#[test]
fn a_wish_that_makes_no_sense_is_no_reason_to_wait() {
    for wish in ["inf", "-1", "NaN", "1e308", "soon", ""] {
        let f = Fixture::new();
        f.queue.append(b"body", 1, 0, false);
        let header = format!("Retry-After: {wish}\r\n").leak();
        let server = Server::start(|n, _| match n {
            0 => Reply::Answer(429, header, Vec::new()),
            _ => Reply::status(200),
        });
        send_until(&f, server.endpoint(LONG), all_delivered);
    }
}

#[test]
fn what_another_protocol_says_loses_nothing() {
    // A greeting such as mail servers and databases send, unasked.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(b"220 mail.example ESMTP\r\n").unwrap();
            let _ = stream.read(&mut [0; 1 << 10]);
        });
        let answer = Client::new(endpoint(address, LONG)).post(b"body");
        let expected = "no answer in HTTP/1.1, and gRPC is not spoken".to_owned();
        assert_eq!(later(answer), (Cause::Endpoint, expected));
    });
}
