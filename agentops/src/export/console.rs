//! Show a session on the terminal when it ends.

use std::collections::HashMap;

use agentops_spool::record::{Reason, Status};
use agentops_spool::site::Kind;
use agentops_spool::span::Span;

use crate::config::terminal::Console as Mode;
use crate::export::stderr;
use crate::export::tree::row::{Row, RowStatus};
use crate::export::tree::style::Look;
use crate::export::tree::{SessionTree, render, summary};
use crate::semconv;

/// Spans that are kept of a session until it is shown.
const MAX_ROWS: usize = 10_000;

/// Sessions that are kept at a time.
const MAX_SESSIONS: usize = 1_000;

/// Width of lines when stderr is no terminal.
const WIDTH: usize = 100;

/// Keeps the spans of open sessions, and prints those that end.
#[derive(Debug)]
pub(crate) struct Console {
    mode: Mode,
    look: Look,
    service: String,
    /// By session index.
    open: HashMap<u32, Log>,
    /// Sessions that ended in this pass; shown after the next, which sees what other threads ended before.
    ended: Vec<u32>,
}

#[derive(Debug, Default)]
struct Log {
    id: String,
    /// The span that is the session.
    span_id: u64,
    rows: Vec<Row>,
    omitted: usize,
}

impl Console {
    /// `None` if nothing is to be printed.
    pub(crate) fn new(mode: Mode, color: bool, service: String) -> Option<Self> {
        if mode == Mode::Off {
            return None;
        }
        let terminal = terminal_size::terminal_size_of(std::io::stderr());
        let width = terminal.map_or(WIDTH, |(width, _)| width.0.into());
        Some(Self {
            mode,
            look: Look { color, width },
            service,
            open: HashMap::new(),
            ended: Vec::new(),
        })
    }

    /// Takes a span of this process.
    pub(crate) fn push(&mut self, span: &Span<'_>) {
        let Some(session) = span.session else {
            return;
        };
        if self.open.len() >= MAX_SESSIONS && !self.open.contains_key(&session.index) {
            // Spans that end after their session leave a log that nobody shows.
            let oldest = self.open.keys().min().copied();
            oldest.and_then(|oldest| self.open.remove(&oldest));
        }
        let log = self.open.entry(session.index).or_default();
        let ends_session = span.identity.span_id == session.span_id;
        if log.rows.len() < MAX_ROWS || ends_session {
            log.rows.push(row(span));
        } else {
            log.omitted += 1;
        }
        if ends_session {
            log.id.clone_from(&session.id);
            log.span_id = u64::from_be_bytes(session.span_id);
            self.ended.push(session.index);
        }
    }

    /// The sessions that ended in this pass, to be shown after the next.
    pub(crate) fn take_ended(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.ended)
    }

    /// Prints these sessions.
    pub(crate) fn show(&mut self, sessions: &[u32]) {
        for index in sessions {
            if let Some(log) = self.open.remove(index) {
                stderr::block(&self.text(log));
            }
        }
    }

    fn text(&self, log: Log) -> String {
        // Rarely the last one: what other threads ended before is read after it.
        let session = log.rows.iter().rfind(|row| row.span_id == log.span_id);
        let tree = SessionTree {
            title: session.map_or(String::new(), |row| row.name.clone()),
            service: self.service.clone(),
            id: log.id,
            start_nanos: session.map_or(0, |row| row.start_nanos),
            spans: log.rows,
            omitted: log.omitted,
        };
        match self.mode {
            Mode::Tree => render(&tree, &self.look),
            Mode::Summary => summary(&tree, &self.look),
            Mode::Off => String::new(),
        }
    }
}

fn row(span: &Span<'_>) -> Row {
    let text = |key| span.get(key).and_then(|value| value.as_str());
    let count = |key| span.get(key).and_then(|value| value.as_u64());
    let model = text(semconv::GEN_AI_REQUEST_MODEL)
        .or_else(|| text(semconv::GEN_AI_RESPONSE_MODEL))
        .map(str::to_owned);
    Row {
        span_id: u64::from_be_bytes(span.identity.span_id),
        parent_id: u64::from_be_bytes(span.identity.parent_id),
        kind: match span.kind {
            Kind::Foreign => "span".to_owned(),
            kind => kind.as_str().to_owned(),
        },
        name: shown_name(span, model.as_deref()),
        input_tokens: count(semconv::GEN_AI_USAGE_INPUT_TOKENS),
        output_tokens: count(semconv::GEN_AI_USAGE_OUTPUT_TOKENS),
        model,
        start_nanos: span.start,
        end_nanos: span.end,
        status: status(span),
    }
}

/// The name without what the row tells by its mark, or in a column of its own.
fn shown_name(span: &Span<'_>, model: Option<&str>) -> String {
    let operation = match span.kind {
        Kind::Agent => "invoke_agent ",
        Kind::Workflow => "invoke_workflow ",
        Kind::Tool => "execute_tool ",
        _ => "",
    };
    let bare = span.name.strip_prefix(operation).or(Some(&span.name));
    let bare = match model {
        Some(model) => bare.and_then(|name| name.strip_suffix(model)),
        None => bare,
    };
    bare.map(str::trim_end)
        .filter(|bare| !bare.is_empty())
        .unwrap_or(&span.name)
        .to_owned()
}

fn status(span: &Span<'_>) -> RowStatus {
    match (span.reason, span.status) {
        (Reason::Panicked, _) => RowStatus::Panicked(String::new()),
        (Reason::Cancelled, _) => RowStatus::Cancelled,
        (Reason::Incomplete, _) => RowStatus::Incomplete,
        (Reason::Returned, Status::Error) => RowStatus::Error(span.message.clone().into_owned()),
        // It returned, and not an error: that is all a person wants to know.
        (Reason::Returned, Status::Ok | Status::Unset) => RowStatus::Ok,
    }
}
