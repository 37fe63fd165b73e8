//! Backtraces and places of panics in annotated functions.

#![allow(
    clippy::unwrap_used,
    reason = "support code of tests: what is not as expected ends the test"
)]

#[path = "backtraces/annotated.rs"]
mod annotated;
#[path = "backtraces/plain.rs"]
mod plain;

use std::backtrace::Backtrace;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Once;
use std::task::{Context, Poll, Waker};

use agentops::testing::capture;

/// The name of a function, and a call of it that panics.
type Panics = (&'static str, fn());

/// Where a panic was, and how it came there.
#[derive(Default)]
struct Panicked {
    file: String,
    line: u32,
    column: u32,
    frames: Vec<String>,
}

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
    static LAST: RefCell<Panicked> = RefCell::default();
}

#[test]
fn panics_are_where_they_are_in_a_plain_function() {
    for (name, plain, annotated) in twins() {
        let place = |panicked: &Panicked| (panicked.line, panicked.column);
        assert!(plain.file.ends_with("backtraces/plain.rs") || name == "tracked");
        assert_eq!(place(&annotated), place(&plain), "{name}");
        assert_eq!(
            annotated.file,
            plain.file.replace("plain", "annotated"),
            "{name}"
        );
    }
}

#[test]
fn backtraces_name_the_line_of_the_body_first() {
    for (name, plain, annotated) in twins() {
        let first = |panicked: &Panicked, file: &str| -> Option<String> {
            let mut frames = panicked.frames.iter();
            let (_, place) = frames.find_map(|frame| frame.split_once(file))?;
            Some(place.to_owned())
        };
        let expected = first(&plain, "backtraces/plain.rs:");
        assert!(expected.is_some(), "{name}: {:#?}", plain.frames);
        let found = first(&annotated, "backtraces/annotated.rs:");
        assert_eq!(found, expected, "{name}: {:#?}", annotated.frames);
    }
}

#[test]
fn a_call_adds_one_frame_of_ours_at_most() {
    for (name, plain, annotated) in twins() {
        let is_ours = |frame: &&String| frame.contains("/agentops/src/");
        let ours = annotated.frames.iter().filter(is_ours).count();
        let added = annotated.frames.len().saturating_sub(plain.frames.len());
        // The other one is the user's body, which is a closure in the user's function.
        let most = match name {
            "unit" | "asserts" | "never" | "tracked" => (0, 0),
            _ => (1, 2),
        };
        assert!(
            ours <= most.0 && added <= most.1,
            "{name}: {ours} of {added} frames are ours: {:#?}",
            annotated.frames
        );
    }
}

#[test]
fn recording_adds_no_frame_but_around_a_boxed_future() {
    for (name, panics) in annotated::PANICS {
        let unrecorded = panicked(*panics).frames.len();
        let mut recorded = 0;
        let captured = capture(|| recorded = panicked(*panics).frames.len());
        assert_eq!(captured.spans.len(), 1, "{name}");
        // A box is polled within the box that takes its place where there is a span.
        let boxes = if *name == "boxed" { 2 } else { 0 };
        // The closure that is captured, and `capture` itself.
        assert_eq!(recorded, unrecorded + 2 + boxes, "{name}");
    }
}

/// What becomes of each function without and with its attribute.
fn twins() -> impl Iterator<Item = (&'static str, Panicked, Panicked)> {
    let twins = plain::PANICS.iter().zip(annotated::PANICS);
    twins.map(|((name, plain), (same, annotated))| {
        assert_eq!(name, same);
        (*name, panicked(*plain), panicked(*annotated))
    })
}

/// Calls a function that panics.
fn panicked(panics: fn()) -> Panicked {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !EXPECTED.get() {
                return usual(info);
            }
            let place = info.location().unwrap();
            LAST.set(Panicked {
                file: place.file().to_owned(),
                line: place.line(),
                column: place.column(),
                frames: frames(&Backtrace::force_capture().to_string()),
            });
        }));
    });
    EXPECTED.set(true);
    let ended = catch_unwind(AssertUnwindSafe(panics));
    EXPECTED.set(false);
    assert!(ended.is_err());
    LAST.take()
}

/// The functions of a backtrace, each with its file.
fn frames(backtrace: &str) -> Vec<String> {
    let mut frames: Vec<String> = Vec::new();
    for line in backtrace.lines().map(str::trim_start) {
        if let (Some(place), Some(last)) = (line.strip_prefix("at "), frames.last_mut()) {
            last.push_str(" at ");
            last.push_str(place);
        } else if let Some((_, name)) = line.split_once(": ") {
            frames.push(name.to_owned());
        }
    }
    frames
}

/// Polls a future that never waits.
fn run<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn drop_copy<T: Copy>(_: T) {}
