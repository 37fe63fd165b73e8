struct Search;

#[agentops::tool(args(size = size().await))]
impl Search {
    async fn find(&self, words: &[u8]) -> usize {
        words.len()
    }
}

fn main() {}
