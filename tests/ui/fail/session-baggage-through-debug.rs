#[agentops::session(baggage(user.id = ?id))]
fn run(id: u32) {
    let _ = id;
}

fn main() {}
