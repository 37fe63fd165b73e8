//! Parse the text of one setting, or say in words what is wrong with it.

use std::time::Duration;

/// As many characters of a value as a message repeats.
const QUOTED_CHARS: usize = 60;

/// The longest time that can be set; deadlines are computed from it and must not overflow.
pub(crate) const LONGEST_TIME: Duration = Duration::from_hours(24);

/// A value as messages show it: in backticks, on one line, not too long.
pub(crate) fn quoted(text: &str) -> String {
    let mut chars = text.chars();
    let shown: String = chars
        .by_ref()
        .take(QUOTED_CHARS)
        .flat_map(char::escape_debug)
        .collect();
    let rest = if chars.next().is_some() { ".." } else { "" };
    format!("`{shown}{rest}`")
}

/// The choice that `text` names, whatever its case.
pub(crate) fn one_of<T: Copy>(text: &str, choices: &[(&str, T)]) -> Result<T, String> {
    let chosen = choices
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text));
    if let Some((_, choice)) = chosen {
        return Ok(*choice);
    }
    let names: Vec<String> = choices.iter().map(|(name, _)| quoted(name)).collect();
    Err(format!(
        "{} is not one of {}",
        quoted(text),
        names.join(", ")
    ))
}

/// A switch of ours.
pub(crate) fn flag(text: &str) -> Result<bool, String> {
    one_of(
        text,
        &[("1", true), ("true", true), ("0", false), ("false", false)],
    )
}

/// How many there may be of something.
pub(crate) fn count(text: &str) -> Result<usize, String> {
    // As the specification has it, and room for it on machines of any width.
    let count = text.parse::<u32>().ok();
    let count = count.and_then(|count| usize::try_from(count).ok());
    count.ok_or_else(|| format!("{} is not a whole number from 0 on", quoted(text)))
}

/// A time between two things that happen again and again: 1 ms to a day.
pub(crate) fn interval(text: &str) -> Result<Duration, String> {
    millis(text).and_then(checked_interval)
}

/// A deadline; zero stands for none, which here is a day.
pub(crate) fn timeout(text: &str) -> Result<Duration, String> {
    let given = millis(text)?;
    if given.is_zero() {
        return Ok(LONGEST_TIME);
    }
    Ok(given.min(LONGEST_TIME))
}

/// Refuses intervals that would spin or overflow.
pub(crate) fn checked_interval(given: Duration) -> Result<Duration, String> {
    if (Duration::from_millis(1)..=LONGEST_TIME).contains(&given) {
        Ok(given)
    } else {
        Err(format!("`{given:?}` is not between 1 ms and 24 h"))
    }
}

fn millis(text: &str) -> Result<Duration, String> {
    text.parse()
        .map(Duration::from_millis)
        .map_err(|_| format!("{} is not milliseconds", quoted(text)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LONGEST_TIME, count, flag, interval, quoted, timeout};

    #[test]
    fn quotes_stay_short_and_on_one_line() {
        assert_eq!(quoted("a\r\nb\u{1b}[31m"), "`a\\r\\nb\\u{1b}[31m`");
        assert_eq!(quoted(&"x".repeat(99)), format!("`{}..`", "x".repeat(60)));
    }

    #[test]
    fn flags_have_four_spellings_in_any_case() {
        for (text, expected) in [("1", true), ("True", true), ("0", false), ("FALSE", false)] {
            assert_eq!(flag(text), Ok(expected), "{text}");
        }
        assert_eq!(
            flag("maybe").unwrap_err(),
            "`maybe` is not one of `1`, `true`, `0`, `false`"
        );
    }

    #[test]
    fn counts_are_not_negative() {
        assert_eq!(count("0"), Ok(0));
        assert_eq!(count("128"), Ok(128));
        for text in ["-1", "1.5", "many", "4294967296"] {
            let problem = format!("`{text}` is not a whole number from 0 on");
            assert_eq!(count(text), Err(problem));
        }
    }

    #[test]
    fn times_are_whole_milliseconds_within_a_day() {
        assert_eq!(interval("250"), Ok(Duration::from_millis(250)));
        assert_eq!(interval("abc").unwrap_err(), "`abc` is not milliseconds");
        assert_eq!(interval("-5").unwrap_err(), "`-5` is not milliseconds");
        assert_eq!(
            interval("0").unwrap_err(),
            "`0ns` is not between 1 ms and 24 h"
        );
        assert_eq!(timeout("0"), Ok(LONGEST_TIME));
        assert_eq!(timeout("18446744073709551615"), Ok(LONGEST_TIME));
        assert_eq!(timeout("1.5").unwrap_err(), "`1.5` is not milliseconds");
    }
}
