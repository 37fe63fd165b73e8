struct Tenant;

#[agentops::session(baggage(tenant = tenant))]
fn run(tenant: &Tenant) -> u32 {
    let _ = tenant;
    3
}

fn main() {}
