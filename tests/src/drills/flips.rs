//! Flipped bits, cut and lengthened files, and files of a newer version.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

use agentops_spool::segment::reader::SegmentReader;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span as ProtoSpan;
use prost::Message as _;

use crate::drills::made::{Made, is_incomplete};
use crate::drills::plan::{Plan, Verdict, say};
use crate::drills::random::Random;
use crate::drills::stage::{Ledger, PATIENCE, Stage};
use crate::spans::{Span, Spans};

/// Workers, each with a spool of its own.
const WORKERS: u64 = 3;
/// Bytes of a segment's or an arena's header in front of its version.
const VERSION_AT: usize = 8;
/// Bytes of a segment's header, and of most of an arena's.
const HEADER: usize = 64;
/// So much of what was allocated ahead stays behind the last record.
const AHEAD: usize = 4096;

/// Which file is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Victim {
    Segment,
    Journal,
    Arena,
}

/// What is done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    Flip(usize, u8),
    Truncate(usize),
    /// Bytes by chance behind the last record.
    Tail(u64),
    Newer,
}

/// A file and its bytes.
type Part = (PathBuf, Vec<u8>);

/// What a killed program left.
struct Left {
    stage: Stage,
    instance: Part,
    segment: Part,
    journal: Part,
    arena: Part,
    /// The records of the segment and the spans in each.
    records: Vec<(Range<usize>, Vec<Made>)>,
    /// The same of the journal, which holds starts of spans.
    journaled: Vec<(Range<usize>, Vec<Made>)>,
    /// What arrives of it undamaged.
    whole: HashMap<Made, ProtoSpan>,
}

/// What all cases came to.
#[derive(Default)]
struct Outcome {
    verdict: Verdict,
    cases: HashMap<&'static str, u64>,
    /// Cases of arenas in which spans were lost or said something else.
    arenas_changed: u64,
    /// Spans that arrived without their session.
    without_session: u64,
}

/// Damages what a killed program left and lets another one take it over, `cases` times.
pub fn run(plan: &Plan) -> Verdict {
    let cases = plan.number("cases", 120, 10_000);
    let mut random = plan.random("flips");
    let outcome = Mutex::new(Outcome::default());
    thread::scope(|scope| {
        for worker in 0..WORKERS {
            let mut random = Random::new(random.number());
            let own = cases / WORKERS + u64::from(worker < cases % WORKERS);
            let outcome = &outcome;
            scope.spawn(move || {
                let left = Left::make(plan);
                for _ in 0..own {
                    let (victim, damage) = left.choose(&mut random);
                    let found = left.adopt(victim, damage);
                    let mut outcome = outcome.lock().unwrap_or_else(PoisonError::into_inner);
                    left.judge(victim, damage, &found, &mut outcome);
                }
            });
        }
    });
    let outcome = outcome.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut kinds: Vec<_> = outcome
        .cases
        .iter()
        .map(|(kind, count)| format!("{kind} {count}"))
        .collect();
    kinds.sort();
    say(&format!("flips: {}", kinds.join(", ")));
    say(&format!(
        "flips: an arena is memory, without sums; cases in which spans of one changed: {}",
        outcome.arenas_changed
    ));
    say(&format!(
        "flips: spans that arrived without their session, for want of a journal: {}",
        outcome.without_session
    ));
    outcome.verdict
}

/// What came of a case.
struct Found {
    spans: Spans,
    failure: Option<String>,
    /// Whether the damaged file is there as it was.
    is_untouched: bool,
}

impl Left {
    /// Kills a program that has spans in a segment, in its journal and in its arena.
    fn make(plan: &Plan) -> Self {
        let stage = Stage::new(&plan.drilled);
        stage.collector().answer_always(503, &[], []);
        let mut child = stage.program("make 2 160 0").spawn();
        child.wait_for_stdout("ready", PATIENCE);
        for _ in 0..3 {
            child.send_line("open");
        }
        child.wait_for(|stdout| stdout.matches("opened").count() == 3, PATIENCE);
        Ledger::asked(&mut child, "flush");
        child.send_line("close");
        child.wait_for_stdout("closed", PATIENCE);
        Ledger::asked(&mut child, "flush");
        child.send_line("more");
        child.wait_for_stdout("again", PATIENCE);
        child.kill_9();
        let arena = stage.arenas().pop().expect("the program had an arena");
        let files = stage.spooled();
        let ending = |ending: &str| {
            let found = files
                .iter()
                .find(|path| path.extension().is_some_and(|found| found == ending));
            let path = found
                .unwrap_or_else(|| panic!("no .{ending} in {files:?}"))
                .clone();
            let bytes = fs::read(&path).expect("the file can be read");
            (path, bytes)
        };
        let mut left = Self {
            instance: ending("instance"),
            segment: cut(ending("traces")),
            journal: cut(ending("open")),
            arena: (
                arena.clone(),
                used(fs::read(&arena).expect("the arena can be read")),
            ),
            records: Vec::new(),
            journaled: Vec::new(),
            whole: HashMap::new(),
            stage,
        };
        left.records = records(&left.segment.1);
        left.journaled = records(&left.journal.1);
        left.stage.collector().answer_with(|_| None);
        let whole = left.adopt(Victim::Segment, Damage::Tail(0));
        assert_eq!(whole.failure, None);
        for span in whole.spans.iter() {
            let made = Made::read(span).expect("an undamaged span is one of ours");
            left.whole.insert(made, span.proto.clone());
        }
        left
    }

