//! What of a queue is being sent, and how long that takes.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What is being sent.
#[derive(Debug, Default)]
pub(super) struct Flight {
    /// Items given out and not settled.
    items: u64,
    /// When the request began that is on its way.
    begun: Option<Instant>,
    /// The segment that it is from.
    segment: Option<PathBuf>,
}

impl Flight {
    /// Items given out and not settled.
    pub(super) fn items(&self) -> u64 {
        self.items
    }

    /// The segment that something is being sent of.
    pub(super) fn segment(&self) -> Option<&Path> {
        self.segment.as_deref()
    }

    /// Notes that a parcel is about to be read from a segment.
    pub(super) fn aim(&mut self, segment: &Path) {
        if self.segment() != Some(segment) {
            self.segment = Some(segment.to_owned());
        }
    }

    /// Notes that a parcel was given out.
    pub(super) fn begin(&mut self, items: u64) {
        self.items = items;
        self.begun = Some(Instant::now());
    }

    /// Notes that a parcel, or a part of it, was settled; how long that took.
    pub(super) fn settle(&mut self, items: u64) -> Option<Duration> {
        self.items = self.items.saturating_sub(items);
        let now = Instant::now();
        // The next part is sent at once.
        let next = (self.items > 0).then_some(now);
        if next.is_none() {
            self.segment = None;
        }
        let begun = std::mem::replace(&mut self.begun, next)?;
        Some(now - begun)
    }

    /// Notes that the rest comes back; how long the attempt took.
    pub(super) fn end(&mut self) -> Option<Duration> {
        self.items = 0;
        self.segment = None;
        self.begun.take().map(|begun| begun.elapsed())
    }
}

/// Who is told how long requests take, and what they failed of.
#[derive(Default)]
pub(super) struct Observer(OnceLock<Box<Tell>>);

type Tell = dyn Fn(Duration, Option<&'static str>) + Send + Sync;

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observer").finish_non_exhaustive()
    }
}

impl Observer {
    /// Tells `tell`, if it is the first.
    pub(super) fn set(
        &self,
        tell: impl Fn(Duration, Option<&'static str>) + Send + Sync + 'static,
    ) {
        let _ = self.0.set(Box::new(tell));
    }

    pub(super) fn tell(&self, taken: Option<Duration>, error: Option<&'static str>) {
        if let (Some(tell), Some(taken)) = (self.0.get(), taken) {
            tell(taken, error);
        }
    }
}
