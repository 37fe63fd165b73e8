//! Options that an attribute does not have, and what is said about each.

use super::{llm_call_says, messages, session_says};
use crate::families::{agent, tool};
use crate::options::Family;

#[track_caller]
fn says(family: &'static Family, args: &str, expected: &str) {
    assert_eq!(messages(family, args), [expected], "{args}");
}

#[test]
fn a_misspelt_option_of_another_attribute_is_told_whose_it_is() {
    says(
        &tool::FAMILY,
        "modle = \"gpt-4o\"",
        "unknown option `modle` of `#[agentops::tool]`; it looks like `model`, an option of `#[agentops::llm_call]`; move it there, or write `fields(gen_ai.request.model = ..)`",
    );
    says(
        &agent::FAMILY,
        "metdata(a = 1)",
        "unknown option `metdata` of `#[agentops::agent]`; it looks like `metadata`, an option of `#[agentops::session]`; move it there, or remove it",
    );
}

#[test]
fn an_option_called_otherwise_at_another_attribute_is_told_its_name_there() {
    says(
        &agent::FAMILY,
        "model_name = \"gpt-4o\"",
        "unknown option `model_name` of `#[agentops::agent]`; it looks like `model`, an option of `#[agentops::llm_call]`; move it there, or write `fields(gen_ai.request.model = ..)`",
    );
}

#[test]
fn a_misspelt_option_of_the_attribute_itself_comes_first() {
    // At the tool it would be far from `name`, and near `model`.
    llm_call_says(
        "modle = 1",
        &["unknown option `modle` of `#[agentops::llm_call]`; did you mean `model`?"],
    );
    says(
        &tool::FAMILY,
        "nam = 1",
        "unknown option `nam` of `#[agentops::tool]`; did you mean `name`?",
    );
}

#[test]
fn names_used_elsewhere_are_told_what_is_written_here() {
    session_says(
        "span_name = \"x\", attributes = 1, tag = \"beta\", field = 1",
        &[
            "`span_name` is called `name` in `#[agentops::session]`; write `name = \"..\"`",
            "`attributes` is called `fields` in `#[agentops::session]`; write `fields(..)`",
            "unknown option `tag` of `#[agentops::session]`; did you mean `tags`?",
            "unknown option `field` of `#[agentops::session]`; did you mean `fields`?",
        ],
    );
}

#[test]
fn what_is_no_option_here_is_told_why() {
    says(
        &tool::FAMILY,
        "target = \"db\"",
        "no `target` in `#[agentops::tool]`; the scope of a span is its module's path; call the span otherwise by `name = \"..\"`",
    );
    session_says(
        "timeout = \"30s\"",
        &[
            "no `timeout` in `#[agentops::session]`; a span ends with its function; limit the call itself, for instance by `tokio::time::timeout`, and a future dropped by that is recorded as cancelled",
        ],
    );
    session_says(
        "level = \"debug\", instrument, skip_self, capture_args, agent_id = 1",
        &[
            "no `level` in `#[agentops::session]`; spans have no level; remove it",
            "no `instrument` in `#[agentops::session]`; the attribute alone makes the span; remove it",
            "no `skip_self` in `#[agentops::session]`; the receiver is never captured; remove it",
            "no `capture_args` in `#[agentops::session]`; arguments are captured unasked; remove it, or leave some out by `skip(..)`",
            "no `agent_id` in `#[agentops::session]`; it is an attribute of the span; write `fields(gen_ai.agent.id = ..)`",
        ],
    );
}

#[test]
fn the_attributes_own_options_are_listed_first() {
    says(
        &agent::FAMILY,
        "frobnicate",
        "unknown option `frobnicate` of `#[agentops::agent]`; options are `name`, `id`, `description`, `version`, `metrics`, `fields`, `args`, `skip`, `ret`, `err`, ..",
    );
}

#[test]
fn keys_of_ours_are_not_offered_as_fields() {
    says(
        &agent::FAMILY,
        "cost = 0.5",
        "`cost` is an option of `#[agentops::tool]`, not of `agent`; move it there, or remove it",
    );
}

#[test]
fn an_option_of_several_attributes_names_them_all() {
    says(
        &agent::FAMILY,
        "leaf",
        "`leaf` is an option of `#[agentops::operation]`, not of `agent`; move it there, or remove it",
    );
    session_says(
        "description = \"x\", verison = \"1\"",
        &[
            "`description` is an option of `agent` and `tool`, not of `session`; remove it, or annotate the function with one of these",
            "unknown option `verison` of `#[agentops::session]`; it looks like `version`, an option of `agent`, `workflow`, `task` and `operation`; remove it, or annotate the function with one of these",
        ],
    );
}

#[test]
fn what_tracing_calls_otherwise_is_known() {
    says(
        &agent::FAMILY,
        "follows_from = x",
        "`follows_from` is called `links` in `#[agentops::agent]`; write `links = ..`",
    );
}
