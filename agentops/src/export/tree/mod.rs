//! A finished session as a tree for the terminal, one line a span.
//!
//! ```text
//! ✓ Fix the flaky test   code-fixer   14:02:11Z   4 spans   8.4 s   3.1k → 612 tokens
//! └ ◇ agent planner                       ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━   8.3 s  ok
//!   ├ ✦ chat claude-sonnet-4  3.1k → 612  ██████████████████████████████████           6.7 s  ok
//!   └ ⚒ read_file                                                           █         120 ms  ok
//! total  1 llm call   3.1k → 612 tokens   8.4 s   session 4bf92f35
//! ```
//!
//! Strings in, a string out: nothing here reads a clock, the environment or the terminal, so every
//! line can be compared in a test. The rows may be anything a broken exporter could hand over
//! (orphans, circles, a hundred thousand levels); they are shown as well as they can be, and no
//! step recurses.

pub(crate) mod row;
pub(crate) mod style;

mod figure;
mod forest;
mod table;
mod text;

use crate::export::tree::figure::{clock, duration, flow, plural};
use crate::export::tree::forest::{Forest, Link};
use crate::export::tree::row::{Row, RowStatus};
use crate::export::tree::style::{Look, Paint};
use crate::export::tree::table::{Window, table};
use crate::export::tree::text::{cells, clean};

/// The cells that the header keeps for the name of the session.
const TITLE_ROOM: usize = 20;

/// A session that has ended, with the spans that were kept of it.
#[derive(Debug)]
pub(crate) struct SessionTree {
    /// The name of the session; its id stands in when empty.
    pub(crate) title: String,
    /// The service that ran it.
    pub(crate) service: String,
    /// The id under which other tools find it.
    pub(crate) id: String,
    /// When it began, in nanoseconds of Unix time.
    pub(crate) start_nanos: u64,
    /// Its spans in any order, the session's own among them.
    pub(crate) spans: Vec<Row>,
    /// How many more spans there were than could be kept.
    pub(crate) omitted: usize,
}

/// The session's header, its spans as a tree, and the totals; ends with a line break.
pub(crate) fn render(tree: &SessionTree, look: &Look) -> String {
    let forest = tree.forest();
    let facts = Facts::of(tree, &forest);
    let mut text = headline(tree, &facts, look, &clock(tree.start_nanos), 3);
    text.push_str(&table(&tree.spans, &forest, facts.window, look));
    if tree.omitted > 0 {
        let spans = plural(tree.omitted, "more span");
        let told = format!("… {spans}, not kept and not in the total");
        let mut line = look.line();
        line.put(Paint::Warn, &told);
        text.push_str(&line.finish());
    }
    text + &totals(tree, &facts, look)
}

/// The session in one line, which ends with a line break.
pub(crate) fn summary(tree: &SessionTree, look: &Look) -> String {
    headline(tree, &Facts::of(tree, &tree.forest()), look, "", 2)
}

impl SessionTree {
    /// The name of the session, or its id when it has none that could be seen.
    fn shown_title(&self, max: usize) -> String {
        let title = clean(&self.title, max);
        if title.is_empty() {
            clean(&self.id, max)
        } else {
            title
        }
    }

    /// Its spans as a forest, in the order of `spans`.
    fn forest(&self) -> Forest {
        let links = self.spans.iter().map(|row| Link {
            id: row.span_id,
            parent_id: row.parent_id,
            start: row.start_nanos,
            is_root: row.kind == "session",
        });
        Forest::of(&links.collect::<Vec<_>>())
    }
}

/// What the header and the totals say of the whole session.
struct Facts<'a> {
    /// How the session ended.
    status: &'a RowStatus,
    /// When it ran.
    window: Window,
    /// How many calls of models there were.
    llm_calls: usize,
    /// Their tokens in and out with the unit, nothing if none were reported.
    tokens: String,
}

