//! Senders that run until a test has what it waits for.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use agentops_spool::ledger::Ledger;
use agentops_spool::segment::reader::SegmentReader;
use agentops_spool::send::client::Client;
use agentops_spool::send::endpoint::Endpoint;
use agentops_spool::send::sender::Sender;

use crate::support::queues::Fixture;

/// Longer than anything takes.
pub(crate) const LONG: Duration = Duration::from_secs(20);

/// Runs a sender until `is_done`, which is asked after each attempt.
#[track_caller]
pub(crate) fn send_until(f: &Fixture, endpoint: Endpoint, is_done: impl Fn(&Ledger) -> bool) {
    let client = Client::new(endpoint);
    let sender = Sender::new(Arc::clone(&f.queue), client, Arc::clone(&f.notices));
    let deadline = Instant::now() + LONG;
    thread::scope(|scope| {
        scope.spawn(|| sender.run());
        while !is_done(&f.queue.ledger()) && !f.queue.is_closing() && Instant::now() < deadline {
            f.queue.wait_until_settled(deadline);
            f.assert_balanced();
            thread::yield_now();
        }
        f.queue.close();
    });
    let ledger = f.queue.ledger();
    assert!(is_done(&ledger), "{ledger:?} {:?}", f.told());
    assert!(ledger.balances(), "{ledger:?}");
}

pub(crate) fn all_delivered(ledger: &Ledger) -> bool {
    ledger.delivered == ledger.ended
}

/// Whether nothing is left to send.
pub(crate) fn all_settled(ledger: &Ledger) -> bool {
    ledger.spooled + ledger.buffered == 0
}

impl Fixture {
    /// The bodies that were put aside.
    pub(crate) fn put_aside(&self) -> Vec<Vec<u8>> {
        let names = self.files(".quarantine").into_iter();
        names
            .flat_map(|name| {
                let bytes = std::fs::read(self.home.path().join(name)).unwrap();
                let records = SegmentReader::new(&bytes).unwrap();
                let bodies: Vec<_> = records.map(|record| record.body.to_vec()).collect();
                bodies
            })
            .collect()
    }
}
