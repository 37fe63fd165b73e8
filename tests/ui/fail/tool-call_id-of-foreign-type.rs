struct Tier;

#[agentops::tool(call_id = tier)]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
