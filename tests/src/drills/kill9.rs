//! `kill -9` at random points; the next program delivers what had ended.

use std::hint;
use std::time::{Duration, Instant};

use crate::drills::plan::{Plan, Verdict, say};
use crate::drills::stage::{PATIENCE, Stage, overflowed};

/// Threads that make spans.
const THREADS: u64 = 4;

/// Kills `runs` programs that make `spans` spans each.
pub fn run(plan: &Plan) -> Verdict {
    let (runs, spans) = (
        plan.number("runs", 4, 100),
        plan.number("spans", 6_000, 100_000),
    );
    let mut random = plan.random("kill9");
    let (mut verdict, mut incomplete) = (Verdict::default(), 0);
    for run in 0..runs {
        let stage = Stage::new(&plan.drilled);
        // With the receiver up, segments come and go while the program is killed.
        let is_up = random.below(2) == 0;
        if !is_up {
            stage.collector().answer_always(503, &[], []);
        }
        let reached = random.below(spans / THREADS);
        let arguments = format!("make {THREADS} {spans} {reached}");
        let child = stage.program(&arguments).spawn();
        child.wait_for_stdout("reached", PATIENCE);
        wait_by_chance(Duration::from_micros(random.below(5_000)));
        child.kill_9();
        stage.collector().answer_with(|_| None);
        let overflow: u64 = stage.arenas().iter().map(|arena| overflowed(arena)).sum();
        if overflow > 0 {
            say(&format!(
                "kill9: run {run}: chunks outside the arena {overflow}"
            ));
        }
        stage.deliver();
        let compared = stage.compare();
        verdict.add_whole(&format!("run {run}"), &compared);
        incomplete += compared.incomplete;
        verdict.expect(stage.arenas().is_empty(), || {
            format!("run {run}: an arena is left")
        });
    }
    say(&format!(
        "kill9: runs {runs}, open at the end and delivered as incomplete {incomplete}"
    ));
    verdict
}

/// Lets so much time pass, so that the kill comes at any point of what goes on.
pub(crate) fn wait_by_chance(time: Duration) {
    let begun = Instant::now();
    while begun.elapsed() < time {
        hint::spin_loop();
    }
}
