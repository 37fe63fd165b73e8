//! What the assistant knows by heart.

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

/// The topic that shares most words with a question, of equals the narrower one.
pub(crate) fn explain(words: &[String]) -> Option<&'static str> {
    let shared = |topic: &Topic| {
        let is_shared = |word: &&String| topic.words.contains(&word.as_str());
        words.iter().filter(is_shared).count()
    };
    // Of equals, `max_by_key` takes the last; reversed, the first, which is the narrower topic.
    let best = TOPICS.iter().rev().max_by_key(|topic| shared(topic))?;
    (shared(best) > 0).then_some(best.answer)
}
