struct Tier;

#[agentops::agent(id = tier)]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
