//! Names of arguments, as options write them.

use syn::Signature;

use crate::capture;
use crate::suggest;

/// Says that a function has no such argument, and which it has.
pub(crate) fn unknown(name: &str, signature: &Signature) -> Option<String> {
    let names = capture::names(signature);
    if names.iter().any(|known| known == name) {
        return None;
    }
    let nothing = format!("`{}` has no argument `{name}`", signature.ident);
    if let Some(meant) = suggest::nearest(name, names.iter().map(String::as_str)) {
        return Some(format!("{nothing}; did you mean `{meant}`?"));
    }
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    Some(match names.as_slice() {
        [] => format!("{nothing}, nor any other with a name; remove it"),
        names => format!("{nothing}; its arguments are {}", names.join(", ")),
    })
}
