//! What has to hold: how much less than others ours costs.

use super::results::Results;

/// What a work of ours costs at most.
enum Limit {
    /// A share of what it costs in another stack.
    Share(f64, &'static str),
    Nanos(f64),
}

use Limit::{Nanos, Share};

const BARS: [(&str, Limit); 13] = [
    ("sync", Share(0.65, "fastrace")),
    ("sync", Share(0.30, "otel-sdk")),
    ("sync", Share(0.07, "tracing-otel")),
    ("async", Share(0.65, "fastrace")),
    ("async", Share(0.08, "tracing-otel")),
    ("leaf", Share(0.60, "fastrace")),
    ("llm-call", Share(0.15, "otel-sdk")),
    ("disabled", Nanos(5.0)),
    ("unsampled-child", Nanos(15.0)),
    ("unsampled", Nanos(60.0)),
    ("unsampled-llm-call", Nanos(60.0)),
    ("two-threads", Share(0.5, "fastrace")),
    ("two-threads", Share(0.5, "fastrace-otel")),
];

/// Prints each bar and whether it holds.
pub(crate) fn print(results: &Results) {
    for (work, limit) in &BARS {
        let Some(ours) = results.net(work, "agentops") else {
            continue;
        };
        let (figure, at_most, what) = match limit {
            Nanos(at_most) => (ours, *at_most, "ns".to_owned()),
            Share(at_most, stack) => {
                let theirs = results.net(work, stack).unwrap_or(f64::NAN);
                (ours / theirs, *at_most, format!("of {stack}"))
            }
        };
        let verdict = if figure <= at_most { "pass" } else { "MISS" };
        println!("{verdict} {work}: {figure:.3} {what}, at most {at_most}");
    }
}
