//! What survives a power cut is what was synced: how often that is, as the kernel sees it.

use std::fs;

use agentops_tests::Program;

use crate::{TIMEOUT, at_home, say, start};

/// Syncs that the program asks the kernel for while spans are flushed one by one; `None`, with the
/// reason told, where it cannot be watched.
fn syncs(durability: &str, flushes: usize) -> Option<usize> {
    let home = tempfile::tempdir().unwrap();
    let told = home.path().join("told");
    let watch = || {
        let watch = Program::new("strace").arg("-f").arg("-o").arg(&told);
        watch.arg("-e").arg("trace=fsync,fdatasync")
    };
    let has = Program::new("sh").arg("-c").arg("command -v strace");
    let can =
        has.run(TIMEOUT).status.success() && watch().arg("true").run(TIMEOUT).status.success();
    if !can {
        println!("skipped: no strace here, or it may not watch");
        return None;
    }
    let program = watch().arg(crate::COMMANDED).arg(durability);
    let lines: Vec<&str> = (0..flushes).flat_map(|_| ["record 1", "flush"]).collect();
    say(start(at_home(program, &home.path().join("home"))), &lines);
    let told = fs::read_to_string(told).unwrap();
    let is_segment = |line: &&str| line.contains("fdatasync(") && line.ends_with("= 0");
    Some(told.lines().filter(is_segment).count())
}

#[test]
fn where_durability_is_sync_each_batch_is_synced() {
    let Some(syncs) = syncs("sync", 20) else {
        return;
    };
    assert!(syncs >= 20, "{syncs} syncs of 20 batches");
}

#[test]
fn by_default_syncs_are_rare_and_the_last_comes_before_the_end() {
    let Some(syncs) = syncs("background", 20) else {
        return;
    };
    assert!((1..20).contains(&syncs), "{syncs} syncs of 20 batches");
}
