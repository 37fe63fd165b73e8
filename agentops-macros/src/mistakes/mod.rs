//! Wrong options and wrong items, and what is said about each.

mod block;
mod capture;
mod conventions;
mod kinds;
mod returned;
mod unknown;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, Item, LitStr};

use crate::attribute;
use crate::complete;
use crate::families::llm_call;
use crate::families::session;
use crate::options::Family;

/// The messages for these arguments on a sound function.
#[track_caller]
fn messages(family: &'static Family, args: &str) -> Vec<String> {
    expanded(
        family,
        args,
        &quote!(
            fn run() {}
        ),
    )
}

/// The messages for these arguments on this item.
#[track_caller]
fn expanded(family: &'static Family, args: &str, item: &TokenStream) -> Vec<String> {
    let args: TokenStream = args.parse().unwrap();
    let expanded = attribute::expand(family, args, item.clone(), true);
    let expanded = complete::without_imports(expanded).to_string();
    let Some(errors) = expanded.strip_prefix(&item.to_string()) else {
        return Vec::new();
    };
    let errors: File = syn::parse_str(errors).unwrap();
    let message = |item| match item {
        Item::Macro(error) => error.mac.parse_body::<LitStr>().unwrap().value(),
        _ => panic!("something else than an error follows the item"),
    };
    errors.items.into_iter().map(message).collect()
}

#[track_caller]
fn session_says(args: &str, expected: &[&str]) {
    assert_eq!(messages(&session::FAMILY, args), expected, "{args}");
}

#[track_caller]
fn llm_call_says(args: &str, expected: &[&str]) {
    assert_eq!(messages(&llm_call::FAMILY, args), expected, "{args}");
}

#[track_caller]
fn item_says(item: &str, expected: &str) {
    let item: TokenStream = item.parse().unwrap();
    assert_eq!(expanded(&session::FAMILY, "", &item), [expected]);
}

#[test]
fn sound_options_pass() {
    for args in [
        "",
        "\"name\"",
        "\"name\",",
        "name = \"name\", id = a.b::<C, D>(e), crate = ::x::y",
        "fields()",
        "fields(a, b.c, \"d e\", r#type = 1, f = ?g, h = %i + 1), baggage(j = 1, \"k\" = 2)",
        "id = async { x.await }, crate = crate",
    ] {
        session_says(args, &[]);
    }
    llm_call_says("provider = \"x\", model = y.z", &[]);
}

#[test]
fn unknown_options_get_a_suggestion_an_owner_or_a_list() {
    session_says(
        "nmae = \"x\"",
        &["unknown option `nmae` of `#[agentops::session]`; did you mean `name`?"],
    );
    session_says(
        "model = \"x\"",
        &[
            "`model` is an option of `#[agentops::llm_call]`, not of `session`; move it there, or write `fields(gen_ai.request.model = ..)`",
        ],
    );
    session_says(
        "frobnicate",
        &[
            "unknown option `frobnicate` of `#[agentops::session]`; options are `name`, `id`, `user`, `metadata`, `extract`, `end_state`, `flush`, `metrics`, `fields`, `args`, ..",
        ],
    );
    llm_call_says(
        "system = \"x\"",
        &["`system` is called `provider` in `#[agentops::llm_call]`; write `provider = ..`"],
    );
}

#[test]
fn options_are_single_words() {
    session_says(
        "a::b = 1",
        &["an option is a single word, not a path; write it like `name = \"..\"`"],
    );
    session_says(
        "user.tier = 1",
        &[
            "an option is a single word; attributes with other keys are written `fields(user.tier = ..)`",
        ],
    );
    session_says(
        "\"user tier\" = 1",
        &[
            "an option is a single word; attributes with other keys are written `fields(\"user tier\" = ..)`",
        ],
    );
}

