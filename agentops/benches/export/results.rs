//! What was measured: a row for each run.

use std::io;
use std::path::Path;

use super::collector::Arrived;
use super::producer::{Produced, Run};

/// The share of the SDK's time that ours may take.
const BAR: f64 = 0.20;

/// One run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    run: Run,
    made: u64,
    cpu_nanos: f64,
    lost: u64,
    duplicated: u64,
    refused: u64,
    peak_mib: f64,
}

impl Row {
    #[expect(clippy::cast_precision_loss, reason = "figures of a few digits")]
    pub(crate) fn new(run: Run, produced: Produced, arrived: Arrived) -> Self {
        let made = match run.stack {
            "none" => 0,
            _ => produced.spans,
        };
        Self {
            run,
            made,
            cpu_nanos: produced.cpu_nanos as f64 / produced.spans as f64,
            lost: made.saturating_sub(arrived.distinct),
            duplicated: arrived.spans - arrived.distinct,
            refused: arrived.refused,
            peak_mib: produced.peak_bytes as f64 / f64::from(1 << 20),
        }
    }

    /// The row in the middle of rows of one run, with the worst of what may not happen at all.
    fn of(mut rows: Vec<Self>) -> Self {
        rows.sort_by(|left, right| left.cpu_nanos.total_cmp(&right.cpu_nanos));
        let most = |read: fn(&Self) -> u64| rows.iter().map(read).max().unwrap_or_default();
        Self {
            lost: most(|row| row.lost),
            duplicated: most(|row| row.duplicated),
            refused: most(|row| row.refused),
            peak_mib: rows.iter().map(|row| row.peak_mib).fold(0.0, f64::max),
            ..rows[rows.len() / 2]
        }
    }
}

/// All rows.
pub(crate) struct Results {
    rows: Vec<Row>,
}

impl Results {
    /// Of each run there are several rows.
    pub(crate) fn of(rows: Vec<Vec<Row>>) -> Self {
        Self {
            rows: rows.into_iter().map(Row::of).collect(),
        }
    }

    fn cpu_nanos(&self, stack: &str, is_paced: bool) -> f64 {
        let mut rows = self.rows.iter();
        let row = rows.find(|row| {
            let run = row.run;
            (run.stack, run.threads, run.is_paced) == (stack, 1, is_paced)
        });
        row.map_or(f64::NAN, |row| row.cpu_nanos)
    }

    /// Prints a table and the bars.
    pub(crate) fn print(&self) {
        println!("| work | stack | CPU ns/span | spans | lost | duplicated | peak MiB |");
        println!("|---|---|---:|---:|---:|---:|---:|");
        for row in &self.rows {
            println!(
                "| {} | {} | {:.0} | {} | {} | {} | {:.0} |",
                row.run.work(),
                row.run.stack,
                row.cpu_nanos,
                row.made,
                row.lost,
                row.duplicated,
                row.peak_mib,
            );
        }
        println!(
            "\nUser and system time of the whole process that makes and sends the spans; `none`"
        );
        println!(
            "makes none. Paced runs flush after every 1,000 spans, so that no queue overflows.\n"
        );
        for (is_paced, how) in [(false, ""), (true, ", paced as well")] {
            let share = self.cpu_nanos("agentops", is_paced) / self.cpu_nanos("otel-sdk", true);
            let verdict = if share <= BAR { "pass" } else { "MISS" };
            println!("{verdict} CPU{how}: {share:.3} of otel-sdk (paced), at most {BAR}");
        }
        for row in self.rows.iter().filter(|row| row.run.stack == "agentops") {
            let wrong = row.lost + row.duplicated + row.refused;
            let verdict = if wrong == 0 { "pass" } else { "MISS" };
            println!(
                "{verdict} {}: {} lost, {} duplicated, {} requests not decoded",
                row.run.work(),
                row.lost,
                row.duplicated,
                row.refused
            );
        }
    }

    /// Writes `{"rows": [{"work": "one-thread", "stack": "agentops", "cpu_ns": 140.0, "lost": 0, ..}, ..]}`.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let row = |row: &Row| {
            serde_json::json!({
                "work": row.run.work(),
                "stack": row.run.stack,
                "cpu_ns": row.cpu_nanos,
                "spans": row.made,
                "lost": row.lost,
                "duplicated": row.duplicated,
                "peak_mib": row.peak_mib,
            })
        };
        let rows: Vec<serde_json::Value> = self.rows.iter().map(row).collect();
        std::fs::write(path, format!("{:#}\n", serde_json::json!({ "rows": rows })))
    }
}
