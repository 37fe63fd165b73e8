struct Request {
    model: String,
    prompt: String,
}

#[agentops::llm_call(model = request.model)]
fn complete(Request { model, prompt }: Request) -> usize {
    model.len() + prompt.len()
}

fn main() {}
