#[agentops::session(id = LIMIT)]
fn guard() {
    const LIMIT: u32 = 3;
    work(LIMIT);
}

#[agentops::session]
async fn future() -> Result<u32, Error> {
    struct Result;
    use std::result::Result::Ok;
    Ok(3)
}

#[agentops::session]
fn no_items() -> u32 {
    const { union(1, 2) }
}
