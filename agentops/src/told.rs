//! What the options of an attribute say of the value of a call.
//!
//! Their closures are the program's own: they run where the span is recorded, some also
//! where the call is only measured, and one that panics says nothing and harms nobody.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use opentelemetry::KeyValue;
use serde::Serialize;

use crate::content::json::{Content, Json};
use crate::content::messages;
use crate::field::Field;
use crate::llm::sniff::sniff;
use crate::llm::usage::IntoUsage;
use crate::outcome::{Message, Split, words};
use crate::seen::{Seen, Verdict};
use crate::session::EndState;
use crate::{semconv, values};

/// A value that may be an error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `Result`, so there is no error to record",
    label = "`err(..)` is for functions that return a `Result`",
    note = "write `err_if = |value| ..` to say which values are errors"
)]
pub trait Fallible {
    /// The error.
    type Error;

    /// The error, if it is one.
    #[doc(hidden)]
    fn error(&self) -> Option<&Self::Error>;
}

impl<T, E> Fallible for Result<T, E> {
    type Error = E;

    fn error(&self) -> Option<&E> {
        self.as_ref().err()
    }
}

fn quietly<R>(closure: impl FnOnce() -> R) -> Option<R> {
    catch_unwind(AssertUnwindSafe(closure)).ok()
}

/// Used by `#[agentops::..]` to have a closure read what is recorded as content of a value.
pub fn read<'a, T, R>(
    seen: &mut Seen<'_>,
    split: Split<'a, T>,
    closure: impl FnOnce(&'a T) -> R,
) -> Option<R> {
    let value = split.value.filter(|_| seen.keeps_content())?;
    quietly(|| closure(value))
}

/// Used by `#[agentops::..(ret(|value| ..))]` to record this in place of the value.
pub fn say(seen: &mut Seen<'_>, content: Content<'_>) {
    seen.say_content(content);
}

/// Used by `#[agentops::..(ret(|value| ..))]` where there is nothing to record.
pub fn say_nothing(seen: &mut Seen<'_>) {
    seen.say_content(Content::Nothing);
}

/// Used by `#[agentops::..(ret(Debug))]` to record the `Debug` form of the value.
pub fn say_debug<T: fmt::Debug>(seen: &mut Seen<'_>, split: Split<'_, T>) {
    seen.say_content(
        split
            .value
            .map_or(Content::Nothing, |value| Content::Debug(value)),
    );
}

/// Used by `#[agentops::..(ret(Display))]` to record the `Display` form of the value.
pub fn say_display<T: fmt::Display>(seen: &mut Seen<'_>, split: Split<'_, T>) {
    seen.say_content(
        split
            .value
            .map_or(Content::Nothing, |value| Content::Display(value)),
    );
}

/// Used by `#[agentops::..(ret(Json))]` to record the JSON of the value.
pub fn say_json<T: Serialize>(seen: &mut Seen<'_>, split: Split<'_, T>) {
    seen.say_content(
        split
            .value
            .map_or(Content::Nothing, |value| Content::Json(value)),
    );
}

/// Used by `#[agentops::..(ret(fields(..)))]` to record an attribute of the value.
pub fn say_field<'a, T, R: Field>(
    seen: &mut Seen<'_>,
    key: &'static str,
    split: Split<'a, T>,
    closure: impl FnOnce(&'a T) -> R,
) {
    let Some(value) = split.value else {
        return;
    };
    let value = quietly(|| values::value_of(&closure(value)));
    if let Some(value) = value.flatten() {
        seen.told().attributes.push(KeyValue::new(key, value));
    }
}

/// Used by `#[agentops::..(err(|error| ..))]` to say an error in other words.
pub fn error_words<'a, V: Fallible, R: fmt::Display>(
    seen: &mut Seen<'_>,
    value: &'a V,
    closure: impl FnOnce(&'a V::Error) -> R,
) {
    if let Some(error) = value.error()
        && let Some(said) = quietly(|| closure(error))
    {
        seen.told().words = Some(words(Message::Display(&said)));
    }
}

/// Used by `#[agentops::..(err(Debug))]` to say an error in its `Debug` form.
pub fn error_debug<V: Fallible<Error: fmt::Debug>>(seen: &mut Seen<'_>, value: &V) {
    if let Some(error) = value.error() {
        seen.told().words = Some(words(Message::Debug(error)));
    }
}

