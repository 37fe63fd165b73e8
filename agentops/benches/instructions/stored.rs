//! The figures that are stored: instructions of ours a span, without the body.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Figures by work.
pub(crate) type Stored = BTreeMap<String, f64>;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/instructions/stored.tsv")
}

/// Reads the file: a work and a figure a line.
pub(crate) fn read() -> Stored {
    let text = fs::read_to_string(path()).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    lines
        .filter_map(|(work, figure)| Some((work.to_owned(), figure.parse().ok()?)))
        .collect()
}

/// Writes the file anew.
pub(crate) fn write(stored: &Stored) {
    let lines = stored
        .iter()
        .map(|(work, figure)| format!("{work}\t{figure:.0}\n"));
    fs::write(path(), lines.collect::<String>()).expect("the file is in the repository");
}
