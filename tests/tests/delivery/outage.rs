//! The endpoint is down, slow, or comes back.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use agentops_tests::spool::files_below;
use agentops_tests::{Answer, Collector};

use crate::{TIMEOUT, probe, unique_ids};

/// A collector on an address that no other test uses, so that its port stays free once it stops.
fn collector_at(last: u8) -> Collector {
    Collector::start_on(SocketAddr::from((Ipv4Addr::new(127, 72, 0, last), 0)))
}

#[test]
fn endpoint_that_is_down_costs_one_line_and_the_next_run_delivers_both() {
    let home = tempfile::tempdir().unwrap();
    let stopped = collector_at(1);
    stopped.stop();
    let endpoint = stopped.endpoint();

    let exit = probe("run 5", home.path(), &endpoint).run(TIMEOUT);
    exit.assert_success();
    assert_eq!(
        exit.stderr,
        format!(
            "agentops: the endpoint does not take data (connection refused); it is kept in the \
             spool and sent later, by this run or the next: {endpoint}\n"
        )
    );
    let kept = format!("report: 10 spans in {}", home.path().display());
    assert!(exit.stdout.contains(&kept), "{}", exit.stdout);
    assert!(!exit.stdout.contains("trouble"), "{}", exit.stdout);

    let collector = Collector::start_on(stopped.addr());
    let exit = probe("run 3", home.path(), &endpoint).run(TIMEOUT);
    exit.assert_success();
    assert_eq!(exit.stderr, "");
    let report = format!("report: 16 spans delivered to {endpoint}\n");
    assert!(exit.stdout.contains(&report), "{}", exit.stdout);

    let spans = collector.spans();
    assert_eq!(unique_ids(&spans).len(), 16);
    for call in spans.all_named("chat gpt-4o") {
        let parents = spans.iter().filter(|span| call.is_child_of(span));
        assert_eq!(parents.count(), 1);
    }
    // Each process counts on its own.
    let tokens: Vec<f64> = collector
        .metrics()
        .all_named("llm.tokens.total")
        .iter()
        .map(|metric| metric.point(&[("gen_ai.token.type", "input")]).sum())
        .collect();
    assert_eq!(tokens, [5.0 * 17.0, 3.0 * 17.0]);
}

#[test]
fn what_was_delivered_is_not_delivered_again() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    for run in 1..=10 {
        let exit = probe("run", home.path(), &collector.endpoint()).run(TIMEOUT);
        exit.assert_success();
        assert_eq!(unique_ids(&collector.spans()).len(), 2 * run);
        let exports = collector.metrics().all_named("llm.tokens.total").len();
        assert_eq!(exports, run);
        assert_eq!(files_below(home.path()), [] as [PathBuf; 0]);
    }
}

/// How long a run takes, over a few of them.
fn median_secs(endpoint: &str, other: &str) -> [f64; 2] {
    let mut taken = [Vec::new(), Vec::new()];
    for _ in 0..7 {
        for (endpoint, taken) in [endpoint, other].into_iter().zip(&mut taken) {
            let home = tempfile::tempdir().unwrap();
            let begun = Instant::now();
            probe("run", home.path(), endpoint)
                .run(TIMEOUT)
                .assert_success();
            taken.push(begun.elapsed().as_secs_f64());
        }
    }
    taken.map(|mut taken| {
        taken.sort_by(f64::total_cmp);
        taken[taken.len() / 2]
    })
}

#[test]
fn program_ends_as_fast_with_its_endpoint_down() {
    let stopped = collector_at(2);
    stopped.stop();
    let collector = Collector::start();
    let [down, up] = median_secs(&stopped.endpoint(), &collector.endpoint());
    // Other tests run beside this one; a retry would take 250 ms at least.
    assert!(down < up + 0.2, "{down} s with it down, {up} s with it up");
}

