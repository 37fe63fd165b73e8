//! Print a reference to the value of a user's expression.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::expand::lay;

/// `&(expr)` that lies over the user's expression, so that type errors point there.
pub(crate) fn borrowed(value: &impl ToTokens) -> TokenStream {
    let reference = lay::over(value, quote!(&));
    let group = lay::parenthesized(value, value);
    quote!(#reference #group)
}
