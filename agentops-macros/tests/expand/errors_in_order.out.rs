const fn run() -> u32 {
    3
}
::core::compile_error! {
    "the name is empty; write what this function does, or leave `name` out"
}
::core::compile_error! {
    "unknown option `modell` of `#[agentops::llm_call]`; did you mean `model`?"
}
::core::compile_error! {
    "expected an option such as `name = \"..\"`, found `@`"
}
::core::compile_error! {
    "the key `a` is given twice; remove one of the two"
}
::core::compile_error! {
    "keys that begin with `agentops.` are reserved; choose another prefix for `agentops.kind`"
}
::core::compile_error! {
    "`gen_ai.request.model` is written by an option of `#[agentops::llm_call]`; set it with `model = ..`"
}
::core::compile_error! {
    "`id` is an option of `session` and `agent`, not of `llm_call`; remove it, or annotate the function with one of these"
}
::core::compile_error! {
    "missing value after `provider =`; write `provider = \"openai\"`"
}
::core::compile_error! {
    "the name is given twice; remove one of the two"
}
::core::compile_error! {
    "expected `,` between options"
}
::core::compile_error! {
    "the baggage key `a b` may not hold ` `, because keys travel in an HTTP header; write letters, digits, `.`, `_` and `-`"
}
::core::compile_error! {
    "the baggage key `c` needs a value: `c = expr`"
}
::core::compile_error! {
    "the path `super::x` is relative and would mean something else in each module; write it from `::` or from `crate::`"
}
::core::compile_error! {
    "`#[agentops::llm_call]` cannot be used on a `const fn`, because nothing can be recorded at compile time; remove `const`, or annotate the caller"
}
