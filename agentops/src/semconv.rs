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

/// The arguments of a call as a JSON object; content.
///
/// The attribute `agentops.entity.input` (agentops).
pub const AGENTOPS_ENTITY_INPUT: &str = "agentops.entity.input";

/// What a call returned, as JSON; content.
///
/// The attribute `agentops.entity.output` (agentops).
pub const AGENTOPS_ENTITY_OUTPUT: &str = "agentops.entity.output";

/// The version of a workflow, task or operation.
///
/// The attribute `agentops.entity.version` (agentops).
pub const AGENTOPS_ENTITY_VERSION: &str = "agentops.entity.version";

/// What a call cost, in US dollars.
///
/// The attribute `agentops.cost` (agentops).
pub const AGENTOPS_COST: &str = "agentops.cost";

/// What a guardrail checks: `input` or `output`.
///
/// The attribute `agentops.guardrail.stage` (agentops).
pub const AGENTOPS_GUARDRAIL_STAGE: &str = "agentops.guardrail.stage";

/// What a guardrail does about it: `block`, `warn` or `redact`.
///
/// The attribute `agentops.guardrail.action` (agentops).
pub const AGENTOPS_GUARDRAIL_ACTION: &str = "agentops.guardrail.action";

/// From which score on a guardrail is triggered.
///
/// The attribute `agentops.guardrail.threshold` (agentops).
pub const AGENTOPS_GUARDRAIL_THRESHOLD: &str = "agentops.guardrail.threshold";

/// Whether a guardrail caught something.
///
/// The attribute `agentops.guardrail.triggered` (agentops).
pub const AGENTOPS_GUARDRAIL_TRIGGERED: &str = "agentops.guardrail.triggered";

/// Words to find a session or span by.
///
/// The attribute `agentops.tags` (agentops).
pub const AGENTOPS_TAGS: &str = "agentops.tags";

/// Prefix of what a program says about its session, such as `agentops.metadata.plan`.
///
/// The attribute `agentops.metadata` (agentops).
pub const AGENTOPS_METADATA: &str = "agentops.metadata";

/// For whom the session runs.
///
/// The attribute `user.id` (core).
pub const USER_ID: &str = "user.id";

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

/// What is done: `chat`, `invoke_agent`, `execute_tool`, ..
///
/// The attribute `gen_ai.operation.name` (gen-ai).
pub const GEN_AI_OPERATION_NAME: &str = "gen_ai.operation.name";

/// The agent that runs.
///
/// The attribute `gen_ai.agent.name` (gen-ai).
pub const GEN_AI_AGENT_NAME: &str = "gen_ai.agent.name";

/// The agent's id.
///
/// The attribute `gen_ai.agent.id` (gen-ai).
pub const GEN_AI_AGENT_ID: &str = "gen_ai.agent.id";

/// What the agent does.
///
/// The attribute `gen_ai.agent.description` (gen-ai).
pub const GEN_AI_AGENT_DESCRIPTION: &str = "gen_ai.agent.description";

/// The agent's version.
///
/// The attribute `gen_ai.agent.version` (gen-ai).
pub const GEN_AI_AGENT_VERSION: &str = "gen_ai.agent.version";

/// The workflow that runs.
///
/// The attribute `gen_ai.workflow.name` (gen-ai).
pub const GEN_AI_WORKFLOW_NAME: &str = "gen_ai.workflow.name";

/// The tool that is called.
///
/// The attribute `gen_ai.tool.name` (gen-ai).
pub const GEN_AI_TOOL_NAME: &str = "gen_ai.tool.name";

/// `function`, `extension` or `datastore`.
///
/// The attribute `gen_ai.tool.type` (gen-ai).
pub const GEN_AI_TOOL_TYPE: &str = "gen_ai.tool.type";

/// What the tool does.
///
/// The attribute `gen_ai.tool.description` (gen-ai).
pub const GEN_AI_TOOL_DESCRIPTION: &str = "gen_ai.tool.description";

