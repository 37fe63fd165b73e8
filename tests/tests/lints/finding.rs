//! What lints found, out of the compiler's messages.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// One message of a lint.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    pub(crate) lint: String,
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) message: String,
    /// The function in which the line stands, or whose attribute it is.
    pub(crate) function: String,
}

#[derive(Deserialize)]
struct Line {
    manifest_path: Option<String>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "message")]
    text: String,
    code: Option<Code>,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

/// What was found in the package of this folder.
pub(crate) fn findings(output: &str, package: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for line in output.lines() {
        let line: Line = serde_json::from_str(line).unwrap();
        let manifest = line.manifest_path.as_deref();
        let (Some(message), Some(true)) = (
            line.message,
            manifest.map(|path| Path::new(path).parent() == Some(package)),
        ) else {
            continue;
        };
        // Without a place it is a summary.
        let Some(span) = message.spans.iter().find(|span| span.is_primary) else {
            continue;
        };
        let file = Path::new(&span.file_name).file_name().unwrap();
        let text = fs::read_to_string(package.join("src").join(file)).unwrap();
        findings.push(Finding {
            lint: message.code.map_or("error".to_owned(), |code| code.code),
            file: file.to_str().unwrap().to_owned(),
            line: span.line_start,
            message: message.text,
            function: function(&text, span.line_start),
        });
    }
    findings
}

/// The function of a line: that below its attributes, or the last that began in front of it.
fn function(text: &str, line: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_above = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("#[") || line.starts_with("//")
    };
    let name = |line: &&str| -> Option<String> {
        let (_, rest) = line.split_once("fn ")?;
        Some(rest.split(['(', '<']).next()?.to_owned())
    };
    let here = &lines[line - 1..];
    let found = match is_above(&here[0]) {
        true => here.iter().find_map(name),
        false => lines[..line].iter().rev().find_map(name),
    };
    found.unwrap_or_else(|| "(none)".to_owned())
}
