//! Spans of code that cannot be annotated.

use std::fmt;
use std::future::Future;
use std::panic::Location;

use agentops_spool::site::{Kind, Site};
use opentelemetry::{Key, KeyValue, Value};
use serde::Serialize;

use crate::content::arguments::Arguments;
use crate::content::json::Content;
use crate::draft::Draft;
use crate::future::{self, Handed, Instrumented};
use crate::left::Left;
use crate::outcome::{Message, Outcome};
use crate::scope::Scope;
use crate::semconv;

pub use crate::session::SessionScope;

/// A span of this kind around code that cannot be annotated.
///
/// What the attributes do to a function, this does to a future
/// ([`run`](SpanBuilder::run)), to a closure ([`in_scope`](SpanBuilder::in_scope)), or to all until a
/// guard is dropped ([`start`](SpanBuilder::start)).
///
/// ```
/// use agentops::Kind;
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let captured = agentops::testing::capture_async(async {
///     let agent = agentops::span(Kind::Agent, "planner").field("team", "blue");
///     agent
///         .run(async { agentops::span(Kind::Tool, "search").in_scope(|| 7) })
///         .await
/// });
/// assert_eq!(
///     captured.await.tree(),
///     "agent invoke_agent planner\n  tool execute_tool search\n"
/// );
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
#[track_caller]
pub fn span(kind: Kind, name: impl Into<String>) -> SpanBuilder {
    SpanBuilder::new(kind, name.into())
}

/// A call of a language model around code that cannot be annotated; see [`span`](fn@span).
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let captured = agentops::testing::capture_async(async {
///     agentops::llm_call("openai", "gpt-4o")
///         .run(async {
///             let response = serde_json::json!({"usage": {"prompt_tokens": 5}});
///             agentops::record_response(&response);
///         })
///         .await;
/// });
/// let captured = captured.await;
/// assert_eq!(captured.span("chat gpt-4o").int("gen_ai.usage.input_tokens"), Some(5));
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
#[track_caller]
pub fn llm_call(provider: impl Into<String>, model: impl Into<String>) -> SpanBuilder {
    SpanBuilder::new(Kind::LlmCall, String::new())
        .field(semconv::GEN_AI_PROVIDER_NAME, provider.into())
        .field(semconv::GEN_AI_REQUEST_MODEL, model.into())
}

/// A span that is not started yet; see [`span`](fn@span) and [`llm_call`].
#[must_use = "nothing is recorded before `run`, `in_scope` or `start`"]
pub struct SpanBuilder {
    kind: Kind,
    name: String,
    attributes: Vec<KeyValue>,
    tags: Vec<String>,
    arguments: Arguments,
}

impl fmt::Debug for SpanBuilder {
    /// Leaves out what it records, which may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SpanBuilder")
            .field("kind", &self.kind)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl SpanBuilder {
    #[track_caller]
    fn new(kind: Kind, name: String) -> Self {
        let place = Location::caller();
        let builder = Self {
            kind,
            name,
            attributes: Vec::new(),
            tags: Vec::new(),
            arguments: Arguments::default(),
        };
        let name = builder.name.clone();
        let mut builder = builder
            .field(semconv::CODE_FILE_PATH, place.file())
            .field(semconv::CODE_LINE_NUMBER, i64::from(place.line()));
        if let Some(operation) = kind.operation() {
            builder = builder.field(semconv::GEN_AI_OPERATION_NAME, operation);
            if let Some(name_key) = kind.name_key() {
                builder.name = format!("{operation} {name}");
                builder = builder.field(name_key, name);
            }
        }
        builder
    }

    /// Sets an attribute; of two with one key the last wins.
    pub fn field(mut self, key: impl Into<Key>, value: impl Into<Value>) -> Self {
        self.attributes.push(KeyValue::new(key, value));
        self
    }

    /// Adds words to find the span by; those of a session are on all of its spans.
    pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.tags.extend(tags.into_iter().map(Into::into));
        self
    }

    /// Records what goes in, under the policy for content: as arguments of annotated functions are.
    pub fn input<T: Serialize + ?Sized>(mut self, input: &T) -> Self {
        self.arguments = Arguments::of(Content::Json(&input));
        self
    }

    /// Runs a future within the span, which begins when it is first polled.
    ///
    /// What the future gives is not looked at, an `Err` neither: [`try_run`](Self::try_run) does.
    /// Dropped before its end, the span ends as cancelled.
    pub fn run<F: Future>(self, future: F) -> impl Future<Output = F::Output> {
        let end = |value, left: Left<'_>| {
            left.end_with(Outcome::Unknown);
            value
        };
        self.around(future, Handed(end))
    }

    /// Runs a future within the span; its `Err` is recorded.
    pub fn try_run<T, E, F>(self, future: F) -> impl Future<Output = Result<T, E>>
    where
        E: fmt::Display,
        F: Future<Output = Result<T, E>>,
    {
        let end = |value, left: Left<'_>| {
            left.end_with(outcome(&value));
            value
        };
        self.around(future, Handed(end))
    }

    fn around<F, C>(
        self,
        future: F,
        conclude: C,
    ) -> Instrumented<impl Future<Output = F::Output>, C>
    where
        F: Future,
    {
        let begun = async move {
            future::start(site(self.kind), |draft| self.describe(draft));
            future.await
        };
        Instrumented::new(begun, conclude)
    }

    /// Runs a closure within the span. See [`try_in_scope`](Self::try_in_scope) for a `Result`.
    pub fn in_scope<R>(self, f: impl FnOnce() -> R) -> R {
        let mut scope = self.enter();
        let value = f();
        scope.end_with(Outcome::Unknown);
        value
    }

    /// Runs a closure within the span; its `Err` is recorded.
    ///
    /// # Errors
    /// The closure's own.
    pub fn try_in_scope<T, E: fmt::Display>(
        self,
        f: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let mut scope = self.enter();
        let value = f();
        scope.end_with(outcome(&value));
        value
    }

    /// Starts the span, which is current on this thread until the guard is dropped.
    pub fn start(self) -> SpanGuard {
        SpanGuard {
            scope: self.enter(),
            _not_send: std::marker::PhantomData,
        }
    }

    fn enter(self) -> Scope {
        let mut scope = Scope::default();
        scope.start(site(self.kind), |draft| self.describe(draft));
        scope
    }

    fn describe(self, draft: Draft<'_>) {
        if !self.tags.is_empty() {
            draft.description.details().tags = self.tags;
        }
        draft.description.arguments = self.arguments;
        draft.start_as(&self.name, &self.attributes);
    }
}

/// A span that is current on this thread; it ends when this is dropped.
///
/// ```
/// # let captured = agentops::testing::capture(|| {
/// let mut span = agentops::span(agentops::Kind::Task, "parse").start();
/// if let Err(error) = "x".parse::<u8>() {
///     span.fail(&error);
/// }
/// # drop(span);
/// # });
/// # assert_eq!(captured.tree(), "task parse: error\n");
/// ```
#[must_use = "the span ends when this is dropped: bind it to a variable such as `_span`"]
#[derive(Debug)]
pub struct SpanGuard {
    scope: Scope,
    /// The span is current on one thread.
    _not_send: std::marker::PhantomData<*const ()>,
}

impl SpanGuard {
    /// Notes that the work failed with this error, and ends the span.
    pub fn fail<E: fmt::Display>(&mut self, error: &E) {
        self.scope.end_with(failure(error));
    }
}

fn outcome<T, E: fmt::Display>(result: &Result<T, E>) -> Outcome<'_> {
    match result {
        Ok(_) => Outcome::Ok,
        Err(error) => failure(error),
    }
}

fn failure<E: fmt::Display>(error: &E) -> Outcome<'_> {
    Outcome::Err {
        type_name: std::any::type_name::<E>(),
        message: Message::Display(error),
    }
}

/// The call site of all spans of one kind that are not made by an attribute.
fn site(kind: Kind) -> &'static Site {
    const fn of(kind: Kind) -> Site {
        let site = Site::new(kind, "", "agentops", "", 0).described();
        match kind {
            Kind::LlmCall => site,
            _ => site.named(""),
        }
    }
    static SESSION: Site = of(Kind::Session);
    static AGENT: Site = of(Kind::Agent);
    static WORKFLOW: Site = of(Kind::Workflow);
    static TASK: Site = of(Kind::Task);
    static OPERATION: Site = of(Kind::Operation);
    static TOOL: Site = of(Kind::Tool);
    static GUARDRAIL: Site = of(Kind::Guardrail);
    static LLM_CALL: Site = of(Kind::LlmCall);
    match kind {
        Kind::Session => &SESSION,
        Kind::Agent => &AGENT,
        Kind::Workflow => &WORKFLOW,
        Kind::Task => &TASK,
        Kind::Operation | Kind::Foreign => &OPERATION,
        Kind::Tool => &TOOL,
        Kind::Guardrail => &GUARDRAIL,
        Kind::LlmCall => &LLM_CALL,
    }
}
