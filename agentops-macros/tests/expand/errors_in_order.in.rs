#[agentops::llm_call(
    "",
    modell = "gpt-4o",
    @,
    fields(a = 1, a = 2, agentops.kind = 3, gen_ai.request.model = "m"),
    id = 3,
    provider =,
    "again" model = "m",
    baggage("a b" = 1, c),
    crate = super::x,
)]
const fn run() -> u32 {
    3
}
