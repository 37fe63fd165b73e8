//! How a span is told where it hangs, and what it refers to.

use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, TraceContextExt as _};

use crate::host;
use crate::session::Session;

/// What a span can be hung below, by `parent = ..`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the parent of a span",
    label = "no span is known by this",
    note = "give a `Context` or `SpanContext` of OpenTelemetry, an `agentops::Session`, a reference to one, or an `Option` of one"
)]
pub trait SpanParent {
    /// The context that the span begins in; none for the current one.
    #[doc(hidden)]
    fn context(&self) -> Option<Context>;
}

impl SpanParent for Context {
    fn context(&self) -> Option<Context> {
        Some(self.clone())
    }
}

impl SpanParent for SpanContext {
    fn context(&self) -> Option<Context> {
        let current = host::current_context();
        self.is_valid()
            .then(|| current.with_remote_span_context(self.clone()))
    }
}

impl SpanParent for Session {
    fn context(&self) -> Option<Context> {
        Some(self.own_context().clone())
    }
}

impl<P: SpanParent + ?Sized> SpanParent for &P {
    fn context(&self) -> Option<Context> {
        (**self).context()
    }
}

impl<P: SpanParent> SpanParent for Option<P> {
    fn context(&self) -> Option<Context> {
        self.as_ref().and_then(SpanParent::context)
    }
}

/// What a span can refer to, by `links = ..`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no spans to link to",
    label = "no span is known by this",
    note = "give a `SpanContext` or `Context` of OpenTelemetry, or a reference, `Option`, array, slice or `Vec` of these"
)]
pub trait Links {
    /// Adds the spans.
    #[doc(hidden)]
    fn add_to(&self, links: &mut Vec<SpanContext>);
}

impl Links for SpanContext {
    fn add_to(&self, links: &mut Vec<SpanContext>) {
        if self.is_valid() {
            links.push(self.clone());
        }
    }
}

impl Links for Context {
    fn add_to(&self, links: &mut Vec<SpanContext>) {
        self.span().span_context().add_to(links);
    }
}

impl<L: Links + ?Sized> Links for &L {
    fn add_to(&self, links: &mut Vec<SpanContext>) {
        (**self).add_to(links);
    }
}

impl<L: Links> Links for Option<L> {
    fn add_to(&self, links: &mut Vec<SpanContext>) {
        if let Some(link) = self {
            link.add_to(links);
        }
    }
}

impl<L: Links> Links for [L] {
    fn add_to(&self, links: &mut Vec<SpanContext>) {
        for link in self {
            link.add_to(links);
        }
    }
}

impl<L: Links, const N: usize> Links for [L; N] {
    fn add_to(&self, links: &mut Vec<SpanContext>) {
        self[..].add_to(links);
    }
}

impl<L: Links> Links for Vec<L> {
    fn add_to(&self, links: &mut Vec<SpanContext>) {
        self[..].add_to(links);
    }
}
