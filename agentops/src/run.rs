//! One run of an agent: what its spans share, carried by the `Context`.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use agentops_spool::aside;
use agentops_spool::fork::{self, Published};
use agentops_spool::record::field::FieldTag;
use agentops_spool::record::write::{Release, SessionStart};
use opentelemetry::baggage::{BaggageExt as _, KeyValueMetadata};
use opentelemetry::trace::{SpanId, TraceId};
use opentelemetry::{Array, Context, KeyValue, Value};

use crate::slot::SlotRef;
use crate::{host, ids, semconv, values};

/// Most tags that a session keeps; all of them stand on every span.
const MAX_TAGS: usize = 128;

/// Most members that a session's baggage has: those of a W3C header but `session.id`.
const MAX_MEMBERS: usize = 63;

/// Longest `session.id` that is taken from another service, in bytes.
const MAX_REMOTE_ID: usize = 256;

/// A session, or the surroundings of a capture outside any session.
#[derive(Debug)]
pub(crate) struct Run {
    /// What records call it.
    pub(crate) index: u32,
    /// The capture it belongs to, 0 for none.
    pub(crate) realm: u32,
    /// `session.id`, empty outside any session.
    pub(crate) id: String,
    /// The trace it began in.
    pub(crate) trace_id: TraceId,
    /// The span that is the session.
    span_id: SpanId,
    about: Mutex<About>,
    baggage: Mutex<Vec<Member>>,
    /// How often the baggage changed.
    baggage_revision: AtomicU32,
    /// The process that began it.
    process: u32,
    /// The process whose reader was told of it last.
    told_in: AtomicU32,
}

/// What a run begins with.
#[derive(Debug)]
pub(crate) struct RunStart {
    pub(crate) id: String,
    pub(crate) realm: u32,
    pub(crate) trace_id: TraceId,
    pub(crate) span_id: SpanId,
    pub(crate) user: Option<String>,
    pub(crate) tags: Vec<String>,
}

/// What every span of a session says about it.
#[derive(Clone, Debug, Default)]
struct About {
    user: Option<String>,
    tags: Vec<String>,
    /// How often it changed: the reader may see a later word first.
    revision: u32,
}

/// The members in a `Context` that came from its session: what is nearer than the session has
/// another value.
#[derive(Clone, Debug, Default)]
struct Merged {
    members: Vec<Member>,
    /// What was there when the session began, and is farther than it.
    before: Vec<Member>,
    /// Which session's they are, and after how many changes: nothing is to be merged again.
    state: (u32, u32),
}

/// A key and its value.
type Member = (String, String);

impl Merged {
    fn has(&self, key: &str, value: &str) -> bool {
        let is_it = |(own_key, own_value): &Member| own_key == key && own_value == value;
        self.members.iter().any(is_it)
    }

    /// Whether a member that is found was not set within the session.
    fn knows(&self, key: &str, value: &str) -> bool {
        let is_it = |(own_key, own_value): &Member| own_key == key && own_value == value;
        self.has(key, value) || self.before.iter().any(is_it)
    }
}

/// The run in a `Context`.
#[derive(Clone, Debug)]
pub(crate) struct CurrentRun {
    pub(crate) run: Arc<Run>,
    /// The innermost session span, for who says how the session ended.
    pub(crate) slot: Option<SlotRef>,
    /// After how many changes its baggage was merged into the `Context`.
    merged: u32,
}

impl CurrentRun {
    /// The run whose baggage is in `cx` already, as far as it is.
    pub(crate) fn new(run: Arc<Run>, slot: Option<SlotRef>, cx: &Context) -> Self {
        let merged = cx
            .get::<Merged>()
            .filter(|merged| merged.state.0 == run.index);
        let merged = merged.map_or(0, |merged| merged.state.1);
        Self { run, slot, merged }
    }

    /// Whether it has baggage that was not merged into the `Context`.
    #[inline]
    pub(crate) fn has_other_baggage(&self) -> bool {
        self.merged != self.run.baggage_revision.load(Ordering::Acquire)
    }

    /// The run of the current `Context`, with its session span.
    pub(crate) fn get() -> Option<Self> {
        let get = || Context::map_current(|cx| cx.get::<Self>().cloned());
        host::context_is_alive().then(get).flatten()
    }
}

impl Run {
    /// Makes a run known to the reader of records.
    pub(crate) fn begin(start: RunStart) -> Arc<Self> {
        let run = Self {
            index: ids::index(),
            realm: start.realm,
            id: start.id,
            trace_id: start.trace_id,
            span_id: start.span_id,
            about: Mutex::default(),
            baggage: Mutex::default(),
            baggage_revision: AtomicU32::new(0),
            process: fork::process(),
            told_in: AtomicU32::new(fork::process()),
        };
        let tags = default_tags().into_iter().chain(start.tags).collect();
        run.describe(start.user, tags);
        Arc::new(run)
    }

