struct Request {
    prompt: String,
}

#[agentops::llm_call(request = request)]
fn complete(request: &Request) -> String {
    request.prompt.clone()
}

fn main() {}
