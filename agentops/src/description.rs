//! What is said of a span before it begins.

use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::FieldTag;
use agentops_spool::site::Site;
use opentelemetry::KeyValue;

use crate::content::arguments::Arguments;
use crate::content::json::Json;
use crate::field::Field;
use crate::parent::Parent;
use crate::{semconv, values};

/// What is said of a span before it begins.
#[derive(Debug)]
pub(crate) struct Description {
    pub(crate) site: &'static Site,
    pub(crate) parent: Parent,
    pub(crate) arguments: Arguments,
    /// In a box, since most spans have nothing of it.
    details: Option<Box<Details>>,
}

/// What options say of a span besides its fields.
#[derive(Debug, Default)]
pub(crate) struct Details {
    /// The id given for a session span.
    pub(crate) session_id: Option<String>,
    /// Whom a session runs for.
    pub(crate) user: Option<String>,
    /// Words to find it by: all of a session, or just this span.
    pub(crate) tags: Vec<String>,
    /// Baggage members for all that it calls.
    pub(crate) baggage: Vec<(String, String)>,
    /// Attributes that were found in what an option named.
    pub(crate) attributes: Vec<KeyValue>,
    /// What a model is told, as messages; content.
    pub(crate) prompt: Option<Json>,
}

impl Description {
    #[inline]
    pub(crate) fn new(site: &'static Site) -> Self {
        Self {
            site,
            parent: Parent::NONE,
            arguments: Arguments::default(),
            details: None,
        }
    }

    /// To say something of it.
    pub(crate) fn details(&mut self) -> &mut Details {
        self.details.get_or_insert_default()
    }

    /// Whether nothing is said of it but fields and arguments.
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        self.details.is_none() && self.parent.is_plain()
    }

    pub(crate) fn tags(&self) -> &[String] {
        let details = self.details.as_ref();
        details.map_or(&[], |details| &details.tags)
    }

    pub(crate) fn baggage(&self) -> &[(String, String)] {
        let details = self.details.as_ref();
        details.map_or(&[], |details| &details.baggage)
    }

    #[inline]
    pub(crate) fn attributes(&self) -> &[KeyValue] {
        let details = self.details.as_ref();
        details.map_or(&[], |details| &details.attributes)
    }

    /// Leaves the current session where another one is named.
    pub(crate) fn leave_other_session(&mut self) {
        let details = self.details.as_ref();
        let id = details.and_then(|details| details.session_id.as_deref());
        self.parent.leave_other(id);
    }

    /// Takes what is said of a session: id, user and tags.
    pub(crate) fn take_session(&mut self) -> (Option<String>, Option<String>, Vec<String>) {
        let Some(details) = &mut self.details else {
            return Default::default();
        };
        let tags = std::mem::take(&mut details.tags);
        (details.session_id.take(), details.user.take(), tags)
    }

    /// Writes arguments and the like.
    pub(crate) fn write_content(&self, out: &mut Cursor<'_>) {
        self.arguments.write(self.site.kind(), out);
        let details = self.details.as_ref();
        if let Some(prompt) = details.and_then(|details| details.prompt.as_ref()) {
            prompt.write(semconv::GEN_AI_INPUT_MESSAGES, out);
        }
    }
}

/// The fields with which a span begins.
pub(crate) enum Fields<'a> {
    /// Values in the order of the site's keys.
    OfSite(&'a [&'a dyn Field]),
    /// A name instead of the site's, if it is not empty, and attributes.
    Named(&'a str, &'a [KeyValue]),
}

impl Fields<'_> {
    /// The name, where it is not the site's.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name, _) if !name.is_empty() => Some(name),
            Self::OfSite(_) | Self::Named(..) => None,
        }
    }

    /// Writes them.
    #[inline]
    pub(crate) fn write(&self, out: &mut Cursor<'_>) {
        match self {
            Self::OfSite(values) => {
                for (index, value) in (0..).zip(*values) {
                    value.write_field(index, out);
                }
            }
            Self::Named(_, attributes) => {
                if let Some(name) = self.name() {
                    out.text_field(FieldTag::Name, name);
                }
                for attribute in *attributes {
                    out.attr(attribute.key.as_str());
                    values::write_value(&attribute.value, out);
                }
            }
        }
    }
}
