#[agentops::task(err(Debug))]
#[track_caller]
fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

fn main() {}
