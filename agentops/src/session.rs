//! Sessions in code that cannot be annotated.

use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use agentops_spool::fork;
use agentops_spool::site::{Kind, Site};
use http::HeaderMap;
use opentelemetry::baggage::BaggageExt as _;
use opentelemetry::trace::{Status, TraceId};
use opentelemetry::{Context, Key, KeyValue, Value};
use opentelemetry_http::HeaderInjector;

use crate::attached::Attached;
use crate::carrier::Carrier;
use crate::description::Description;
use crate::draft::Draft;
use crate::error::Error;
use crate::host::{self, Attachment};
use crate::live::OpenSpan;
use crate::metrics::{self, MetricsManager};
use crate::parent::Parent;
use crate::propagation::{self, check_member};
use crate::run::{CurrentRun, Run, with_session_baggage};
use crate::semconv;
use crate::span::Started;

/// How a session ended: the attribute `agentops.session.end_state` of its span.
///
/// `Success` sets the status of the span to ok, `Error` and `Cancelled` to error; the others
/// leave it to what the function returned. Where the program does not say, it is `Error` after
/// an error or a panic, `Cancelled` where the future was dropped, else `Success`.
///
/// ```
/// use agentops::EndState;
///
/// #[agentops::session(end_state = |open| match open {
///     0 => EndState::Success,
///     _ => EndState::Other("escalated".to_owned()),
/// })]
/// fn triage(tickets: usize) -> usize {
///     tickets / 2
/// }
/// let run = agentops::testing::capture(|| triage(3));
/// assert_eq!(run.span("triage").str("agentops.session.end_state"), Some("escalated"));
/// ```
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
    pub(crate) fn as_str(&self) -> &str {
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
#[derive(Clone)]
pub struct Session {
    current: Option<CurrentRun>,
    /// What runs in it.
    context: Context,
    /// The span, if this was made by `start`.
    owner: Option<Arc<Owner>>,
}

#[derive(Debug)]
struct Owner {
    span: Mutex<OpenSpan>,
    /// The process that began it.
    process: u32,
}

impl fmt::Debug for Session {
    /// Leaves out whom it runs for and what it carries.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}

static STARTED: Site = Site::new(Kind::Session, "", "agentops", "", 0).named("session");

impl Session {
    /// Starts a session. It becomes current where [`Session::enter`] or [`Session::instrument`] says so.
    ///
    /// Where nothing records (`init` was not called, or telemetry is disabled)
    /// this gives a session that does nothing.
    #[must_use = "the session ends when its last clone is dropped"]
    #[track_caller]
    pub fn start(name: impl Into<String>) -> Self {
        let place = Location::caller();
        let mut started = Started::default();
        let mut description = Description::new(&STARTED);
        if Parent::is_wanted() && description.parent.look() {
            let attributes = [
                KeyValue::new(semconv::CODE_FILE_PATH, place.file()),
                KeyValue::new(semconv::CODE_LINE_NUMBER, i64::from(place.line())),
            ];
            Draft::new(&mut description, &mut started).start_as(&name.into(), &attributes);
        }
        if !started.open.is_open() {
            return Self {
                current: None,
                context: host::current_context(),
                owner: None,
            };
        }
        started.open.keep_context();
        drop(started.guard);
        let context = started.open.context().cloned().unwrap_or_default();
        Self {
            current: context.get::<CurrentRun>().cloned(),
            context,
            owner: Some(Arc::new(Owner {
                span: Mutex::new(started.open),
                process: fork::process(),
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

    /// Says for whom it runs: `user.id` on all of its spans that end from now on.
    pub fn set_user(&self, id: impl Into<String>) {
        if let Some(run) = self.run() {
            run.describe(Some(id.into()), Vec::new());
        }
    }

    /// Adds a word to find it by: to `agentops.tags` on all of its spans that end from now on and
    /// have no tags of their own. A session keeps 128.
    pub fn tag(&self, tag: impl Into<String>) {
        if let Some(run) = self.run() {
            run.describe(None, vec![tag.into()]);
        }
    }

    /// Says something about it: `agentops.metadata.<key>` on its own span.
    pub fn metadata(&self, key: impl Into<Key>, value: impl Into<Value>) {
        let key = format!("{}.{}", semconv::AGENTOPS_METADATA, key.into());
        let attribute = KeyValue::new(key, value);
        if let Some(slot) = self.current.as_ref().and_then(|current| current.slot) {
            slot.update(|updates| updates.set(attribute));
        }
    }

    /// Headers by which another service continues this session: `traceparent`, `tracestate` and
    /// `baggage` with `session.id` and all members.
    ///
    /// The parent is the current span, or the session's own where the current code is not in it.
    ///
    /// ```
    /// use agentops::Session;
    ///
    /// #[agentops::session(id = "s1")]
    /// fn run() -> http::HeaderMap {
    ///     Session::current().map(|session| session.propagate_context()).unwrap_or_default()
    /// }
    /// # let captured = agentops::testing::capture(|| {
    /// let headers = run();
    /// assert_eq!(headers["baggage"], "session.id=s1");
    /// # });
    /// # let trace_id = format!("{:032x}", captured.span("run").trace_id);
    /// ```
    #[must_use = "the headers are to be sent"]
    pub fn propagate_context(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let cx = self.current_context();
        propagation::inject_context(&cx, &mut HeaderInjector(&mut headers));
        headers
    }

    /// The context of a request that another service sent with [`Session::propagate_context`].
    ///
    /// Whatever begins while it is attached is a child of the other service's span and belongs to its
    /// session. `#[agentops::session(extract = headers)]` does it for a function.
    ///
    /// ```
    /// use agentops::Session;
    /// use agentops::otel::opentelemetry::trace::TraceContextExt as _;
    ///
    /// let headers = [("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")];
    /// let context = Session::receive_context(&headers);
    /// assert!(context.span().span_context().is_remote());
    /// ```
    #[must_use = "attach it, or run a future with it"]
    pub fn receive_context(headers: &(impl Carrier + ?Sized)) -> Context {
        propagation::extract(headers)
    }

    /// Sets a baggage member for everything that begins in the session from now on.
    ///
    /// # Errors
    /// [`Error::InvalidBaggage`] if the key is no W3C token, the member is too long for a header,
    /// or there are 63 others.
    pub fn add_baggage(&self, key: &str, value: &str) -> Result<(), Error> {
        check_member(key, value)?;
        let has_room = self.run().is_none_or(|run| run.set_baggage(key, value));
        has_room.then_some(()).ok_or_else(|| Error::InvalidBaggage {
            key: key.to_owned(),
            reason: "the session has 63 members already, as many as a header holds".to_owned(),
        })
    }

    /// A baggage member as the current code has it, or as the session has it where that code is
    /// not in it.
    pub fn get_baggage_value(&self, key: &str) -> Option<String> {
        let cx = with_session_baggage(self.current_context());
        cx.baggage().get(key).map(ToString::to_string)
    }

    /// What runs in it.
    pub(crate) fn own_context(&self) -> &Context {
        &self.context
    }

    /// The current context if it is in the session, else the session's own.
    fn current_context(&self) -> Context {
        let current = host::current_context();
        let is_here = Run::of(&current).zip(self.current.as_ref());
        match is_here.is_some_and(|(run, own)| Arc::ptr_eq(&run, &own.run)) {
            true => current,
            false => self.context.clone(),
        }
    }

    /// Runs a future in the session.
    pub fn instrument<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        Attached::new(future, self.context.clone())
    }

    /// Makes the session current on this thread until the guard is dropped.
    pub fn enter(&self) -> SessionScope {
        SessionScope {
            _guard: host::attach(self.context.clone()),
        }
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
                let key = semconv::AGENTOPS_SESSION_END_STATE;
                // A last word takes the one before back, whatever the order of statuses.
                match updates.has(key) {
                    true => updates.status = status,
                    false => updates.set_status(status),
                }
                updates.set(KeyValue::new(key, word));
            });
        }
        if let Some(owner) = &self.owner {
            owner.end();
        }
    }
}

/// A session is current on this thread until this is dropped.
#[must_use = "the session is current until this is dropped: bind it to a variable such as `_entered`"]
#[derive(Debug)]
pub struct SessionScope {
    _guard: Option<Attachment>,
}

impl Owner {
    fn end(&self) {
        // In a forked child the span is the parent's, and so may be its lock.
        if self.process != fork::process() {
            return;
        }
        let span = {
            let mut span = self.span.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *span)
        };
        // Its context holds values of the program's, whose destructors may come back here.
        drop(span);
    }
}
