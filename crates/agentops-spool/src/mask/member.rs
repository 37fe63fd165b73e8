//! Values whose key says that they are secret, in JSON and what is like it.
//!
//! Found are members of JSON, also where the JSON is a text in JSON (each level
//! escapes its quotes once more), fields as Rust's `Debug` prints them,
//! assignments of code and dictionaries of Python: a key, `:` or `=`, and a
//! text. A number is a secret too, but only behind a quoted key.

use regex::Regex;

use crate::fork::PerProcess;
use crate::mask::hit::{Hit, MASK};

/// The end of a key. What stands before it does not matter (`db_password`,
/// `openai_api_key`), but nothing may follow: `max_tokens`, `token_count` are no secrets.
const KEY: &str = concat!(
    "(?i-u:pass(?:word|wd|phrase)s?|pwd|secrets?|token|authorization|cookies?|credentials?",
    "|(?:api|access|private|secret|signing|encryption|master)[_-]?keys?)"
);

/// A quote, which up to three levels of text in text escaped.
const QUOTE: &str = r#"(?:\\{7}|\\{3}|\\)?["']"#;

/// Finds a key and where its value begins; what wraps the value is `Some("..")` or `["..", ..]`.
static MEMBER: PerProcess<Option<Regex>> = PerProcess::new(|| {
    // That it is a pattern is tested; a wrong one must not end the program.
    Regex::new(&pattern()).ok()
});

/// Finds a key that ends all.
static SECRET_KEY: PerProcess<Option<Regex>> =
    PerProcess::new(|| Regex::new(&format!("(?:{KEY})$")).ok());

/// What finds a member.
pub(super) fn pattern() -> String {
    let space = r"[ \t\r\n]*";
    let wrap = format!(r"(?P<wrap>(?:[A-Za-z]+\(|\[{space}){{0,3}})");
    let value = format!("(?:b?(?P<open>{QUOTE})|(?P<number>-?[0-9][0-9A-Za-z.+_-]*))");
    format!("{KEY}(?P<close>{QUOTE})?{space}(?::|=>?){space}{wrap}{value}")
}

/// Whether `key` says that its value is secret.
pub(super) fn is_secret(key: &str) -> bool {
    SECRET_KEY
        .as_ref()
        .is_some_and(|secret| secret.is_match(key))
}

/// The secret values in `text`.
pub(super) fn hits(text: &str) -> Vec<Hit<'_>> {
    let mut hits = Vec::new();
    let mut at = 0;
    while let Some(found) = MEMBER
        .as_ref()
        .and_then(|member| member.captures_at(text, at))
    {
        at = found.get(0).map_or(text.len(), |all| all.end());
        let close = found.name("close").map(|close| close.as_str());
        if let Some(open) = found.name("open") {
            let is_list = found
                .name("wrap")
                .is_some_and(|wrap| wrap.as_str().contains('['));
            at = texts(text, at, open.as_str(), is_list, &mut hits);
        } else if let (Some(number), Some(quote)) = (found.name("number"), close) {
            hits.push(Hit {
                range: number.range(),
                quote,
            });
        }
    }
    hits
}

/// Adds the text that begins at `at`, and those that follow it in a list; returns where they end.
fn texts<'t>(
    text: &'t str,
    mut at: usize,
    quote: &str,
    is_list: bool,
    hits: &mut Vec<Hit<'t>>,
) -> usize {
    loop {
        let end = end_of_text(text, at, quote);
        if at < end && &text[at..end] != MASK {
            hits.push(Hit {
                range: at..end,
                quote: "",
            });
        }
        let next = next_in_list(&text[end..], quote).filter(|_| is_list);
        match next {
            Some(begin) => at = end + begin,
            None => return end,
        }
    }
}

/// Where the next text of a list begins in `rest`, which begins with the end of one.
fn next_in_list(rest: &str, quote: &str) -> Option<usize> {
    let behind = rest.strip_prefix(quote)?.trim_ascii_start();
    let next = behind.strip_prefix(',')?.trim_ascii_start();
    Some(rest.len() - next.strip_prefix(quote)?.len())
}

/// Where the text that begins at `at` ends: before its quote, a line break or the end of all.
///
/// Each level of text in text doubles backslashes and puts one before a quote:
/// a quote at level 0 has none before it, at level 1 one, at level 2 three. One
/// that ends a level further out ends the text too, which was cut then.
fn end_of_text(text: &str, at: usize, quote: &str) -> usize {
    let mark = if quote.ends_with('"') { b'"' } else { b'\'' };
    let level = quote.len().trailing_zeros();
    let mut backslashes = 0_usize;
    for (end, &byte) in (at..).zip(&text.as_bytes()[at..]) {
        if byte == b'\n' {
            return end;
        }
        if byte == mark
            && let Some(outer) = (0..=level).find(|level| ends(*level, backslashes))
        {
            return end + 1 - (1 << outer);
        }
        backslashes = if byte == b'\\' { backslashes + 1 } else { 0 };
    }
    text.len()
}

/// Whether a quote behind so many backslashes ends a text of this level, and none further out.
fn ends(level: u32, backslashes: usize) -> bool {
    // Each level takes one and half of the others away.
    let mut left = backslashes;
    for _ in 0..level {
        left = left.saturating_sub(1) / 2;
    }
    left.is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_are_some() {
        assert!(MEMBER.is_some() && SECRET_KEY.is_some());
    }

    #[test]
    fn a_text_ends_where_its_own_level_or_one_further_out_does() {
        let cases = [
            (r#"a"b"#, r#"""#, "a"),
            (r#"a\"b"c"#, r#"""#, r#"a\"b"#),
            (r#"a\\"b"#, r#"""#, r"a\\"),
            (r#"a\"b"#, r#"\""#, "a"),
            (r#"a\\\"b\"c"#, r#"\""#, r#"a\\\"b"#),
            (r#"a\\\\\"b"#, r#"\""#, r"a\\\\"),
            (r#"a"b"#, r#"\""#, "a"),
            (r#"a\\\"b"#, r#"\\\""#, "a"),
            (r#"a\"b"#, r#"\\\""#, "a"),
            ("a\nb", r#"""#, "a"),
            ("it", "'", "it"),
        ];
        for (text, quote, expected) in cases {
            assert_eq!(&text[..end_of_text(text, 0, quote)], expected, "{text}");
        }
    }
}
