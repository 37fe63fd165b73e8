//! Names of ours inside an annotated function.

use proc_macro2::{Ident, Span};

/// A local with the macro's own hygiene.
///
/// The name is unlikely besides, because a `let` also resolves to the statics and
/// constants of the user, whatever its hygiene.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(&format!("__agentops_{name}"), Span::mixed_site())
}
