//! A span that is being described, between its call and its start.

use std::fmt;

use agentops_spool::record::field::FieldTag;
use agentops_spool::site::Site;

use crate::field::Field;
use crate::span::{self, Description, Parent, Started};

/// What the expansion says of a span before it starts.
#[derive(Debug)]
pub struct Draft<'a> {
    pub(crate) description: Description,
    /// Where the started span goes.
    to: &'a mut Option<Started>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(site: &'static Site, parent: Parent, to: &'a mut Option<Started>) -> Self {
        let description = Description {
            site,
            parent,
            session_id: None,
            baggage: Vec::new(),
        };
        Self { description, to }
    }

    /// Starts the span under this name instead of its site's.
    pub(crate) fn start_as(self, name: &str) {
        *self.to = span::begin(self.description, |out| out.text_field(FieldTag::Name, name));
    }

    /// Starts the span with these fields, in the order of the site's keys.
    pub(crate) fn start(self, fields: &[&dyn Field]) {
        *self.to = span::begin(self.description, |out| {
            for (index, field) in (0..).zip(fields) {
                if field.is_some() {
                    out.site_attr(index);
                    field.write(out);
                }
            }
        });
    }
}

/// The text of a value; the program's `Display` may panic, which is kept from spreading.
pub(crate) fn text_of(value: &dyn fmt::Display) -> Option<String> {
    let format = std::panic::AssertUnwindSafe(|| value.to_string());
    std::panic::catch_unwind(format).ok()
}
