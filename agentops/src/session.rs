//! Sessions in code that cannot be annotated.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use agentops_spool::record::Reason;
use agentops_spool::site::{Kind, Site};
use opentelemetry::trace::{FutureExt as _, Status, TraceId};
use opentelemetry::{Context, ContextGuard, KeyValue};

use crate::draft::Draft;
use crate::error::Error;
use crate::host;
use crate::metrics::{self, MetricsManager};
use crate::outcome::Outcome;
use crate::propagation::check_member;
use crate::run::{CurrentRun, Run};
use crate::semconv;
use crate::span::{self, Live};

/// How a session ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndState {
    /// It did what it was for.
    Success,
    /// It failed.
    Error,
    /// Nobody knows.
    Indeterminate,
    /// It was given up.
    Cancelled,
    /// In the program's own word.
    Other(String),
}

impl EndState {
    fn as_str(&self) -> &str {
        match self {
            Self::Success => "Success",
            Self::Error => "Error",
            Self::Indeterminate => "Indeterminate",
            Self::Cancelled => "Cancelled",
            Self::Other(word) => word,
        }
    }
}

/// One run of an agent.
///
/// `#[agentops::session]` makes one around a function. This type is for code
/// that cannot be annotated, and for asking the current session for its id.
/// Clones are the same session. One made by [`Session::start`] ends with
/// [`Session::end`], or as a success when its last clone is dropped.
///
/// ```
/// use agentops::{EndState, Session};
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let session = Session::start("nightly-report");
/// let answer = session.instrument(async { 6 * 7 }).await;
/// session.end(if answer == 42 { EndState::Success } else { EndState::Error });
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Session {
    current: Option<CurrentRun>,
    /// What runs in it.
    context: Context,
    /// The span, if this was made by `start`.
    owner: Option<Arc<Owner>>,
}

#[derive(Debug)]
struct Owner {
    live: Mutex<Option<Live>>,
}

static STARTED: Site = Site::new(
    Kind::Session,
    Some("session"),
    "start",
    "agentops::session",
    file!(),
    line!(),
    &[],
    &[],
);

impl Session {
    /// Starts a session. It becomes current where [`Session::enter`] or [`Session::instrument`] says so.
    ///
    /// Where nothing records (`init` was not called, or telemetry is disabled)
    /// this gives a session that does nothing.
    pub fn start(name: impl Into<String>) -> Self {
        let mut started = None;
        if let Some(parent) = span::parent() {
            Draft::new(&STARTED, parent, &mut started).start_as(&name.into());
        }
        let Some(started) = started else {
            return Self {
                current: None,
                context: host::current_context(),
                owner: None,
            };
        };
        drop(started.guard);
        Self {
            current: started.context.get::<CurrentRun>().cloned(),
            context: started.context,
            owner: Some(Arc::new(Owner {
                live: Mutex::new(Some(started.live)),
            })),
        }
    }

    /// The session that the current code runs in.
    pub fn current() -> Option<Self> {
        let current = CurrentRun::get()?;
        current.run.is_session().then(|| Self {
            current: Some(current),
            context: host::current_context(),
            owner: None,
        })
    }

    /// The value of `session.id` on its spans; empty if it does nothing.
    pub fn id(&self) -> &str {
        self.run().map_or("", |run| &run.id)
    }

    /// The trace that the session began in.
    pub fn trace_id(&self) -> TraceId {
        self.run().map_or(TraceId::INVALID, |run| run.trace_id)
    }

    /// The metrics of LLM calls.
    pub fn metrics(&self) -> &MetricsManager {
        metrics::current()
    }

    /// Records an LLM call that was made elsewhere: its duration and the tokens it took in all.
    ///
    /// Feeds the same metrics as `#[agentops::llm_call]`.
    pub fn record_llm_call(&self, duration: Duration, tokens: u64) {
        let metrics = self.metrics();
        metrics.record_latency(duration.as_secs_f64() * 1_000.0);
        metrics.increment_tokens(tokens);
    }

    /// Sets a baggage member for everything that begins in the session from now on.
    ///
    /// # Errors
    /// [`Error::InvalidBaggage`] if the key is no W3C token or the member is too long for a header.
    pub fn add_baggage(&self, key: &str, value: &str) -> Result<(), Error> {
        check_member(key, value)?;
        if let Some(run) = self.run() {
            run.set_baggage(key, value);
        }
        Ok(())
    }

    /// A member of the session's baggage, or of the current context's.
    pub fn get_baggage_value(&self, key: &str) -> Option<String> {
        use opentelemetry::baggage::BaggageExt as _;
        let own = self.run().and_then(|run| run.baggage(key));
        own.or_else(|| {
            let current = host::current_context();
            current
                .baggage()
                .get(key)
                .map(|value| value.as_str().to_owned())
        })
    }

    /// Runs a future in the session.
    pub fn instrument<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        future.with_context(self.context.clone())
    }

    /// Makes the session current on this thread until the guard is dropped.
    #[must_use = "the session is current until this is dropped"]
    pub fn enter(&self) -> ContextGuard {
        self.context.clone().attach()
    }

    fn run(&self) -> Option<&Run> {
        self.current.as_ref().map(|current| &*current.run)
    }

    /// Ends the session; what still runs in it keeps its id.
    ///
    /// A session that `#[agentops::session]` made ends with its function: for it this only says how.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`end(EndState::Success)` reads best"
    )]
    pub fn end(&self, state: EndState) {
        let word = state.as_str().to_owned();
        let status = match state {
            EndState::Success => Status::Ok,
            EndState::Error => Status::error(""),
            EndState::Cancelled => Status::error("cancelled"),
            EndState::Indeterminate | EndState::Other(_) => Status::Unset,
        };
        if let Some(slot) = self.current.as_ref().and_then(|current| current.slot) {
            slot.update(|updates| {
                updates.set(KeyValue::new(semconv::AGENTOPS_SESSION_END_STATE, word));
                updates.set_status(status);
            });
        }
        if let Some(owner) = &self.owner {
            owner.end();
        }
    }
}

impl Owner {
    fn end(&self) {
        let live = self
            .live
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(live) = live {
            let reason = match std::thread::panicking() {
                true => Reason::Panicked,
                false => Reason::Returned,
            };
            live.end(reason, Outcome::Unknown);
        }
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.end();
    }
}
