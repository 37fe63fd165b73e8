//! What the server says: a few rules over a few sentences known by heart.
//!
//! The last message of the user decides. A wish for a summary is granted with the first sentences
//! of the text; a question is answered with the topic that shares most words with it; anything
//! else is said again. No chance, no clock, no state: equal conversations get equal answers.

use crate::request::{Message, Role};

/// Something the assistant can explain.
struct Topic {
    /// Words of a question that point here, in lower case.
    words: &'static [&'static str],
    answer: &'static str,
}

const TOPICS: [Topic; 8] = [
    Topic {
        words: &["opentelemetry", "otel", "observability"],
        answer: "OpenTelemetry is an open standard for describing what software does, in traces, \
                 metrics and logs. One set of libraries records the data, and one protocol, OTLP, \
                 carries it to the backend of your choice. Changing that backend does not change \
                 your code.",
    },
    Topic {
        words: &["span", "spans", "trace", "traces"],
        answer: "A span is one piece of work with a name, a start, an end and attributes. Spans \
                 that share a trace id form a tree, because each knows its parent. For an agent \
                 the root is the run, and the model and tool calls are its leaves.",
    },
    Topic {
        words: &["baggage", "propagation", "traceparent", "propagate"],
        answer: "Context propagation hands the trace id and the parent span from one service to \
                 the next, in the `traceparent` header. Baggage travels beside it and carries \
                 small key-value pairs, such as a session id. Both are W3C recommendations.",
    },
    Topic {
        words: &["metric", "metrics", "histogram", "counter"],
        answer: "A metric is a number measured again and again, such as the latency of a model \
                 call or the tokens it used. Counters add up and histograms keep the distribution. \
                 They cost the same however many calls are made.",
    },
    Topic {
        words: &[
            "ownership",
            "borrow",
            "borrowing",
            "lifetime",
            "lifetimes",
            "borrowed",
        ],
        answer: "In Rust every value has one owner, and the value is dropped when its owner goes \
                 out of scope. References borrow it for a while: many may read, or one may write. \
                 The compiler checks this, so there is no garbage collector and no data race.",
    },
    Topic {
        words: &["async", "await", "future", "futures", "tokio"],
        answer: "An async function in Rust returns a future, which does nothing until it is \
                 polled. A runtime such as Tokio polls many futures on a few threads. Dropping a \
                 future cancels it at its last await.",
    },
    Topic {
        words: &["macro", "macros", "attribute", "attributes"],
        answer: "An attribute macro is a function from tokens to tokens that the Rust compiler \
                 runs. It can wrap the function it stands on without changing its signature. What \
                 it produces is compiled like code written by hand.",
    },
    Topic {
        words: &["rust", "cargo", "crate", "rustc"],
        answer: "Rust is a systems programming language that guarantees memory safety without a \
                 garbage collector. Its build tool, Cargo, fetches, builds, tests and documents \
                 crates. It is used where both speed and correctness matter.",
    },
];

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

/// The answer to a conversation.
pub(crate) fn answer(messages: &[Message]) -> String {
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
    let starts_as_question = words
        .first()
        .is_some_and(|word| QUESTION_WORDS.contains(&word.as_str()));
    if starts_as_question || prompt.contains('?') {
        return explain(&words);
    }
    format!("You said: {}", prompt.trim())
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

fn explain(words: &[String]) -> String {
    let shared = |topic: &Topic| {
        let is_shared = |word: &&String| topic.words.contains(&word.as_str());
        words.iter().filter(is_shared).count()
    };
    // Of equals, `max_by_key` takes the last; reversed, the first, which is the narrower topic.
    let best = TOPICS.iter().rev().max_by_key(|topic| shared(topic));
    match best {
        Some(topic) if shared(topic) > 0 => topic.answer.to_owned(),
        _ => "I do not know. Ask me about Rust or OpenTelemetry.".to_owned(),
    }
}

fn last_text(messages: &[Message], role: Role) -> Option<String> {
    messages
        .iter()
        .rev()
        .find(|message| message.role == role)
        .map(Message::text)
}

/// The beginning of a text up to the end of its sentence number `count`.
fn first_sentences(text: &str, count: usize) -> &str {
    let ends = text.match_indices(['.', '!', '?']).filter(|(at, mark)| {
        text[at + mark.len()..]
            .chars()
            .next()
            .is_none_or(char::is_whitespace)
    });
    match ends.take(count).last() {
        Some((at, mark)) => &text[..at + mark.len()],
        None => text,
    }
}

/// The words of a text in lower case.
fn words(text: &str) -> Vec<String> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
