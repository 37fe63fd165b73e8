#[agentops::agent(fields(gen_ai.conversation_id = "c-1"))]
fn plan() {}

fn main() {}
