#[agentops::llm_call]
pub struct Client;

fn main() {}
