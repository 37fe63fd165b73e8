#[agentops::task(ret(fields(gen_ai.response.modle = |_| "gpt-4o")))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
