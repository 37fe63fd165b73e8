//! Secrets on all ways into the product, and wherever they must not come out.

use std::collections::BTreeMap;
use std::fs;

use crate::drills::canary::{CHANNELS, Canary};
use crate::drills::plan::{Plan, Verdict, say};
use crate::drills::stage::{PATIENCE, Stage};

/// What goes into headers: it is sent, as headers, and is nowhere else.
const HEADER_SECRETS: [&str; 2] = ["H9eaderC4naryOne7", "H9eaderC4naryTwo8"];
/// What stands in settings that cannot be used.
const BAD_SECRET: &str = "B4dSettingC4nary5";

/// So many places are named of each way in.
const NAMED: u64 = 5;

/// A place and what is found there; bytes that are no text are none of a canary's.
type Place = (String, String);

/// Lets 200 secrets in and looks for them in the spool, on the wire, in output and in `Debug`.
pub fn run(plan: &Plan) -> Verdict {
    let mut verdict = Verdict::default();
    let places = places(plan);
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    let needles = Canary::all().map(|canary| (CHANNELS[canary.channel], canary.needle()));
    let headers = HEADER_SECRETS.map(|secret| ("header", secret.to_owned()));
    let bad = [("bad setting", BAD_SECRET.to_owned())];
    let mut canaries = 0;
    for (channel, needle) in needles.chain(headers).chain(bad) {
        canaries += 1;
        for (place, text) in &places {
            if text.contains(&needle) {
                let places = found.entry(channel).or_default();
                *places += 1;
                if *places <= NAMED {
                    verdict
                        .wrong
                        .push(format!("{channel}: {needle} in {place}"));
                }
            }
        }
    }
    let size: usize = places.iter().map(|(_, text)| text.len()).sum();
    verdict.expect(size > 50_000, || {
        format!("only {size} bytes were looked at")
    });
    say(&format!(
        "secrets: {canaries} canaries, {} places, {size} bytes, found {found:?}",
        places.len()
    ));
    // The secret as such is no span; what is altered is that a receiver could read it.
    verdict.account.ended = canaries;
    verdict.account.altered = found.values().sum();
    verdict.account.delivered = canaries;
    verdict
}

/// Everything that may not hold any of them.
fn places(plan: &Plan) -> Vec<Place> {
    let stage = Stage::new(&plan.drilled);
    stage.collector().answer_always(503, &[], []);
    let headers = format!(
        "authorization=Bearer {},x-api-key={}",
        HEADER_SECRETS[0], HEADER_SECRETS[1]
    );
    let equip = |arguments: &str| {
        let program = stage.program(arguments);
        program
            .env("OTEL_EXPORTER_OTLP_HEADERS", &headers)
            .env("AGENTOPS_CAPTURE_CONTENT", "1")
            .env("AGENTOPS_CONSOLE", "1")
    };
    let child = equip("secrets").spawn();
    child.wait_for_stdout("ready", PATIENCE);
    let mut places = spool(&stage, "spool of a program that runs");
    let killed = child.kill_9();
    places.push(("stdout".to_owned(), killed.stdout));
    places.push(("stderr".to_owned(), killed.stderr));
    places.extend(spool(&stage, "spool of a program that was killed"));
    stage.collector().answer_with(|_| None);
    let exit = equip("deliver").run(PATIENCE);
    exit.assert_success();
    places.push(("stderr of the next".to_owned(), exit.stderr));
    for request in stage.collector().requests() {
        places.push((
            format!("{} of a request", request.path),
            String::from_utf8_lossy(&request.body).into_owned(),
        ));
        places.push(("path of a request".to_owned(), request.path));
    }
    places.extend(bad_settings(&stage));
    places
}

/// All files and their names.
fn spool(stage: &Stage, of: &str) -> Vec<Place> {
    let files = stage.spooled().into_iter();
    files
        .flat_map(|path| {
            let name = path.display().to_string();
            let mut bytes = fs::read(&path).unwrap_or_default();
            // Most of a file is what was allocated ahead.
            bytes.truncate(
                bytes
                    .iter()
                    .rposition(|byte| *byte != 0)
                    .map_or(0, |last| last + 1),
            );
            let bytes = String::from_utf8_lossy(&bytes).into_owned();
            [
                (format!("name of {name}"), name.clone()),
                (format!("{of}: {name}"), bytes),
            ]
        })
        .collect()
}

/// What is said of settings that cannot be used.
fn bad_settings(stage: &Stage) -> Vec<Place> {
    let secret = BAD_SECRET;
    let settings = [
        ("OTEL_EXPORTER_OTLP_HEADERS", secret.to_owned()),
        ("OTEL_EXPORTER_OTLP_HEADERS", format!("a b={secret}")),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            format!("authorization={secret}%0d%0a"),
        ),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            format!("http://user:{secret}@127.0.0.1:9"),
        ),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            format!("ftp://user:{secret}@127.0.0.1:9"),
        ),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            format!("http://127.0.0.1:9/?api_key={secret}"),
        ),
        ("AGENTOPS_API_KEY", secret.to_owned()),
    ];
    let mut places = Vec::new();
    for (name, value) in settings {
        let exit = stage
            .program("end 8 return")
            .env(name, &value)
            .run(PATIENCE);
        for (output, text) in [("stdout", exit.stdout), ("stderr", exit.stderr)] {
            places.push((format!("{output} where {name} is bad"), text));
        }
    }
    places.extend(spool(stage, "spool of bad settings"));
    places
}
