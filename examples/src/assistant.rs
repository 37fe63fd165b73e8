//! What the server says: a few rules over a few sentences known by heart.
//!
//! The last message of the user decides. A wish for a summary is granted with the first sentences
//! of the text; a question is answered with the topic that shares most words with it; anything
//! else is said again. Where tools are offered, a question without a topic has them called, and
//! is answered with what they returned. No chance, no clock, no state: equal conversations get
//! equal answers.

use crate::message::{FunctionCall, Message, Role};
use crate::planner::Turn;
use crate::prose::{first_sentences, words};
use crate::request::ChatRequest;
use crate::tool::ToolChoice;
use crate::topics::explain;

/// What the assistant does about a conversation.
#[derive(Debug)]
pub(crate) enum Reply {
    /// It says something.
    Text(String),
    /// It wants tools called; never none.
    Calls(Vec<FunctionCall>),
}

/// Words that ask for a shorter text.
const SUMMARY_WORDS: [&str; 6] = [
    "summarize",
    "summarise",
    "summary",
    "shorten",
    "tldr",
    "condense",
];

/// Words a question begins with, where no question mark ends it.
const QUESTION_WORDS: [&str; 8] = [
    "what", "why", "how", "who", "when", "where", "which", "explain",
];

/// Words that ask for a tool even where the assistant knows the answer.
const SEARCH_WORDS: [&str; 2] = ["search", "find"];

/// The reply to a request.
pub(crate) fn reply(request: &ChatRequest) -> Reply {
    let turn = Turn::of(&request.messages, &request.tools);
    let mut calls = match &request.tool_choice {
        ToolChoice::Named(name) => turn.forced_call(Some(name)).into_iter().collect(),
        ToolChoice::Auto | ToolChoice::Required if wants_tools(request, &turn) => turn.next_calls(),
        ToolChoice::None | ToolChoice::Auto | ToolChoice::Required => Vec::new(),
    };
    if calls.is_empty() && matches!(request.tool_choice, ToolChoice::Required) {
        calls.extend(turn.forced_call(None));
    }
    if !request.calls_in_parallel {
        calls.truncate(1);
    }
    match (calls.is_empty(), turn.is_new()) {
        (false, _) => Reply::Calls(calls),
        (true, false) => Reply::Text(turn.report()),
        (true, true) => Reply::Text(say(&request.messages)),
    }
}

/// Whether the question is one for the tools.
fn wants_tools(request: &ChatRequest, turn: &Turn<'_>) -> bool {
    let Some(prompt) = last_text(&request.messages, Role::User) else {
        return false;
    };
    let words = words(&prompt);
    let has_any = |of: &[&str]| words.iter().any(|word| of.contains(&word.as_str()));
    !turn.is_new()
        || has_any(&SEARCH_WORDS)
        || (is_question(&prompt, &words) && !has_any(&SUMMARY_WORDS) && explain(&words).is_none())
}

/// The answer without tools.
fn say(messages: &[Message]) -> String {
    let Some(prompt) = last_text(messages, Role::User) else {
        return "How can I help?".to_owned();
    };
    let words = words(&prompt);
    if words
        .iter()
        .any(|word| SUMMARY_WORDS.contains(&word.as_str()))
    {
        return summarize(&prompt, &words, messages);
    }
    if is_question(&prompt, &words) {
        return explain(&words)
            .unwrap_or("I do not know. Ask me about Rust or OpenTelemetry.")
            .to_owned();
    }
    format!("You said: {}", prompt.trim())
}

fn is_question(prompt: &str, words: &[String]) -> bool {
    let starts_as_question = words
        .first()
        .is_some_and(|word| QUESTION_WORDS.contains(&word.as_str()));
    starts_as_question || prompt.contains('?')
}

/// The first sentences of what follows the instruction's colon or, without one, of the last answer.
fn summarize(prompt: &str, words: &[String], messages: &[Message]) -> String {
    let text = match prompt.split_once([':', '\n']) {
        Some((_, text)) if !text.trim().is_empty() => text.to_owned(),
        _ => last_text(messages, Role::Assistant).unwrap_or_else(|| prompt.to_owned()),
    };
    let count = if words.iter().any(|word| word == "one") {
        1
    } else {
        2
    };
    first_sentences(text.trim(), count).to_owned()
}

fn last_text(messages: &[Message], role: Role) -> Option<String> {
    messages
        .iter()
        .rev()
        .find(|message| message.role == role)
        .map(Message::text)
}
