//! Whatever a server does: nothing is lost, everything is counted, trouble is told once.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use agentops_spool::ledger::Ledger;
use agentops_spool::otlp::wire::Writer;
use agentops_spool::queue::Queue;
use agentops_spool::send::client::Client;
use agentops_spool::send::sender::Sender;
use support::queues::{Fixture, queue_in};
use support::sending::{LONG, all_delivered, send_until};
use support::server::{Arrived, Reply, Server, endpoint};

/// A server that answers request `n` with the `n`th of `replies`, and any later one with 200.
fn script(replies: Vec<Reply>) -> Server {
    Server::start(move |n, _| replies.get(n).cloned().unwrap_or(Reply::status(200)))
}

/// Sends one body to a server that first answers as in `replies`; it must arrive in the end.
#[track_caller]
fn survives(replies: Vec<Reply>, timeout: Duration) -> (Server, Fixture) {
    let count = replies.len() + 1;
    let f = Fixture::new();
    f.queue.append(b"body", 3, 0, false);
    let server = script(replies);
    send_until(&f, server.endpoint(timeout), all_delivered);
    let arrived = server.arrived();
    assert_eq!(arrived.len(), count);
    assert!(arrived.iter().all(|request| request.body == b"body"));
    assert_eq!(f.told().len(), usize::from(count > 1), "{:?}", f.told());
    assert!(f.files(".traces").is_empty());
    (server, f)
}

#[test]
fn a_request_holds_all_bodies_and_the_headers() {
    let f = Fixture::new();
    for body in [b"one", b"two"] {
        f.queue.append(body, 1, 0, false);
    }
    let server = script(Vec::new());
    send_until(&f, server.endpoint(LONG), all_delivered);
    let [request] = &server.arrived()[..] else {
        panic!("not one request");
    };
    assert_eq!(request.body, b"onetwo");
    let head = request.head.to_lowercase();
    assert!(
        head.starts_with("post /v1/traces?key=hidden http/1.1"),
        "{head}"
    );
    assert!(head.contains("content-type: application/x-protobuf"));
    assert!(head.contains("authorization: bearer hidden"));
    assert!(f.told().is_empty());
}

#[test]
fn what_a_server_rejects_is_counted_and_not_sent_again() {
    let mut answer = Writer::default();
    answer.message(1, |out| {
        out.uint(1, 2);
        out.text(2, "no thanks");
    });
    let f = Fixture::new();
    f.queue.append(b"body", 3, 0, false);
    let server = script(vec![Reply::Answer(200, "", answer.into_bytes())]);
    send_until(&f, server.endpoint(LONG), |ledger| ledger.delivered == 1);
    assert_eq!(f.queue.ledger().lost, 2);
    assert_eq!(server.arrived().len(), 1);
    let told = f.told();
    assert!(told.len() == 1 && told[0].contains("no thanks"), "{told:?}");
}

#[test]
fn no_request_comes_before_the_moment_the_server_asked_for() {
    let busy = Reply::Answer(429, "Retry-After: 1\r\n", Vec::new());
    let (server, _f) = survives(vec![busy], LONG);
    let arrived = server.arrived();
    let pause = arrived[1].at - arrived[0].at;
    assert!(pause >= Duration::from_secs(1), "{pause:?}");
}

#[test]
fn a_server_in_trouble_is_asked_again() {
    let statuses = [500, 502, 503, 504, 408, 501, 425];
    let replies = statuses.map(Reply::status).to_vec();
    survives(replies, LONG);
}

#[test]
fn a_refused_key_loses_nothing() {
    let (_, f) = survives([401, 403, 407].map(Reply::status).to_vec(), LONG);
    let told = f.told().concat();
    assert!(
        told.starts_with("the endpoint refuses the credentials (status 401); check the headers"),
        "{told}"
    );
}

#[test]
fn a_wrong_url_loses_nothing_and_is_shown_without_its_query() {
    let statuses = [404, 405, 415, 421, 426, 302, 300];
    let (server, f) = survives(statuses.map(Reply::status).to_vec(), LONG);
    let told = f.told().concat();
    let url = format!("http://{}/v1/traces", server.address);
    assert!(
        told.starts_with("no data is taken at this URL (status 404); check the endpoint"),
        "{told}"
    );
    assert!(told.ends_with(&url), "{told}");
}

