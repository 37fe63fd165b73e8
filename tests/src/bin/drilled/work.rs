//! Spans of all shapes, each as its number says.

use std::convert::Infallible;
use std::env;
use std::future::pending;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use agentops::Kind;
use agentops::otel::opentelemetry::KeyValue;
use agentops::otel::opentelemetry::global;
use agentops::otel::opentelemetry::trace::{Span as _, Tracer as _};
use agentops_tests::drills::made::{Made, Shape, UNIT};
use agentops_tests::drills::told::Teller;

/// So many spans on so many threads.
pub(crate) struct Work {
    pub(crate) threads: u64,
    /// Of all threads together.
    pub(crate) spans: u64,
    /// How many of them the first thread makes before it says so.
    pub(crate) reached: u64,
}

/// Rounds of [`Work`] so far, so that each has numbers of its own.
static ROUND: AtomicU64 = AtomicU64::new(0);

impl Work {
    /// Makes them all.
    pub(crate) fn run(&self) {
        thread::scope(|scope| {
            for thread in 0..self.threads {
                let own = self.spans / self.threads + u64::from(thread < self.spans % self.threads);
                scope.spawn(move || self.on_thread(thread, own));
            }
        });
    }

    /// Makes as many once more.
    pub(crate) fn again(&self) {
        ROUND.fetch_add(1, Ordering::Relaxed);
        self.run();
        println!("again");
    }

    /// Opens a session on a thread of its own, which stays open until it is closed.
    pub(crate) fn open() {
        let number = PARKED.fetch_add(1, Ordering::Relaxed);
        thread::spawn(move || {
            let mut maker = Maker::new(FIRST_PARKED + number);
            let base = maker.coming();
            maker.told.begun(base);
            parked(base, &mut maker, number);
            maker.told.ended(base);
            println!("closed");
        });
    }

    /// Closes the session that was opened first of those that are open.
    pub(crate) fn close() {
        CLOSED.fetch_add(1, Ordering::Release);
    }

    fn on_thread(&self, thread: u64, spans: u64) {
        let round = ROUND.load(Ordering::Relaxed);
        let mut maker = Maker::new(round * self.threads + thread);
        let mut is_said = false;
        while maker.next < spans {
            if thread == 0 && !is_said && maker.next >= self.reached {
                println!("reached");
                is_said = true;
            }
            let rest = spans - maker.next;
            maker.unit(rest.min(UNIT));
        }
        if thread == 0 && !is_said {
            println!("reached");
        }
    }
}

/// Threads from here on have a session that stays open.
const FIRST_PARKED: u64 = 64;
/// Sessions that were opened so, and how many of them are to be closed.
static PARKED: AtomicU64 = AtomicU64::new(0);
static CLOSED: AtomicU64 = AtomicU64::new(0);

#[agentops::session("drill session", id = made.session_id(), content = false,
    fields(drill.number = made.number(), drill.check = made.check(), drill.payload = made.payload()))]
fn parked(made: Made, maker: &mut Maker, number: u64) {
    maker.told.opened(made);
    println!("opened");
    while CLOSED.load(Ordering::Acquire) <= number {
        thread::park_timeout(Duration::from_millis(1));
    }
}

/// Makes the spans of one thread.
pub(crate) struct Maker {
    told: Teller,
    program: u64,
    thread: u64,
    next: u64,
    /// How long each call of a tool took, all of it ours.
    pub(crate) taken: Vec<Duration>,
}

impl Maker {
    /// A maker with numbers of its own.
    pub(crate) fn new(thread: u64) -> Self {
        let program: u64 = env::var("DRILL_PROGRAM").map_or(0, |number| number.parse().unwrap());
        let directory = PathBuf::from(env::var_os("DRILL_TOLD").unwrap());
        Self {
            told: Teller::new(&directory, &format!("{program}-{thread}")),
            program,
            thread,
            next: 0,
            taken: Vec::new(),
        }
    }

