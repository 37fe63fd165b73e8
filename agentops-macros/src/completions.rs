//! Which words of an attribute an editor completes, and by which items.

use std::fs;

use proc_macro2::TokenStream;
use quote::quote;

use crate::attribute;
use crate::complete::{KEYWORDS, NEVER_NAMES};
use crate::families;
use crate::families::session;

/// The session function `run` with these arguments of the attribute.
fn expanded(args: &str, item: TokenStream) -> String {
    let args = args.parse().unwrap();
    attribute::expand(&session::FAMILY, args, item, true).to_string()
}

fn import(words: &str) -> String {
    format!(
        ":: agentops :: __private :: complete_options ! {{ {} }}",
        format!("session {words}").trim_end()
    )
}

#[test]
fn every_word_is_imported_whether_it_is_an_option_or_not() {
    let expanded = expanded(
        "\"x\", id = 1, nam, fields(a = 1), if = x, crate = crate, @",
        quote!(
            fn run() {}
        ),
    );
    let words = import("id nam fields r#if");
    let words = words.replace(":: agentops", "crate");
    assert!(
        expanded.starts_with(&format!("fn run () {{ {words} }}")),
        "{expanded}"
    );
}

#[test]
fn a_word_can_be_put_where_none_stands_yet() {
    for args in ["", "\"x\""] {
        let expanded = expanded(
            args,
            quote!(
                fn run() {}
            ),
        );
        assert!(expanded.contains(&import("")), "{expanded}");
    }
}

#[test]
fn attributes_of_the_body_stay_in_front() {
    for args in ["id = 1", "idd = 1"] {
        let item = quote!(
            fn run() {
                #![allow(unused)]
                #![doc = "x"]
                go()
            }
        );
        let expanded = expanded(args, item);
        let word = args.split(' ').next().unwrap();
        let begin = format!("{{ # ! [allow (unused)] # ! [doc = \"x\"] {}", import(word));
        assert!(expanded.contains(&begin), "{expanded}");
    }
}

#[test]
fn the_words_of_all_attributes_on_a_function_are_imported_once() {
    let item = quote!(
        #[agentops::llm_call(model = "m", mod)]
        fn run() -> u8 {
            1
        }
    );
    let wrong = expanded("id = 1", item);
    assert_eq!(wrong.matches("complete_options").count(), 1, "{wrong}");
    let item = quote!(
        #[agentops::llm_call(model = "m")]
        fn run() -> u8 {
            1
        }
    );
    let sound = expanded("id = 1", item);
    assert_eq!(sound.matches("complete_options").count(), 2, "{sound}");
    assert!(sound.contains(&import("id")), "{sound}");
    assert!(
        sound.contains("complete_options ! { llm_call model }"),
        "{sound}"
    );
}

#[test]
fn what_has_no_body_is_left_alone() {
    for item in [
        quote!(
            fn run();
        ),
        quote!(
            struct Run {
                id: u8,
            }
        ),
    ] {
        let expanded = expanded("id = 1", item);
        assert!(!expanded.contains("complete_options"), "{expanded}");
    }
}

#[test]
fn every_option_has_an_item_to_complete_it_by() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../agentops/src/complete.rs");
    let text = fs::read_to_string(file).unwrap();
    let begin = text.find("options! {\n").unwrap();
    let table = text[begin..].split("}\n").next().unwrap();
    let listed: Vec<_> = table.lines().skip(1).map(str::trim).collect();
    let expected = families::ALL.map(|family| {
        let names: Vec<_> = family.options().map(|key| item_name(key.name)).collect();
        format!("{}: {};", family.attribute, names.join(" "))
    });
    assert_eq!(
        listed, expected,
        "agentops/src/complete.rs lists other options"
    );
}

/// How the item of an option is called; nothing can be called `crate`.
fn item_name(option: &str) -> String {
    if NEVER_NAMES.contains(&option) {
        format!("{option}_")
    } else if KEYWORDS.contains(&option) {
        format!("r#{option}")
    } else {
        option.to_owned()
    }
}
