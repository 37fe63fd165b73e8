#[agentops::llm_call(
    provider =,
    modell = "gpt-4o",
    @,
    fields(gen_ai.request.model = "gpt-4o", "" = 1),
    name = 42 id = 3,
)]
async fn complete(prompt: String) -> String {
    prompt
}

fn main() {}
