//! Every way in which a program ends: what had ended by then is delivered.

use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::ExitStatus;

use crate::child::{Exit, Program};
use crate::drills::plan::{Plan, Verdict, say};
use crate::drills::stage::{PATIENCE, Stage};

/// Signals that end a program.
const SIGNALS: [&str; 3] = ["TERM", "INT", "HUP"];

/// Ways that a program ends by itself.
const ENDINGS: [&str; 11] = [
    "return",
    "exit",
    "exit-7",
    "abort",
    "panic",
    "panic-abort",
    "static",
    "fork-parent",
    "fork-child",
    "runtime",
    "runtime-current",
];

/// A way in which a program ends, and the program.
#[derive(Clone, Copy, Debug)]
struct Way<'a> {
    program: &'a Path,
    ending: &'static str,
    /// What ends it, if it does not end by itself.
    signal: Option<&'static str>,
    /// Whether the program is one that panics abort.
    aborts: bool,
}

/// Ends a program in each way, with the receiver up and with it down.
pub fn run(plan: &Plan) -> Verdict {
    let spans = plan.number("spans", 100, 500);
    let mut verdict = Verdict::default();
    let ways = ways(plan);
    for way in &ways {
        for is_up in [true, false] {
            ends(*way, &mut verdict, is_up, spans);
        }
    }
    say(&format!(
        "exits: ways {}, {spans} spans each",
        2 * ways.len()
    ));
    verdict
}

fn ways(plan: &Plan) -> Vec<Way<'_>> {
    let way = |ending, signal| Way {
        program: &plan.drilled,
        ending,
        signal,
        aborts: false,
    };
    let mut ways: Vec<_> = ENDINGS.map(|ending| way(ending, None)).into();
    ways.extend(SIGNALS.map(|signal| way("signal", Some(signal))));
    match &plan.aborting {
        Some(program) => ways.push(Way {
            program,
            aborts: true,
            ..way("panic", None)
        }),
        None => {
            say("exits: no program was built so that panics abort it (`cargo xtask drill` does)");
        }
    }
    ways
}

fn ends(way: Way<'_>, verdict: &mut Verdict, is_up: bool, spans: u64) {
    let Way {
        program,
        ending,
        signal,
        ..
    } = way;
    let part = format!(
        "{ending} {}{}, receiver up: {is_up}",
        signal.unwrap_or_default(),
        if way.aborts { "that aborts" } else { "" },
    );
    let stage = Stage::new(program);
    if !is_up {
        stage.collector().answer_always(503, &[], []);
    }
    let arguments = format!("end {spans} {ending}");
    // Who runs this in the background has it ignore signals, and all programs below it.
    let reset = "exec env --default-signal=TERM,INT,HUP \"$0\" \"$@\"";
    let exit = end(stage.through_shell(reset, &arguments), signal);
    let without = Stage::new(program);
    let program = without
        .through_shell(reset, &arguments)
        .env("OTEL_SDK_DISABLED", "true");
    let usual = end(program, signal).status;
    verdict.expect(exit.status == usual, || {
        format!(
            "{part}: ended with {}, without us with {usual}",
            exit.status
        )
    });
    verdict.expect(is_as_meant(usual, way), || {
        format!("{part}: ended with {usual}: {}", exit.stderr)
    });
    stage.collector().answer_with(|_| None);
    stage.deliver();
    let compared = stage.compare();
    let (told, made) = (compared.account.ended, spans / 8 * 8);
    verdict.expect(told >= made, || {
        format!("{part}: only {told} spans were told")
    });
    verdict.add_whole(&part, &compared);
}

/// Runs a program to its end, by a signal if one is given.
fn end(program: Program, signal: Option<&str>) -> Exit {
    let child = program.spawn();
    if let Some(signal) = signal {
        child.wait_for_stdout("ready", PATIENCE);
        let kill = Program::new("kill").arg(format!("-{signal}"));
        kill.arg(child.id().to_string())
            .run(PATIENCE)
            .assert_success();
    }
    child.wait(PATIENCE)
}

/// Whether the drill did to the program what it says.
fn is_as_meant(status: ExitStatus, way: Way<'_>) -> bool {
    match (way.ending, way.signal) {
        ("abort" | "panic-abort", _) => status.signal() == Some(libc::SIGABRT),
        ("panic", _) if way.aborts => status.signal() == Some(libc::SIGABRT),
        ("panic", _) => status.code() == Some(101),
        ("exit-7", _) => status.code() == Some(7),
        (_, Some("TERM")) => status.signal() == Some(libc::SIGTERM),
        (_, Some("INT")) => status.signal() == Some(libc::SIGINT),
        (_, Some(_)) => status.signal() == Some(libc::SIGHUP),
        _ => status.success(),
    }
}
