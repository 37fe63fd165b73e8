struct Search;

#[agentops::agent]
impl Search {
    fn query(&self, words: &str) -> usize {
        words.len()
    }

    pub const fn limit() -> usize {
        10
    }
}

fn main() {
    const LIMIT: usize = Search::limit();
    assert!(Search.query("words") < LIMIT);
}
