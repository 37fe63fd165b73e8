//! The one reader of records: a pass over all chunks.
//!
//! The drain thread makes passes while the program is initialized. A test's
//! capture, which needs no `init`, makes its own; the lock keeps them apart.

#[cfg(all(test, target_os = "linux", not(agentops_plain), not(miri)))]
mod tests;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use agentops_spool::arena::Chunk;
use agentops_spool::carry::{Before, Carry};
use agentops_spool::clock::{self, Anchor};
use agentops_spool::delivery::Delivery;
use agentops_spool::fork::PerProcess;
use agentops_spool::join::{Join, Measurement, Moment, Sink};
use agentops_spool::journal::Journal;
use agentops_spool::limits::Limits;
use agentops_spool::otlp::batch::Batch;
use agentops_spool::registry::Sites;
use agentops_spool::segment::format::hash;
use agentops_spool::segment::unsynced::Unsynced;
use agentops_spool::span::{Parts, Span};
use agentops_spool::{aside, pool};

use crate::export::captured::CapturedSpan;
use crate::export::console::Console;
use crate::export::counts;
use crate::export::tally;
use crate::metrics;

/// The wall clock is taken anew when it moved by more than this.
const STEP: u64 = 1_000_000;

/// Bytes of records after which what they made is brought to the disk: six chunks make about a body.
const SLICE: usize = 380 << 10;

/// Reads records and hands on what they make.
#[derive(Debug)]
pub(crate) struct Recorder {
    join: Join,
    anchor: Option<Anchor>,
    outlet: Outlet,
    /// What waits for other records, for whoever adopts this process.
    carry: Carry,
    /// Sessions that ended in the pass before.
    shown_next: Vec<u32>,
    /// Sessions that the metrics say run now.
    active_sessions: usize,
}

/// Where spans go.
#[derive(Debug, Default)]
struct Outlet {
    delivery: Option<Delivery>,
    journal: Option<Journal>,
    console: Option<Console>,
    /// By realm.
    captures: HashMap<u32, Vec<CapturedSpan>>,
}

static RECORDER: PerProcess<Mutex<Option<Recorder>>> = PerProcess::new(Mutex::default);

/// Runs `f` on the recorder while nobody else reads.
pub(crate) fn with<R>(f: impl FnOnce(&mut Recorder) -> R) -> R {
    let mut recorder: MutexGuard<'_, _> = RECORDER.lock().unwrap_or_else(PoisonError::into_inner);
    f(recorder.get_or_insert_default())
}

impl Recorder {
    /// Begins to deliver spans, to journal open ones and to show sessions.
    pub(crate) fn attach(
        &mut self,
        delivery: Delivery,
        journal: Option<Journal>,
        console: Option<Console>,
        limits: Limits,
    ) {
        self.join.set_limits(limits);
        // A new arena is to learn it, and new instruments begin at zero.
        self.anchor = None;
        self.active_sessions = 0;
        counts::begin();
        // What is in an arena before, which was not drained, is its adopter's.
        self.carry = Carry::default();
        self.outlet.delivery = Some(delivery);
        self.outlet.journal = journal;
        self.outlet.console = console;
    }

    /// Stops delivering: what is still open is delivered as incomplete.
    pub(crate) fn detach(&mut self) {
        self.settle();
        let anchor = self.anchor();
        let Self { join, outlet, .. } = self;
        join.give_up(None, clock::now(), anchor, outlet);
        let _ = join.take_closed();
        self.settle();
        self.join.set_limits(Limits::default());
        self.carry = Carry::default();
        self.outlet.delivery = None;
        self.outlet.console = None;
        if let Some(mut journal) = self.outlet.journal.take() {
            journal.remove();
        }
    }

    /// Makes passes until nothing that was written before the call is left; `false` if there was nothing.
    pub(crate) fn settle(&mut self) -> bool {
        // One pass sees all that was written, the next all it refers to; a
        // session is shown one later.
        let mut has_read = false;
        for _ in 0..3 {
            has_read |= self.pass();
        }
        has_read
    }

    /// Begins to keep the spans of `realm`.
    pub(crate) fn capture(&mut self, realm: u32) {
        self.outlet.captures.insert(realm, Vec::new());
    }

    /// The spans of `realm`, which is then forgotten.
    pub(crate) fn captured(&mut self, realm: u32) -> Vec<CapturedSpan> {
        self.outlet.captures.remove(&realm).unwrap_or_default()
    }

