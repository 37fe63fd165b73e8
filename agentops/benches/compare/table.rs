//! The table of what was measured.

use super::results::Results;

const OTHERS: [&str; 4] = ["fastrace", "fastrace-otel", "otel-sdk", "tracing-otel"];

/// Prints a line for each row, with the ratio of ours to each of the others.
pub(crate) fn print(results: &Results) {
    println!("| work | stack | ns | p10 | ours / this |");
    println!("|---|---|---:|---:|---:|");
    let mut last = "";
    for row in ordered(results) {
        let net = results.net(row.0, row.1).unwrap_or(f64::NAN);
        let p10 = results.net_p10(row.0, row.1).unwrap_or(f64::NAN);
        let ratio = match OTHERS.contains(&row.1) {
            true => results.net(row.0, "agentops").map(|ours| ours / net),
            false => None,
        };
        let ratio = ratio.map_or_else(String::new, |ratio| format!("{ratio:.3}"));
        let work = if row.0 == last { "" } else { row.0 };
        last = row.0;
        println!("| {work} | {} | {net:.1} | {p10:.1} | {ratio} |", row.1);
    }
    println!("\nMedians of bursts, CPU time of the thread that makes the spans, for one span and");
    println!(
        "without the body, which the rows of `none` hold. The leaf of fastrace has no attributes.\n"
    );
}

/// The rows, those of one work together.
fn ordered(results: &Results) -> Vec<(&'static str, &'static str)> {
    let mut works: Vec<&str> = Vec::new();
    for row in &results.rows {
        if !works.contains(&row.work) {
            works.push(row.work);
        }
    }
    let rows_of = |work| results.rows.iter().filter(move |row| row.work == work);
    let rows = works.into_iter().flat_map(rows_of);
    rows.map(|row| (row.work, row.stack)).collect()
}
