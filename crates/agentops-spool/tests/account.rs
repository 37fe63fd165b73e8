//! Whatever happens to a queue, every item of it is accounted for.

mod support;

use std::fs;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use support::queues::{Fixture, drain};

const MIB: usize = 1 << 20;

/// What happens to a queue.
#[derive(Clone, Debug)]
enum Step {
    Append(usize, u32),
    Take(usize),
    Deliver(u64),
    Quarantine,
    Fail,
    Seal,
    Sync,
    BreakDisk,
    MendDisk,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..400_000_usize, 0..5_u32).prop_map(|(len, items)| Step::Append(len, items)),
        3 => (0..MIB).prop_map(Step::Take),
        3 => (0..3_u64).prop_map(Step::Deliver),
        1 => Just(Step::Quarantine),
        1 => Just(Step::Fail),
        1 => Just(Step::Seal),
        1 => Just(Step::Sync),
        1 => Just(Step::BreakDisk),
        2 => Just(Step::MendDisk),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_account_balances_after_every_step(steps in vec(step(), 1..60)) {
        let f = Fixture::new();
        let mut taken = None;
        for step in &steps {
            match (step, &taken) {
                (Step::Append(len, items), _) => f.queue.append(&vec![1; *len], *items, 0, false),
                (Step::Take(most), _) => taken = f.queue.next(*most),
                (Step::Deliver(rejected), Some(parcel)) => f.queue.delivered(parcel, *rejected),
                (Step::Quarantine, Some(parcel)) => f.queue.quarantine(parcel),
                (Step::Fail, _) => f.queue.attempt_failed(Duration::ZERO, false),
                (Step::Seal, _) => f.queue.seal(),
                (Step::Sync, _) => f.queue.sync(),
                (Step::BreakDisk, _) => drop(fs::remove_dir_all(f.home.path())),
                (Step::MendDisk, _) => drop(fs::create_dir(f.home.path())),
                (Step::Deliver(_) | Step::Quarantine, None) => {}
            }
            let ledger = f.queue.ledger();
            prop_assert!(ledger.balances(), "{step:?}: {ledger:?}");
        }
        drain(&f.queue);
        let ledger = f.queue.ledger();
        prop_assert!(ledger.balances(), "{ledger:?}");
        prop_assert_eq!(ledger.spooled + ledger.buffered, 0);
    }
}
