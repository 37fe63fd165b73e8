//! Every way in which a program ends: what had ended by then is delivered.

use std::os::unix::process::ExitStatusExt as _;
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

/// Ends a program in each way, with the receiver up and with it down.
pub fn run(plan: &Plan) -> Verdict {
    let spans = plan.number("spans", 100, 500);
    let mut verdict = Verdict::default();
    let endings = ENDINGS.map(|ending| (ending, None));
    let signals = SIGNALS.map(|signal| ("signal", Some(signal)));
    for (ending, signal) in endings.into_iter().chain(signals) {
        for is_up in [true, false] {
            let part = format!(
                "{ending} {}, receiver up: {is_up}",
                signal.unwrap_or_default()
            );
            ends(plan, &mut verdict, (&part, is_up), spans, ending, signal);
        }
    }
    say(&format!(
        "exits: ways {}, {spans} spans each",
        2 * (ENDINGS.len() + SIGNALS.len())
    ));
    verdict
}

fn ends(
    plan: &Plan,
    verdict: &mut Verdict,
    (part, is_up): (&str, bool),
    spans: u64,
    ending: &str,
    signal: Option<&str>,
) {
    let stage = Stage::new(&plan.drilled);
    if !is_up {
        stage.collector().answer_always(503, &[], []);
    }
    let arguments = format!("end {spans} {ending}");
    // Who runs this in the background has it ignore signals, and all programs below it.
    let reset = "exec env --default-signal=TERM,INT,HUP \"$0\" \"$@\"";
    let exit = end(stage.through_shell(reset, &arguments), signal);
    let without = Stage::new(&plan.drilled);
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
    verdict.expect(is_as_meant(usual, ending, signal), || {
        format!("{part}: ended with {usual}: {}", exit.stderr)
    });
    stage.collector().answer_with(|_| None);
    stage.deliver();
    let compared = stage.compare();
    let (told, made) = (compared.account.ended, spans / 8 * 8);
    verdict.expect(told >= made, || {
        format!("{part}: only {told} spans were told")
    });
    verdict.add_whole(part, &compared);
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
fn is_as_meant(status: ExitStatus, ending: &str, signal: Option<&str>) -> bool {
    match (ending, signal) {
        ("abort" | "panic-abort", _) => status.signal() == Some(libc::SIGABRT),
        ("panic", _) => status.code() == Some(101),
        ("exit-7", _) => status.code() == Some(7),
        (_, Some("TERM")) => status.signal() == Some(libc::SIGTERM),
        (_, Some("INT")) => status.signal() == Some(libc::SIGINT),
        (_, Some(_)) => status.signal() == Some(libc::SIGHUP),
        _ => status.success(),
    }
}
