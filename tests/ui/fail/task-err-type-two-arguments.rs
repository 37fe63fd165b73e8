#[agentops::task(err(type = |error, more| "Parse"))]
fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

fn main() {}
