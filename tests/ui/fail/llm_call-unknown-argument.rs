#[agentops::llm_call(model = requst.model)]
async fn complete(request: Request) -> String {
    request.model
}

struct Request {
    model: String,
}

fn main() {}
