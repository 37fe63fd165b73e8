//! Cut text into tokens, the same way every time.
//!
//! A word counts one token for each six letters begun, and every punctuation mark counts one.
//! White space belongs to the token after it. On English that comes close to what the real
//! vocabularies count, without their megabytes of tables.

/// What a message costs beside its text: three tokens of framing and one for the role.
const PER_MESSAGE: usize = 4;

/// What a name beside the role costs.
const PER_NAME: usize = 1;

/// What opening the answer costs, once per prompt.
const PER_ANSWER: usize = 3;

/// What a tool call costs beside its name and arguments.
const PER_CALL: usize = 3;

/// What offering a tool costs beside its name, description and schema.
const PER_TOOL: usize = 6;

/// Letters of a word that make one token.
const LETTERS: usize = 6;

/// The number of tokens of a text.
///
/// ```
/// assert_eq!(agentops_examples::tokens::count("What is a span?"), 5);
/// ```
pub fn count(text: &str) -> usize {
    pieces(text).len()
}

/// The longest beginning of `text` that has at most `limit` tokens.
///
/// ```
/// assert_eq!(agentops_examples::tokens::cut("One, two, three", 3), "One, two");
/// ```
pub fn cut(text: &str, limit: usize) -> &str {
    let length = pieces(text).into_iter().take(limit).map(str::len).sum();
    &text[..length]
}

/// The tokens of one message of a prompt; `named` tells whether it carries a name.
pub(crate) fn count_message(text: &str, named: bool) -> usize {
    PER_MESSAGE + if named { PER_NAME } else { 0 } + count(text)
}

/// The tokens of a tool call, whether the assistant makes it or a later prompt repeats it.
pub(crate) fn count_call(name: &str, arguments: &str) -> usize {
    PER_CALL + count(name) + count(arguments)
}

/// The tokens of a tool that a prompt offers; its schema as JSON without white space.
pub(crate) fn count_tool(name: &str, description: &str, schema: &str) -> usize {
    PER_TOOL + count(name) + count(description) + count(schema)
}

/// The tokens of a prompt, from those of its messages.
pub(crate) fn count_prompt(messages: impl Iterator<Item = usize>) -> usize {
    messages.sum::<usize>() + PER_ANSWER
}

/// Cuts a text into its tokens, which joined give the text again but for white space at its end.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    // Letters of the word that the current token holds; zero outside of words.
    let mut letters = 0;
    for (at, char) in text.char_indices() {
        let in_word = char.is_alphanumeric();
        if letters > 0 && (!in_word || letters == LETTERS) {
            pieces.push(&text[start..at]);
            start = at;
            letters = 0;
        }
        if in_word {
            letters += 1;
        } else if !char.is_whitespace() {
            let end = at + char.len_utf8();
            pieces.push(&text[start..end]);
            start = end;
        }
    }
    if letters > 0 {
        pieces.push(&text[start..]);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_several_tokens() {
        assert_eq!(pieces("OpenTelemetry"), ["OpenTe", "lemetr", "y"]);
    }

    #[test]
    fn white_space_belongs_to_the_next_token() {
        assert_eq!(pieces("a  b, ü!\n"), ["a", "  b", ",", " ü", "!"]);
    }

    #[test]
    fn joined_pieces_are_the_text() {
        let text = "Spans: \"héllo wörld\", 12,345 of them (naturally)…";
        assert_eq!(pieces(text).concat(), text);
        assert_eq!(cut(text, usize::MAX), text);
        assert_eq!(cut(text, 0), "");
    }
}