impl<'a> Facts<'a> {
    /// Reads the session's own row; without one, what the rows amount to.
    fn of(tree: &'a SessionTree, forest: &Forest) -> Self {
        let rows = &tree.spans;
        let session = forest.root.map(|index| &rows[index]);
        let statuses = || forest.top.iter().map(|&index| &rows[index].status);
        let trouble = || statuses().find(|status| status.is_trouble());
        // Only calls of models count: an agent may report the sum of its calls once more.
        let calls = || rows.iter().filter(|row| row.kind == "llm_call");
        let sum = |tokens: fn(&Row) -> Option<u64>| {
            calls().filter_map(tokens).reduce(u64::saturating_add)
        };
        let tokens = flow(sum(|row| row.input_tokens), sum(|row| row.output_tokens));
        Self {
            status: session.map_or_else(|| trouble().unwrap_or(&RowStatus::Ok), |row| &row.status),
            window: window(tree, session),
            llm_calls: calls().count(),
            tokens: if tokens.is_empty() {
                tokens
            } else {
                tokens + " tokens"
            },
        }
    }

    /// How long the session took.
    fn took(&self) -> String {
        duration(self.window.end.saturating_sub(self.window.start))
    }

    /// Why the session failed or ended early, nothing if it did not.
    fn reason(&self, max: usize) -> String {
        if self.status.is_trouble() {
            self.status.told(max)
        } else {
            String::new()
        }
    }
}

/// From the session's start to its end, or as long as its rows tell if it has none.
fn window(tree: &SessionTree, session: Option<&Row>) -> Window {
    let starts = tree.spans.iter().map(|row| row.start_nanos);
    let ends = tree.spans.iter().map(|row| row.end_nanos);
    let start = session.map(|row| row.start_nanos).or_else(|| starts.min());
    let end = session
        .filter(|row| !row.is_open())
        .map(|row| row.end_nanos);
    let start = start.unwrap_or(tree.start_nanos);
    Window {
        start,
        end: end.or_else(|| ends.max()).unwrap_or(start),
    }
}

/// The line that tells the session: its mark, name, service, size, and why it failed.
fn headline(tree: &SessionTree, facts: &Facts<'_>, look: &Look, time: &str, gap: usize) -> String {
    let width = look.width();
    let title = tree.shown_title(width);
    let reason = facts.reason(width);
    let mut pieces = pieces(tree, facts, time, width);

    // The name and the reason keep some room; what is missed least makes place for them.
    let reason_kept = room_of(&reason, gap).min(gap + width / 3);
    let kept = 2 + cells(&title).min(TITLE_ROOM) + reason_kept;
    let room = |pieces: &[(Paint, String)]| -> usize {
        pieces.iter().map(|(_, text)| room_of(text, gap)).sum()
    };
    for missed_least in [1, 4, 0, 2] {
        if kept + room(&pieces) > width {
            pieces[missed_least].1.clear();
        }
    }

    let (mark_paint, mark) = facts.status.mark();
    let mut line = look.line();
    line.put(mark_paint, mark);
    line.put_before(width - reason_kept - room(&pieces), Paint::Strong, &title);
    for (paint, text) in pieces.iter().chain([&(facts.status.paint(), reason)]) {
        if !text.is_empty() {
            line.skip(gap);
            line.put(*paint, text);
        }
    }
    line.finish()
}

/// What stands between the name and the reason: service, time, spans, duration, tokens.
fn pieces(tree: &SessionTree, facts: &Facts<'_>, time: &str, width: usize) -> [(Paint, String); 5] {
    let spans = tree.spans.len().saturating_add(tree.omitted);
    [
        (Paint::Agent, clean(&tree.service, width / 4)),
        (Paint::Dim, time.to_owned()),
        (Paint::Dim, plural(spans, "span")),
        (Paint::Dim, facts.took()),
        (Paint::Plain, facts.tokens.clone()),
    ]
}

/// The cells of a piece with the gap before it; an empty one needs neither.
fn room_of(piece: &str, gap: usize) -> usize {
    if piece.is_empty() {
        0
    } else {
        gap + cells(piece)
    }
}

/// The line below the tree: what the session came to, and where to find it.
fn totals(tree: &SessionTree, facts: &Facts<'_>, look: &Look) -> String {
    let mut text = format!("total  {}", plural(facts.llm_calls, "llm call"));
    let id = clean(&tree.id, look.width());
    let session = if id.is_empty() {
        id
    } else {
        format!("session {id}")
    };
    for piece in [&facts.tokens, &facts.took(), &session] {
        // An id that is cut finds nothing, so each piece stands whole or not at all.
        if !piece.is_empty() && cells(&text) + 3 + cells(piece) <= look.width() {
            text.extend(["   ", piece]);
        }
    }
    let mut line = look.line();
    line.put(Paint::Dim, &text);
    line.finish()
}

#[cfg(test)]
mod tests;