    /// The surroundings of a capture outside any session.
    pub(crate) fn surroundings(realm: u32) -> Arc<Self> {
        Self::begin(RunStart {
            id: String::new(),
            realm,
            trace_id: TraceId::INVALID,
            span_id: SpanId::INVALID,
            user: None,
            tags: Vec::new(),
        })
    }

    /// Tells the reader of records what it is to know; what is told later replaces it.
    fn announce(&self, about: &About) {
        let (attributes, revision) = (about.attributes(), about.revision);
        aside::append(|out| {
            let start = SessionStart {
                index: self.index,
                realm: self.realm,
                span_id: self.span_id.to_bytes(),
                revision,
            };
            start.write(out);
            out.text_field(FieldTag::SessionId, &self.id);
            for attribute in &attributes {
                out.attr(attribute.key.as_str());
                values::write_value(&attribute.value, out);
            }
        });
    }

    /// Whether it is a copy of one of the process that forked this one. Nothing is said of it here.
    fn is_inherited(&self) -> bool {
        self.process != fork::process()
    }

    /// What it holds in `place`; `None` where a thread held it that a forked child does not have.
    fn look<'a, T>(&self, place: &'a Mutex<T>) -> Option<MutexGuard<'a, T>> {
        if !self.is_inherited() {
            return Some(place.lock().unwrap_or_else(PoisonError::into_inner));
        }
        match place.try_lock() {
            Ok(held) => Some(held),
            Err(TryLockError::Poisoned(held)) => Some(held.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    fn about(&self) -> About {
        let about = self.look(&self.about);
        about.map_or_else(About::default, |about| about.clone())
    }

    /// Its index, for a record. The reader of this process knows it from now on, also where
    /// another process began the run.
    #[inline]
    pub(crate) fn told_index(&self) -> u32 {
        if self.told_in.load(Ordering::Relaxed) != fork::process() {
            self.tell_here();
        }
        self.index
    }

    /// Tells the reader of this process of it, once this process has a reader.
    #[cold]
    fn tell_here(&self) {
        let here = fork::process();
        if !fork::is_child() && self.told_in.swap(here, Ordering::Relaxed) != here {
            self.announce(&self.about());
        }
    }

    /// Tells the reader of this process, which is new, of the run that its code goes on in.
    pub(crate) fn tell_inherited() {
        if let Some(CurrentRun { run, .. }) = CurrentRun::get() {
            run.told_index();
        }
    }

    /// Says for whom it runs and how to find it, on all spans that end from now on.
    pub(crate) fn describe(&self, user: Option<String>, tags: Vec<String>) {
        if self.is_inherited() {
            return;
        }
        // A run that is new has yet to be told of at all.
        let about = {
            let mut about = self.about.lock().unwrap_or_else(PoisonError::into_inner);
            let has_news = about.add(user, tags) || about.revision == 0;
            about.revision += u32::from(has_news);
            has_news.then(|| about.clone())
        };
        if let Some(about) = about {
            self.announce(&about);
        }
    }

    /// The words to find it by.
    pub(crate) fn tags(&self) -> Vec<String> {
        self.about().tags
    }

    /// What every span of the session says about it, besides its id.
    pub(crate) fn attributes(&self) -> Vec<KeyValue> {
        self.about().attributes()
    }

    /// The run of `cx`.
    pub(crate) fn of(cx: &Context) -> Option<Arc<Self>> {
        cx.get::<CurrentRun>()
            .map(|current| Arc::clone(&current.run))
    }

    /// Whether it is a session and not just the surroundings of a capture.
    pub(crate) fn is_session(&self) -> bool {
        !self.id.is_empty()
    }

    /// Sets a baggage member for everything that begins in the session from now on.
    ///
    /// `false` where the session has as many members as there may be.
    pub(crate) fn set_baggage(&self, key: &str, value: &str) -> bool {
        if self.is_inherited() {
            return true;
        }
        let mut baggage = self.baggage.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = baggage.len() == MAX_MEMBERS;
        match baggage.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => value.clone_into(known),
            None if is_full => return false,
            None => baggage.push((key.to_owned(), value.to_owned())),
        }
        self.baggage_revision.fetch_add(1, Ordering::Release);
        true
    }

    /// `cx` with these members of the session, which begins there, over what was there before.
    pub(crate) fn begin_baggage(&self, cx: Context, members: Vec<Member>) -> Context {
        let own: Vec<Member> = members
            .into_iter()
            .filter(|(key, value)| self.set_baggage(key, value))
            .collect();
        let there = cx.baggage().iter();
        let before: Vec<Member> = there
            .map(|(key, (value, _))| (key.to_string(), value.to_string()))
            .collect();
        match own.is_empty() && before.is_empty() {
            true => cx,
            false => with_merged(&cx, own, before, self.baggage_state()),
        }
    }

    fn baggage_state(&self) -> (u32, u32) {
        (self.index, self.baggage_revision.load(Ordering::Acquire))
    }

    /// `cx` with the session's baggage; what was set nearer than in the session stays.
    pub(crate) fn merge_baggage(&self, cx: Context) -> Context {
        let state = self.baggage_state();
        let is_merged = |merged: &Merged| merged.state == state;
        if state.1 == 0 || cx.get().is_some_and(is_merged) {
            return cx;
        }
        let before = cx.get::<Merged>();
        let is_nearer = |(key, _): &&Member| {
            let here = cx.baggage().get(key);
            here.is_some_and(|here| before.is_none_or(|before| !before.knows(key, here.as_str())))
        };
        let Some(baggage) = self.look(&self.baggage) else {
            return cx;
        };
        let own: Vec<Member> = baggage
            .iter()
            .filter(|member| !is_nearer(member))
            .cloned()
            .collect();
        drop(baggage);
        let farther = before.map_or_else(Vec::new, |merged| merged.before.clone());
        let cx = with_merged(&cx, own, farther, state);
        match cx.get::<CurrentRun>().cloned() {
            Some(CurrentRun { run, slot, .. }) => {
                let current = CurrentRun::new(run, slot, &cx);
                cx.with_value(current)
            }
            None => cx,
        }
    }
}

