//! What was written survives a process that is killed, and a fork of it.
#![cfg(all(target_os = "linux", not(agentops_plain), not(miri)))]
#![allow(unsafe_code, reason = "`fork` has no safe interface")]
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _, stdout};
use std::path::Path;
use std::sync::Arc;

use agentops_spool::adopt::{Segments, adopt};
use agentops_spool::arena::{Arena, Header};
use agentops_spool::directory::{Directory, hex};
use agentops_spool::join::Join;
use agentops_spool::ledger::LossReason;
use agentops_spool::limits::Limits;
use agentops_spool::queue::Queue;
use agentops_spool::record::Status;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::write::{End, Identity, Start};
use agentops_spool::registry::{self, Sites};
use agentops_spool::segment::format::Signal;
use agentops_spool::{fork, pool, thread};
use support::adopter::Adopter;
use support::leftovers::{ALL_DESTINATIONS, DESTINATION, Recording, write};
use support::queues::notices;
use support::records::{ANCHOR, Seen, end, start};
use support::{child, decoded};

/// Writes span `n` whole.
fn write_span(n: u64) {
    let identity = Identity {
        trace_id: [1; 16],
        span_id: n.to_be_bytes(),
        ..Identity::default()
    };
    let start = Start {
        identity,
        tick: 1_000 + n,
    };
    let end = End {
        span_id: identity.span_id,
        tick: 1_001 + n,
        status: Status::Ok,
        ..End::default()
    };
    let text = |out: &mut Cursor<'_>| {
        out.attr("text");
        // Of different lengths, so that records end anywhere in a chunk.
        out.str_value(&"x".repeat(usize::try_from(n % 97).unwrap()));
    };
    assert!(thread::append(|out| {
        start.write(out);
        text(out);
    }));
    assert!(thread::append(|out| end.write(out)));
}

/// Writes spans for as long as it is let, and says of each that it was written.
fn write_until_killed(home: &Path) {
    let _recording = Recording::begin(home);
    let mut out = stdout().lock();
    for n in 1..=60_000 {
        write_span(n);
        writeln!(out, "span {n}").unwrap();
    }
}

/// Kills a writer once it wrote `count` spans; returns the last one it acknowledged.
fn kill_after(home: &Path, count: u64) -> u64 {
    const NAME: &str = "spans_that_ended_before_a_kill_arrive";
    let mut child = child::command(NAME, home).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut last = 0;
    // What was in the pipe at the kill is read to its end.
    for line in lines.map_while(Result::ok) {
        if let Some(n) = line.strip_prefix("span ").and_then(|n| n.parse().ok()) {
            last = n;
        }
        if last == count {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    last
}

fn adopted(home: &Path) -> Vec<u64> {
    let directory = Arc::new(Directory::create(home, DESTINATION).unwrap());
    let (notices, _) = notices();
    let queue = Queue::new(Signal::Traces, Some(Arc::clone(&directory)), notices);
    let queues = [Arc::new(queue)];
    adopt(
        &directory,
        ALL_DESTINATIONS,
        &queues,
        &queues,
        Segments::Send,
        Limits::default(),
        || queues[0].sync(),
    );
    let mut all = Vec::new();
    while let Some(parcel) = queues[0].next(1 << 20) {
        for span in decoded::spans(parcel.request()) {
            all.push(u64::from_be_bytes(span.span_id.try_into().unwrap()));
        }
        queues[0].delivered(&parcel, 0);
    }
    assert!(queues[0].ledger().balances());
    all
}

#[test]
fn spans_that_ended_before_a_kill_arrive() {
    if let Some(home) = child::home() {
        return write_until_killed(&home);
    }
    for count in [1, 777, 4_000, 20_000] {
        let home = tempfile::tempdir().unwrap();
        let acknowledged = kill_after(home.path(), count);
        assert!(acknowledged >= count);
        let all = adopted(home.path());
        let found: BTreeSet<u64> = all.iter().copied().collect();
        assert_eq!(found.len(), all.len(), "a span arrived twice");
        let missing = (1..=acknowledged).find(|n| !found.contains(n));
        assert_eq!(missing, None, "of {acknowledged}");
        // At most the one that it was about to acknowledge.
        assert!(found.last().is_none_or(|last| *last <= acknowledged + 1));
    }
}

#[test]
fn spans_beside_a_full_arena_are_counted_by_whoever_comes_next() {
    const SPANS: u64 = 3_000;
    if let Some(home) = child::home() {
        let directory = Directory::create(&home, DESTINATION).unwrap();
        let header = Header {
            id: directory.instance(),
            boot_id: [0; 16],
            destination: ALL_DESTINATIONS,
            flags: 0,
        };
        let path = home.join(format!("{}.arena", hex(&header.id)));
        directory.note_arena(Some(&path)).unwrap();
        // One unit: most spans find no room.
        registry::install(Arena::create(&path, 0, &header).unwrap(), b"");
        (0..SPANS).for_each(write_span);
        std::process::abort();
    }
    let home = tempfile::tempdir().unwrap();
    let name = "spans_beside_a_full_arena_are_counted_by_whoever_comes_next";
    let output = child::command(name, home.path()).output().unwrap();
    assert_eq!(output.status.code(), None, "{output:?}");

    let next = Adopter::new(home.path());
    let adopted = next.adopt(ALL_DESTINATIONS, Segments::Send);
    let ledger = next.queue.ledger();
    assert!((100..SPANS).contains(&adopted), "{adopted}");
    let lost = ledger.lost_to(LossReason::Killed);
    assert_eq!(adopted + lost, SPANS);
    assert_eq!((ledger.adopted, ledger.lost), (SPANS, lost));
    let told = next.told.lock().unwrap().join("\n");
    assert!(told.contains(&format!("{lost} of them are lost")), "{told}");
    // Once is enough.
    next.adopt(ALL_DESTINATIONS, Segments::Send);
    assert_eq!(next.queue.ledger(), ledger);
}

#[test]
fn a_forked_child_that_exits_leaves_the_chunk_to_its_parent() {
    const NAME: &str = "a_forked_child_that_exits_leaves_the_chunk_to_its_parent";
    let Some(home) = child::home() else {
        let home = tempfile::tempdir().unwrap();
        return child::succeed(child::command(NAME, home.path()));
    };
    let recording = Recording::begin(&home);
    fork::turn_on(fork::INITIALIZED);
    write(&[start(1, 0)]);

    // SAFETY: the child of this process of several threads only exits, which
    // runs the destructors of thread-locals and nothing that takes a lock of ours.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        let is_written = thread::append(|out| out.bytes(&start(2, 0)));
        std::process::exit(i32::from(is_written));
    }
    let mut status = 0;
    // SAFETY: `status` is a valid place for the answer.
    assert_eq!(unsafe { libc::waitpid(pid, &raw mut status, 0) }, pid);
    assert_eq!(status, 0, "the child wrote, or died");

    let chunks = pool::active();
    assert_eq!((chunks.len(), chunks[0].is_sealed()), (1, false));
    write(&[end(1)]);
    let mut join = Join::new(Sites::default());
    let mut seen = Seen::default();
    join.pass(&[chunks[0].unread()], ANCHOR, &mut seen);
    assert_eq!((seen.spans.len(), join.open_len()), (1, 0));
    std::fs::remove_file(recording.arena.path().unwrap()).unwrap();
}
