//! What the options of an attribute say of a span before it starts.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use opentelemetry::KeyValue;
use serde::Serialize;

use crate::carrier::Carrier;
use crate::content::json::{Content, Json};
use crate::content::messages;
use crate::draft::{Draft, text_of};
use crate::llm::sniff::sniff_request;
use crate::propagation::{self, check_member};
use crate::relation::{Links, SpanParent};

/// Used by `#[agentops::..(if = ..)]` to take a condition.
#[inline]
pub fn condition(is_met: bool) -> bool {
    is_met
}

/// Used by `#[agentops::..(parent = ..)]` to hang the span below another one.
pub fn parent<P: SpanParent + ?Sized>(draft: &mut Draft<'_>, parent: &P) {
    if let Some(cx) = parent.context() {
        draft.description.parent.move_to(cx);
    }
}

/// Used by `#[agentops::..(root)]` to begin a trace.
pub fn root(draft: &mut Draft<'_>) {
    draft.description.parent.cut();
}

/// Used by `#[agentops::..(links = ..)]` to refer to other spans.
pub fn links<L: Links + ?Sized>(draft: &mut Draft<'_>, links: &L) {
    let mut found = Vec::new();
    links.add_to(&mut found);
    draft.description.parent.refer_to(found);
}

/// Used by `#[agentops::session(extract = ..)]` to continue the trace and session of a request.
pub fn extract<C: Carrier + ?Sized>(draft: &mut Draft<'_>, carrier: &C) {
    let remote = propagation::extract(carrier);
    draft.description.parent.follow(&remote);
}

/// Used by `#[agentops::session(id = ..)]` to name the session.
pub fn session_id(draft: &mut Draft<'_>, id: &dyn fmt::Display) {
    // An empty id names nothing.
    let id = text_of(id).filter(|id| !id.is_empty());
    draft.description.details().session_id = id;
}

/// Used by `#[agentops::session(user = ..)]` to say whom the session runs for.
pub fn user(draft: &mut Draft<'_>, user: &dyn fmt::Display) {
    let user = text_of(user).filter(|user| !user.is_empty());
    draft.description.details().user = user;
}

/// Used by `#[agentops::..(tags(..))]` to add words to find it by.
pub fn tags(draft: &mut Draft<'_>, tags: &[&str]) {
    let tags = tags.iter().map(|tag| (*tag).to_owned());
    draft.description.details().tags.extend(tags);
}

/// Used by `#[agentops::..(baggage(..))]` to add a member for all that the function calls.
pub fn baggage(draft: &mut Draft<'_>, key: &'static str, value: &dyn fmt::Display) {
    let value = text_of(value);
    // What no header can carry is not handed on at all.
    let value = value.filter(|value| check_member(key, value).is_ok());
    if let Some(value) = value {
        let member = (key.to_owned(), value);
        draft.description.details().baggage.push(member);
    }
}

/// Used by `#[agentops::llm_call(request = ..)]` to record what a request asks for.
pub fn request<R: Serialize + ?Sized>(draft: &mut Draft<'_>, request: &R) {
    // Serializing is the program's own code: if it panics, there is nothing to record.
    let sniffed = catch_unwind(AssertUnwindSafe(|| sniff_request(request)));
    let mut attributes: Vec<KeyValue> = sniffed.unwrap_or_default();
    // What an option says itself wins over what is found in what another names.
    let site = draft.description.site;
    attributes.retain(|attribute| !site.has(attribute.key.as_str()));
    draft.description.details().attributes.extend(attributes);
}

/// Used by `#[agentops::llm_call(prompt = ..)]` to record what the model is told.
pub fn prompt(draft: &mut Draft<'_>, prompt: Content<'_>) {
    if draft.keeps_content() {
        let said = Json::of(prompt);
        if !messages::says_nothing(&said) {
            let prompt = messages::from("user", &said);
            draft.description.details().prompt = Some(prompt);
        }
    }
}
