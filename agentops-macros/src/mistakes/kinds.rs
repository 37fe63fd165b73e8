//! Wrong options that only some attributes take, and what is said about each.

use quote::quote;

use crate::families::{ALL, agent, llm_call, operation, tool, workflow};
use crate::mistakes::{expanded, messages, session_says};

#[track_caller]
fn operation_says(args: &str, expected: &[&str]) {
    assert_eq!(messages(&operation::FAMILY, args), expected, "{args}");
}

#[track_caller]
fn tool_says(args: &str, expected: &[&str]) {
    assert_eq!(messages(&tool::FAMILY, args), expected, "{args}");
}

#[test]
fn sound_options_pass() {
    for family in ALL {
        let args =
            "\"x\", fields(a = 1), baggage(b = 2), tags(\"c\"), content = false, crate = ::d";
        assert_eq!(messages(family, args), [""; 0], "{}", family.attribute);
    }
    session_says(
        "id = a, user = b, metadata(c = 1, d.e = ?f, \"g\" = %h), extract = i, tags()",
        &[],
    );
    operation_says("leaf", &[]);
    operation_says("leaf = true, content = false", &[]);
    operation_says("leaf = false, baggage(a = 1)", &[]);
    operation_says("baggage(a = 1), leaf = false", &[]);
    operation_says("leaf, baggage()", &[]);
    operation_says("baggage(), leaf", &[]);
    tool_says("description = \"Searches.\", call_id = call.id", &[]);
}

#[test]
fn options_have_an_owner() {
    let said = |args| messages(&agent::FAMILY, args);
    for (option, owner, otherwise) in [
        ("user", "session", "write `fields(user.id = ..)`"),
        ("metadata", "session", "remove it"),
        ("extract", "session", "remove it"),
        ("leaf", "operation", "remove it"),
        ("triggered", "guardrail", "remove it"),
        (
            "call_id",
            "tool",
            "write `fields(gen_ai.tool.call.id = ..)`",
        ),
        (
            "provider",
            "llm_call",
            "write `fields(gen_ai.provider.name = ..)`",
        ),
        (
            "model",
            "llm_call",
            "write `fields(gen_ai.request.model = ..)`",
        ),
    ] {
        assert_eq!(
            said(option),
            [format!(
                "`{option}` is an option of `#[agentops::{owner}]`, not of `agent`; move it there, or {otherwise}"
            )]
        );
    }
}

#[test]
fn near_and_foreign_words_are_led_to_options() {
    let called = |word: &str, option: &str, written: &str, attribute: &str| {
        format!("`{word}` is called `{option}` in `#[agentops::{attribute}]`; write `{written}`")
    };
    for (word, option) in [
        ("user_id", "user"),
        ("session_id", "id"),
        ("headers", "extract"),
        ("carrier", "extract"),
    ] {
        let written = format!("{option} = ..");
        session_says(word, &[&called(word, option, &written, "session")]);
    }
    session_says(
        "attributes(a = 1)",
        &[&called("attributes", "fields", "fields(..)", "session")],
    );
    tool_says(
        "desc = \"x\"",
        &[&called("desc", "description", "description = ..", "tool")],
    );
    tool_says(
        "tool_call_id = 1",
        &[&called("tool_call_id", "call_id", "call_id = ..", "tool")],
    );
    for (word, option) in [("usr", "user"), ("metdata", "metadata"), ("tag", "tags")] {
        session_says(
            word,
            &[&format!(
                "unknown option `{word}` of `#[agentops::session]`; did you mean `{option}`?"
            )],
        );
    }
}

#[test]
fn tags_are_checked() {
    session_says(
        "tags",
        &["option `tags` takes a list: `tags(\"a\", \"b\")`"],
    );
    session_says("tags(beta)", &["a tag is a string literal: `\"beta\"`"]);
    session_says("tags(a.b)", &["a tag is a string literal: `\"a.b\"`"]);
    session_says("tags(a::b)", &["a tag is a string literal: `\"beta\"`"]);
    session_says(
        "tags(1)",
        &["expected a string literal such as `\"beta\"`, found `1`"],
    );
    session_says(
        "tags(\"a\" = 1)",
        &["a tag has no value; write `\"a\"` alone, or set `fields(\"a\" = ..)`"],
    );
    session_says(
        "tags(\" \")",
        &["the tag is empty; write a word such as `\"beta\"`"],
    );
    session_says(
        "tags(\"a\", \"a\")",
        &["the tag `a` is given twice; remove one of the two"],
    );
    session_says("tags(\"a\" \"b\")", &["expected `,` between tags"]);
}

#[test]
fn metadata_is_checked() {
    session_says("metadata(a)", &["the key `a` needs a value: `a = expr`"]);
    session_says(
        "metadata(a =)",
        &["missing value after `a =`; write `a = expr`"],
    );
    session_says(
        "metadata(a = 1, a = 2, \"\" = 3, b(c))",
        &[
            "the key `a` is given twice; remove one of the two",
            "the key is empty; write a key such as `user.tier`",
            "the key `b` takes a value, not a list: `b = expr`",
        ],
    );
    session_says(
        "metadata(a = b.await)",
        &[
            "`.await` is not possible in `metadata`, which is evaluated before the body; await in the caller and pass the value as an argument",
        ],
    );
    session_says(
        "metadata = 1",
        &["option `metadata` takes a list: `metadata(key = expr, ..)`"],
    );
}

