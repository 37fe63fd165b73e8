struct Tier;

#[agentops::llm_call(temperature = tier)]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
