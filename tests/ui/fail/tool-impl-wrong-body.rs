struct Search;

#[agentops::tool]
impl Search {
    fn query(&self, words: &str) -> usize {
        words
    }

    async fn rank(&self) -> String {
        self.query("words")
    }
}

fn main() {
    Search.query("words");
}