#[test]
fn endpoint_that_comes_back_gets_everything_from_the_same_run() {
    let home = tempfile::tempdir().unwrap();
    let stopped = collector_at(3);
    stopped.stop();
    let endpoint = stopped.endpoint();
    let mut child = probe("flush", home.path(), &endpoint).spawn();
    child.wait_for_stdout("ready", TIMEOUT);
    let collector = Collector::start_on(stopped.addr());
    child.send_line("go on");
    let exit = child.wait(TIMEOUT);
    exit.assert_success();
    assert_eq!(collector.spans().len(), 2);
    assert_eq!(exit.stderr.lines().count(), 1, "{}", exit.stderr);
}

#[test]
fn endpoint_that_never_answers_holds_the_end_up_for_five_seconds_at_most_and_costs_one_line() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let released = std::sync::Mutex::new(released);
    collector.answer_with(move |_| {
        let _ = released.lock().unwrap().recv();
        Some(Answer::hang_up())
    });
    let begun = Instant::now();
    let exit = probe("run", home.path(), &collector.endpoint()).run(TIMEOUT);
    let taken = begun.elapsed();
    drop(release);
    exit.assert_success();
    assert!(taken < Duration::from_secs(8), "{taken:?}");
    assert!(exit.stdout.contains("timed_out: true"), "{}", exit.stdout);
    assert_eq!(
        exit.stderr,
        format!(
            "agentops: the endpoint does not take data in the time that is waited for it; what is \
             left stays in the spool and is sent later, by this run or the next: {}\n",
            collector.endpoint()
        )
    );
    let kept = format!("report: 2 spans in {}", home.path().display());
    assert!(exit.stdout.contains(&kept), "{}", exit.stdout);

    collector.answer_with(|_| None);
    let exit = probe("run", home.path(), &collector.endpoint()).run(TIMEOUT);
    exit.assert_success();
    assert_eq!(unique_ids(&collector.spans()).len(), 4);
}

#[test]
fn data_of_one_key_is_never_sent_with_another_and_is_told_of() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    let with_key = |key: &str| {
        let probe = probe("run", home.path(), &collector.endpoint());
        let exit = probe.env("OTEL_EXPORTER_OTLP_HEADERS", key).run(TIMEOUT);
        exit.assert_success();
        exit
    };
    collector.answer_always(401, &[], []);
    let refused = with_key("x-api-key=wrong").stderr;
    let told = "data is kept in the spool and sent by runs with this URL and these headers, once it \
                is taken: ";
    assert!(refused.contains(told), "{refused}");

    collector.answer_with(|_| None);
    let exit = with_key("x-api-key=right");
    assert!(exit.stdout.contains("2 spans delivered"), "{}", exit.stdout);
    let told = "wait that were recorded for another endpoint or other headers; runs with those send \
                them, and after 7 days they are removed: ";
    assert!(exit.stderr.contains(told), "{}", exit.stderr);
    assert!(!exit.stderr.contains("wrong") && !exit.stderr.contains("right"));
    assert_eq!(collector.spans().len(), 2);

    let exit = with_key("x-api-key=wrong");
    assert!(exit.stdout.contains("4 spans delivered"), "{}", exit.stdout);
    assert_eq!(exit.stderr, "");
}

#[test]
fn two_processes_share_a_home() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    let children = [0; 2].map(|_| probe("wait", home.path(), &collector.endpoint()).spawn());
    for child in &children {
        child.wait_for_stdout("ready", TIMEOUT);
    }
    for mut child in children {
        child.send_line("go on");
        child.wait(TIMEOUT).assert_success();
    }
    assert_eq!(unique_ids(&collector.spans()).len(), 4);
}

#[test]
fn process_does_not_take_what_another_one_still_writes() {
    let home = tempfile::tempdir().unwrap();
    let stopped = collector_at(4);
    stopped.stop();
    let endpoint = stopped.endpoint();
    let mut first = probe("flush", home.path(), &endpoint).spawn();
    first.wait_for_stdout("ready", TIMEOUT);
    let collector = Collector::start_on(stopped.addr());
    let second = probe("run", home.path(), &endpoint).run(TIMEOUT);
    second.assert_success();
    let own = format!("report: 2 spans delivered to {endpoint}\n");
    assert!(second.stdout.contains(&own), "{}", second.stdout);
    first.send_line("go on");
    first.wait(TIMEOUT).assert_success();
    assert_eq!(unique_ids(&collector.spans()).len(), 4);
}