#[test]
fn silence_beyond_the_deadline_loses_nothing() {
    survives(vec![Reply::Silence], Duration::from_millis(300));
}

#[test]
fn an_answer_that_breaks_off_loses_nothing() {
    let parts = [
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 X\r\nContent-Le",
        "nonsense\r\n\r\n",
    ];
    survives(parts.map(Reply::HangUp).to_vec(), LONG);
}

#[test]
fn an_answer_that_never_ends_is_not_read_to_its_end() {
    let (_, f) = survives(Vec::new(), LONG);
    assert_eq!(f.queue.ledger().delivered, 3);
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    let server = script(vec![Reply::Endless]);
    send_until(&f, server.endpoint(LONG), all_delivered);
    assert_eq!(server.arrived().len(), 1);
}

#[test]
fn a_redirect_is_not_followed() {
    let other = script(Vec::new());
    let to = format!("Location: http://{}/\r\n", other.address);
    let redirect = Reply::Answer(307, to.leak(), Vec::new());
    survives(vec![redirect], LONG);
    assert!(other.arrived().is_empty());
}

fn refuses(status: u16, poison: &'static [u8]) -> impl Fn(usize, &Arrived) -> Reply {
    move |_, request| match request.holds(poison) {
        true => Reply::status(status),
        false => Reply::status(200),
    }
}

#[test]
fn of_many_bodies_only_the_one_that_is_refused_is_put_aside() {
    for status in [400, 413] {
        let f = Fixture::new();
        for n in 0..16 {
            let body = if n == 11 {
                "<poison>".into()
            } else {
                format!("<{n}>")
            };
            f.queue.append(body.as_bytes(), 1, 0, false);
        }
        let server = Server::start(refuses(status, b"poison"));
        let is_done = |ledger: &Ledger| ledger.spooled == 0;
        send_until(&f, server.endpoint(LONG), is_done);
        let ledger = f.queue.ledger();
        assert_eq!((ledger.delivered, ledger.quarantined), (15, 1));
        assert!(
            server.arrived().len() <= 2 * 5,
            "{}",
            server.arrived().len()
        );

        assert_eq!(f.files(".quarantine").len(), 1);
        assert_eq!(f.put_aside(), [b"<poison>"]);
        assert_eq!(f.told().len(), 1, "{:?}", f.told());
    }
}

#[test]
fn two_bodies_that_are_refused_are_told_of_once() {
    let f = Fixture::new();
    for body in [&b"poison"[..], b"", b"good", b"poison"] {
        f.queue.append(body, 1, 0, false);
    }
    let server = Server::start(refuses(400, b"poison"));
    send_until(&f, server.endpoint(LONG), |ledger| ledger.spooled == 0);
    let ledger = f.queue.ledger();
    assert_eq!((ledger.delivered, ledger.quarantined), (2, 2));
    assert_eq!(f.told().len(), 1, "{:?}", f.told());
}

#[test]
fn trouble_amid_a_search_for_the_refused_body_loses_nothing() {
    let f = Fixture::new();
    for body in [b"good", b"evil", b"kind"] {
        f.queue.append(body, 1, 0, false);
    }
    let refuse = refuses(400, b"evil");
    let server = Server::start(move |n, request| match n {
        1 | 4 => Reply::status(503),
        _ => refuse(n, request),
    });
    send_until(&f, server.endpoint(LONG), |ledger| ledger.spooled == 0);
    let ledger = f.queue.ledger();
    assert_eq!((ledger.delivered, ledger.quarantined), (2, 1));
}

#[test]
fn an_endpoint_that_comes_up_later_gets_everything() {
    // Somebody else may take the address in between: then once more.
    assert!((0..10).any(|_| is_sent_once_up()));
}

