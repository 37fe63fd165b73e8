//! More than the arena holds, and nobody to read it.

use std::fs::File;
use std::io;
use std::thread;

use crate::child::Child;
use crate::drills::compare::Compared;
use crate::drills::made::FAT;
use crate::drills::plan::{Plan, Verdict, say};
use crate::drills::stage::{Ledger, PATIENCE, Stage, overflowed};

/// A program whose arena has no room, killed: what it lost is counted by who comes next.
pub fn run(plan: &Plan) -> Verdict {
    let mut verdict = Verdict::default();
    killed(plan, &mut verdict, plan.number("spans", 28_000, 40_000));
    if !plan.is_short {
        // Nor is there room elsewhere.
        killed(plan, &mut verdict, plan.number("many", 0, 100_000));
    }
    alive(plan, &mut verdict);
    verdict
}

/// Adds a part of which spans are lost, and of others their end: that is what is drilled.
///
/// A span without its end arrives as incomplete, and is not lost.
fn add(verdict: &mut Verdict, compared: &Compared) {
    verdict.account += compared.account;
    verdict.account.altered -= compared.end_lost.len() as u64;
    let invented = compared.account.invented;
    verdict.expect(invented == 0, || format!("invented {invented}"));
}

/// The program, its reader held up: nobody reads what it prints, and it prints sessions.
fn held_up(stage: &Stage, arguments: &str) -> Child {
    let pipe = stage.home().join("pipe");
    let script = format!(
        "mkfifo {0} && exec 9<> {0} && exec \"$0\" \"$@\" 2>&9",
        pipe.display()
    );
    stage
        .through_shell(&script, arguments)
        .env("AGENTOPS_CONSOLE", "1")
        .env("DRILL_PROGRAM", FAT.to_string())
        .spawn()
}

/// The arena fills up, and what is kept elsewhere goes with the program. Who comes next says how
/// many spans these were.
fn killed(plan: &Plan, verdict: &mut Verdict, spans: u64) {
    let stage = Stage::new(&plan.drilled);
    let child = held_up(&stage, &format!("make 4 {spans} 0"));
    child.wait_for_stdout("ready", PATIENCE);
    let chunks: u64 = stage.arenas().iter().map(|arena| overflowed(arena)).sum();
    child.kill_9();
    let ledger = stage.deliver();
    let compared = stage.compare();
    add(verdict, &compared);
    let lost = compared.account.lost;
    verdict.expect(chunks > 0 && lost > 0, || {
        format!("killed: nothing overflowed, {chunks}, {lost}")
    });
    verdict.expect(ledger.get("lost") == lost, || {
        format!("killed: lost {lost}, counted by who adopts it {ledger:?}")
    });
    say(&format!(
        "overflow: killed: spans {spans}, chunks outside the arena {chunks}, lost {lost}, counted {}",
        ledger.get("lost")
    ));
}

/// The program lives on: its reader comes in the end, and what had no room at all is counted.
fn alive(plan: &Plan, verdict: &mut Verdict) {
    let spans = plan.number("many", 36_000, 60_000);
    let stage = Stage::new(&plan.drilled);
    let mut child = held_up(&stage, &format!("make 4 {spans} 0"));
    child.wait_for_stdout("ready", PATIENCE);
    // Somebody reads what was printed: all of it, to the end of the program.
    let pipe = File::open(stage.home().join("pipe")).expect("the pipe is there");
    let read = move || io::copy(&mut &pipe, &mut io::sink());
    let reading = thread::Builder::new()
        .spawn(read)
        .expect("the system has a thread left");
    let ledger = Ledger::asked(&mut child, "deliver");
    child.wait(PATIENCE).assert_success();
    drop(reading.join());
    let compared = stage.compare();
    add(verdict, &compared);
    let lost = compared.account.lost;
    verdict.expect(ledger.get("lost") == lost, || {
        format!("alive: lost {lost}, counted {ledger:?}")
    });
    say(&format!(
        "overflow: alive: lost {lost}, counted {}",
        ledger.get("lost")
    ));
}