/// `cx` with these members of a session in this state.
fn with_merged(
    cx: &Context,
    members: Vec<Member>,
    before: Vec<Member>,
    state: (u32, u32),
) -> Context {
    let cx = with_members(cx, members.iter().cloned());
    cx.with_value(Merged {
        members,
        before,
        state,
    })
}

/// `cx` with the baggage of its session, if it is in one.
pub(crate) fn with_session_baggage(cx: Context) -> Context {
    match Run::of(&cx) {
        Some(run) => run.merge_baggage(cx),
        None => cx,
    }
}

/// `cx` without the baggage that its session put there.
pub(crate) fn leave_baggage(cx: &Context) -> Context {
    let Some(merged) = cx.get::<Merged>() else {
        return cx.clone();
    };
    let kept: Vec<_> = cx
        .baggage()
        .iter()
        .filter(|(key, (value, _))| !merged.has(key.as_str(), value.as_str()))
        .map(|(key, (value, properties))| {
            KeyValueMetadata::new(key.clone(), value.clone(), properties.clone())
        })
        .collect();
    cx.with_baggage(kept).with_value(Merged::default())
}

impl About {
    /// Takes over what is said; whether that is news.
    fn add(&mut self, user: Option<String>, tags: Vec<String>) -> bool {
        let mut has_news = user.is_some() && user != self.user;
        self.user = user.or(self.user.take());
        for tag in tags {
            if self.tags.len() < MAX_TAGS && !self.tags.contains(&tag) {
                self.tags.push(tag);
                has_news = true;
            }
        }
        has_news
    }

    fn attributes(&self) -> Vec<KeyValue> {
        let user = self.user.clone();
        let user = user.map(|user| KeyValue::new(semconv::USER_ID, user));
        let tags = (!self.tags.is_empty()).then(|| {
            let tags = self.tags.iter().cloned().map(Into::into).collect();
            KeyValue::new(semconv::AGENTOPS_TAGS, Value::Array(Array::String(tags)))
        });
        user.into_iter().chain(tags).collect()
    }
}

/// Tags that every session begins with.
static DEFAULT_TAGS: Published<Vec<String>> = Published::empty();

/// Makes every session begin with these tags.
pub(crate) fn install_tags(tags: Vec<String>) {
    DEFAULT_TAGS.set(Some(tags).filter(|tags| !tags.is_empty()));
}

fn default_tags() -> Vec<String> {
    DEFAULT_TAGS.get().cloned().unwrap_or_default()
}

impl Drop for Run {
    fn drop(&mut self) {
        let index = self.index;
        // Who was not told of it need not learn that it is over.
        if *self.told_in.get_mut() == fork::process() {
            aside::append(|out| Release { index }.write(out));
        }
    }
}

/// The session that another service named, by the baggage of `cx`.
///
/// Anybody may have sent it: one that is longer than any id in use is passed over.
pub(crate) fn session_in_baggage(cx: &Context) -> Option<String> {
    let id = cx.baggage().get(semconv::SESSION_ID)?.as_str();
    (1..=MAX_REMOTE_ID)
        .contains(&id.len())
        .then(|| id.to_owned())
}

/// `cx` with these members in its baggage; a key that is there already is replaced.
pub(crate) fn with_members(
    cx: &Context,
    members: impl Iterator<Item = (String, String)>,
) -> Context {
    let kept: Vec<_> = cx
        .baggage()
        .iter()
        .map(|(key, (value, properties))| {
            KeyValueMetadata::new(key.clone(), value.clone(), properties.clone())
        })
        .collect();
    let added = members.map(|(key, value)| KeyValueMetadata::new(key, value, ""));
    cx.with_baggage(kept.into_iter().chain(added))
}