/// Used by `#[agentops::..(err(Display))]` to say an error in its `Display` form.
pub fn error_display<V: Fallible<Error: fmt::Display>>(seen: &mut Seen<'_>, value: &V) {
    if let Some(error) = value.error() {
        seen.told().words = Some(words(Message::Display(error)));
    }
}

/// Used by `#[agentops::..(err(type = |error| ..))]` to say what sort of error it is.
pub fn error_type<'a, V: Fallible, R: fmt::Display>(
    seen: &mut Seen<'_>,
    value: &'a V,
    closure: impl FnOnce(&'a V::Error) -> R,
) {
    if let Some(error) = value.error()
        && let Some(said) = quietly(|| closure(error).to_string())
    {
        seen.told().error_type = Some(said);
    }
}

/// Used by `#[agentops::..(ok_if = ..)]` to say which values are successes.
pub fn ok_if<'a, T>(seen: &mut Seen<'_>, value: &'a T, closure: impl FnOnce(&'a T) -> bool) {
    let verdict = match quietly(|| closure(value)) {
        Some(true) => Verdict::Success,
        Some(false) => Verdict::Failure("`ok_if` says no"),
        None => return,
    };
    seen.told().verdict = Some(verdict);
}

/// Used by `#[agentops::..(err_if = ..)]` to say which values are errors as well.
pub fn err_if<'a, T>(seen: &mut Seen<'_>, value: &'a T, closure: impl FnOnce(&'a T) -> bool) {
    if quietly(|| closure(value)) == Some(true) {
        seen.told().verdict = Some(Verdict::Failure("`err_if` says so"));
    }
}

/// Used by `#[agentops::llm_call(response = ..)]` to find the model's answer in the value.
pub fn response<'a, T, R: Serialize>(
    seen: &mut Seen<'_>,
    split: Split<'a, T>,
    closure: impl FnOnce(&'a T) -> R,
) {
    let Some(value) = split.value else {
        return;
    };
    let found = quietly(|| sniff(&closure(value))).flatten();
    if let Some(found) = found {
        seen.answer().merge(*found);
    }
}

/// Used by `#[agentops::llm_call(usage = ..)]` to find the tokens in the value.
pub fn usage<'a, T, R: IntoUsage>(
    seen: &mut Seen<'_>,
    split: Split<'a, T>,
    closure: impl FnOnce(&'a T) -> R,
) {
    let Some(value) = split.value else {
        return;
    };
    let usage = quietly(|| closure(value).into_usage()).flatten();
    if let Some(usage) = usage {
        seen.answer().usage.merge(usage);
    }
}

/// Used by `#[agentops::llm_call(completion = ..)]` to record what the model said.
pub fn completion(seen: &mut Seen<'_>, content: Content<'_>) {
    let said = Json::of(content);
    if !messages::says_nothing(&said) {
        seen.told().completion = Some(said);
    }
}

/// Used by `#[agentops::guardrail(triggered = ..)]` to say whether it caught something.
pub fn triggered<'a, T>(
    seen: &mut Seen<'_>,
    split: Split<'a, T>,
    closure: impl FnOnce(&'a T) -> bool,
) {
    let Some(value) = split.value else {
        return;
    };
    if let Some(is_triggered) = quietly(|| closure(value)) {
        let attribute = KeyValue::new(semconv::AGENTOPS_GUARDRAIL_TRIGGERED, is_triggered);
        seen.told().attributes.push(attribute);
    }
}

/// Used by `#[agentops::session(end_state = ..)]` to say how a session ended.
pub fn end_state<'a, T>(
    seen: &mut Seen<'_>,
    value: &'a T,
    closure: impl FnOnce(&'a T) -> EndState,
) {
    let Some(state) = quietly(|| closure(value)) else {
        return;
    };
    let told = seen.told();
    told.verdict = match state {
        EndState::Success => Some(Verdict::Success),
        EndState::Error => Some(Verdict::Failure("")),
        EndState::Cancelled => Some(Verdict::Failure("cancelled")),
        EndState::Indeterminate | EndState::Other(_) => told.verdict,
    };
    let word = state.as_str().to_owned();
    let key = semconv::AGENTOPS_SESSION_END_STATE;
    told.attributes.push(KeyValue::new(key, word));
}
