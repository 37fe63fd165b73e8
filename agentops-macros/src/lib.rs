//! Attribute macros of `agentops`; depend on that crate, which re-exports them.
//!
//! Only forwarding happens here. The stages behind it, one file each:
//!
//! ```text
//! args      tokens of the attribute -> spanned arguments      (grammar, no meaning)
//! options   arguments -> settings                             (families: which exist)
//! item      annotated tokens -> function with unparsed body
//! model     settings + function -> everything decided
//! expand    model -> tokens                                   (printing, no decisions)
//! ```
//!
//! `diagnostics` collects the mistakes of all stages and keeps the annotated item alive.

#![forbid(unsafe_code)]

use proc_macro::TokenStream;

mod args;
mod arguments;
mod attribute;
mod builtin;
mod diagnostics;
mod expand;
mod expression;
mod families;
mod item;
mod model;
mod options;
mod paths;
mod return_type;
mod settings;
mod suggest;

#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod snapshots;

/// Makes every call of a function one session: one run of the agent.
///
/// ```text
/// #[agentops::session("support chat", id = chat.id, fields(user.tier = %tier))]
/// async fn answer(chat: &Chat, tier: Tier) -> Result<String, Error> { .. }
/// ```
///
/// Goes on sync and async functions and methods with a body.
/// Types, borrows, drop order, panics and lints stay as they are without it.
///
/// | Option | Meaning |
/// |---|---|
/// | `"name"` or `name = "name"` | name of the session; the function's name by default |
/// | `id = expr` | the `session.id`, anything `Display`; a fresh UUID v7 by default |
/// | `fields(key = expr, "key" = expr, a.b = expr)` | attributes of the span |
/// | `fields(key = ?expr, key = %expr)` | the same through `Debug` and `Display` |
/// | `fields(key)` | declares a key that `agentops::record` fills in later |
/// | `baggage(key = expr, ..)` | values that travel to callees and outgoing requests |
/// | `crate = path` | where `agentops` is re-exported: `::x` or `crate::x` |
///
/// Expressions see the arguments of the function, borrowed, before its body runs.
/// Of two attributes on one function, the span of the upper one holds that of the lower one.
#[proc_macro_attribute]
pub fn session(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::session::FAMILY, args, item)
}

/// Makes every call of a function one call of a language model.
///
/// ```text
/// #[agentops::llm_call(provider = "openai", model = request.model)]
/// async fn complete(request: &Request) -> Result<Response, Error> { .. }
/// ```
///
/// Goes on sync and async functions and methods with a body.
/// Types, borrows, drop order, panics and lints stay as they are without it.
///
/// | Option | Meaning |
/// |---|---|
/// | `provider = "openai"` or `provider = expr` | who serves the model: `gen_ai.provider.name` |
/// | `model = "gpt-4o"` or `model = expr` | the model asked for: `gen_ai.request.model` |
/// | `"name"` or `name = "name"` | name of the span; `chat <model>` by default |
/// | `fields(key = expr, "key" = expr, a.b = expr)` | attributes of the span |
/// | `fields(key = ?expr, key = %expr)` | the same through `Debug` and `Display` |
/// | `fields(key)` | declares a key that `agentops::record` fills in later |
/// | `baggage(key = expr, ..)` | values that travel to callees and outgoing requests |
/// | `crate = path` | where `agentops` is re-exported: `::x` or `crate::x` |
///
/// Expressions see the arguments of the function, borrowed, before its body runs.
/// Of two attributes on one function, the span of the upper one holds that of the lower one.
#[proc_macro_attribute]
pub fn llm_call(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::llm_call::FAMILY, args, item)
}

/// Without the feature `enable` options are still checked, but the bare item is emitted.
fn forward(family: &'static options::Family, args: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(family, args.into(), item.into(), cfg!(feature = "enable")).into()
}
