//! What records refer to by number: sites and sessions.

use std::collections::HashSet;
use std::collections::hash_map::Entry;

use crate::mask::fields::Masker;
use crate::number::NumberMap;
use crate::record::HEADER_LEN;
use crate::record::cursor::Cursor;
use crate::record::field::Field;
use crate::record::reader::Record;
use crate::record::write::{self, Release, SessionStart};
use crate::registry::{KnownSite, Sites};
use crate::span::Session;

/// Sites and sessions, and what this pass said of the latter.
#[derive(Debug, Default)]
pub(super) struct Known {
    sites: Sites,
    pub(super) sessions: NumberMap<u32, Session>,
    /// Those that were forgotten at the end of this pass.
    forgotten: NumberMap<u32, Session>,
    /// Sessions that began in this pass.
    new: Vec<u32>,
    /// Sessions of which more was said in this pass.
    changed: Vec<u32>,
    /// Sessions released in this pass.
    releasing: Vec<u32>,
    /// Sessions released in the pass before.
    released: Vec<u32>,
    /// Sessions released before that, of which spans are open.
    held: Vec<u32>,
    /// Sessions released in this pass that were held on to for an adopter.
    kept: usize,
}

impl Known {
    pub(super) fn new(sites: Sites) -> Self {
        Self {
            sites,
            ..Self::default()
        }
    }

    /// Begins a pass.
    pub(super) fn begin(&mut self) {
        self.new.clear();
        self.changed.clear();
        self.forgotten.clear();
        self.kept = 0;
    }

    /// Ends a pass: a release takes effect one late, because records of the session may be seen after it.
    ///
    /// It waits for spans of the session that are `open`: one is left, and with it the session,
    /// before the program looks at its value and it ends.
    pub(super) fn finish(&mut self, open: impl FnOnce() -> HashSet<u32>) {
        self.held.append(&mut self.released);
        if !self.held.is_empty() {
            let open = open();
            let (sessions, forgotten) = (&mut self.sessions, &mut self.forgotten);
            self.held.retain(|index| {
                let is_held = open.contains(index);
                if !is_held {
                    forgotten.extend(sessions.remove_entry(index));
                }
                is_held
            });
        }
        std::mem::swap(&mut self.released, &mut self.releasing);
    }

    pub(super) fn add_session(&mut self, record: &Record<'_>, masker: &mut Masker) {
        let Some((start, fields)) = SessionStart::read(record) else {
            return;
        };
        let mut session = Session {
            index: start.index,
            realm: start.realm,
            span_id: start.span_id,
            fields: masker.masked(&fields, &[]).into_owned(),
            revision: start.revision,
            ..Session::default()
        };
        for field in fields {
            if let Field::SessionId(id) = field {
                id.clone_into(&mut session.id);
            }
        }
        match self.sessions.entry(start.index) {
            Entry::Vacant(unknown) => {
                session.encode();
                unknown.insert(session);
                self.new.push(start.index);
            }
            Entry::Occupied(mut known) => {
                if known.get_mut().update(session) {
                    self.changed.push(start.index);
                }
            }
        }
    }

    pub(super) fn release(&mut self, record: &Record<'_>) {
        self.releasing
            .extend(Release::read(record).map(|release| release.index));
    }

    /// Adds a session that the journal of a dead process kept.
    pub(super) fn adopt(&mut self, mut session: Session) {
        if session.index != 0 && !session.id.is_empty() {
            session.encode();
            self.sessions.insert(session.index, session);
        }
    }

    /// All sessions that records of this pass may refer to, if these are read again.
    pub(super) fn recent(&self) -> HashSet<u32> {
        let indices = self.sessions.keys().chain(self.forgotten.keys());
        indices.copied().collect()
    }

    /// What is known of one of [`Known::recent`].
    pub(super) fn find(&self, index: u32) -> Option<&Session> {
        let known = self.sessions.get(&index);
        known.or_else(|| self.forgotten.get(&index))
    }

    /// Whether `session` is known, or none.
    pub(super) fn has(&self, session: u32) -> bool {
        session == 0 || self.sessions.contains_key(&session)
    }

    /// The site and the session of these numbers.
    pub(super) fn get(
        &mut self,
        site: u32,
        session: u32,
    ) -> (Option<&KnownSite>, Option<&Session>) {
        (self.sites.get(site), self.sessions.get(&session))
    }

    /// Those sessions of which this pass told something and that were not released, once.
    pub(super) fn take_news(&mut self) -> HashSet<u32> {
        let mut news: HashSet<u32> = self.new.drain(..).chain(self.changed.drain(..)).collect();
        for index in self.releasing.iter().chain(&self.released) {
            news.remove(index);
        }
        news.retain(|index| self.sessions.contains_key(index));
        news
    }

    /// Hands on, as records, the sessions released in this pass, within it each once: chunks that
    /// were not read may have spans of them, and the journal does not know those that were short.
    pub(super) fn hold_released(
        &mut self,
        is_over: bool,
        keep: &mut impl FnMut(&[u8]) -> bool,
    ) -> bool {
        let released = match is_over {
            true => &self.released[..],
            false => &self.releasing[self.kept..],
        };
        self.kept = self.releasing.len();
        let sessions = released.iter().filter_map(|index| self.sessions.get(index));
        // The realms of captures are nobody's after a kill.
        let mut sessions = sessions.filter(|session| session.realm == 0);
        sessions.all(|session| keep(&session_record(session)))
    }

    /// Whether a release takes effect only after the next pass.
    pub(super) fn is_releasing(&self) -> bool {
        !self.released.is_empty()
    }
}

/// What is known of a session, as the record that would have said it.
fn session_record(session: &Session) -> Vec<u8> {
    let start = SessionStart {
        index: session.index,
        realm: session.realm,
        span_id: session.span_id,
        revision: session.revision,
    };
    let mut bytes = vec![0; HEADER_LEN + size_of::<SessionStart>() + session.fields.len() + 8];
    let mut out = Cursor::new(&mut bytes);
    start.write(&mut out);
    out.bytes(&session.fields);
    let len = write::finish(&mut out);
    bytes.truncate(len);
    bytes
}
