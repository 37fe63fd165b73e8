struct Tier;

#[agentops::tool(cost = tier)]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