/// The model's id of the call.
///
/// The attribute `gen_ai.tool.call.id` (gen-ai).
pub const GEN_AI_TOOL_CALL_ID: &str = "gen_ai.tool.call.id";

/// The arguments of a tool call, as JSON; content.
///
/// The attribute `gen_ai.tool.call.arguments` (gen-ai).
pub const GEN_AI_TOOL_CALL_ARGUMENTS: &str = "gen_ai.tool.call.arguments";

/// What a tool call returned, as JSON; content.
///
/// The attribute `gen_ai.tool.call.result` (gen-ai).
pub const GEN_AI_TOOL_CALL_RESULT: &str = "gen_ai.tool.call.result";

/// Who runs the model.
///
/// The attribute `gen_ai.provider.name` (gen-ai).
pub const GEN_AI_PROVIDER_NAME: &str = "gen_ai.provider.name";

/// The model that was asked for.
///
/// The attribute `gen_ai.request.model` (gen-ai).
pub const GEN_AI_REQUEST_MODEL: &str = "gen_ai.request.model";

/// True where the answer came as a stream.
///
/// The attribute `gen_ai.request.stream` (gen-ai).
pub const GEN_AI_REQUEST_STREAM: &str = "gen_ai.request.stream";

/// How random the answer may be.
///
/// The attribute `gen_ai.request.temperature` (gen-ai).
pub const GEN_AI_REQUEST_TEMPERATURE: &str = "gen_ai.request.temperature";

/// The share of likely tokens that the model chooses from.
///
/// The attribute `gen_ai.request.top_p` (gen-ai).
pub const GEN_AI_REQUEST_TOP_P: &str = "gen_ai.request.top_p";

/// The number of likely tokens that the model chooses from.
///
/// The attribute `gen_ai.request.top_k` (gen-ai).
pub const GEN_AI_REQUEST_TOP_K: &str = "gen_ai.request.top_k";

/// Most tokens that the answer may have.
///
/// The attribute `gen_ai.request.max_tokens` (gen-ai).
pub const GEN_AI_REQUEST_MAX_TOKENS: &str = "gen_ai.request.max_tokens";

/// How much repeated tokens are avoided, by how often they came.
///
/// The attribute `gen_ai.request.frequency_penalty` (gen-ai).
pub const GEN_AI_REQUEST_FREQUENCY_PENALTY: &str = "gen_ai.request.frequency_penalty";

/// How much repeated tokens are avoided.
///
/// The attribute `gen_ai.request.presence_penalty` (gen-ai).
pub const GEN_AI_REQUEST_PRESENCE_PENALTY: &str = "gen_ai.request.presence_penalty";

/// What makes the answer repeatable.
///
/// The attribute `gen_ai.request.seed` (gen-ai).
pub const GEN_AI_REQUEST_SEED: &str = "gen_ai.request.seed";

/// How many answers were asked for.
///
/// The attribute `gen_ai.request.choice.count` (gen-ai).
pub const GEN_AI_REQUEST_CHOICE_COUNT: &str = "gen_ai.request.choice.count";

/// What the model was told, as messages; content.
///
/// The attribute `gen_ai.input.messages` (gen-ai).
pub const GEN_AI_INPUT_MESSAGES: &str = "gen_ai.input.messages";

/// What the model said, as messages; content.
///
/// The attribute `gen_ai.output.messages` (gen-ai).
pub const GEN_AI_OUTPUT_MESSAGES: &str = "gen_ai.output.messages";

/// The host that answers.
///
/// The attribute `server.address` (core).
pub const SERVER_ADDRESS: &str = "server.address";

/// Its port.
///
/// The attribute `server.port` (core).
pub const SERVER_PORT: &str = "server.port";

/// Seconds from the request to the first chunk of a streamed answer.
///
/// The attribute `gen_ai.response.time_to_first_chunk` (gen-ai).
pub const GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK: &str = "gen_ai.response.time_to_first_chunk";

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