    fn choose(&self, random: &mut Random) -> (Victim, Damage) {
        let victim = match random.below(10) {
            0..6 => Victim::Segment,
            6..8 => Victim::Journal,
            _ => Victim::Arena,
        };
        let (_, bytes) = self.part(victim);
        let len = match victim {
            Victim::Arena => bytes.len(),
            Victim::Segment | Victim::Journal => bytes.len() - AHEAD,
        };
        let damage = match random.below(20) {
            // Headers are short; without this hardly a case would meet them.
            0..2 => Damage::Flip(random.index(HEADER), 1 << random.below(8)),
            2..14 => Damage::Flip(random.index(len), 1 << random.below(8)),
            14..17 => Damage::Truncate(random.index(len)),
            17..19 => Damage::Tail(random.number()),
            _ => Damage::Newer,
        };
        (victim, damage)
    }

    fn part(&self, victim: Victim) -> &Part {
        match victim {
            Victim::Segment => &self.segment,
            Victim::Journal => &self.journal,
            Victim::Arena => &self.arena,
        }
    }

    /// Lays out what the program left, one file of it damaged, and runs another one.
    fn adopt(&self, victim: Victim, damage: Damage) -> Found {
        for path in self.stage.spooled() {
            let _ = fs::remove_file(path);
        }
        for (path, bytes) in [&self.instance, &self.segment, &self.journal, &self.arena] {
            fs::write(path, bytes).expect("the file can be written");
        }
        let (path, bytes) = self.part(victim);
        let damaged = damage.apply(bytes.clone());
        fs::write(path, &damaged).expect("the file can be written");
        drop(self.stage.collector().take());
        let exit = self.stage.program("deliver").run(PATIENCE);
        let is_sound = exit.status.success() && !exit.stderr.contains("panicked");
        let is_untouched = fs::read(path).is_ok_and(|now| now == damaged);
        let _ = fs::remove_file(&self.arena.0);
        Found {
            spans: self.stage.collector().take().spans(),
            failure: (!is_sound).then(|| format!("{}: {}", exit.status, exit.stderr)),
            is_untouched,
        }
    }

    fn judge(&self, victim: Victim, damage: Damage, found: &Found, outcome: &mut Outcome) {
        *outcome.cases.entry(damage.kind()).or_default() += 1;
        let verdict = &mut outcome.verdict;
        if let Some(failure) = &found.failure {
            verdict
                .wrong
                .push(format!("{victim:?} {damage:?}: {failure}"));
        }
        if damage == Damage::Newer {
            let what = || format!("{victim:?} of a newer version was touched");
            verdict.expect(found.is_untouched, what);
        }
        let mut arrived = HashSet::new();
        let (mut wrong, mut again) = (0, 0);
        for span in found.spans.iter() {
            let made = read(span);
            let as_made = made.filter(|made| self.is_as_left(*made, &span.proto));
            match as_made {
                Some(made) => again += u64::from(!arrived.insert(made)),
                // What its session is called stood in the journal. That a span had ended stood
                // there, too, but its segment tells of that as well.
                None if victim == Victim::Journal && is_without_session(made, span) => {
                    outcome.without_session += 1;
                    arrived.extend(made);
                }
                None => wrong += 1,
            }
        }
        let is_missing = |made: &&Made| !arrived.contains(made);
        let missing: HashSet<Made> = self.whole.keys().filter(is_missing).copied().collect();
        if victim == Victim::Arena {
            // Nothing tells a flipped bit of memory from what was written there.
            outcome.arenas_changed += u64::from(wrong > 0 || !missing.is_empty());
            return;
        }
        verdict.account.ended += self.whole.len() as u64;
        verdict.account.delivered += arrived.len() as u64;
        verdict.account.lost += missing.len() as u64;
        verdict.account.altered += wrong;
        verdict.account.duplicated += again;
        verdict.expect(wrong == 0, || {
            format!("{victim:?} {damage:?}: wrong spans {wrong}")
        });
        let allowed = self.allowed(victim, damage);
        let beyond = missing.difference(&allowed).count();
        verdict.expect(beyond == 0, || {
            let part = match damage {
                Damage::Flip(at, _) if at < HEADER => "header",
                _ => "body",
            };
            format!(
                "{part} of a {victim:?}, {damage:?}: lost {beyond} spans beyond those of a record"
            )
        });
    }

