#[agentops::task(err(type = |_| "a", type = |_| "b"))]
fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

fn main() {}
