struct Search;

#[agentops::tool]
impl Search {
    #[agentops(skip)]
    const LIMIT: usize = 10;

    fn query(&self, words: &str) -> usize {
        words.len() + Self::LIMIT
    }
}

fn main() {
    Search.query("words");
}
