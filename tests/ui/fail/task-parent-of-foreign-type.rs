struct Tier;

#[agentops::task(parent = tier)]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
