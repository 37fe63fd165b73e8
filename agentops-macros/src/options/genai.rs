//! The attribute keys of the conventions for generative AI and MCP.
//!
//! Below these prefixes a key means what the conventions say, and viewers look for
//! nothing else. So a key of another spelling is a mistake, not an attribute of the
//! program's own. The table is that of semantic-conventions-genai (development,
//! October 2026), its predecessors' renamed keys included.

use crate::suggest;

/// What the keys in the table begin with.
const PREFIXES: &[&str] = &["gen_ai.", "mcp."];

/// Where the table says that a key ends in a word of the program's own.
const OWN_WORD: &str = "<key>";

/// How many letters may be wrong in a key that is suggested for another.
const MAX_DISTANCE: usize = 3;

/// The keys, sorted.
const KNOWN: &[&str] = &[
    "gen_ai.agent.description",
    "gen_ai.agent.id",
    "gen_ai.agent.name",
    "gen_ai.agent.version",
    "gen_ai.conversation.compacted",
    "gen_ai.conversation.id",
    "gen_ai.data_source.id",
    "gen_ai.embeddings.dimension.count",
    "gen_ai.evaluation.explanation",
    "gen_ai.evaluation.name",
    "gen_ai.evaluation.score.label",
    "gen_ai.evaluation.score.value",
    "gen_ai.input.messages",
    "gen_ai.main_agent.description",
    "gen_ai.main_agent.id",
    "gen_ai.main_agent.name",
    "gen_ai.memory.query.text",
    "gen_ai.memory.record.count",
    "gen_ai.memory.record.id",
    "gen_ai.memory.records",
    "gen_ai.memory.store.id",
    "gen_ai.operation.name",
    "gen_ai.output.messages",
    "gen_ai.output.type",
    "gen_ai.prompt.name",
    "gen_ai.prompt.variable.<key>",
    "gen_ai.prompt.version",
    "gen_ai.provider.name",
    "gen_ai.request.choice.count",
    "gen_ai.request.encoding_formats",
    "gen_ai.request.frequency_penalty",
    "gen_ai.request.max_tokens",
    "gen_ai.request.model",
    "gen_ai.request.presence_penalty",
    "gen_ai.request.previous_response.id",
    "gen_ai.request.reasoning.level",
    "gen_ai.request.seed",
    "gen_ai.request.stop_sequences",
    "gen_ai.request.stream",
    "gen_ai.request.stream_cursor",
    "gen_ai.request.temperature",
    "gen_ai.request.top_k",
    "gen_ai.request.top_p",
    "gen_ai.response.finish_reasons",
    "gen_ai.response.id",
    "gen_ai.response.model",
    "gen_ai.response.status",
    "gen_ai.response.time_to_first_chunk",
    "gen_ai.retrieval.documents",
    "gen_ai.retrieval.query.text",
    "gen_ai.retrieval.top_k",
    "gen_ai.skill.description",
    "gen_ai.skill.name",
    "gen_ai.skill.resource.name",
    "gen_ai.skill.source.uri",
    "gen_ai.system_instructions",
    "gen_ai.token.modality",
    "gen_ai.token.type",
    "gen_ai.tool.call.arguments",
    "gen_ai.tool.call.id",
    "gen_ai.tool.call.result",
    "gen_ai.tool.definitions",
    "gen_ai.tool.description",
    "gen_ai.tool.name",
    "gen_ai.tool.type",
    "gen_ai.usage.audio.cache_read.input_tokens",
    "gen_ai.usage.audio.input_tokens",
    "gen_ai.usage.audio.output_tokens",
    "gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.image.cache_read.input_tokens",
    "gen_ai.usage.image.input_tokens",
    "gen_ai.usage.image.output_tokens",
    "gen_ai.usage.input_tokens",
    "gen_ai.usage.output_tokens",
    "gen_ai.usage.reasoning.output_tokens",
    "gen_ai.usage.text.cache_read.input_tokens",
    "gen_ai.usage.text.input_tokens",
    "gen_ai.usage.text.output_tokens",
    "gen_ai.workflow.name",
    "mcp.method.name",
    "mcp.protocol.version",
    "mcp.resource.uri",
    "mcp.session.id",
];

/// Keys of earlier conventions, each with the one that took its place.
const DEPRECATED: &[(&str, &str)] = &[
    ("gen_ai.completion", "gen_ai.output.messages"),
    (
        "gen_ai.openai.request.response_format",
        "gen_ai.output.type",
    ),
    ("gen_ai.openai.request.seed", "gen_ai.request.seed"),
    (
        "gen_ai.openai.request.service_tier",
        "openai.request.service_tier",
    ),
    (
        "gen_ai.openai.response.service_tier",
        "openai.response.service_tier",
    ),
    (
        "gen_ai.openai.response.system_fingerprint",
        "openai.response.system_fingerprint",
    ),
    ("gen_ai.prompt", "gen_ai.input.messages"),
    ("gen_ai.system", "gen_ai.provider.name"),
    (
        "gen_ai.usage.cache_creation.input_tokens",
        "gen_ai.usage.cache_write.input_tokens",
    ),
    (
        "gen_ai.usage.completion_tokens",
        "gen_ai.usage.output_tokens",
    ),
    ("gen_ai.usage.prompt_tokens", "gen_ai.usage.input_tokens"),
];

