#[agentops::tool("search", skip(wrods))]
impl Search {
    #[agentops(skip)]
    const LIMIT: usize = 10;

    #[agentops(skip)]
    fn index(&self) -> &Index {
        &self.index
    }

    /// Asks the index.
    #[agentops(skp)]
    fn query(&self, words: &str) -> Vec<Hit> {
        self.index.query(words)
    }

    const fn limit(&self, words: usize) -> usize {
        words
    }
}
