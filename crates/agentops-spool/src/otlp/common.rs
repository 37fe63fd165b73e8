//! What all spans of a site, or of a session, have in common, encoded once.
//!
//! Most spans differ in their ids, their times and the values of their fields;
//! the rest is the same bytes each time. Where that is not so, because a key
//! comes from two sides or the name is made of attributes, nothing is encoded
//! ahead, and the span is put together first.

use crate::definition::SiteDef;
use crate::limits::OF_SESSIONS;
use crate::otlp::attribute::{EncodedKey, attribute};
use crate::otlp::field;
use crate::otlp::wire::Writer;
use crate::record::value::Value;
use crate::site::Kind;

/// Fields that are told apart by the bits of a word.
const MOST_KEYS: usize = 64;

/// What the spans of a site have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SiteBytes {
    /// Their name and kind, as fields of a span.
    pub(crate) head: Box<[u8]>,
    /// The attributes that all of them have, as fields of a span.
    pub(crate) attributes: Box<[u8]>,
    /// The keys of their own attributes.
    pub(crate) keys: Box<[EncodedKey]>,
}

impl SiteBytes {
    /// `None` where spans of the site must be put together first.
    pub(crate) fn of(site: &SiteDef) -> Option<Self> {
        let name = match (&site.name, site.kind) {
            // What ends a session is an attribute, and what an LLM call is called is made of some.
            (_, Kind::Session | Kind::Foreign) | (None, Kind::LlmCall) => return None,
            (Some(name), _) => name,
            (None, _) => &site.function,
        };
        let constants = site.constants().map(|(key, _)| key);
        let keys = site.keys.iter().map(String::as_str);
        let mut all: Vec<&str> = constants.chain(keys).chain(OF_SESSIONS).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        if all.len() < count || site.keys.len() > MOST_KEYS {
            return None;
        }
        let mut head = Writer::default();
        head.text(field::NAME, name);
        head.uint(field::KIND, site.kind_of_spans() as u64);
        let mut attributes = Writer::default();
        for (key, value) in site.constants() {
            attribute(field::ATTRIBUTES, key, &value, &mut attributes);
        }
        Some(Self {
            head: head.into_bytes().into(),
            attributes: attributes.into_bytes().into(),
            keys: site.keys.iter().map(|key| EncodedKey::new(key)).collect(),
        })
    }
}

/// The attributes that a session gives its spans, as fields of a span; empty where each span
/// must be asked first whether it has one of its own.
pub(crate) fn session_bytes<'a>(
    id: &str,
    attributes: impl Iterator<Item = (&'a str, Value<'a>)>,
) -> Vec<u8> {
    let mut out = Writer::default();
    let [own, others @ ..] = &OF_SESSIONS;
    attribute(field::ATTRIBUTES, own, &Value::Str(id), &mut out);
    let mut left: Vec<&str> = others.to_vec();
    for (key, value) in attributes {
        let Some(index) = left.iter().position(|known| *known == key) else {
            return Vec::new();
        };
        left.swap_remove(index);
        attribute(field::ATTRIBUTES, key, &value, &mut out);
    }
    out.into_bytes()
}
