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

/// Makes every call of a function one session: one run of the agent.
///
/// All that it calls belongs to the session, whatever thread or task it runs in.
/// Arguments and the result are captured: by `Serialize`, else by `Debug`, else only the type's
/// name (so for a generic `T` without either bound); the receiver never.
///
/// ```text
/// #[agentops::session("support chat", id = chat.id, user = chat.user, tags("beta"))]
/// async fn answer(chat: &Chat, question: &str) -> Result<String, Error> { .. }
/// ```
///
/// Goes on sync and async functions and methods with a body.
/// Types, borrows, drop order, panics and lints stay as they are without it.
///
/// | Option | Meaning | Example |
/// |---|---|---|
/// | `"name"` or `name = "name"` | name of the session; the function's name by default | `"support chat"` |
/// | `id = expr` | the `session.id`, anything `Display`; a fresh UUID v7 by default | `id = chat.id` |
/// | `user = expr` | the `user.id`, anything `Display` | `user = chat.user.id` |
/// | `metadata(key = expr, ..)` | attributes below `agentops.metadata`, written like `fields` | `metadata(build = BUILD, plan = ?plan)` |
/// | `extract = expr` | headers of the incoming request, whose trace the session joins | `extract = request.headers()` |
#[doc = include_str!("options/common.md")]
#[proc_macro_attribute]
pub fn session(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::session::FAMILY, args, item)
}

/// Makes every call of a function one run of an agent, which decides what to do next.
///
/// The span is called `invoke_agent <name>`.
/// Arguments and the result are captured: by `Serialize`, else by `Debug`, else only the type's
/// name (so for a generic `T` without either bound); the receiver never.
///
/// ```text
/// #[agentops::agent("planner", fields(depth = depth))]
/// async fn plan(goal: &str, depth: u32) -> Result<Plan, Error> { .. }
/// ```
///
/// Goes on sync and async functions and methods with a body.
/// Types, borrows, drop order, panics and lints stay as they are without it.
///
/// On an `impl` block it annotates each method, with the same options (`skip(token)` where there
/// is a `token`), as a run of one agent: by the name given, or else that of the type.
///
/// ```text
/// #[agentops::agent("planner", skip(token))]
/// impl Planner {
///     // Both are runs of `planner`.
///     async fn plan(&self, goal: &str, token: &Token) -> Result<Plan, Error> { .. }
///     async fn revise(&self, plan: Plan) -> Result<Plan, Error> { .. }
///
///     // No span.
///     #[agentops(skip)]
///     fn depth(&self) -> u32 { .. }
/// }
/// ```
///
/// A method's own `#[agentops::..]` takes the place of the block's.
///
/// | Option | Meaning | Example |
/// |---|---|---|
/// | `"name"` or `name = "name"` | the `gen_ai.agent.name`; the function's name by default | `"planner"` |
#[doc = include_str!("options/common.md")]
#[proc_macro_attribute]
pub fn agent(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::agent::FAMILY, args, item)
}

/// Makes every call of a function one workflow: steps whose order the program decides.
///
/// The span is called `invoke_workflow <name>`.
/// Arguments and the result are captured: by `Serialize`, else by `Debug`, else only the type's
/// name (so for a generic `T` without either bound); the receiver never.
///
/// ```text
/// #[agentops::workflow("research")]
/// async fn research(topic: Topic) -> Result<Report, Error> { .. }
/// ```
///
/// Goes on sync and async functions and methods with a body.
/// Types, borrows, drop order, panics and lints stay as they are without it.
///
/// | Option | Meaning | Example |
/// |---|---|---|
/// | `"name"` or `name = "name"` | the `gen_ai.workflow.name`; the function's name by default | `"research"` |
#[doc = include_str!("options/common.md")]
#[proc_macro_attribute]
pub fn workflow(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::workflow::FAMILY, args, item)
}

/// Makes every call of a function one task: a step of a workflow or of an agent.
///
/// Arguments and the result are captured: by `Serialize`, else by `Debug`, else only the type's
/// name (so for a generic `T` without either bound); the receiver never.
///
/// ```text
/// #[agentops::task("summarize", skip(sources))]
/// async fn summarize(topic: &str, sources: &[Source]) -> Result<String, Error> { .. }
/// ```
///
/// Goes on sync and async functions and methods with a body.
/// Types, borrows, drop order, panics and lints stay as they are without it.
///
/// | Option | Meaning | Example |
/// |---|---|---|
/// | `"name"` or `name = "name"` | name of the task; the function's name by default | `"summarize"` |
#[doc = include_str!("options/common.md")]
#[proc_macro_attribute]
pub fn task(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::task::FAMILY, args, item)
}

/// Makes every call of a function one operation: work of the program itself.
///
/// Arguments and the result are captured: by `Serialize`, else by `Debug`, else only the type's
/// name (so for a generic `T` without either bound); the receiver never.
///
/// ```text
/// #[agentops::operation(leaf)]
/// fn tokenize(text: &str) -> Vec<u32> { .. }
/// ```
///
/// Goes on sync and async functions and methods with a body.
/// Types, borrows, drop order, panics and lints stay as they are without it.
///
/// | Option | Meaning | Example |
/// |---|---|---|
/// | `"name"` or `name = "name"` | name of the operation; the function's name by default | `"tokenize"` |
/// | `leaf` | a cheaper span that is never the current one; not on async functions | `leaf` or `leaf = true` |
#[doc = include_str!("options/common.md")]
#[proc_macro_attribute]
pub fn operation(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::operation::FAMILY, args, item)
}

