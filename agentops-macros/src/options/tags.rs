//! Meaning of `tags(..)`: labels by which spans are found again.

use crate::args::{Entry, Spelling, Value};
use crate::diagnostics::Errors;

/// Checks all entries and yields those that are sound.
pub(crate) fn read(entries: Vec<Entry>, errors: &mut Errors) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for entry in entries {
        let Some(argument) = errors.keep(entry) else {
            continue;
        };
        let tag = argument.key.text;
        let problem = if !matches!(argument.key.spelling, Spelling::Literal(_)) {
            format!("a tag is a string literal: `\"{tag}\"`")
        } else if !matches!(argument.value, Value::Absent) {
            format!("a tag has no value; write `\"{tag}\"` alone, or set `fields(\"{tag}\" = ..)`")
        } else if tag.trim().is_empty() {
            "the tag is empty; write a word such as `\"beta\"`".to_owned()
        } else if tags.contains(&tag) {
            format!("the tag `{tag}` is given twice; remove one of the two")
        } else {
            tags.push(tag);
            continue;
        };
        errors.over(argument.key.tokens, problem);
    }
    tags
}