fn is_sent_once_up() -> bool {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    let client = Client::new(endpoint(address, LONG));
    let sender = Sender::new(Arc::clone(&f.queue), client, Arc::clone(&f.notices));
    let deadline = Instant::now() + LONG;
    thread::scope(|scope| {
        scope.spawn(|| sender.run());
        while f.told().is_empty() && Instant::now() < deadline {
            f.queue.wait_until_settled(deadline);
        }
        assert_eq!(f.queue.ledger().spooled, 1);
        let server = Server::start_at(address, |_, _| Reply::status(200));
        while server.is_ok() && f.queue.ledger().spooled > 0 && Instant::now() < deadline {
            f.queue.wait_until_settled(deadline);
        }
        f.queue.close();
        let Ok(server) = server else {
            return false;
        };
        assert_eq!(server.arrived()[0].body, b"body");
        assert!(f.told()[0].contains("connection refused"), "{:?}", f.told());
        true
    })
}

#[test]
fn trouble_is_told_again_once_it_was_over() {
    let f = Fixture::new();
    for n in 0..3 {
        // Too big to be merged with another: a request each.
        f.queue.append(&vec![n; 1 << 20], 1, 0, false);
    }
    let replies = [503, 503, 200, 200, 503, 503].map(Reply::status).to_vec();
    let server = script(replies);
    send_until(&f, server.endpoint(LONG), all_delivered);
    assert_eq!(f.told().len(), 2, "{:?}", f.told());
}

#[test]
fn trouble_is_not_over_while_one_of_several_senders_is_in_it() {
    let f = Fixture::new();
    let other = queue_in(f.home.path(), &f.notices);
    // What the other sends is refused until the first one was taken, and twice after that. The
    // first is refused until the other one comes again, and so knows of its trouble.
    let (refused, is_taken) = (AtomicU64::new(0), AtomicBool::new(false));
    let server = Server::start(move |_, request| {
        let takes = if request.holds(b"first") {
            let takes = refused.load(Ordering::SeqCst) >= 2;
            if takes {
                refused.store(0, Ordering::SeqCst);
                is_taken.store(true, Ordering::SeqCst);
            }
            takes
        } else {
            let before = refused.fetch_add(1, Ordering::SeqCst);
            is_taken.load(Ordering::SeqCst) && before >= 2
        };
        Reply::status(if takes { 200 } else { 503 })
    });
    let sender = |queue: &Arc<Queue>| {
        let client = Client::new(server.endpoint(LONG));
        Sender::new(Arc::clone(queue), client, Arc::clone(&f.notices))
    };
    let deadline = Instant::now() + LONG;
    thread::scope(|scope| {
        f.queue.append(b"first", 1, 0, false);
        scope.spawn(|| sender(&f.queue).run());
        // An attempt failed, which was told.
        f.queue.wait_until_settled(deadline);
        other.append(b"second", 1, 0, false);
        scope.spawn(|| sender(&other).run());
        for queue in [&f.queue, &other] {
            while queue.ledger().delivered == 0 && Instant::now() < deadline {
                queue.wait_until_settled(deadline);
            }
            queue.close();
        }
    });
    let delivered = [&f.queue, &other].map(|queue| queue.ledger().delivered);
    assert_eq!((delivered, f.told().len()), ([1, 1], 1), "{:?}", f.told());
}

#[test]
fn no_notice_shows_a_secret() {
    let server = script([401, 400].map(Reply::status).to_vec());
    let f = Fixture::new();
    f.queue.append(b"body", 1, 0, false);
    let endpoint = server.endpoint(LONG);
    let shown = format!("{endpoint:?}{:?}", Client::new(endpoint.clone()));
    assert!(!shown.contains("Bearer"), "{shown}");
    send_until(&f, endpoint, |ledger| ledger.quarantined == 1);
    let told = f.told();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(!told.concat().contains("hidden"), "{told:?}");
}

#[test]
fn what_waits_in_memory_is_sent_too() {
    let f = Fixture::new();
    std::fs::remove_dir_all(f.home.path()).unwrap();
    for body in [b"one", b"two"] {
        f.queue.append(body, 1, 0, false);
    }
    let server = script([503, 400].map(Reply::status).to_vec());
    send_until(&f, server.endpoint(LONG), all_delivered);
    let bodies: Vec<_> = server.arrived().into_iter().map(|r| r.body).collect();
    assert_eq!(bodies, [&b"onetwo"[..], b"onetwo", b"one", b"two"]);
}
