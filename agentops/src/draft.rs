//! A span that is being described, between its call and its start.

use std::fmt;

use opentelemetry::KeyValue;

use crate::content::arguments::Arguments;
use crate::content::policy;
use crate::description::{Description, Fields};
use crate::field::Field;
use crate::span::{self, Started};

/// Used by `#[agentops::..]` to describe a span before it starts.
#[derive(Debug)]
pub struct Draft<'a> {
    // By reference: what is moved is read in other pieces than it was written in, for which a
    // processor waits.
    pub(crate) description: &'a mut Description,
    /// Where the started span goes.
    to: &'a mut Started,
}

impl<'a> Draft<'a> {
    #[inline]
    pub(crate) fn new(description: &'a mut Description, to: &'a mut Started) -> Self {
        Self { description, to }
    }

    /// Whether arguments and the like are worth reading.
    #[expect(clippy::unused_self, reason = "it depends on where the span begins")]
    pub(crate) fn keeps_content(&self) -> bool {
        policy::is_wanted()
    }

    /// Starts the span under this name instead of its site's, with these attributes.
    pub(crate) fn start_as(self, name: &str, attributes: &[KeyValue]) {
        let fields = Fields::Named(name, attributes);
        span::begin(self.description, &fields, self.to);
    }

    /// Starts the span with these fields, in the order of the site's keys.
    pub(crate) fn start(self, fields: &[&dyn Field], arguments: Arguments) {
        self.description.arguments = arguments;
        let fields = Fields::OfSite(fields);
        span::begin(self.description, &fields, self.to);
    }
}

/// The text of a value; the program's `Display` may panic, which is kept from spreading.
pub(crate) fn text_of(value: &dyn fmt::Display) -> Option<String> {
    let format = std::panic::AssertUnwindSafe(|| value.to_string());
    std::panic::catch_unwind(format).ok()
}
