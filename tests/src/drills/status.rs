//! Every status that is no success, with `Retry-After` in every form; a span that is refused.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use agentops_spool::segment::reader::SegmentReader;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message as _;

use crate::answer::Answer;
use crate::drills::compare::Compared;
use crate::drills::made::Made;
use crate::drills::plan::{Plan, Verdict, say};
use crate::drills::stage::{Ledger, PATIENCE, Stage};
use crate::spans::Spans;
use crate::store::{Payload, Request};

/// What `Retry-After` says, and how many seconds must pass at least before the next request.
const FORMS: [(Option<&str>, u64); 12] = [
    (None, 0),
    (Some("0"), 0),
    (Some("1"), 1),
    (Some(" 2 "), 2),
    (Some("in two seconds, as a date"), 2),
    (Some("Thu, 01 Jan 1970 00:00:00 GMT"), 0),
    (Some("-1"), 0),
    (Some("1.5"), 0),
    (Some("NaN"), 0),
    (Some("inf"), 0),
    (Some("soon"), 0),
    (Some("Thu, 32 Foo 2026 99:99:99 GMT"), 0),
];

/// As long as this no drill waits: the next request must not come at all.
const FOREVER: [&str; 2] = ["600", "86400"];

/// Programs that run at a time; they wait most of the time.
const WORKERS: usize = 12;

/// One status, and what is said of when to come again.
#[derive(Clone, Copy, Debug)]
struct Case {
    status: u16,
    retry_after: Option<&'static str>,
    secs: u64,
}

/// Answers the first request with each status and form; then one span of many is refused.
pub fn run(plan: &Plan) -> Verdict {
    let mut random = plan.random("status");
    let mut cases: Vec<Case> = (300..600).flat_map(of_status).collect();
    let limit = usize::try_from(plan.number("cases", 60, u64::MAX)).unwrap_or(usize::MAX);
    while cases.len() > limit {
        cases.swap_remove(random.index(cases.len()));
    }
    let ran = cases.len();
    let work = Mutex::new(cases);
    let verdict = Mutex::new(Verdict::default());
    let take = || work.lock().unwrap_or_else(PoisonError::into_inner).pop();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(case) = take() {
                    let outcome = first_answer(plan, case);
                    let mut verdict = verdict.lock().unwrap_or_else(PoisonError::into_inner);
                    verdict.add_whole(&format!("{case:?}"), &outcome.0);
                    verdict.wrong.extend(outcome.1);
                }
            });
        }
    });
    let mut verdict = verdict.into_inner().unwrap_or_else(PoisonError::into_inner);
    say(&format!("status: cases {ran}"));
    never_again(plan, &mut verdict);
    poison(
        plan,
        &mut verdict,
        random.below(plan.number("spans", 1_000, 10_000) / 4),
    );
    verdict
}

fn of_status(status: u16) -> impl Iterator<Item = Case> {
    FORMS.iter().map(move |(retry_after, secs)| Case {
        status,
        retry_after: *retry_after,
        secs: *secs,
    })
}

impl Case {
    /// Whether a server that answers so takes the request later: others say when for nothing.
    fn is_later(self) -> bool {
        !matches!(self.status, 300..500)
            || matches!(self.status, 401 | 403 | 404 | 405 | 408 | 415 | 429)
    }

    fn answer(self) -> Answer {
        let date;
        let value = match self.retry_after {
            Some("in two seconds, as a date") => {
                // Dates are whole seconds: as said now, it is more than two and at most three.
                date = date_in(self.secs + 1);
                Some(date.as_str())
            }
            value => value,
        };
        let header = value.map(|value| ("retry-after", value));
        Answer::new(self.status, header.as_slice(), [])
    }
}

/// Delivers some spans to a receiver that does not take the first request.
fn first_answer(plan: &Plan, case: Case) -> (Compared, Option<String>) {
    let stage = Stage::new(&plan.drilled);
    let times = Arc::<Mutex<Vec<Instant>>>::default();
    let noted = Arc::clone(&times);
    stage.collector().answer_with(move |request| {
        // One span that is refused alone is refused for good.
        if !case.is_later() && count(&request.payload) < 2 {
            return None;
        }
        let mut times = noted.lock().unwrap_or_else(PoisonError::into_inner);
        times.push(Instant::now());
        (times.len() == 1).then(|| case.answer())
    });
    let mut child = stage.program("make 1 24 0").spawn();
    child.wait_for_stdout("ready", PATIENCE);
    child.send_line("deliver");
    child.wait(PATIENCE).assert_success();
    let times = times.lock().unwrap_or_else(PoisonError::into_inner);
    let pause = times.get(1).map(|second| *second - times[0]);
    let least = Duration::from_secs(case.secs);
    let is_early = case.is_later() && pause.is_some_and(|pause| pause < least);
    let early = is_early.then(|| format!("{case:?}: asked again after {pause:?}"));
    (stage.compare(), early)
}

