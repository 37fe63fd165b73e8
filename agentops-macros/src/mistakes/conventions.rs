//! Keys and values that the conventions fix, and what is said about others.

use super::{llm_call_says, messages, session_says};
use crate::families::{self, task};

#[test]
fn keys_of_the_conventions_pass() {
    session_says(
        "fields(gen_ai.conversation.id = a, gen_ai.usage.input_tokens, \"gen_ai.prompt.variable.user name\" = b, mcp.method.name = c)",
        &[],
    );
    session_says("metadata(gen_ai.sytem = 1)", &[]);
}

#[test]
fn misspelt_keys_of_the_conventions_get_a_suggestion() {
    session_says(
        "fields(gen_ai.conversation_id = 1)",
        &["unknown attribute `gen_ai.conversation_id`; did you mean `gen_ai.conversation.id`?"],
    );
    session_says(
        "fields(mcp.method.nam)",
        &["unknown attribute `mcp.method.nam`; did you mean `mcp.method.name`?"],
    );
    session_says(
        "fields(gen_ai.cost.total = 1)",
        &[
            "unknown attribute `gen_ai.cost.total`; keys that begin with `gen_ai.` belong to the OpenTelemetry conventions; choose another prefix",
        ],
    );
}

#[test]
fn deprecated_keys_name_the_new_one() {
    session_says(
        "fields(gen_ai.system = 1)",
        &["`gen_ai.system` is deprecated; write `gen_ai.provider.name`"],
    );
    session_says(
        "fields(gen_ai.sytem = 1)",
        &[
            "unknown attribute `gen_ai.sytem`; did you mean `gen_ai.system`? that one is deprecated; write `gen_ai.provider.name`",
        ],
    );
}

#[test]
fn keys_that_an_option_sets_are_left_to_it() {
    llm_call_says(
        "fields(gen_ai.system = 1)",
        &["`gen_ai.system` is deprecated; set it with `provider = ..`"],
    );
    llm_call_says(
        "fields(gen_ai.sytem = 1, gen_ai.request.modle = 2)",
        &[
            "unknown attribute `gen_ai.sytem`; did you mean `gen_ai.system`? that one is deprecated; set it with `provider = ..`",
            "unknown attribute `gen_ai.request.modle`; did you mean `gen_ai.request.model`? set it with `model = ..`",
        ],
    );
}

#[test]
fn every_attribute_checks_the_keys() {
    for family in families::ALL {
        let said = messages(family, "fields(gen_ai.frobnicated.by = 1)");
        assert_eq!(said.len(), 1, "{}", family.attribute);
    }
}

#[test]
fn keys_that_an_option_sets_are_known() {
    let owned = families::ALL.into_iter().flat_map(|family| family.owned);
    // Those of agentops are reserved, whoever sets them.
    let owned = owned.filter(|(key, _)| !key.starts_with("agentops."));
    for (key, _) in owned {
        // A task has none of these options.
        let said = messages(&task::FAMILY, &format!("fields({key} = 1)"));
        assert_eq!(said, [""; 0], "{key}");
    }
}

#[test]
fn misspelt_providers_get_a_suggestion_and_a_way_out() {
    let at = |provider: &str, meant: &str| {
        format!(
            "unknown provider `{provider}`; did you mean `{meant}`? if a provider of your own is called so, give it as a constant or another expression, which is not checked"
        )
    };
    llm_call_says("provider = \"opnai\"", &[&at("opnai", "openai")]);
    llm_call_says("provider = \"azure\"", &[&at("azure", "azure.ai.openai")]);
    llm_call_says("provider = \"my-gateway\"", &[]);
    llm_call_says("provider = OPNAI", &[]);
    llm_call_says("provider = { \"opnai\" }", &[]);
}
