//! Meaning of `provider = ".."`: the names that the conventions give to providers.
//!
//! A viewer compares them, so another spelling splits one provider in two. Gateways
//! and models of the program's own have names of their own; so only what is close to
//! a name of the conventions, or known to stand for one, is taken for a mistake.

use syn::Lit;

use crate::args::Value;
use crate::diagnostics::Errors;
use crate::expression;
use crate::suggest;

/// The providers of the conventions.
const KNOWN: &[&str] = &[
    "openai",
    "anthropic",
    "gcp.gemini",
    "gcp.vertex_ai",
    "gcp.gen_ai",
    "azure.ai.openai",
    "azure.ai.inference",
    "aws.bedrock",
    "mistral_ai",
    "cohere",
    "deepseek",
    "groq",
    "ibm.watsonx.ai",
    "moonshot_ai",
    "perplexity",
    "x_ai",
];

/// What the same are called elsewhere.
const ELSEWHERE: &[(&str, &str)] = &[
    ("az.ai.inference", "azure.ai.inference"),
    ("az.ai.openai", "azure.ai.openai"),
    ("azure", "azure.ai.openai"),
    ("azure_openai", "azure.ai.openai"),
    ("bedrock", "aws.bedrock"),
    ("claude", "anthropic"),
    ("gemini", "gcp.gemini"),
    ("google", "gcp.gen_ai"),
    ("grok", "x_ai"),
    ("mistral", "mistral_ai"),
    ("moonshot", "moonshot_ai"),
    ("vertex_ai", "gcp.vertex_ai"),
    ("vertexai", "gcp.vertex_ai"),
    ("watsonx", "ibm.watsonx.ai"),
    ("xai", "x_ai"),
];

/// How many letters may be wrong in a name that is taken for one of the conventions.
const MAX_DISTANCE: usize = 2;

/// Reports a literal that is another spelling of a known provider.
pub(crate) fn check(value: &Value, errors: &mut Errors) {
    let Value::Assigned { sigil: None, expr } = value else {
        return;
    };
    if let Some(Lit::Str(literal)) = expression::literal(expr)
        && let Some(problem) = problem(&literal.value())
    {
        errors.at(literal.span(), problem);
    }
}

fn problem(provider: &str) -> Option<String> {
    let meant = meant(provider).filter(|meant| *meant != provider)?;
    Some(format!(
        "unknown provider `{provider}`; did you mean `{meant}`? if a provider of your own is called so, give it as a constant or another expression, which is not checked"
    ))
}

fn meant(provider: &str) -> Option<&'static str> {
    let word = provider.trim().to_lowercase();
    if let Some(known) = KNOWN.iter().find(|known| **known == word) {
        return Some(known);
    }
    let mut elsewhere = ELSEWHERE.iter();
    if let Some((_, known)) = elsewhere.find(|(name, _)| *name == word) {
        return Some(known);
    }
    // Two other letters make any other word of a short one.
    let most = MAX_DISTANCE.min(word.chars().count() / 3);
    suggest::within(most, &word, KNOWN.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_of_the_conventions_and_other_words_pass() {
        let gateways = [
            "openrouter",
            "ollama",
            "vllm",
            "together",
            "acme",
            "grid",
            "x",
            "",
        ];
        for provider in KNOWN.iter().copied().chain(gateways) {
            assert_eq!(problem(provider), None, "{provider}");
        }
    }

    #[test]
    fn other_spellings_are_told_from_other_words() {
        for (provider, known) in [
            ("opnai", "openai"),
            ("OpenAI", "openai"),
            ("open_ai", "openai"),
            ("antropic", "anthropic"),
            ("mistralai", "mistral_ai"),
            ("x.ai", "x_ai"),
            ("grok", "x_ai"),
            ("gorq", "groq"),
            ("azure", "azure.ai.openai"),
        ] {
            assert_eq!(meant(provider), Some(known), "{provider}");
        }
    }

    #[test]
    fn what_is_said_elsewhere_is_a_provider_here() {
        for (name, known) in ELSEWHERE {
            assert!(KNOWN.contains(known), "{name}");
            assert!(!KNOWN.contains(name), "{name}");
        }
    }
}
