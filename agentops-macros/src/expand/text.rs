//! Print a text that is known at compile time.

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::settings::Text;

/// The literal, or the user's constant.
pub(crate) fn text(text: &Text) -> TokenStream {
    match text {
        Text::Literal(text) => text.to_token_stream(),
        Text::Constant(constant) => constant.to_token_stream(),
    }
}
