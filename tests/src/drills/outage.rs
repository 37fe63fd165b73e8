//! The receiver is down for minutes, then comes back.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use crate::collector::Collector;
use crate::drills::plan::{Plan, Verdict, say};
use crate::drills::stage::{PATIENCE, Stage};

/// Memory may grow by so much, in KiB, once the program has warmed up.
const GROWTH: u64 = 32 << 10;

/// What a run cost.
#[derive(Clone, Copy, Debug)]
struct Cost {
    /// Nanoseconds of a call in the middle, and of the slowest hundredth.
    p50: u64,
    p99: u64,
    /// Resident KiB after a tenth of the time, and at most.
    warm: u64,
    most: u64,
}

/// Makes spans at `rate` a second with the receiver up, and then with it down, each `down` seconds.
pub fn run(plan: &Plan) -> Verdict {
    let (secs, rate) = (
        plan.number("down", 3, 120),
        plan.number("rate", 1_000, 1_000),
    );
    let mut verdict = Verdict::default();
    let [up, down] = [true, false].map(|is_up| paced(plan, &mut verdict, (secs, rate), is_up));
    let line = |cost: Cost| {
        format!(
            "p50 {} ns, p99 {} ns, {} KiB warm, {} KiB at most",
            cost.p50, cost.p99, cost.warm, cost.most
        )
    };
    say(&format!(
        "outage: up for {secs} s at {rate}/s: {}",
        line(up)
    ));
    say(&format!(
        "outage: down for {secs} s at {rate}/s: {}",
        line(down)
    ));
    for (name, cost) in [("up", up), ("down", down)] {
        verdict.expect(cost.most <= cost.warm + GROWTH, || {
            format!("memory grew, {name}: {}", line(cost))
        });
    }
    // The machine has other work: this tells a caller that waits from one that does not.
    verdict.expect(down.p50 <= 2 * up.p50 + 1_000, || {
        "calls are slower with it down".to_owned()
    });
    verdict.expect(down.p99 <= 3 * up.p99 + 20_000, || {
        "slow calls are slower with it down".to_owned()
    });
    verdict
}

fn paced(plan: &Plan, verdict: &mut Verdict, (secs, rate): (u64, u64), is_up: bool) -> Cost {
    // An address that nothing else uses, so that its port stays free while it is down.
    let last = u8::from(is_up) + 1;
    let collector = Collector::start_on(SocketAddr::from((Ipv4Addr::new(127, 73, 0, last), 0)));
    let addr = collector.addr();
    let stage = Stage::with(&plan.drilled, collector);
    if !is_up {
        stage.collector().stop();
    }
    let child = stage.program(&format!("pace {rate} {secs}")).spawn();
    child.wait_for_stdout("paced", PATIENCE);
    let successor = (!is_up).then(|| Collector::start_on(addr));
    let exit = child.wait(PATIENCE);
    exit.assert_success();
    let receiver = successor.as_ref().unwrap_or(stage.collector());
    let compared = stage.compare_with(&receiver.spans());
    verdict.add_whole(if is_up { "up" } else { "down" }, &compared);
    cost(&exit.stdout, &plan.drilled)
}

fn cost(stdout: &str, program: &Path) -> Cost {
    let line = stdout.lines().find_map(|line| line.strip_prefix("cost "));
    let line = line.unwrap_or_else(|| panic!("{} said no cost: {stdout}", program.display()));
    let words: Vec<&str> = line.split(' ').collect();
    let figure = |name: &str| -> u64 {
        let at = words.iter().position(|word| *word == name);
        let value = at.and_then(|at| words.get(at + 1)?.parse().ok());
        value.unwrap_or_else(|| panic!("no {name} in {line}"))
    };
    Cost {
        p50: figure("p50"),
        p99: figure("p99"),
        warm: figure("warm"),
        most: figure("most"),
    }
}
