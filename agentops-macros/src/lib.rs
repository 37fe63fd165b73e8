//! Attribute macros of `agentops`; depend on that crate, which re-exports them.
//!
//! Only forwarding happens here. The stages behind it, one file each:
//!
//! ```text
//! args      tokens of the attribute -> spanned arguments      (grammar, no meaning)
//! options   arguments -> settings                             (families: which exist)
//! item      annotated tokens -> function with unparsed body
//! block     annotated `impl` block -> its methods, each one an item
//! capture   settings + signature -> which arguments are captured
//! model     settings + function -> everything decided
//! expand    model -> tokens                                   (printing, no decisions)
//! ```
//!
//! `diagnostics` collects the mistakes of all stages and keeps the annotated item alive.
//! What users read about the attributes stands in `docs`, whose examples run with the tests of `agentops`.

#![forbid(unsafe_code)]

use proc_macro::TokenStream;

mod args;
mod arguments;
mod attribute;
mod block;
mod builtin;
mod capture;
mod complete;
mod diagnostics;
mod expand;
mod expression;
mod families;
mod item;
mod model;
mod options;
mod paths;
mod plain_type;
mod return_type;
mod settings;
mod suggest;

#[cfg(test)]
mod completions;
#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod tables;

/// Makes every call of a function one session: one run of the agent.
#[doc = include_str!("../docs/session.md")]
#[doc = include_str!("../docs/common.md")]
#[proc_macro_attribute]
pub fn session(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::session::FAMILY, args, item)
}

/// Makes every call of a function one run of an agent, which decides what to do next.
#[doc = include_str!("../docs/agent.md")]
#[doc = include_str!("../docs/common.md")]
#[proc_macro_attribute]
pub fn agent(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::agent::FAMILY, args, item)
}

/// Makes every call of a function one workflow: steps whose order the program decides.
#[doc = include_str!("../docs/workflow.md")]
#[doc = include_str!("../docs/common.md")]
#[proc_macro_attribute]
pub fn workflow(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::workflow::FAMILY, args, item)
}

/// Makes every call of a function one task: a step of a workflow or of an agent.
#[doc = include_str!("../docs/task.md")]
#[doc = include_str!("../docs/common.md")]
#[proc_macro_attribute]
pub fn task(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::task::FAMILY, args, item)
}

/// Makes every call of a function one operation: work of the program itself.
#[doc = include_str!("../docs/operation.md")]
#[doc = include_str!("../docs/common.md")]
#[proc_macro_attribute]
pub fn operation(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::operation::FAMILY, args, item)
}

/// Makes every call of a function one use of a tool that a model asked for.
#[doc = include_str!("../docs/tool.md")]
#[doc = include_str!("../docs/common.md")]
#[proc_macro_attribute]
pub fn tool(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::tool::FAMILY, args, item)
}

/// Makes every call of a function one guardrail: a check of what goes in or comes out.
#[doc = include_str!("../docs/guardrail.md")]
#[doc = include_str!("../docs/common.md")]
#[proc_macro_attribute]
pub fn guardrail(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::guardrail::FAMILY, args, item)
}

/// Makes every call of a function one call of a language model.
#[doc = include_str!("../docs/llm_call.md")]
#[doc = include_str!("../docs/common.md")]
#[proc_macro_attribute]
pub fn llm_call(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::llm_call::FAMILY, args, item)
}

/// Without the feature `enable` options are still checked, but the bare item is emitted.
fn forward(family: &'static options::Family, args: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(family, args.into(), item.into(), cfg!(feature = "enable")).into()
}
