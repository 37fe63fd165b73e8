//! The functions whose compile time is measured.

use std::fmt::Write as _;

/// How many functions a crate has; the first half is not async.
pub(super) const COUNT: usize = 500;

/// Signature and body of each sort of function, between which a crate alternates.
const SHAPES: &[(&str, &str)] = &[
    (
        "(id: u64, name: &str) -> Result<String, ParseIntError>",
        "let number: u64 = name.parse()?;\n    Ok(format!(\"{}-{name}\", id + number))",
    ),
    (
        "(query: String, limit: usize) -> Vec<String>",
        "query.split(' ').take(limit).map(str::to_owned).collect()",
    ),
    (
        "(text: &str, trimmed: bool) -> Option<u32>",
        "let text = if trimmed { text.trim() } else { text };\n    text.chars().next().map(u32::from)",
    ),
    ("(a: f64, b: f64) -> f64", "(a * a + b * b).sqrt()"),
    (
        "(bytes: &[u8], limit: u32)",
        "let sum: u32 = bytes.iter().copied().map(u32::from).sum();\n    assert!(sum <= limit, \"{sum} is more than {limit}\");",
    ),
    (
        "(id: u64, name: &str) -> Result<String, ParseIntError>",
        "for part in name.split(',') {\n        if part.trim().parse::<u64>()? == id {\n            return Ok(part.to_owned());\n        }\n    }\n    Ok(String::new())",
    ),
    (
        "(query: String, limit: usize) -> Vec<String>",
        "let mut found = Vec::new();\n    while found.len() < limit {\n        found.push(format!(\"{query} {}\", found.len()));\n    }\n    found",
    ),
    (
        "(text: &str, strict: bool) -> Option<u32>",
        "match text.parse() {\n        Ok(number) => Some(number),\n        Err(_) if strict => None,\n        Err(_) => Some(0),\n    }",
    ),
    (
        "(a: f64, b: f64) -> f64",
        "let ratio = a / b;\n    if ratio.is_finite() { ratio } else { 0.0 }",
    ),
    (
        "(bytes: &[u8], limit: u32)",
        "let mut left = limit;\n    for byte in bytes {\n        left = left.saturating_sub(u32::from(*byte));\n    }\n    std::hint::black_box(left);",
    ),
];

/// The source of a crate whose functions take these attributes in turn.
pub(super) fn source(attributes: &[&str]) -> String {
    let mut source = String::from("use std::num::ParseIntError;\n");
    let shapes = SHAPES.iter().cycle();
    let attributes = attributes.iter().cycle();
    for ((index, (signature, body)), attribute) in (0..COUNT).zip(shapes).zip(attributes) {
        let asyncness = if index < COUNT / 2 { "" } else { "async " };
        // Writing to a string cannot fail.
        let _ = write!(
            source,
            "\n#[{attribute}]\npub {asyncness}fn function_{index}{signature} {{\n    {body}\n}}\n"
        );
    }
    source
}
