#[agentops::agent(model_name = "gpt-4o")]
fn plan() {}

fn main() {}
