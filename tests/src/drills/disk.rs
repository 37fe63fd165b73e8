//! Disks that are full, cannot be written, or may not hold large files.

use std::time::{Duration, Instant};

use crate::child::{Child, Program};
use crate::drills::plan::{Plan, Verdict, say};
use crate::drills::stage::{Ledger, PATIENCE, Stage};

/// After so long what is made goes to the disk again.
const RESUMED: Duration = Duration::from_secs(5);
/// KiB that a program may take while nothing can be written: the ring, plain chunks, and itself.
const MEMORY: u64 = 200 << 10;

/// A disk that fails: what the shell does before it runs the program.
struct Trouble {
    name: &'static str,
    /// Whether mounts of its own are needed.
    is_mounted: bool,
    script: &'static str,
}

const TROUBLES: [Trouble; 4] = [
    Trouble {
        name: "64 KiB",
        is_mounted: true,
        script: "mkdir -p $AGENTOPS_HOME && mount -t tmpfs -o size=64k none $AGENTOPS_HOME && exec \"$0\" \"$@\"",
    },
    Trouble {
        name: "/dev/full",
        is_mounted: false,
        script: "AGENTOPS_HOME=/dev/full exec \"$0\" \"$@\"",
    },
    Trouble {
        name: "read-only",
        is_mounted: true,
        script: "mkdir -p $AGENTOPS_HOME && mount -t tmpfs -o ro none $AGENTOPS_HOME && exec \"$0\" \"$@\"",
    },
    Trouble {
        name: "RLIMIT_FSIZE",
        is_mounted: false,
        script: "ulimit -f 3072 && exec \"$0\" \"$@\"",
    },
];

/// Runs a program on each, with the receiver up and down; then gives a full disk space again.
pub fn run(plan: &Plan) -> Verdict {
    let mut verdict = Verdict::default();
    let can_mount = can_mount();
    if !can_mount {
        say("disk: skipped: 64 KiB, read-only, space that returns: no mounts of one's own here");
    }
    for trouble in TROUBLES
        .iter()
        .filter(|trouble| can_mount || !trouble.is_mounted)
    {
        for is_up in [true, false] {
            fails(plan, trouble, is_up, &mut verdict);
        }
    }
    if can_mount {
        returns(plan, &mut verdict);
    }
    verdict
}

/// Whether programs may have mounts of their own.
fn can_mount() -> bool {
    let script = "mount -t tmpfs none /mnt";
    let unshare = Program::new("unshare")
        .arg("-rm")
        .arg("sh")
        .arg("-c")
        .arg(script);
    unshare
        .spawn_if_there()
        .is_some_and(|child| child.wait(PATIENCE).status.success())
}

/// The program, started by a shell; with mounts of its own where it needs them.
fn start(stage: &Stage, script: &str, is_mounted: bool, arguments: &str) -> Child {
    let script = match is_mounted {
        // `$0` and `$@` are handed on.
        true => format!("exec unshare -rm sh -c '{script}' \"$0\" \"$@\""),
        false => script.to_owned(),
    };
    stage.through_shell(&script, arguments).spawn()
}

fn fails(plan: &Plan, trouble: &Trouble, is_up: bool, verdict: &mut Verdict) {
    let part = format!("{}, receiver up: {is_up}", trouble.name);
    let spans = plan.number("spans", 4_000, 100_000);
    // What the program tells goes to files, too, for which the limit holds as well.
    let spans = if trouble.script.starts_with("ulimit") {
        spans.min(20_000)
    } else {
        spans
    };
    let stage = Stage::new(&plan.drilled);
    if !is_up {
        stage.collector().answer_always(503, &[], []);
    }
    let mut child = start(
        &stage,
        trouble.script,
        trouble.is_mounted,
        &format!("make 2 {spans} 0"),
    );
    child.wait_for_stdout("ready", PATIENCE);
    let flushed = Ledger::asked(&mut child, "flush");
    verdict.expect(flushed.get("ended") == spans, || {
        format!("{part}: {flushed:?}")
    });
    let kept = flushed.get("buffered");
    if !is_up {
        // Nothing can be written: all is in memory, but for what that has no room for.
        verdict.expect(kept > 0 && flushed.get("delivered") == 0, || {
            format!("{part}: {flushed:?}")
        });
    }
    stage.collector().answer_with(|_| None);
    let ledger = Ledger::asked(&mut child, "deliver");
    let resident = resident_kib(&child);
    let exit = child.wait(PATIENCE);
    exit.assert_success();
    verdict.expect(!exit.stderr.contains("panicked"), || {
        format!("{part}: {}", exit.stderr)
    });
    verdict.expect(resident < MEMORY, || format!("{part}: {resident} KiB"));
    let compared = stage.compare();
    verdict.add(&compared);
    let said = ledger.get("lost");
    verdict.expect(compared.account.lost == said, || {
        format!(
            "{part}: lost {}, counted as lost {said}: {ledger:?}",
            compared.account.lost
        )
    });
    verdict.expect(exit.stderr.lines().count() <= 3, || {
        format!("{part}: {}", exit.stderr)
    });
    say(&format!(
        "disk: {part}: lost {said}, in memory {kept}, resident {resident} KiB, lines on stderr {}",
        exit.stderr.lines().count()
    ));
}

/// A full disk that has space again: what waits in memory and what comes goes there.
fn returns(plan: &Plan, verdict: &mut Verdict) {
    let spans = plan.number("spans", 4_000, 100_000);
    let stage = Stage::new(&plan.drilled);
    stage.collector().answer_always(503, &[], []);
    let go = stage.home().join("go");
    let script = format!(
        "mkdir -p $AGENTOPS_HOME && mount -t tmpfs -o size=64k none $AGENTOPS_HOME && mkfifo {0} && \
         {{ {{ read word && mount -o remount,size=1g $AGENTOPS_HOME; }} < {0} & }} && exec \"$0\" \"$@\"",
        go.display()
    );
    let mut child = start(&stage, &script, true, &format!("make 2 {spans} 0"));
    child.wait_for_stdout("ready", PATIENCE);
    let before = Ledger::asked(&mut child, "flush");
    verdict.expect(
        before.get("buffered") > 0 && before.get("durable") == 0,
        || format!("space that returns: {before:?}"),
    );
    std::fs::write(&go, "go\n").expect("the shell reads");
    let begun = Instant::now();
    let mut after = before.clone();
    while after.get("buffered") > 0 && begun.elapsed() < 2 * RESUMED {
        after = Ledger::asked(&mut child, "stats");
    }
    let resumed = begun.elapsed();
    let has_resumed = after.get("buffered") == 0 && after.get("durable") == 1;
    verdict.expect(has_resumed && resumed <= RESUMED, || {
        format!("space that returns: after {resumed:?} {after:?}")
    });
    child.send_line("more");
    child.wait_for_stdout("again", PATIENCE);
    stage.collector().answer_with(|_| None);
    let ledger = Ledger::asked(&mut child, "deliver");
    child.wait(PATIENCE).assert_success();
    let compared = stage.compare();
    verdict.add(&compared);
    verdict.expect(compared.account.lost == ledger.get("lost"), || {
        format!(
            "space that returns: lost {}, {ledger:?}",
            compared.account.lost
        )
    });
    say(&format!(
        "disk: space returned, and what waited in memory was written after {} ms; lost {}",
        resumed.as_millis(),
        compared.account.lost
    ));
}

/// Memory of a program that is in use.
fn resident_kib(child: &Child) -> u64 {
    let status =
        std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line.and_then(|line| line.trim().strip_suffix(" kB"));
    digits
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(u64::MAX)
}