/// Time to the first chunk of a streamed answer, in seconds.
///
/// The metric `gen_ai.client.operation.time_to_first_chunk` (gen-ai).
pub const GEN_AI_CLIENT_OPERATION_TIME_TO_FIRST_CHUNK: &str =
    "gen_ai.client.operation.time_to_first_chunk";

/// Duration of a tool call, in seconds.
///
/// The metric `gen_ai.execute_tool.duration` (gen-ai).
pub const GEN_AI_EXECUTE_TOOL_DURATION: &str = "gen_ai.execute_tool.duration";

/// Duration of an agent's run, in seconds.
///
/// The metric `gen_ai.invoke_agent.duration` (gen-ai).
pub const GEN_AI_INVOKE_AGENT_DURATION: &str = "gen_ai.invoke_agent.duration";

/// Duration of a workflow, in seconds.
///
/// The metric `gen_ai.invoke_workflow.duration` (gen-ai).
pub const GEN_AI_INVOKE_WORKFLOW_DURATION: &str = "gen_ai.invoke_workflow.duration";

/// Duration of a session, in seconds, by its end state.
///
/// The metric `agentops.session.duration` (agentops).
pub const AGENTOPS_SESSION_DURATION: &str = "agentops.session.duration";

/// Sessions that run now.
///
/// The metric `agentops.sessions.active` (agentops).
pub const AGENTOPS_SESSIONS_ACTIVE: &str = "agentops.sessions.active";

/// Bytes that wait in the spool, by signal.
///
/// The metric `agentops.spool.bytes` (agentops).
pub const AGENTOPS_SPOOL_BYTES: &str = "agentops.spool.bytes";

/// Spans that were begun.
///
/// The metric `otel.sdk.span.started` (core).
pub const OTEL_SDK_SPAN_STARTED: &str = "otel.sdk.span.started";

/// Spans that have not ended.
///
/// The metric `otel.sdk.span.live` (core).
pub const OTEL_SDK_SPAN_LIVE: &str = "otel.sdk.span.live";

/// Spans that wait in the spool.
///
/// The metric `otel.sdk.processor.span.queue.size` (core).
pub const OTEL_SDK_PROCESSOR_SPAN_QUEUE_SIZE: &str = "otel.sdk.processor.span.queue.size";

/// Spans that were brought to where they go, or are gone, and why.
///
/// The metric `otel.sdk.processor.span.processed` (core).
pub const OTEL_SDK_PROCESSOR_SPAN_PROCESSED: &str = "otel.sdk.processor.span.processed";

/// Spans that are being sent.
///
/// The metric `otel.sdk.exporter.span.inflight` (core).
pub const OTEL_SDK_EXPORTER_SPAN_INFLIGHT: &str = "otel.sdk.exporter.span.inflight";

/// Spans that the endpoint took, or refused for good.
///
/// The metric `otel.sdk.exporter.span.exported` (core).
pub const OTEL_SDK_EXPORTER_SPAN_EXPORTED: &str = "otel.sdk.exporter.span.exported";

/// Duration of a request to the endpoint, in seconds.
///
/// The metric `otel.sdk.exporter.operation.duration` (core).
pub const OTEL_SDK_EXPORTER_OPERATION_DURATION: &str = "otel.sdk.exporter.operation.duration";

/// Which kind of part measures, on metrics of our own work.
///
/// The attribute `otel.component.type` (core).
pub const OTEL_COMPONENT_TYPE: &str = "otel.component.type";

/// Which part measures, by its type and number.
///
/// The attribute `otel.component.name` (core).
pub const OTEL_COMPONENT_NAME: &str = "otel.component.name";

/// What the sampler decided: `RECORD_AND_SAMPLE`.
///
/// The attribute `otel.span.sampling_result` (core).
pub const OTEL_SPAN_SAMPLING_RESULT: &str = "otel.span.sampling_result";

/// `traces`, `metrics` or `logs`, on metrics of the spool.
///
/// The attribute `agentops.signal` (agentops).
pub const AGENTOPS_SIGNAL: &str = "agentops.signal";
