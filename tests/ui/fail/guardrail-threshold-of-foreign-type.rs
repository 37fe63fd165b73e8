struct Tier;

#[agentops::guardrail(threshold = tier)]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
