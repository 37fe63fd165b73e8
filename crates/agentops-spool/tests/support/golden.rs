//! Compare bytes with a golden file: lines of offset, hexadecimal bytes and what they are.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::support::annotate::Part;

/// Bytes on one line of a golden file.
const PER_LINE: usize = 16;

/// Checks that `bytes`, which `parts` explain, are what `tests/golden/<name>.hex` holds.
///
/// With `AGENTOPS_BLESS=1` in the environment the file is written instead.
#[track_caller]
pub(crate) fn check(name: &str, title: &str, bytes: &[u8], parts: &[Part]) {
    let text = render(title, bytes, parts);
    assert_eq!(
        parse(&text),
        bytes,
        "the parts do not cover all bytes of {name}"
    );
    if is_blessing() {
        fs::write(path(name), &text).unwrap();
    }
    let golden = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(
        golden == text,
        "{name} differs from its golden file:\n{text}"
    );
}

/// The bytes of a golden file.
#[track_caller]
pub(crate) fn bytes(name: &str) -> Vec<u8> {
    parse(&fs::read_to_string(path(name)).unwrap())
}

#[allow(
    clippy::disallowed_methods,
    reason = "a test has no configuration to read this from"
)]
fn is_blessing() -> bool {
    std::env::var_os("AGENTOPS_BLESS").is_some_and(|value| value == "1")
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(format!("{name}.hex"))
}

fn render(title: &str, bytes: &[u8], parts: &[Part]) -> String {
    let mut text = format!(
        "# {title}\n# {} bytes; what is not listed is zero\n",
        bytes.len()
    );
    for part in parts {
        let part_bytes = &bytes[part.range.clone()];
        for (line, chunk) in part_bytes.chunks(PER_LINE).enumerate() {
            let at = part.range.start + line * PER_LINE;
            let hex: Vec<String> = chunk.iter().map(|byte| format!("{byte:02x}")).collect();
            let what = if line == 0 { &part.what } else { "" };
            let row = format!("{at:08x}  {:<47}  {what}", hex.join(" "));
            let _ = writeln!(text, "{}", row.trim_end());
        }
    }
    text
}

fn parse(text: &str) -> Vec<u8> {
    let len = text.lines().nth(1).and_then(|line| line.split(' ').nth(1));
    let mut bytes = vec![0; len.unwrap().parse().unwrap()];
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let first = usize::from_str_radix(&line[..8], 16).unwrap();
        let hex = line.get(10..57).unwrap_or(&line[10..]);
        for (at, digits) in (first..).zip(hex.split_whitespace()) {
            bytes[at] = u8::from_str_radix(digits, 16).unwrap();
        }
    }
    bytes
}