    fn anchor(&mut self) -> Anchor {
        let now = Anchor::take();
        let kept = self.anchor.filter(|anchor| {
            let expected = anchor.unix(now.tick);
            expected.abs_diff(now.unix_nanos) <= STEP
        });
        // The same anchor for parents and children, unless the clock was set.
        let anchor = kept.unwrap_or(now);
        if kept.is_none() {
            // Whoever adopts the arena converts ticks as this process did.
            pool::set_anchor(anchor);
        }
        self.anchor = Some(anchor);
        anchor
    }

    /// Reads everything that is committed and hands on what is complete; `false` if there was nothing.
    ///
    /// Chunks are given back as soon as what is in them is on the disk, and not all at the end:
    /// threads that make spans faster than this pass may wait for them.
    pub(crate) fn pass(&mut self) -> bool {
        let anchor = self.anchor();
        let mut unread = self.look();
        let has_read = !unread.is_empty();
        let mut read = Vec::new();
        while !self.read_slice(&mut unread, &mut read, anchor) {
            // Without room for what still waits for a record of another chunk, its own chunk
            // is held as long as that may help: to the end of the pass.
            if self.hold(Moment::Within) {
                consume(&mut read);
                pool::reclaim();
            }
        }
        let before = self.hold_all();
        consume(&mut read);
        self.carry.forget(&before);
        pool::reclaim();
        self.show();
        self.count();
        has_read
    }

    /// Reads some of the chunks and brings what they made to the disk; `true` if these were the last.
    fn read_slice(
        &mut self,
        unread: &mut VecDeque<(Arc<Chunk>, usize)>,
        read: &mut Vec<(Arc<Chunk>, usize)>,
        anchor: Anchor,
    ) -> bool {
        let mut bytes_read = 0;
        while let Some((chunk, len)) = unread.pop_front_if(|_| bytes_read < SLICE) {
            let bytes = &chunk.unread()[..len];
            self.join.read(bytes, anchor, &mut self.outlet);
            bytes_read += len;
            read.push((chunk, len));
        }
        let is_last = unread.is_empty();
        if is_last {
            self.finish(anchor);
        }
        self.outlet.deliver(&mut self.join, anchor);
        is_last
    }

    /// Copies what was read and is nowhere else yet; `false` if there is no room for all of it.
    fn hold(&mut self, moment: Moment) -> bool {
        let Self { join, carry, .. } = self;
        join.hold(moment, |record| carry.keep(record))
    }

    /// The same at the end of a pass, as far as there is room; returns what was copied before it.
    ///
    /// That is of no use any more once the chunks are consumed, and not sooner: until then they
    /// may be read again, by an adopter who then needs what they refer to.
    fn hold_all(&mut self) -> Before {
        let before = self.carry.before();
        self.hold(Moment::End);
        before
    }

    /// Begins a pass: the chunks in use, and how much of each is to be read.
    fn look(&mut self) -> VecDeque<(Arc<Chunk>, usize)> {
        self.join.begin();
        self.join.look(&aside::take());
        let mut unread = VecDeque::new();
        for chunk in pool::active() {
            if self.carry.holds(&chunk) {
                continue;
            }
            let bytes = chunk.unread();
            self.join.look(bytes);
            let len = bytes.len();
            if len > 0 {
                unread.push_back((chunk, len));
            }
        }
        unread
    }

    /// Ends a pass, when all was read.
    fn finish(&mut self, anchor: Anchor) {
        let Self { join, outlet, .. } = self;
        join.finish(anchor, outlet);
        let abandoned = pool::abandoned();
        if !abandoned.is_empty() {
            join.give_up(Some(&abandoned), clock::now(), anchor, outlet);
        }
    }

    /// Tells the metrics what this pass knows.
    fn count(&mut self) {
        let Some(delivery) = &self.outlet.delivery else {
            return;
        };
        counts::note(delivery.spans(), self.join.open_len());
        let before = std::mem::replace(&mut self.active_sessions, self.join.active_sessions());
        let count = |sessions: usize| i64::try_from(sessions).unwrap_or(i64::MAX);
        metrics::current().add_sessions(count(self.active_sessions) - count(before));
    }