#[test]
fn keys_of_options_are_not_fields() {
    let owned = |key: &str, attribute: &str, written: &str| {
        format!(
            "`{key}` is written by an option of `#[agentops::{attribute}]`; set it with `{written}`"
        )
    };
    for (key, written) in [
        ("session.id", "id = .."),
        ("user.id", "user = .."),
        ("agentops.tags", "tags(\"..\")"),
        ("agentops.metadata.plan", "metadata(plan = ..)"),
    ] {
        let args = format!("fields({key} = 1)");
        session_says(&args, &[&owned(key, "session", written)]);
    }
    for (key, written) in [
        ("gen_ai.tool.name", "name = .."),
        ("gen_ai.tool.description", "description = .."),
        ("gen_ai.tool.call.id", "call_id = .."),
    ] {
        let args = format!("fields({key} = 1)");
        tool_says(&args, &[&owned(key, "tool", written)]);
    }
    tool_says(
        "fields(agentops.metadata.plan = 1)",
        &[
            "keys that begin with `agentops.` are reserved; choose another prefix for `agentops.metadata.plan`",
        ],
    );
    assert_eq!(
        messages(&workflow::FAMILY, "fields(gen_ai.operation.name = 1)"),
        [
            "`gen_ai.operation.name` is always `invoke_workflow` in `#[agentops::workflow]`; remove it"
        ]
    );
}

#[test]
fn values_have_the_form_of_their_option() {
    session_says("user", &["option `user` needs a value: `user = expr`"]);
    session_says(
        "user = ?name",
        &["`?` and `%` have no meaning in `user`; write `user = expr`"],
    );
    session_says(
        "extract =",
        &["missing value after `extract =`; write `extract = headers`"],
    );
    let usage = "`description` takes a string literal: `description = \"..\"`";
    tool_says("description = 3", &[usage]);
    tool_says("description = TEXT", &[usage]);
    tool_says(
        "description = \"\"",
        &["the description is empty; write it, or leave `description` out"],
    );
    tool_says(
        "call_id = call().await",
        &[
            "`.await` is not possible in `call_id`, which is evaluated before the body; await in the caller and pass the value as an argument",
        ],
    );
    let usage = "`leaf` is a flag; write `leaf`, `leaf = true` or `leaf = false`";
    operation_says("leaf = \"yes\"", &[usage]);
    operation_says(
        "leaf(true)",
        &["option `leaf` takes a value, not a list: `leaf = true`"],
    );
}

#[test]
fn a_flag_says_all_ways_to_write_it() {
    session_says(
        "flush = 3, root = \"yes\"",
        &[
            "`flush` is a flag; write `flush`, `flush = true` or `flush = false`",
            "`root` is a flag; write `root`, `root = true` or `root = false`",
        ],
    );
}

#[test]
fn metrics_are_off_or_a_list() {
    let usage = "`metrics` takes `false` or a list: `metrics = false` or `metrics(key = expr, ..)`";
    tool_says("metrics = 5", &[usage]);
    let mark = "`?` and `%` have no meaning in `metrics`, whose values are string literals, `bool`s or enums that implement `agentops::metrics::Dimension`";
    let twice = "the key `a` is given twice; remove one of the two";
    tool_says("metrics(a = ?1, a = 2)", &[mark, twice]);
}

#[test]
fn a_borrowed_text_is_no_dimension() {
    let item = quote!(
        fn run(user: &str, way: &'static str) {}
    );
    let said = |args| expanded(&tool::FAMILY, args, &item);
    assert_eq!(
        said("metrics(user = user)"),
        [
            "a text that is borrowed may have any number of values, each of which would be a time series of its own; record it by `fields(..)`"
        ]
    );
    assert_eq!(said("metrics(way = way, user = user.is_empty())"), [""; 0]);
}

#[test]
fn a_number_that_is_too_big_is_told_so() {
    assert_eq!(
        messages(&llm_call::FAMILY, "max_tokens = 99999999999999999999"),
        ["`max_tokens` is too big: `max_tokens = 1024`"]
    );
}

#[test]
fn the_name_is_no_argument() {
    let said = expanded(
        &tool::FAMILY,
        "name = query",
        &quote!(
            fn run(query: &'static str) {}
        ),
    );
    assert_eq!(
        said,
        [
            "the name is known before any call, so it cannot be the argument `query`; record that by `fields(..)`"
        ]
    );
    tool_says("name = QUERY", &[]);
}

#[test]
fn a_leaf_is_sync_and_hands_nothing_on() {
    let said = expanded(
        &operation::FAMILY,
        "leaf",
        &quote!(
            async fn run() {}
        ),
    );
    assert_eq!(
        said,
        [
            "`leaf` cannot be used on an `async fn`, because a leaf span is never the current one and that of an async function has to be; remove `leaf`"
        ]
    );
    let conflict = "`leaf` and `baggage(..)` exclude each other, because a leaf span is never the current one and hands nothing on; remove one of the two";
    operation_says("leaf, baggage(a = 1)", &[conflict]);
    operation_says("baggage(a = 1), leaf", &[conflict]);
    let wrong = "the baggage key is empty; write a key such as `user.id`";
    operation_says("leaf, baggage(\"\" = 1)", &[conflict, wrong]);
    operation_says("baggage(\"\" = 1), leaf", &[wrong, conflict]);
    let valueless = "option `baggage` takes a list: `baggage(key = expr, ..)`";
    operation_says("leaf, baggage", &[valueless]);
    operation_says("baggage, leaf", &[valueless]);
}
