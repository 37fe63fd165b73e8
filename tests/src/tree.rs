//! Spans as indented text, for tests that compare the whole of it.

use std::fmt;

use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

use crate::spans::Span;

/// The forest of a set of spans, one line each, with neither ids nor times in it:
///
/// ```text
/// session answer: ok
///   llm chat gpt-4o (12 in, 48 out): ok
///   tool search: error, no network
/// ```
///
/// A line is the kind (`agentops.span.kind`, else OpenTelemetry's in lower case), the name, the
/// tokens if there are any, and the status. Siblings stand in the order of their start. A span
/// whose parent is not among the spans stands at the left margin, marked `^` if it has one.
#[derive(Debug)]
pub struct Tree<'a> {
    /// Sorted by start, then name.
    spans: Vec<&'a Span>,
}

impl<'a> Tree<'a> {
    /// The tree of these spans.
    ///
    /// # Panics
    /// When two spans have the same ids.
    #[track_caller]
    pub fn of(spans: &'a [Span]) -> Self {
        let mut spans: Vec<&Span> = spans.iter().collect();
        spans.sort_by_key(|span| (span.proto.start_time_unix_nano, span.name()));
        let tree = Self { spans };
        for span in &tree.spans {
            let same = |other: &&&Span| {
                (&other.proto.trace_id, &other.proto.span_id)
                    == (&span.proto.trace_id, &span.proto.span_id)
            };
            let count = tree.spans.iter().filter(same).count();
            assert!(
                count == 1,
                "span `{}` was received {count} times",
                span.name()
            );
        }
        tree
    }

    /// Compares the printed tree with the expected one.
    ///
    /// The indentation that all expected lines share does not count, nor does white space at the
    /// text's ends, so a test can indent the text like its code.
    ///
    /// # Panics
    /// When they differ.
    #[track_caller]
    pub fn assert_eq(&self, expected: &str) {
        let (found, expected) = (self.to_string(), dedent(expected));
        assert!(
            found.trim_end() == expected,
            "the spans are\n\n{found}\nand not\n\n{expected}\n"
        );
    }

    fn has_parent(&self, span: &Span) -> bool {
        self.spans.iter().any(|other| span.is_child_of(other))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, span: &Span, depth: usize) -> fmt::Result {
        writeln!(f, "{:indent$}{}", "", Line(span), indent = 2 * depth)?;
        let children = self.spans.iter().filter(|child| child.is_child_of(span));
        for child in children {
            self.write(f, child, depth + 1)?;
        }
        Ok(())
    }
}

impl fmt::Display for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for root in self.spans.iter().filter(|span| !self.has_parent(span)) {
            if root.parent_id().is_some() {
                f.write_str("^ ")?;
            }
            self.write(f, root, 0)?;
        }
        Ok(())
    }
}

/// One span without its children.
struct Line<'a>(&'a Span);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = self.0;
        match span.str("agentops.span.kind") {
            Some(kind) => f.write_str(kind)?,
            None => f.write_str(&format!("{:?}", span.kind()).to_lowercase())?,
        }
        write!(f, " {}", span.name())?;
        let tokens = ["gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens"];
        match tokens.map(|key| span.int(key)) {
            [None, None] => {}
            [Some(input), None] => write!(f, " ({input} in)")?,
            [None, Some(output)] => write!(f, " ({output} out)")?,
            [Some(input), Some(output)] => write!(f, " ({input} in, {output} out)")?,
        }
        let status = match span.status() {
            StatusCode::Unset => "unset",
            StatusCode::Ok => "ok",
            StatusCode::Error => "error",
        };
        write!(f, ": {status}")?;
        match span.status_message() {
            "" => Ok(()),
            message => write!(f, ", {message}"),
        }
    }
}

/// The text without the indentation that its lines share, and without empty lines.
fn dedent(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let shared = lines.iter().map(indent).min().unwrap_or_default();
    let lines: Vec<&str> = lines.iter().map(|line| line[shared..].trim_end()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use opentelemetry_proto::tonic::trace::v1::Status;

    use super::*;
    use crate::fixtures::{int, span, text, traces};
    use crate::spans::Spans;

    #[test]
    fn children_stand_below_their_parents_in_the_order_of_their_start() {
        let mut llm = span(2, 1, "chat gpt-4o");
        llm.attributes = vec![
            text("agentops.span.kind", "llm"),
            int("gen_ai.usage.input_tokens", 12),
            int("gen_ai.usage.output_tokens", 48),
        ];
        let mut tool = span(3, 1, "search");
        tool.kind = 3;
        tool.status = Some(Status {
            message: "no network".to_owned(),
            code: 2,
        });
        let spans = vec![tool, span(4, 9, "elsewhere"), llm, span(1, 0, "answer")];
        Tree::of(&Spans::of([&traces(spans)])).assert_eq(
            "
            unspecified answer: unset
              llm chat gpt-4o (12 in, 48 out): unset
              client search: error, no network
            ^ unspecified elsewhere: unset
            ",
        );
    }

    #[test]
    #[should_panic(expected = "span `twin` was received 2 times")]
    fn span_received_twice_fails_the_test() {
        let spans = Spans::of([&traces(vec![span(1, 0, "twin"), span(1, 0, "twin")])]);
        drop(Tree::of(&spans));
    }
}