    fn show(&mut self) {
        if let Some(console) = &mut self.outlet.console {
            console.show(&self.shown_next);
            self.shown_next = console.take_ended();
        }
    }

    /// What is to be synced for the journal to survive a power cut; notes the clocks for whoever
    /// adopts the arena.
    pub(crate) fn unsynced(&mut self) -> Vec<Unsynced> {
        let (anchor, tick) = (self.anchor(), clock::now());
        let unix_nanos = anchor.unix(tick);
        pool::set_anchor(Anchor { tick, unix_nanos });
        let journal = self.outlet.journal.as_mut();
        journal.map_or_else(Vec::new, Journal::unsynced)
    }
}

/// Gives up what was read of chunks, once it is on the disk or copied.
fn consume(read: &mut Vec<(Arc<Chunk>, usize)>) {
    for (chunk, len) in read.drain(..) {
        chunk.consume(len);
    }
}

impl Default for Recorder {
    fn default() -> Self {
        Self {
            join: Join::new(Sites::live()),
            anchor: None,
            outlet: Outlet::default(),
            carry: Carry::default(),
            shown_next: Vec::new(),
            active_sessions: 0,
        }
    }
}

impl Outlet {
    /// Brings what was handed on to the disk.
    ///
    /// The journal first forgets what is in the queues, then learns what is
    /// open; only then may the records be given up that say so.
    fn deliver(&mut self, join: &mut Join, anchor: Anchor) {
        if let Some(delivery) = &mut self.delivery {
            delivery.flush();
        }
        self.journal(join, anchor);
    }

    fn journal(&mut self, join: &mut Join, anchor: Anchor) {
        let closed = join.take_closed();
        let Some(journal) = &mut self.journal else {
            return;
        };
        let mut open = OpenSpans::default();
        let result = if journal.is_long() {
            journal.replace().and_then(|()| {
                join.journal_again(anchor, &mut open);
                open.write(journal)?;
                journal.replaced();
                Ok(())
            })
        } else {
            join.journal(anchor, &mut open);
            let closed = match closed.is_empty() {
                true => Ok(()),
                false => journal.closed(&closed),
            };
            closed.and_then(|()| open.write(journal))
        };
        // Without a disk a kill costs the starts of open spans; the queue tells of the disk.
        drop(result);
    }
}

impl Sink for Outlet {
    fn parts(&mut self, parts: &Parts<'_>) {
        let is_looked_at = parts.realm() != 0 || self.console.is_some() || tally::counts(parts);
        if !is_looked_at
            && let Some(delivery) = &mut self.delivery
            && delivery.push_plain(parts)
        {
            return;
        }
        self.span(&Span::assemble(parts));
    }

    fn span(&mut self, span: &Span<'_>) {
        let realm = span.session.map_or(0, |session| session.realm);
        if realm != 0 {
            if let Some(kept) = self.captures.get_mut(&realm) {
                kept.push(span.into());
            }
            return;
        }
        if let Some(delivery) = &mut self.delivery {
            delivery.push(span);
            tally::count(span);
        }
        if let Some(console) = &mut self.console {
            console.push(span);
        }
    }

    fn measure(&mut self, measure: &Measurement<'_>) {
        let realm = measure.session.map_or(0, |session| session.realm);
        if realm == 0 {
            tally::count(&measure.span);
        }
    }
}

/// Open spans on their way into the journal, by session index.
#[derive(Default)]
struct OpenSpans {
    batches: HashMap<u32, (u64, Batch)>,
}

impl OpenSpans {
    fn write(&mut self, journal: &mut Journal) -> std::io::Result<()> {
        for (index, (session_hash, batch)) in &mut self.batches {
            journal.open(*index, *session_hash, batch)?;
        }
        Ok(())
    }
}

impl Sink for OpenSpans {
    fn span(&mut self, span: &Span<'_>) {
        // What a test captures is no business of another process.
        if span.session.is_some_and(|session| session.realm != 0) {
            return;
        }
        // One whose session was not seen yet is known by its number.
        let known = span.session.map(|session| session.index);
        let index = known.unwrap_or(span.identity.session);
        let session_hash = span.session.map_or(0, |session| hash(&session.id));
        let (_, batch) = self
            .batches
            .entry(index)
            .or_insert_with(|| (session_hash, Batch::default()));
        batch.push(span);
    }

    fn measure(&mut self, _: &Measurement<'_>) {}
}
