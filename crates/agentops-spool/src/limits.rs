//! What a span may hold at most, as OpenTelemetry's specification has it.
//!
//! The limits are for what a program records. What we say of a span ourselves
//! comes on top of the counted attributes and is never dropped, because a flood
//! of a program's own must not cost what its spans are found and told apart by:
//! the attributes of the site, of the session, and those below `gen_ai.` and
//! `agentops.` but for the metadata of a session. Those of site and session are
//! never cut either; captured content is, however it is called.

/// Counts and lengths of what a program records on one span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Attributes.
    pub attributes: usize,
    /// Events.
    pub events: usize,
    /// Links.
    pub links: usize,
    /// Attributes of an event.
    pub event_attributes: usize,
    /// Attributes of a link.
    pub link_attributes: usize,
    /// Characters of each text among the values.
    pub value_chars: usize,
}

impl Default for Limits {
    /// The specification's defaults: 128 of each, texts of any length.
    fn default() -> Self {
        Self {
            attributes: 128,
            events: 128,
            links: 128,
            event_attributes: 128,
            link_attributes: 128,
            value_chars: usize::MAX,
        }
    }
}

/// What tells whose a span is, which is never cut.
pub(crate) const OF_SESSIONS: [&str; 3] = ["session.id", "user.id", "agentops.tags"];

/// Characters of a value of this key that are kept.
pub(crate) fn chars_of(key: &str, value_chars: usize) -> usize {
    match value_chars {
        usize::MAX => usize::MAX,
        _ if OF_SESSIONS.contains(&key) => usize::MAX,
        limit => limit,
    }
}

/// Whether attributes of this key are ours, whoever records them.
#[must_use]
pub fn is_ours(key: &str) -> bool {
    let is_ours = |rest: &str| !rest.starts_with("metadata.");
    OF_SESSIONS.contains(&key)
        || key == "error.type"
        || key.starts_with("gen_ai.")
        || key.strip_prefix("agentops.").is_some_and(is_ours)
}

/// Shortens a list and returns how many items that cost.
pub(crate) fn shorten<T>(list: &mut Vec<T>, limit: usize) -> u32 {
    let dropped = list.len().saturating_sub(limit);
    list.truncate(limit);
    u32::try_from(dropped).unwrap_or(u32::MAX)
}

/// The longest prefix of `text` that has at most `chars` characters.
pub(crate) fn cut_chars(text: &str, chars: usize) -> &str {
    // A character takes a byte at least.
    if text.len() <= chars {
        return text;
    }
    match text.char_indices().nth(chars) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_by_characters() {
        for (text, chars, expected) in [
            ("añb", 3, "añb"),
            ("añb", 2, "añ"),
            ("añb", 0, ""),
            ("ñññ", 4, "ñññ"),
            ("", 0, ""),
        ] {
            assert_eq!(cut_chars(text, chars), expected, "{text} {chars}");
        }
    }

    #[test]
    fn metadata_of_a_session_is_the_programs() {
        assert!(is_ours("gen_ai.usage.input_tokens") && is_ours("agentops.tags"));
        assert!(!is_ours("agentops.metadata.plan") && !is_ours("agent"));
    }
}
