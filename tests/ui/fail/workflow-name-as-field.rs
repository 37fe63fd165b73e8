#[agentops::workflow(fields(gen_ai.workflow.name = "x"))]
fn run() {}

fn main() {}