#[test]
fn an_option_is_given_once() {
    session_says(
        "id = 1, id = 2",
        &["duplicate option `id`; remove one of the two"],
    );
    session_says(
        "\"a\", name = \"b\"",
        &["the name is given twice, alone and by `name = ..`; remove one of the two"],
    );
    session_says(
        "name = \"a\", \"b\"",
        &["the name is given twice, alone and by `name = ..`; remove one of the two"],
    );
    session_says(
        "\"a\", \"b\"",
        &["the name is given twice; remove one of the two"],
    );
}

#[test]
fn values_have_the_form_of_their_option() {
    session_says("id", &["option `id` needs a value: `id = expr`"]);
    session_says("id =", &["missing value after `id =`; write `id = expr`"]);
    session_says(
        "id(1)",
        &["option `id` takes a value, not a list: `id = expr`"],
    );
    session_says(
        "id = ?x",
        &["`?` and `%` have no meaning in `id`; write `id = expr`"],
    );
    let list = "option `fields` takes a list: `fields(key = expr, ..)`";
    session_says("fields", &[list]);
    session_says("fields =", &[list]);
    session_says("fields = 3", &[list]);
    session_says(
        "fields[a = 1]",
        &["the list of `fields` stands in parentheses: `fields(..)`"],
    );
}

#[test]
fn grammar_mistakes_are_survived() {
    session_says(
        "@ # !, id = 1",
        &["expected an option such as `name = \"..\"`, found `@`"],
    );
    session_says(
        "= 3",
        &["expected an option such as `name = \"..\"`, found `=`"],
    );
    session_says(
        "42",
        &["expected an option such as `name = \"..\"`, found `42`"],
    );
    session_says(
        "{}",
        &["expected an option such as `name = \"..\"`, found `{`"],
    );
    session_says(
        ", id = 1",
        &["expected an option such as `name = \"..\"`, found `,`"],
    );
    session_says("\"a\" \"b\"", &["expected `,` between options"]);
    session_says(
        "id = 1 fields(a = 1), idd = 2",
        &[
            "expected `,` between options",
            "unknown option `idd` of `#[agentops::session]`; did you mean `id`?",
        ],
    );
    session_says(
        "id = = 3",
        &["no expression can be read after `id =`: expected an expression"],
    );
    session_says("fields(a b)", &["expected `,` between keys"]);
    session_says(
        "fields(1)",
        &["expected a key such as `user.tier = expr`, found `1`"],
    );
    session_says(
        "fields(a. = 1)",
        &["expected a word after `a.`; dotted keys are words joined by dots"],
    );
    session_says(
        "fields(a::b = 1)",
        &["a key is words joined by dots, not a path; write it like `user.tier = expr`"],
    );
}

#[test]
fn names_are_checked() {
    session_says(
        "name = 42",
        &["`name` takes a string literal or the path of a constant: `name = \"..\"`"],
    );
    session_says(
        "name = b\"x\"",
        &["`name` takes a string literal or the path of a constant: `name = \"..\"`"],
    );
    session_says(
        "\" \"",
        &["the name is empty; write what this function does, or leave `name` out"],
    );
    session_says(
        "\"a\\nb\"",
        &["the name holds a control character; write it in printable characters"],
    );
    let long = format!("\"{}\"", "x".repeat(129));
    session_says(&long, &["the name has 129 characters; write at most 128"]);
    session_says(&format!("\"{}\"", "ß".repeat(128)), &[]);
}

