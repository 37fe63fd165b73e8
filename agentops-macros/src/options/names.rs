//! Names of arguments, as options write them.

use syn::Signature;

use crate::capture;
use crate::suggest;

/// How many arguments are listed at most.
const MAX_LISTED: usize = 10;

/// Says that a function has no such argument, and which it has.
pub(crate) fn unknown(name: &str, signature: &Signature) -> Option<String> {
    let names = capture::names(signature);
    if names.iter().any(|known| known == name) {
        return None;
    }
    let nothing = format!("`{}` has no argument `{name}`", signature.ident);
    Some(instead(name, &nothing, &names, "its arguments are"))
}

/// Says what may be written in place of a name that nothing has.
pub(crate) fn instead(name: &str, nothing: &str, names: &[String], has: &str) -> String {
    if let Some(meant) = suggest::nearest(name, names.iter().map(String::as_str)) {
        return format!("{nothing}; did you mean `{meant}`?");
    }
    let mut listed: Vec<String> = Vec::new();
    for name in names.iter().map(|name| format!("`{name}`")) {
        if !listed.contains(&name) {
            listed.push(name);
        }
    }
    if listed.len() > MAX_LISTED {
        listed.truncate(MAX_LISTED);
        listed.push("..".to_owned());
    }
    match listed.as_slice() {
        [] => format!("{nothing}, nor any other with a name; remove it"),
        listed => format!("{nothing}; {has} {}", listed.join(", ")),
    }
}
