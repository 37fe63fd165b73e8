//! Generate the constants of attribute and metric names from their table.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// Writes the generated file.
pub(crate) fn write() -> Result<(), String> {
    fs::write(target(), generated()?).map_err(|error| error.to_string())
}

/// Says whether the generated file is what would be written now.
pub(crate) fn check() -> Result<(), String> {
    let found = fs::read_to_string(target()).map_err(|error| error.to_string())?;
    match found == generated()? {
        true => Ok(()),
        false => Err("agentops/src/semconv.rs is not current; run `cargo xtask semconv`".into()),
    }
}

fn crate_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn target() -> PathBuf {
    crate_dir().join("../../agentops/src/semconv.rs")
}

fn generated() -> Result<String, String> {
    let table = fs::read_to_string(crate_dir().join("semconv.tsv"))
        .map_err(|error| format!("semconv.tsv: {error}"))?;
    let mut out = String::from(
        "//! Names of attributes, events and metrics; `cargo xtask semconv` writes this file.\n",
    );
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    for row in rows {
        let [kind, name, source, meaning] = row.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("semconv.tsv: not four columns: {row}"));
        };
        let constant = constant(name);
        let mut line = format!("pub const {constant}: &str = \"{name}\";");
        if line.len() > 100 {
            line = format!("pub const {constant}: &str =\n    \"{name}\";");
        }
        write!(
            out,
            "\n/// {meaning}\n///\n/// The {kind} `{name}` ({source}).\n{line}\n"
        )
        .map_err(|error| error.to_string())?;
    }
    Ok(out)
}

fn constant(name: &str) -> String {
    name.replace('.', "_").to_uppercase()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_generated_file_is_current() {
        assert_eq!(super::check(), Ok(()));
    }
}
