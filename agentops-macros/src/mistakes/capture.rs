//! Wrong options about what is captured, and what is said about each.

use quote::quote;

use crate::families::{llm_call, session, task};
use crate::mistakes::{expanded, session_says};

#[track_caller]
fn skip_says(args: &str, expected: &[&str]) {
    let item = quote!(
        async fn answer(&self, query: &str, Chat { id, title }: Chat, r#type: T, _: u8) {}
    );
    assert_eq!(expanded(&task::FAMILY, args, &item), expected, "{args}");
}

#[test]
fn sound_options_pass() {
    skip_says("skip(query, id, r#type), content = true", &[]);
    skip_says("skip(), content = true", &[]);
    skip_says("content = false", &[]);
    session_says("skip(), content = false", &[]);
    session_says("content = false, skip()", &[]);
}

#[test]
fn skipped_arguments_exist() {
    skip_says(
        "skip(quary)",
        &["`answer` has no argument `quary`; did you mean `query`?"],
    );
    skip_says(
        "skip(frobnicate)",
        &[
            "`answer` has no argument `frobnicate`; its arguments are `query`, `id`, `title`, `type`",
        ],
    );
    session_says(
        "skip(query)",
        &["`run` has no argument `query`, nor any other with a name; remove it"],
    );
}

#[test]
fn ten_arguments_are_listed_at_most() {
    let item = quote!(
        fn run(aa: A, bb: A, cc: A, dd: A, ee: A, ff: A, gg: A, hh: A, ii: A, jj: A, kk: A) {}
    );
    assert_eq!(
        expanded(&task::FAMILY, "skip(frobnicate)", &item),
        [
            "`run` has no argument `frobnicate`; its arguments are `aa`, `bb`, `cc`, `dd`, `ee`, `ff`, `gg`, `hh`, `ii`, `jj`, .."
        ]
    );
}

#[test]
fn skipped_arguments_are_named_by_a_word() {
    skip_says("skip", &["option `skip` takes a list: `skip(a, b)`"]);
    skip_says(
        "skip = query",
        &["option `skip` takes a list: `skip(a, b)`"],
    );
    skip_says(
        "skip(query = 1)",
        &["`skip` only names arguments; write `query` alone"],
    );
    skip_says(
        "skip(query(id))",
        &["`skip` only names arguments; write `query` alone"],
    );
    skip_says(
        "skip(chat.id)",
        &["`skip` names whole arguments, not parts of them: `skip(a, b)`"],
    );
    skip_says(
        "skip(\"query\")",
        &["an argument is named by a word: `skip(query)`"],
    );
    skip_says("skip(0)", &["expected the name of an argument, found `0`"]);
    skip_says(
        "skip(Chat::id)",
        &["an argument is named by a single word, not by a path: `skip(a, b)`"],
    );
    skip_says("skip(query id)", &["expected `,` between arguments"]);
}

#[test]
fn an_argument_is_skipped_once_and_never_the_receiver() {
    skip_says(
        "skip(query, query)",
        &["`query` is skipped twice; remove one of the two"],
    );
    skip_says(
        "skip(self)",
        &["`self` is never captured, so there is nothing to skip; remove it"],
    );
}

#[test]
fn content_is_a_truth_value() {
    let usage = "`content` takes `true` or `false`: `content = false`";
    skip_says("content = \"no\"", &[usage]);
    skip_says("content = KEEP", &[usage]);
    skip_says(
        "content",
        &["option `content` needs a value: `content = false`"],
    );
    skip_says(
        "content(false)",
        &["option `content` takes a value, not a list: `content = false`"],
    );
}

#[test]
fn skip_and_no_content_exclude_each_other() {
    let conflict = "`skip(..)` and `content = false` exclude each other, because nothing is captured then; remove one of the two";
    skip_says("skip(query), content = false", &[conflict]);
    skip_says("content = false, skip(query)", &[conflict]);
    let wrong = "expected the name of an argument, found `0`";
    skip_says("skip(0), content = false", &[wrong, conflict]);
    skip_says("content = false, skip(0)", &[conflict, wrong]);
    let valueless = "option `skip` takes a list: `skip(a, b)`";
    skip_says("skip, content = false", &[valueless]);
    skip_says("content = false, skip", &[valueless]);
}

#[test]
fn words_of_other_frameworks_are_led_to_ours() {
    session_says(
        "skip_all",
        &["`skip_all` is called `content` in `#[agentops::session]`; write `content = false`"],
    );
    let said = expanded(
        &llm_call::FAMILY,
        "skip_args(a)",
        &quote!(
            fn run(a: u8) {}
        ),
    );
    assert_eq!(
        said,
        ["`skip_args` is called `skip` in `#[agentops::llm_call]`; write `skip(..)`"]
    );
}

#[test]
fn skipped_names_are_checked_only_against_functions() {
    let said = expanded(
        &session::FAMILY,
        "skip(a)",
        &quote!(
            struct S;
        ),
    );
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("`#[agentops::session]` goes on functions"));
}

#[test]
fn mistakes_in_skip_keep_their_place_among_the_others() {
    skip_says(
        "nmae = \"x\", skip(quary), tags(1)",
        &[
            "unknown option `nmae` of `#[agentops::task]`; did you mean `name`?",
            "`answer` has no argument `quary`; did you mean `query`?",
            "expected a string literal such as `\"beta\"`, found `1`",
        ],
    );
}

#[test]
fn what_a_model_says_is_no_list() {
    let conflict = |option| {
        format!(
            "`{option}` and `content = false` exclude each other, because nothing is captured then; remove one of the two"
        )
    };
    let item = quote!(
        fn run() -> String {}
    );
    let said = expanded(
        &llm_call::FAMILY,
        "content = false, prompt = 1, completion = |text| text",
        &item,
    );
    assert_eq!(said, [conflict("prompt"), conflict("completion")]);
}