#[test]
fn field_keys_are_checked() {
    session_says(
        "fields(\"\" = 1)",
        &["the key is empty; write a key such as `user.tier`"],
    );
    session_says(
        "fields(\"a..b\" = 1)",
        &["the key `a..b` has an empty part between its dots; write a key such as `user.tier`"],
    );
    session_says(
        "fields(\"a \" = 1)",
        &["the key `a ` begins or ends with a space; write a key such as `user.tier`"],
    );
    session_says(
        "fields(\"a\\t\")",
        &["the key `a\\t` holds a control character; write a key such as `user.tier`"],
    );
    session_says(
        "fields(a.b = 1, \"a.b\")",
        &["the key `a.b` is given twice; remove one of the two"],
    );
    session_says(
        "fields(Agentops.x = 1)",
        &["keys that begin with `agentops.` are reserved; choose another prefix for `Agentops.x`"],
    );
    session_says(
        "fields(session.id = 1)",
        &["`session.id` is written by an option of `#[agentops::session]`; set it with `id = ..`"],
    );
    llm_call_says(
        "fields(gen_ai.provider.name = 1)",
        &[
            "`gen_ai.provider.name` is written by an option of `#[agentops::llm_call]`; set it with `provider = ..`",
        ],
    );
}

#[test]
fn field_values_are_checked() {
    session_says(
        "fields(a =, b = ?)",
        &[
            "missing value after `a =`; write `a = expr`, or `a` alone to record it later",
            "missing value after `b =`; write `b = expr`, or `b` alone to record it later",
        ],
    );
    session_says(
        "fields(a(b))",
        &["the key `a` takes a value, not a list: `a = expr`"],
    );
}

#[test]
fn baggage_is_checked() {
    session_says(
        "baggage(\"a=b\" = 1)",
        &[
            "the baggage key `a=b` may not hold `=`, because keys travel in an HTTP header; write letters, digits, `.`, `_` and `-`",
        ],
    );
    session_says(
        "baggage(\"\" = 1)",
        &["the baggage key is empty; write a key such as `user.id`"],
    );
    session_says(
        "baggage(a = 1, a = 2)",
        &["the key `a` is given twice; remove one of the two"],
    );
    session_says(
        "baggage(a)",
        &["the baggage key `a` needs a value: `a = expr`"],
    );
    session_says(
        "baggage(a =)",
        &["missing value after `a =`; write `a = expr`"],
    );
    session_says(
        "baggage(a(b))",
        &["the baggage key `a` takes a value, not a list: `a = expr`"],
    );
    session_says(
        "baggage(a = ?b)",
        &["baggage is always written through `Display`; write `a = expr`"],
    );
    session_says(
        "baggage(@)",
        &["expected a key such as `user.tier = expr`, found `@`"],
    );
}

#[test]
fn await_is_refused_where_it_would_be_evaluated() {
    let at = |option: &str| {
        format!(
            "`.await` is not possible in `{option}`, which is evaluated before the body; await in the caller and pass the value as an argument"
        )
    };
    session_says("id = a.await + f(b.await)", &[&at("id"), &at("id")]);
    session_says("fields(a = b.await)", &[&at("fields")]);
    session_says("baggage(a = b.await)", &[&at("baggage")]);
    llm_call_says("model = a.await", &[&at("model")]);
}

#[test]
fn models_and_providers_are_strings() {
    llm_call_says(
        "model = \"\"",
        &["`model` is empty; write `model = \"gpt-4o\"`"],
    );
    llm_call_says(
        "provider = 3",
        &["`provider` takes a string or an expression that yields one: `provider = \"openai\"`"],
    );
}

#[test]
fn the_crate_path_is_absolute() {
    for path in ["super::x", "self::x", "x"] {
        session_says(
            &format!("crate = {path}"),
            &[&format!(
                "the path `{path}` is relative and would mean something else in each module; write it from `::` or from `crate::`"
            )],
        );
    }
    session_says(
        "crate = ::x::<u8>",
        &["`crate` takes a plain path: `crate = ::path::to::agentops`"],
    );
    session_says(
        "crate = \"my::x\"",
        &["`crate` takes a path, not a string: `crate = ::my::x`"],
    );
    session_says(
        "crate = \"crate::x\"",
        &["`crate` takes a path, not a string: `crate = crate::x`"],
    );
    session_says(
        "crate = 3",
        &["`crate` takes a path: `crate = ::path::to::agentops`"],
    );
}

