struct Tier;

#[agentops::task(ret(Json))]
fn run(tier: Tier) -> Tier {
    tier
}

fn main() {}
