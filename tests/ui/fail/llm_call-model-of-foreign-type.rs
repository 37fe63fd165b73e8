struct Model;

#[agentops::llm_call(model = model)]
async fn complete(model: &Model) -> u32 {
    let _ = model;
    3
}

fn main() {}