/// A receiver that says when to come again, which is after the program has ended.
fn never_again(plan: &Plan, verdict: &mut Verdict) {
    for retry_after in FOREVER {
        let stage = Stage::new(&plan.drilled);
        stage
            .collector()
            .answer_always(503, &[("retry-after", retry_after)], []);
        let mut child = stage.program("make 1 24 0").spawn();
        child.wait_for_stdout("ready", PATIENCE);
        stage
            .collector()
            .wait_for(|store| !store.requests().is_empty(), PATIENCE);
        let before = stage.collector().requests().len();
        for _ in 0..3 {
            child.send_line("more");
            // Whoever waits for a flush does not make the next request come earlier.
            let ledger = Ledger::asked(&mut child, "flush");
            verdict.expect(ledger.get("delivered") == 0, || format!("{ledger:?}"));
        }
        let exit = child.wait(PATIENCE);
        exit.assert_success();
        let requests = stage.collector().requests().len();
        verdict.expect(requests == before, || {
            format!("Retry-After {retry_after}: {requests} requests in the same program")
        });
        stage.collector().answer_with(|_| None);
        stage.deliver();
        verdict.add_whole(&format!("Retry-After {retry_after}"), &stage.compare());
    }
}

/// Refuses whatever holds one span of many: that one is put aside, and no other.
fn poison(plan: &Plan, verdict: &mut Verdict, index: u64) {
    let spans = plan.number("spans", 1_000, 10_000);
    let stage = Stage::new(&plan.drilled);
    let poison = Made::of(0, 0, index);
    stage.collector().answer_with(move |request: &Request| {
        let Payload::Traces(traces) = &request.payload else {
            return None;
        };
        holds(traces, poison).then(|| Answer::new(400, &[], []))
    });
    let mut child = stage.program(&format!("make 4 {spans} 0")).spawn();
    child.wait_for_stdout("ready", PATIENCE);
    child.send_line("deliver");
    let exit = child.wait(PATIENCE);
    exit.assert_success();
    let ledger = Ledger::last(&exit);
    let mut compared = stage.compare();
    // That this one is undelivered is as it must be.
    let own = format!("lost: {poison:?}, ");
    compared.wrong.retain(|wrong| !wrong.starts_with(&own));
    verdict.add(&compared);
    verdict.expect(compared.lost == [poison], || {
        format!(
            "poison {poison:?}: {} undelivered, {:?}..",
            compared.lost.len(),
            compared.lost.first()
        )
    });
    let put_aside = (
        ledger.get("quarantined"),
        ledger.get("lost"),
        ledger.get("spooled"),
    );
    verdict.expect(put_aside == (1, 0, 0), || format!("poison: {ledger:?}"));
    let kept = quarantined(&stage);
    verdict.expect(kept.len() == 1 && holds(&kept[0], poison), || {
        format!("poison: {} bodies are kept", kept.len())
    });
    say(&format!(
        "status: poison 1 of {spans}, undelivered {}, put aside {}",
        compared.lost.len(),
        put_aside.0
    ));
}

/// Spans of a request.
fn count(payload: &Payload) -> usize {
    match payload {
        Payload::Traces(traces) => Spans::of([traces]).len(),
        _ => 0,
    }
}

fn holds(traces: &ExportTraceServiceRequest, made: Made) -> bool {
    let spans = Spans::of([traces]);
    spans.iter().any(|span| Made::read(span) == Some(made))
}

/// The bodies that were put aside.
fn quarantined(stage: &Stage) -> Vec<ExportTraceServiceRequest> {
    let is_aside = |path: &std::path::PathBuf| {
        path.extension()
            .is_some_and(|ending| ending == "quarantine")
    };
    let mut bodies = Vec::new();
    for path in stage.spooled().into_iter().filter(is_aside) {
        let bytes = std::fs::read(path).expect("the file can be read");
        let records = SegmentReader::new(&bytes).expect("it is a segment");
        let decode = |body: &[u8]| ExportTraceServiceRequest::decode(body).expect("it is OTLP");
        bodies.extend(records.map(|record| decode(record.body)));
    }
    bodies
}

/// The date so many seconds from now as HTTP writes it.
fn date_in(secs: u64) -> String {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let unix = since.as_secs() + secs;
    let (days, of_day) = (unix / 86_400, unix % 86_400);
    let (year, month, day) = civil(days);
    let weekday =
        ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][usize::try_from(days % 7).unwrap_or(0)];
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    format!(
        "{weekday}, {day:02} {} {year} {:02}:{:02}:{:02} GMT",
        months[month],
        of_day / 3_600,
        of_day / 60 % 60,
        of_day % 60
    )
}

/// Year, month from 0 and day of so many days after 1970 began.
fn civil(mut days: u64) -> (u64, usize, u64) {
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    (year, month, days + 1)
}