    /// Whether a span is one that arrives without any damage, to the byte.
    ///
    /// One that is open ends when its program is known to be gone, as far as what is left tells.
    fn is_as_left(&self, made: Made, proto: &ProtoSpan) -> bool {
        self.whole.get(&made).is_some_and(|whole| {
            let mut other = proto.clone();
            if whole
                .attributes
                .iter()
                .any(|attr| attr.key == "agentops.span.incomplete")
            {
                other.end_time_unix_nano = whole.end_time_unix_nano;
            }
            other == *whole
        })
    }

    /// The spans that may be lost by a damage.
    fn allowed(&self, victim: Victim, damage: Damage) -> HashSet<Made> {
        let records = match victim {
            Victim::Segment => &self.records,
            // What was open stands there alone, the start of one that has ended since, too.
            Victim::Journal => &self.journaled,
            Victim::Arena => return HashSet::new(),
        };
        let spans = |touched: &dyn Fn(&Range<usize>) -> bool| -> HashSet<Made> {
            let records = records.iter().filter(|(range, _)| touched(range));
            records
                .flat_map(|(_, spans)| spans.iter().copied())
                .collect()
        };
        match damage {
            Damage::Flip(at, _) => spans(&|range| range.contains(&at)),
            Damage::Truncate(at) => spans(&|range| range.end > at),
            // Then nobody can tell which spans ended, and all is left to who can read it.
            Damage::Newer if victim == Victim::Journal => self.whole.keys().copied().collect(),
            Damage::Newer => spans(&|_| true),
            Damage::Tail(_) => HashSet::new(),
        }
    }
}

impl Damage {
    fn kind(self) -> &'static str {
        match self {
            Self::Flip(..) => "flipped",
            Self::Truncate(_) => "cut",
            Self::Tail(_) => "lengthened",
            Self::Newer => "newer",
        }
    }

    fn apply(self, mut bytes: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Flip(at, bits) => bytes[at] ^= bits,
            Self::Truncate(at) => bytes.truncate(at),
            Self::Tail(0) => {}
            Self::Tail(seed) => {
                let mut random = Random::new(seed);
                bytes.truncate(bytes.len().saturating_sub(AHEAD));
                let words = random.below(512);
                bytes.extend((0..words).flat_map(|_| random.number().to_le_bytes()));
            }
            Self::Newer => bytes[VERSION_AT] += 1,
        }
        bytes
    }
}

/// The number of a span that may be damaged: no attribute need be of its type.
fn read(span: &Span) -> Option<Made> {
    std::panic::catch_unwind(|| {
        let _ = is_incomplete(span);
        Made::read(span)
    })
    .unwrap_or(None)
}

/// Whether a span says of one of ours all but which session it belongs to.
fn is_without_session(made: Option<Made>, span: &Span) -> bool {
    made.is_some_and(|made| {
        span.str("session.id").is_none() && made.difference(span) == Some("session")
    })
}

/// Where the records of a segment lie, and the spans of each.
fn records(bytes: &[u8]) -> Vec<(Range<usize>, Vec<Made>)> {
    let mut from = HEADER;
    let reader = SegmentReader::new(bytes).expect("it is a segment");
    let mut records = Vec::new();
    for record in reader {
        let request = ExportTraceServiceRequest::decode(record.body).expect("it is OTLP");
        let spans = Spans::of([&request]);
        let made = spans.iter().filter_map(Made::read).collect();
        records.push((from..record.end, made));
        from = record.end;
    }
    records
}

/// Cuts a segment behind its last record, but for some of what was allocated ahead.
fn cut((path, mut bytes): Part) -> Part {
    let end = records_end(&bytes);
    bytes.truncate(end);
    bytes.resize(end + AHEAD, 0);
    (path, bytes)
}

fn records_end(bytes: &[u8]) -> usize {
    let reader = SegmentReader::new(bytes).expect("it is a segment");
    reader.last().map_or(HEADER, |record| record.end)
}

/// An arena up to where it is used: what follows was never written.
fn used(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |at| at + 1);
    bytes.truncate(end.next_multiple_of(64 << 10));
    bytes
}
