//! Wrong options about what is returned, and what is said about each.

use quote::quote;

use crate::families::task;
use crate::mistakes::expanded;

#[track_caller]
fn says(args: &str, expected: &[&str]) {
    let item = quote!(
        fn run(query: &str) -> Result<usize, Error> {}
    );
    assert_eq!(expanded(&task::FAMILY, args, &item), expected, "{args}");
}

#[test]
fn sound_options_pass() {
    says("ret(Debug), err(Display, type = |_| \"a\")", &[]);
    says("ret(Json, fields(a = |value| value, {B} = len))", &[]);
    says("ret(|value| value), err(|error| error), err_if = len", &[]);
}

#[test]
fn forms_are_words() {
    let word = "the form is a word, not a string: write `Debug`";
    says("ret(\"Debug\")", &[word]);
    says("err(\"Debug\")", &[word]);
}

#[test]
fn fields_of_what_is_returned_are_closures() {
    let closure =
        "`fields` takes a closure or a path to a function: `fields(hits = |value| value.len())`";
    let mark = "`?` and `%` have no meaning in `ret(fields(..))`; make the text in the closure: `hits = |value| value.to_string()`";
    says("ret(fields(a = ?|value| value))", &[mark]);
    // In source order, as all mistakes.
    says(
        "ret(fields(a = 1, \"\" = |value| value, b = 2))",
        &[
            closure,
            "the key is empty; write a key such as `user.tier`",
            closure,
        ],
    );
}
