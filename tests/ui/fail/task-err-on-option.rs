#[agentops::task(err(Debug))]
fn first(words: &[u8]) -> Option<u8> {
    words.first().copied()
}

fn main() {}
