struct Tier;

#[agentops::task(links(tier))]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