/// Makes every call of a function one use of a tool that a model asked for.
///
/// The span is called `execute_tool <name>`.
/// Arguments and the result are captured: by `Serialize`, else by `Debug`, else only the type's
/// name (so for a generic `T` without either bound); the receiver never.
///
/// ```text
/// #[agentops::tool("search", description = "Searches the web.", call_id = call.id)]
/// async fn search(call: &ToolCall, query: &str) -> Result<Vec<Hit>, Error> { .. }
/// ```
///
/// Goes on sync and async functions and methods with a body.
/// Types, borrows, drop order, panics and lints stay as they are without it.
///
/// On an `impl` block it annotates each method, with the same options (`skip(token)` where there
/// is a `token`), as a tool of its own, by the name `Type::method`; `name` goes on a method.
///
/// ```text
/// #[agentops::tool(skip(token))]
/// impl Search {
///     // The tool `Search::query`.
///     async fn query(&self, words: &str, token: &Token) -> Result<Vec<Hit>, Error> { .. }
///
///     // The tool `rank`: a method's own attribute takes the place of the block's.
///     #[agentops::tool("rank")]
///     fn order(&self, hits: Vec<Hit>) -> Vec<Hit> { .. }
///
///     // No span.
///     #[agentops(skip)]
///     fn is_ready(&self) -> bool { .. }
/// }
/// ```
///
/// | Option | Meaning | Example |
/// |---|---|---|
/// | `"name"` or `name = "name"` | the `gen_ai.tool.name`; the function's name by default | `"search"` |
/// | `description = ".."` | what the model was told about it: `gen_ai.tool.description` | `description = "Searches the web."` |
/// | `call_id = expr` | the id of the call in the model's answer: `gen_ai.tool.call.id` | `call_id = call.id` |
#[doc = include_str!("options/common.md")]
#[proc_macro_attribute]
pub fn tool(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::tool::FAMILY, args, item)
}

/// Makes every call of a function one guardrail: a check of what goes in or comes out.
///
/// Arguments and the result are captured: by `Serialize`, else by `Debug`, else only the type's
/// name (so for a generic `T` without either bound); the receiver never.
///
/// ```text
/// #[agentops::guardrail("no secrets")]
/// fn check(answer: &str) -> Result<(), Leak> { .. }
/// ```
///
/// Goes on sync and async functions and methods with a body.
/// Types, borrows, drop order, panics and lints stay as they are without it.
///
/// | Option | Meaning | Example |
/// |---|---|---|
/// | `"name"` or `name = "name"` | name of the guardrail; the function's name by default | `"no secrets"` |
#[doc = include_str!("options/common.md")]
#[proc_macro_attribute]
pub fn guardrail(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::guardrail::FAMILY, args, item)
}

/// Makes every call of a function one call of a language model.
///
/// Arguments and the result are captured: by `Serialize`, else by `Debug`, else only the type's
/// name (so for a generic `T` without either bound); the receiver never.
///
/// ```text
/// #[agentops::llm_call(provider = "openai", model = request.model)]
/// async fn complete(request: &Request) -> Result<Response, Error> { .. }
/// ```
///
/// What it returns, or what a returned stream yields, is looked at for model, tokens and finish
/// reasons in the shape of OpenAI's API; hand a response that is not returned to
/// `agentops::record_response`.
///
/// Goes on sync and async functions and methods with a body.
/// Types, borrows, drop order, panics and lints stay as they are without it.
///
/// On an `impl` block it annotates each method, with the same options; `name` goes on a method.
///
/// ```text
/// #[agentops::llm_call(provider = "openai", model = self.model)]
/// impl Complete for Client {
///     async fn complete(&self, prompt: &str) -> Result<Response, Error> { .. }
///     async fn chat(&self, messages: &[Message]) -> Result<Response, Error> { .. }
///
///     // No span.
///     #[agentops(skip)]
///     fn model(&self) -> &str { .. }
/// }
/// ```
///
/// A method's own `#[agentops::..]` takes the place of the block's.
///
/// | Option | Meaning | Example |
/// |---|---|---|
/// | `"name"` or `name = "name"` | name of the span; `chat <model>` by default | `"draft"` |
/// | `provider = "openai"` or `provider = expr` | who serves the model: `gen_ai.provider.name`; a literal close to a name of the conventions has to be that name | `provider = "anthropic"` |
/// | `model = "gpt-4o"` or `model = expr` | the model asked for: `gen_ai.request.model` | `model = request.model` |
#[doc = include_str!("options/common.md")]
#[proc_macro_attribute]
pub fn llm_call(args: TokenStream, item: TokenStream) -> TokenStream {
    forward(&families::llm_call::FAMILY, args, item)
}

/// Without the feature `enable` options are still checked, but the bare item is emitted.
fn forward(family: &'static options::Family, args: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(family, args.into(), item.into(), cfg!(feature = "enable")).into()
}
