#[agentops::session(idd = 3)]
#[agentops::llm_call(modell = "gpt-4o")]
fn run() {}

fn main() {
    run();
}
