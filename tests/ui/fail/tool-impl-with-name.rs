struct Search;

#[agentops::tool("search")]
impl Search {
    fn query(&self, words: &str) -> usize {
        words.len()
    }

    fn rank(&self, hits: Vec<u8>) -> Vec<u8> {
        hits
    }
}

fn main() {
    Search.query("words");
}
