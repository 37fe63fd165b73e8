//! A span that is being described, between its call and its start.

use std::fmt;

use agentops_spool::record::field::FieldTag;
use agentops_spool::site::Site;
use opentelemetry::KeyValue;

use crate::content::arguments::Arguments;
use crate::content::policy;
use crate::field::Field;
use crate::parent::Parent;
use crate::span::{self, Description, Started};
use crate::update;

/// Used by `#[agentops::..]` to describe a span before it starts.
#[derive(Debug)]
pub struct Draft<'a> {
    pub(crate) description: Description,
    /// Where the started span goes.
    to: &'a mut Option<Started>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(site: &'static Site, parent: Parent, to: &'a mut Option<Started>) -> Self {
        let description = Description::new(site, parent);
        Self { description, to }
    }

    /// Whether arguments and the like are worth reading.
    #[expect(clippy::unused_self, reason = "it depends on where the span begins")]
    pub(crate) fn keeps_content(&self) -> bool {
        policy::is_wanted()
    }

    /// Starts the span under this name instead of its site's, with these attributes.
    pub(crate) fn start_as(self, name: &str, attributes: &[KeyValue]) {
        *self.to = span::begin(self.description, |out| {
            if !name.is_empty() {
                out.text_field(FieldTag::Name, name);
            }
            for attribute in attributes {
                out.attr(attribute.key.as_str());
                update::write_value(&attribute.value, out);
            }
        });
    }

    /// Starts the span with these fields, in the order of the site's keys.
    pub(crate) fn start(mut self, fields: &[&dyn Field], arguments: Arguments) {
        self.description.arguments = arguments;
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
