struct Search;

#[agentops::tool]
impl Search {
    #[agentops]
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
