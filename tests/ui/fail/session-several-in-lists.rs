#[agentops::session(
    metadata(plan, {KEY} = 3, "" = 1),
    baggage("a b" = 3, tenant),
    tags("a", "a", b, 3),
    fields(session.id = 3, user. = 4, a::b = 5, tier = 1, tier = 2),
    end_state = "Success",
    flush(true),
    crate = super::agentops,
)]
fn run() -> usize {
    3
}

fn main() {}