/// What is wrong with a key of the conventions, and what to write.
///
/// `owner` tells how the option is written that sets a key, if one does.
pub(crate) fn problem(key: &str, owner: impl Fn(&str) -> Option<String>) -> Option<String> {
    let prefix = PREFIXES.iter().find(|prefix| key.starts_with(**prefix))?;
    if is_known(key) {
        return None;
    }
    // An option is shorter than its key, and the key itself would be refused next.
    let way = |key: &str| match owner(key) {
        Some(written) => format!("set it with `{written}`"),
        None => format!("write `{key}`"),
    };
    if let Some(now) = replacement(key) {
        return Some(format!("`{key}` is deprecated; {}", way(now)));
    }
    let unknown = format!("unknown attribute `{key}`");
    let Some(meant) = meant(key) else {
        return Some(format!(
            "{unknown}; keys that begin with `{prefix}` belong to the OpenTelemetry conventions; choose another prefix"
        ));
    };
    let question = format!("{unknown}; did you mean `{meant}`?");
    Some(match replacement(meant) {
        Some(now) => format!("{question} that one is deprecated; {}", way(now)),
        None => match owner(meant) {
            Some(written) => format!("{question} set it with `{written}`"),
            None => question,
        },
    })
}

fn is_known(key: &str) -> bool {
    KNOWN
        .iter()
        .any(|known| match known.strip_suffix(OWN_WORD) {
            Some(template) => key.len() > template.len() && key.starts_with(template),
            None => *known == key,
        })
}

fn replacement(key: &str) -> Option<&'static str> {
    let mut deprecated = DEPRECATED.iter();
    deprecated.find(|(old, _)| *old == key).map(|(_, now)| *now)
}

/// The key that was probably meant: one with few other letters, else the shortest longer one.
fn meant(key: &str) -> Option<&'static str> {
    let all = || {
        let deprecated = DEPRECATED.iter().map(|(old, _)| *old);
        KNOWN.iter().copied().chain(deprecated)
    };
    // `gen_ai.provider` lacks its end, `gen_ai.temperature` its middle.
    let begun = |known: &&str| {
        let rest = known.strip_prefix(key);
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    let (prefix, word) = key.split_once('.')?;
    let jumped = |known: &&str| {
        let rest = known.strip_prefix(prefix);
        rest.and_then(|rest| rest.strip_suffix(word))
            .is_some_and(|rest| rest.starts_with('.') && rest.ends_with('.'))
    };
    suggest::within(MAX_DISTANCE, key, all())
        .or_else(|| all().filter(begun).min_by_key(|known| known.len()))
        .or_else(|| all().filter(jumped).min_by_key(|known| known.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(key: &str) -> Option<String> {
        problem(key, |_| None)
    }

    #[test]
    fn the_tables_are_sorted_and_apart() {
        assert!(KNOWN.is_sorted_by(|left, right| left < right));
        assert!(DEPRECATED.is_sorted_by(|left, right| left.0 < right.0));
        for (old, now) in DEPRECATED {
            assert!(!KNOWN.contains(old), "{old}");
            assert_eq!(says(now), None, "{now}");
        }
    }

    #[test]
    fn known_keys_and_keys_of_others_are_left_alone() {
        for key in [
            "gen_ai.request.seed",
            "gen_ai.prompt.variable.user_name",
            "mcp.method.name",
            "gen_ainame",
            "user.tier",
        ] {
            assert_eq!(says(key), None, "{key}");
        }
    }

    #[test]
    fn a_shortened_key_is_completed() {
        for (key, whole) in [
            ("gen_ai.provider", "gen_ai.provider.name"),
            ("gen_ai.temperature", "gen_ai.request.temperature"),
            ("gen_ai.input_tokens", "gen_ai.usage.input_tokens"),
            ("gen_ai.prompt.variable", "gen_ai.prompt.variable.<key>"),
        ] {
            let said = says(key).unwrap();
            assert_eq!(
                said,
                format!("unknown attribute `{key}`; did you mean `{whole}`?")
            );
        }
    }

    #[test]
    fn a_far_key_is_told_whose_the_prefix_is() {
        assert_eq!(
            says("gen_ai.frobnication.count").unwrap(),
            "unknown attribute `gen_ai.frobnication.count`; keys that begin with `gen_ai.` belong to the OpenTelemetry conventions; choose another prefix"
        );
    }
}
