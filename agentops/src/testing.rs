//! See in a test what code records.
//!
//! In memory, without `init`, in parallel with other tests.

use std::fmt;
use std::future::Future;
use std::sync::{Mutex, PoisonError};

use agentops_spool::fork::{self, PerProcess};
use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt as _;

use crate::attached::Attached;
pub use crate::export::captured::CapturedSpan;
use crate::export::recorder;
use crate::run::{CurrentRun, Run};
use crate::{host, ids};

/// Runs `f` and returns the spans that it recorded.
///
/// What `f` starts on other threads is captured where its context is handed on,
/// and as far as it has ended when `f` returns. What a forked child does is not captured by its
/// parent; it may capture for itself.
///
/// ```
/// #[agentops::session]
/// fn run() {
///     look_up("rust");
/// }
///
/// #[agentops::llm_call(model = "gpt-4o")]
/// fn look_up(word: &str) -> usize {
///     word.len()
/// }
///
/// let captured = agentops::testing::capture(run);
/// assert_eq!(captured.tree(), "session run\n  llm_call chat gpt-4o\n");
/// ```
pub fn capture<R>(f: impl FnOnce() -> R) -> Captured {
    let capture = Capture::begin();
    let attached = host::attach(capture.context.clone());
    let value = f();
    drop(attached);
    drop(value);
    capture.end()
}

/// Runs a future and returns the spans that it recorded.
pub async fn capture_async<F: Future>(future: F) -> Captured {
    let capture = Capture::begin();
    drop(Attached::new(future, capture.context.clone()).await);
    capture.end()
}

/// Captures in progress, in all of the process.
static CAPTURING: PerProcess<Mutex<u32>> = PerProcess::new(Mutex::default);

/// Counts one capture more or less. The switch is turned under the lock, so that none begins
/// before it is on, nor while another one that ends turns it off.
fn count_captures(count: impl FnOnce(&mut u32)) {
    let mut capturing = CAPTURING.lock().unwrap_or_else(PoisonError::into_inner);
    count(&mut capturing);
    match *capturing {
        0 => fork::turn_off(fork::CAPTURING),
        _ => fork::turn_on(fork::CAPTURING),
    }
}

struct Capture {
    realm: u32,
    /// The process that began it.
    process: u32,
    context: Context,
}

impl Capture {
    fn begin() -> Self {
        let realm = ids::index();
        recorder::with(|recorder| recorder.capture(realm));
        count_captures(|capturing| *capturing += 1);
        let run = Run::surroundings(realm);
        // What is current outside has no part in the capture.
        let context = Context::new();
        let run = CurrentRun::new(run, None, &context);
        let context = context.with_value(run);
        debug_assert!(!context.has_active_span());
        Self {
            realm,
            process: fork::process(),
            context,
        }
    }

    /// Whether it is a copy in a forked child; what it reads are the parent's records.
    fn is_inherited(&self) -> bool {
        self.process != fork::process()
    }

    fn end(self) -> Captured {
        if self.is_inherited() {
            return Captured::default();
        }
        let spans = recorder::with(|recorder| {
            recorder.settle();
            recorder.captured(self.realm)
        });
        Captured { spans }
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        if self.is_inherited() {
            return;
        }
        count_captures(|capturing| *capturing -= 1);
        // Reached without `end` when the captured code panics.
        recorder::with(|recorder| drop(recorder.captured(self.realm)));
    }
}

/// The spans that a test recorded.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Captured {
    /// In the order in which they ended.
    pub spans: Vec<CapturedSpan>,
}

impl Captured {
    /// The span of that name.
    ///
    /// # Panics
    /// If there is none, or more than one.
    #[track_caller]
    pub fn span(&self, name: &str) -> &CapturedSpan {
        let mut named = self.spans.iter().filter(|span| span.name == name);
        match (named.next(), named.next()) {
            (Some(span), None) => span,
            (None, _) => panic!("no span `{name}` in\n{self}"),
            (Some(_), Some(_)) => panic!("more than one span `{name}` in\n{self}"),
        }
    }

    /// One line a span, children indented under their parents, in the order in which they began.
    pub fn tree(&self) -> String {
        let mut lines = String::new();
        let known = |id: u64| self.spans.iter().any(|span| span.span_id == id);
        let mut stack: Vec<(&CapturedSpan, usize)> = Vec::new();
        let push = |stack: &mut Vec<_>, depth, of: &dyn Fn(&CapturedSpan) -> bool| {
            let mut found: Vec<_> = self.spans.iter().filter(|span| of(span)).collect();
            found.sort_by_key(|span| std::cmp::Reverse(span.start_nanos));
            stack.extend(found.into_iter().map(|span| (span, depth)));
        };
        push(&mut stack, 0, &|span| !known(span.parent_id));
        while let Some((span, depth)) = stack.pop() {
            lines.push_str(&"  ".repeat(depth));
            let kind = match span.kind {
                "" => "span",
                kind => kind,
            };
            lines.extend([kind, " ", &span.name]);
            if !matches!(span.status, "ok" | "unset") {
                lines.extend([": ", span.status]);
            }
            lines.push('\n');
            push(&mut stack, depth + 1, &|child| {
                child.parent_id == span.span_id
            });
        }
        lines
    }
}

impl fmt::Display for Captured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tree())
    }
}
