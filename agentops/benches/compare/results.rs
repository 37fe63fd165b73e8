//! What was measured: a row for each work in each stack.

use std::io;
use std::path::Path;

use super::stacks::BURST;

/// One work in one stack.
pub(crate) struct Row {
    pub(crate) work: &'static str,
    pub(crate) stack: &'static str,
    /// Spans made in all bursts.
    made: u64,
    /// Nanoseconds for each span, in the burst in the middle.
    median: f64,
    /// The same in the burst that a tenth of all were faster than.
    p10: f64,
}

impl Row {
    pub(crate) fn new(
        work: &'static str,
        stack: &'static str,
        made: u64,
        mut bursts: Vec<u64>,
    ) -> Self {
        bursts.sort_unstable();
        #[expect(clippy::cast_precision_loss, reason = "bursts take milliseconds")]
        let at = |nth: usize| bursts[nth] as f64 / f64::from(BURST);
        Self {
            work,
            stack,
            made,
            median: at(bursts.len() / 2),
            p10: at(bursts.len() / 10),
        }
    }
}

/// All rows.
#[derive(Default)]
pub(crate) struct Results {
    pub(crate) rows: Vec<Row>,
}

impl Results {
    pub(crate) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    fn row(&self, work: &str, stack: &str) -> Option<&Row> {
        let mut rows = self.rows.iter();
        rows.find(|row| row.work == work && row.stack == stack)
    }

    /// Nanoseconds for a span, without the body; those of the body itself for the stack `none`.
    pub(crate) fn net(&self, work: &str, stack: &str) -> Option<f64> {
        self.figure(work, stack, |row| row.median)
    }

    /// As [`Results::net`], of the burst that a tenth of all were faster than.
    pub(crate) fn net_p10(&self, work: &str, stack: &str) -> Option<f64> {
        self.figure(work, stack, |row| row.p10)
    }

    fn figure(&self, work: &str, stack: &str, read: fn(&Row) -> f64) -> Option<f64> {
        let with_body = read(self.row(work, stack)?);
        match stack {
            "none" => Some(with_body),
            _ => Some(with_body - read(self.row(work, "none")?)),
        }
    }

    /// Spans that this stack was to export.
    pub(crate) fn made(&self, stack: &str) -> u64 {
        let rows = self.rows.iter().filter(|row| row.stack == stack);
        rows.map(|row| row.made).sum()
    }

    /// Writes `{"rows": [{"work": "sync", "stack": "agentops", "ns": 61.0, "p10": 60.1}, ..]}`.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let row = |row: &Row| {
            serde_json::json!({
                "work": row.work,
                "stack": row.stack,
                "ns": self.net(row.work, row.stack),
                "p10": self.net_p10(row.work, row.stack),
            })
        };
        let rows: Vec<serde_json::Value> = self.rows.iter().map(row).collect();
        std::fs::write(path, format!("{:#}\n", serde_json::json!({ "rows": rows })))
    }
}
