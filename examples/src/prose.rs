//! Words, sentences and numbers of a text.

/// The words of a text in lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The beginning of a text up to the end of its sentence number `count`.
pub(crate) fn first_sentences(text: &str, count: usize) -> &str {
    let ends = text.match_indices(['.', '!', '?']).filter(|(at, mark)| {
        text[at + mark.len()..]
            .chars()
            .next()
            .is_none_or(char::is_whitespace)
    });
    match ends.take(count).last() {
        Some((at, mark)) => &text[..at + mark.len()],
        None => text,
    }
}

/// The first number that stands alone in a text, as it is written.
pub(crate) fn first_number(text: &str) -> Option<&str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()))
        .find(|word| is_number(word))
}

/// The first sum of two numbers with an operator between them, all apart: `12 * 3`.
pub(crate) fn first_sum(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_end_matches(['?', '.', ',', '!']))
        .collect();
    words
        .windows(3)
        .find(|sum| {
            is_number(sum[0]) && matches!(sum[1], "+" | "-" | "*" | "/") && is_number(sum[2])
        })
        .map(|sum| sum.join(" "))
}

fn is_number(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_digit()) && word.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_alone() {
        assert_eq!(first_number("Some B2B (260.5) or 7."), Some("260.5"));
        assert_eq!(first_number("None at all."), None);
    }

    #[test]
    fn sums_have_two_numbers() {
        assert_eq!(
            first_sum("What is - 12 * 3.5?").as_deref(),
            Some("12 * 3.5")
        );
        assert_eq!(first_sum("1 . 2 - or 3"), None);
    }
}