    /// A session and what it calls: `count` spans.
    pub(crate) fn unit(&mut self, count: u64) {
        let base = Made::of(self.program, self.thread, self.next);
        self.next += UNIT;
        self.told.begun(base);
        session(base, self, count);
        self.told.ended(base);
    }
}

impl Maker {
    /// The span that comes next.
    pub(crate) fn coming(&self) -> Made {
        Made::of(self.program, self.thread, self.next)
    }

    /// Tells that a span has ended which another maker made.
    pub(crate) fn tell_ended(&mut self, made: Made) {
        self.told.ended(made);
    }

    /// A session that makes so many spans and is then open for good.
    pub(crate) async fn hold(mut self, spans: u64, ready: Sender<()>) {
        let base = self.coming();
        self.next += UNIT;
        self.told.begun(base);
        held(base, self, spans, ready).await;
    }
}

#[agentops::session("drill session", id = made.session_id(), content = false,
    fields(drill.number = made.number(), drill.check = made.check(), drill.payload = made.payload()))]
async fn held(made: Made, mut maker: Maker, spans: u64, ready: Sender<()>) {
    maker.told.opened(made);
    // Sessions of their own, with other ids: each begins a trace.
    for _ in 0..spans.div_ceil(UNIT) {
        maker.unit(UNIT);
    }
    ready.send(()).unwrap();
    let () = pending().await;
}

/// One span below the session.
fn below(made: Made, maker: &mut Maker) {
    maker.told.begun(made);
    match made.shape() {
        Shape::Session => {}
        Shape::Tool => {
            let payload = made.payload();
            let before = Instant::now();
            drill_tool(made, &payload);
            maker.taken.push(before.elapsed());
        }
        Shape::Call => call(made, maker),
        Shape::Leaf => leaf(made),
        Shape::Other => other(made),
        Shape::Task => task(made, maker),
        Shape::Failing => drop(drill_failing(made, maker)),
    }
    maker.told.ended(made);
}

#[agentops::session("drill session", id = made.session_id(), content = false,
    fields(drill.number = made.number(), drill.check = made.check(), drill.payload = made.payload()))]
fn session(made: Made, maker: &mut Maker, count: u64) {
    maker.told.opened(made);
    for number in 1..count {
        below(Made(made.0 + number), maker);
    }
}

#[agentops::tool(content = false,
    fields(drill.number = made.number(), drill.check = made.check(), drill.payload = payload))]
fn drill_tool(made: Made, payload: &str) {}

#[agentops::llm_call(model = "gpt-4o", content = false,
    fields(drill.number = made.number(), drill.check = made.check(), drill.payload = made.payload()))]
fn call(made: Made, maker: &mut Maker) {
    maker.told.opened(made);
    agentops::record("gen_ai.usage.input_tokens", made.tokens());
}

#[agentops::operation("drill leaf", leaf, content = false,
    fields(drill.number = made.number(), drill.check = made.check(), drill.payload = made.payload()))]
fn leaf(made: Made) {}

#[agentops::tool(content = false,
    fields(drill.number = made.number(), drill.check = made.check(), drill.payload = made.payload()))]
fn drill_failing(made: Made, maker: &mut Maker) -> Result<Infallible, io::Error> {
    maker.told.opened(made);
    Err(io::Error::other("drilled"))
}

fn task(made: Made, maker: &mut Maker) {
    agentops::span(Kind::Task, "drill task")
        .field("drill.number", made.number())
        .field("drill.check", made.check())
        .field("drill.payload", made.payload())
        .in_scope(|| maker.told.opened(made));
}

fn other(made: Made) {
    let tracer = global::tracer("drill");
    let attributes = [
        KeyValue::new("drill.number", made.number()),
        KeyValue::new("drill.check", made.check()),
        KeyValue::new("drill.payload", made.payload()),
    ];
    let builder = tracer.span_builder("drill other");
    let mut span = tracer.build(builder.with_attributes(attributes));
    span.add_event("tick", vec![KeyValue::new("drill.number", made.number())]);
    span.end();
}
