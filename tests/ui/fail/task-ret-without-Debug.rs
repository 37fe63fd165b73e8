struct Tier;

#[agentops::task(ret(Debug))]
fn run(tier: Tier) -> Tier {
    tier
}

fn main() {}