#[test]
fn only_functions_can_be_annotated() {
    let work = "annotate the method or function that does the work";
    for (item, what, instead) in [
        ("pub struct S;", "a struct", work),
        ("enum E {}", "an enum", work),
        ("union U { a: u8 }", "a union", work),
        ("mod m {}", "a module", "annotate the functions in it"),
        (
            "pub unsafe trait T {}",
            "a trait",
            "annotate its default methods, and the methods in each `impl`",
        ),
        (
            "const A: u8 = 1;",
            "a constant",
            "annotate the function that uses it",
        ),
        (
            "static A: u8 = 1;",
            "a static",
            "annotate the function that uses it",
        ),
        ("type A = u8;", "a type alias", work),
        (
            "use a::b;",
            "an import",
            "annotate the function where it is written",
        ),
        (
            "extern \"C\" {}",
            "an extern item",
            "annotate a function that calls into it",
        ),
        (
            "macro_rules! a {}",
            "a macro",
            "annotate the function inside it",
        ),
        ("a!();", "a macro", "annotate the function inside it"),
        ("'a", "this", "annotate the function that does the work"),
    ] {
        item_says(
            item,
            &format!("`#[agentops::session]` goes on functions, not on {what}; {instead}"),
        );
    }
}

#[test]
fn functions_need_a_body_at_run_time() {
    item_says(
        "fn run(&self);",
        "`#[agentops::session]` needs a body; put it on the method in each `impl`, or give this one a default body",
    );
    item_says(
        "pub safe fn run();",
        "`#[agentops::session]` needs a body; put it on a function that calls this one, or on the one in each `impl`",
    );
    item_says(
        "pub const unsafe fn run() {}",
        "`#[agentops::session]` cannot be used on a `const fn`, because nothing can be recorded at compile time; remove `const`, or annotate the caller",
    );
    item_says(
        "unsafe extern \"C\" fn run(a: u8, ...) {}",
        "`#[agentops::session]` cannot wrap a C-variadic function; annotate the function that calls it",
    );
}

#[test]
fn an_attribute_is_given_once() {
    item_says(
        "#[inline] #[agentops::session(\"again\")] fn run() {}",
        "`#[agentops::session]` is given twice; remove one of the two",
    );
    let other = quote!(
        #[agentops::llm_call]
        fn run() {}
    );
    assert_eq!(expanded(&session::FAMILY, "", &other), [""; 0]);
}

#[test]
fn a_signature_that_cannot_be_read_keeps_the_item() {
    let said = expanded(&session::FAMILY, "", &quote!(fn run(a: ) {}));
    let [said] = said.as_slice() else {
        panic!("one error was expected: {said:?}");
    };
    let beginning = "the signature of this function cannot be read: ";
    assert!(said.starts_with(beginning), "{said}");
}

#[test]
fn all_mistakes_are_reported_at_once_in_source_order() {
    let said = expanded(
        &session::FAMILY,
        "\"\", idd = 1, @, fields(a = 1, a = 2, b c), id = x.await, crate = x",
        &quote!(
            struct S;
        ),
    );
    let beginnings = [
        "the name is empty",
        "unknown option `idd`",
        "expected an option",
        "the key `a` is given twice",
        "expected `,` between keys",
        "`.await` is not possible",
        "the path `x` is relative",
        "`#[agentops::session]` goes on functions",
    ];
    assert_eq!(said.len(), beginnings.len(), "{said:#?}");
    for (said, beginning) in said.iter().zip(beginnings) {
        assert!(said.starts_with(beginning), "{said} / {beginning}");
    }
}

#[test]
fn a_generator_is_told_what_to_write() {
    item_says(
        "async gen fn numbers() -> u32 {}",
        "a generator cannot be recorded; write a function that returns an `impl Iterator` or an `impl Stream`",
    );
}
