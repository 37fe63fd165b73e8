//! Names of attributes, events and metrics; `cargo xtask semconv` writes this file.

/// What a span is to the agent: `session`, `llm_call`, ..
///
/// The attribute `agentops.span.kind` (agentops).
pub const AGENTOPS_SPAN_KIND: &str = "agentops.span.kind";

/// How a session ended: `Success`, `Error`, `Indeterminate`, `Cancelled` or the program's own word.
///
/// The attribute `agentops.session.end_state` (agentops).
pub const AGENTOPS_SESSION_END_STATE: &str = "agentops.session.end_state";

/// True where the process ended before the span did.
///
/// The attribute `agentops.span.incomplete` (agentops).
pub const AGENTOPS_SPAN_INCOMPLETE: &str = "agentops.span.incomplete";

/// The run of the agent that a span belongs to.
///
/// The attribute `session.id` (core).
pub const SESSION_ID: &str = "session.id";

/// Type of the error, or `panic` or `cancelled`.
///
/// The attribute `error.type` (core).
pub const ERROR_TYPE: &str = "error.type";

/// Type of the error, on the `exception` event.
///
/// The attribute `exception.type` (core).
pub const EXCEPTION_TYPE: &str = "exception.type";

/// The error in words, on the `exception` event.
///
/// The attribute `exception.message` (core).
pub const EXCEPTION_MESSAGE: &str = "exception.message";

/// An error ended the span.
///
/// The event `exception` (core).
pub const EXCEPTION: &str = "exception";

/// The annotated function.
///
/// The attribute `code.function.name` (core).
pub const CODE_FUNCTION_NAME: &str = "code.function.name";

/// Its source file.
///
/// The attribute `code.file.path` (core).
pub const CODE_FILE_PATH: &str = "code.file.path";

/// Its line.
///
/// The attribute `code.line.number` (core).
pub const CODE_LINE_NUMBER: &str = "code.line.number";

/// What was asked of the model: `chat`, ..
///
/// The attribute `gen_ai.operation.name` (gen-ai).
pub const GEN_AI_OPERATION_NAME: &str = "gen_ai.operation.name";

/// Who runs the model.
///
/// The attribute `gen_ai.provider.name` (gen-ai).
pub const GEN_AI_PROVIDER_NAME: &str = "gen_ai.provider.name";

/// The model that was asked for.
///
/// The attribute `gen_ai.request.model` (gen-ai).
pub const GEN_AI_REQUEST_MODEL: &str = "gen_ai.request.model";

/// The model that answered.
///
/// The attribute `gen_ai.response.model` (gen-ai).
pub const GEN_AI_RESPONSE_MODEL: &str = "gen_ai.response.model";

/// The provider's id of the answer.
///
/// The attribute `gen_ai.response.id` (gen-ai).
pub const GEN_AI_RESPONSE_ID: &str = "gen_ai.response.id";

/// Why the model stopped, one per choice.
///
/// The attribute `gen_ai.response.finish_reasons` (gen-ai).
pub const GEN_AI_RESPONSE_FINISH_REASONS: &str = "gen_ai.response.finish_reasons";

/// Tokens of the request.
///
/// The attribute `gen_ai.usage.input_tokens` (gen-ai).
pub const GEN_AI_USAGE_INPUT_TOKENS: &str = "gen_ai.usage.input_tokens";

/// Tokens of the answer.
///
/// The attribute `gen_ai.usage.output_tokens` (gen-ai).
pub const GEN_AI_USAGE_OUTPUT_TOKENS: &str = "gen_ai.usage.output_tokens";

/// Tokens of the request that the provider had cached.
///
/// The attribute `gen_ai.usage.cache_read.input_tokens` (gen-ai).
pub const GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS: &str = "gen_ai.usage.cache_read.input_tokens";

/// Tokens that the model reasoned with.
///
/// The attribute `gen_ai.usage.reasoning.output_tokens` (gen-ai).
pub const GEN_AI_USAGE_REASONING_OUTPUT_TOKENS: &str = "gen_ai.usage.reasoning.output_tokens";

/// `input` or `output`, on token metrics.
///
/// The attribute `gen_ai.token.type` (gen-ai).
pub const GEN_AI_TOKEN_TYPE: &str = "gen_ai.token.type";

/// Time taken for LLM requests, in milliseconds.
///
/// The metric `llm.request.latency` (agentops).
pub const LLM_REQUEST_LATENCY: &str = "llm.request.latency";

/// Total tokens processed.
///
/// The metric `llm.tokens.total` (agentops).
pub const LLM_TOKENS_TOTAL: &str = "llm.tokens.total";

/// Duration of an operation, in seconds.
///
/// The metric `gen_ai.client.operation.duration` (gen-ai).
pub const GEN_AI_CLIENT_OPERATION_DURATION: &str = "gen_ai.client.operation.duration";

/// Tokens of an operation, by type.
///
/// The metric `gen_ai.client.token.usage` (gen-ai).
pub const GEN_AI_CLIENT_TOKEN_USAGE: &str = "gen_ai.client.token.usage";
